//! Attachments: what a file is by its content, within bounds, without the places a camera notes; kept under its hash.
//!
//! The bytes are written and synced before the row that names them, so that no row ever points to nothing; bytes
//! without a row are harmless, found by their hash again, and go when somebody sweeps.

mod kept;
mod look;
mod rows;
mod sweep;

pub use kept::{Files, Kept};
pub use look::{Fault, MOST_BYTES, Media, look, size};
pub use rows::{Attachment, AttachmentId, attach, attachment, of_subject, of_subjects, take_away};
pub use sweep::{Lying, Sweeping, named, rows_after};

/// The table of attachments.
pub const MIGRATIONS: &[store::Migration] = &[
    store::Migration { name: "files_0001", sql: include_str!("../migrations/0001_files.sql") },
    store::Migration { name: "files_0002", sql: include_str!("../migrations/0002_sealed.sql") },
    store::Migration { name: "files_0003", sql: include_str!("../migrations/0003_digests.sql") },
];
