//! A city's year of cases, written straight into the tables: seven counties, a street's share of each, what is closed and what is open.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};
use kernel::{Place, Problem, Tenant};
use store::Kind;
use testkit::House;

/// Words in every tenth case, of two to five characters; and in twenty of all.
pub(crate) const COMMON: [&str; 4] = ["电梯", "电梯按", "电梯按钮", "梯按钮失灵"];
pub(crate) const RARE: [&str; 4] = ["凤凰", "凤凰台", "凤凰台东", "凤凰台东侧"];
/// Cases one can be asked for by their tracking code.
pub(crate) const TRACKED: usize = 64;
const COMMUNITIES: usize = 20;
const A_UNIT: usize = 5_000;
/// Of a thousand cases, how many still wait for somebody; they are the newest.
const OPEN: usize = 14;
const BODIES: [&str; 6] = [
    "楼道照明坏了几天没有人来修，晚上老人上下楼不方便",
    "小区东门的垃圾桶两天没有清运，夏天味道很大",
    "地下车库有积水，排水泵好像不工作，车停不进去",
    "顶楼下雨漏水，墙皮已经鼓起来，维修拖了半个月",
    "消防通道经常有车停着，划了线也没有人管",
    "装修从早上六点开始，周末也不停，影响休息",
];

/// The code of the `n`th tracked case, as its reporter types it.
pub(crate) fn code(n: usize) -> String {
    identifiers::spoken_code(&format!("{:02x}{:02x}{:060x}", n, n / 31, 0), 10).unwrap_or_default()
}

/// Fills the house with `total` cases between the beginning of 2024 and now. Says where the communities lie.
pub(crate) async fn fill(house: &House, total: usize) -> Result<Vec<Place>> {
    let places: Vec<Place> = house
        .given(|tx| {
            let city = registry::seeding::luan(Some(140));
            registry::seeding::places(tx, &city)?;
            let companies = registry::seeding::companies(tx, &city, 40)?;
            let mut places = vec![];
            for county in &city.counties {
                for id in registry::seeding::communities(tx, &city, county, 0..COMMUNITIES, &companies)? {
                    places.push(registry::communities::load(tx, id)?.place);
                }
            }
            Ok(places)
        })
        .await;
    let codes: Vec<String> = (0..TRACKED).map(|it| house.app.vault.look_up(&code(it))).collect();
    for from in (0..total).step_by(A_UNIT) {
        let (places, codes) = (places.clone(), codes.clone());
        house
            .given(move |tx| {
                for n in from..(from + A_UNIT).min(total) {
                    one(tx, &places, &codes, (n, total))?;
                }
                Ok(())
            })
            .await;
    }
    // Of two million rows it takes longer than a house's statement may.
    let analyze =
        if house.kind == Kind::Postgres { "set local statement_timeout = 0; analyze" } else { "analyze" };
    house.given(move |tx| Ok(tx.given(analyze)?)).await;
    Ok(places)
}

const ADD: &str = "insert into tickets_tickets (tenant, id, city, subdistrict, neighborhood, community, enterprise, number, category, kind, urgency, openness, channel, body, building, contact, tail, code, stage, handler_kind, handler, words, level, round, filed_at, filed_on, dispatch_by, contact_by, answer_by, dispatched_v, contacted_v, answered_v, solved, satisfied, extended, urged, supervised, closed_at, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'complaint', 'ordinary', 'public', 'web', $10, $11, '', '', $12, $13, 'enterprise', $14, $15, 1, 1, $16, $17, $16, $16, $18, 'in_time', 'in_time', $19, $20, $21, 0, 0, 0, $22, 3)";
const STEP: &str = "insert into tickets_steps (tenant, ticket, n, at, step, \"by\", words, open) values ($1, $2, $3, $4, $5, '', '群众反映', 'yes')";

fn one(
    tx: &mut store::Tx<'_>,
    places: &[Place],
    codes: &[String],
    (n, total): (usize, usize),
) -> Result<(), Problem> {
    let counties = places.len() / COMMUNITIES;
    let place = &places[n % counties * COMMUNITIES + n / counties % COMMUNITIES];
    let from: Timestamp = "2024-01-01T00:00:00Z".parse().map_err(|_| Problem::NotFound)?;
    let span = tx.ctx.now.as_second() - from.as_second();
    let filed = from + SignedDuration::from_secs(span * n as i64 / total as i64);
    let id = tx.ctx.new_id(Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0)));
    let is_open = total - n <= (total * OPEN / 1000).max(20);
    let mut body = BODIES[n % BODIES.len()].to_owned();
    if n % 10 == 3 {
        body += "，电梯按钮失灵";
    }
    if n % (total / 20) == 7 {
        body += "，在凤凰台东侧";
    }
    let building = format!("{}号楼", 1 + n % 30);
    let step = total / codes.len();
    let code = match n % step {
        0 => codes.get(n / step).cloned().unwrap_or_default(),
        _ => format!("{n:064x}"),
    };
    let said = |it: Option<&str>| it.map(str::to_owned);
    let late = n % 9 == 0;
    let verdict = said((!is_open).then_some(if late { "late" } else { "in_time" }));
    let rated = !is_open && n % 3 != 0;
    let number = (n / counties + 1) as i64;
    let args: [store::Value; 22] = [
        place.tenant.into(),
        id.into(),
        place.city.into(),
        place.subdistrict.into(),
        place.neighborhood.into(),
        place.community.into(),
        place.enterprise.into(),
        number.into(),
        ["lighting", "cleaning", "sewage", "leak", "parking", "noise"][n % 6].into(),
        body.clone().into(),
        building.clone().into(),
        code.into(),
        (if is_open { "accepted" } else { "closed" }).into(),
        place.enterprise.into(),
        (if is_open { "" } else { "confirmed" }).into(),
        filed.into(),
        kernel::beijing_date(filed).into(),
        (filed + SignedDuration::from_hours(24 * 5)).into(),
        verdict.into(),
        said(rated.then_some(if n % 7 == 0 { "no" } else { "yes" })).into(),
        said(rated.then_some(if n % 5 == 0 { "no" } else { "yes" })).into(),
        (!is_open).then_some(filed).into(),
    ];
    tx.change_one(ADD, &args)?;
    for (k, step) in [(1_i64, "filed"), (2, "accepted")] {
        let args = [place.tenant.into(), id.into(), k.into(), filed.into(), step.into()];
        tx.change_one(STEP, &args)?;
    }
    Ok(tx.put_words("ticket", id, &[&body, &building, &format!("{number:06} {number}")])?)
}
