//! What there is to see of objections.

use ::store::Tx;
use app::{Sealed, Vault};
use kernel::{Problem, beijing_minute};

use super::{
    store,
    types::{ObjectionId, Outcome},
};

#[derive(Debug)]
pub(crate) struct ObjectionView {
    pub(crate) id: ObjectionId,
    /// Shown in public only with its answer: what is unanswered may name people.
    pub(crate) body: Option<String>,
    pub(crate) filed: String,
    pub(crate) outcome: (&'static str, &'static str),
    pub(crate) answer: Option<String>,
    /// For whoever answers.
    pub(crate) contact: Option<String>,
    pub(crate) open: bool,
}

/// The objections to a posting; with the vault for whoever answers them.
pub(crate) fn of_subject(
    tx: &mut Tx<'_>,
    vault: Option<&Vault>,
    subject: i64,
) -> Result<Vec<ObjectionView>, Problem> {
    let mut views = vec![];
    for it in store::of_subject(tx, subject)? {
        let contact = match vault {
            Some(vault) => Some(vault.open_sealed(&Sealed(it.contact)).map_err(Problem::Broken)?),
            None => None,
        };
        let open = it.outcome == Outcome::Open;
        let (outcome, answer) = match it.outcome {
            Outcome::Open => (("open", "待答复"), None),
            Outcome::Upheld { answer } => (("good", "成立"), Some(answer)),
            Outcome::Dismissed { answer } => (("done", "不成立"), Some(answer)),
        };
        let body = (!open || contact.is_some()).then_some(it.body);
        let filed = beijing_minute(it.filed_at);
        views.push(ObjectionView { id: it.id, body, filed, outcome, answer, contact, open });
    }
    Ok(views)
}

/// How many are unanswered, and how many were upheld.
pub(crate) fn counts(tx: &mut Tx<'_>, subject: i64) -> Result<(usize, usize), Problem> {
    let all = store::of_subject(tx, subject)?;
    let upheld = |it: &Outcome| matches!(it, Outcome::Upheld { .. });
    Ok((
        all.iter().filter(|it| it.outcome == Outcome::Open).count(),
        all.iter().filter(|it| upheld(&it.outcome)).count(),
    ))
}
