//! Files people have: tables read and written as XLSX and CSV, texts written as DOCX in the official layout. Knows no
//! business word.

mod bounds;
mod forms;
mod official;
mod read;
mod write;

pub use bounds::{Office, office_kind};
pub use forms::read_form;
pub use official::{Block, DOCX, FormCell, write_docx};
pub use read::{Table, cell_name, read_table};
pub use write::{Cell, Column, XLSX, write_csv, write_xlsx};

/// Why a file cannot be used, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);
