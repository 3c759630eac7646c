//! Who may do what with enterprises. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Role};

const READERS: [Role; 7] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
];

pub(crate) fn may_see(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&READERS), "registry.see_enterprises")
}

/// 登记企业: the regulator, of a county or of the city.
pub(crate) fn may_create(actor: &Actor) -> Result<Permit, Denied> {
    Permit::when(true, actor.is_one_of(&[Role::CityBureau, Role::CountyBureau]), "registry.create_enterprise")
}
