//! What an assessor gave an item, exact to a millionth of a point.

use std::fmt;

use kernel::Ratio;
use serde::{Deserialize, Deserializer, de::Visitor};

/// A mark in millionths: whole numbers add fast and lose nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(i64);

/// How many millionths make a point.
const UNIT: i128 = 1_000_000;
/// No standard gives an item more; a larger number is a slip of the hand.
const LARGEST: i64 = 1_000_000;

impl Mark {
    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::share(i128::from(self.0), UNIT).unwrap_or(Ratio::ZERO)
    }

    /// The mean of `count` marks whose millionths sum to `sum`.
    pub(crate) fn mean(sum: i64, count: i64) -> Option<Ratio> {
        Ratio::share(i128::from(sum), i128::from(count) * UNIT)
    }

    pub(crate) fn millionths(self) -> i64 {
        self.0
    }

    /// Reads a decimal number of points.
    ///
    /// # Errors
    /// A sentence that says what a mark may be.
    pub fn parse(text: &str) -> Result<Self, String> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let numeric = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        let written = !whole.is_empty() && numeric(whole) && numeric(fraction) && !digits.ends_with('.');
        if !written {
            return Err(format!(
                "分数“{}”不是数字，请填写如 4 或 3.5",
                text.chars().take(20).collect::<String>()
            ));
        }
        if 6 < fraction.len() || 7 < whole.len() {
            return Err(format!(
                "分数“{}”位数过多，最多保留6位小数",
                text.chars().take(20).collect::<String>()
            ));
        }
        let below = format!("{fraction:0<6}").parse::<i64>().unwrap_or(0);
        let size = whole.parse::<i64>().unwrap_or(0).min(LARGEST) * 1_000_000 + below;
        Ok(Self(if digits.len() < text.len() { -size } else { size }))
    }
}

/// A mark as it comes in JSON: a number or a number as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkInput(pub Mark);

impl<'de> Deserialize<'de> for MarkInput {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = MarkInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("分数")
            }
            fn visit_i64<E>(self, it: i64) -> Result<MarkInput, E> {
                Ok(MarkInput(Mark(it.clamp(-LARGEST, LARGEST) * 1_000_000)))
            }
            fn visit_u64<E>(self, it: u64) -> Result<MarkInput, E> {
                Ok(MarkInput(Mark(i64::try_from(it).unwrap_or(LARGEST).min(LARGEST) * 1_000_000)))
            }
            fn visit_f64<E: serde::de::Error>(self, it: f64) -> Result<MarkInput, E> {
                self.visit_str(&it.to_string())
            }
            fn visit_str<E: serde::de::Error>(self, it: &str) -> Result<MarkInput, E> {
                Mark::parse(it).map(MarkInput).map_err(E::custom)
            }
        }
        from.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_exact_however_they_are_written() {
        let mark = |json: &str| serde_json::from_str::<MarkInput>(json).unwrap().0.ratio();
        assert_eq!(mark("3.5"), Ratio::new(7, 2));
        assert_eq!(mark("\"3.5\""), Ratio::new(7, 2));
        assert_eq!(mark("0.1"), Ratio::new(1, 10));
        assert_eq!(mark("4"), Ratio::whole(4));
        assert_eq!(mark("-1"), Ratio::whole(-1));
        assert_eq!(
            Mark::mean(Mark::parse("1").unwrap().0 + Mark::parse("2").unwrap().0, 2),
            Some(Ratio::new(3, 2))
        );
    }

    #[test]
    fn what_is_no_mark_is_refused_in_words() {
        for text in ["", "x", "1.", "1.2345678", "1e3", "12345678"] {
            assert!(Mark::parse(text).is_err(), "{text}");
        }
    }
}
