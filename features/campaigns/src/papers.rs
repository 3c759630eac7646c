//! 书面报送录入 — a county that works on paper, entered from its filled 附件4 and 附件3.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod types;
pub(crate) use store::reported;
