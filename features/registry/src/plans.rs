//! 平面图与位置 — where a community lies on the earth, and a picture of it on which its buildings and gates are marked.
//!
//! Residents touch a mark to say where something is wrong; programs that know only a position find the community by it.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;

pub use queries::{nearest, position_of, public};
pub use rules::position;
pub use types::{Position, PublicPlan, Spot};

#[cfg(feature = "seeding")]
pub(crate) use store::keep as seed;
#[cfg(feature = "seeding")]
pub(crate) use store::of as seed_from;
#[cfg(feature = "seeding")]
pub(crate) use types::{Picture, Plan};
