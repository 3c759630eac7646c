//! The records that a community's standing is judged by, with realistic gaps.

use ::store::{Result, Tx};
use jiff::{ToSpan as _, civil::Date};
use kernel::Tenant;

use super::Dice;
use crate::{
    communities::Community,
    records::{Record, standings, store},
};

struct Entry<'a> {
    kind: &'a str,
    class: &'a str,
    status: &'a str,
    title: &'a str,
    on: Date,
    until: Option<Date>,
    part: Option<i64>,
    whole: Option<i64>,
}

fn plain<'a>(kind: &'a str, title: &'a str, on: Date) -> Entry<'a> {
    Entry { kind, class: "", status: "", title, on, until: None, part: None, whole: None }
}

fn put(tx: &mut Tx<'_>, community: &Community, it: &Entry<'_>) -> Result<()> {
    let record = Record {
        id: tx.ctx.new_id(Tenant::of_id(community.id.into())).into(),
        place: community.place,
        kind: it.kind.to_owned(),
        class: it.class.to_owned(),
        status: it.status.to_owned(),
        title: it.title.to_owned(),
        happened_on: it.on,
        ends_on: it.until,
        part: it.part,
        whole: it.whole,
        evidence: String::new(),
        void_reason: None,
        version: 1,
    };
    store::add(tx, &record, None)?;
    standings::moved(tx, (Tenant::of_id(community.id.into()), community.place.city), it.kind)
}

/// A year of an ordinary community.
pub(super) fn history(tx: &mut Tx<'_>, it: &Community, dice: &mut Dice) -> Result<()> {
    let today = tx.ctx.today();
    let mut ago = |most: i64| today.saturating_sub(dice.between(20, most).days());
    let days = [ago(60), ago(90), ago(120), ago(200), ago(300), ago(340)];
    let managed = it.place.enterprise != 0;
    let answers = dice.between(40, 160);
    let rate = if managed { dice.between(72, 99) } else { dice.between(50, 80) };
    put(
        tx,
        it,
        &Entry {
            part: Some(answers * rate / 100),
            whole: Some(answers),
            ..plain("survey", "上半年业主满意度调查", days[0])
        },
    )?;
    put(tx, it, &Entry { part: Some(dice.between(0, 18)), ..plain("complaints", "近12个月", days[1]) })?;
    if managed {
        let due = it.households * dice.between(900, 1500);
        put(
            tx,
            it,
            &Entry {
                part: Some(due * dice.between(78, 99) / 100),
                whole: Some(due),
                ..plain("fee_collection", "上一年度", days[2])
            },
        )?;
    }
    if dice.hits(66) {
        let (members, start) = (*dice.of(&[5, 7, 9]), today.saturating_sub(dice.between(200, 1700).days()));
        let until = start.saturating_add(5.years());
        put(
            tx,
            it,
            &Entry {
                class: "owners",
                status: if dice.hits(85) { "filed" } else { "unfiled" },
                until: Some(until),
                part: Some(dice.between(1, members)),
                whole: Some(members),
                ..plain("committee", &format!("{}业主委员会", it.name), start)
            },
        )?;
    }
    if dice.hits(58) {
        let status = if dice.hits(70) { "with_site" } else { "without_site" };
        put(
            tx,
            it,
            &Entry {
                class: "branch",
                status,
                ..plain("party_org", &format!("中共{}支部委员会", it.name), days[5])
            },
        )?;
    }
    for (chance, class) in [(80, "complaint_phones"), (65, "utility_phones"), (72, "prices")] {
        if dice.hits(chance) {
            put(
                tx,
                it,
                &Entry {
                    class, status: "displayed", ..plain("disclosure", "小区主入口公告栏", days[3])
                },
            )?;
        }
    }
    if dice.hits(12) {
        let class = *dice.of(&["fire_lane", "parking", "illegal_building", "animals"]);
        let status = if dice.hits(50) { "open" } else { "closed" };
        put(tx, it, &Entry { class, status, ..plain("finding", "日常检查发现", days[0]) })?;
    }
    if dice.hits(3) {
        put(tx, it, &Entry { class: "general", ..plain("incident", "电梯困人，已妥善处置", days[4]) })?;
    }
    if managed && it.place.enterprise % 3 != 0 && dice.hits(30) {
        let class = *dice.of(&["branch", "joint", "instructor"]);
        put(tx, it, &Entry { class, ..plain("enterprise_party", "中共物业服务企业支部委员会", days[5]) })?;
    }
    Ok(())
}

