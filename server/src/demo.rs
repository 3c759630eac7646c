//! `jiayuan demo`: a whole synthetic city on an embedded store, ready to click.

mod cast;

use std::{path::PathBuf, sync::Arc};

use anyhow::{Result, bail};
use app::{App, Gateway, Https, Mode};
use clap::{Args, ValueEnum};
use jiff::{Timestamp, civil::Date, tz};
use kernel::{Actor, Problem};
use registry::seeding::{self, City};

use self::cast::{candidates, home, people, waiting_street};
use crate::house::{self, Site};

#[derive(Args)]
pub(crate) struct Demo {
    /// Loopback unless said otherwise in so many words: anybody who reaches it may log in as anybody.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    #[arg(long, default_value = "data/demo")]
    data: PathBuf,
    /// Another store than the embedded one in the data folder.
    #[arg(long)]
    database: Option<String>,
    /// The day the demonstration begins on; its clock runs on from there and never goes back.
    #[arg(long)]
    today: Option<Date>,
    #[arg(long, value_enum, default_value = "luan")]
    set: Set,
    /// A city of this many communities, for measuring.
    #[arg(long)]
    communities: Option<usize>,
    /// A folder of folders, each the pack of a notice to try, as `jiayuan pack check` reads them.
    #[arg(long)]
    packs: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Set {
    Luan,
    Beijing,
}

impl Set {
    fn name(self) -> &'static str {
        match self {
            Self::Luan => "luan",
            Self::Beijing => "beijing",
        }
    }

    fn usual_day(self) -> &'static str {
        match self {
            Self::Luan => "2024-08-20",
            Self::Beijing => "2023-09-12",
        }
    }
}

pub(crate) async fn demo(command: Demo) -> Result<()> {
    if let Some(folder) = &command.packs {
        eprintln!("已加入本地规则包 {} 个", crate::standards::add_all(folder)?);
    }
    let file = command.data.join(format!("{}.db", command.set.name()));
    let database = command.database.clone().unwrap_or_else(|| format!("sqlite:{}", file.display()));
    let site = Site {
        database,
        key_file: house::beside(&command.data),
        files: command.data.join("files"),
        mode: Mode::Demo,
        https: Https::No,
        gateway: Gateway::File(command.data.join("messages.jsonl")),
    };
    let mut app = house::open(site, Arc::new(crate::machine_time))?;
    let wanted = begin_of(command.today.unwrap_or(command.set.usual_day().parse()?))?;
    let offset = set_clock(&app, wanted, command.today.is_some()).await?;
    app.clock = Arc::new(move || crate::machine_time() + offset);
    if is_empty(&app).await? {
        let city = match command.set {
            Set::Luan => seeding::luan(command.communities),
            Set::Beijing => seeding::beijing(command.communities),
        };
        eprintln!("正在建立演示数据……");
        build(&app, &city).await.map_err(|it| anyhow::anyhow!("演示数据没有建成：{}", it.in_full()))?;
    }
    house::run(app, &command.listen, None, None).await
}

/// Nine in the morning, Beijing time.
fn begin_of(day: Date) -> Result<Timestamp> {
    Ok(day.at(9, 0, 0, 0).to_zoned(tz::TimeZone::fixed(tz::offset(8)))?.timestamp())
}

/// The demonstration's clock: kept with the data, moved forward on request and never back.
async fn set_clock(app: &App, wanted: Timestamp, asked: bool) -> Result<jiff::SignedDuration> {
    let machine = crate::machine_time();
    let fresh = wanted.duration_since(machine).as_micros() as i64;
    let kept = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
        let demo = tx.setting("demo")?;
        if demo.is_none() && !tx.is_untouched()? {
            return Err(Problem::Refused {
                code: "demo.not_a_demo",
                message: "这个数据库里有正式数据，不能用作演示。请换一个 --data 目录".to_owned(),
            });
        }
        let before = tx.setting("demo_offset")?.and_then(|it| it.parse::<i64>().ok());
        let offset = match before {
            Some(before) if asked => before.max(fresh),
            Some(before) => before,
            None => fresh,
        };
        tx.set_setting("demo", "yes")?;
        tx.set_setting("demo_offset", &offset.to_string())?;
        Ok(offset)
    });
    match kept.await {
        Ok(offset) => Ok(jiff::SignedDuration::from_micros(offset)),
        Err(problem) => bail!("{problem}"),
    }
}

