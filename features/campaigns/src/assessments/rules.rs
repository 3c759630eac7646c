//! What may become of a sheet, and what a posted list must say. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kernel::{FieldError, Problem, Ratio, Refusal};
use rules::{Mark, Standard};

use super::types::{Marked, Parts, Posting, Sheet, Stage};
use crate::applications::types::Fields;

/// How many sheets each application gets, as far as there are assessors.
pub(crate) const SHEETS_EACH: usize = 2;
/// The parameter `third_assessor_over`: a larger difference, as a share of the item's marks, asks for a third.
const THIRD_ASSESSOR_OVER: Ratio = Ratio::new(1, 5);
const LONGEST_NOTICE: i64 = 60;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum AssessmentRefusal {
    #[error("评分表已锁定，不能再修改")]
    Locked,
    #[error("您已声明回避，这份评分表不计分")]
    Conflicted,
    #[error("还有{0}项没有评分（{1}），请逐项评分后再锁定")]
    Unmarked(usize, String),
    #[error("还有{0}项离线评分与这里的不一致，请先逐项选定再锁定")]
    Disputes(usize),
    #[error("还没有测评人员，请安全管理员先授予“测评人员”职务")]
    NoAssessors,
    #[error("还没有可以测评的小区，请等县区推荐后再分配")]
    NothingToAssess,
    #[error("还有评分表没有锁定，不能发布公示：{0}")]
    SheetsOpen(String),
    #[error("排名中没有入选的小区，不能发布公示")]
    NobodySelected,
    #[error("已经认定，名单不能再更正。如确有错误，请另行发文")]
    Closed,
    #[error("这份评分表已作废：{0}")]
    Voided(String),
    #[error("请写明作废理由，不超过200个字")]
    VoidReason,
    #[error("已有锁定的自评表，不能再改份数：看到分数之后再改标准，结果就不可信了")]
    AlreadyScored,
    #[error("这些小区的评分表不足，或两份差异过大还没有第三人评分，请先再次分配：{0}")]
    SheetsFew(String),
    #[error("这个通知印有每项分值，县区不能另行细化")]
    NothingToRefine,
}

impl Refusal for AssessmentRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Locked => "campaigns.sheet_locked",
            Self::Conflicted => "campaigns.sheet_conflicted",
            Self::Unmarked(..) => "campaigns.sheet_unmarked",
            Self::Disputes(_) => "campaigns.sheet_disputed",
            Self::NoAssessors => "campaigns.no_assessors",
            Self::NothingToAssess => "campaigns.nothing_to_assess",
            Self::SheetsOpen(_) => "campaigns.sheets_open",
            Self::NobodySelected => "campaigns.nobody_selected",
            Self::Closed => "campaigns.closed",
            Self::Voided(_) => "campaigns.sheet_voided",
            Self::VoidReason => "campaigns.void_reason",
            Self::AlreadyScored => "campaigns.already_scored",
            Self::SheetsFew(_) => "campaigns.sheets_few",
            Self::NothingToRefine => "campaigns.nothing_to_refine",
        }
    }
}

