//! 计票 — the boxes opened, counted by the law's arithmetic, posted, disputed, corrected, final.

mod actions;
mod events;
pub(crate) mod queries;
mod rules;
mod standings;
pub(crate) mod store;
pub(crate) mod types;

pub(crate) use actions::{answer, count, delivered, finalize, void};
pub(crate) use queries::{Elected, ResultView, elected, election, is_mandate, must_recount, passed, results};
pub(crate) use rules::opened;
pub(crate) use types::Voiding;
