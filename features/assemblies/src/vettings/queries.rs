//! What there is to see of candidates: to the vetting group why, to the others whether.

use std::collections::BTreeMap;

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::Problem;
use registry::communities::{self, CommunityId, CommunityView};

use super::{
    policy,
    rules::{self, PACK},
    store,
    types::{Candidate, CandidateId, Nominator, Stage},
};
use crate::{
    advices,
    calls::{self, CallLine},
    checklists,
    committees::{evaluations, types::Origin},
    decisions::Decision,
};

#[derive(Debug)]
pub(crate) struct CandidateLine {
    pub(crate) id: CandidateId,
    pub(crate) name: String,
    pub(crate) party: bool,
    pub(crate) origin: &'static str,
    pub(crate) nominated_by: &'static str,
    pub(crate) due_on: String,
    pub(crate) state: (&'static str, &'static str),
}

#[derive(Debug)]
pub(crate) struct CandidateList {
    pub(crate) community: CommunityView,
    pub(crate) lines: Vec<CandidateLine>,
    /// How those who passed stand to the advice, or to what is usual.
    pub(crate) structure: Vec<String>,
    /// 结构建议: day, measures, reasons.
    pub(crate) advice: Option<(String, String, String)>,
    pub(crate) title: &'static str,
    pub(crate) conditions: Vec<String>,
    /// Whose list, of when.
    pub(crate) checklist: String,
    /// 候选人征集 and who put oneself forward.
    pub(crate) calls: Vec<CallLine>,
    pub(crate) can_call: bool,
    pub(crate) can_advise: bool,
    /// 述职评议, for those who vet.
    pub(crate) evaluations: Vec<String>,
    pub(crate) can_nominate: bool,
    pub(crate) can_vet: bool,
}

#[derive(Debug)]
pub(crate) struct CandidateView {
    pub(crate) line: CandidateLine,
    pub(crate) community: CommunityView,
    /// Code and name of a department, and what it said.
    pub(crate) bodies: Vec<BodyView>,
    pub(crate) negatives: Vec<(String, String)>,
    /// Whose list it was opened under.
    pub(crate) checklist: String,
    pub(crate) can_record: bool,
    pub(crate) can_conclude: bool,
}

#[derive(Debug)]
pub(crate) struct BodyView {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) state: (&'static str, String),
    pub(crate) document: Option<String>,
}

fn line(it: &Candidate) -> CandidateLine {
    CandidateLine {
        id: it.id,
        name: it.name.clone(),
        party: it.party,
        origin: Origin::ALL.iter().find(|known| known.0 == it.origin).map_or("", |it| it.2),
        nominated_by: Nominator::ALL.iter().find(|known| known.0 == it.nominated_by).map_or("", |it| it.2),
        due_on: it.due_on.to_string(),
        state: match it.stage {
            Stage::Open => ("open", "联审中"),
            Stage::Passed(_) => ("good", "通过"),
            Stage::Refused(_) => ("refused", "不通过"),
        },
    }
}

pub(crate) fn list(tx: &mut Tx<'_>, vault: &Vault, id: CommunityId) -> Result<CandidateList, Problem> {
    let community = communities::load(tx, id)?;
    let (actor, place) = (tx.ctx.actor.clone(), community.place);
    let _seen = policy::may_see(&actor, &place)?;
    let all = store::of_community(tx, vault, place.community)?;
    let can_vet = policy::may_vet(&actor, &place).is_ok();
    let evaluations = if can_vet { evaluations::of(tx, vault, place.community)? } else { vec![] };
    let passed = all.iter().filter(|it| matches!(it.stage, Stage::Passed(_)));
    let passed: Vec<_> = passed.map(|it| (it.party, rules::serves_both(it.origin), it.born)).collect();
    let advice = advices::newest(tx, place)?;
    let asked =
        advice.as_ref().map_or((PACK.party_percent as i64, 0), |it| (it.party_percent, it.cross_percent));
    let year = i64::from(tx.ctx.today().year());
    let list = checklists::newest(tx, place.tenant)?;
    let calls = calls::lines(tx, vault, &community)?;
    Ok(CandidateList {
        structure: advices::rules::compared(&passed, asked, advice.as_ref().map(|it| it.ages), year),
        advice: advice.map(|it| (it.given_on.to_string(), it.says(), it.words)),
        // One at a time: the next is called for when the last was announced.
        can_call: calls::may_open(&actor, &place).is_ok()
            && calls.first().is_none_or(|it| it.call.announced.is_some()),
        calls,
        can_advise: advices::may_give(&actor, &place).is_ok(),
        checklist: list.title(),
        lines: all.iter().map(line).collect(),
        community: communities::shown(tx, community)?,
        title: &PACK.title,
        conditions: list.conditions,
        can_nominate: policy::may_nominate(&actor, &place).is_ok(),
        can_vet,
        evaluations,
    })
}

