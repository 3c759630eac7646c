//! The nouns: an enterprise, its form, and what is shown of it.

use kernel::id;
use serde::{Deserialize, Serialize};

id!(EnterpriseId);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enterprise {
    pub id: EnterpriseId,
    pub uscc: String,
    pub name: String,
    pub city: i64,
    pub home_tenant: i64,
    pub note: String,
    pub version: i64,
}

/// An enterprise as it is shown, with how much it serves.
#[derive(Debug, Clone, Serialize)]
pub struct EnterpriseView {
    pub id: EnterpriseId,
    pub uscc: String,
    pub name: String,
    pub communities: i64,
    pub households: i64,
}

/// What the list is narrowed to, as it stands in the URL.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) named: String,
    pub(crate) by_households: bool,
    /// The name the page before ended with.
    pub(crate) after: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct EnterpriseForm {
    pub(crate) uscc: String,
    pub(crate) name: String,
    pub(crate) note: String,
    /// As the page showed it; empty for a new one.
    pub(crate) version: String,
}

/// The form as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Particulars {
    /// 18 characters, checked.
    pub(crate) uscc: String,
    pub(crate) name: String,
    pub(crate) note: String,
}
