//! PostgreSQL: one connection per thread, serializable writes that run again when another got in between.

use std::{cell::Cell, sync::Arc, thread, time::Duration};

use anyhow::Context as _;
use crossbeam_channel::Receiver;
use kernel::{Actor, Ctx, Problem};
use tokio_postgres::Config;

use crate::{
    Migration, StoreError,
    lane::Lane,
    migrate,
    numbers::Numbers,
    postgres_line::Line,
    tx::{Conn, Tx},
    unit::{Ran, Unit},
};

const WRITERS: usize = 8;
const READERS: usize = 8;
/// How often a unit that another got in between is run before it is given up.
const RUNS: u32 = 20;
/// How often it is tried side by side with others before it goes to the lane.
const BESIDE: u32 = 2;
/// The most units of the lane that share a commit.
const BATCH: usize = 32;
/// Every connection's limits: a statement, a wait for a lock, and a peer that has gone away. Statements are planned once: a list
/// is one equality on an index in its order, whatever it is asked for, and planning its joins anew takes longer than running them.
const SESSION: &str = "set statement_timeout = '5s'; set lock_timeout = '3s'; set idle_in_transaction_session_timeout = '10s'; \
                       set timezone = 'UTC'; set client_min_messages = warning; \
                       set plan_cache_mode = force_generic_plan;";

/// The texts of a statement's first column, asked outside any store.
pub(crate) fn asked(url: &str, sql: &'static str) -> anyhow::Result<Vec<String>> {
    let config: Config = url.parse().context("数据库地址无法识别，应写成 postgres://用户@主机/库名")?;
    // A connection waits in a runtime of its own, and whoever asks may already be inside one.
    let rows = thread::scope(|scope| {
        let ask = || -> Result<Vec<String>, StoreError> {
            let rows = connect(&config)?.query(sql, &[])?;
            Ok(rows.iter().map(|it| it.try_get(0)).collect::<Result<_, _>>()?)
        };
        scope.spawn(ask).join()
    });
    Ok(rows.map_err(|_| anyhow::anyhow!("没有问完，请重试"))??)
}

/// Opens a store; what comes back are the units that wait in the lane.
pub(crate) fn open(
    url: &str,
    migrations: &[Migration],
    writes: &Receiver<Box<dyn Unit>>,
    reads: &Receiver<Box<dyn Unit>>,
) -> anyhow::Result<Arc<Lane>> {
    let mut config: Config = url.parse().context("数据库地址无法识别，应写成 postgres://用户@主机/库名")?;
    config
        .connect_timeout(Duration::from_secs(5))
        .keepalives_idle(Duration::from_secs(15))
        .application_name("jiayuan");
    // A connection waits in a runtime of its own, and whoever opens the house may already be inside one.
    let upgraded = thread::scope(|scope| {
        let upgrade = || {
            let line = connect(&config)
                .map_err(anyhow::Error::from)
                .context("无法连接 PostgreSQL，请检查地址、账号和服务是否启动")?;
            bring_up_to_date(&config, &line, migrations)
        };
        scope.spawn(upgrade).join()
    });
    upgraded.map_err(|_| anyhow::anyhow!("数据库升级中断，请查看日志"))??;
    let (lane, waiting) = Lane::new(crate::LONGEST_QUEUE);
    let lane = Arc::new(lane);
    let server = Arc::new(Server { numbers: Numbers::of(&config), config });
    let (lanes, own) = (server.clone(), lane.clone());
    thread::Builder::new().name("store-lane".into()).spawn(move || work_off(&lanes, &waiting, &own))?;
    for n in 0..WRITERS {
        let (server, queue, lane) = (server.clone(), writes.clone(), lane.clone());
        thread::Builder::new()
            .name(format!("store-writer-{n}"))
            .spawn(move || serve(&server, &queue, Purpose::Write, Some(&lane)))?;
    }
    for n in 0..READERS {
        let (server, queue) = (server.clone(), reads.clone());
        thread::Builder::new()
            .name(format!("store-reader-{n}"))
            .spawn(move || serve(&server, &queue, Purpose::Read, None))?;
    }
    Ok(lane)
}

