//! What there is to see of reports: what is owed, what is late, and each one in full.

use ::store::Tx;
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
}

/// The reports of a campaign as this hat sees them.
#[derive(Debug)]
pub(crate) struct ReportsView {
    pub(crate) campaign: Campaign,
    pub(crate) lines: Vec<ReportLine>,
    pub(crate) overdue: usize,
    pub(crate) can_write: bool,
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
}

pub(crate) fn reports(tx: &mut Tx<'_>, id: CampaignId) -> Result<ReportsView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let own = match actor.hat.scope {
        Scope::County(tenant) => Some(tenant),
        _ => None,
    };
    let asked = own.unwrap_or(Tenant::from_number(0));
    let _seen = policy::may_see(&actor, campaign.city, asked)?;
    let (periods, written) = (openings::store::periods(tx, id)?, store::of_campaign(tx, id)?);
    let mut lines = vec![];
    for (number, county) in registry::divisions::county_names(tx, campaign.city)? {
        if own.is_some_and(|it| i64::from(it.number()) != number) {
            continue;
        }
        for form in campaign.pack.forms.iter().filter(|it| it.period.is_some()) {
            let due =
                periods.iter().find(|it| Some(&it.code) == form.period.as_ref()).and_then(|it| it.ends_on);
            let report =
                written.iter().find(|it| it.form == form.code && i64::from(it.tenant().number()) == number);
            lines.push(ReportLine {
                county: county.name.clone(),
                form: form.code.clone(),
                title: form.title.clone(),
                due: due.map_or("未定".to_owned(), |it| it.to_string()),
                state: state(report, rules::standing(report, due, today)),
                id: report.filter(|it| it.submitted_at.is_some() || own.is_some()).map(|it| it.id),
            });
        }
    }
    let overdue = lines.iter().filter(|it| it.state.0 == "late").count();
    Ok(ReportsView { campaign, lines, overdue, can_write: policy::may_report(&actor).is_ok() })
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
    let (_may, tenant) = policy::may_report(&tx.ctx.actor)?;
    let report = store::of_county(tx, tenant, id, form)?;
    view(tx, campaign, tenant, form, report)
}

pub(crate) fn report(tx: &mut Tx<'_>, id: ReportId) -> Result<ReportView, Problem> {
    let report = store::load(tx, id)?;
    let campaign = openings::store::load(tx, report.campaign)?;
    let tenant = report.tenant();
    let _seen = policy::may_see(&tx.ctx.actor, campaign.city, tenant)?;
    // A draft is its county's own until it is handed in.
    if report.submitted_at.is_none() && policy::may_report(&tx.ctx.actor).is_err() {
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
    let form = campaign
        .pack
        .forms
        .iter()
        .find(|it| it.code == form && it.period.is_some())
        .ok_or(Problem::NotFound)?;
    let form = form.clone();
    let periods = openings::store::periods(tx, campaign.id)?;
    let due = periods.iter().find(|it| Some(&it.code) == form.period.as_ref()).and_then(|it| it.ends_on);
    let names = registry::divisions::county_names(tx, campaign.city)?;
    let handed = report.as_ref().is_some_and(|it| it.submitted_at.is_some());
    Ok(ReportView {
        county: names.get(&i64::from(tenant.number())).map_or(String::new(), |it| it.name.clone()),
        state: state(report.as_ref(), rules::standing(report.as_ref(), due, tx.ctx.today())),
        can_write: !handed && policy::may_report(&tx.ctx.actor).is_ok(),
        can_send_back: handed && policy::may_send_back(&tx.ctx.actor, campaign.city).is_ok(),
        campaign,
        form,
        report,
    })
}
