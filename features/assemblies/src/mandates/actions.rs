//! The verbs. Each one: load, permit, decide, save, record.

use std::collections::BTreeSet;

use ::store::{Recorded, Tx};
use app::Vault;
use files::{AttachmentId, Kept};
use kernel::{FieldError, Permit, Problem, Tenant};
use serde_json::json;

use super::{
    events::{MandateEnded, MandatePaperTaken, MandateProven, MandateRegistered},
    rules::{self, MandateRefusal},
    store,
    types::{Ending, Mandate, MandateId, Registering},
};
use crate::{
    decisions::{self, DecisionId, policy},
    enclosures, notices, records, rolls,
    rolls::types::Unit,
    voting,
};

/// 登记表决代表 — by the neighborhood, which has seen the paper; the owners whose account is bound hear of it at once. What comes
/// back is the mandate with the code that opens its ballot paper.
pub(crate) fn register(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Registering,
) -> Result<((Mandate, String), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_print(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    let noticed = voting::rules::must_call(&decision, tx.ctx.now)?;
    let typed = identifiers::narrowed(&form.unit);
    let unit = rolls::unit_of_door(tx, noticed.roll, &typed)?;
    let beside_unit = |message: String| FieldError::new("unit", message);
    let unknown = || beside_unit(format!("名册里没有“{typed}”，请按名册上的写法填写房号"));
    let (read, unit) = match (rules::read(form, &decision.agenda, tx.ctx.today()), unit) {
        (Ok(read), Some(unit)) => (read, unit),
        (Ok(_), None) => return Err(Problem::Invalid(vec![unknown()])),
        (Err(Problem::Invalid(mut errors)), None) => {
            errors.push(unknown());
            return Err(Problem::Invalid(errors));
        }
        (Err(problem), _) => return Err(problem),
    };
    let own = rolls::units_of_owners(tx, noticed.roll, &unit)?;
    let mut has_voted = false;
    for it in &own {
        has_voted |= voting::store::effective_of(tx, id, &it.unit)?.is_some();
    }
    let person = vault.look_up(&format!("stands for owners {}", read.number));
    // One that is over leaves the place free, and the log says that it ended.
    let mut standing = standing_for(tx, vault, id, &own)?;
    if let Some(over) = standing.take_if(|it| it.until < tx.ctx.today()) {
        finish(tx, &over, "期限已过")?;
    }
    let held = owners_held(tx, vault, noticed.roll, id, &person)?;
    // Said beside the form, where the other unit or person can be typed at once.
    rules::register(&decision, &read, &unit, standing.as_ref(), has_voted, held)
        .map_err(|it| Problem::Invalid(vec![beside_unit(it.to_string())]))?;
    let mandate = Mandate {
        id: MandateId::from(tx.ctx.new_id(Tenant::of_id(id.into()))),
        decision: id,
        unit: unit.unit.clone(),
        kind: read.kind,
        person,
        name: read.name,
        items: read.items,
        document: read.document,
        until: read.until,
        ended: None,
        version: 1,
    };
    let code = code_of(vault, &mandate)?;
    store::add(tx, vault, &mandate, &voting::digest(vault, &code))?;
    let body = json!({
        "mandate": mandate.id.to_string(),
        "unit": mandate.unit,
        "kind": mandate.kind.code(),
        "items": mandate.items,
        "document": mandate.document,
        "until": mandate.until,
        // Who it is says nobody; that it is the same person says the log of this vote, and of no other.
        "person": records::commitment(&format!("{id} {}", mandate.person)),
        "by": i64::from(tx.ctx.actor.user).to_string(),
    });
    records::append(tx, id, "mandate", &body)?;
    let who = identifiers::mask_name(&mandate.name);
    let words = format!("您的房屋登记由{who}（{}）表决，不是您的意思请马上联系街道", mandate.kind.label());
    let units: Vec<String> = own.into_iter().map(|it| it.unit).collect();
    notices::owners_of_units(tx, &decision, &units, &format!("mandate:{}", mandate.id), &words)?;
    let event = MandateRegistered { decision: id, mandate: mandate.id, kind: mandate.kind.code() };
    Ok(((mandate, identifiers::grouped_code(&code, 4)), tx.record(permit, &event)?))
}

/// 终止登记 — its code opens nothing any more; what was cast with it stays as it is.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Ending,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_print(&tx.ctx.actor, &decision.place)?;
    voting::rules::must_call(&decision, tx.ctx.now)?;
    let reason = voting::rules::reason(&form.reason, "终止")?;
    let all = store::of_decision(tx, vault, id)?;
    let found = all.into_iter().find(|it| it.id.to_string() == form.mandate && it.ended.is_none());
    let mandate = found.ok_or(Problem::NotFound)?;
    finish(tx, &mandate, &reason)?;
    let words = "您的房屋由他人表决的登记已终止";
    let units = std::slice::from_ref(&mandate.unit);
    notices::owners_of_units(tx, &decision, units, &format!("mandate end:{}", mandate.id), words)?;
    Ok(((), tx.record(permit, &MandateEnded { decision: id, mandate: mandate.id })?))
}

