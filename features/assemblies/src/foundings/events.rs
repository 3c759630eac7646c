//! What happened to a preparation, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::FoundingId;

macro_rules! founding_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) founding: FoundingId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.founding.into()
            }

            fn url(&self) -> String {
                format!("/assemblies/foundings/{}", self.founding)
            }
        }
    };
}

founding_event!(FoundingApplied, "assemblies.founding_applied", { kind: &'static str, ground: String });
founding_event!(GroupPosted, "assemblies.group_posted", { members: usize, owners: usize });
founding_event!(GroupFormed, "assemblies.group_formed", {});
founding_event!(TaskFinished, "assemblies.founding_task_finished", { task: String });
founding_event!(FoundingDone, "assemblies.founding_done", { decision: crate::decisions::DecisionId });
founding_event!(FoundingEnded, "assemblies.founding_ended", {});
