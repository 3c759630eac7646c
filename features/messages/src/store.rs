//! Every statement of this room; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx};
use jiff::Timestamp;
use jobs::State;
use kernel::{Tenant, UserId};

use crate::types::{Note, Post, Text, TextState, Told};

fn tenant_of(subject: i64) -> i64 {
    i64::from(Tenant::of_id(subject).number())
}

/// Says whether it was not told before.
pub(crate) fn tell(tx: &mut Tx<'_>, note: &Note, post: &Post) -> Result<bool> {
    let (role, kind, number) = post.code();
    let args = [
        tenant_of(note.subject).into(),
        note.subject.into(),
        note.mark.clone().into(),
        role.into(),
        kind.into(),
        number.into(),
        note.title.clone().into(),
        note.href.clone().into(),
        tx.ctx.now.into(),
    ];
    Ok(tx.change(include_str!("sql/tell.sql"), &args)? == 1)
}

/// Posts that are told with one statement.
const AT_ONCE: usize = 6;
/// The blocks of that statement: one more row each.
const ROWS: [&str; AT_ONCE - 1] = ["second", "third", "fourth", "fifth", "sixth"];

/// Tells many posts the same.
pub(crate) fn tell_all(tx: &mut Tx<'_>, note: &Note, posts: &[Post]) -> Result<()> {
    for some in posts.chunks(AT_ONCE) {
        let mut args = vec![
            tenant_of(note.subject).into(),
            note.subject.into(),
            note.mark.clone().into(),
            note.title.clone().into(),
            note.href.clone().into(),
            tx.ctx.now.into(),
        ];
        for post in some {
            let (role, kind, number) = post.code();
            args.extend([role.into(), kind.into(), number.into()]);
        }
        let listing = Listing::of(include_str!("sql/tell_all.sql"), &ROWS[..some.len() - 1], &args);
        tx.put(&listing.sql, &listing.args)?;
    }
    Ok(())
}

