//! Somebody with every right over the store, and in the last classes with the log's key too: whatever they do to a finished vote is
//! found by a verifier with the public data, a witness's line and some owners' receipts; and each class says by which of them.

use std::{collections::BTreeSet, path::Path, process::Command};

use assemblies::witness::{cosign, grew, head_of};
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use testkit::{House, on_both_stores};

use crate::{
    forging::{Forger, hex, read, sha, write},
    records::{Files, opened, packed},
    recounts::Dice,
    story::{Cast, done},
};

on_both_stores!(crate::story::house; fourteen_ways_to_tamper_are_each_found);

const WITNESS: &str = "jiedao.example";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// One of the ballots' texts changed in a field.
fn with_ballot(files: &Files, at: usize, change: impl Fn(&mut Value)) -> Files {
    let (mut files, mut lines) = (files.clone(), read(files, "ballots.ndjson"));
    let mut text: Value = serde_json::from_str(lines[at]["text"].as_str().unwrap()).unwrap();
    change(&mut text);
    lines[at]["text"] = json!(text.to_string());
    write(&mut files, "ballots.ndjson", &lines);
    files
}

fn another(dice: &mut Dice, than: &str) -> &'static str {
    loop {
        let it = dice.of(&["yes", "no", "abstain", "invalid"]);
        if it != than {
            return it;
        }
    }
}

/// The ten classes of whoever has the store but not the key, each at a place of the dice's choosing.
fn touched(class: &str, files: &Files, dice: &mut Dice) -> Files {
    let mut changed = files.clone();
    let mut ballots = read(files, "ballots.ndjson");
    let at = dice.below(ballots.len() as u64) as usize;
    match class {
        "a choice changed" => {
            return with_ballot(files, at, |it| {
                let choice = it["choices"]["1"].as_str().unwrap().to_owned();
                it["choices"]["1"] = json!(another(&mut Dice(7 + at as u64), &choice));
            });
        }
        "time moved over the close" => {
            let at_close = format!("2024-09-20T16:00:0{}Z", dice.below(10));
            return with_ballot(files, at, |it| it["at"] = json!(at_close));
        }
        "a ballot deleted" => {
            ballots.remove(at);
            write(&mut changed, "ballots.ndjson", &ballots);
        }
        "a ballot added" => {
            let mut more = ballots[at].clone();
            more["n"] = json!(dice.below(200));
            ballots.push(more);
            write(&mut changed, "ballots.ndjson", &ballots);
        }
        "two ballots swapped" => {
            let other = (at + 1 + dice.below(ballots.len() as u64 - 1) as usize) % ballots.len();
            let (a, b) = (ballots[at]["text"].clone(), ballots[other]["text"].clone());
            (ballots[at]["text"], ballots[other]["text"]) = (b, a);
            write(&mut changed, "ballots.ndjson", &ballots);
        }
        "an area changed" | "the roll changed after the freeze" => {
            let mut rows: Vec<String> = files["roll.csv"].lines().map(str::to_owned).collect();
            let at = 1 + dice.below(rows.len() as u64 - 1) as usize;
            let mut cells: Vec<String> = rows[at].split(',').map(str::to_owned).collect();
            if class == "an area changed" {
                cells[1] = format!("{}.{:03}", 200 + dice.below(300), dice.below(1000));
            } else {
                cells[2] = format!("{}x{}", cells[2], dice.below(9));
            }
            rows[at] = cells.join(",");
            changed.insert("roll.csv".to_owned(), rows.join("\n") + "\n");
        }
        "a paper entry edited" | "a scan replaced" => {
            let mut sheets = read(files, "sheets.ndjson");
            let at = dice.below(sheets.len() as u64) as usize;
            if class == "a scan replaced" {
                sheets[at]["scans"][0] = json!(sha(&dice.below(1000).to_string()));
            } else {
                let both = dice.below(2) == 0;
                let choice = sheets[at]["first"]["choices"]["1"].as_str().unwrap().to_owned();
                let new = json!(another(dice, &choice));
                sheets[at]["second"]["choices"]["1"] = new.clone();
                if both {
                    sheets[at]["first"]["choices"]["1"] = new;
                }
            }
            write(&mut changed, "sheets.ndjson", &sheets);
        }
        "rules.json changed" => {
            let mut rules: Value = serde_json::from_str(&files["rules.json"]).unwrap();
            match dice.below(5) {
                0 => rules["topics"][0]["matter"] = json!(5 + dice.below(5)),
                1 => rules["head_rule"] = json!("per_unit"),
                2 => {
                    let takes_part = rules["invalid_takes_part"].as_bool().unwrap();
                    rules["invalid_takes_part"] = json!(!takes_part);
                }
                3 => rules["closes_at"] = json!(format!("2024-09-2{}T15:59:59Z", 1 + dice.below(8))),
                _ => rules["silent_votes"] = json!({ "clause": "第21条", "delivered": [] }),
            }
            changed.insert("rules.json".to_owned(), rules.to_string());
        }
        "a second vote dropped" => {
            // The later ballot of a unit with two goes, and the earlier one is said to count.
            let mut about: Value = serde_json::from_str(&files["decision.json"]).unwrap();
            let twice: Vec<String> = units_voted_twice(&ballots).into_iter().collect();
            let unit = &twice[dice.below(twice.len() as u64) as usize];
            let of_unit = |it: &&Value| unit_of(it) == *unit;
            let first = ballots.iter().find(of_unit).unwrap()["n"].clone();
            let last = ballots.iter().rfind(of_unit).unwrap()["n"].clone();
            ballots.retain(|it| it["n"] != last);
            about["effective"][unit.as_str()] = first;
            write(&mut changed, "ballots.ndjson", &ballots);
            changed.insert("decision.json".to_owned(), about.to_string());
            if dice.below(2) == 0 {
                let mut leaves = read(files, "log.ndjson");
                leaves.retain(|it| it["n"] != last);
                write(&mut changed, "log.ndjson", &leaves);
            }
        }
        _ => unreachable!("{class}"),
    }
    changed
}

