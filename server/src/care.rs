//! `jiayuan backup`, `restore`, `doctor`, `sweep` and `new-key`: looking after a house on one machine.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use clap::Args;
use files::{Files, Lying};
use kernel::{Actor, Ctx};

#[derive(Args)]
pub(crate) struct Backup {
    #[arg(long, default_value = "sqlite:data/jiayuan.db")]
    database: String,
    /// The file to make; it must not exist yet.
    #[arg(long)]
    to: PathBuf,
}

#[derive(Args)]
pub(crate) struct Restore {
    /// A file made by `jiayuan backup`.
    #[arg(long)]
    from: PathBuf,
    #[arg(long, default_value = "sqlite:data/jiayuan.db")]
    database: String,
}

#[derive(Args)]
pub(crate) struct Doctor {
    #[arg(long, default_value = "sqlite:data/jiayuan.db")]
    database: String,
    #[arg(long, default_value = "data/jiayuan.key")]
    key_file: PathBuf,
    /// The folder of attachments.
    #[arg(long, default_value = "data/files")]
    files: PathBuf,
}

#[derive(Args)]
pub(crate) struct NewKey {
    #[arg(long, default_value = "data/jiayuan.key")]
    key_file: PathBuf,
}

#[derive(Args)]
pub(crate) struct Sweep {
    #[arg(long, default_value = "sqlite:data/jiayuan.db")]
    database: String,
    #[arg(long, default_value = "data/files")]
    files: PathBuf,
    /// Only what has lain untouched for so many hours.
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..))]
    hours: u32,
    /// Take it away; without this it is only said what would go.
    #[arg(long)]
    yes: bool,
}

/// Copies the embedded store while the house goes on. The key file is not part of it.
pub(crate) fn backup(command: &Backup) -> Result<()> {
    store::backup(&command.database, &command.to)?;
    eprintln!("已备份到 {}，并检查无误。密钥文件不在备份中，请另行保管", command.to.display());
    Ok(())
}

/// Puts a backup in the place of the store. What was there is kept beside it.
pub(crate) fn restore(command: &Restore) -> Result<()> {
    let Some(path) = command.database.strip_prefix("sqlite:") else {
        bail!("PostgreSQL 请用 pg_restore 恢复")
    };
    store::unchanged(&command.from)?;
    let target = Path::new(path);
    if target.exists() {
        let aside = PathBuf::from(format!("{path}.before-restore"));
        if aside.exists() {
            bail!("{} 已经存在，请先移走再恢复", aside.display());
        }
        for ending in ["", "-wal", "-shm"] {
            let (from, to) = (format!("{path}{ending}"), format!("{}{ending}", aside.display()));
            if Path::new(&from).exists() {
                std::fs::rename(&from, &to).with_context(|| format!("无法移开 {from}，请先停止服务"))?;
            }
        }
        eprintln!("原数据已移到 {}", aside.display());
    }
    std::fs::copy(&command.from, target).with_context(|| format!("无法写入 {path}"))?;
    store::sound(target)?;
    eprintln!("已恢复到 {path}，并检查无误。请确认密钥文件与备份时相同");
    Ok(())
}

/// Seals with a fresh key from the next start on; what was sealed before stays readable with the same file.
pub(crate) fn new_key(command: &NewKey) -> Result<()> {
    if !command.key_file.exists() {
        bail!("没有密钥文件 {}，请用 --key-file 指明", command.key_file.display());
    }
    let keys = app::Vault::add_key(&command.key_file)?;
    eprintln!(
        "密钥文件 {} 现有{keys}个密钥，重启服务后用新密钥加密；旧数据仍靠原有各行解密，请整份另行保管。同一数据库有几个服务的，先把这个文件复制给每一个，再逐个重启",
        command.key_file.display()
    );
    Ok(())
}

/// A unit of work of nobody: it looks, and permits nothing.
fn nobody() -> Ctx {
    Ctx { actor: Actor::public(), now: crate::machine_time(), ids: Arc::default(), key: None }
}

/// How many attachments have lost their bytes.
async fn lost(store: &store::Store, files: &Files) -> Result<usize> {
    let (mut after, mut lost) = ((i64::MIN, i64::MIN), 0);
    loop {
        let read = store.read(nobody(), move |tx| Ok(files::rows_after(tx, after)?));
        let rows = read.await.map_err(|it| anyhow::anyhow!("{it}"))?;
        let Some(last) = rows.last() else { return Ok(lost) };
        after = last.0;
        lost += rows.iter().filter(|it| !files.has(&it.1)).count();
    }
}

/// A store that is there and up to date with this program; nothing is made, nothing upgraded.
fn opened(database: &str) -> Result<store::Store> {
    let migrations = crate::house::migrations();
    match store::pending(database, &migrations)? {
        0 => store::Store::open(database, &migrations),
        n => bail!("数据库还差{n}步升级，请先用这个程序启动一次服务"),
    }
}

