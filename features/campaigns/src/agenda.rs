//! 待办与期限 — what the hat worn has to do in the campaigns of its city, by day.

use ::store::Tx;
use app::{App, Due};
use jiff::Span;
use kernel::{Actor, Problem, Role, Scope};

use crate::{
    appeals, applications, assessments, awards,
    openings::{self, types::Campaign},
    reports,
};

/// How long a report that was never handed in is reminded of.
const REMINDED_DAYS: i64 = 180;

pub(crate) fn of(_app: &App, tx: &mut Tx<'_>) -> Result<Vec<Due>, Problem> {
    let actor = tx.ctx.actor.clone();
    let works = [
        Role::CityBureau,
        Role::CountyBureau,
        Role::Subdistrict,
        Role::Enterprise,
        Role::OwnersCommittee,
        Role::Assessor,
    ];
    if !actor.is_one_of(&works) {
        return Ok(vec![]);
    }
    let scope = actor.hat.scope;
    let city = registry::divisions::city_of(tx, &scope)?;
    let county = registry::divisions::county_of(tx, &scope)?;
    let today = tx.ctx.today();
    let mut due = vec![];
    let going_on = openings::store::of_city(tx, city, county)?.into_iter().filter(|it| !it.withdrawn);
    for openings::store::Listed { id, .. } in going_on {
        let periods = openings::store::periods(tx, id)?;
        let last = periods.iter().filter_map(|it| it.ends_on).max();
        // Over for good.
        if last.is_none_or(|it| it.saturating_add(Span::new().days(REMINDED_DAYS)) < today) {
            continue;
        }
        let campaign = match openings::queries::seen(tx, id) {
            // Another county's own.
            Err(Problem::NotFound) => continue,
            seen => seen?,
        };
        let concerns = |code: &str| concerns(&actor, &campaign, code);
        for period in periods.iter().filter(|it| concerns(&it.code)) {
            let Some(day) = period.ends_on.filter(|it| today <= *it) else { continue };
            due.push(Due::on(
                day,
                format!("{}截止：{}", period.title, campaign.title),
                format!("/campaigns/{id}?period={}", period.code),
            ));
        }
        if actor.is(Role::CityBureau) || actor.is(Role::CountyBureau) {
            due.extend(unwritten(tx, &campaign)?);
        }
        due.extend(unreviewed(tx, &campaign, &periods)?);
        due.extend(returned(tx, &campaign, &periods)?);
        if campaign.owner.is_at(&actor) || actor.is(Role::CountyBureau) {
            due.extend(unanswered(tx, &campaign)?);
        }
        if actor.is(Role::Assessor) {
            due.extend(unscored(tx, &campaign, &periods)?);
        }
    }
    Ok(due)
}

/// Which stages a hat has something to do in. A report's day is told with the report.
fn concerns(actor: &Actor, campaign: &Campaign, code: &str) -> bool {
    match (actor.hat.role, actor.hat.scope) {
        (role, _) if role == campaign.owner.role() => code != "work_report",
        (Role::CountyBureau, _) => matches!(code, "apply" | "submit" | "nominate"),
        (Role::Subdistrict, Scope::Subdistrict(_)) => code == "apply",
        (Role::Enterprise | Role::OwnersCommittee, _) => {
            code == "apply" && applications::policy::nominates_itself(actor, campaign.pack.selects)
        }
        _ => false,
    }
}

/// Reports this office owes and has not handed in, late ones too.
fn unwritten(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Vec<Due>, Problem> {
    let owed = reports::queries::unwritten(tx, campaign)?;
    let line = |(title, day): (String, jiff::civil::Date)| {
        let title = format!("报送{title}：{}", campaign.title);
        Due::on(day, title, format!("/campaigns/{}/reports?due={day}", campaign.id))
    };
    Ok(owed.into_iter().map(line).collect())
}

/// Applications that wait for the street or the county, by the last day of recommending.
fn unreviewed(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    periods: &[openings::types::Period],
) -> Result<Option<Due>, Problem> {
    let due = applications::actions::RECOMMENDING
        .iter()
        .find_map(|code| periods.iter().find(|it| it.code == *code));
    let Some(day) = due.and_then(|it| it.ends_on).filter(|it| tx.ctx.today() <= *it) else { return Ok(None) };
    let (n, stage) = applications::lists::waiting(tx, campaign.id)?;
    let title = format!("{n}份自荐表待审核：{}", campaign.title);
    let href = format!("/campaigns/{}/applications?stage={stage}", campaign.id);
    Ok((0 < n).then(|| Due::on(day, title, href)))
}

/// Applications that were sent back to the hat worn, by the last day of applying.
fn returned(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    periods: &[openings::types::Period],
) -> Result<Option<Due>, Problem> {
    let due =
        applications::actions::APPLYING.iter().find_map(|code| periods.iter().find(|it| it.code == *code));
    let Some(day) = due.and_then(|it| it.ends_on).filter(|it| tx.ctx.today() <= *it) else { return Ok(None) };
    let n = applications::lists::sent_back(tx, campaign.id)?;
    let title = format!("{n}份自荐表被退回，请修改后重新提交：{}", campaign.title);
    let href = format!("/campaigns/{}/applications?stage=returned", campaign.id);
    Ok((0 < n).then(|| Due::on(day, title, href)))
}

/// Appeals and objections that wait for this office's answer, by the earliest day one is due.
fn unanswered(tx: &mut Tx<'_>, campaign: &Campaign) -> Result<Vec<Due>, Problem> {
    let actor = tx.ctx.actor.clone();
    let earliest = |days: Vec<jiff::civil::Date>| Some((days.len(), days.into_iter().min()?));
    let mut due = vec![];
    if let Some((n, day)) = earliest(appeals::due_of(tx, campaign.id, &actor)?) {
        let title = format!("{n}件申诉待答复：{}", campaign.title);
        due.push(Due::on(day, title, format!("/campaigns/{}/appeals", campaign.id)));
    }
    if campaign.owner.is_at(&actor)
        && campaign.owner.is_office(&actor)
        && let Some((n, day)) = earliest(awards::due_of(tx, campaign.id)?)
    {
        let title = format!("{n}件公示异议待答复：{}", campaign.title);
        due.push(Due::on(day, title, format!("/campaigns/{}/awards", campaign.id)));
    }
    Ok(due)
}

/// The assessor's own open sheets, by the last day of the assessment.
fn unscored(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    periods: &[openings::types::Period],
) -> Result<Option<Due>, Problem> {
    let day = periods.iter().find(|it| it.code == "assess").and_then(|it| it.ends_on);
    let Some(day) = day else { return Ok(None) };
    let open = assessments::open_sheets(tx, campaign.id)?;
    let title = format!("{open}张评分表待锁定：{}", campaign.title);
    Ok((0 < open).then(|| Due::on(day, title, "/campaigns/sheets")))
}
