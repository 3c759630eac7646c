//! Who changed what, when, from, to: the audit log of one record in words.

use accounts::role_label;
use kernel::{Problem, Role, beijing_minute};
use serde::{Deserialize, Serialize};
use store::Tx;

/// One line of a record's history as it is shown.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub at: String,
    pub what: String,
    pub who: String,
    pub role: &'static str,
    pub changes: Vec<String>,
}

/// A field that changed, with both values as people read them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    pub(crate) field: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

const NEWEST: i64 = 50;

pub(crate) fn lines(
    tx: &mut Tx<'_>,
    subject: i64,
    what: fn(&str) -> &'static str,
) -> Result<Vec<Line>, Problem> {
    #[derive(Deserialize, Default)]
    struct Body {
        #[serde(default)]
        changes: Vec<Change>,
        #[serde(default)]
        reason: String,
    }
    let found = store::history(tx, subject, NEWEST)?;
    let people: Vec<i64> = found.iter().map(|it| it.person).collect();
    let names = accounts::names(tx, &people)?;
    let line = |it: store::HistoryLine| {
        let body: Body = serde_json::from_str(&it.body).unwrap_or_default();
        let change = |it: &Change| format!("{}：{} → {}", it.field, shown(&it.from), shown(&it.to));
        Line {
            at: beijing_minute(it.at),
            what: what(&it.event).to_owned(),
            who: names.get(&it.person).cloned().unwrap_or_else(|| "系统".to_owned()),
            role: Role::from_code(&it.role).map_or("", role_label),
            changes: body
                .changes
                .iter()
                .map(change)
                .chain((!body.reason.is_empty()).then(|| format!("理由：{}", body.reason)))
                .collect(),
        }
    };
    Ok(found.into_iter().map(line).collect())
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "（空）" } else { value }
}
