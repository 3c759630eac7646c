//! What a rule file says, when a week is out of the ordinary, and when a reaction is one. Pure.

use std::collections::BTreeSet;

use kernel::{FieldError, Problem, Refusal};
use serde::Deserialize;

use super::types::{Kind, Reactor, Rule, Warning, WarningId};
use crate::profiles;

const RULES: &str = include_str!("../../../../packs/shucheng-2023-tickets/warnings.toml");

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WarningRefusal {
    #[error("这条预警已经有回应")]
    Reacted,
    #[error("请先勾选要一并回应的预警")]
    Nothing,
    #[error("一次最多回应{MOST}条，请分几次")]
    TooMany,
}

/// Warnings that may be reacted to together.
const MOST: usize = 50;

/// The warnings that were ticked, each once.
pub(crate) fn chosen(typed: &[String]) -> Result<Vec<WarningId>, WarningRefusal> {
    let ids: BTreeSet<i64> = typed.iter().filter_map(|it| kernel::parse_id(it)).collect();
    match ids.len() {
        0 => Err(WarningRefusal::Nothing),
        n if MOST < n => Err(WarningRefusal::TooMany),
        _ => Ok(ids.into_iter().map(WarningId::from).collect()),
    }
}

impl Refusal for WarningRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Reacted => "tickets.warning_reacted",
            Self::Nothing => "tickets.no_warning_chosen",
            Self::TooMany => "tickets.too_many_warnings",
        }
    }
}

/// The rules in force, and whether their figures are the house's own.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) source: String,
    pub(crate) unconfirmed: bool,
    pub(crate) rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRules {
    source: String,
    unconfirmed: bool,
    warnings: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    code: String,
    title: String,
    react: Reactor,
    within: String,
    hours: Option<i64>,
    times: Option<i64>,
    days: Option<i64>,
    weeks: Option<i64>,
    once_in: Option<i64>,
}

/// The rules that ship.
pub(crate) fn shipped() -> Result<Rules, String> {
    parse(RULES)
}

/// Reads a rule file, or says in words what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Rules, String> {
    let raw: RawRules = toml::from_str(text).map_err(|it| format!("预警规则无法识别：{it}"))?;
    let rules = raw.warnings.iter().map(rule).collect::<Result<_, _>>()?;
    Ok(Rules { source: raw.source, unconfirmed: raw.unconfirmed, rules })
}

fn rule(raw: &RawRule) -> Result<Rule, String> {
    let given = |name: &str, it: Option<i64>| {
        let wrong = || format!("预警“{}”应写明 {name}，为1至1000的整数", raw.code);
        it.filter(|it| (1..=1000).contains(it)).ok_or_else(wrong)
    };
    let often = || Ok::<_, String>((given("times", raw.times)?, given("days", raw.days)?));
    let kind = match raw.code.as_str() {
        "due_soon" => Kind::DueSoon { hours: given("hours", raw.hours)? },
        "overdue" => Kind::Overdue,
        "repeat_reporter" => often().map(|(times, days)| Kind::RepeatReporter { times, days })?,
        "same_place" => often().map(|(times, days)| Kind::SamePlace { times, days })?,
        "many_anonymous" => often().map(|(times, days)| Kind::ManyAnonymous { times, days })?,
        "sudden_rise" => Kind::SuddenRise {
            times: given("times", raw.times)?,
            weeks: given("weeks", raw.weeks)?,
            once_in: given("once_in", raw.once_in)?,
        },
        other => return Err(format!("没有名为“{other}”的预警")),
    };
    let within = profiles::rules::span(&raw.within)?;
    Ok(Rule { kind, title: raw.title.clone(), react: raw.react, within })
}

/// Whether `week` cases in the last week, after `before` in the `weeks` before, would come of an unchanged rate less
/// often than once in `once_in`. The exact test of two rates: of all cases, how many fall into the last week is binomial.
pub(crate) fn is_rise(week: i64, before: i64, weeks: i64, once_in: i64) -> bool {
    let (n, p) = (week + before, 1.0 / (weeks as f64 + 1.0));
    // P(X = week) by logarithms, because it may be smaller than a number can be; from there upward.
    let choose: f64 = (1..=week).map(|it| ((n - week + it) as f64 / it as f64).ln()).sum();
    let mut term = (choose + week as f64 * p.ln() + before as f64 * (1.0 - p).ln()).exp();
    let mut tail = 0.0;
    for k in week..=n {
        tail += term;
        term *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
    }
    tail * (once_in as f64) < 1.0
}

/// 回应 — what was done, in words.
pub(crate) fn react(warning: &Warning, text: &str) -> Result<String, Problem> {
    if warning.reaction.is_some() {
        return Err(WarningRefusal::Reacted.into());
    }
    let text = identifiers::mask_numbers(text.trim());
    if text.chars().count() < 5 || 500 < text.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("reaction", "请写明采取的措施，5至500个字")]));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound_and_marked_as_the_houses_own() {
        let rules = shipped().unwrap();
        assert_eq!(rules.rules.len(), 6);
        assert!(rules.unconfirmed);
        for (broken, words) in [
            ("times = 3", "应写明 days"),
            ("times = 0\ndays = 3", "应写明 times"),
            ("times = 3\ndays = 3\ncolour = 1", "colour"),
        ] {
            let text = format!(
                "source = \"x\"\nunconfirmed = true\n[[warnings]]\ncode = \"same_place\"\ntitle = \"x\"\nreact = \"county\"\nwithin = \"1 days\"\n{broken}\n"
            );
            assert!(parse(&text).unwrap_err().contains(words), "{broken}");
        }
    }

    #[test]
    fn a_rise_is_told_by_the_exact_binomial_tail() {
        // One a week before: of 17 five or more in the last week come once in some 160, of 18 six once in some 700.
        assert!(!is_rise(5, 12, 12, 200) && is_rise(6, 12, 12, 200));
        assert!(is_rise(4, 0, 12, 200) && !is_rise(2, 0, 12, 200));
        assert!(!is_rise(60, 600, 12, 200) && is_rise(100, 600, 12, 200));
    }

    /// The promise of the pack: of quiet communities' weeks, fewer than one in `once_in` is called a rise.
    #[test]
    fn on_a_simulated_year_false_alarms_stay_below_what_is_promised() {
        let mut state = 0x2024_0820_u64;
        let mut random = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let (mut weeks, mut alarms) = (0, 0);
        for community in 0..400 {
            let rate = 0.2 + f64::from(community % 40) / 10.0;
            let mut poisson = || {
                let (limit, mut product, mut n) = ((-rate).exp(), random(), 0);
                while limit < product {
                    product *= random();
                    n += 1;
                }
                n
            };
            let year: Vec<i64> = (0..64).map(|_| poisson()).collect();
            for at in 12..64 {
                weeks += 1;
                let before = year[at - 12..at].iter().sum();
                alarms += i64::from(4 <= year[at] && is_rise(year[at], before, 12, 200));
            }
        }
        assert!(alarms * 200 < weeks && 0 < alarms, "{alarms} of {weeks}");
    }
}
