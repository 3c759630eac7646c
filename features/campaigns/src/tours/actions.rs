//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::Problem;

use super::{
    events::{EditSettled, PhotoAttached, PhotoTakenAway, SheetSynced},
    rules::{self, TourRefusal},
    store,
    types::{Choice, EditState, Sending, Synced},
};
use crate::{
    assessments::{self, types::SheetId},
    openings,
};

/// 同步 — takes a device's edits in the device's own order, as far as they have all arrived.
pub(crate) fn sync(tx: &mut Tx<'_>, id: SheetId, sending: &Sending) -> Result<(Synced, Recorded), Problem> {
    let mut sheet = assessments::store::load(tx, id)?;
    let permit = assessments::may_score(&tx.ctx.actor, sheet.assessor)?;
    let batch = rules::read(sending)?;
    let pack = assessments::standard_to_score_by(tx, &sheet)?;
    let mut taken = store::taken(tx, id, &batch.device)?;
    for edit in batch.edits.iter().filter(|it| taken < it.n) {
        store::hold(tx, id, &batch.device, edit)?;
    }
    let (before, mut waiting) = (sheet.marks.clone(), 0);
    for edit in store::waiting(tx, id, &batch.device)? {
        if edit.n != taken + 1 {
            waiting += 1;
            continue;
        }
        let (next, state) = rules::replay(sheet, &pack.standard, &edit)?;
        store::supersede(tx, id, &batch.device, &edit)?;
        store::set_state(tx, id, &batch.device, edit.n, state)?;
        (sheet, taken) = (next, edit.n);
    }
    let (changed, version) = (before != sheet.marks, sheet.version);
    if changed {
        assessments::store::save(tx, &sheet)?;
    }
    let disputed = store::disputed(tx, id)?.len();
    let recorded = tx.record(permit, &SheetSynced { sheet: id, taken, disputed })?;
    Ok((Synced { taken, waiting, disputed, version: version + i64::from(changed) }, recorded))
}

/// 采用 — the assessor's word on what a device and the sheet disagree about.
pub(crate) fn settle(tx: &mut Tx<'_>, id: SheetId, choice: &Choice) -> Result<((), Recorded), Problem> {
    let sheet = assessments::store::load(tx, id)?;
    let permit = assessments::may_score(&tx.ctx.actor, sheet.assessor)?;
    let pack = assessments::standard_to_score_by(tx, &sheet)?;
    assessments::must_be_open(&sheet)?;
    let is_meant = |it: &super::types::Held| it.device == choice.device && it.edit.n.to_string() == choice.n;
    let held = store::disputed(tx, id)?.into_iter().find(is_meant).ok_or(TourRefusal::NotDisputed)?;
    let keep = if choice.keep == "device" { "device" } else { "sheet" };
    if keep == "device" {
        let sheet = rules::given(&sheet, &pack.standard, &held.edit)?;
        assessments::store::save(tx, &sheet)?;
    }
    store::set_state(tx, id, &held.device, held.edit.n, EditState::Settled)?;
    Ok(((), tx.record(permit, &EditSettled { sheet: id, item: held.edit.item, keep })?))
}

/// Whether a photo may go beside an item of a sheet; asked before its bytes are kept.
pub(crate) fn may_attach(tx: &mut Tx<'_>, id: SheetId, item: &str) -> Result<kernel::Permit, Problem> {
    let sheet = assessments::store::load(tx, id)?;
    let permit = assessments::may_score(&tx.ctx.actor, sheet.assessor)?;
    let pack = assessments::standard_to_score_by(tx, &sheet)?;
    assessments::must_be_open(&sheet)?;
    if pack.standard.items().all(|it| it.code != item) {
        return Err(Problem::NotFound);
    }
    Ok(permit)
}

/// 现场照片 — beside an item, for the campaign's owner to see what the mark rests on.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    id: SheetId,
    item: &str,
    name: &str,
    kept: &files::Kept,
) -> Result<((), Recorded), Problem> {
    let permit = may_attach(tx, id, item)?;
    rules::photos_left(files::of_subject(tx, id.into())?.len())?;
    let file = files::attach(tx, id.into(), item, name, kept)?;
    Ok(((), tx.record(permit, &PhotoAttached { sheet: id, item: item.to_owned(), file })?))
}

/// Takes a photo away again, while the sheet is open.
pub(crate) fn take_away(
    tx: &mut Tx<'_>,
    id: SheetId,
    file: files::AttachmentId,
) -> Result<((), Recorded), Problem> {
    let sheet = assessments::store::load(tx, id)?;
    let permit = assessments::may_score(&tx.ctx.actor, sheet.assessor)?;
    openings::going_on(tx, sheet.campaign)?;
    assessments::must_be_open(&sheet)?;
    files::take_away(tx, id.into(), file)?;
    Ok(((), tx.record(permit, &PhotoTakenAway { sheet: id, file })?))
}
