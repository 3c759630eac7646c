//! How many ballots are drawn, which, and what the answers prove. Pure.

use std::collections::BTreeMap;

use kernel::{FieldError, Problem, Refusal};
use sha2::{Digest as _, Sha256};

use super::types::{CallState, Drawing};
use crate::{
    decisions::{Decision, Item, Stage},
    voting::rules as voting_rules,
};

/// Shares of wrong ballots, in percent, that a draw may be made to find.
pub(crate) const SHARES: [u32; 3] = [10, 5, 2];
const FEWEST_THROWS: usize = 10;
const MOST_THROWS: usize = 60;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SpotCheckRefusal {
    #[error("计票并公示初步结果以后才能抽查")]
    NotCounted,
    #[error("最终结果已经确认，不再抽查和登记回访")]
    Final,
    #[error("第{0}版结果已经抽取过，换骰子重抽就不再是抽查")]
    Drawn(i64),
    #[error("没有有效的票，无从抽查")]
    NoBallots,
}

impl Refusal for SpotCheckRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotCounted => "assemblies.spot_check_stage",
            Self::Final => "assemblies.spot_check_final",
            Self::Drawn(_) => "assemblies.spot_check_drawn",
            Self::NoBallots => "assemblies.spot_check_empty",
        }
    }
}

/// The chance, in units of 10⁻¹⁸ and rounded up, that `asked` ballots drawn with replacement are all right although `share` percent
/// of all are wrong. Drawn without replacement, as here, it is smaller still.
fn missed(share: u32, asked: usize) -> u128 {
    (0..asked).fold(10_u128.pow(18), |left, _| (left * u128::from(100 - share)).div_ceil(100))
}

/// How many to ask so that a share of wrong ballots is found in 99 of 100 cases: ⌈ln 0.01 ÷ ln(1 − share)⌉.
pub(crate) fn size(share: u32) -> usize {
    (1..).find(|n| missed(share, *n) <= 10_u128.pow(16)).unwrap_or(usize::MAX)
}

