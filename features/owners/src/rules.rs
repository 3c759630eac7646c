//! What a letter, a binding and a code must be. Pure.

use identifiers::Phone;
use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use crate::types::{HandForm, Home, Letter, PrintForm};

pub(crate) const CODE_LENGTH: usize = 12;
/// How long a letter may lie on the table before it is opened.
pub(crate) const LETTER_LASTS: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long the six digits are good for.
pub(crate) const DIGITS_LAST: SignedDuration = SignedDuration::from_mins(5);
/// Letters printed at once: what a volunteer carries up a staircase, and one unit of work holds.
const MOST_LETTERS: usize = 200;
/// Tries: letters' codes by one sender an hour, wrong digits by one phone, messages to one phone and by one sender an hour.
pub(crate) const MOST_CODES: i64 = 10;
pub(crate) const MOST_DIGITS: i64 = 5;
pub(crate) const MOST_MESSAGES: i64 = 5;
pub(crate) const MOST_MESSAGES_BY_SENDER: i64 = 20;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OwnerRefusal {
    #[error("来信上的代码不正确、已用过或已失效。请核对后再输，或请社区重新打印")]
    WrongLetter,
    #[error("尝试次数过多，请一小时后再试")]
    TooMany,
    #[error("这个手机号已经绑定了业主账号。请先用手机登录，再输入来信上的代码，把这套房屋加到同一账号")]
    PhoneTaken,
    #[error("验证码不正确或已过期，请核对短信，或重新获取")]
    WrongDigits,
    #[error("系统还没有接通短信，不能用手机登录。请向社区要一封新的来信，用来信上的代码登录")]
    NoGateway,
    #[error("短信没有发出，请稍后再试；也可以用来信上的代码登录")]
    NotSent,
    #[error("这套房屋已经绑定在您的账号上")]
    AlreadyBound,
    #[error("这封来信已经用过或作废，不能再办理")]
    LetterOver,
    #[error("这一绑定已经解除")]
    HomeOver,
}

impl Refusal for OwnerRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongLetter => "owners.wrong_letter",
            Self::TooMany => "owners.too_many",
            Self::PhoneTaken => "owners.phone_taken",
            Self::WrongDigits => "owners.wrong_digits",
            Self::NoGateway => "owners.no_gateway",
            Self::NotSent => "owners.not_sent",
            Self::AlreadyBound => "owners.already_bound",
            Self::LetterOver => "owners.letter_over",
            Self::HomeOver => "owners.home_over",
        }
    }
}

/// The units of a list, one a line, each once.
pub(crate) fn units(form: &PrintForm) -> Result<Vec<String>, Problem> {
    let mut units: Vec<String> = vec![];
    let mut errors = vec![];
    for line in form.units.lines().map(str::trim).filter(|it| !it.is_empty()) {
        // A door, and nobody's name: digits and letters, and the words that stand between them.
        let known = |it: char| it.is_ascii_alphanumeric() || "-#号栋幢楼单元座室层".contains(it);
        let groups = line.split(|it: char| !it.is_ascii_digit()).filter(|it| !it.is_empty());
        let right = line.chars().count() <= 20 && line.chars().all(known) && 1 <= groups.count();
        if !right {
            let message =
                format!("“{}”不像房号，请写成 3-1-502，一行一套", line.chars().take(20).collect::<String>());
            errors.push(FieldError::new("units", message));
        } else if !units.iter().any(|it| it == line) {
            units.push(line.to_owned());
        }
    }
    if errors.is_empty() && units.is_empty() {
        errors.push(FieldError::new("units", "请填写房号，一行一套，如 3-1-502"));
    }
    if MOST_LETTERS < units.len() {
        errors.push(FieldError::new(
            "units",
            format!("一次最多打印{MOST_LETTERS}封，现在{}封，请分批", units.len()),
        ));
    }
    errors.truncate(5);
    if errors.is_empty() { Ok(units) } else { Err(Problem::Invalid(errors)) }
}

/// Whether a letter still opens a door.
pub(crate) fn is_good(letter: &Letter, now: Timestamp) -> bool {
    letter.used_at.is_none() && letter.void_reason.is_none() && now < letter.ends_at
}

pub(crate) fn handed(letter: &Letter, form: &HandForm, today: Date) -> Result<Date, Problem> {
    if letter.void_reason.is_some() {
        return Err(OwnerRefusal::LetterOver.into());
    }
    let printed = kernel::beijing_date(letter.printed_at);
    let on = form.handed_on.trim().parse::<Date>().ok().filter(|it| printed <= *it && *it <= today);
    on.ok_or_else(|| {
        let message = format!("请填写送达日期，在打印（{printed}）之后、不晚于今天");
        Problem::Invalid(vec![FieldError::new("handed_on", message)])
    })
}

fn reason(text: &str) -> Result<String, Problem> {
    let reason = identifiers::mask_numbers(text.trim());
    if reason.chars().count() < 2 || 100 < reason.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明理由，2至100个字")]));
    }
    Ok(reason)
}

pub(crate) fn void(letter: &Letter, form: &HandForm) -> Result<String, Problem> {
    if letter.used_at.is_some() || letter.void_reason.is_some() {
        return Err(OwnerRefusal::LetterOver.into());
    }
    reason(&form.reason)
}

pub(crate) fn end(home: &Home, form: &HandForm) -> Result<String, Problem> {
    if home.ended.is_some() {
        return Err(OwnerRefusal::HomeOver.into());
    }
    reason(&form.reason)
}

pub(crate) fn name(text: &str) -> Result<String, FieldError> {
    let name = text.trim();
    let right = (1..=20).contains(&name.chars().count()) && name.chars().any(char::is_alphabetic);
    if right {
        Ok(name.to_owned())
    } else {
        Err(FieldError::new("name", "请填写姓名，不超过20个字"))
    }
}

/// A mobile number: digits are sent to it, so that no landline will do, and no number cut short.
pub(crate) fn mobile(text: &str) -> Result<Phone, FieldError> {
    let typed: String = identifiers::narrowed(text).chars().filter(|it| !it.is_whitespace()).collect();
    let right = typed.len() == 11 && typed.starts_with('1') && typed.bytes().all(|it| it.is_ascii_digit());
    let phone = if right { Phone::parse(&typed).ok() } else { None };
    phone.ok_or_else(|| FieldError::new("phone", "请填写11位手机号"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_units_is_read_line_by_line() {
        let read = |text: &str| units(&PrintForm { units: text.to_owned() });
        assert_eq!(read("1-101\n\n 1-102 \n1-101").unwrap(), ["1-101", "1-102"]);
        assert_eq!(read("3栋1单元502室").unwrap(), ["3栋1单元502室"]);
        for wrong in ["", " \n", "1-101 张三", "<b>", "王大爷家", "东楼"] {
            assert!(matches!(read(wrong), Err(Problem::Invalid(_))), "{wrong}");
        }
        let many = (0..201).map(|it| format!("1-{it}")).collect::<Vec<_>>().join("\n");
        assert!(matches!(read(&many), Err(Problem::Invalid(_))));
    }

    #[test]
    fn digits_go_to_a_whole_mobile_number_only() {
        for right in ["13800138000", " 138 0013 8000", "１３８００１３８０００"] {
            assert_eq!(mobile(right).unwrap().reveal(), "13800138000", "{right}");
        }
        for wrong in ["1380013", "0564-5376020", "", "138001380000"] {
            assert!(mobile(wrong).is_err(), "{wrong}");
        }
    }
}
