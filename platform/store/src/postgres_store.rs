//! PostgreSQL: one connection per thread, serializable writes that run again when another got in between.

use std::{
    cell::{Cell, RefCell},
    sync::Arc,
    thread,
    time::Duration,
};

use anyhow::Context as _;
use crossbeam_channel::Receiver;
use kernel::{Actor, Ctx, Problem};
use postgres::{Client, Config, NoTls};

use crate::{
    Migration, StoreError,
    lane::Lane,
    migrate,
    tx::{Conn, Statements, Tx},
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

pub(crate) fn open(
    url: &str,
    migrations: &[Migration],
    writes: &Receiver<Box<dyn Unit>>,
    reads: &Receiver<Box<dyn Unit>>,
) -> anyhow::Result<()> {
    let mut config: Config = url.parse().context("数据库地址无法识别，应写成 postgres://用户@主机/库名")?;
    config
        .connect_timeout(Duration::from_secs(5))
        .keepalives_idle(Duration::from_secs(15))
        .application_name("jiayuan");
    // The client blocks, and whoever opens the house may already be inside a runtime.
    let upgraded = thread::scope(|scope| {
        let upgrade = || {
            let mut client =
                connect(&config).context("无法连接 PostgreSQL，请检查地址、账号和服务是否启动")?;
            bring_up_to_date(&mut client, migrations)
        };
        scope.spawn(upgrade).join()
    });
    upgraded.map_err(|_| anyhow::anyhow!("数据库升级中断，请查看日志"))??;
    let (lane, waiting) = Lane::new(crate::LONGEST_QUEUE);
    let lane = Arc::new(lane);
    let (lane_config, own) = (config.clone(), lane.clone());
    thread::Builder::new().name("store-lane".into()).spawn(move || work_off(&lane_config, &waiting, &own))?;
    for n in 0..WRITERS {
        let (config, queue, lane) = (config.clone(), writes.clone(), lane.clone());
        thread::Builder::new()
            .name(format!("store-writer-{n}"))
            .spawn(move || serve(&config, &queue, Purpose::Write, Some(&lane)))?;
    }
    for n in 0..READERS {
        let (config, queue) = (config.clone(), reads.clone());
        thread::Builder::new()
            .name(format!("store-reader-{n}"))
            .spawn(move || serve(&config, &queue, Purpose::Read, None))?;
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

fn connect(config: &Config) -> Result<Client, postgres::Error> {
    let mut client = config.connect(NoTls)?;
    client.batch_execute(SESSION)?;
    Ok(client)
}

fn bring_up_to_date(client: &mut Client, migrations: &[Migration]) -> anyhow::Result<()> {
    // Two processes that start at once take turns.
    client.batch_execute("set statement_timeout = 0; select pg_advisory_lock(20240726)")?;
    let ctx = Ctx {
        actor: Actor::public(),
        now: jiff::Timestamp::UNIX_EPOCH,
        ids: std::sync::Arc::default(),
        key: None,
    };
    let (cache, failed) = (RefCell::default(), Cell::default());
    client.batch_execute("begin")?;
    let conn = Conn::Postgres { client: &mut *client, cache: &cache, failed: &failed };
    migrate::run(&mut Tx { ctx: &ctx, conn, in_parts: false }, migrations)?;
    Ok(client.batch_execute("commit")?)
}

/// Units run side by side at first. A verb whose units others got in between twice is crowded: it goes to the lane, where such units
/// come through one after another and share a commit, where side by side each would undo the others.
fn serve(config: &Config, queue: &Receiver<Box<dyn Unit>>, purpose: Purpose, lane: Option<&Lane>) {
    let mut line = Line::to(config);
    while let Ok(unit) = queue.recv() {
        match lane {
            Some(lane) if lane.is_crowded(unit.as_ref()) => lane.take(unit),
            Some(lane) => {
                if let Some(unit) = line.beside(unit, lane) {
                    lane.crowd(unit.as_ref());
                    lane.take(unit);
                }
            }
            None => line.repeatedly(unit, purpose, RUNS, || None::<()>),
        }
    }
}

/// What the lane waits for, in batches.
fn work_off(config: &Config, queue: &Receiver<Box<dyn Unit>>, lane: &Lane) {
    let mut line = Line::to(config);
    while let Ok(first) = queue.recv() {
        let mut batch = vec![first];
        batch.extend(queue.try_iter().take(BATCH - 1));
        batch.iter().for_each(|it| lane.crowd(it.as_ref()));
        let ran = line.together(&mut batch).or_else(|stopped| match stopped {
            Together::Again => {
                let _alone = lane.alone();
                line.together(&mut batch)
            }
            other => Err(other),
        });
        match ran {
            Ok(()) => batch.into_iter().for_each(|it| it.answer(None)),
            Err(Together::Unknown(why)) => {
                // It may have been kept: running it again could do it twice.
                line.client = None;
                batch.into_iter().for_each(|it| it.answer(Some(Problem::Busy(anyhow::anyhow!("{why}")))));
            }
            Err(Together::Again | Together::Undone) => {
                for unit in batch {
                    line.repeatedly(unit, Purpose::Write, RUNS, || Some(lane.alone()));
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
    /// The commit was not answered.
    Unknown(String),
}

/// A connection that is opened anew when it has gone.
struct Line<'a> {
    config: &'a Config,
    client: Option<Client>,
    cache: RefCell<Statements>,
}

impl<'a> Line<'a> {
    fn to(config: &'a Config) -> Self {
        Self { config, client: None, cache: RefCell::default() }
    }

    fn connected(&mut self) -> Result<(), Problem> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.cache = RefCell::default();
            self.client = Some(connect(self.config).map_err(|it| Problem::Busy(it.into()))?);
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
            let Some(client) = self.client.as_mut() else { return Some(unit) };
            let beside = lane.beside();
            let ran = once(client, &self.cache, unit.as_mut(), Purpose::Write);
            drop(beside);
            match ran {
                Ok(Ran::Again) | Err(StoreError::Again(_)) => thread::sleep(pause(run)),
                Ok(_) => {
                    unit.answer(None);
                    return None;
                }
                Err(error) => {
                    // Nobody knows where this connection stands; the next unit gets a new one.
                    self.client = None;
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
            let Some(client) = self.client.as_mut() else { break };
            let held = guard();
            let ran = once(client, &self.cache, unit.as_mut(), purpose);
            drop(held);
            match ran {
                Ok(Ran::Again) | Err(StoreError::Again(_)) => thread::sleep(pause(run)),
                Ok(_) => return unit.answer(None),
                Err(error) => {
                    self.client = None;
                    return unit.answer(Some(error.into()));
                }
            }
        }
        unit.answer(Some(Problem::Busy(anyhow::anyhow!("others got in between {runs} times"))));
    }

    /// Runs units one after another in one transaction, each undone by itself when it says no.
    fn together(&mut self, batch: &mut [Box<dyn Unit>]) -> Result<(), Together> {
        self.connected().map_err(|_| Together::Undone)?;
        let Some(client) = self.client.as_mut() else { return Err(Together::Undone) };
        let undone = |_: postgres::Error| Together::Undone;
        client.batch_execute("begin isolation level serializable").map_err(undone)?;
        let mut ran = || -> Result<(), Together> {
            for unit in batch.iter_mut() {
                client.batch_execute("savepoint unit").map_err(undone)?;
                let failed = Cell::new(false);
                let ran =
                    unit.run(Conn::Postgres { client: &mut *client, cache: &self.cache, failed: &failed });
                match ran {
                    Ran::Keep => client.batch_execute("release unit").map_err(undone)?,
                    Ran::Undo => client.batch_execute("rollback to unit; release unit").map_err(undone)?,
                    Ran::Again => return Err(Together::Again),
                }
            }
            Ok(())
        };
        if let Err(stopped) = ran() {
            if client.batch_execute("rollback").is_err() {
                self.client = None;
            }
            return Err(stopped);
        }
        match client.batch_execute("commit").map_err(StoreError::from) {
            Ok(()) => Ok(()),
            Err(StoreError::Again(_)) => Err(Together::Again),
            Err(why) => Err(Together::Unknown(format!("{why:?}"))),
        }
    }
}

fn once(
    client: &mut Client,
    cache: &RefCell<Statements>,
    unit: &mut dyn Unit,
    purpose: Purpose,
) -> Result<Ran, StoreError> {
    client.batch_execute(match purpose {
        Purpose::Read => "begin isolation level repeatable read read only",
        Purpose::Write => "begin isolation level serializable",
    })?;
    let failed = Cell::new(false);
    let ran = unit.run(Conn::Postgres { client: &mut *client, cache, failed: &failed });
    client.batch_execute(if (purpose, ran) == (Purpose::Write, Ran::Keep) {
        "commit"
    } else {
        "rollback"
    })?;
    Ok(ran)
}

/// Longer after every miss: what still gets in between is another process.
fn pause(run: u32) -> Duration {
    Duration::from_millis(u64::from(run.min(8)) * 3 + 1)
}
