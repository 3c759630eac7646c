//! 消息 — what people are told: on the page of messages, by short message, and in their calendars.
//!
//! Invariant: a message is part of the unit of work that causes it. It is told to a post, not to a person, so that whoever
//! holds the post finds it; and it says honestly who has read it, and how far a short message has come.

mod actions;
mod calendars;
mod events;
mod jobs;
mod pages;
mod policy;
mod queries;
mod rules;
mod store;
mod telling;
mod types;

#[cfg(feature = "seeding")]
pub mod seeding;

pub use queries::{MessageLine, agenda, newest};
pub use telling::{see, tell, text, texts, told, unread};
pub use types::{Note, Post, Text, TextState, Told};

use app::App;
use axum::{Router, routing::post};

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] =
    &[::store::Migration { name: "messages_0001", sql: include_str!("../migrations/0001_messages.sql") }];

/// Who sends what of the outbox.
pub const SENDERS: &[(&str, ::jobs::Send)] = &[(telling::KIND, jobs::send)];

/// Pages under `/messages`, and the carrier's door.
pub fn routes() -> Router<App> {
    Router::new().nest("/messages", pages::routes()).route("/api/v1/messages/receipts", post(pages::receipt))
}
