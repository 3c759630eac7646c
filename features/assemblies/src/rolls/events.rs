//! What happened to rolls, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::RollId;

macro_rules! roll_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) roll: RollId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.roll.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/rolls/{}", self.roll)
            }
        }
    };
}

roll_event!(RollProposed, "assemblies.roll_proposed", { units: i64, digest: String });
roll_event!(RollPosted, "assemblies.roll_posted", {});
roll_event!(RollFrozen, "assemblies.roll_frozen", { digest: String });
roll_event!(RollWithdrawn, "assemblies.roll_withdrawn", {});