/// What the threads of one store share.
struct Server {
    config: Config,
    numbers: Numbers,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

pub(crate) fn connect(config: &Config) -> Result<Line, StoreError> {
    let line = Line::connect(config)?;
    line.batch(SESSION)?;
    Ok(line)
}

fn bring_up_to_date(config: &Config, line: &Line, migrations: &[Migration]) -> anyhow::Result<()> {
    // Two processes that start at once take turns.
    line.batch("set statement_timeout = 0; select pg_advisory_lock(20240726)")?;
    let ctx = Ctx {
        actor: Actor::public(),
        now: jiff::Timestamp::UNIX_EPOCH,
        ids: std::sync::Arc::default(),
        key: None,
    };
    let (failed, numbers) = (Cell::default(), Numbers::of(config));
    line.batch("begin")?;
    let conn = Conn::Postgres { line, numbers: &numbers, failed: &failed, waits: false };
    migrate::run(
        &mut Tx { ctx: &ctx, conn, in_parts: false, runs_again: false, used_key: false },
        migrations,
    )?;
    Ok(line.batch("commit")?)
}

/// Units run side by side at first; one that others got in between twice goes to the lane. A verb of which many are undone is crowded for a
/// while: all its units go to the lane, where they come through one after another and share a commit, where side by side each would undo the
/// others.
fn serve(server: &Server, queue: &Receiver<Box<dyn Unit>>, purpose: Purpose, lane: Option<&Lane>) {
    let mut seat = Seat::to(server);
    while let Ok(unit) = queue.recv() {
        match lane {
            Some(lane) if lane.is_crowded(unit.as_ref()) => lane.take(unit),
            Some(lane) => {
                if let Some(unit) = seat.beside(unit, lane) {
                    lane.take(unit);
                }
            }
            None => seat.repeatedly(unit, purpose, RUNS, || None::<()>),
        }
    }
}

/// What the lane waits for, in batches.
fn work_off(server: &Server, queue: &Receiver<Box<dyn Unit>>, lane: &Lane) {
    let mut seat = Seat::to(server);
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(BATCH - 1));
        let ran = seat.together(&mut batch).or_else(|stopped| match stopped {
            Together::Again => {
                let _alone = lane.alone();
                seat.together(&mut batch)
            }
            other => Err(other),
        });
        match ran {
            Ok(failures) => batch.into_iter().zip(failures).for_each(|(it, failed)| it.answer(failed)),
            Err(Together::Away(why)) => {
                batch.into_iter().for_each(|it| it.answer(Some(Problem::Busy(anyhow::anyhow!("{why}")))));
            }
            Err(Together::Unknown(why)) => {
                // It may have been kept: running it again could do it twice.
                seat.line = None;
                batch.into_iter().for_each(|it| it.answer(Some(Problem::Busy(anyhow::anyhow!("{why}")))));
            }
            Err(Together::Again | Together::Undone) => {
                for unit in batch {
                    seat.repeatedly(unit, Purpose::Write, RUNS, || Some(lane.alone()));
                }
            }
        }
    }
}

/// Why a batch was not kept.
enum Together {
    /// Another process got in between; nothing was kept.
    Again,
    /// It failed before its commit; nothing was kept.
    Undone,
    /// There is no connection to be had; nothing was tried.
    Away(String),
    /// The commit was not answered.
    Unknown(String),
}

/// A thread's connection, opened anew when it has gone.
struct Seat<'a> {
    server: &'a Server,
    line: Option<Line>,
}

impl<'a> Seat<'a> {
    fn to(server: &'a Server) -> Self {
        Self { server, line: None }
    }

    fn connected(&mut self) -> Result<(), Problem> {
        if self.line.as_ref().is_none_or(Line::is_closed) {
            self.line = Some(connect(&self.server.config).map_err(|it| Problem::Busy(it.into()))?);
        }
        Ok(())
    }

    /// Runs a unit side by side with others; gives it back when others got in between twice.
    fn beside(&mut self, unit: Box<dyn Unit>, lane: &Lane) -> Option<Box<dyn Unit>> {
        let mut unit = unit;
        for run in 0..BESIDE {
            if let Err(problem) = self.connected() {
                unit.answer(Some(problem));
                return None;
            }
            let Some(line) = self.line.as_ref() else { return Some(unit) };
            let beside = lane.beside();
            let ran = once(line, &self.server.numbers, unit.as_mut(), Purpose::Write);
            drop(beside);
            match ran {
                Ok(Ran::Again) | Err(StoreError::Again(_)) => {
                    lane.fared(unit.verb(), true);
                    thread::sleep(pause(run));
                }
                Ok(_) => {
                    lane.fared(unit.verb(), false);
                    unit.answer(None);
                    return None;
                }
                Err(error) => {
                    // Nobody knows where this connection stands; the next unit gets a new one.
                    self.line = None;
                    unit.answer(Some(error.into()));
                    return None;
                }
            }
        }
        Some(unit)
    }

