//! A record checked without the house it came from: every commitment, every checkpoint, which ballots count, the count.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use serde_json::Value;

use super::{
    draws,
    mandates::{self, Mandates},
    paper::{SheetLine, check_scans, check_sheets},
    parcel::{Found, Record, json, lines},
    rules,
    types::BallotText,
    witnessed,
};
use crate::{
    Ballot, Roll, TallyRules,
    decisions::{Precedence, Terms, types::Urn},
    read_roll, tally,
};

/// What was found in order; a fault is the error, with the sentence that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub title: String,
    pub leaves: usize,
    pub checkpoints: usize,
    pub ballots: usize,
    pub effective: usize,
    /// Witnesses that co-signed the log from the seal on, each after having seen that it only grew.
    pub witnesses: usize,
    /// The newest result's version.
    pub version: i64,
    /// The key that signed, to be compared with the one the house shows.
    pub key: String,
    /// The newest checkpoint's short code, to be compared with the notice board.
    pub short: String,
}

#[derive(Deserialize)]
struct About {
    decision: String,
    title: String,
    roll_sha256: String,
    terms: Value,
    agenda: Value,
    noticed_on: String,
    opens_at: jiff::Timestamp,
    closes_at: jiff::Timestamp,
    boxes: Vec<Urn>,
    effective: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
struct LeafLine {
    n: i64,
    kind: String,
    hash: String,
    body: String,
    at: jiff::Timestamp,
}

#[derive(Deserialize)]
struct BallotLine {
    n: i64,
    text: String,
}

#[derive(Deserialize)]
struct ResultLine {
    n: i64,
    posted_on: String,
    reason: String,
    result: Value,
}

/// Checks a `vote-record.zip`. Without a key of one's own, the record's own is believed: whoever made it up could sign it.
///
/// # Errors
/// The first fault, in a sentence that says where it is.
pub fn verify_record(zip: &[u8], expected_key: Option<&str>) -> Result<Verified, String> {
    let mut record = Record::open(zip)?;
    let about: About = json(&record.text("decision.json")?, "decision.json")?;
    let leaves: Vec<LeafLine> = lines(&record.text("log.ndjson")?, "log.ndjson")?;
    let mut ballots: Vec<BallotLine> = lines(&record.text("ballots.ndjson")?, "ballots.ndjson")?;
    // The order of the log decides, whatever order a file has.
    ballots.sort_by_key(|it| it.n);
    check_leaves(&leaves, &ballots)?;
    let key = record.text("key.pub")?.trim().to_owned();
    if expected_key.is_some_and(|it| !it.trim().eq_ignore_ascii_case(&key)) {
        return Err("签名的公钥不是所给的那一个".to_owned());
    }
    let (checkpoints, short) = check_checkpoints(&mut record, &key, &about, &leaves)?;
    let witnesses =
        witnessed::check(&mut record, &key, leaves.iter().map(|it| (it.kind.as_str(), it.body.as_str())))?;
    let roll_text = record.text("roll.csv")?;
    if rules::commitment(&roll_text) != about.roll_sha256 {
        return Err("roll.csv 与冻结名册的摘要不符，名册被改动过".to_owned());
    }
    let rules: Value = json(&record.text("rules.json")?, "rules.json")?;
    check_declared(&leaves, &about, &rules)?;
    let texts = read_ballots(&about, &ballots)?;
    let sheets: Vec<SheetLine> = lines(&record.text("sheets.ndjson")?, "sheets.ndjson")?;
    check_sheets(&about.boxes, &sheets, &texts, &voided(&leaves))?;
    let terms: Terms = serde_json::from_value(about.terms.clone()).map_err(|it| it.to_string())?;
    check_scans(&terms, &sheets, leaves.iter().map(|it| (it.kind.as_str(), it.body.as_str())))?;
    let mandates = mandates::told(leaves.iter().map(|it| (it.n, it.kind.as_str(), it.body.as_str())))?;
    let roll = read_roll(&roll_text).map_err(|it| format!("roll.csv 第{it}"))?;
    mandates::check(&mandates, &roll, &texts)?;
    mandates::check_cap(&mandates, &roll, &texts, terms.proxy_cap)?;
    let effective = effective(&terms, &mandates, &texts, &voided(&leaves));
    if effective != about.effective {
        return Err("有效票与公告的优先规则不符".to_owned());
    }
    let leaves_told = leaves.iter().map(|it| (it.n, it.kind.as_str(), it.body.as_str()));
    draws::check(leaves_told, |void| self::effective(&terms, &mandates, &texts, void))?;
    let version = recount(&mut record, &leaves, (&rules, &roll), &texts, &effective)?;
    Ok(Verified {
        title: about.title,
        leaves: leaves.len(),
        checkpoints,
        ballots: texts.len(),
        effective: effective.len(),
        witnesses,
        version,
        key,
        short,
    })
}

/// Numbers without a gap, every leaf what its hash says, every ballot of the log there and no other.
fn check_leaves(leaves: &[LeafLine], ballots: &[BallotLine]) -> Found<()> {
    let texts: BTreeMap<i64, &str> = ballots.iter().map(|it| (it.n, it.text.as_str())).collect();
    let mut seen = 0;
    for (at, leaf) in leaves.iter().enumerate() {
        if leaf.n != at as i64 {
            return Err(format!("日志第{at}条的编号是{}，有缺失或顺序被改动", leaf.n));
        }
        if rules::commitment(&rules::leaf_text(&leaf.kind, leaf.at, &leaf.body)) != leaf.hash {
            return Err(format!("日志第{at}条的内容与登记的摘要不符，内容被改动过"));
        }
        if leaf.kind == "ballot" {
            seen += 1;
            let text = texts.get(&leaf.n).ok_or_else(|| format!("日志第{at}条的票缺失"))?;
            if rules::commitment(text) != leaf.body {
                return Err(format!("第{at}条票与登记的摘要不符，票被改动过"));
            }
        }
    }
    let known = texts.len() == ballots.len() && seen == ballots.len();
    if known { Ok(()) } else { Err("票据中有日志里没有的票".to_owned()) }
}

/// Ballots that a ruling made void.
fn voided(leaves: &[LeafLine]) -> BTreeSet<i64> {
    let rulings = leaves.iter().filter(|it| it.kind == "void");
    let bodies = rulings.filter_map(|it| serde_json::from_str::<Value>(&it.body).ok());
    bodies.filter_map(|it| it["ballot"].as_i64()).collect()
}

/// Every checkpoint signed by the key, over the very leaves before it.
fn check_checkpoints(
    record: &mut Record<'_>,
    key: &str,
    about: &About,
    leaves: &[LeafLine],
) -> Found<(usize, String)> {
    let key = rules::bytes(key).and_then(|it| <[u8; 32]>::try_from(it).ok());
    let key = key.and_then(|it| VerifyingKey::from_bytes(&it).ok()).ok_or("key.pub 不是公钥")?;
    // What the signed text covers counts, not what a file is called.
    let mut heads = vec![];
    for name in record.names("checkpoints/") {
        let note = record.text(&name)?;
        let head = rules::opened(&note, &key).ok_or_else(|| format!("{name} 的签名不对"))?;
        let mut parts = head.lines();
        let (origin, size, root) = (parts.next(), parts.next(), parts.next());
        if origin != Some(rules::origin(&about.decision).as_str()) {
            return Err(format!("{name} 不是这次表决的检查点"));
        }
        let size = size.and_then(|it| it.parse::<usize>().ok());
        let root = root.and_then(|it| STANDARD.decode(it).ok());
        heads.push(size.zip(root).ok_or_else(|| format!("{name} 无法识别"))?);
    }
    heads.sort();
    // The tree grows once from the first leaf to the last, however many checkpoints there are.
    let (mut tree, mut newest) = (rules::Tree::new(), String::new());
    for (size, root) in &heads {
        let more = leaves.get(tree.len() as usize..*size);
        let more = more.ok_or_else(|| format!("前{size}条的检查点之后日志变短了，有记录被删"))?;
        for leaf in more {
            tree.push(rules::bytes(&leaf.hash).ok_or_else(|| format!("日志第{}条无法识别", leaf.n))?);
        }
        if tree.root().as_bytes().as_slice() != root {
            return Err(format!("日志前{size}条与当时签名的检查点不符，历史记录被改动过"));
        }
        newest = rules::short(root);
    }
    let covered = tree.len() as usize;
    if covered == leaves.len() {
        Ok((heads.len(), newest))
    } else {
        Err("最后一条记录之后没有检查点".to_owned())
    }
}

/// The newest leaf of a kind.
fn told(leaves: &[LeafLine], kind: &str) -> Option<Value> {
    let leaf = leaves.iter().rev().find(|it| it.kind == kind)?;
    serde_json::from_str(&leaf.body).ok()
}

/// What was declared is what the log says was declared: roll, terms, agenda, window, boxes, and who was reached.
fn check_declared(leaves: &[LeafLine], about: &About, rules: &Value) -> Found<()> {
    let said = |kind: &str| told(leaves, kind).unwrap_or_default();
    let (roll, notice, close) = (said("roll"), said("notice"), said("close"));
    let last = about.closes_at - jiff::SignedDuration::from_micros(1);
    let boxes = serde_json::to_value(&about.boxes).unwrap_or_default();
    let declared = [
        ("名册", roll["sha256"] == about.roll_sha256.as_str()),
        ("名称", notice["title"] == about.title.as_str()),
        ("公告日期", notice["noticed_on"] == about.noticed_on.as_str()),
        ("议题", notice["agenda"] == about.agenda),
        ("规则", notice["terms"] == about.terms),
        ("投票期", rules["opens_at"] == about.opens_at.to_string()),
        ("投票期", rules["closes_at"] == last.to_string()),
        ("封票清点数", close["boxes"] == boxes),
    ];
    if let Some((what, _)) = declared.iter().find(|it| !it.1) {
        return Err(format!("{what}与日志登记的不符"));
    }
    let mut bare = rules.clone();
    if let Some(it) = bare.get_mut("silent_votes") {
        it["delivered"] = Value::Array(vec![]);
    }
    if said("rules") != bare {
        return Err("rules.json 与日志登记的规则不符".to_owned());
    }
    let named: BTreeSet<String> = rules["silent_votes"]["delivered"]
        .as_array()
        .map(|it| it.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    if rules.get("silent_votes").is_some() && named != reached(leaves) {
        return Err("送达的房屋与日志登记的不符".to_owned());
    }
    Ok(())
}

/// Whom a letter reached, as the log tells it: a letter sent again was not delivered yet.
fn reached(leaves: &[LeafLine]) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    for leaf in leaves {
        let body: Value = serde_json::from_str(&leaf.body).unwrap_or_default();
        match leaf.kind.as_str() {
            "delivery" => {
                let units = body["units"].as_array().into_iter().flatten();
                reached.extend(units.filter_map(|it| it.as_str().map(str::to_owned)));
            }
            "reissue" => {
                reached.remove(body["unit"].as_str().unwrap_or_default());
            }
            _ => {}
        }
    }
    reached
}

fn read_ballots(about: &About, ballots: &[BallotLine]) -> Found<Vec<(i64, BallotText)>> {
    let mut texts = vec![];
    for it in ballots {
        let text: BallotText =
            serde_json::from_str(&it.text).map_err(|fault| format!("第{}条票无法识别：{fault}", it.n))?;
        if text.decision != about.decision || text.roll != about.roll_sha256 {
            return Err(format!("第{}条票不是这次表决的", it.n));
        }
        if text.at < about.opens_at || about.closes_at <= text.at {
            return Err(format!("第{}条票的时间不在投票期内", it.n));
        }
        texts.push((it.n, text));
    }
    Ok(texts)
}

/// The declared rule, told over again: whose hand, who comes later in the log, on which channel, with which time; void ones never.
fn effective(
    terms: &Terms,
    mandates: &Mandates,
    texts: &[(i64, BallotText)],
    voided: &BTreeSet<i64>,
) -> BTreeMap<String, i64> {
    let mut counts: BTreeMap<&str, (i64, &BallotText)> = BTreeMap::new();
    let mut seen: BTreeSet<(&str, &str, bool)> = BTreeSet::new();
    for (n, text) in texts.iter().filter(|it| !voided.contains(&it.0)) {
        let proxy = |it: &BallotText| mandates::is_proxy(mandates, it);
        let again = !seen.insert((&text.unit, &text.channel, proxy(text)));
        let takes = match counts.get(text.unit.as_str()) {
            None => true,
            Some((_, before)) if proxy(before) != proxy(text) => proxy(before),
            Some(_) if again && !terms.revote => false,
            Some((_, before)) if before.channel == text.channel => {
                text.channel == "online" || before.at <= text.at
            }
            Some((_, before)) => match terms.precedence {
                Precedence::Paper => text.channel == "paper",
                Precedence::Online => text.channel == "online",
                Precedence::Latest => before.at <= text.at,
            },
        };
        if takes {
            counts.insert(&text.unit, (*n, text));
        }
    }
    counts.into_iter().map(|(unit, it)| (unit.to_owned(), it.0)).collect()
}

/// The newest result against a count of our own, and every result against the log.
fn recount(
    record: &mut Record<'_>,
    leaves: &[LeafLine],
    (rules, roll): (&Value, &Roll),
    texts: &[(i64, BallotText)],
    effective: &BTreeMap<String, i64>,
) -> Found<i64> {
    let posted: Vec<ResultLine> = lines(&record.text("results.ndjson")?, "results.ndjson")?;
    let logged: Vec<Value> = leaves
        .iter()
        .filter(|it| it.kind == "result")
        .filter_map(|it| serde_json::from_str(&it.body).ok())
        .collect();
    let same = |it: &ResultLine| {
        logged.iter().any(|known| {
            known["version"] == it.n
                && known["result"] == it.result
                && known["reason"] == it.reason.as_str()
                && known["posted_on"] == it.posted_on.as_str()
        })
    };
    if posted.len() != logged.len() || !posted.iter().all(same) {
        return Err("公示的结果与日志登记的不一致".to_owned());
    }
    let newest = posted.last().ok_or("没有计票结果")?;
    let rules: TallyRules = serde_json::from_value(rules.clone()).map_err(|it| it.to_string())?;
    if let Some((n, _)) = texts.iter().find(|it| roll.place(&it.1.unit).is_none()) {
        return Err(format!("第{n}条票的房屋不在名册中"));
    }
    let counting: BTreeSet<i64> = effective.values().copied().collect();
    let mut rows = vec![];
    for (_, text) in texts.iter().filter(|it| counting.contains(&it.0)) {
        for (topic, choice) in &text.choices {
            let (unit, topic, choice) = (text.unit.clone(), topic.clone(), choice.clone());
            rows.push(Ballot {
                line: rows.len() as u64 + 2,
                unit,
                topic,
                choice,
                cast_at: text.at.to_string(),
            });
        }
    }
    let result = tally(&rules, roll, &rows).map_err(|it| it.message)?;
    let result = serde_json::to_value(&result).map_err(|it| it.to_string())?;
    if result == newest.result {
        Ok(newest.n)
    } else {
        Err("重新计票的结果与公示的结果不一致".to_owned())
    }
}
