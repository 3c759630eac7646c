//! The one way to store: synchronous units of work, the same SQL on SQLite and PostgreSQL.
//!
//! Invariant: a unit of work is committed only if it ends with [`Recorded`], which only [`Tx::record`] makes, out of
//! a `Permit` and an [`Event`]. So nothing is written that was not allowed, and nothing is allowed that is not in
//! the audit log. A unit is `Fn` and has no effect outside its [`Tx`], so that it can be run again; nothing is
//! acknowledged before the commit returned.

mod audit;
mod backup;
mod browse;
mod error;
mod lane;
mod listing;
mod migrate;
mod numbers;
mod postgres_line;
mod postgres_store;
mod settings;
mod sqlite_store;
#[cfg(feature = "testing")]
mod testing;
mod tries;
mod tx;
mod unit;
mod value;
mod verify;
mod words;

pub use audit::{HistoryLine, Seal, history, seal};
pub use backup::{backup, sound, unchanged};
pub use browse::{Asked, AuditLine, Denial, audited, chains, denials};
pub use error::{Result, StoreError};
pub use listing::{Listing, blocks};
pub use migrate::{MIGRATIONS, Migration, pending, postgres_text};
pub use tx::{Event, Recorded, Stopped, Tx};
pub use value::{Row, Value};
pub use verify::{Head, Verified, heads, verify};

use std::sync::Arc;

use crossbeam_channel::{Sender, TrySendError};
use kernel::{Ctx, Problem};
use tokio::sync::oneshot;

use error::wants_another_run;
use unit::{ReadUnit, Unit, WriteUnit};

/// More waiting units than this, and the house answers 503 rather than keep people waiting.
const LONGEST_QUEUE: usize = 2_000;

/// Where everything is kept. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    writes: Sender<Box<dyn Unit>>,
    reads: Sender<Box<dyn Unit>>,
    /// Writes that crowd each other, on PostgreSQL.
    lane: Option<Arc<lane::Lane>>,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`, and brings the tables up to date.
    ///
    /// # Errors
    /// A sentence for the operator: the address, the connection, or the migration that failed.
    pub fn open(url: &str, migrations: &[Migration]) -> anyhow::Result<Self> {
        let (write_end, writes) = crossbeam_channel::bounded(LONGEST_QUEUE);
        let (read_end, reads) = crossbeam_channel::bounded(LONGEST_QUEUE);
        let mut lane = None;
        let kind = if let Some(path) = url.strip_prefix("sqlite:") {
            sqlite_store::open(path, migrations, &writes, &reads)?;
            Kind::Sqlite
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            lane = Some(postgres_store::open(url, migrations, &writes, &reads)?);
            Kind::Postgres
        } else {
            anyhow::bail!("数据库地址应写成 sqlite:路径 或 postgres://用户@主机/库名，现为 {url}");
        };
        Ok(Self(Arc::new(Inner { writes: write_end, reads: read_end, lane, kind })))
    }

    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Units of work waiting just now: writes, reads.
    #[must_use]
    pub fn waiting(&self) -> (usize, usize) {
        let crowded = self.0.lane.as_ref().map_or(0, |it| it.len());
        (self.0.writes.len() + crowded, self.0.reads.len())
    }

    /// Runs `work` and commits it, if it went well and was recorded.
    ///
    /// # Errors
    /// Whatever `work` says; `AlreadyDone` for a used key; `Busy` when the store cannot take it just now.
    pub async fn write<T, W>(&self, ctx: Ctx, work: W) -> std::result::Result<T, Problem>
    where
        T: Send + 'static,
        W: Fn(&mut Tx<'_>) -> std::result::Result<(T, Recorded), Problem> + Send + 'static,
    {
        // A used key is looked for when something stands against the unit, its own row among it: were it looked for before every unit,
        // on PostgreSQL whoever writes beside another would have read where the other's key goes, and undo them.
        let keyed = move |tx: &mut Tx<'_>| {
            if tx.runs_again {
                tx.refuse_used_key()?;
            }
            let problem = match work(tx) {
                Ok((it, _recorded)) => return Ok(it),
                Err(problem) => problem,
            };
            if !wants_another_run(&problem) && !tx.is_doomed() && !tx.used_key {
                tx.refuse_used_key()?;
            }
            Err(problem)
        };
        let asked = ctx.clone();
        let done = self.submit(&self.0.writes, |reply| Box::new(WriteUnit::new(ctx, keyed, reply))).await;
        self.note_denial(&asked, done).await
    }

    /// Runs `work`, which only looks.
    ///
    /// # Errors
    /// Whatever `work` says, or the store.
    pub async fn read<T, W>(&self, ctx: Ctx, work: W) -> std::result::Result<T, Problem>
    where
        T: Send + 'static,
        W: Fn(&mut Tx<'_>) -> std::result::Result<T, Problem> + Send + 'static,
    {
        let asked = ctx.clone();
        let done = self.submit(&self.0.reads, |reply| Box::new(ReadUnit::new(ctx, work, reply))).await;
        self.note_denial(&asked, done).await
    }

    /// Runs `work`, which asks one statement: it sees one state of things without a transaction around it, and costs one round trip.
    ///
    /// # Errors
    /// Whatever `work` says, or the store.
    pub async fn glance<T, W>(&self, ctx: Ctx, work: W) -> std::result::Result<T, Problem>
    where
        T: Send + 'static,
        W: Fn(&mut Tx<'_>) -> std::result::Result<T, Problem> + Send + 'static,
    {
        self.submit(&self.0.reads, |reply| Box::new(ReadUnit::glance(ctx, work, reply))).await
    }

    /// The only write without permit and event: sessions touched, keys and leases dropped, audit rows sealed.
    ///
    /// # Errors
    /// Whatever `work` says, or the store.
    pub async fn housekeep<T, W>(&self, ctx: Ctx, work: W) -> std::result::Result<T, Problem>
    where
        T: Send + 'static,
        W: Fn(&mut Tx<'_>) -> std::result::Result<T, Problem> + Send + 'static,
    {
        self.submit(&self.0.writes, |reply| Box::new(WriteUnit::new(ctx, work, reply))).await
    }

    async fn submit<T>(
        &self,
        queue: &Sender<Box<dyn Unit>>,
        unit: impl FnOnce(oneshot::Sender<std::result::Result<T, Problem>>) -> Box<dyn Unit>,
    ) -> std::result::Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        match queue.try_send(unit(reply)) {
            Ok(()) => answer.await.map_err(|it| Problem::Broken(it.into()))?,
            Err(TrySendError::Full(_)) => Err(Problem::Busy(anyhow::anyhow!("the queue is full"))),
            Err(TrySendError::Disconnected(_)) => {
                Err(Problem::Broken(anyhow::anyhow!("the store is closed")))
            }
        }
    }

    /// A refusal changes nothing but one row in the security log, in a transaction of its own.
    async fn note_denial<T>(
        &self,
        ctx: &Ctx,
        done: std::result::Result<T, Problem>,
    ) -> std::result::Result<T, Problem> {
        if let Err(Problem::Denied(denied)) = &done {
            let denied = *denied;
            let noted = self.housekeep(ctx.clone(), move |tx| tx.note_denial(denied)).await;
            if let Err(problem) = noted {
                tracing::warn!(permission = denied.name, %problem, "A denial could not be noted");
            }
        }
        done
    }
}