    /// Runs a unit until nobody gets in between, and answers it.
    fn repeatedly<G>(
        &mut self,
        unit: Box<dyn Unit>,
        purpose: Purpose,
        runs: u32,
        guard: impl Fn() -> Option<G>,
    ) {
        let mut unit = unit;
        for run in 0..runs {
            if let Err(problem) = self.connected() {
                return unit.answer(Some(problem));
            }
            let Some(line) = self.line.as_ref() else { break };
            let held = guard();
            let ran = once(line, &self.server.numbers, unit.as_mut(), purpose);
            drop(held);
            match ran {
                Ok(Ran::Again) | Err(StoreError::Again(_)) => thread::sleep(pause(run)),
                Ok(_) => return unit.answer(None),
                Err(error) => {
                    self.line = None;
                    return unit.answer(Some(error.into()));
                }
            }
        }
        unit.answer(Some(Problem::Busy(anyhow::anyhow!("others got in between {runs} times"))));
    }

    /// Runs units one after another in one transaction, each undone by itself when it says no. For each why it could not be kept, if so.
    fn together(&mut self, batch: &mut [Box<dyn Unit>]) -> Result<Vec<Option<Problem>>, Together> {
        self.connected().map_err(|it| Together::Away(it.to_string()))?;
        let Some(line) = self.line.as_ref() else { return Err(Together::Undone) };
        let ran = in_turn(line, &self.server.numbers, batch);
        let done = match &ran {
            Ok(_) => line.batch("commit"),
            Err(_) => {
                line.forget();
                line.batch("rollback")
            }
        };
        match (ran, done) {
            (Ok(failures), Ok(())) => Ok(failures),
            (Ok(_), Err(StoreError::Again(_))) => Err(Together::Again),
            (Ok(_), Err(why)) => Err(Together::Unknown(format!("{why:?}"))),
            (Err(stopped), undone) => {
                if undone.is_err() {
                    self.line = None;
                }
                Err(stopped)
            }
        }
    }
}

fn in_turn(
    line: &Line,
    numbers: &Numbers,
    batch: &mut [Box<dyn Unit>],
) -> Result<Vec<Option<Problem>>, Together> {
    let stopped = |it: StoreError| match it {
        StoreError::Again(_) => Together::Again,
        _ => Together::Undone,
    };
    line.batch("begin isolation level serializable; savepoint unit").map_err(stopped)?;
    let mut failures = vec![];
    for unit in batch.iter_mut() {
        let failed = Cell::new(false);
        let ran = unit.run(Conn::Postgres { line, numbers, failed: &failed, waits: true });
        let kept = match ran {
            Ran::Keep => line.batch("release unit; savepoint unit"),
            Ran::Undo => Ok(()),
            Ran::Again => return Err(Together::Again),
        };
        let failure = match kept {
            Ok(()) => None,
            Err(StoreError::Again(_)) => return Err(Together::Again),
            // What it had put could not be kept; the others go on without it.
            Err(why) => Some(Problem::from(why)),
        };
        if ran == Ran::Undo || failure.is_some() {
            line.forget();
            line.batch("rollback to unit").map_err(stopped)?;
        }
        failures.push(failure);
    }
    Ok(failures)
}

fn once(line: &Line, numbers: &Numbers, unit: &mut dyn Unit, purpose: Purpose) -> Result<Ran, StoreError> {
    let failed = Cell::new(false);
    if unit.is_glance() {
        return Ok(unit.run(Conn::Postgres { line, numbers, failed: &failed, waits: false }));
    }
    line.hold(match purpose {
        Purpose::Read => "begin isolation level repeatable read read only",
        Purpose::Write => "begin isolation level serializable",
    });
    let ran = unit.run(Conn::Postgres { line, numbers, failed: &failed, waits: false });
    if (purpose, ran) == (Purpose::Write, Ran::Keep) {
        // A row that could not be put makes the commit an undoing, and is told as the reason.
        line.batch("commit")?;
    } else {
        line.forget();
        line.batch("rollback")?;
    }
    Ok(ran)
}

/// Longer after every miss: what still gets in between is another process.
fn pause(run: u32) -> Duration {
    Duration::from_millis(u64::from(run.min(8)) * 3 + 1)
}
