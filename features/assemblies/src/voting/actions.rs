//! The verbs of letters and of voting online. Each one: load, permit, decide, save, record.

use std::collections::BTreeMap;

use ::store::{Recorded, Tx};
use app::Vault;
use jiff::Timestamp;
use kernel::{Permit, Problem};

use super::{
    events::{BallotsCast, LetterReissued, LettersPrinted},
    homes, letters, policy,
    precedence::{self, Arrival, Standing},
    rules::{self, VotingRefusal},
    store,
    types::{Cast, Channel, Effective, KeptBallot, Key, Letter, Printed, Receipt},
};
use crate::{
    decisions::{self, Decision, DecisionId, policy as staff},
    mandates::{self, types::Mandate},
    records::{self, BallotText},
    rolls::{
        self,
        types::{RollId, Unit},
    },
};

/// One letter per unit of the roll, within the unit of work that gives notice.
pub(crate) fn write_letters(
    tx: &mut Tx<'_>,
    vault: &Vault,
    decision: &Decision,
    roll: RollId,
) -> Result<(), Problem> {
    for unit in rolls::units(tx, None, roll)? {
        let code = letters::code_of(vault, decision.id, &unit.unit, 1)?;
        store::add_letter(tx, decision.id, &unit.unit, &letters::digest(vault, &code))?;
    }
    Ok(())
}

/// One more try of a sender, unless there were too many within the hour.
pub(crate) fn count_try(tx: &mut Tx<'_>, sender: &str) -> Result<bool, Problem> {
    tx.try_again(&format!("vote {sender}"), rules::MOST_TRIES, 1, "assemblies.vote")
}

/// What a key opens.
pub(crate) struct Held {
    pub(crate) permit: Permit,
    pub(crate) decision: Decision,
    /// The units this key votes for.
    pub(crate) units: Vec<Unit>,
    /// Every unit of the same owners, whether it stands under this key or not: a mandate of one is of all.
    pub(crate) of_owners: Vec<Unit>,
    /// In the owner's stead.
    pub(crate) mandate: Option<Mandate>,
}

/// What a key opens: whoever has it may vote, in this decision, for every unit of the same owners.
pub(crate) fn held(tx: &mut Tx<'_>, vault: &Vault, key: &Key) -> Result<Held, Problem> {
    let mut mandate = None;
    let (permit, decision, own) = match key {
        Key::Letter(code) => {
            let wrong = || VotingRefusal::WrongCode;
            let code = identifiers::typed_code(code, rules::CODE_LENGTH).ok_or_else(wrong)?;
            let digest = letters::digest(vault, &code);
            let (id, unit) = match store::letter_of(tx, &digest)? {
                Some(it) => (it.decision, it.unit),
                None => {
                    let it = mandates::of_code(tx, vault, &digest)?.ok_or_else(wrong)?;
                    let found = (it.decision, it.unit.clone());
                    mandate = Some(it);
                    found
                }
            };
            let decision = decisions::store::load(tx, id)?;
            let noticed = decision.stage.noticed().ok_or(VotingRefusal::NotNoticed)?;
            let own = rolls::unit(tx, vault, noticed.roll, &unit)?;
            (policy::may_vote()?, decision, own)
        }
        Key::Home(decision, home) => {
            let home = owners::bound(tx, *home)?;
            let permit = policy::may_vote_for(&tx.ctx.actor, home.person)?;
            let decision = decisions::store::load(tx, *decision)?;
            if decision.place.community != home.community {
                return Err(Problem::NotFound);
            }
            let own = homes::unit_of(tx, &decision, &home)?;
            (permit, decision, own)
        }
    };
    let noticed = decision.stage.noticed().ok_or(VotingRefusal::NotNoticed)?;
    let of_owners = rolls::units_of_owners(tx, noticed.roll, &own)?;
    let mut units = of_owners.clone();
    if matches!(key, Key::Home(..)) {
        let person = tx.ctx.actor.user;
        let bound = homes::units_of_account(tx, &decision, person)?;
        units.retain(|it| bound.contains(&it.unit));
    }
    Ok(Held { permit, decision, units, of_owners, mandate })
}

