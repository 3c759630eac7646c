//! How a case's code reads, and how often one sender may ask. Pure.

pub(crate) const CODE_LENGTH: usize = 10;
/// S-RATE: reports of one sender within a day, and looks by number and phone tail within an hour.
pub(crate) const MOST_REPORTS: i64 = 20;
pub(crate) const MOST_LOOKS: i64 = 5;
/// How often one code may urge or add in a day.
pub(crate) const MOST_SAYS: i64 = 10;

/// Four digits, no more and no fewer.
pub(crate) fn is_tail(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit())
}

/// A code as typed: any case, with or without the dash people read it with.
pub(crate) fn typed_code(text: &str) -> Option<String> {
    identifiers::typed_code(text, CODE_LENGTH)
}
