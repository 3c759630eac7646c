//! What may be said after a visit. Pure.

use kernel::{FieldError, Problem, Refusal};

use super::types::Visiting;
use crate::voting::rules::WAYS;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum VisitRefusal {
    #[error("照片没有上传：{0}")]
    WrongFile(String),
    #[error("入户只上传照片（JPG 或 PNG）")]
    NoPicture,
}

impl Refusal for VisitRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongFile(_) => "assemblies.visit_file",
            Self::NoPicture => "assemblies.visit_picture",
        }
    }
}

/// A note of at most two hundred signs; numbers in it are masked.
pub(crate) fn note(form: &Visiting) -> Result<String, Problem> {
    let note = identifiers::mask_numbers(form.note.trim());
    if 200 < note.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("note", "说明不超过200个字")]));
    }
    Ok(note)
}

/// A word by its code, as people read it.
pub(crate) fn label(what: &str) -> String {
    match what {
        "reached" => "已联系".to_owned(),
        "absent" => "联系不上".to_owned(),
        "undo" => "撤回联系登记".to_owned(),
        "present" => "到会签到".to_owned(),
        "away" => "撤回到会签到".to_owned(),
        how => {
            let way = WAYS.iter().find(|it| it.0 == how).map_or(how, |it| it.1);
            format!("凭证已送达：{way}")
        }
    }
}
