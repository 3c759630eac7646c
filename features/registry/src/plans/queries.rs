//! What others see of a plan.

use ::store::Tx;
use kernel::{Problem, Scope};

use super::{
    policy, rules, store,
    types::{Plan, Position, PublicPlan},
};
use crate::communities::{self, CommunityId, CommunityView};

/// How far from a community's own position a place may be and still be taken for its, metres.
const REACH: i64 = 1_000;

/// The page of whoever looks after it.
#[derive(Debug)]
pub(crate) struct PlanView {
    pub(crate) community: CommunityView,
    pub(crate) plan: Plan,
    pub(crate) shown: Option<PublicPlan>,
    pub(crate) can_draw: bool,
}

pub(crate) fn of(tx: &mut Tx<'_>, id: CommunityId) -> Result<PlanView, Problem> {
    // Whoever may see the community may see this page of it.
    let view = communities::view(tx, id)?;
    let community = communities::load(tx, id)?;
    let can_draw = policy::may_draw(&tx.ctx.actor, &community.place).is_ok();
    let plan = store::of(tx, &community)?;
    Ok(PlanView { community: view, shown: shown(&plan), plan, can_draw })
}

fn shown(plan: &Plan) -> Option<PublicPlan> {
    let picture = plan.picture.filter(|it| 0 < it.width)?;
    Some(PublicPlan {
        href: format!("/registry/communities/{}/plan/picture?v={}", plan.place.community, picture.file),
        height: picture.height * 1000 / picture.width,
        spots: plan.spots.clone(),
    })
}

/// The picture and its marks, for whoever stands before the notice board.
///
/// # Errors
/// `NotFound`, or the store refuses.
pub fn public(tx: &mut Tx<'_>, community: i64) -> Result<Option<PublicPlan>, Problem> {
    let community = communities::load(tx, community.into())?;
    Ok(shown(&store::of(tx, &community)?))
}

/// The file of the picture.
pub(crate) fn picture(tx: &mut Tx<'_>, id: CommunityId) -> Result<files::Attachment, Problem> {
    let community = communities::load(tx, id)?;
    let plan = store::of(tx, &community)?;
    let picture = plan.picture.ok_or(Problem::NotFound)?;
    files::attachment(tx, plan.id.into(), picture.file)
}

/// Where a community lies, if somebody said so.
///
/// # Errors
/// When the store refuses.
pub fn position_of(tx: &mut Tx<'_>, community: &communities::Community) -> Result<Option<Position>, Problem> {
    Ok(store::of(tx, community)?.position)
}

/// The community of a city or county nearest to a position, within a kilometre of where it is said to lie.
///
/// # Errors
/// When the store refuses.
pub fn nearest(tx: &mut Tx<'_>, scope: &Scope, at: Position) -> Result<Option<CommunityId>, Problem> {
    let city = crate::divisions::city_of(tx, scope)?;
    let mut found = store::within(tx, city, at, rules::around(at, REACH))?;
    found.retain(|it| rules::metres(at, it.1) <= REACH);
    found.sort_by_key(|it| (rules::metres(at, it.1), it.0));
    for (id, _) in found {
        if scope.covers(&communities::load(tx, id)?.place) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
