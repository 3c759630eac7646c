//! What there is to see of a campaign, for page and JSON.

use std::collections::BTreeMap;

use ::store::Tx;
use calendar::Calendar;
use jiff::civil::Date;
use kernel::{FieldError, Problem, Scope, Tenant, beijing_minute};

use super::{
    audiences, policy, rules, store as drawers,
    types::{Addressee, Campaign, CampaignId, Owner, Period},
};
use crate::{appeals, applications, assessments, packs};

/// Whether the first period of these codes that the campaign has is running; a campaign without any knows no bounds.
///
/// # Errors
/// It has not begun, or is over.
pub(crate) fn must_be_running(
    tx: &mut Tx<'_>,
    id: CampaignId,
    codes: &[&str],
    today: Date,
) -> Result<(), Problem> {
    if let Some(reason) = drawers::withdrawn(tx, id)? {
        return Err(rules::OpeningRefusal::Withdrawn(reason).into());
    }
    for code in codes {
        if let Some(period) = drawers::period(tx, id, code)? {
            return rules::must_be_running(&period, today);
        }
    }
    Ok(())
}

/// One line of the list of campaigns.
#[derive(Debug)]
pub(crate) struct CampaignLine {
    pub(crate) id: CampaignId,
    /// The county that opened it for itself; none for a city's.
    pub(crate) county: Option<String>,
    pub(crate) title: String,
    pub(crate) withdrawn: bool,
}

/// A campaign as it is shown.
#[derive(Debug)]
pub(crate) struct CampaignView {
    pub(crate) campaign: Campaign,
    pub(crate) document: String,
    pub(crate) periods: Vec<PeriodView>,
    pub(crate) counties: Vec<CountyLine>,
    pub(crate) selections: Vec<String>,
    /// The day until which scores may be appealed against, for whom they concern.
    pub(crate) appeals_until: Option<Date>,
    /// Appeals that wait for an answer, for whoever answers.
    pub(crate) appeals_waiting: usize,
    pub(crate) can_run: bool,
    /// A list was posted: everybody may read it.
    pub(crate) is_posted: bool,
    /// Applications are this hat's to look at.
    pub(crate) sees_applications: bool,
    /// 撤销: until a list is posted.
    pub(crate) can_withdraw: bool,
    /// None when this hat does not sign; else whether it has.
    pub(crate) signed: Option<bool>,
    pub(crate) shows_counties: bool,
    /// The streets a county's campaign was sent to; none for a city's.
    pub(crate) streets: Vec<StreetLine>,
    /// An office of the level that runs it or that it was sent to.
    pub(crate) takes_part: bool,
    /// The campaign it is carried out together with, by name.
    pub(crate) linked: Option<String>,
    /// The city's other campaigns, for whoever runs this one.
    pub(crate) linkable: Options,
    /// Whether this hat assesses how far counties are.
    pub(crate) can_assess: bool,
    /// Whether counties declare how they go about their own choice.
    pub(crate) has_plans: bool,
}

impl CampaignView {
    /// A county's office in a city's campaign.
    pub(crate) fn is_county(&self) -> bool {
        self.signed.is_some() && self.campaign.owner.county.is_none()
    }
}

/// A street or township, and when it signed.
#[derive(Debug)]
pub(crate) struct StreetLine {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) signed: Option<String>,
}

#[derive(Debug)]
pub(crate) struct PeriodView {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) dates: String,
    pub(crate) state: &'static str,
    pub(crate) state_label: &'static str,
    /// 截止日为休息日, and the next working day.
    pub(crate) off_day: Option<String>,
    pub(crate) extended: Option<String>,
}

/// The funnel of one county: communities, quota, and how far its applications are.
#[derive(Debug)]
pub(crate) struct CountyLine {
    pub(crate) name: String,
    pub(crate) communities: i64,
    pub(crate) signed: Option<String>,
    pub(crate) submitted: i64,
    pub(crate) accepted: i64,
    /// Selection, used, places.
    pub(crate) quotas: Vec<(String, i64, i64)>,
}

/// Codes and names to choose from.
pub(crate) type Options = Vec<(String, String)>;

