//! What a department may be called. Pure.

use kernel::{FieldError, Problem};

/// The name as it stands over the office's door.
pub(crate) fn name(typed: &str) -> Result<String, Problem> {
    let name = typed.trim().to_owned();
    if (2..=30).contains(&name.chars().count()) {
        return Ok(name);
    }
    Err(Problem::Invalid(vec![FieldError::new("name", "请填写部门名称，如“县消防救援大队”，2至30个字")]))
}

/// 撤销's paper: whose cases still name the department can be told why it is there no more.
pub(crate) fn document(typed: &str) -> Result<String, Problem> {
    let document = typed.trim().to_owned();
    if (2..=100).contains(&document.chars().count()) {
        return Ok(document);
    }
    Err(Problem::Invalid(vec![FieldError::new("document", "请填写撤销所依据的文件名称或文号")]))
}
