//! What there is to see: the post's messages, and one's own settings.

use ::store::Tx;
use app::{App, Due};
use kernel::{Problem, beijing_minute};

use crate::{
    policy, store,
    types::{Post, Told},
};

/// A message in the list.
#[derive(Debug)]
pub struct MessageLine {
    pub subject: String,
    pub mark: String,
    pub title: String,
    pub told: String,
    /// Who opened it, and when; none: nobody yet.
    pub read: Option<String>,
}

#[derive(Debug)]
pub(crate) struct MessagesView {
    pub(crate) messages: Vec<MessageLine>,
    pub(crate) unread: i64,
    /// The newest shown, in microseconds: what “all” means.
    pub(crate) until: String,
    pub(crate) next: Option<String>,
    pub(crate) can_subscribe: bool,
    /// Told to the reader as a person, not to a post others may hold.
    pub(crate) is_own: bool,
}

#[derive(Debug)]
pub(crate) struct SettingsView {
    /// Masked.
    pub(crate) phone: Option<String>,
    pub(crate) feed_since: Option<String>,
}

const PAGE: usize = 50;

pub(crate) fn inbox(tx: &mut Tx<'_>, after: &str) -> Result<MessagesView, Problem> {
    let actor = tx.ctx.actor.clone();
    let own = Post::of(actor.user, &actor.hat);
    let after = after.split_once('~').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    let mut told = store::inbox(tx, &own, after, PAGE as i64 + 1)?;
    let more = PAGE < told.len();
    told.truncate(PAGE);
    let cursor = |it: &Told| format!("{}~{}", it.told_at.as_microsecond(), it.subject);
    let next = told.last().filter(|_| more).map(cursor);
    let readers: Vec<i64> = told.iter().filter_map(|it| it.reader).collect();
    let names = accounts::names(tx, &readers)?;
    let line = |it: &Told| MessageLine {
        subject: it.subject.to_string(),
        mark: it.mark.clone(),
        title: it.title.clone(),
        told: beijing_minute(it.told_at),
        read: it.read_at.map(|at| {
            let name = it.reader.and_then(|it| names.get(&it)).cloned().unwrap_or_default();
            format!("{name} {}", beijing_minute(at))
        }),
    };
    Ok(MessagesView {
        messages: told.iter().map(line).collect(),
        unread: store::unread(tx, &own)?,
        until: told.first().map_or(0, |it| it.told_at.as_microsecond()).to_string(),
        next,
        can_subscribe: policy::may_subscribe(&actor).is_ok(),
        is_own: own.is_person().is_some(),
    })
}

pub(crate) fn settings(tx: &mut Tx<'_>) -> Result<SettingsView, Problem> {
    let _seen = policy::may_subscribe(&tx.ctx.actor)?;
    let person = tx.ctx.actor.user;
    Ok(SettingsView {
        phone: store::phone(tx, person)?.map(|it| it.1),
        feed_since: store::feed_of(tx)?.map(beijing_minute),
    })
}

/// Unread ones shown on the first page.
const NEWEST: i64 = 20;
const SHOWN: usize = 3;

/// What the actor's post was told last and nobody has read.
///
/// # Errors
/// When the store refuses.
pub fn newest(tx: &mut Tx<'_>) -> Result<Vec<MessageLine>, Problem> {
    let actor = tx.ctx.actor.clone();
    let told = store::inbox(tx, &Post::of(actor.user, &actor.hat), None, NEWEST)?;
    let unread = told.into_iter().filter(|it| it.read_at.is_none()).take(SHOWN);
    let line = |it: Told| MessageLine {
        subject: it.subject.to_string(),
        mark: it.mark,
        title: it.title,
        told: beijing_minute(it.told_at),
        read: None,
    };
    Ok(unread.map(line).collect())
}

/// What the hat worn has to do, over all rooms, by day.
///
/// # Errors
/// When the store refuses.
pub fn agenda(app: &App, tx: &mut Tx<'_>) -> Result<Vec<Due>, Problem> {
    let mut due = vec![];
    for room in app.agendas.iter() {
        due.extend(room(app, tx)?);
    }
    due.sort_by(|one, other| (one.day, one.at, &one.title).cmp(&(other.day, other.at, &other.title)));
    Ok(due)
}
