//! 纸质票录入: two people read the same sheet without seeing what the other typed; what agrees becomes a ballot.

use std::collections::BTreeMap;

use ::store::{Recorded, StoreError, Tx};
use app::{Sealed, Vault};
use kernel::{Problem, Tenant};
use serde_json::json;

use super::{
    actions::{Text, keep, void_ballot},
    events::SheetEntered,
    precedence::{self, Arrival, Standing},
    rules::{self, VotingRefusal},
    store,
    types::{Channel, Reading, Sheet, SheetId, SheetState},
};
use crate::{
    decisions::{self, DecisionId, policy as staff},
    mandates::{self, types::Mandate},
    records, rolls,
};

/// 录入: the first time, the second, or again after the two did not agree.
pub(crate) fn enter(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &BTreeMap<String, String>,
) -> Result<((SheetState, Vec<&'static str>), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = staff::may_canvass(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    let (number, read) = rules::reading(&decision.agenda, form)?;
    let noticed = rules::may_enter(&decision, read.received_at, tx.ctx.now)?;
    let unit = match rolls::unit(tx, vault, noticed.roll, &read.unit) {
        Ok(unit) => unit,
        Err(StoreError::Missing) => {
            let message = format!("名册里没有“{}”，请按名册上的写法填写房号", read.unit);
            return Err(Problem::Invalid(vec![kernel::FieldError::new("unit", message)]));
        }
        Err(other) => return Err(other.into()),
    };
    if read.by_mandate {
        mandates::signed_by(tx, vault, id, noticed.roll, &unit)?;
    }
    rules::must_be_its_number(&number, rolls::number_of(tx, noticed.roll, &read.unit)?, &read.unit)?;
    let by = tx.ctx.actor.user;
    let sheet = store::sheet(tx, id, &number)?;
    let first = sheet.as_ref().map(|it| opened(vault, &it.first)).transpose()?;
    let state = rules::entered(sheet.as_ref().zip(first.as_ref()), by, &number, &read)?;
    let differs = match (&first, state) {
        (Some(first), SheetState::Differs) => rules::differences(first, &read),
        _ => vec![],
    };
    let text = serde_json::to_string(&read).map_err(StoreError::from)?;
    let sealed = vault.seal(&text).map_err(Problem::Broken)?.0;
    let id_of = SheetId::from(tx.ctx.new_id(Tenant::of_id(id.into())));
    let sheet_id = sheet.as_ref().map_or(id_of, |it| it.id);
    let fresh = Sheet {
        id: sheet_id,
        number: number.clone(),
        unit: read.unit.clone(),
        building: unit.building.clone(),
        received_at: read.received_at,
        first_by: by,
        first: sealed.clone(),
        second: None,
        state,
        version: 1,
    };
    match sheet {
        None => store::add_sheet(tx, id, &fresh)?,
        Some(before) if state == SheetState::Once => {
            store::save_sheet(tx, id, &Sheet { version: before.version, ..fresh })?;
        }
        Some(before) => {
            store::save_sheet(tx, id, &Sheet { second: Some((by, sealed)), state, ..before })?;
        }
    }
    if state == SheetState::Agreed {
        let sheets = store::sheets(tx, id)?;
        let here = |it: &&Sheet| it.state == SheetState::Agreed && it.building == unit.building;
        rules::must_fit(&decision, &unit.building, sheets.iter().filter(here).count())?;
        let twin = sheets
            .iter()
            .find(|it| it.state == SheetState::Agreed && it.unit == read.unit && it.number != number);
        if let Some(twin) = twin {
            return Err(VotingRefusal::PaperTwice(twin.number.clone()).into());
        }
        let mandate = match read.by_mandate {
            true => Some(mandates::signed_by(tx, vault, id, noticed.roll, &unit)?),
            false => None,
        };
        let own = rolls::units_of_owners(tx, noticed.roll, &unit)?;
        let standing = mandates::standing_for(tx, vault, id, &own)?;
        let received = kernel::beijing_date(read.received_at);
        mandates::rules::must_be_ours(standing.as_ref(), mandate.as_ref(), received)?;
        let covered = mandates::rules::covered(&decision.agenda, mandate.as_ref(), received)?;
        let mut choices = read.choices.clone();
        choices.retain(|id, _| covered.iter().any(|it| it.id == *id));
        let before = Standing::of(&decision.terms, &store::ballots_of(tx, id, &read.unit)?);
        let proxy = mandate.as_ref().is_some_and(Mandate::is_proxy);
        let arrival = Arrival { channel: Channel::Paper, at: read.received_at, proxy };
        let counts = precedence::replaces(&decision.terms, &before, arrival)?;
        let roll = rolls::load(tx, noticed.roll)?.digest;
        let text = Text {
            roll: &roll,
            unit: &read.unit,
            sheet: Some(&number),
            mandate: mandate.as_ref(),
            at: read.received_at,
            choices: &choices,
            account: 0,
        };
        keep(tx, vault, &decision, Channel::Paper, &text, counts)?;
        if counts && before.counts.is_some_and(|it| it.channel == Channel::Online) {
            let words = "您这套房屋交了纸质票，按公告以纸质票为准，网上那一张不再计入";
            let units = std::slice::from_ref(&read.unit);
            crate::notices::owners_of_units(tx, &decision, units, &format!("paper:{number}"), words)?;
        }
    }
    let recorded = tx.record(permit, &SheetEntered { decision: id, sheet: sheet_id, state: state.code() })?;
    Ok(((state, differs), recorded))
}

/// 作废录入: with its reason in the log; the number is free again.
pub(crate) fn void(
    tx: &mut Tx<'_>,
    id: DecisionId,
    number: &str,
    reason: &str,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = staff::may_canvass(&tx.ctx.actor, &decision.place)?;
    decisions::standing::must_stand_back(tx, &decision)?;
    let sheet = store::sheet(tx, id, number)?.ok_or(Problem::NotFound)?;
    let reason = rules::void_sheet(&decision, &sheet, reason)?;
    if sheet.state == SheetState::Agreed {
        let kept = store::ballots_of(tx, id, &sheet.unit)?;
        let kept = kept.into_iter().rev().find(|it| it.channel == Channel::Paper && !it.void);
        let n = kept.ok_or(Problem::NotFound)?.n;
        void_ballot(tx, &decision, n, &sheet.unit, &reason)?;
    }
    let state = SheetState::Void;
    let sheet_id = sheet.id;
    store::save_sheet(tx, id, &Sheet { state, ..sheet })?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    records::append(tx, id, "sheet_void", &json!({ "number": number, "reason": reason, "by": by }))?;
    let event = SheetEntered { decision: id, sheet: sheet_id, state: state.code() };
    Ok(((), tx.record(permit, &event)?))
}

pub(crate) fn opened(vault: &Vault, sealed: &str) -> Result<Reading, Problem> {
    let text = vault.open_sealed(&Sealed(sealed.to_owned())).map_err(Problem::Broken)?;
    Ok(serde_json::from_str(&text).map_err(StoreError::from)?)
}
