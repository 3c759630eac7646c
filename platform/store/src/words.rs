//! 全文检索: what things say, found by any word of theirs, on either store.
//!
//! Chinese writes no spaces, so a text is kept as its pairs of characters: 桃溪路 as 桃溪, 溪路, 路. A search for 溪路 finds
//! it, one for 桃路 does not. A list takes a search as a table, `words($6) w cross join`, of what is
//! found, newest first: this page turns it into the store's own, and SQLite goes through it first and not through the rest.

use std::borrow::Cow;

use kernel::Tenant;

use crate::{Listing, Result, Tx, Value, tx::Conn};

/// No more of a text is kept: a position beyond is of no use to PostgreSQL.
const LONGEST: usize = 4_000;

/// The most characters of one word, and words of one search, that are looked at: nobody means more by it.
const LONGEST_WORD: usize = 64;
const MOST_WORDS: usize = 12;
/// The newest things a search finds on PostgreSQL; a list of more nobody reads through.
const MOST_FOUND: usize = 20_000;
/// How many of a county's newest things a search looks through before it asks the index.
const NEWEST: usize = 4_000;
/// The bits of an id below its tenant's.
const BELOW_TENANT: i64 = (1 << 48) - 1;
/// Begins the marks; a letter to both stores, and let through from no text and no search.
const MARK: char = 'ꙮ';

/// One word of a text or of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    /// Letters and digits of one kind, in small letters.
    Latin(String),
    /// Characters in a row.
    Han(Vec<char>),
}

impl Tx<'_> {
    /// Keeps what a thing says, in place of what it said before. `kind` tells its list from the others.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn put_words(&mut self, kind: &str, id: i64, texts: &[&str]) -> Result<()> {
        let tenant = Tenant::of_id(id);
        let mut tokens = marks(kind, Some(tenant));
        tokens.extend(words(&texts.join("\n")).into_iter().flat_map(kept).take(LONGEST));
        let words = if self.is_postgres() {
            let placed = |(n, it): (usize, &String)| format!("'{it}':{}", n + 1);
            tokens.iter().enumerate().map(placed).collect::<Vec<_>>().join(" ")
        } else {
            tokens.join(" ")
        };
        let args = [i64::from(tenant.number()).into(), id.into(), words.into()];
        let listing = Listing::of(include_str!("sql/put_words.sql"), &[self.dialect()], &args);
        self.put(&listing.sql, &listing.args)
    }

    /// What is bound to `words($n)` to find the things of this kind that say all of `search`, in one county or in all. Nothing was
    /// asked when it is empty; signs alone are said by nothing.
    #[must_use]
    pub fn search(&self, kind: &str, tenant: Option<Tenant>, search: &str) -> Option<Value> {
        if search.trim().is_empty() {
            return None;
        }
        // A number as the pages show it, 舒城县-000012, is found by its tail.
        let tail = search.trim().rsplit_once('-').map_or(search, |it| it.1);
        let is_number = tail.len() == 6 && tail.bytes().all(|it| it.is_ascii_digit());
        let mut asked = words(if is_number { tail } else { search });
        asked.truncate(MOST_WORDS);
        if asked.is_empty() {
            // A mark that no thing has.
            asked.push(Word::Latin(format!("{MARK}nothing")));
        }
        let is_postgres = self.is_postgres();
        let exactly = |it: String| if is_postgres { format!("'{it}'") } else { format!("\"{it}\"") };
        let parts = marks(kind, tenant).into_iter().map(exactly);
        let parts = parts.chain(asked.into_iter().map(|it| phrase(it, is_postgres)));
        Some(parts.collect::<Vec<_>>().join(if is_postgres { " & " } else { " AND " }).into())
    }

    /// Takes a thing out of the index; one that is not there is no fault.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn drop_words(&mut self, id: i64) -> Result<()> {
        let args = [i64::from(Tenant::of_id(id).number()).into(), id.into()];
        let listing = Listing::of(include_str!("sql/drop_words.sql"), &[self.dialect()], &args);
        self.change(&listing.sql, &listing.args).map(|_| ())
    }

    pub(crate) fn dialect(&self) -> &'static str {
        match self.conn {
            Conn::Sqlite(_) => "sqlite",
            Conn::Postgres { .. } => "postgres",
        }
    }

    /// On PostgreSQL, a page of a county's search, newest first, asked of the newest things alone, and how many make it full: a full page of
    /// these is the page, for nothing newer is left out. Its index finds all that say a word before it can put the newest first.
    pub(crate) fn among_newest(&self, listing: &Listing) -> Option<(String, usize)> {
        let (before, after) = listing.sql.split_once(" words($").filter(|_| self.is_postgres())?;
        let (n, rest) = after.split_once(')')?;
        let argument = |n: &str| listing.args.get(n.trim().parse::<usize>().ok()?.checked_sub(1)?);
        let (_, page) = rest.split_once("order by w.id desc")?.1.split_once("limit $")?;
        let (Value::Int(page), Value::Text(asked)) = (argument(page)?, argument(n)?) else { return None };
        // The county's mark is the one that is a number.
        let mark = format!("'{MARK}");
        let mut marks = asked.split(&mark).filter_map(|it| it.split('\'').next()?.parse::<i64>().ok());
        let county = marks.next()?;
        let newest = format!(
            "select tenant, id, words from store_words where tenant = {county} order by id desc limit {NEWEST}"
        );
        let says = format!("words @@ cast(cast(${n} as text) as tsquery)");
        let sql = format!("{before} (select tenant, id from ({newest}) newest where {says}){rest}");
        Some((sql, usize::try_from(*page).ok()?))
    }

    /// The statement as this store understands it.
    pub(crate) fn spoken<'a>(&self, sql: &'a str) -> Cow<'a, str> {
        let Some((before, after)) = sql.split_once(" words($") else { return Cow::Borrowed(sql) };
        let Some((n, rest)) = after.split_once(')') else { return Cow::Borrowed(sql) };
        Cow::Owned(if self.is_postgres() {
            let says = format!("words @@ cast(cast(${n} as text) as tsquery)");
            // Below the tenant an id is its moment.
            let newest =
                format!("from store_words where {says} order by id & {BELOW_TENANT} desc limit {MOST_FOUND}");
            format!("{before} (select tenant, id {newest}){rest}")
        } else {
            // The index is the table itself, so that the newest come first without sorting. The tenant is the top of the id.
            let own = |it: &str| it.replace(" w.tenant", " (w.rowid >> 48)").replace(" w.id", " w.rowid");
            format!("{} store_words(${n}){}", own(before), own(rest))
        })
    }
}

