//! Numbers that lead to a person, and how they are masked wherever they need not be seen.

use std::fmt;

use crate::{Fault, tidy};

/// GB 11643-1999.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &str = "10X98765432";

/// 居民身份证号. Its `Debug` and `Display` are masked, so that it cannot slip into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber(String);

/// 手机号 or 固定电话. Its `Debug` and `Display` are masked.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl IdNumber {
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let number = tidy(text);
        let length = number.chars().count();
        if length != 18 {
            return Err(Fault(format!("身份证号应为18位，现为{length}位，请核对证件")));
        }
        if checks(&number) {
            Ok(Self(number))
        } else {
            Err(Fault("身份证号校验不通过，可能有一位写错，请核对证件".to_owned()))
        }
    }

    /// The whole number, for sealing or for a person who may see it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

fn checks(number: &str) -> bool {
    let sum =
        number.chars().zip(WEIGHTS).try_fold(0, |sum, (it, weight)| Some(sum + it.to_digit(10)? * weight));
    let check = sum.and_then(|it| CHECKS.chars().nth(it as usize % 11));
    let within = |at: std::ops::Range<usize>, most: u32| {
        number.get(at).and_then(|it| it.parse::<u32>().ok()).is_some_and(|it| (1..=most).contains(&it))
    };
    let date = within(10..12, 12) && within(12..14, 31);
    check.is_some() && check == number.chars().last() && date
}

impl Phone {
    /// A mobile number, or a landline with or without its area code.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let number = tidy(text).trim_start_matches("+86").to_owned();
        let digits = number.bytes().all(|it| it.is_ascii_digit());
        let mobile =
            number.len() == 11 && number.starts_with('1') && !matches!(number.as_bytes()[1], b'0' | b'2');
        let landline =
            (number.starts_with('0') && (10..=12).contains(&number.len())) || (7..=8).contains(&number.len());
        if digits && (mobile || landline) {
            Ok(Self(number))
        } else {
            Err(Fault(
                "电话应为11位手机号、区号加固定电话（如 0564-8621234），或7至8位本地固定电话".to_owned(),
            ))
        }
    }

    /// The first mobile number somebody wrote among other words, in whatever groups.
    #[must_use]
    pub fn mobile_within(text: &str) -> Option<Self> {
        let letters: Vec<char> = text.chars().collect();
        let begins =
            |at: &usize| digit(letters[*at]).is_some() && (*at == 0 || digit(letters[*at - 1]).is_none());
        let found = (0..letters.len()).filter(begins).flat_map(|at| numbers_from(&letters, at));
        found
            .filter(|it| it.1.len() == 11)
            .find_map(|it| Self::parse(&it.1).ok().filter(|it| it.0.starts_with('1')))
    }

    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The last four digits, which a person may be asked for.
    #[must_use]
    pub fn tail(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }
}

/// `张**` for 张三丰: the family name stays.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let mut letters = name.trim().chars();
    match letters.next() {
        Some(first) => format!("{first}{}", "*".repeat(letters.count().clamp(1, 2))),
        None => String::new(),
    }
}

/// Phone, identity and account numbers inside free text, masked before it is stored or searched, with or without the spaces
/// and dashes people write them with, and whether or not a check digit is right. Their last digits go as well: elsewhere
/// those show who somebody is.
#[must_use]
pub fn mask_numbers(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        if digit(letters[at]).is_none() {
            masked.push(letters[at]);
            at += 1;
            continue;
        }
        match numbers_from(&letters, at)
            .into_iter()
            .rev()
            .find_map(|(end, number, groups)| Some((end, mask_of(&number, &groups)?)))
        {
            Some((end, shown)) => {
                masked.push_str(&shown);
                at = end;
            }
            None => {
                let run = letters[at..].iter().take_while(|it| digit(**it).is_some()).count();
                masked.extend(&letters[at..at + run]);
                at += run;
            }
        }
    }
    masked
}

/// A phone as those who work on a matter see it before they ask for more: the first three and the last four digits.
#[must_use]
pub fn mask_phone(typed: &str) -> String {
    Phone::parse(typed).map_or_else(|_| mask_numbers(typed), |it| it.to_string())
}

/// The most groups one number is written in: 138 0013 8000, 0564-862-1234.
const MOST_GROUPS: usize = 5;

/// Every number that begins here: of one group of digits, of two with one space or dash between, and so on.
fn numbers_from(letters: &[char], start: usize) -> Vec<(usize, String, Vec<usize>)> {
    let (mut found, mut groups, mut number, mut at) = (vec![], vec![], String::new(), start);
    for _ in 0..MOST_GROUPS {
        let before = number.len();
        while let Some(it) = letters.get(at).copied().and_then(digit) {
            number.push(it);
            at += 1;
        }
        if number.len() == 17 && matches!(letters.get(at), Some('x' | 'X' | 'Ｘ')) {
            number.push('X');
            at += 1;
        }
        groups.push(number.len() - before);
        found.push((at, number.clone(), groups.clone()));
        let joined = matches!(letters.get(at), Some(' ' | '-' | '－' | '—' | '\u{3000}'));
        if !joined || letters.get(at + 1).is_none_or(|it| digit(*it).is_none()) {
            break;
        }
        at += 1;
    }
    found
}

