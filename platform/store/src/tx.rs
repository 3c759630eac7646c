//! A unit of work under way: what was asked, by whom, when, and the open transaction.

use std::cell::Cell;

use kernel::{Ctx, Denied, Permit, Problem, Tenant, UserId, Why};
use serde::Serialize;

use crate::{Listing, Result, Row, StoreError, Value, numbers::Numbers, postgres_line::Line};

/// What happened, in the past tense. One struct per event, in the room's `events.rs`.
pub trait Event: Serialize {
    /// `room.happened`, the audit log's name for it.
    const NAME: &'static str;
    /// The thing it happened to.
    fn subject(&self) -> i64;
    /// The page of the thing, which a used idempotency key leads back to.
    fn url(&self) -> String;
}

/// Why somebody was stopped at the door, before any policy was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    SignInFailed,
    Throttled,
}

/// Proof that the audit row is written. A unit of work must end with one.
#[must_use]
#[derive(Debug)]
pub struct Recorded(());

pub struct Tx<'a> {
    pub ctx: &'a Ctx,
    pub(crate) conn: Conn<'a>,
    /// Verbs done as parts of a larger one leave the request's key alone.
    pub(crate) in_parts: bool,
    /// The unit was run before and undone.
    pub(crate) runs_again: bool,
    /// This unit has put the request's key down; one that is another's already fails with the statement that carries it.
    pub(crate) used_key: bool,
}

/// The open transaction of either store.
pub(crate) enum Conn<'a> {
    Sqlite(&'a rusqlite::Connection),
    /// `waits`: others share the transaction, and a save that missed must be this unit's own affair.
    Postgres {
        line: &'a Line,
        numbers: &'a Numbers,
        failed: &'a Cell<bool>,
        waits: bool,
    },
}

