//! Spot checks of a record: the ballots that were drawn are those the dice name.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::parcel::Found;
use crate::spot_checks::rules;

#[derive(Deserialize)]
struct Drawn {
    version: i64,
    seed: String,
    share: u32,
    ballots: Vec<i64>,
}

/// Every draw again, from the ballots that counted when it was made. Leaves come as place, kind and body; `counting` tells which count
/// when these were made void.
pub(super) fn check<'a>(
    leaves: impl Iterator<Item = (i64, &'a str, &'a str)>,
    counting: impl Fn(&BTreeSet<i64>) -> BTreeMap<String, i64>,
) -> Found<()> {
    let (mut void, mut posted, mut drawn) = (BTreeSet::new(), 0, 0);
    for (n, kind, body) in leaves {
        match kind {
            "void" => {
                let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
                void.extend(body["ballot"].as_i64());
            }
            "result" => {
                let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
                posted = body["version"].as_i64().unwrap_or_default();
            }
            "spot_check" => {
                let it: Drawn =
                    serde_json::from_str(body).map_err(|_| format!("日志第{n}条的抽查无法识别"))?;
                // Whoever throws again until the ballots please draws nothing.
                if it.version != posted || it.version <= drawn {
                    return Err(format!("日志第{n}条的抽查不是那一版结果唯一的一次"));
                }
                drawn = it.version;
                if !rules::SHARES.contains(&it.share) {
                    return Err(format!("日志第{n}条的抽查比例不对"));
                }
                let all = counting(&void).into_values();
                if rules::draw(&it.seed, all, rules::size(it.share)) != it.ballots {
                    return Err(format!("日志第{n}条抽出的票不是骰子点数所定的"));
                }
            }
            _ => {}
        }
    }
    Ok(())
}
