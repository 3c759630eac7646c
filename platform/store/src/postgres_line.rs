//! A connection to PostgreSQL of a thread's own. Statements whose answers nobody reads are held back and sent together with the next one
//! that is asked, so that a unit of work costs few round trips.

use std::{cell::RefCell, collections::HashMap};

use futures_util::future::{join, join_all};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Config, NoTls, Row, Statement, error::SqlState, types::ToSql};

use crate::{Result, StoreError, Value};

/// More than this is not held back: as many are asked in order by the futures' own rule.
const MOST_HELD: usize = 24;

pub(crate) struct Line {
    runtime: Runtime,
    client: Client,
    prepared: RefCell<HashMap<String, Statement>>,
    /// The same for saves, each by the statement it was given as.
    guarded: RefCell<HashMap<String, Statement>>,
    held: RefCell<Vec<Held>>,
}

/// What is sent before the next statement.
enum Held {
    /// Statements that nothing is bound to: the bounds of a transaction.
    Plain(&'static str),
    /// A row that is put.
    Bound(Statement, Vec<Value>),
    /// A row that is saved if it is there at the version it was read at.
    Guarded(Statement, Vec<Value>),
}

impl Line {
    pub(crate) fn connect(config: &Config) -> Result<Self> {
        let broken = |it: std::io::Error| StoreError::Unavailable(it.into());
        let runtime = Builder::new_current_thread().enable_all().build().map_err(broken)?;
        let (client, connection) = runtime.block_on(config.connect(NoTls))?;
        // It is driven while its owner waits for an answer, and ends with the connection.
        runtime.spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(%error, "A connection to PostgreSQL ended");
            }
        });
        Ok(Self {
            runtime,
            client,
            prepared: RefCell::default(),
            guarded: RefCell::default(),
            held: RefCell::default(),
        })
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// Has a statement understood, once a connection.
    pub(crate) fn prepared(&self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.prepared.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.runtime.block_on(self.client.prepare(sql))?;
        self.prepared.borrow_mut().insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// Keeps statements for the next round trip.
    pub(crate) fn hold(&self, sql: &'static str) {
        self.held.borrow_mut().push(Held::Plain(sql));
    }

    /// Keeps a row for the next round trip; whether it could be put is said then.
    pub(crate) fn put(&self, sql: &str, args: &[Value]) -> Result<()> {
        self.keep(self.prepared(sql)?, args, Held::Bound)
    }

    /// Keeps a save for the next round trip. Where it hits no row it divides by nothing: whatever was sent behind it, the commit included,
    /// is undone with it, and the unit is to be run again.
    pub(crate) fn save(&self, sql: &str, args: &[Value]) -> Result<()> {
        let known = self.guarded.borrow().get(sql).cloned();
        let statement = match known {
            Some(it) => it,
            None => {
                let guarded = format!("with saved as ({sql} returning 1) select 1 / count(*) from saved");
                let statement = self.runtime.block_on(self.client.prepare(&guarded))?;
                self.guarded.borrow_mut().insert(sql.to_owned(), statement.clone());
                statement
            }
        };
        self.keep(statement, args, Held::Guarded)
    }

    fn keep(
        &self,
        statement: Statement,
        args: &[Value],
        held: impl FnOnce(Statement, Vec<Value>) -> Held,
    ) -> Result<()> {
        // What cannot even be sent must not be held: the commit behind it would go without it.
        let wanted = statement.params();
        if wanted.len() != args.len() || !args.iter().zip(wanted).all(|(arg, ty)| arg.fits(ty)) {
            return Err(StoreError::Broken(anyhow::anyhow!("a row's values do not fit its statement")));
        }
        self.held.borrow_mut().push(held(statement, args.to_vec()));
        if MOST_HELD <= self.held.borrow().len() { self.flush() } else { Ok(()) }
    }

    /// Sends what was held.
    pub(crate) fn flush(&self) -> Result<()> {
        self.after_held(async { Ok(()) })
    }

    /// Forgets what was held: its transaction is undone.
    pub(crate) fn forget(&self) {
        self.held.borrow_mut().clear();
    }

    pub(crate) fn query(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>> {
        let statement = self.prepared(sql)?;
        self.after_held(async { Ok(self.client.query(&statement, &references(args)).await?) })
    }

    pub(crate) fn execute(&self, sql: &str, args: &[Value]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        self.after_held(async { Ok(self.client.execute(&statement, &references(args)).await?) })
    }

    /// Statements that nothing is bound to, after what was held.
    pub(crate) fn batch(&self, sql: &str) -> Result<()> {
        self.after_held(async { Ok(self.client.batch_execute(sql).await?) })
    }

    /// Sends what was held and then `last`, without waiting in between; the first that failed is the reason of all that follow.
    fn after_held<T>(&self, last: impl Future<Output = Result<T>>) -> Result<T> {
        let held = self.held.take();
        if held.is_empty() {
            return self.runtime.block_on(last);
        }
        let client = &self.client;
        let sent = held.iter().map(|it| async move {
            let sent = match it {
                Held::Plain(sql) => client.batch_execute(sql).await,
                Held::Bound(statement, args) | Held::Guarded(statement, args) => {
                    client.execute(statement, &references(args)).await.map(|_| ())
                }
            };
            sent.map_err(|error| if matches!(it, Held::Guarded(..)) { missed(error) } else { error.into() })
        });
        // Each is on its way when it is first asked, in this order.
        let (before, last) = self.runtime.block_on(async { join(join_all(sent), last).await });
        for it in before {
            it?;
        }
        last
    }
}

/// A save that hit no row: somebody saved first, or this very request did.
fn missed(error: tokio_postgres::Error) -> StoreError {
    match error.code() {
        Some(&SqlState::DIVISION_BY_ZERO) => StoreError::Again(error.into()),
        _ => error.into(),
    }
}

fn references(args: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|it| it as &(dyn ToSql + Sync)).collect()
}
