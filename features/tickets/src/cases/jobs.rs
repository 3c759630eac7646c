//! The clock's door: every case whose deadline has passed is looked at, each in a unit of its own.

use app::App;
use kernel::{Actor, Hat, Problem, Role, Scope, UserId};

use super::{store, whistles};

/// Cases a round looks at per county, so that a flood in one does not keep the others waiting.
const A_ROUND: i64 = 200;

/// Looks at everything that is due now. Says how many cases went a step further.
///
/// # Errors
/// When the store refuses.
pub(crate) async fn wake_due(app: &App) -> Result<usize, Problem> {
    let actor =
        Actor { user: UserId::from(0), hat: Hat { grant: 0, role: Role::Job, scope: Scope::Nothing } };
    let (mut tenant, mut woken) = (-1, 0);
    loop {
        let ctx = app.ctx(actor.clone(), None);
        let after = tenant;
        let next = app.store.read(ctx.clone(), move |tx| {
            let Some(tenant) = store::next_tenant(tx, after)? else { return Ok(None) };
            Ok(Some((tenant, store::waking(tx, tenant, A_ROUND)?)))
        });
        let Some((found, due)) = next.await? else { return Ok(woken) };
        tenant = found;
        for id in due {
            let calendar = app.calendar.clone();
            match app.store.write(ctx.clone(), move |tx| whistles::wake(tx, &calendar, id)).await {
                Ok(()) => woken += 1,
                // Another process, or a person, was quicker.
                Err(Problem::Conflict) => {}
                Err(problem) => tracing::error!(ticket.id = %id, %problem, "A case could not be woken"),
            }
        }
    }
}

/// The cases of a store that is older than the index of words.
pub(crate) async fn index(app: &App) -> Result<(), Problem> {
    app::index_once(app, "tickets.words", store::put_words_of_next).await
}
