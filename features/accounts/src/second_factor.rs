//! One-time codes that a phone makes out of a shared secret (RFC 6238: SHA-1, six digits, thirty seconds). Pure.

use jiff::Timestamp;
use totp_rs::{Builder, Secret, Totp};

/// A secret somebody's phone and the house share, in Base32 as the phone reads it.
pub(crate) fn from_random(hex_digits: &str) -> Option<String> {
    let bytes = hex::decode(hex_digits).ok().filter(|it| it.len() == 20)?;
    Some(Secret::new(bytes.into_boxed_slice()).to_base32())
}

fn generator(secret: &str) -> Option<Totp> {
    Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).build().ok()
}

/// The time step a code belongs to, when it is right now, or half a minute early or late.
pub(crate) fn step_of(secret: &str, code: &str, now: Timestamp) -> Option<i64> {
    let digits: String = code.chars().filter(|it| !it.is_whitespace()).collect();
    let digits = Some(digits).filter(|it| it.len() == 6 && it.bytes().all(|it| it.is_ascii_digit()))?;
    let second = u64::try_from(now.as_second()).ok()?;
    i64::try_from(generator(secret)?.check(&digits, second)?).ok()
}

/// What the phone's camera reads.
pub(crate) fn address(secret: &str, sign_in_name: &str) -> String {
    let name: String = sign_in_name.bytes().map(|it| format!("%{it:02X}")).collect();
    format!("otpauth://totp/Jiayuan:{name}?secret={secret}&issuer=Jiayuan")
}

/// What is typed where there is no camera: in groups of four.
pub(crate) fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The code at a moment: for tests, which have no phone.
#[cfg(any(test, feature = "seeding"))]
pub(crate) fn code_at(secret: &str, now: Timestamp) -> String {
    let second = u64::try_from(now.as_second()).unwrap_or_default();
    generator(secret).map(|it| it.generate(second).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of its eight digits, for the secret "12345678901234567890".
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = from_random("3132333435363738393031323334353637383930").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let check = |second: i64, code: &str| {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step_of(&secret, code, now), Some(second / 30));
            assert_eq!(code_at(&secret, now), code);
        };
        check(59, "287082");
        check(1_111_111_109, "081804");
        check(1_234_567_890, "005924");
        check(20_000_000_000, "353130");
    }

    #[test]
    fn a_code_is_good_half_a_minute_early_or_late_and_no_longer() {
        let secret = from_random("3132333435363738393031323334353637383930").unwrap();
        let at = |second: i64| step_of(&secret, "287 082", Timestamp::from_second(second).unwrap());
        assert_eq!([at(29), at(59), at(89), at(90)], [Some(1), Some(1), Some(1), None]);
        let next = code_at(&secret, Timestamp::from_second(90).unwrap());
        assert_eq!(step_of(&secret, &next, Timestamp::from_second(59).unwrap()), None);
        for wrong in ["", "28708", "2870822", "28708x", "２８７０８２"] {
            assert_eq!(step_of(&secret, wrong, Timestamp::from_second(59).unwrap()), None, "{wrong}");
        }
    }

    #[test]
    fn a_phone_reads_the_secret_or_it_is_typed() {
        assert_eq!(
            address("GEZD", "程立新").len(),
            "otpauth://totp/Jiayuan:".len() + 27 + "?secret=GEZD&issuer=Jiayuan".len()
        );
        assert_eq!(in_groups("GEZDGNBVGY"), "GEZD GNBV GY");
    }
}
