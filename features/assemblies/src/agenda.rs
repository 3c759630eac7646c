//! 待办与期限 — what the hat worn has to do for the self-government of the communities it serves, by day.

use ::store::Tx;
use app::{App, Due};
use jiff::{Span, Timestamp, civil::Date};
use kernel::{Actor, Problem, Role, Scope, beijing_date};

use crate::{
    committees,
    decisions::{
        self, policy, reviews,
        types::{Decision, Stage},
    },
    foundings, objections, oversight, postings, rolls, sessions, voting,
};

/// Decisions looked at, the newest first; committees, those whose term ends first.
const MOST: i64 = 50;
/// How long before its end a term is reminded of.
const TERM_AHEAD_MONTHS: i64 = 3;
/// Terms that ended longer ago stand in one line, so that a county still sees what is due this week; a few stand for themselves.
const LONG_AGO_DAYS: i64 = 30;
const FEW: usize = 3;

pub(crate) fn of(app: &App, tx: &mut Tx<'_>) -> Result<Vec<Due>, Problem> {
    let actor = tx.ctx.actor.clone();
    if actor.is(Role::Owner) {
        let open = voting::homes::open_to(tx)?.into_iter();
        let line = |(title, day)| Due::on(day, format!("请投票：{title}"), "/assemblies/mine");
        return Ok(open.map(line).collect());
    }
    let scope = policy::visible(&actor);
    if policy::may_list(&actor).is_err() {
        return Ok(vec![]);
    }
    let mut due = vec![];
    for it in decisions::store::list(tx, &scope, None, MOST)? {
        due.extend(of_decision(app, tx, &it)?);
    }
    if actor.is_one_of(&[Role::CountyBureau, Role::Subdistrict, Role::Neighborhood, Role::OwnersCommittee]) {
        let until = tx.ctx.today().saturating_add(Span::new().months(TERM_AHEAD_MONTHS));
        let ending = committees::ending(tx, &app.vault, &scope, until, MOST)?;
        due.extend(terms(ending, tx.ctx.today()));
    }
    if let (Role::Subdistrict, Scope::Subdistrict(id)) = (actor.hat.role, actor.hat.scope) {
        for it in rolls::proposed_in(tx, id)? {
            let name = registry::communities::load(tx, it.place.community.into())?.name;
            let title = format!("业主名册公示期满，确认冻结：{name}");
            due.push(Due::on(it.next_step, title, format!("/assemblies/rolls/{}", it.id)));
        }
    }
    for (subject, filed) in objections_of(tx, &actor)? {
        let (day, today) = (objections::rules::answer_by(filed), tx.ctx.today());
        let postings::About { place, href, what, waits } = postings::about(tx, &app.vault, subject)?;
        // The county has to do with it only when the street's days are over.
        if waits && objections::policy::may_answer(&actor, &place, day, today).is_ok() {
            let name = registry::communities::load(tx, place.community.into())?.name;
            due.push(Due::on(day, format!("答复对{what}的异议：{name}"), href));
        }
    }
    for (day, title, id) in foundings::due(tx, &app.vault)? {
        due.push(Due::on(day, title, format!("/assemblies/foundings/{id}")));
    }
    if actor.is(Role::Neighborhood) {
        for id in committees::watched_of(tx, &app.vault, &scope)? {
            for (day, title) in oversight::due(tx, &app.vault, id)? {
                due.push(Due::on(day, title, format!("/assemblies/committees/{id}/oversight")));
            }
        }
    }
    if let (Role::OwnersCommittee, Scope::Community(community)) = (actor.hat.role, actor.hat.scope)
        && let Some(id) = committees::sitting_in(tx, &app.vault, community)?
    {
        for (day, title, n) in sessions::upcoming(tx, id)? {
            due.push(Due::on(day, title, format!("/assemblies/committees/{id}/sessions/{n}")));
        }
    }
    if actor.is(Role::OwnersCommittee) {
        for (id, title, day) in committees::owed_soon(tx, &app.vault, &scope)? {
            due.push(Due::on(day, title, format!("/assemblies/committees/{id}?duty={day}")));
        }
    }
    Ok(due)
}

