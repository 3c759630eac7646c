//! What a system is called, and when a signed message is believed. Pure.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::{SignedDuration, Timestamp};
use kernel::{FieldError, Problem, Refusal};
use sha2::Sha256;

use super::types::{Signed, SystemForm};
use crate::cases::types::Channel;

/// How a key begins (Standard Webhooks).
const PREFIX: &str = "whsec_";

/// How far a message's moment may be from ours: an old one is a replay.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(5);

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SystemRefusal {
    #[error("接入密钥不正确或已停用，请向系统管理员核对")]
    WrongKey,
    #[error("系统编号不正确或已停用，请向系统管理员核对 x-jiayuan-system")]
    WrongNumber,
    #[error(
        "签名不正确：请按 webhook-id.webhook-timestamp.正文 以接入密钥计算 HMAC-SHA256，写入 webhook-signature"
    )]
    WrongSignature,
    #[error("webhook-timestamp 与本系统时间相差超过5分钟，请校准时钟后用新的时间重发")]
    Stale,
    #[error("这个系统已经停用")]
    Ended,
}

impl Refusal for SystemRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongKey | Self::WrongNumber => "tickets.wrong_key",
            Self::WrongSignature => "tickets.wrong_signature",
            Self::Stale => "tickets.stale_message",
            Self::Ended => "tickets.system_ended",
        }
    }
}

pub(crate) fn system(form: &SystemForm) -> Result<(String, Channel), Problem> {
    let mut errors = vec![];
    let name = form.name.trim().to_owned();
    if name.is_empty() || 40 < name.chars().count() {
        errors.push(FieldError::new("name", "请填写系统名称，不超过40个字，如“六安12345”"));
    }
    let known = [Channel::Hotline12345, Channel::Hotline12319, Channel::Platform];
    let channel = Channel::from_code(&form.channel).filter(|it| known.contains(it));
    if channel.is_none() {
        errors.push(FieldError::new("channel", "请选择渠道"));
    }
    match channel {
        Some(channel) if errors.is_empty() => Ok((name, channel)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Whether a message is the system's own, and fresh.
pub(crate) fn believed(
    secret: &str,
    signed: &Signed,
    body: &[u8],
    now: Timestamp,
) -> Result<(), SystemRefusal> {
    let at = signed.timestamp.parse::<i64>().ok().and_then(|it| Timestamp::from_second(it).ok());
    let at = at.ok_or(SystemRefusal::Stale)?;
    if TOLERANCE < now.duration_since(at).abs() {
        return Err(SystemRefusal::Stale);
    }
    let given = signed.signature.split(' ').filter_map(|it| it.strip_prefix("v1,"));
    let given = given.filter_map(|it| STANDARD.decode(it).ok());
    for given in given {
        let mac = mac(secret, signed, body).ok_or(SystemRefusal::WrongSignature)?;
        if mac.verify_slice(&given).is_ok() {
            return Ok(());
        }
    }
    Err(SystemRefusal::WrongSignature)
}

fn mac(secret: &str, signed: &Signed, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&signing_key(secret)).ok()?;
    mac.update(format!("{}.{}.", signed.id, signed.timestamp).as_bytes());
    mac.update(body);
    Some(mac)
}

/// A key as Standard Webhooks writes it: the bytes behind `whsec_` sign. One given out before that signs as it is written.
fn signing_key(secret: &str) -> Vec<u8> {
    let standard = secret.strip_prefix(PREFIX).and_then(|it| STANDARD.decode(it).ok());
    standard.unwrap_or_else(|| secret.as_bytes().to_vec())
}

/// A new key over 32 random bytes, in hexadecimal.
pub(crate) fn key_over(random: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(random))
}

/// What a sender writes into `webhook-signature`; a secret may be of any length.
pub(crate) fn signature(secret: &str, signed: &Signed, body: &[u8]) -> String {
    let mac = mac(secret, signed, body).map(|it| STANDARD.encode(it.finalize().into_bytes()));
    format!("v1,{}", mac.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    // The example of the specification's own libraries.
    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        let signed = Signed {
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".into(),
            timestamp: "1614265330".into(),
            signature: String::new(),
        };
        let of = signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", &signed, b"{\"test\": 2432232314}");
        assert_eq!(of, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(key_over(&[7; 24]), "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH");
    }

    #[test]
    fn a_message_is_believed_whole_fresh_and_signed() {
        let now: Timestamp = "2024-08-20T01:00:00Z".parse().unwrap();
        let signed = |seconds: i64| Signed {
            id: "msg-1".into(),
            timestamp: (now.as_second() + seconds).to_string(),
            signature: String::new(),
        };
        let sign = |it: Signed, body: &[u8]| Signed { signature: signature("secret", &it, body), ..it };
        let right = sign(signed(0), b"{}");
        assert_eq!(believed("secret", &right, b"{}", now), Ok(()));
        assert_eq!(believed("secret", &right, b"{ }", now), Err(SystemRefusal::WrongSignature));
        assert_eq!(believed("other", &right, b"{}", now), Err(SystemRefusal::WrongSignature));
        let moved = Signed { id: "msg-2".into(), ..right.clone() };
        assert_eq!(believed("secret", &moved, b"{}", now), Err(SystemRefusal::WrongSignature));
        for seconds in [-301, 301] {
            assert_eq!(
                believed("secret", &sign(signed(seconds), b"{}"), b"{}", now),
                Err(SystemRefusal::Stale)
            );
        }
        let two = Signed { signature: format!("v1,AAAA {}", right.signature), ..right.clone() };
        assert_eq!(believed("secret", &two, b"{}", now), Ok(()));
        let bare = Signed { signature: right.signature.replace("v1,", ""), ..right };
        assert_eq!(believed("secret", &bare, b"{}", now), Err(SystemRefusal::WrongSignature));
    }
}
