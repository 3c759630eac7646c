//! 统一社会信用代码 (GB 32100-2015) with the 组织机构代码 (GB 11714) inside it.

use std::fmt;

use crate::{Fault, tidy};

/// Digits and letters without I, O, S, V, Z; a character's place is its value.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;
/// 3^(i-1) mod 31.
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// GB 11714, over positions 9 to 16.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A checked unified social credit code.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Uscc(String);

impl Uscc {
    /// # Errors
    /// A sentence naming what is wrong: the length, the character, or the check digit.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let code = tidy(text);
        let length = code.chars().count();
        if length != LENGTH {
            return Err(Fault(format!("统一社会信用代码应为18位，现为{length}位，请核对营业执照")));
        }
        if let Some(odd) = code.chars().find(|it| !ALPHABET.contains(*it)) {
            return Err(Fault(format!(
                "统一社会信用代码中不应有“{odd}”（不使用字母 I、O、S、V、Z），请核对营业执照"
            )));
        }
        let right = check_character(&code) == code.chars().last() && organisation_part_is_right(&code[8..17]);
        if right {
            Ok(Self(code))
        } else {
            Err(Fault("统一社会信用代码校验不通过，可能有一位写错，请核对营业执照".to_owned()))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code whose first sixteen characters are given, with both check characters computed.
    ///
    /// For made-up companies; `None` when a character is outside the alphabet.
    #[must_use]
    pub fn complete(first_sixteen: &str) -> Option<Self> {
        let organisation = organisation_check(first_sixteen.get(8..16)?)?;
        let code = format!("{first_sixteen}{organisation}");
        Self::parse(&format!("{code}{}", check_character(&code)?)).ok()
    }
}

fn check_character(code: &str) -> Option<char> {
    let value = |it: char| ALPHABET.find(it);
    let sum = code.chars().zip(WEIGHTS).try_fold(0, |sum, (it, weight)| Some(sum + value(it)? * weight))?;
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

fn organisation_check(eight: &str) -> Option<char> {
    let sum = eight
        .chars()
        .zip(ORGANISATION_WEIGHTS)
        .try_fold(0, |sum, (it, weight)| Some(sum + it.to_digit(36)? * weight))?;
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

fn organisation_part_is_right(nine: &str) -> bool {
    organisation_check(&nine[..8]) == nine.chars().last()
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_codes_are_right() {
        for code in ["91330100799655058B", "9144030071526726XG", "914403001922038216", "911100007109250324"] {
            assert_eq!(Uscc::parse(code).map(|it| it.to_string()), Ok(code.to_owned()));
        }
    }

    #[test]
    fn any_one_changed_character_is_noticed() {
        let code = "91330100799655058B";
        for place in 0..LENGTH {
            let wrong: String = code
                .chars()
                .enumerate()
                .map(|(n, it)| {
                    if n != place {
                        it
                    } else if it == '7' {
                        '8'
                    } else {
                        '7'
                    }
                })
                .collect();
            assert!(wrong == code || Uscc::parse(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_refusal_says_what_to_do() {
        assert!(Uscc::parse("9133").unwrap_err().to_string().contains("18位"));
        assert!(Uscc::parse("9133010079965505IB").unwrap_err().to_string().contains('I'));
    }

    #[test]
    fn codes_are_read_as_people_type_them() {
        assert_eq!(Uscc::parse(" ９１３３0100 799655058b").unwrap().as_str(), "91330100799655058B");
    }

    #[test]
    fn a_made_up_code_is_a_right_one() {
        let code = Uscc::complete("91341523MA00000A").unwrap();
        assert_eq!(Uscc::parse(code.as_str()), Ok(code));
    }
}
