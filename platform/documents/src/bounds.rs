//! What an uploaded workbook may cost, found out before the parser sees it: calamine itself has no bound.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::Fault;

/// A workbook's parts, unpacked.
const MOST_BYTES: u64 = 64 << 20;
const MOST_PARTS: usize = 2_000;
/// Real sheets shrink to a tenth; a bomb to a thousandth.
const MOST_RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
pub(crate) const MOST_ROWS: usize = 200_000;
pub(crate) const MOST_CELLS: usize = 2_000_000;

/// Unpacks every part into nothing, counting, and stops at the first bound passed.
pub(crate) fn check_workbook(bytes: &[u8]) -> Result<(), Fault> {
    let broken = |_| Fault("这个文件不是可以打开的XLSX表格，请用Excel或WPS另存为“.xlsx”后再上传".to_owned());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if MOST_PARTS < archive.len() {
        return Err(too_large());
    }
    let (mut total, mut rows, mut cells) = (0, 0, 0);
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(broken)?;
        let name = part.name().map(|it| it.into_owned()).unwrap_or_default();
        let packed = part.compressed_size().max(1);
        if name.is_empty() || part.enclosed_name().is_none() {
            return Err(Fault("表格文件中有不安全的路径，请用Excel或WPS另存后再上传".to_owned()));
        }
        let (mut buffer, mut size) = (vec![0; 64 << 10], 0_u64);
        let (is_sheet, mut carried) = (name.starts_with("xl/worksheets/"), Vec::new());
        loop {
            let read =
                part.read(&mut buffer).map_err(|_| Fault("表格文件已损坏，请重新导出后再上传".to_owned()))?;
            if read == 0 {
                break;
            }
            size += read as u64;
            total += read as u64;
            if MOST_BYTES < total || (SMALL < size && MOST_RATIO < size / packed) {
                return Err(too_large());
            }
            if is_sheet {
                carried.extend_from_slice(&buffer[..read]);
                rows += count(&carried, b"<row");
                cells += count(&carried, b"<c ");
                // A tag may be cut by the buffer's end: its beginning is kept for the next round.
                let keep = carried.iter().rposition(|it| *it == b'<').filter(|at| carried.len() - at < 4);
                carried = keep.map(|at| carried[at..].to_vec()).unwrap_or_default();
                if MOST_ROWS < rows || MOST_CELLS < cells {
                    return Err(too_large());
                }
            }
        }
    }
    Ok(())
}

/// What kind of office paper a ZIP is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    Text,
    Sheet,
}

/// The kind of an office file that stays within the bounds and carries no program; none for anything else.
#[must_use]
pub fn office_kind(bytes: &[u8]) -> Option<Office> {
    check_workbook(bytes).ok()?;
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let names: Vec<String> = archive.file_names().filter_map(|it| Some(it.ok()?.into_owned())).collect();
    let has = |name: &str| names.iter().any(|it| it == name);
    if names.iter().any(|it| it.ends_with("vbaProject.bin")) || !has("[Content_Types].xml") {
        return None;
    }
    match (has("word/document.xml"), has("xl/workbook.xml")) {
        (true, false) => Some(Office::Text),
        (false, true) => Some(Office::Sheet),
        _ => None,
    }
}

fn count(text: &[u8], needle: &[u8]) -> usize {
    text.windows(needle.len()).filter(|it| *it == needle).count()
}

pub(crate) fn too_large() -> Fault {
    Fault("表格过大：最多20万行、200万个单元格、展开后64MB，请拆分成几个文件分别上传".to_owned())
}
