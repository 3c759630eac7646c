//! The clock's door: every case whose deadline has passed is looked at, each in a unit of its own.

use app::App;
use kernel::{Actor, Ctx, Hat, Problem, Role, Scope, UserId};

use super::{store, types::TicketId, whistles};

/// Cases a round looks at per county, so that a flood in one does not keep the others waiting.
const A_ROUND: i64 = 200;
const SIDE_BY_SIDE: usize = 32;

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
        // Each in a unit of its own, and as many side by side as a store puts under one sync.
        let mut waking = tokio::task::JoinSet::new();
        let mut due = due.into_iter();
        loop {
            while waking.len() < SIDE_BY_SIDE
                && let Some(id) = due.next()
            {
                let (app, ctx) = (app.clone(), ctx.clone());
                waking.spawn(async move { wake(&app, ctx, id).await });
            }
            let Some(done) = waking.join_next().await else { break };
            match done {
                Ok(went_on) => woken += usize::from(went_on),
                Err(error) => tracing::error!(%error, "A case could not be woken"),
            }
        }
    }
}

/// Whether the case went a step further.
async fn wake(app: &App, ctx: Ctx, id: TicketId) -> bool {
    let calendar = app.calendar.clone();
    match app.store.write(ctx, move |tx| whistles::wake(tx, &calendar, id)).await {
        Ok(()) => true,
        // Another process, or a person, was quicker.
        Err(Problem::Conflict) => false,
        Err(problem) => {
            tracing::error!(ticket.id = %id, %problem, "A case could not be woken");
            false
        }
    }
}

/// The cases of a store that is older than the index of words.
pub(crate) async fn index(app: &App) -> Result<(), Problem> {
    app::index_once(app, "tickets.words", store::put_words_of_next).await
}
