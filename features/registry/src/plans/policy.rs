//! Who may draw a community's plan. Pure. What it shows hangs on the notice board: everybody may look.

use kernel::{Actor, Denied, Permit, Place, Role};

/// Whoever keeps the register, and who serves the community and knows its buildings.
const DRAWERS: [Role; 4] = [Role::CountyBureau, Role::Subdistrict, Role::Neighborhood, Role::Enterprise];

pub(crate) fn may_draw(actor: &Actor, place: &Place) -> Result<Permit, Denied> {
    Permit::when(actor.serves(place), actor.is_one_of(&DRAWERS), "registry.draw_plan")
}
