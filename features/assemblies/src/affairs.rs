//! What the rooms about a committee's affairs share: how an event of theirs is named and where it leads.

/// An event about a committee: what it is called, the page under the committee it leads to, and what it says besides.
macro_rules! committee_event {
    ($name:ident, $event:literal, $page:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, serde::Serialize)]
        pub(crate) struct $name {
            pub(crate) committee: $crate::committees::types::CommitteeId,
            $(pub(crate) $field: $kind,)*
        }

        impl ::store::Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.committee.into()
            }

            fn url(&self) -> String {
                format!(concat!("/assemblies/committees/{}/", $page), self.committee)
            }
        }
    };
}

pub(crate) use committee_event;

/// A text that has to be there, with numbers in it masked; or the sentence that asks for it.
pub(crate) fn said(
    field: &'static str,
    typed: &str,
    longest: usize,
    ask: &str,
    errors: &mut Vec<kernel::FieldError>,
) -> String {
    let words = identifiers::mask_numbers(typed.trim());
    if words.is_empty() || longest < words.chars().count() {
        errors.push(kernel::FieldError::new(field, format!("{ask}，不超过{longest}个字")));
    }
    words
}
