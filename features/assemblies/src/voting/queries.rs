//! Who has taken part so far, the doors still to knock at, and the ballot paper itself. Never a choice.

use std::collections::{BTreeMap, BTreeSet};

use ::store::Tx;
use app::Vault;
use kernel::{Area, Problem, beijing_minute};

use super::{
    actions,
    precedence::{self, Arrival, Standing},
    rules, store,
    turnout::{Turnout, turnout},
    types::{Channel, Contact, Key, SheetState},
};
use crate::{
    decisions::{Decision, DecisionId, Item, labels, policy, store as decisions},
    enclosures,
    mandates::{self, types::Mandate},
    records,
    rolls::{
        self,
        types::{Holder, RollId},
    },
};

/// The buildings of a roll, in its order, with how many units each has.
pub(crate) fn units_by_building(tx: &mut Tx<'_>, roll: RollId) -> Result<Vec<(String, usize)>, Problem> {
    let mut buildings: Vec<(String, usize)> = vec![];
    for it in rolls::units(tx, None, roll)? {
        match buildings.iter_mut().find(|known| known.0 == it.building) {
            Some(known) => known.1 += 1,
            None => buildings.push((it.building, 1)),
        }
    }
    Ok(buildings)
}

/// The buildings of a roll, in its order.
pub(crate) fn buildings(tx: &mut Tx<'_>, roll: RollId) -> Result<Vec<String>, Problem> {
    Ok(units_by_building(tx, roll)?.into_iter().map(|it| it.0).collect())
}

/// A door: one cell of the building's grid.
#[derive(Debug)]
pub(crate) struct DoorView {
    pub(crate) unit: String,
    pub(crate) area: String,
    /// 张**.
    pub(crate) owners: String,
    /// Colour and words.
    pub(crate) state: (&'static str, &'static str),
    pub(crate) delivered: Option<String>,
    pub(crate) contact: &'static str,
    /// 到会.
    pub(crate) present: bool,
}

#[derive(Debug)]
pub(crate) struct CanvassView {
    pub(crate) decision: Decision,
    pub(crate) turnout: Turnout,
    pub(crate) building: String,
    pub(crate) doors: Vec<DoorView>,
    pub(crate) can_canvass: bool,
    pub(crate) can_print: bool,
}

/// 扫楼: the doors of a building, the first when none is named.
pub(crate) fn canvass(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    building: &str,
) -> Result<CanvassView, Problem> {
    let decision = decisions::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = *decision.stage.noticed().ok_or(rules::VotingRefusal::NotNoticed)?;
    let turnout = turnout(tx, &decision)?.ok_or(Problem::NotFound)?;
    let known = turnout.buildings.iter().find(|it| it.0 == building).or(turnout.buildings.first());
    let building = known.map(|it| it.0.clone()).unwrap_or_default();
    let effective = store::effective(tx, id)?;
    let voted: BTreeMap<&str, &'static str> =
        effective.iter().map(|it| (it.unit.as_str(), labels::channel(it.channel.code()))).collect();
    let letters: BTreeMap<String, _> =
        store::letters(tx, id)?.into_iter().map(|it| (it.unit.clone(), it)).collect();
    let mut doors = vec![];
    for unit in rolls::units_of_building(tx, Some(vault), noticed.roll, &building)? {
        let letter = letters.get(&unit.unit);
        let delivered = letter.and_then(|it| it.delivered_at.map(beijing_minute));
        let state = match (voted.get(unit.unit.as_str()), &delivered) {
            (Some(&"纸质"), _) => ("done", "已投（纸质）"),
            (Some(_), _) => ("done", "已投（网上）"),
            (None, Some(_)) => ("open", "已送达未投"),
            (None, None) => ("soon", "未送达"),
        };
        let names: Vec<String> = unit.contact.names.iter().map(|it| identifiers::mask_name(it)).collect();
        doors.push(DoorView {
            area: unit.area.to_string(),
            owners: if unit.holder == Holder::Developer {
                "建设单位".to_owned()
            } else {
                names.join("、")
            },
            state,
            delivered,
            contact: match letter.map(|it| it.contact) {
                _ if voted.contains_key(unit.unit.as_str()) => "已完成",
                Some(Contact::Reached) => "已联系",
                Some(Contact::Absent) => "联系不上",
                _ => "未联系",
            },
            present: letter.is_some_and(|it| it.present_at.is_some()),
            unit: unit.unit,
        });
    }
    let can_canvass = rules::must_call(&decision, tx.ctx.now).is_ok();
    let can_print = policy::may_print(&tx.ctx.actor, &decision.place).is_ok() && can_canvass;
    Ok(CanvassView { decision, turnout, building, doors, can_canvass, can_print })
}

