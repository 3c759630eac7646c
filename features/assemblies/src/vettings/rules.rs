//! Who may stand, whose opinion is missing, and what the opinions come to. Pure.

use std::sync::LazyLock;

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};
use serde::Deserialize;

use super::types::{Answering, Candidate, Nominating, Nominator, Opinion, Stage};
use crate::{
    checklists::types::{Checklist, Negative},
    committees::types::Origin,
};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum VettingRefusal {
    #[error("这名候选人的联审已经结束，不能再办理")]
    Concluded,
    #[error("还缺{0}的意见。期限到{1}，逾期未回复的，次日起街道可以按已有意见作出结论")]
    Missing(String, Date),
    #[error("{0}的意见已经登记，不能再改")]
    Answered(String),
    #[error("一个小区同时联审的候选人太多，最多100名")]
    TooMany,
    #[error("这次征集的自荐到{0}截止，不能再登记自荐")]
    CallClosed(Date),
}

impl Refusal for VettingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Concluded => "assemblies.vetting_concluded",
            Self::Missing(..) => "assemblies.opinions_missing",
            Self::Answered(_) => "assemblies.opinion_given",
            Self::TooMany => "assemblies.candidates_many",
            Self::CallClosed(_) => "assemblies.call_closed",
        }
    }
}

/// The pack that ships.
pub(crate) static PACK: LazyLock<VettingPack> = LazyLock::new(|| {
    let text = include_str!("../../../../packs/shucheng-2023-vetting/vetting.toml");
    toml::from_str(text).unwrap_or_else(|it| panic!("the shipped vetting: {it}"))
});

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VettingPack {
    pub(crate) title: String,
    /// Working days for the opinions.
    pub(crate) days: u32,
    /// Days, at least, in which owners put themselves forward.
    pub(crate) call_days: u32,
    /// Days those who passed are announced.
    pub(crate) announce_days: u32,
    pub(crate) party_percent: usize,
    pub(crate) bodies: Vec<Body>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) negatives: Vec<Negative>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    pub(crate) code: String,
    pub(crate) name: String,
}

/// 正面条件.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition {
    pub(crate) says: String,
}

impl VettingPack {
    pub(crate) fn body(&self, code: &str) -> Option<&Body> {
        self.bodies.iter().find(|it| it.code == code)
    }
}

/// What was typed about a candidate.
pub(crate) struct Nominated {
    pub(crate) name: String,
    pub(crate) party: bool,
    pub(crate) origin: Origin,
    pub(crate) nominated_by: Nominator,
    pub(crate) born: i64,
}

/// The year of birth, of whoever turns eighteen in it at the latest; whether they have is among the conditions. 0 where none was typed.
pub(crate) fn born(typed: &str, today: Date) -> Result<i64, FieldError> {
    let year = i64::from(today.year());
    match typed.trim() {
        "" => Ok(0),
        typed => {
            typed.parse::<i64>().ok().filter(|it| (year - 110..=year - 18).contains(it)).ok_or_else(|| {
                FieldError::new("born", format!("请填写四位出生年份，应年满18周岁，如{}", year - 50))
            })
        }
    }
}

