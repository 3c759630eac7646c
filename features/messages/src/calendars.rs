//! 日历订阅 — a post's deadlines as iCalendar (RFC 5545), for the calendar of a phone or an office.

use app::Due;
use icalendar::{Calendar, Component as _, Event, Property};
use jiff::Timestamp;

/// The deadlines, as whole days but for those of an hour. One that is moved keeps its identity, so that a calendar moves it too.
pub(crate) fn written(due: &[Due], base: &str, now: Timestamp) -> String {
    let mut calendar = Calendar::new();
    calendar.name("家园待办与期限");
    let stamp = now.strftime("%Y%m%dT%H%M%SZ").to_string();
    for it in due {
        let mut day = match it.at {
            Some(at) => Property::new("DTSTART", at.strftime("%Y%m%dT%H%M%SZ").to_string()),
            None => Property::new("DTSTART", it.day.strftime("%Y%m%d").to_string()),
        };
        if it.at.is_none() {
            day.add_parameter("VALUE", "DATE");
        }
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
    fn a_deadline_is_a_whole_day_or_an_hour_and_says_what_and_where() {
        let due = Due::on(jiff::civil::date(2024, 8, 15), "推荐截止，还没有报送；逾期不收", "/campaigns/7");
        let hour = Due {
            at: Some("2024-08-20T03:02:00Z".parse().unwrap()),
            ..Due::on(jiff::civil::date(2024, 8, 20), "答复诉求：电梯困人", "/tickets/9")
        };
        let text = written(&[due, hour], "https://county.example", "2024-08-12T01:00:00Z".parse().unwrap());
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "UID:/campaigns/7@jiayuan",
            "DTSTAMP:20240812T010000Z",
            "DTSTART;VALUE=DATE:20240815",
            "DTSTART:20240820T030200Z",
            "SUMMARY:推荐截止，还没有报送；逾期不收",
            "URL:https://county.example/campaigns/7",
            "END:VCALENDAR",
        ] {
            assert!(unfolded.lines().any(|it| it == line), "{line} is not in\n{unfolded}");
        }
        assert!(text.split("\r\n").all(|it| it.len() <= 75), "a line is too long\n{text}");
    }
}
