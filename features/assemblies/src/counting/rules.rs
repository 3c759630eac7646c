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
        && ballot.channel == kept.channel.code();
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

/// 更正: why it is counted again; the first count needs no reason.
pub(crate) fn reason(is_first: bool, typed: &str) -> Result<String, Problem> {
    let reason = identifiers::mask_numbers(typed.trim());
    let fits = reason.chars().count() <= 200;
    match (is_first, reason.is_empty() || !fits) {
        (true, _) => Ok(String::new()),
        (false, true) => {
            let message = "重新计票请写明更正的理由，不超过200个字";
            Err(Problem::Invalid(vec![FieldError::new("reason", message)]))
        }
        (false, false) => Ok(reason),
    }
}
