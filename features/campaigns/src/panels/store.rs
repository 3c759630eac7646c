//! Every statement about panels; rows to nouns and back.

use ::store::{Result, StoreError, Tx};

use super::types::{Kind, Member};
use crate::{assessments::types::Panel, openings::types::CampaignId};

/// The owner's panel lies under no county.
fn tenant(panel: Panel) -> i64 {
    match panel {
        Panel::City => 0,
        Panel::County(tenant) => tenant.number().into(),
    }
}

pub(crate) fn members(tx: &mut Tx<'_>, campaign: CampaignId, panel: Panel) -> Result<Vec<Member>> {
    let args = [tenant(panel).into(), i64::from(campaign).into()];
    tx.all(include_str!("sql/members.sql"), &args, |it| {
        let kind = Kind::from_code(&it.text("kind")?).ok_or(StoreError::Missing)?;
        Ok(Member { person: it.int("person")?.into(), kind })
    })
}

/// Puts these in the place of those named before.
pub(crate) fn save(tx: &mut Tx<'_>, campaign: CampaignId, panel: Panel, members: &[Member]) -> Result<()> {
    tx.change(include_str!("sql/clear.sql"), &[tenant(panel).into(), i64::from(campaign).into()])?;
    for it in members {
        let args = [
            tenant(panel).into(),
            i64::from(campaign).into(),
            i64::from(it.person).into(),
            it.kind.code().into(),
        ];
        tx.put(include_str!("sql/add.sql"), &args)?;
    }
    Ok(())
}
