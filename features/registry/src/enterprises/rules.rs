//! What a form of an enterprise means, and what it changes. Pure.

use identifiers::Uscc;
use kernel::{FieldError, Problem};

use super::types::{Enterprise, EnterpriseForm, Particulars};
use crate::history::Change;

/// Another city's register is not told from: neither the name nor which city.
pub(crate) const REGISTERED_ELSEWHERE: &str =
    "这个统一社会信用代码已在其他城市登记，本市暂不能再登记。请核对代码；确在本市服务的，请联系系统管理员";
/// Longest note, in characters.
const LONGEST_NOTE: usize = 500;

/// What is typed, or every field that is wrong.
pub(crate) fn particulars(form: &EnterpriseForm) -> Result<Particulars, Problem> {
    let (mut errors, name) = (vec![], form.name.trim().to_owned());
    let uscc =
        Uscc::parse(&form.uscc).map_err(|it| errors.push(FieldError::new("uscc", it.to_string()))).ok();
    if name.is_empty() || 60 < name.chars().count() {
        errors.push(FieldError::new("name", "请填写营业执照上的企业全称，不超过60个字"));
    }
    let note = identifiers::mask_numbers(form.note.trim());
    if LONGEST_NOTE < note.chars().count() {
        errors.push(FieldError::new("note", format!("补充说明不超过{LONGEST_NOTE}个字")));
    }
    match uscc {
        Some(uscc) if errors.is_empty() => Ok(Particulars { uscc: uscc.to_string(), name, note }),
        _ => Err(Problem::Invalid(errors)),
    }
}

pub(crate) fn changes(before: &Enterprise, after: &Particulars) -> Vec<Change> {
    let pairs = [
        ("企业全称", &before.name, &after.name),
        ("统一社会信用代码", &before.uscc, &after.uscc),
        ("补充说明", &before.note, &after.note),
    ];
    let changed = pairs.into_iter().filter(|(_, from, to)| from != to);
    changed
        .map(|(field, from, to)| Change { field: field.to_owned(), from: from.clone(), to: to.clone() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> EnterpriseForm {
        EnterpriseForm {
            name: " 六安市万佛湖物业服务有限公司 ".into(),
            uscc: "91341500ma2000000a".into(),
            note: "值班13800138000".into(),
            ..EnterpriseForm::default()
        }
    }

    #[test]
    fn what_people_type_is_understood_and_what_it_changes_is_told() {
        let uscc = Uscc::complete("91341500MA200000").unwrap().to_string();
        let read = particulars(&EnterpriseForm { uscc: uscc.to_lowercase(), ..form() }).unwrap();
        assert_eq!(
            (read.name.as_str(), read.note.as_str()),
            ("六安市万佛湖物业服务有限公司", "值班138********")
        );
        assert_eq!(read.uscc, uscc);
        let before = Enterprise {
            id: 1.into(),
            uscc: uscc.clone(),
            name: "旧名".into(),
            city: 1,
            home_tenant: 1,
            note: read.note.clone(),
            version: 1,
        };
        let told = changes(&before, &read);
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].field.as_str(), told[0].from.as_str()), ("企业全称", "旧名"));
    }

    #[test]
    fn every_wrong_field_is_told_at_once() {
        let wrong = EnterpriseForm {
            name: String::new(),
            uscc: "123".into(),
            note: "字".repeat(501),
            version: String::new(),
        };
        let Err(Problem::Invalid(errors)) = particulars(&wrong) else { panic!("it was taken") };
        assert_eq!(
            errors.iter().map(|it| it.field.to_string()).collect::<Vec<_>>(),
            ["uscc", "name", "note"]
        );
    }
}
