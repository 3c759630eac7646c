//! What there is to see of a unit's door, and the sheet on which owners sign at a meeting.

use ::store::Tx;
use app::Vault;
use kernel::{Problem, beijing_minute};

use super::{rules, store, types::VisitId};
use crate::{
    decisions::{self, Decision, DecisionId, labels, policy},
    rolls::{self, types::Holder},
    voting,
};

/// One unit's door.
#[derive(Debug)]
pub(crate) struct UnitView {
    pub(crate) decision: Decision,
    pub(crate) unit: String,
    pub(crate) building: String,
    pub(crate) area: String,
    pub(crate) owners: String,
    /// Colour and words.
    pub(crate) state: (&'static str, String),
    pub(crate) visits: Vec<VisitView>,
    pub(crate) can_visit: bool,
}

#[derive(Debug)]
pub(crate) struct VisitView {
    pub(crate) what: String,
    pub(crate) note: String,
    pub(crate) by: String,
    pub(crate) at: String,
    /// Its pictures, as addresses.
    pub(crate) pictures: Vec<String>,
}

pub(crate) fn unit(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId, name: &str) -> Result<UnitView, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = *decision.stage.noticed().ok_or(voting::rules::VotingRefusal::NotNoticed)?;
    let unit = rolls::unit(tx, vault, noticed.roll, name)?;
    let voted = voting::store::effective_of(tx, id, name)?;
    let state = match voted {
        Some(it) => ("done", format!("已完成（{}）", labels::channel(it.channel.code()))),
        None => ("open", "未投票".to_owned()),
    };
    let mut visits = vec![];
    for it in store::of_unit(tx, id, name)? {
        let by = accounts::names(tx, &[it.person.into()])?.into_values().next().unwrap_or_default();
        let pictures = files::of_subject(tx, it.id.into())?;
        let address = |file: &files::Attachment| {
            format!("/assemblies/decisions/{id}/visits/{}/files/{}", it.id, file.id)
        };
        visits.push(VisitView {
            what: rules::label(&it.what),
            pictures: pictures.iter().map(address).collect(),
            at: beijing_minute(it.at),
            note: it.note,
            by,
        });
    }
    Ok(UnitView {
        can_visit: voting::rules::must_call(&decision, tx.ctx.now).is_ok(),
        owners: masked(&unit),
        area: unit.area.to_string(),
        unit: unit.unit,
        building: unit.building,
        state,
        visits,
        decision,
    })
}

/// A picture taken at a door, for those who call at doors.
pub(crate) fn picture(
    tx: &mut Tx<'_>,
    id: DecisionId,
    visit: VisitId,
    file: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let found = files::attachment(tx, visit.into(), file)?;
    // A visit of another vote has another address.
    if store::is_of(tx, id, visit)? && found.slot == "door" { Ok(found) } else { Err(Problem::NotFound) }
}

/// 张**, for the office's eyes.
fn masked(unit: &rolls::types::Unit) -> String {
    if unit.holder == Holder::Developer {
        return "建设单位".to_owned();
    }
    let names: Vec<String> = unit.contact.names.iter().map(|it| identifiers::mask_name(it)).collect();
    names.join("、")
}

/// 签到表: a building's units with room to sign.
#[derive(Debug)]
pub(crate) struct AttendanceView {
    pub(crate) decision: Decision,
    pub(crate) community: String,
    pub(crate) building: String,
    /// Number, unit, area, owners masked, voted already, signed in already.
    pub(crate) rows: Vec<(String, String, String, String, bool, bool)>,
}

pub(crate) fn attendance(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    building: &str,
) -> Result<AttendanceView, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = voting::rules::must_call(&decision, tx.ctx.now)?;
    let present = voting::store::those_present(tx, id)?;
    let mut rows = vec![];
    for it in rolls::units_of_building(tx, Some(vault), noticed.roll, building)? {
        let number = rolls::number_of(tx, noticed.roll, &it.unit)?;
        let voted = voting::store::effective_of(tx, id, &it.unit)?.is_some();
        rows.push((
            format!("{number:04}"),
            it.unit.clone(),
            it.area.to_string(),
            masked(&it),
            voted,
            present.contains(&it.unit),
        ));
    }
    if rows.is_empty() {
        return Err(Problem::NotFound);
    }
    let community = registry::communities::load(tx, decision.place.community.into())?.name;
    Ok(AttendanceView { decision, community, building: building.to_owned(), rows })
}
