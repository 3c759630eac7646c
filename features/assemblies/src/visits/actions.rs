//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Problem, Tenant};
use serde_json::json;

use super::{
    events::Canvassed,
    rules, store,
    types::{Visit, VisitId, Visiting},
};
use crate::{
    decisions::{self, DecisionId, policy},
    records, rolls,
    voting::{
        self,
        canvassing::{self, Word},
        types::Contact,
    },
};

/// 送达, 扫楼: the same word about several units, each a visit of its own.
pub(crate) fn deliver(
    tx: &mut Tx<'_>,
    id: DecisionId,
    units: &[String],
    what: &str,
) -> Result<((), Recorded), Problem> {
    said(tx, id, units, &Visiting { what: what.to_owned(), ..Visiting::default() }, None)
}

/// 登记一次入户 — with a note, and the picture taken at the door.
pub(crate) fn visit(
    tx: &mut Tx<'_>,
    id: DecisionId,
    form: &Visiting,
    picture: Option<(&str, &files::Kept)>,
) -> Result<((), Recorded), Problem> {
    said(tx, id, std::slice::from_ref(&form.unit), form, picture)
}

/// Whether this hat may say something at the doors now: asked before a picture's bytes are kept.
pub(crate) fn may_visit(tx: &mut Tx<'_>, id: DecisionId, form: &Visiting) -> Result<(), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = voting::rules::must_call(&decision, tx.ctx.now)?;
    canvassing::word(std::slice::from_ref(&form.unit), &form.what)?;
    rules::note(form)?;
    rolls::number_of(tx, noticed.roll, &form.unit)?;
    Ok(())
}

fn said(
    tx: &mut Tx<'_>,
    id: DecisionId,
    units: &[String],
    form: &Visiting,
    picture: Option<(&str, &files::Kept)>,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    voting::rules::must_call(&decision, tx.ctx.now)?;
    let word = canvassing::word(units, &form.what)?;
    let note = rules::note(form)?;
    for unit in units {
        match word {
            Word::Delivered(how) => voting::store::deliver(tx, id, unit, how)?,
            Word::Reached => voting::store::contact(tx, id, unit, Contact::Reached)?,
            Word::Absent => voting::store::contact(tx, id, unit, Contact::Absent)?,
            Word::Undo => voting::store::contact(tx, id, unit, Contact::None)?,
            Word::Present => {
                voting::store::present(tx, id, unit, Some(tx.ctx.now))?;
                voting::store::contact(tx, id, unit, Contact::Reached)?;
            }
            Word::Away => voting::store::present(tx, id, unit, None)?,
        }
        let visit = Visit {
            id: VisitId::from(tx.ctx.new_id(Tenant::of_id(id.into()))),
            unit: unit.clone(),
            what: word.code().to_owned(),
            note: note.clone(),
            person: tx.ctx.actor.user,
            at: tx.ctx.now,
        };
        store::add(tx, id, &visit)?;
        if let Some((name, kept)) = picture {
            files::attach(tx, visit.id.into(), "door", name, kept)?;
        }
    }
    if let Word::Delivered(how) = word {
        let by = i64::from(tx.ctx.actor.user).to_string();
        let mut body = json!({ "units": units, "how": how, "by": by });
        if let Some((_, kept)) = picture {
            body["picture"] = json!(kept.digest);
        }
        records::append(tx, id, "delivery", &body)?;
    }
    let what = word.code().to_owned();
    Ok(((), tx.record(permit, &Canvassed { decision: id, units: units.len(), what })?))
}
