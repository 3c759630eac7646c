//! What there is to see of a spot check: for those who ask, the sheet; for everybody, what it came to.

use ::store::Tx;
use app::Vault;
use kernel::{Problem, beijing_minute};

use super::{
    policy, rules, store,
    types::{Call, CallState, SpotCheck},
};
use crate::{
    counting,
    decisions::{self, Decision, DecisionId, Stage, labels},
    rolls::{self, types::Holder},
    voting::{self, queries::ItemView},
};

#[derive(Debug)]
pub(crate) struct SpotChecksView {
    pub(crate) decision: Decision,
    /// The newest posted result.
    pub(crate) version: i64,
    pub(crate) drawn: Option<DrawnView>,
    pub(crate) can_draw: bool,
    /// Share in percent, how many are asked, of how many.
    pub(crate) shares: Vec<(String, String)>,
    pub(crate) items: Vec<ItemView>,
}

#[derive(Debug)]
pub(crate) struct DrawnView {
    pub(crate) version: i64,
    pub(crate) seed: String,
    pub(crate) at: String,
    pub(crate) told: Told,
    pub(crate) calls: Vec<CallView>,
}

/// What it came to so far.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) drawn: usize,
    pub(crate) agree: usize,
    pub(crate) differ: usize,
    pub(crate) unreached: usize,
    pub(crate) share: u32,
    pub(crate) confidence: String,
}

#[derive(Debug)]
pub(crate) struct CallView {
    pub(crate) place: i64,
    pub(crate) unit: String,
    pub(crate) owners: String,
    pub(crate) channel: &'static str,
    pub(crate) cast_at: String,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) is_waiting: bool,
    pub(crate) note: String,
}

pub(crate) fn spot_checks(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<SpotChecksView, Problem> {
    let decision = decisions::store::load(tx, id)?;
    let _may = policy::may_ask(&tx.ctx.actor, &decision.place)?;
    let newest = counting::store::results(tx, id)?.into_iter().next();
    let version = newest.map(|it| it.n).ok_or(rules::SpotCheckRefusal::NotCounted)?;
    let check = store::newest(tx, id)?;
    let can_draw = matches!(decision.stage, Stage::Provisional(..))
        && check.as_ref().is_none_or(|it| it.version < version);
    let drawn = match check {
        Some(it) => Some(drawn(tx, vault, &decision, &it)?),
        None => None,
    };
    let share = |it: &u32| {
        let words = format!("{it}%以上的票有误（问{}户，不足的全部问）", rules::size(*it));
        (it.to_string(), words)
    };
    Ok(SpotChecksView {
        version,
        drawn,
        can_draw,
        shares: rules::SHARES.iter().map(share).collect(),
        items: voting::queries::items(&decision.agenda),
        decision,
    })
}

fn drawn(
    tx: &mut Tx<'_>,
    vault: &Vault,
    decision: &Decision,
    check: &SpotCheck,
) -> Result<DrawnView, Problem> {
    let noticed = *decision.stage.noticed().ok_or(Problem::NotFound)?;
    let all = store::calls(tx, check)?;
    let told = sum(check, &all);
    let mut calls = vec![];
    for it in all {
        let unit = rolls::unit(tx, vault, noticed.roll, &it.unit)?;
        let names = unit.contact.names.iter().map(|it| identifiers::mask_name(it));
        let owners = match unit.holder {
            Holder::Developer => "建设单位".to_owned(),
            Holder::Owner => names.collect::<Vec<_>>().join("、"),
        };
        let ballots = voting::store::ballots_of(tx, check.decision, &it.unit)?;
        let ballot = ballots.into_iter().find(|kept| kept.n == it.ballot).ok_or(Problem::NotFound)?;
        calls.push(CallView {
            place: it.place,
            unit: it.unit,
            owners,
            channel: labels::channel(ballot.channel.code()),
            cast_at: beijing_minute(ballot.at),
            state: it.state.label(),
            is_waiting: matches!(it.state, CallState::Waiting | CallState::Unreached),
            note: it.note,
        });
    }
    let (version, seed, at) = (check.version, check.seed.clone(), beijing_minute(check.at));
    Ok(DrawnView { version, seed, at, told, calls })
}

fn sum(check: &SpotCheck, calls: &[Call]) -> Told {
    let of = |states: &[CallState]| calls.iter().filter(|it| states.contains(&it.state)).count();
    let agree = of(&[CallState::Agrees]);
    Told {
        drawn: calls.len(),
        agree,
        differ: of(&[CallState::Differs, CallState::Denied]),
        unreached: of(&[CallState::Unreached]),
        share: check.share,
        confidence: rules::confidence(check.share, agree),
    }
}

/// For everybody: what it came to so far; nothing of whom was asked.
pub(crate) fn told(tx: &mut Tx<'_>, id: DecisionId) -> Result<Option<Told>, Problem> {
    let Some(check) = store::newest(tx, id)? else { return Ok(None) };
    let calls = store::calls(tx, &check)?;
    Ok(Some(sum(&check, &calls)))
}

impl Told {
    /// In a sentence; how sure one may be is said only while nothing speaks against it.
    pub(crate) fn sentence(&self) -> String {
        let Self { drawn, agree, differ, unreached, share, confidence } = self;
        if agree + differ + unreached == 0 {
            return format!("抽出{drawn}户，还没有开始回访。");
        }
        let mut said = format!("抽出{drawn}户，问到{}户，{agree}户与票一致", agree + differ);
        if 0 < *differ {
            said += &format!("，{differ}户不一致，由街道核查");
        }
        if 0 < *unreached {
            said += &format!("，{unreached}户联系不上");
        }
        if *differ == 0 && 0 < *agree && *agree == *drawn {
            said += "，抽出的全部一致";
        }
        if *differ == 0 && 0 < *agree {
            said += &format!("。如果有{share}%以上的票有误，这样抽查有{confidence}%的把握已经发现");
        }
        said + "。"
    }
}
