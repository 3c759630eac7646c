//! The nouns: a county's list, and the form.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One version of a county's list. Version 0 is the one that ships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checklist {
    pub(crate) version: i64,
    pub(crate) conditions: Vec<String>,
    pub(crate) negatives: Vec<Negative>,
    /// None: shipped.
    pub(crate) published_on: Option<Date>,
}

/// 负面清单的一项.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Negative {
    pub(crate) code: String,
    pub(crate) says: String,
}

/// 公布新版. One line each; a line of the negative list begins with its code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Publishing {
    pub(crate) conditions: String,
    pub(crate) negatives: String,
    /// The version the page showed.
    pub(crate) version: String,
}

impl Checklist {
    /// 随系统提供, or which version of when.
    pub(crate) fn title(&self) -> String {
        match self.published_on {
            None => "随系统提供的参考清单".to_owned(),
            Some(on) => format!("本县第{}版，{on}公布", self.version),
        }
    }

    /// A code of the negative list with its words; of one that is not there the code alone.
    pub(crate) fn says(&self, code: &str) -> String {
        let known = self.negatives.iter().find(|it| it.code == code);
        known.map_or_else(|| code.to_owned(), |it| format!("{} {}", it.code, it.says))
    }
}
