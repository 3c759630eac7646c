//! What there is to see of rolls.

use std::collections::BTreeMap;

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::Problem;
use registry::communities::{self, CommunityId, CommunityView};

use super::{
    policy, store,
    types::{AreaSource, Holder, Roll, RollId, Stage, Unit},
};
use crate::objections::{self, Circle, ObjectionView};

#[derive(Debug)]
pub(crate) struct RollLine {
    pub(crate) id: RollId,
    pub(crate) n: i64,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) units: i64,
    pub(crate) heads: i64,
    pub(crate) area: String,
    pub(crate) proposed_on: String,
    pub(crate) next_step: String,
    pub(crate) frozen_on: String,
    /// The buildings and entrances it was cut to, for a decision that concerns no others.
    pub(crate) cut: Option<(RollId, String)>,
}

#[derive(Debug)]
pub(crate) struct RollView {
    pub(crate) line: RollLine,
    pub(crate) community: CommunityView,
    pub(crate) digest: String,
    pub(crate) units: Vec<UnitView>,
    /// Units, area and its share, by kind.
    pub(crate) kinds: Vec<(&'static str, usize, String)>,
    pub(crate) reason: Option<String>,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) can_post: bool,
    pub(crate) is_draft: bool,
    pub(crate) can_freeze: bool,
    /// Objections are answered while it is posted.
    pub(crate) is_proposed: bool,
    pub(crate) can_withdraw: bool,
    pub(crate) can_object: bool,
    /// Names stand beside the units, masked.
    pub(crate) names: bool,
}

#[derive(Debug)]
pub(crate) struct UnitView {
    pub(crate) unit: String,
    pub(crate) kind: &'static str,
    pub(crate) area: String,
    pub(crate) area_source: &'static str,
    /// 张** in the office and to the community's owners, nothing in public (个人信息保护法 Art. 25).
    pub(crate) owners: String,
}

pub(crate) fn stage(stage: &Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Draft => ("soon", "待公示"),
        Stage::Proposed => ("open", "公示中"),
        Stage::Frozen { .. } => ("good", "已冻结"),
        Stage::Withdrawn { .. } => ("refused", "已撤回"),
    }
}

pub(crate) fn kind(code: &str) -> &'static str {
    match code {
        "residential" => "住宅",
        "commercial" => "商业",
        "parking" => "车位",
        "storage" => "储藏室",
        _ => "其他",
    }
}

fn source(it: AreaSource) -> &'static str {
    match it {
        AreaSource::Register => "不动产登记簿",
        AreaSource::Survey => "测绘实测",
        AreaSource::Contract => "买卖合同",
    }
}

pub(crate) fn line(it: &Roll) -> RollLine {
    RollLine {
        id: it.id,
        n: it.n,
        stage: stage(&it.stage),
        units: it.units,
        heads: it.heads,
        area: it.area.to_string(),
        proposed_on: match it.stage {
            Stage::Draft => "未公示".to_owned(),
            _ => it.proposed_on.to_string(),
        },
        next_step: it.next_step.to_string(),
        frozen_on: match &it.stage {
            Stage::Frozen { on } => on.to_string(),
            _ => String::new(),
        },
        cut: it.cut.clone(),
    }
}

/// Which version it is and when it was frozen, if that was after a day.
pub(crate) fn frozen_since(it: &Roll, day: Date) -> Option<(i64, String)> {
    match it.stage {
        Stage::Frozen { on } if day < on => Some((it.n, on.to_string())),
        _ => None,
    }
}

/// The newest frozen version of a community's roll.
pub(crate) fn in_force(tx: &mut Tx<'_>, community: i64) -> Result<Option<Roll>, Problem> {
    let all = store::of_community(tx, community)?;
    Ok(all.into_iter().find(|it| matches!(it.stage, Stage::Frozen { .. })))
}

/// The community whose roll may be proposed.
pub(crate) fn may_propose(tx: &mut Tx<'_>, id: CommunityId) -> Result<CommunityView, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_propose(&tx.ctx.actor, &community.place)?;
    communities::shown(tx, community)
}

