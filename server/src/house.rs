//! The house put together: the store opened, the rooms merged, the clock's jobs started.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::Result;
use app::{App, Clock, Gateway, Https, Mode, Vault};
use axum::Router;
use calendar::Calendar;
use files::Files;
use kernel::Actor;
use store::{Migration, Seal, Store};

use crate::tls::{self, Tls};

/// Where a house lives and what kind it is.
pub(crate) struct Site {
    pub(crate) database: String,
    pub(crate) key_file: PathBuf,
    pub(crate) files: PathBuf,
    pub(crate) mode: Mode,
    pub(crate) https: Https,
    pub(crate) gateway: Gateway,
}

/// Every room's tables, in the order they stand on each other.
pub(crate) fn migrations() -> Vec<Migration> {
    [
        store::MIGRATIONS,
        files::MIGRATIONS,
        jobs::MIGRATIONS,
        accounts::MIGRATIONS,
        messages::MIGRATIONS,
        registry::MIGRATIONS,
        campaigns::MIGRATIONS,
        tickets::MIGRATIONS,
        assemblies::MIGRATIONS,
        owners::MIGRATIONS,
        surveys::MIGRATIONS,
    ]
    .concat()
}

pub(crate) fn open(site: Site, clock: Clock) -> Result<App> {
    if let Some(folder) = site.key_file.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    let vault = Vault::open(&site.key_file)?;
    Ok(App {
        store: Store::open(&site.database, &migrations())?,
        calendar: Arc::new(Calendar::state_council()),
        clock,
        ids: Arc::default(),
        vault: Arc::new(vault),
        files: Files::within(&site.files),
        sessions: accounts::SESSIONS,
        menus: Arc::new(vec![
            campaigns::menu,
            tickets::menu,
            assemblies::menu,
            surveys::menu,
            owners::menu,
            registry::menu,
            accounts::menu,
        ]),
        agendas: Arc::new(vec![tickets::agenda, campaigns::agenda, assemblies::agenda]),
        unread: messages::unread,
        places: registry::grantable,
        mode: site.mode,
        https: site.https,
        gateway: Arc::new(site.gateway),
    })
}

pub(crate) fn router(app: App) -> Router {
    let rooms = accounts::routes(&app)
        .merge(messages::routes())
        .merge(registry::routes())
        .merge(campaigns::routes())
        .merge(tickets::routes())
        .merge(assemblies::routes())
        .merge(owners::routes())
        .merge(surveys::routes())
        .merge(dashboards::routes())
        .merge(web::assets())
        .merge(web::large());
    web::guarded(rooms.with_state(app.clone()), &app)
}

/// A search finds nothing older than the index until this is through; a stop makes it begin anew.
async fn index(app: App) {
    for done in [registry::index(&app).await, tickets::index(&app).await] {
        if let Err(problem) = done {
            tracing::error!(%problem, "The index of words could not be filled");
        }
    }
}

/// Opens the door, and goes on until told to stop; requests under way are finished first.
pub(crate) async fn run(app: App, listen: &str, heads: Option<PathBuf>, tls: Option<Tls>) -> Result<()> {
    registry::resume(&app).await.map_err(|it| anyhow::anyhow!("{it}"))?;
    let listener = std::net::TcpListener::bind(listen)
        .map_err(|it| anyhow::anyhow!("无法监听 {listen}：{it}。端口可能已被占用，请用 --listen 换一个"))?;
    tracing::info!(listen, "The house is open");
    let scheme = if tls.is_some() { "https" } else { "http" };
    eprintln!("已启动：{scheme}://{listen}");
    let keeper = tokio::spawn(keep(app.clone(), heads));
    let waker = tokio::spawn(wake(app.clone()));
    let postman = tokio::spawn(deliver(app.clone()));
    let indexer = tokio::spawn(index(app.clone()));
    let doors = router(app).into_make_service_with_connect_info::<std::net::SocketAddr>();
    listener.set_nonblocking(true)?;
    match tls {
        Some(tls) => tls::serve(listener, tls, doors, asked_to_stop()).await?,
        None => {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, doors).with_graceful_shutdown(asked_to_stop()).await?;
        }
    }
    keeper.abort();
    waker.abort();
    postman.abort();
    indexer.abort();
    Ok(())
}

