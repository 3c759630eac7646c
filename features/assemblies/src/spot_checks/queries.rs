//! What there is to see of a spot check: for those who ask, the sheet; for everybody, what it came to.

use std::collections::BTreeMap;

use ::store::Tx;
use app::{Sealed, Vault};
use kernel::{Problem, beijing_minute};

use super::{
    policy, rules, store,
    types::{Call, CallState, SpotCheck},
};
use crate::{
    counting,
    decisions::{self, Decision, DecisionId, Stage, labels},
    mandates,
    records::BallotText,
    rolls::{self, types::Holder},
    voting::{self, queries::ItemView},
};

#[derive(Debug)]
pub(crate) struct SpotChecksView {
    pub(crate) decision: Decision,
    pub(crate) community: String,
    /// The newest posted result.
    pub(crate) version: i64,
    pub(crate) drawn: Option<DrawnView>,
    pub(crate) can_draw: bool,
    pub(crate) can_hear: bool,
    /// Share in percent, how many are asked, of how many.
    pub(crate) shares: Vec<(String, String)>,
    pub(crate) items: Vec<ItemView>,
}

#[derive(Debug)]
pub(crate) struct DrawnView {
    pub(crate) seed: String,
    pub(crate) at: String,
    pub(crate) told: Told,
    pub(crate) calls: Vec<CallView>,
}

/// What it came to so far.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) drawn: usize,
    pub(crate) version: i64,
    pub(crate) waiting: usize,
    pub(crate) agree: usize,
    pub(crate) partly: usize,
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
    /// Who voted, when it was not the owner: that person is asked.
    pub(crate) hand: Option<&'static str>,
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
    let can_hear = matches!(decision.stage, Stage::Provisional(..))
        && check.as_ref().is_some_and(|it| it.version == version);
    let drawn = match check {
        Some(it) => Some(drawn(tx, vault, &decision, &it)?),
        None => None,
    };
    let share = |it: &u32| {
        let words = format!("{it}%以上的票有误（问{}户，不足的全部问）", rules::size(*it));
        (it.to_string(), words)
    };
    Ok(SpotChecksView {
        community: registry::communities::load(tx, decision.place.community.into())?.name,
        version,
        drawn,
        can_draw,
        can_hear,
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
    let hands: BTreeMap<String, &'static str> = mandates::of_decision(tx, vault, decision.id)?
        .into_iter()
        .map(|it| (it.id.to_string(), it.kind.label()))
        .collect();
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
        let text = vault.open_sealed(&Sealed(ballot.sealed.clone())).map_err(Problem::Broken)?;
        let text: BallotText = serde_json::from_str(&text).map_err(::store::StoreError::from)?;
        calls.push(CallView {
            hand: text.mandate.as_ref().and_then(|it| hands.get(it).copied()),
            place: it.place,
            unit: it.unit,
            owners,
            channel: labels::channel(ballot.channel.code()),
            cast_at: beijing_minute(ballot.at),
            state: it.state.label(),
            is_waiting: matches!(it.state, CallState::Waiting | CallState::Unreached | CallState::Partly),
            note: it.note,
        });
    }
    let (seed, at) = (check.seed.clone(), beijing_minute(check.at));
    Ok(DrawnView { seed, at, told, calls })
}

fn sum(check: &SpotCheck, calls: &[Call]) -> Told {
    let of = |states: &[CallState]| calls.iter().filter(|it| states.contains(&it.state)).count();
    let agree = of(&[CallState::Agrees]);
    Told {
        version: check.version,
        drawn: calls.len(),
        waiting: of(&[CallState::Waiting]),
        partly: of(&[CallState::Partly]),
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
    /// In a sentence; how sure one may be is said only when all were asked and nothing speaks against it.
    pub(crate) fn sentence(&self) -> String {
        let Self { version, drawn, waiting, agree, partly, differ, unreached, share, confidence } = self;
        let asked = agree + partly + differ;
        if asked + unreached == 0 {
            return format!("第{version}版结果抽出{drawn}户，还没有开始回访。");
        }
        let mut said = format!("第{version}版结果抽出{drawn}户，问到{asked}户，{agree}户与票一致");
        for (n, words) in
            [(partly, "户记得的部分一致"), (differ, "户不一致，由街道核查"), (unreached, "户联系不上")]
        {
            if 0 < *n {
                said += &format!("，{n}{words}");
            }
        }
        if 0 < *waiting {
            said += &format!("，还有{waiting}户待回访");
        } else if *differ == 0 && 0 < *agree {
            let without = if 0 < partly + unreached { "只按全部一致的计，" } else { "" };
            said += &format!("。{without}如果有{share}%以上的票有误，这样抽查有{confidence}%的把握已经发现");
        }
        said + "。"
    }
}
