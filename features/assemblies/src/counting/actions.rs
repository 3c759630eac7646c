//! The verbs. Each one: load, permit, decide, save, record.

use std::collections::BTreeSet;

use ::store::{Recorded, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::{FieldError, Problem};
use serde_json::json;

use super::{
    events::{BallotVoid, BallotsOpened, ResultFinal},
    rules, store,
    types::{Posted, Voiding},
};
use crate::{
    decisions::{self, Decision, DecisionId, Stage, policy, rules::DecisionRefusal},
    enclosures, executions, notices,
    objections::{self, Answering, Objected, ObjectionId},
    records::{self, BallotText},
    rolls,
    voting::{self, rules as voting_rules},
};

/// 计票: the ballots that count are opened, counted and posted; the first time, or again with a reason.
pub(crate) fn count(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    typed: &str,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    let sheets = voting::store::sheets(tx, id)?;
    let by_building = voting_rules::sheets_by_building(&sheets);
    let stage = decisions::rules::may_count(&decision, voting_rules::open_sheets(&sheets), &by_building)?;
    if decision.terms.scans {
        let agreed: Vec<_> =
            sheets.iter().filter(|it| it.state == voting::types::SheetState::Agreed).collect();
        let missing = agreed.len() - enclosures::scanned(tx, agreed.iter().copied())?.len();
        if 0 < missing {
            return Err(DecisionRefusal::ScansMissing(missing).into());
        }
    }
    let newest = store::results(tx, id)?.into_iter().next();
    let n = newest.as_ref().map_or(1, |it| it.n + 1);
    let (held, entered) = voting_rules::paper(decision.stage.boxes(), &sheets);
    let reason = rules::reason(n == 1, held.saturating_sub(entered), typed)?;
    if let Some(newest) = &newest {
        let upheld = objections::upheld_since(tx, id.into(), newest.posted_at)?;
        rules::may_recount(upheld, records::voided_since(tx, id, newest.posted_at)?)?;
    }
    let noticed = *decision.stage.noticed().ok_or(Problem::NotFound)?;
    let units = rolls::units(tx, None, noticed.roll)?;
    let ballots = effective(tx, vault, &decision)?;
    let delivered = delivered(tx, id)?;
    let result = rules::count(&decision, &rolls::canonical(&units), &delivered, &ballots)?;
    let result = serde_json::to_value(&result).map_err(StoreError::from)?;
    if n == 1 {
        records::append(tx, id, "opening", &json!({ "effective": ballots.len() }))?;
    }
    records::append(
        tx,
        id,
        "result",
        &json!({ "version": n, "reason": reason, "posted_on": tx.ctx.today(), "result": result }),
    )?;
    let (today, days) = (tx.ctx.today(), decision.terms.result_days);
    let posted = Posted {
        n,
        body: result.to_string(),
        posted_on: today,
        posted_at: tx.ctx.now,
        days: i64::from(days),
        next_step: calendar::earliest_step_after_notice(today, days),
        reason,
    };
    store::add(tx, id, &posted)?;
    records::checkpoint(tx, vault, id)?;
    decisions::store::save(tx, &Decision { stage, ..decision })?;
    let ballots = ballots.len();
    let decision = decisions::store::load(tx, id)?;
    let words = if n == 1 {
        "初步结果已公示，有异议请在公示期内提出"
    } else {
        "计票结果已更正，重新公示"
    };
    notices::owners_of(tx, &decision, &format!("result:{n}"), words)?;
    Ok(((), tx.record(permit, &BallotsOpened { decision: id, version: n, ballots })?))
}

/// The one ballot of each unit that counts, opened: told over again from all that were put in, and not one may be missing.
fn effective(tx: &mut Tx<'_>, vault: &Vault, decision: &Decision) -> Result<Vec<BallotText>, Problem> {
    let all = voting::store::ballots(tx, decision.id)?;
    let commitments = records::commitments(tx, decision.id)?;
    let counting = voting::precedence::effective(&decision.terms, &all);
    rules::complete(decision, &all, &commitments, &counting, &voting::store::effective(tx, decision.id)?)?;
    let counting: BTreeSet<i64> = counting.into_values().map(|it| it.ballot).collect();
    let mut opened = vec![];
    for kept in all.iter().filter(|it| counting.contains(&it.n)) {
        let text = vault.open_sealed(&Sealed(kept.sealed.clone())).map_err(Problem::Broken)?;
        let commitment = commitments.get(&kept.n).map_or("", String::as_str);
        opened.push(rules::opened(decision, kept, &text, commitment)?);
    }
    Ok(opened)
}

/// Units with a record of delivery, for the silent-vote clause.
pub(crate) fn delivered(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<String>, Problem> {
    let letters = voting::store::letters(tx, id)?;
    Ok(letters.into_iter().filter(|it| it.delivered_at.is_some()).map(|it| it.unit).collect())
}

/// 确认最终结果.
pub(crate) fn finalize(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    let newest = store::results(tx, id)?.into_iter().next();
    let newest = newest.ok_or(DecisionRefusal::Stage("还没有公示初步结果"))?;
    let (open, _) = objections::counts(tx, id.into())?;
    let upheld = objections::upheld_since(tx, id.into(), newest.posted_at)?
        + i64::from(records::voided_since(tx, id, newest.posted_at)?);
    let stage = decisions::rules::finalize(&decision, newest.next_step, open, upheld, tx.ctx.today())?;
    records::append(tx, id, "final", &json!({ "version": newest.n }))?;
    executions::begin(tx, id)?;
    records::checkpoint(tx, vault, id)?;
    // 业主大会、业主委员会作出的决定，告知社区党组织和居委会 (LA-048).
    let told = [notices::branch(&decision.place), notices::neighborhood(&decision.place)];
    notices::decision(tx, &decision, "final", "业主大会已作出决定", &told)?;
    notices::owners_of(tx, &decision, "owners final", "业主大会已作出决定")?;
    decisions::store::save(tx, &Decision { stage, ..decision })?;
    Ok(((), tx.record(permit, &ResultFinal { decision: id, version: newest.n })?))
}

/// 作废: the street's ruling on an objection that it has upheld. It says which: this ballot alone, so that what was cast before it
/// counts again, or every ballot of the unit, so that it takes no part. The count has to be made and posted again.
pub(crate) fn void(tx: &mut Tx<'_>, id: DecisionId, form: &Voiding) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_answer(&tx.ctx.actor, &decision.place)?;
    if !matches!(decision.stage, Stage::Provisional(..)) {
        return Err(DecisionRefusal::Stage("不在公示期").into());
    }
    let newest = store::results(tx, id)?.into_iter().next();
    let upheld = match &newest {
        Some(newest) => objections::upheld_since(tx, id.into(), newest.posted_at)?,
        None => 0,
    };
    if upheld == 0 {
        return Err(DecisionRefusal::NotUpheld.into());
    }
    let whole = rules::whole_unit(&form.scope)?;
    let reason = voting_rules::reason(&form.reason, "作废")?;
    let unit = identifiers::narrowed(&form.unit);
    let Some(counting) = voting::store::effective_of(tx, id, &unit)? else {
        let message = format!("“{unit}”没有有效的票，请按名册的写法填写房号");
        return Err(Problem::Invalid(vec![FieldError::new("unit", message)]));
    };
    let all = voting::store::ballots_of(tx, id, &unit)?;
    for it in all.iter().filter(|it| !it.void && (whole || it.n == counting.ballot)) {
        voting::void_ballot(tx, &decision, it.n, &unit, &reason)?;
    }
    let words = if whole {
        "街道核查异议后，您这套房屋的票已作废"
    } else {
        "街道核查异议后，您这套房屋的一张票已作废"
    };
    let units = std::slice::from_ref(&unit);
    notices::owners_of_units(tx, &decision, units, &format!("void:{}", counting.ballot), words)?;
    Ok(((), tx.record(permit, &BallotVoid { decision: id, ballot: counting.ballot })?))
}

/// 答复对结果的异议, until the result is final.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    objection: ObjectionId,
    form: &Answering,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let (permit, objection) = objections::may_answer(tx, &decision.place, id.into(), objection)?;
    let number = objection.id;
    // What was raised before it was cancelled is answered all the same.
    if !matches!(decision.stage, Stage::Provisional(..) | Stage::Cancelled { .. }) {
        return Err(DecisionRefusal::Stage("不在公示期").into());
    }
    let what = format!("“{}”的表决结果", decision.title);
    let about = Objected { subject: id.into(), place: &decision.place, what: &what };
    let ((), recorded) = objections::answer(tx, vault, permit, about, objection, form)?;
    let said = json!({ "objection": number.to_string(), "outcome": form.outcome, "answer": identifiers::mask_numbers(form.answer.trim()) });
    records::append(tx, id, "objection_answer", &said)?;
    Ok(((), recorded))
}