async fn is_empty(app: &App) -> Result<bool> {
    let seeded = app.store.read(app.ctx(Actor::public(), None), |tx| Ok(tx.setting("demo_seeded")?)).await;
    Ok(seeded.map_err(|it| anyhow::anyhow!("{it}"))?.is_none())
}

/// Small units, so that even a city of twelve thousand never holds the writer long.
const STEP: usize = 50;
/// Cases in the shown county over a year.
const TICKETS: usize = 420;
/// Cases in each of the others.
const FEW: usize = 24;
/// More counties than this have none: a city of many would take long to play.
const MOST_COUNTIES: usize = 8;

fn tenant_of(it: registry::communities::CommunityId) -> kernel::Tenant {
    kernel::Tenant::of_id(i64::from(it))
}

async fn build(app: &App, city: &City) -> Result<(), Problem> {
    let (pack, days) = story(city);
    // The registers are furnished as they stood when the counties recommended, however late the visitor comes.
    let then = begin_of(days.recommended).map_err(Problem::Broken)?.min((app.clock)());
    let ctx = || kernel::Ctx { now: then, ..app.ctx(Actor::public(), None) };
    let all = city.clone();
    let companies = app
        .store
        .housekeep(ctx(), move |tx| {
            seeding::places(tx, &all)?;
            Ok(seeding::companies(tx, &all, 40)?)
        })
        .await?;
    let mut made = vec![];
    for county in &city.counties {
        for from in (0..county.communities).step_by(STEP) {
            let (city, county, companies) = (city.clone(), county.clone(), companies.clone());
            let range = from..(from + STEP).min(county.communities);
            made.extend(
                app.store
                    .housekeep(ctx(), move |tx| {
                        seeding::communities(tx, &city, &county, range.clone(), &companies)
                    })
                    .await?,
            );
        }
    }
    let (all, known) = (city.clone(), made.clone());
    let (cast, owners) = app.store.housekeep(ctx(), move |tx| people(tx, &all, &known, &companies)).await?;
    let candidates = candidates(app, &ctx(), city, &made, cast.shown).await?;
    let asked = candidates.clone();
    app.store.housekeep(ctx(), move |tx| waiting_street(tx, &asked, cast.shown)).await?;
    let today = kernel::beijing_date((app.clock)());
    campaigns::seeding::play(app, cast, pack, days, today, &candidates).await?;
    let known = made.clone();
    let first = app.store.read(ctx(), move |tx| Ok(home(tx, &known, cast.shown)?.id)).await?;
    let here = |it: &registry::communities::CommunityId| {
        kernel::Tenant::of_id(i64::from(*it)) == cast.shown && *it != first
    };
    let county: Vec<_> = [first].into_iter().chain(made.iter().copied().filter(here)).collect();
    let (known, files) = (county.clone(), app.files.clone());
    let placed = move |tx: &mut store::Tx<'_>| {
        seeding::positions(tx, &known)?;
        seeding::picture(tx, &files, first)
    };
    app.store.housekeep(ctx(), placed).await?;
    let now = (app.clock)();
    let people = tickets::seeding::Cast { county_officer: cast.county_officer, manager: cast.manager };
    tickets::seeding::desk(app, people, cast.shown, now).await?;
    tickets::seeding::year(app, people, &county, (0, TICKETS), now).await?;
    // The other counties have a few cases each: a city's list and rates are about more than one.
    let others = made.chunk_by(|one, next| tenant_of(*one) == tenant_of(*next));
    for (n, places) in others
        .filter(|it| it.first().is_some_and(|it| tenant_of(*it) != cast.shown))
        .take(MOST_COUNTIES)
        .enumerate()
    {
        let some = &places[..places.len().min(6)];
        tickets::seeding::year(app, people, some, (1_000 * (n + 1), FEW), now).await?;
    }
    let fire = app.store.read(ctx(), move |tx| Ok(registry::departments::of_county(tx, cast.shown)?)).await?;
    if let Some(fire) = fire.iter().find(|it| it.name.contains("消防")) {
        tickets::seeding::joint(app, people, cast.shown, fire.id.into(), now).await?;
    }
    tickets::wake_due(app).await?;
    let vault = app.vault.clone();
    let lives_here = move |tx: &mut store::Tx<'_>| {
        owners::seeding::owner(tx, &vault, first, &["3-204", "3-301", "车位01"], "孙玉梅", "13800138017")
    };
    // Bound long before the votes of the demonstration: a later binding does not vote in them.
    let before = now - jiff::SignedDuration::from_hours(500 * 24);
    app.store.housekeep(kernel::Ctx { now: before, ..ctx() }, lives_here).await?;
    assemblies::seeding::decide(app, owners, first, now).await?;
    let known = county.clone();
    let beside = app.store.read(ctx(), move |tx| Ok(beside(tx, &known)?)).await?;
    if let Some((next, others)) = beside.split_first() {
        assemblies::seeding::prepare(app, owners, *next, now).await?;
        assemblies::seeding::committees(app, owners, others, now).await?;
        let told = |it: &&registry::communities::CommunityId| **it != first && !beside.contains(*it);
        let rest: Vec<_> = county.iter().filter(told).copied().collect();
        assemblies::seeding::elsewhere(app, owners, &rest, now).await?;
    }
    let lately = now - jiff::SignedDuration::from_hours(48);
    let settled = move |tx: &mut store::Tx<'_>| messages::seeding::settle(tx, lately);
    app.store.housekeep(app.ctx(Actor::public(), None), settled).await?;
    app.store.housekeep(ctx(), |tx| Ok(tx.set_setting("demo_seeded", "yes")?)).await
}

