//! Months that are over: counted once, read often, and counted anew when somebody comes back to a case of theirs.

use std::collections::{BTreeMap, BTreeSet};

use ::store::{Result, StoreError, Tx};
use app::App;
use jiff::{Timestamp, ToSpan as _, civil::Date};
use kernel::{Actor, Problem, Scope, Tenant};
use registry::{communities, divisions};

use super::{
    rules::{Counts, Period},
    store::{self, By},
};
use crate::cases::types::Ticket;

/// A month is over for good when this many days have gone since its last: answers are given and rated by then.
const AFTER: i64 = 45;
/// A step of a case filed more than so many days ago may touch a month that is settled.
const TOUCHES: i64 = 40;
/// Months counted in one round, so that a store of many old ones does not hold the others up.
const A_ROUND: usize = 12;

/// What a period's cases come to: by body below the scope, by company, by category (how many, how many unsolved).
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) by_body: BTreeMap<i64, Counts>,
    pub(super) by_company: BTreeMap<i64, Counts>,
    pub(super) by_category: BTreeMap<String, (i64, i64)>,
}

/// A stretch of a county's months, and whether they are settled.
#[derive(Debug, PartialEq, Eq)]
struct Stretch {
    from: Date,
    until: Date,
    settled: bool,
}

/// A city is read county by county: a month that is open in one is read from the others' counts all the same.
pub(super) fn sums(tx: &mut Tx<'_>, scope: &Scope, by: By, period: &Period) -> Result<Sums> {
    let mut sums = Sums::default();
    let counties: Vec<i64> = match scope {
        Scope::City(city) => divisions::county_names(tx, *city)?.into_keys().collect(),
        Scope::County(tenant) => vec![i64::from(tenant.number())],
        _ => {
            add_read(tx, &mut sums, scope, by, (period.from, period.until))?;
            return Ok(sums);
        }
    };
    for county in counties {
        let settled = months_of(tx, county)?;
        for it in stretches(period, &settled) {
            if it.settled {
                add_settled(tx, &mut sums, county, by, &it)?;
            } else {
                add_read(tx, &mut sums, &Scope::County(tenant(county)), by, (it.from, it.until))?;
            }
        }
    }
    Ok(sums)
}

fn tenant(county: i64) -> Tenant {
    Tenant::from_number(u16::try_from(county).unwrap_or(0))
}

/// What the cases themselves say.
fn add_read(
    tx: &mut Tx<'_>,
    sums: &mut Sums,
    scope: &Scope,
    by: By,
    (from, until): (Date, Date),
) -> Result<()> {
    for cell in store::cells(tx, scope, by, from, until)? {
        sums.by_body.entry(cell.body).or_default().add(&cell.counts);
        sums.by_company.entry(cell.company).or_default().add(&cell.counts);
        sums.note(cell.category, &cell.counts);
    }
    Ok(())
}

impl Sums {
    fn note(&mut self, category: String, counts: &Counts) {
        let sum = self.by_category.entry(category).or_default();
        *sum = (sum.0 + counts.filed, sum.1 + counts.unsolved());
    }
}

/// The period's months, those of one kind that follow each other together.
fn stretches(period: &Period, settled: &BTreeSet<String>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = vec![];
    let mut from = period.from;
    while from < period.until {
        let until = from.saturating_add(1.month()).min(period.until);
        let is_settled = settled.contains(&code(from));
        match stretches.last_mut().filter(|it| it.settled == is_settled) {
            Some(last) => last.until = until,
            None => stretches.push(Stretch { from, until, settled: is_settled }),
        }
        from = until;
    }
    stretches
}

fn code(month: Date) -> String {
    month.strftime("%Y-%m").to_string()
}

fn add_settled(tx: &mut Tx<'_>, sums: &mut Sums, county: i64, by: By, it: &Stretch) -> Result<()> {
    let args = [county.into(), code(it.from).into(), code(it.until).into()];
    let counted =
        |it: &::store::Row<'_>| Ok::<_, StoreError>(Counts::of_flags(it.int("flags")?, it.int("n")?));
    let companies =
        tx.all(include_str!("sql/settled_companies.sql"), &args, |it| Ok((it.int("body")?, counted(it)?)))?;
    for (body, counts) in companies {
        sums.by_company.entry(body).or_default().add(&counts);
        // A city is about its counties: every case has one entry here.
        if by == By::County {
            sums.by_body.entry(county).or_default().add(&counts);
        }
    }
    for (category, counts) in tx.all(include_str!("sql/settled_categories.sql"), &args, |it| {
        Ok((it.text("category")?, counted(it)?))
    })? {
        sums.note(category, &counts);
    }
    if by != By::County {
        // By community, so that one that moves takes its counts along to its new street.
        let streets = communities::subdistricts(tx, tenant(county))?;
        for (community, counts) in
            tx.all(include_str!("sql/settled_places.sql"), &args, |it| Ok((it.int("body")?, counted(it)?)))?
        {
            let street = streets.get(&community).copied().unwrap_or_default();
            sums.by_body.entry(street).or_default().add(&counts);
        }
    }
    Ok(())
}

