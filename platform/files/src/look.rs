//! What a file is, by its content and never by its name; what is too large or not what it says is refused in words.

use exif::{In, Tag};
use img_parts::{Bytes, ImageEXIF as _};

/// One file.
pub const MOST_BYTES: usize = 20 << 20;
/// A camera's picture has some twelve million pixels; forty is a scanned plan; more is an attack on whoever opens it.
const MOST_PIXELS: usize = 40_000_000;
const MOST_SIDE: usize = 20_000;

/// Why a file cannot be taken, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("没有收到文件，请重新选择")]
    Empty,
    #[error("文件超过20MB，请压缩或拆分后再上传")]
    TooLarge,
    #[error("这种文件不能上传。可以上传照片（JPG、PNG）、PDF、Word（DOCX）和Excel（XLSX）")]
    Unknown,
    #[error("图片尺寸过大（{0}×{1}像素），请缩小后再上传")]
    TooManyPixels(usize, usize),
    #[error("图片已损坏，打不开，请重新拍摄或另存后上传")]
    BrokenImage,
    #[error("文件内容与格式不符或已损坏，请另存后重新上传")]
    BrokenDocument,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    Jpeg,
    Png,
    Pdf,
    Docx,
    Xlsx,
}

impl Media {
    const ALL: [Self; 5] = [Self::Jpeg, Self::Png, Self::Pdf, Self::Docx, Self::Xlsx];

    #[must_use]
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Docx => documents::DOCX,
            Self::Xlsx => documents::XLSX,
        }
    }

    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    #[must_use]
    pub fn from_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.mime() == mime)
    }

    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

/// Looks at the content: what it is, and the bytes to keep, which for a picture are without position, camera and time.
///
/// # Errors
/// Why it cannot be taken.
pub fn look(bytes: &[u8]) -> Result<(Media, Vec<u8>), Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    if MOST_BYTES < bytes.len() {
        return Err(Fault::TooLarge);
    }
    if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        within_pixels(bytes)?;
        return Ok((Media::Jpeg, bare_jpeg(bytes)?));
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        within_pixels(bytes)?;
        return Ok((Media::Png, bare_png(bytes)?));
    }
    if bytes.starts_with(b"%PDF-") {
        // A paper that is cut off has no end.
        let tail = &bytes[bytes.len().saturating_sub(1024)..];
        let whole = tail.windows(5).any(|it| it == b"%%EOF");
        return if whole { Ok((Media::Pdf, bytes.to_vec())) } else { Err(Fault::BrokenDocument) };
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return office(bytes);
    }
    Err(Fault::Unknown)
}

/// Width and height of a picture in pixels, as it is shown: a phone that was held upright notes so beside what it took lying. Of anything
/// else there are none.
#[must_use]
pub fn size(bytes: &[u8]) -> Option<(i64, i64)> {
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (i64::try_from(size.width).ok()?, i64::try_from(size.height).ok()?);
    let note = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(bytes)).ok();
    let turned = note.as_ref().and_then(turned).is_some_and(|it| 5 <= it);
    Some(if turned { (height, width) } else { (width, height) })
}

fn within_pixels(bytes: &[u8]) -> Result<(), Fault> {
    let size = imagesize::blob_size(bytes).map_err(|_| Fault::BrokenImage)?;
    let pixels = size.width.saturating_mul(size.height);
    if pixels == 0 {
        return Err(Fault::BrokenImage);
    }
    if MOST_PIXELS < pixels || MOST_SIDE < size.width || MOST_SIDE < size.height {
        return Err(Fault::TooManyPixels(size.width, size.height));
    }
    Ok(())
}