/// Whether a mandate's paper may be put beside it: asked before its bytes are kept.
pub(crate) fn may_prove(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    mandate: MandateId,
) -> Result<(Permit, Mandate), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_print(&tx.ctx.actor, &decision.place)?;
    voting::rules::must_call(&decision, tx.ctx.now)?;
    let all = store::of_decision(tx, vault, id)?;
    let found = all.into_iter().find(|it| it.id == mandate).ok_or(Problem::NotFound)?;
    let there = files::of_subject(tx, mandate.into())?.len();
    enclosures::rules::prove(found.ended.is_some(), there)?;
    Ok((permit, found))
}

/// 上传委托书等材料: it lies sealed, and its digest stands in the log.
pub(crate) fn prove(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    mandate: MandateId,
    (name, kept): (&str, &Kept),
) -> Result<((), Recorded), Problem> {
    let (permit, _) = may_prove(tx, vault, id, mandate)?;
    files::attach(tx, mandate.into(), enclosures::rules::MANDATE, name, kept)?;
    let body = json!({ "mandate": mandate.to_string(), "sha256": kept.known_by() });
    records::append(tx, id, "mandate_paper", &body)?;
    let digest = kept.known_by().to_owned();
    Ok(((), tx.record(permit, &MandateProven { decision: id, mandate, digest })?))
}

/// 撤下材料 — one that belongs elsewhere: the neighborhood says why, and the log says which it was and that it no longer counts. The
/// bytes stay sealed where they are; nobody is led to them any more.
pub(crate) fn take_back(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    (mandate, file): (MandateId, AttachmentId),
    reason: &str,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_print(&tx.ctx.actor, &decision.place)?;
    voting::rules::must_call(&decision, tx.ctx.now)?;
    let reason = voting::rules::reason(reason, "撤下")?;
    let all = store::of_decision(tx, vault, id)?;
    let found = all.into_iter().find(|it| it.id == mandate).ok_or(Problem::NotFound)?;
    let paper = files::attachment(tx, mandate.into(), file)?;
    let voted = voting::store::effective_of(tx, id, &found.unit)?.is_some();
    let others = files::of_subject(tx, mandate.into())?.len() - 1;
    enclosures::rules::take_back(found.ended.is_some(), voted, others)?;
    files::take_away(tx, mandate.into(), file)?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    let digest = paper.known_by().to_owned();
    let body = json!({ "mandate": mandate.to_string(), "sha256": digest, "reason": reason, "by": by });
    records::append(tx, id, "mandate_paper_end", &body)?;
    Ok(((), tx.record(permit, &MandatePaperTaken { decision: id, mandate, digest })?))
}

fn finish(tx: &mut Tx<'_>, it: &Mandate, reason: &str) -> Result<(), Problem> {
    store::end(tx, it, reason)?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    let body = json!({ "mandate": it.id.to_string(), "reason": reason, "by": by });
    records::append(tx, it.decision, "mandate_end", &body)?;
    Ok(())
}

/// How many owners a person stands for as a proxy, or has voted for: one that ended after its ballot counts on, or a person could
/// vote for any number of owners one after another.
fn owners_held(
    tx: &mut Tx<'_>,
    vault: &Vault,
    roll: rolls::types::RollId,
    id: DecisionId,
    person: &str,
) -> Result<usize, Problem> {
    let (told, mut owners) = (records::mandates_told(tx, id)?, BTreeSet::new());
    for it in store::of_decision(tx, vault, id)? {
        if !it.is_proxy() || it.person != person {
            continue;
        }
        let Some(unit) = rolls::unit_of_door(tx, roll, &it.unit)? else { continue };
        // One stands at a time: a proxy's ballot is of the one that stood at its leaf, not of who was registered by mistake before.
        let by_this = |n: i64| told.get(&it.id.to_string()).is_some_and(|it| it.stood_at(n));
        let mut counts = it.ended.is_none();
        for own in rolls::units_of_owners(tx, roll, &unit)? {
            let ballots = voting::store::ballots_of(tx, id, &own.unit)?;
            counts = counts || ballots.iter().any(|it| it.proxy && by_this(it.n));
        }
        if counts {
            owners.insert(unit.owners);
        }
    }
    Ok(owners.len())
}

/// The code a mandate's holder votes with; made from the house's key like a letter's.
pub(crate) fn code_of(vault: &Vault, it: &Mandate) -> Result<String, Problem> {
    voting::letter_code(vault, it.decision, &format!("mandate {}", it.id), 1)
}

/// The mandate that stands for any of these units, which are all of the same owners.
pub(crate) fn standing_for(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    units: &[Unit],
) -> Result<Option<Mandate>, Problem> {
    for it in units {
        if let Some(mandate) = store::standing(tx, vault, id, &it.unit)? {
            return Ok(Some(mandate));
        }
    }
    Ok(None)
}

/// The mandate a sheet of paper was signed by: the one that stands for the unit's owners.
pub(crate) fn signed_by(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    roll: rolls::types::RollId,
    unit: &Unit,
) -> Result<Mandate, Problem> {
    let own = rolls::units_of_owners(tx, roll, unit)?;
    let found = standing_for(tx, vault, id, &own)?;
    found.ok_or_else(|| MandateRefusal::NoneHere(unit.unit.clone()).into())
}
