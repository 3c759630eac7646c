//! 全市排位: where a community or its enterprise stands among all of its city, for the percentiles of gates and vetoes.
//!
//! A city's newest figures are read and sorted once, and kept in memory under the stamps its counties had then. Whatever
//! moves a figure gives its county a new stamp (an id, never the same twice), so every process notices at its next look,
//! and a page costs what it shows, not what the city has recorded.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use ::store::{Result, Tx};
use jiff::civil::Date;
use kernel::Tenant;

use super::store;
use crate::communities::Community;

/// The registers whose figures are compared over the whole city.
const COMPARED: [&str; 3] = ["survey", "complaints", "credit"];
/// Cities and days kept in memory; a process serves a few.
const MOST_CITIES: usize = 32;

/// One place in a ranking: rank 1 is best, equals share a rank, and of `ranked` who have the figure at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) rank: usize,
    pub(crate) ranked: usize,
}

/// The newest figure of one community, or of one enterprise: `part` of `whole`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) community: i64,
    pub(crate) enterprise: i64,
    pub(crate) part: i64,
    pub(crate) whole: i64,
}

/// All figures of one register, best first, and whose they are.
#[derive(Debug)]
struct Ranking {
    sorted: Vec<Figure>,
    own: HashMap<i64, Figure>,
    order: fn(&Figure, &Figure) -> Ordering,
}

#[derive(Debug)]
pub(crate) struct Standings {
    satisfaction: Ranking,
    complaint_rate: Ranking,
    complaint_count: Ranking,
    credit: Ranking,
}

impl Ranking {
    fn new(
        figures: Vec<Figure>,
        subject: fn(&Figure) -> i64,
        order: fn(&Figure, &Figure) -> Ordering,
    ) -> Self {
        let own = figures.iter().map(|it| (subject(it), *it)).collect();
        let mut sorted = figures;
        sorted.sort_by(order);
        Self { sorted, own, order }
    }

    fn of(&self, subject: i64) -> Option<Standing> {
        let own = self.own.get(&subject)?;
        let better = self.sorted.partition_point(|it| (self.order)(it, own) == Ordering::Less);
        Some(Standing { rank: better + 1, ranked: self.sorted.len() })
    }
}

/// a/b before c/d is decided by cross-multiplying, as everywhere; every whole is above nought here.
fn lowest_share(a: &Figure, b: &Figure) -> Ordering {
    (i128::from(a.part) * i128::from(b.whole)).cmp(&(i128::from(b.part) * i128::from(a.whole)))
}

fn highest_share(a: &Figure, b: &Figure) -> Ordering {
    lowest_share(b, a)
}

fn fewest(a: &Figure, b: &Figure) -> Ordering {
    a.part.cmp(&b.part)
}

impl Standings {
    fn read(tx: &mut Tx<'_>, city: i64, until: Option<Date>) -> Result<Self> {
        let mut figures = COMPARED.into_iter().map(|kind| store::newest_of_city(tx, city, kind, until));
        let mut next = || figures.next().unwrap_or(Ok(vec![]));
        let (surveys, complaints, credits) = (next()?, next()?, next()?);
        Ok(Self::new(surveys, complaints, credits))
    }

    fn new(surveys: Vec<Figure>, complaints: Vec<Figure>, credits: Vec<Figure>) -> Self {
        // A share of nothing is no share: who has none is not ranked by it.
        let shares = |of: Vec<Figure>| -> Vec<Figure> { of.into_iter().filter(|it| 0 < it.whole).collect() };
        let served = credits.into_iter().filter(|it| it.enterprise != 0).collect();
        let (community, enterprise) = (|it: &Figure| it.community, |it: &Figure| it.enterprise);
        Self {
            satisfaction: Ranking::new(shares(surveys), community, highest_share),
            complaint_rate: Ranking::new(shares(complaints.clone()), community, lowest_share),
            complaint_count: Ranking::new(complaints, community, fewest),
            credit: Ranking::new(shares(served), enterprise, highest_share),
        }
    }

    /// Every standing of a community, each with the names of its rank and of how many are ranked.
    pub(crate) fn of(&self, it: &Community) -> [((&'static str, &'static str), Option<Standing>); 4] {
        let (community, enterprise) = (it.place.community, it.place.enterprise);
        [
            (
                ("owner_satisfaction_rate_rank", "owner_satisfaction_rate_ranked"),
                self.satisfaction.of(community),
            ),
            (("complaint_rate_rank", "complaint_rate_ranked"), self.complaint_rate.of(community)),
            (("complaint_count_rank", "complaint_count_ranked"), self.complaint_count.of(community)),
            (("enterprise_credit_score_rank", "enterprise_credit_score_ranked"), self.credit.of(enterprise)),
        ]
    }
}

