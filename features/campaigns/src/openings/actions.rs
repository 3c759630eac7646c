//! The verbs. Each one: load, permit, decide, save, record.

use ::rules::Adjustment;
use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem, Tenant};

use super::{
    audiences,
    events::{AboutChanged, CampaignOpened, CampaignWithdrawn, NoticeSigned, PeriodExtended},
    offers, policy, queries, rules, store,
    types::{AboutForm, Addressee, CampaignId, Extension, Opening, Withdrawal},
};
use crate::{
    assessments::{self, types::Panel},
    notices, packs, panels,
};

/// 开展活动 — from a pack, whose text is pinned with what this place's notice says otherwise.
pub(crate) fn open(tx: &mut Tx<'_>, form: &Opening) -> Result<(CampaignId, Recorded), Problem> {
    let owner = queries::own(tx)?;
    let permit = policy::may_open(&tx.ctx.actor, owner)?;
    let (shipped, particulars) = offers::read(tx, form)?;
    queries::must_be_new(tx, owner, &shipped.name, &particulars.title)?;
    let members = panels::read(form, &panels::holders(tx, &owner.scope())?)?;
    let places = audiences::places(tx, owner)?;
    let named = audiences::read(form, &places)?;
    let (pinned, pack) = packs::pin(&shipped.name, &particulars.adjustment)?;
    let id = CampaignId::from(tx.ctx.new_id(Tenant::from_number(0)));
    store::add(tx, id, owner, &particulars.title, &pack.name, &pinned, &named)?;
    for (n, period) in rules::periods(&pack).iter().enumerate() {
        store::add_period(tx, id, n as i64, period)?;
    }
    for quota in rules::quotas(&pack, &offers::communities(tx, (owner, &named), &particulars)?) {
        store::add_quota(tx, id, &quota)?;
    }
    panels::save(tx, id, Panel::City, &members)?;
    notices::addressees(
        tx,
        (id, owner, &named),
        "opened",
        format!("新的活动通知，请签收：{}", particulars.title),
    )?;
    let changed = particulars.adjustment != Adjustment::default();
    Ok((
        id,
        tx.record(
            permit,
            &CampaignOpened { campaign: id, pack: pack.name, revision: pack.revision, changed },
        )?,
    ))
}

/// 撤销 — one that was opened by mistake, before anything was posted; whoever it was sent to and whoever applied is told.
pub(crate) fn withdraw(
    tx: &mut Tx<'_>,
    id: CampaignId,
    form: &Withdrawal,
) -> Result<((), Recorded), Problem> {
    let campaign = store::load(tx, id)?;
    let permit = policy::may_run(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let posted = !assessments::store::notices(tx, id)?.is_empty();
    let reason = rules::withdraw(&form.withdrawn, posted)?;
    store::withdraw(tx, id, &reason)?;
    let said = format!("活动已撤销，不再办理：{}", campaign.title);
    notices::addressees(tx, (id, campaign.owner, &campaign.addressees), "withdrawn", said.clone())?;
    notices::applicants(tx, (id, campaign.owner), "withdrawn_applied", said)?;
    Ok(((), tx.record(permit, &CampaignWithdrawn { campaign: id, reason })?))
}

/// 延期 — the printed date stays beside the new one.
pub(crate) fn extend(tx: &mut Tx<'_>, id: CampaignId, form: &Extension) -> Result<((), Recorded), Problem> {
    let campaign = store::load(tx, id)?;
    let permit = policy::may_run(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let periods = store::periods(tx, id)?;
    let period = periods.iter().find(|it| it.code == form.period);
    let period =
        period.ok_or_else(|| Problem::Invalid(vec![FieldError::new("period", "请选择要延期的阶段")]))?;
    let extended = rules::extend(period, &periods, form, tx.ctx.today())?;
    store::save_period(tx, id, &extended)?;
    let (mark, title) = (format!("extended:{}", tx.ctx.now.as_microsecond()), &campaign.title);
    // One that was extended too far is put right, and nobody is told it was extended again.
    let how = if extended.ends_on < period.ends_on { "截止日期更正为" } else { "延至" };
    let said = extended.ends_on.map_or(String::new(), |it| format!("“{}”{how}{it}：{title}", extended.title));
    notices::addressees(tx, (id, campaign.owner, &campaign.addressees), &mark, said)?;
    let ends_on = extended.ends_on.map_or(String::new(), |it| it.to_string());
    Ok(((), tx.record(permit, &PeriodExtended { campaign: id, period: extended.code, ends_on })?))
}

/// 签收 — whoever it was sent to has taken note.
pub(crate) fn sign(tx: &mut Tx<'_>, id: CampaignId) -> Result<((), Recorded), Problem> {
    let campaign = queries::running(tx, id)?;
    let (permit, by) = policy::may_sign(&tx.ctx.actor, campaign.owner)?;
    store::add_receipt(tx, id, by)?;
    let (tenant, street) = match by {
        Addressee::County(tenant) => (tenant, String::new()),
        Addressee::Street(tenant, street) => (tenant, street.to_string()),
    };
    Ok(((), tx.record(permit, &NoticeSigned { campaign: id, tenant: tenant.number(), street })?))
}

/// 活动信息 — whom to ask, and which other campaign of the city it is carried out together with (LA-010, LA-031).
pub(crate) fn about(tx: &mut Tx<'_>, id: CampaignId, form: &AboutForm) -> Result<((), Recorded), Problem> {
    let campaign = store::load(tx, id)?;
    let permit = policy::may_run(&tx.ctx.actor, campaign.owner)?;
    campaign.must_go_on()?;
    let mut errors = vec![];
    let contact = rules::contact(form).map_err(|it| errors.extend(it));
    let others = store::of_city(tx, campaign.owner.city, campaign.owner.county)?;
    let linked = others.into_iter().map(|it| it.id).find(|it| it.to_string() == form.linked && *it != id);
    if linked.is_none() && !form.linked.is_empty() {
        errors.push(FieldError::new("linked", "请选择本市的另一个活动"));
    }
    let (Ok(contact), true) = (contact, errors.is_empty()) else { return Err(Problem::Invalid(errors)) };
    store::save_about(tx, id, &contact, linked)?;
    let linked = linked.map_or(String::new(), |it| it.to_string());
    Ok(((), tx.record(permit, &AboutChanged { campaign: id, linked })?))
}
