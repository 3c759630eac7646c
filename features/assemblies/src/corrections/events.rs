//! What happened to corrections, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::CorrectionId;
use crate::committees::types::CommitteeId;

macro_rules! correction_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) committee: CommitteeId,
            pub(crate) correction: CorrectionId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.committee.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/committees/{}/corrections", self.committee)
            }
        }
    };
}

correction_event!(CorrectionOrdered, "assemblies.correction_ordered", { ground: String });
correction_event!(CorrectionClosed, "assemblies.correction_closed", { outcome: &'static str });
