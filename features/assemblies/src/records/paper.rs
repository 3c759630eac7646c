//! Ballot papers of a record: two readings that agree behind every ballot, no more of them than a box held, and their scans.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::{parcel::Found, types::BallotText};
use crate::decisions::{Terms, types::Urn};

#[derive(Deserialize)]
pub(crate) struct SheetLine {
    number: String,
    building: String,
    state: String,
    first: Value,
    second: Value,
    #[serde(default)]
    scans: Vec<String>,
}

/// Two entries that agree behind every ballot of paper, and no more of them than a box held.
pub(crate) fn check_sheets(
    boxes: &[Urn],
    sheets: &[SheetLine],
    texts: &[(i64, BallotText)],
    voided: &BTreeSet<i64>,
) -> Found<()> {
    let agreed = |it: &&SheetLine| it.state == "agreed";
    for (n, text) in texts.iter().filter(|it| it.1.channel == "paper" && !voided.contains(&it.0)) {
        let sheet = sheets.iter().filter(agreed).find(|it| Some(&it.number) == text.sheet.as_ref());
        let sheet = sheet.ok_or_else(|| format!("第{n}条纸质票没有两次录入的记录"))?;
        if !says(&sheet.first, text) || sheet.first != sheet.second {
            return Err(format!("编号{}的纸质票两次录入与票不一致", sheet.number));
        }
    }
    for it in boxes {
        let here = sheets.iter().filter(agreed).filter(|sheet| sheet.building == it.building).count();
        if it.sheets < here {
            return Err(format!("{}的纸质票多于封票清点的{}张", it.building, it.sheets));
        }
    }
    Ok(())
}

/// The scans beside the sheets are those the log names, and every sheet that counts has one where the notice said so.
pub(crate) fn check_scans<'a>(
    terms: &Terms,
    sheets: &[SheetLine],
    leaves: impl Iterator<Item = (&'a str, &'a str)>,
) -> Found<()> {
    let mut logged: Vec<(String, String)> = vec![];
    for (_, body) in leaves.filter(|it| it.0 == "scan") {
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let text = |field: &str| body[field].as_str().unwrap_or_default().to_owned();
        logged.push((text("sheet"), text("sha256")));
    }
    let kept = sheets.iter().flat_map(|it| it.scans.iter().map(|scan| (it.number.clone(), scan.clone())));
    let mut kept: Vec<(String, String)> = kept.collect();
    kept.sort();
    logged.sort();
    if kept != logged {
        return Err("纸质票的扫描件与日志登记的不符".to_owned());
    }
    match sheets.iter().find(|it| terms.scans && it.state == "agreed" && it.scans.is_empty()) {
        Some(it) => Err(format!("编号{}的纸质票没有扫描件", it.number)),
        None => Ok(()),
    }
}

/// Whether a reading of a sheet says what the ballot says; of a sheet signed by a proxy, as far as the mandate goes.
fn says(reading: &Value, text: &BallotText) -> bool {
    let choices = reading["choices"].as_object();
    let same = |(item, choice): (&String, &String)| {
        choices.and_then(|it| it.get(item)).is_some_and(|it| it == choice.as_str())
    };
    let whole = choices.is_some_and(|it| it.len() == text.choices.len());
    let by_mandate = reading["by_mandate"].as_bool().unwrap_or_default();
    reading["unit"] == text.unit.as_str()
        && reading["received_at"] == text.at.to_string()
        && by_mandate == text.mandate.is_some()
        && (whole || by_mandate)
        && text.choices.iter().all(same)
}
