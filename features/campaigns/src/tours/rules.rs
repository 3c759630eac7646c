//! What becomes of an edit that was made without a network. Pure.

use kernel::{Problem, Refusal};
use rules::Standard;

use super::types::{Batch, Edit, EditState, Sending};
use crate::{
    applications::types::Fields,
    assessments::{
        self,
        types::{Marked, Sheet},
    },
};

/// A device sends in pieces: a sheet has some thirty items, and each is changed a few times at most between two syncs.
const MOST_EDITS: usize = 500;
const LONGEST_MARK: usize = 20;
const LONGEST_NOTE: usize = 500;
const MOST_PHOTOS: usize = 60;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TourRefusal {
    #[error("手机发来的评分无法识别，请更新页面后再同步；手机上的评分还在")]
    Unreadable,
    #[error("这处分歧已经处理过了")]
    NotDisputed,
    #[error("一份评分表最多附{MOST_PHOTOS}张照片，请先移除不需要的")]
    ManyPhotos,
}

impl Refusal for TourRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable => "campaigns.edits_unreadable",
            Self::NotDisputed => "campaigns.edit_not_disputed",
            Self::ManyPhotos => "campaigns.many_photos",
        }
    }
}

/// Reads what a device sent. Notes are masked here, before and after alike, so that what was masked when it was stored
/// still counts as the same.
pub(crate) fn read(sending: &Sending) -> Result<Batch, TourRefusal> {
    let device = sending.device.trim().to_ascii_lowercase();
    let is_device = device.len() == 32 && device.bytes().all(|it| it.is_ascii_hexdigit());
    let mut edits: Vec<Edit> = serde_json::from_str(&sending.edits).map_err(|_| TourRefusal::Unreadable)?;
    let is_short =
        |it: &Marked| it.mark.chars().count() <= LONGEST_MARK && it.note.chars().count() <= LONGEST_NOTE;
    let is_whole = |it: &Edit| 0 < it.n && it.item.len() <= 40 && is_short(&it.seen) && is_short(&it.given);
    if !is_device || MOST_EDITS < edits.len() || !edits.iter().all(is_whole) {
        return Err(TourRefusal::Unreadable);
    }
    for marked in edits.iter_mut().flat_map(|it| [&mut it.seen, &mut it.given]) {
        marked.mark = marked.mark.trim().to_owned();
        marked.note = identifiers::mask_numbers(marked.note.trim());
    }
    edits.sort_by_key(|it| it.n);
    Ok(Batch { device, edits })
}

pub(crate) fn photos_left(there: usize) -> Result<usize, TourRefusal> {
    MOST_PHOTOS.checked_sub(there).filter(|it| 0 < *it).ok_or(TourRefusal::ManyPhotos)
}

/// The sheet after an edit, and what became of it. An edit is taken where the sheet still says what the device saw;
/// where it says something else, or the mark cannot be, the sheet stays and the edit is kept beside it.
pub(crate) fn replay(sheet: Sheet, standard: &Standard, edit: &Edit) -> Result<(Sheet, EditState), Problem> {
    assessments::must_be_open(&sheet)?;
    let now = sheet.marks.get(&edit.item).cloned().unwrap_or_default();
    if now == edit.given {
        return Ok((sheet, EditState::Applied));
    }
    if now != edit.seen || standard.items().all(|it| it.code != edit.item) {
        return Ok((sheet, EditState::Disputed));
    }
    match given(&sheet, standard, edit) {
        Ok(sheet) => Ok((sheet, EditState::Applied)),
        Err(Problem::Invalid(_)) => Ok((sheet, EditState::Disputed)),
        Err(problem) => Err(problem),
    }
}

/// The sheet with what the device says, whatever the sheet says.
pub(crate) fn given(sheet: &Sheet, standard: &Standard, edit: &Edit) -> Result<Sheet, Problem> {
    let fields = Fields::from([
        (format!("mark-{}", edit.item), edit.given.mark.clone()),
        (format!("note-{}", edit.item), edit.given.note.clone()),
    ]);
    let marks = assessments::marked(sheet, standard, &fields)?;
    Ok(Sheet { marks, ..sheet.clone() })
}

