//! 边填边存 — what the page of a part sends while it is being filled: the same verb as its button, answered in a word.

use app::App;
use axum::extract::{Path, State};
use kernel::Problem;
use web::{ApiResult, Drafted, Posted, drafted};

use super::{
    actions,
    types::{ApplicationId, Fields, Part},
};

pub(crate) async fn draft(
    State(app): State<App>,
    Path((id, part)): Path<(ApplicationId, String)>,
    posted: Posted<Fields>,
) -> ApiResult<Drafted> {
    let part = Part::from_code(&part).ok_or(Problem::NotFound)?;
    let (vault, version) = (app.vault.clone(), posted.form.get("version").cloned());
    app.store.write(posted.ctx, move |tx| actions::save(tx, &vault, id, part, &posted.form)).await?;
    drafted(version.as_deref())
}
