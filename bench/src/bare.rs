//! The least a program can do that keeps the same rows: no rights, no rules, no pages; the same durability and grouping.

use std::{path::Path, sync::Arc, thread};

use anyhow::{Context as _, Result};
use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use crossbeam_channel::{Receiver, Sender, unbounded};
use tokio::sync::oneshot;

/// What one request writes: the sheet, its audit row, its key.
pub(crate) struct Write {
    pub(crate) sheet: i64,
    pub(crate) n: i64,
    pub(crate) marks: String,
    pub(crate) done: oneshot::Sender<bool>,
}

const SHEET: &str = "update campaigns_sheets set stage = 'open', marks = $2, version = version + 1 where tenant = 1 and id = $1";
const AUDIT: &str = "insert into store_audit (tenant, id, at, person, grant_id, role, permission, event, subject, body) values (1, $1, $2, 7, 7, 'assessor', 'campaigns.mark', 'campaigns.sheet_marked', $3, $4)";
const KEY: &str = "insert into store_keys (person, key, url, at) values (7, $1, '/campaigns/sheets/1', $2)";
/// As many as the house puts under one fsync.
const BATCH: usize = 128;
const CONNECTIONS: usize = 8;

/// A handler that commits the rows through `queue`, and answers when they are durable.
pub(crate) fn router(queue: Sender<Write>) -> Router {
    Router::new().route("/bare/{sheet}/{n}", post(write)).with_state(Arc::new(queue))
}

async fn write(
    State(queue): State<Arc<Sender<Write>>>,
    axum::extract::Path((sheet, n)): axum::extract::Path<(i64, i64)>,
    body: Bytes,
) -> StatusCode {
    let fields: Vec<(String, String)> = serde_html_form::from_bytes(&body).unwrap_or_default();
    let marks: Vec<_> = fields.into_iter().filter(|it| it.0.starts_with("mark-")).collect();
    let marks = serde_json::to_string(&marks).unwrap_or_default();
    let (done, written) = oneshot::channel();
    if queue.send(Write { sheet, n, marks, done }).is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if written.await.unwrap_or(false) { StatusCode::SEE_OTHER } else { StatusCode::SERVICE_UNAVAILABLE }
}

/// An id nobody else writes.
fn id(it: &Write) -> i64 {
    (1 << 60) | (it.sheet & 0xfff_ffff) << 24 | it.n
}

/// One writer that puts whatever waits under one fsync.
pub(crate) fn sqlite(path: &Path) -> Result<Sender<Write>> {
    let conn = rusqlite::Connection::open(path)?;
    conn.execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;")?;
    let (sender, queue) = unbounded::<Write>();
    thread::spawn(move || while group(&conn, &queue).is_some() {});
    Ok(sender)
}

fn group(conn: &rusqlite::Connection, queue: &Receiver<Write>) -> Option<()> {
    let first = queue.recv().ok()?;
    let batch: Vec<Write> = [first].into_iter().chain(queue.try_iter().take(BATCH - 1)).collect();
    let written = || -> rusqlite::Result<()> {
        conn.execute_batch("begin immediate")?;
        for it in &batch {
            conn.prepare_cached(SHEET)?.execute(rusqlite::params![it.sheet, it.marks])?;
            conn.prepare_cached(AUDIT)?.execute(rusqlite::params![id(it), it.n, it.sheet, it.marks])?;
            conn.prepare_cached(KEY)?
                .execute(rusqlite::params![format!("bare-{}-{}", it.sheet, it.n), it.n])?;
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
pub(crate) fn postgres(url: &str) -> Result<Sender<Write>> {
    let (sender, queue) = unbounded::<Write>();
    for _ in 0..CONNECTIONS {
        let (url, queue) = (url.to_owned(), queue.clone());
        let opened = thread::spawn(move || -> Result<()> {
            let mut client = postgres::Client::connect(&url, postgres::NoTls)?;
            let (sheet, audit, key) = (client.prepare(SHEET)?, client.prepare(AUDIT)?, client.prepare(KEY)?);
            thread::spawn(move || {
                while let Ok(it) = queue.recv() {
                    let mut written = || -> Result<(), postgres::Error> {
                        let builder = client.build_transaction();
                        let mut tx =
                            builder.isolation_level(postgres::IsolationLevel::Serializable).start()?;
                        tx.execute(&sheet, &[&it.sheet, &it.marks])?;
                        tx.execute(&audit, &[&id(&it), &it.n, &it.sheet, &it.marks])?;
                        tx.execute(&key, &[&format!("bare-{}-{}", it.sheet, it.n), &it.n])?;
                        tx.commit()
                    };
                    // Another may have got in between, as for the house: it is run again.
                    let is_written = (0..20).any(|_| written().is_ok());
                    let _gone = it.done.send(is_written);
                }
            });
            Ok(())
        });
        opened.join().map_err(|_| anyhow::anyhow!("a connection fell over"))?.context("PostgreSQL")?;
    }
    Ok(sender)
}
