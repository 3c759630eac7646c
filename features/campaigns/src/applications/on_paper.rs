//! 书面申报 — what came on paper, taken in by whoever received it.

use ::store::Tx;
use app::Vault;
use kernel::{FieldError, Problem};
use registry::communities;

use super::{
    actions::{never_honoured, prefilled},
    rules::{self, ApplicationRefusal},
    store,
    types::{Application, ApplicationId, Channel, Party, Stage},
};
use crate::openings::{self, types::CampaignId};

/// 书面申报: an application that came on paper, as far as the county's own review; one that was begun here goes on here.
pub(crate) fn from_paper(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: CampaignId,
    community: communities::CommunityId,
    received: jiff::civil::Date,
) -> Result<ApplicationId, Problem> {
    let (campaign, community) =
        (openings::queries::running(tx, campaign)?, communities::load(tx, community)?);
    if !campaign.includes(&community.place) {
        return Err(ApplicationRefusal::Elsewhere.into());
    }
    if let Some(there) = store::of_community(tx, community.tenant(), campaign.id, community.id)? {
        let application = store::load(tx, vault, there)?;
        // What was handed in here and not passed yet is passed by the paper; what is still being written is its writer's.
        if !matches!(application.stage, Stage::Submitted | Stage::Reviewed | Stage::Accepted) {
            return Err(ApplicationRefusal::BeingWritten.into());
        }
        let stage = Stage::Accepted;
        store::save(tx, vault, &Application { stage, paper_on: Some(received), ..application })?;
        return Ok(there);
    }
    if campaign.pack.selects != ::rules::Selects::Community {
        return Err(ApplicationRefusal::NotOnPaper.into());
    }
    never_honoured(tx, &campaign, &community)?;
    let id = ApplicationId::from(tx.ctx.new_id(community.tenant()));
    let application = Application {
        id,
        place: community.place,
        campaign: campaign.id,
        channel: Channel::Bureau,
        party: Party::Enterprise,
        subject: None,
        stage: Stage::Draft,
        answers: prefilled(tx, &community)?,
        paper_on: None,
        version: 1,
    };
    store::add(tx, vault, &application)?;
    store::save(tx, vault, &Application { stage: Stage::Accepted, paper_on: Some(received), ..application })?;
    store::note_submission(tx, id)?;
    Ok(id)
}

/// A filled 附件3 put into the answers, part by part, for whoever was permitted.
pub(crate) fn fill_from(
    tx: &mut Tx<'_>,
    vault: &Vault,
    application: Application,
    filled: &super::annexes::Filled,
) -> Result<(), Problem> {
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let community = communities::load(tx, application.place.community.into())?;
    if filled.name != community.name {
        let says = format!("这份自荐表写的是“{}”，不是“{}”，请核对", filled.name, community.name);
        return Err(Problem::Invalid(vec![FieldError::new("annex", says)]));
    }
    // The form is filled as if it were still being written; where it stands does not change.
    let mut written = Application { stage: Stage::Draft, ..application.clone() };
    for (part, fields) in &filled.parts {
        // What the annex leaves empty stays as it was.
        let fields = &super::annexes::over(fields, &written.answers);
        let told = |it: FieldError| FieldError::new("annex", it.message);
        written.answers = rules::fill(&written, *part, fields, &rules::practices(&campaign.pack)).map_err(
            |it| match it {
                Problem::Invalid(errors) => Problem::Invalid(errors.into_iter().map(told).collect()),
                other => other,
            },
        )?;
    }
    store::save(tx, vault, &Application { answers: written.answers, ..application })
}