/// Keeps of a JPEG only what draws it: every segment that is not on the list goes, and whatever follows the picture's end
/// (a second picture, a film, a map of distances) with its own notes of place and time.
fn bare_jpeg(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    const START: [u8; 2] = [0xff, 0xd8];
    let mut kept = START.to_vec();
    let (mut at, mut upright) = (START.len(), None);
    let mut body = vec![];
    loop {
        let marker = match bytes.get(at..at + 2) {
            // Fill bytes may stand before a marker.
            Some([0xff, 0xff]) => {
                at += 1;
                continue;
            }
            Some([0xff, marker]) => *marker,
            _ => return Err(Fault::BrokenImage),
        };
        at += 2;
        if marker == 0xd9 {
            body.extend([0xff, 0xd9]);
            break;
        }
        let length = bytes.get(at..at + 2).map(|it| usize::from(it[0]) << 8 | usize::from(it[1]));
        let segment = length.and_then(|it| bytes.get(at..at + it)).ok_or(Fault::BrokenImage)?;
        at += segment.len();
        let data = segment.get(2..).ok_or(Fault::BrokenImage)?;
        if marker == 0xe1 && data.starts_with(b"Exif\0\0") {
            upright = upright.or_else(|| orientation(&data[6..]));
        }
        let draws = match marker {
            // Frames, tables, restart interval, scans; JFIF without its thumbnail's extension; Adobe's colours.
            0xc0..=0xcf | 0xda..=0xdd => true,
            0xe0 => data.starts_with(b"JFIF\0"),
            0xee => data.starts_with(b"Adobe"),
            _ => false,
        };
        if draws {
            body.extend([0xff, marker]);
            body.extend(segment);
        }
        if marker == 0xda {
            // The scan itself: until a marker that is neither a stuffed byte nor a restart.
            let scan = &bytes[at..];
            let end =
                scan.windows(2).position(|it| it[0] == 0xff && !matches!(it[1], 0 | 0xd0..=0xd7 | 0xff));
            let end = end.ok_or(Fault::BrokenImage)?;
            body.extend(&scan[..end]);
            at += end;
        }
    }
    // A phone notes how it was held; without that the picture would lie on its side.
    if let Some(value) = upright {
        let note = [b"Exif\0\0".as_slice(), &only_orientation(value)].concat();
        kept.extend([0xff, 0xe1]);
        kept.extend((note.len() as u16 + 2).to_be_bytes());
        kept.extend(note);
    }
    kept.extend(body);
    Ok(kept)
}

fn bare_png(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut picture =
        img_parts::png::Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(|_| Fault::BrokenImage)?;
    picture.set_exif(None);
    for kind in [*b"tEXt", *b"zTXt", *b"iTXt", *b"tIME"] {
        picture.remove_chunks_by_type(kind);
    }
    Ok(picture.encoder().bytes().to_vec())
}

fn orientation(raw: &[u8]) -> Option<u16> {
    turned(&exif::Reader::new().read_raw(raw.to_vec()).ok()?)
}

/// How a picture is to be turned, 1 to 8: from 5 on its sides change places.
fn turned(note: &exif::Exif) -> Option<u16> {
    let value = note.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0)?;
    u16::try_from(value).ok().filter(|it| (1..=8).contains(it))
}

/// The smallest EXIF there is: one directory with one entry, big-endian.
fn only_orientation(value: u16) -> Vec<u8> {
    let mut tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01".to_vec();
    tiff.extend(value.to_be_bytes());
    tiff.extend([0; 6]);
    tiff
}

