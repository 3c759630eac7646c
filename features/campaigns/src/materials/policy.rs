//! Who may write the material of an application. Pure, and the only place that says so.

use kernel::{Actor, Denied, Permit, Place, Role};

const WRITERS: [Role; 2] = [Role::Enterprise, Role::CountyBureau];

/// 撰写: the enterprise that applies, and the county that recommends.
pub(crate) fn may_write(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&WRITERS), "campaigns.write_material")
}
