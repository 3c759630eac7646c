//! 表决事项 — one decision of the owners: drafted, sent for opinions, noticed with its roll and rules pinned, sealed,
//! counted, posted and final.

mod actions;
pub(crate) mod declared;
mod drafts;
pub(crate) mod events;
mod home;
pub(crate) mod labels;
pub(crate) mod pages;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod review_pages;
pub(crate) mod reviews;
pub(crate) mod rules;
pub(crate) mod standing;
pub(crate) mod store;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::{ask, draft, notice, review, seal};
pub(crate) use queries::visible_final;
pub(crate) use types::{Decision, DecisionId, Item, Noticed, Precedence, Stage, Terms};
