//! The pages of reports. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions, documents,
    queries::{self, ReportView, ReportsView},
    types::{ReportId, Typed},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/reports", get(list))
        .route("/{id}/reports/{form}", get(own).post(write))
        .route("/reports/{id}", get(show))
        .route("/reports/{id}/send-back", post(send_back))
        .route("/reports/{id}/paper.docx", get(paper))
}

#[derive(Template)]
#[template(path = "reports.html")]
struct ListPage {
    chrome: Chrome,
    view: ReportsView,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    chrome: Chrome,
    view: ReportView,
    typed: Typed,
    errors: Vec<FieldError>,
    conflict: bool,
}

async fn list(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let chrome = caller.chrome("书面报告");
    let view = app.store.read(caller.ctx, move |tx| queries::reports(tx, id)).await?;
    page(&ListPage { chrome, view })
}

async fn own(
    State(app): State<App>,
    caller: Caller,
    Path((id, form)): Path<(CampaignId, String)>,
) -> PageResult {
    show_own(&app, caller.chrome("书面报告"), caller.ctx, id, form, Typed::default(), vec![], false).await
}

#[expect(clippy::too_many_arguments, reason = "one page for a report that is fresh, wrong, or late")]
async fn show_own(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: CampaignId,
    form: String,
    typed: Typed,
    errors: Vec<FieldError>,
    conflict: bool,
) -> PageResult {
    let view = app.store.read(ctx, move |tx| queries::own(tx, id, &form)).await?;
    page(&ReportPage { chrome: chrome.with_errors(&errors), view, typed, errors, conflict })
}

async fn write(
    State(app): State<App>,
    Path((id, form)): Path<(CampaignId, String)>,
    posted: Posted<Typed>,
) -> PageResult {
    let (chrome, ctx, typed) = (posted.asked.chrome("书面报告"), posted.ctx.clone(), posted.form.clone());
    let (code, handed) = (form.clone(), typed.contains_key("submit"));
    match app.store.write(posted.ctx, move |tx| actions::write(tx, id, &code, &posted.form)).await {
        Ok(report) if handed => redirect_saying(&format!("/campaigns/reports/{report}"), "已报送"),
        Ok(_) => redirect_saying(&format!("/campaigns/{id}/reports/{form}"), "已保存，报送前还可以修改"),
        Err(Problem::Invalid(errors)) => show_own(&app, chrome, ctx, id, form, typed, errors, false).await,
        Err(Problem::Conflict) => show_own(&app, chrome, ctx, id, form, typed, vec![], true).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn show(State(app): State<App>, caller: Caller, Path(id): Path<ReportId>) -> PageResult {
    let chrome = caller.chrome("书面报告");
    let view = app.store.read(caller.ctx, move |tx| queries::report(tx, id)).await?;
    page(&ReportPage { chrome, view, typed: Typed::default(), errors: vec![], conflict: false })
}

#[derive(Deserialize)]
struct Nothing {}

async fn send_back(State(app): State<App>, Path(id): Path<ReportId>, posted: Posted<Nothing>) -> PageResult {
    let campaign = app.store.write(posted.ctx, move |tx| actions::send_back(tx, id)).await?;
    redirect_saying(&format!("/campaigns/{campaign}/reports"), "已退回，县区可以补充后重新报送")
}

/// 公文格式 of what was handed in, or of the draft for its author.
async fn paper(State(app): State<App>, caller: Caller, Path(id): Path<ReportId>) -> PageResult {
    let today = caller.ctx.today();
    let view = app.store.read(caller.ctx, move |tx| queries::report(tx, id)).await?;
    let report = view.report.ok_or(Problem::NotFound)?;
    let on = report.submitted_at.map_or(today, kernel::beijing_date);
    let paper = documents::paper(&view.form.title, &view.county, &report, on)
        .map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(::documents::DOCX, &format!("{}{}.docx", view.county, view.form.title), paper))
}

impl ReportPage {
    /// Title, text and place of each section: what was typed, or what stands.
    fn sections(&self) -> Vec<(usize, &str, &str)> {
        let kept = |n: usize| {
            self.view.report.as_ref().and_then(|it| it.sections.get(n)).map_or("", |it| it.1.as_str())
        };
        let typed = |n: usize| self.typed.get(&format!("section-{n}")).map(String::as_str);
        let parts = self.view.form.parts.iter().enumerate();
        parts.map(|(n, title)| (n, title.as_str(), typed(n).unwrap_or_else(|| kept(n)))).collect()
    }

    /// What the counties wrote under a section, for whoever draws them together.
    fn told(&self, section: &usize) -> &[(String, String)] {
        self.view.collected.get(*section).map_or(&[], Vec::as_slice)
    }

    fn version(&self) -> i64 {
        self.view.report.as_ref().map_or(0, |it| it.version)
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
