//! 告知 — how other rooms tell somebody something, within their own unit of work.

use ::store::{StoreError, Tx};
use kernel::{Problem, UserId};

use crate::{
    store,
    types::{Note, Packed, Post, Text, Told},
};

/// What short messages are called in the outbox.
pub(crate) const KIND: &str = "messages.text";
/// What stands before every text, so that its reader knows who writes.
const SIGNED: &str = "【家园】";

/// Tells posts something, each once. An urgent note goes to the phones of those who hold the post and asked for it, too.
///
/// # Errors
/// When the store refuses.
pub fn tell(tx: &mut Tx<'_>, note: &Note, posts: &[Post]) -> Result<(), Problem> {
    if !note.urgent {
        return Ok(store::tell_all(tx, note, posts)?);
    }
    for post in posts {
        if !store::tell(tx, note, post)? {
            continue;
        }
        for (person, name) in holders(tx, post)? {
            if let Some((sealed, masked)) = store::phone(tx, person)? {
                text(tx, note.subject, &name, (&sealed, &masked), &note.title)?;
            }
        }
    }
    Ok(())
}

/// Whoever is behind a post just now.
fn holders(tx: &mut Tx<'_>, post: &Post) -> Result<Vec<(UserId, String)>, Problem> {
    if let Some(person) = post.is_person() {
        return Ok(accounts::names(tx, &[person])?.into_iter().map(|it| (it.0.into(), it.1)).collect());
    }
    let held = accounts::holders(tx, post.role, &post.scope())?;
    Ok(held.into_iter().map(|it| (it.0, it.1)).collect())
}

/// Sends a short message about a thing to a phone, given sealed and masked. It leaves after the commit.
///
/// # Errors
/// When the store refuses.
pub fn text(
    tx: &mut Tx<'_>,
    subject: i64,
    name: &str,
    (sealed, masked): (&str, &str),
    words: &str,
) -> Result<(), StoreError> {
    let packed = Packed { phone: sealed.to_owned(), text: format!("{SIGNED}{words}") };
    let id = jobs::put(tx, KIND, 0, subject, &serde_json::to_string(&packed)?)?;
    store::add_text(tx, id, subject, name, masked)
}

/// Whatever the actor's post was told about a thing is read from now on.
///
/// # Errors
/// When the store refuses.
pub fn see(tx: &mut Tx<'_>, subject: i64) -> Result<(), StoreError> {
    let actor = tx.ctx.actor.clone();
    store::see(tx, subject, &Post::of(actor.user, &actor.hat))
}

/// Who was told of a thing, and who has read it, oldest first. Whether the asker may know is the asking room's affair.
///
/// # Errors
/// When the store refuses.
pub fn told(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Told>, StoreError> {
    store::of_subject(tx, subject)
}

/// The short messages about a thing, newest first, as far as is known.
///
/// # Errors
/// When the store refuses.
pub fn texts(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Text>, StoreError> {
    store::texts(tx, subject)
}

/// How many messages of the actor's post nobody has read, counted to a hundred.
///
/// # Errors
/// When the store refuses.
pub fn unread(tx: &mut Tx<'_>, actor: &kernel::Actor) -> Result<i64, Problem> {
    Ok(store::unread(tx, &Post::of(actor.user, &actor.hat))?)
}