/// The marks as typed, each within its item; an emptied field takes its mark away.
pub(crate) fn mark(
    sheet: &Sheet,
    standard: &Standard,
    fields: &Fields,
) -> Result<BTreeMap<String, Marked>, Problem> {
    must_be_open(sheet)?;
    let (mut marks, mut errors) = (sheet.marks.clone(), vec![]);
    for item in standard.items() {
        let Some(typed) = fields.get(&format!("mark-{}", item.code)) else { continue };
        let note = fields.get(&format!("note-{}", item.code)).map_or("", |it| it.trim());
        // A page is saved every few seconds, and most of it stands as it was.
        if marks.get(&item.code).is_some_and(|it| it.mark == *typed && it.note == note) {
            continue;
        }
        let note = identifiers::mask_numbers(note);
        // A Chinese keyboard types figures as wide as characters.
        let typed = identifiers::narrowed(typed.trim());
        let typed = typed.as_str();
        if typed.is_empty() && note.is_empty() {
            marks.remove(&item.code);
            continue;
        }
        let read = if typed.is_empty() { Ok(None) } else { Mark::parse(typed).map(Some) };
        match read {
            Ok(Some(mark)) if mark.ratio().is_negative() || item.mark_of < mark.ratio() => {
                errors.push(FieldError::new(
                    "marks",
                    format!("第{}项的分数应在0到{}之间", item.code, item.mark_of.exact()),
                ));
            }
            Ok(_) => {
                marks.insert(item.code.clone(), Marked { mark: typed.to_owned(), note });
            }
            Err(message) => errors.push(FieldError::new("marks", format!("第{}项：{message}", item.code))),
        }
    }
    if errors.is_empty() { Ok(marks) } else { Err(Problem::Invalid(errors)) }
}

/// Items told by their codes when a sheet is not finished.
const TOLD: usize = 8;

/// 锁定 — with every item marked, and nothing a phone brought home still open.
pub(crate) fn lock(sheet: &Sheet, standard: &Standard, disputes: usize) -> Result<Stage, Problem> {
    must_be_open(sheet)?;
    if 0 < disputes {
        return Err(AssessmentRefusal::Disputes(disputes).into());
    }
    let marked = |code: &str| sheet.marks.get(code).is_some_and(|it| !it.mark.is_empty());
    let open: Vec<&str> = standard.items().map(|it| it.code.as_str()).filter(|it| !marked(it)).collect();
    if open.is_empty() {
        return Ok(Stage::Locked);
    }
    let more = if TOLD < open.len() { "等" } else { "" };
    let told = format!("第{}项{more}", open[..open.len().min(TOLD)].join("、"));
    Err(AssessmentRefusal::Unmarked(open.len(), told).into())
}

pub(crate) fn must_be_open(sheet: &Sheet) -> Result<(), Problem> {
    if let Some(reason) = &sheet.void_reason {
        return Err(AssessmentRefusal::Voided(reason.clone()).into());
    }
    match sheet.stage {
        Stage::Open => Ok(()),
        Stage::Locked => Err(AssessmentRefusal::Locked.into()),
        Stage::Conflicted => Err(AssessmentRefusal::Conflicted.into()),
    }
}

/// A sheet that is there: for which application, whose (None: somebody who is no assessor any more), and whether it
/// counts (回避 does not).
pub(crate) type Held = (usize, Option<usize>, bool);

/// Who still needs whom: every application is brought to the number of counting sheets it wants, each time by the
/// assessor with the fewest who has none there yet.
pub(crate) fn assign(wanted: &[usize], assessors: usize, held: &[Held]) -> Vec<(usize, usize)> {
    let mut burden = vec![0_usize; assessors];
    held.iter().filter_map(|it| it.1).for_each(|assessor| burden[assessor] += 1);
    let mut new: Vec<(usize, usize)> = vec![];
    for (application, wanted) in wanted.iter().enumerate() {
        let counting = held.iter().filter(|it| it.0 == application && it.2).count();
        for _ in counting..*wanted {
            let has = |assessor: usize| {
                held.iter().any(|it| (it.0, it.1) == (application, Some(assessor)))
                    || new.contains(&(application, assessor))
            };
            let free = (0..assessors).filter(|it| !has(*it)).min_by_key(|it| (burden[*it], *it));
            let Some(assessor) = free else { break };
            burden[assessor] += 1;
            new.push((application, assessor));
        }
    }
    new
}

