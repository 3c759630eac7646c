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

/// The applications of a campaign that came on paper: application, community, standing, day.
pub(crate) fn entered(
    tx: &mut Tx<'_>,
    scope: &Scope,
    campaign: CampaignId,
) -> Result<Vec<(ApplicationId, i64, String, Option<jiff::civil::Date>)>> {
    let (block, number) = scope.equality();
    let listing =
        Listing::of(include_str!("sql/entered.sql"), &[block], &[number.into(), i64::from(campaign).into()]);
    tx.list(&listing, |it| {
        Ok((it.int("id")?.into(), it.int("community")?, it.text("reported")?, it.maybe_date("paper_on")?))
    })
}
