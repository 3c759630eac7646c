//! What a template must be. Pure.

use kernel::{FieldError, Problem};

use super::types::{Template, TemplateForm};
use crate::profiles::rules::category;

const LONGEST_TITLE: usize = 30;
const LONGEST_WORDS: usize = 500;

/// The template as it is typed.
pub(crate) fn written(it: Template, form: &TemplateForm) -> Result<Template, Problem> {
    let mut errors = vec![];
    let title = form.title.trim().to_owned();
    if title.is_empty() || LONGEST_TITLE < title.chars().count() {
        errors.push(FieldError::new("title", format!("请填写模板名称，不超过{LONGEST_TITLE}个字")));
    }
    let words = identifiers::mask_numbers(form.words.trim());
    if words.is_empty() || LONGEST_WORDS < words.chars().count() {
        let says = format!("请填写答复内容，不超过{LONGEST_WORDS}个字；要现填的地方写成“＿＿”");
        errors.push(FieldError::new("words", says));
    }
    if !form.category.is_empty() && category(&form.category).is_none() {
        errors.push(FieldError::new("category", "请从列表中选择诉求类别，或不选"));
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    Ok(Template { category: form.category.clone(), title, words, ..it })
}

#[cfg(test)]
mod tests {
    use kernel::Tenant;

    use super::*;

    #[test]
    fn a_template_has_a_name_and_words_and_keeps_no_numbers() {
        let blank = Template {
            id: 1.into(),
            tenant: Tenant::from_number(5),
            category: String::new(),
            title: String::new(),
            words: String::new(),
            version: 1,
        };
        let form = TemplateForm {
            title: "照明已修".to_owned(),
            words: "已于＿＿更换灯具，如再损坏请电13800138000".to_owned(),
            category: "lighting".to_owned(),
            ..TemplateForm::default()
        };
        let made = written(blank.clone(), &form).unwrap();
        assert!(made.words.starts_with("已于＿＿更换灯具") && !made.words.contains("13800138000"));
        let Err(Problem::Invalid(errors)) = written(blank, &TemplateForm::default()) else { panic!() };
        assert_eq!(errors.iter().map(|it| it.field.clone()).collect::<Vec<_>>(), ["title", "words"]);
    }
}
