//! `jiayuan backup`, `restore` and `doctor`: looking after a house on one machine.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::Args;

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

/// Lists everything that would keep the house from working, not just the first.
pub(crate) fn doctor(command: &Doctor) -> Result<()> {
    let mut faults: Vec<String> = vec![];
    if let Some(path) = command.database.strip_prefix("sqlite:") {
        if let Err(fault) = store::sound(Path::new(path)) {
            faults.push(format!("{fault:#}"));
        }
    } else if let Err(fault) = store::Store::open(&command.database, &crate::house::migrations()) {
        faults.push(format!("{fault:#}"));
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
