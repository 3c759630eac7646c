//! The door of an advice; it stands on the page of a community's candidates.

use app::App;
use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use kernel::Problem;
use registry::communities::CommunityId;
use web::{PageResult, Posted, redirect_saying};

use super::{actions, types::Advising};
use crate::vettings::pages::{Typed, show_list};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/communities/{id}/advices", post(give))
}

async fn give(State(app): State<App>, Path(id): Path<CommunityId>, posted: Posted<Advising>) -> PageResult {
    let (ctx, form) = (posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::give(tx, id, &posted.form)).await {
        Ok(_) => redirect_saying(&format!("/assemblies/communities/{id}/candidates"), "结构建议已提出"),
        Err(Problem::Invalid(errors)) => {
            let typed = Typed { advising: form, errors, ..Typed::default() };
            show_list(&app, posted.asked.chrome("人选联审"), ctx, id, typed).await
        }
        Err(problem) => Err(problem.into()),
    }
}
