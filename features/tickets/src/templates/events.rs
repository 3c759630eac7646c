//! What happened to templates, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::TemplateId;

macro_rules! template_event {
    ($name:ident, $event:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) template: TemplateId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.template.into()
            }

            fn url(&self) -> String {
                "/tickets/templates".to_owned()
            }
        }
    };
}

template_event!(TemplateKept, "tickets.template_kept", { title: String });
template_event!(TemplateEnded, "tickets.template_ended", { title: String });