/// Every version of a community's roll, the newest first, for whoever another policy has let in.
pub(crate) fn lines(tx: &mut Tx<'_>, community: i64) -> Result<Vec<RollLine>, Problem> {
    Ok(store::of_community(tx, community)?.iter().map(line).collect())
}

/// A roll for those who work on it: names masked.
pub(crate) fn roll(tx: &mut Tx<'_>, vault: &Vault, id: RollId) -> Result<RollView, Problem> {
    let roll = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &roll.place)?;
    let freezer = policy::may_freeze(&tx.ctx.actor, &roll.place).is_ok();
    let proposer = policy::may_propose(&tx.ctx.actor, &roll.place).is_ok();
    let units = store::units(tx, Some(vault), id)?;
    let proposed = roll.stage == Stage::Proposed;
    let objections = objections::of_subject(tx, Circle::Office(vault), &roll.place, id.into())?;
    let mut view = view(tx, &roll, &units, objections, masked)?;
    view.can_freeze = freezer && proposed;
    view.is_proposed = proposed;
    view.is_draft = roll.stage == Stage::Draft;
    view.can_post = proposer && view.is_draft;
    view.can_withdraw = proposer && (proposed || view.is_draft);
    Ok(view)
}

/// A posted roll for everybody: units and areas, no name. The community's own owners, signed in, see names masked (trust: 三个圈), so that
/// a wrong one is found while it can be objected to.
pub(crate) fn posted(tx: &mut Tx<'_>, vault: &Vault, id: RollId) -> Result<RollView, Problem> {
    let roll = store::load(tx, id)?;
    if matches!(roll.stage, Stage::Draft | Stage::Withdrawn { .. }) {
        return Err(Problem::NotFound);
    }
    let own = policy::may_see_names(&tx.ctx.actor, &roll.place);
    let units = store::units(tx, own.then_some(vault), id)?;
    let objections = objections::of_subject(tx, Circle::Public, &roll.place, id.into())?;
    let mut view = view(tx, &roll, &units, objections, |it| if own { masked(it) } else { String::new() })?;
    view.names = own;
    view.can_object = roll.stage == Stage::Proposed && tx.ctx.today() < roll.next_step;
    Ok(view)
}

/// 张**.
fn masked(it: &Unit) -> String {
    let names: Vec<String> = it.contact.names.iter().map(|it| identifiers::mask_name(it)).collect();
    if it.holder == Holder::Developer { "建设单位".to_owned() } else { names.join("、") }
}

fn view(
    tx: &mut Tx<'_>,
    roll: &Roll,
    units: &[Unit],
    objections: Vec<ObjectionView>,
    owners: impl Fn(&Unit) -> String,
) -> Result<RollView, Problem> {
    let community = communities::load(tx, roll.place.community.into())?;
    let mut kinds: BTreeMap<&str, (usize, i64)> = BTreeMap::new();
    for it in units {
        let sum = kinds.entry(kind(&it.kind)).or_default();
        *sum = (sum.0 + 1, sum.1 + it.area.0);
    }
    let unit = |it: &Unit| UnitView {
        unit: it.unit.clone(),
        kind: kind(&it.kind),
        area: it.area.to_string(),
        area_source: source(it.area_source),
        owners: owners(it),
    };
    Ok(RollView {
        line: line(roll),
        community: communities::shown(tx, community)?,
        digest: roll.digest.clone(),
        units: units.iter().map(unit).collect(),
        kinds: kinds.into_iter().map(|(kind, it)| (kind, it.0, kernel::Area(it.1).to_string())).collect(),
        reason: match &roll.stage {
            Stage::Withdrawn { reason } => Some(reason.clone()),
            _ => None,
        },
        objections,
        can_post: false,
        is_draft: false,
        can_freeze: false,
        is_proposed: false,
        can_withdraw: false,
        can_object: false,
        names: false,
    })
}
