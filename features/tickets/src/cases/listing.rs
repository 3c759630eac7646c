//! Every statement that lists cases or counts them.

use ::store::{Listing, Result, Tx, Value};
use jiff::Timestamp;
use kernel::{Problem, Scope};

use super::{
    filters::{After, Filter, Held, Part, WAITS},
    store::{WORDS, read},
    types::{Body, Stage, Ticket},
};

/// A page of one stage within a scope, the most pressing first; of what a search finds or of the days chosen, newest first.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Ticket>> {
    let Some(stages) = filter.together() else { return one(tx, scope, filter, limit) };
    // The first of each stage, and of these the first: no more is read however many are open.
    let mut found = vec![];
    for stage in stages {
        found.extend(one(tx, scope, &Filter { stage: Some(stage), ..filter.clone() }, limit)?);
    }
    found.sort_by_key(|it| (it.dues.answer_by, i64::from(it.id)));
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn one(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, limit: i64) -> Result<Vec<Ticket>> {
    let (block, number) = scope.equality();
    let county = registry::divisions::county_of(tx, scope)?;
    let words = tx.search(WORDS, county, &filter.said);
    // A search looks into every stage, and asks nobody whose turn it is.
    let turn = filter.turn.filter(|_| words.is_none());
    let part = match (turn, filter.stage) {
        (None, _) => Some(Part::All),
        (Some(_), None) => None,
        (Some(turn), Some(stage)) => turn.part(stage),
    };
    let Some(part) = part else { return Ok(vec![]) };
    // What is searched for comes newest first, as it is found; what is waiting comes most pressing first.
    // Over several counties the newest are told by what stands below the county in an id.
    let (order, next) = match (words.is_some(), county.is_some()) {
        (true, true) => ("by_found", "after_by_found"),
        (true, false) => ("by_found_afar", "after_by_found_afar"),
        (false, _) if filter.by_day() => ("by_day", "after_by_day"),
        // What nobody waits for any more is read from its newest.
        (false, _) if filter.stage.is_some_and(|it| !WAITS.contains(&it)) => {
            ("by_due_last", "after_by_due_last")
        }
        (false, _) => ("by_due", "after_by_due"),
    };
    let mut blocks = vec![block, order];
    // An extension waits in one stage only, and those that wait have an index of their own.
    blocks.extend(match (words.is_some(), filter.asked, filter.stage) {
        (true, ..) => Some("said"),
        (false, true, _) | (false, false, None) => None,
        (false, false, Some(_)) => Some("stage"),
    });
    blocks.extend(filter.category.as_ref().map(|_| "category"));
    // Of what is still open, what is overdue now; of what is answered, what was answered late.
    // A search looks into both: whoever misses a deadline is stamped late within the minute.
    let open = words.is_none() && filter.stage.is_some_and(|it| Stage::OPEN.contains(&it));
    let late = if open { "late" } else { "was_late" };
    blocks.extend(filter.late.then_some(late));
    blocks.extend(filter.tonight.map(|_| "tonight"));
    blocks.extend(filter.asked.then_some("asked"));
    blocks.extend(filter.within.map(|it| it.block().0));
    blocks.extend(filter.filed.map(|_| "filed"));
    blocks.extend(filter.days.map(|_| "days"));
    blocks.extend(filter.channel.map(|_| "channel"));
    blocks.extend(match part {
        Part::All => None,
        Part::HeldBy(_) => Some("held"),
        Part::NotHeldBy(_) => Some("held_by_others"),
    });
    blocks.extend(match filter.held {
        None => None,
        Some(Held::Kind(_)) => Some("held_by_kind"),
        Some(Held::By(_)) => Some("held_by"),
    });
    let (at, on, id) = match filter.after {
        Some(After::Due(at, id)) if order != "by_day" => (Some(at), None, id),
        Some(After::Day(on, id)) if order == "by_day" => (None, Some(on), id),
        _ => (None, None, 0),
    };
    blocks.extend((at.is_some() || on.is_some()).then_some(next));
    let (since, until) = filter.filed.unwrap_or_default();
    let days = filter.days.unzip();
    let own = match part {
        Part::HeldBy(body) | Part::NotHeldBy(body) => body.code(),
        Part::All => Default::default(),
    };
    let held = match filter.held {
        Some(Held::By(body)) => body.code(),
        Some(Held::Kind(kind)) => (kind, 0),
        None => Default::default(),
    };
    let args: [Value; 20] = [
        number.into(),
        filter.stage.unwrap_or_default().into(),
        filter.category.clone().unwrap_or_default().into(),
        tx.ctx.now.into(),
        at.into(),
        id.into(),
        limit.into(),
        words.unwrap_or(Value::Null),
        filter.within.map_or(0, |it| it.block().1).into(),
        since.into(),
        until.into(),
        own.0.into(),
        own.1.into(),
        held.0.into(),
        held.1.into(),
        filter.channel.map_or("", |it| it.code()).into(),
        filter.tonight.into(),
        days.0.into(),
        days.1.into(),
        on.into(),
    ];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &blocks, &args), read)
}

/// A tab counts the most pressing so far; what a county has beyond that it reads from the overview.
pub(crate) const MOST_COUNTED: i64 = 1_000;

/// How many there are, how many of them late, how many due by tonight; one more than [`MOST_COUNTED`] where there are more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) n: i64,
    pub(crate) late: i64,
    pub(crate) today: i64,
}

impl std::ops::Add for Counted {
    type Output = Self;

    fn add(self, it: Self) -> Self {
        Self { n: self.n + it.n, late: self.late + it.late, today: self.today + it.today }
    }
}

/// How many of a stage there are in a scope, all of them or those one body has.
pub(crate) fn count(
    tx: &mut Tx<'_>,
    scope: &Scope,
    stage: &str,
    tonight: Timestamp,
    holder: Option<Body>,
) -> Result<Counted> {
    let (block, number) = scope.equality();
    let (kind, holds) = holder.map(Body::code).unwrap_or_default();
    let most = MOST_COUNTED + 1;
    let now = tx.ctx.now;
    let args =
        [number.into(), stage.into(), now.into(), tonight.into(), most.into(), kind.into(), holds.into()];
    let mut blocks = vec![block];
    blocks.extend(holder.map(|_| "held"));
    let found = tx.list(&Listing::of(include_str!("sql/count.sql"), &blocks, &args), |it| {
        Ok(Counted { n: it.int("n")?, late: it.int("late")?, today: it.int("today")? })
    })?;
    Ok(found.into_iter().next().unwrap_or_default())
}

/// The most pressing cases of a stage within a scope.
pub(crate) fn first_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    stage: &'static str,
    limit: i64,
) -> std::result::Result<Vec<Ticket>, Problem> {
    let filter = Filter { stage: Some(stage), ..Filter::default() };
    Ok(list(tx, scope, &filter, limit)?)
}

/// The cases a body of a scope has in hand, those due first; not yet taken over ones before the others.
pub(crate) fn in_hand(tx: &mut Tx<'_>, scope: &Scope, body: Body, limit: i64) -> Result<Vec<Ticket>> {
    let ((block, number), (kind, handler)) = (scope.equality(), body.code());
    let mut found = vec![];
    for stage in ["dispatched", "accepted"] {
        let args = [number.into(), stage.into(), kind.into(), handler.into(), limit.into()];
        found.extend(tx.list(&Listing::of(include_str!("sql/in_hand.sql"), &[block], &args), read)?);
    }
    Ok(found)
}
