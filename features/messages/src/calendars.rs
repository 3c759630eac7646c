//! 日历订阅 — a post's deadlines as iCalendar (RFC 5545), for the calendar of a phone or an office.

use app::Due;
use icalendar::{Calendar, Component as _, Event, Property};
use jiff::Timestamp;

/// The deadlines as whole days. A day that is moved keeps its identity, so that a calendar moves it too.
pub(crate) fn written(due: &[Due], base: &str, now: Timestamp) -> String {
    let mut calendar = Calendar::new();
    calendar.name("家园待办与期限");
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    for it in due {
        let mut day = Property::new("DTSTART", it.day.strftime("%Y%m%d").to_string());
        day.add_parameter("VALUE", "DATE");
        let event = Event::new()
            .uid(&format!("{}@jiayuan", it.href.replace(['?', '&', '='], "-")))
            .add_property("DTSTAMP", &stamp)
            .append_property(day.done())
            .summary(&it.title)
            .url(&format!("{base}{}", it.href))
            .done();
        calendar.push(event);
    }
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_a_whole_day_that_says_what_and_where() {
        let due = Due {
            day: jiff::civil::date(2024, 8, 15),
            title: "推荐截止，还没有报送；逾期不收".to_owned(),
            href: "/campaigns/7".to_owned(),
        };
        let text = written(&[due], "https://county.example", "2024-08-12T01:00:00Z".parse().unwrap());
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "UID:/campaigns/7@jiayuan",
            "DTSTAMP:20240812T010000Z",
            "DTSTART;VALUE=DATE:20240815",
            "SUMMARY:推荐截止，还没有报送；逾期不收",
            "URL:https://county.example/campaigns/7",
            "END:VCALENDAR",
        ] {
            assert!(unfolded.lines().any(|it| it == line), "{line} is not in\n{unfolded}");
        }
        assert!(text.split("\r\n").all(|it| it.len() <= 75), "a line is too long\n{text}");
    }
}
