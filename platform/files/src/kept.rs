//! The folder files lie in, each under its own hash, written whole or not at all.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::{Attachment, Media};

/// Ends the name of a file that is being swept away.
pub(crate) const MARK: &str = "swept";

/// Where the bytes are. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files(Arc<PathBuf>);

/// Bytes that lie in the folder, before a row names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub digest: String,
    pub media: Media,
    pub bytes: i64,
    /// The digest of what it holds, when the bytes lie sealed.
    pub holds: Option<String>,
}

impl Kept {
    /// The digest others know it by: of what it holds, sealed or not.
    #[must_use]
    pub fn known_by(&self) -> &str {
        self.holds.as_deref().unwrap_or(&self.digest)
    }
}

impl Files {
    /// The folder, which is made when the first file comes.
    #[must_use]
    pub fn within(folder: &Path) -> Self {
        Self(Arc::new(folder.to_owned()))
    }

    /// Puts the bytes down and syncs them. The same bytes twice are one file.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn keep(&self, media: Media, bytes: &[u8]) -> Result<Kept> {
        let digest = hex::encode(Sha256::digest(bytes));
        let kept = Kept { digest: digest.clone(), media, bytes: bytes.len() as i64, holds: None };
        let path = self.path(&digest);
        // The same bytes again: they are touched, so that nobody sweeps them away before a row names them.
        if let Ok(there) = fs::File::options().write(true).open(&path)
            && there.set_modified(SystemTime::now()).is_ok()
            // It was still there after the touch: whoever moves it aside from now on sees how young it is.
            && path.exists()
        {
            return Ok(kept);
        }
        let folder = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(folder).with_context(|| format!("无法建立附件目录 {}", folder.display()))?;
        // Two who keep the same bytes at once each write their own draft; the last rename wins with the same content.
        static DRAFTS: AtomicU64 = AtomicU64::new(0);
        let n = DRAFTS.fetch_add(1, Ordering::Relaxed);
        let draft = folder.join(format!("{digest}.{}.{n}.draft", std::process::id()));
        let mut file = fs::File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, &path)?;
        fs::File::open(folder)?.sync_all()?;
        Ok(kept)
    }

    /// Puts them down as `seal` makes them unreadable: whoever has the folder alone sees nothing. Twice the same bytes are two files.
    ///
    /// # Errors
    /// When they cannot be sealed, or the disk refuses.
    pub fn keep_sealed(
        &self,
        media: Media,
        bytes: &[u8],
        seal: impl FnOnce(&[u8]) -> Result<Vec<u8>>,
    ) -> Result<Kept> {
        let kept = self.keep(media, &seal(bytes)?)?;
        let holds = Some(hex::encode(Sha256::digest(bytes)));
        Ok(Kept { bytes: bytes.len() as i64, holds, ..kept })
    }

    /// What a file holds: its bytes, opened when they lie sealed.
    ///
    /// # Errors
    /// When they are gone, changed, or sealed with another key.
    pub fn content(&self, it: &Attachment, open: impl FnOnce(&[u8]) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let bytes = self.read(&it.digest)?;
        let Some(holds) = &it.holds else { return Ok(bytes) };
        let opened = open(&bytes)?;
        anyhow::ensure!(hex::encode(Sha256::digest(&opened)) == *holds, "附件文件被改动过");
        Ok(opened)
    }

    /// The bytes, if they are still what their hash says.
    ///
    /// # Errors
    /// When they are gone or changed.
    pub fn read(&self, digest: &str) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(digest)).context("附件文件不在附件目录中")?;
        anyhow::ensure!(hex::encode(Sha256::digest(&bytes)) == digest, "附件文件被改动过");
        Ok(bytes)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    pub(crate) fn path(&self, digest: &str) -> PathBuf {
        let (first, rest) = digest.split_at_checked(2).unwrap_or(("", digest));
        self.0.join(first).join(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_bytes_are_one_file_and_changed_ones_are_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::within(folder.path());
        let kept = files.keep(Media::Pdf, b"one").unwrap();
        assert_eq!(files.keep(Media::Pdf, b"one").unwrap(), kept);
        assert_eq!(files.read(&kept.digest).unwrap(), b"one");
        fs::write(files.path(&kept.digest), b"two").unwrap();
        assert!(files.read(&kept.digest).unwrap_err().to_string().contains("被改动过"));
        assert!(files.read("00ff").is_err());
    }

    #[test]
    fn what_lies_sealed_is_read_by_nobody_without_the_key_and_known_by_what_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::within(folder.path());
        let turned = |bytes: &[u8]| Ok(bytes.iter().map(|it| it ^ 0xff).collect());
        let kept = files.keep_sealed(Media::Pdf, b"yes", turned).unwrap();
        assert_eq!(files.read(&kept.digest).unwrap(), [0x86, 0x9a, 0x8c]);
        assert_eq!((kept.bytes, &kept.holds), (3, &Some(hex::encode(Sha256::digest(b"yes")))));
        let it = Attachment {
            id: 1.into(),
            subject: 1,
            slot: String::new(),
            name: String::new(),
            media: Media::Pdf,
            bytes: 3,
            digest: kept.digest,
            holds: kept.holds,
            person: 1,
            at: jiff::Timestamp::UNIX_EPOCH,
        };
        assert_eq!(files.content(&it, turned).unwrap(), b"yes");
        assert!(files.content(&it, |it| Ok(it.to_vec())).unwrap_err().to_string().contains("被改动过"));
        let plain = Attachment { holds: None, ..it };
        assert_eq!(files.content(&plain, turned).unwrap(), [0x86, 0x9a, 0x8c]);
    }
}
