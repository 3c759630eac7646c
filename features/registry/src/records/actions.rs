//! The verbs. Each one: load, permit, decide, save, record.

use std::collections::BTreeMap;

use ::store::{Recorded, StoreError, Tx};
use kernel::{Permit, Place, Problem, Tenant};

use super::{
    events::{EvidenceAttached, EvidenceTakenAway, RecordCreated, RecordEdited, RecordVoided},
    kinds, policy, rules, standings, store,
    types::{Record, RecordForm, RecordId, VoidForm},
};
use crate::{
    communities::{self, CommunityId},
    enterprises,
};

/// 登记一条记录 of a community.
pub(crate) fn create(
    tx: &mut Tx<'_>,
    community: CommunityId,
    form: &RecordForm,
) -> Result<(RecordId, Recorded), Problem> {
    let community = communities::load(tx, community)?;
    let kind = kinds::kind(&form.kind).ok_or(Problem::NotFound)?;
    let permit = policy::may_record(&tx.ctx.actor, &community.place, kind.code)?;
    let place = with_enterprise(tx, community.place, kind, form)?;
    let id = RecordId::from(tx.ctx.new_id(Tenant::of_id(community.id.into())));
    let record = rules::record(id, place, kind, form, tx.ctx.today())?;
    rules::plausible(&record, community.households)?;
    put(tx, &record)?;
    if kind.code == kinds::SERVICE_PROJECT {
        communities::store::set_enterprise(tx, place.tenant, place.community, place.enterprise)?;
    }
    let recorded = tx.record(
        permit,
        &RecordCreated { record: id, community: place.community.to_string(), kind: record.kind },
    )?;
    Ok((id, recorded))
}

/// The numbers against the size of the community they are about, where there is one.
pub(crate) fn must_be_plausible(tx: &mut Tx<'_>, record: &Record) -> Result<(), Problem> {
    if record.place.community == 0 || rules::most_per_household(&record.kind).is_none() {
        return Ok(());
    }
    let households = communities::load(tx, record.place.community.into())?.households;
    rules::plausible(record, households)
}

/// One record more, by hand; a batch says once what it moved.
fn put(tx: &mut Tx<'_>, record: &Record) -> Result<(), Problem> {
    store::add(tx, record, None)?;
    Ok(moved(tx, record.id, &record.place, &record.kind)?)
}

fn moved(tx: &mut Tx<'_>, id: RecordId, place: &Place, kind: &str) -> Result<(), StoreError> {
    standings::moved(tx, (Tenant::of_id(id.into()), place.city), kind)
}

/// 满意度调查 that residents answered in the house itself; the survey's own event says by whom it was closed.
///
/// # Errors
/// When the numbers are not what the register knows, or the store refuses.
pub fn enter_survey(
    tx: &mut Tx<'_>,
    community: &communities::Community,
    title: &str,
    on: jiff::civil::Date,
    (satisfied, valid): (i64, i64),
    source: &str,
) -> Result<(), Problem> {
    let form = RecordForm {
        kind: "survey".to_owned(),
        title: title.to_owned(),
        happened_on: on.to_string(),
        part: satisfied.to_string(),
        whole: valid.to_string(),
        evidence: source.to_owned(),
        ..RecordForm::default()
    };
    enter(tx, community, &form).map(|_| ())
}

/// A record that another room's verb makes, whose own event says by whom.
fn enter(
    tx: &mut Tx<'_>,
    community: &communities::Community,
    form: &RecordForm,
) -> Result<RecordId, Problem> {
    let kind = kinds::kind(&form.kind).ok_or(Problem::NotFound)?;
    let id = RecordId::from(tx.ctx.new_id(Tenant::of_id(community.id.into())));
    put(tx, &rules::record(id, community.place, kind, form, tx.ctx.today())?)?;
    Ok(id)
}

/// The record, and the permit to change it.
fn changeable(tx: &mut Tx<'_>, id: RecordId) -> Result<(Record, &'static kinds::Kind, Permit), Problem> {
    let record = store::load(tx, id)?;
    let kind = kinds::kind(&record.kind).ok_or(Problem::NotFound)?;
    let permit = policy::may_edit(&tx.ctx.actor, &record.place, kind.code)?;
    Ok((record, kind, permit))
}

/// 修改记录 — refused when somebody else saved first. The place and the register stay; what changed is in the history.
pub(crate) fn edit(tx: &mut Tx<'_>, id: RecordId, form: &RecordForm) -> Result<((), Recorded), Problem> {
    let (before, kind, permit) = changeable(tx, id)?;
    rules::must_stand(&before)?;
    let place = with_enterprise(tx, before.place, kind, form)?;
    let after = rules::record(id, place, kind, form, tx.ctx.today())?;
    must_be_plausible(tx, &after)?;
    if form.version.trim() != before.version.to_string() {
        return Err(Problem::Conflict);
    }
    let name = |tx: &mut Tx<'_>, it: &Record| enterprises::name_of(tx, it.place.enterprise);
    let names = [name(tx, &before)?, name(tx, &after)?].map(Option::unwrap_or_default);
    let changes = rules::changes(kind, &before, &after, names);
    store::save(tx, &Record { version: before.version, ..after })?;
    moved(tx, id, &place, kind.code)?;
    if kind.code == kinds::SERVICE_PROJECT && place.enterprise != before.place.enterprise {
        communities::store::set_enterprise(tx, place.tenant, place.community, place.enterprise)?;
    }
    Ok(((), tx.record(permit, &RecordEdited { record: id, changes })?))
}

