//! What may be said about a unit at its door. Pure.

use kernel::{FieldError, Problem};

use super::rules::WAYS;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// 送达, with the way.
    Delivered(&'static str),
    Reached,
    Absent,
    /// 撤回: what was said about the contact was a mistake.
    Undo,
    /// 到会签到, at the meeting.
    Present,
    /// 撤回到会签到.
    Away,
}

impl Word {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Delivered(how) => how,
            Self::Reached => "reached",
            Self::Absent => "absent",
            Self::Undo => "undo",
            Self::Present => "present",
            Self::Away => "away",
        }
    }
}

/// The word as picked, for units that were picked.
pub(crate) fn word(units: &[String], picked: &str) -> Result<Word, Problem> {
    let word = match picked {
        "reached" => Some(Word::Reached),
        "absent" => Some(Word::Absent),
        "undo" => Some(Word::Undo),
        "present" => Some(Word::Present),
        "away" => Some(Word::Away),
        how => WAYS.iter().find(|it| it.0 == how).map(|it| Word::Delivered(it.0)),
    };
    let mut errors = vec![];
    if units.is_empty() {
        errors.push(FieldError::new("unit", "请先勾选房屋"));
    }
    if word.is_none() {
        errors.push(FieldError::new("what", "请选择要登记的情况"));
    }
    word.filter(|_| errors.is_empty()).ok_or(Problem::Invalid(errors))
}
