//! What is encrypted at rest, and how it is still found: AES-256-GCM, and a keyed hash for look-up.

use std::{fs, io::Write as _, path::Path};

use aes_gcm::{
    Aes256Gcm, Key, Nonce,
    aead::{Aead as _, KeyInit as _},
};
use anyhow::{Context as _, Result, anyhow, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

/// Text that is only readable with the house's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed(pub String);

/// The house's keys, all derived from one file that is made at first start and never backed up with the data.
///
/// The file's first line is the house's own and stays; every line after it is a younger key to seal with. What an older one sealed still
/// opens; marks and signatures come from the first line alone, so that what was found before is found after.
pub struct Vault {
    /// The oldest first; the last one seals.
    ciphers: Vec<Aes256Gcm>,
    look_up: [u8; 32],
    forms: [u8; 32],
    audit: [u8; 32],
    log: [u8; 32],
}

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

impl Vault {
    /// Opens the key file, or makes it, readable by its owner alone.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            let mut fresh = [0; KEY_BYTES];
            getrandom::fill(&mut fresh).map_err(|it| anyhow!("系统无法产生随机数：{it}"))?;
            let mut options = fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file =
                options.open(path).with_context(|| format!("无法建立密钥文件 {}", path.display()))?;
            file.write_all(hex_of(&fresh).as_bytes())?;
            file.sync_all()?;
        }
        let text =
            fs::read_to_string(path).with_context(|| format!("无法读取密钥文件 {}", path.display()))?;
        let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
        let keys: Option<Vec<Vec<u8>>> =
            lines.map(|it| bytes_of(it).filter(|it| it.len() == KEY_BYTES)).collect();
        match keys.as_deref() {
            Some([master, younger @ ..]) => {
                let mut vault = Self::from_master(master);
                vault.ciphers.extend(younger.iter().map(|it| cipher_of(it)));
                Ok(vault)
            }
            _ => bail!("密钥文件 {} 已损坏：应为64位十六进制数，每行一个", path.display()),
        }
    }

    /// Puts a younger key into the file, to seal with from the next start on. How many keys it holds then.
    ///
    /// # Errors
    /// A sentence that names the file; the file is then as it was.
    pub fn add_key(path: &Path) -> Result<usize> {
        // A file that does not open is not written to; one behind a link is changed where it lies.
        let keys = Self::open(path)?.ciphers.len();
        let path = &fs::canonicalize(path)?;
        let (text, before) = (fs::read_to_string(path)?, fs::metadata(path)?);
        let aside = path.with_extension("key.new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&aside).with_context(|| format!("无法建立 {}", aside.display()))?;
        let fresh = random_hex(KEY_BYTES)?;
        let written = file
            .write_all(format!("{}\n{fresh}\n", text.trim_end()).as_bytes())
            .and_then(|()| like(&aside, &before))
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&aside, path))
            .and_then(|()| path.parent().map_or(Ok(()), |it| fs::File::open(it)?.sync_all()));
        if written.is_err() {
            let _gone = fs::remove_file(&aside);
        }
        written.with_context(|| format!("无法写入密钥文件 {}", path.display()))?;
        Ok(keys + 1)
    }

    /// A vault whose keys derive from `master`.
    #[must_use]
    pub fn from_master(master: &[u8]) -> Self {
        let derive = |label: &str| -> [u8; 32] { mac(master, label.as_bytes()) };
        Self {
            ciphers: vec![cipher_of(master)],
            look_up: derive("jiayuan look-up 1"),
            forms: derive("jiayuan forms 1"),
            audit: derive("jiayuan audit signature 1"),
            log: derive("jiayuan vote log signature 1"),
        }
    }

    /// Encrypts text under a fresh nonce.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn seal(&self, text: &str) -> Result<Sealed> {
        Ok(Sealed(STANDARD_NO_PAD.encode(self.seal_bytes(text.as_bytes())?)))
    }

    /// Encrypts a file's bytes under a fresh nonce, which stands before them.
    ///
    /// # Errors
    /// When the machine has no randomness to give.
    pub fn seal_bytes(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|it| anyhow!("no randomness: {it}"))?;
        let newest = self.ciphers.last().ok_or_else(|| anyhow!("no key to seal with"))?;
        let hidden = newest.encrypt(&Nonce::from(nonce), bytes).map_err(|_| anyhow!("sealing failed"))?;
        Ok([nonce.as_slice(), &hidden].concat())
    }

    /// # Errors
    /// When the text was not sealed with this key, or has been changed.
    pub fn open_sealed(&self, sealed: &Sealed) -> Result<String> {
        let bytes = STANDARD_NO_PAD.decode(&sealed.0).map_err(|_| anyhow!("not sealed text"))?;
        Ok(String::from_utf8(self.open_bytes(&bytes)?)?)
    }

    /// # Errors
    /// When the bytes were not sealed with this key, or have been changed.
    pub fn open_bytes(&self, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, hidden) = sealed.split_at_checked(NONCE_BYTES).ok_or_else(|| anyhow!("not sealed"))?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into()?;
        // Each key tells its own from others'; the newest has sealed most of what is asked for.
        let opened = self.ciphers.iter().rev().find_map(|it| it.decrypt(&Nonce::from(nonce), hidden).ok());
        opened.ok_or_else(|| anyhow!("sealed with another key, or changed"))
    }

    /// The keyed hash a sealed value is found by; equal texts have equal hashes under one key.
    #[must_use]
    pub fn look_up(&self, text: &str) -> String {
        hex_of(&mac(&self.look_up, text.as_bytes()))
    }

    /// The token a form of this session must carry.
    #[must_use]
    pub fn form_token(&self, session: &str) -> String {
        hex_of(&mac(&self.forms, session.as_bytes())[..16])
    }

    /// The seed of the key that checkpoints of vote logs are signed with.
    #[must_use]
    pub fn log_seed(&self) -> [u8; 32] {
        self.log
    }

    /// The seed of the key that audit heads are signed with.
    #[must_use]
    pub fn audit_seed(&self) -> [u8; 32] {
        self.audit
    }
}