/// The last word on each name of a community's candidates: passed, refused, or still being asked about.
fn words_on(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<BTreeMap<String, Stage>, Problem> {
    let mut known: Vec<Candidate> = store::of_community(tx, vault, community)?;
    known.sort_by_key(|it| it.id);
    Ok(known.into_iter().map(|it| (it.name, it.stage)).collect())
}

/// The candidates' names of an agenda.
fn candidates(decision: &Decision) -> Vec<&str> {
    decision.agenda.iter().filter_map(|it| it.candidate()).collect()
}

/// A candidate of this agenda whose vetting said no.
pub(crate) fn refused_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    decision: &Decision,
) -> Result<Option<String>, Problem> {
    let said = words_on(tx, vault, decision.place.community)?;
    let refused = |it: &&str| matches!(said.get(*it), Some(Stage::Refused(_)));
    Ok(candidates(decision).into_iter().find(refused).map(str::to_owned))
}

/// Candidates of this agenda whose vetting has not passed, for whoever drafts to see in time.
pub(crate) fn unvetted_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    decision: &Decision,
) -> Result<Vec<String>, Problem> {
    let said = words_on(tx, vault, decision.place.community)?;
    let passed = |it: &&str| matches!(said.get(*it), Some(Stage::Passed(_)));
    Ok(candidates(decision).into_iter().filter(|it| !passed(it)).map(str::to_owned).collect())
}

/// Whether the last vetting of somebody said no.
pub(crate) fn is_refused(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: i64,
    name: &str,
) -> Result<bool, Problem> {
    Ok(matches!(words_on(tx, vault, community)?.get(name), Some(Stage::Refused(_))))
}

/// The names of those who were opened after a day and passed, and whether somebody of then is still being asked about.
pub(crate) fn passed_since(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: i64,
    since: Date,
) -> Result<(Vec<String>, bool), Problem> {
    let mut all = store::of_community(tx, vault, community)?;
    all.retain(|it| since < it.opened_on);
    all.sort_by_key(|it| it.id);
    // The last word on each name, in the order they first stood.
    let mut words: Vec<(String, Stage)> = vec![];
    for it in all {
        match words.iter_mut().find(|known| known.0 == it.name) {
            Some(known) => known.1 = it.stage,
            None => words.push((it.name, it.stage)),
        }
    }
    let waits = words.iter().any(|it| it.1 == Stage::Open);
    let passed = words.into_iter().filter(|it| matches!(it.1, Stage::Passed(_)));
    Ok((passed.map(|it| it.0).collect(), waits))
}

/// One candidate with the opinions: for the vetting group alone.
pub(crate) fn candidate(tx: &mut Tx<'_>, vault: &Vault, id: CandidateId) -> Result<CandidateView, Problem> {
    let it = store::load(tx, vault, id)?;
    let actor = tx.ctx.actor.clone();
    let _vets = policy::may_vet(&actor, &it.place)?;
    let given = store::opinions(tx, id)?;
    let list = checklists::version(tx, it.place.tenant, it.checklist)?;
    let overdue = it.due_on < tx.ctx.today();
    let body = |body: &'static rules::Body| {
        let found = given.iter().find(|it| it.body == body.code);
        let state = match found.map(|it| &it.fails) {
            Some(Some(code)) => ("refused", format!("不通过：{}", list.says(code))),
            Some(None) => ("good", "通过".to_owned()),
            None if overdue => ("late", "逾期未回复".to_owned()),
            None => ("open", "待回复".to_owned()),
        };
        BodyView { code: &body.code, name: &body.name, state, document: found.map(|it| it.document.clone()) }
    };
    let open = it.stage == Stage::Open;
    let community = communities::load(tx, it.place.community.into())?;
    Ok(CandidateView {
        line: line(&it),
        community: communities::shown(tx, community)?,
        bodies: PACK.bodies.iter().map(body).collect(),
        checklist: list.title(),
        negatives: list.negatives.into_iter().map(|it| (it.code, it.says)).collect(),
        can_record: open && policy::may_record(&actor, &it.place).is_ok(),
        can_conclude: open && policy::may_conclude(&actor, &it.place).is_ok(),
    })
}