/// What a post was told, newest first, after one of them.
pub(crate) fn inbox(
    tx: &mut Tx<'_>,
    post: &Post,
    after: Option<(i64, i64)>,
    limit: i64,
) -> Result<Vec<Told>> {
    let (role, kind, number) = post.code();
    let on: &[&str] = if after.is_some() { &["after"] } else { &[] };
    let (at, subject) = after.unwrap_or_default();
    let args = [kind.into(), number.into(), role.into(), at.into(), subject.into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/inbox.sql"), on, &args), read)
}

/// Unread ones of a post, counted to a hundred.
pub(crate) fn unread(tx: &mut Tx<'_>, post: &Post) -> Result<i64> {
    let (role, kind, number) = post.code();
    tx.one(include_str!("sql/unread.sql"), &[kind.into(), number.into(), role.into()], |it| it.int("n"))
}

pub(crate) fn of_subject(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Told>> {
    tx.all(include_str!("sql/of_subject.sql"), &[tenant_of(subject).into(), subject.into()], read)
}

pub(crate) fn load(tx: &mut Tx<'_>, subject: i64, mark: &str, post: &Post) -> Result<Told> {
    let (role, kind, number) = post.code();
    let args =
        [tenant_of(subject).into(), subject.into(), mark.into(), role.into(), kind.into(), number.into()];
    tx.one(include_str!("sql/load.sql"), &args, read)
}

/// Whatever a post was told about a thing is read from now on.
pub(crate) fn see(tx: &mut Tx<'_>, subject: i64, post: &Post) -> Result<()> {
    let (role, kind, number) = post.code();
    let args = [
        tenant_of(subject).into(),
        subject.into(),
        role.into(),
        kind.into(),
        number.into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.change(include_str!("sql/see.sql"), &args).map(|_| ())
}

/// Everything a post was told until a moment is read.
pub(crate) fn see_all(tx: &mut Tx<'_>, post: &Post, until: Timestamp) -> Result<()> {
    let (role, kind, number) = post.code();
    let args = [
        kind.into(),
        number.into(),
        role.into(),
        tx.ctx.now.into(),
        i64::from(tx.ctx.actor.user).into(),
        until.into(),
    ];
    tx.change(include_str!("sql/see_all.sql"), &args).map(|_| ())
}

pub(crate) fn add_text(tx: &mut Tx<'_>, id: i64, subject: i64, name: &str, masked: &str) -> Result<()> {
    let args =
        [tenant_of(subject).into(), id.into(), subject.into(), name.into(), masked.into(), tx.ctx.now.into()];
    tx.put(include_str!("sql/add_text.sql"), &args)
}

/// The short messages about a thing, newest first: what the outbox says of them, and then the carrier.
pub(crate) fn texts(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Text>> {
    let sent = jobs::of_subject(tx, subject)?;
    tx.all(include_str!("sql/texts.sql"), &[tenant_of(subject).into(), subject.into()], |it| {
        let id = it.int("id")?;
        let (mut state, mut said) = match sent.iter().find(|message| message.id == id) {
            Some(message) => (
                match message.state {
                    State::Queued => TextState::Queued,
                    State::Delivered => TextState::HandedOver,
                    State::Failed => TextState::Failed,
                },
                message.said.clone(),
            ),
            // The outbox forgets what it is through with.
            None => (TextState::HandedOver, String::new()),
        };
        if let Some(receipt) = it.maybe_text("receipt")? {
            state = if receipt == "delivered" { TextState::Delivered } else { TextState::Failed };
            said = it.text("said")?;
        }
        Ok(Text {
            id,
            name: it.text("name")?,
            phone: it.text("phone")?,
            sent_at: it.time("sent_at")?,
            state,
            said,
        })
    })
}

/// What the carrier reports; what was delivered stays so.
pub(crate) fn receive(tx: &mut Tx<'_>, id: i64, delivered: bool, words: &str) -> Result<bool> {
    let receipt = if delivered { "delivered" } else { "failed" };
    let args = [tenant_of(id).into(), id.into(), receipt.into(), tx.ctx.now.into(), words.into()];
    Ok(tx.change(include_str!("sql/receipt.sql"), &args)? == 1)
}

/// A colleague's phone: sealed, and masked.
pub(crate) fn phone(tx: &mut Tx<'_>, person: UserId) -> Result<Option<(String, String)>> {
    tx.maybe(include_str!("sql/phone.sql"), &[i64::from(person).into()], |it| {
        Ok((it.text("phone")?, it.text("masked")?))
    })
}

pub(crate) fn put_phone(tx: &mut Tx<'_>, sealed: &str, masked: &str) -> Result<()> {
    let args = [i64::from(tx.ctx.actor.user).into(), sealed.into(), masked.into(), tx.ctx.now.into()];
    tx.change_one(include_str!("sql/put_phone.sql"), &args)
}

pub(crate) fn drop_phone(tx: &mut Tx<'_>) -> Result<()> {
    let args = [i64::from(tx.ctx.actor.user).into()];
    tx.change(include_str!("sql/drop_phone.sql"), &args).map(|_| ())
}

pub(crate) fn put_feed(tx: &mut Tx<'_>, digest: &str) -> Result<()> {
    let args = [
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.actor.hat.grant.into(),
        digest.into(),
        tx.ctx.now.into(),
    ];
    tx.change_one(include_str!("sql/put_feed.sql"), &args)
}

pub(crate) fn drop_feed(tx: &mut Tx<'_>) -> Result<()> {
    let args = [i64::from(tx.ctx.actor.user).into(), tx.ctx.actor.hat.grant.into()];
    tx.change(include_str!("sql/drop_feed.sql"), &args).map(|_| ())
}

/// The person and the post behind the digest of a feed's address.
pub(crate) fn feed(tx: &mut Tx<'_>, digest: &str) -> Result<Option<(UserId, i64)>> {
    tx.maybe(include_str!("sql/feed.sql"), &[digest.into()], |it| {
        Ok((it.int("person")?.into(), it.int("post")?))
    })
}

/// Since when the actor's present post has a feed.
pub(crate) fn feed_of(tx: &mut Tx<'_>) -> Result<Option<Timestamp>> {
    let args = [i64::from(tx.ctx.actor.user).into(), tx.ctx.actor.hat.grant.into()];
    tx.maybe(include_str!("sql/feed_of.sql"), &args, |it| it.time("since"))
}

fn read(row: &Row<'_>) -> Result<Told> {
    let post = Post::from_code(&row.text("role")?, &row.text("scope_kind")?, row.int("scope_number")?);
    Ok(Told {
        post: post.ok_or(StoreError::Missing)?,
        subject: row.int("subject")?,
        mark: row.text("mark")?,
        title: row.text("title")?,
        href: row.text("href")?,
        told_at: row.time("told_at")?,
        read_at: row.maybe_time("read_at")?,
        reader: row.maybe_int("reader")?,
    })
}
