//! The verbs. Each one: load, permit, decide, save, record.

use std::collections::BTreeMap;

use ::store::{Recorded, Tx};
use app::{Sealed, Vault};
use kernel::{Problem, Tenant};
use serde_json::json;

use super::{
    events::{BallotsDrawn, OwnerAsked},
    policy,
    rules::{self, SpotCheckRefusal},
    store,
    types::{Call, CallState, Drawing, SpotCheck, SpotCheckId},
};
use crate::{
    counting,
    decisions::{self, DecisionId},
    notices,
    records::{self, BallotText},
    voting,
};

/// 抽取: by dice thrown when everybody could see it, after the ballots were opened; once for each posted result.
pub(crate) fn draw(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Drawing,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_ask(&tx.ctx.actor, &decision.place)?;
    let newest = counting::store::results(tx, id)?.into_iter().next();
    let version = newest.map(|it| it.n).ok_or(SpotCheckRefusal::NotCounted)?;
    let drawn_before = store::newest(tx, id)?.is_some_and(|it| it.version == version);
    rules::may_draw(&decision, version, drawn_before)?;
    let (seed, share) = rules::read(form)?;
    let counting: BTreeMap<i64, String> =
        voting::store::effective(tx, id)?.into_iter().map(|it| (it.ballot, it.unit)).collect();
    let drawn = rules::draw(&seed, counting.keys().copied(), rules::size(share));
    if drawn.is_empty() {
        return Err(SpotCheckRefusal::NoBallots.into());
    }
    let check = SpotCheck {
        id: SpotCheckId::from(tx.ctx.new_id(Tenant::of_id(id.into()))),
        decision: id,
        version,
        seed,
        share,
        at: tx.ctx.now,
    };
    store::add(tx, &check)?;
    for (place, ballot) in (1..).zip(&drawn) {
        let unit = counting.get(ballot).cloned().unwrap_or_default();
        let (state, note, ballot) = (CallState::Waiting, String::new(), *ballot);
        store::add_call(tx, &check, &Call { place, ballot, unit, state, note, said: None })?;
    }
    let body = json!({ "version": version, "seed": check.seed, "share": share, "ballots": drawn });
    records::append(tx, id, "spot_check", &body)?;
    records::checkpoint(tx, vault, id)?;
    let event = BallotsDrawn { decision: id, version, share, ballots: drawn.len() };
    Ok(((), tx.record(permit, &event)?))
}

/// 登记回访: what the owner said is compared with the ballot and then forgotten; kept is only whether it agreed.
pub(crate) fn hear(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &BTreeMap<String, String>,
) -> Result<(CallState, Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_ask(&tx.ctx.actor, &decision.place)?;
    rules::must_be_posted(&decision)?;
    let newest = counting::store::results(tx, id)?.into_iter().next().map(|it| it.n);
    let check = store::newest(tx, id)?.filter(|it| Some(it.version) == newest).ok_or(Problem::NotFound)?;
    let field = |name: &str| form.get(name).map_or("", String::as_str).trim();
    let place: Option<i64> = field("place").parse().ok();
    let call = store::calls(tx, &check)?.into_iter().find(|it| Some(it.place) == place);
    let call = call.ok_or(Problem::NotFound)?;
    let all = voting::store::ballots_of(tx, id, &call.unit)?;
    let kept = all.into_iter().find(|it| it.n == call.ballot).ok_or(Problem::NotFound)?;
    let text = vault.open_sealed(&Sealed(kept.sealed.clone())).map_err(Problem::Broken)?;
    let commitment = records::commitment_of(tx, id, kept.n)?;
    let ballot: BallotText = counting::opened(&decision, &kept, &text, &commitment)?;
    let said = rules::said(&decision.agenda, form)?;
    let state = rules::heard(field("outcome"), &said, &ballot.choices)?;
    let note = rules::note(call.state, field("note"))?;
    store::say(tx, &check, call.place, state, &note)?;
    // What came of it stands in the log, and so does what it was changed from.
    let body = json!({ "version": check.version, "place": call.place, "state": state.code() });
    records::append(tx, id, "spot_check_call", &body)?;
    if matches!(state, CallState::Differs | CallState::Denied) {
        // 由街道核查: what does not agree is somebody's to look into.
        let told = [notices::street(&decision.place)];
        let mark = format!("spot check {} {}", check.version, call.place);
        notices::decision(tx, &decision, &mark, "抽查回访有一户与票不一致，请核查", &told)?;
    }
    let event = OwnerAsked { decision: id, place: call.place, state: state.code() };
    Ok((state, tx.record(permit, &event)?))
}
