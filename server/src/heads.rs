//! The audit chains' signed heads, kept in a file beside the key: whoever cuts a chain short in the database alone is
//! found out by `jiayuan verify`.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use app::App;
use kernel::Actor;
use store::Head;

pub(crate) fn beside(key_file: &Path) -> PathBuf {
    key_file.with_extension("heads")
}

/// Writes the newest heads, whole or not at all. A chain that is shorter than what was kept, or another, has been cut: its
/// kept head stays, and `jiayuan verify` finds it.
pub(crate) async fn keep(app: &App, file: &Path) {
    let heads = app.store.read(app.ctx(Actor::public(), None), |tx| Ok(store::heads(tx)?)).await;
    let written = heads.map_err(|it| anyhow::anyhow!("{it}")).and_then(|it| write(file, it));
    if let Err(problem) = written {
        tracing::warn!(%problem, "The audit heads were not kept beside the key");
    }
}

fn write(file: &Path, newest: Vec<Head>) -> Result<()> {
    let lines: String = merged(read(file)?, newest).iter().map(|it| it.line() + "\n").collect();
    let draft = file.with_extension("heads-draft");
    let mut open = std::fs::File::create(&draft)?;
    open.write_all(lines.as_bytes())?;
    open.sync_all()?;
    Ok(std::fs::rename(draft, file)?)
}

/// Each tenant's furthest head.
fn merged(kept: Vec<Head>, newest: Vec<Head>) -> Vec<Head> {
    let mut heads = newest;
    for it in kept {
        match heads.iter_mut().find(|new| new.tenant == it.tenant) {
            Some(new) if it.seq < new.seq || it == *new => {}
            Some(new) => {
                tracing::error!(
                    tenant = it.tenant,
                    kept = it.seq,
                    found = new.seq,
                    "An audit chain is shorter than the head kept beside the key"
                );
                *new = it;
            }
            None => heads.push(it),
        }
    }
    heads
}

/// The heads kept beside `key_file`; none before the house was first open.
pub(crate) fn kept_beside(key_file: &Path) -> Result<Vec<Head>> {
    read(&beside(key_file))
}

fn read(file: &Path) -> Result<Vec<Head>> {
    if !file.exists() {
        return Ok(vec![]);
    }
    let text = std::fs::read_to_string(file).with_context(|| format!("无法读取 {}", file.display()))?;
    let heads: Vec<Head> = text.lines().filter_map(Head::from_line).collect();
    anyhow::ensure!(heads.len() == text.lines().count(), "外存链头文件 {} 不完整", file.display());
    Ok(heads)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(tenant: i64, seq: i64, hash: &str) -> Head {
        Head { tenant, seq, hash: hash.to_owned(), signature: String::new() }
    }

    #[test]
    fn a_chain_that_was_cut_does_not_overwrite_what_was_kept() {
        let kept = vec![head(1, 9, "a"), head(2, 5, "b"), head(3, 4, "c"), head(4, 7, "d")];
        let newest = vec![head(1, 12, "e"), head(2, 3, "f"), head(4, 7, "other"), head(5, 1, "g")];
        let heads = merged(kept, newest);
        let told: Vec<_> = heads.iter().map(|it| (it.tenant, it.seq, it.hash.as_str())).collect();
        assert_eq!(told, [(1, 12, "e"), (2, 5, "b"), (4, 7, "d"), (5, 1, "g"), (3, 4, "c")]);
    }
}
