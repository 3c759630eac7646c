//! 台账记录 — the dated records that gates, vetoes and candidates are judged by, one kind a register.

mod actions;
mod columns;
mod events;
mod facts;
pub(crate) mod kinds;
mod labels;
pub(crate) mod pages;
pub(crate) mod policy;
mod queries;
pub(crate) mod rules;
pub(crate) mod standings;
pub(crate) mod store;
mod types;

pub use actions::{enter_complaints, enter_finding, enter_honour, enter_survey};
pub(crate) use actions::{must_be_plausible, take_over_service, with_enterprise};
pub use facts::{FactSource, facts_of};
pub use queries::{
    RecordView, branches_below, honours_of, in_force, may_record_here, newest_title, of_community,
    of_enterprise,
};
pub(crate) use types::{Record, RecordForm};
