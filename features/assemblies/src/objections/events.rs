//! What happened to objections, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::ObjectionId;

#[derive(Debug, Serialize)]
pub(crate) struct ObjectionRaised {
    pub(crate) subject: i64,
    pub(crate) objection: ObjectionId,
}

#[derive(Debug, Serialize)]
pub(crate) struct ObjectionAnswered {
    pub(crate) subject: i64,
    pub(crate) objection: ObjectionId,
    pub(crate) outcome: &'static str,
}

macro_rules! of_subject {
    ($($name:ident: $event:literal,)*) => {$(
        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.subject
            }

            fn url(&self) -> String {
                format!("/assemblies/posted/{}", self.subject)
            }
        }
    )*};
}

of_subject!(ObjectionRaised: "assemblies.objection_raised", ObjectionAnswered: "assemblies.objection_answered",);