async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        else {
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _stopped = interrupted.await;
}

/// The house's own small jobs: the audit chain sealed every second and its heads kept beside the key, old keys dropped.
async fn keep(app: App, heads: Option<PathBuf>) {
    let seal = seal_of(&app.vault);
    let mut second = tokio::time::interval(Duration::from_secs(1));
    loop {
        second.tick().await;
        let (ctx, key) = (app.ctx(Actor::public(), None), seal.clone());
        let kept = app.store.housekeep(ctx, move |tx| {
            tx.drop_keys(tx.ctx.now - jiff::SignedDuration::from_hours(96))?;
            tx.drop_tries(tx.ctx.now - jiff::SignedDuration::from_hours(48))?;
            store::seal(tx, &key)
        });
        match (kept.await, &heads) {
            (Ok(1..), Some(file)) => crate::heads::keep(&app, file).await,
            (Ok(_), _) => {}
            (Err(problem), _) => tracing::warn!(%problem, "The audit chain was not sealed this second"),
        }
    }
}

/// Rounds of the clock from one look for warnings to the next: ten minutes.
const LOOK_EVERY: u64 = 60;
/// So many cases in one round, and the next does not wait: a county's round holds two hundred.
const A_FLOOD: usize = 100;

/// What follows a community that goes to another neighborhood, of every room.
fn moved() -> Vec<&'static str> {
    [campaigns::MOVED, tickets::MOVED, owners::MOVED, surveys::MOVED, assemblies::MOVED].concat()
}

/// The clock of the rooms: deadlines that have passed are acted on within seconds, each exactly once.
async fn wake(app: App) {
    let mut round = tokio::time::interval(Duration::from_secs(10));
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let (mut n, mut more) = (0_u64, false);
    loop {
        // While a flood of deadlines is being worked off, nobody waits for the next tick.
        let ticked = !more;
        if ticked {
            round.tick().await;
            n += 1;
        }
        more = false;
        // What cases say together changes slowly, and asks for the weeks behind.
        if ticked
            && n % LOOK_EVERY == 1
            && let Err(problem) = tickets::look_for_warnings(&app).await
        {
            tracing::warn!(%problem, "Nobody looked for warnings this round");
        }
        match tickets::wake_due(&app).await {
            Ok(0) => {}
            Ok(woken) => {
                more = A_FLOOD <= woken;
                tracing::info!(woken, "Deadlines passed; {woken} cases went a step further");
            }
            Err(problem) => tracing::warn!(%problem, "The clock could not look at the cases this round"),
        }
        if ticked
            && n % LOOK_EVERY == 1
            && let Err(problem) = tickets::settle(&app).await
        {
            tracing::warn!(%problem, "No month was settled this round");
        }
        if let Err(problem) = registry::follow_moves(&app, &moved()).await {
            tracing::warn!(%problem, "The rows of a community that moved did not follow this round");
        }
        if let Err(problem) = assemblies::sign_logs(&app).await {
            tracing::warn!(%problem, "The logs of votes were not signed this round");
        }
    }
}

/// Rounds of the outbox from one forgetting to the next: an hour.
const FORGET_EVERY: u64 = 1_800;

/// What the outbox holds goes out within seconds; what could not, when its time comes.
async fn deliver(app: App) {
    let mut round = tokio::time::interval(Duration::from_secs(2));
    let senders = [tickets::SENDERS, messages::SENDERS].concat();
    round.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for n in 0_u64.. {
        round.tick().await;
        if n % FORGET_EVERY == 0 {
            let ctx = app.ctx(Actor::public(), None);
            let through = ctx.now - jiff::SignedDuration::from_hours(90 * 24);
            if let Err(problem) = app.store.housekeep(ctx, move |tx| Ok(jobs::forget(tx, through)?)).await {
                tracing::warn!(%problem, "What was sent long ago was not forgotten this round");
            }
        }
        if let Err(problem) = jobs::deliver_due(&app, &senders).await {
            tracing::warn!(%problem, "The outbox was not looked through this round");
        }
    }
}

pub(crate) fn seal_of(vault: &Vault) -> Seal {
    Seal::from_seed(&vault.audit_seed())
}

/// The key file that lies beside a database file.
pub(crate) fn beside(data: &Path) -> PathBuf {
    data.join("jiayuan.key")
}