/// What a strong candidate has: everything the gates ask for.
///
/// # Errors
/// When the store refuses.
pub fn standing(tx: &mut Tx<'_>, it: &Community, satisfied: i64, complaints: i64) -> Result<()> {
    let today = tx.ctx.today();
    let day = |ago: i64| today.saturating_sub(ago.days());
    let (committee, branch) = (format!("{}业主委员会", it.name), format!("中共{}支部委员会", it.name));
    let records = [
        Entry {
            part: Some(satisfied),
            whole: Some(1000),
            ..plain("survey", "第三方业主满意度调查", day(12))
        },
        Entry { part: Some(complaints), ..plain("complaints", "近12个月", day(10)) },
        Entry {
            part: Some(9_710_000),
            whole: Some(10_000_000),
            ..plain("fee_collection", "上一年度", day(14))
        },
        Entry {
            class: "owners",
            status: "filed",
            until: Some(day(-900)),
            part: Some(5),
            whole: Some(7),
            ..plain("committee", &committee, day(800))
        },
        Entry { class: "branch", status: "with_site", ..plain("party_org", &branch, day(700)) },
        Entry {
            class: "complaint_phones",
            status: "displayed",
            ..plain("disclosure", "东门公告栏", day(15))
        },
        Entry {
            class: "utility_phones", status: "displayed", ..plain("disclosure", "东门公告栏", day(15))
        },
        Entry { class: "prices", status: "displayed", ..plain("disclosure", "东门公告栏", day(15)) },
        Entry {
            class: "facilities",
            status: "good",
            part: Some(96),
            whole: Some(100),
            ..plain("inspection", "二季度日常检查", day(40))
        },
        Entry {
            class: "waste_sorting",
            status: "good",
            part: Some(95),
            whole: Some(100),
            ..plain("inspection", "垃圾分类检查", day(35))
        },
        Entry {
            class: "community", status: "effective", ..plain("mechanism", "四方联席会议", day(400))
        },
        Entry {
            class: "committee_running_well",
            status: "yes",
            ..plain("judgement", "街道年度评估", day(50))
        },
        Entry {
            class: "street_guidance", status: "yes", ..plain("judgement", "县局年度评估", day(50))
        },
        Entry { class: "plan", ..plain("emergency", "突发事件应急预案", day(210)) },
        Entry { class: "drill", ..plain("emergency", "消防疏散演练", day(100)) },
        Entry { status: "complete", ..plain("archive", "档案抽查", day(60)) },
        Entry { class: "elderly", ..plain("life_service", "社区食堂助餐", day(300)) },
        Entry { class: "parcels", ..plain("life_service", "快递驿站", day(300)) },
        plain("activity", "邻里文化节", day(70)),
        plain("enforcement_visit", "城管执法进小区", day(45)),
        plain("utility_visit", "供电公司用电检查", day(44)),
        plain("patrol", "飞线充电劝阻，已整改", day(9)),
        plain("mediation", "楼上漏水调解", day(80)),
    ];
    records.iter().try_for_each(|record| put(tx, it, record))
}

/// Whether something was found here that a candidate should not have.
///
/// # Errors
/// When the store refuses.
pub fn has_findings(tx: &mut Tx<'_>, it: &Community) -> Result<bool> {
    let records = store::bearing_on(tx, &it.place)?;
    Ok(records.iter().any(|it| matches!(it.kind.as_str(), "finding" | "incident")))
}
