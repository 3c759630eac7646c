//! Chinese names for the states of a sheet, each said once, with the colour they are shown in.

use super::types::{Sheet, Stage};

/// Colour and words.
pub(crate) fn stage(sheet: &Sheet) -> (&'static str, &'static str) {
    match (&sheet.void_reason, sheet.stage) {
        (Some(_), _) => ("refused", "已作废"),
        (None, Stage::Open) => ("open", "未锁定"),
        (None, Stage::Conflicted) => ("refused", "已回避"),
        (None, Stage::Locked) => ("done", "已锁定"),
    }
}
