//! What a reminder's phone must be. Pure.

use identifiers::Phone;
use kernel::{FieldError, Refusal};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MessageRefusal {
    #[error("系统还没有接通短信，暂时不能设置短信提醒；消息都在“消息”页里")]
    NoGateway,
}

impl Refusal for MessageRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoGateway => "messages.no_gateway",
        }
    }
}

/// A mobile number, which alone takes short messages.
pub(crate) fn mobile(typed: &str) -> Result<Phone, FieldError> {
    Phone::parse(typed)
        .ok()
        .filter(|it| it.reveal().len() == 11 && it.reveal().starts_with('1'))
        .ok_or_else(|| FieldError::new("phone", "请填写11位手机号"))
}

/// `138****0001`: enough to know one's own by.
pub(crate) fn masked(phone: &Phone) -> String {
    let digits = phone.reveal();
    format!("{}****{}", &digits[..3], phone.tail())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_mobile_takes_short_messages_and_it_is_shown_masked() {
        let phone = mobile(" 138 0013 8000 ").unwrap();
        assert_eq!(masked(&phone), "138****8000");
        for wrong in ["", "0564-8621234", "1380013800", "12345"] {
            assert_eq!(mobile(wrong).unwrap_err().field, "phone", "{wrong}");
        }
    }
}
