//! Money and floor area, as whole numbers of their smallest unit.

use std::fmt;

use crate::Ratio;

/// Money in fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub i64);

/// Floor area in 0.001 m², the unit votes are compared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Area(pub i64);

impl Money {
    /// Reads yuan, with at most two decimals: `12.50`.
    #[must_use]
    pub fn parse_yuan(text: &str) -> Option<Self> {
        whole(text, 2).map(Self)
    }
}

impl Area {
    /// Reads square metres, with at most three decimals and no sign: `102.513`.
    #[must_use]
    pub fn parse_m2(text: &str) -> Option<Self> {
        whole(text, 3).filter(|it| 0 <= *it).map(Self)
    }
}

/// `text` in units of `10^-places`, refusing digits that would be lost.
fn whole(text: &str, places: u32) -> Option<i64> {
    let scaled = Ratio::parse(text).ok()?.times(Ratio::whole(10_i128.pow(places)))?;
    scaled.as_whole().and_then(|it| i64::try_from(it).ok())
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1000, self.0 % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_write_their_units() {
        assert_eq!(Money::parse_yuan("12.5"), Some(Money(1250)));
        assert_eq!(Money(-1205).to_string(), "-12.05");
        assert_eq!(Area::parse_m2("102.513").map(|it| it.to_string()).as_deref(), Some("102.513"));
        assert_eq!(Area::parse_m2("102.5134"), None);
        assert_eq!(Area::parse_m2("-1"), None);
    }
}
