//! 小区 — a residential compound: what 附件3 asks for, where it lies and who serves it.

pub(crate) mod actions;
pub(crate) mod api;
mod columns;
mod events;
mod labels;
pub(crate) mod pages;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rules;
pub(crate) mod store;
mod types;

pub(crate) use actions::place_new;
pub use queries::{
    CommunityView, community as view, counts_below, counts_by_county, how_many, in_scope, named_in_scope,
    named_of_neighborhood, shown,
};
pub use store::{Found, called, found, found_one, load, subdistricts};
pub(crate) use store::{named, of_neighborhood, put_in};
pub use types::{Community, CommunityId};
pub(crate) use types::{CommunityForm, Particulars};

#[cfg(feature = "seeding")]
pub(crate) fn seeding_kind(code: &str) -> types::Kind {
    types::Kind::from_code(code).unwrap_or(types::Kind::Other)
}

#[cfg(feature = "seeding")]
pub(crate) fn seeding_mode(code: &str) -> types::ServiceMode {
    types::ServiceMode::from_code(code).unwrap_or(types::ServiceMode::None)
}
