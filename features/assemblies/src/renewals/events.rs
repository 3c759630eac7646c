//! What happened to a renewal, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::RenewalId;

macro_rules! renewal_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) renewal: RenewalId,
            pub(crate) community: i64,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.renewal.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/communities/{}/renewals", self.community)
            }
        }
    };
}

renewal_event!(RenewalProposed, "assemblies.renewal_proposed", {});
renewal_event!(ConsentRecorded, "assemblies.renewal_consented", { kind: super::types::Kind });
renewal_event!(RenewalWent, "assemblies.renewal_went", { to: &'static str });
