//! What the page of a neighborhood's grids shows.

use ::store::Tx;
use kernel::Problem;

use super::{store, types::Grid};
use crate::divisions::{self, Division, DivisionId, Kind};

#[derive(Debug)]
pub(crate) struct GridsView {
    pub(crate) neighborhood: Division,
    pub(crate) grids: Vec<Grid>,
}

pub(crate) fn of(tx: &mut Tx<'_>, id: DivisionId) -> Result<GridsView, Problem> {
    let neighborhood = divisions::division(tx, id)?;
    let _may = divisions::may_shape(&tx.ctx.actor, &neighborhood)?;
    if neighborhood.kind != Kind::Neighborhood {
        return Err(Problem::NotFound);
    }
    Ok(GridsView { grids: store::of_neighborhood(tx, id)?, neighborhood })
}
