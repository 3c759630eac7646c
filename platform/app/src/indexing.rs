//! The index of words, filled once for what was there before it was.

use kernel::{Actor, Problem};
use store::Tx;

use crate::App;

/// Puts the words of the things after `after` into the index; says after which to go on, or nothing when all are there.
pub type Step<K> = fn(&mut Tx<'_>, after: K) -> store::Result<Option<K>>;

/// Fills the index in small units, unless `setting` says that it was done. After a stop it begins anew, which changes nothing.
///
/// # Errors
/// When the store refuses.
pub async fn index_once<K: Copy + Default + Send + Sync + 'static>(
    app: &App,
    setting: &'static str,
    step: Step<K>,
) -> Result<(), Problem> {
    let ctx = || app.ctx(Actor::public(), None);
    if app.store.read(ctx(), move |tx| Ok(tx.setting(setting)?)).await?.is_some() {
        return Ok(());
    }
    let mut after = K::default();
    while let Some(last) = app.store.housekeep(ctx(), move |tx| Ok(step(tx, after)?)).await? {
        after = last;
    }
    app.store.housekeep(ctx(), move |tx| Ok(tx.set_setting(setting, "yes")?)).await
}
