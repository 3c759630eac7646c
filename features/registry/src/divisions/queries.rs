//! What the pages show of the tree.

use ::store::Tx;
use kernel::{Problem, Role, Scope};

use super::{
    labels, policy, store,
    types::{Division, DivisionId, Kind, Listed},
};
use crate::{
    grids::{self, Grid},
    history::{self, Line},
};

/// One division with what it lies under, what lies under it, and what happened to it.
pub(crate) struct DivisionView {
    pub(crate) division: Division,
    pub(crate) kind: &'static str,
    /// From the city down to what it lies under.
    pub(crate) trail: Vec<Division>,
    pub(crate) below: Vec<Listed>,
    /// The kind that lies under it.
    pub(crate) below_kind: Option<&'static str>,
    pub(crate) history: Vec<Line>,
    pub(crate) can_edit: bool,
    pub(crate) can_add: bool,
    /// Streets it may go under: id and name; empty when it may not.
    pub(crate) targets: Vec<(String, String)>,
    pub(crate) can_end: bool,
    pub(crate) grids: Vec<Grid>,
}

/// The divisions a hat begins at: its own, or every city.
pub(crate) fn roots(tx: &mut Tx<'_>) -> Result<Vec<Division>, Problem> {
    let _seen = policy::may_see_tree(&tx.ctx.actor)?;
    if tx.ctx.actor.is(Role::SystemAdministrator) {
        return Ok(store::cities(tx)?);
    }
    Ok(match tx.ctx.actor.hat.scope {
        Scope::City(id) | Scope::Subdistrict(id) | Scope::Neighborhood(id) => {
            vec![store::division(tx, id.into())?]
        }
        Scope::County(tenant) => store::of_tenant(tx, tenant)?.into_iter().collect(),
        _ => vec![],
    })
}

pub(crate) fn view(tx: &mut Tx<'_>, id: DivisionId) -> Result<DivisionView, Problem> {
    let division = store::division(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &division.place())?;
    let (mut trail, mut above) = (vec![], division.parent);
    while let Some(id) = above {
        let over = store::division(tx, id)?;
        above = over.parent;
        // A county's office is not led to what it may not see.
        if policy::may_see(&tx.ctx.actor, &over.place()).is_ok() {
            trail.insert(0, over);
        }
    }
    let below_kind = division.kind.below();
    let may = |kind: Kind| policy::may_shape(&tx.ctx.actor, &division.place(), kind).is_ok();
    let living = division.ended_on.is_none();
    let (can_edit, can_add) = (living && may(division.kind), living && below_kind.is_some_and(may));
    let can_end = can_edit && matches!(division.kind, Kind::Subdistrict | Kind::Neighborhood);
    let mut targets = vec![];
    if can_end && division.kind == Kind::Neighborhood {
        let streets = store::of_kind(tx, division.city, Kind::Subdistrict)?.into_iter();
        let ours = |it: &Division| {
            it.tenant == division.tenant && it.ended_on.is_none() && Some(it.id) != division.parent
        };
        targets = streets.filter(ours).map(|it| (it.id.to_string(), it.name)).collect();
    }
    let grids = match division.kind {
        Kind::Neighborhood => grids::of_neighborhood(tx, id)?,
        _ => vec![],
    };
    Ok(DivisionView {
        kind: labels::kind(division.kind),
        below: store::under(tx, id)?,
        below_kind: below_kind.map(labels::kind),
        history: history::lines(tx, id.into(), labels::event)?,
        trail,
        can_edit,
        can_add,
        can_end,
        targets,
        grids,
        division,
    })
}

impl DivisionView {
    /// Grids lie in it.
    pub(crate) fn is_neighborhood(&self) -> bool {
        self.division.kind == Kind::Neighborhood
    }

    /// Communities lie in the neighborhoods under it.
    pub(crate) fn is_subdistrict(&self) -> bool {
        self.division.kind == Kind::Subdistrict
    }
}
