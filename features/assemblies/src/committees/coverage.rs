//! 覆盖情况 — how many communities of a place have a committee, how many are missing to the dated target (FX-036), place by place down to
//! the communities themselves.

use std::collections::BTreeMap;

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::{Place, Problem, Scope, Tenant};
use registry::{communities, divisions};

use super::{
    policy, queries,
    schedule::{Coverage, PACK},
    store,
    types::CommitteeId,
};

#[derive(Debug)]
pub(crate) struct CoverageView {
    /// Where this is about; nothing for all this hat sees.
    pub(crate) place: String,
    pub(crate) total: Line,
    /// The dated target with what is missing to it; nothing where there is no community.
    pub(crate) target: Option<String>,
    pub(crate) reached: bool,
    pub(crate) lines: Vec<Line>,
    /// At the end: the communities of a neighborhood with what they have.
    pub(crate) communities: Vec<CommunityLine>,
}

#[derive(Debug, Default)]
pub(crate) struct Line {
    pub(crate) name: String,
    /// As it stands in the URL.
    pub(crate) within: String,
    pub(crate) communities: i64,
    pub(crate) sitting: i64,
    pub(crate) expired: i64,
}

#[derive(Debug)]
pub(crate) struct CommunityLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) committee: Option<(CommitteeId, String, (&'static str, String))>,
}

impl Line {
    /// Communities without a committee.
    pub(crate) fn missing(&self) -> i64 {
        (self.communities - self.sitting).max(0)
    }

    pub(crate) fn percent(&self) -> i64 {
        if self.communities == 0 { 100 } else { self.sitting * 100 / self.communities }
    }
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
    let mut communities = vec![];
    if let Scope::Neighborhood(id) = scope {
        for (id, name) in communities::named_of_neighborhood(tx, id)? {
            let found = store::newest(tx, vault, id)?.filter(|it| it.ended.is_none());
            let committee = found.map(|it| (it.id, queries::name(&it), queries::clock(&it, today)));
            communities.push(CommunityLine { id, name, committee });
        }
    }
    let sitting: BTreeMap<i64, (i64, i64)> =
        store::counts_below(tx, &scope, today)?.into_iter().map(|it| (it.0, (it.1, it.2))).collect();
    let mut counties = match scope {
        Scope::City(city) => divisions::county_names(tx, city)?,
        _ => BTreeMap::new(),
    };
    let mut lines = vec![];
    for (body, n) in communities::counts_below(tx, &scope)? {
        let (kind, name) = match scope {
            Scope::City(_) => ("county", counties.remove(&body).map(|it| it.name).unwrap_or_default()),
            Scope::County(_) => ("subdistrict", divisions::division(tx, body.into())?.name),
            _ => ("neighborhood", divisions::division(tx, body.into())?.name),
        };
        let (sitting, expired) = sitting.get(&body).copied().unwrap_or_default();
        lines.push(Line { name, within: format!("{kind}-{body}"), communities: n, sitting, expired });
    }
    let mut total = Line::default();
    for it in &lines {
        total.communities += it.communities;
        total.sitting += it.sitting;
        total.expired += it.expired;
    }
    if !communities.is_empty() {
        total.communities = communities.len() as i64;
        total.sitting = communities.iter().filter(|it| it.committee.is_some()).count() as i64;
        let late = |it: &&CommunityLine| it.committee.as_ref().is_some_and(|it| it.2.0 == "late");
        total.expired = communities.iter().filter(late).count() as i64;
    }
    // Where most is missing stands first.
    lines.sort_by_key(|it| std::cmp::Reverse(it.missing()));
    let reached = PACK.coverage.is_reached(total.sitting, total.communities);
    let city = divisions::city_of(tx, &own)?;
    let cities = divisions::cities(tx)?;
    let code = cities.into_iter().find(|it| i64::from(it.id) == city).map(|it| it.code).unwrap_or_default();
    let is_own = PACK.coverage.places.iter().any(|it| code.starts_with(it.as_str()));
    let target = (0 < total.communities).then(|| target(&PACK.coverage, &total, is_own.then_some(today)));
    Ok(CoverageView { place, target, reached, total, lines, communities })
}

/// The target in words, with what is missing to it and, where it is this place's own, how late it is.
fn target(it: &Coverage, total: &Line, today: Option<Date>) -> String {
    let whose = if today.is_some() { "目标" } else { "参考" };
    let said = format!("{whose}：{}前{}%的小区成立业委会或物管会（{}）", it.by, it.percent, it.source);
    let missing = it.missing(total.sitting, total.communities);
    if missing == 0 {
        return format!("{said}。已达到");
    }
    let Some(today) = today else { return format!("{said}。还差{missing}个小区") };
    let late = today.since(it.by).map_or(0, |it| it.get_days());
    let when = if 0 < late { format!("已过期{late}天") } else { format!("还有{}天", -late) };
    format!("{said}。还差{missing}个小区，{when}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_says_how_many_are_missing_and_how_late_it_is() {
        let coverage = Coverage {
            places: vec![],
            percent: 90,
            by: "2023-12-31".parse().unwrap(),
            source: "某方案".to_owned(),
        };
        let line = |sitting| Line { communities: 11, sitting, ..Line::default() };
        let day = Some("2024-01-10".parse().unwrap());
        // Nine tenths of eleven are ten.
        assert!(target(&coverage, &line(8), day).ends_with("还差2个小区，已过期10天"));
        assert!(
            target(&coverage, &line(9), Some("2023-12-30".parse().unwrap()))
                .ends_with("还差1个小区，还有1天")
        );
        assert!(target(&coverage, &line(10), day).ends_with("已达到"));
        assert!(
            target(&coverage, &line(9), None).ends_with("还差1个小区"),
            "another city's target has no date here"
        );
        assert_eq!((line(8).missing(), line(8).percent()), (3, 72));
    }
}
