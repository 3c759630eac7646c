//! What happened to an import, for the audit log: one event a batch.

use ::store::Event;
use serde::Serialize;

use super::types::ImportId;

macro_rules! import_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) import: ImportId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.import.into()
            }

            fn url(&self) -> String {
                format!("/registry/imports/{}", self.import)
            }
        }
    };
}

import_event!(ImportStaged, "registry.import_staged", { file_hash: String, rows: i64 });
import_event!(ImportMapped, "registry.import_mapped", {});
import_event!(ImportStarted, "registry.import_started", { mode: &'static str });
import_event!(ImportFinished, "registry.import_finished", { file_hash: String, applied: i64, skipped: i64, refused: i64 });
import_event!(ImportUndone, "registry.import_undone", { file_hash: String, refused: i64 });
