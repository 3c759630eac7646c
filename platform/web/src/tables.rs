//! A list as a table: the filter in the URL, the columns somebody chose, and the same rows as a sheet.

use std::convert::Infallible;

use axum::{extract::FromRequestParts, http::request::Parts};
use documents::Cell;
use serde::de::DeserializeOwned;

/// What a list is narrowed to, as it stands in the URL; what cannot be read narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Narrowed<Q> {
    pub query: Q,
    /// The columns chosen, by their codes; none means the usual ones.
    pub chosen: Vec<String>,
    /// The URL's question without its page: what a saved view keeps.
    pub text: String,
}

/// One column a list may show.
pub struct Column<T> {
    /// What the URL calls it.
    pub code: &'static str,
    pub title: &'static str,
    pub is_number: bool,
    /// Shown when nobody chose otherwise.
    pub is_usual: bool,
    pub says: fn(&T) -> String,
}

/// A table ready to be shown.
#[derive(Debug, Default, Clone)]
pub struct Table {
    pub heads: Vec<Head>,
    /// The page of each row, and what its cells say; the first cell leads to the page.
    pub rows: Vec<(String, Vec<Said>)>,
    /// Every column there is: code, title, and whether it is shown.
    pub choice: Vec<(&'static str, &'static str, bool)>,
}

/// What stands above a column.
#[derive(Debug, Clone)]
pub struct Head {
    pub title: &'static str,
    pub is_number: bool,
}

/// What a cell says.
#[derive(Debug, Clone)]
pub struct Said {
    pub text: String,
    pub is_number: bool,
}

/// A list somebody keeps under a name of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedView {
    pub id: i64,
    pub name: String,
    pub href: String,
    /// It is the one being looked at.
    pub is_here: bool,
}

/// The saved views of one list, and what saving the present one would keep.
#[derive(Debug, Default, Clone)]
pub struct Views {
    pub page: &'static str,
    pub text: String,
    pub saved: Vec<SavedView>,
}

/// The columns to show out of `all`: the chosen ones in the list's own order, or the usual ones. The first is always there:
/// it leads to the row's page.
fn shown<'a, T>(all: &'a [Column<T>], chosen: &[String]) -> Vec<&'a Column<T>> {
    let is_chosen = |it: &Column<T>| chosen.iter().any(|code| code == it.code);
    if all.iter().any(is_chosen) {
        all.iter().enumerate().filter(|(n, it)| *n == 0 || is_chosen(it)).map(|it| it.1).collect()
    } else {
        all.iter().filter(|it| it.is_usual).collect()
    }
}

impl Table {
    #[must_use]
    pub fn of<T>(all: &[Column<T>], chosen: &[String], rows: &[T], page: impl Fn(&T) -> String) -> Self {
        let columns = shown(all, chosen);
        let said = |row: &T| {
            let cell = |it: &&Column<T>| Said { text: (it.says)(row), is_number: it.is_number };
            (page(row), columns.iter().map(cell).collect())
        };
        let is_shown = |code: &str| columns.iter().any(|it| it.code == code);
        Self {
            heads: columns.iter().map(|it| Head { title: it.title, is_number: it.is_number }).collect(),
            rows: rows.iter().map(said).collect(),
            choice: all.iter().map(|it| (it.code, it.title, is_shown(it.code))).collect(),
        }
    }
}

/// The columns of the sheet: the chosen ones; every one when nobody chose.
fn in_sheet<'a, T>(all: &'a [Column<T>], chosen: &[String]) -> Vec<&'a Column<T>> {
    if chosen.is_empty() { all.iter().collect() } else { shown(all, chosen) }
}

const NARROW: u16 = 10;
const WIDE: u16 = 18;

