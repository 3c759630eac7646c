//! Whoever holds the log's key makes a record hold in itself again.

use assemblies::{Ballot, read_roll, tally};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::records::Files;

pub(crate) fn sha(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

pub(crate) fn read(files: &Files, name: &str) -> Vec<Value> {
    files[name].lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

pub(crate) fn write(files: &mut Files, name: &str, lines: &[Value]) {
    files.insert(name.to_owned(), lines.iter().map(|it| format!("{it}\n")).collect());
}

/// RFC 6962, by its definition.
fn root(contents: &[Vec<u8>]) -> Vec<u8> {
    let node = |left: Vec<u8>, right: Vec<u8>| Sha256::digest([vec![1], left, right].concat()).to_vec();
    match contents {
        [] => Sha256::digest(b"").to_vec(),
        [one] => Sha256::digest([&[0][..], one].concat()).to_vec(),
        more => {
            let at = 1 << (usize::BITS - 1 - (more.len() - 1).leading_zeros());
            node(root(&more[..at]), root(&more[at..]))
        }
    }
}

/// Whoever holds the log's key.
pub(crate) struct Forger(pub(crate) SigningKey);

impl Forger {
    pub(crate) fn sign(&self, decision: &str, leaves: &[Value]) -> String {
        let bytes = |it: &Value| -> Vec<u8> {
            let hex = it["hash"].as_str().unwrap();
            (0..32).map(|n| u8::from_str_radix(&hex[n * 2..n * 2 + 2], 16).unwrap()).collect()
        };
        let contents: Vec<Vec<u8>> = leaves.iter().map(bytes).collect();
        let name = format!("jiayuan/vote/{decision}");
        let head = format!("{name}\n{}\n{}\n", leaves.len(), STANDARD.encode(root(&contents)));
        let hash = Sha256::digest([name.as_bytes(), b"\n", &[1], self.0.verifying_key().as_bytes()].concat());
        let line = [&hash[..4], &self.0.sign(head.as_bytes()).to_bytes()].concat();
        format!("{head}\n— {name} {}\n", STANDARD.encode(line))
    }

    /// The whole record made to hold again: commitments, hashes, the count, every checkpoint.
    pub(crate) fn mended(&self, mut files: Files) -> Files {
        let about: Value = serde_json::from_str(&files["decision.json"]).unwrap();
        let ballots = read(&files, "ballots.ndjson");
        let rows: Vec<Ballot> = ballots
            .iter()
            .filter_map(|it| {
                let text: Value = serde_json::from_str(it["text"].as_str().unwrap()).unwrap();
                let counts = about["effective"][text["unit"].as_str().unwrap()] == it["n"];
                counts.then_some(text)
            })
            .flat_map(|text| {
                let choices = text["choices"].as_object().unwrap().clone();
                choices.into_iter().map(move |(topic, choice)| Ballot {
                    line: 0,
                    unit: text["unit"].as_str().unwrap().to_owned(),
                    topic,
                    choice: choice.as_str().unwrap().to_owned(),
                    cast_at: text["at"].as_str().unwrap().to_owned(),
                })
            })
            .collect();
        let rules = serde_json::from_str(&files["rules.json"]).unwrap();
        let result = tally(&rules, &read_roll(&files["roll.csv"]).unwrap(), &rows).unwrap();
        let mut results = read(&files, "results.ndjson");
        results[0]["result"] = serde_json::to_value(&result).unwrap();
        let mut leaves = read(&files, "log.ndjson");
        for leaf in &mut leaves {
            if leaf["kind"] == "ballot" {
                let found = ballots.iter().find(|it| it["n"] == leaf["n"]).unwrap();
                leaf["body"] = json!(sha(found["text"].as_str().unwrap()));
            } else if leaf["kind"] == "result" {
                let mut body: Value = serde_json::from_str(leaf["body"].as_str().unwrap()).unwrap();
                body["result"] = results[0]["result"].clone();
                leaf["body"] = json!(body.to_string());
            }
            let text = |field: &str| leaf[field].as_str().unwrap();
            leaf["hash"] = json!(sha(&format!("{}\n{}\n{}", text("kind"), text("at"), text("body"))));
        }
        write(&mut files, "results.ndjson", &results);
        write(&mut files, "log.ndjson", &leaves);
        let heads: Vec<String> = files.keys().filter(|it| it.starts_with("checkpoints/")).cloned().collect();
        for name in heads {
            let size: usize = files[&name].lines().nth(1).unwrap().parse().unwrap();
            files.insert(name, self.sign(about["decision"].as_str().unwrap(), &leaves[..size]));
        }
        files
    }
}
