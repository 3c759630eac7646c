//! `jiayuan demo`: a whole synthetic city on an embedded store, ready to click.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Result, bail};
use app::{App, Gateway, Https, Mode};
use clap::{Args, ValueEnum};
use jiff::{Timestamp, civil::Date, tz};
use kernel::{Actor, Problem, Role, Scope};
use registry::seeding::{self, City};

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

/// A few strong communities of every county, with the records their gates ask for.
async fn candidates(
    app: &App,
    ctx: &kernel::Ctx,
    city: &City,
    made: &[registry::communities::CommunityId],
    shown: kernel::Tenant,
) -> Result<Vec<registry::communities::CommunityId>, Problem> {
    let mut chosen = vec![];
    for county in &city.counties {
        let mut here = 0;
        let more = if county.tenant == shown { 2 } else { 0 };
        let wanted = (county.communities * 3 / 100).clamp(1, 4) + more;
        for id in made.iter().copied().filter(|it| kernel::Tenant::of_id(i64::from(*it)) == county.tenant) {
            let n = chosen.len() as i64;
            let taken = app.store.housekeep(ctx.clone(), move |tx| {
                let community = registry::communities::load(tx, id)?;
                if community.place.enterprise == 0 || seeding::has_findings(tx, &community)? {
                    return Ok(false);
                }
                seeding::standing(tx, &community, 960 + n * 7 % 38, 0)?;
                Ok(true)
            });
            if taken.await? {
                chosen.push(id);
                here += 1;
            }
            if wanted <= here {
                break;
            }
        }
    }
    Ok(chosen)
}

/// Where the demonstration's people are at home: the first community of the shown county that a company serves.
fn home(
    tx: &mut store::Tx<'_>,
    communities: &[registry::communities::CommunityId],
    shown: kernel::Tenant,
) -> Result<registry::communities::Community, Problem> {
    for id in communities.iter().filter(|it| kernel::Tenant::of_id(i64::from(**it)) == shown) {
        let community = registry::communities::load(tx, *id)?;
        if community.place.enterprise != 0 {
            return Ok(community);
        }
    }
    Err(Problem::NotFound)
}

/// Invented people, from the city down; some hold two posts (双向进入、交叉任职).
fn people(
    tx: &mut store::Tx<'_>,
    city: &City,
    communities: &[registry::communities::CommunityId],
    companies: &[registry::enterprises::EnterpriseId],
) -> Result<(campaigns::seeding::Cast, assemblies::seeding::Cast), Problem> {
    use accounts::seeding::person;
    let shown = city.counties.iter().max_by_key(|it| (it.communities, it.tenant)).ok_or(Problem::NotFound)?;
    let next = city.counties.iter().find(|it| it.tenant != shown.tenant).ok_or(Problem::NotFound)?;
    let home = home(tx, communities, shown.tenant)?;
    let neighborhood = registry::divisions::division(tx, home.place.neighborhood.into())?;
    let subdistrict = registry::divisions::division(tx, home.place.subdistrict.into())?;
    let bureau = if city.code == "110000" { "住房和城乡建设委员会" } else { "城市管理局" };
    let (whole, county) = (Scope::City(city.id), Scope::County(shown.tenant));
    let city_bureau = format!("{}{bureau}", city.name);
    let city_officer = person(tx, "shiju", "方明远", &[(Role::CityBureau, whole, &city_bureau)])?;
    person(tx, "shiju2", "宋知秋", &[(Role::CityBureau, whole, &city_bureau)])?;
    let county_officer =
        person(tx, "xianju", "程立新", &[(Role::CountyBureau, county, &format!("{}{bureau}", shown.name))])?;
    person(
        tx,
        "linxian",
        "吴大川",
        &[(Role::CountyBureau, Scope::County(next.tenant), &format!("{}{bureau}", next.name))],
    )?;
    let street_officer = person(
        tx,
        "jiedao",
        "周晓岚",
        &[(Role::Subdistrict, Scope::Subdistrict(subdistrict.id.into()), &subdistrict.name)],
    )?;
    let committee = format!("{}业主委员会", home.name);
    let worker = person(
        tx,
        "shequ",
        "李春梅",
        &[
            (Role::Neighborhood, Scope::Neighborhood(neighborhood.id.into()), &neighborhood.name),
            (Role::OwnersCommittee, Scope::Community(home.id.into()), &committee),
        ],
    )?;
    let at_home = Scope::Community(home.id.into());
    let branch =
        person(tx, "shuji", "赵国栋", &[(Role::PartyBranch, at_home, &format!("{}党支部", home.name))])?;
    let chair = person(tx, "zhuren", "林正华", &[(Role::OwnersCommittee, at_home, &committee)])?;
    person(tx, "jianpiao", "石磊", &[(Role::Observer, at_home, &format!("{}监票人", home.name))])?;
    let serving = if home.place.enterprise == 0 { i64::from(companies[0]) } else { home.place.enterprise };
    let mut managers = vec![];
    for (name, who, id) in [("qiye", "陈思远", serving), ("qiye2", "何静", i64::from(companies[1]))] {
        let company = registry::enterprises::name_of(tx, id)?.unwrap_or_default();
        managers.push(person(tx, name, who, &[(Role::Enterprise, Scope::Enterprise(id), &company)])?);
    }
    let departments = registry::seeding::departments(tx, city.id, shown.tenant)?;
    let fire = registry::departments::load(tx, departments[1])?;
    person(
        tx,
        "xiaofang",
        "高远",
        &[(Role::CoHandler, Scope::Department(fire.id.into()), &format!("{}{}", shown.name, fire.name))],
    )?;
    for (name, who, label) in [
        ("ceping1", "孙博文", "联席会议成员单位"),
        ("ceping2", "钱慧", "物业管理专家"),
        ("ceping3", "郑凯", "第三方测评机构"),
    ] {
        person(tx, name, who, &[(Role::Assessor, whole, label)])?;
    }
    let administrators = [
        ("xitong", "许国强", Role::SystemAdministrator),
        ("anquan", "马莉", Role::SecurityAdministrator),
        ("shenji", "罗成", Role::AuditAdministrator),
    ];
    for (name, who, role) in administrators {
        person(tx, name, who, &[(role, whole, &city_bureau)])?;
    }
    let owners =
        assemblies::seeding::Cast { committee: chair, neighborhood: worker, branch, street: street_officer };
    let cast = campaigns::seeding::Cast {
        city: city.id,
        city_officer,
        county_officer,
        street_officer,
        manager: managers[0],
        shown: shown.tenant,
    };
    Ok((cast, owners))
}
