//! What there is to see of preparations: of a community, one with its group and tasks, what is posted, what is due.

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::Problem;
use registry::{
    communities::{self, CommunityId, CommunityView},
    divisions,
};

use super::{
    policy,
    rules::{self, PACK},
    store,
    types::{Founding, FoundingId, Kind, Stage},
};
use crate::{
    counting, decisions,
    objections::{self, Circle, ObjectionView},
};

const MOST: i64 = 50;

#[derive(Debug)]
pub(crate) struct FoundingLine {
    pub(crate) id: FoundingId,
    pub(crate) kind: &'static str,
    pub(crate) applied_on: String,
    pub(crate) state: (&'static str, String),
}

/// 筹备工作, and the day it was done.
#[derive(Debug)]
pub(crate) struct TaskView {
    pub(crate) code: &'static str,
    pub(crate) says: &'static str,
    pub(crate) done_on: Option<String>,
}

#[derive(Debug)]
pub(crate) struct FoundingView {
    pub(crate) id: FoundingId,
    pub(crate) community: CommunityView,
    pub(crate) line: FoundingLine,
    pub(crate) ground: String,
    /// Name, whom they stand for, whether they head the group.
    pub(crate) members: Vec<(String, &'static str, bool)>,
    pub(crate) recommended: String,
    pub(crate) reviewed: String,
    pub(crate) posted: Option<String>,
    pub(crate) tasks: Vec<TaskView>,
    pub(crate) reelects: bool,
    /// Final decisions it may be completed by.
    pub(crate) decisions: Vec<(String, String)>,
    pub(crate) source: &'static str,
    pub(crate) version: i64,
    pub(crate) can_group: bool,
    pub(crate) can_confirm: bool,
    pub(crate) can_prepare: bool,
    pub(crate) can_complete: bool,
    pub(crate) can_end: bool,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) can_answer: bool,
}

/// 名单公告, for everybody: names masked.
#[derive(Debug)]
pub(crate) struct PostedGroup {
    pub(crate) id: FoundingId,
    pub(crate) community: CommunityView,
    pub(crate) kind: &'static str,
    pub(crate) ground: String,
    pub(crate) said: String,
    /// Whom they stand for, name, whether they head the group.
    pub(crate) members: Vec<(&'static str, String, bool)>,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) can_object: bool,
}

/// What the form of an application offers.
#[derive(Debug)]
pub(crate) struct BlankView {
    pub(crate) community: CommunityView,
    pub(crate) conditions: Vec<(String, String)>,
    pub(crate) title: &'static str,
}

fn line(it: &Founding, today: Date) -> FoundingLine {
    let label = rules::label(&it.stage);
    let state = match (&it.stage, rules::due(&PACK, it)) {
        (Stage::Done { on, .. }, _) => ("good", format!("{label}（{on}）")),
        (Stage::Ended { on, reason }, _) => ("refused", format!("{label}（{on}）：{reason}")),
        (_, Some((by, _))) if by < today => ("late", format!("{label}，应在{by}前")),
        (_, Some((by, what))) => ("open", format!("{label}，{by}前{what}")),
        (_, None) => ("open", label.to_owned()),
    };
    FoundingLine { id: it.id, kind: it.kind.label(), applied_on: it.applied_on.to_string(), state }
}

/// The preparations of a community, the newest first; none for whoever may not look.
pub(crate) fn of_community(
    tx: &mut Tx<'_>,
    vault: &Vault,
    place: &kernel::Place,
) -> Result<(Vec<FoundingLine>, bool), Problem> {
    let actor = tx.ctx.actor.clone();
    if policy::may_see(&actor, place).is_err() {
        return Ok((vec![], false));
    }
    let today = tx.ctx.today();
    let all = store::of_community(tx, vault, place.community)?;
    let running = all.iter().any(|it| it.stage.is_open());
    let can_apply = !running && policy::may_apply(&actor, place).is_ok();
    Ok((all.iter().map(|it| line(it, today)).collect(), can_apply))
}

/// The code of the county a place lies in, which says whose rule it follows.
pub(crate) fn place_code(tx: &mut Tx<'_>, place: &kernel::Place) -> Result<String, Problem> {
    let street = divisions::division(tx, place.subdistrict.into())?;
    Ok(match street.parent {
        Some(county) => divisions::division(tx, county)?.code,
        None => street.code,
    })
}

pub(crate) fn blank(tx: &mut Tx<'_>, id: CommunityId) -> Result<BlankView, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_apply(&tx.ctx.actor, &community.place)?;
    let code = place_code(tx, &community.place)?;
    let own = |it: &rules::Condition| (it.code.clone(), format!("{}：{}", it.title, it.says));
    Ok(BlankView {
        community: communities::shown(tx, community)?,
        conditions: PACK.conditions_of(&code).into_iter().map(own).collect(),
        title: &PACK.title,
    })
}

pub(crate) fn founding(tx: &mut Tx<'_>, vault: &Vault, id: FoundingId) -> Result<FoundingView, Problem> {
    let it = store::load(tx, vault, id)?;
    let (actor, place) = (tx.ctx.actor.clone(), it.place);
    let _seen = policy::may_see(&actor, &place)?;
    let community = communities::load(tx, place.community.into())?;
    let leads = policy::may_lead(&actor, &place).is_ok();
    let formed = matches!(it.stage, Stage::Formed { .. });
    let decided = decisions::store::of_community(tx, place.community)?;
    let mut own = vec![];
    for known in decided {
        let passed = counting::passed(tx, &known)?;
        if rules::is_its_own(&it, &known, &passed) {
            own.push((known.id.to_string(), known.title));
        }
    }
    let task = |task: &'static rules::Task| TaskView {
        code: &task.code,
        says: &task.says,
        done_on: it.tasks.iter().find(|done| done.0 == task.code).map(|it| it.1.to_string()),
    };
    Ok(FoundingView {
        id,
        line: line(&it, tx.ctx.today()),
        community: communities::shown(tx, community)?,
        ground: it.ground.clone(),
        members: it.group.members.iter().map(|it| (it.name.clone(), it.side.label(), it.head)).collect(),
        recommended: it.group.recommended.clone(),
        reviewed: it.group.reviewed.clone(),
        posted: match it.stage {
            Stage::Posted { on } => Some(format!("{on}公告，至{}", rules::posted_until(&PACK, on))),
            _ => None,
        },
        tasks: PACK.tasks.iter().map(task).collect(),
        reelects: it.kind == Kind::Reelection,
        decisions: own,
        version: it.version,
        source: &PACK.source,
        can_group: leads && matches!(it.stage, Stage::Applied | Stage::Posted { .. }),
        can_confirm: leads && matches!(it.stage, Stage::Posted { .. }),
        can_prepare: formed && policy::may_prepare(&actor, &place).is_ok(),
        can_complete: leads && formed,
        can_end: leads && it.stage.is_open(),
        objections: objections::of_subject(tx, Circle::Office(vault), &it.place, id.into())?,
        can_answer: matches!(it.stage, Stage::Posted { .. }),
    })
}

/// The list of a group as everybody reads it, with what was objected and answered.
pub(crate) fn posting(tx: &mut Tx<'_>, vault: &Vault, id: FoundingId) -> Result<PostedGroup, Problem> {
    let it = store::load(tx, vault, id)?;
    if !matches!(it.stage, Stage::Posted { .. } | Stage::Formed { .. } | Stage::Done { .. }) {
        return Err(Problem::NotFound);
    }
    let community = communities::load(tx, it.place.community.into())?;
    Ok(PostedGroup {
        id,
        community: communities::shown(tx, community)?,
        kind: it.kind.label(),
        ground: it.ground.clone(),
        said: said(&it),
        members: it
            .group
            .members
            .iter()
            .map(|it| (it.side.label(), identifiers::mask_name(&it.name), it.head))
            .collect(),
        objections: objections::of_subject(tx, Circle::Public, &it.place, id.into())?,
        can_object: rules::is_posted(&PACK, &it, tx.ctx.today()),
    })
}

fn said(it: &Founding) -> String {
    match it.stage {
        Stage::Posted { on } => {
            format!("成员名单{on}公告，到{}；有异议的请在公告期内提出", rules::posted_until(&PACK, on))
        }
        Stage::Done { on, .. } => format!("{on}完成"),
        _ => "已成立，正在筹备业主大会会议".to_owned(),
    }
}

/// A list of members that is posted, or a group at work: what everybody reads on the board, names masked.
pub(crate) fn posted(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: i64,
) -> Result<Option<(FoundingId, &'static str, String, String)>, Problem> {
    let all = store::of_community(tx, vault, community)?;
    let Some(it) = all.iter().find(|it| matches!(it.stage, Stage::Posted { .. } | Stage::Formed { .. }))
    else {
        return Ok(None);
    };
    let said = said(it);
    let members = it.group.members.iter().map(|it| {
        let head = if it.head { "（组长）" } else { "" };
        format!("{} {}{head}", it.side.label(), identifiers::mask_name(&it.name))
    });
    Ok(Some((it.id, it.kind.label(), said, members.collect::<Vec<_>>().join("、"))))
}

/// What a street or neighborhood has to do, by day.
pub(crate) fn due(tx: &mut Tx<'_>, vault: &Vault) -> Result<Vec<(Date, String, FoundingId)>, Problem> {
    let actor = tx.ctx.actor.clone();
    let scope = policy::visible(&actor);
    let mut due = vec![];
    if scope == kernel::Scope::Nothing {
        return Ok(due);
    }
    for stage in ["applied", "posted", "formed"] {
        for it in store::of_stage(tx, vault, &scope, stage, MOST)? {
            let own = policy::may_lead(&actor, &it.place).is_ok()
                || (stage == "formed" && policy::may_prepare(&actor, &it.place).is_ok());
            if let Some((day, what)) = rules::due(&PACK, &it).filter(|_| own) {
                let community = communities::load(tx, it.place.community.into())?.name;
                due.push((day, format!("{what}：{community} {}", it.kind.label()), it.id));
            }
        }
    }
    Ok(due)
}

/// 筹备工作 that is to be done before a first committee is voted on (指导规则 Art. 12), as long as a group prepares it.
pub(crate) fn unprepared(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Vec<String>, Problem> {
    let all = store::of_community(tx, vault, community)?;
    let preparing = all.into_iter().find(|it| it.kind == Kind::First && it.stage.is_open());
    Ok(preparing.map(|it| rules::before_election(&PACK, &it)).unwrap_or_default())
}

/// Whether a group's list may be objected to now; one that was never posted is nobody's.
pub(crate) fn is_posted(tx: &mut Tx<'_>, vault: &Vault, id: FoundingId) -> Result<bool, Problem> {
    let it = store::load(tx, vault, id)?;
    if it.stage == Stage::Applied {
        return Err(Problem::NotFound);
    }
    Ok(rules::is_posted(&PACK, &it, tx.ctx.today()))
}

/// Where a group prepares, and whether objections to its list can be answered now.
pub(crate) fn heard_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: FoundingId,
) -> Result<(kernel::Place, bool), Problem> {
    let it = store::load(tx, vault, id)?;
    Ok((it.place, matches!(it.stage, Stage::Posted { .. })))
}
