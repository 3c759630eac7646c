//! Tables written for people to open: no cell is ever a formula, however it begins.

use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError};

/// The kind a browser is told.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
}

/// A column: its head, its width in characters, and whether its cells stand to the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    pub width: u16,
    pub number: bool,
}

impl Column {
    #[must_use]
    pub fn text(head: &str, width: u16) -> Self {
        Self { head: head.to_owned(), width, number: false }
    }

    #[must_use]
    pub fn number(head: &str, width: u16) -> Self {
        Self { head: head.to_owned(), width, number: true }
    }
}

/// One sheet with a frozen, repeated head row, printed landscape on A4.
///
/// # Errors
/// When the rows do not fit into a sheet.
pub fn write_xlsx(title: &str, columns: &[Column], rows: &[Vec<Cell>]) -> Result<Vec<u8>, XlsxError> {
    let (mut book, head) =
        (Workbook::new(), Format::new().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap());
    let (text, number) = (Format::new().set_text_wrap().set_num_format("@"), Format::new());
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_name(title)?.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
    for (n, column) in (0_u16..).zip(columns) {
        sheet.set_column_width(n, column.width)?;
        sheet.write_string_with_format(0, n, &column.head, &head)?;
    }
    for (line, row) in (1_u32..).zip(rows) {
        for (n, cell) in (0_u16..).zip(row) {
            match cell {
                Cell::Empty => {}
                // Always a string cell, never a formula, whatever the text begins with.
                Cell::Text(it) => {
                    sheet.write_string_with_format(line, n, it, &text)?;
                }
                Cell::Number(it) => {
                    sheet.write_number_with_format(line, n, *it, &number)?;
                }
            }
        }
    }
    book.save_to_buffer()
}

/// CSV with a byte-order mark, so that Excel reads the Chinese; cells that could begin a formula are quoted as text.
#[must_use]
pub fn write_csv(columns: &[Column], rows: &[Vec<Cell>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    let head = columns.iter().map(|it| it.head.clone()).collect::<Vec<_>>();
    let texts = rows.iter().map(|row| row.iter().map(plain).collect::<Vec<_>>());
    for row in std::iter::once(head).chain(texts) {
        // Writing to memory cannot fail.
        let _written = writer.write_record(&row);
    }
    writer.into_inner().unwrap_or_default()
}

fn plain(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(it) => it.to_string(),
        Cell::Text(it) if it.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) => {
            format!("'{it}")
        }
        Cell::Text(it) => it.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_a_csv_begins_a_formula() {
        let rows = ["=cmd", "+1", "-1", "@x", "\tx", "＝x", "正常"].map(|it| vec![Cell::Text(it.to_owned())]);
        let text = String::from_utf8(write_csv(&[Column::text("名称", 10)], &rows)).unwrap();
        let cells: Vec<&str> = text.lines().skip(1).map(|it| it.trim_matches('"')).collect();
        assert_eq!(cells, ["'=cmd", "'+1", "'-1", "'@x", "'\tx", "'＝x", "正常"]);
    }
}
