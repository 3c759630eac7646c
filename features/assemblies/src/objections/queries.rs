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

/// Who looks: the public, the office, or whoever answers and may reach the objector.
#[derive(Clone, Copy)]
pub(crate) enum Circle<'a> {
    Public,
    Office,
    Answering(&'a Vault),
}

/// The circle of a hat that works on a posting.
pub(crate) fn circle<'a>(tx: &Tx<'_>, place: &Place, vault: &'a Vault) -> Circle<'a> {
    if policy::reaches(&tx.ctx.actor, place) { Circle::Answering(vault) } else { Circle::Office }
}

/// The objections to a posting of a place.
pub(crate) fn of_subject(
    tx: &mut Tx<'_>,
    circle: Circle<'_>,
    place: &Place,
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
        let (answer_by, today) = (rules::answer_by(it.filed_at), tx.ctx.today());
        let open = it.outcome == Outcome::Open;
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
        let answerable = open && policy::may_answer(&tx.ctx.actor, place, answer_by, today).is_ok();
        let filed = beijing_minute(it.filed_at);
        views.push(ObjectionView { id: it.id, body, filed, outcome, answer, contact, open, answerable, due });
    }
    Ok(views)
}
