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
    /// For the office only: it may name people. The public reads the answer.
    pub(crate) body: Option<String>,
    pub(crate) filed: String,
    pub(crate) outcome: (&'static str, &'static str),
    pub(crate) answer: Option<String>,
    /// For whoever answers.
    pub(crate) contact: Option<String>,
    pub(crate) open: bool,
}

/// Who looks: the public, the office, or whoever answers and may reach the objector.
#[derive(Clone, Copy)]
pub(crate) enum Circle<'a> {
    Public,
    Office,
    Answering(&'a Vault),
}

/// The objections to a posting.
pub(crate) fn of_subject(
    tx: &mut Tx<'_>,
    circle: Circle<'_>,
    subject: i64,
) -> Result<Vec<ObjectionView>, Problem> {
    let mut views = vec![];
    for it in store::of_subject(tx, subject)? {
        let contact = match circle {
            Circle::Answering(vault) => {
                Some(vault.open_sealed(&Sealed(it.contact)).map_err(Problem::Broken)?)
            }
            Circle::Public | Circle::Office => None,
        };
        let open = it.outcome == Outcome::Open;
        let (outcome, answer) = match it.outcome {
            Outcome::Open => (("open", "待答复"), None),
            Outcome::Upheld { answer } => (("good", "成立"), Some(answer)),
            Outcome::Dismissed { answer } => (("done", "不成立"), Some(answer)),
        };
        let body = (!matches!(circle, Circle::Public)).then_some(it.body);
        let filed = beijing_minute(it.filed_at);
        views.push(ObjectionView { id: it.id, body, filed, outcome, answer, contact, open });
    }
    Ok(views)
}
