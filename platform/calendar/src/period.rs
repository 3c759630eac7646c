//! Periods that notices and laws print: months, notice before a meeting, days of 公示.

use jiff::{ToSpan as _, civil::Date};

/// What happens to a printed date that falls on a non-working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Roll {
    /// It stays, and the page says so: a notice's own date does not move by itself.
    #[default]
    None,
    NextWorkday,
}

/// 公示: the posting day is not counted, each day counts in full, and the next step waits for the day after.
///
/// Seven days from day P end with P + 7, so the earliest next step is P + 8.
#[must_use]
pub fn earliest_step_after_notice(posted: Date, full_days: u32) -> Date {
    posted.saturating_add((i64::from(full_days) + 1).days())
}

/// 召开 n 日前公告: the last day on which a meeting on `meeting` may still be announced.
#[must_use]
pub fn latest_posting_before(meeting: Date, days: u32) -> Date {
    meeting.saturating_sub(i64::from(days).days())
}

/// The corresponding day `n` months later, or the month's last day (民法典 202).
#[must_use]
pub fn add_months(start: Date, n: u32) -> Date {
    start.saturating_add(i64::from(n).months())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn seven_days_of_notice_let_the_next_step_in_on_the_eighth_day_after() {
        assert_eq!(earliest_step_after_notice(day("2023-09-27"), 7), day("2023-10-05"));
    }

    #[test]
    fn fifteen_days_before_a_meeting_is_counted_back() {
        assert_eq!(latest_posting_before(day("2024-05-20"), 15), day("2024-05-05"));
    }

    #[test]
    fn months_end_on_the_last_day_when_there_is_no_corresponding_one() {
        assert_eq!(add_months(day("2023-11-30"), 3), day("2024-02-29"));
        assert_eq!(add_months(day("2023-01-15"), 3), day("2023-04-15"));
    }
}
