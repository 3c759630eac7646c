//! A record that was touched anywhere is found, by the product and by the other program.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
    path::Path,
    process::Command,
};

use testkit::{House, on_both_stores};

use crate::story::{Cast, done};

on_both_stores!(crate::story::house; a_record_holds_until_anything_in_it_is_touched);

pub(crate) type Files = BTreeMap<String, String>;

pub(crate) fn opened(record: &[u8]) -> Files {
    let mut zip = zip::ZipArchive::new(Cursor::new(record)).unwrap();
    let mut files = Files::new();
    for n in 0..zip.len() {
        let mut file = zip.by_index(n).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        files.insert(name, text);
    }
    files
}

pub(crate) fn packed(files: &Files) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(vec![]));
    for (name, text) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Whether the other program finds it in order.
pub(crate) fn recounts(record: &[u8]) -> Result<String, String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), record).unwrap();
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/recount.py");
    let ran = Command::new("python3").arg(program).arg(file.path()).output().unwrap();
    let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
    if ran.status.success() { Ok(text(ran.stdout)) } else { Err(text(ran.stderr)) }
}

fn with_line(files: &Files, name: &str, change: impl Fn(Vec<String>) -> Vec<String>) -> Files {
    let mut files = files.clone();
    let lines = files[name].lines().map(str::to_owned).collect();
    let text: String = change(lines).into_iter().map(|it| it + "\n").collect();
    assert_ne!(text, files[name], "{name} was to be touched");
    files.insert(name.to_owned(), text);
    files
}

fn replaced(files: &Files, name: &str, from: &str, to: &str) -> Files {
    let mut files = files.clone();
    let text = files[name].replacen(from, to, 1);
    assert_ne!(text, files[name], "{name} was to be touched");
    files.insert(name.to_owned(), text);
    files
}

