//! What happened to sheets and lists, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::{NoticeId, SheetId};
use crate::openings::types::CampaignId;

macro_rules! assessment_event {
    ($name:ident, $event:literal, $subject:ident: $id:ty, $url:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) $subject: $id,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.$subject.into()
            }

            fn url(&self) -> String {
                format!($url, self.$subject)
            }
        }
    };
}

assessment_event!(SheetsAssigned, "campaigns.sheets_assigned", campaign: CampaignId, "/campaigns/{}/ranking", { level: &'static str, sheets: usize });
assessment_event!(SheetMarked, "campaigns.sheet_marked", sheet: SheetId, "/campaigns/sheets/{}", { items: usize });
assessment_event!(SheetLocked, "campaigns.sheet_locked", sheet: SheetId, "/campaigns/sheets/{}", {});
assessment_event!(InterestDeclared, "campaigns.interest_declared", sheet: SheetId, "/campaigns/sheets/{}", {});
assessment_event!(ListPosted, "campaigns.list_posted", notice: NoticeId, "/campaigns/notices/{}", { version: i64, days: u32 });
assessment_event!(SheetVoided, "campaigns.sheet_voided", sheet: SheetId, "/campaigns/sheets/{}", {});
assessment_event!(StandardRefined, "campaigns.standard_refined", campaign: CampaignId, "/campaigns/{}/county-ranking", { tenant: u16, items: usize });
