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

/// 4.5分（2次）, or — where nobody rated.
pub(crate) fn mean(sum: i64, n: i64) -> String {
    let mean = Ratio::share(i128::from(sum), i128::from(n));
    mean.map_or_else(|| "—".to_owned(), |it| format!("{}分（{n}次）", it.rounded(1)))
}

/// 三率口径: printed with every table, so that two tables of different rules are never compared unseen. A change of what counts is a new
/// number.
pub(crate) const VERSION: &str = "第2版";
/// Fewer answers than so many give nobody a place: one of one is no 100 per cent.
pub(crate) const LEAST_RANKED: i64 = 5;
/// What stands in no denominator.
pub(crate) const LEFT_OUT: &str = "表扬只计诉求量；联系群众之前撤回、并案、不予受理、转专线的不计响应率；没有评价和回访的不计解决率、满意率；并入别件的只计一件";

/// A span of cases by the day they were filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Period {
    pub(crate) from: Date,
    /// The first day after it.
    pub(crate) until: Date,
    /// As it stands in the URL: 2024-08, 2024-Q3 or 2024.
    pub(crate) code: String,
    pub(crate) label: String,
}

/// The month, quarter or year as typed; today's month when it is none.
pub(crate) fn period(typed: &str, today: Date) -> Period {
    let day = |year: i16, month: i8| Date::new(year, month, 1).ok();
    let months = |from: Date, n: i64| from.saturating_add(jiff::Span::new().months(n));
    let year = |it: &str| it.parse::<i16>().ok().filter(|it| (2000..=2100).contains(it));
    if let Some((whole, quarter)) = typed.split_once("-Q")
        && let (Some(year), Ok(n @ 1..=4)) = (year(whole), quarter.parse::<i8>())
        && let Some(from) = day(year, n * 3 - 2)
    {
        let label = format!("{year}年第{n}季度");
        return Period { from, until: months(from, 3), code: typed.to_owned(), label };
    }
    if let Some(from) = year(typed).and_then(|it| day(it, 1)) {
        return Period {
            from, until: months(from, 12), code: typed.to_owned(), label: format!("{typed}年")
        };
    }
    let from = format!("{typed}-01").parse::<Date>().unwrap_or_else(|_| today.first_of_month());
    let label = format!("{}年{}月", from.year(), from.month());
    Period { from, until: months(from, 1), code: from.strftime("%Y-%m").to_string(), label }
}

/// Places by what was solved, the best first: equal shares share a place, and whoever has none is passed over.
pub(crate) fn ranks(shares: &[Option<Ratio>]) -> Vec<Option<usize>> {
    let rank = |own: &Option<Ratio>| {
        let own = (*own)?;
        Some(1 + shares.iter().flatten().filter(|it| own < **it).count())
    };
    shares.iter().map(rank).collect()
}

impl Counts {
    /// `n` cases that fared alike, by the flags the statement gives each: done again 1, asked 2 and responded in time 4, called 8 and solved
    /// 16, judged 32 and satisfied 64, due 128 and in time 256.
    pub(crate) fn of_flags(flags: i64, n: i64) -> Self {
        let of = |flag: i64| if flags & flag == 0 { 0 } else { n };
        Self {
            filed: n,
            redone: of(1),
            asked: of(2),
            responded: of(4),
            called: of(8),
            solved: of(16),
            judged: of(32),
            satisfied: of(64),
            due: of(128),
            in_time: of(256),
        }
    }

    /// Called back, and not solved.
    pub(crate) fn unsolved(&self) -> i64 {
        self.called - self.solved
    }

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
    }

    #[test]
    fn a_period_is_a_month_a_quarter_or_a_year() {
        let check = |typed: &str, from: &str, until: &str, label: &str| {
            let it = period(typed, "2024-12-20".parse().unwrap());
            assert_eq!((it.from.to_string(), it.until.to_string()), (from.to_owned(), until.to_owned()));
            assert_eq!(it.label, label);
        };
        check("2024-02", "2024-02-01", "2024-03-01", "2024年2月");
        check("2024-Q4", "2024-10-01", "2025-01-01", "2024年第4季度");
        check("2023", "2023-01-01", "2024-01-01", "2023年");
        for nonsense in ["x", "", "2024-Q5", "99999", "2024-13"] {
            check(nonsense, "2024-12-01", "2025-01-01", "2024年12月");
        }
    }

    #[test]
    fn equal_shares_share_a_place_and_whoever_was_asked_nothing_has_none() {
        let share = |part, whole| Ratio::share(part, whole);
        let shares = [share(1, 2), share(9, 10), None, share(2, 4), share(1, 3)];
        assert_eq!(ranks(&shares), [Some(2), Some(1), None, Some(2), Some(4)]);
    }
}
