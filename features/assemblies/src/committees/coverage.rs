//! 覆盖情况 — how many communities of a place have a committee (FX-036, SC-005) and a party branch (SC-006), how many are missing to the
//! dated targets, place by place down to the communities themselves.

use std::collections::BTreeMap;

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::{Place, Problem, Scope, Tenant};
use registry::{communities, divisions};

use super::{
    policy, queries,
    schedule::{Coverage, Measure, Milestones, PACK, Step},
    store::{self, Below},
    types::{CommitteeId, Kind},
};

#[derive(Debug)]
pub(crate) struct CoverageView {
    /// Where this is about; nothing for all this hat sees.
    pub(crate) place: String,
    pub(crate) as_of: Date,
    pub(crate) total: Line,
    /// None where there is no community.
    pub(crate) indicators: Vec<IndicatorView>,
    pub(crate) working_groups_count: bool,
    /// Of this place's own document; told down to the streets.
    pub(crate) milestones: Vec<MilestonesView>,
    pub(crate) lines: Vec<Line>,
    /// At the end: the communities of a neighborhood with what they have.
    pub(crate) communities: Vec<CommunityLine>,
}

/// One indicator of this place, with the steps it is to reach.
#[derive(Debug)]
pub(crate) struct IndicatorView {
    pub(crate) title: String,
    pub(crate) part: i64,
    pub(crate) whole: i64,
    /// Rounded down.
    pub(crate) percent: i64,
    pub(crate) steps: Vec<StepView>,
    pub(crate) source: String,
    pub(crate) reached: bool,
}