// covers: BJ-032
async fn a_record_holds_until_anything_in_it_is_touched(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("revote", "yes"), ("silent_clause", "议事规则第21条")]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    // The clock signs whatever has grown, and nothing twice.
    cast.cast(&code, "no").await;
    assert_eq!(assemblies::sign_logs(&house.app).await.unwrap(), 1);
    cast.cast(&code, "yes").await;
    assert_eq!(assemblies::sign_logs(&house.app).await.unwrap(), 1);
    assert_eq!(assemblies::sign_logs(&house.app).await.unwrap(), 0);
    cast.cast(&cast.code(id, "2幢", "2幢102").await, "yes").await;
    done(cast.paper(id, "3", "1幢201", "no", "2024-09-13").await);
    let deliver = [("building", "2幢"), ("unit", "2幢101"), ("what", "door")];
    cast.committee.submit(&format!("/assemblies/decisions/{id}/canvass"), &deliver).await;
    cast.sealed(&house, id, "1").await;
    cast.counted(id).await;
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    let files = opened(&record);
    let verified = assemblies::verify_record(&packed(&files), None).unwrap();
    // Notice, two of the clock's, seal, count.
    assert_eq!((verified.ballots, verified.checkpoints), (7, 5));
    let told = recounts(&packed(&files)).unwrap();
    assert!(told.contains("票7张，有效5套，重新计票与公示一致"), "{told}");

    let newest = files.keys().rfind(|it| it.starts_with("checkpoints/")).unwrap().clone();
    let touched = [
        ("a choice changed", replaced(&files, "ballots.ndjson", "\\\"yes\\\"", "\\\"no\\\"")),
        ("a ballot deleted", with_line(&files, "ballots.ndjson", |it| it[1..].to_vec())),
        (
            "a ballot added",
            with_line(&files, "ballots.ndjson", |mut it| {
                let more = it[0].replacen("\"n\":", "\"n\":9", 1);
                it.push(more);
                it
            }),
        ),
        (
            "two ballots swapped",
            with_line(&files, "ballots.ndjson", |mut it| {
                let number = |line: &str| line.split(',').next().unwrap().to_owned();
                let (a, b) = (number(&it[0]), number(&it[1]));
                it[0] = it[0].replacen(&a, &b, 1);
                it[1] = it[1].replacen(&b, &a, 1);
                it
            }),
        ),
        (
            "the last leaf dropped",
            with_line(&files, "log.ndjson", |mut it| {
                it.pop();
                it
            }),
        ),
        (
            "a leaf in the middle dropped",
            with_line(&files, "log.ndjson", |mut it| {
                it.remove(3);
                it
            }),
        ),
        ("an area changed", replaced(&files, "roll.csv", "100.000", "101.000")),
        ("the rules changed", replaced(&files, "rules.json", "\"matter\": 4", "\"matter\": 7")),
        (
            "delivery invented",
            replaced(&files, "rules.json", "\"2幢101\"", "\"2幢101\", \"2幢102\", \"1幢201\""),
        ),
        ("a reading of a sheet edited", replaced(&files, "sheets.ndjson", "\"no\"", "\"yes\"")),
        ("the result edited", replaced(&files, "results.ndjson", "\"passed\":true", "\"passed\":false")),
        ("the precedence edited", replaced(&files, "decision.json", "\"revote\": true", "\"revote\": false")),
        ("fewer sheets in a box", replaced(&files, "decision.json", "\"sheets\": 1", "\"sheets\": 0")),
        ("a window moved", replaced(&files, "decision.json", "2024-09-20T16", "2024-09-13T01")),
        (
            "a root rewritten",
            with_line(&files, &newest, |mut it| {
                it[2] = it[2].chars().rev().collect();
                it
            }),
        ),
        ("a moment of the log changed", replaced(&files, "log.ndjson", "2024-09-13T02", "2024-09-13T03")),
        ("a kind of the log changed", replaced(&files, "log.ndjson", "\"opening\"", "\"final\"")),
        ("the title changed", replaced(&files, "decision.json", "2024年第一次", "2024年第二次")),
        ("the notice put back", replaced(&files, "decision.json", "\"2024-08-28\"", "\"2024-07-28\"")),
        ("the posting's day changed", replaced(&files, "results.ndjson", "2024-09-21", "2024-09-11")),
        ("an old checkpoint under the newest name", {
            let oldest = files.keys().find(|it| it.starts_with("checkpoints/")).unwrap();
            let mut copied = files.clone();
            copied.insert(newest.clone(), files[oldest].clone());
            copied
        }),
        ("an early checkpoint's root rewritten", {
            let early = files.keys().filter(|it| it.starts_with("checkpoints/")).nth(1).unwrap();
            with_line(&files, early, |mut it| {
                it[2] = it[2].chars().rev().collect();
                it
            })
        }),
        ("half a record", Files::from([("decision.json".to_owned(), files["decision.json"].clone())])),
    ];
    for (what, touched) in touched {
        let record = packed(&touched);
        let ours = assemblies::verify_record(&record, None);
        assert!(ours.is_err(), "{what}: {ours:?}");
        assert!(recounts(&record).is_err(), "{what}");
    }
    // Two files in another order say the same.
    let turned = with_line(&files, "ballots.ndjson", |mut it| {
        it.reverse();
        it
    });
    assert!(assemblies::verify_record(&packed(&turned), None).is_ok());
    assert!(recounts(&packed(&turned)).is_ok());
    // Who has the house's key beforehand is not told another's.
    let key = files["key.pub"].clone();
    assert!(assemblies::verify_record(&record, Some(&key)).is_ok());
    assert!(assemblies::verify_record(&record, Some(&key.replace(&key[..2], "zz"))).is_err());
    // Another key cannot sign for this house; the other program does not check signatures and says so.
    let other = replaced(&files, "key.pub", &files["key.pub"][..2], "00");
    assert!(assemblies::verify_record(&packed(&other), None).is_err());
    assert!(assemblies::verify_record(b"PK", None).unwrap_err().contains("没有下载完整"));
}
