//! From sealed texts to a count: which ballots are opened, whether each is what was put in, what they come to. Pure.

use std::collections::BTreeMap;

use kernel::{FieldError, Problem};

use crate::{
    Ballot, TallyResult, TallyRules,
    decisions::{Decision, rules::DecisionRefusal},
    read_roll,
    records::{self, BallotText},
    tally,
    voting::types::{Effective, KeptBallot},
};

/// Every ballot of the log lies in the store and no other, and the table of those that count says what the rule says.
pub(crate) fn complete(
    decision: &Decision,
    all: &[KeptBallot],
    commitments: &BTreeMap<i64, String>,
    counting: &BTreeMap<String, Effective>,
    kept: &[Effective],
) -> Result<(), Problem> {
    let broken = |what: &str| Problem::Broken(anyhow::anyhow!("votes of {}: {what}", decision.id));
    if !all.iter().map(|it| it.n).eq(commitments.keys().copied()) {
        return Err(broken("the ballots are not those of the log"));
    }
    if counting.values().eq(kept) {
        Ok(())
    } else {
        Err(broken("those that count are not those the rule names"))
    }
}

/// A ballot read back, and proven to be what the log says was put in for this unit of this decision.
pub(crate) fn opened(
    decision: &Decision,
    kept: &KeptBallot,
    text: &str,
    hash: &str,
) -> Result<BallotText, Problem> {
    let broken =
        |what: &str| Problem::Broken(anyhow::anyhow!("ballot {} of {}: {what}", kept.n, decision.id));
    if records::commitment(text) != hash {
        return Err(broken("its text is not what the log committed to"));
    }
    let ballot: BallotText = serde_json::from_str(text).map_err(|it| broken(&it.to_string()))?;
    let same = ballot.unit == kept.unit
        && ballot.decision == decision.id.to_string()
        && ballot.at == kept.at
        && ballot.channel == kept.channel.code()
        && (ballot.mandate.is_some() || !kept.proxy);
    if same { Ok(ballot) } else { Err(broken("its text is another's")) }
}

/// One row per unit and item, as `jiayuan tally` reads them.
pub(crate) fn rows(ballots: &[BallotText]) -> Vec<Ballot> {
    let mut rows = vec![];
    for it in ballots {
        for (topic, choice) in &it.choices {
            rows.push(Ballot {
                line: rows.len() as u64 + 2,
                unit: it.unit.clone(),
                topic: topic.clone(),
                choice: choice.clone(),
                cast_at: it.at.to_string(),
            });
        }
    }
    rows
}

/// The count under the rules that were noticed.
pub(crate) fn count(
    decision: &Decision,
    roll: &str,
    delivered: &[String],
    ballots: &[BallotText],
) -> Result<TallyResult, Problem> {
    let broken = |it: crate::Refused| Problem::Broken(it.into());
    let rules: TallyRules = serde_json::from_value(records::rules_of(decision, delivered))
        .map_err(|it| Problem::Broken(it.into()))?;
    let result = tally(&rules, &read_roll(roll).map_err(broken)?, &rows(ballots)).map_err(broken)?;
    // What was taken and does not count would be a fault of this house, not of a voter.
    match result.rejected.first() {
        None => Ok(result),
        Some(it) => {
            Err(Problem::Broken(anyhow::anyhow!("a ballot of {} does not count: {}", it.unit, it.reason)))
        }
    }
}

/// Nobody counts again because the numbers do not please.
pub(crate) fn may_recount(upheld: i64, voided: bool) -> Result<(), DecisionRefusal> {
    if 0 < upheld || voided { Ok(()) } else { Err(DecisionRefusal::NothingUpheld) }
}

/// Why a count is made again, or why it is made while sheets that lay in the boxes are not entered.
pub(crate) fn reason(is_first: bool, missing: usize, typed: &str) -> Result<String, Problem> {
    let reason = identifiers::mask_numbers(typed.trim());
    let said = !reason.is_empty() && reason.chars().count() <= 200;
    let message = match (is_first, missing) {
        _ if said => return Ok(reason),
        (true, 0) => return Ok(String::new()),
        (true, missing) => {
            format!(
                "票箱里还有{missing}张纸质票没有录入。请先录完；确实不计入的，请写明理由，会与结果一起公示，不超过200个字"
            )
        }
        (false, _) => "重新计票请写明更正的理由，不超过200个字".to_owned(),
    };
    Err(Problem::Invalid(vec![FieldError::new("reason", message)]))
}

/// 作废的范围: the whole unit, or the one ballot; nobody guesses which was meant.
pub(crate) fn whole_unit(typed: &str) -> Result<bool, Problem> {
    match typed {
        "unit" => Ok(true),
        "ballot" => Ok(false),
        _ => {
            let message = "请选择只作废这一张，还是这套房屋全部不计入";
            Err(Problem::Invalid(vec![FieldError::new("scope", message)]))
        }
    }
}