/// The heads of the sheet that says what the list says.
#[must_use]
pub fn sheet_columns<T>(all: &[Column<T>], chosen: &[String]) -> Vec<documents::Column> {
    let head = |it: &Column<T>| {
        if it.is_number {
            documents::Column::number(it.title, NARROW)
        } else {
            documents::Column::text(it.title, WIDE)
        }
    };
    in_sheet(all, chosen).into_iter().map(head).collect()
}

/// One row of that sheet.
#[must_use]
pub fn sheet_cells<T>(all: &[Column<T>], chosen: &[String], row: &T) -> Vec<Cell> {
    let cell = |it: &Column<T>| match (it.says)(row) {
        said if said.is_empty() => Cell::Empty,
        said if it.is_number => said.parse().map_or(Cell::Text(said), Cell::Number),
        said => Cell::Text(said),
    };
    in_sheet(all, chosen).into_iter().map(cell).collect()
}

impl<Q> Narrowed<Q> {
    /// The same question with these answers instead: another page of it, another order.
    #[must_use]
    pub fn with(&self, changed: &[(&str, &str)]) -> String {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(&self.text).unwrap_or_default();
        let kept = pairs.into_iter().filter(|(name, _)| changed.iter().all(|it| it.0 != name));
        let new = changed.iter().filter(|it| !it.1.is_empty());
        let new = new.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        serde_html_form::to_string(kept.chain(new).collect::<Vec<_>>()).unwrap_or_default()
    }
}

impl<S: Sync, Q: DeserializeOwned + Default> FromRequestParts<S> for Narrowed<Q> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let asked = parts.uri.query().unwrap_or_default();
        let mut pairs: Vec<(String, String)> = serde_html_form::from_str(asked).unwrap_or_default();
        let query = serde_html_form::from_str(asked).unwrap_or_default();
        // The page of a list is no part of the view, and an empty field narrows nothing.
        pairs.retain(|(name, value)| name != "after" && !value.is_empty());
        let chosen = pairs.iter().filter(|it| it.0 == "column").map(|it| it.1.clone()).collect();
        Ok(Self { query, chosen, text: serde_html_form::to_string(pairs).unwrap_or_default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[Column<(i64, &str)>] = &[
        Column {
            code: "name", title: "名称", is_number: false, is_usual: true, says: |it| it.1.to_owned()
        },
        Column { code: "n", title: "户数", is_number: true, is_usual: false, says: |it| it.0.to_string() },
    ];

    #[test]
    fn a_table_shows_the_columns_chosen_in_the_lists_order() {
        let titles = |chosen: &[&str]| {
            let chosen: Vec<String> = chosen.iter().map(|it| (*it).to_owned()).collect();
            let table = Table::of(ALL, &chosen, &[(3, "桃溪")], |it| format!("/{}", it.0));
            let cells = table.rows[0].1.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join("|");
            (table.heads.iter().map(|it| it.title).collect::<Vec<_>>(), cells)
        };
        assert_eq!(titles(&[]), (vec!["名称"], "桃溪".to_owned()));
        assert_eq!(titles(&["n", "name"]), (vec!["名称", "户数"], "桃溪|3".to_owned()));
        assert_eq!(titles(&["n"]), (vec!["名称", "户数"], "桃溪|3".to_owned()));
        assert_eq!(titles(&["nothing"]), (vec!["名称"], "桃溪".to_owned()));
    }

    #[tokio::test]
    async fn a_view_is_the_question_without_its_page() {
        let asked = "/x?named=%E6%A1%83%E6%BA%AA&kind=&after=3~4&column=n&column=name";
        let (mut parts, ()) = axum::http::Request::get(asked).body(()).unwrap().into_parts();
        let it = Narrowed::<Vec<(String, String)>>::from_request_parts(&mut parts, &()).await.unwrap();
        assert_eq!(it.chosen, ["n", "name"]);
        assert_eq!(it.text, "named=%E6%A1%83%E6%BA%AA&column=n&column=name");
        assert_eq!(it.with(&[("named", ""), ("after", "1~2")]), "column=n&column=name&after=1%7E2");
    }
}
