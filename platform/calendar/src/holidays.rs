//! The State Council's yearly holiday notices, as data, and how such data are read.

use std::collections::BTreeMap;

use jiff::{ToSpan as _, civil::Date};

use crate::Calendar;

/// 国务院办公厅关于部分节假日安排的通知, one year a line: the days that rest, then the weekend days that work (调休).
pub const STATE_COUNCIL: &str = "\
2023 rest 01-01..01-02 01-21..01-27 04-05 04-29..05-03 06-22..06-24 09-29..10-06 work 01-28 01-29 04-23 05-06 06-25 10-07 10-08
2024 rest 01-01 02-10..02-17 04-04..04-06 05-01..05-05 06-10 09-15..09-17 10-01..10-07 work 02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12
2025 rest 01-01 01-28..02-04 04-04..04-06 05-01..05-05 05-31..06-02 10-01..10-08 work 01-26 02-08 04-27 09-28 10-11
2026 rest 01-01..01-03 02-15..02-23 04-04..04-06 05-01..05-05 06-19..06-21 09-25..09-27 10-01..10-07 work 01-04 02-14 02-28 05-09 09-20 10-10
";

/// A line of a holiday table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("节假日表第 {line} 行无法识别：“{word}”。应写成 2024 rest 09-15..09-17 work 09-14")]
pub struct Fault {
    pub line: usize,
    pub word: String,
}

pub(crate) fn parse(text: &str) -> Result<Calendar, Fault> {
    let (mut exceptions, mut covered_until) = (BTreeMap::new(), Date::MIN);
    for (index, line) in text.lines().enumerate().filter(|(_, it)| !it.trim().is_empty()) {
        let fault = |word: &str| Fault { line: index + 1, word: word.to_owned() };
        let mut words = line.split_whitespace();
        let year = words.next().unwrap_or_default();
        let last = format!("{year}-12-31").parse().map_err(|_| fault(year))?;
        let mut works = None;
        for word in words {
            match (word, works) {
                ("rest", _) => works = Some(false),
                ("work", _) => works = Some(true),
                (days, Some(works)) => {
                    let (from, to) = days.split_once("..").unwrap_or((days, days));
                    let date = |it: &str| format!("{year}-{it}").parse::<Date>().map_err(|_| fault(word));
                    let (from, to) = (date(from)?, date(to)?);
                    exceptions.extend(from.series(1.day()).take_while(|it| *it <= to).map(|it| (it, works)));
                }
                _ => return Err(fault(word)),
            }
        }
        covered_until = covered_until.max(last);
    }
    Ok(Calendar { exceptions, covered_until })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_readable() {
        assert!(parse(STATE_COUNCIL).is_ok());
    }

    #[test]
    fn a_wrong_line_is_named() {
        let fault = parse("2024 rest 01-01\n2025 rest 02-31").unwrap_err();
        assert_eq!((fault.line, fault.word.as_str()), (2, "02-31"));
        assert!(parse("2025 01-01").is_err());
    }
}
