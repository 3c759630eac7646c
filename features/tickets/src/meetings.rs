//! 联席会议 — where matters go that no level below could solve: the neighborhood's joint meeting, then the party alliance,
//! then the county's joint meeting (SC-014–016). A meeting gives the matter to somebody by a day, sends it up, or says that it
//! goes on as it is.

mod actions;
mod events;
pub(crate) mod pages;
mod policy;
mod queries;
mod rules;
mod store;
pub(crate) mod types;

pub(crate) use actions::put_on;
pub(crate) use policy::may_list;
pub(crate) use queries::{decided, of_ticket, studied, waiting};
pub(crate) use store::waits;
