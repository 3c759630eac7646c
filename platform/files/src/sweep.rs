//! 清理 — bytes that no row names: a form was refused after its file was kept, or the machine stopped in between.
//!
//! Only what has lain untouched for a while is looked at, for a file is kept before the row that names it. Keeping the same bytes again
//! touches them, and a file is moved aside before it is asked about for the last time, so that none goes while a row is being written.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use anyhow::{Context as _, Result};
use store::Tx;

use crate::{Files, kept::MARK};

/// Digests asked about with one statement.
const AT_ONCE: usize = 32;

/// A file that may be one nobody names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lying {
    /// Empty for a draft that was never finished.
    pub digest: String,
    /// Where it lies now: aside, when somebody who swept was stopped.
    path: PathBuf,
    pub bytes: u64,
}

/// One sweeps at a time.
pub struct Sweeping(PathBuf);

impl Drop for Sweeping {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.0);
    }
}

/// Of these digests, those that a row names, taken away or not.
///
/// # Errors
/// When the store refuses.
pub fn named(tx: &mut Tx<'_>, digests: &[String]) -> store::Result<Vec<String>> {
    let mut found = vec![];
    for some in digests.chunks(AT_ONCE) {
        // The last one stands in every place that is left.
        let padded = (0..AT_ONCE).map(|n| some[n.min(some.len() - 1)].clone().into());
        let args: Vec<store::Value> = padded.collect();
        found.extend(tx.all(include_str!("sql/named.sql"), &args, |it| it.text("digest"))?);
    }
    Ok(found)
}

/// Rows after `(tenant, id)` with the digest of their bytes, for looking whether the bytes are there.
///
/// # Errors
/// When the store refuses.
pub fn rows_after(tx: &mut Tx<'_>, after: (i64, i64)) -> store::Result<Vec<((i64, i64), String)>> {
    let args = [after.0.into(), after.1.into()];
    tx.all(include_str!("sql/rows_after.sql"), &args, |it| {
        Ok(((it.int("tenant")?, it.int("id")?), it.text("digest")?))
    })
}

impl Files {
    /// Takes the broom; whoever else has it is named by the file that says so.
    ///
    /// # Errors
    /// Somebody sweeps already, or was stopped while sweeping.
    pub fn broom(&self) -> Result<Sweeping> {
        let path = self.folder().join("sweeping");
        fs::File::create_new(&path).with_context(|| {
            format!("有人正在清理，或上次清理中断了；确认没有人在清理后，删除 {} 再试", path.display())
        })?;
        Ok(Sweeping(path))
    }

    /// What has lain in the folder untouched for so long.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn untouched(&self, age: Duration) -> Result<Vec<Lying>> {
        let mut all = vec![];
        let folder = self.folder();
        if !folder.exists() {
            return Ok(all);
        }
        let below = fs::read_dir(folder).with_context(|| format!("无法读取附件目录 {}", folder.display()))?;
        for sub in below {
            let sub = sub?.path();
            if !sub.is_dir() {
                continue;
            }
            let first = sub.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            for file in fs::read_dir(&sub)? {
                let file = file?;
                // The house goes on: what has just been finished or taken away is not there any more.
                let Ok(meta) = file.metadata() else { continue };
                if !meta.is_file() || !is_older(&meta, age) {
                    continue;
                }
                let name = file.file_name().to_string_lossy().into_owned();
                let bare = name.strip_suffix(MARK).map_or(name.as_str(), |it| it.trim_end_matches('.'));
                let digest = if bare.contains('.') { String::new() } else { format!("{first}{bare}") };
                all.push(Lying { digest, path: file.path(), bytes: meta.len() });
            }
        }
        Ok(all)
    }

    /// Whether the bytes of a digest lie there.
    #[must_use]
    pub fn has(&self, digest: &str) -> bool {
        self.path(digest).is_file()
    }

    /// Takes a file away for good, unless somebody kept the same bytes meanwhile or `is_named` says that a row names it now. Whether it
    /// went. One that a sweep before had moved aside is put back when a row names it.
    ///
    /// # Errors
    /// When the disk refuses, or nobody could say: then it stays.
    pub fn sweep(&self, it: &Lying, age: Duration, is_named: impl FnOnce() -> Result<bool>) -> Result<bool> {
        if it.digest.is_empty() {
            return gone(fs::remove_file(&it.path));
        }
        let (place, aside) = (self.path(&it.digest), self.path(&it.digest).with_extension(MARK));
        if it.path != aside && !gone(fs::rename(&it.path, &aside))? {
            return Ok(false);
        }
        let stays = match fs::metadata(&aside).map(|meta| !is_older(&meta, age)) {
            Ok(true) => Ok(true),
            Ok(false) => is_named(),
            Err(error) => Err(error.into()),
        };
        if matches!(stays, Ok(false)) {
            return gone(fs::remove_file(&aside));
        }
        // The same bytes may have been put down anew meanwhile.
        fs::rename(&aside, &place)
            .with_context(|| format!("没有放回 {}，请从 {} 改名放回", place.display(), aside.display()))?;
        stays.map(|_| false)
    }
}

