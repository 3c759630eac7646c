//! The audit log read back, chained and signed; [`crate::verify`] checks it.
//!
//! A write only appends its row; a sealer chains the committed rows of each tenant a moment later, so that no write
//! waits for another's hash. A head is signed after every sealing.

use ed25519_dalek::{Signer as _, SigningKey};
use kernel::{Problem, Tenant};
use sha2::{Digest as _, Sha256};

use crate::{Result, Row, Tx};

/// The key that heads are signed with.
#[derive(Clone)]
pub struct Seal(pub SigningKey);

/// One line of a record's history: who did what, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    pub at: jiff::Timestamp,
    pub person: i64,
    pub role: String,
    pub permission: String,
    pub event: String,
    /// The event as JSON.
    pub body: String,
}

/// Rows sealed or checked in one step.
pub(crate) const STEP: i64 = 500;
/// How far behind the last sealed id a slower transaction's row is still looked for: ten minutes of ids.
pub(crate) const LATE: i64 = (600_000) << 7;

/// The newest `limit` things that happened to `subject`.
///
/// # Errors
/// When the store refuses.
pub fn history(tx: &mut Tx<'_>, subject: i64, limit: i64) -> Result<Vec<HistoryLine>> {
    let tenant = i64::from(Tenant::of_id(subject).number());
    tx.all(include_str!("sql/history.sql"), &[tenant.into(), subject.into(), limit.into()], |row| {
        Ok(HistoryLine {
            at: row.time("at")?,
            person: row.int("person")?,
            role: row.text("role")?,
            permission: row.text("permission")?,
            event: row.text("event")?,
            body: row.text("body")?,
        })
    })
}

/// Chains what has been committed since the last time, and signs the new heads. Says how many rows it sealed.
///
/// # Errors
/// When the store refuses.
pub fn seal(tx: &mut Tx<'_>, seal: &Seal) -> std::result::Result<usize, Problem> {
    let mut sealed = 0;
    for tenant in tenants_with(tx, include_str!("sql/next_audited.sql"))? {
        let last = tx.maybe(include_str!("sql/last_seal.sql"), &[tenant.into()], |it| {
            Ok((it.int("seq")?, it.text("hash")?, it.int("audit")?))
        })?;
        let (mut seq, mut hash, audit) = last.unwrap_or((0, String::new(), 0));
        let args = [tenant.into(), (audit - LATE).max(0).into(), STEP.into()];
        let rows = tx.all(include_str!("sql/unsealed.sql"), &args, |it| Ok((it.int("id")?, digest(it)?)))?;
        for (audit, digest) in &rows {
            seq += 1;
            hash = link(&hash, digest);
            tx.change_one(
                include_str!("sql/add_seal.sql"),
                &[tenant.into(), seq.into(), (*audit).into(), hash.clone().into()],
            )?;
        }
        if !rows.is_empty() {
            let signature = hex::encode(seal.0.sign(head_text(tenant, seq, &hash).as_bytes()).to_bytes());
            let args = [tenant.into(), seq.into(), hash.into(), tx.ctx.now.into(), signature.into()];
            tx.change_one(include_str!("sql/add_head.sql"), &args)?;
        }
        sealed += rows.len();
    }
    Ok(sealed)
}

/// The tenants a drawer holds anything of, one index step each.
pub(crate) fn tenants_with(tx: &mut Tx<'_>, next: &str) -> Result<Vec<i64>> {
    let mut found = vec![];
    while let Some(tenant) =
        tx.one(next, &[found.last().copied().unwrap_or(-1).into()], |it| it.maybe_int("tenant"))?
    {
        found.push(tenant);
    }
    Ok(found)
}

/// One row's own hash, over every column, each with its length so that none can run into the next.
pub(crate) fn digest(row: &Row<'_>) -> Result<String> {
    let mut hasher = Sha256::new();
    for column in ["id", "at", "person", "grant_id", "subject"] {
        hasher.update(row.int(column)?.to_be_bytes());
    }
    for column in ["role", "permission", "event", "body"] {
        let text = row.text(column)?;
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    Ok(hex::encode(hasher.finalize()))
}

pub(crate) fn link(before: &str, digest: &str) -> String {
    hex::encode(Sha256::digest(format!("{before}\n{digest}")))
}

pub(crate) fn head_text(tenant: i64, seq: i64, hash: &str) -> String {
    format!("jiayuan audit head\n{tenant}\n{seq}\n{hash}")
}

impl Seal {
    /// The key derived from the house's own.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }
}
