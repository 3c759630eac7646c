//! What other rooms' verbs write into the log, within their own units of work.

use ::store::{Recorded, Tx};
use app::Vault;
use ed25519_dalek::SigningKey;
use kernel::Problem;
use serde_json::Value;

use super::{bundle, events::RecordTaken, rules, store, types::Leaf};
use crate::decisions::{self, DecisionId, policy};

/// Another step as a leaf. Says its number.
pub(crate) fn append(tx: &mut Tx<'_>, id: DecisionId, kind: &str, body: &Value) -> Result<i64, Problem> {
    put(tx, id, kind, body.to_string())
}

/// A ballot as a leaf, by its commitment alone.
pub(crate) fn append_ballot(tx: &mut Tx<'_>, id: DecisionId, commitment: &str) -> Result<i64, Problem> {
    put(tx, id, "ballot", commitment.to_owned())
}

fn put(tx: &mut Tx<'_>, id: DecisionId, kind: &str, body: String) -> Result<i64, Problem> {
    let (n, at) = (store::next(tx, id)?, tx.ctx.now);
    let hash = rules::commitment(&rules::leaf_text(kind, at, &body));
    store::add(tx, id, &Leaf { n, kind: kind.to_owned(), hash, body, at })?;
    Ok(n)
}

/// Signs the log as it stands now.
pub(crate) fn checkpoint(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<(), Problem> {
    let hashes = store::hashes(tx, id)?;
    let tree = rules::tree(&hashes).ok_or_else(|| Problem::Broken(anyhow::anyhow!("a leaf is no hash")))?;
    let key = SigningKey::from_bytes(&vault.log_seed());
    let text = rules::id_text(id);
    let note = rules::sign(&key, &text, &rules::head(&text, &tree));
    let at = tx.ctx.now;
    store::add_checkpoint(tx, id, hashes.len() as i64, &note, at)?;
    Ok(store::sign(tx, id, hashes.len() as i64)?)
}

/// 下载全部票据: who took it is kept.
pub(crate) fn take(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<(Vec<u8>, Recorded), Problem> {
    let decision = decisions::store::load(tx, id)?;
    let permit = policy::may_observe(&tx.ctx.actor, &decision.place)?;
    // What came since the clock signed last is signed with it: a record whose end nobody signed does not hold.
    if matches!(decision.stage, decisions::Stage::Provisional(..) | decisions::Stage::Final(..)) {
        checkpoint(tx, vault, id)?;
    }
    let bundle = bundle::of(tx, vault, &decision)?;
    Ok((bundle, tx.record(permit, &RecordTaken { decision: id })?))
}