impl Tx<'_> {
    /// The one row, or `Missing`.
    ///
    /// # Errors
    /// No such row, or the store refuses.
    pub fn one<T>(
        &mut self,
        sql: &str,
        args: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.maybe(sql, args, read)?.ok_or(StoreError::Missing)
    }

    /// The row if there is one.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn maybe<T>(
        &mut self,
        sql: &str,
        args: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.all(sql, args, read)?.into_iter().next())
    }

    /// Every row of a statement that is bounded by what it asks for.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn all<T>(
        &mut self,
        sql: &str,
        args: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let spoken = self.spoken(sql);
        let sql = &*spoken;
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn.prepare_cached(sql)?;
                bind(&mut statement, args)?;
                let (mut rows, mut found) = (statement.raw_query(), vec![]);
                while let Some(row) = rows.next()? {
                    found.push(read(&Row::Sqlite(row))?);
                }
                Ok(found)
            }
            Conn::Postgres { line, failed, .. } => {
                let rows = line.query(sql, args).inspect_err(|_| failed.set(true))?;
                rows.iter().map(|it| read(&Row::Postgres(it))).collect()
            }
        }
    }

    /// The page of a list.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn list<T>(
        &mut self,
        listing: &Listing,
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        // A common word fills the page from what is newest; a rare one is looked for in the whole index.
        if let Some((sql, page)) = self.among_newest(listing) {
            let found = self.all(&sql, &listing.args, &mut read)?;
            if page <= found.len() {
                return Ok(found);
            }
        }
        self.all(&listing.sql, &listing.args, read)
    }

    /// Changes as many rows as it names, and says how many.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn change(&mut self, sql: &str, args: &[Value]) -> Result<u64> {
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                let mut statement = conn.prepare_cached(sql)?;
                bind(&mut statement, args)?;
                Ok(statement.raw_execute()? as u64)
            }
            Conn::Postgres { line, failed, .. } => line.execute(sql, args).inspect_err(|_| failed.set(true)),
        }
    }

    /// Puts rows whose number nobody asks for. On PostgreSQL they travel with the next statement, at the latest with the commit: a row that
    /// cannot be put is then that statement's fault, so what a verb wants to answer for is put by `change_one`.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn put(&mut self, sql: &str, args: &[Value]) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(_) => self.change(sql, args).map(|_| ()),
            Conn::Postgres { line, failed, .. } => line.put(sql, args).inspect_err(|_| failed.set(true)),
        }
    }

    /// The next number that a tenant's things of a `kind` go by; `newest` reads the newest one kept, as `number`, if any.
    /// Nobody else is given it. A unit that comes to nothing may leave it unused.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn next_number(&mut self, tenant: i64, kind: &'static str, newest: &str) -> Result<i64> {
        match &self.conn {
            Conn::Sqlite(_) => {
                Ok(self.maybe(newest, &[tenant.into()], |it| it.int("number"))?.unwrap_or(0) + 1)
            }
            Conn::Postgres { numbers, .. } => numbers.next(tenant, kind, newest, self.runs_again),
        }
    }

    /// Changes exactly one row. None changed is `Missing`: a change that misses must not pass in silence.
    ///
    /// # Errors
    /// Not one row, or the store refuses.
    pub fn change_one(&mut self, sql: &str, args: &[Value]) -> Result<()> {
        match self.change(sql, args)? {
            1 => Ok(()),
            0 => Err(StoreError::Missing),
            many => Err(StoreError::Broken(anyhow::anyhow!("one row was to change, {many} did"))),
        }
    }

    /// Saves a record whose version the form knew: another version means that somebody saved first. On PostgreSQL it travels with the next
    /// statement, at the latest with the commit; a unit whose save missed is run again, and then waits for what each statement says, as units
    /// of the lane always do.
    ///
    /// # Errors
    /// `Conflict` when the version has moved on.
    pub fn save_version(&mut self, sql: &str, args: &[Value]) -> std::result::Result<(), Problem> {
        if let Conn::Postgres { line, failed, waits: false, .. } = &self.conn
            && !self.runs_again
        {
            return Ok(line.save(sql, args).inspect_err(|_| failed.set(true))?);
        }
        match self.change(sql, args)? {
            1 => Ok(()),
            _ => Err(Problem::Conflict),
        }
    }

    /// Verbs done as parts of a larger one: the request's key is left for the whole to use up.
    ///
    /// # Errors
    /// What `parts` says.
    pub fn in_parts<T, E>(
        &mut self,
        parts: impl FnOnce(&mut Self) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let before = std::mem::replace(&mut self.in_parts, true);
        let done = parts(self);
        self.in_parts = before;
        done
    }

    /// Writes the audit row, and uses up the request's idempotency key.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn record<E: Event>(&mut self, permit: Permit, event: &E) -> Result<Recorded> {
        let tenant = Tenant::of_id(event.subject());
        let (id, hat) = (self.ctx.new_id(tenant), self.ctx.actor.hat);
        let args = [
            i64::from(tenant.number()).into(),
            id.into(),
            self.ctx.now.into(),
            i64::from(self.ctx.actor.user).into(),
            hat.grant.into(),
            hat.role.code().into(),
            permit.name.into(),
            E::NAME.into(),
            event.subject().into(),
            serde_json::to_string(event)?.into(),
        ];
        self.put(include_str!("sql/record.sql"), &args)?;
        if let Some(key) = self.ctx.key.clone().filter(|_| !self.in_parts) {
            let args =
                [i64::from(self.ctx.actor.user).into(), key.into(), event.url().into(), self.ctx.now.into()];
            self.put(include_str!("sql/use_key.sql"), &args)?;
            self.used_key = true;
        }
        Ok(Recorded(()))
    }

    pub(crate) fn refuse_used_key(&mut self) -> std::result::Result<(), Problem> {
        let Some(key) = self.ctx.key.clone() else { return Ok(()) };
        let args = [i64::from(self.ctx.actor.user).into(), key.into()];
        match self.maybe(include_str!("sql/find_key.sql"), &args, |it| it.text("url"))? {
            Some(url) => Err(Problem::AlreadyDone { url }),
            None => Ok(()),
        }
    }

    /// Notes in the security log who was stopped at what, outside the audit chain.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn note(
        &mut self,
        person: UserId,
        permission: &str,
        why: Stopped,
    ) -> std::result::Result<(), Problem> {
        let why = match why {
            Stopped::SignInFailed => "sign_in_failed",
            Stopped::Throttled => "throttled",
        };
        let args = [
            self.ctx.new_id(Tenant::from_number(0)).into(),
            self.ctx.now.into(),
            i64::from(person).into(),
            0.into(),
            permission.into(),
            why.into(),
        ];
        Ok(self.change_one(include_str!("sql/note_denial.sql"), &args)?)
    }

    pub(crate) fn note_denial(&mut self, denied: Denied) -> std::result::Result<(), Problem> {
        let why = match denied.why {
            Why::OutOfScope => "out_of_scope",
            Why::NotThisVerb => "not_this_verb",
        };
        let args = [
            self.ctx.new_id(Tenant::from_number(0)).into(),
            self.ctx.now.into(),
            i64::from(self.ctx.actor.user).into(),
            self.ctx.actor.hat.grant.into(),
            denied.name.into(),
            why.into(),
        ];
        Ok(self.change_one(include_str!("sql/note_denial.sql"), &args)?)
    }

    /// Whether PostgreSQL has already given the transaction up: its `commit` would quietly undo everything.
    pub(crate) fn is_doomed(&self) -> bool {
        matches!(&self.conn, Conn::Postgres { failed, .. } if failed.get())
    }

    /// Which store this is; for the one dialect file and for `doctor`.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.conn, Conn::Postgres { .. })
    }

    /// Runs statements that nothing is bound to: migrations.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(conn) => Ok(conn.execute_batch(sql)?),
            Conn::Postgres { line, .. } => line.batch(sql),
        }
    }
}

/// What arguments are called, so that binding one writes no text. A statement with more is refused by its count.
#[rustfmt::skip]
const NAMES: [&str; 48] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16",
    "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28", "$29", "$30", "$31", "$32",
    "$33", "$34", "$35", "$36", "$37", "$38", "$39", "$40", "$41", "$42", "$43", "$44", "$45", "$46", "$47", "$48",
];

/// Binds `$1` to the first argument wherever it stands: SQLite itself numbers by first appearance.
fn bind(statement: &mut rusqlite::Statement<'_>, args: &[Value]) -> Result<()> {
    for (arg, name) in args.iter().zip(NAMES) {
        let index = statement.parameter_index(name)?;
        let index = index.ok_or_else(|| rusqlite::Error::InvalidParameterName(name.to_owned()))?;
        statement.raw_bind_parameter(index, arg)?;
    }
    if statement.parameter_count() == args.len() && args.len() <= NAMES.len() {
        return Ok(());
    }
    Err(rusqlite::Error::InvalidParameterCount(args.len(), statement.parameter_count()).into())
}
