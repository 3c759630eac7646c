//! What happened to committees, for the audit log: no name.

use ::store::Event;
use serde::Serialize;

use super::types::CommitteeId;
use crate::decisions::DecisionId;

macro_rules! committee_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) committee: CommitteeId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.committee.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/committees/{}", self.committee)
            }
        }
    };
}

committee_event!(CommitteeFounded, "assemblies.committee_founded", { n: i64, members: usize, basis: String });
committee_event!(DutyFulfilled, "assemblies.duty_fulfilled", { key: String });
committee_event!(SeatFilled, "assemblies.seat_filled", { election: DecisionId, sitting: usize });
committee_event!(MemberLeft, "assemblies.member_left", { sitting: usize });