fn unit_of(ballot: &Value) -> String {
    let text: Value = serde_json::from_str(ballot["text"].as_str().unwrap()).unwrap();
    text["unit"].as_str().unwrap().to_owned()
}

fn units_voted_twice(ballots: &[Value]) -> BTreeSet<String> {
    let units: Vec<String> = ballots.iter().map(unit_of).collect();
    let times = |unit: &String| units.iter().filter(|it| *it == unit).count();
    units.iter().filter(|it| times(it) == 2).cloned().collect()
}

/// What the other program says of each of these records, in one process.
fn recounted(records: &[Vec<u8>]) -> Vec<bool> {
    let folder = tempfile::tempdir().unwrap();
    let path = |n: usize| folder.path().join(format!("{n:04}.zip"));
    for (n, record) in records.iter().enumerate() {
        std::fs::write(path(n), record).unwrap();
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/recount.py");
    let ran = Command::new("python3").arg(program).args((0..records.len()).map(path)).output().unwrap();
    let told = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    // A record alone is not named.
    let fault = |n: usize| {
        if records.len() == 1 { "不符".to_owned() } else { format!("{}：不符", path(n).display()) }
    };
    let holds = |n: usize| !told.contains(&fault(n));
    (0..records.len()).map(holds).collect()
}

/// A vote with votes by phone and again, on paper with scans, watched by a witness, counted; its record.
async fn a_vote(house: &House) -> (Files, String) {
    let mut cast = Cast::of(house).await;
    let id = cast.open(house, &[("revote", "yes"), ("scans", "yes")]).await;
    let witness = SigningKey::from_bytes(&[7; 32]);
    let fields = [("name", WITNESS), ("key", &hex(witness.verifying_key().as_bytes()))];
    done(cast.street.submit(&format!("/assemblies/decisions/{id}/witnesses"), &fields).await);
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "no").await;
    cast.cast(&cast.code(id, "2幢", "2幢101").await, "yes").await;
    assemblies::sign_logs(&house.app).await.unwrap();
    cast.cast(&code, "yes").await;
    cast.cast(&cast.code(id, "2幢", "2幢102").await, "no").await;
    assemblies::sign_logs(&house.app).await.unwrap();
    for (number, unit, choice) in [("3", "1幢201", "no"), ("2", "1幢102", "yes")] {
        done(cast.paper(id, number, unit, choice, "2024-09-13").await);
        let scans = format!("/assemblies/decisions/{id}/sheets/{number}/scans");
        let scan = [PDF, number.as_bytes(), b"\n%%EOF\n"].concat();
        done(cast.committee.upload(&scans, "扫描.pdf", &scan).await);
    }
    cast.sealed(house, id, "2").await;
    cast.counted(id).await;
    let note = house.as_stranger().get(&format!("/assemblies/posted/{id}/checkpoint")).await.body;
    let head = note.split("\n\n").next().unwrap().to_owned() + "\n";
    let size = head_of(&head, &format!("jiayuan/vote/{id}")).unwrap().size.to_string();
    let line = cosign(&witness, WITNESS, &head, 1_726_900_000);
    let door = format!("/assemblies/posted/{id}/cosignatures");
    assert_eq!(house.as_stranger().submit(&door, &[("size", &size), ("line", &line)]).await.status, 200);
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    (opened(&record), id.to_string())
}

/// A ballot an owner holds the receipt of stands in the log as the receipt says.
fn receipt_holds(receipt: &Value, files: &Files) -> bool {
    let leaf = read(files, "log.ndjson").into_iter().find(|it| it["n"] == receipt["n"]);
    leaf.is_some_and(|it| it["body"] == sha(receipt["text"].as_str().unwrap()).as_str())
}

/// The leaves' hashes as a witness reads them from the tiles.
fn tiles(files: &Files) -> Vec<[u8; 32]> {
    let content = |it: &Value| -> [u8; 32] {
        let hex = it["hash"].as_str().unwrap();
        let bytes: Vec<u8> =
            (0..32).map(|n| u8::from_str_radix(&hex[n * 2..n * 2 + 2], 16).unwrap()).collect();
        Sha256::digest([&[0][..], &bytes].concat()).into()
    };
    read(files, "log.ndjson").iter().map(content).collect()
}

