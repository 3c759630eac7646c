//! A register as a sheet, with the heads its own import understands.

use documents::{Cell, Column};

use super::{kinds::Kind, queries::RecordView};

pub(crate) fn columns(kind: &Kind) -> Vec<Column> {
    let mut columns = vec![Column::text("小区", 18), Column::text(kind.about, 28), Column::text(kind.on, 12)];
    columns.extend(kind.until.map(|it| Column::text(it, 12)));
    columns.extend(["类别", "状态"].map(|it| Column::text(it, 12)));
    columns.extend(kind.part.map(|it| Column::number(it, 12)));
    columns.extend(kind.whole.map(|it| Column::number(it, 12)));
    columns.extend(["物业服务企业全称", "佐证材料说明", "作废理由"].map(|it| Column::text(it, 24)));
    columns
}

pub(crate) fn row(kind: &Kind, it: &RecordView) -> Vec<Cell> {
    let text = |it: &str| Cell::Text(it.to_owned());
    let number = |it: Option<i64>| it.map_or(Cell::Empty, |it| Cell::Number(it as f64));
    let mut row = vec![text(it.community.as_deref().unwrap_or("")), text(&it.title), text(&it.happened_on)];
    row.extend(kind.until.map(|_| text(&it.ends_on)));
    row.extend([text(it.class_label), text(it.status_label)]);
    row.extend(kind.part.map(|_| number(it.part)));
    row.extend(kind.whole.map(|_| number(it.whole)));
    row.extend(
        [&it.enterprise, &Some(it.evidence.clone()), &it.void_reason]
            .map(|it| text(it.as_deref().unwrap_or(""))),
    );
    row
}