/// The items on which two locked sheets differ by more than a fifth of the item's marks: a third is asked for.
pub(crate) fn disputed(standard: &Standard, sheets: &[&Sheet]) -> Vec<String> {
    let ratio = |sheet: &Sheet, code: &str| {
        sheet.marks.get(code).and_then(|it| Mark::parse(&it.mark).ok()).map(Mark::ratio)
    };
    let wide = |item: &&rules::Item| {
        let marks: Vec<Ratio> = sheets.iter().filter_map(|it| ratio(it, &item.code)).collect();
        let (least, most) = (marks.iter().min(), marks.iter().max());
        let limit = item.mark_of.times(THIRD_ASSESSOR_OVER);
        sheets.len() == 2 && least.zip(most).is_some_and(|(least, most)| limit < most.minus(*least))
    };
    standard.items().filter(wide).map(|it| it.code.clone()).collect()
}

/// 作废 — any sheet that still counts, with the reason; its marks stay to be read.
pub(crate) fn void(sheet: &Sheet, reason: &str) -> Result<String, Problem> {
    if let Some(reason) = &sheet.void_reason {
        return Err(AssessmentRefusal::Voided(reason.clone()).into());
    }
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        return Err(AssessmentRefusal::VoidReason.into());
    }
    Ok(reason)
}

/// The refining standard.toml out of each item's part as typed; the engine checks the rest.
pub(crate) fn refinement(standard: &Standard, parts: &Parts) -> Result<String, Problem> {
    let weighted: Vec<&rules::Item> =
        standard.groups.iter().filter(|it| it.weighted).flat_map(|it| &it.items).collect();
    if weighted.is_empty() {
        return Err(AssessmentRefusal::NothingToRefine.into());
    }
    let (mut text, mut errors) = (String::new(), vec![]);
    for item in weighted {
        let typed = parts.get(&format!("part-{}", item.code)).map_or("", |it| it.trim());
        let part = Mark::parse(if typed.is_empty() { "1" } else { typed }).ok().map(Mark::ratio);
        match part.filter(|it| Ratio::ZERO < *it && *it <= Ratio::whole(100)) {
            Some(part) => text.push_str(&format!(
                "[[items]]\ncode = \"{}\"\npart = \"{}\"\n\n",
                item.code,
                part.exact()
            )),
            None => {
                errors.push(FieldError::new("parts", format!("第{}项的份数应大于0，不超过100", item.code)))
            }
        }
    }
    if parts.get("reason").is_none_or(|it| it.trim().is_empty()) {
        errors.push(FieldError::new("reason", "请写明细化的依据，如会议或文件"));
    }
    if errors.is_empty() { Ok(text) } else { Err(Problem::Invalid(errors)) }
}

