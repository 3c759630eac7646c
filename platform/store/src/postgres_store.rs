//! PostgreSQL: one connection per thread, serializable writes that run again when another got in between.

use std::{
    cell::{Cell, RefCell},
    sync::{Arc, PoisonError, RwLock},
    thread,
    time::Duration,
};

use anyhow::Context as _;
use crossbeam_channel::Receiver;
use kernel::{Actor, Ctx, Problem};
use postgres::{Client, Config, NoTls};

use crate::{
    Migration, StoreError, migrate,
    tx::{Conn, Statements, Tx},
    unit::{Ran, Unit},
};

const WRITERS: usize = 8;
const READERS: usize = 8;
/// How often a unit that another got in between is run before it is given up.
const RUNS: u32 = 20;
/// From which of them on it has the process to itself.
const ALONE_FROM: u32 = 2;
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
    let lane = Arc::new(RwLock::new(()));
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

/// Units run side by side at first. One that others got in between twice runs alone in this process, and every other writer waits for it: writers of one row — a county's next
/// number, a vote's next leaf — then come through one by one, where side by side each would undo the others.
fn serve(config: &Config, queue: &Receiver<Box<dyn Unit>>, purpose: Purpose, lane: Option<&RwLock<()>>) {
    let (mut client, mut cache): (Option<Client>, RefCell<Statements>) = (None, RefCell::default());
    while let Ok(mut unit) = queue.recv() {
        let mut failed = None;
        for run in 0..RUNS {
            if client.as_ref().is_none_or(Client::is_closed) {
                cache = RefCell::default();
                match connect(config) {
                    Ok(connected) => client = Some(connected),
                    Err(error) => {
                        failed = Some(Problem::Busy(error.into()));
                        break;
                    }
                }
            }
            let Some(connected) = client.as_mut() else { break };
            let alone = lane
                .filter(|_| ALONE_FROM <= run)
                .map(|it| it.write().unwrap_or_else(PoisonError::into_inner));
            let beside =
                lane.filter(|_| run < ALONE_FROM).map(|it| it.read().unwrap_or_else(PoisonError::into_inner));
            let ran = once(connected, &cache, unit.as_mut(), purpose);
            drop((alone, beside));
            match ran {
                Ok(Ran::Again) if run + 1 < RUNS => thread::sleep(pause(run)),
                Ok(Ran::Again) => {
                    failed = Some(Problem::Busy(anyhow::anyhow!("others got in between {RUNS} times")));
                    break;
                }
                Ok(_) => {
                    failed = None;
                    break;
                }
                Err(StoreError::Again(_)) if run + 1 < RUNS => thread::sleep(pause(run)),
                Err(error) => {
                    // Nobody knows where this connection stands; the next unit gets a new one.
                    client = None;
                    failed = Some(error.into());
                    break;
                }
            }
        }
        unit.answer(failed);
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
