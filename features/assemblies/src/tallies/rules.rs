//! The law's comparisons, by whole numbers and cross-multiplied: never by rounded percentages. Pure.

use jiff::civil::{Date, date};
use serde::Serialize;

use super::{Refused, types::Measure};

/// 《民法典》 in force; before it 《物权法》 76 and 《物业管理条例》 12.
const CIVIL_CODE: Date = date(2021, 1, 1);
const PROPERTY_LAW: Date = date(2007, 10, 1);
/// Matters of 《民法典》 278 run from (1) to (9).
const MATTERS: std::ops::RangeInclusive<u8> = 1..=9;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Law {
    #[serde(rename = "civil_code_278")]
    CivilCode278,
    #[serde(rename = "before_2021")]
    Before2021,
}

/// One of the comparisons a decision must pass. A side that is not known leaves it open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    pub code: &'static str,
    /// The option it is about, for a topic with options.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    pub left: Option<String>,
    pub op: &'static str,
    pub right: Option<String>,
    pub met: Option<bool>,
}

/// What is compared: `times_left × left` against `times_right × right`.
struct Test {
    times_left: i128,
    strict: bool,
    times_right: i128,
}

impl Law {
    pub(crate) fn on(decided_on: Date) -> Result<Self, Refused> {
        if CIVIL_CODE <= decided_on {
            Ok(Self::CivilCode278)
        } else if PROPERTY_LAW <= decided_on {
            Ok(Self::Before2021)
        } else {
            Err(Refused::new(
                1,
                format!("决定日期{decided_on}早于2007年10月1日《物权法》施行，没有可适用的表决规则"),
            ))
        }
    }

    /// 参与表决: two thirds since 2021 (以上 includes the number), more than half before.
    fn participation(self) -> Test {
        match self {
            Self::CivilCode278 => Test { times_left: 3, strict: false, times_right: 2 },
            Self::Before2021 => Test { times_left: 2, strict: true, times_right: 1 },
        }
    }

    /// 同意: 过半数 excludes the number, 四分之三以上 and 三分之二以上 include it.
    fn approval(self, matter: u8) -> Test {
        match (self, matter) {
            (Self::CivilCode278, 6..=8) => Test { times_left: 4, strict: false, times_right: 3 },
            (Self::Before2021, 5..=7) => Test { times_left: 3, strict: false, times_right: 2 },
            _ => Test { times_left: 2, strict: true, times_right: 1 },
        }
    }

    /// Since 2021 the denominator of approval is those who took part; before, all owners.
    fn approves_of_all(self) -> bool {
        self == Self::Before2021
    }
}

pub(crate) fn known_matter(matter: u8) -> Result<u8, Refused> {
    let wrong = || Refused::new(1, format!("事项编号应为1至9（民法典第278条），现为{matter}"));
    MATTERS.contains(&matter).then_some(matter).ok_or_else(wrong)
}

/// Both participation comparisons.
pub(crate) fn participation(law: Law, total: Measure, part: Measure) -> [Comparison; 2] {
    let test = law.participation();
    [
        test.compare("participation_area", part.area, total.area, area),
        test.compare("participation_heads", part.heads, total.heads, heads),
    ]
}

/// Both approval comparisons of one answer.
pub(crate) fn approval(law: Law, matter: u8, total: Measure, part: Measure, yes: Measure) -> [Comparison; 2] {
    let (test, of) = (law.approval(matter), if law.approves_of_all() { total } else { part });
    [
        test.compare("approval_area", yes.area, of.area, area),
        test.compare("approval_heads", yes.heads, of.heads, heads),
    ]
}

