//! 参与情况 — who has taken part so far, by units, heads and area, and day by day. Never a choice.

use std::collections::{BTreeMap, BTreeSet};

use ::store::Tx;
use jiff::{SignedDuration, civil::Date};
use kernel::{Area, Problem, beijing_date};

use super::{
    store,
    types::{Channel, Effective},
};
use crate::{
    HeadRule,
    decisions::Decision,
    head_of,
    rolls::{
        self,
        types::{Holder, Unit},
    },
};

/// 参与情况, live: heads and area, and what two thirds would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turnout {
    pub(crate) heads: Share,
    /// In 0.001 m².
    pub(crate) area: Share,
    pub(crate) units: Share,
    pub(crate) online: usize,
    pub(crate) paper: usize,
    /// By which way they came, in the order of [`WAYS`]; for whoever canvasses.
    pub(crate) ways: [Way; 5],
    /// 到会: who signed in at the meeting, and who of them has not voted yet.
    pub(crate) present: [Way; 2],
    pub(crate) buildings: Vec<(String, Share)>,
    /// Units that had voted by the end of each day, from the first day of voting to today or the last.
    pub(crate) days: Vec<(Date, i64)>,
}

/// How a ballot came: online or on paper, by the owner or in their stead; on paper of an owner who came to the meeting.
pub(crate) const WAYS: [&str; 5] = [
    "网上，业主本人",
    "网上，受托人代投",
    "到会，业主本人交纸质票",
    "未到会，业主本人交纸质票（上门或票箱）",
    "纸质，受托人代投",
];

/// What came one way. A head whose units came by several is counted in each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Way {
    pub(crate) units: i64,
    pub(crate) heads: BTreeSet<String>,
    /// In 0.001 m².
    pub(crate) area: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Share {
    pub(crate) part: i64,
    pub(crate) whole: i64,
}

impl Turnout {
    /// The ways ballots came: label, units, heads, area.
    pub(crate) fn by_way(&self) -> Vec<(&'static str, i64, usize, String)> {
        let line = |(name, it): (&'static str, &Way)| {
            let (units, heads, area) = it.figures();
            (name, units, heads, area)
        };
        WAYS.into_iter().zip(&self.ways).map(line).collect()
    }

    /// Of who signed in, and of who of them has not voted: units, heads, area.
    pub(crate) fn present(&self) -> [(i64, usize, String); 2] {
        self.present.each_ref().map(Way::figures)
    }

    /// The first and the last day of the drawing.
    pub(crate) fn span(&self) -> Option<(Date, Date)> {
        Some((self.days.first()?.0, self.days.last()?.0))
    }

    /// The days as a line for a drawing a hundred wide and forty high; none until there are two of them.
    pub(crate) fn line(&self) -> Option<String> {
        let steps = self.days.len().checked_sub(1).filter(|it| 0 < *it)?;
        let whole = self.units.whole.max(1);
        let point = |(n, day): (usize, &(Date, i64))| {
            let (x, y) = (n as i64 * 10_000 / steps as i64, 4_000 - day.1 * 4_000 / whole);
            format!("{}.{:02},{}.{:02}", x / 100, x % 100, y / 100, y % 100)
        };
        Some(self.days.iter().enumerate().map(point).collect::<Vec<_>>().join(" "))
    }
}

impl Way {
    fn add(&mut self, head: &str, area: Area) {
        self.units += 1;
        self.area += area.0;
        self.heads.insert(head.to_owned());
    }

    fn figures(&self) -> (i64, usize, String) {
        (self.units, self.heads.len(), Area(self.area).to_string())
    }
}

/// How many of these days had come by the end of each day.
fn days(first: Date, last: Date, cast: &[Date]) -> Vec<(Date, i64)> {
    let mut days = vec![];
    let mut day = first;
    while day <= last {
        days.push((day, cast.iter().filter(|it| **it <= day).count() as i64));
        day = day.saturating_add(SignedDuration::from_hours(24));
    }
    days
}

impl Share {
    /// For a bar, rounded down: 100 only when it is all.
    pub(crate) fn percent(&self) -> i64 {
        if self.whole == 0 { 0 } else { self.part * 100 / self.whole }
    }

