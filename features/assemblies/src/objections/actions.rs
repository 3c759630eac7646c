//! The verbs, for the rooms whose postings they are about: they permit, and say whether now is the time.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{Permit, Place, Problem, Role, Tenant};

use super::{
    events::{ObjectionAnswered, ObjectionRaised},
    policy, rules, store,
    types::{Answering, Objected, Objection, ObjectionId, Outcome, Raising},
};
use crate::notices;

/// 提出异议. Its number and its words, for whoever keeps a log of it.
pub(crate) fn raise(
    tx: &mut Tx<'_>,
    vault: &Vault,
    permit: Permit,
    subject: i64,
    form: &Raising,
) -> Result<((ObjectionId, String), Recorded), Problem> {
    let (body, contact) = rules::raise(form)?;
    let objection = ObjectionId::from(tx.ctx.new_id(Tenant::of_id(subject)));
    let contact = vault.seal(&contact).map_err(Problem::Broken)?.0;
    let filed_at = tx.ctx.now;
    let actor = &tx.ctx.actor;
    let person = (actor.hat.role == Role::Owner).then_some(actor.user);
    let raised = Objection {
        id: objection,
        subject,
        body: body.clone(),
        contact,
        filed_at,
        person,
        outcome: Outcome::Open,
        version: 1,
    };
    store::add(tx, &raised)?;
    Ok(((objection, body), tx.record(permit, &ObjectionRaised { subject, objection })?))
}

/// Whether an objection of this posting may be answered by this hat now; another posting's is not there.
pub(crate) fn may_answer(
    tx: &mut Tx<'_>,
    place: &Place,
    subject: i64,
    id: ObjectionId,
) -> Result<(Permit, Objection), Problem> {
    let objection = store::load(tx, id)?;
    if objection.subject != subject {
        return Err(Problem::NotFound);
    }
    let answer_by = rules::answer_by(objection.filed_at);
    Ok((policy::may_answer(&tx.ctx.actor, place, answer_by, tx.ctx.today())?, objection))
}

/// 答复异议. Whoever raised it is told.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    permit: Permit,
    about: Objected<'_>,
    objection: Objection,
    form: &Answering,
) -> Result<((), Recorded), Problem> {
    let (subject, id) = (about.subject, objection.id);
    let outcome = rules::answer(&objection, form)?;
    let code = outcome.code();
    let answered = Objection { outcome, ..objection };
    store::answer(tx, &answered)?;
    notices::objector(tx, vault, about, &answered)?;
    Ok(((), tx.record(permit, &ObjectionAnswered { subject, objection: id, outcome: code })?))
}
