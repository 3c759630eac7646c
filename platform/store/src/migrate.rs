//! The tables brought up to date, one numbered step after the other; the only place that knows two dialects.

use anyhow::Context as _;
use kernel::Problem;

use crate::{Listing, StoreError, Tx};

/// A step that has run is never edited; the next one widens, a later one narrows.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// `store_0001_audit`: the room, a number, what it brings.
    pub name: &'static str,
    pub sql: &'static str,
}

/// The store's own tables.
pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "store_0001_audit", sql: include_str!("../migrations/0001_audit.sql") },
    Migration { name: "store_0002_tries", sql: include_str!("../migrations/0002_tries.sql") },
    Migration { name: "store_0003_words", sql: include_str!("../migrations/0003_words.sql") },
    Migration { name: "store_0004_numbers", sql: include_str!("../migrations/0004_numbers.sql") },
];

/// How many steps the store at `url` still waits for; nothing is made and nothing changed.
///
/// # Errors
/// A sentence: there is no store, it is another's, or it is newer than the program.
pub fn pending(url: &str, migrations: &[Migration]) -> anyhow::Result<usize> {
    const DONE: &str = "select name from store_migrations";
    let done: Vec<String> = if let Some(path) = url.strip_prefix("sqlite:") {
        let conn = rusqlite::Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
            .with_context(|| format!("没有数据库文件 {path}，请用 --database 指明"))?;
        let mut asked = conn.prepare(DONE).with_context(|| format!("{path} 不是本系统的数据库"))?;
        let names = asked.query_map([], |it| it.get(0))?;
        names.collect::<rusqlite::Result<_>>()?
    } else {
        crate::postgres_store::asked(url, DONE).context("这个数据库里没有本系统的数据，请核对 --database")?
    };
    if let Some(newer) = done.iter().find(|it| !migrations.iter().any(|known| known.name == **it)) {
        anyhow::bail!("数据库由更新的版本建立（多出步骤 {newer}），请使用同样新或更新的程序");
    }
    Ok(migrations.iter().filter(|it| !done.iter().any(|name| name == it.name)).count())
}

pub(crate) fn run(tx: &mut Tx<'_>, migrations: &[Migration]) -> anyhow::Result<()> {
    tx.batch("create table if not exists store_migrations (name text primary key, n bigint not null)")?;
    let done = tx.all("select name from store_migrations order by n", &[], |it| it.text("name"))?;
    if let Some(newer) = done.iter().find(|it| !migrations.iter().any(|known| known.name == *it)) {
        anyhow::bail!("数据库由更新的版本建立（多出步骤 {newer}），请使用同样新或更新的程序打开");
    }
    for (n, migration) in
        migrations.iter().enumerate().filter(|(_, it)| !done.iter().any(|name| name == it.name))
    {
        let sql = Listing::of(migration.sql, &[tx.dialect()], &[]).sql;
        let sql = if tx.is_postgres() { postgres_text(&sql) } else { sql };
        let noted = tx.batch(&sql).and_then(|()| {
            let args = [migration.name.into(), (n as i64).into()];
            tx.change_one("insert into store_migrations (name, n) values ($1, $2)", &args)
        });
        noted.map_err(|it: StoreError| {
            anyhow::Error::from(it).context(format!("数据库升级步骤 {} 失败", migration.name))
        })?;
    }
    Ok(())
}

/// What the same table definition must say on PostgreSQL: text compared by its bytes, as SQLite does.
#[must_use]
pub fn postgres_text(sql: &str) -> String {
    let mut pieces = sql.split(" text");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_the_type = piece.starts_with([' ', ',', '\n', ')']);
        text.push_str(if is_the_type { " text collate \"C\"" } else { " text" });
        text.push_str(piece);
    }
    text
}

impl Tx<'_> {
    /// Whether the store can be asked and could be written to.
    ///
    /// # Errors
    /// When it does not answer.
    pub fn ping(&mut self) -> Result<(), Problem> {
        self.one("select count(*) as n from store_migrations", &[], |it| it.int("n"))?;
        Ok(())
    }
}
