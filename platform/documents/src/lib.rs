//! Tables read from and written to the files people have: XLSX and CSV. Knows no business word.

mod bounds;
mod read;
mod write;

pub use read::{Table, read_table};
pub use write::{Cell, Column, XLSX, write_csv, write_xlsx};

/// Why a file cannot be used, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);
