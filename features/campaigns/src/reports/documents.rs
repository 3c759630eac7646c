//! A report as an official paper.

use documents::{Block, Fault, write_docx};

use super::types::Report;

const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// DOCX in the official layout: title, sections 一、二、三、, signed and dated.
pub(crate) fn paper(
    title: &str,
    county: &str,
    report: &Report,
    on: jiff::civil::Date,
) -> Result<Vec<u8>, Fault> {
    let mut blocks = vec![Block::Title(format!("{county}{title}"))];
    for (numeral, (heading, text)) in NUMERALS.iter().zip(&report.sections) {
        blocks.push(Block::Heading(format!("{numeral}、{heading}")));
        blocks.extend(
            text.lines().filter(|it| !it.trim().is_empty()).map(|it| Block::Text(it.trim().to_owned())),
        );
    }
    blocks.push(Block::Text(String::new()));
    blocks.push(Block::Signed(format!("{county}物业主管部门（盖章）")));
    blocks.push(Block::Signed(format!("{}年{}月{}日", on.year(), on.month(), on.day())));
    write_docx(&blocks)
}
