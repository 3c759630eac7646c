//! Exact numbers: what scores, rates and shares are kept and compared in.

use std::{
    cmp::Ordering,
    fmt,
    ops::{Add, Sub},
};

use num_rational::Ratio as Inner;
use num_traits::{CheckedAdd as _, CheckedDiv as _, CheckedMul as _, CheckedSub as _};

/// An exact fraction. Arithmetic that would leave 127 bits answers `None` rather than a wrong number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio(Inner<i128>);

/// Numerator and denominator in lowest terms, the denominator positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatioParts {
    pub numerator: i128,
    pub denominator: i128,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是数字，请填写如 95 或 0.964 的十进制数")]
pub struct NotANumber(pub String);

/// The most characters a number may be written with: more digits than any score, area or sum of money has.
const LONGEST: usize = 24;

impl Ratio {
    pub const ZERO: Self = Self::whole(0);
    pub const ONE: Self = Self::whole(1);

    /// `numerator / denominator`. For constants; the denominator must be positive and the terms lowest.
    #[must_use]
    pub const fn new(numerator: i128, denominator: i128) -> Self {
        assert!(0 < denominator, "a ratio needs a positive denominator");
        Self(Inner::new_raw(numerator, denominator))
    }

    #[must_use]
    pub const fn whole(number: i128) -> Self {
        Self(Inner::new_raw(number, 1))
    }

    /// `part / all` in lowest terms, or `None` when there is nothing to divide by.
    #[must_use]
    pub fn share(part: i128, all: i128) -> Option<Self> {
        (all != 0).then(|| Self(Inner::new(part, all)))
    }

    /// Reads an exact decimal (`95`, `-0.5`), a percentage (`95%`) or a fraction (`175/2`).
    ///
    /// # Errors
    /// [`NotANumber`] when it is none of these or has more digits than any measured thing.
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        let wrong = || NotANumber(text.chars().take(LONGEST + 1).collect());
        if LONGEST < text.len() {
            return Err(wrong());
        }
        if let Some(percent) = text.strip_suffix('%') {
            let number = decimal(percent).ok_or_else(wrong)?;
            return number.over(Self::whole(100)).ok_or_else(wrong);
        }
        match text.split_once('/') {
            Some((above, below)) => {
                let (above, below) = (decimal(above).ok_or_else(wrong)?, decimal(below).ok_or_else(wrong)?);
                above.over(below).ok_or_else(wrong)
            }
            None => decimal(text).ok_or_else(wrong),
        }
    }

    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(&other.0).map(Self)
    }

    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(&other.0).map(Self)
    }

    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(&other.0).map(Self)
    }

    /// `None` for a division by nought, as well as for a number too fine.
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        (other != Self::ZERO).then(|| self.0.checked_div(&other.0).map(Self)).flatten()
    }

    #[must_use]
    pub fn parts(self) -> RatioParts {
        RatioParts { numerator: *self.0.numer(), denominator: *self.0.denom() }
    }

    #[must_use]
    pub fn is_negative(self) -> bool {
        *self.0.numer() < 0
    }

    /// The number itself when it has no fraction.
    #[must_use]
    pub fn as_whole(self) -> Option<i128> {
        self.0.is_integer().then(|| *self.0.numer())
    }

    #[must_use]
    pub fn floor(self) -> i128 {
        self.0.floor().to_integer()
    }

    #[must_use]
    pub fn ceil(self) -> i128 {
        self.0.ceil().to_integer()
    }

    /// Rounded half away from nought (四舍五入) to whole units.
    #[must_use]
    pub fn round_half_up(self) -> i128 {
        self.0.round().to_integer()
    }

    /// Rounded half up to `places` decimals, always written with all of them: `93.6`.
    #[must_use]
    pub fn rounded(self, places: u32) -> String {
        let unit = 10_i128.pow(places);
        let Some(scaled) = self.times(Self::whole(unit)) else { return self.to_string() };
        let whole = scaled.round_half_up();
        let sign = if whole < 0 { "-" } else { "" };
        let (above, below) = (whole.unsigned_abs() / unit as u128, whole.unsigned_abs() % unit as u128);
        if places == 0 {
            format!("{sign}{above}")
        } else {
            format!("{sign}{above}.{below:0width$}", width = places as usize)
        }
    }

    /// The exact decimal without needless zeros when there is one, else the fraction: `87.5`, `40/9`.
    #[must_use]
    pub fn exact(self) -> String {
        (0..=9)
            .find_map(|places| {
                let scaled = self.times(Self::whole(10_i128.pow(places)))?;
                scaled.as_whole().map(|_| self.rounded(places))
            })
            .unwrap_or_else(|| self.to_string())
    }
}

/// Digits with at most one point and a leading sign; nothing else.
fn decimal(text: &str) -> Option<Ratio> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || digits.ends_with('.') {
        return None;
    }
    let number: i128 = format!("{whole}{fraction}").parse().ok()?;
    let unit = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    Some(Ratio(Inner::new(if negative { -number } else { number }, unit)))
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Panics past 127 bits, like whole numbers do; for sums of things already bounded.
impl Add for Ratio {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Ratio {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for Ratio {
    /// A whole number plainly, anything else as `175/2`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, exact: &str, one_decimal: &str) {
        let ratio = Ratio::parse(text).unwrap();
        assert_eq!((ratio.exact().as_str(), ratio.rounded(1).as_str()), (exact, one_decimal), "{text}");
    }

    // covers: SC-003
    #[test]
    fn numbers_are_read_and_written_exactly() {
        check("95", "95", "95.0");
        check("0.964", "0.964", "1.0");
        check("95%", "0.95", "1.0");
        check("175/2", "87.5", "87.5");
        check("40/9", "40/9", "4.4");
        check("-0.25", "-0.25", "-0.3");
        let baseline = Ratio::share(131, 140).unwrap().times(Ratio::whole(100)).unwrap();
        assert_eq!(baseline.rounded(1), "93.6");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["", ".", "1.", ".5", "1e3", "+1", "１", "1/0", "1,000", "--1", "0x1", "NaN", "1.2.3", " 1"]
        {
            assert!(Ratio::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_too_fine_is_none_and_never_wrong() {
        let huge = Ratio::whole(i128::MAX);
        assert_eq!(huge.plus(Ratio::ONE), None);
        assert_eq!(huge.times(huge), None);
        assert_eq!(Ratio::ONE.over(Ratio::ZERO), None);
    }

    proptest::proptest! {
        #[test]
        fn order_is_the_order_of_cross_products(a in -1_000_i128..1_000, b in 1_i128..1_000, c in -1_000_i128..1_000, d in 1_i128..1_000) {
            let (left, right) = (Ratio::share(a, b).unwrap(), Ratio::share(c, d).unwrap());
            proptest::prop_assert_eq!(left.cmp(&right), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn what_is_written_exactly_is_read_back(a in -1_000_000_i128..1_000_000, b in 1_i128..1_000) {
            let ratio = Ratio::share(a, b).unwrap();
            proptest::prop_assert_eq!(Ratio::parse(&ratio.to_string()).unwrap(), ratio);
        }
    }
}
