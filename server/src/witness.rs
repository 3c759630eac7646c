//! `jiayuan witness` — co-signs the log of a vote from a machine and with a key of its own, after having seen that the log only grew.
//! It keeps what it has seen: a log that is written anew, cut or shown differently to others is told, and never co-signed.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow, bail};
use assemblies::witness::{Hash, Head, cosign, grew, head_of, opened};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

/// Leaves of a tile (C2SP tlog-tiles).
const WIDTH: usize = 256;
/// The largest answer that is read: a whole tile is 8 KB.
const LARGEST: u64 = 64 * 1024;

#[derive(clap::Args)]
pub(crate) struct Witness {
    /// The posting of the vote, as everybody sees it: https://host/assemblies/posted/123
    #[arg(long, required_unless_present = "show_key", default_value = "")]
    url: String,
    /// This witness's own key; made at the first start.
    #[arg(long, default_value = "witness.key")]
    key_file: PathBuf,
    /// The name it is registered under.
    #[arg(long, required_unless_present = "show_key", default_value = "")]
    name: String,
    /// What it has seen so far.
    #[arg(long, default_value = "witness.json")]
    state: PathBuf,
    /// The public key of the log, from the board or the log's page.
    #[arg(long, required_unless_present = "show_key", default_value = "")]
    log_key: String,
    /// Look once and leave; otherwise every ten seconds.
    #[arg(long)]
    once: bool,
    /// Show this witness's public key and leave.
    #[arg(long)]
    show_key: bool,
}

/// What was seen last.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Seen {
    origin: String,
    size: usize,
    root: String,
}

pub(crate) fn witness(it: &Witness) -> Result<()> {
    let key = own_key(&it.key_file)?;
    say(&format!("这个见证的公钥：{}", hex(key.verifying_key().as_bytes())))?;
    if it.show_key {
        return Ok(());
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(20)))
        .max_redirects(0)
        .build()
        .into();
    loop {
        match look(&agent, it, &key) {
            Ok(Some(size)) => say(&format!("日志{size}条，只增未改，已联署"))?,
            Ok(None) if it.once => say("没有新的记录，上次见到的已经联署过")?,
            Ok(None) => {}
            // What cannot be explained is never signed; what was seen stays as it was.
            Err(Fault::Changed(sentence)) => {
                bail!("不联署：{sentence}。请保留 {}，并向街道报告", it.state.display())
            }
            Err(Fault::Away(error)) if it.once => return Err(error),
            Err(Fault::Away(error)) => eprintln!("这一次没有取到：{error:#}"),
        }
        if it.once {
            return Ok(());
        }
        std::thread::sleep(Duration::from_secs(10));
    }
}

fn say(sentence: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout().lock(), "{sentence}")?)
}

enum Fault {
    /// The log is not the one that was seen.
    Changed(String),
    /// The house did not answer, or not in a way that can be read.
    Away(anyhow::Error),
}

impl From<anyhow::Error> for Fault {
    fn from(error: anyhow::Error) -> Self {
        Self::Away(error)
    }
}

/// One look: nothing when there is nothing new.
fn look(agent: &ureq::Agent, it: &Witness, key: &SigningKey) -> Result<Option<usize>, Fault> {
    let log_key = unhex(&it.log_key).and_then(|it| VerifyingKey::from_bytes(&it).ok());
    let log_key = log_key.ok_or_else(|| anyhow!("--log-key 不是日志的公钥，请从日志页完整复制64位"))?;
    let number = it.url.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let origin = format!("jiayuan/vote/{number}");
    let note =
        String::from_utf8(fetch(agent, &format!("{}/checkpoint", it.url))?).context("检查点不是文本")?;
    let head =
        opened(&note, &log_key).ok_or_else(|| Fault::Changed("检查点的签名不是这个日志的".to_owned()))?;
    let now = head_of(head, &origin).ok_or_else(|| Fault::Changed("检查点不是这次表决的".to_owned()))?;
    let before = seen(&it.state, &origin)?;
    if before.as_ref() == Some(&now) {
        return Ok(None);
    }
    let leaves = leaves(agent, &it.url, now.size)?;
    grew(before.as_ref(), &now, &leaves).map_err(Fault::Changed)?;
    let line = cosign(key, &it.name, head, second());
    send(agent, it, now.size, &line)?;
    let kept = Seen { origin, size: now.size, root: hex(&now.root) };
    let text = serde_json::to_string_pretty(&kept).context("没有写下见到的日志")?;
    // Written beside and put in its place: a stop in between leaves what was seen before.
    let beside = it.state.with_extension("new");
    fs::write(&beside, text).and_then(|()| fs::rename(&beside, &it.state)).context("没有写下见到的日志")?;
    Ok(Some(now.size))
}

