//! What everybody may see of a log: kinds, commitments, checkpoints; and whether a receipt's ballot is in it.

use ::store::Tx;
use app::Vault;
use ed25519_dalek::SigningKey;
use kernel::{Problem, beijing_minute};

use super::{
    mandates::{self, Mandates},
    rules, store,
    witnesses::{self, Seen},
};
use crate::{
    decisions::{self, DecisionId, Stage, labels, policy},
    rolls::hex,
};

#[derive(Debug)]
pub(crate) struct LogView {
    pub(crate) size: i64,
    pub(crate) root: String,
    /// To be compared with the notice board.
    pub(crate) short: String,
    pub(crate) checkpoints: Vec<CheckpointView>,
    pub(crate) leaves: Vec<LeafView>,
    pub(crate) key: String,
    /// Name, key, and its newest line: of how many leaves, when.
    pub(crate) witnesses: Vec<Seen>,
    pub(crate) can_register: bool,
}

#[derive(Debug)]
pub(crate) struct CheckpointView {
    pub(crate) size: i64,
    pub(crate) at: String,
    pub(crate) short: String,
    pub(crate) note: String,
}

#[derive(Debug)]
pub(crate) struct LeafView {
    pub(crate) n: i64,
    pub(crate) kind: &'static str,
    pub(crate) at: String,
    pub(crate) hash: String,
    /// Of a ballot: 票的摘要, as its receipt prints it.
    pub(crate) commitment: Option<String>,
    /// What a leaf says that everybody may read: how many sheets were counted.
    pub(crate) said: Option<String>,
}

/// The leaves shown at once; the whole log is in the record.
const SHOWN: usize = 200;
/// The checkpoints shown at once: an open log is signed every few seconds.
const CHECKPOINTS: i64 = 50;

fn kind(code: &str) -> &'static str {
    match code {
        "roll" => "冻结名册",
        "rules" => "表决规则",
        "notice" => "公告",
        "extension" => "延期",
        "letters" => "打印凭证",
        "reissue" => "重发凭证",
        "delivery" => "送达登记",
        "witness" => "登记见证",
        "witness_end" => "撤销见证",
        "scan" => "上传纸质票扫描件",
        "mandate" => "登记受托人或表决人",
        "mandate_end" => "终止受托登记",
        "mandate_paper" => "上传委托材料",
        "mandate_paper_end" => "撤下委托材料",
        "spot_check" => "抽查抽票",
        "spot_check_call" => "抽查回访",
        "ballot" => "表决票",
        "sheet_void" => "作废录入",
        "close" => "封票",
        "opening" => "开票",
        "void" => "作废一张票",
        "result" => "计票结果",
        "objection" => "提出异议",
        "objection_answer" => "答复异议",
        "final" => "最终结果",
        "cancelled" => "取消",
        _ => "其他",
    }
}

/// The log of a decision that was noticed, for everybody.
pub(crate) fn log(tx: &mut Tx<'_>, vault: &Vault, id: DecisionId) -> Result<LogView, Problem> {
    noticed(tx, id)?;
    let leaves = store::leaves(tx, id)?;
    let hashes: Vec<String> = leaves.iter().map(|it| it.hash.clone()).collect();
    let tree = whole(&hashes)?;
    let mut checkpoints = vec![];
    for it in store::newest_checkpoints(tx, id, CHECKPOINTS)? {
        let short = rules::root_of(&it.note).map(|it| rules::short(&it)).unwrap_or_default();
        checkpoints.push(CheckpointView { size: it.size, at: beijing_minute(it.at), short, note: it.note });
    }
    let shown = |it: &super::types::Leaf| LeafView {
        n: it.n,
        kind: kind(&it.kind),
        at: beijing_minute(it.at),
        hash: it.hash.clone(),
        commitment: (it.kind == "ballot").then(|| it.body.clone()),
        said: (it.kind == "close").then(|| counted(it)),
    };
    let decision = decisions::store::load(tx, id)?;
    let street = policy::may_answer(&tx.ctx.actor, &decision.place).is_ok();
    Ok(LogView {
        witnesses: witnesses::newest(tx, id)?,
        can_register: street && matches!(decision.stage, Stage::Noticed(_)),
        size: leaves.len() as i64,
        root: hex(tree.root().as_bytes()),
        short: rules::short(tree.root().as_bytes()),
        checkpoints,
        leaves: leaves.iter().rev().take(SHOWN).map(shown).collect(),
        key: hex(SigningKey::from_bytes(&vault.log_seed()).verifying_key().as_bytes()),
    })
}

