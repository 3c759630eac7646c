//! The pages of warnings. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{Ctx, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, page, redirect_saying};

use super::{
    actions,
    queries::{self, WarningsView},
    types::{ReactionForm, WarningId},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/warnings", get(list)).route("/warnings/{id}/react", post(react))
}

#[derive(Template)]
#[template(path = "warnings.html")]
struct WarningsPage {
    chrome: Chrome,
    view: WarningsView,
    /// The warning whose reaction came back, what was typed, and what is wrong with it.
    wrong: Option<(WarningId, String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    all: String,
    after: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<ListQuery>) -> PageResult {
    let chrome = caller.chrome("预警");
    show(&app, chrome, caller.ctx, query.all == "yes", query.after.parse().ok(), None).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    all: bool,
    after: Option<i64>,
    wrong: Option<(WarningId, String, String)>,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::warnings(tx, all, after)).await?;
    page(&WarningsPage { chrome, view, wrong })
}

async fn react(
    State(app): State<App>,
    Path(id): Path<WarningId>,
    posted: Posted<ReactionForm>,
) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("错误：预警"), posted.ctx.clone());
    let typed = posted.form.reaction.clone();
    match app.store.write(posted.ctx, move |tx| actions::react(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying("/tickets/warnings", "已回应，这条预警已关闭"),
        Err(Problem::Invalid(errors)) => {
            let told = errors.into_iter().next().map_or(String::new(), |it| it.message);
            show(&app, chrome, ctx, false, None, Some((id, typed, told))).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl WarningsPage {
    fn typed(&self, id: &WarningId) -> &str {
        self.wrong.as_ref().filter(|it| it.0 == *id).map_or("", |it| it.1.as_str())
    }

    fn told(&self, id: &WarningId) -> Option<&str> {
        self.wrong.as_ref().filter(|it| it.0 == *id).map(|it| it.2.as_str())
    }
}