fn months_of(tx: &mut Tx<'_>, county: i64) -> Result<BTreeSet<String>> {
    Ok(tx
        .all(include_str!("sql/settled.sql"), &[county.into()], |it| it.text("month"))?
        .into_iter()
        .collect())
}

/// A step of a case filed long ago: its month is counted anew. Nothing for the cases of these weeks, which no settled month holds.
pub(crate) fn touched(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<()> {
    let long_ago: Timestamp = tx.ctx.now - jiff::SignedDuration::from_hours(TOUCHES * 24);
    if long_ago <= ticket.filed_at {
        return Ok(());
    }
    let month = code(kernel::beijing_date(ticket.filed_at));
    tx.put(include_str!("sql/unsettle.sql"), &[ticket.place.tenant.into(), month.into()])
}

/// Counts the months that are over and not counted yet, each in a unit of its own. Says how many.
///
/// # Errors
/// When the store refuses.
pub(crate) async fn settle(app: &App) -> std::result::Result<usize, Problem> {
    let ctx = || app.ctx(Actor::public(), None);
    let due = app.store.read(ctx(), |tx| Ok(due(tx)?)).await?;
    let mut done = 0;
    for (county, month) in due {
        match app.store.housekeep(ctx(), move |tx| Ok(settle_month(tx, county, month)?)).await {
            Ok(()) => done += 1,
            // The others are counted all the same; this one is read from its cases meanwhile.
            Err(problem) => tracing::warn!(%problem, county, %month, "A month was not settled"),
        }
    }
    Ok(done)
}

/// The day a county's first case was filed on.
pub(crate) fn first_day(tx: &mut Tx<'_>, county: i64) -> Result<Option<Date>> {
    let first = tx.maybe(include_str!("sql/first_day.sql"), &[county.into()], |it| it.text("first"))?;
    Ok(first.and_then(|it| it.parse().ok()))
}

/// The first months to be counted: county and first day.
fn due(tx: &mut Tx<'_>) -> Result<Vec<(i64, Date)>> {
    let today = tx.ctx.today();
    let mut due = vec![];
    for (county, _) in divisions::counties(tx)? {
        let known = months_of(tx, county)?;
        // A county without cases is done with as soon as anybody asks for its year.
        let first = first_day(tx, county)?.unwrap_or(today);
        let mut month = first.first_of_month().min(today.first_of_month().saturating_sub(12.months()));
        while month.saturating_add(1.month()).saturating_add(AFTER.days()) < today && due.len() < A_ROUND {
            if !known.contains(&code(month)) && !is_open(tx, county, month)? {
                due.push((county, month));
            }
            month = month.saturating_add(1.month());
        }
    }
    Ok(due)
}

/// Whether somebody still works on a case of the month, or waits for its rating.
fn is_open(tx: &mut Tx<'_>, county: i64, month: Date) -> Result<bool> {
    for stage in crate::cases::filters::WAITS {
        let args = [county.into(), stage.into(), month.into(), month.saturating_add(1.month()).into()];
        if tx.maybe(include_str!("sql/still_open.sql"), &args, |_| Ok(()))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn settle_month(tx: &mut Tx<'_>, county: i64, month: Date) -> Result<()> {
    let scope = Scope::County(tenant(county));
    let mut counts: BTreeMap<(&str, i64, String, i64), i64> = BTreeMap::new();
    for it in store::flagged(tx, &scope, By::Community, month, month.saturating_add(1.month()))? {
        for (part, body, category) in [
            ("company", it.company, String::new()),
            ("category", 0, it.category),
            ("place", it.body, String::new()),
        ] {
            *counts.entry((part, body, category, it.flags)).or_default() += it.n;
        }
    }
    let key = [county.into(), code(month).into()];
    tx.change(include_str!("sql/unsettle.sql"), &key)?;
    tx.change(include_str!("sql/drop_counts.sql"), &key)?;
    for ((part, body, category, flags), n) in counts {
        let args = [
            county.into(),
            part.into(),
            code(month).into(),
            body.into(),
            category.into(),
            flags.into(),
            n.into(),
        ];
        tx.put(include_str!("sql/add_count.sql"), &args)?;
    }
    let now = tx.ctx.now;
    tx.put(include_str!("sql/settle.sql"), &[county.into(), code(month).into(), now.into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_in_stretches_of_settled_and_open_months() {
        let period = super::super::rules::period("2024", "2024-08-20".parse().unwrap());
        let settled = ["2024-01", "2024-02", "2024-03", "2024-05"].map(str::to_owned).into_iter().collect();
        let told = stretches(&period, &settled);
        let told: Vec<String> =
            told.iter().map(|it| format!("{}..{} {}", it.from, it.until, it.settled)).collect();
        assert_eq!(
            told,
            [
                "2024-01-01..2024-04-01 true",
                "2024-04-01..2024-05-01 false",
                "2024-05-01..2024-06-01 true",
                "2024-06-01..2025-01-01 false"
            ]
        );
    }
}
