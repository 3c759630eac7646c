//! A form somebody filled in with a word processor: the cells of its tables, row by row.

use std::io::{Cursor, Read as _};

use quick_xml::{Reader, events::Event};
use zip::ZipArchive;

use crate::{
    Fault,
    bounds::{Office, office_kind},
};

/// The largest text of a form; the bounds of the whole file were looked at before.
const MOST_TEXT: u64 = 8 << 20;
const MOST_ROWS: usize = 2_000;

/// The rows of every table in a DOCX, each cell as the lines people see.
///
/// # Errors
/// A sentence that says what to do about the file.
pub fn read_form(bytes: &[u8]) -> Result<Vec<Vec<String>>, Fault> {
    if office_kind(bytes) != Some(Office::Text) {
        return Err(unreadable());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable())?;
    let mut part = archive.by_name("word/document.xml").map_err(|_| unreadable())?;
    let mut text = String::new();
    part.by_ref().take(MOST_TEXT + 1).read_to_string(&mut text).map_err(|_| unreadable())?;
    if MOST_TEXT < text.len() as u64 {
        return Err(Fault("表格内容过长，请删去与填表无关的内容后再上传".to_owned()));
    }
    rows(&text)
}

fn unreadable() -> Fault {
    Fault("这个文件不能读取。请上传用Word或WPS填好、另存为“.docx”的表".to_owned())
}

fn rows(text: &str) -> Result<Vec<Vec<String>>, Fault> {
    let (mut reader, mut rows, mut cell) = (Reader::from_str(text), vec![], None::<String>);
    let mut in_text = false;
    loop {
        match reader.read_event().map_err(|_| unreadable())? {
            Event::Eof => break,
            Event::Start(it) => match it.local_name().as_ref() {
                // A table in a cell has no row of its own to stand in.
                "tbl" if cell.is_some() => {
                    return Err(Fault("表格里又套了表格，请去掉里面的表格后再上传".to_owned()));
                }
                "tr" => rows.push(vec![]),
                "tc" => cell = Some(String::new()),
                "t" => in_text = true,
                _ => {}
            },
            Event::Empty(it) if matches!(it.local_name().as_ref(), "br" | "cr") => say(&mut cell, "\n"),
            Event::Empty(it) if it.local_name().as_ref() == "tab" => say(&mut cell, " "),
            Event::End(it) => match it.local_name().as_ref() {
                "tc" => {
                    let said = cell.take().unwrap_or_default().trim().to_owned();
                    if let Some(row) = rows.last_mut() {
                        row.push(said);
                    }
                }
                "p" => say(&mut cell, "\n"),
                "t" => in_text = false,
                _ => {}
            },
            Event::Text(it) if in_text => say(&mut cell, &it.xml10_content()),
            Event::CData(it) if in_text => say(&mut cell, &it.xml10_content()),
            Event::GeneralRef(it) if in_text => {
                let named = format!("&{};", it.as_ref() as &str);
                say(&mut cell, &quick_xml::escape::unescape(&named).map_err(|_| unreadable())?);
            }
            _ => {}
        }
        if MOST_ROWS < rows.len() {
            return Err(Fault("表格行数过多，请只保留需要填写的表".to_owned()));
        }
    }
    Ok(rows)
}

fn say(cell: &mut Option<String>, said: &str) {
    if let Some(cell) = cell {
        cell.push_str(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Block, FormCell, write_docx};

    #[test]
    fn a_form_is_read_back_cell_by_cell() {
        let rows = vec![
            vec![FormCell::head("小区名称"), FormCell::text("锦绣花园 & <二期>", 3)],
            vec![FormCell::head("做法"), FormCell::text("1. 党建\n2. 共治", 3)],
        ];
        let file = write_docx(&[
            Block::Title("自荐表".to_owned()),
            Block::Form { widths: vec![25, 25, 25, 25], rows },
        ])
        .unwrap();
        let read = read_form(&file).unwrap();
        assert_eq!(read[0], ["小区名称", "锦绣花园 & <二期>"]);
        assert_eq!(read[1][1].lines().collect::<Vec<_>>(), ["1. 党建", "2. 共治"]);
    }

    #[test]
    fn what_is_no_form_is_refused_in_words() {
        for bytes in [&b""[..], b"PK\x03\x04 broken", b"%PDF-1.7"] {
            assert!(read_form(bytes).unwrap_err().0.contains(".docx"));
        }
        let nested = "<w:tbl><w:tr><w:tc><w:tbl></w:tbl></w:tc></w:tr></w:tbl>";
        assert!(rows(nested).unwrap_err().0.contains("套了表格"));
        // An entity of the file's own is not looked up anywhere.
        assert!(rows("<w:tr><w:tc><w:t>&passwd;</w:t></w:tc></w:tr>").is_err());
    }
}
