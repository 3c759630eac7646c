//! 活动看板 — the whole campaign at one glance, for its owner: counties as tiles, funnels with their quotas, who is late, and
//! how the items were scored. Every picture has its numbers beside it.

pub(crate) mod pages;
mod queries;
mod rules;
