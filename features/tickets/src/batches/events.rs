//! What was done to many, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::BatchId;

macro_rules! batch_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) batch: BatchId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.batch.into()
            }

            fn url(&self) -> String {
                format!("/tickets/batches/{}", self.batch)
            }
        }
    };
}

batch_event!(BatchDone, "tickets.batch_done", { verb: &'static str, cases: usize });
batch_event!(BatchUndone, "tickets.batch_undone", { verb: &'static str, cases: usize });
