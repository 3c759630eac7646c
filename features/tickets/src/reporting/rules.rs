//! Codes that are easy to read aloud, and how often one sender may ask. Pure.

/// Letters and digits that nobody takes for another.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
pub(crate) const CODE_LENGTH: usize = 10;
/// S-RATE: reports of one sender within a day, and looks by number and phone tail within an hour.
pub(crate) const MOST_REPORTS: i64 = 20;
pub(crate) const MOST_LOOKS: i64 = 5;
/// How often one code may urge or add in a day.
pub(crate) const MOST_SAYS: i64 = 10;

/// A code of ten letters out of random bytes; bytes that would favour some letters are passed over.
pub(crate) fn code(random: &[u8]) -> Option<String> {
    let fair = random.iter().filter(|it| usize::from(**it) < LETTERS.len() * 8);
    let code: String =
        fair.take(CODE_LENGTH).map(|it| char::from(LETTERS[usize::from(*it) % LETTERS.len()])).collect();
    (code.len() == CODE_LENGTH).then_some(code)
}

/// The bytes a run of hexadecimal digits stands for.
pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).filter_map(|n| u8::from_str_radix(hex.get(n * 2..n * 2 + 2)?, 16).ok()).collect()
}

/// Four digits, no more and no fewer.
pub(crate) fn is_tail(text: &str) -> bool {
    let text = text.trim();
    text.len() == 4 && text.bytes().all(|it| it.is_ascii_digit())
}

/// A code as typed: any case, with or without the dash people read it with.
pub(crate) fn typed_code(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|it| !matches!(it, '-' | ' ')).collect::<String>().to_uppercase();
    let right = code.len() == CODE_LENGTH && code.bytes().all(|it| LETTERS.contains(&it));
    right.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_ten_letters_nobody_mistakes() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(code(&bytes).unwrap(), "23456789AB");
        assert_eq!(code(&[255; 40]), None);
        assert_eq!(typed_code("23456-789ab"), Some("23456789AB".to_owned()));
        for wrong in ["2345", "23456789A0", "23456789ABC", ""] {
            assert_eq!(typed_code(wrong), None, "{wrong}");
        }
    }
}
