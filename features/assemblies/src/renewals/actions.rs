//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Problem, Tenant};
use registry::communities::{self, CommunityId};

use super::{
    events::{ConsentRecorded, RenewalProposed, RenewalWent},
    policy, rules, store,
    types::{Consenting, Going, Proposing, Renewal, RenewalId, Stage},
};
use crate::{counting, decisions};

/// 申请.
pub(crate) fn propose(
    tx: &mut Tx<'_>,
    community: CommunityId,
    form: &Proposing,
) -> Result<((), Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_propose(&tx.ctx.actor, &place)?;
    let title = rules::title(&form.title)?;
    let id = RenewalId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let renewal = Renewal {
        id,
        place,
        title,
        proposed_on: tx.ctx.today(),
        stage: Stage::Proposed,
        consents: vec![],
        days: vec![],
        reason: String::new(),
        version: 1,
    };
    store::add(tx, &renewal)?;
    Ok(((), tx.record(permit, &RenewalProposed { renewal: id, community: place.community })?))
}

/// 登记共识.
pub(crate) fn consent(tx: &mut Tx<'_>, id: RenewalId, form: &Consenting) -> Result<(i64, Recorded), Problem> {
    let mut renewal = store::load(tx, id)?;
    let permit = policy::may_propose(&tx.ctx.actor, &renewal.place)?;
    let community = renewal.place.community;
    let decided = decisions::store::of_community(tx, community)?;
    let mut passed = None;
    if let Some(it) = decided.iter().find(|it| it.id.to_string() == form.decision) {
        passed = (!counting::passed(tx, it)?.is_empty()).then_some(it.id);
    }
    let consent = rules::consent(&renewal, form, passed, tx.ctx.today())?;
    let kind = consent.kind;
    renewal.consents.push(consent);
    store::save(tx, &renewal)?;
    Ok((community, tx.record(permit, &ConsentRecorded { renewal: id, community, kind })?))
}

/// 纳入、开工、完工、终止.
pub(crate) fn go(tx: &mut Tx<'_>, id: RenewalId, form: &Going) -> Result<(i64, Recorded), Problem> {
    let mut renewal = store::load(tx, id)?;
    let permit = policy::may_lead(&tx.ctx.actor, &renewal.place)?;
    let (stage, reason) = rules::go(&renewal, form)?;
    let community = renewal.place.community;
    renewal.days.push((stage, tx.ctx.today()));
    store::save(tx, &Renewal { stage, reason, ..renewal })?;
    Ok((community, tx.record(permit, &RenewalWent { renewal: id, community, to: stage.code() })?))
}
