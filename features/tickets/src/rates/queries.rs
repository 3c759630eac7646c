//! What there is to see of the rates: one table by place, one by company.

use std::collections::BTreeMap;

use ::store::Tx;
use kernel::{Problem, Ratio, Scope};
use registry::{communities, divisions, enterprises};

use super::{
    reviews::{self, Reviews},
    rules::{self, Counts, Period, rate},
    settled::{self, Sums},
    store::By,
};
use crate::{
    cases::{bodies, policy},
    findings,
    reporting::category_label,
};

/// What stands among the companies for cases none of them handled.
const NOBODYS: &str = "非物业企业承办";
/// Categories a page names.
const MOST_CATEGORIES: usize = 5;

/// One body's line: its name, how many cases, and its rates in words.
#[derive(Debug)]
pub(crate) struct RateLine {
    pub(crate) name: String,
    pub(crate) filed: i64,
    pub(crate) redone: i64,
    pub(crate) responded: String,
    pub(crate) solved: String,
    pub(crate) satisfied: String,
    pub(crate) in_time: String,
    /// Solved of called back, to rank by; none where nobody was.
    pub(crate) share: Option<Ratio>,
    /// The place among its kind by that.
    pub(crate) rank: Option<usize>,
    /// Valid answers, the n of its place.
    called: i64,
}

impl RateLine {
    /// What it is ranked by; none with too few answers.
    fn ranked_share(&self) -> Option<Ratio> {
        self.share.filter(|_| rules::LEAST_RANKED <= self.called)
    }
}

#[derive(Debug)]
pub(crate) struct RatesView {
    pub(crate) period: Period,
    /// Other periods to look at: code and label.
    pub(crate) others: Vec<(String, String)>,
    pub(crate) whole: RateLine,
    pub(crate) places: Vec<RateLine>,
    pub(crate) companies: Vec<RateLine>,
    /// The commonest categories: title, how many, how many unsolved.
    pub(crate) commonest: Vec<(&'static str, i64, i64)>,
    /// 吹哨报到的双向评价.
    pub(crate) reviews: Reviews,
    /// Whose bulletin it is; none for a body that publishes none.
    pub(crate) publishes: Option<String>,
    /// 把投诉记入台账.
    pub(crate) can_count: bool,
}

pub(crate) fn rates(tx: &mut Tx<'_>, typed: &str) -> Result<RatesView, Problem> {
    let actor = tx.ctx.actor.clone();
    let _seen = policy::may_see_rates(&actor)?;
    let (scope, period) = (policy::visible(&actor), rules::period(typed, tx.ctx.today()));
    let (from, until) = (period.from, period.until);
    let by = match scope {
        Scope::City(_) => By::County,
        Scope::County(_) => By::Subdistrict,
        Scope::Subdistrict(_) => By::Neighborhood,
        _ => By::Community,
    };
    let Sums { by_body, by_company, by_category } = settled::sums(tx, &scope, by, &period)?;
    let mut whole = Counts::default();
    for counts in by_company.values() {
        whole.add(counts);
    }
    let mut places = vec![];
    let mut counties = match by {
        By::County => {
            let city = divisions::city_of(tx, &scope)?;
            divisions::county_names(tx, city)?
        }
        _ => BTreeMap::new(),
    };
    for (body, counts) in by_body {
        let name = match by {
            By::County => counties.remove(&body).map_or(String::new(), |it| it.name),
            By::Subdistrict | By::Neighborhood => divisions::division(tx, body.into())?.name,
            By::Community => communities::load(tx, body.into())?.name,
        };
        places.push(line(name, &counts));
    }
    let mut companies = vec![];
    for (body, counts) in by_company {
        let name =
            if body == 0 { NOBODYS.to_owned() } else { enterprises::name_of(tx, body)?.unwrap_or_default() };
        companies.push((counts, name));
    }
    let mut commonest: Vec<(String, (i64, i64))> = by_category.into_iter().collect();
    commonest.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(&b.0)));
    commonest.truncate(MOST_CATEGORIES);
    let commonest = commonest.into_iter().map(|(it, n)| (category_label(&it), n.0, n.1)).collect();
    let publishes = policy::may_publish_rates(&actor).is_ok().then(|| bodies::own_name(tx)).transpose()?;
    // Of a year that runs, this month and this quarter; of another, its first.
    let today = tx.ctx.today();
    let day = if from <= today && today < until { today } else { from };
    let (year, quarter) = (day.year(), (day.month() + 2) / 3);
    let others = [format!("{year}-{:02}", day.month()), format!("{year}-Q{quarter}"), year.to_string()];
    let others = others.map(|it| rules::period(&it, from)).into_iter();
    let mut companies: Vec<RateLine> =
        companies.into_iter().map(|(counts, name)| line(name, &counts)).collect();
    // What no company handled is no company, and has no place among them.
    if let Some(it) = companies.iter_mut().find(|it| it.name == NOBODYS) {
        it.share = None;
    }
    for lines in [&mut places, &mut companies] {
        let shares: Vec<_> = lines.iter().map(RateLine::ranked_share).collect();
        for (line, rank) in lines.iter_mut().zip(rules::ranks(&shares)) {
            line.rank = rank;
        }
        // By what was solved, the most cases first among equals.
        lines.sort_by(|a, b| {
            b.ranked_share()
                .cmp(&a.ranked_share())
                .then(b.filed.cmp(&a.filed))
                .then_with(|| a.name.cmp(&b.name))
        });
    }
    let reviews = reviews::reviews(tx, &scope, &period)?;
    Ok(RatesView {
        others: others.map(|it| (it.code, it.label)).filter(|it| it.0 != period.code).collect(),
        period,
        whole: line("合计".to_owned(), &whole),
        places,
        companies,
        commonest,
        reviews,
        publishes,
        can_count: findings::may_count(&actor).is_ok(),
    })
}

/// The same for whoever publishes it.
pub(crate) fn bulletin(tx: &mut Tx<'_>, typed: &str) -> Result<RatesView, Problem> {
    let _may = policy::may_publish_rates(&tx.ctx.actor)?;
    rates(tx, typed)
}

fn line(name: String, it: &Counts) -> RateLine {
    RateLine {
        name,
        filed: it.filed,
        redone: it.redone,
        responded: rate(it.responded, it.asked),
        solved: rate(it.solved, it.called),
        satisfied: rate(it.satisfied, it.judged),
        in_time: rate(it.in_time, it.due),
        share: Ratio::share(i128::from(it.solved), i128::from(it.called)),
        rank: None,
        called: it.called,
    }
}
