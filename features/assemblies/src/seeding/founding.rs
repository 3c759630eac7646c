//! A community that is about to hold its first assembly, for the demonstration: the group is at work, half of its tasks done.

use app::App;
use jiff::{SignedDuration, Timestamp};
use kernel::{Actor, Ctx, Hat, Role, Scope};
use registry::communities::{self, CommunityId};

use super::{Cast, Done};
use crate::{
    committees::{
        self,
        types::{Founding, Leaving},
    },
    foundings::{
        self,
        types::{Applying, Going, Grouping},
    },
};

/// Plays the preparation of one community up to `now`.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn prepare(app: &App, cast: Cast, community: CommunityId, now: Timestamp) -> Done<()> {
    let place =
        app.store.read(app.ctx(Actor::public(), None), move |tx| Ok(communities::load(tx, community)?.place));
    let place = place.await?;
    let ago = |days: i64| now - SignedDuration::from_hours(24 * days);
    let day = |days: i64| kernel::beijing_date(ago(days)).to_string();
    let street = |days: i64| {
        let hat = Hat { grant: 0, role: Role::Subdistrict, scope: Scope::Subdistrict(place.subdistrict) };
        Ctx { now: ago(days), ..app.ctx(Actor { user: cast.street, hat }, None) }
    };
    let own = str::to_owned;
    let form = Applying {
        kind: own("first"),
        applied_on: day(55),
        condition: own("national"),
        area_percent: own("68.5"),
        ..Applying::default()
    };
    let vault = app.vault.clone();
    let id = app.store.write(street(55), move |tx| foundings::apply(tx, &vault, community, &form)).await?;
    let form = Grouping {
        name: ["周晓岚", "李春梅", "汪淑芬", "丁海涛", "许文清", "邵立群", "曹亚男"].map(own).to_vec(),
        side: ["street", "neighborhood", "owner", "owner", "owner", "owner", "developer"].map(own).to_vec(),
        head: own("0"),
        recommended: own("居民代表会议推荐，单元公告栏征求意见三日"),
        reviewed: own("社区党委会议审核，未发现负面清单情形"),
        version: own("1"),
    };
    let vault = app.vault.clone();
    app.store.write(street(44), move |tx| foundings::put_together(tx, &vault, id, &form)).await?;
    let vault = app.vault.clone();
    app.store.write(street(35), move |tx| foundings::confirm(tx, &vault, id)).await?;
    for (task, days) in [("owners", 24), ("meeting", 18), ("documents", 9)] {
        let form = Going { task: own(task), done_on: day(days), ..Going::default() };
        let vault = app.vault.clone();
        app.store.write(street(days), move |tx| foundings::finish_task(tx, &vault, id, &form)).await?;
    }
    Ok(())
}

/// Committees in other states than the shown one's: a management committee in its stead, one whose term has ended, one with
/// too few members left.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn committees(app: &App, cast: Cast, of: &[CommunityId], now: Timestamp) -> Done<()> {
    let states = [
        (
            "management",
            300,
            -500,
            ["江德明", "万秀珍", "熊国庆", "章小莉", "史建平", "龚文秀", "贺立军"].as_slice(),
            0,
        ),
        ("owners", 1500, 70, ["葛长林", "尤桂香", "倪志刚", "骆小燕", "阮文博"].as_slice(), 0),
        ("owners", 700, -900, ["柏永年", "水秀英", "鲍建军", "臧美玲", "戚大海"].as_slice(), 3),
    ];
    for (community, (kind, elected, ends, names, leave)) in of.iter().copied().zip(states) {
        let place = app
            .store
            .read(app.ctx(Actor::public(), None), move |tx| Ok(communities::load(tx, community)?.place));
        let place = place.await?;
        let day = |ago: i64| kernel::beijing_date(now - SignedDuration::from_hours(24 * ago)).to_string();
        let street = |ago: i64| {
            let hat = Hat { grant: 0, role: Role::Subdistrict, scope: Scope::Subdistrict(place.subdistrict) };
            let at = now - SignedDuration::from_hours(24 * ago);
            Ctx { now: at, ..app.ctx(Actor { user: cast.street, hat }, None) }
        };
        let own = str::to_owned;
        let form = Founding {
            kind: own(kind),
            elected_on: day(elected),
            term_ends_on: day(ends),
            common_income: own("yes"),
            election: String::new(),
            basis: format!("街道备案〔{}〕{}号", &day(elected - 20)[..4], 1 + elected % 40),
            name: names.iter().copied().map(own).collect(),
            post: (0..names.len()).map(|n| own(if n == 0 { "chair" } else { "member" })).collect(),
            party: (0..names.len()).map(|n| own(if n % 2 == 0 { "yes" } else { "no" })).collect(),
            origin: (0..names.len()).map(|_| own("owner")).collect(),
        };
        let vault = app.vault.clone();
        let founded = street(elected - 10);
        let id = app.store.write(founded, move |tx| committees::found(tx, &vault, community, &form)).await?;
        for member in 1..=leave {
            let form =
                Leaving { member: member.to_string(), left_on: day(30), reason: own("房屋已转让") };
            let vault = app.vault.clone();
            app.store.write(street(29), move |tx| committees::leave(tx, &vault, id, &form)).await?;
        }
        let today = kernel::beijing_date(now);
        let until = today.saturating_sub(SignedDuration::from_hours(24 * 75));
        super::committee::fulfil(app, cast, place, id, (today, until)).await?;
    }
    Ok(())
}

