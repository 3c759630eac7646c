//! Who may write the material of an application. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

use crate::applications::types::Party;

/// 撰写: the enterprise or committee that applies, and the county that recommends.
pub(crate) fn may_write(actor: &Actor, place: &Place, party: Party) -> Result<Permit, Denied> {
    let own = actor.is_one_of(&[party.role(), Role::CountyBureau]);
    Permit::when(actor.serves(place), own, "campaigns.write_material")
}
