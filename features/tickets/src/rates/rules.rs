//! What a rate is: a numerator over a denominator, both shown. Pure.

use jiff::civil::Date;
use kernel::Ratio;

/// The counts of one body in one period.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) filed: i64,
    /// Done again because the reporter said it was not solved.
    pub(crate) redone: i64,
    /// Cases whose first contact was judged, and those in time.
    pub(crate) asked: i64,
    pub(crate) responded: i64,
    /// Valid call-backs, and those that say it is solved.
    pub(crate) called: i64,
    pub(crate) solved: i64,
    pub(crate) judged: i64,
    pub(crate) satisfied: i64,
    /// Answered, or open and overdue; and those answered in time.
    pub(crate) due: i64,
    pub(crate) in_time: i64,
}

/// 85.7%（12/14）, or — where there is nothing to divide by.
pub(crate) fn rate(part: i64, whole: i64) -> String {
    let share = Ratio::share(i128::from(part), i128::from(whole)).and_then(|it| it.times(Ratio::whole(100)));
    share.map_or_else(|| "—".to_owned(), |it| format!("{}%（{part}/{whole}）", it.rounded(1)))
}

/// The first day of the month as typed, or of today's, and the first day of the next.
pub(crate) fn month(typed: &str, today: Date) -> (Date, Date) {
    let first = format!("{typed}-01").parse::<Date>().unwrap_or_else(|_| today.first_of_month());
    (first, first.last_of_month().saturating_add(jiff::Span::new().days(1)))
}

impl Counts {
    pub(crate) fn add(&mut self, it: &Self) {
        self.filed += it.filed;
        self.redone += it.redone;
        self.asked += it.asked;
        self.responded += it.responded;
        self.called += it.called;
        self.solved += it.solved;
        self.judged += it.judged;
        self.satisfied += it.satisfied;
        self.due += it.due;
        self.in_time += it.in_time;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_says_what_it_was_divided_by() {
        assert_eq!(rate(12, 14), "85.7%（12/14）");
        assert_eq!(rate(0, 0), "—");
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(month("2024-02", day("2024-08-20")), (day("2024-02-01"), day("2024-03-01")));
        assert_eq!(month("x", day("2024-12-20")), (day("2024-12-01"), day("2025-01-01")));
    }
}
