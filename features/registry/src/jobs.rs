//! The clock's door: the index of words, filled once for what was there before it.

use app::App;
use kernel::{Actor, Problem};

use crate::{communities, enterprises};

const INDEXED: &str = "registry.words";
const STEP: i64 = 500;

/// Fills the index of a store that was older than it, in small units; after a stop it begins anew, which changes nothing.
pub(crate) async fn index(app: &App) -> Result<(), Problem> {
    let ctx = || app.ctx(Actor::public(), None);
    if app.store.read(ctx(), |tx| Ok(tx.setting(INDEXED)?)).await?.is_some() {
        return Ok(());
    }
    let mut after = (0, 0);
    while let Some(last) = app
        .store
        .housekeep(ctx(), move |tx| Ok(communities::store::put_words_of_next(tx, after, STEP)?))
        .await?
    {
        after = last;
    }
    let mut after = 0;
    while let Some(last) = app
        .store
        .housekeep(ctx(), move |tx| Ok(enterprises::store::put_words_of_next(tx, after, STEP)?))
        .await?
    {
        after = last;
    }
    app.store.housekeep(ctx(), |tx| Ok(tx.set_setting(INDEXED, "yes")?)).await
}
