//! 撤下 — what an upheld objection, or a finding after the recommendation, comes to: the candidate leaves the count, and the next list is
//! posted without it. Before titles are given only.

use ::store::{Recorded, Tx};
use app::Vault;
use jiff::Timestamp;
use kernel::{FieldError, Problem, beijing_date};
use serde::Deserialize;

use super::{events::CandidateExcluded, policy, queries, rules::AwardRefusal, store};
use crate::{
    applications::{self, types::ApplicationId},
    assessments::{self, types::Panel},
    notices::{self, Happened},
    openings::{self, types::CampaignId},
};

/// As typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Excluding {
    pub(crate) excluded: String,
    pub(crate) why: String,
    pub(crate) basis: String,
}

/// One that was taken out.
#[derive(Debug, Clone)]
pub(crate) struct Exclusion {
    pub(crate) application: ApplicationId,
    pub(crate) reason: String,
    pub(crate) document: String,
    pub(crate) at: Timestamp,
}

/// The same for reading: community, reason, document, day.
#[derive(Debug)]
pub(crate) struct ExclusionView {
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) document: String,
    pub(crate) on: String,
}

/// Reason and document, or what is missing. Pure.
fn told(form: &Excluding) -> Result<(String, String), Problem> {
    let (reason, document) =
        (identifiers::mask_numbers(form.why.trim()), identifiers::mask_numbers(form.basis.trim()));
    let mut errors = vec![];
    if reason.chars().count() < 5 || 500 < reason.chars().count() {
        errors.push(FieldError::new("why", "请写明撤下的事实和理由，5至500个字，会公开"));
    }
    if document.is_empty() || 100 < document.chars().count() {
        errors.push(FieldError::new("basis", "请填写依据的核查结论、会议或文件，不超过100个字"));
    }
    if errors.is_empty() { Ok((reason, document)) } else { Err(Problem::Invalid(errors)) }
}

/// 撤下一个小区.
pub(crate) fn exclude(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    form: &Excluding,
) -> Result<((), Recorded), Problem> {
    let campaign = openings::queries::running(tx, id)?;
    let permit = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    if queries::is_closed(tx, id)? {
        return Err(AwardRefusal::AlreadyAwarded.into());
    }
    let chosen = open_to(tx, vault, id)?.into_iter().any(|it| it.0 == form.excluded);
    let named = kernel::parse_id(&form.excluded).map(ApplicationId::from).filter(|_| chosen);
    let named =
        named.ok_or_else(|| Problem::Invalid(vec![FieldError::new("excluded", "请选择要撤下的小区")]))?;
    let (reason, document) = told(form)?;
    let application = applications::store::load(tx, vault, named)?;
    for selection in applications::store::selections(tx, &campaign.pack, &application)? {
        applications::store::unselect(tx, &application, &selection)?;
    }
    store::exclude(tx, id, &application, (&reason, &document))?;
    notices::application(tx, &application, Happened::Excluded)?;
    Ok(((), tx.record(permit, &CandidateExcluded { campaign: id, application: named })?))
}

/// Whoever is in the count now: application and name with place.
pub(crate) fn open_to(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
) -> Result<Vec<(String, String)>, Problem> {
    let campaign = openings::store::load(tx, id)?;
    let ranking = assessments::ranking::ranking(tx, vault, campaign, Panel::City)?;
    let line = |it: &assessments::ranking::RankedLine| {
        (it.application.to_string(), format!("{}（{}）", it.name, it.place))
    };
    Ok(ranking.lines.iter().map(line).collect())
}

/// Those that were taken out, for everybody.
pub(crate) fn excluded(tx: &mut Tx<'_>, id: CampaignId) -> Result<Vec<ExclusionView>, Problem> {
    let mut views = vec![];
    for it in store::excluded(tx, id)? {
        let (community, subject) = applications::store::community_of(tx, it.application)?;
        let community = registry::communities::load(tx, community.into())?;
        let community = applications::subjects::under(community, subject.as_deref());
        let shown = registry::communities::shown(tx, community)?;
        views.push(ExclusionView {
            name: format!("{}（{} {}）", shown.name, shown.county, shown.subdistrict),
            reason: it.reason,
            document: it.document,
            on: beijing_date(it.at).to_string(),
        });
    }
    Ok(views)
}