fn seen(path: &Path, origin: &str) -> Result<Option<Head>> {
    if !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(path).with_context(|| format!("读不了 {}", path.display()))?;
    let it: Seen = serde_json::from_str(&text).with_context(|| format!("{} 无法识别", path.display()))?;
    if it.origin != origin {
        bail!("{} 记的是另一次表决（{}），请换一个 --state", path.display(), it.origin);
    }
    let root = unhex(&it.root).ok_or_else(|| anyhow!("{} 无法识别", path.display()))?;
    Ok(Some(Head { size: it.size, root: root.to_vec() }))
}

/// Every leaf hash of the log, tile by tile.
fn leaves(agent: &ureq::Agent, url: &str, size: usize) -> Result<Vec<Hash>> {
    let mut leaves = Vec::with_capacity(size);
    while leaves.len() < size {
        let (number, width) = (leaves.len() / WIDTH, (size - leaves.len()).min(WIDTH));
        let partial = if width < WIDTH { format!(".p/{width}") } else { String::new() };
        let bytes = fetch(agent, &format!("{url}/tile/0/{}{partial}", groups(number)))?;
        let hashes: Vec<Hash> = bytes.chunks(32).filter_map(|it| it.try_into().ok()).collect();
        if hashes.len() != width {
            bail!("第{number}块只有{}个哈希，应有{width}个", hashes.len());
        }
        leaves.extend(hashes);
    }
    Ok(leaves)
}

/// A tile's number in groups of three digits: 067, x001/067.
fn groups(number: usize) -> String {
    let (mut text, mut left) = (format!("{:03}", number % 1000), number / 1000);
    while 0 < left {
        text = format!("x{:03}/{text}", left % 1000);
        left /= 1000;
    }
    text
}

fn fetch(agent: &ureq::Agent, url: &str) -> Result<Vec<u8>> {
    let mut answer = agent.get(url).call().with_context(|| format!("没有取到 {url}"))?;
    Ok(answer.body_mut().with_config().limit(LARGEST).read_to_vec()?)
}

fn send(agent: &ureq::Agent, it: &Witness, size: usize, line: &str) -> Result<()> {
    // A key of nobody else's: another vote of the same length, or another sender, does not use it up.
    let (size, key) = (size.to_string(), app::random_hex(16)?);
    let form = [("_token", ""), ("_key", key.as_str()), ("size", size.as_str()), ("line", line)];
    let sent = agent.post(format!("{}/cosignatures", it.url)).send_form(form);
    match sent {
        Ok(answer) if answer.status() == 200 => Ok(()),
        Ok(answer) => Err(anyhow!("联署没有送到：对方答复{}", answer.status().as_u16())),
        Err(ureq::Error::StatusCode(409)) => {
            Err(anyhow!("联署没有被接受：请街道在日志页用这个名称和公钥登记见证"))
        }
        Err(ureq::Error::StatusCode(status)) => Err(anyhow!("联署没有送到：对方答复{status}")),
        Err(error) => Err(error).context("联署没有送到"),
    }
}

fn own_key(path: &Path) -> Result<SigningKey> {
    if !path.exists() {
        let seed = app::random_hex(32)?;
        write_secret(path, &seed).with_context(|| format!("写不了 {}", path.display()))?;
    }
    let text = fs::read_to_string(path).with_context(|| format!("读不了 {}", path.display()))?;
    let seed = unhex(text.trim()).ok_or_else(|| anyhow!("{} 不是见证的密钥", path.display()))?;
    Ok(SigningKey::from_bytes(&seed))
}

#[cfg(unix)]
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_secret(path: &Path, text: &str) -> std::io::Result<()> {
    fs::write(path, text)
}

fn second() -> u64 {
    u64::try_from(crate::machine_time().as_second()).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    let byte = |n: usize| u8::from_str_radix(text.get(n * 2..n * 2 + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> =
        if text.is_ascii() && text.len() == 64 { (0..32).map(byte).collect() } else { None };
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_are_named_as_the_house_reads_them() {
        assert_eq!([0, 67, 1067, 1_234_067].map(groups), ["000", "067", "x001/067", "x001/x234/067"]);
    }
}
