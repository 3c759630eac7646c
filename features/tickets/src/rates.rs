//! 三率 — 响应率, 解决率, 满意率 and the on-time rate, each with its numerator and denominator, from the verdicts stamped at
//! the step.

mod documents;
pub(crate) mod pages;
mod queries;
mod reviews;
mod rules;
pub(crate) mod settled;
mod store;
