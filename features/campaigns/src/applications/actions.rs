//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use kernel::{FieldError, Problem};
use registry::{communities, records};

use super::{
    beginning,
    events::{
        AnnexTaken, ApplicationAccepted, ApplicationBegun, ApplicationReturned, ApplicationReviewed,
        ApplicationSaved, ApplicationSubmitted, EvidenceAttached, EvidenceTakenAway, PaperReceived,
        RecommendationWithdrawn, Recommended,
    },
    labels, policy,
    rules::{self, ApplicationRefusal},
    store, subjects,
    types::{Answers, Application, ApplicationId, Channel, Decision, Fields, Nominee, Part, Reuse, Stage},
};
use crate::{
    assessments::{self, types::Level},
    notices::{self, Happened},
    openings::{self, types::CampaignId},
    plans,
};

/// The periods a verb may be done in, by the names either notice gives them; the first that is there decides.
pub(crate) const APPLYING: &[&str] = &["apply", "create"];
pub(crate) const RECOMMENDING: &[&str] = &["submit", "nominate"];

/// 开始申报 — by the enterprise (自愿申请) or by the county for it (推荐).
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    vault: &Vault,
    campaign: CampaignId,
    community: communities::CommunityId,
    nominee: &Nominee,
) -> Result<(ApplicationId, Recorded), Problem> {
    let (campaign, community) =
        (openings::queries::running(tx, campaign)?, communities::load(tx, community)?);
    let permit = policy::may_apply(&tx.ctx.actor, &community.place, campaign.pack.selects)?;
    if !campaign.includes(&community.place) {
        return Err(ApplicationRefusal::Elsewhere.into());
    }
    let today = tx.ctx.today();
    openings::queries::must_be_running(tx, campaign.id, APPLYING, today)?;
    let own = policy::nominates_itself(&tx.ctx.actor, campaign.pack.selects);
    let channel = if own { Channel::SelfNominated } else { Channel::Bureau };
    beginning::must_be_new(tx, &campaign, &community, channel)?;
    never_honoured(tx, &campaign, &community)?;
    let known = beginning::known(tx, &community)?;
    let by = tx.ctx.actor.hat.role;
    let (subject, party) = subjects::nominated(campaign.pack.selects, &known, nominee, by)?;
    let id = ApplicationId::from(tx.ctx.new_id(community.tenant()));
    let answers = prefilled(tx, &community)?;
    let application = Application {
        id,
        place: community.place,
        campaign: campaign.id,
        channel,
        party,
        subject,
        stage: Stage::Draft,
        answers,
        paper_on: None,
        version: 1,
    };
    store::add(tx, vault, &application)?;
    Ok((id, tx.record(permit, &ApplicationBegun { application: id, channel: channel.code() })?))
}

/// Who holds the title the notice names does not apply again.
pub(super) fn never_honoured(
    tx: &mut Tx<'_>,
    campaign: &openings::types::Campaign,
    community: &communities::Community,
) -> Result<(), Problem> {
    let Some(never) = &campaign.pack.never_held else { return Ok(()) };
    let today = tx.ctx.today();
    let (facts, _) = records::facts_of(tx, community, today)?;
    if facts.get(&never.fact) == Some(::rules::Value::YesNo(true)) {
        return Err(ApplicationRefusal::AlreadyHonoured(never.title.clone()).into());
    }
    Ok(())
}

/// What the registers already know is not asked again.
pub(super) fn prefilled(tx: &mut Tx<'_>, community: &communities::Community) -> Result<Answers, Problem> {
    let (party_org, committee) = (
        records::newest_title(tx, community, "party_org")?,
        records::newest_title(tx, community, "committee")?,
    );
    Ok(Answers {
        party_org: party_org.unwrap_or_default(),
        committee: committee.unwrap_or_default(),
        ..Answers::default()
    })
}

/// 保存一部分 — as often as one likes, until it is submitted.
pub(crate) fn save(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    part: Part,
    fields: &Fields,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    rules::same_version(application.version, fields)?;
    let own: Fields = fields
        .iter()
        .filter(|it| it.0 != "version")
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let answers = rules::fill(&application, part, &own, &rules::practices(&campaign.pack))?;
    store::save(tx, vault, &Application { answers, ..application })?;
    Ok(((), tx.record(permit, &ApplicationSaved { application: id, part: part.code() })?))
}

