//! 见证: which programs may co-sign a log, and the lines they sent.

use ::store::{Recorded, Result as Stored, Tx};
use app::Vault;
use ed25519_dalek::{SigningKey, VerifyingKey};
use kernel::{FieldError, Problem, Refusal};
use serde::Deserialize;
use serde_json::json;

use super::{
    cosigning,
    events::{Cosigned, WitnessAdded, WitnessWithdrawn},
    rules, store,
};
use crate::decisions::{self, DecisionId, Stage, policy};

const MOST: usize = 5;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum WitnessRefusal {
    #[error("一次表决最多登记{MOST}个见证")]
    TooMany,
    #[error("只有公告之后、封票之前可以登记或撤销见证")]
    NotNow,
    #[error("没有这个见证，或签名与检查点不符")]
    Wrong,
}

impl Refusal for WitnessRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooMany => "assemblies.witnesses_many",
            Self::NotNow => "assemblies.witness_stage",
            Self::Wrong => "assemblies.witness_wrong",
        }
    }
}

/// 登记见证, as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Registering {
    pub(crate) name: String,
    pub(crate) key: String,
}

/// 撤销登记, by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Withdrawing {
    pub(crate) name: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Witness {
    pub(crate) name: String,
    pub(crate) key: String,
}

/// A line a witness sent: of how many leaves, whose, the line, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) size: i64,
    pub(crate) name: String,
    pub(crate) line: String,
    pub(crate) at: jiff::Timestamp,
}

pub(crate) fn key_of(text: &str) -> Option<VerifyingKey> {
    let bytes = rules::bytes(text)?;
    VerifyingKey::from_bytes(&<[u8; 32]>::try_from(bytes).ok()?).ok().filter(|it| !it.is_weak())
}

/// 登记见证 — by the street, which settles disputes; from here on the log says whose signature it waits for.
pub(crate) fn register(
    tx: &mut Tx<'_>,
    id: DecisionId,
    form: &Registering,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_answer(&tx.ctx.actor, &decision.place)?;
    if !matches!(decision.stage, Stage::Noticed(_)) {
        return Err(WitnessRefusal::NotNow.into());
    }
    let known = store::witnesses(tx, id)?;
    if MOST <= known.len() {
        return Err(WitnessRefusal::TooMany.into());
    }
    let (mut errors, name, key) = (vec![], form.name.trim().to_owned(), form.key.trim().to_lowercase());
    let plain = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | '/');
    if !(3..=60).contains(&name.len()) || !name.chars().all(plain) {
        errors.push(FieldError::new("name", "名称用3至60个字母、数字、点和横线，如 jiedao.shucheng"));
    } else if known.iter().any(|it| it.name == name) {
        errors.push(FieldError::new("name", "这个名称已经登记，请换一个"));
    }
    if key_of(&key).is_none() {
        errors.push(FieldError::new("key", "请填写见证程序显示的公钥，64位十六进制数字"));
    }
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    store::add_witness(tx, id, &Witness { name: name.clone(), key: key.clone() })?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    super::append(tx, id, "witness", &json!({ "name": name, "key": key, "by": by }))?;
    Ok(((), tx.record(permit, &WitnessAdded { decision: id, name })?))
}

/// 撤销登记 — a key that was mistyped or lost would leave the record waiting for a signature that never comes. The log tells both.
pub(crate) fn withdraw(
    tx: &mut Tx<'_>,
    id: DecisionId,
    form: &Withdrawing,
) -> Result<((), Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_answer(&tx.ctx.actor, &decision.place)?;
    if !matches!(decision.stage, Stage::Noticed(_)) {
        return Err(WitnessRefusal::NotNow.into());
    }
    let name = form.name.trim().to_owned();
    if !store::witnesses(tx, id)?.iter().any(|it| it.name == name) {
        return Err(Problem::NotFound);
    }
    store::drop_witness(tx, id, &name)?;
    let by = i64::from(tx.ctx.actor.user).to_string();
    super::append(tx, id, "witness_end", &json!({ "name": name, "by": by }))?;
    Ok(((), tx.record(permit, &WitnessWithdrawn { decision: id, name })?))
}

/// 联署 — a line that comes from a witness of this log, on a head this house has signed. It is proven by its signature alone.
pub(crate) fn cosign(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    size: i64,
    line: &str,
) -> Result<((), Recorded), Problem> {
    let permit = policy::may_cosign()?;
    let name = signer(tx, vault, id, size, line)?;
    let line = line.trim_end().to_owned();
    store::add_cosignature(tx, id, &Line { size, name: name.clone(), line, at: tx.ctx.now })?;
    Ok(((), tx.record(permit, &Cosigned { decision: id, size, name })?))
}

/// Whether the witness of this line has signed this head before; refused when it is nobody's line.
pub(crate) fn is_taken(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    size: i64,
    line: &str,
) -> Result<bool, Problem> {
    let name = signer(tx, vault, id, size, line)?;
    Ok(store::cosignature_at(tx, id, size, &name)?.is_some())
}

/// The witness whose line on a head of this house it is.
fn signer(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId, size: i64, line: &str) -> Result<String, Problem> {
    let key = SigningKey::from_bytes(&vault.log_seed()).verifying_key();
    let note = store::checkpoint_at(tx, id, size)?.ok_or(WitnessRefusal::Wrong)?;
    let head = rules::opened(&note.note, &key).ok_or(WitnessRefusal::Wrong)?;
    let of = |it: &Witness| key_of(&it.key).and_then(|key| cosigning::cosigned(line, &it.name, &key, head));
    let witness = store::witnesses(tx, id)?.into_iter().find(|it| of(it).is_some());
    Ok(witness.ok_or(WitnessRefusal::Wrong)?.name)
}

/// A witness as the log page tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) witness: Witness,
    /// Of its newest line: how many leaves it covers, and when it came.
    pub(crate) newest: Option<(i64, String)>,
}

/// Every witness with its newest line.
pub(crate) fn newest(tx: &mut Tx<'_>, id: DecisionId) -> Stored<Vec<Seen>> {
    let mut seen = vec![];
    for witness in store::witnesses(tx, id)? {
        let newest = store::newest_cosignature(tx, id, &witness.name)?;
        let newest = newest.map(|it| (it.size, kernel::beijing_minute(it.at)));
        seen.push(Seen { witness, newest });
    }
    Ok(seen)
}
