//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use jiff::ToSpan as _;
use kernel::{Problem, Role, Tenant};
use messages::Post;
use registry::communities::{self, CommunityId};

use super::{
    events::{CandidatesAnnounced, CandidatesCalled, OfferAnswered, Offered},
    policy,
    rules::{self, CallRefusal},
    store,
    types::{Answer, AnsweringOffer, Call, CallId, Calling, Offer, OfferId, Offering},
};
use crate::{
    checklists,
    committees::types::Origin,
    notices,
    vettings::{self, rules::PACK, types::Nominating},
};

fn address(id: CallId) -> (i64, String) {
    (id.into(), format!("/assemblies/calls/{id}"))
}

/// 发布征集 — the owners with a bound home are told.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    form: &Calling,
) -> Result<(CallId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_open(&tx.ctx.actor, &place)?;
    let before = store::of_community(tx, vault, place.community)?.into_iter().next();
    let today = tx.ctx.today();
    let (seats, closes_on, words) = rules::open(&PACK, before.as_ref(), form, today)?;
    let id = CallId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let call = Call { id, place, seats, opens_on: today, closes_on, words, announced: None, version: 1 };
    store::add(tx, &call)?;
    let told = notices::owners(tx, &place)?;
    let words = format!("征集业主委员会候选人，{closes_on}（含当天）前可以自荐");
    notices::tell(tx, address(id), &place, ("called", words), &told)?;
    Ok((id, tx.record(permit, &CandidatesCalled { call: id })?))
}

/// 自荐.
pub(crate) fn offer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CallId,
    form: &Offering,
) -> Result<(OfferId, Recorded), Problem> {
    let call = store::load(tx, vault, id)?;
    let permit = policy::may_offer(&tx.ctx.actor, &call.place)?;
    let (person, today) = (tx.ctx.actor.user, tx.ctx.today());
    if store::offer_of(tx, vault, id, person)?.is_some() {
        return Err(CallRefusal::Twice.into());
    }
    let list = checklists::newest(tx, call.place.tenant)?;
    let told = rules::offer(&call, &list, form, today)?;
    let made = OfferId::from(tx.ctx.new_id(Tenant::from_number(call.place.tenant as u16)));
    let offered_at = tx.ctx.now;
    store::add_offer(
        tx,
        vault,
        &Offer { id: made, call: id, person, told, offered_at, answer: None, version: 1 },
    )?;
    let posts = [notices::neighborhood(&call.place), notices::group(&call.place)];
    let about = (i64::from(made), format!("/assemblies/communities/{}/candidates", call.place.community));
    notices::tell(tx, about, &call.place, ("offered", "有业主自荐，请答复".to_owned()), &posts)?;
    Ok((made, tx.record(permit, &Offered { call: id, offer: made })?))
}

/// 列入联审, or not: the owner is told either way.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: OfferId,
    form: &AnsweringOffer,
) -> Result<(CommunityId, Recorded), Problem> {
    let offer = store::load_offer(tx, vault, id)?;
    let call = store::load(tx, vault, offer.call)?;
    let permit = policy::may_answer(&tx.ctx.actor, &call.place)?;
    let community = CommunityId::from(call.place.community);
    let answer = match rules::answer(&offer, form)? {
        Some(reason) => Answer::Declined(reason),
        None => {
            // Opened under the list the owner confirmed, whatever was published since.
            let list = checklists::version(tx, call.place.tenant, offer.told.checklist)?;
            let told = &offer.told;
            let form = Nominating {
                name: told.name.clone(),
                party: if told.party { "yes" } else { "" }.to_owned(),
                origin: Origin::ALL.iter().find(|it| it.0 == told.origin).map_or("", |it| it.1).to_owned(),
                nominated_by: "self".to_owned(),
                born: if told.born == 0 { String::new() } else { told.born.to_string() },
                condition: (0..list.conditions.len()).map(|it| it.to_string()).collect(),
            };
            let (candidate, _) =
                tx.in_parts(|tx| vettings::nominate_under(tx, vault, calendar, community, &form, &list))?;
            Answer::Taken(candidate)
        }
    };
    store::answer(tx, vault, &offer, &answer)?;
    let taken = matches!(answer, Answer::Taken(_));
    let words =
        if taken { "您的自荐已列入联审" } else { "您的自荐没有列入联审，请看理由" };
    let person = [Post::person(Role::Owner, offer.person)];
    notices::tell(tx, address(call.id), &call.place, (&format!("answered:{id}"), words.to_owned()), &person)?;
    Ok((community, tx.record(permit, &OfferAnswered { call: call.id, offer: id, taken })?))
}

/// 公告候选人 — on the board, for everybody.
pub(crate) fn announce(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CallId,
) -> Result<(CommunityId, Recorded), Problem> {
    let call = store::load(tx, vault, id)?;
    let permit = policy::may_open(&tx.ctx.actor, &call.place)?;
    let offers = store::offers(tx, vault, id)?;
    // Whoever stood since the last announcement, be it from before this call; half a year back where there was none.
    let before = store::of_community(tx, vault, call.place.community)?.into_iter();
    let last = before.filter(|it| it.id != id).find_map(|it| it.announced.map(|it| it.on));
    let since = last.unwrap_or_else(|| call.opens_on.saturating_sub(6.months()));
    let passed = vettings::passed_since(tx, vault, call.place.community, since)?;
    let announced = rules::announce(&PACK, &call, &offers, passed, tx.ctx.today())?;
    store::announce(tx, vault, &call, &announced)?;
    let told = notices::owners(tx, &call.place)?;
    let words = format!("候选人公告，公示到{}", announced.until);
    notices::tell(tx, address(id), &call.place, ("announced", words), &told)?;
    let community = CommunityId::from(call.place.community);
    Ok((community, tx.record(permit, &CandidatesAnnounced { call: id, how_many: announced.names.len() })?))
}