/// 上传佐证 — beside the part it proves; the stamped form may come after it was submitted.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    slot: &str,
    name: &str,
    kept: &files::Kept,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let there = files::of_subject(tx, id.into())?.len();
    rules::attach(&application, slot, &rules::practices(&campaign.pack), there)?;
    let file = files::attach(tx, id.into(), slot, name, kept)?;
    let digest = kept.digest.clone();
    Ok(((), tx.record(permit, &EvidenceAttached { application: id, file, digest })?))
}

/// 引用佐证 — a file the same community handed in for the campaign this one is carried out with (LA-010).
pub(crate) fn reuse(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    form: &Reuse,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let there = files::of_subject(tx, id.into())?.len();
    rules::attach(&application, &form.slot, &rules::practices(&campaign.pack), there)?;
    let files = super::evidence::reusable(tx, &campaign, &application)?;
    let file = files.into_iter().find(|it| it.id.to_string() == form.file).ok_or(Problem::NotFound)?;
    let attached = files::attach(tx, id.into(), &form.slot, &file.name, &file.kept())?;
    Ok(((), tx.record(permit, &EvidenceAttached { application: id, file: attached, digest: file.digest })?))
}

/// Whether a file may be put into a slot: asked before its bytes are kept.
pub(crate) fn may_attach(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    slot: &str,
) -> Result<(), Problem> {
    let application = store::load(tx, vault, id)?;
    let _may = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    rules::attach(&application, slot, &rules::practices(&campaign.pack), 0)
}

/// 移除佐证 — while the application may still be written.
pub(crate) fn take_away(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    file: files::AttachmentId,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    openings::queries::going_on(tx, application.campaign)?;
    rules::must_be_writable(&application)?;
    files::attachment(tx, id.into(), file)?;
    files::take_away(tx, id.into(), file)?;
    Ok(((), tx.record(permit, &EvidenceTakenAway { application: id, file })?))
}

/// 提交.
pub(crate) fn submit(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_write(&tx.ctx.actor, &application.place, application.writer())?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let today = tx.ctx.today();
    openings::queries::must_be_running(tx, campaign.id, APPLYING, today)?;
    beginning::must_be_only(tx, &campaign, &application)?;
    let stage = rules::submit(&application, &rules::practices(&campaign.pack), labels::part)?;
    notices::application(tx, &application, Happened::Submitted)?;
    store::save(tx, vault, &Application { stage, ..application })?;
    store::note_submission(tx, id)?;
    Ok(((), tx.record(permit, &ApplicationSubmitted { application: id })?))
}

/// 街道审核通过.
pub(crate) fn review(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_review(&tx.ctx.actor, &application.place)?;
    openings::queries::going_on(tx, application.campaign)?;
    let stage = rules::review(&application, true)?;
    notices::application(tx, &application, Happened::Reviewed)?;
    store::save(tx, vault, &Application { stage, ..application })?;
    Ok(((), tx.record(permit, &ApplicationReviewed { application: id })?))
}

/// 县区审核通过.
pub(crate) fn accept(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_accept(&tx.ctx.actor, &application.place)?;
    openings::queries::going_on(tx, application.campaign)?;
    let stage = rules::review(&application, false)?;
    notices::application(tx, &application, Happened::Accepted)?;
    store::save(tx, vault, &Application { stage, ..application })?;
    Ok(((), tx.record(permit, &ApplicationAccepted { application: id })?))
}

/// 退回修改 — to the applicant, with reasons.
pub(crate) fn send_back(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    reason: &str,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_send_back(&tx.ctx.actor, &application.place)?;
    openings::queries::going_on(tx, application.campaign)?;
    let stage = rules::send_back(&application, reason)?;
    notices::application(tx, &application, Happened::Returned)?;
    store::save(tx, vault, &Application { stage, ..application })?;
    Ok(((), tx.record(permit, &ApplicationReturned { application: id })?))
}

/// 下载自荐表 — it names people and their phones: who took it along is noted.
pub(crate) fn take_annex(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
) -> Result<(super::queries::ApplicationView, Recorded), Problem> {
    let view = super::queries::application(tx, vault, id)?;
    let permit = policy::may_take_annex(&tx.ctx.actor, &view.application.place)?;
    let recorded = tx.record(permit, &AnnexTaken { application: id })?;
    Ok((view, recorded))
}

