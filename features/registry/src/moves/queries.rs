//! What the page of a move shows.

use ::store::Tx;
use kernel::{Problem, Tenant};

use super::store;
use crate::{
    communities::{self, Community, CommunityId, policy},
    divisions,
};

#[derive(Debug)]
pub(crate) struct MoveView {
    pub(crate) community: Community,
    pub(crate) neighborhood: String,
    pub(crate) waiting: bool,
    /// Where it may go: id and name, street first.
    pub(crate) choices: Vec<(String, String)>,
}

pub(crate) fn of(tx: &mut Tx<'_>, id: CommunityId) -> Result<MoveView, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_move(&tx.ctx.actor, &community.place)?;
    let tenant = Tenant::from_number(u16::try_from(community.place.tenant).unwrap_or(0));
    let own = community.place.neighborhood;
    let all = divisions::neighborhoods(tx, community.place.city, Some(tenant))?;
    let choices =
        all.into_iter().filter(|it| i64::from(it.0) != own).map(|it| (it.0.to_string(), it.1)).collect();
    Ok(MoveView {
        neighborhood: divisions::division(tx, own.into())?.name,
        waiting: store::is_waiting(tx, id)?,
        choices,
        community,
    })
}
