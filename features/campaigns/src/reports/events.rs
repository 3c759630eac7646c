//! What happened to a report, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::ReportId;

macro_rules! report_event {
    ($name:ident, $event:literal) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) report: ReportId,
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.report.into()
            }

            fn url(&self) -> String {
                format!("/campaigns/reports/{}", self.report)
            }
        }
    };
}

report_event!(ReportSaved, "campaigns.report_saved");
report_event!(ReportSubmitted, "campaigns.report_submitted");
report_event!(ReportReturned, "campaigns.report_returned");
