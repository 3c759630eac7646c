//! Photos sent along with a report, looked at before anything is kept.

use axum::body::Bytes;
use files::{Fault, Media};

/// Photos one report may carry.
pub(crate) const MOST_PHOTOS: usize = 3;

/// A picture with its name and without what it told of its place.
pub(crate) type Photo = (String, Media, Vec<u8>);

/// The pictures that were sent, or what is wrong with the first that is none. A photo that is none costs nobody a try.
pub(crate) fn looked(sent: &[(String, Bytes)]) -> Result<Vec<Photo>, String> {
    let sent: Vec<_> = sent.iter().filter(|it| !it.1.is_empty()).collect();
    let mut photos = vec![];
    for (name, bytes) in &sent {
        match files::look(bytes) {
            Ok((media, bare)) if media.is_picture() && sent.len() <= MOST_PHOTOS => {
                photos.push(((*name).clone(), media, bare));
            }
            Ok((media, _)) if media.is_picture() => {
                return Err(format!("照片最多{MOST_PHOTOS}张，请减少后重新选择"));
            }
            Ok(_) | Err(Fault::Unknown) => return Err("照片请用 JPG 或 PNG".to_owned()),
            Err(fault) => return Err(fault.to_string()),
        }
    }
    Ok(photos)
}