/// What every thing of a list says besides its own words.
fn marks(kind: &str, tenant: Option<Tenant>) -> Vec<String> {
    let of = |tenant: Tenant| format!("{MARK}{}", tenant.number());
    [format!("{MARK}{kind}")].into_iter().chain(tenant.map(of)).collect()
}

/// １２号 as 12号: both are typed.
fn narrow(it: char) -> char {
    match it {
        '！'..='～' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        it => it,
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = vec![];
    let mut open = false;
    for it in text.chars().map(narrow) {
        let is_han = !it.is_ascii();
        match words.last_mut() {
            _ if !it.is_alphanumeric() || it == MARK => {
                open = false;
                continue;
            }
            Some(Word::Han(run)) if open && is_han => run.push(it),
            // What is longer is cut: PostgreSQL refuses words without end.
            Some(Word::Latin(run)) if open && !is_han => {
                if run.len() < LONGEST_WORD {
                    run.push(it.to_ascii_lowercase());
                }
            }
            _ if is_han => words.push(Word::Han(vec![it])),
            _ => words.push(Word::Latin(it.to_ascii_lowercase().to_string())),
        }
        open = true;
    }
    words
}

/// What of a word is kept: pairs, and the last character, which begins none.
fn kept(word: Word) -> Vec<String> {
    match word {
        Word::Latin(it) => vec![it],
        Word::Han(run) => {
            let last = run.last().map(ToString::to_string);
            pairs(&run).into_iter().chain(last).collect()
        }
    }
}

fn pairs(run: &[char]) -> Vec<String> {
    run.windows(2).map(|it| it.iter().collect()).collect()
}

/// A word asked for: pairs in a row; a single character and letters may go on.
fn phrase(word: Word, is_postgres: bool) -> String {
    let begins = |it: String| if is_postgres { format!("'{it}':*") } else { format!("\"{it}\" *") };
    match word {
        Word::Latin(it) => begins(it),
        Word::Han(run) if run.len() == 1 => begins(run.into_iter().collect()),
        Word::Han(run) if is_postgres => {
            let quoted: Vec<String> = pairs(&run).into_iter().map(|it| format!("'{it}'")).collect();
            format!("({})", quoted.join(" <-> "))
        }
        Word::Han(run) => format!("\"{}\"", pairs(&run).join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_as_pairs_and_single_words() {
        let of = |text: &str| words(text).into_iter().flat_map(kept).collect::<Vec<_>>();
        assert_eq!(
            of("桃溪路12号，Lift-B坏了"),
            ["桃溪", "溪路", "路", "12", "号", "lift", "b", "坏了", "了"]
        );
        assert_eq!(of("（） '\"*:&ꙮ"), [""; 0]);
        assert_eq!(of("１２号楼Ａ座"), ["12", "号楼", "楼", "a", "座"]);
        assert_eq!(of(&"x".repeat(3_000))[0].len(), LONGEST_WORD);
    }

    #[test]
    fn a_search_is_a_phrase_of_pairs_for_either_store() {
        let asked = |text: &str, is_postgres| -> Vec<String> {
            words(text).into_iter().map(|it| phrase(it, is_postgres)).collect()
        };
        assert_eq!(asked("桃溪路 B2 梯", false), ["\"桃溪 溪路\"", "\"b2\" *", "\"梯\" *"]);
        assert_eq!(asked("桃溪路 B2 梯", true), ["('桃溪' <-> '溪路')", "'b2':*", "'梯':*"]);
    }
}
