//! 扫楼 — visits at doors: what was said about a unit, by whom and when, with the picture taken there; and the sheet owners sign on.

mod actions;
mod events;
pub(crate) mod pages;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use actions::deliver;
