//! 区划代码 (GB/T 2260 and its longer forms), with local codes for areas that have none.

use std::fmt;

use crate::{Fault, tidy};

/// A division's code: two digits for a province, four a city, six a county, nine a subdistrict, twelve a
/// neighborhood, or a local code such as `BJ-ETDZ` for a development zone without a national one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DivisionCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DivisionLevel {
    City,
    County,
    Subdistrict,
    Neighborhood,
    /// A local code, whose level the register says.
    Local,
}

impl DivisionCode {
    /// # Errors
    /// A sentence that says which lengths there are.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let code = text.trim().to_uppercase();
        if is_local(&code) {
            return Ok(Self(code));
        }
        let code = tidy(text);
        let right = code.bytes().all(|it| it.is_ascii_digit())
            && matches!(code.len(), 6 | 9 | 12)
            && !code.starts_with('0');
        if right {
            Ok(Self(code))
        } else {
            Err(Fault("区划代码应为6位（县区）、9位（街道、乡镇）或12位（社区）数字；没有国标代码的开发区请用如 BJ-ETDZ 的自编代码".to_owned()))
        }
    }

    #[must_use]
    pub fn level(&self) -> DivisionLevel {
        match self.0.len() {
            _ if is_local(&self.0) => DivisionLevel::Local,
            6 if self.0.ends_with("00") => DivisionLevel::City,
            6 => DivisionLevel::County,
            9 => DivisionLevel::Subdistrict,
            _ => DivisionLevel::Neighborhood,
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local(code: &str) -> bool {
    let word = |it: &str| (2..=12).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric());
    code.split_once('-').is_some_and(|(city, zone)| {
        word(city) && word(zone) && city.bytes().all(|it| it.is_ascii_uppercase())
    })
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: BJ-001
    #[test]
    fn national_and_local_codes_are_told_apart() {
        let level = |code: &str| DivisionCode::parse(code).unwrap().level();
        assert_eq!(level("341500"), DivisionLevel::City);
        assert_eq!(level("341523"), DivisionLevel::County);
        assert_eq!(level("341523100"), DivisionLevel::Subdistrict);
        assert_eq!(level("341523100001"), DivisionLevel::Neighborhood);
        assert_eq!(level("BJ-ETDZ"), DivisionLevel::Local);
        assert!(DivisionCode::parse("3415").is_err());
        assert!(DivisionCode::parse("舒城").is_err());
    }
}
