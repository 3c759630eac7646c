//! What a rule finds in a county now, and what there is to see of warnings.

use ::store::Tx;
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use kernel::{Problem, beijing_minute};
use registry::communities;

use super::{
    policy, rules, store,
    types::{Found, Kind, Rule, Warning, WarningId},
};
use crate::{
    cases::{bodies, labels},
    profiles::rules::category,
};

/// What a rule finds in one county now.
pub(crate) fn found(tx: &mut Tx<'_>, tenant: i64, rule: &Rule) -> Result<Vec<Found>, Problem> {
    let (now, today) = (tx.ctx.now, tx.ctx.today());
    let since = |days: i64| today.saturating_sub((days - 1).days());
    // Raised again in the next month when it goes on.
    let month = today.strftime("%Y-%m").to_string();
    let found = |it: &store::Often, subject: String, words: String| Found {
        community: it.community,
        subject: format!("{}.{subject}.{month}", it.community),
        ticket: it.newest,
        words,
    };
    Ok(match rule.kind {
        Kind::DueSoon { hours } => {
            let until = now + SignedDuration::from_hours(hours);
            due(store::due(tx, tenant, until, rule.kind.code())?, "应在")
        }
        Kind::Overdue => due(store::overdue(tx, tenant, rule.kind.code())?, "已超期，现应在"),
        Kind::RepeatReporter { times, days } => {
            let rows = store::repeat_reporter(tx, tenant, since(days), times)?;
            let one = |it: &store::Often| {
                let mark = it.mark.chars().take(16).collect();
                found(it, mark, format!("同一人{days}天内反映{}件", it.n))
            };
            rows.iter().map(one).collect()
        }
        Kind::SamePlace { times, days } => {
            let rows = store::same_place(tx, tenant, since(days), times)?;
            let one = |it: &store::Often| {
                let title = category(&it.mark).map_or("其他", |it| it.title.as_str());
                let words = format!("{}“{title}”{days}天内{}件", it.building, it.n);
                found(it, format!("{}.{}", it.mark, it.building), words)
            };
            rows.iter().map(one).collect()
        }
        Kind::ManyAnonymous { times, days } => {
            let rows = store::many_anonymous(tx, tenant, since(days), times)?;
            let words = |n: i64| format!("{days}天内匿名反映{n}件，群众可能有顾虑");
            rows.iter().map(|it| found(it, String::new(), words(it.n))).collect()
        }
        Kind::SuddenRise { times, weeks, once_in } => rise(tx, tenant, today, (times, weeks, once_in))?,
    })
}

fn due(found: Vec<store::Due>, words: &str) -> Vec<Found> {
    let found = found.into_iter().map(|it| Found {
        community: it.community,
        subject: format!("{}.{}", it.ticket, it.round),
        ticket: it.ticket,
        words: format!("第{}号诉求{words}{}前答复", it.number, labels::until(it.answer_by)),
    });
    found.collect()
}

fn rise(
    tx: &mut Tx<'_>,
    tenant: i64,
    today: Date,
    (times, weeks, once_in): (i64, i64, i64),
) -> Result<Vec<Found>, Problem> {
    let week = today.saturating_sub(6.days());
    let earlier = week.saturating_sub((weeks * 7).days());
    let rows = store::weeks(tx, tenant, (earlier, week), times)?;
    let risen = rows.into_iter().filter(|it| rules::is_rise(it.1, it.2, weeks, once_in));
    let found = |(community, n, before, ticket): (i64, i64, i64, i64)| Found {
        community,
        // Once a calendar week, however many days it can be seen in.
        subject: format!("{community}.{}", today.strftime("%G-%V")),
        ticket,
        words: format!("7天内{n}件，此前{weeks}周共{before}件；频率若没有变，这样的一周{once_in}周难得一次"),
    };
    Ok(risen.map(found).collect())
}

/// One warning in the list.
#[derive(Debug)]
pub(crate) struct WarningLine {
    pub(crate) id: WarningId,
    pub(crate) title: String,
    pub(crate) community: String,
    pub(crate) community_id: i64,
    pub(crate) words: String,
    pub(crate) ticket: i64,
    pub(crate) raised: String,
    pub(crate) reactor: String,
    pub(crate) left: (&'static str, String),
    pub(crate) reaction: Option<(String, String)>,
    pub(crate) can_react: bool,
}

#[derive(Debug)]
pub(crate) struct WarningsView {
    pub(crate) lines: Vec<WarningLine>,
    pub(crate) next: Option<String>,
    pub(crate) all: bool,
    pub(crate) source: String,
    pub(crate) unconfirmed: bool,
    /// Each rule: its title, what raises it, who reacts, within what time.
    pub(crate) rules: Vec<(String, String, &'static str, String)>,
}

const PAGE: usize = 50;

pub(crate) fn warnings(tx: &mut Tx<'_>, all: bool, after: Option<i64>) -> Result<WarningsView, Problem> {
    let _may = policy::may_list(&tx.ctx.actor)?;
    let scope = policy::visible(&tx.ctx.actor);
    let rules = rules::shipped().map_err(|it| Problem::Broken(anyhow::anyhow!(it)))?;
    let mut found = store::list(tx, &scope, !all, after, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| i64::from(it.id).to_string());
    let mut lines = vec![];
    for it in found {
        let title = rules.rules.iter().find(|rule| rule.kind.code() == it.kind);
        let title = title.map_or(it.kind.clone(), |rule| rule.title.clone());
        lines.push(line(tx, it, title)?);
    }
    let told = rules
        .rules
        .iter()
        .map(|it| (it.title.clone(), it.kind.says(), it.react.label(), it.within.to_string()));
    let told = told.collect();
    Ok(WarningsView { lines, next, all, source: rules.source, unconfirmed: rules.unconfirmed, rules: told })
}

fn line(tx: &mut Tx<'_>, it: Warning, title: String) -> Result<WarningLine, Problem> {
    let now = tx.ctx.now;
    let left = match it.reacted_at {
        Some(at) if at <= it.react_by => ("done", "按时回应".to_owned()),
        Some(_) => ("open", "逾期回应".to_owned()),
        None if it.react_by < now => ("late", labels::left(it.react_by, now)),
        None => ("soon", labels::left(it.react_by, now)),
    };
    let may = policy::may_react(&tx.ctx.actor, &it.place, it.reactor).is_ok();
    Ok(WarningLine {
        id: it.id,
        title,
        community: communities::load(tx, it.place.community.into())?.name,
        community_id: it.place.community,
        words: it.words,
        ticket: it.ticket,
        raised: beijing_minute(it.raised_at),
        reactor: bodies::name(tx, it.reactor)?,
        left,
        can_react: it.reaction.is_none() && may,
        reaction: it.reaction.zip(it.reacted_at.map(beijing_minute)),
    })
}
