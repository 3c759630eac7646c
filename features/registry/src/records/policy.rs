//! Who may do what with records. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role, Scope};

const KEEPERS: [Role; 3] = [Role::CountyBureau, Role::Subdistrict, Role::Neighborhood];
const READERS: [Role; 7] = [
    Role::CityBureau,
    Role::CountyBureau,
    Role::Subdistrict,
    Role::Neighborhood,
    Role::PartyBranch,
    Role::Enterprise,
    Role::OwnersCommittee,
];
/// Registers whose entries weigh on an award: only the regulator enters them.
const REGULATORS_OWN: [&str; 5] = ["penalty", "credit", "honour", "listed", "commendation"];

pub(crate) fn visible(actor: &Actor) -> Scope {
    if actor.is_one_of(&READERS) { actor.hat.scope } else { Scope::Nothing }
}

pub(crate) fn may_see(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&READERS), "registry.see_record")
}

pub(crate) fn may_record(actor: &Actor, place: &Place, kind: &str) -> Result<Permit, Denied> {
    let regulator = actor.is(Role::CountyBureau) || !REGULATORS_OWN.contains(&kind);
    Permit::when(actor.serves(place), actor.is_one_of(&KEEPERS) && regulator, "registry.create_record")
}

/// 修改、作废、佐证: whoever may enter such a record here.
pub(crate) fn may_edit(actor: &Actor, place: &Place, kind: &str) -> Result<Permit, Denied> {
    let regulator = actor.is(Role::CountyBureau) || !REGULATORS_OWN.contains(&kind);
    Permit::when(actor.serves(place), actor.is_one_of(&KEEPERS) && regulator, "registry.edit_record")
}
