//! When facts may be settled, and how two versions differ. Pure.

use std::collections::BTreeSet;

use ::rules::{Facts, Pack, catalogue};
use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::Settling;

/// Longest reason, in characters.
const LONGEST_REASON: usize = 200;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SnapshotRefusal {
    #[error("所有参评小区的台账数据都已核定。确需更正的，请在那个小区后面重新核定并写明理由")]
    NothingToSettle,
    #[error("已经认定，台账数据不能再重新核定。如确有错误，请另行发文")]
    Closed,
}

impl Refusal for SnapshotRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingToSettle => "campaigns.facts_settled",
            Self::Closed => "campaigns.facts_closed",
        }
    }
}

/// The day and reason as typed. `first`: the day the campaign began, before which its facts are not told of. `again`:
/// it was settled before, and says why it is done anew.
pub(crate) fn settling(
    form: &Settling,
    first: Option<Date>,
    today: Date,
    again: bool,
) -> Result<(Date, String), Problem> {
    let mut errors = vec![];
    let typed = form.facts_on.trim();
    let facts_on = if typed.is_empty() { Some(today) } else { typed.parse().ok() };
    let facts_on = facts_on.filter(|it: &Date| first.is_none_or(|first| first <= *it) && *it <= today);
    if facts_on.is_none() {
        let from = first.map_or(String::new(), |it| format!("从活动开始的{it}"));
        errors.push(FieldError::new("facts_on", format!("请填写{from}到今天（{today}）之间的日期")));
    }
    let reason = identifiers::mask_numbers(form.reason.trim());
    if again && reason.is_empty() {
        errors.push(FieldError::new("reason", "请写明重新核定的理由，如申诉被采纳、台账记录更正"));
    } else if LONGEST_REASON < reason.chars().count() {
        errors.push(FieldError::new("reason", format!("理由不超过{LONGEST_REASON}个字")));
    }
    match facts_on {
        Some(facts_on) if errors.is_empty() => Ok((facts_on, reason)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// What differs between two findings among what a pack asks for: title, before, after.
pub(crate) fn changed(pack: &Pack, before: &Facts, after: &Facts) -> Vec<(String, String, String)> {
    let all = catalogue().all().iter().enumerate();
    let asked = asked(pack);
    let show = |facts: &Facts, at: usize| {
        facts.at(at).map_or("无记录".to_owned(), |it| catalogue().all()[at].show(it))
    };
    all.filter(|(at, _)| asked.contains(at) && before.at(*at) != after.at(*at))
        .map(|(at, fact)| (fact.title.clone(), show(before, at), show(after, at)))
        .collect()
}

/// The facts a pack's gates, vetoes and items ask for, and what breaks ties.
fn asked(pack: &Pack) -> BTreeSet<usize> {
    let mut asked: BTreeSet<usize> = catalogue().place("owner_satisfaction_rate").into_iter().collect();
    let mut note = |place| asked.extend([place]);
    pack.standard.gates.iter().for_each(|it| it.when.asks(&mut note));
    pack.standard.vetoes.iter().for_each(|it| it.when.asks(&mut note));
    pack.standard.items().for_each(|it| it.asks(&mut note));
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(it: &str) -> Date {
        it.parse().unwrap()
    }

    #[test]
    fn facts_are_told_of_a_day_of_the_campaign_and_anew_only_with_a_reason() {
        let form = |on: &str, reason: &str| Settling {
            facts_on: on.to_owned(),
            reason: reason.to_owned(),
            ..Settling::default()
        };
        let settles =
            |form: &Settling, again| settling(form, Some(day("2024-07-26")), day("2024-09-20"), again);
        assert_eq!(settles(&form("", ""), false).unwrap(), (day("2024-09-20"), String::new()));
        assert_eq!(settles(&form("2024-07-26", ""), false).unwrap().0, day("2024-07-26"));
        for typed in ["2024-07-25", "2024-09-21", "九月"] {
            assert!(settles(&form(typed, ""), false).is_err(), "{typed}");
        }
        assert!(settles(&form("", " "), true).is_err());
        assert_eq!(settles(&form("", "台账更正"), true).unwrap().1, "台账更正");
        assert!(settles(&form("", &"字".repeat(201)), true).is_err());
    }

    #[test]
    fn only_what_the_standard_asks_for_is_told_as_changed() {
        let pack = crate::packs::named("luan-2024-beautiful-home").unwrap();
        let facts = |json: &str| serde_json::from_str::<Facts>(json).unwrap();
        let before = facts(r#"{"owner_satisfaction_rate": "0.97", "survey_valid_answers": 100}"#);
        let after = facts(r#"{"owner_satisfaction_rate": "0.9", "survey_valid_answers": 90}"#);
        let told = changed(&pack, &before, &after);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((told[0].1.as_str(), told[0].2.as_str()), ("97%", "90%"));
    }
}
