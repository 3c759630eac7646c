//! Numbers that the state gives out, each parsed once at the door: inside, the type is the proof.

mod divisions;
mod documents;
mod doors;
mod organisations;
mod people;
mod spoken;

pub use divisions::{DivisionCode, DivisionLevel};
pub use documents::DocumentNumber;
pub use doors::mask_doors;
pub use organisations::Uscc;
pub use people::{IdNumber, Phone, mask_name, mask_numbers, mask_phone};
pub use spoken::{grouped_code, spoken_code, typed_code};

/// What is wrong with a number, in a sentence that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);

/// Full-width digits, letters and dashes as half-width ones, without spaces: two writings of one number are one.
#[must_use]
pub fn narrowed(text: &str) -> String {
    let narrow = |it: char| match it {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        '－' | '—' | '–' => '-',
        '．' => '.',
        it => it,
    };
    text.chars().filter(|it| !it.is_whitespace()).map(narrow).collect()
}

/// Full-width digits and letters to half-width, spaces and hyphens away: how people really type numbers.
pub(crate) fn tidy(text: &str) -> String {
    let narrow = |it: char| match it {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it),
        it => it,
    };
    let kept = |it: &char| !it.is_whitespace() && !matches!(it, '-' | '－' | '—');
    text.chars().filter(kept).map(narrow).collect::<String>().to_uppercase()
}
