//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Place, Problem, Tenant};

use super::{
    events::RecordCreated,
    kinds, policy, rules, store,
    types::{RecordForm, RecordId},
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
    store::add(tx, &record, None)?;
    if kind.code == "service_project" {
        communities::store::set_enterprise(tx, place.tenant, place.community, place.enterprise)?;
    }
    let recorded = tx.record(
        permit,
        &RecordCreated { record: id, community: place.community.to_string(), kind: record.kind },
    )?;
    Ok((id, recorded))
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
    let kind = kinds::kind("honour").ok_or(Problem::NotFound)?;
    let id = RecordId::from(tx.ctx.new_id(Tenant::of_id(community.id.into())));
    let form = RecordForm {
        kind: kind.code.to_owned(),
        class: class.to_owned(),
        status: status.to_owned(),
        title: title.to_owned(),
        happened_on: on.to_string(),
        evidence: document.to_owned(),
        ..RecordForm::default()
    };
    let record = rules::record(id, community.place, kind, &form, tx.ctx.today())?;
    Ok(store::add(tx, &record, None)?)
}

/// The enterprise a record names, where its register asks for one: the one typed, or the one that serves the community.
fn with_enterprise(
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
