//! A failed statement, on its way to becoming a [`Problem`].

use kernel::Problem;

#[derive(Debug)]
pub enum StoreError {
    /// No such row, or a change that hit none.
    Missing,
    /// Another transaction got in between; the unit runs again.
    Again(anyhow::Error),
    /// The disk is full, the server is away: nothing was kept, reads may still go on.
    Unavailable(anyhow::Error),
    Broken(anyhow::Error),
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// Carried inside `Problem::Broken` until the store itself sees it and runs the unit again.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct RunAgain(anyhow::Error);

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing => Self::NotFound,
            StoreError::Again(cause) => Self::Broken(RunAgain(cause).into()),
            StoreError::Unavailable(cause) => Self::Busy(cause),
            StoreError::Broken(cause) => Self::Broken(cause),
        }
    }
}

/// Whether a unit ended because another got in between.
pub(crate) fn wants_another_run(problem: &Problem) -> bool {
    matches!(problem, Problem::Broken(cause) if cause.is::<RunAgain>())
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, OperationInterrupted, ReadOnly,
            SystemIoFailure,
        };
        match error.sqlite_error_code() {
            _ if matches!(error, rusqlite::Error::QueryReturnedNoRows) => Self::Missing,
            Some(
                DiskFull | SystemIoFailure | CannotOpen | DatabaseBusy | DatabaseLocked | ReadOnly
                | OperationInterrupted,
            ) => Self::Unavailable(error.into()),
            _ => Self::Broken(error.into()),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        use tokio_postgres::error::SqlState;
        const AGAIN: [SqlState; 3] = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::UNIQUE_VIOLATION,
        ];
        const UNAVAILABLE: [SqlState; 6] = [
            SqlState::DISK_FULL,
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::QUERY_CANCELED,
            SqlState::LOCK_NOT_AVAILABLE,
        ];
        match error.code() {
            Some(code) if AGAIN.contains(code) => Self::Again(error.into()),
            Some(code) if UNAVAILABLE.contains(code) => Self::Unavailable(error.into()),
            Some(_) => Self::Broken(error.into()),
            None if error.is_closed() => Self::Unavailable(error.into()),
            None => Self::Broken(error.into()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl From<StoreError> for anyhow::Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing => Self::msg("no such row"),
            StoreError::Again(cause) | StoreError::Unavailable(cause) | StoreError::Broken(cause) => cause,
        }
    }
}
