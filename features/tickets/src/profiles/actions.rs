//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem};
use serde::Deserialize;

use super::{events::ProfileConfirmed, policy, rules, store};

/// 确认时限方案, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Confirm {
    pub(crate) profile: String,
    pub(crate) document: String,
}

/// 确认 — from now on new reports run by it; a running case keeps the deadlines it was given.
pub(crate) fn confirm(tx: &mut Tx<'_>, form: &Confirm) -> Result<((), Recorded), Problem> {
    let (permit, tenant) = policy::may_confirm(&tx.ctx.actor)?;
    let mut errors = vec![];
    let text = rules::text_of(Some(&form.profile));
    if text.is_none() {
        errors.push(FieldError::new("profile", "请选择时限方案"));
    }
    let document = form.document.trim();
    if !(4..=100).contains(&document.chars().count()) {
        errors.push(FieldError::new("document", "请填写确认依据（文号或会议），4至100个字"));
    }
    let Some(text) = text.filter(|_| errors.is_empty()) else { return Err(Problem::Invalid(errors)) };
    store::save(tx, tenant, &form.profile, text, document)?;
    let county = tx.ctx.new_id(tenant);
    let (profile, document) = (form.profile.clone(), document.to_owned());
    Ok(((), tx.record(permit, &ProfileConfirmed { county, profile, document })?))
}
