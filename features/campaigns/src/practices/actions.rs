//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{FieldError, Problem, Tenant};

use super::{
    events::{PracticePublished, PracticeReturned, PracticeSubmitted, PublicityRecorded, PublicityVoided},
    policy,
    rules::{self, PracticeRefusal},
    store,
    types::{
        Practice, PracticeForm, PracticeId, Publication, PublicationForm, PublicationId, ReasonForm, Stage,
    },
};
use crate::{
    applications, notices,
    openings::{self, types::CampaignId},
};

/// 报送经验 — about a community that takes part in the campaign.
pub(crate) fn submit(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: CampaignId,
    form: &PracticeForm,
) -> Result<(PracticeId, Recorded), Problem> {
    openings::queries::running(tx, campaign)?;
    let about = kernel::parse_id(&form.application);
    let about = about.ok_or_else(|| {
        let mut errors = vec![FieldError::new("application", "请选择是哪个小区的经验")];
        if let Err(Problem::Invalid(more)) = rules::article(form) {
            errors.extend(more);
        }
        Problem::Invalid(errors)
    })?;
    let application = applications::store::load(tx, vault, about.into())?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place)?;
    if application.campaign != campaign {
        return Err(Problem::NotFound);
    }
    let (title, body) = rules::article(form)?;
    let id = PracticeId::from(tx.ctx.new_id(Tenant::of_id(application.id.into())));
    let practice = Practice {
        id,
        campaign,
        application: application.id,
        community: application.place.community,
        title,
        body,
        stage: Stage::Submitted,
        version: 1,
    };
    store::add(tx, &practice)?;
    notices::owner(tx, campaign, (format!("practice:{id}"), "有典型经验报送，请审核发布"), "practices")?;
    Ok((id, tx.record(permit, &PracticeSubmitted { id, campaign })?))
}

/// 修改后重新报送.
pub(crate) fn rewrite(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: PracticeId,
    form: &PracticeForm,
) -> Result<((), Recorded), Problem> {
    let practice = store::load(tx, id)?;
    let application = applications::store::load(tx, vault, practice.application)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place)?;
    openings::queries::going_on(tx, practice.campaign)?;
    rules::must_be_writable(&practice)?;
    let (title, body) = rules::article(form)?;
    if form.version != practice.version.to_string() {
        return Err(Problem::Conflict);
    }
    let campaign = practice.campaign;
    store::save(tx, &Practice { title, body, stage: Stage::Submitted, ..practice })?;
    Ok(((), tx.record(permit, &PracticeSubmitted { id, campaign })?))
}

/// 发布.
pub(crate) fn publish(tx: &mut Tx<'_>, id: PracticeId) -> Result<((), Recorded), Problem> {
    let practice = store::load(tx, id)?;
    let campaign = openings::store::load(tx, practice.campaign)?;
    let permit = policy::may_publish(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let stage = rules::publish(&practice, tx.ctx.now)?;
    store::save(tx, &Practice { stage, ..practice })?;
    Ok(((), tx.record(permit, &PracticePublished { id, campaign: campaign.id })?))
}

/// 退回、撤下 — with the reason, which its author reads.
pub(crate) fn send_back(
    tx: &mut Tx<'_>,
    id: PracticeId,
    form: &ReasonForm,
) -> Result<((), Recorded), Problem> {
    let practice = store::load(tx, id)?;
    let campaign = openings::store::load(tx, practice.campaign)?;
    let permit = policy::may_publish(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let stage = rules::send_back(&practice, &form.reason)?;
    store::save(tx, &Practice { stage, ..practice })?;
    let reason = identifiers::mask_numbers(form.reason.trim());
    Ok(((), tx.record(permit, &PracticeReturned { id, campaign: campaign.id, reason })?))
}

/// 登记宣传.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    form: &PublicationForm,
) -> Result<((), Recorded), Problem> {
    let seen = openings::queries::running(tx, campaign)?;
    let (permit, tenant) = policy::may_record(&tx.ctx.actor, seen.owner)?;
    let told = rules::publication(form, tx.ctx.today())?;
    let id = PublicationId::from(tx.ctx.new_id(tenant));
    let channel = told.channel.code();
    let publication = Publication {
        id,
        campaign,
        channel: told.channel,
        medium: told.medium,
        title: told.title,
        link: told.link,
        published_on: told.on,
        void_reason: None,
        version: 1,
    };
    store::add_publication(tx, &publication)?;
    Ok(((), tx.record(permit, &PublicityRecorded { id, campaign, channel })?))
}

/// 作废 a record entered by mistake.
pub(crate) fn void(
    tx: &mut Tx<'_>,
    id: PublicationId,
    form: &ReasonForm,
) -> Result<(CampaignId, Recorded), Problem> {
    let publication = store::publication(tx, id)?;
    let campaign = openings::store::load(tx, publication.campaign)?;
    let permit = policy::may_void(&tx.ctx.actor, campaign.owner, Tenant::of_id(id.into()))?;
    campaign.must_go_on()?;
    if publication.void_reason.is_some() {
        return Err(PracticeRefusal::Void.into());
    }
    let reason = identifiers::mask_numbers(form.reason.trim());
    if reason.is_empty() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明作废的理由")]));
    }
    store::void_publication(tx, &publication, &reason)?;
    Ok((campaign.id, tx.record(permit, &PublicityVoided { id, campaign: campaign.id, reason })?))
}
