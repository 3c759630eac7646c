//! What happened to ballots, letters and sheets, for the audit log: numbers of leaves, never a choice.

use ::store::Event;
use serde::Serialize;

use super::types::SheetId;
use crate::decisions::DecisionId;

macro_rules! voting_event {
    ($name:ident, $event:literal, $url:literal, { $($field:ident: $kind:ty),* }) => {
        #[derive(Debug, Serialize)]
        pub(crate) struct $name {
            pub(crate) decision: DecisionId,
            $(pub(crate) $field: $kind,)*
        }

        impl Event for $name {
            const NAME: &'static str = $event;

            fn subject(&self) -> i64 {
                self.decision.into()
            }

            fn url(&self) -> String {
                format!($url, self.decision)
            }
        }
    };
}

voting_event!(BallotsCast, "assemblies.ballots_cast", "/assemblies/vote/done/{}", { leaves: Vec<i64> });
voting_event!(LettersPrinted, "assemblies.letters_printed", "/assemblies/decisions/{}/canvass", { letters: usize });
voting_event!(LetterReissued, "assemblies.letter_reissued", "/assemblies/decisions/{}/canvass", { serial: i64 });
voting_event!(SheetEntered, "assemblies.sheet_entered", "/assemblies/decisions/{}/sheets", { sheet: SheetId, state: &'static str });