fn digit(it: char) -> Option<char> {
    match it {
        '0'..='9' => Some(it),
        '０'..='９' => char::from_digit(it as u32 - '０' as u32, 10),
        _ => None,
    }
}

/// What is shown of a number that could lead to a person; none for any other number.
fn mask_of(number: &str, groups: &[usize]) -> Option<String> {
    // A date before a number is no part of it: long numbers stand whole, or in fours, or as 6-8-4.
    let whole =
        groups.len() == 1 || groups[..groups.len() - 1].iter().all(|it| *it == 4) || groups == [6, 8, 4];
    let second = number.as_bytes().get(1).copied();
    match number.len() {
        18 if whole => Some(hidden(number, 4)),
        11 if number.starts_with('1') && second.is_some_and(|it| (b'3'..=b'9').contains(&it)) => {
            Some(hidden(number, 3))
        }
        10..=12 if number.starts_with('0') && second != Some(b'0') => Some(hidden(number, 3)),
        16 | 17 | 19 if whole => Some(hidden(number, 0)),
        _ => None,
    }
}

fn hidden(number: &str, shown: usize) -> String {
    format!("{}{}", &number[..shown], "*".repeat(number.len() - shown))
}

fn id_mask(number: &str) -> String {
    format!("{}**********{}", &number[..4], &number[number.len() - 4..])
}

fn phone_mask(number: &str) -> String {
    let keep = if number.len() == 11 { 3 } else { number.len().saturating_sub(8).max(1) };
    format!("{}****{}", &number[..keep], &number[number.len() - 4..])
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&id_mask(&self.0))
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&phone_mask(&self.0))
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_samples_are_right() {
        assert!(IdNumber::parse("11010519491231002X").is_ok());
        assert!(IdNumber::parse("440524188001010014").is_ok());
        assert!(IdNumber::parse("11010519491231002x").is_ok());
        assert!(IdNumber::parse("110105194912310021").is_err());
        assert!(IdNumber::parse("11010519491231").unwrap_err().to_string().contains("14位"));
    }

    #[test]
    fn phones_are_read_as_people_type_them() {
        assert_eq!(Phone::parse("１３８ 0013-8000").unwrap().reveal(), "13800138000");
        assert_eq!(Phone::parse("0564-8621234").unwrap().reveal(), "05648621234");
        assert!(Phone::parse("1380013800").is_err());
        assert!(Phone::parse("无").is_err());
    }

    #[test]
    fn nothing_shows_a_whole_number() {
        assert_eq!(format!("{:?}", Phone::parse("13800138000").unwrap()), "138****8000");
        assert_eq!(IdNumber::parse("11010519491231002X").unwrap().to_string(), "1101**********002X");
        assert_eq!(
            (mask_name("张三丰"), mask_name("张三"), mask_name("")),
            ("张**".into(), "张*".into(), String::new())
        );
    }

    #[test]
    fn numbers_in_free_text_are_masked_and_nothing_else_is() {
        let text = "电梯停运，请打13800138000，证件11010519491231002X，3号楼2024年8月15日";
        assert_eq!(
            mask_numbers(text),
            "电梯停运，请打138********，证件1101**************，3号楼2024年8月15日"
        );
    }

    #[test]
    fn numbers_are_masked_however_they_are_written() {
        let check = |text: &str, shown: &str| assert_eq!(mask_numbers(text), shown);
        check("身份证342401199001011234", "身份证3424**************");
        check("139 1234 5678 或 138-1234-5678", "139******** 或 138********");
        check("0564-8621234", "056********");
        check("１３８００１３８０００", "138********");
        check("卡号6222021234567890123", "卡号*******************");
        check("2024-08-15 13800138000", "2024-08-15 138********");
        for harmless in [
            "2024年8月15日",
            "2024-08-15",
            "3号楼2单元1203",
            "12345热线",
            "建筑面积8621234平方米",
            "11000000000",
        ] {
            check(harmless, harmless);
        }
    }

    #[test]
    fn a_mobile_number_is_found_among_words() {
        let found = |text: &str| Phone::mobile_within(text).map(|it| it.reveal().to_owned());
        for text in [
            "张甲 13800138000",
            "张甲，138 0013 8000（晚上）",
            "电话：138-0013-8000",
            "１３８００１３８０００",
        ] {
            assert_eq!(found(text).as_deref(), Some("13800138000"), "{text}");
        }
        for text in ["张甲", "0564-8621234", "340123198001011234", "12000138000", "2幢301 8621234"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