impl Test {
    fn compare(
        &self,
        code: &'static str,
        left: Option<i64>,
        right: Option<i64>,
        show: fn(i128) -> String,
    ) -> Comparison {
        let left = left.map(|it| i128::from(it) * self.times_left);
        let right = right.map(|it| i128::from(it) * self.times_right);
        // Nobody of nobody is no participation and no approval.
        let holds =
            |(left, right): (i128, i128)| 0 < left && if self.strict { right < left } else { right <= left };
        Comparison {
            code,
            option: None,
            met: left.zip(right).map(holds),
            left: left.map(show),
            op: if self.strict { ">" } else { ">=" },
            right: right.map(show),
        }
    }
}

fn area(thousandths: i128) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
}

fn heads(number: i128) -> String {
    number.to_string()
}

/// All met: yes; one not: no; otherwise not known.
pub(crate) fn all_met<'a>(comparisons: impl Iterator<Item = &'a Comparison>) -> Option<bool> {
    let mut so_far = Some(true);
    for it in comparisons {
        match it.met {
            Some(false) => return Some(false),
            Some(true) => {}
            None => so_far = None,
        }
    }
    so_far
}

/// A comparison in words.
pub(crate) fn says(it: &Comparison) -> String {
    let what = match it.code {
        "participation_area" => "参与表决的专有部分面积",
        "participation_heads" => "参与表决的业主人数",
        "approval_area" => "同意的专有部分面积",
        _ => "同意的业主人数",
    };
    let (left, right) = (it.left.as_deref().unwrap_or("未知"), it.right.as_deref().unwrap_or("未知"));
    let verdict = match it.met {
        Some(true) => "达到",
        Some(false) => "未达到",
        None => "无法判断",
    };
    // What is printed is true: a comparison that fails is told the other way round.
    let relation = match (it.met, it.op) {
        (Some(false), ">") => "<=",
        (Some(false), _) => "<",
        (_, op) => op,
    };
    format!("{what}{verdict}：{left} {relation} {right}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(law: Law, matter: u8, total: i64, part: i64, yes: i64, met: [bool; 2]) {
        let measure = |n: i64| Measure { heads: Some(n), area: Some(n * 1000) };
        let found = [
            all_met(participation(law, measure(total), measure(part)).iter()),
            all_met(approval(law, matter, measure(total), measure(part), measure(yes)).iter()),
        ];
        assert_eq!(found, met.map(Some), "{total} {part} {yes}");
    }

    #[test]
    fn two_thirds_take_part_exactly_and_half_of_them_is_not_more_than_half() {
        check(Law::CivilCode278, 4, 3, 2, 2, [true, true]);
        check(Law::CivilCode278, 4, 150, 100, 50, [true, false]);
        check(Law::CivilCode278, 4, 150, 99, 51, [false, true]);
        check(Law::CivilCode278, 4, 150, 100, 51, [true, true]);
    }

    #[test]
    fn three_quarters_include_the_number() {
        check(Law::CivilCode278, 7, 12, 8, 6, [true, true]);
        check(Law::CivilCode278, 7, 12, 9, 6, [true, false]);
        check(Law::CivilCode278, 5, 12, 8, 5, [true, true]);
    }

    #[test]
    fn before_2021_approval_is_of_all_owners() {
        check(Law::Before2021, 4, 100, 51, 51, [true, true]);
        check(Law::Before2021, 4, 100, 50, 50, [false, false]);
        check(Law::Before2021, 5, 99, 66, 66, [true, true]);
        check(Law::Before2021, 5, 99, 66, 65, [true, false]);
        check(Law::Before2021, 8, 100, 60, 51, [true, true]);
    }

    #[test]
    fn the_law_is_that_of_the_day() {
        assert_eq!(Law::on(date(2021, 1, 1)).unwrap(), Law::CivilCode278);
        assert_eq!(Law::on(date(2020, 12, 31)).unwrap(), Law::Before2021);
        assert_eq!(Law::on(date(2007, 10, 1)).unwrap(), Law::Before2021);
        assert!(Law::on(date(2007, 9, 30)).unwrap_err().message.contains("2007年10月1日"));
    }
}