/// Of files that have lain long, those no record names.
async fn nameless(store: &store::Store, lying: Vec<Lying>) -> Result<Vec<Lying>> {
    let digests: Vec<String> = lying.iter().map(|it| it.digest.clone()).filter(|it| !it.is_empty()).collect();
    let mut named = std::collections::HashSet::new();
    for some in digests.chunks(512) {
        let asked = some.to_vec();
        let read = store.read(nobody(), move |tx| Ok(files::named(tx, &asked)?));
        named.extend(read.await.map_err(|it| anyhow::anyhow!("{it}"))?);
    }
    // A wrong database names few of a folder's files, an empty one none.
    let read = store.read(nobody(), |tx| Ok(files::rows_after(tx, (i64::MIN, i64::MIN))?.is_empty()));
    let is_empty = read.await.map_err(|it| anyhow::anyhow!("{it}"))?;
    let without = digests.iter().filter(|it| !named.contains(*it)).count();
    if (is_empty && 0 < without) || (named.len() < without && 3 < without) {
        bail!(
            "附件目录里多于一半的文件（{without}个）在这个数据库里没有记录，很可能指错了数据库或目录；请核对 --database 和 --files，什么都没有动"
        );
    }
    Ok(lying.into_iter().filter(|it| !named.contains(&it.digest)).collect())
}

/// Takes away what lies in the folder of attachments and no record names. The house may go on meanwhile.
pub(crate) async fn sweep(command: Sweep) -> Result<()> {
    let store = opened(&command.database)?;
    let files = Files::within(&command.files);
    let age = Duration::from_secs(u64::from(command.hours) * 3_600);
    let found = nameless(&store, files.untouched(age)?).await?;
    let (mut gone, mut bytes) = (0, 0);
    if command.yes && !found.is_empty() {
        let _broom = files.broom()?;
        for lying in &found {
            let handle = tokio::runtime::Handle::current();
            let asked = vec![lying.digest.clone()];
            let is_named = || {
                let read = store.read(nobody(), move |tx| Ok(!files::named(tx, &asked)?.is_empty()));
                handle.block_on(read).map_err(|it| anyhow::anyhow!("{it}"))
            };
            if tokio::task::block_in_place(|| files.sweep(lying, age, is_named))? {
                gone += 1;
                bytes += lying.bytes;
            }
        }
        eprintln!("已清理没有记录的附件文件{gone}个，{bytes}字节");
    } else {
        bytes += found.iter().map(|it| it.bytes).sum::<u64>();
        eprintln!("没有记录的附件文件{}个，{bytes}字节；确认后加 --yes 清理", found.len());
    }
    Ok(())
}

/// Lists everything that would keep the house from working, not just the first.
pub(crate) async fn doctor(command: Doctor) -> Result<()> {
    let mut faults: Vec<String> = vec![];
    let is_there = match command.database.strip_prefix("sqlite:") {
        Some(path) => match store::sound(Path::new(path)) {
            Ok(()) => true,
            Err(fault) => {
                faults.push(format!("{fault:#}"));
                false
            }
        },
        None => true,
    };
    if is_there {
        match opened(&command.database) {
            Err(fault) => faults.push(format!("{fault:#}")),
            Ok(store) => match lost(&store, &Files::within(&command.files)).await {
                Ok(0) => {}
                Ok(n) => faults.push(format!(
                    "有{n}份附件的文件不在 {}，请用 --files 指明附件目录，或从备份放回",
                    command.files.display()
                )),
                Err(fault) => faults.push(format!("{fault:#}")),
            },
        }
    }
    match std::fs::metadata(&command.key_file) {
        Err(_) => faults.push(format!(
            "没有密钥文件 {}：首次启动时会建立；如果是恢复的数据，请放回原来的密钥文件",
            command.key_file.display()
        )),
        #[cfg(unix)]
        Ok(it) if std::os::unix::fs::PermissionsExt::mode(&it.permissions()) & 0o077 != 0 => {
            faults.push(format!("密钥文件 {} 可被他人读取，请执行 chmod 600", command.key_file.display()));
        }
        Ok(_) => {
            if let Err(fault) = app::Vault::open(&command.key_file) {
                faults.push(format!("{fault:#}"));
            }
        }
    }
    let covered = calendar::Calendar::state_council().covered_until();
    let today = kernel::beijing_date(crate::machine_time());
    if covered < today {
        faults.push(format!("节假日安排只到{covered}，之后的期限是暂定的，请升级程序"));
    } else {
        eprintln!("节假日安排到{covered}");
    }
    if faults.is_empty() {
        eprintln!("没有发现问题");
        Ok(())
    } else {
        bail!("{}", faults.join("\n"))
    }
}
