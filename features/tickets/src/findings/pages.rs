//! The one form of a count; confirming is a verb of the case's own page.

use app::App;
use axum::{Router, extract::State, routing::post};
use kernel::Problem;
use serde::Deserialize;
use web::{PageResult, Posted, redirect_saying};

use super::actions;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/complaints", post(count))
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Until {
    until: String,
}

async fn count(State(app): State<App>, posted: Posted<Until>) -> PageResult {
    let done = app.store.write(posted.ctx, move |tx| actions::count(tx, &posted.form.until)).await;
    let done = match done {
        // Nothing is missing: the register is shown as it stands.
        Err(Problem::Refused { code: "tickets.complaints_counted", .. }) => {
            let told = "这一天的投诉统计已经记入台账，没有重复登记；可以换一个截止日期";
            return redirect_saying("/registry/records?kind=complaints", told);
        }
        done => done?,
    };
    redirect_saying("/registry/records?kind=complaints", &format!("已为{done}个小区记入投诉统计"))
}
