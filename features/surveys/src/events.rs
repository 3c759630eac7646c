//! What happened to a survey, for the audit log: never who answered what.

use ::store::Event;
use serde::Serialize;

use crate::types::SurveyId;

macro_rules! survey_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) survey: SurveyId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.survey.into()
            }

            fn url(&self) -> String {
                format!("/surveys/{}", self.survey)
            }
        }
    };
}

survey_event!(SurveyOpened, "surveys.opened", { community: String });
survey_event!(SurveyAnswered, "surveys.answered", {});
survey_event!(SurveyClosed, "surveys.closed", { satisfied: i64, valid: i64, entered: bool });
survey_event!(SurveyVoided, "surveys.voided", { reason: String });
