//! What there is to see of sessions: the list, one with its record, what the public reads.

use ::store::Tx;
use app::{Sealed, Vault};
use jiff::civil::Date;
use kernel::Problem;

use super::{
    policy, rules, store,
    types::{SEALED, Session, Stage},
};
use crate::committees::{self, types::CommitteeId};

#[derive(Debug)]
pub(crate) struct SessionLine {
    pub(crate) n: i64,
    pub(crate) title: String,
    pub(crate) held_on: String,
    pub(crate) state: (&'static str, String),
}

#[derive(Debug)]
pub(crate) struct SessionList {
    pub(crate) name: String,
    pub(crate) lines: Vec<SessionLine>,
    pub(crate) can_call: bool,
}

/// 议题, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemView {
    pub(crate) title: String,
    pub(crate) state: Option<(&'static str, String)>,
}

#[derive(Debug)]
pub(crate) struct SessionView {
    pub(crate) name: String,
    pub(crate) line: SessionLine,
    pub(crate) room: String,
    pub(crate) called_on: String,
    pub(crate) proposed_on: Option<String>,
    pub(crate) items: Vec<ItemView>,
    /// Place in the list, name, whether they were present.
    pub(crate) members: Vec<(usize, String, bool)>,
    pub(crate) attendance: Option<String>,
    pub(crate) record: Option<String>,
    pub(crate) post_by: String,
    pub(crate) can_record: bool,
    pub(crate) can_publish: bool,
    pub(crate) can_cancel: bool,
}

fn state(it: &Session, today: Date) -> (&'static str, String) {
    match &it.stage {
        Stage::Called if today < it.held_on => ("soon", "已召集".to_owned()),
        Stage::Called => ("open", "待登记记录".to_owned()),
        Stage::Cancelled { reason } => ("refused", format!("已取消：{reason}")),
        Stage::Held(held) if !held.has_quorum() => ("refused", "到会未过半数，没有形成决定".to_owned()),
        Stage::Held(held) => match held.published_on {
            Some(on) if rules::post_by(it) < on => ("done", format!("{on}公布（逾期）")),
            Some(on) => ("good", format!("{on}公布")),
            None if rules::post_by(it) < today => ("late", "决定逾期未公布".to_owned()),
            None => ("open", format!("待公布，{}前", rules::post_by(it))),
        },
    }
}

fn line(it: &Session, today: Date) -> SessionLine {
    SessionLine { n: it.n, title: it.title.clone(), held_on: it.held_on.to_string(), state: state(it, today) }
}

fn items(it: &Session) -> Vec<ItemView> {
    let view = |(n, title): (usize, &String)| {
        let state = match &it.stage {
            Stage::Held(held) if held.has_quorum() => {
                let agreed = held.agreed.get(n).copied().unwrap_or_default();
                let (colour, words) =
                    if held.has_passed(n) { ("good", "通过") } else { ("refused", "未通过") };
                Some((colour, format!("{words}（全体{}人，{agreed}人签字同意）", held.sitting)))
            }
            _ => None,
        };
        ItemView { title: title.clone(), state }
    };
    it.agenda.iter().enumerate().map(view).collect()
}

pub(crate) fn list(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<SessionList, Problem> {
    let committee = committees::seen(tx, vault, id)?;
    let today = tx.ctx.today();
    Ok(SessionList {
        name: committees::name(&committee),
        lines: store::of_committee(tx, id)?.iter().map(|it| line(it, today)).collect(),
        can_call: policy::may_hold(&tx.ctx.actor, &committee.place).is_ok() && committee.ended.is_none(),
    })
}

pub(crate) fn session(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommitteeId,
    n: i64,
) -> Result<SessionView, Problem> {
    let committee = committees::seen(tx, vault, id)?;
    let it = store::load(tx, id, n)?;
    let today = tx.ctx.today();
    let holds = policy::may_hold(&tx.ctx.actor, &committee.place).is_ok();
    let held = match &it.stage {
        Stage::Held(held) => Some(held),
        _ => None,
    };
    let member = |(at, member): (usize, &committees::types::Member)| {
        let sat = committee.sitting().any(|known| std::ptr::eq(known, member));
        let came = held.is_some_and(|it| it.present.contains(&at));
        (sat || came).then(|| (at, member.name.clone(), came))
    };
    let members: Vec<_> = committee.members.iter().enumerate().filter_map(member).collect();
    Ok(SessionView {
        name: committees::name(&committee),
        line: line(&it, today),
        room: it.room.clone(),
        called_on: it.called_on.to_string(),
        proposed_on: it.proposed_on.map(|it| it.to_string()),
        items: items(&it),
        attendance: held.map(|it| {
            let names: Vec<&str> = members.iter().filter(|it| it.2).map(|it| it.1.as_str()).collect();
            format!("全体{}人，到会{}人：{}", it.sitting, it.present.len(), names.join("、"))
        }),
        record: held.map(|it| opened(vault, &it.record)).transpose()?,
        members,
        post_by: rules::post_by(&it).to_string(),
        can_record: holds && it.stage == Stage::Called && it.held_on <= today,
        can_publish: holds && held.is_some_and(|it| it.has_quorum() && it.published_on.is_none()),
        can_cancel: holds && it.stage == Stage::Called,
    })
}

fn opened(vault: &Vault, record: &str) -> Result<String, Problem> {
    match record.strip_prefix(SEALED) {
        Some(sealed) => vault.open_sealed(&Sealed(sealed.to_owned())).map_err(Problem::Broken),
        None => Ok(record.to_owned()),
    }
}

/// What the owners read on the board: sessions called, and what posted ones decided; never who said what.
pub(crate) fn posted(
    tx: &mut Tx<'_>,
    id: CommitteeId,
) -> Result<Vec<(String, String, Vec<ItemView>)>, Problem> {
    let today = tx.ctx.today();
    let mut posted = vec![];
    for it in store::of_committee(tx, id)? {
        let day = match &it.stage {
            Stage::Called if today <= it.held_on => format!("定于{}召开，{}", it.held_on, it.room),
            Stage::Held(held) if held.published_on.is_some() => format!("{}召开", it.held_on),
            _ => continue,
        };
        posted.push((it.title.clone(), day, items(&it)));
    }
    posted.truncate(6);
    Ok(posted)
}

/// Resolutions that passed, newest session first: the session's number and the words.
pub(crate) fn passed(tx: &mut Tx<'_>, id: CommitteeId) -> Result<Vec<(i64, String)>, Problem> {
    let mut passed = vec![];
    for it in store::of_committee(tx, id)? {
        if let Stage::Held(held) = &it.stage {
            let items = it.agenda.iter().enumerate().filter(|(at, _)| held.has_passed(*at));
            let words: Vec<&str> = items.map(|it| it.1.as_str()).collect();
            if !words.is_empty() {
                passed.push((it.n, format!("{}：{}", it.title, words.join("；"))));
            }
        }
    }
    Ok(passed)
}

/// What a committee has to do about its sessions: day, words, number.
pub(crate) fn upcoming(tx: &mut Tx<'_>, id: CommitteeId) -> Result<Vec<(Date, String, i64)>, Problem> {
    let mut due = vec![];
    for it in store::of_committee(tx, id)? {
        match &it.stage {
            Stage::Called => due.push((it.held_on, format!("业委会会议：{}", it.title), it.n)),
            Stage::Held(held) if held.has_quorum() && held.published_on.is_none() => {
                due.push((rules::post_by(&it), format!("公布会议决定：{}", it.title), it.n));
            }
            _ => {}
        }
    }
    Ok(due)
}
