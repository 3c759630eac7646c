//! What an advice may say, and how candidates stand to it. Pure.

use kernel::{FieldError, Problem};

use super::types::Advising;
use crate::affairs::said;

const LONGEST: usize = 300;
/// 业主委员会 5 to 11 members, an odd number (指导规则 Art. 32).
const SEATS: std::ops::RangeInclusive<i64> = 5..=11;

/// What was typed, understood.
pub(crate) struct Advised {
    pub(crate) seats: i64,
    pub(crate) party_percent: i64,
    pub(crate) cross_percent: i64,
    pub(crate) ages: (i64, i64),
    pub(crate) words: String,
}

/// `usual`: the share of party members that goes where none was typed.
pub(crate) fn advise(form: &Advising, usual: usize) -> Result<Advised, Problem> {
    let mut errors = vec![];
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let seats = number(&form.seats).filter(|it| SEATS.contains(it) && it % 2 == 1);
    if seats.is_none() {
        errors.push(FieldError::new("seats", "请填写席位数，5至11的单数"));
    }
    let mut percent = |field: &'static str, text: &str, otherwise: i64| match text.trim() {
        "" => otherwise,
        typed => number(typed).filter(|it| (0..=100).contains(it)).unwrap_or_else(|| {
            errors.push(FieldError::new(field, "请填写0至100的整数"));
            0
        }),
    };
    let party_percent = percent("party_percent", &form.party_percent, usual as i64);
    let cross_percent = percent("cross_percent", &form.cross_percent, 0);
    let age = |text: &str| number(text).filter(|it| (18..=100).contains(it));
    let ages = age(&form.youngest).zip(age(&form.oldest)).filter(|it| it.0 <= it.1);
    if ages.is_none() {
        errors.push(FieldError::new("youngest", "请填写年龄范围，18至100岁，从小到大"));
    }
    let words = said("words", &form.words, LONGEST, "请写明建议的理由和其他考虑", &mut errors);
    match (seats, ages) {
        (Some(seats), Some(ages)) if errors.is_empty() => {
            Ok(Advised { seats, party_percent, cross_percent, ages, words })
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Whoever stands, as far as the advice asks: a member of the party, of both sides, and the year of birth or 0.
pub(crate) type Standing = (bool, bool, i64);

/// How those who passed stand to what is asked, in a sentence a measure; nothing while there is nobody.
pub(crate) fn compared(
    all: &[Standing],
    (party_percent, cross_percent): (i64, i64),
    ages: Option<(i64, i64)>,
    year: i64,
) -> Vec<String> {
    let n = all.len() as i64;
    if n == 0 {
        return vec![];
    }
    let count = |is: &dyn Fn(&Standing) -> bool| all.iter().filter(|it| is(it)).count() as i64;
    let short = |part: i64, percent: i64| if part * 100 < percent * n { "低于" } else { "不低于" };
    let (party, crossing) = (count(&|it| it.0), count(&|it| it.1));
    let mut told = vec![
        format!(
            "已通过{n}人，党员{party}人，{}{party_percent}%（一般要求，提示不影响提名）",
            short(party, party_percent)
        ),
        if cross_percent == 0 {
            format!("社区“两委”成员和网格员{crossing}人")
        } else {
            format!("社区“两委”成员和网格员{crossing}人，{}{cross_percent}%", short(crossing, cross_percent))
        },
    ];
    let born: Vec<i64> = all.iter().map(|it| year - it.2).filter(|it| *it < year).collect();
    if let (Some(youngest), Some(oldest)) = (born.iter().min(), born.iter().max()) {
        let mean = born.iter().sum::<i64>() / born.len() as i64;
        let outside = ages.map(|(from, to)| born.iter().filter(|it| !(from..=to).contains(it)).count());
        let outside = match (outside, ages) {
            (Some(n), Some((from, to))) if 0 < n => format!("，{n}人不在{from}至{to}岁"),
            _ => String::new(),
        };
        let untold = n - born.len() as i64;
        let untold = if untold == 0 { String::new() } else { format!("，{untold}人没有填写") };
        let span = if youngest == oldest {
            format!("年龄{oldest}岁")
        } else {
            format!("年龄{youngest}至{oldest}岁，平均{mean}岁")
        };
        told.push(format!("{span}{outside}{untold}"));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: SC-029
    #[test]
    fn the_three_measures_are_told_and_bar_nothing() {
        let year = 2024;
        let all = [
            (true, true, 1984),
            (true, false, 1954),
            (true, false, 0),
            (false, false, 1994),
            (false, false, 2000),
        ];
        let told = compared(&all, (60, 20), Some((30, 65)), year);
        assert_eq!(told[0], "已通过5人，党员3人，不低于60%（一般要求，提示不影响提名）");
        assert_eq!(told[1], "社区“两委”成员和网格员1人，不低于20%");
        assert_eq!(told[2], "年龄24至70岁，平均41岁，2人不在30至65岁，1人没有填写");
        let told = compared(&all[3..], (60, 0), None, year);
        assert_eq!(told[0], "已通过2人，党员0人，低于60%（一般要求，提示不影响提名）");
        assert_eq!(told[1..], ["社区“两委”成员和网格员0人", "年龄24至30岁，平均27岁"]);
        assert_eq!(compared(&[], (60, 0), None, year), Vec::<String>::new());
    }

    #[test]
    fn an_advice_has_odd_seats_percents_and_ages_in_order() {
        let own = str::to_owned;
        let right = Advising {
            seats: own("7"),
            youngest: own("30"),
            oldest: own("65"),
            words: own("老旧小区，老人多"),
            ..Advising::default()
        };
        let it = advise(&right, 60).unwrap();
        assert_eq!((it.seats, it.party_percent, it.cross_percent, it.ages), (7, 60, 0, (30, 65)));
        let wrong = Advising { seats: own("6"), party_percent: own("101"), oldest: own("20"), ..right };
        let Err(Problem::Invalid(errors)) = advise(&wrong, 60) else { panic!("an even number of seats") };
        let fields: Vec<&str> = errors.iter().map(|it| it.field.as_ref()).collect();
        assert_eq!(fields, ["seats", "party_percent", "youngest"]);
    }
}