/// How sure one may be, in percent with one decimal and rounded down, that fewer than `share` percent are wrong when all of `asked`
/// agreed.
pub(crate) fn confidence(share: u32, asked: usize) -> String {
    let tenths = (10_u128.pow(18) - missed(share, asked)) / 10_u128.pow(15);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// The ballots the dice name: by the SHA-256 of `seed,number`, the smallest first. Anybody can do it again.
pub(crate) fn draw(seed: &str, ballots: impl IntoIterator<Item = i64>, most: usize) -> Vec<i64> {
    let hashed = |n: i64| (Sha256::digest(format!("{seed},{n}").as_bytes()).to_vec(), n);
    let mut all: Vec<(Vec<u8>, i64)> = ballots.into_iter().map(hashed).collect();
    all.sort();
    all.truncate(most);
    all.into_iter().map(|it| it.1).collect()
}

/// What was typed of the dice, and the share to be found.
pub(crate) fn read(form: &Drawing) -> Result<(String, u32), Problem> {
    let mut errors = vec![];
    let typed = identifiers::narrowed(&form.seed);
    let seed: String = typed.chars().filter(|it| !it.is_whitespace() && !"，,、".contains(*it)).collect();
    let dice = seed.chars().all(|it| ('1'..='6').contains(&it));
    if !dice || !(FEWEST_THROWS..=MOST_THROWS).contains(&seed.len()) {
        let message = format!(
            "请当众掷骰子{FEWEST_THROWS}至{MOST_THROWS}次，按先后填写每次的点数，只有1到6，如 3526114625"
        );
        errors.push(FieldError::new("seed", message));
    }
    let share = form.share.trim().parse().ok().filter(|it| SHARES.contains(it));
    if share.is_none() {
        errors.push(FieldError::new("share", "请选择要查出多大比例的错票"));
    }
    match share {
        Some(share) if errors.is_empty() => Ok((seed, share)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Once per posted result, after the count.
pub(crate) fn may_draw(decision: &Decision, version: i64, is_drawn: bool) -> Result<(), SpotCheckRefusal> {
    must_be_posted(decision)?;
    if is_drawn { Err(SpotCheckRefusal::Drawn(version)) } else { Ok(()) }
}

/// Drawn and answered while the result is posted: afterwards nothing is changed any more.
pub(crate) fn must_be_posted(decision: &Decision) -> Result<(), SpotCheckRefusal> {
    match decision.stage {
        Stage::Provisional(..) => Ok(()),
        Stage::Final(..) => Err(SpotCheckRefusal::Final),
        _ => Err(SpotCheckRefusal::NotCounted),
    }
}

/// What is noted of a call; what was settled is changed only with a reason, or whoever asks could try one choice after another.
pub(crate) fn note(before: CallState, typed: &str) -> Result<String, Problem> {
    let note = identifiers::mask_numbers(typed);
    let settled = matches!(before, CallState::Agrees | CallState::Differs | CallState::Denied);
    if 200 < note.chars().count() || (settled && note.chars().count() < 4) {
        let message = "这一户已经登记过，更改请写明理由，4至200个字；原来的登记留在日志里";
        return Err(Problem::Invalid(vec![FieldError::new("note", message)]));
    }
    Ok(note)
}

/// The choices an owner remembered, by item.
pub(crate) fn said(
    agenda: &[Item],
    form: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Problem> {
    let mut said = BTreeMap::new();
    for item in agenda {
        let choice = form.get(&voting_rules::field_of(item)).map_or("", String::as_str);
        if voting_rules::answers(item).iter().any(|it| it.0 == choice) {
            said.insert(item.id.clone(), choice.to_owned());
        } else if !choice.is_empty() {
            let message = format!("“{}”的选择与表决票不符，请重新选择", item.title);
            return Err(Problem::Invalid(vec![FieldError::new("outcome", message)]));
        }
    }
    Ok(said)
}

/// What a voter's word comes to: compared with the ballot item by item, as far as it was said. What the mandate did not cover is not on
/// the ballot and is not compared.
pub(crate) fn heard(
    outcome: &str,
    said: &BTreeMap<String, String>,
    ballot: &BTreeMap<String, String>,
) -> Result<CallState, Problem> {
    let said: BTreeMap<&String, &String> = said.iter().filter(|it| ballot.contains_key(it.0)).collect();
    match outcome {
        "denied" => Ok(CallState::Denied),
        "unreached" => Ok(CallState::Unreached),
        "asked" if said.is_empty() => {
            let message = "请至少选一项业主说的选择；记不清的议题可以不选";
            Err(Problem::Invalid(vec![FieldError::new("outcome", message)]))
        }
        "asked" => {
            let same = said.iter().all(|(item, choice)| ballot.get(*item) == Some(*choice));
            Ok(match (same, said.len() == ballot.len()) {
                (true, true) => CallState::Agrees,
                (true, false) => CallState::Partly,
                (false, _) => CallState::Differs,
            })
        }
        _ => Err(Problem::Invalid(vec![FieldError::new("outcome", "请选择问到了、没有投过，还是联系不上")])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_are_asked_as_the_formula_says_and_are_as_sure() {
        // ⌈ln 0.01 ÷ ln(1 − m)⌉ for m = 10 %, 5 %, 2 %.
        assert_eq!(SHARES.map(size), [44, 90, 228]);
        assert_eq!([0, 1, 43, 44].map(|it| confidence(10, it)), ["0.0", "10.0", "98.9", "99.0"]);
        assert_eq!(confidence(2, 228), "99.0");
    }

    #[test]
    fn the_dice_name_the_same_ballots_to_everybody() {
        let all = 0..1000;
        let drawn = draw("3526114625", all.clone(), 44);
        assert_eq!(drawn.len(), 44);
        assert_eq!(draw("3526114625", all.clone().rev(), 44), drawn);
        assert_ne!(draw("3526114626", all, 44), drawn);
        assert_eq!(draw("1", [7, 9], 44).len(), 2, "a small vote is asked whole");
        // The first three of ten as `sha256sum` orders them.
        assert_eq!(draw("3526114625", 0..10, 3), [1, 4, 2]);
    }

    #[test]
    fn only_dice_are_dice() {
        let read = |seed: &str, share: &str| {
            read(&Drawing { seed: seed.to_owned(), share: share.to_owned() }).map_err(|it| format!("{it:?}"))
        };
        assert_eq!(read("35 26，１１ 46 25 1", "5"), Ok(("35261146251".to_owned(), 5)));
        for seed in ["", "352611462", "3526114627", "掷了十次骰子没有记下来", &"1".repeat(61)] {
            assert!(read(seed, "5").unwrap_err().contains("掷骰子"), "{seed}");
        }
        assert!(read("3526114625", "50").unwrap_err().contains("share"));
    }

    #[test]
    fn what_an_owner_remembers_is_compared_and_no_more() {
        let ballot = BTreeMap::from([("1".to_owned(), "yes".to_owned()), ("2".to_owned(), "no".to_owned())]);
        let said = |item: &str, choice: &str| BTreeMap::from([(item.to_owned(), choice.to_owned())]);
        let heard = |outcome, said| heard(outcome, &said, &ballot).ok();
        assert_eq!(heard("asked", ballot.clone()), Some(CallState::Agrees));
        assert_eq!(heard("asked", said("2", "no")), Some(CallState::Partly));
        assert_eq!(heard("asked", said("2", "yes")), Some(CallState::Differs));
        assert_eq!(heard("asked", said("3", "yes")), None, "not on the ballot");
        assert_eq!(heard("asked", BTreeMap::new()), None);
        assert_eq!(heard("denied", BTreeMap::new()), Some(CallState::Denied));
        assert_eq!(heard("", BTreeMap::new()), None);
    }
}
