//! 申报 — 附件3 filled, reviewed by the street and the county, and recommended within the quota.

pub(crate) mod actions;
pub(crate) mod annexes;
pub(crate) mod api;
pub(crate) mod begin_pages;
mod beginning;
mod data;
mod documents;
mod drafts;
mod events;
pub(crate) mod evidence;
pub(crate) mod evidence_pages;
mod giving_up;
pub(crate) mod labels;
pub(crate) mod list_pages;
pub(crate) mod lists;
pub(crate) mod on_paper;
pub(crate) mod pages;
pub(crate) mod policy;
pub(crate) mod queries;
pub(crate) mod rules;
pub(crate) mod store;
pub(crate) mod subjects;
pub(crate) mod types;
pub(crate) use subjects::candidate;

#[cfg(feature = "seeding")]
pub(crate) use actions::{accept, begin, recommend, review, save, submit};

/// Whether the days for recommending are over.
pub(crate) fn is_recommending_over(
    periods: &[crate::openings::types::Period],
    today: jiff::civil::Date,
) -> bool {
    let period = actions::RECOMMENDING.iter().find_map(|code| periods.iter().find(|it| it.code == *code));
    period.and_then(|it| it.ends_on).is_some_and(|it| it < today)
}
