//! What there is to see of committees: one with its duties, the list by the end of their terms.

use ::store::Tx;
use app::Vault;
use jiff::{ToSpan as _, civil::Date};
use kernel::{Problem, Scope};
use registry::communities::{self, CommunityId, CommunityView};

use super::{
    by_elections::{self, ByElection},
    policy, rules,
    schedule::{By, PACK, owed},
    store,
    types::{Committee, CommitteeId, Done, Due, Grade, Kind, Origin, Post},
};

#[derive(Debug)]
pub(crate) struct CommitteeView {
    pub(crate) id: CommitteeId,
    pub(crate) community: CommunityView,
    pub(crate) name: String,
    pub(crate) elected_on: String,
    pub(crate) term_ends_on: String,
    /// Colour and words of the term's clock.
    pub(crate) clock: (&'static str, String),
    pub(crate) percent: i64,
    pub(crate) members: Vec<MemberView>,
    pub(crate) party: String,
    pub(crate) crossing: usize,
    pub(crate) warnings: Vec<String>,
    pub(crate) duties: Vec<DutyView>,
    pub(crate) done_count: usize,
    pub(crate) pack: &'static str,
    pub(crate) ended: Option<(String, String)>,
    pub(crate) can_keep: bool,
    /// 空缺的席位, and the elections somebody can be registered from.
    pub(crate) vacant: i64,
    pub(crate) by_elections: Vec<ByElection>,
}

#[derive(Debug)]
pub(crate) struct MemberView {
    pub(crate) at: usize,
    pub(crate) name: String,
    pub(crate) post: &'static str,
    pub(crate) origin: &'static str,
    pub(crate) party: bool,
    pub(crate) joined: Option<String>,
    pub(crate) left: Option<String>,
}

#[derive(Debug)]
pub(crate) struct DutyView {
    pub(crate) key: String,
    pub(crate) title: &'static str,
    pub(crate) period: String,
    pub(crate) source: &'static str,
    pub(crate) printed: bool,
    pub(crate) by: &'static str,
    pub(crate) due_on: String,
    pub(crate) state: (&'static str, String),
    pub(crate) words: Option<String>,
    pub(crate) grade: Option<&'static str>,
    /// Whether doing it asks for a grade.
    pub(crate) graded: bool,
    pub(crate) can_fulfil: bool,
}

pub(super) fn post(it: Post) -> &'static str {
    Post::ALL.iter().find(|known| known.0 == it).map_or("", |it| it.2)
}

fn origin(it: Origin) -> &'static str {
    Origin::ALL.iter().find(|known| known.0 == it).map_or("", |it| it.2)
}

/// 第2届业主委员会.
pub(crate) fn name(it: &Committee) -> String {
    let kind = match it.kind {
        Kind::Owners => "业主委员会",
        Kind::Management => "物业管理委员会",
    };
    format!("第{}届{kind}", it.n)
}

/// How long the term still runs.
pub(crate) fn clock(it: &Committee, today: Date) -> (&'static str, String) {
    let left = it.term_ends_on.since(today).map_or(0, |it| it.get_days());
    match (&it.ended, left) {
        (Some(_), _) => ("done", "已换届".to_owned()),
        (None, ..0) => ("late", format!("届满已{}天", -left)),
        (None, 0..=92) => ("soon", format!("还有{left}天届满")),
        // Whole months, as a calendar counts them.
        (None, _) => {
            let months = (1..).take_while(|n| calendar::add_months(today, *n) <= it.term_ends_on).count();
            ("good", format!("还有{months}个月"))
        }
    }
}

fn duties(it: &Committee, done: &[Done], today: Date, fulfils: impl Fn(By) -> bool) -> Vec<DutyView> {
    let soon = today.saturating_add(6.months());
    let seen = |due: &&Due| due.due_on <= soon || done.iter().any(|it| it.key == due.key);
    let view = |due: &Due| {
        let duty = PACK.duty(&due.code)?;
        let found = done.iter().find(|it| it.key == due.key);
        let state = match found {
            Some(it) if due.due_on < it.done_on => ("done", format!("{}办结（逾期）", it.done_on)),
            Some(it) => ("done", format!("{}办结", it.done_on)),
            None if due.due_on < today => ("late", "逾期未办".to_owned()),
            None if due.due_on <= today.saturating_add(30.days()) => ("soon", "30天内到期".to_owned()),
            None => ("open", "未到期".to_owned()),
        };
        Some(DutyView {
            key: due.key.clone(),
            title: &duty.title,
            period: due.period.clone(),
            source: &duty.source,
            printed: duty.printed,
            by: match duty.by {
                By::Committee => "业委会",
                By::Neighborhood => "社区",
                By::Street => "街道",
            },
            due_on: due.due_on.to_string(),
            state,
            words: found.map(|it| it.words.clone()),
            grade: found.and_then(|it| it.grade).map(Grade::words),
            graded: duty.graded,
            // What was not done in time is owed after the term, too: handing over, auditing.
            can_fulfil: found.is_none() && fulfils(duty.by),
        })
    };
    let mut all: Vec<DutyView> = owed(&PACK, it, soon).iter().filter(seen).filter_map(view).collect();
    // What is late first, what is done last; among themselves by day.
    let rank = |it: &DutyView| ["late", "soon", "open", "done"].iter().position(|known| *known == it.state.0);
    all.sort_by_key(rank);
    // What was done last is read first.
    let open = all.iter().position(|it| it.state.0 == "done").unwrap_or(all.len());
    all[open..].reverse();
    all
}