/// What is not there any more is not gone by us.
fn gone(done: std::io::Result<()>) -> Result<bool> {
    match done {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn is_older(meta: &fs::Metadata, age: Duration) -> bool {
    let touched = meta.modified().ok().and_then(|it| SystemTime::now().duration_since(it).ok());
    touched.is_some_and(|it| age <= it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Media;

    #[test]
    fn only_what_lay_long_and_nobody_names_goes() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::within(folder.path());
        assert_eq!(files.untouched(Duration::ZERO).unwrap(), []);
        let kept = files.keep(Media::Png, b"one").unwrap();
        assert_eq!(files.untouched(Duration::from_secs(60)).unwrap(), [], "it was written just now");
        let lying = files.untouched(Duration::ZERO).unwrap();
        assert_eq!((lying.len(), lying[0].digest.as_str(), lying[0].bytes), (1, kept.digest.as_str(), 3));
        assert!(!files.sweep(&lying[0], Duration::ZERO, || Ok(true)).unwrap());
        assert!(files.has(&kept.digest), "a row names it");
        assert!(files.sweep(&lying[0], Duration::ZERO, || anyhow::bail!("the store is away")).is_err());
        assert!(files.has(&kept.digest), "nobody could say");
        // Somebody kept the same bytes again.
        assert!(!files.sweep(&lying[0], Duration::from_secs(60), || Ok(false)).unwrap());
        assert!(files.has(&kept.digest));
        assert!(files.sweep(&lying[0], Duration::ZERO, || Ok(false)).unwrap());
        assert!(!files.has(&kept.digest));
        assert_eq!(files.untouched(Duration::ZERO).unwrap(), []);
    }

    #[test]
    fn what_a_stopped_sweep_left_aside_is_asked_about_again() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::within(folder.path());
        let kept = files.keep(Media::Png, b"four").unwrap();
        let place = files.path(&kept.digest);
        fs::rename(&place, place.with_extension(MARK)).unwrap();
        let lying = files.untouched(Duration::ZERO).unwrap();
        assert_eq!(lying[0].digest, kept.digest);
        assert!(!files.sweep(&lying[0], Duration::ZERO, || Ok(true)).unwrap());
        assert_eq!(files.read(&kept.digest).unwrap(), b"four", "a row names it: it is back in its place");
        fs::rename(&place, place.with_extension(MARK)).unwrap();
        assert!(files.sweep(&lying[0], Duration::ZERO, || Ok(false)).unwrap());
        assert_eq!(files.untouched(Duration::ZERO).unwrap(), []);
        let broom = files.broom().unwrap();
        assert!(files.broom().is_err());
        drop(broom);
        assert!(files.broom().is_ok());
    }

    #[test]
    fn keeping_the_same_bytes_again_touches_them() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::within(folder.path());
        let kept = files.keep(Media::Png, b"two").unwrap();
        let path = files.path(&kept.digest);
        let long_ago = SystemTime::now() - Duration::from_secs(7_200);
        fs::File::options().write(true).open(&path).unwrap().set_modified(long_ago).unwrap();
        assert_eq!(files.untouched(Duration::from_secs(3_600)).unwrap().len(), 1);
        files.keep(Media::Png, b"two").unwrap();
        assert_eq!(files.untouched(Duration::from_secs(3_600)).unwrap(), []);
    }

    #[test]
    fn a_draft_nobody_finished_goes_without_being_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::within(folder.path());
        let kept = files.keep(Media::Png, b"three").unwrap();
        let draft = files.path(&kept.digest).with_extension("1.0.draft");
        fs::write(&draft, b"thr").unwrap();
        let lying = files.untouched(Duration::ZERO).unwrap();
        let draft = lying.iter().find(|it| it.digest.is_empty()).unwrap();
        assert!(files.sweep(draft, Duration::ZERO, || panic!("it has no name to ask about")).unwrap());
        assert!(files.has(&kept.digest));
    }
}
