//! SQLite: one writer with group commit, and readers that never wait for it.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use crossbeam_channel::Receiver;
use kernel::{Actor, Ctx, Problem};
use rusqlite::{Connection, OpenFlags};

use crate::{
    Migration, StoreError, migrate,
    tx::{Conn, Tx},
    unit::{Ran, Unit},
};

/// The most units that share one fsync.
const BATCH: usize = 128;
const READERS: usize = 4;
const STATEMENTS: usize = 512;
/// A read that takes longer is interrupted.
const LONGEST_READ: Duration = Duration::from_secs(5);

pub(crate) fn open(
    path: &str,
    migrations: &[Migration],
    writes: &Receiver<Box<dyn Unit>>,
    reads: &Receiver<Box<dyn Unit>>,
) -> anyhow::Result<()> {
    if let Some(folder) = Path::new(path).parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).with_context(|| format!("无法建立数据目录 {}", folder.display()))?;
    }
    let writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    bring_up_to_date(&writer, migrations)?;
    let queue = writes.clone();
    thread::Builder::new().name("store-writer".into()).spawn(move || write_all(&writer, &queue))?;
    for n in 0..READERS {
        let reader = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let queue = reads.clone();
        thread::Builder::new().name(format!("store-reader-{n}")).spawn(move || read_all(&reader, &queue))?;
    }
    Ok(())
}

fn connect(path: &str, flags: OpenFlags) -> anyhow::Result<Connection> {
    let conn = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .with_context(|| format!("无法打开数据库文件 {path}"))?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.busy_timeout(Duration::from_secs(5))?;
    conn.execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32000; pragma temp_store = memory;")
        .with_context(|| format!("数据库文件 {path} 无法使用"))?;
    Ok(conn)
}

fn bring_up_to_date(writer: &Connection, migrations: &[Migration]) -> anyhow::Result<()> {
    let ctx = Ctx {
        actor: Actor::public(),
        now: jiff::Timestamp::UNIX_EPOCH,
        ids: std::sync::Arc::default(),
        key: None,
    };
    writer.execute_batch("begin immediate")?;
    let mut tx =
        Tx { ctx: &ctx, conn: Conn::Sqlite(writer), in_parts: false, runs_again: false, used_key: false };
    match migrate::run(&mut tx, migrations) {
        Ok(()) => Ok(writer.execute_batch("commit")?),
        Err(fault) => {
            writer.execute_batch("rollback")?;
            Err(fault)
        }
    }
}

/// Takes what is waiting, runs it in one transaction, and answers after one fsync.
fn write_all(conn: &Connection, queue: &Receiver<Box<dyn Unit>>) {
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(BATCH - 1));
        if kept(conn, &mut batch).is_ok() {
            batch.into_iter().for_each(|it| it.answer(None));
        } else {
            // A full disk may have undone all of it: each unit runs again on its own, or is answered Busy.
            undo(conn);
            for mut unit in batch {
                let failed = kept(conn, std::slice::from_mut(&mut unit)).err();
                if failed.is_some() {
                    undo(conn);
                }
                unit.answer(failed.map(Problem::from));
            }
        }
    }
}

/// A savepoint keeps a copy of every page that is touched under it, and most units say no before they have written anything, if at all:
/// only when one has is everything undone and run once more, each unit under a savepoint of its own.
fn kept(conn: &Connection, batch: &mut [Box<dyn Unit>]) -> Result<(), StoreError> {
    if together(conn, batch, Savepoints::None)? {
        return Ok(());
    }
    undo(conn);
    together(conn, batch, Savepoints::Each).map(|_| ())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Savepoints {
    None,
    Each,
}

/// Whether what the units wrote was committed; not when one that has written is to be undone among the others.
fn together(
    conn: &Connection,
    batch: &mut [Box<dyn Unit>],
    savepoints: Savepoints,
) -> Result<bool, StoreError> {
    conn.prepare_cached("begin immediate")?.execute([])?;
    for unit in batch {
        if savepoints == Savepoints::Each {
            conn.prepare_cached("savepoint unit")?.execute([])?;
        }
        let before = conn.total_changes();
        let ran = unit.run(Conn::Sqlite(conn));
        if conn.is_autocommit() {
            return Err(StoreError::Unavailable(anyhow::anyhow!("the batch was rolled back under a unit")));
        }
        match savepoints {
            Savepoints::None if ran != Ran::Keep && conn.total_changes() != before => return Ok(false),
            Savepoints::None => {}
            Savepoints::Each => {
                if ran != Ran::Keep {
                    conn.prepare_cached("rollback to unit")?.execute([])?;
                }
                conn.prepare_cached("release unit")?.execute([])?;
            }
        }
    }
    conn.prepare_cached("commit")?.execute([])?;
    Ok(true)
}

fn undo(conn: &Connection) {
    if !conn.is_autocommit()
        && let Err(error) = conn.execute_batch("rollback")
    {
        tracing::error!(%error, "A broken batch could not be rolled back");
    }
}

fn read_all(conn: &Connection, queue: &Receiver<Box<dyn Unit>>) {
    while let Ok(mut unit) = queue.recv() {
        let started = Instant::now();
        let overdue = move || LONGEST_READ < started.elapsed();
        let watched = conn.progress_handler(20_000, Some(overdue));
        let begin =
            || if unit.is_glance() { Ok(()) } else { conn.prepare_cached("begin")?.execute([]).map(|_| ()) };
        let failed = watched.and_then(|()| begin()).err();
        if failed.is_none() {
            unit.run(Conn::Sqlite(conn));
        }
        undo(conn);
        unit.answer(failed.map(|it| StoreError::from(it).into()));
    }
}