/// What the newest leaf of a kind says.
pub(crate) fn last_said(
    tx: &mut Tx<'_>,
    id: DecisionId,
    kind: &str,
) -> Result<Option<serde_json::Value>, Problem> {
    let newest = store::of_kind(tx, id, kind)?.pop();
    Ok(newest.map(|it| serde_json::from_str(&it.body)).transpose().map_err(::store::StoreError::from)?)
}

/// 清点: how many sheets the boxes held, and why they were counted again.
fn counted(it: &super::types::Leaf) -> String {
    let said: serde_json::Value = serde_json::from_str(&it.body).unwrap_or_default();
    let boxes = said["boxes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let sheets: i64 = boxes.iter().filter_map(|it| it["sheets"].as_i64()).sum();
    match said["reason"].as_str() {
        Some(reason) => format!("重新清点{sheets}张，理由：{reason}"),
        None => format!("清点{sheets}张"),
    }
}

/// How often the boxes were counted, each with its sheets and its reason; nothing when it was once.
pub(crate) fn recounts(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<String>, Problem> {
    let all = store::of_kind(tx, id, "close")?;
    let told = |it: &super::types::Leaf| format!("{}{}", beijing_minute(it.at), counted(it));
    Ok(if all.len() < 2 { vec![] } else { all.iter().map(told).collect() })
}

/// Every mandate of a decision with the leaves between which it stood, as the log tells it.
pub(crate) fn mandates_told(tx: &mut Tx<'_>, id: DecisionId) -> Result<Mandates, Problem> {
    let mut leaves = store::of_kind(tx, id, "mandate")?;
    leaves.extend(store::of_kind(tx, id, "mandate_end")?);
    leaves.sort_by_key(|it| it.n);
    let told = mandates::told(leaves.iter().map(|it| (it.n, it.kind.as_str(), it.body.as_str())));
    told.map_err(|it| Problem::Broken(anyhow::anyhow!(it)))
}

/// The newest checkpoint: how many leaves, when, the first twenty digits of the root, the short code. The paper on the board carries
/// them, so that the board is a witness too.
pub(crate) fn newest_signed(
    tx: &mut Tx<'_>,
    id: DecisionId,
) -> Result<Option<(i64, String, String, String)>, Problem> {
    let newest = store::newest_checkpoints(tx, id, 1)?.pop();
    let told = |it: super::types::Checkpoint| {
        let root = rules::root_of(&it.note)?;
        Some((it.size, beijing_minute(it.at), hex(&root).chars().take(20).collect(), rules::short(&root)))
    };
    Ok(newest.and_then(told))
}

/// 延期, each in a sentence with its reason.
pub(crate) fn extensions(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<String>, Problem> {
    let mut told = vec![];
    for leaf in store::of_kind(tx, id, "extension")? {
        let body: serde_json::Value = serde_json::from_str(&leaf.body).map_err(::store::StoreError::from)?;
        let closes = body["closes_at"].as_str().and_then(|it| it.parse().ok());
        let closes = closes.map(labels::until).unwrap_or_default();
        let reason = body["reason"].as_str().unwrap_or_default();
        told.push(format!("{}决定延期到{closes}：{reason}", beijing_minute(leaf.at)));
    }
    Ok(told)
}

fn whole(hashes: &[String]) -> Result<rules::Tree, Problem> {
    rules::tree(hashes).ok_or_else(|| Problem::Broken(anyhow::anyhow!("a leaf is no hash")))
}

pub(crate) fn noticed(tx: &mut Tx<'_>, id: DecisionId) -> Result<(), Problem> {
    match decisions::store::load(tx, id)?.stage {
        Stage::Draft => Err(Problem::NotFound),
        _ => Ok(()),
    }
}

/// 回执核验: what a receipt says against the log as it is now.
#[derive(Debug)]
pub(crate) struct ReceiptView {
    pub(crate) n: i64,
    pub(crate) found: bool,
    /// A ruling made it void.
    pub(crate) is_void: bool,
    pub(crate) at: String,
    pub(crate) size: i64,
    pub(crate) root: String,
    pub(crate) short: String,
    /// The inclusion proof, hash by hash (RFC 6962).
    pub(crate) proof: Vec<String>,
    /// The first checkpoint that covers it: size, moment, short code.
    pub(crate) signed: Option<(i64, String, String)>,
    pub(crate) leaf: String,
    /// The house's signature over the newest head, and its key.
    pub(crate) note: String,
    pub(crate) key: String,
}

pub(crate) fn receipt(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    n: i64,
    hash: &str,
) -> Result<ReceiptView, Problem> {
    noticed(tx, id)?;
    let hash = hash.trim().to_lowercase();
    let signed = store::covering_checkpoint(tx, id, n)?;
    let leaves = store::leaves(tx, id)?;
    let hashes: Vec<String> = leaves.iter().map(|it| it.hash.clone()).collect();
    let tree = whole(&hashes)?;
    let at = usize::try_from(n).ok();
    // Eight digits, as the receipt prints them, are enough to see that it is the same; a whole hash is compared whole.
    let same =
        |it: &&super::types::Leaf| it.kind == "ballot" && 8 <= hash.len() && it.body.starts_with(&hash);
    let leaf = at.and_then(|it| leaves.get(it)).filter(same);
    let mut is_void = false;
    for ruling in store::of_kind(tx, id, "void")? {
        let body: serde_json::Value =
            serde_json::from_str(&ruling.body).map_err(::store::StoreError::from)?;
        is_void |= leaf.is_some() && body["ballot"].as_i64() == Some(n);
    }
    let root = tree.root();
    let proof = match (leaf, at) {
        (Some(leaf), Some(at)) => {
            let proof = tree.prove_inclusion(at);
            let value = rules::bytes(&leaf.hash).unwrap_or_default();
            root.verify_inclusion(&value, at as u64, &proof).map_err(|it| {
                Problem::Broken(anyhow::anyhow!("the house's own proof does not hold: {it:?}"))
            })?;
            proof.as_bytes().chunks(32).map(hex).collect()
        }
        _ => vec![],
    };
    Ok(ReceiptView {
        n,
        found: leaf.is_some(),
        is_void,
        at: leaf.map(|it| beijing_minute(it.at)).unwrap_or_default(),
        size: leaves.len() as i64,
        root: hex(root.as_bytes()),
        short: rules::short(root.as_bytes()),
        proof,
        signed: signed.map(|it| {
            let short = rules::root_of(&it.note).map(|it| rules::short(&it)).unwrap_or_default();
            (it.size, beijing_minute(it.at), short)
        }),
        note: {
            let key = SigningKey::from_bytes(&vault.log_seed());
            let text = rules::id_text(id);
            rules::sign(&key, &text, &rules::head(&text, &tree))
        },
        key: hex(SigningKey::from_bytes(&vault.log_seed()).verifying_key().as_bytes()),
        leaf: leaf.map(|it| rules::leaf_text(&it.kind, it.at, &it.body)).unwrap_or_default(),
    })
}
