//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Place, Problem, Tenant};

use super::{
    events::{CommunityCreated, CommunityEdited},
    policy, rules, store,
    types::{Community, CommunityForm, CommunityId, Particulars},
};
use crate::{
    divisions::{self, DivisionId},
    records,
};

/// 新建小区.
pub(crate) fn create(tx: &mut Tx<'_>, form: &CommunityForm) -> Result<(CommunityId, Recorded), Problem> {
    let particulars = rules::particulars(form, i64::from(tx.ctx.today().year()));
    let home = kernel::parse_id(form.neighborhood.trim()).map(DivisionId::from);
    // Without a neighborhood there is nothing to be permitted yet: the form comes back first.
    let Some(home) = home else { return Err(particulars.err().unwrap_or(Problem::NotFound)) };
    let place = divisions::place_for_new(tx, home)?;
    let permit = policy::may_create(&tx.ctx.actor, &place)?;
    let particulars = particulars?;
    let community = place_new(tx, place, particulars, None)?;
    let (id, name) = (community.id, community.name);
    Ok((id, tx.record(permit, &CommunityCreated { community: id, name })?))
}

/// Puts a new community on the table; by hand, or as a row of a batch.
pub(crate) fn place_new(
    tx: &mut Tx<'_>,
    place: Place,
    it: Particulars,
    batch: Option<i64>,
) -> Result<Community, Problem> {
    if store::named(tx, &place, &it.name)?.is_some() {
        return Err(Problem::Invalid(vec![same_name()]));
    }
    let tenant = Tenant::from_number(u16::try_from(place.tenant).unwrap_or(0));
    let id = CommunityId::from(tx.ctx.new_id(tenant));
    let community = Community {
        id,
        place: Place { community: id.into(), ..place },
        number: store::next_number(tx, tenant)?,
        name: it.name,
        kind: it.kind,
        address: it.address,
        built_year: it.built_year,
        floor_area: it.floor_area,
        buildings: it.buildings,
        entrances: it.entrances,
        households: it.households,
        service_mode: it.service_mode,
        note: it.note,
        version: 1,
    };
    store::add(tx, &community, batch)?;
    Ok(community)
}

/// 修改小区 — refused when somebody else saved first.
pub(crate) fn edit(
    tx: &mut Tx<'_>,
    id: CommunityId,
    form: &CommunityForm,
) -> Result<((), Recorded), Problem> {
    let before = store::load(tx, id)?;
    let permit = policy::may_edit(&tx.ctx.actor, &before.place)?;
    let after = rules::particulars(form, i64::from(tx.ctx.today().year()))?;
    if i64::from(after.neighborhood) != before.place.neighborhood {
        return Err(Problem::Invalid(vec![FieldError::new(
            "neighborhood",
            "小区所在社区不能在这里更改；区划调整由县局统一办理",
        )]));
    }
    if store::named(tx, &before.place, &after.name)?.is_some_and(|it| it != id) {
        return Err(Problem::Invalid(vec![same_name()]));
    }
    if form.version.trim() != before.version.to_string() {
        return Err(Problem::Conflict);
    }
    let changes = rules::changes(&before, &after);
    store::save(tx, &before, &after)?;
    // Complaints are counted by household.
    records::standings::moved(tx, (Tenant::of_id(id.into()), before.place.city), "complaints")?;
    Ok(((), tx.record(permit, &CommunityEdited { community: id, changes })?))
}

fn same_name() -> FieldError {
    FieldError::new("name", "这个社区已有同名小区。如确为两个小区，请在名称后加注期数或方位")
}
