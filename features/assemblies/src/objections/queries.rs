//! What there is to see of objections.

use ::store::Tx;
use app::{Sealed, Vault};
use kernel::{Place, Problem, beijing_minute};

use super::{
    policy, rules, store,
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
    /// This hat may answer it now.
    pub(crate) answerable: bool,
    /// Until when it is to be answered, and who answers afterwards; for the office.
    pub(crate) due: Option<String>,
}

/// Who looks: the public, or the office, of which whoever answers may reach the objector.
#[derive(Clone, Copy)]
pub(crate) enum Circle<'a> {
    Public,
    Office(&'a Vault),
}

/// The objections to a posting of a place.
pub(crate) fn of_subject(
    tx: &mut Tx<'_>,
    circle: Circle<'_>,
    place: &Place,
    subject: i64,
) -> Result<Vec<ObjectionView>, Problem> {
    let mut views = vec![];
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    for it in store::of_subject(tx, subject)? {
        let (answer_by, open) = (rules::answer_by(it.filed_at), it.outcome == Outcome::Open);
        let answerable = open && policy::may_answer(&actor, place, answer_by, today).is_ok();
        let contact = match circle {
            Circle::Office(vault) if policy::reaches(&actor, place, answerable) => {
                Some(vault.open_sealed(&Sealed(it.contact)).map_err(Problem::Broken)?)
            }
            Circle::Public | Circle::Office(_) => None,
        };
        let (outcome, answer) = match it.outcome {
            Outcome::Open => (("open", "待答复"), None),
            Outcome::Upheld { answer } => (("good", "成立"), Some(answer)),
            Outcome::Dismissed { answer } => (("done", "不成立"), Some(answer)),
        };
        let body = (!matches!(circle, Circle::Public)).then_some(it.body);
        let due = (open && body.is_some()).then(|| match answer_by < today {
            true => format!("应在{answer_by}前答复，已逾期，县级主管部门可以代为答复"),
            false => format!("请在{answer_by}前答复，逾期由县级主管部门代为答复"),
        });
        let filed = beijing_minute(it.filed_at);
        views.push(ObjectionView { id: it.id, body, filed, outcome, answer, contact, open, answerable, due });
    }
    Ok(views)
}
