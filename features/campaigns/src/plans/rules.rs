//! What a county may plan, and what its choice then needs. Pure.

use kernel::{FieldError, Problem, Refusal};
use rules::{Mode, Selection};

use super::types::{CandidateForm, Plan, PlanForm};
use crate::openings::types::CountyQuota;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PlanRefusal {
    #[error("这个环节没有可选的创建方式，不需要选定")]
    NothingToPlan,
    #[error("请先在“创建安排”中选定本区的创建方式（全面创建，或申报审查后直接认定），再推选")]
    NotPlanned,
    #[error("本区选定的是“自愿申报、提前审查、直接认定”：请先把这个小区列入审查名单并写明审查情况，再认定")]
    NotExamined,
    #[error("这个小区已在名单上")]
    AlreadyTakenUp,
    #[error("已有小区按这一方式推选，不能再更换方式；名额仍可调整")]
    ModeInUse,
}

impl Refusal for PlanRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NothingToPlan => "campaigns.nothing_to_plan",
            Self::NotPlanned => "campaigns.not_planned",
            Self::NotExamined => "campaigns.not_examined",
            Self::AlreadyTakenUp => "campaigns.already_taken_up",
            Self::ModeInUse => "campaigns.mode_in_use",
        }
    }
}

/// What a county declares: the plan, and the places it sets itself (BJ-008, BJ-009). `printed`: what the notice allows it.
pub(crate) fn declare(
    selection: &Selection,
    quota: &CountyQuota,
    printed: i64,
    before: Option<&Plan>,
    form: &PlanForm,
) -> Result<(Plan, i64), Problem> {
    if selection.modes.is_empty() {
        return Err(PlanRefusal::NothingToPlan.into());
    }
    let mut errors = vec![];
    let mode = Mode::from_code(&form.mode).filter(|it| selection.modes.contains(it));
    if mode.is_none() {
        errors.push(FieldError::new("mode", "请选择创建方式"));
    }
    let places = match form.places.trim() {
        "" => Some(printed),
        text => text.parse::<i64>().ok(),
    };
    let least = quota.used.max(1);
    let in_range =
        places.filter(|it| (least..=printed).contains(it) && (selection.may_lower || *it == printed));
    if in_range.is_none() {
        let message = if 0 < quota.used {
            format!("本区已推选{}个，名额应在{least}至{printed}之间", quota.used)
        } else {
            format!("名额应在{least}至{printed}之间；通知的上限是{printed}个，只能少，不能多")
        };
        errors.push(FieldError::new("places", message));
    }
    let reason = identifiers::mask_numbers(form.reason.trim());
    if in_range.is_some_and(|it| it < printed) && reason.is_empty() {
        errors.push(FieldError::new("reason", "减少名额的，请写明理由（如住宅物业管理项目较少）"));
    }
    if 200 < reason.chars().count() {
        errors.push(FieldError::new("reason", "理由不超过200个字"));
    }
    let (Some(mode), Some(places), true) = (mode, in_range, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    if 0 < quota.used && before.is_some_and(|it| it.mode != mode) {
        return Err(PlanRefusal::ModeInUse.into());
    }
    Ok((Plan { tenant: quota.tenant, selection: selection.code.clone(), mode, reason }, places))
}

/// Whether a community may be chosen now, as far as the county's plan goes.
pub(crate) fn must_be_planned(
    selection: &Selection,
    plan: Option<&Plan>,
    is_candidate: bool,
) -> Result<(), PlanRefusal> {
    match plan {
        _ if selection.modes.is_empty() => Ok(()),
        None => Err(PlanRefusal::NotPlanned),
        Some(plan) if plan.mode == Mode::ApplyPrescreenDesignate && !is_candidate => {
            Err(PlanRefusal::NotExamined)
        }
        Some(_) => Ok(()),
    }
}

pub(crate) fn finding(form: &CandidateForm) -> Result<String, FieldError> {
    let finding = identifiers::mask_numbers(form.finding.trim());
    if finding.chars().count() < 2 || 300 < finding.chars().count() {
        return Err(FieldError::new("finding", "请写明物业管理基础和审查情况，2至300个字"));
    }
    Ok(finding)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs;

    fn check(used: i64, mode: &str, places: &str, reason: &str) -> Result<i64, &'static str> {
        let pack = packs::named("beijing-2023-beautiful-home").unwrap();
        let selection = pack.selection("district").unwrap();
        let quota =
            CountyQuota { tenant: 3, selection: "district".into(), communities: 40, places: 10, used };
        let before = Plan {
            tenant: 3,
            selection: "district".into(),
            mode: Mode::AllThenSelect,
            reason: String::new(),
        };
        let form = PlanForm {
            selection: "district".into(),
            mode: mode.into(),
            places: places.into(),
            reason: reason.into(),
        };
        match declare(selection, &quota, 10, Some(&before), &form) {
            Ok((_, places)) => Ok(places),
            Err(Problem::Invalid(errors)) => Err(errors[0].field.to_string().leak()),
            Err(Problem::Refused { code, .. }) => Err(code),
            Err(other) => panic!("{other:?}"),
        }
    }

    // covers: BJ-009
    #[test]
    fn a_district_takes_at_most_ten_and_may_take_fewer_with_a_reason() {
        assert_eq!(check(0, "all_then_select", "", ""), Ok(10));
        assert_eq!(check(0, "all_then_select", "4", "项目较少"), Ok(4));
        assert_eq!(check(0, "all_then_select", "4", " "), Err("reason"));
        assert_eq!(check(0, "all_then_select", "11", "项目较多"), Err("places"));
        assert_eq!(check(0, "all_then_select", "0", "x"), Err("places"));
        assert_eq!(check(5, "all_then_select", "4", "x"), Err("places"));
        assert_eq!(check(5, "all_then_select", "5", "x"), Ok(5));
        assert_eq!(check(0, "whatever", "", ""), Err("mode"));
        assert_eq!(check(1, "apply_prescreen_designate", "", ""), Err("campaigns.mode_in_use"));
    }
}
