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
    Router::new()
        .route("/warnings", get(list))
        .route("/warnings/react", post(react_to_several))
        .route("/warnings/{id}/react", post(react))
}

#[derive(Template)]
#[template(path = "warnings.html")]
struct WarningsPage {
    chrome: Chrome,
    view: WarningsView,
    /// The warning whose reaction came back, what was typed, and what is wrong with it.
    wrong: Option<(WarningId, String, String)>,
    /// The same for what several were to be closed with: what was ticked, typed, and is wrong.
    several: Option<(Vec<String>, String, String)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    all: String,
    after: String,
}

async fn list(State(app): State<App>, caller: Caller, Query(query): Query<ListQuery>) -> PageResult {
    let chrome = caller.chrome("预警");
    show(&app, chrome, caller.ctx, (query.all == "yes", query.after.parse().ok()), Typed::None).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    (all, after): (bool, Option<i64>),
    typed: Typed,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::warnings(tx, all, after)).await?;
    let (wrong, several) = match typed {
        Typed::None => (None, None),
        Typed::One(id, typed, told) => (Some((id, typed, told)), None),
        Typed::Several(form, told) => (None, Some((form.id, form.reaction, told))),
    };
    page(&WarningsPage { chrome, view, wrong, several })
}

/// What came back: for one warning, or for several.
enum Typed {
    None,
    One(WarningId, String, String),
    Several(ReactionForm, String),
}

async fn react_to_several(State(app): State<App>, posted: Posted<ReactionForm>) -> PageResult {
    let (chrome, ctx) = (posted.asked.chrome("错误：预警"), posted.ctx.clone());
    let typed = posted.form.clone();
    let told = match app.store.write(posted.ctx, move |tx| actions::react_to_several(tx, &posted.form)).await
    {
        Ok(n) => return redirect_saying("/tickets/warnings", &format!("已回应，{n}条预警已关闭")),
        Err(Problem::Invalid(errors)) => errors.into_iter().next().map_or(String::new(), |it| it.message),
        Err(problem @ (Problem::Refused { .. } | Problem::Conflict)) => problem.to_string(),
        Err(problem) => return Err(problem.into()),
    };
    show(&app, chrome, ctx, (false, None), Typed::Several(typed, told)).await
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
            show(&app, chrome, ctx, (false, None), Typed::One(id, typed, told)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

impl WarningsPage {
    fn typed(&self, id: &WarningId) -> &str {
        self.wrong.as_ref().filter(|it| it.0 == *id).map_or("", |it| it.1.as_str())
    }

    /// How many on the page wait for whoever looks.
    fn reactable(&self) -> usize {
        self.view.lines.iter().filter(|it| it.can_react).count()
    }

    fn is_ticked(&self, id: &WarningId) -> bool {
        self.several.as_ref().is_some_and(|it| it.0.contains(&id.to_string()))
    }

    fn told(&self, id: &WarningId) -> Option<&str> {
        self.wrong.as_ref().filter(|it| it.0 == *id).map(|it| it.2.as_str())
    }
}
