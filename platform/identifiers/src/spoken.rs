//! Codes that are easy to read aloud and to type from paper.

/// Letters and digits that nobody takes for another.
const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// A code of `length` letters out of random hexadecimal digits; bytes that would favour some letters are passed over.
/// None when there are too few of them.
#[must_use]
pub fn spoken_code(hex: &str, length: usize) -> Option<String> {
    let bytes = (0..hex.len() / 2).filter_map(|n| u8::from_str_radix(hex.get(n * 2..n * 2 + 2)?, 16).ok());
    let fair = bytes.map(usize::from).filter(|it| *it < LETTERS.len() * 8);
    let code: String = fair.take(length).map(|it| char::from(LETTERS[it % LETTERS.len()])).collect();
    (code.len() == length).then_some(code)
}

/// A code as typed: any case, with or without the dashes people read it with.
#[must_use]
pub fn typed_code(text: &str, length: usize) -> Option<String> {
    let code = super::tidy(text);
    let right = code.len() == length && code.bytes().all(|it| LETTERS.contains(&it));
    right.then_some(code)
}

/// A code in groups of `size`, as it is printed and read aloud.
#[must_use]
pub fn grouped_code(code: &str, size: usize) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(size).map(|it| it.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_letters_nobody_mistakes() {
        let hex: String = (0..=255).map(|it| format!("{it:02x}")).collect();
        assert_eq!(spoken_code(&hex, 10).unwrap(), "23456789AB");
        assert_eq!(spoken_code(&"ff".repeat(40), 10), None);
        assert_eq!(typed_code("23456-789ab", 10), Some("23456789AB".to_owned()));
        for wrong in ["2345", "23456789A0", "23456789ABC", ""] {
            assert_eq!(typed_code(wrong, 10), None, "{wrong}");
        }
        assert_eq!(grouped_code("23456789ABCD", 4), "2345-6789-ABCD");
    }
}
