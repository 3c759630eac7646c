//! Open311 GeoReport v2 — the door that existing civic apps know: services, requests and tokens, as JSON and as XML.

mod actions;
pub(crate) mod api;
mod formats;
mod queries;
mod sent;
mod store;
mod types;