/// 制度建设节点 with how many sitting committees have something on record.
#[derive(Debug)]
pub(crate) struct MilestonesView {
    pub(crate) title: String,
    pub(crate) part: i64,
    pub(crate) whole: i64,
    /// Words and state.
    pub(crate) steps: Vec<(String, (&'static str, String))>,
    pub(crate) source: String,
}

#[derive(Debug)]
pub(crate) struct StepView {
    pub(crate) percent: i64,
    pub(crate) words: String,
    pub(crate) state: (&'static str, String),
}

#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// As it stands in the URL.
    pub(crate) within: String,
    pub(crate) communities: i64,
    /// Committees that sit, of owners or of management.
    pub(crate) sitting: i64,
    /// Of them 业主委员会.
    pub(crate) owners: i64,
    pub(crate) expired: i64,
    /// Sitting committees with a supervisor, an audit or a yearly report on record.
    pub(crate) supervised: i64,
    /// Communities with a party branch.
    pub(crate) branches: i64,
}

#[derive(Debug)]
pub(crate) struct CommunityLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) committee: Option<(CommitteeId, String, (&'static str, String))>,
    pub(crate) owners: bool,
    pub(crate) branch: bool,
}

impl Line {
    /// Communities without a committee.
    pub(crate) fn missing(&self) -> i64 {
        (self.communities - self.sitting).max(0)
    }

    pub(crate) fn percent(&self) -> i64 {
        share(self.sitting, self.communities)
    }

    fn part(&self, measure: Measure) -> i64 {
        match measure {
            Measure::Either => self.sitting,
            Measure::Owners => self.owners,
            Measure::Branch => self.branches,
        }
    }
}

/// In percent, rounded down.
fn share(part: i64, whole: i64) -> i64 {
    if whole == 0 { 100 } else { part * 100 / whole }
}

/// A place as it stands in the URL, and where it lies; the hat's own when nothing is named.
fn place_of(tx: &mut Tx<'_>, own: Scope, typed: &str) -> Result<(Scope, String), Problem> {
    // One community is no place to cover.
    if typed.is_empty() && matches!(own, Scope::Community(_)) {
        return Err(Problem::NotFound);
    }
    if typed.is_empty() {
        return Ok((own, String::new()));
    }
    let named = typed.split_once('-').and_then(|it| Some((it.0, it.1.parse::<i64>().ok()?)));
    let (kind, id) = named.ok_or(Problem::NotFound)?;
    let nowhere = Place { city: 0, tenant: 0, subdistrict: 0, neighborhood: 0, community: 0, enterprise: 0 };
    let (scope, place, name) = match kind {
        "county" => {
            let city = divisions::city_of(tx, &own)?;
            let county = divisions::county_names(tx, city)?.remove(&id).ok_or(Problem::NotFound)?;
            let tenant = u16::try_from(id).map_err(|_| Problem::NotFound)?;
            (Scope::County(Tenant::from_number(tenant)), Place { city, tenant: id, ..nowhere }, county.name)
        }
        "subdistrict" => {
            let it = divisions::division(tx, id.into())?;
            if it.kind != divisions::Kind::Subdistrict {
                return Err(Problem::NotFound);
            }
            let tenant = i64::from(it.tenant.number());
            (Scope::Subdistrict(id), Place { city: it.city, tenant, subdistrict: id, ..nowhere }, it.name)
        }
        "neighborhood" => {
            let place = divisions::place_of(tx, id.into())?;
            (Scope::Neighborhood(id), place, divisions::division(tx, id.into())?.name)
        }
        _ => return Err(Problem::NotFound),
    };
    if own.covers(&place) { Ok((scope, name)) } else { Err(Problem::NotFound) }
}

pub(crate) fn coverage(tx: &mut Tx<'_>, vault: &Vault, within: &str) -> Result<CoverageView, Problem> {
    let _may = policy::may_list(&tx.ctx.actor)?;
    let (own, today) = (policy::visible(&tx.ctx.actor), tx.ctx.today());
    let (scope, place) = place_of(tx, own, within)?;
    let counting = PACK.working_groups_count;
    let branches: BTreeMap<i64, i64> =
        registry::records::branches_below(tx, &scope, counting)?.into_iter().collect();
    let (mut communities, mut lines) = (vec![], vec![]);
    if let Scope::Neighborhood(id) = scope {
        for (id, name) in communities::named_of_neighborhood(tx, id)? {
            let found = store::newest(tx, vault, id)?.filter(|it| it.ended.is_none());
            let owners = found.as_ref().is_some_and(|it| it.kind == Kind::Owners);
            let committee = found.map(|it| (it.id, queries::name(&it), queries::clock(&it, today)));
            communities.push(CommunityLine {
                id,
                name,
                committee,
                owners,
                branch: branches.contains_key(&id),
            });
        }
    }
    let sitting: BTreeMap<i64, Below> = store::counts_below(tx, &scope, today)?.into_iter().collect();
    let mut counties = match scope {
        Scope::City(city) => divisions::county_names(tx, city)?,
        _ => BTreeMap::new(),
    };
    for (body, n) in communities::counts_below(tx, &scope)? {
        let (kind, name) = match scope {
            Scope::City(_) => ("county", counties.remove(&body).map(|it| it.name).unwrap_or_default()),
            Scope::County(_) => ("subdistrict", divisions::division(tx, body.into())?.name),
            _ => ("neighborhood", divisions::division(tx, body.into())?.name),
        };
        let Below { sitting, owners, expired, supervised } = sitting.get(&body).copied().unwrap_or_default();
        let (within, branches) = (format!("{kind}-{body}"), branches.get(&body).copied().unwrap_or_default());
        lines.push(Line { name, within, communities: n, sitting, owners, expired, supervised, branches });
    }
    // Where most is missing stands first.
    lines.sort_by_key(|it| std::cmp::Reverse(it.missing()));
    let total = total(&lines, &communities);
    let code = code_of(tx, &own, &scope)?;
    let of = |it: &Coverage| indicator(it, &total, is_own(it, &code).then_some(today));
    let indicators = if total.communities == 0 { vec![] } else { PACK.coverage.iter().map(of).collect() };
    let own_milestones = PACK.milestones.iter().filter(|it| !lines.is_empty() && is_in(&it.places, &code));
    let milestones = own_milestones.map(|it| milestones(it, &total, today)).collect();
    Ok(CoverageView {
        milestones,
        place,
        as_of: today,
        working_groups_count: counting,
        indicators,
        total,
        lines,
        communities,
    })
}

/// Whether these are the targets of the county with this code.
fn is_own(it: &Coverage, code: &str) -> bool {
    is_in(&it.places, code)
}

fn is_in(places: &[String], code: &str) -> bool {
    places.iter().any(|place| code.starts_with(place.as_str()))
}

/// Each step with whether it is there, and how late it is.
fn milestones(it: &Milestones, total: &Line, today: Date) -> MilestonesView {
    let (part, whole) = (total.supervised, total.sitting);
    let steps = it.steps.iter().map(|step| {
        let late = today.since(step.by).map_or(0, |it| it.get_days());
        let is_there = if step.everywhere { whole <= part } else { 0 < part };
        let state = match (is_there, late) {
            (true, _) => ("good", "已有记录".to_owned()),
            (false, late) if 0 < late => {
                ("late", format!("还差{}个，已过期{late}天", missing(step.everywhere, part, whole)))
            }
            (false, late) => {
                ("open", format!("还差{}个，还有{}天", missing(step.everywhere, part, whole), -late))
            }
        };
        (format!("{}前{}", step.by, step.says), state)
    });
    MilestonesView { title: it.title.clone(), part, whole, steps: steps.collect(), source: it.source.clone() }
}

fn missing(everywhere: bool, part: i64, whole: i64) -> i64 {
    if everywhere { whole - part } else { 1 }
}

/// The code of the county a place lies in; of a whole city the city's.
fn code_of(tx: &mut Tx<'_>, own: &Scope, scope: &Scope) -> Result<String, Problem> {
    let county = match scope {
        Scope::County(tenant) => Some(*tenant),
        Scope::Subdistrict(id) | Scope::Neighborhood(id) => {
            Some(divisions::division(tx, (*id).into())?.tenant)
        }
        _ => None,
    };
    let city = divisions::city_of(tx, own)?;
    if let Some(tenant) = county {
        let mut counties = divisions::county_names(tx, city)?;
        return Ok(counties.remove(&i64::from(tenant.number())).map(|it| it.code).unwrap_or_default());
    }
    let cities = divisions::cities(tx)?;
    Ok(cities.into_iter().find(|it| i64::from(it.id) == city).map(|it| it.code).unwrap_or_default())
}

/// The sum of the places just below, or of a neighborhood's communities.
fn total(lines: &[Line], communities: &[CommunityLine]) -> Line {
    let count = |of: &dyn Fn(&CommunityLine) -> bool| communities.iter().filter(|it| of(it)).count() as i64;
    let mut total = Line {
        communities: communities.len() as i64,
        sitting: count(&|it| it.committee.is_some()),
        owners: count(&|it| it.owners),
        expired: count(&|it| it.committee.as_ref().is_some_and(|it| it.2.0 == "late")),
        branches: count(&|it| it.branch),
        ..Line::default()
    };
    for it in lines {
        total.communities += it.communities;
        total.sitting += it.sitting;
        total.owners += it.owners;
        total.expired += it.expired;
        total.supervised += it.supervised;
        total.branches += it.branches;
    }
    total
}

/// An indicator with what is missing to each step and, where the targets are this place's own, how late it is.
fn indicator(it: &Coverage, total: &Line, today: Option<Date>) -> IndicatorView {
    let (part, whole) = (total.part(it.measure), total.communities);
    let step = |step: &Step| {
        let whose = if today.is_some() { "目标" } else { "参考" };
        let words = format!("{whose}：{}前{}%", step.by, step.percent);
        let missing = step.missing(part, whole);
        let late = today.map(|it| it.since(step.by).map_or(0, |it| it.get_days()));
        let state = match (missing, late) {
            (0, _) => ("good", "已达到".to_owned()),
            (_, None) => ("open", format!("还差{missing}个小区")),
            (_, Some(late)) if 0 < late => ("late", format!("还差{missing}个小区，已过期{late}天")),
            (_, Some(late)) => ("open", format!("还差{missing}个小区，还有{}天", -late)),
        };
        StepView { percent: step.percent, words, state }
    };
    let steps: Vec<StepView> = it.steps.iter().map(step).collect();
    let reached = it.steps.iter().all(|it| it.missing(part, whole) == 0);
    let (title, source) = (it.title.clone(), it.source.clone());
    IndicatorView { title, part, whole, percent: share(part, whole), steps, source, reached }
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: SC-005, SC-006
    #[test]
    fn shucheng_has_its_own_steps_and_nobody_else_has_them() {
        let of = |measure| PACK.coverage.iter().find(|it| it.measure == measure).unwrap();
        let steps = |measure| -> Vec<String> {
            of(measure).steps.iter().map(|it| format!("{} {}", it.percent, it.by)).collect()
        };
        assert_eq!(steps(Measure::Owners), ["60 2023-07-31", "70 2023-12-31", "90 2024-06-30"]);
        assert_eq!(steps(Measure::Branch), ["50 2023-12-31", "90 2024-06-30"]);
        assert_eq!(steps(Measure::Either), ["100 2023-12-31"]);
        for (code, own) in [("341523", true), ("341522", false), ("210902", false)] {
            assert_eq!(is_own(of(Measure::Owners), code), own, "{code}");
        }
        assert!(is_own(of(Measure::Either), "210902"));
        assert!(!PACK.working_groups_count, "SC-022: the house's default");
    }

    // covers: SC-037
    #[test]
    fn supervision_is_to_stand_by_two_days_and_the_page_says_how_far_it_is() {
        let own = PACK.milestones.iter().find(|it| is_in(&it.places, "341523")).unwrap();
        let days: Vec<String> = own.steps.iter().map(|it| it.by.to_string()).collect();
        assert_eq!(days, ["2023-03-31", "2023-06-30"]);
        assert!(PACK.milestones.iter().all(|it| !is_in(&it.places, "341522")));
        let told = |supervised, today: &str| -> Vec<String> {
            let total = Line { sitting: 12, supervised, ..Line::default() };
            let steps = milestones(own, &total, today.parse().unwrap()).steps;
            steps.into_iter().map(|it| format!("{}：{}", it.0, it.1.1)).collect()
        };
        assert_eq!(
            told(0, "2023-03-30"),
            [
                "2023-03-31前探索建立：还差1个，还有1天",
                "2023-06-30前不断完善、常态化运行：还差12个，还有92天"
            ]
        );
        assert_eq!(
            told(9, "2023-07-10"),
            ["2023-03-31前探索建立：已有记录", "2023-06-30前不断完善、常态化运行：还差3个，已过期10天"]
        );
        assert!(told(12, "2023-07-10").iter().all(|it| it.ends_with("已有记录")));
    }

    #[test]
    fn a_target_says_how_many_are_missing_and_how_late_it_is() {
        let day = |text: &str| text.parse().unwrap();
        let coverage = Coverage {
            measure: Measure::Owners,
            title: "业主委员会组建率".to_owned(),
            places: vec![],
            steps: vec![
                Step { percent: 60, by: day("2023-07-31") },
                Step { percent: 90, by: day("2023-12-31") },
            ],
            source: "某方案".to_owned(),
        };
        let line = |owners| Line { communities: 11, sitting: 11, owners, ..Line::default() };
        let told = |owners, today: Option<&str>| -> Vec<String> {
            let steps = indicator(&coverage, &line(owners), today.map(day)).steps;
            steps.into_iter().map(|it| format!("{}，{}", it.words, it.state.1)).collect()
        };
        // Six tenths of eleven are seven, nine tenths are ten.
        assert_eq!(
            told(8, Some("2024-01-10")),
            ["目标：2023-07-31前60%，已达到", "目标：2023-12-31前90%，还差2个小区，已过期10天"]
        );
        assert!(told(9, Some("2023-12-30"))[1].ends_with("还差1个小区，还有1天"));
        assert!(told(9, Some("2023-12-31"))[1].ends_with("还差1个小区，还有0天"));
        assert!(told(10, Some("2024-01-10"))[1].ends_with("已达到"));
        assert_eq!(
            told(6, None),
            ["参考：2023-07-31前60%，还差1个小区", "参考：2023-12-31前90%，还差4个小区"],
            "another county's targets have no date here"
        );
        assert_eq!((line(8).missing(), indicator(&coverage, &line(8), None).percent), (0, 72));
    }
}
