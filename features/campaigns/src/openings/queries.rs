//! What there is to see of a campaign, for page and JSON.

use std::collections::BTreeMap;

use ::store::Tx;
use calendar::Calendar;
use jiff::civil::Date;
use kernel::{Problem, Scope, beijing_minute};

use super::{
    policy, store as drawers,
    types::{Campaign, CampaignId, Period},
};
use crate::{appeals, applications, packs};

/// One line of the list of campaigns.
#[derive(Debug)]
pub(crate) struct CampaignLine {
    pub(crate) id: CampaignId,
    pub(crate) title: String,
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
    /// None when this hat does not sign; else whether it has.
    pub(crate) signed: Option<bool>,
    pub(crate) shows_counties: bool,
    /// The campaign it is carried out together with, by name.
    pub(crate) linked: Option<String>,
    /// The city's other campaigns, for whoever runs this one.
    pub(crate) linkable: Options,
    /// Whether this hat assesses how far counties are.
    pub(crate) can_assess: bool,
    /// Whether counties declare how they go about their own choice.
    pub(crate) has_plans: bool,
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
    let found = drawers::of_city(tx, city)?;
    let openable = policy::may_open(&tx.ctx.actor, city).is_ok().then(packs::all);
    Ok((found.into_iter().map(|(id, _, title)| CampaignLine { id, title }).collect(), openable))
}

/// A campaign of the hat's own city; another city's is not there.
pub(crate) fn seen(tx: &mut Tx<'_>, id: CampaignId) -> Result<Campaign, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let campaign = drawers::load(tx, id)?;
    let scope = tx.ctx.actor.hat.scope;
    if registry::divisions::city_of(tx, &scope)? == campaign.city {
        Ok(campaign)
    } else {
        Err(Problem::NotFound)
    }
}

pub(crate) fn campaign(
    tx: &mut Tx<'_>,
    id: CampaignId,
    calendar: &Calendar,
) -> Result<CampaignView, Problem> {
    let campaign = seen(tx, id)?;
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let periods = drawers::periods(tx, id)?.iter().map(|it| period(it, today, calendar)).collect();
    let receipts: BTreeMap<i64, String> =
        drawers::receipts(tx, id)?.into_iter().map(|(tenant, at)| (tenant, beijing_minute(at))).collect();
    let quotas = drawers::quotas(tx, id)?;
    let counts = applications::queries::counts(tx, campaign.city, id)?;
    let names = registry::divisions::county_names(tx, campaign.city)?;
    let own = match actor.hat.scope {
        Scope::City(_) => None,
        Scope::County(tenant) => Some(i64::from(tenant.number())),
        _ => Some(-1),
    };
    let communities = registry::communities::counts_by_county(tx, campaign.city)?;
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
    let counties = communities.iter().filter(|it| own.is_none_or(|own| own == it.0)).map(line).collect();
    let others = drawers::of_city(tx, campaign.city)?;
    let document = campaign
        .pack
        .document
        .as_ref()
        .map(|it| format!("{} {}", it.issuer, it.number.clone().unwrap_or_default()));
    let answers = actor.is_one_of(&[kernel::Role::CityBureau, kernel::Role::CountyBureau]);
    let appeals_waiting = if answers { appeals::waiting(tx, id, actor.hat.scope.tenant())? } else { 0 };
    let party = answers || actor.is(kernel::Role::Enterprise);
    Ok(CampaignView {
        appeals_until: appeals::open_until(tx, id)?.filter(|_| party),
        appeals_waiting,
        document: document.unwrap_or_default(),
        periods,
        counties,
        selections: campaign.pack.cascade.selections.iter().map(ToString::to_string).collect(),
        can_run: policy::may_run(&actor, campaign.city).is_ok(),
        signed: policy::may_sign(&actor)
            .ok()
            .map(|(_, tenant)| receipts.contains_key(&i64::from(tenant.number()))),
        shows_counties: own != Some(-1),
        linked: others.iter().find(|it| Some(it.0) == campaign.linked).map(|it| it.2.clone()),
        linkable: others
            .into_iter()
            .filter(|it| it.0 != id)
            .map(|(id, _, title)| (id.to_string(), title))
            .collect(),
        can_assess: crate::progress::may_assess(&actor, campaign.city),
        has_plans: campaign.pack.cascade.selections.iter().any(|it| !it.modes.is_empty()),
        campaign,
    })
}

fn period(it: &Period, today: Date, calendar: &Calendar) -> PeriodView {
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
