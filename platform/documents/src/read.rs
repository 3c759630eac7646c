//! A table read from XLSX or CSV: a header row and rows of trimmed text, each with its number in the file.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use crate::{
    Fault,
    bounds::{MOST_ROWS, check_workbook, too_large},
};

/// Rows as people see them: text, trimmed, with the number the row has in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<(u32, Vec<String>)>,
}

/// B7: what a cell is called in a spreadsheet, by its column from nought and its line from one.
#[must_use]
pub fn cell_name(column: usize, line: u32) -> String {
    format!("{}{line}", letters(column))
}

/// A, B, … Z, AA.
fn letters(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 { last.to_string() } else { format!("{}{last}", letters(column / 26 - 1)) }
}

const ZIP: &[u8] = b"PK\x03\x04";

/// Reads a table; what the file is, is told by its content and never by its name.
///
/// # Errors
/// A sentence that says what to do about the file.
pub fn read_table(bytes: &[u8]) -> Result<Table, Fault> {
    if bytes.is_empty() {
        return Err(Fault("没有收到文件，请选择要上传的表格".to_owned()));
    }
    let rows = if bytes.starts_with(ZIP) { workbook(bytes)? } else { csv_rows(bytes)? };
    let mut rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|it| !it.is_empty()));
    // The header is the first row with at least two filled cells: a title above the table is passed over.
    let header = rows.by_ref().find(|(_, cells)| 1 < cells.iter().filter(|it| !it.is_empty()).count());
    let (_, header) =
        header.ok_or_else(|| Fault("表格里没有找到表头行，请下载模板，按模板填写后再上传".to_owned()))?;
    Ok(Table { header, rows: rows.collect() })
}

fn workbook(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Fault> {
    check_workbook(bytes)?;
    let unreadable = || Fault("表格无法读取，请用Excel或WPS另存为“.xlsx”后再上传".to_owned());
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let sheet = book.worksheet_range_at(0).ok_or_else(unreadable)?.map_err(|_| unreadable())?;
    let first = sheet.start().map_or(0, |it| it.0);
    let row = |(n, cells): (usize, &[Data])| (first + n as u32 + 1, cells.iter().map(text).collect());
    Ok(sheet.rows().enumerate().map(row).collect())
}

/// A cell as the person who filled it meant it.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(it) => it.trim().to_owned(),
        Data::Float(it) if it.fract() == 0.0 && it.abs() < 1e15 => format!("{it:.0}"),
        Data::DateTime(it) => date(it.to_ymd_hms_milli()),
        Data::DateTimeIso(it) => it.chars().take(10).collect(),
        // A formula's error is text, so that the row is refused with its cell named.
        other => other.to_string().trim().to_owned(),
    }
}

fn date((year, month, day, ..): (u16, u8, u8, u8, u8, u8, u16)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn csv_rows(bytes: &[u8]) -> Result<Vec<(u32, Vec<String>)>, Fault> {
    let (text, _, wrong) = encoding_rs::UTF_8.decode(bytes);
    // What Excel in China saves as CSV is GB 18030.
    let text = if wrong { encoding_rs::GB18030.decode(bytes).0 } else { text };
    if text.contains('\0') {
        return Err(Fault("这个文件不是表格。请上传“.xlsx”或“.csv”文件".to_owned()));
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = vec![];
    for record in reader.records() {
        let record = record.map_err(|_| Fault("CSV文件格式有误，请用Excel或WPS另存后再上传".to_owned()))?;
        let line = record.position().map_or(0, |it| it.line() as u32);
        rows.push((line, record.iter().map(|it| it.trim().to_owned()).collect()));
        if MOST_ROWS < rows.len() {
            return Err(too_large());
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Column, write_xlsx};

    #[test]
    fn csv_is_read_in_both_encodings() {
        let table = |bytes: &[u8]| read_table(bytes).unwrap();
        let utf8 = "\u{feff}小区名称,户数\n锦绣花园, 320 \n\n".as_bytes();
        let gbk = encoding_rs::GB18030.encode("小区名称,户数\n锦绣花园,320\n").0.into_owned();
        let expected = Table {
            header: vec!["小区名称".into(), "户数".into()],
            rows: vec![(2, vec!["锦绣花园".into(), "320".into()])],
        };
        assert_eq!((table(utf8), table(&gbk)), (expected.clone(), expected));
    }

    #[test]
    fn a_workbook_is_read_back_as_it_was_written_and_rows_keep_their_numbers() {
        let columns = [Column::text("小区名称", 20), Column::number("户数", 10)];
        let rows = vec![
            vec![Cell::Text("=1+1".into()), Cell::Number(320.0)],
            vec![Cell::Text("𠮷祥苑".into()), Cell::Empty],
        ];
        let table = read_table(&write_xlsx("小区", &columns, &rows).unwrap()).unwrap();
        assert_eq!(table.header, ["小区名称", "户数"]);
        assert_eq!(
            table.rows,
            [(2, vec!["=1+1".to_owned(), "320".to_owned()]), (3, vec!["𠮷祥苑".to_owned(), String::new()])]
        );
    }

    #[test]
    fn what_is_no_table_is_refused_in_words() {
        let refused = |bytes: &[u8]| read_table(bytes).unwrap_err().0;
        assert!(refused(b"").contains("没有收到文件"));
        assert!(refused(b"PK\x03\x04 broken").contains("XLSX"));
        assert!(refused(b"\x89PNG\x00\x00").contains("不是表格"));
        assert!(refused("只有标题\n".as_bytes()).contains("表头"));
    }

    #[test]
    fn a_bomb_is_refused_before_it_is_unpacked() {
        let mut bomb = zip::ZipWriter::new(Cursor::new(vec![]));
        bomb.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::copy(&mut std::io::Read::take(std::io::repeat(b' '), 300 << 20), &mut bomb).unwrap();
        let bytes = bomb.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        assert!(read_table(&bytes).unwrap_err().0.contains("过大"));
    }
}