/// 表决票, as an owner sees it.
#[derive(Debug, Clone)]
pub(crate) struct PaperView {
    pub(crate) decision: DecisionId,
    pub(crate) title: String,
    pub(crate) community: String,
    pub(crate) closes: String,
    /// Why no ballot can be cast now.
    pub(crate) shut: Option<String>,
    pub(crate) units: Vec<OwnUnit>,
    pub(crate) area: String,
    pub(crate) items: Vec<ItemView>,
    /// 受托人 and the like, when somebody votes in the owner's stead; whether the owner may vote beside them.
    pub(crate) stands_for: Option<(&'static str, bool)>,
    pub(crate) revote: bool,
    pub(crate) precedence: &'static str,
}

/// One of the owner's units on the ballot paper.
#[derive(Debug, Clone)]
pub(crate) struct OwnUnit {
    pub(crate) unit: String,
    pub(crate) area: String,
    /// The channel it was voted on, where the ballot lies in the log, and its commitment.
    pub(crate) voted: Option<(&'static str, i64, String)>,
    /// It was a proxy's, whose ballot makes way for the owner's own.
    pub(crate) by_proxy: bool,
    /// Why a ballot is not taken for this one.
    pub(crate) shut: Option<String>,
}

/// 议题, with what may be answered.
#[derive(Debug, Clone)]
pub(crate) struct ItemView {
    pub(crate) field: String,
    pub(crate) title: String,
    pub(crate) matter: &'static str,
    pub(crate) threshold: &'static str,
    pub(crate) summary: String,
    pub(crate) answers: Vec<(String, String)>,
    /// 席位 and 候补, of an election.
    pub(crate) seats: Option<(u32, u32)>,
}

pub(crate) fn items(agenda: &[Item]) -> Vec<ItemView> {
    let view = |it: &Item| ItemView {
        field: rules::field_of(it),
        title: it.title.clone(),
        matter: labels::matter(it.matter),
        threshold: labels::threshold(it.matter),
        summary: it.summary.clone(),
        answers: rules::answers(it),
        seats: it.election.as_ref().map(|it| (it.seats, it.reserves)),
    };
    agenda.iter().map(view).collect()
}

/// The ballot paper a key opens.
pub(crate) fn paper(tx: &mut Tx<'_>, vault: &Vault, key: &Key) -> Result<PaperView, Problem> {
    let actions::Held { decision, units, of_owners, mandate, .. } = actions::held(tx, vault, key)?;
    let standing = mandates::standing_for(tx, vault, decision.id, &of_owners)?;
    let kept_away = mandates::rules::must_be_ours(standing.as_ref(), mandate.as_ref(), tx.ctx.today()).err();
    let covered = mandates::rules::covered(&decision.agenda, mandate.as_ref(), tx.ctx.today());
    let account = actions::account_of(tx, key);
    let proxy = mandate.as_ref().is_some_and(Mandate::is_proxy);
    let arrival = Arrival { channel: Channel::Online, at: tx.ctx.now, proxy };
    let community = registry::communities::load(tx, decision.place.community.into())?;
    let noticed = decision.stage.noticed().ok_or(rules::VotingRefusal::NotNoticed)?;
    let shut = rules::must_be_open(&decision, tx.ctx.now).err().map(|it| it.to_string());
    let over = covered.as_ref().err().map(ToString::to_string);
    let shut = shut.or(kept_away.map(|it| it.to_string())).or(over);
    let mut shown = vec![];
    for it in &units {
        let before = Standing::of(&decision.terms, &store::ballots_of(tx, decision.id, &it.unit)?);
        let refused = precedence::taken(&decision.terms, &before, arrival, account).err();
        let voted = match &before.counts {
            Some(it) => {
                let commitment = records::commitment_of(tx, decision.id, it.ballot)?;
                Some((labels::channel(it.channel.code()), it.ballot, commitment))
            }
            None => None,
        };
        let (unit, area) = (it.unit.clone(), it.area.to_string());
        let by_proxy = before.counts.is_some_and(|it| it.proxy);
        shown.push(OwnUnit { unit, area, voted, by_proxy, shut: refused.map(|it| it.to_string()) });
    }
    let none_left = shown.iter().all(|it| it.shut.is_some());
    let shut = shut.or_else(|| shown.first().filter(|_| none_left).and_then(|it| it.shut.clone()));
    Ok(PaperView {
        decision: decision.id,
        title: decision.title.clone(),
        community: community.name,
        closes: labels::until(noticed.closes_at),
        shut,
        area: Area(units.iter().map(|it| it.area.0).sum()).to_string(),
        units: shown,
        items: items(&covered.unwrap_or_default()),
        stands_for: mandate.map(|it| (it.kind.label(), it.is_proxy())),
        revote: decision.terms.revote,
        precedence: labels::precedence(decision.terms.precedence),
    })
}

/// A sheet of paper in the list: who read it, and whether a second person has.
#[derive(Debug)]
pub(crate) struct SheetView {
    pub(crate) number: String,
    pub(crate) building: String,
    pub(crate) received: String,
    pub(crate) first_by: String,
    pub(crate) state: (&'static str, &'static str),
    /// It can still be made void.
    pub(crate) open: bool,
    /// Its scans, as addresses.
    pub(crate) scans: Vec<String>,
    /// This person read it first, and so another has to.
    pub(crate) mine: bool,
}

#[derive(Debug)]
pub(crate) struct SheetsView {
    pub(crate) decision: Decision,
    pub(crate) items: Vec<ItemView>,
    pub(crate) sheets: Vec<SheetView>,
    pub(crate) agreed: usize,
    pub(crate) can_enter: bool,
    /// Stands in this election, and so enters nothing.
    pub(crate) stands_back: bool,
}

pub(crate) fn sheets(tx: &mut Tx<'_>, id: DecisionId) -> Result<SheetsView, Problem> {
    let decision = decisions::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let me = tx.ctx.actor.user;
    let (mut shown, mut agreed) = (vec![], 0);
    let all = store::sheets(tx, id)?;
    let mut scanned = enclosures::scanned(tx, &all)?;
    let people: BTreeSet<i64> = all.iter().map(|it| it.first_by.into()).collect();
    let names = accounts::names(tx, &people.into_iter().collect::<Vec<_>>())?;
    for it in all {
        agreed += usize::from(it.state == SheetState::Agreed);
        let scans = scanned.remove(&it.id).unwrap_or_default();
        let address = |file: &files::Attachment| {
            format!("/assemblies/decisions/{id}/sheets/{}/scans/{}", it.number, file.id)
        };
        let scans = scans.iter().map(address).collect();
        shown.push(SheetView {
            first_by: names.get(&it.first_by.into()).cloned().unwrap_or_default(),
            number: it.number,
            building: it.building,
            received: beijing_minute(it.received_at),
            state: match it.state {
                SheetState::Once => ("open", "待复录"),
                SheetState::Differs => ("late", "两次不一致，请重录"),
                SheetState::Agreed => ("done", "一致"),
                SheetState::Void => ("refused", "已作废"),
            },
            open: it.state != SheetState::Void,
            scans,
            mine: it.state == SheetState::Once && it.first_by == me,
        });
    }
    let items = items(&decision.agenda);
    let can_enter =
        matches!(decision.stage, crate::decisions::Stage::Noticed(_) | crate::decisions::Stage::Sealed(..));
    let stands_back = match crate::decisions::standing::must_stand_back(tx, &decision) {
        Ok(()) => false,
        Err(Problem::Refused { .. }) => true,
        Err(other) => return Err(other),
    };
    let can_enter = can_enter && !stands_back;
    Ok(SheetsView { decision, items, sheets: shown, agreed, can_enter, stands_back })
}

/// 纸质表决票 of a building, to be printed.
#[derive(Debug)]
pub(crate) struct PapersView {
    pub(crate) decision: Decision,
    pub(crate) community: String,
    pub(crate) building: String,
    pub(crate) closes: String,
    pub(crate) items: Vec<ItemView>,
    /// Number, unit, area.
    pub(crate) papers: Vec<(String, String, String)>,
    /// The log as it was signed last: how many leaves, and its short code.
    pub(crate) signed: Option<(i64, String)>,
}

pub(crate) fn papers(tx: &mut Tx<'_>, id: DecisionId, building: &str) -> Result<PapersView, Problem> {
    let decision = decisions::load(tx, id)?;
    let _may = policy::may_canvass(&tx.ctx.actor, &decision.place)?;
    let noticed = rules::must_call(&decision, tx.ctx.now)?;
    let units = rolls::units(tx, None, noticed.roll)?.into_iter().enumerate();
    let here = units.filter(|(_, it)| it.building == building);
    let papers: Vec<_> =
        here.map(|(n, it)| (format!("{:04}", n + 1), it.unit, it.area.to_string())).collect();
    if papers.is_empty() {
        return Err(Problem::NotFound);
    }
    Ok(PapersView {
        community: registry::communities::load(tx, decision.place.community.into())?.name,
        building: building.to_owned(),
        closes: labels::until(noticed.closes_at),
        items: items(&decision.agenda),
        papers,
        signed: records::newest_signed(tx, id)?.map(|it| (it.0, it.3)),
        decision,
    })
}
