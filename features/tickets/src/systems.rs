//! 接入系统 — hotlines, platforms and civic apps that send cases in: their keys, and the door for their signed messages.

mod actions;
pub(crate) mod api;
mod events;
pub(crate) mod pages;
mod policy;
mod rules;
pub(crate) mod store;
pub(crate) mod types;

pub(crate) use actions::{community, meant, of_key, one_of, sent_before, standing, take_in};
pub(crate) use rules::signature;
