//! The folder files lie in, each under its own hash, written whole or not at all.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use crate::Media;

/// Where the bytes are. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Files(Arc<PathBuf>);

/// Bytes that lie in the folder, before a row names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub digest: String,
    pub media: Media,
    pub bytes: i64,
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
        let kept = Kept { digest: digest.clone(), media, bytes: bytes.len() as i64 };
        let path = self.path(&digest);
        if path.exists() {
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

    /// The bytes, if they are still what their hash says.
    ///
    /// # Errors
    /// When they are gone or changed.
    pub fn read(&self, digest: &str) -> Result<Vec<u8>> {
        let bytes = fs::read(self.path(digest)).context("附件文件不在附件目录中")?;
        anyhow::ensure!(hex::encode(Sha256::digest(&bytes)) == digest, "附件文件被改动过");
        Ok(bytes)
    }

    fn path(&self, digest: &str) -> PathBuf {
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
}
