//! The nouns: what a client asks, and an answer that reads alike in both formats.

use std::collections::BTreeMap;

/// The two formats the specification knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Xml,
}

/// A value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    /// Degrees as they are written, a number in either format.
    Degrees(String),
    Yes(bool),
    Nothing,
    /// The name of each element, and the elements.
    Many(&'static str, Vec<Row>),
}

/// The fields of one element, in the order of the specification.
pub(crate) type Row = Vec<(&'static str, Value)>;

/// An answer: the root's name, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// `services` of `service`; in JSON the list itself.
    List(&'static str, &'static str, Vec<Row>),
    /// `service_definition`.
    One(&'static str, Row),
}

/// What was sent, by name; a name sent twice keeps its last value.
pub(crate) type Fields = BTreeMap<String, String>;

/// Which requests are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Search {
    pub(crate) ids: Vec<i64>,
    pub(crate) services: Vec<String>,
    pub(crate) open: bool,
    pub(crate) closed: bool,
    pub(crate) from: jiff::Timestamp,
    pub(crate) until: jiff::Timestamp,
}

/// Where a case is, as far as its sender says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// Our own id of a community, or an address with its name; in this order.
    pub(crate) named: Option<String>,
    pub(crate) position: Option<registry::plans::Position>,
}

/// Why a client is refused: the status, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) u16, pub(crate) String);