/// Of these, the communities beside the first in its own street.
fn beside(
    tx: &mut store::Tx<'_>,
    known: &[registry::communities::CommunityId],
) -> store::Result<Vec<registry::communities::CommunityId>> {
    let mut streets = vec![];
    for id in known {
        streets.push((registry::communities::load(tx, *id)?.place.subdistrict, *id));
    }
    let own = streets.first().map(|it| it.0);
    Ok(streets.into_iter().skip(1).filter(|it| Some(it.0) == own).map(|it| it.1).collect())
}

/// The notice a city's campaign follows, and the days on which things happened.
fn story(city: &City) -> (&'static str, campaigns::seeding::Days) {
    use jiff::civil::date;
    if city.code == "110000" {
        let days = campaigns::seeding::Days {
            opened: date(2023, 7, 14),
            applied: date(2023, 8, 10),
            recommended: date(2023, 9, 8),
            extended: None,
            assigned: date(2023, 9, 21),
            scored: date(2023, 10, 20),
            posted: date(2023, 10, 25),
            awarded: date(2023, 11, 6),
        };
        ("beijing-2023-beautiful-home", days)
    } else {
        let days = campaigns::seeding::Days {
            opened: date(2024, 7, 26),
            applied: date(2024, 8, 6),
            recommended: date(2024, 8, 14),
            extended: Some((date(2024, 8, 14), date(2024, 8, 23))),
            assigned: date(2024, 8, 16),
            scored: date(2024, 9, 10),
            posted: date(2024, 9, 18),
            awarded: date(2024, 9, 27),
        };
        ("luan-2024-beautiful-home", days)
    }
}
