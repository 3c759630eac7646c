//! The clock in hours: running through nights, or only while offices are open; and a day's end as an instant.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz,
};

use crate::Calendar;

/// When offices are open on a working day: morning and afternoon, each from and until.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHours(pub Vec<(Time, Time)>);

impl Calendar {
    /// The instant at which `minutes` of office time have passed since `start`. On a non-working day, and outside the
    /// hours, time stands still.
    #[must_use]
    pub fn add_office_minutes(&self, start: Timestamp, minutes: u32, office: &OfficeHours) -> Timestamp {
        let mut left = SignedDuration::from_mins(i64::from(minutes));
        let begin = in_beijing(start);
        let (mut day, mut from) = (begin.date(), begin.time());
        // Whatever a calendar says, offices open again within a month.
        for _ in 0..(u32::from(u16::MAX)) {
            if self.is_working_day(day) {
                for (opens, closes) in &office.0 {
                    let at = from.max(*opens);
                    if *closes <= at {
                        continue;
                    }
                    let here = at.duration_until(*closes);
                    if left <= here {
                        return instant(day.to_datetime(at.saturating_add(left)));
                    }
                    left -= here;
                }
            }
            day = super::next(day);
            from = Time::midnight();
        }
        end_of(day)
    }
}

/// 0时: the instant a day begins in Beijing.
#[must_use]
pub fn start_of(day: Date) -> Timestamp {
    instant(day.to_datetime(Time::midnight()))
}

/// 24时: the instant a day ends in Beijing, which is the next day's first.
#[must_use]
pub fn end_of(day: Date) -> Timestamp {
    instant(super::next(day).to_datetime(Time::midnight()))
}

fn in_beijing(at: Timestamp) -> DateTime {
    at.to_zoned(tz::TimeZone::fixed(tz::offset(8))).datetime()
}

fn instant(at: DateTime) -> Timestamp {
    at.to_zoned(tz::TimeZone::fixed(tz::offset(8))).map_or(Timestamp::MAX, |it| it.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, hours: u32, end: &str) {
        let time = |text: &str| text.parse::<Time>().unwrap();
        let office = OfficeHours(vec![(time("08:30"), time("12:00")), (time("14:30"), time("17:30"))]);
        let at = |text: &str| instant(text.parse::<DateTime>().unwrap());
        let reached = Calendar::state_council().add_office_minutes(at(start), hours * 60, &office);
        assert_eq!(in_beijing(reached), text_of(end), "{start} + {hours}");
    }

    fn text_of(text: &str) -> DateTime {
        text.parse().unwrap()
    }

    #[test]
    fn office_hours_stand_still_at_noon_at_night_and_on_holidays() {
        check("2024-08-20T09:00", 1, "2024-08-20T10:00");
        check("2024-08-20T11:30", 1, "2024-08-20T15:00");
        check("2024-08-20T17:00", 1, "2024-08-21T09:00");
        check("2024-08-20T03:00", 4, "2024-08-20T15:00");
        // 9月14日 is a working Saturday, 15–17日 are Mid-Autumn.
        check("2024-09-13T17:00", 4, "2024-09-14T12:00");
        check("2024-09-14T17:00", 1, "2024-09-18T09:00");
        // A whole office day ends when the office closes, not when it opens again.
        check("2024-08-20T08:30", 6, "2024-08-20T17:00");
    }

    #[test]
    fn a_day_ends_at_midnight_in_beijing() {
        assert_eq!(end_of("2024-08-20".parse().unwrap()).to_string(), "2024-08-20T16:00:00Z");
    }
}