fn newest_head(files: &Files) -> String {
    let note = files.iter().rfind(|it| it.0.starts_with("checkpoints/")).unwrap().1;
    note.split("\n\n").next().unwrap().to_owned() + "\n"
}

async fn fourteen_ways_to_tamper_are_each_found(house: House) {
    // A hundred places of each class in `script/bench`.
    let places = if crate::recounts::is_thorough() { 100 } else { 15 };
    let (files, id) = a_vote(&house).await;
    let key = files["key.pub"].clone();
    let verified = |files: &Files| assemblies::verify_record(&packed(files), Some(&key));
    assert_eq!(verified(&files).unwrap().witnesses, 1);
    assert_eq!(recounted(&[packed(&files)]), [true]);
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);

    for class in [
        "a choice changed",
        "a ballot deleted",
        "a ballot added",
        "two ballots swapped",
        "time moved over the close",
        "an area changed",
        "the roll changed after the freeze",
        "a paper entry edited",
        "a scan replaced",
        "rules.json changed",
        "a second vote dropped",
    ] {
        let records: Vec<Files> = (0..places).map(|_| touched(class, &files, &mut dice)).collect();
        for record in &records {
            assert!(verified(record).is_err(), "{class} is not found");
        }
        let packed: Vec<Vec<u8>> = records.iter().map(packed).collect();
        assert_eq!(recounted(&packed), vec![false; places], "{class}");
    }

    // With the log's key everything can be signed anew: then the record holds in itself, and others find it.
    let forger = Forger(SigningKey::from_bytes(&house.app.vault.log_seed()));
    assert_eq!(forger.mended(files.clone()), files, "the forger changes nothing that was not touched");
    let origin = format!("jiayuan/vote/{id}");
    let kept = head_of(&newest_head(&files), &origin).unwrap();
    let receipts = read(&files, "ballots.ndjson");
    let mut by_receipts = 0;
    for _ in 0..places {
        let forged = forger.mended(touched("a choice changed", &files, &mut dice));
        // Unwatched it would pass, which is why it is watched; the sheets of paper alone speak against it.
        let fault = verified(&forged).unwrap_err();
        assert!(
            fault.contains("没有联署封票以后的检查点") || fault.contains("两次录入与票不一致"),
            "{fault}"
        );
        let head = head_of(&newest_head(&forged), &origin).unwrap();
        assert!(grew(Some(&kept), &head, &tiles(&forged)).is_err(), "the witness signs no other history");
        let found = receipts.iter().filter(|it| !receipt_holds(it, &forged)).count();
        assert_eq!(found, 1, "the owner whose choice it was");
        by_receipts += found;
    }
    assert_eq!(by_receipts, places);
    for _ in 0..places {
        // Two heads of one size: whoever sees both knows; a record that holds both is refused, the witness has signed one.
        let forged = forger.mended(touched("a choice changed", &files, &mut dice));
        let mut split = files.clone();
        let name = files.keys().rfind(|it| it.starts_with("checkpoints/")).unwrap();
        split.insert(format!("{name}.other.txt"), forged[name].clone());
        assert!(verified(&split).unwrap_err().contains("历史记录被改动过"));
        assert_eq!(recounted(&[packed(&split)]), [false]);
        let head = head_of(&newest_head(&forged), &origin).unwrap();
        assert_eq!(head.size, kept.size);
        assert!(grew(Some(&kept), &head, &tiles(&forged)).is_err());
    }
    let all = read(&files, "log.ndjson").len() as u64;
    for _ in 0..places {
        // An old backup taken up again: the log is shorter, then grows with other leaves than were signed.
        let (mut old, mut leaves) = (files.clone(), read(&files, "log.ndjson"));
        let size = 1 + dice.below(all - 1) as usize;
        leaves.truncate(size);
        for n in size..all as usize {
            let at = "2024-09-22T01:00:00Z";
            let body = format!("{{\"again\":{n}}}");
            let hash = sha(&format!("final\n{at}\n{body}"));
            leaves.push(json!({ "n": n, "kind": "final", "at": at, "body": body, "hash": hash }));
        }
        write(&mut old, "log.ndjson", &leaves);
        let note = forger.sign(&id, &leaves);
        let head = note.split("\n\n").next().unwrap().to_owned() + "\n";
        let head = head_of(&head, &origin).unwrap();
        assert!(grew(Some(&kept), &head, &tiles(&old)).is_err(), "the witness remembers what it signed");
        assert!(verified(&old).is_err());
        let lost = receipts.iter().filter(|it| !receipt_holds(it, &old)).count();
        let after = receipts.iter().filter(|it| size as i64 <= it["n"].as_i64().unwrap()).count();
        assert_eq!(lost, after, "and so does everybody who voted after the backup");
    }
}
