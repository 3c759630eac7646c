//! The nouns: an import, its rows, and where it stands.

use std::collections::BTreeMap;

use kernel::{Tenant, UserId, id};

id!(ImportId);

/// The registers of communities and of enterprises; any other code is a kind of record.
pub(crate) const COMMUNITIES: &str = "communities";
pub(crate) const ENTERPRISES: &str = "enterprises";

/// A file on its way into a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) id: ImportId,
    pub(crate) person: UserId,
    /// [`COMMUNITIES`], [`ENTERPRISES`], or the kind of record its rows become.
    pub(crate) register: String,
    pub(crate) file_name: String,
    pub(crate) file_hash: String,
    pub(crate) header: Vec<String>,
    /// Which column of the file each field is read from.
    pub(crate) mapping: BTreeMap<String, usize>,
    pub(crate) stage: Stage,
    pub(crate) mode: Option<Mode>,
    pub(crate) rows: i64,
    pub(crate) counts: Counts,
    /// The last line a unit has dealt with.
    pub(crate) through: i64,
    pub(crate) version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) applied: i64,
    /// Already there: an import done twice adds nothing.
    pub(crate) skipped: i64,
    pub(crate) refused: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    Staged,
    Applying,
    Done,
    Undone,
}

/// What becomes of a file with wrong rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    AllOrNothing,
    GoodRows,
}

/// One row as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StagedRow {
    pub(crate) line: i64,
    pub(crate) cells: Vec<String>,
}

/// A row that cannot go in, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FaultyRow {
    pub(crate) row: StagedRow,
    pub(crate) fault: String,
}

impl Import {
    pub(crate) fn tenant(&self) -> Tenant {
        Tenant::of_id(self.id.into())
    }
}

impl Stage {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Staged => "staged",
            Self::Applying => "applying",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }

    pub(crate) fn from_code(code: &str) -> Self {
        // The table's check leaves nothing else.
        [Self::Staged, Self::Applying, Self::Done]
            .into_iter()
            .find(|it| it.code() == code)
            .unwrap_or(Self::Undone)
    }
}

impl Mode {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::AllOrNothing => "all_or_nothing",
            Self::GoodRows => "good_rows",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        [Self::AllOrNothing, Self::GoodRows].into_iter().find(|it| it.code() == code)
    }
}
