//! The verbs, for the rooms whose postings they are about: they permit, and say whether now is the time.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{Permit, Problem, Role, Tenant};

use super::{
    events::{ObjectionAnswered, ObjectionRaised},
    rules, store,
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

/// 答复异议. Only of the posting that was permitted: another's is not there. Whoever raised it is told.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    vault: &Vault,
    permit: Permit,
    about: Objected<'_>,
    id: ObjectionId,
    form: &Answering,
) -> Result<((), Recorded), Problem> {
    let objection = store::load(tx, id)?;
    let subject = about.subject;
    if objection.subject != subject {
        return Err(Problem::NotFound);
    }
    let outcome = rules::answer(&objection, form)?;
    let code = outcome.code();
    let answered = Objection { outcome, ..objection };
    store::answer(tx, &answered)?;
    notices::objector(tx, vault, about, &answered)?;
    Ok(((), tx.record(permit, &ObjectionAnswered { subject, objection: id, outcome: code })?))
}
