//! The doors of saved views; the lists they belong to are other rooms'.

use app::App;
use axum::{
    Router,
    extract::{Path, State},
    routing::post,
};
use serde::Deserialize;
use web::{PageResult, Posted, redirect_saying};

use crate::views::{self, ViewForm};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/views", post(save)).route("/views/{id}/remove", post(remove))
}

#[derive(Deserialize)]
struct Nothing {}

async fn save(State(app): State<App>, posted: Posted<ViewForm>) -> PageResult {
    let to = app.store.write(posted.ctx, move |tx| views::keep(tx, &posted.form)).await?;
    redirect_saying(&to, "视图已保存，下次从“我的视图”打开")
}

async fn remove(State(app): State<App>, Path(id): Path<i64>, posted: Posted<Nothing>) -> PageResult {
    let to = app.store.write(posted.ctx, move |tx| views::forget(tx, id)).await?;
    redirect_saying(&to, "视图已删除")
}
