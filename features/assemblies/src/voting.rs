//! 投票 — letters that open a ballot, ballots online and on paper, the door-to-door work, and who has taken part so far.
//!
//! A choice is sealed the moment it comes in; no verb here opens one. Counting does, after the boxes are sealed.

mod actions;
pub(crate) mod canvassing;
mod events;
pub(crate) mod home_pages;
pub(crate) mod homes;
mod letters;
pub(crate) mod pages;
mod paper;
mod paper_pages;
mod policy;
pub(crate) mod precedence;
pub(crate) mod queries;
pub(crate) mod rules;
pub(crate) mod store;
mod turnout;
pub(crate) mod types;

#[cfg(feature = "seeding")]
pub(crate) use actions::cast;
pub(crate) use actions::{void_ballot, write_letters};
pub(crate) use letters::{code_of as letter_code, digest};
#[cfg(feature = "seeding")]
pub(crate) use paper::enter;
pub(crate) use paper::opened;
pub(crate) use queries::{buildings, units_by_building};
pub(crate) use turnout::{Turnout, turnout};
