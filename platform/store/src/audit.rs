//! The audit log read back, chained, signed and checked.
//!
//! A write only appends its row; a sealer chains the committed rows of each tenant a moment later, so that no write
//! waits for another's hash. A head is signed after every sealing.

use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _};
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

/// What checking one tenant's chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub tenant: i64,
    pub sealed: i64,
    /// Written but not chained yet; more than a second's worth is a finding.
    pub unsealed: i64,
    pub faults: Vec<String>,
}

/// Rows sealed or checked in one step.
const STEP: i64 = 500;
/// How far behind the last sealed id a slower transaction's row is still looked for: ten minutes of ids.
const LATE: i64 = (600_000) << 7;

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
    for tenant in tenants(tx)? {
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
            let signature = hex::encode(seal.0.sign(head(tenant, seq, &hash).as_bytes()).to_bytes());
            let args = [tenant.into(), seq.into(), hash.into(), tx.ctx.now.into(), signature.into()];
            tx.change_one(include_str!("sql/add_head.sql"), &args)?;
        }
        sealed += rows.len();
    }
    Ok(sealed)
}

/// Walks every chain from its beginning: a changed, missing or added row no longer fits.
///
/// # Errors
/// When the store refuses.
pub fn verify(tx: &mut Tx<'_>, seal: &Seal) -> std::result::Result<Vec<Verified>, Problem> {
    let mut checked = vec![];
    for tenant in tenants(tx)? {
        let (mut faults, mut before, mut seq, mut newest) = (vec![], String::new(), 0, 0);
        loop {
            let args = [tenant.into(), i64::into(seq), STEP.into()];
            let rows = tx.all(include_str!("sql/sealed.sql"), &args, |it| {
                let own =
                    if it.maybe_int("id")?.is_some() { Some((it.int("id")?, digest(it)?)) } else { None };
                Ok((it.int("seq")?, it.text("hash")?, own))
            })?;
            for (n, hash, own) in &rows {
                let expected = own.as_ref().map(|(_, digest)| link(&before, digest));
                if *n != seq + 1 || expected.as_ref() != Some(hash) {
                    faults.push(format!("第 {n} 条审计记录与链不符"));
                }
                newest = own.as_ref().map_or(newest, |(id, _)| newest.max(*id));
                (before, seq) = (hash.clone(), *n);
            }
            if rows.is_empty() || !faults.is_empty() {
                break;
            }
        }
        let head_row = tx.maybe(include_str!("sql/last_head.sql"), &[tenant.into()], |it| {
            Ok((it.int("seq")?, it.text("hash")?, it.text("signature")?))
        })?;
        if let Some((n, hash, signature)) = head_row {
            let signature: Option<Signature> =
                hex::decode(&signature).ok().and_then(|it| Signature::from_slice(&it).ok());
            let signed = signature.is_some_and(|it| {
                seal.0.verifying_key().verify(head(tenant, n, &hash).as_bytes(), &it).is_ok()
            });
            if !signed || (faults.is_empty() && (n, &hash) != (seq, &before)) {
                faults.push("链头签名不符，链可能被整体改写".to_owned());
            }
        }
        let args = [tenant.into(), 0.into(), i64::MAX.into()];
        let unsealed = tx.all(include_str!("sql/unsealed.sql"), &args, |it| it.int("id"))?;
        if unsealed.iter().any(|it| *it + LATE < newest) {
            faults.push("链中缺少早先写入的审计记录".to_owned());
        }
        checked.push(Verified { tenant, sealed: seq, unsealed: unsealed.len() as i64, faults });
    }
    Ok(checked)
}

fn tenants(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    tx.all(include_str!("sql/audited_tenants.sql"), &[], |it| it.int("tenant"))
}

/// One row's own hash, over every column, each with its length so that none can run into the next.
fn digest(row: &Row<'_>) -> Result<String> {
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

fn link(before: &str, digest: &str) -> String {
    hex::encode(Sha256::digest(format!("{before}\n{digest}")))
}

fn head(tenant: i64, seq: i64, hash: &str) -> String {
    format!("jiayuan audit head\n{tenant}\n{seq}\n{hash}")
}

impl Seal {
    /// The key derived from the house's own.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }
}