/// 公示 days are full days after the posting; a correction says what it corrects.
pub(crate) fn posting(form: &Posting, is_correction: bool) -> Result<(u32, String), Problem> {
    let mut errors = vec![];
    let days = form.days.trim().parse::<i64>().ok().filter(|it| (1..=LONGEST_NOTICE).contains(it));
    if days.is_none() {
        errors.push(FieldError::new("days", "公示天数应为1至60的整数"));
    }
    let reason = form.reason.trim().to_owned();
    if is_correction && reason.is_empty() {
        errors.push(FieldError::new("reason", "更正公示请写明更正理由"));
    }
    match days.and_then(|it| u32::try_from(it).ok()) {
        Some(days) if errors.is_empty() => Ok((days, reason)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// The last full day of a notice.
pub(crate) fn last_day(posted_on: Date, days: i64) -> Date {
    use jiff::ToSpan as _;
    posted_on.saturating_add(days.days())
}

#[cfg(test)]
mod tests {
    use kernel::UserId;

    use super::*;
    use crate::{assessments::types::Level, packs};

    fn sheet(marks: &[(&str, &str)]) -> Sheet {
        let marks = marks
            .iter()
            .map(|(code, mark)| {
                ((*code).to_owned(), Marked { mark: (*mark).to_owned(), note: String::new() })
            })
            .collect();
        Sheet {
            id: 1.into(),
            campaign: 1.into(),
            application: 1.into(),
            assessor: UserId::from(1),
            level: Level::City,
            stage: Stage::Open,
            marks,
            void_reason: None,
            version: 1,
        }
    }

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_mark_lies_within_its_item_or_is_refused() {
        let standard = packs::named("beijing-2023-beautiful-home").unwrap().standard;
        let marks =
            mark(&sheet(&[]), &standard, &fields(&[("mark-1.1", "９．５"), ("note-1.1", "访谈12户")]))
                .unwrap();
        assert_eq!(marks["1.1"], Marked { mark: "9.5".into(), note: "访谈12户".into() });
        for typed in ["11", "-1", "好"] {
            assert!(
                matches!(
                    mark(&sheet(&[]), &standard, &fields(&[("mark-1.1", typed)])),
                    Err(Problem::Invalid(_))
                ),
                "{typed}"
            );
        }
        let locked = Sheet { stage: Stage::Locked, ..sheet(&[]) };
        assert!(matches!(
            mark(&locked, &standard, &fields(&[("mark-1.1", "1")])),
            Err(Problem::Refused { code: "campaigns.sheet_locked", .. })
        ));
    }

    #[test]
    fn a_sheet_with_gaps_is_not_locked() {
        let standard = packs::named("beijing-2023-beautiful-home").unwrap().standard;
        assert!(
            matches!(lock(&sheet(&[("1.1", "10")]), &standard, 0), Err(Problem::Refused { message, .. }) if message.contains("31项"))
        );
        let all: Vec<(String, String)> =
            standard.items().map(|it| (it.code.clone(), "1".to_owned())).collect();
        let all: Vec<(&str, &str)> = all.iter().map(|(code, mark)| (code.as_str(), mark.as_str())).collect();
        assert_eq!(lock(&sheet(&all), &standard, 0).unwrap(), Stage::Locked);
        let disputed = lock(&sheet(&all), &standard, 1);
        assert!(matches!(disputed, Err(Problem::Refused { code: "campaigns.sheet_disputed", .. })));
    }

    // covers: LA-022
    #[test]
    fn assignments_are_balanced() {
        let pairs = assign(&[2; 7], 3, &[]);
        let of = |assessor: usize| pairs.iter().filter(|it| it.1 == assessor).count();
        assert_eq!(pairs.len(), 14);
        assert!((0..3).all(|it| (4..=5).contains(&of(it))));
        assert!((0..7).all(|a| {
            pairs
                .iter()
                .filter(|it| it.0 == a)
                .map(|it| it.1)
                .collect::<std::collections::BTreeSet<_>>()
                .len()
                == 2
        }));
        assert_eq!(assign(&[2; 2], 1, &[]), [(0, 0), (1, 0)]);
        // The second assessor stepped aside from the first application: the third takes it, and nothing else moves.
        let held = [(0, Some(0), true), (0, Some(1), false), (1, Some(0), true), (1, Some(1), true)];
        assert_eq!(assign(&[2; 2], 3, &held), [(0, 2)]);
        assert_eq!(assign(&[2], 2, &[(0, Some(0), true), (0, Some(1), false)]), []);
        // A locked sheet of somebody who left still counts; a dispute asks for one more.
        assert_eq!(assign(&[2], 2, &[(0, None, true), (0, Some(1), true)]), []);
        assert_eq!(assign(&[3], 3, &[(0, Some(0), true), (0, Some(1), true)]), [(0, 2)]);
    }

    #[test]
    fn a_difference_over_a_fifth_asks_for_a_third() {
        let standard = packs::named("beijing-2023-beautiful-home").unwrap().standard;
        let (a, b, c) =
            (sheet(&[("1.1", "10"), ("1.2", "5")]), sheet(&[("1.1", "8"), ("1.2", "3")]), sheet(&[]));
        assert_eq!(disputed(&standard, &[&a, &b]), ["1.2"]);
        assert_eq!(disputed(&standard, &[&a, &b, &c]), Vec::<String>::new());
    }
}