pub(crate) fn nominate(
    list: &Checklist,
    open: usize,
    form: &Nominating,
    today: Date,
) -> Result<Nominated, Problem> {
    if 100 <= open {
        return Err(VettingRefusal::TooMany.into());
    }
    let mut errors = vec![];
    let name = form.name.trim().to_owned();
    if name.is_empty() || 20 < name.chars().count() || name.chars().any(|it| it.is_ascii_digit()) {
        errors.push(FieldError::new("name", "请只填姓名，不超过20个字"));
    }
    let origin = Origin::ALL.iter().find(|it| it.1 == form.origin).map(|it| it.0);
    if origin.is_none() {
        errors.push(FieldError::new("origin", "请选择人选来源"));
    }
    let nominator = Nominator::ALL.iter().find(|it| it.1 == form.nominated_by).map(|it| it.0);
    if nominator.is_none() {
        errors.push(FieldError::new("nominated_by", "请选择推荐方式"));
    }
    let born = born(&form.born, today).unwrap_or_else(|it| {
        errors.push(it);
        0
    });
    let checked = (0..list.conditions.len()).filter(|n| form.condition.contains(&n.to_string())).count();
    if checked < list.conditions.len() {
        errors.push(FieldError::new("condition", "请逐项核对正面条件，全部符合才能提名"));
    }
    match (origin, nominator) {
        (Some(origin), Some(nominated_by)) if errors.is_empty() => {
            Ok(Nominated { name, party: form.party == "yes", origin, nominated_by, born })
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

pub(crate) fn must_be_open(it: &Candidate) -> Result<(), VettingRefusal> {
    if it.stage == Stage::Open { Ok(()) } else { Err(VettingRefusal::Concluded) }
}

/// A department's answer, once: with the code of what stands against the candidate, or none.
pub(crate) fn answer(
    (pack, list): (&VettingPack, &Checklist),
    it: &Candidate,
    given: &[Opinion],
    form: &Answering,
) -> Result<Opinion, Problem> {
    must_be_open(it)?;
    let body = pack.body(&form.body).ok_or(Problem::NotFound)?;
    if given.iter().any(|it| it.body == body.code) {
        return Err(VettingRefusal::Answered(body.name.clone()).into());
    }
    let known = form.reason.is_empty() || list.negatives.iter().any(|it| it.code == form.reason);
    let mut errors = vec![];
    if !known {
        errors.push(FieldError::new("reason", "请选择通过，或负面清单中的一项"));
    }
    let document = identifiers::mask_numbers(form.document.trim());
    if document.is_empty() || 100 < document.chars().count() {
        errors.push(FieldError::new("document", "请填写复函的文号或日期，不超过100个字"));
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    let fails = Some(form.reason.clone()).filter(|it| !it.is_empty());
    Ok(Opinion { body: body.code.clone(), fails, document })
}

/// 结论: one opinion against is enough; silence is none, once its time has passed.
pub(crate) fn conclude(
    pack: &VettingPack,
    it: &Candidate,
    given: &[Opinion],
    today: Date,
) -> Result<Stage, VettingRefusal> {
    must_be_open(it)?;
    if given.iter().any(|it| it.fails.is_some()) {
        return Ok(Stage::Refused(today));
    }
    let missing: Vec<&str> = pack
        .bodies
        .iter()
        .filter(|body| given.iter().all(|it| it.body != body.code))
        .map(|it| it.name.as_str())
        .collect();
    if !missing.is_empty() && today <= it.due_on {
        return Err(VettingRefusal::Missing(missing.join("、"), it.due_on));
    }
    Ok(Stage::Passed(today))
}

/// Whether somebody serves the neighborhood as well: 交叉任职.
pub(crate) fn serves_both(origin: Origin) -> bool {
    [Origin::NeighborhoodCommittee, Origin::GridWorker].contains(&origin)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::vettings::types::CandidateId;

    fn candidate(party: bool) -> Candidate {
        Candidate {
            id: CandidateId::from(1),
            place: kernel::Place::default(),
            name: "某某".into(),
            party,
            origin: Origin::Owner,
            nominated_by: Nominator::Own,
            born: 1970,
            checklist: 0,
            opened_on: date(2024, 8, 20),
            due_on: date(2024, 9, 3),
            stage: Stage::Open,
            version: 1,
        }
    }

    fn list() -> Checklist {
        Checklist {
            version: 0,
            conditions: PACK.conditions.iter().map(|it| it.says.clone()).collect(),
            negatives: PACK.negatives.clone(),
            published_on: None,
        }
    }

    fn opinions(fails: Option<&str>, n: usize) -> Vec<Opinion> {
        let of = |body: &Body| Opinion {
            body: body.code.clone(),
            fails: fails.filter(|_| body.code == "court").map(str::to_owned),
            document: "复函".into(),
        };
        PACK.bodies.iter().take(n).map(of).collect()
    }

    // covers: FX-027, SC-031
    #[test]
    fn six_departments_are_asked_and_one_against_is_enough() {
        assert_eq!(PACK.bodies.len(), 6);
        let conclude = |given: &[Opinion], day| conclude(&PACK, &candidate(true), given, day);
        let in_time = date(2024, 9, 3);
        assert_eq!(conclude(&opinions(None, 6), in_time), Ok(Stage::Passed(in_time)));
        assert_eq!(conclude(&opinions(Some("N2"), 4), in_time), Ok(Stage::Refused(in_time)));
        let missing = conclude(&opinions(None, 4), in_time).unwrap_err();
        assert_eq!(missing, VettingRefusal::Missing("物业主管部门、信访".into(), in_time));
        // Silence does not keep owners from their election.
        let late = date(2024, 9, 4);
        assert_eq!(conclude(&opinions(None, 4), late), Ok(Stage::Passed(late)));
    }

    // covers: FX-026, SC-026
    #[test]
    fn every_condition_is_checked_and_the_reason_is_of_the_list() {
        let today = date(2024, 8, 20);
        let form = Nominating {
            name: "某某".into(),
            origin: "owner".into(),
            nominated_by: "party".into(),
            condition: vec!["0".into(), "1".into(), "2".into(), "3".into()],
            ..Nominating::default()
        };
        assert!(
            matches!(nominate(&list(), 0, &form, today), Err(Problem::Invalid(errors)) if errors[0].field == "condition")
        );
        let all = Nominating { condition: (0..5).map(|it| it.to_string()).collect(), ..form };
        assert_eq!(nominate(&list(), 0, &all, today).map(|it| it.born).ok(), Some(0));
        let born = |year: &str| Nominating { born: year.into(), ..all.clone() };
        assert_eq!(nominate(&list(), 0, &born(" 2006 "), today).map(|it| it.born).ok(), Some(2006));
        for wrong in ["2007", "62", "1913", "六二年"] {
            assert!(
                matches!(nominate(&list(), 0, &born(wrong), today), Err(Problem::Invalid(errors)) if errors[0].field == "born"),
                "{wrong}"
            );
        }
        let answering =
            |reason: &str| Answering { body: "court".into(), reason: reason.into(), document: "函".into() };
        assert!(answer((&PACK, &list()), &candidate(true), &[], &answering("N99")).is_err());
        assert_eq!(
            answer((&PACK, &list()), &candidate(true), &[], &answering("N2")).unwrap().fails.as_deref(),
            Some("N2")
        );
        assert!(
            answer((&PACK, &list()), &candidate(true), &opinions(None, 6), &answering("")).is_err(),
            "nobody answers twice"
        );
    }
}
