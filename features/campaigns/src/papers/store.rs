//! Every statement about what came on paper; rows to nouns and back.

use ::store::{Listing, Result, Tx};
use kernel::{Scope, Tenant};

use crate::{applications::types::ApplicationId, openings::types::CampaignId};

fn key(id: ApplicationId) -> [::store::Value; 2] {
    [i64::from(Tenant::of_id(id.into()).number()).into(), i64::from(id).into()]
}

/// What the county wrote under 评估得分及排名; nothing for an application that did not come on paper.
pub(crate) fn reported(tx: &mut Tx<'_>, id: ApplicationId) -> Result<Option<String>> {
    tx.one(include_str!("sql/reported.sql"), &key(id), |it| it.maybe_text("reported"))
}

pub(crate) fn set_reported(tx: &mut Tx<'_>, id: ApplicationId, standing: &str) -> Result<()> {
    let [tenant, id] = key(id);
    tx.change_one(include_str!("sql/set_reported.sql"), &[tenant, id, standing.into()])
}

/// An application that came on paper, as it is listed.
pub(crate) struct Entered {
    pub(crate) application: ApplicationId,
    pub(crate) community: i64,
    pub(crate) standing: String,
    pub(crate) received_on: Option<jiff::civil::Date>,
}

/// The applications of a campaign that came on paper.
pub(crate) fn entered(tx: &mut Tx<'_>, scope: &Scope, campaign: CampaignId) -> Result<Vec<Entered>> {
    let (block, number) = scope.equality();
    let listing =
        Listing::of(include_str!("sql/entered.sql"), &[block], &[number.into(), i64::from(campaign).into()]);
    tx.list(&listing, |it| {
        Ok(Entered {
            application: it.int("id")?.into(),
            community: it.int("community")?,
            standing: it.text("reported")?,
            received_on: it.maybe_date("paper_on")?,
        })
    })
}