#[cfg(test)]
mod tests {
    use kernel::UserId;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        assessments::types::{Level, Stage},
        packs,
    };

    fn marked(mark: &str) -> Marked {
        Marked { mark: mark.to_owned(), note: String::new() }
    }

    fn edit(n: i64, seen: &str, given: &str) -> Edit {
        Edit { n, item: "1.1".to_owned(), seen: marked(seen), given: marked(given) }
    }

    fn sheet(mark: &str) -> Sheet {
        let marks = (!mark.is_empty()).then(|| ("1.1".to_owned(), marked(mark)));
        Sheet {
            id: 1.into(),
            campaign: 1.into(),
            application: 1.into(),
            assessor: UserId::from(1),
            level: Level::City,
            stage: Stage::Open,
            marks: marks.into_iter().collect(),
            void_reason: None,
            version: 1,
        }
    }

    fn standard() -> Standard {
        packs::named("beijing-2023-beautiful-home").unwrap().standard
    }

    #[test]
    fn an_edit_is_taken_where_the_sheet_still_says_what_the_device_saw() {
        let standard = standard();
        let check = |now: &str, edit: &Edit, then: &str, state: EditState| {
            let (sheet, became) = replay(sheet(now), &standard, edit).unwrap();
            assert_eq!(sheet.marks.get("1.1").map_or("", |it| it.mark.as_str()), then);
            assert_eq!(became, state);
        };
        check("", &edit(1, "", "9"), "9", EditState::Applied);
        check("9", &edit(2, "9", ""), "", EditState::Applied);
        // Another device said the same: nothing to choose.
        check("9", &edit(1, "", "9"), "9", EditState::Applied);
        // Another device said something else: the sheet stays.
        check("8", &edit(1, "", "9"), "8", EditState::Disputed);
        // A mark that cannot be is kept for its assessor to see.
        check("", &edit(1, "", "11"), "", EditState::Disputed);
        let stray = Edit { item: "9.9".to_owned(), ..edit(1, "", "1") };
        check("", &stray, "", EditState::Disputed);
    }

    #[test]
    fn a_sheet_that_is_closed_takes_nothing() {
        let locked = Sheet { stage: Stage::Locked, ..sheet("") };
        let refused = replay(locked, &standard(), &edit(1, "", "9"));
        assert!(matches!(refused, Err(Problem::Refused { code: "campaigns.sheet_locked", .. })));
    }

    #[test]
    fn what_a_device_sends_is_read_or_refused_as_a_whole() {
        let sending =
            |device: &str, edits: &str| Sending { device: device.to_owned(), edits: edits.to_owned() };
        let device = "0123456789abcdef0123456789abcdef";
        let one = r#"[{"n":2,"item":"1.1","seen":{"mark":"","note":""},"given":{"mark":" 9 ","note":"电话13900001111"}},
            {"n":1,"item":"1.1","seen":{"mark":""},"given":{"mark":"8"}}]"#;
        let batch = read(&sending(device, one)).unwrap();
        assert_eq!(batch.edits.iter().map(|it| it.n).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(batch.edits[1].given, Marked { mark: "9".into(), note: "电话139********".into() });
        for (device, edits) in [
            ("short", one),
            (device, "{}"),
            (device, r#"[{"n":0,"item":"1","seen":{"mark":""},"given":{"mark":""}}]"#),
        ] {
            assert_eq!(read(&sending(device, edits)), Err(TourRefusal::Unreadable), "{edits}");
        }
        let long = format!(
            r#"[{{"n":1,"item":"1.1","seen":{{"mark":""}},"given":{{"mark":"","note":"{}"}}}}]"#,
            "长".repeat(501)
        );
        assert_eq!(read(&sending(device, &long)), Err(TourRefusal::Unreadable));
    }

    proptest! {
        // Whatever one device writes, in however many pieces and sent however often, the sheet ends as the device does.
        #[test]
        fn one_device_alone_never_disagrees_with_itself(marks in proptest::collection::vec(0_u8..=10, 1..20)) {
            let standard = standard();
            let (mut at_home, mut seen) = (sheet(""), String::new());
            for (n, mark) in marks.iter().enumerate() {
                let given = mark.to_string();
                let (next, state) = replay(at_home, &standard, &edit(n as i64 + 1, &seen, &given)).unwrap();
                prop_assert_eq!(state, EditState::Applied);
                (at_home, seen) = (next, given);
            }
            prop_assert_eq!(&at_home.marks["1.1"].mark, &seen);
        }
    }
}
