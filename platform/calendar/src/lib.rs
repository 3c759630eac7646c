//! 工作日 — which days the offices work, and when a period ends. Pure: the table of holidays is given to it.
//!
//! Three clocks, never mixed (domain: 民法典 200–204, 行政许可法 82, 行政处罚法 85): calendar days that roll off a
//! holiday, working days, and plain hours. Each rule says which one it runs on.

mod holidays;
mod hours;
mod period;

pub use holidays::{Fault, STATE_COUNCIL};
pub use hours::{OfficeHours, end_of, start_of};
pub use period::{Roll, add_months, earliest_step_after_notice, latest_posting_before};

use std::collections::BTreeMap;

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

/// Days on which the usual week does not hold, and how far the notices reach.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// `true` works though it is a weekend (调休上班), `false` rests.
    exceptions: BTreeMap<Date, bool>,
    covered_until: Date,
}

/// A day that was counted, and whether every year it crossed has its notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reckoned {
    pub on: Date,
    /// A year without notice was crossed: the day may move when the State Council publishes it.
    pub provisional: bool,
}

impl Calendar {
    /// The calendar of the State Council's notices, as far as they reach.
    #[must_use]
    pub fn state_council() -> Self {
        let known = holidays::parse(STATE_COUNCIL);
        known.unwrap_or_else(|_| Self { exceptions: BTreeMap::new(), covered_until: Date::MIN })
    }

    /// A calendar read from lines like `2024 rest 09-15..09-17 work 09-14`.
    ///
    /// # Errors
    /// The first line that cannot be read, by its number.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        holidays::parse(text)
    }

    /// The last day of the last year with a notice.
    #[must_use]
    pub fn covered_until(&self) -> Date {
        self.covered_until
    }

    /// Working as far as is known; beyond the notices only weekends rest.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        let usual = !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.exceptions.get(&day).copied().unwrap_or(usual)
    }

    /// `day` itself when offices work on it, else the first working day after it.
    #[must_use]
    pub fn working_day_from(&self, day: Date) -> Reckoned {
        let mut on = day;
        while !self.is_working_day(on) {
            on = next(on);
        }
        self.reckoned(on)
    }

    /// The day on which `n` working days after `start` have passed; `start` itself is not counted.
    #[must_use]
    pub fn add_working_days(&self, start: Date, n: u32) -> Reckoned {
        let (mut on, mut left) = (start, n);
        while 0 < left && on < Date::MAX {
            on = next(on);
            if self.is_working_day(on) {
                left -= 1;
            }
        }
        self.reckoned(on)
    }

    /// The end of `n` calendar days after `start` (the first day not counted, 民法典 201), moved off a
    /// non-working day when `roll` says so (民法典 203).
    #[must_use]
    pub fn add_days(&self, start: Date, n: u32, roll: Roll) -> Reckoned {
        self.rolled(start.saturating_add(i64::from(n).days()), roll)
    }

    /// A date that a document prints, moved only when the document's owner chose so.
    #[must_use]
    pub fn rolled(&self, day: Date, roll: Roll) -> Reckoned {
        match roll {
            Roll::None => self.reckoned(day),
            Roll::NextWorkday => self.working_day_from(day),
        }
    }

    /// How many working days lie in `year`.
    #[must_use]
    pub fn working_days_in(&self, year: i16) -> usize {
        let Ok(first) = Date::new(year, 1, 1) else { return 0 };
        first.series(1.day()).take_while(|it| it.year() == year).filter(|it| self.is_working_day(*it)).count()
    }

    fn reckoned(&self, on: Date) -> Reckoned {
        Reckoned { on, provisional: self.covered_until < on }
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Self::state_council()
    }
}

fn next(day: Date) -> Date {
    day.saturating_add(1.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn check(start: &str, working_days: u32, end: &str) {
        let reckoned = Calendar::state_council().add_working_days(day(start), working_days);
        assert_eq!((reckoned.on, reckoned.provisional), (day(end), false), "{start} + {working_days}");
    }

    #[test]
    fn working_days_cross_holidays_and_swapped_weekends() {
        check("2024-09-12", 5, "2024-09-20");
        check("2024-09-27", 5, "2024-10-10");
        check("2025-01-20", 20, "2025-02-21");
        check("2025-09-26", 5, "2025-10-10");
        check("2026-02-12", 5, "2026-02-26");
        check("2026-09-18", 5, "2026-09-24");
        check("2024-09-15", 1, "2024-09-18");
    }

    #[test]
    fn every_year_has_as_many_working_days_as_its_notice_leaves() {
        let calendar = Calendar::state_council();
        let counted = [2023, 2024, 2025, 2026].map(|it| calendar.working_days_in(it));
        assert_eq!(counted, [249, 251, 248, 248]);
    }

    // covers: LA-021, LA-024, LA-025
    #[test]
    fn luans_deadline_falls_on_mid_autumn_and_says_so() {
        let calendar = Calendar::state_council();
        let printed = day("2024-09-15");
        assert!(!calendar.is_working_day(printed));
        assert_eq!(calendar.working_day_from(printed).on, day("2024-09-18"));
        assert_eq!(calendar.rolled(printed, Roll::None).on, printed);
    }

    #[test]
    fn a_year_without_a_notice_is_provisional() {
        let calendar = Calendar::state_council();
        assert_eq!(calendar.covered_until(), day("2026-12-31"));
        let over = calendar.add_working_days(day("2026-12-30"), 5);
        assert!(over.provisional);
        assert!(!calendar.add_working_days(day("2026-12-29"), 2).provisional);
    }

    proptest::proptest! {
        #[test]
        fn more_working_days_never_end_sooner(offset in 0_i64..1400, n in 0_u32..40) {
            let (calendar, start) = (Calendar::state_council(), day("2023-01-01").saturating_add(offset.days()));
            let (less, more) = (calendar.add_working_days(start, n).on, calendar.add_working_days(start, n + 1).on);
            proptest::prop_assert!(less < more);
            proptest::prop_assert!(calendar.is_working_day(more));
        }
    }
}
