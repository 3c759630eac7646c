//! 发文字号 (GB/T 9704-2012): agency code, year in hexagonal brackets, serial without leading zero.

use std::fmt;

use crate::Fault;

/// `六城管函〔2024〕87号`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    pub agency: String,
    pub year: u16,
    pub serial: u32,
}

impl DocumentNumber {
    /// Reads the number, forgiving round or square brackets for the hexagonal ones.
    ///
    /// # Errors
    /// A sentence with an example.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let wrong = || Fault("发文字号应写成“机关代字〔年份〕序号号”，如 六城管函〔2024〕87号".to_owned());
        let bracket = |it: char| matches!(it, '〔' | '(' | '（' | '[' | '［' | '【');
        let (agency, rest) = text.trim().split_once(bracket).ok_or_else(wrong)?;
        let closing = |it: char| matches!(it, '〕' | ')' | '）' | ']' | '］' | '】');
        let (year, serial) = rest.split_once(closing).ok_or_else(wrong)?;
        let serial = serial.trim().strip_suffix('号').ok_or_else(wrong)?.trim_start_matches('第');
        let year: u16 = year.trim().parse().map_err(|_| wrong())?;
        let serial: u32 = serial.parse().map_err(|_| wrong())?;
        let right = !agency.is_empty() && (1949..=2100).contains(&year) && 0 < serial;
        if right { Ok(Self { agency: agency.to_owned(), year, serial }) } else { Err(wrong()) }
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}〔{}〕{}号", self.agency, self.year, self.serial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // covers: LA-001, LA-002, FX-001
    #[test]
    fn the_notices_numbers_are_read_and_written_as_printed() {
        for number in
            ["六城管函〔2024〕87号", "建房函〔2024〕511号", "京建发〔2023〕232号", "阜住建〔2023〕166号"]
        {
            assert_eq!(DocumentNumber::parse(number).unwrap().to_string(), number);
        }
        assert_eq!(
            DocumentNumber::parse("六城管函(2024)第087号").unwrap().to_string(),
            "六城管函〔2024〕87号"
        );
        assert!(DocumentNumber::parse("六城管函2024年87号").is_err());
    }
}
