//! A report as an official paper.

use documents::{Block, Fault, write_docx};
use jiff::civil::Date;

use super::types::Report;

const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// A county's or the city's report in the official layout: title, sections 一、二、三、, signed and dated.
pub(crate) fn paper(title: &str, county: &str, report: &Report, on: Date) -> Result<Vec<u8>, Fault> {
    official(&format!("{county}{title}"), &report.sections, &format!("{county}物业主管部门"), on)
}

/// Sections in the official layout, signed with a place for the seal.
pub(crate) fn official(
    title: &str,
    sections: &[(String, String)],
    signed: &str,
    on: Date,
) -> Result<Vec<u8>, Fault> {
    let mut blocks = vec![Block::Title(title.to_owned())];
    for (numeral, (heading, text)) in NUMERALS.iter().zip(sections) {
        blocks.push(Block::Heading(format!("{numeral}、{heading}")));
        blocks.extend(
            text.lines().filter(|it| !it.trim().is_empty()).map(|it| Block::Text(it.trim().to_owned())),
        );
    }
    blocks.push(Block::Text(String::new()));
    blocks.push(Block::Signed(format!("{signed}（盖章）")));
    blocks.push(Block::Signed(format!("{}年{}月{}日", on.year(), on.month(), on.day())));
    write_docx(&blocks)
}