/// 投票 — for every unit of the same owners that can still be voted for, in one go.
pub(crate) fn cast(
    tx: &mut Tx<'_>,
    vault: &Vault,
    key: &Key,
    form: &BTreeMap<String, String>,
) -> Result<(Cast, Recorded), Problem> {
    let Held { permit, decision, units, of_owners, mandate } = held(tx, vault, key)?;
    rules::must_be_bare(&decision.agenda, form)?;
    let now = tx.ctx.now;
    let noticed = rules::must_be_open(&decision, now)?;
    let standing = mandates::standing_for(tx, vault, decision.id, &of_owners)?;
    mandates::rules::must_be_ours(standing.as_ref(), mandate.as_ref(), tx.ctx.today())?;
    let items = mandates::rules::covered(&decision.agenda, mandate.as_ref(), tx.ctx.today())?;
    let choices = rules::choices(&items, form, false)?;
    let roll = rolls::load(tx, noticed.roll)?.digest;
    let account = account_of(tx, key);
    let proxy = mandate.as_ref().is_some_and(Mandate::is_proxy);
    let arrival = Arrival { channel: Channel::Online, at: now, proxy };
    let (mut receipts, mut skipped) = (vec![], vec![]);
    let mut told: BTreeMap<&str, (i64, Vec<String>)> = BTreeMap::new();
    for unit in units {
        let before = Standing::of(&decision.terms, &store::ballots_of(tx, decision.id, &unit.unit)?);
        match precedence::taken(&decision.terms, &before, arrival, account) {
            Err(refused) => skipped.push((unit.unit, refused)),
            Ok(counts) => {
                let text = Text {
                    roll: &roll,
                    unit: &unit.unit,
                    sheet: None,
                    mandate: mandate.as_ref(),
                    at: now,
                    choices: &choices,
                    account,
                };
                let receipt = keep(tx, vault, &decision, Channel::Online, &text, counts)?;
                if let Some(words) = precedence::told(before.counts.as_ref(), proxy, account) {
                    told.entry(words).or_insert((receipt.n, vec![])).1.push(unit.unit.clone());
                }
                receipts.push(receipt);
            }
        }
    }
    if receipts.is_empty()
        && let Some((_, refused)) = skipped.pop()
    {
        return Err(refused.into());
    }
    for (words, (n, units)) in told {
        crate::notices::owners_of_units(tx, &decision, &units, &format!("ballot:{n}"), words)?;
    }
    let id = decision.id;
    let leaves = receipts.iter().map(|it| it.n).collect();
    let skipped = skipped.into_iter().map(|(unit, why)| (unit, why.to_string())).collect();
    Ok((Cast { decision: id, receipts, skipped }, tx.record(permit, &BallotsCast { decision: id, leaves })?))
}

/// The account a key belongs to; 0 for a letter, which is whoever's hand it is in.
pub(crate) fn account_of(tx: &Tx<'_>, key: &Key) -> i64 {
    match key {
        Key::Home(..) => tx.ctx.actor.user.into(),
        Key::Letter(_) => 0,
    }
}

/// What a ballot says besides whose decision it is for.
pub(crate) struct Text<'a> {
    pub(crate) roll: &'a str,
    pub(crate) unit: &'a str,
    pub(crate) sheet: Option<&'a str>,
    pub(crate) mandate: Option<&'a Mandate>,
    /// Kept beside the ballot, not in it.
    pub(crate) account: i64,
    pub(crate) at: Timestamp,
    pub(crate) choices: &'a BTreeMap<String, String>,
}