/// The campaigns of the hat's city, and the notices it may open another from.
pub(crate) fn list(tx: &mut Tx<'_>) -> Result<(Vec<CampaignLine>, Option<Options>), Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let scope = tx.ctx.actor.hat.scope;
    let city = registry::divisions::city_of(tx, &scope)?;
    let home = audiences::home(tx, &scope)?;
    let names = registry::divisions::county_names(tx, city)?;
    let found = drawers::of_city(tx, city, home.0)?
        .into_iter()
        .filter(|it| audiences::concerns((it.owner, &it.addressees), home));
    let owner = own(tx)?;
    let openable = policy::may_open(&tx.ctx.actor, owner).is_ok().then(packs::all);
    let by = |owner: Owner| owner.county.and_then(|it| names.get(&i64::from(it.number())));
    let line = |it: drawers::Listed| CampaignLine {
        id: it.id,
        county: by(it.owner).map(|it| it.name.clone()),
        title: it.title,
        withdrawn: it.withdrawn,
    };
    Ok((found.map(line).collect(), openable))
}

/// Whom a campaign opened under the hat worn would belong to.
pub(crate) fn own(tx: &mut Tx<'_>) -> Result<Owner, Problem> {
    let scope = tx.ctx.actor.hat.scope;
    let county = if let Scope::County(tenant) = scope { Some(tenant) } else { None };
    Ok(Owner { city: registry::divisions::city_of(tx, &scope)?, county })
}

/// Why a notice cannot be carried out now: one notice is carried out once at a time.
pub(crate) fn carried_out(tx: &mut Tx<'_>, owner: Owner, pack: &str) -> Result<Option<String>, Problem> {
    let today = tx.ctx.today();
    for (id, title) in drawers::alike(tx, owner, pack, "")? {
        let last = drawers::periods(tx, id)?.iter().filter_map(|it| it.ends_on).max();
        if last.is_none_or(|it| today <= it) {
            let until = last.map_or(String::new(), |it| format!("（最后一个阶段到{it}）"));
            return Ok(Some(format!("按这个通知开展的“{title}”正在进行，结束{until}或撤销之后才能再次开展")));
        }
    }
    Ok(None)
}

/// One notice is carried out once at a time, and two campaigns of one office are told apart by their titles.
///
/// # Errors
/// It is being carried out already, or the title is taken.
pub(crate) fn must_be_new(tx: &mut Tx<'_>, owner: Owner, pack: &str, title: &str) -> Result<(), Problem> {
    if let Some(why) = carried_out(tx, owner, pack)? {
        return Err(Problem::Invalid(vec![FieldError::new("quotas", why)]));
    }
    if !drawers::alike(tx, owner, "", title)?.is_empty() {
        let message = "已有同名的活动，请在名称中写明年份或批次，便于区分";
        return Err(Problem::Invalid(vec![FieldError::new("title", message)]));
    }
    Ok(())
}

/// The counties a campaign is for, by their numbers.
///
/// # Errors
/// When the store refuses.
pub(crate) fn counties(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
) -> Result<BTreeMap<i64, registry::divisions::Division>, Problem> {
    let mut names = registry::divisions::county_names(tx, campaign.owner.city)?;
    names.retain(|number, _| campaign.includes_county(*number));
    Ok(names)
}

/// Those of an office's counties a notice goes to; none named: all of them.
pub(crate) fn counties_of(
    tx: &mut Tx<'_>,
    owner: Owner,
    addressees: &[i64],
) -> Result<BTreeMap<i64, registry::divisions::Division>, Problem> {
    let mut names = registry::divisions::county_names(tx, owner.city)?;
    let whole = owner.county.is_some();
    names.retain(|it, _| owner.includes(*it) && (whole || audiences::names(addressees, *it)));
    Ok(names)
}

/// A campaign of the hat's own city; another city's is not there.
pub(crate) fn seen(tx: &mut Tx<'_>, id: CampaignId) -> Result<Campaign, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let campaign = drawers::load(tx, id)?;
    let scope = tx.ctx.actor.hat.scope;
    let home = audiences::home(tx, &scope)?;
    let concerned = audiences::concerns((campaign.owner, &campaign.addressees), home);
    if registry::divisions::city_of(tx, &scope)? == campaign.owner.city && concerned {
        Ok(campaign)
    } else {
        Err(Problem::NotFound)
    }
}

