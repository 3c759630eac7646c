//! Every audit chain walked from its beginning: what was changed, taken out, put in or cut off no longer fits.

use std::collections::BTreeSet;

use ed25519_dalek::{Signature, Verifier as _};
use kernel::{Ctx, Problem};

use crate::{
    Result, Seal, Store, Tx,
    audit::{LATE, STEP, digest, head_text, link, tenants_with},
};

/// The newest signed head of a tenant's chain. Kept outside the store too, it shows when a chain was cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub tenant: i64,
    pub seq: i64,
    pub hash: String,
    pub signature: String,
}

/// What checking one tenant's chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub tenant: i64,
    pub sealed: i64,
    /// Written but not chained yet; more than a second's worth is a finding.
    pub unsealed: i64,
    pub faults: Vec<String>,
}

/// Where a walk along a chain stands.
#[derive(Debug, Clone, Default)]
struct Walk {
    seq: i64,
    hash: String,
    newest: i64,
    done: bool,
    faults: Vec<String>,
}

/// Walks every chain, a step at a time so that a long one is no long read. `kept` are heads that were kept elsewhere.
///
/// # Errors
/// When the store refuses.
pub async fn verify(
    store: &Store,
    ctx: &Ctx,
    seal: &Seal,
    kept: &[Head],
) -> std::result::Result<Vec<Verified>, Problem> {
    let mut tenants = store.read(ctx.clone(), |tx| Ok(every_tenant(tx)?)).await?;
    tenants.extend(kept.iter().map(|it| it.tenant));
    let mut checked = vec![];
    for tenant in tenants {
        let kept: Vec<Head> = kept.iter().filter(|it| it.tenant == tenant).cloned().collect();
        let mut walk = Walk::default();
        while !walk.done {
            let (so_far, kept) = (walk, kept.clone());
            walk = store.read(ctx.clone(), move |tx| Ok(step(tx, tenant, so_far.clone(), &kept)?)).await?;
        }
        for it in &kept {
            if !is_signed(seal, it) {
                walk.faults.push("外存链头的签名不符，外存文件可能被改写".to_owned());
            } else if walk.seq < it.seq {
                walk.faults
                    .push(format!("审计链比外存链头短：外存记到第 {} 条，现有 {} 条", it.seq, walk.seq));
            }
        }
        let (seal, end) = (seal.clone(), walk.clone());
        checked.push(store.read(ctx.clone(), move |tx| Ok(close(tx, tenant, &end, &seal)?)).await?);
    }
    Ok(checked)
}

/// The newest head of every chain, to be kept elsewhere.
///
/// # Errors
/// When the store refuses.
pub fn heads(tx: &mut Tx<'_>) -> Result<Vec<Head>> {
    let mut found = vec![];
    for tenant in tenants_with(tx, include_str!("sql/next_signed.sql"))? {
        found.extend(last_head(tx, tenant)?);
    }
    Ok(found)
}

/// A tenant that has any row, seal or head: one whose rows are all gone still has its seals.
fn every_tenant(tx: &mut Tx<'_>) -> Result<BTreeSet<i64>> {
    let mut all = BTreeSet::new();
    let drawers = [
        include_str!("sql/next_audited.sql"),
        include_str!("sql/next_sealed.sql"),
        include_str!("sql/next_signed.sql"),
    ];
    for drawer in drawers {
        all.extend(tenants_with(tx, drawer)?);
    }
    Ok(all)
}

fn step(tx: &mut Tx<'_>, tenant: i64, mut walk: Walk, kept: &[Head]) -> Result<Walk> {
    let args = [tenant.into(), walk.seq.into(), STEP.into()];
    let rows = tx.all(include_str!("sql/sealed.sql"), &args, |it| {
        let own = if it.maybe_int("id")?.is_some() { Some((it.int("id")?, digest(it)?)) } else { None };
        Ok((it.int("seq")?, it.text("hash")?, own))
    })?;
    for (n, hash, own) in &rows {
        let expected = own.as_ref().map(|(_, digest)| link(&walk.hash, digest));
        if *n != walk.seq + 1 || expected.as_ref() != Some(hash) {
            walk.faults.push(format!("第 {n} 条审计记录与链不符"));
        }
        if kept.iter().any(|it| it.seq == *n && it.hash != *hash) {
            walk.faults.push(format!("第 {n} 条与外存链头不符，链可能被整体改写"));
        }
        walk.newest = own.as_ref().map_or(walk.newest, |(id, _)| walk.newest.max(*id));
        (walk.hash, walk.seq) = (hash.clone(), *n);
    }
    walk.done = rows.is_empty() || !walk.faults.is_empty();
    Ok(walk)
}

fn close(tx: &mut Tx<'_>, tenant: i64, walk: &Walk, seal: &Seal) -> Result<Verified> {
    let mut faults = walk.faults.clone();
    match last_head(tx, tenant)? {
        None if 0 < walk.seq => faults.push("缺少链头，链头可能被删除".to_owned()),
        Some(it) => {
            // While this walk went on the sealer may have gone further; a head behind the walk is one that was cut.
            let fits = walk.seq < it.seq || (it.seq, &it.hash) == (walk.seq, &walk.hash);
            if !is_signed(seal, &it) || (faults.is_empty() && !fits) {
                faults.push("链头签名不符，链可能被整体改写".to_owned());
            } else if faults.is_empty() && walk.seq < it.seq {
                let args = [tenant.into(), (it.seq - 1).into(), 1.into()];
                let there = tx.maybe(include_str!("sql/sealed.sql"), &args, |row| row.text("hash"))?;
                if there.as_ref() != Some(&it.hash) {
                    faults.push("链的末尾被删除，与链头不符".to_owned());
                }
            }
        }
        None => {}
    }
    let args = [tenant.into(), 0.into(), i64::MAX.into()];
    let unsealed = tx.all(include_str!("sql/unsealed.sql"), &args, |it| it.int("id"))?;
    if unsealed.iter().any(|it| *it + LATE < walk.newest) {
        faults.push("链中缺少早先写入的审计记录".to_owned());
    }
    Ok(Verified { tenant, sealed: walk.seq, unsealed: unsealed.len() as i64, faults })
}

fn last_head(tx: &mut Tx<'_>, tenant: i64) -> Result<Option<Head>> {
    tx.maybe(include_str!("sql/last_head.sql"), &[tenant.into()], |it| {
        Ok(Head { tenant, seq: it.int("seq")?, hash: it.text("hash")?, signature: it.text("signature")? })
    })
}

fn is_signed(seal: &Seal, head: &Head) -> bool {
    let signature = hex::decode(&head.signature).ok().and_then(|it| Signature::from_slice(&it).ok());
    let text = head_text(head.tenant, head.seq, &head.hash);
    signature.is_some_and(|it| seal.0.verifying_key().verify(text.as_bytes(), &it).is_ok())
}

impl Head {
    /// One line of the file that is kept beside the key.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {} {} {}", self.tenant, self.seq, self.hash, self.signature)
    }

    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        Some(Self {
            tenant: words.next()?.parse().ok()?,
            seq: words.next()?.parse().ok()?,
            hash: words.next()?.to_owned(),
            signature: words.next()?.to_owned(),
        })
    }
}
