//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Problem, Tenant};
use registry::communities::{self, CommunityId};

use super::{
    events::StructureAdvised,
    policy, rules, store,
    types::{Advice, AdviceId, Advising},
};
use crate::{notices, vettings::rules::PACK};

/// 提出结构建议 — to whoever prepares the election, who is told.
pub(crate) fn give(
    tx: &mut Tx<'_>,
    community: CommunityId,
    form: &Advising,
) -> Result<(AdviceId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_give(&tx.ctx.actor, &place)?;
    let advised = rules::advise(form, PACK.party_percent)?;
    let id = AdviceId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let advice = Advice {
        id,
        place,
        seats: advised.seats,
        party_percent: advised.party_percent,
        cross_percent: advised.cross_percent,
        ages: advised.ages,
        words: advised.words,
        given_on: tx.ctx.today(),
    };
    store::add(tx, &advice)?;
    let told = [notices::committee(&place), notices::group(&place), notices::street(&place)];
    let about = (i64::from(id), format!("/assemblies/communities/{}/candidates", place.community));
    notices::tell(tx, about, &place, ("advice", "社区党组织提出业委会结构建议".to_owned()), &told)?;
    Ok((id, tx.record(permit, &StructureAdvised { advice: id, community: place.community })?))
}
