//! 热线来件 — a hotline's cases as the sheet it exports: checked row by row, and filed only when every row is right.

mod actions;
pub(crate) mod pages;
mod policy;
mod rules;

pub(crate) use policy::may_import;