/// 登记纸质件 (LA-014, LA-020).
pub(crate) fn receive_paper(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    on: &str,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_accept(&tx.ctx.actor, &application.place)?;
    openings::queries::going_on(tx, application.campaign)?;
    if application.stage.is_writable() {
        return Err(ApplicationRefusal::WrongStage.into());
    }
    let today = tx.ctx.today();
    let day = on.trim().parse().ok().filter(|it| *it <= today);
    let day: jiff::civil::Date = day.ok_or_else(|| {
        Problem::Invalid(vec![FieldError::new("paper_on", "请填写收到纸质件的日期，不晚于今天")])
    })?;
    store::save(tx, vault, &Application { paper_on: Some(day), ..application })?;
    Ok(((), tx.record(permit, &PaperReceived { application: id, paper_on: day.to_string() })?))
}

/// 推荐 — within the quota, by decision of a meeting, and never somebody a gate or veto keeps out.
pub(crate) fn recommend(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    form: &Decision,
) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_recommend(&tx.ctx.actor, &application.place)?;
    let today = tx.ctx.today();
    let (selection, decided_on) = select(tx, &application, form, today)?;
    notices::application(tx, &application, Happened::Recommended)?;
    Ok((
        (),
        tx.record(permit, &Recommended { application: id, selection, decided_on: decided_on.to_string() })?,
    ))
}

/// What a recommendation asks for and does, for whoever was permitted. `on` is the day it reached the city: today, or the
/// day its papers came.
pub(crate) fn select(
    tx: &mut Tx<'_>,
    application: &Application,
    form: &Decision,
    on: jiff::civil::Date,
) -> Result<(String, jiff::civil::Date), Problem> {
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let today = tx.ctx.today();
    openings::queries::must_be_running(tx, campaign.id, RECOMMENDING, on)?;
    if application.stage != Stage::Accepted {
        return Err(ApplicationRefusal::WrongStage.into());
    }
    let begun = openings::store::periods(tx, campaign.id)?.iter().filter_map(|it| it.starts_on).min();
    let (decided_on, decision) = rules::decision(form, begun, today)?;
    let selection =
        store::next_selection(tx, &campaign.pack, application)?.ok_or(ApplicationRefusal::AlreadySelected)?;
    plans::must_be_planned(tx, &campaign, &selection, &application.place)?;
    let community = communities::load(tx, application.place.community.into())?;
    let (facts, _) = records::facts_of(tx, &community, today)?;
    let hindrances = super::queries::hindrances(&campaign.pack, &facts);
    if !hindrances.is_empty() {
        return Err(ApplicationRefusal::NotEligible(hindrances.join("；")).into());
    }
    let tenant = application.place.tenant;
    if !openings::store::take_place(tx, tenant, campaign.id, &selection)? {
        let quotas = openings::store::quotas(tx, campaign.id)?;
        let own = quotas.iter().find(|it| it.tenant == tenant && it.selection == selection);
        let (places, used) = own.map_or((0, 0), |it| (it.places, it.used));
        return Err(ApplicationRefusal::QuotaUsedUp { places, used }.into());
    }
    store::select(tx, application, &selection, decided_on, &decision)?;
    Ok((selection, decided_on))
}

/// 撤回推荐 — gives the place back.
pub(crate) fn withdraw(tx: &mut Tx<'_>, vault: &Vault, id: ApplicationId) -> Result<((), Recorded), Problem> {
    let application = store::load(tx, vault, id)?;
    let permit = policy::may_recommend(&tx.ctx.actor, &application.place)?;
    let campaign = openings::queries::going_on(tx, application.campaign)?;
    let today = tx.ctx.today();
    openings::queries::must_be_running(tx, campaign.id, RECOMMENDING, today)?;
    if assessments::store::of_application(tx, id.into())?.iter().any(|it| it.level == Level::City) {
        return Err(ApplicationRefusal::BeingAssessed.into());
    }
    let selections = store::selections(tx, &campaign.pack, &application)?;
    let selection = selections.last().cloned().ok_or(ApplicationRefusal::WrongStage)?;
    store::unselect(tx, &application, &selection)?;
    openings::store::give_place_back(tx, application.place.tenant, application.campaign, &selection)?;
    Ok(((), tx.record(permit, &RecommendationWithdrawn { application: id, selection })?))
}
