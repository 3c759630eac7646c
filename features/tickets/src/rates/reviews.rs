//! 双向评价 summed: how often each body was whistled, whether it came in time, and how both sides were rated.

use ::store::{Listing, Tx};
use calendar::end_of;
use jiff::ToSpan as _;
use kernel::{Problem, Scope, Tenant};
use registry::divisions;

use super::rules::{Period, mean, rate};
use crate::cases::{bodies, types::Body};

/// One responder's line.
#[derive(Debug)]
pub(crate) struct ReviewLine {
    pub(crate) name: String,
    pub(crate) whistled: i64,
    /// Came in time, of those whose time is over or who came.
    pub(crate) in_time: String,
    pub(crate) missing: i64,
    /// Means of one to five, with how many gave them.
    pub(crate) of_responder: String,
    pub(crate) of_blower: String,
}

/// 三级吹哨 of a period: how often the second and the third level were called, and how many matters reached the joint meeting.
#[derive(Debug, Default)]
pub(crate) struct Reviews {
    pub(crate) lines: Vec<ReviewLine>,
    pub(crate) second: i64,
    pub(crate) third: i64,
    pub(crate) agenda: i64,
}

/// Those whistled within a period and a part of the world, by kind; nothing for who works in many counties.
pub(crate) fn reviews(tx: &mut Tx<'_>, scope: &Scope, period: &Period) -> Result<Reviews, Problem> {
    let tenants: Vec<i64> = match scope {
        Scope::City(city) => divisions::county_names(tx, *city)?.into_keys().collect(),
        _ => divisions::county_of(tx, scope)?.map(Tenant::number).map(i64::from).into_iter().collect(),
    };
    let (block, number) = match scope {
        Scope::Subdistrict(id) => (Some("in_subdistrict"), *id),
        Scope::Neighborhood(id) => (Some("in_neighborhood"), *id),
        Scope::Community(id) => (Some("in_community"), *id),
        Scope::City(_) | Scope::County(_) => (None, 0),
        _ => return Ok(Reviews::default()),
    };
    let begin = |on: jiff::civil::Date| end_of(on.saturating_sub(1.day()));
    let (from, until) = (begin(period.from), begin(period.until));
    let mut reviews = Reviews::default();
    for tenant in tenants {
        let args = [tenant.into(), from.into(), until.into(), number.into(), tx.ctx.now.into()];
        let blocks: Vec<&str> = block.into_iter().collect();
        let found = tx.list(&Listing::of(include_str!("sql/reviews.sql"), &blocks, &args), |it| {
            let body = Body::from_code(&it.text("responder_kind")?, it.int("responder")?);
            let counts =
                ["n", "due", "missing", "in_time", "of_responder", "responders", "of_blower", "blowers"];
            let mut numbers = [0; 8];
            for (number, name) in numbers.iter_mut().zip(counts) {
                *number = it.int(name)?;
            }
            Ok((body, numbers))
        })?;
        // A whistle that names three units is one whistle.
        let whistled = Listing::of(include_str!("sql/whistled.sql"), &blocks, &args);
        for (level, n) in tx.list(&whistled, |it| Ok((it.int("level")?, it.int("n")?)))? {
            *(if level == 2 { &mut reviews.second } else { &mut reviews.third }) += n;
        }
        let agenda = Listing::of(include_str!("sql/agenda.sql"), &blocks, &args);
        reviews.agenda += tx.list(&agenda, |it| it.int("n"))?.first().copied().unwrap_or_default();
        for (body, [n, due, missing, in_time, responder, responders, blower, blowers]) in found {
            let Some(body) = body else { continue };
            reviews.lines.push(ReviewLine {
                name: bodies::name(tx, body)?,
                whistled: n,
                // Whoever was called a moment ago is not late.
                in_time: rate(in_time, due),
                missing,
                of_responder: mean(responder, responders),
                of_blower: mean(blower, blowers),
            });
        }
    }
    Ok(reviews)
}