/// Terms that end or have ended, each with its committee; those of long ago together, where there are many.
fn terms(ending: Vec<(committees::types::CommitteeId, String, Date)>, today: Date) -> Vec<Due> {
    // More than were looked at are not counted.
    let at_least = if MOST <= ending.len() as i64 { "至少" } else { "" };
    let ago = today.saturating_sub(Span::new().days(LONG_AGO_DAYS));
    let (long, soon): (Vec<_>, Vec<_>) = ending.into_iter().partition(|it| it.2 < ago);
    let one = |(id, name, day): (_, String, Date)| {
        Due::on(day, format!("任期届满，应换届：{name}"), format!("/assemblies/committees/{id}"))
    };
    let mut due: Vec<Due> = soon.into_iter().map(one).collect();
    match (long.len(), long.iter().map(|it| it.2).min()) {
        (n, Some(first)) if FEW < n => {
            let title = format!("{at_least}{n}个业委会（物管会）任期届满{LONG_AGO_DAYS}天以上，应换届");
            due.push(Due::on(first, title, "/assemblies/committees?ending=yes"));
        }
        _ => due.extend(long.into_iter().map(one)),
    }
    due
}

/// What waits for an answer where this hat may be the one to give it.
fn objections_of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(i64, Timestamp)>, Problem> {
    let tenant = match (actor.hat.role, actor.hat.scope) {
        (Role::CountyBureau, Scope::County(tenant)) => tenant,
        (Role::Subdistrict, Scope::Subdistrict(id)) => registry::divisions::division(tx, id.into())?.tenant,
        _ => return Ok(vec![]),
    };
    Ok(objections::open_in(tx, i64::from(tenant.number()))?)
}

fn of_decision(app: &App, tx: &mut Tx<'_>, it: &Decision) -> Result<Option<Due>, Problem> {
    let href = format!("/assemblies/decisions/{}", it.id);
    let line = |day: Date, words: &str| Due::on(day, format!("{words}：{}", it.title), href);
    match &it.stage {
        Stage::Draft => {
            let Some(day) = decisions::queries::review_by(&app.calendar, it) else { return Ok(None) };
            let given = decisions::store::reviews(tx, it.id)?;
            let waits = reviews::needed(reviews::of(it), &it.agenda).into_iter().any(|(body, _)| {
                given.iter().all(|it| it.body != body)
                    && !decisions::rules::waits_for_branch(it, &given, body)
                    && policy::may_review(&tx.ctx.actor, &it.place, body, false).is_ok()
            });
            Ok(waits.then(|| line(day, "表决前审议意见")))
        }
        Stage::Noticed(noticed) => {
            let day = beijing_date(
                noticed.closes_at.saturating_sub(Span::new().seconds(1)).unwrap_or(noticed.closes_at),
            );
            Ok(Some(line(day, "表决截止，之后封票计票")))
        }
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(days: &[&str]) -> Vec<(String, String)> {
        let ending = days.iter().enumerate();
        let ending = ending.map(|(n, day)| ((n as i64).into(), format!("某小区{n}"), day.parse().unwrap()));
        let due = terms(ending.collect(), "2024-08-14".parse().unwrap());
        due.into_iter().map(|it| (it.day.to_string(), it.title)).collect()
    }

    #[test]
    fn many_terms_that_ended_long_ago_stand_in_one_line() {
        let few = told(&["2023-10-14", "2024-01-12", "2024-07-14", "2024-07-15", "2024-09-01"]);
        assert_eq!(few.len(), 5, "{few:?}");
        let many =
            told(&["2024-01-12", "2023-10-14", "2024-07-01", "2024-07-14", "2024-07-15", "2024-09-01"]);
        let days: Vec<&str> = many.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(days, ["2024-07-15", "2024-09-01", "2023-10-14"]);
        assert_eq!(many[2].1, "4个业委会（物管会）任期届满30天以上，应换届");
        assert!(told(&["2024-01-12"; 50])[0].1.starts_with("至少50个"));
    }
}
