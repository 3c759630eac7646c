//! 小区自治主页 — what there is of one community: its committee, its preparations, its decisions, its rolls.

use ::store::Tx;
use app::Vault;
use kernel::Problem;
use registry::communities::{self, CommunityId, CommunityView};

use super::{
    policy,
    queries::{DecisionLine, line},
};
use crate::{
    committees::{self, CommitteeCard},
    foundings::{self, FoundingLine},
    rolls::queries::{self as rolls, RollLine},
    vettings,
};

/// 小区自治主页: rolls and decisions of one community.
#[derive(Debug)]
pub(crate) struct HomeView {
    pub(crate) community: CommunityView,
    pub(crate) rolls: Vec<RollLine>,
    pub(crate) decisions: Vec<DecisionLine>,
    pub(crate) can_convene: bool,
    pub(crate) has_roll: bool,
    pub(crate) committee: Option<CommitteeCard>,
    pub(crate) can_file: bool,
    pub(crate) foundings: Vec<FoundingLine>,
    pub(crate) can_found: bool,
    /// Committees, vetting and preparations are this hat's to read; others find them on the board.
    pub(crate) inside: bool,
    /// 人选联审, for whoever nominates, vets or looks on.
    pub(crate) vets: bool,
}

pub(crate) fn home(tx: &mut Tx<'_>, vault: &Vault, id: CommunityId) -> Result<HomeView, Problem> {
    let community = communities::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &community.place)?;
    let can_convene = policy::may_convene(&tx.ctx.actor, &community.place).is_ok();
    let mut decisions = vec![];
    for it in super::store::of_community(tx, community.place.community)? {
        decisions.push(line(tx, &it)?);
    }
    let rolls = rolls::lines(tx, community.place.community)?;
    let has_roll = rolls.iter().any(|it| it.stage.1 == "已冻结");
    let committee = committees::card(tx, vault, community.place.community)?;
    let can_file = committees::may_file(tx, &community.place);
    let place = community.place;
    let inside = committees::may_read(tx, &community.place);
    let (foundings, can_found) = foundings::of_community(tx, vault, &community.place)?;
    let community = communities::shown(tx, community)?;
    Ok(HomeView {
        community,
        rolls,
        decisions,
        can_convene,
        has_roll,
        committee,
        can_file,
        foundings,
        can_found,
        vets: vettings::policy::may_see(&tx.ctx.actor, &place).is_ok(),
        inside,
    })
}
