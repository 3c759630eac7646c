//! The words every room shares: who asks, when, under what id, and how it can go wrong.
//!
//! Invariant: this crate does no I/O and knows no business noun beyond the tree of places.

mod actor;
mod amounts;
mod ctx;
mod id;
mod permit;
mod place;
mod problem;
mod ratio;

#[doc(hidden)]
pub mod reexport {
    pub use serde;
}

pub use actor::{Actor, Hat, Role, UserId};
pub use amounts::{Area, Money};
pub use ctx::{Ctx, beijing_date, beijing_minute};
pub use id::{Ids, first_id, parse_id};
pub use permit::{Denied, Permit, Why};
pub use place::{Place, Scope, Tenant};
pub use problem::{FieldError, Problem, Refusal};
pub use ratio::{NotANumber, Ratio, RatioParts};
