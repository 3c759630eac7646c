//! What there is to see of a community's material.

use ::rules::{Form, Pack};
use ::store::Tx;
use app::Vault;
use kernel::Problem;

use super::{policy, store};
use crate::{
    applications::{self, types::ApplicationId},
    openings,
};

#[derive(Debug)]
pub(crate) struct MaterialView {
    pub(crate) application: ApplicationId,
    pub(crate) community: String,
    pub(crate) title: String,
    /// Title and text of each section.
    pub(crate) sections: Vec<(String, String)>,
    pub(crate) version: i64,
    pub(crate) can_write: bool,
}

/// The form the notice wants the material on; not every notice wants one.
pub(crate) fn form(pack: &Pack) -> Option<&Form> {
    pack.forms.iter().find(|it| it.code == "attached-material")
}

pub(crate) fn material(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<MaterialView, Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let _seen = applications::policy::may_see(&tx.ctx.actor, &application.place)?;
    let campaign = openings::store::load(tx, application.campaign)?;
    let form = form(&campaign.pack).ok_or(Problem::NotFound)?;
    let (kept, version) = store::load(tx, id)?.unwrap_or_default();
    let text = |title: &String| kept.iter().find(|it| it.0 == *title).map_or("", |it| it.1.as_str());
    Ok(MaterialView {
        application: id,
        community: applications::candidate(tx, &application)?.name,
        title: form.title.clone(),
        sections: form.parts.iter().map(|it| (it.clone(), text(it).to_owned())).collect(),
        version,
        can_write: campaign.goes_on()
            && policy::may_write(&tx.ctx.actor, &application.place, application.party).is_ok(),
    })
}

/// Whether anybody has written something in it.
pub(crate) fn is_begun(tx: &mut Tx<'_>, id: ApplicationId) -> Result<bool, Problem> {
    let (kept, _) = store::load(tx, id)?.unwrap_or_default();
    Ok(kept.iter().any(|it| !it.1.trim().is_empty()))
}

/// Whether the notice wants the material, and whether every section of it is written.
pub(crate) fn is_complete(tx: &mut Tx<'_>, pack: &Pack, id: ApplicationId) -> Result<Option<bool>, Problem> {
    let Some(form) = form(pack) else { return Ok(None) };
    let (kept, _) = store::load(tx, id)?.unwrap_or_default();
    let written = |title: &String| kept.iter().any(|it| it.0 == *title && !it.1.is_empty());
    Ok(Some(form.parts.iter().all(written)))
}
