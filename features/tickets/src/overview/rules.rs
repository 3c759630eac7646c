//! How days become a calendar, waits a ladder, and numbers a shade. Pure.

use std::collections::BTreeMap;

use jiff::{Span, Timestamp, civil::Date};

/// A year of weeks, and the one that runs.
pub(crate) const WEEKS: i64 = 53;

/// The steps of the ladder, in whole days waited: label, from, up to and without.
pub(crate) const STEPS: [(&str, i64, i64); 5] =
    [("不到1天", 0, 1), ("1至3天", 1, 3), ("3至7天", 3, 7), ("7至15天", 7, 15), ("15天以上", 15, i64::MAX)];

/// The moments of filing a step of the ladder stands for, in microseconds: after the first, not after the second.
pub(crate) fn waited(step: usize, now: Timestamp) -> Option<(i64, i64)> {
    let (_, from, until) = STEPS.get(step)?;
    let before = |days: i64| now.as_microsecond().saturating_sub(days.saturating_mul(DAY));
    Some((before(*until), before(*from)))
}

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// One day of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) on: Date,
    pub(crate) n: i64,
    /// Column and row, from 0; a column is a week, its first row a Monday.
    pub(crate) week: i64,
    pub(crate) weekday: i64,
    /// 0 to 4.
    pub(crate) shade: i64,
}

/// The Monday a calendar that ends today begins with.
pub(crate) fn first_day(today: Date) -> Date {
    let monday = i64::from(today.weekday().to_monday_zero_offset());
    today.saturating_sub(Span::new().days((WEEKS - 1) * 7 + monday))
}

/// Every day from the first Monday to today, with how many came.
pub(crate) fn calendar(counts: &BTreeMap<Date, i64>, today: Date) -> Vec<Day> {
    let most = counts.values().copied().max().unwrap_or_default();
    let (mut on, mut days) = (first_day(today), vec![]);
    while on <= today {
        let (n, at) = (counts.get(&on).copied().unwrap_or_default(), days.len() as i64);
        days.push(Day { on, n, week: at / 7, weekday: at % 7, shade: shade(n, most) });
        on = on.saturating_add(Span::new().days(1));
    }
    days
}

/// A quarter of the most a step: none is 0, the most is 4.
pub(crate) fn shade(n: i64, most: i64) -> i64 {
    // Where four is much, one is little: a calendar of ones is not a red one.
    let most = most.max(4);
    if n <= 0 { 0 } else { (n * 4 + most - 1) / most }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_calendar_begins_on_a_monday_and_ends_today() {
        let today = date(2024, 8, 20);
        let counts = [(date(2024, 8, 20), 8), (date(2024, 8, 19), 1)].into();
        let days = calendar(&counts, today);
        assert_eq!((days[0].on, days[0].on.weekday()), (date(2023, 8, 21), jiff::civil::Weekday::Monday));
        assert_eq!(days.len(), 52 * 7 + 2);
        let last = days.last().unwrap();
        assert_eq!((last.on, last.n, last.week, last.weekday, last.shade), (today, 8, 52, 1, 4));
        assert_eq!((days[days.len() - 2].shade, days[0].shade), (1, 0));
    }

    #[test]
    fn shades_are_quarters_of_the_most() {
        assert_eq!([0, 1, 25, 26, 50, 75, 76, 100].map(|n| shade(n, 100)), [0, 1, 1, 2, 2, 3, 4, 4]);
        assert_eq!((shade(1, 1), shade(0, 0)), (1, 0));
    }

    #[test]
    fn the_ladder_has_no_gap_and_no_overlap() {
        assert!(STEPS.windows(2).all(|it| it[0].2 == it[1].1));
        let now = Timestamp::from_second(1_724_000_000).unwrap();
        let spans: Vec<(i64, i64)> = (0..STEPS.len()).filter_map(|it| waited(it, now)).collect();
        assert_eq!(spans[0].1, now.as_microsecond());
        assert!(spans.windows(2).all(|it| it[0].0 == it[1].1));
        assert_eq!(waited(STEPS.len(), now), None);
    }
}