/// 作废 — entered by mistake; it stays to be read, and bears on nothing.
pub(crate) fn void(tx: &mut Tx<'_>, id: RecordId, form: &VoidForm) -> Result<((), Recorded), Problem> {
    let (before, _, permit) = changeable(tx, id)?;
    let after = rules::void(&before, &form.reason)?;
    store::save(tx, &after)?;
    moved(tx, id, &after.place, &after.kind)?;
    let reason = after.void_reason.unwrap_or_default();
    Ok(((), tx.record(permit, &RecordVoided { record: id, reason })?))
}

/// Whether a file may be put beside a record: asked before its bytes are kept.
pub(crate) fn may_attach(tx: &mut Tx<'_>, id: RecordId) -> Result<(), Problem> {
    let (record, _, _may) = changeable(tx, id)?;
    Ok(rules::attach(&record, files::of_subject(tx, id.into())?.len())?)
}

/// 上传佐证.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    id: RecordId,
    name: &str,
    kept: &files::Kept,
) -> Result<((), Recorded), Problem> {
    let (record, _, permit) = changeable(tx, id)?;
    rules::attach(&record, files::of_subject(tx, id.into())?.len())?;
    let file = files::attach(tx, id.into(), "evidence", name, kept)?;
    let digest = kept.digest.clone();
    Ok(((), tx.record(permit, &EvidenceAttached { record: id, file, digest })?))
}

/// 移除佐证.
pub(crate) fn take_away(
    tx: &mut Tx<'_>,
    id: RecordId,
    file: files::AttachmentId,
) -> Result<((), Recorded), Problem> {
    let (record, _, permit) = changeable(tx, id)?;
    rules::must_stand(&record)?;
    files::attachment(tx, id.into(), file)?;
    files::take_away(tx, id.into(), file)?;
    Ok(((), tx.record(permit, &EvidenceTakenAway { record: id, file })?))
}

/// 荣誉 that another room's verb gives; that verb's own event says by which decision.
///
/// # Errors
/// When the honour is not one the register knows, or the store refuses.
pub fn enter_honour(
    tx: &mut Tx<'_>,
    community: &communities::Community,
    title: &str,
    class: &str,
    status: &str,
    on: jiff::civil::Date,
    document: &str,
) -> Result<(), Problem> {
    let form = RecordForm {
        kind: "honour".to_owned(),
        class: class.to_owned(),
        status: status.to_owned(),
        title: title.to_owned(),
        happened_on: on.to_string(),
        evidence: document.to_owned(),
        ..RecordForm::default()
    };
    enter(tx, community, &form).map(|_| ())
}

/// 查实问题 from a case that was looked into; that verb's own event says by whom.
///
/// # Errors
/// When the finding is not one the register knows, or the store refuses.
pub fn enter_finding(
    tx: &mut Tx<'_>,
    community: &communities::Community,
    (class, status): (&str, &str),
    title: &str,
    on: jiff::civil::Date,
    source: &str,
) -> Result<i64, Problem> {
    let form = RecordForm {
        kind: "finding".to_owned(),
        class: class.to_owned(),
        status: status.to_owned(),
        title: title.to_owned(),
        happened_on: on.to_string(),
        evidence: source.to_owned(),
        ..RecordForm::default()
    };
    enter(tx, community, &form).map(i64::from)
}

/// 投诉统计 of every community of a county on a day, those without any too. Says for how many it was new.
///
/// # Errors
/// When the store refuses.
pub fn enter_complaints(
    tx: &mut Tx<'_>,
    tenant: Tenant,
    title: &str,
    on: jiff::civil::Date,
    source: &str,
    counted: &BTreeMap<i64, i64>,
) -> Result<usize, Problem> {
    let kind = kinds::kind("complaints").ok_or(Problem::NotFound)?;
    let (places, mut added) = (communities::store::Places::of(tx, tenant)?.all(), 0);
    for place in &places {
        let form = RecordForm {
            kind: kind.code.to_owned(),
            title: title.to_owned(),
            happened_on: on.to_string(),
            part: counted.get(&place.community).copied().unwrap_or(0).to_string(),
            evidence: source.to_owned(),
            ..RecordForm::default()
        };
        let record =
            rules::record(RecordId::from(tx.ctx.new_id(tenant)), *place, kind, &form, tx.ctx.today())?;
        if store::is_there(tx, &record)? {
            continue;
        }
        store::add(tx, &record, None)?;
        added += 1;
    }
    if let Some(place) = places.first() {
        standings::moved(tx, (tenant, place.city), kind.code)?;
    }
    Ok(added)
}

/// The communities of an imported batch of service projects are served by those the batch names, newest last.
pub(crate) fn take_over_service(tx: &mut Tx<'_>, tenant: i64, batch: i64) -> Result<(), Problem> {
    for (community, enterprise) in store::of_batch(tx, tenant, batch)? {
        communities::store::set_enterprise(tx, tenant, community, enterprise)?;
    }
    Ok(())
}

/// The enterprise a record names, where its register asks for one: the one typed, or the one that serves the community.
pub(crate) fn with_enterprise(
    tx: &mut Tx<'_>,
    place: Place,
    kind: &kinds::Kind,
    form: &RecordForm,
) -> Result<Place, Problem> {
    if !kind.names_enterprise || form.enterprise.trim().is_empty() {
        return Ok(place);
    }
    let named = enterprises::named(tx, place.city, form.enterprise.trim())?;
    Ok(Place { enterprise: named.map_or(0, i64::from), ..place })
}
