//! What a list of cases leaves of a scope. Pure.

use jiff::{Timestamp, civil::Date};

use super::types::{Body, Channel, Stage};

/// What a list leaves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// One stage, or several together; none looks into every one, and only for words or days.
    pub(crate) stage: Option<&'static str>,
    /// Words a case says, in whatever stage it is; empty for the stage's own list.
    pub(crate) said: String,
    pub(crate) category: Option<String>,
    pub(crate) late: bool,
    /// Due until this moment, and not late yet.
    pub(crate) tonight: Option<Timestamp>,
    /// 申请延期待审 only.
    pub(crate) asked: bool,
    /// A place below the scope.
    pub(crate) within: Option<Within>,
    /// Filed after the first moment and not after the second, in microseconds.
    pub(crate) filed: Option<(i64, i64)>,
    /// Filed from the first day to the second.
    pub(crate) days: Option<(Date, Date)>,
    /// Whose turn it is, of those who look.
    pub(crate) turn: Option<Turn>,
    /// 承办单位.
    pub(crate) held: Option<Held>,
    pub(crate) channel: Option<Channel>,
    /// The last row shown.
    pub(crate) after: Option<After>,
}

/// Where a page of a list goes on: what it is sorted by, and the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Due(Timestamp, i64),
    Day(Date, i64),
}

/// 承办单位, as it stands in a URL: `enterprise` for all of a kind, `enterprise:12` for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    Kind(&'static str),
    By(Body),
}

/// Whose turn it is: that of the body that looks, or of somebody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) whose: Whose,
    pub(crate) body: Option<Body>,
    /// Whether it sends cases to whom they belong, so that what nobody has is its turn.
    pub(crate) sends_out: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    Mine,
    Others,
}

/// Which cases of a stage a turn takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    All,
    HeldBy(Body),
    NotHeldBy(Body),
}

/// Stages in which somebody has something to do, be it the reporter who is asked for a rating.
pub(crate) const WAITS: [&str; 5] = ["filed", "dispatched", "returned", "accepted", "answered"];

/// 正在办: every open stage together.
pub(crate) const OPEN: &str = "open";
/// 全部状态: by the day it was filed.
pub(crate) const ALL: &str = "all";

/// A place a list is narrowed to, as it stands in a URL: `subdistrict-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    County(i64),
    Subdistrict(i64),
    Neighborhood(i64),
    Community(i64),
}

impl Turn {
    /// What of a stage it takes; nothing where the stage is somebody else's altogether.
    pub(crate) fn part(self, stage: &str) -> Option<Part> {
        let had = matches!(stage, "dispatched" | "accepted");
        match (self.whose, stage, self.body) {
            (Whose::Mine, "filed" | "returned", _) => self.sends_out.then_some(Part::All),
            (Whose::Mine, _, Some(body)) if had => Some(Part::HeldBy(body)),
            (Whose::Mine, ..) => None,
            (Whose::Others, "filed" | "returned", _) => (!self.sends_out).then_some(Part::All),
            (Whose::Others, _, Some(body)) if had => Some(Part::NotHeldBy(body)),
            (Whose::Others, ..) => WAITS.contains(&stage).then_some(Part::All),
        }
    }
}

impl Filter {
    /// The stages that are read one by one and put together; none where one statement reads them.
    pub(crate) fn together(&self) -> Option<&'static [&'static str]> {
        if !self.said.is_empty() {
            return None;
        }
        match self.stage {
            Some(OPEN) => Some(&Stage::OPEN),
            None if self.turn.is_some() => Some(&WAITS),
            _ => None,
        }
    }

    /// What nobody waits for any more is read by the day it was filed, where days were chosen.
    pub(crate) fn by_day(&self) -> bool {
        let waits = self.stage.is_some_and(|it| WAITS.contains(&it) || it == OPEN) || self.turn.is_some();
        self.said.is_empty() && self.days.is_some() && !waits
    }
}

impl After {
    /// As [`std::fmt::Display`] writes it.
    pub(crate) fn parse(value: &str, id: i64) -> Option<Self> {
        match value.parse::<i64>() {
            Ok(at) => Some(Self::Due(Timestamp::from_microsecond(at).ok()?, id)),
            Err(_) => Some(Self::Day(value.parse().ok()?, id)),
        }
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Due(at, id) => write!(f, "{}~{id}", at.as_microsecond()),
            Self::Day(on, id) => write!(f, "{on}~{id}"),
        }
    }
}

impl Held {
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        match typed.split_once(':') {
            Some((kind, number)) => Body::from_code(kind, number.parse().ok()?).map(Self::By),
            None => Body::KINDS.iter().copied().find(|it| *it == typed).map(Self::Kind),
        }
    }
}

impl Whose {
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        match typed {
            "mine" => Some(Self::Mine),
            "others" => Some(Self::Others),
            _ => None,
        }
    }
}

impl Within {
    pub(crate) fn parse(typed: &str) -> Option<Self> {
        let (kind, id) = typed.split_once('-')?;
        let id = id.parse().ok()?;
        match kind {
            "county" => Some(Self::County(id)),
            "subdistrict" => Some(Self::Subdistrict(id)),
            "neighborhood" => Some(Self::Neighborhood(id)),
            "community" => Some(Self::Community(id)),
            _ => None,
        }
    }

    /// The block of the list's statement, and what is bound to it.
    pub(crate) fn block(self) -> (&'static str, i64) {
        match self {
            Self::County(id) => ("of_county", id),
            Self::Subdistrict(id) => ("of_subdistrict", id),
            Self::Neighborhood(id) => ("of_neighborhood", id),
            Self::Community(id) => ("of_community", id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_waiting_case_is_somebodys_turn_and_nobody_elses() {
        let (own, body) = (Part::HeldBy(Body::Neighborhood(7)), Some(Body::Neighborhood(7)));
        let turn = |whose, sends_out| Turn { whose, body, sends_out };
        for stage in WAITS {
            for sends_out in [true, false] {
                let mine = turn(Whose::Mine, sends_out).part(stage);
                let others = turn(Whose::Others, sends_out).part(stage);
                let split = (mine, others) == (Some(own), Some(Part::NotHeldBy(Body::Neighborhood(7))));
                let whole = mine.is_some() != others.is_some() && mine.or(others) == Some(Part::All);
                assert!(split || whole, "{stage} {sends_out}: {mine:?} {others:?}");
            }
        }
        // A hotline's desk has no case of its own, and sends them out.
        let desk = Turn { whose: Whose::Mine, body: None, sends_out: true };
        assert_eq!((desk.part("filed"), desk.part("accepted")), (Some(Part::All), None));
        assert_eq!(turn(Whose::Others, true).part("closed"), None);
    }

    #[test]
    fn what_stands_in_a_url_is_understood_or_narrows_nothing() {
        assert_eq!(Held::parse("enterprise"), Some(Held::Kind("enterprise")));
        assert_eq!(Held::parse("enterprise:12"), Some(Held::By(Body::Enterprise(12))));
        assert_eq!((Held::parse("x"), Held::parse("enterprise:x"), Held::parse("")), (None, None, None));
        assert_eq!(Within::parse("neighborhood-3"), Some(Within::Neighborhood(3)));
        assert_eq!(Within::parse("city-3"), None);
        for after in ["1724140800000000~5", "2024-08-20~5"] {
            let (value, _) = after.split_once('~').unwrap();
            assert_eq!(After::parse(value, 5).unwrap().to_string(), after);
        }
        assert_eq!(After::parse("yesterday", 5), None);
    }
}
