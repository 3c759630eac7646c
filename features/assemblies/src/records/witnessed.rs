//! What a record's witnesses signed, checked without the house.

use std::collections::BTreeMap;

use ed25519_dalek::VerifyingKey;
use serde::Deserialize;
use serde_json::Value;

use super::{
    cosigning,
    parcel::{Found, Record, lines},
    rules, witnesses,
};

#[derive(Deserialize)]
struct CosignedLine {
    size: usize,
    name: String,
    line: String,
}

/// Every witness the log names, and does not name as withdrawn, has co-signed a head that covers the seal; how many they are. Leaves come as kind and body.
pub(super) fn check<'a>(
    record: &mut Record<'_>,
    key: &str,
    leaves: impl Iterator<Item = (&'a str, &'a str)>,
) -> Found<usize> {
    let (mut named, mut sealed) = (vec![], None);
    for (n, (kind, body)) in leaves.enumerate() {
        match kind {
            "witness" => named.push(serde_json::from_str::<Value>(body).map_err(|it| it.to_string())?),
            "witness_end" => {
                let ended: Value = serde_json::from_str(body).map_err(|it| it.to_string())?;
                named.retain(|it: &Value| it["name"] != ended["name"]);
            }
            "close" => sealed = Some(n),
            _ => {}
        }
    }
    if named.is_empty() {
        return Ok(0);
    }
    let sealed = sealed.ok_or("日志里没有封票")?;
    let house = rules::bytes(key).and_then(|it| <[u8; 32]>::try_from(it).ok());
    let house = house.and_then(|it| VerifyingKey::from_bytes(&it).ok()).ok_or("key.pub 不是公钥")?;
    let mut heads = BTreeMap::new();
    for name in record.names("checkpoints/") {
        let note = record.text(&name)?;
        let head = rules::opened(&note, &house).ok_or_else(|| format!("{name} 的签名不对"))?;
        let size = head.lines().nth(1).and_then(|it| it.parse::<usize>().ok());
        heads.insert(size.ok_or_else(|| format!("{name} 无法识别"))?, head.to_owned());
    }
    let lines: Vec<CosignedLine> = lines(&record.text("cosignatures.ndjson")?, "cosignatures.ndjson")?;
    for it in &named {
        let text = |field: &str| it[field].as_str().unwrap_or_default();
        let name = text("name");
        let key = witnesses::key_of(text("key")).ok_or_else(|| format!("见证{name}的公钥无法识别"))?;
        let signed = |line: &CosignedLine| {
            let head = heads.get(&line.size).map_or("", String::as_str);
            sealed < line.size && cosigning::cosigned(&line.line, name, &key, head).is_some()
        };
        if !lines.iter().filter(|line| line.name == name).any(signed) {
            return Err(format!("见证{name}没有联署封票以后的检查点"));
        }
    }
    Ok(named.len())
}
