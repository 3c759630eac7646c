//! 发件箱 — what leaves the house: put down by the unit of work that causes it, sent once that is durable, tried again while
//! the other side cannot take it, and honest about how it stands.
//!
//! Invariant: a message is sent only after the unit that put it down was committed, and never forgotten before it is
//! delivered or given up on. It is sent at least once, always under the same id.

mod outbox;
mod outgoing;
mod store;

pub use outbox::{Message, Outcome, Send, State, deliver_due, put};
pub use outgoing::{Answer, Destination, post};
pub use store::{forget, of_destination, of_subject, settle};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] =
    &[::store::Migration { name: "jobs_0001", sql: include_str!("../migrations/0001_jobs.sql") }];
