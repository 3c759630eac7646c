//! The pages. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use serde::Deserialize;
use web::{Asked, Caller, Chrome, PageResult, Posted, Uploaded, Visitor, error_of, page, redirect_saying};

use super::{
    actions,
    queries::{self, PlanView},
    types::{PositionForm, SpotForm},
};
use crate::communities::CommunityId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/plan", get(show))
        .route("/{id}/plan/position", post(set_position))
        .route("/{id}/plan/picture", get(picture).post(set_picture))
        .route("/{id}/plan/marks", post(mark))
        .route("/{id}/plan/unmark", post(unmark))
}

/// Pixels the picture is marked at: as wide as the smallest phone, or three times that.
const NARROW: i64 = 320;
const WIDE: i64 = 960;

#[derive(Template)]
#[template(path = "plan.html")]
struct PlanPage {
    chrome: Chrome,
    view: PlanView,
    position: PositionForm,
    spot: SpotForm,
    wide: i64,
    errors: Vec<FieldError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Wanted {
    wide: String,
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CommunityId>,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let spot = SpotForm { shown_wide: wanted.wide, ..SpotForm::default() };
    show_with(&app, &caller.asked.clone(), caller.ctx, id, None, spot, vec![]).await
}

async fn show_with(
    app: &App,
    asked: &Asked,
    ctx: Ctx,
    id: CommunityId,
    position: Option<PositionForm>,
    spot: SpotForm,
    errors: Vec<FieldError>,
) -> PageResult {
    let ctx = Ctx { key: None, ..ctx };
    let view = app.store.read(ctx, move |tx| queries::of(tx, id)).await?;
    let known = view.plan.position.map(|it| it.degrees());
    let position = position.unwrap_or_else(|| {
        let (latitude, longitude) = known.unwrap_or_default();
        PositionForm { latitude, longitude, version: String::new() }
    });
    let wide = if spot.shown_wide == WIDE.to_string() { WIDE } else { NARROW };
    let chrome = asked.chrome("平面图与位置").with_errors(&errors);
    page(&PlanPage { chrome, view, position, spot, wide, errors })
}

fn to(id: CommunityId) -> String {
    format!("/registry/communities/{id}/plan")
}

async fn set_position(
    State(app): State<App>,
    Path(id): Path<CommunityId>,
    posted: Posted<PositionForm>,
) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::set_position(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&to(id), "位置已保存"),
        Err(Problem::Invalid(errors)) => {
            show_with(&app, &asked, ctx, id, Some(form), SpotForm::default(), errors).await
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn set_picture(State(app): State<App>, Path(id): Path<CommunityId>, sent: Uploaded) -> PageResult {
    // Whether they may is asked before the bytes are kept: a refusal leaves no file.
    app.store.read(sent.ctx.clone(), move |tx| actions::may_draw(tx, id)).await?;
    let wrong = |message: String| {
        let errors = vec![FieldError::new("picture", message)];
        show_with(&app, &sent.asked, sent.ctx.clone(), id, None, SpotForm::default(), errors)
    };
    let (media, bytes) = match files::look(&sent.file) {
        Ok(it) => it,
        Err(files::Fault::Unknown) => return wrong("平面图请上传 JPG 或 PNG 图片".to_owned()).await,
        Err(fault) => return wrong(fault.to_string()).await,
    };
    let Some(size) = files::size(&bytes).filter(|_| media.is_picture()) else {
        return wrong("平面图请上传 JPG 或 PNG 图片".to_owned()).await;
    };
    let kept = web::keep(&app, media, bytes).await?;
    let (name, version) = (sent.file_name.clone(), sent.field("version").to_owned());
    app.store.write(sent.ctx, move |tx| actions::set_picture(tx, id, &version, &name, &kept, size)).await?;
    redirect_saying(&to(id), "平面图已保存；换过图的，请核对标注的位置")
}

async fn picture(State(app): State<App>, visitor: Visitor, Path(id): Path<CommunityId>) -> PageResult {
    let found = app.store.read(visitor.ctx, move |tx| queries::picture(tx, id)).await?;
    web::kept(&app, &found)
}

async fn mark(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<SpotForm>) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::mark(tx, id, &posted.form)).await {
        Ok(()) => redirect_saying(&format!("{}?wide={}", to(id), form.shown_wide), "已标注"),
        Err(Problem::Invalid(errors)) => show_with(&app, &asked, ctx, id, None, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn unmark(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<SpotForm>) -> PageResult {
    app.store.write(posted.ctx, move |tx| actions::unmark(tx, id, &posted.form)).await?;
    redirect_saying(&to(id), "标注已移除")
}

impl PlanPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
