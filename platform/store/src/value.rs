//! Values going in and coming out, the same on every store.

use rusqlite::types::ToSqlOutput;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use crate::{Result, StoreError};

/// What may be bound to a `$n`. Times are microseconds, dates are text, money is fen, area is 0.001 m².
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// A row being read, column by column, by name.
pub enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    /// # Errors
    /// When the column is missing or not a number.
    pub fn int(&self, column: &str) -> Result<i64> {
        self.maybe_int(column)?.ok_or_else(|| null(column))
    }

    /// # Errors
    /// When the column is missing or not a number.
    pub fn maybe_int(&self, column: &str) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => {
                match row.columns().iter().find(|it| it.name() == column).map(tokio_postgres::Column::type_) {
                    Some(&Type::INT4) => Ok(row.try_get::<_, Option<i32>>(column)?.map(i64::from)),
                    _ => Ok(row.try_get(column)?),
                }
            }
        }
    }

    /// # Errors
    /// When the column is missing or not text.
    pub fn text(&self, column: &str) -> Result<String> {
        self.maybe_text(column)?.ok_or_else(|| null(column))
    }

    /// # Errors
    /// When the column is missing or not text.
    pub fn maybe_text(&self, column: &str) -> Result<Option<String>> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// A date kept as `YYYY-MM-DD`.
    ///
    /// # Errors
    /// When the column is missing or holds something else.
    pub fn maybe_date(&self, column: &str) -> Result<Option<jiff::civil::Date>> {
        let parse = |it: String| it.parse().map_err(|it: jiff::Error| StoreError::Broken(it.into()));
        self.maybe_text(column)?.map(parse).transpose()
    }

    /// A time kept as microseconds.
    ///
    /// # Errors
    /// When the column is missing or not a time.
    pub fn time(&self, column: &str) -> Result<jiff::Timestamp> {
        jiff::Timestamp::from_microsecond(self.int(column)?).map_err(|it| StoreError::Broken(it.into()))
    }

    /// A time kept as microseconds, or none.
    ///
    /// # Errors
    /// When the column is missing or not a time.
    pub fn maybe_time(&self, column: &str) -> Result<Option<jiff::Timestamp>> {
        let parse = |it| jiff::Timestamp::from_microsecond(it).map_err(|it| StoreError::Broken(it.into()));
        self.maybe_int(column)?.map(parse).transpose()
    }

    /// Where something belongs, from the six columns a scope filters by.
    ///
    /// # Errors
    /// When one of them is missing or null.
    pub fn place(&self) -> Result<kernel::Place> {
        Ok(kernel::Place {
            city: self.int("city")?,
            tenant: self.int("tenant")?,
            subdistrict: self.int("subdistrict")?,
            neighborhood: self.int("neighborhood")?,
            community: self.int("community")?,
            enterprise: self.int("enterprise")?,
        })
    }

    /// # Errors
    /// When the column is missing or not bytes.
    pub fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }
}

fn null(column: &str) -> StoreError {
    StoreError::Broken(anyhow::anyhow!("column {column} is null"))
}

impl From<i64> for Value {
    fn from(it: i64) -> Self {
        Self::Int(it)
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Int(i64::from(it))
    }
}

impl From<String> for Value {
    fn from(it: String) -> Self {
        Self::Text(it)
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::Text(it.to_owned())
    }
}

impl From<Vec<u8>> for Value {
    fn from(it: Vec<u8>) -> Self {
        Self::Bytes(it)
    }
}

impl From<jiff::civil::Date> for Value {
    fn from(it: jiff::civil::Date) -> Self {
        Self::Text(it.to_string())
    }
}

impl From<jiff::Timestamp> for Value {
    fn from(it: jiff::Timestamp) -> Self {
        Self::Int(it.as_microsecond())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::types::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Null => Ok(ToSqlOutput::Owned(rusqlite::types::Value::Null)),
            Self::Int(it) => Ok(ToSqlOutput::from(*it)),
            Self::Text(it) => Ok(ToSqlOutput::from(it.as_str())),
            Self::Bytes(it) => Ok(ToSqlOutput::from(it.as_slice())),
        }
    }
}

impl Value {
    /// Whether PostgreSQL can be sent it for a parameter of this type.
    pub(crate) fn fits(&self, ty: &Type) -> bool {
        match self {
            Self::Null => true,
            Self::Int(it) => *ty == Type::INT8 || (*ty == Type::INT4 && i32::try_from(*it).is_ok()),
            Self::Text(_) => matches!(*ty, Type::TEXT | Type::VARCHAR | Type::UNKNOWN),
            Self::Bytes(_) => *ty == Type::BYTEA,
        }
    }
}

type BoxedError = Box<dyn std::error::Error + Sync + Send>;

impl ToSql for Value {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut tokio_postgres::types::private::BytesMut,
    ) -> std::result::Result<IsNull, BoxedError> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(it) if *ty == Type::INT4 => i32::try_from(*it)?.to_sql(ty, out),
            Self::Int(it) => it.to_sql(ty, out),
            Self::Text(it) => it.to_sql(ty, out),
            Self::Bytes(it) => it.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT4 | Type::INT8 | Type::TEXT | Type::VARCHAR | Type::BYTEA | Type::UNKNOWN)
    }

    to_sql_checked!();
}
