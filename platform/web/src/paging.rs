//! Keyset paging in the URL: where a page of a list goes on.

/// The sort value and id of the last row shown, as they stand in the URL: `after=…~id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub value: String,
    pub id: i64,
}

/// A page of a list, and where the next one begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paged<T> {
    pub rows: Vec<T>,
    pub next: Option<Cursor>,
}

impl Cursor {
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (value, id) = text.rsplit_once('~')?;
        Some(Self { value: value.to_owned(), id: kernel::parse_id(id)? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}~{}", self.value, self.id)
    }
}

impl<T> Paged<T> {
    /// Cuts the one row too many that was asked for, which says that there is a next page.
    #[must_use]
    pub fn of(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = size < rows.len();
        rows.truncate(size);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_whether_there_is_another() {
        let cursor = |it: &i64| Cursor { value: format!("n~{it}"), id: *it };
        assert_eq!(Paged::of(vec![1, 2, 3], 2, cursor), Paged { rows: vec![1, 2], next: Some(cursor(&2)) });
        assert_eq!(Paged::of(vec![1, 2], 2, cursor).next, None);
        assert_eq!(Cursor::parse(&cursor(&7).to_string()), Some(cursor(&7)));
        assert_eq!(Cursor::parse("x"), None);
    }
}