/// By house, city and day: the stamps of its counties, and what was sorted under them.
type Kept = BTreeMap<(u64, i64, Option<Date>), (Vec<(i64, i64)>, Arc<Standings>)>;
static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

/// The city's standings as they were on a day: what happened later is not compared.
pub(crate) fn of_city(tx: &mut Tx<'_>, city: i64, on: Date) -> Result<Arc<Standings>> {
    let until = Some(on).filter(|it| *it < tx.ctx.today());
    let (stamps, here) = (store::stamps(tx, city)?, (tx.ctx.ids.house(), city, until));
    let lock = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let found = lock().get(&here).filter(|it| it.0 == stamps).map(|it| it.1.clone());
    // Without a stamp nothing tells one empty city from another.
    if let Some(it) = found.filter(|_| !stamps.is_empty()) {
        return Ok(it);
    }
    let read = Arc::new(Standings::read(tx, city, until)?);
    let mut kept = lock();
    if MOST_CITIES <= kept.len() && !kept.contains_key(&here) {
        kept.clear();
    }
    kept.insert(here, (stamps, read.clone()));
    Ok(read)
}

/// Where a community and its enterprise stand in their city, in words, for the page of the community.
pub(crate) fn told(tx: &mut Tx<'_>, it: &Community) -> Result<Vec<(&'static str, String)>> {
    const NAMES: [&str; 4] = ["业主满意率", "投诉率（投诉件数/户数）", "投诉量", "物业服务企业信用分"];
    let today = tx.ctx.today();
    let all = of_city(tx, it.place.city, today)?.of(it);
    let line = |(name, (_, standing)): (&'static str, (_, Option<Standing>))| {
        let Standing { rank, ranked } = standing?;
        // 前几%, as the notices ask for it: never better than it is.
        let best = (rank * 100).div_ceil(ranked.max(1));
        Some((name, format!("全市第{rank}名，有数据的共{ranked}个（前{best}%）")))
    };
    Ok(NAMES.into_iter().zip(all).filter_map(line).collect())
}

/// Something in a county's registers moved: standings kept from before hold no longer. Said in the same unit of work.
pub(crate) fn moved(tx: &mut Tx<'_>, (tenant, city): (Tenant, i64), kind: &str) -> Result<()> {
    if !COMPARED.contains(&kind) {
        return Ok(());
    }
    let stamp = tx.ctx.new_id(tenant);
    store::put_stamp(tx, tenant, city, stamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: &[(i64, i64, i64, i64)]) -> Vec<Figure> {
        let figure = |&(community, enterprise, part, whole)| Figure { community, enterprise, part, whole };
        of.iter().map(figure).collect()
    }

    fn told(it: Option<Standing>) -> Option<(usize, usize)> {
        it.map(|it| (it.rank, it.ranked))
    }

    #[test]
    fn equals_share_a_rank_and_the_next_one_comes_after_all_of_them() {
        let surveys =
            figures(&[(1, 0, 90, 100), (2, 0, 45, 50), (3, 0, 99, 100), (4, 0, 10, 100), (5, 0, 0, 0)]);
        let all = Standings::new(surveys, vec![], vec![]);
        let ranks: Vec<_> = (1..=6).map(|it| told(all.satisfaction.of(it))).collect();
        assert_eq!(ranks, [Some((2, 4)), Some((2, 4)), Some((1, 4)), Some((4, 4)), None, None]);
    }

    #[test]
    fn complaints_are_best_when_fewest_by_household_and_by_number() {
        let complaints = figures(&[(1, 0, 5, 100), (2, 0, 8, 1000), (3, 0, 5, 0)]);
        let all = Standings::new(vec![], complaints, vec![]);
        assert_eq!([1, 2, 3].map(|it| told(all.complaint_rate.of(it))), [Some((2, 2)), Some((1, 2)), None]);
        assert_eq!(
            [1, 2, 3].map(|it| told(all.complaint_count.of(it))),
            [Some((1, 3)), Some((3, 3)), Some((1, 3))]
        );
    }

    #[test]
    fn credit_is_the_enterprises_and_nobody_is_no_enterprise() {
        let credits = figures(&[(1, 7, 80, 100), (2, 8, 95, 100), (3, 0, 99, 100)]);
        let all = Standings::new(vec![], vec![], credits);
        assert_eq!([7, 8, 0].map(|it| told(all.credit.of(it))), [Some((2, 2)), Some((1, 2)), None]);
    }
}
