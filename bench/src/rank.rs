//! `rank`: 12,000 entries × 5 sheets × 32 items ranked, against just parsing the same lines into structs.

use std::{
    collections::HashMap,
    hint::black_box,
    io::{StdoutLock, Write as _},
    path::Path,
};

use anyhow::Result;
use rules::{Entry, Pack, PackFiles, RankInput};
use serde::Deserialize;

const ENTRIES: usize = 12_000;
const SHEETS: usize = 5;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/beijing-2023-beautiful-home");
    let pack = Pack::parse(&PackFiles::read(&dir)?)?;
    let text = lines(&pack);
    let (items, size) = (pack.standard.items().count(), text.len() >> 20);
    writeln!(out, "rank: {ENTRIES} entries × {SHEETS} sheets × {items} items, {size} MB of JSON lines")?;
    super::compare(
        out,
        ("parsing only", || parse_only(&text)),
        ("ranking all", || rank_all(&pack, &text)),
        "1.50",
    )
}

/// What only reads the same lines, and believes everything.
#[derive(Deserialize)]
#[expect(dead_code, reason = "reading them is the point")]
struct Plain {
    entry: String,
    county: String,
    facts: HashMap<String, String>,
    sheets: Vec<PlainSheet>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "reading them is the point")]
struct PlainSheet {
    assessor: String,
    marks: HashMap<String, String>,
}

fn parse_only(text: &str) -> Result<()> {
    let entries: Vec<Plain> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    black_box(entries);
    Ok(())
}

fn rank_all(pack: &Pack, text: &str) -> Result<()> {
    let entries = text.lines().map(|it| Entry::parse(it, &pack.standard)).collect::<Result<Vec<_>, _>>()?;
    let ranked = rules::rank(pack, RankInput { entries, communities: None })?;
    let mut written = vec![];
    for line in &ranked {
        serde_json::to_writer(&mut written, line)?;
    }
    black_box(written);
    Ok(())
}

fn lines(pack: &Pack) -> String {
    let (mut text, mut dice) = (String::new(), 1_u64);
    let mut next = |n: u64| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % n
    };
    for entry in 0..ENTRIES {
        let sheets: Vec<String> = (0..SHEETS)
            .map(|assessor| {
                let mark = |it: &rules::Item| {
                    format!("\"{}\":\"{}.5\"", it.code, next(it.max.floor().max(1) as u64))
                };
                let marks: Vec<String> = pack.standard.items().map(mark).collect();
                format!("{{\"assessor\":\"x{assessor}\",\"marks\":{{{}}}}}", marks.join(","))
            })
            .collect();
        let facts =
            format!("\"owner_satisfaction_rate\":\"0.{}\",\"safety_incidents_24m\":\"0\"", 700 + next(300));
        text.push_str(&format!(
            "{{\"entry\":\"e{entry}\",\"county\":\"{}\",\"facts\":{{{facts}}},\"sheets\":[{}]}}\n",
            next(17),
            sheets.join(",")
        ));
    }
    text
}
