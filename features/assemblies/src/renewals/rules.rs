//! What a consent must rest on, and which one opens which door. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Basis, Consent, Consenting, Going, Kind, Renewal, Stage};
use crate::{affairs::said, decisions::DecisionId};

/// Households that have to agree of those there are. The notice says “形成共识” and prints no number: a parameter of this house.
pub(crate) const SHARE: (i64, i64) = (2, 3);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RenewalRefusal {
    #[error("还没有形成{0}，不能{1}")]
    NoConsent(&'static str, &'static str),
    #[error("现在是“{0}”，不能这样办理")]
    WrongStage(&'static str),
    #[error("{0}已经登记过")]
    Consented(&'static str),
}

impl Refusal for RenewalRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoConsent(..) => "assemblies.renewal_without_consent",
            Self::WrongStage(_) => "assemblies.renewal_stage",
            Self::Consented(_) => "assemblies.renewal_consented",
        }
    }
}

pub(crate) fn title(typed: &str) -> Result<String, Problem> {
    let mut errors = vec![];
    let title = said("title", typed, 60, "请填写改造项目名称", &mut errors);
    if errors.is_empty() { Ok(title) } else { Err(Problem::Invalid(errors)) }
}

/// 登记共识: by a decision of this community's owners that passed, or by enough of its households.
pub(crate) fn consent(
    it: &Renewal,
    form: &Consenting,
    decision: Option<DecisionId>,
    today: Date,
) -> Result<Consent, Problem> {
    if matches!(it.stage, Stage::Finished | Stage::Ended) {
        return Err(RenewalRefusal::WrongStage(it.stage.label()).into());
    }
    let mut errors = vec![];
    let kind = Kind::ALL.iter().find(|it| it.1 == form.kind).map(|it| it.0);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "请选择是哪一个共识"));
    }
    if let Some(kind) = kind.filter(|kind| it.consents.iter().any(|it| it.kind == *kind)) {
        return Err(RenewalRefusal::Consented(kind.label()).into());
    }
    let words = said("words", &form.words, 300, "请写明共识的内容", &mut errors);
    let basis = basis(form, decision).map_err(|it| errors.push(it)).ok();
    match (kind, basis) {
        (Some(kind), Some(basis)) if errors.is_empty() => Ok(Consent { kind, on: today, basis, words }),
        _ => Err(Problem::Invalid(errors)),
    }
}

fn basis(form: &Consenting, decision: Option<DecisionId>) -> Result<Basis, FieldError> {
    if !form.decision.is_empty() {
        let wrong =
            || FieldError::new("decision", "请选择本小区已经通过的业主大会决定，或填写征求意见的户数");
        return decision.map(|it| Basis::Decision(it.into())).ok_or_else(wrong);
    }
    let number = |typed: &str| identifiers::narrowed(typed).parse::<i64>().ok().filter(|it| 0 <= *it);
    match (number(&form.agreed), number(&form.households)) {
        (Some(agreed), Some(households)) if 0 < households && agreed <= households => {
            if agreed * SHARE.1 < households * SHARE.0 {
                let message = format!(
                    "{households}户中{agreed}户同意，不到{}分之{}（系统参考值），还不能算形成共识",
                    SHARE.1, SHARE.0
                );
                return Err(FieldError::new("agreed", message));
            }
            Ok(Basis::Asked { agreed, households })
        }
        _ => Err(FieldError::new("agreed", "请填写小区总户数和同意的户数，或选择业主大会的决定")),
    }
}

/// 纳入、开工、完工, in this order, each door with its consent; 终止 at any time before the end.
pub(crate) fn go(it: &Renewal, form: &Going) -> Result<(Stage, String), Problem> {
    let to = Stage::from_code(&form.to).ok_or(Problem::NotFound)?;
    if to == Stage::Ended {
        if it.stage.next().is_none() {
            return Err(RenewalRefusal::WrongStage(it.stage.label()).into());
        }
        let mut errors = vec![];
        let reason = said("reason", &form.reason, 200, "请写明终止的理由", &mut errors);
        return if errors.is_empty() { Ok((to, reason)) } else { Err(Problem::Invalid(errors)) };
    }
    if it.stage.next() != Some(to) {
        return Err(RenewalRefusal::WrongStage(it.stage.label()).into());
    }
    let needs = match to {
        Stage::Included => Some((Kind::Management, "纳入改造计划")),
        Stage::Started => Some((Kind::Service, "开工")),
        _ => None,
    };
    if let Some((kind, what)) = needs
        && it.consents.iter().all(|it| it.kind != kind)
    {
        return Err(RenewalRefusal::NoConsent(kind.label(), what).into());
    }
    Ok((to, String::new()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(agreed: &str, households: &str) -> Result<Basis, FieldError> {
        let form =
            Consenting { agreed: agreed.into(), households: households.into(), ..Consenting::default() };
        basis(&form, None)
    }

    #[test]
    fn two_thirds_of_the_households_are_a_consent_and_one_fewer_is_none() {
        assert_eq!(asked("200", "300"), Ok(Basis::Asked { agreed: 200, households: 300 }));
        assert!(asked("199", "300").is_err());
        assert_eq!(asked("２", "３"), Ok(Basis::Asked { agreed: 2, households: 3 }));
        for (agreed, households) in [("4", "3"), ("0", "0"), ("-1", "3"), ("", ""), ("许多", "全部")] {
            assert!(asked(agreed, households).is_err(), "{agreed}/{households}");
        }
    }
}