    /// How much is still missing to two thirds (民法典 278: 以上 includes the number).
    pub(crate) fn missing(&self) -> i64 {
        ((self.whole * 2 + 2) / 3 - self.part).max(0)
    }

    pub(crate) fn is_enough(&self) -> bool {
        self.whole * 2 <= self.part * 3
    }

    pub(crate) fn as_area(&self) -> (String, String) {
        (Area(self.part).to_string(), Area(self.whole).to_string())
    }

    pub(crate) fn missing_area(&self) -> String {
        Area(self.missing()).to_string()
    }
}

/// The head a unit votes with, as the tally makes them.
fn head(it: &Unit, rule: HeadRule) -> String {
    head_of(rule, &it.unit, &it.owners.join(";"), it.holder == Holder::Developer).to_owned()
}

pub(crate) fn turnout(tx: &mut Tx<'_>, decision: &Decision) -> Result<Option<Turnout>, Problem> {
    let Some(noticed) = decision.stage.noticed() else { return Ok(None) };
    let units = rolls::units(tx, None, noticed.roll)?;
    let effective = store::effective(tx, decision.id)?;
    let came = store::those_present(tx, decision.id)?;
    let way = |it: &Effective| match (it.channel, it.proxy) {
        (Channel::Online, proxy) => usize::from(proxy),
        (Channel::Paper, false) => 3 - usize::from(came.contains(&it.unit)),
        (Channel::Paper, true) => 4,
    };
    let voted: BTreeMap<&str, usize> = effective.iter().map(|it| (it.unit.as_str(), way(it))).collect();
    let (mut ways, mut present): ([Way; 5], [Way; 2]) = Default::default();
    let rule = decision.terms.head_rule;
    let (mut area, mut all, mut taking_part) = (Share::default(), BTreeSet::new(), BTreeSet::new());
    let mut buildings: Vec<(String, Share)> = vec![];
    for it in &units {
        let head = head(it, rule);
        let voted_by = voted.get(it.unit.as_str()).copied();
        let has_voted = voted_by.is_some();
        area.whole += it.area.0;
        if let Some(way) = voted_by {
            ways[way].add(&head, it.area);
            taking_part.insert(head.clone());
            area.part += it.area.0;
        }
        if came.contains(&it.unit) {
            present[0].add(&head, it.area);
            if !has_voted {
                present[1].add(&head, it.area);
            }
        }
        all.insert(head);
        let at = match buildings.iter().position(|known| known.0 == it.building) {
            Some(at) => at,
            None => {
                buildings.push((it.building.clone(), Share::default()));
                buildings.len() - 1
            }
        };
        buildings[at].1.whole += 1;
        buildings[at].1.part += i64::from(has_voted);
    }
    let online = effective.iter().filter(|it| it.channel == Channel::Online).count();
    let last = noticed.closes_at - SignedDuration::from_micros(1);
    let cast: Vec<Date> = effective.iter().map(|it| beijing_date(it.at)).collect();
    Ok(Some(Turnout {
        days: days(beijing_date(noticed.opens_at), beijing_date(last).min(tx.ctx.today()), &cast),
        heads: Share { part: taking_part.len() as i64, whole: all.len() as i64 },
        area,
        units: Share { part: effective.len() as i64, whole: units.len() as i64 },
        online,
        paper: effective.len() - online,
        ways,
        present,
        buildings,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_has_a_point_a_day_and_ends_where_the_turnout_is() {
        let (first, last) = (date(2024, 9, 13), date(2024, 9, 15));
        let cast = [date(2024, 9, 13), date(2024, 9, 15), date(2024, 9, 15)];
        let days = days(first, last, &cast);
        assert_eq!(days.iter().map(|it| it.1).collect::<Vec<_>>(), [1, 1, 3]);
        let units = Share { part: 3, whole: 4 };
        let empty = Share::default();
        let turnout = Turnout {
            heads: empty,
            area: empty,
            units,
            online: 3,
            paper: 0,
            ways: Default::default(),
            present: Default::default(),
            buildings: vec![],
            days,
        };
        assert_eq!(turnout.line().as_deref(), Some("0.00,30.00 50.00,30.00 100.00,10.00"));
        let one = Turnout { days: turnout.days[..1].to_vec(), ..turnout };
        assert_eq!(one.line(), None);
    }
}
