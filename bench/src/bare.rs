//! The least a program can do that keeps the same rows: no rights, no rules, no pages; the same durability and grouping.

use std::{io::Write as _, path::Path, sync::Arc, thread};

use anyhow::{Context as _, Result};
use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use crossbeam_channel::{Receiver, Sender, unbounded};
use postgres::types::ToSql;
use tokio::sync::oneshot;

/// What is bound to a statement.
#[derive(Debug, Clone)]
pub(crate) enum Param {
    Int(i64),
    Text(String),
}

/// Statements of a plan by their place in it, each with what is bound.
pub(crate) type Rows = Vec<(usize, Vec<Param>)>;

/// What one request writes.
pub(crate) struct Write {
    rows: Rows,
    done: oneshot::Sender<bool>,
}

/// The statements requests are made of, numbers by first appearance.
pub(crate) type Plan = Vec<String>;

/// The rows of the `n`th request to a thing, from the form that was sent.
pub(crate) type Make = fn(i64, i64, &[(String, String)]) -> Rows;

/// As many as the house puts under one fsync.
const BATCH: usize = 128;
const CONNECTIONS: usize = 8;

/// A handler that commits the rows through `queue`, and answers when they are durable.
pub(crate) fn router(queue: Sender<Write>, make: Make) -> Router {
    Router::new().route("/bare/{thing}/{n}", post(write)).with_state(Arc::new((queue, make)))
}

async fn write(
    State(state): State<Arc<(Sender<Write>, Make)>>,
    axum::extract::Path((thing, n)): axum::extract::Path<(i64, i64)>,
    body: Bytes,
) -> StatusCode {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(&body).unwrap_or_default();
    let (done, written) = oneshot::channel();
    if state.0.send(Write { rows: state.1(thing, n, &fields), done }).is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if written.await.unwrap_or(false) { StatusCode::SEE_OTHER } else { StatusCode::SERVICE_UNAVAILABLE }
}

/// One writer that puts whatever waits under one fsync.
pub(crate) fn sqlite(path: &Path, plan: Plan) -> Result<Sender<Write>> {
    let conn = rusqlite::Connection::open(path)?;
    conn.execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;")?;
    conn.set_prepared_statement_cache_capacity(64);
    let (sender, queue) = unbounded::<Write>();
    thread::spawn(move || while group(&conn, &plan, &queue).is_some() {});
    Ok(sender)
}

fn group(conn: &rusqlite::Connection, plan: &Plan, queue: &Receiver<Write>) -> Option<()> {
    let first = queue.recv().ok()?;
    let batch: Vec<Write> = [first].into_iter().chain(queue.try_iter().take(BATCH - 1)).collect();
    let written = || -> rusqlite::Result<()> {
        conn.execute_batch("begin immediate")?;
        for (statement, params) in batch.iter().flat_map(|it| &it.rows) {
            let bound = params.iter().map(|it| -> &dyn rusqlite::ToSql {
                match it {
                    Param::Int(it) => it,
                    Param::Text(it) => it,
                }
            });
            conn.prepare_cached(&plan[*statement])?.execute(rusqlite::params_from_iter(bound))?;
        }
        conn.execute_batch("commit")
    };
    let is_written = written().is_ok();
    if !is_written {
        let _undone = conn.execute_batch("rollback");
    }
    for it in batch {
        let _gone = it.done.send(is_written);
    }
    Some(())
}

/// As many connections as the house has, each a serializable transaction a request.
pub(crate) fn postgres(url: &str, plan: &Plan) -> Result<Sender<Write>> {
    let (sender, queue) = unbounded::<Write>();
    for _ in 0..CONNECTIONS {
        let (url, queue, plan) = (url.to_owned(), queue.clone(), plan.clone());
        let opened = thread::spawn(move || -> Result<()> {
            let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
            let prepared: Vec<_> =
                plan.iter().map(|it| client.prepare(it)).collect::<Result<_, postgres::Error>>()?;
            thread::spawn(move || {
                while let Ok(it) = queue.recv() {
                    let mut written = || -> Result<(), postgres::Error> {
                        let builder = client.build_transaction();
                        let mut tx =
                            builder.isolation_level(postgres::IsolationLevel::Serializable).start()?;
                        for (statement, params) in &it.rows {
                            let bound: Vec<&(dyn ToSql + Sync)> = params
                                .iter()
                                .map(|it| -> &(dyn ToSql + Sync) {
                                    match it {
                                        Param::Int(it) => it,
                                        Param::Text(it) => it,
                                    }
                                })
                                .collect();
                            tx.execute(&prepared[*statement], &bound)?;
                        }
                        tx.commit()
                    };
                    // Another may have got in between, as for the house: it is run again.
                    let mut why = None;
                    let is_written = (0..50).any(|_| written().map_err(|it| why = Some(it)).is_ok());
                    if let (false, Some(why)) = (is_written, why) {
                        let _told = writeln!(std::io::stderr(), "bare: {why:?}");
                    }
                    let _gone = it.done.send(is_written);
                }
            });
            Ok(())
        });
        opened.join().map_err(|_| anyhow::anyhow!("a connection fell over"))?.context("PostgreSQL")?;
    }
    Ok(sender)
}
