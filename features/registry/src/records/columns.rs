//! What a list of records may show, on the page and in its sheet; the heads are those its own import understands.

use web::Column;

use super::{kinds::Kind, queries::RecordView};

type Of = Column<RecordView>;

pub(crate) fn columns(kind: &'static Kind) -> Vec<Of> {
    let text = |code, title, is_usual, says| Of { code, title, is_number: false, is_usual, says };
    let number = |code, title, says| Of { code, title, is_number: true, is_usual: false, says };
    let mut columns = vec![
        text("title", kind.about, true, title),
        text("community", "小区", true, |it| it.community.clone().unwrap_or_default()),
        text("happened_on", kind.on, true, |it| it.happened_on.clone()),
    ];
    columns.extend(kind.until.map(|it| text("ends_on", it, true, |it| it.ends_on.clone())));
    if !kind.classes.is_empty() {
        columns.push(text("class", "类别", true, |it| it.class_label.to_owned()));
    }
    if !kind.statuses.is_empty() {
        columns.push(text("status", "状态", true, |it| it.status_label.to_owned()));
    }
    columns.extend(kind.part.map(|it| number("part", it, |it| maybe(it.part))));
    columns.extend(kind.whole.map(|it| number("whole", it, |it| maybe(it.whole))));
    columns.extend(kind.part.map(|_| Of {
        code: "amount",
        title: "数值",
        is_number: true,
        is_usual: true,
        says: |it| it.amount.clone(),
    }));
    columns.push(text("enterprise", "物业服务企业全称", kind.names_enterprise, |it| {
        it.enterprise.clone().unwrap_or_default()
    }));
    columns.push(text("evidence", "佐证材料说明", false, |it| it.evidence.clone()));
    columns.push(text("void_reason", "作废理由", false, |it| it.void_reason.clone().unwrap_or_default()));
    columns
}

/// A record that counts for nothing any more says so wherever its name stands.
fn title(it: &RecordView) -> String {
    match it.void_reason {
        Some(_) => format!("{}（已作废）", it.title),
        None => it.title.clone(),
    }
}

fn maybe(it: Option<i64>) -> String {
    it.map_or(String::new(), |it| it.to_string())
}
