//! What only tests may do: put rows on the table, count them, and have every statement prepared.

use crate::{Result, Tx, Value};

impl Tx<'_> {
    /// Rows put on the table before a test, which nobody permitted and nobody audits.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn given(&mut self, sql: &str) -> Result<()> {
        self.batch(sql)
    }

    /// # Errors
    /// When the store refuses.
    pub fn count(&mut self, sql: &str, args: &[Value]) -> Result<i64> {
        self.one(sql, args, |it| it.int("n"))
    }

    /// Asks the store to understand a statement, without running it.
    ///
    /// # Errors
    /// When it does not.
    pub fn prepare(&mut self, sql: &str) -> Result<()> {
        let spoken = self.spoken(sql);
        let sql = &*spoken;
        match &mut self.conn {
            crate::tx::Conn::Sqlite(conn) => conn.prepare(sql).map(|_| ()).map_err(Into::into),
            crate::tx::Conn::Postgres { line, .. } => line.prepared(sql).map(|_| ()),
        }
    }

    /// How SQLite would go about a statement, line by line, without having seen the tables' contents.
    ///
    /// # Errors
    /// When it does not understand it, or another store is asked.
    pub fn plan(&mut self, listing: &crate::Listing) -> Result<Vec<String>> {
        self.all(&format!("explain query plan {}", listing.sql), &listing.args, |it| it.text("detail"))
    }

    /// Every table of the store with what is in it, as one comparable text: a changed row shows as well as a new one.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn contents(&mut self) -> Result<Vec<(String, String)>> {
        let names = if self.is_postgres() {
            "select tablename as name from pg_tables where schemaname = 'public' order by tablename"
        } else {
            "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name"
        };
        let names = self.all(names, &[], |it| it.text("name"))?;
        // The index of words is no table: it says what its things say, in the store's own form.
        let tables = names.into_iter().filter(|it| !it.starts_with("store_words"));
        tables.map(|name| Ok((name.clone(), self.content_of(&name)?))).collect()
    }

    fn content_of(&mut self, table: &str) -> Result<String> {
        let rows = if self.is_postgres() {
            format!("select t::text as content from {table} t order by 1")
        } else {
            let columns = format!("select name from pragma_table_info('{table}')");
            let quoted = self.all(&columns, &[], |it| it.text("name"))?;
            let joined: Vec<String> = quoted.iter().map(|it| format!("quote({it})")).collect();
            format!("select {} as content from {table} order by 1", joined.join(" || ',' || "))
        };
        Ok(self.all(&rows, &[], |it| it.text("content"))?.join("\n"))
    }
}