/// A ballot as leaf and sealed text; it counts for its unit when the rule says so.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    vault: &Vault,
    decision: &Decision,
    channel: Channel,
    text: &Text<'_>,
    counts: bool,
) -> Result<Receipt, Problem> {
    let nonce = app::random_hex(16).map_err(Problem::Broken)?;
    let body = records::ballot_text(&BallotText {
        decision: decision.id.to_string(),
        roll: text.roll.to_owned(),
        unit: text.unit.to_owned(),
        channel: channel.code().to_owned(),
        sheet: text.sheet.map(str::to_owned),
        mandate: text.mandate.map(|it| it.id.to_string()),
        at: text.at,
        choices: text.choices.clone(),
        nonce: nonce.clone(),
    })?;
    let hash = records::commitment(&body);
    let n = records::append_ballot(tx, decision.id, &hash)?;
    let sealed = vault.seal(&body).map_err(Problem::Broken)?.0;
    let (unit, at, account) = (text.unit.to_owned(), text.at, text.account);
    let proxy = text.mandate.is_some_and(Mandate::is_proxy);
    let kept = KeptBallot { n, unit: unit.clone(), channel, at, sealed, void: false, proxy, account };
    store::add_ballot(tx, decision.id, &kept)?;
    if counts {
        let effective = Effective { unit: unit.clone(), ballot: n, channel, at, proxy, account };
        store::put_effective(tx, decision.id, &effective)?;
    }
    Ok(Receipt { unit, n, hash, nonce, at })
}

/// 打印表决凭证 of a building: how many were printed by whom is kept in the log of the vote.
pub(crate) fn print(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    building: &str,
) -> Result<(Printed, Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = staff::may_print(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    let noticed = rules::must_call(&decision, tx.ctx.now)?;
    let here = rolls::units_of_building(tx, None, noticed.roll, building)?;
    let mut printed = vec![];
    for unit in &here {
        let letter = store::letter(tx, id, &unit.unit)?;
        let code = letters::printed(vault, &letter)?;
        printed.push((letter, code));
    }
    if printed.is_empty() {
        return Err(Problem::NotFound);
    }
    let by = i64::from(tx.ctx.actor.user).to_string();
    records::append(
        tx,
        id,
        "letters",
        &serde_json::json!({ "building": building, "letters": printed.len(), "by": by }),
    )?;
    let letters = printed.len();
    let community = registry::communities::load(tx, decision.place.community.into())?.name;
    let printed = Printed { community, decision, letters: printed };
    Ok((printed, tx.record(permit, &LettersPrinted { decision: id, letters })?))
}

/// 重发凭证: the letter before opens nothing any more.
pub(crate) fn reissue(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    unit: &str,
) -> Result<(Printed, Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = staff::may_print(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    rules::must_call(&decision, tx.ctx.now)?;
    let before = store::letter(tx, id, unit)?;
    let serial = before.serial + 1;
    let code = letters::code_of(vault, id, unit, serial)?;
    store::reissue(tx, id, unit, &letters::digest(vault, &code))?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    records::append(tx, id, "reissue", &serde_json::json!({ "unit": unit, "serial": serial, "by": by }))?;
    let letter = Letter { serial, delivered_at: None, how: String::new(), ..before };
    let code = letters::printed(vault, &letter)?;
    let community = registry::communities::load(tx, decision.place.community.into())?.name;
    let printed = Printed { community, decision, letters: vec![(letter, code)] };
    Ok((printed, tx.record(permit, &LetterReissued { decision: id, serial })?))
}

/// 作废一张票: it stays in the log and does not count; what came for the unit before it may count again.
pub(crate) fn void_ballot(
    tx: &mut Tx<'_>,
    decision: &Decision,
    n: i64,
    unit: &str,
    reason: &str,
) -> Result<(), Problem> {
    store::void_ballot(tx, decision.id, n)?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    records::append(
        tx,
        decision.id,
        "void",
        &serde_json::json!({ "ballot": n, "reason": reason, "by": by }),
    )?;
    let left = store::ballots_of(tx, decision.id, unit)?;
    match precedence::effective(&decision.terms, &left).into_values().next() {
        Some(it) => store::put_effective(tx, decision.id, &it)?,
        None => store::drop_effective(tx, decision.id, unit)?,
    }
    Ok(())
}