/// A campaign as the city sees it, in which something is to be done: one that was withdrawn refuses.
///
/// # Errors
/// It is another city's, or was withdrawn.
pub(crate) fn running(tx: &mut Tx<'_>, id: CampaignId) -> Result<Campaign, Problem> {
    let campaign = seen(tx, id)?;
    campaign.must_go_on()?;
    Ok(campaign)
}

/// The same for a verb whose own policy has let whoever asks in already.
///
/// # Errors
/// It was withdrawn.
pub(crate) fn going_on(tx: &mut Tx<'_>, id: CampaignId) -> Result<Campaign, Problem> {
    let campaign = drawers::load(tx, id)?;
    campaign.must_go_on()?;
    Ok(campaign)
}

pub(crate) fn campaign(
    tx: &mut Tx<'_>,
    id: CampaignId,
    calendar: &Calendar,
) -> Result<CampaignView, Problem> {
    let campaign = seen(tx, id)?;
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let mut periods: Vec<PeriodView> =
        drawers::periods(tx, id)?.iter().map(|it| period(it, today, calendar)).collect();
    if !campaign.goes_on() {
        periods.iter_mut().for_each(|it| (it.state, it.state_label) = ("refused", "已撤销"));
    }
    let receipts: BTreeMap<i64, String> =
        drawers::receipts(tx, id)?.into_iter().map(|(tenant, at)| (tenant, beijing_minute(at))).collect();
    let quotas = drawers::quotas(tx, id)?;
    let counts = applications::queries::counts(tx, campaign.owner.city, id)?;
    let names = counties(tx, &campaign)?;
    let own = match actor.hat.scope {
        Scope::City(_) => None,
        Scope::County(tenant) => Some(i64::from(tenant.number())),
        _ => Some(-1),
    };
    let communities = registry::communities::counts_by_county(tx, campaign.owner.city)?;
    let line = |(tenant, n, _): &(i64, i64, i64)| CountyLine {
        name: names.get(tenant).map_or(String::new(), |it| it.name.clone()),
        // As counted when the campaign opened; without a quota, as they are today.
        communities: quotas.iter().find(|it| it.tenant == *tenant).map_or(*n, |it| it.communities),
        signed: receipts.get(tenant).cloned(),
        submitted: counts.get(tenant).map_or(0, |it| it.0),
        accepted: counts.get(tenant).map_or(0, |it| it.1),
        quotas: quotas
            .iter()
            .filter(|it| it.tenant == *tenant)
            .map(|it| (it.selection.clone(), it.used, it.places))
            .collect(),
    };
    let counties = communities
        .iter()
        .filter(|it| campaign.includes_county(it.0) && own.is_none_or(|own| own == it.0))
        .map(line)
        .collect();
    let streets = streets(tx, &campaign)?;
    let others = drawers::of_city(tx, campaign.owner.city, campaign.owner.county)?;
    let document = campaign
        .pack
        .document
        .as_ref()
        .map(|it| format!("{} {}", it.issuer, it.number.clone().unwrap_or_default()));
    let answers = actor.is_one_of(&[kernel::Role::CityBureau, kernel::Role::CountyBureau]);
    let appeals_waiting = if answers { appeals::waiting(tx, id, actor.hat.scope.tenant())? } else { 0 };
    let posted = !assessments::store::notices(tx, id)?.is_empty();
    let party = answers || actor.is_one_of(&[kernel::Role::Enterprise, kernel::Role::OwnersCommittee]);
    Ok(CampaignView {
        appeals_until: appeals::open_until(tx, id)?.filter(|_| party),
        appeals_waiting,
        document: document.unwrap_or_default(),
        periods,
        counties,
        selections: campaign.pack.cascade.selections.iter().map(ToString::to_string).collect(),
        is_posted: posted,
        sees_applications: applications::policy::visible(&actor) != Scope::Nothing,
        can_run: policy::may_run(&actor, campaign.owner).is_ok() && campaign.goes_on(),
        can_withdraw: policy::may_run(&actor, campaign.owner).is_ok() && campaign.goes_on() && !posted,
        signed: policy::may_sign(&actor, campaign.owner).ok().map(|(_, by)| match by {
            Addressee::County(tenant) => receipts.contains_key(&i64::from(tenant.number())),
            Addressee::Street(_, street) => streets.iter().any(|it| it.id == street && it.signed.is_some()),
        }),
        takes_part: own != Some(-1),
        streets,
        shows_counties: own != Some(-1) && campaign.owner.county.is_none(),
        linked: others.iter().find(|it| Some(it.id) == campaign.linked).map(|it| it.title.clone()),
        linkable: others
            .into_iter()
            .filter(|it| it.id != id)
            .map(|it| (it.id.to_string(), it.title))
            .collect(),
        can_assess: crate::progress::may_assess(&actor, campaign.owner),
        has_plans: campaign.pack.cascade.selections.iter().any(|it| !it.modes.is_empty()),
        campaign,
    })
}

