//! What there is to see of enterprises.

use ::store::Tx;
use kernel::Problem;

use super::{
    policy, store,
    types::{Enterprise, EnterpriseForm, EnterpriseId},
};
use crate::{
    communities::{self, CommunityView},
    divisions, history, records,
};

/// An enterprise with what the hat worn may see around it.
#[derive(Debug)]
pub(crate) struct EnterprisePage {
    pub(crate) enterprise: Enterprise,
    pub(crate) communities: Vec<CommunityView>,
    pub(crate) records: Vec<records::RecordView>,
    /// Who changed what, for regulators.
    pub(crate) history: Option<Vec<history::Line>>,
    pub(crate) can_edit: bool,
}

/// An enterprise of the hat's own city; another city's is not there.
pub(crate) fn seen(tx: &mut Tx<'_>, id: EnterpriseId) -> Result<Enterprise, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let (enterprise, scope) = (store::load(tx, id)?, tx.ctx.actor.hat.scope);
    if divisions::city_of(tx, &scope)? == enterprise.city { Ok(enterprise) } else { Err(Problem::NotFound) }
}

pub(crate) fn enterprise(tx: &mut Tx<'_>, id: EnterpriseId) -> Result<EnterprisePage, Problem> {
    let enterprise = seen(tx, id)?;
    let regulates = policy::may_create(&tx.ctx.actor).is_ok();
    Ok(EnterprisePage {
        communities: communities::queries::served_by(tx, id.into())?,
        records: records::of_enterprise(tx, id)?,
        history: if regulates { Some(history::lines(tx, id.into(), event)?) } else { None },
        can_edit: policy::may_edit(&tx.ctx.actor, &enterprise).is_ok(),
        enterprise,
    })
}

/// The form of an enterprise as it stands, for whoever may change it.
pub(crate) fn form(tx: &mut Tx<'_>, id: EnterpriseId) -> Result<EnterpriseForm, Problem> {
    let it = seen(tx, id)?;
    let _may = policy::may_edit(&tx.ctx.actor, &it)?;
    Ok(EnterpriseForm { uscc: it.uscc, name: it.name, note: it.note, version: it.version.to_string() })
}

fn event(event: &str) -> &'static str {
    match event {
        "registry.enterprise_created" => "登记",
        "registry.enterprise_edited" => "修改",
        _ => "办理",
    }
}
