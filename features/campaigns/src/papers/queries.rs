//! What there is to see of papers.

use ::store::Tx;
use kernel::{Problem, Scope};
use registry::communities;

use super::{policy, store};
use crate::{
    applications::types::ApplicationId,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// The desk at which papers are entered.
#[derive(Debug)]
pub(crate) struct DeskView {
    pub(crate) campaign: Campaign,
    /// Number and name of the counties this hat may enter for.
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) entered: Vec<EnteredView>,
}

#[derive(Debug)]
pub(crate) struct EnteredView {
    pub(crate) application: ApplicationId,
    pub(crate) community: String,
    pub(crate) county: String,
    pub(crate) standing: String,
    pub(crate) received_on: String,
}

pub(crate) fn desk(tx: &mut Tx<'_>, id: CampaignId) -> Result<DeskView, Problem> {
    let _may = policy::may_open(&tx.ctx.actor)?;
    let campaign = openings::queries::seen(tx, id)?;
    let scope = tx.ctx.actor.hat.scope;
    let own = |tenant: i64| match scope {
        Scope::County(county) => i64::from(county.number()) == tenant,
        _ => true,
    };
    let names = openings::counties(tx, &campaign)?;
    let counties =
        names.iter().filter(|it| own(*it.0)).map(|(tenant, it)| (tenant.to_string(), it.name.clone()));
    let counties = counties.collect();
    let mut entered = vec![];
    for it in store::entered(tx, &scope, id)? {
        let community = communities::load(tx, it.community.into())?;
        let community = communities::shown(tx, community)?;
        entered.push(EnteredView {
            application: it.application,
            community: community.name,
            county: community.county,
            standing: it.standing,
            received_on: it.received_on.map_or(String::new(), |it| it.to_string()),
        });
    }
    Ok(DeskView { campaign, counties, entered })
}
