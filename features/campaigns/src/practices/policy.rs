//! Who may write, publish and record. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope, Tenant};

use crate::openings::types::Owner;

const WRITERS: [Role; 5] =
    [Role::CountyBureau, Role::Subdistrict, Role::Neighborhood, Role::Enterprise, Role::OwnersCommittee];

/// 撰写: those who run the community, and the offices above it in the county.
pub(crate) fn may_write(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&WRITERS), "campaigns.write_practice")
}

/// 发布、退回、撤下: the campaign's owner.
pub(crate) fn may_publish(actor: &Actor, owner: Owner) -> Result<Permit, Denied> {
    Permit::when(owner.is_at(actor), owner.is_office(actor), "campaigns.publish_practice")
}

/// 登记宣传: the campaign's owner, and every county for what it did itself. Where the record lies comes with it.
pub(crate) fn may_record(actor: &Actor, owner: Owner) -> Result<(Permit, Tenant), Denied> {
    let (may, tenant) = match actor.hat.scope {
        Scope::City(_) => (owner.is_at(actor) && owner.is_office(actor), Tenant::from_number(0)),
        Scope::County(tenant) => (actor.is(Role::CountyBureau), tenant),
        _ => (false, Tenant::from_number(0)),
    };
    Ok((Permit::when(true, may, "campaigns.record_publicity")?, tenant))
}

/// 作废: whoever may record there.
pub(crate) fn may_void(actor: &Actor, owner: Owner, tenant: Tenant) -> Result<Permit, Denied> {
    let inside = actor.hat.scope == Scope::County(tenant) || owner.is_at(actor);
    let office = actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]);
    Permit::when(inside, office, "campaigns.void_publicity")
}
