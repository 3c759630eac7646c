//! What happened to sheets on tour, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::assessments::types::SheetId;

/// Edits of a device came home.
#[derive(Debug, Serialize)]
pub(crate) struct SheetSynced {
    pub(crate) sheet: SheetId,
    pub(crate) taken: i64,
    pub(crate) disputed: usize,
}

/// Its assessor chose between a device and the sheet.
#[derive(Debug, Serialize)]
pub(crate) struct EditSettled {
    pub(crate) sheet: SheetId,
    pub(crate) item: String,
    pub(crate) keep: &'static str,
}

/// A photo was put beside an item.
#[derive(Debug, Serialize)]
pub(crate) struct PhotoAttached {
    pub(crate) sheet: SheetId,
    pub(crate) item: String,
    pub(crate) file: files::AttachmentId,
}

/// It was taken away again.
#[derive(Debug, Serialize)]
pub(crate) struct PhotoTakenAway {
    pub(crate) sheet: SheetId,
    pub(crate) file: files::AttachmentId,
}

macro_rules! of_sheet {
    ($($name:ident: $event:literal,)*) => {$(
        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.sheet.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/sheets/{}", self.sheet)
            }
        }
    )*};
}

of_sheet!(
    SheetSynced: "campaigns.sheet_synced",
    EditSettled: "campaigns.edit_settled",
    PhotoAttached: "campaigns.photo_attached",
    PhotoTakenAway: "campaigns.photo_taken_away",
);
