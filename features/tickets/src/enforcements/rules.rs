//! What may stand on the list. Pure.

use identifiers::Phone;
use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal, Tenant};

use super::types::{CRITERIA, EndForm, Enforcement, EnforcementId, ListingForm};
use crate::profiles::rules::category;

const LONGEST_TITLE: usize = 60;
const LONGEST_REASON: usize = 200;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EnforcementRefusal {
    #[error("清单里已有“{0}”，请直接使用；要修改的，先移出再重新列入")]
    There(String),
    #[error("这一事项已经移出清单")]
    Ended,
}

impl Refusal for EnforcementRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::There(_) => "tickets.enforcement_there",
            Self::Ended => "tickets.enforcement_ended",
        }
    }
}

/// An item as it is put on: all four marks hold, each with its reason.
pub(crate) fn listed(
    form: &ListingForm,
    (id, tenant): (EnforcementId, Tenant),
    today: Date,
    there: &[Enforcement],
) -> Result<Enforcement, Problem> {
    let mut errors = vec![];
    let mut text = |field: &'static str, typed: &str, longest: usize, says: &str| {
        let typed = typed.trim().to_owned();
        if typed.is_empty() || longest < typed.chars().count() {
            errors.push(FieldError::new(field, format!("请填写{says}，不超过{longest}个字")));
        }
        typed
    };
    let title = text("title", &form.title, LONGEST_TITLE, "事项名称");
    let department = text("department", &form.department, LONGEST_TITLE, "牵头执法部门");
    let basis = text("basis", &form.basis, LONGEST_REASON, "执法依据（法规名称和条款）");
    let mut reasons: [String; 4] = Default::default();
    for ((reason, typed), (field, label)) in reasons.iter_mut().zip(form.reasons()).zip(CRITERIA) {
        let says = format!("为什么“{label}”；四项都符合的才能列入清单");
        *reason = text(field, typed, LONGEST_REASON, &says);
    }
    // As it is typed: people read 0564-8621234 more easily.
    let phone = Phone::parse(&form.phone)
        .map(|_| form.phone.trim().to_owned())
        .map_err(|it| errors.push(FieldError::new("phone", it.to_string())));
    if !form.category.is_empty() && category(&form.category).is_none() {
        errors.push(FieldError::new("category", "请从列表中选择诉求类别，或不选"));
    }
    let (Ok(phone), true) = (phone, errors.is_empty()) else { return Err(Problem::Invalid(errors)) };
    if there.iter().any(|it| it.ended.is_none() && it.title == title) {
        return Err(EnforcementRefusal::There(title).into());
    }
    Ok(Enforcement {
        id,
        tenant,
        title,
        category: form.category.clone(),
        department,
        basis,
        phone,
        reasons,
        listed_on: today,
        ended: None,
        version: 1,
    })
}

/// 移出, with the reason.
pub(crate) fn ended(it: Enforcement, form: &EndForm, today: Date) -> Result<Enforcement, Problem> {
    if it.ended.is_some() {
        return Err(EnforcementRefusal::Ended.into());
    }
    let reason = form.reason.trim().to_owned();
    if reason.is_empty() || LONGEST_REASON < reason.chars().count() {
        let says = format!("请写明移出的理由，不超过{LONGEST_REASON}个字");
        return Err(Problem::Invalid(vec![FieldError::new("reason", says)]));
    }
    Ok(Enforcement { ended: Some((today, reason)), ..it })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ListingForm {
        let text = |it: &str| it.to_owned();
        ListingForm {
            title: text("占用消防车通道"),
            category: text("fire_lane"),
            department: text("县消防救援大队"),
            basis: text("《消防法》第二十八条、第六十条"),
            phone: text("0564-8621234"),
            frequent: text("上年度全县处置412件"),
            simple: text("现场即可认定"),
            local: text("乡镇每日巡查"),
            swift: text("占用时即有危险"),
        }
    }

    fn list(form: &ListingForm, there: &[Enforcement]) -> Result<Enforcement, Problem> {
        listed(form, (1.into(), Tenant::from_number(5)), jiff::civil::date(2024, 8, 20), there)
    }

    // covers: SC-067
    #[test]
    fn all_four_marks_hold_each_with_its_reason() {
        assert_eq!(list(&form(), &[]).unwrap().reasons[3], "占用时即有危险");
        for field in CRITERIA.map(|it| it.0) {
            let mut without = form();
            match field {
                "frequent" => without.frequent.clear(),
                "simple" => without.simple.clear(),
                "local" => without.local.clear(),
                _ => without.swift.clear(),
            }
            let Err(Problem::Invalid(errors)) = list(&without, &[]) else { panic!("{field} was not asked") };
            assert_eq!(errors.len(), 1);
            assert_eq!(errors[0].field, field);
            assert!(errors[0].message.contains("四项都符合的才能列入清单"), "{}", errors[0].message);
        }
    }

    #[test]
    fn a_matter_stands_on_the_list_once_and_may_come_back() {
        let there = list(&form(), &[]).unwrap();
        assert!(list(&form(), std::slice::from_ref(&there)).is_err());
        let reason = EndForm { reason: "划归县级执法".to_owned(), version: "1".to_owned() };
        let over = ended(there, &reason, jiff::civil::date(2024, 9, 1)).unwrap();
        assert!(list(&form(), std::slice::from_ref(&over)).is_ok());
        assert!(ended(over, &reason, jiff::civil::date(2024, 9, 2)).is_err());
    }
}
