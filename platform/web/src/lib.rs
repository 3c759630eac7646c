//! The one way in: HTTP turned into a `Ctx`, and answers turned back into HTTP.

mod assets;
mod caller;
mod cookies;
mod device;
mod forms;
mod fresh;
mod guard;
mod large;
mod meters;
mod paging;
mod reply;
mod tables;

pub use assets::routes as assets;
pub use caller::{Asked, Caller, Shut, Visitor};
pub use cookies::{FLASH, SESSION, clear, cookie, set};
pub use device::{marked, marked_for_long};
pub use forms::{Posted, PostedJson, Sent, SentFiles, Uploaded, json_fault};
pub use fresh::PostedFresh;
pub use guard::guarded;
pub use large::routes as large;
pub use paging::{Cursor, Paged};
pub use reply::{
    ApiProblem, ApiResult, Chrome, Drafted, PageProblem, PageResult, address, download, drafted, keep,
    keep_sealed, kept, page, redirect, redirect_saying, redirect_warning, refused_back,
};
pub use tables::{Column, Narrowed, SavedView, Table, Views, sheet_cells, sheet_columns};

/// Every template's error look-up: the sentence for one field.
#[must_use]
pub fn error_of<'a>(errors: &'a [kernel::FieldError], field: &str) -> Option<&'a str> {
    errors.iter().find(|it| it.field == field).map(|it| it.message.as_str())
}
