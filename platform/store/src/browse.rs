//! The audit log and the security log as an auditor reads them: one chain at a time, newest first. Rights are the caller's.

use jiff::Timestamp;
use kernel::Tenant;

use crate::{Listing, Result, Tx, audit::tenants_with};

/// What is asked of one chain.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Whose chain: a county's number, 0 for the house's own.
    pub tenant: u16,
    pub from: Timestamp,
    pub until: Timestamp,
    /// Older than this row: the next page.
    pub before: Option<i64>,
    pub person: Option<i64>,
    /// An event by its whole name.
    pub event: Option<String>,
    pub limit: i64,
}

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    pub id: i64,
    pub at: Timestamp,
    pub person: i64,
    pub role: String,
    pub permission: String,
    pub event: String,
    pub subject: i64,
    /// The event as JSON.
    pub body: String,
}

/// Somebody who was stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denial {
    pub at: Timestamp,
    pub person: i64,
    pub permission: String,
    /// `out_of_scope`, `not_this_verb`, `sign_in_failed`, `throttled`.
    pub why: String,
}

/// The chains there are.
///
/// # Errors
/// When the store refuses.
pub fn chains(tx: &mut Tx<'_>) -> Result<Vec<i64>> {
    tenants_with(tx, include_str!("sql/next_audited.sql"))
}

/// The rows of a chain between two moments. No id is smaller than its moment's, so that nothing older is read; one may be greater, where a
/// clock was set back, so that the moment itself decides.
///
/// # Errors
/// When the store refuses.
pub fn audited(tx: &mut Tx<'_>, asked: &Asked) -> Result<Vec<AuditLine>> {
    let tenant = Tenant::from_number(asked.tenant);
    let mut on = vec![];
    on.extend(asked.before.map(|_| "before"));
    on.extend(asked.person.map(|_| "person"));
    on.extend(asked.event.as_ref().map(|_| "event"));
    let args = [
        i64::from(asked.tenant).into(),
        kernel::first_id(tenant, asked.from).into(),
        asked.before.unwrap_or_default().into(),
        asked.from.into(),
        asked.until.into(),
        asked.person.unwrap_or_default().into(),
        asked.event.clone().unwrap_or_default().into(),
        asked.limit.into(),
    ];
    tx.list(&Listing::of(include_str!("sql/browse.sql"), &on, &args), |row| {
        Ok(AuditLine {
            id: row.int("id")?,
            at: row.time("at")?,
            person: row.int("person")?,
            role: row.text("role")?,
            permission: row.text("permission")?,
            event: row.text("event")?,
            subject: row.int("subject")?,
            body: row.text("body")?,
        })
    })
}

/// Who was stopped at what between two moments.
///
/// # Errors
/// When the store refuses.
pub fn denials(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<Denial>> {
    tx.all(include_str!("sql/denials.sql"), &[from.into(), until.into(), limit.into()], |row| {
        Ok(Denial {
            at: row.time("at")?,
            person: row.int("person")?,
            permission: row.text("permission")?,
            why: row.text("why")?,
        })
    })
}
