//! The rows that say whose a file is. Rights are the room's that owns the subject.

use std::collections::BTreeMap;

use kernel::{Problem, Tenant, id};
use store::{Result, Row, Tx, Value};

use crate::{Kept, Media};

id!(AttachmentId);

/// A file beside a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: AttachmentId,
    pub subject: i64,
    pub slot: String,
    pub name: String,
    pub media: Media,
    pub bytes: i64,
    pub digest: String,
    /// The digest of what it holds, when its bytes lie sealed.
    pub holds: Option<String>,
    pub person: i64,
    pub at: jiff::Timestamp,
}

impl Attachment {
    /// Its bytes once more, for a second record that names them.
    #[must_use]
    pub fn kept(&self) -> Kept {
        let holds = self.holds.clone();
        Kept { digest: self.digest.clone(), media: self.media, bytes: self.bytes, holds }
    }

    /// The digest others know it by: of what it holds, sealed or not.
    #[must_use]
    pub fn known_by(&self) -> &str {
        self.holds.as_deref().unwrap_or(&self.digest)
    }
}

const LONGEST_NAME: usize = 80;

/// Names a kept file as belonging to `subject`, in `slot` of it. The caller's verb permits and records it.
///
/// # Errors
/// When the store refuses.
pub fn attach(tx: &mut Tx<'_>, subject: i64, slot: &str, name: &str, kept: &Kept) -> Result<AttachmentId> {
    let tenant = Tenant::of_id(subject);
    let id = tx.ctx.new_id(tenant);
    let args = [
        i64::from(tenant.number()).into(),
        id.into(),
        subject.into(),
        slot.into(),
        shown_name(name, kept.media).into(),
        kept.media.mime().into(),
        kept.bytes.into(),
        kept.digest.clone().into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
        kept.holds.clone().into(),
    ];
    tx.put(include_str!("sql/attach.sql"), &args)?;
    Ok(id.into())
}

/// The files of a record, in the order they came.
///
/// # Errors
/// When the store refuses.
pub fn of_subject(tx: &mut Tx<'_>, subject: i64) -> Result<Vec<Attachment>> {
    let tenant = i64::from(Tenant::of_id(subject).number());
    tx.all(include_str!("sql/of_subject.sql"), &[tenant.into(), subject.into()], read)
}

/// Records asked about with one statement.
const AT_ONCE: usize = 32;

/// The files of many records of one tenant, by record; one without any is not there.
///
/// # Errors
/// When the store refuses.
pub fn of_subjects(tx: &mut Tx<'_>, subjects: &[i64]) -> Result<BTreeMap<i64, Vec<Attachment>>> {
    let mut found = BTreeMap::<i64, Vec<Attachment>>::new();
    for some in subjects.chunks(AT_ONCE) {
        let tenant = some.first().map_or(0, |it| i64::from(Tenant::of_id(*it).number()));
        // The last one stands in every place that is left.
        let padded = (0..AT_ONCE).map(|n| some[n.min(some.len() - 1)].into());
        let args: Vec<Value> = std::iter::once(tenant.into()).chain(padded).collect();
        for it in tx.all(include_str!("sql/of_subjects.sql"), &args, read)? {
            found.entry(it.subject).or_default().push(it);
        }
    }
    Ok(found)
}

/// One file of a record; another record's is not there.
///
/// # Errors
/// `NotFound`, or the store refuses.
pub fn attachment(
    tx: &mut Tx<'_>,
    subject: i64,
    id: AttachmentId,
) -> std::result::Result<Attachment, Problem> {
    let all = of_subject(tx, subject)?;
    all.into_iter().find(|it| it.id == id).ok_or(Problem::NotFound)
}

/// Takes a file off its record. The row stays, with who took it and when.
///
/// # Errors
/// `Missing` when it is not there, or the store refuses.
pub fn take_away(tx: &mut Tx<'_>, subject: i64, id: AttachmentId) -> Result<()> {
    let args = [
        i64::from(Tenant::of_id(subject).number()).into(),
        i64::from(id).into(),
        subject.into(),
        i64::from(tx.ctx.actor.user).into(),
        tx.ctx.now.into(),
    ];
    tx.change_one(include_str!("sql/take_away.sql"), &args)
}

/// The name as people see it: no path, no control character or turned writing, and the ending its content has.
fn shown_name(name: &str, media: Media) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = base.rsplit_once('.').map_or(base, |it| it.0);
    let turned =
        |it: char| matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let clean: String =
        stem.chars().filter(|it| !it.is_control() && !turned(*it)).take(LONGEST_NAME).collect();
    let clean = identifiers::mask_numbers(clean.trim());
    let stem = if clean.is_empty() { "附件".to_owned() } else { clean };
    format!("{stem}.{}", media.ending())
}

fn read(row: &Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.int("id")?.into(),
        subject: row.int("subject")?,
        slot: row.text("slot")?,
        name: row.text("name")?,
        media: Media::from_mime(&row.text("media")?).unwrap_or(Media::Pdf),
        bytes: row.int("bytes")?,
        digest: row.text("digest")?,
        holds: row.maybe_text("holds")?,
        person: row.int("person")?,
        at: row.time("at")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_only_a_name() {
        let check = |name: &str, shown: &str| assert_eq!(shown_name(name, Media::Jpeg), shown);
        check("楼道.jpeg", "楼道.jpg");
        check("../../etc/passwd", "passwd.jpg");
        check("C:\\fakepath\\照片.png", "照片.jpg");
        check("\u{202e}gpj.exe", "gpj.jpg");
        check("\0\n.pdf", "附件.jpg");
        check("13800138000的楼道.jpg", "138********的楼道.jpg");
    }
}
