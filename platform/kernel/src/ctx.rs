//! What is fixed for the length of one request.

use std::sync::Arc;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz,
};

use crate::{Actor, Ids, Tenant};

/// Who asks, and when. Made once at the door and carried inward; nothing inside asks the machine.
#[derive(Debug, Clone)]
pub struct Ctx {
    pub actor: Actor,
    pub now: Timestamp,
    pub ids: Arc<Ids>,
    /// The idempotency key of the request, scoped to its user: the same key twice is one effect.
    pub key: Option<String>,
}

impl Ctx {
    /// The date on the wall in Beijing, which is what every deadline counts from.
    #[must_use]
    pub fn today(&self) -> Date {
        beijing_date(self.now)
    }

    /// A new id for a row of `tenant`.
    #[must_use]
    pub fn new_id(&self, tenant: Tenant) -> i64 {
        self.ids.next(tenant, self.now)
    }
}

/// The Beijing day of an instant.
#[must_use]
pub fn beijing_date(at: Timestamp) -> Date {
    in_beijing(at).date()
}

/// An instant as people read it: `2024-08-20 09:30`, Beijing time.
#[must_use]
pub fn beijing_minute(at: Timestamp) -> String {
    in_beijing(at).strftime("%Y-%m-%d %H:%M").to_string()
}

fn in_beijing(at: Timestamp) -> DateTime {
    at.to_zoned(tz::TimeZone::fixed(tz::offset(8))).datetime()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_is_beijings_today() {
        let now = "2026-06-11T16:30:00Z".parse().unwrap();
        let ctx = Ctx { actor: Actor::public(), now, ids: Arc::default(), key: None };
        assert_eq!(ctx.today().to_string(), "2026-06-12");
        assert_eq!(beijing_minute(now), "2026-06-12 00:30");
    }
}
