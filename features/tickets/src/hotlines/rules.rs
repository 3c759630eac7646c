//! A hotline's sheet: which column is what, and what is wrong with a row. Pure.

use std::collections::BTreeSet;

use documents::{Table, cell_name};
use kernel::{FieldError, Problem};

use crate::{
    cases::{forms::Intake, intake, labels, types::Kind},
    profiles::rules::called,
    systems::types::{Sending, System},
};

/// A day's cases of a city's hotline, and some.
const MOST_ROWS: usize = 1_000;
const MOST_FAULTS: usize = 50;

/// Field, the head the template gives it, and the heads hotlines use.
pub(crate) const COLUMNS: [(&str, &str, &[&str]); 8] = [
    ("outside", "来件编号", &["编号", "工单编号", "工单号", "受理编号", "外部编号"]),
    ("community", "小区", &["小区名称", "所在小区", "地址", "诉求地址"]),
    ("category", "问题类别", &["类别", "问题分类", "诉求类别"]),
    ("body", "内容", &["诉求内容", "问题描述", "反映内容", "工单内容"]),
    ("kind", "诉求类型", &["类型"]),
    ("building", "楼栋位置", &["楼栋", "位置", "详细位置"]),
    ("name", "姓名", &["反映人", "联系人", "来电人"]),
    ("phone", "电话", &["联系电话", "来电号码", "手机号"]),
];

/// One row as it was read; its community is still a name.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: u32,
    pub(crate) sending: Sending,
}

/// The rows, and which column each field stands in.
pub(crate) type Columns = [Option<usize>; COLUMNS.len()];

/// A sheet as it was read: its rows, which column each field stands in, and what rows show wrong by themselves.
pub(crate) struct Read {
    pub(crate) rows: Vec<Row>,
    pub(crate) columns: Columns,
    pub(crate) faults: Vec<(u32, FieldError)>,
}

/// Reads the rows.
///
/// # Errors
/// When it is no sheet of cases at all.
pub(crate) fn read(table: &Table, system: &System) -> Result<Read, Vec<String>> {
    let columns: Columns = COLUMNS.map(|(_, head, others)| {
        let is = |it: &String| it.trim() == head || others.contains(&it.trim());
        table.header.iter().position(is)
    });
    let missing: Vec<&str> =
        COLUMNS.iter().zip(columns).take(4).filter(|it| it.1.is_none()).map(|it| it.0.1).collect();
    if !missing.is_empty() {
        return Err(vec![format!("表头缺少：{}。请下载模板，或把对应的列改成这些名称", missing.join("、"))]);
    }
    if MOST_ROWS < table.rows.len() {
        return Err(vec![format!("文件有{}行，一次最多{MOST_ROWS}行，请分次上传", table.rows.len())]);
    }
    if table.rows.is_empty() {
        return Err(vec!["表格里没有来件：表头下面应一行写一件".to_owned()]);
    }
    let (mut rows, mut faults, mut seen) = (vec![], vec![], BTreeSet::new());
    for (line, cells) in &table.rows {
        let cell = |n: usize| columns[n].and_then(|it| cells.get(it)).map_or("", |it| it.trim()).to_owned();
        let named = |n: usize, known: Option<String>| known.unwrap_or_else(|| cell(n));
        let category = called(&cell(2)).map(|it| it.code.clone());
        let kind = Kind::ALL.iter().find(|it| labels::kind(**it) == cell(4)).map(|it| it.code().to_owned());
        let sending = Sending {
            outside: cell(0),
            community: cell(1),
            category: named(2, category),
            body: cell(3),
            kind: named(4, kind),
            building: cell(5),
            name: cell(6),
            phone: cell(7),
            openness: String::new(),
        };
        let mut errors = own_faults(&sending, system);
        if !seen.insert(sending.outside.clone()) {
            errors.push(FieldError::new("outside", "编号在文件里出现了两次"));
        }
        faults.extend(errors.into_iter().map(|it| (*line, it)));
        rows.push(Row { line: *line, sending });
    }
    Ok(Read { rows, columns, faults })
}

/// What a row shows by itself.
fn own_faults(it: &Sending, system: &System) -> Vec<FieldError> {
    let mut errors = vec![];
    if it.outside.is_empty() || 64 < it.outside.chars().count() {
        errors.push(FieldError::new("outside", "请填写来件编号，不超过64个字"));
    }
    if it.community.is_empty() {
        errors.push(FieldError::new("community", "请填写小区名称"));
    }
    if !it.kind.is_empty() && Kind::from_code(&it.kind).is_none() {
        let known: Vec<&str> = Kind::ALL.iter().copied().map(labels::kind).collect();
        errors.push(FieldError::new("kind", format!("诉求类型应为{}之一", known.join("、"))));
    }
    let intake = Intake {
        category: it.category.clone(),
        body: it.body.clone(),
        building: it.building.clone(),
        name: it.name.clone(),
        phone: it.phone.clone(),
        ..Intake::default()
    };
    if let Err(Problem::Invalid(more)) = intake::intake(&intake, system.channel, None) {
        let in_sheet = |it: FieldError| match it.field.as_ref() {
            "category" => FieldError::new("category", "不是本系统的问题类别，可用的类别列在上传页下方"),
            "phone" if intake.phone.is_empty() => FieldError::new("phone", "请填写电话，用于答复"),
            _ => it,
        };
        errors.extend(more.into_iter().map(in_sheet));
    }
    errors
}

/// A fault with its cell: B7：没有找到这个小区.
fn told(it: &FieldError, line: u32, columns: &Columns) -> String {
    let n = COLUMNS.iter().position(|column| column.0 == it.field);
    match n.and_then(|n| columns[n]) {
        Some(column) => format!("{}：{}", cell_name(column, line), it.message),
        None => format!("第{line}行：{}", it.message),
    }
}

/// The first faults by their lines, and how many more there are.
pub(crate) fn listed(mut faults: Vec<(u32, FieldError)>, columns: &Columns) -> Vec<String> {
    // In the order they stand in the sheet: row by row, and cell by cell within it.
    let column =
        |it: &FieldError| COLUMNS.iter().position(|column| column.0 == it.field).and_then(|n| columns[n]);
    faults.sort_by_key(|it| (it.0, column(&it.1)));
    let mut faults: Vec<String> = faults.iter().map(|(line, it)| told(it, *line, columns)).collect();
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    faults.extend((0 < more).then(|| format!("还有{more}处错误，改正以上内容后再上传，会继续列出")));
    faults
}
