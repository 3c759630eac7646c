//! The page on which a county says whose rule it follows before a vote.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::{FieldError, Problem};
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{actions, queries, reviews, types::Reporting};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/reviews", get(show).post(choose))
}

#[derive(Template)]
#[template(path = "reviews.html")]
struct ReviewsPage {
    chrome: Chrome,
    packs: Vec<(String, String)>,
    /// What each asks for, in sentences.
    says: Vec<(String, Vec<String>)>,
    chosen: String,
    errors: Vec<FieldError>,
}

const TITLE: &str = "表决前审议的规定";

async fn show(State(app): State<App>, caller: Caller) -> PageResult {
    let chrome = caller.chrome(TITLE);
    let chosen = app.store.read(caller.ctx, queries::chosen_reviews).await?;
    show_with(chrome, chosen, vec![])
}

fn show_with(chrome: Chrome, chosen: String, errors: Vec<FieldError>) -> PageResult {
    let packs = reviews::all();
    let said = |name: &str| {
        let pack = reviews::named(name)?;
        let opinions = pack.reviews.iter().map(|it| it.says.clone());
        let reports = pack.reports.iter().map(|it| format!("书面报告：{}", it.says));
        Some((pack.title.clone(), opinions.chain(reports).collect()))
    };
    let says = packs.iter().filter_map(|it| said(&it.0)).collect();
    page(&ReviewsPage { chrome: chrome.with_errors(&errors), packs, says, chosen, errors })
}

async fn choose(State(app): State<App>, posted: Posted<Reporting>) -> PageResult {
    let form = posted.form.clone();
    match app.store.write(posted.ctx, move |tx| actions::choose_reviews(tx, &posted.form)).await {
        Ok(()) => redirect_saying("/assemblies/reviews", "已选定，今后起草的表决按此办理"),
        Err(Problem::Invalid(errors)) => show_with(posted.asked.chrome(TITLE), form.pack, errors),
        Err(problem) => Err(problem.into()),
    }
}

impl ReviewsPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
