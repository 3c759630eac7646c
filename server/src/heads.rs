//! The audit chains' signed heads, kept in a file beside the key: whoever cuts a chain short in the database alone is
//! found out by `jiayuan verify`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use app::App;
use kernel::Actor;
use store::Head;

pub(crate) fn beside(key_file: &Path) -> PathBuf {
    key_file.with_extension("heads")
}

/// Writes the newest heads, whole or not at all.
pub(crate) async fn keep(app: &App, file: &Path) {
    let heads = app.store.read(app.ctx(Actor::public(), None), |tx| Ok(store::heads(tx)?)).await;
    let written = heads.map_err(|it| anyhow::anyhow!("{it}")).and_then(|it| write(file, &it));
    if let Err(problem) = written {
        tracing::warn!(%problem, "The audit heads were not kept beside the key");
    }
}

fn write(file: &Path, heads: &[Head]) -> Result<()> {
    let lines: String = heads.iter().map(|it| it.line() + "\n").collect();
    let draft = file.with_extension("heads-draft");
    std::fs::write(&draft, lines)?;
    Ok(std::fs::rename(draft, file)?)
}

/// The heads kept beside `key_file`; none before the house was first open.
pub(crate) fn kept_beside(key_file: &Path) -> Result<Vec<Head>> {
    let file = beside(key_file);
    if !file.exists() {
        return Ok(vec![]);
    }
    let text = std::fs::read_to_string(&file).with_context(|| format!("无法读取 {}", file.display()))?;
    let heads: Vec<Head> = text.lines().filter_map(Head::from_line).collect();
    anyhow::ensure!(heads.len() == text.lines().count(), "外存链头文件 {} 不完整", file.display());
    Ok(heads)
}
