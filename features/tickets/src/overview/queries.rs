//! What the page of the overview shows.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Problem, Scope};
use registry::{communities, divisions};

use super::{
    rules::{self, Day},
    store::{self, By},
};
use crate::cases::{policy, types::Stage};

#[derive(Debug)]
pub(crate) struct OverviewView {
    pub(crate) days: Vec<Day>,
    /// How many came within the calendar, and the day with the most.
    pub(crate) total: i64,
    pub(crate) busiest: Option<(String, i64)>,
    /// The same by month, for whoever reads numbers.
    pub(crate) months: Vec<(String, i64)>,
    pub(crate) ladder: Vec<StepView>,
    pub(crate) open: i64,
    pub(crate) late: i64,
    /// What the tiles stand for.
    pub(crate) what: &'static str,
    pub(crate) tiles: Vec<TileView>,
}

/// A step of the ladder: label, open cases, late ones, and both as hundredths of the longest step.
#[derive(Debug)]
pub(crate) struct StepView {
    pub(crate) at: usize,
    pub(crate) label: &'static str,
    pub(crate) n: i64,
    pub(crate) late: i64,
    pub(crate) width: i64,
    pub(crate) late_width: i64,
}

#[derive(Debug)]
pub(crate) struct TileView {
    /// What the list is narrowed to.
    pub(crate) within: String,
    pub(crate) name: String,
    pub(crate) n: i64,
    pub(crate) late: i64,
    pub(crate) shade: i64,
}

/// More places than a page shows as tiles; the rest stands in the list of cases.
const MOST_TILES: usize = 200;

pub(crate) fn overview(tx: &mut Tx<'_>) -> Result<OverviewView, Problem> {
    let actor = tx.ctx.actor.clone();
    let _seen = policy::may_see_rates(&actor)?;
    let (scope, today) = (policy::visible(&actor), tx.ctx.today());
    let counts: BTreeMap<_, _> = store::days(tx, &scope, rules::first_day(today))?.into_iter().collect();
    let mut months: BTreeMap<String, i64> = BTreeMap::new();
    for (on, n) in &counts {
        *months.entry(on.strftime("%Y-%m").to_string()).or_default() += n;
    }
    let busiest = counts.iter().max_by_key(|it| (*it.1, *it.0)).map(|it| (it.0.to_string(), *it.1));
    let (ladder, open, late) = ladder(tx, &scope)?;
    let (what, tiles) = tiles(tx, &scope)?;
    Ok(OverviewView {
        total: counts.values().sum(),
        days: rules::calendar(&counts, today),
        busiest,
        months: months.into_iter().rev().collect(),
        ladder,
        open,
        late,
        what,
        tiles,
    })
}

fn ladder(tx: &mut Tx<'_>, scope: &Scope) -> Result<(Vec<StepView>, i64, i64), Problem> {
    let mut steps = [(0, 0); rules::STEPS.len()];
    let now = tx.ctx.now;
    let since = [0, 1, 2, 3].map(|step| rules::waited(step, now).map_or(0, |it| it.0));
    for stage in Stage::OPEN {
        for (step, n, late) in store::waits(tx, scope, stage, since)? {
            if let Some(it) = usize::try_from(step).ok().and_then(|at| steps.get_mut(at)) {
                *it = (it.0 + n, it.1 + late);
            }
        }
    }
    let most = steps.iter().map(|it| it.0).max().unwrap_or_default().max(1);
    let view = |(at, (n, late)): (usize, &(i64, i64))| StepView {
        at,
        label: rules::STEPS[at].0,
        n: *n,
        late: *late,
        width: n * 100 / most,
        late_width: late * 100 / most,
    };
    let (open, late) = steps.iter().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    Ok((steps.iter().enumerate().map(view).collect(), open, late))
}

fn tiles(tx: &mut Tx<'_>, scope: &Scope) -> Result<(&'static str, Vec<TileView>), Problem> {
    let (what, by) = match scope {
        Scope::City(_) => ("县区", By::County),
        Scope::County(_) => ("街道、乡镇", By::Subdistrict),
        _ => ("小区", By::Community),
    };
    let mut places: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    for stage in Stage::OPEN {
        for (body, n, late) in store::places(tx, scope, stage, by)? {
            let sum = places.entry(body).or_default();
            *sum = (sum.0 + n, sum.1 + late);
        }
    }
    let mut named: Vec<(String, i64)> = match (scope, by) {
        (Scope::City(city), _) => {
            divisions::county_names(tx, *city)?.into_iter().map(|it| (it.1.name, it.0)).collect()
        }
        (Scope::County(tenant), _) => {
            let city = divisions::city_of(tx, scope)?;
            let streets = divisions::of_kind(tx, city, divisions::Kind::Subdistrict)?.into_iter();
            let ours = streets.filter(|it| it.tenant == *tenant);
            // An ended street is shown while it still holds something.
            let shown = ours.filter(|it| it.ended_on.is_none() || places.contains_key(&i64::from(it.id)));
            shown.map(|it| (it.name, i64::from(it.id))).collect()
        }
        _ => {
            let mut named = vec![];
            for body in places.keys() {
                named.push((communities::load(tx, (*body).into())?.name, *body));
            }
            named
        }
    };
    let of = |body: &i64| places.get(body).copied().unwrap_or_default();
    named.sort_by_key(|it| std::cmp::Reverse(of(&it.1)));
    named.truncate(MOST_TILES);
    let most = places.values().map(|it| it.0).max().unwrap_or_default();
    let tile = |(name, body): (String, i64)| {
        let (n, late) = of(&body);
        let within = match by {
            By::County => format!("county-{body}"),
            By::Subdistrict => format!("subdistrict-{body}"),
            By::Community => format!("community-{body}"),
        };
        TileView { within, name, n, late, shade: rules::shade(n, most) }
    };
    Ok((what, named.into_iter().map(tile).collect()))
}
