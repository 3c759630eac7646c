//! A copy of the embedded store, whole and consistent, while the house goes on.

use std::path::Path;

use anyhow::{Context as _, bail};
use rusqlite::{Connection, OpenFlags};
use sha2::{Digest as _, Sha256};

/// Copies the store at `url` into a new file, and checks the copy.
///
/// # Errors
/// A sentence: the store is PostgreSQL (which has its own tools), the file exists, or the copy is not sound.
pub fn backup(url: &str, to: &Path) -> anyhow::Result<()> {
    let Some(path) = url.strip_prefix("sqlite:") else {
        bail!("PostgreSQL 请用 pg_dump 备份；本命令只备份内置数据库");
    };
    if to.exists() {
        bail!("{} 已经存在，请换一个文件名", to.display());
    }
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("无法打开数据库文件 {path}"))?;
    let target = to.to_str().context("备份文件名应为UTF-8")?;
    conn.execute("vacuum into ?1", [target])
        .with_context(|| format!("备份到 {target} 没有成功，请检查磁盘空间和权限"))?;
    sound(to)?;
    std::fs::write(digest_file(to), digest(to)?).context("无法写入校验文件")
}

/// Whether a backup is byte for byte what was made: the database's own check does not look at bytes it does not use.
///
/// # Errors
/// What is wrong with it.
pub fn unchanged(path: &Path) -> anyhow::Result<()> {
    let noted = std::fs::read_to_string(digest_file(path))
        .with_context(|| format!("缺少校验文件 {}，请与备份文件放在一起", digest_file(path).display()))?;
    if noted.trim() != digest(path)? {
        bail!("{} 与备份时不同，可能已损坏或被改动，请换一份备份", path.display());
    }
    sound(path)
}

fn digest_file(path: &Path) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".sha256");
    name.into()
}

fn digest(path: &Path) -> anyhow::Result<String> {
    let mut file = std::fs::File::open(path).with_context(|| format!("无法打开 {}", path.display()))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = std::io::Read::read(&mut file, &mut buffer)?;
        if read == 0 {
            return Ok(hex::encode(hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
}

/// Whether a database file is whole.
///
/// # Errors
/// What is wrong with it.
pub fn sound(path: &Path) -> anyhow::Result<()> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .with_context(|| format!("无法打开 {}", path.display()))?;
    let said: String = conn
        .query_row("pragma integrity_check", [], |it| it.get(0))
        .with_context(|| format!("{} 不是数据库文件，或已损坏", path.display()))?;
    let stray: Option<String> =
        conn.query_row("select \"table\" from pragma_foreign_key_check limit 1", [], |it| it.get(0)).ok();
    let known = conn.query_row("select count(*) from store_migrations", [], |it| it.get::<_, i64>(0));
    match (said.as_str(), stray, known) {
        ("ok", None, Ok(_)) => Ok(()),
        ("ok", None, Err(_)) => bail!("{} 是数据库文件，但不是家园的数据", path.display()),
        ("ok", Some(table), _) => bail!("{} 中表 {table} 的引用不完整", path.display()),
        (fault, ..) => bail!("{} 已损坏：{fault}", path.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_whole_and_a_damaged_one_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let url = format!("sqlite:{}", from.display());
        let _store = crate::Store::open(&url, crate::MIGRATIONS).unwrap();
        backup(&url, &to).unwrap();
        assert!(backup(&url, &to).unwrap_err().to_string().contains("已经存在"));
        assert!(backup("postgres://x/y", &to).unwrap_err().to_string().contains("pg_dump"));
        unchanged(&to).unwrap();
        let whole = std::fs::read(&to).unwrap();
        for place in (0..whole.len()).step_by(whole.len() / 100) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0x10;
            std::fs::write(&to, &damaged).unwrap();
            assert!(unchanged(&to).is_err(), "a flip at byte {place} was not found");
        }
    }
}