/// The streets a county's campaign was sent to, and which have signed.
fn streets(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Vec<StreetLine>, Problem> {
    let Some(county) = campaign.owner.county else { return Ok(vec![]) };
    let signed: BTreeMap<i64, _> = drawers::street_receipts(tx, campaign.id, county)?.into_iter().collect();
    let line = |it: registry::divisions::Division| StreetLine {
        signed: signed.get(&i64::from(it.id)).map(|at| beijing_minute(*at)),
        id: it.id.into(),
        name: it.name,
    };
    let streets = streets_of(tx, campaign.owner.city, county, &campaign.addressees)?;
    Ok(streets.into_iter().map(line).collect())
}

/// Those of a county's streets and townships a notice goes to; none named: all of them.
pub(crate) fn streets_of(
    tx: &mut Tx<'_>,
    city: i64,
    county: Tenant,
    addressees: &[i64],
) -> Result<Vec<registry::divisions::Division>, Problem> {
    let all = registry::divisions::of_kind(tx, city, registry::divisions::Kind::Subdistrict)?;
    let named = |it: i64| audiences::names(addressees, it);
    Ok(all.into_iter().filter(|it| it.tenant == county && named(it.id.into())).collect())
}

pub(crate) fn period(it: &Period, today: Date, calendar: &Calendar) -> PeriodView {
    let show = |date: Option<Date>| {
        let year =
            |it: Date| if it.year() == today.year() { String::new() } else { format!("{}年", it.year()) };
        date.map_or(String::new(), |it| format!("{}{}月{}日", year(it), it.month(), it.day()))
    };
    let (state, state_label) = match (it.starts_on, it.ends_on) {
        (Some(start), _) if today < start => ("open", "未开始"),
        (_, Some(end)) if end < today => ("done", "已结束"),
        (_, Some(end)) if (end - today).get_days() <= 3 => ("soon", "即将截止"),
        _ => ("good", "进行中"),
    };
    let off_day = it.ends_on.filter(|end| !calendar.is_working_day(*end)).map(|end| {
        let next = calendar.working_day_from(end);
        format!(
            "截止日{}是休息日，下一个工作日是{}{}",
            show(Some(end)),
            show(Some(next.on)),
            if next.provisional { "（暂定）" } else { "" }
        )
    });
    let extended = it.printed_on.map(|printed| {
        format!("原定{}，延期理由：{}", show(Some(printed)), it.reason.clone().unwrap_or_default())
    });
    let dates = match (it.starts_on, it.ends_on) {
        (Some(start), Some(end)) => format!("{}至{}", show(Some(start)), show(Some(end))),
        (None, Some(end)) => format!("{}前", show(Some(end))),
        (None, None) => "通知未写日期".to_owned(),
        (start, None) => format!("{}起", show(start)),
    };
    PeriodView {
        code: it.code.clone(),
        title: it.title.clone(),
        dates,
        state,
        state_label,
        off_day,
        extended,
    }
}
