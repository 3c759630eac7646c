//! 物业服务企业 — the companies that serve communities, told apart by their 统一社会信用代码.

mod actions;
mod events;
pub(crate) mod pages;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rules;
pub(crate) mod store;
mod types;

pub(crate) use actions::place_new;
#[cfg(feature = "seeding")]
pub(crate) use store::add;
pub(crate) use store::named;
pub use store::{load, name_of, party_led, serving};
pub use types::{Enterprise, EnterpriseId, EnterpriseView};
pub(crate) use types::{EnterpriseForm, Particulars};
