//! What the page of departments shows.

use ::store::Tx;
use kernel::Problem;

use super::{policy, store, types::Department};

pub(crate) fn own(tx: &mut Tx<'_>) -> Result<Vec<Department>, Problem> {
    let (_may, tenant) = policy::may_keep(&tx.ctx.actor)?;
    Ok(store::of_county(tx, tenant)?)
}
