//! 不予受理的理由、不归我们的专线 — two lists as data: what a case may be declined for, and where else it belongs.

use std::sync::OnceLock;

use serde::Deserialize;

/// A reason, or a line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Route {
    pub(crate) code: String,
    pub(crate) title: String,
    /// Which rule says so, or what the line is for.
    pub(crate) says: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Routes {
    reasons: Vec<Route>,
    lines: Vec<Route>,
}

fn all() -> &'static Routes {
    static ALL: OnceLock<Routes> = OnceLock::new();
    let empty = || Routes { reasons: vec![], lines: vec![] };
    // A test reads the text: it cannot be wrong here.
    ALL.get_or_init(|| {
        toml::from_str(include_str!("../../../../packs/ticket-routes.toml")).unwrap_or_else(|_| empty())
    })
}

pub(crate) fn reasons() -> &'static [Route] {
    &all().reasons
}

pub(crate) fn lines() -> &'static [Route] {
    &all().lines
}

pub(crate) fn reason(code: &str) -> Option<&'static Route> {
    reasons().iter().find(|it| it.code == code)
}

pub(crate) fn line(code: &str) -> Option<&'static Route> {
    lines().iter().find(|it| it.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_lists_are_read_and_no_code_stands_twice() {
        // 《北京市接诉即办工作条例》第 11 条 names six ways out.
        assert_eq!(reasons().len(), 6);
        assert!(8 <= lines().len());
        for list in [reasons(), lines()] {
            let codes: BTreeSet<&str> = list.iter().map(|it| it.code.as_str()).collect();
            assert_eq!(codes.len(), list.len());
            assert!(list.iter().all(|it| !it.title.is_empty() && !it.says.is_empty()));
        }
    }
}