/// Random text for tokens and keys: `bytes` bytes as hexadecimal digits.
///
/// # Errors
/// When the machine has no randomness to give.
pub fn random_hex(bytes: usize) -> Result<String> {
    Ok(hex_of(&random_bytes(bytes)?))
}

/// Random bytes of the operating system.
///
/// # Errors
/// When the system has no randomness.
pub fn random_bytes(bytes: usize) -> Result<Vec<u8>> {
    let mut fresh = vec![0; bytes];
    getrandom::fill(&mut fresh).map_err(|it| anyhow!("no randomness: {it}"))?;
    Ok(fresh)
}

/// The house may run as another than whoever adds a key: the file stays its own, as readable as it was.
fn like(path: &Path, before: &fs::Metadata) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let now = fs::metadata(path)?;
        if (now.uid(), now.gid()) != (before.uid(), before.gid()) {
            std::os::unix::fs::chown(path, Some(before.uid()), Some(before.gid()))?;
        }
    }
    fs::set_permissions(path, before.permissions())
}

fn cipher_of(key: &[u8]) -> Aes256Gcm {
    Aes256Gcm::new(&Key::<Aes256Gcm>::from(mac(key, b"jiayuan column encryption 1")))
}

fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut it = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("any length is a key"));
    it.update(text);
    it.finalize().into_bytes().into()
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_only_with_its_key_and_unchanged() {
        let (ours, theirs) = (Vault::from_master(b"ours"), Vault::from_master(b"theirs"));
        let sealed = ours.seal("13800138000").unwrap();
        assert!(!sealed.0.contains("138"));
        assert_eq!(ours.open_sealed(&sealed).unwrap(), "13800138000");
        assert!(theirs.open_sealed(&sealed).is_err());
        assert!(
            ours.open_sealed(&Sealed(
                sealed.0.replace(&sealed.0[20..21], if &sealed.0[20..21] == "A" { "B" } else { "A" })
            ))
            .is_err()
        );
        assert_ne!(ours.seal("13800138000").unwrap(), sealed, "a nonce is never used twice");
        assert_eq!(ours.look_up("a"), ours.look_up("a"));
        assert_ne!(ours.look_up("a"), theirs.look_up("a"));
    }

    #[test]
    fn a_younger_key_seals_and_the_older_still_opens() {
        let path = std::env::temp_dir().join(format!("jiayuan-keys-{}", std::process::id()));
        let _gone = fs::remove_file(&path);
        let first = Vault::open(&path).unwrap();
        let old = first.seal("before").unwrap();
        assert_eq!(Vault::add_key(&path).unwrap(), 2);
        assert_eq!(Vault::add_key(&path).unwrap(), 3);
        let now = Vault::open(&path).unwrap();
        assert_eq!(now.open_sealed(&old).unwrap(), "before");
        let new = now.seal("after").unwrap();
        assert_eq!(now.open_sealed(&new).unwrap(), "after");
        assert!(first.open_sealed(&new).is_err(), "it was sealed with a key the first start did not have");
        assert_eq!((now.look_up("a"), now.log_seed()), (first.look_up("a"), first.log_seed()));
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777,
            0o600
        );
        let broken = fs::read_to_string(&path).unwrap() + "abc\n";
        fs::write(&path, &broken).unwrap();
        assert!(Vault::add_key(&path).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
        fs::remove_file(&path).unwrap();
    }

    #[test]
    fn the_key_file_is_made_once_and_only_for_its_owner() {
        let path = std::env::temp_dir().join(format!("jiayuan-key-{}", std::process::id()));
        let sealed = Vault::open(&path).unwrap().seal("x").unwrap();
        assert_eq!(Vault::open(&path).unwrap().open_sealed(&sealed).unwrap(), "x");
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777,
            0o600
        );
        fs::write(&path, "short").unwrap();
        assert!(Vault::open(&path).err().unwrap().to_string().contains("已损坏"));
        fs::remove_file(&path).unwrap();
    }
}