pub(crate) fn committee(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<CommitteeView, Problem> {
    let it = store::load(tx, vault, id)?;
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let _seen = policy::may_see(&actor, &it.place)?;
    let community = communities::load(tx, it.place.community.into())?;
    let community = communities::shown(tx, community)?;
    let done = store::duties(tx, id)?;
    let sitting = it.sitting().count();
    let party = it.sitting().filter(|it| it.party).count();
    let whole = it.term_ends_on.since(it.elected_on).map_or(1, |it| it.get_days().max(1));
    let gone = today.since(it.elected_on).map_or(0, |it| it.get_days());
    let member = |(at, it): (usize, &super::types::Member)| MemberView {
        at,
        name: it.name.clone(),
        post: post(it.post),
        origin: origin(it.origin),
        party: it.party,
        joined: it.joined.map(|it| format!("{}补选", it.on)),
        left: it.left.as_ref().map(|(on, why)| format!("{on}离任：{why}")),
    };
    let can_keep = it.ended.is_none() && policy::may_keep(&actor, &it.place).is_ok();
    let vacant = if by_elections::is_too_small(&it) { 0 } else { by_elections::vacant(&it) };
    let by_elections = if can_keep { by_elections::of(tx, &it)? } else { vec![] };
    Ok(CommitteeView {
        vacant,
        by_elections,
        id,
        name: name(&it),
        elected_on: it.elected_on.to_string(),
        term_ends_on: it.term_ends_on.to_string(),
        clock: clock(&it, today),
        percent: i64::from(gone * 100 / whole).clamp(0, 100),
        members: it.members.iter().enumerate().map(member).collect(),
        party: format!("{party}/{sitting}"),
        crossing: rules::crossing(&it),
        warnings: if it.ended.is_some() { vec![] } else { rules::warnings(&PACK, &it, today) },
        duties: duties(&it, &done, today, |by| policy::may_fulfil(&actor, &it.place, by).is_ok()),
        done_count: done.len(),
        pack: &PACK.title,
        ended: it.ended.as_ref().map(|it| (it.0.to_string(), it.1.clone())),
        can_keep,
        community,
    })
}

/// A committee in the list.
#[derive(Debug)]
pub(crate) struct CommitteeLine {
    pub(crate) id: CommitteeId,
    pub(crate) community: String,
    pub(crate) name: String,
    pub(crate) term_ends_on: String,
    pub(crate) clock: (&'static str, String),
    pub(crate) members: String,
    pub(crate) late: usize,
}

#[derive(Debug)]
pub(crate) struct CommitteeList {
    pub(crate) lines: Vec<CommitteeLine>,
    pub(crate) next: Option<String>,
    /// 小区, 已成立, 届满未换.
    pub(crate) communities: i64,
    pub(crate) sitting: i64,
    pub(crate) expired: i64,
    /// Whether there is more than one community to cover.
    pub(crate) covers: bool,
}

const PAGE: usize = 50;

/// Sitting committees by the end of their term; only those that end within three months when asked so.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    vault: &Vault,
    ending: bool,
    after: &str,
) -> Result<CommitteeList, Problem> {
    let _may = policy::may_list(&tx.ctx.actor)?;
    let (scope, today) = (policy::visible(&tx.ctx.actor), tx.ctx.today());
    let until = ending.then(|| today.saturating_add(3.months()));
    let after = after.split_once('_').and_then(|(day, id)| Some((day.parse().ok()?, id.parse().ok()?)));
    let mut found = store::list(tx, vault, &scope, until, after, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| format!("{}_{}", it.term_ends_on, it.id));
    let mut lines = vec![];
    for it in &found {
        let done = store::duties(tx, it.id)?;
        let late = owed(&PACK, it, today).into_iter().filter(|due| due.due_on < today);
        let late = late.filter(|due| done.iter().all(|it| it.key != due.key)).count();
        lines.push(CommitteeLine {
            id: it.id,
            community: communities::load(tx, it.place.community.into())?.name,
            name: name(it),
            term_ends_on: it.term_ends_on.to_string(),
            clock: clock(it, today),
            members: format!("{}/{}", it.sitting().count(), it.seats),
            late,
        });
    }
    Ok(CommitteeList {
        lines,
        next,
        communities: communities::how_many(tx)?,
        sitting: store::count(tx, &scope, None)?,
        expired: store::count(tx, &scope, Some(today))?,
        covers: !matches!(scope, Scope::Community(_)),
    })
}

/// Sitting committees whose term ends by a day: id, community and body, last day.
pub(crate) fn ending(
    tx: &mut Tx<'_>,
    vault: &Vault,
    scope: &Scope,
    until: Date,
    limit: i64,
) -> Result<Vec<(CommitteeId, String, Date)>, Problem> {
    let mut lines = vec![];
    for it in store::list(tx, vault, scope, Some(until), None, limit)? {
        let community = communities::load(tx, it.place.community.into())?.name;
        lines.push((it.id, format!("{community} {}", name(&it)), it.term_ends_on));
    }
    Ok(lines)
}

/// What the committee of a scope owes and has not done, of the half year behind and the month ahead.
pub(crate) fn owed_soon(
    tx: &mut Tx<'_>,
    vault: &Vault,
    scope: &Scope,
) -> Result<Vec<(CommitteeId, String, Date)>, Problem> {
    let today = tx.ctx.today();
    let (from, until) = (today.saturating_sub(6.months()), today.saturating_add(1.month()));
    let mut lines = vec![];
    for it in store::list(tx, vault, scope, None, None, 1)? {
        let done = store::duties(tx, it.id)?;
        for due in owed(&PACK, &it, until) {
            let near = from <= due.due_on && due.due_on <= until;
            let Some(duty) = PACK.duty(&due.code).filter(|_| near) else { continue };
            if done.iter().all(|it| it.key != due.key) {
                let period =
                    if due.period.is_empty() { String::new() } else { format!("（{}）", due.period) };
                lines.push((it.id, format!("{}{period}", duty.title), due.due_on));
            }
        }
    }
    Ok(lines)
}

/// The committees that sit within a scope, at most a hundred, each with the one before it.
pub(crate) fn watched_of(tx: &mut Tx<'_>, vault: &Vault, scope: &Scope) -> Result<Vec<CommitteeId>, Problem> {
    let mut ids = vec![];
    for it in store::list(tx, vault, scope, None, None, 100)? {
        ids.push(it.id);
        ids.extend(before_in(tx, vault, it.place.community)?);
    }
    Ok(ids)
}

/// The committee that sat in a community last and has ended: what is audited of it goes on.
pub(crate) fn before_in(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: i64,
) -> Result<Option<CommitteeId>, Problem> {
    Ok(store::before(tx, vault, community)?.map(|it| it.id))
}

/// The committee that sits in a community now.
pub(crate) fn sitting_in(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: i64,
) -> Result<Option<CommitteeId>, Problem> {
    let newest = store::newest(tx, vault, community)?;
    Ok(newest.filter(|it| it.ended.is_none()).map(|it| it.id))
}

/// Who sits in the committee of a community now.
pub(crate) fn sitting_names(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Vec<String>, Problem> {
    let newest = store::newest(tx, vault, community)?.filter(|it| it.ended.is_none());
    Ok(newest.iter().flat_map(|it| it.sitting()).map(|it| it.name.clone()).collect())
}

/// The community whose committee may be registered.
pub(crate) fn blank(tx: &mut Tx<'_>, id: CommunityId) -> Result<CommunityView, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_keep(&tx.ctx.actor, &community.place)?;
    communities::shown(tx, community)
}

/// Whether this hat has a list of committees.
pub(crate) fn may_list(actor: &kernel::Actor) -> bool {
    policy::may_list(actor).is_ok()
}

/// Whether this hat reads what there is of the committees there.
pub(crate) fn may_read(tx: &Tx<'_>, place: &kernel::Place) -> bool {
    policy::may_see(&tx.ctx.actor, place).is_ok()
}

/// Whether this hat registers terms from papers there; those that were elected here are registered from their vote.
pub(crate) fn may_file(tx: &Tx<'_>, place: &kernel::Place) -> bool {
    policy::may_file(&tx.ctx.actor, place).is_ok()
}

/// Everything a committee owed by a day, whether it was done or not.
#[cfg(feature = "seeding")]
pub(crate) fn owed_by(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    day: Date,
) -> Result<Vec<Due>, Problem> {
    let committee = store::load(tx, vault, id)?;
    Ok(owed(&PACK, &committee, day).into_iter().filter(|it| it.due_on <= day).collect())
}

/// A committee, for whoever may look into it.
pub(crate) fn seen(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<Committee, Problem> {
    let it = store::load(tx, vault, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &it.place)?;
    Ok(it)
}
