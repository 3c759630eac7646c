//! A message from the unit of work that puts it down to the moment the other side has it.

use std::{collections::HashMap, pin::Pin, sync::Arc};

use ::store::{StoreError, Tx};
use app::App;
use jiff::{SignedDuration, Timestamp};
use kernel::{Actor, Hat, Problem, Role, Scope, Tenant, UserId};
use tokio::{sync::Semaphore, task::JoinSet};

use crate::store;

/// One message as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub tenant: i64,
    pub id: i64,
    pub kind: String,
    pub destination: i64,
    pub subject: i64,
    /// What whoever sends it needs; personal data in it is sealed by whoever puts it down.
    pub body: String,
    pub state: State,
    pub tries: i64,
    pub due_at: Option<Timestamp>,
    pub said: String,
    pub created_at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Queued,
    Delivered,
    Failed,
}

impl State {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        match code {
            "queued" => Self::Queued,
            "delivered" => Self::Delivered,
            _ => Self::Failed,
        }
    }
}

/// What a try came to, in words for whoever reads the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The other side says it has it.
    Delivered(String),
    /// It cannot just now.
    Later(String),
    /// It never will.
    Never(String),
}

/// Sends the messages of one kind.
pub type Send = fn(App, Message) -> Pin<Box<dyn Future<Output = Outcome> + std::marker::Send>>;

/// Waits between tries, as Standard Webhooks proposes: within a day and a half it is given up.
const WAITS: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(10),
];
/// How long somebody may be sending before another takes over: longer than any try may last.
const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// Messages of a county a round, and how many are under way at once.
const A_ROUND: i64 = 50;
const AT_ONCE: usize = 16;
/// Messages to one destination a round.
const TO_ONE: usize = 8;
const LONGEST_SAID: usize = 200;

/// Puts a message down; it goes out once this unit of work is durable.
///
/// # Errors
/// When the store refuses.
pub fn put(
    tx: &mut Tx<'_>,
    kind: &str,
    destination: i64,
    subject: i64,
    body: &str,
) -> Result<i64, StoreError> {
    let tenant = Tenant::of_id(subject);
    let message = Message {
        tenant: i64::from(tenant.number()),
        id: tx.ctx.new_id(tenant),
        kind: kind.to_owned(),
        destination,
        subject,
        body: body.to_owned(),
        state: State::Queued,
        tries: 0,
        due_at: Some(tx.ctx.now),
        said: String::new(),
        created_at: tx.ctx.now,
    };
    store::add(tx, &message)?;
    Ok(message.id)
}

/// Sends what is due, county by county. Says how many were tried. Two processes may do so at once.
///
/// # Errors
/// When the store refuses; what other sides say is kept with their messages.
pub async fn deliver_due(app: &App, senders: &[(&'static str, Send)]) -> Result<usize, Problem> {
    let actor =
        Actor { user: UserId::from(0), hat: Hat { grant: 0, role: Role::Job, scope: Scope::Nothing } };
    let mut under_way = JoinSet::new();
    let begun = begin_due(app, &actor, senders, &mut under_way).await;
    // What is under way is seen to its end whatever else failed: a message that went out must not go unnoted.
    while under_way.join_next().await.is_some() {}
    begun
}

async fn begin_due(
    app: &App,
    actor: &Actor,
    senders: &[(&'static str, Send)],
    under_way: &mut JoinSet<()>,
) -> Result<usize, Problem> {
    let (mut tenant, mut tried, places) = (-1, 0, Arc::new(Semaphore::new(AT_ONCE)));
    let mut to_one = HashMap::<i64, usize>::new();
    loop {
        let (ctx, after) = (app.ctx(actor.clone(), None), tenant);
        let next = app.store.read(ctx, move |tx| {
            let Some(tenant) = store::next_tenant(tx, after)? else { return Ok(None) };
            Ok(Some((tenant, store::due(tx, tenant, A_ROUND)?)))
        });
        let Some((found, due)) = next.await? else { return Ok(tried) };
        tenant = found;
        for message in due {
            let Some((_, send)) = senders.iter().find(|it| it.0 == message.kind) else {
                give_up(app, actor, message, "没有办法送出这一类消息").await?;
                continue;
            };
            // Somebody who does not answer keeps nobody else waiting.
            let here = to_one.entry(message.destination).or_default();
            *here += 1;
            if TO_ONE < *here {
                continue;
            }
            // Nobody is closed while one waits for a place.
            let Ok(place) = places.clone().acquire_owned().await else { return Ok(tried) };
            // Whoever took it each time never came to say what became of it.
            if WAITS.len() < usize::try_from(message.tries).unwrap_or(0) {
                give_up(app, actor, message, "多次没有送完").await?;
                continue;
            }
            let Some(message) = claimed(app, actor, message).await? else { continue };
            tried += 1;
            let (app, actor, send) = (app.clone(), actor.clone(), *send);
            under_way.spawn(async move {
                let _place = place;
                if let Err(problem) = tried_once(app, actor, message, send).await {
                    tracing::warn!(%problem, "What became of a message could not be kept; it is sent again");
                }
            });
        }
    }
}

async fn give_up(app: &App, actor: &Actor, message: Message, said: &'static str) -> Result<(), Problem> {
    let ctx = app.ctx(actor.clone(), None);
    app.store.housekeep(ctx, move |tx| Ok(store::finish(tx, &message, State::Failed, said)?)).await
}

async fn claimed(app: &App, actor: &Actor, message: Message) -> Result<Option<Message>, Problem> {
    app.store
        .housekeep(app.ctx(actor.clone(), None), move |tx| {
            let lease = tx.ctx.now + LEASE;
            let ours = store::claim(tx, &message, lease)?;
            let tries = message.tries + 1;
            Ok(ours.then(|| Message { due_at: Some(lease), tries, ..message.clone() }))
        })
        .await
}

async fn tried_once(app: App, actor: Actor, message: Message, send: Send) -> Result<(), Problem> {
    let outcome = send(app.clone(), message.clone()).await;
    app.store
        .housekeep(app.ctx(actor, None), move |tx| {
            let cut = |it: &str| it.chars().take(LONGEST_SAID).collect::<String>();
            let kept = match &outcome {
                Outcome::Delivered(said) => store::finish(tx, &message, State::Delivered, &cut(said)),
                Outcome::Never(said) => store::finish(tx, &message, State::Failed, &cut(said)),
                Outcome::Later(said) => match wait_after(message.tries) {
                    Some(wait) => store::put_off(tx, &message, tx.ctx.now + wait, &cut(said)),
                    None => store::finish(tx, &message, State::Failed, &cut(said)),
                },
            };
            Ok(kept?)
        })
        .await
}

/// How long to wait after the nth try; none when it was the last.
fn wait_after(tries: i64) -> Option<SignedDuration> {
    usize::try_from(tries - 1).ok().and_then(|it| WAITS.get(it)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_tried_ten_times_and_then_given_up() {
        assert_eq!(wait_after(1), Some(SignedDuration::from_secs(5)));
        assert_eq!(wait_after(9), Some(SignedDuration::from_hours(10)));
        assert_eq!(wait_after(10), None);
        assert!(WAITS.is_sorted());
    }
}
