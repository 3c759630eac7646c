//! 待办与期限 — what the hat worn has to do for the self-government of the communities it serves, by day.

use ::store::Tx;
use app::{App, Due};
use jiff::{Span, civil::Date};
use kernel::{Problem, Role, Scope, beijing_date};

use crate::{
    committees,
    decisions::{
        self, policy, reviews,
        types::{Decision, Stage},
    },
    foundings, objections, oversight, rolls, sessions, voting,
};

/// Decisions looked at, the newest first; committees, those whose term ends first.
const MOST: i64 = 50;
/// How long before its end a term is reminded of.
const TERM_AHEAD_MONTHS: i64 = 3;

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
        for (id, name, day) in committees::ending(tx, &app.vault, &scope, until, MOST)? {
            let title = format!("任期届满，应换届：{name}");
            due.push(Due::on(day, title, format!("/assemblies/committees/{id}")));
        }
    }
    if let (Role::Subdistrict, Scope::Subdistrict(id)) = (actor.hat.role, actor.hat.scope) {
        for it in rolls::proposed_in(tx, id)? {
            let href = format!("/assemblies/rolls/{}", it.id);
            let name = registry::communities::load(tx, it.place.community.into())?.name;
            let (day, words) = match objections::oldest_open(tx, it.id.into())? {
                Some(filed) => (objections::rules::answer_by(filed), "答复对业主名册的异议"),
                None => (it.next_step, "业主名册公示期满，确认冻结"),
            };
            due.push(Due::on(day, format!("{words}：{name}"), href));
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

fn of_decision(app: &App, tx: &mut Tx<'_>, it: &Decision) -> Result<Option<Due>, Problem> {
    let href = format!("/assemblies/decisions/{}", it.id);
    let line = |day: Date, words: &str| Due::on(day, format!("{words}：{}", it.title), href);
    match &it.stage {
        Stage::Draft => {
            let Some(day) = decisions::queries::review_by(&app.calendar, it) else { return Ok(None) };
            let given = decisions::store::reviews(tx, it.id)?;
            let waits = reviews::needed(reviews::of(it), &it.agenda).into_iter().any(|(body, _)| {
                given.iter().all(|it| it.body != body)
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
        Stage::Provisional(..) => {
            let Some(filed) = objections::oldest_open(tx, it.id.into())? else { return Ok(None) };
            let day = objections::rules::answer_by(filed);
            let may = objections::policy::may_answer(&tx.ctx.actor, &it.place, day, tx.ctx.today()).is_ok();
            Ok(may.then(|| line(day, "答复对表决结果的异议")))
        }
        _ => Ok(None),
    }
}