/// A Word or Excel file is a ZIP that says so, within the bounds of any workbook, and carries no program.
fn office(bytes: &[u8]) -> Result<(Media, Vec<u8>), Fault> {
    match documents::office_kind(bytes) {
        Some(documents::Office::Text) => Ok((Media::Docx, bytes.to_vec())),
        Some(documents::Office::Sheet) => Ok((Media::Xlsx, bytes.to_vec())),
        None => Err(Fault::BrokenDocument),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The checksum every PNG chunk ends with.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8)
                .fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
        })
    }

    /// A PNG of one black pixel that claims to be of this size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut chunk = |kind: &[u8; 4], data: &[u8]| {
            bytes.extend((data.len() as u32).to_be_bytes());
            let body = [kind.as_slice(), data].concat();
            bytes.extend(&body);
            bytes.extend(crc(&body).to_be_bytes());
        };
        let mut head = vec![];
        head.extend(width.to_be_bytes());
        head.extend(height.to_be_bytes());
        head.extend([8, 0, 0, 0, 0]);
        chunk(b"IHDR", &head);
        chunk(b"tEXt", b"Author\0zhangsan");
        chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0, 0, 0, 2, 0, 1]);
        chunk(b"IEND", b"");
        bytes
    }

    /// A JPEG's skeleton with an EXIF segment that holds a place and says the camera was turned.
    fn jpeg() -> Vec<u8> {
        let mut bytes = vec![0xff, 0xd8];
        let mut segment = |marker: u8, data: &[u8]| {
            bytes.extend([0xff, marker]);
            bytes.extend((data.len() as u16 + 2).to_be_bytes());
            bytes.extend(data);
        };
        let mut exif = b"Exif\0\0".to_vec();
        exif.extend(only_orientation(6));
        exif.extend(b"GPS 31.46N 116.94E");
        segment(0xe1, &exif);
        segment(0xfe, b"taken by zhangsan");
        segment(0xc0, &[8, 0, 4, 0, 6, 1, 1, 0x11, 0]);
        segment(0xda, &[1, 1, 0, 0, 63, 0]);
        bytes.extend([0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd9]);
        // A second picture after the first, as phones hang one on for brightness or movement.
        bytes.extend(b"\xff\xd8\xff\xe1GPS of the second\xff\xd9");
        bytes
    }

    fn contains(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|it| it == part)
    }

    #[test]
    fn a_photo_loses_its_place_and_keeps_its_orientation() {
        let (media, bare) = look(&jpeg()).unwrap();
        assert_eq!(media, Media::Jpeg);
        assert!(!contains(&bare, b"GPS") && !contains(&bare, b"zhangsan"));
        assert!(bare.ends_with(&[0x12, 0x34, 0xff, 0x00, 0x56, 0xff, 0xd9]));
        assert_eq!(size(&bare), Some((4, 6)), "it was held upright");
        let kept = img_parts::jpeg::Jpeg::from_bytes(Bytes::from(bare)).unwrap().exif().unwrap();
        assert_eq!(orientation(&kept), Some(6));
        let (media, bare) = look(&png(6, 4)).unwrap();
        assert!(media == Media::Png && !contains(&bare, b"zhangsan"));
        assert_eq!((size(&bare), size(b"%PDF-1.7")), (Some((6, 4)), None));
    }

    #[test]
    fn what_is_too_large_or_pretends_is_refused_in_words() {
        assert_eq!(look(b""), Err(Fault::Empty));
        assert_eq!(look(&vec![0; MOST_BYTES + 1]), Err(Fault::TooLarge));
        assert_eq!(look(&png(30_000, 30_000)), Err(Fault::TooManyPixels(30_000, 30_000)));
        assert_eq!(look(&png(0, 9)), Err(Fault::BrokenImage));
        assert_eq!(look(&[0xff, 0xd8, 0xff, 0xe0, 0, 1]), Err(Fault::BrokenImage));
        for bytes in
            [&b"<svg onload=alert(1)>"[..], b"GIF89a", b"\x00\x00\x00\x20ftypisom", b"MZ", b"#!/bin/sh"]
        {
            assert_eq!(look(bytes), Err(Fault::Unknown));
        }
        assert_eq!(look(b"%PDF-1.7 cut off"), Err(Fault::BrokenDocument));
        assert_eq!(look(b"%PDF-1.7\n1 0 obj\n%%EOF\n").unwrap().0, Media::Pdf);
        assert_eq!(look(b"PK\x03\x04 not really"), Err(Fault::BrokenDocument));
        let paper = documents::write_docx(&[documents::Block::Text("x".into())]).unwrap();
        assert_eq!(look(&paper).unwrap().0, Media::Docx);
    }
}
