//! 地址树 — from the county down to the community, for whoever does not type its name.

use ::store::Tx;
use kernel::{Problem, Scope};
use registry::{
    communities,
    divisions::{self, Division, Kind},
};

/// A step of the way down: what was chosen so far, and what there is to choose from.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Name and id of what lies above, from the top.
    pub(crate) path: Vec<(String, i64)>,
    /// Divisions, by name and id.
    pub(crate) below: Vec<(String, i64)>,
    /// Communities, where the way ends.
    pub(crate) communities: Vec<(String, i64)>,
}

/// More than this nobody looks through.
const MOST: usize = 300;

/// What lies under a division; under the only city, where none was chosen.
pub(crate) fn tree(tx: &mut Tx<'_>, at: Option<i64>) -> Result<Tree, Problem> {
    let chosen = match at {
        Some(id) => division(tx, id)?,
        None => None,
    };
    let here = match (chosen, divisions::cities(tx)?) {
        (Some(it), _) => it,
        (None, mut cities) if cities.len() == 1 => cities.remove(0),
        (None, cities) => {
            let below = cities.into_iter().map(|it| (it.name, it.id.into())).collect();
            return Ok(Tree { below, ..Tree::default() });
        }
    };
    let mut tree = Tree::default();
    if here.kind == Kind::Neighborhood {
        tree.communities = communities::named_of_neighborhood(tx, here.id.into())?
            .into_iter()
            .map(|it| (it.1, it.0))
            .collect();
    } else {
        let below = divisions::below(tx, here.id)?.into_iter();
        tree.below = below.map(|it| (it.name, it.id.into())).take(MOST).collect();
    }
    let mut above = Some(here);
    while let Some(it) = above {
        tree.path.insert(0, (it.name, it.id.into()));
        above = match it.parent {
            Some(parent) => division(tx, parent.into())?,
            None => None,
        };
    }
    Ok(tree)
}

/// The tree as a hat looks at it: from its own part of the world, or the few communities it serves.
pub(crate) fn own_tree(tx: &mut Tx<'_>, at: Option<i64>) -> Result<Tree, Problem> {
    let scope = tx.ctx.actor.hat.scope;
    let own = match scope {
        Scope::City(id) | Scope::Subdistrict(id) | Scope::Neighborhood(id) => Some(id),
        Scope::County(tenant) => divisions::of_tenant(tx, tenant)?.map(|it| it.id.into()),
        Scope::Nothing => return Ok(Tree::default()),
        _ => {
            let few = communities::in_scope(tx, MOST)?;
            let communities = few.into_iter().map(|it| (it.name, it.id.into())).collect();
            return Ok(Tree { communities, ..Tree::default() });
        }
    };
    tree(tx, at.or(own))
}

fn division(tx: &mut Tx<'_>, id: i64) -> Result<Option<Division>, Problem> {
    match divisions::division(tx, id.into()).map_err(Problem::from) {
        Ok(it) => Ok(Some(it)),
        Err(Problem::NotFound) => Ok(None),
        Err(problem) => Err(problem),
    }
}
