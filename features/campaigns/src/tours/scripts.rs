//! The scripts of the page that works without a network, embedded.

/// Scoring itself.
pub(crate) const TOUR: &str = include_str!("../pages/tour.js");
/// What lies on the phone, sealed.
pub(crate) const DRAWER: &str = include_str!("../pages/drawer.js");
