//! What there is to see of reports: what is owed, what is late, and each one in full.

use ::store::Tx;
use jiff::civil::Date;
use kernel::{Problem, Scope, Tenant, beijing_minute};

use super::{
    policy,
    rules::{self, Standing},
    store,
    types::{Report, ReportId},
};
use crate::openings::{
    self,
    types::{Campaign, CampaignId},
};

/// One county's report on one form.
#[derive(Debug)]
pub(crate) struct ReportLine {
    pub(crate) county: String,
    pub(crate) form: String,
    pub(crate) title: String,
    pub(crate) due: String,
    pub(crate) state: (&'static str, String),
    pub(crate) id: Option<ReportId>,
    pub(crate) can_write: bool,
}

/// The reports of a campaign as this hat sees them.
#[derive(Debug)]
pub(crate) struct ReportsView {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<ReportLine>,
    pub(crate) overdue: usize,
}

/// A report being written or read.
#[derive(Debug)]
pub(crate) struct ReportView {
    pub(crate) campaign: Campaign,
    pub(crate) form: ::rules::Form,
    pub(crate) county: String,
    pub(crate) report: Option<Report>,
    pub(crate) state: (&'static str, String),
    pub(crate) can_write: bool,
    pub(crate) can_send_back: bool,
    /// For the city's own: what the counties handed in under each section, by county.
    pub(crate) collected: Vec<Vec<(String, String)>>,
}

/// What the city's own report is headed by.
const WHOLE_CITY: &str = "全市";
const WHOLE_COUNTY: &str = "全县区";

pub(crate) fn reports(tx: &mut Tx<'_>, id: CampaignId) -> Result<ReportsView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let own = match actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let asked = own.unwrap_or(Tenant::from_number(0));
    let _seen = policy::may_see(&actor, campaign.owner, asked)?;
    let (periods, written) = (openings::store::periods(tx, id)?, store::of_campaign(tx, id)?);
    let forms: Vec<_> = campaign.pack.forms.iter().filter(|it| it.period.is_some()).collect();
    let line = |number: i64, county: &str, form: &::rules::Form| {
        let by_city = rules::by_city(&campaign.pack, form);
        let due = periods.iter().find(|it| Some(&it.code) == form.period.as_ref()).and_then(|it| it.ends_on);
        let report =
            written.iter().find(|it| it.form == form.code && i64::from(it.tenant().number()) == number);
        let can_write = campaign.goes_on() && policy::may_report(&actor, campaign.owner, by_city).is_ok();
        ReportLine {
            county: county.to_owned(),
            form: form.code.clone(),
            title: form.title.clone(),
            due: due.map_or("未定".to_owned(), |it| it.to_string()),
            state: state(report, rules::standing(report, due, today)),
            id: report.filter(|it| it.submitted_at.is_some() || can_write).map(|it| it.id),
            can_write,
        }
    };
    let mut lines = vec![];
    for (number, county) in openings::counties(tx, &campaign)? {
        if own.is_none_or(|it| i64::from(it.number()) == number) {
            let counties = forms.iter().filter(|it| !rules::by_city(&campaign.pack, it));
            lines.extend(counties.map(|it| line(number, &county.name, it)));
        }
    }
    let whole = if campaign.owner.county.is_some() { WHOLE_COUNTY } else { WHOLE_CITY };
    if own == campaign.owner.county {
        let above = forms.iter().filter(|it| rules::by_city(&campaign.pack, it));
        lines.extend(above.map(|it| line(0, whole, it)));
    }
    let overdue = lines.iter().filter(|it| it.state.0 == "late").count();
    Ok(ReportsView { campaign, lines, overdue })
}

/// The reports the actor's own office owes in a campaign and has not handed in: title and day.
pub(crate) fn unwritten(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Vec<(String, Date)>, Problem> {
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let (periods, written) =
        (openings::store::periods(tx, campaign.id)?, store::of_campaign(tx, campaign.id)?);
    let mut owed = vec![];
    for form in campaign.pack.forms.iter().filter(|it| it.period.is_some()) {
        let by_city = rules::by_city(&campaign.pack, form);
        let Ok((_may, own)) = policy::may_report(&actor, campaign.owner, by_city) else { continue };
        let due = periods.iter().find(|it| Some(&it.code) == form.period.as_ref()).and_then(|it| it.ends_on);
        let report = written.iter().find(|it| it.form == form.code && it.tenant() == own);
        let waits = !matches!(rules::standing(report, due, today), Standing::Handed { .. });
        owed.extend(due.filter(|_| waits).map(|day| (form.title.clone(), day)));
    }
    Ok(owed)
}

fn state(report: Option<&Report>, standing: Standing) -> (&'static str, String) {
    let at = report.and_then(|it| it.submitted_at).map(beijing_minute).unwrap_or_default();
    match standing {
        Standing::Handed { late_days: 0 } => ("done", format!("{at}报送")),
        Standing::Handed { late_days } => ("soon", format!("{at}报送，迟{late_days}天")),
        Standing::Due { days_left } if days_left <= 3 => ("soon", format!("还剩{days_left}天")),
        Standing::Due { days_left } => ("open", format!("未报送，还剩{days_left}天")),
        Standing::Overdue { days } => ("late", format!("逾期{days}天")),
        Standing::SentBack => ("soon", "已退回补充".to_owned()),
        Standing::Open => ("open", "未报送".to_owned()),
    }
}

/// The county's own report on a form, written or not.
pub(crate) fn own(tx: &mut Tx<'_>, id: CampaignId, form: &str) -> Result<ReportView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let by_city = rules::by_city(&campaign.pack, rules::form(&campaign.pack, form)?);
    let (_may, tenant) = policy::may_report(&tx.ctx.actor, campaign.owner, by_city)?;
    let report = store::of_county(tx, tenant, id, form)?;
    view(tx, campaign, tenant, form, report)
}

pub(crate) fn report(tx: &mut Tx<'_>, id: ReportId) -> Result<ReportView, Problem> {
    let report = store::load(tx, id)?;
    let campaign = openings::store::load(tx, report.campaign)?;
    let tenant = report.tenant();
    let _seen = policy::may_see(&tx.ctx.actor, campaign.owner, tenant)?;
    // A draft is its county's own until it is handed in.
    let by_city = rules::by_city(&campaign.pack, rules::form(&campaign.pack, &report.form)?);
    if report.submitted_at.is_none() && policy::may_report(&tx.ctx.actor, campaign.owner, by_city).is_err() {
        return Err(Problem::NotFound);
    }
    let form = report.form.clone();
    view(tx, campaign, tenant, &form, Some(report))
}

fn view(
    tx: &mut Tx<'_>,
    campaign: Campaign,
    tenant: Tenant,
    form: &str,
    report: Option<Report>,
) -> Result<ReportView, Problem> {
    let form = rules::form(&campaign.pack, form)?.clone();
    let by_city = rules::by_city(&campaign.pack, &form);
    let periods = openings::store::periods(tx, campaign.id)?;
    let due = periods.iter().find(|it| Some(&it.code) == form.period.as_ref()).and_then(|it| it.ends_on);
    let names = openings::counties(tx, &campaign)?;
    let handed = report.as_ref().is_some_and(|it| it.submitted_at.is_some());
    let mut collected = vec![];
    if by_city {
        let handed: Vec<Report> =
            store::of_campaign(tx, campaign.id)?.into_iter().filter(|it| it.submitted_at.is_some()).collect();
        for section in &form.parts {
            let of = |it: &Report| {
                let text = it.sections.iter().find(|it| it.0 == *section)?.1.clone();
                let county = names.get(&i64::from(it.tenant().number()))?.name.clone();
                Some((county, text))
            };
            collected.push(handed.iter().filter_map(of).collect());
        }
    }
    let county = names.get(&i64::from(tenant.number())).map(|it| it.name.clone());
    Ok(ReportView {
        county: county.unwrap_or_else(|| WHOLE_CITY.to_owned()),
        collected,
        state: state(report.as_ref(), rules::standing(report.as_ref(), due, tx.ctx.today())),
        can_write: !handed
            && campaign.goes_on()
            && policy::may_report(&tx.ctx.actor, campaign.owner, by_city).is_ok(),
        can_send_back: handed
            && !by_city
            && campaign.goes_on()
            && policy::may_send_back(&tx.ctx.actor, campaign.owner).is_ok(),
        campaign,
        form,
        report,
    })
}
