//! What a grid is called and coded. Pure.

use kernel::{FieldError, Problem};

use super::types::GridForm;

/// Digits of a grid within its neighborhood: three in most places (GB/T 30428.1), some write two.
const OWN_DIGITS: std::ops::RangeInclusive<usize> = 2..=3;

/// Code, name and what it covers. A code is the neighborhood's twelve digits and its own, or a local one like TX-07.
pub(crate) fn particulars(form: &GridForm, neighborhood: &str) -> Result<(String, String, String), Problem> {
    let mut errors = vec![];
    let code = identifiers::narrowed(form.code.trim()).to_uppercase();
    let own = code.strip_prefix(neighborhood).unwrap_or_default();
    let numbered = OWN_DIGITS.contains(&own.len()) && own.bytes().all(|it| it.is_ascii_digit());
    let local = code.contains('-')
        && (4..=20).contains(&code.len())
        && code.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    if !numbered && !local {
        let message = format!("网格编码应为社区代码{neighborhood}加2至3位数字，或如 TX-07 的自编编码");
        errors.push(FieldError::new("code", message));
    }
    let name = form.name.trim().to_owned();
    if !(2..=30).contains(&name.chars().count()) {
        errors.push(FieldError::new("name", "请填写网格名称，如“第三网格”，2至30个字"));
    }
    let covers = identifiers::mask_numbers(form.covers.trim());
    if covers.is_empty() || 200 < covers.chars().count() {
        errors.push(FieldError::new("covers", "请写明包括哪些小区、楼栋，不超过200个字"));
    }
    if errors.is_empty() { Ok((code, name, covers)) } else { Err(Problem::Invalid(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grids_code_begins_with_its_neighborhoods_or_is_a_local_one() {
        let fault = |code: &str| {
            let (name, covers) = ("第三网格".to_owned(), "桃溪花园1至6幢".to_owned());
            let form = GridForm { code: code.into(), name, covers, ..GridForm::default() };
            particulars(&form, "341523100001").err().map(|_| code.to_owned())
        };
        for right in ["341523100001003", "34152310000103", "TX-07", "tx-07"] {
            assert_eq!(fault(right), None);
        }
        for wrong in ["", "341523100002003", "3415231000010034", "34152310000100A", "网格-1"] {
            assert_eq!(fault(wrong).as_deref(), Some(wrong));
        }
    }
}
