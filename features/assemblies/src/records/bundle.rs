//! `vote-record.zip` — everything it takes to recount a decision without this house. Its format is written down in
//! `docs/vote-record.md`.

use std::io::{Cursor, Write as _};

use ::store::{StoreError, Tx};
use app::{Sealed, Vault};
use ed25519_dalek::SigningKey;
use kernel::Problem;
use serde_json::{Value, json};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{rules, store};
use crate::{
    counting,
    decisions::{Decision, Stage, rules::DecisionRefusal},
    enclosures,
    rolls::{self, hex},
    voting,
};

const README: &str = "这是一次业主共同决定的全部记录：名册 roll.csv、规则 rules.json、事项 decision.json、\
票 ballots.ndjson、日志 log.ndjson、检查点 checkpoints/、签名公钥 key.pub、纸质票录入 sheets.ndjson、结果 results.ndjson。\n\
重新计票：python3 recount.py vote-record.zip（只用标准库），或 jiayuan verify-record vote-record.zip。\n";

/// The record of a decision whose ballots have been opened.
pub(crate) fn of(tx: &mut Tx<'_>, vault: &Vault, decision: &Decision) -> Result<Vec<u8>, Problem> {
    let (Stage::Provisional(noticed, boxes) | Stage::Final(noticed, boxes)) = &decision.stage else {
        return Err(DecisionRefusal::Stage("还没有计票，全部票据在计票后才能下载").into());
    };
    let (id, number) = (decision.id, rules::id_text(decision.id));
    let units = rolls::units(tx, None, noticed.roll)?;
    let delivered = counting::delivered(tx, id)?;
    let effective: serde_json::Map<String, Value> =
        voting::store::effective(tx, id)?.into_iter().map(|it| (it.unit, json!(it.ballot))).collect();
    let about = json!({
        "format": "jiayuan-vote-record/1",
        "decision": number,
        "title": decision.title,
        "roll_sha256": rolls::load(tx, noticed.roll)?.digest,
        "agenda": decision.agenda,
        "terms": decision.terms,
        "noticed_on": noticed.on,
        "opens_at": noticed.opens_at,
        "closes_at": noticed.closes_at,
        "boxes": boxes,
        "effective": effective,
    });
    let mut zip = Zip::begin();
    zip.file("README.txt", README)?;
    zip.file("decision.json", &pretty(&about)?)?;
    zip.file("rules.json", &pretty(&rules::rules_of(decision, &delivered))?)?;
    zip.file("roll.csv", &rolls::canonical(&units))?;
    let mut lines = String::new();
    for it in voting::store::ballots(tx, id)? {
        let text = vault.open_sealed(&Sealed(it.sealed)).map_err(Problem::Broken)?;
        lines.push_str(&format!("{}\n", json!({ "n": it.n, "text": text })));
    }
    zip.file("ballots.ndjson", &lines)?;
    lines.clear();
    for it in store::leaves(tx, id)? {
        let line = json!({ "n": it.n, "kind": it.kind, "hash": it.hash, "body": it.body, "at": it.at });
        lines.push_str(&format!("{line}\n"));
    }
    zip.file("log.ndjson", &lines)?;
    lines.clear();
    let sheets = voting::store::sheets(tx, id)?;
    let mut scanned = enclosures::scanned(tx, &sheets)?;
    for it in sheets {
        let first = voting::opened(vault, &it.first)?;
        let second = it.second.as_ref().map(|it| voting::opened(vault, &it.1)).transpose()?;
        let scans = scanned.remove(&it.id).unwrap_or_default();
        let scans: Vec<String> = scans.iter().map(|it| it.known_by().to_owned()).collect();
        let line = json!({ "number": it.number, "building": it.building, "state": it.state.code(),
            "first": first, "second": second, "scans": scans });
        lines.push_str(&format!("{line}\n"));
    }
    zip.file("sheets.ndjson", &lines)?;
    lines.clear();
    for it in counting::store::results(tx, id)?.into_iter().rev() {
        let result: Value = serde_json::from_str(&it.body).map_err(StoreError::from)?;
        let line = json!({ "n": it.n, "posted_on": it.posted_on, "reason": it.reason, "result": result });
        lines.push_str(&format!("{line}\n"));
    }
    zip.file("results.ndjson", &lines)?;
    for it in store::checkpoints(tx, id)? {
        zip.file(&format!("checkpoints/{:08}.txt", it.size), &it.note)?;
    }
    lines.clear();
    for it in store::cosignatures(tx, id)? {
        lines.push_str(&format!("{}\n", json!({ "size": it.size, "name": it.name, "line": it.line })));
    }
    zip.file("cosignatures.ndjson", &lines)?;
    let key = SigningKey::from_bytes(&vault.log_seed()).verifying_key();
    zip.file("key.pub", &hex(key.as_bytes()))?;
    zip.end()
}

fn pretty(it: &Value) -> Result<String, Problem> {
    Ok(serde_json::to_string_pretty(it).map_err(StoreError::from)?)
}

struct Zip(ZipWriter<Cursor<Vec<u8>>>);

impl Zip {
    fn begin() -> Self {
        Self(ZipWriter::new(Cursor::new(vec![])))
    }

    fn file(&mut self, name: &str, text: &str) -> Result<(), Problem> {
        // The store keeps no machine's time in it: two downloads of one record are the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        self.0.start_file(name, options).map_err(|it| Problem::Broken(it.into()))?;
        self.0.write_all(text.as_bytes()).map_err(|it| Problem::Broken(it.into()))
    }

    fn end(self) -> Result<Vec<u8>, Problem> {
        Ok(self.0.finish().map_err(|it| Problem::Broken(it.into()))?.into_inner())
    }
}