const SURNAMES: [&str; 12] = ["江", "万", "熊", "章", "史", "龚", "贺", "葛", "尤", "倪", "骆", "阮"];
const GIVEN: [&str; 9] = ["德明", "秀珍", "国庆", "小莉", "建平", "文秀", "立军", "长林", "桂香"];

/// Four of five of these communities have a committee, one in ten of them past its term: a county as counties are.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn elsewhere(app: &App, cast: Cast, of: &[CommunityId], now: Timestamp) -> Done<()> {
    for (n, community) in of.iter().copied().enumerate().filter(|it| it.0 % 5 != 3) {
        let public = app.ctx(Actor::public(), None);
        let place = app.store.read(public, move |tx| Ok(communities::load(tx, community)?.place)).await?;
        let (n, own) = (n as i64, str::to_owned);
        // Terms of three years, begun over the last three; every tenth began before that.
        let elected = if n % 10 == 0 { 1_100 + n * 3 } else { 40 + n * 37 % 1_000 };
        let day = |ago: i64| kernel::beijing_date(now - SignedDuration::from_hours(24 * ago)).to_string();
        let name = |at: i64| {
            let at = usize::try_from(n * 5 + at).unwrap_or_default();
            format!("{}{}", SURNAMES[at % SURNAMES.len()], GIVEN[at / 5 % GIVEN.len()])
        };
        let posts = ["chair", "deputy", "member", "member", "member"];
        let form = Founding {
            kind: own(if n % 7 == 4 { "management" } else { "owners" }),
            elected_on: day(elected),
            term_ends_on: day(elected - 1_095),
            common_income: String::new(),
            basis: format!("街道备案〔{}〕{}号", &day(elected - 20)[..4], 1 + elected % 40),
            election: String::new(),
            name: (0..if n % 7 == 4 { 7 } else { 5 }).map(name).collect(),
            post: posts.iter().copied().chain(["member"; 2]).map(own).collect(),
            party: (0..7).map(|at| own(if (n + at) % 2 == 0 { "yes" } else { "no" })).collect(),
            origin: vec![own("owner"); 7],
        };
        let hat = Hat { grant: 0, role: Role::Subdistrict, scope: Scope::Subdistrict(place.subdistrict) };
        let at = now - SignedDuration::from_hours(24 * (elected - 10));
        let ctx = Ctx { now: at, ..app.ctx(Actor { user: cast.street, hat }, None) };
        let vault = app.vault.clone();
        let id = app.store.write(ctx, move |tx| committees::found(tx, &vault, community, &form)).await?;
        // Some are behind with the newest, a few with a year.
        let today = kernel::beijing_date(now);
        let behind = if n % 9 == 5 { 380 } else { 5 + n * 13 % 100 };
        let until = today.saturating_sub(SignedDuration::from_hours(24 * behind));
        super::committee::fulfil(app, cast, place, id, (today, until)).await?;
    }
    Ok(())
}
