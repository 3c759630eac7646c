//! DOCX in the layout of official papers (GB/T 9704-2012): A4, 22 lines of 28 characters, 仿宋 in 三号, page numbers.

use docx_rs::{
    AlignmentType, Docx, FieldCharType, Footer, HeightRule, InstrPAGE, InstrText, LineSpacing,
    LineSpacingType, PageMargin, Paragraph, Run, RunFonts, SpecialIndentType, Table, TableCell,
    TableLayoutType, TableRow, VAlignType, WidthType,
};

use crate::Fault;

/// The media type of a DOCX file.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// One piece of a paper, from the top down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// 附件3, small and to the left.
    Mark(String),
    /// 标题: 二号小标宋, centred.
    Title(String),
    /// 发文字号 or a line below the title, centred.
    Centred(String),
    /// 一、 in 黑体.
    Heading(String),
    /// A paragraph, its first line set in by two characters.
    Text(String),
    /// 落款: to the right.
    Signed(String),
    /// A form: widths in per cent of the type area, and rows of cells.
    Form { widths: Vec<usize>, rows: Vec<Vec<FormCell>> },
}

/// One cell of a form: its lines, how many columns it takes, and how high it at least is, in millimetres.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormCell {
    pub lines: Vec<String>,
    pub span: usize,
    pub is_head: bool,
    pub least_height: u32,
}

/// Twentieths of a point in a millimetre, times a hundred.
const TWIPS_PER_MM: f64 = 56.6929;
const A4: (u32, u32) = (11_906, 16_838);
/// The type area is 156 mm wide.
const TYPE_AREA: usize = 8_844;
/// 三号 and 二号 in half points; lines 28.95 points apart put 22 on a page.
const BODY: usize = 32;
const TITLE: usize = 44;
const FORM: usize = 24;
const LINE: i32 = 579;

/// Writes a paper.
///
/// # Errors
/// When the file cannot be put together.
pub fn write_docx(blocks: &[Block]) -> Result<Vec<u8>, Fault> {
    let margin = PageMargin::new().top(mm(37)).bottom(mm(35)).left(mm(28)).right(mm(26)).footer(mm(25));
    let mut paper = Docx::new().page_size(A4.0, A4.1).page_margin(margin).footer(page_number());
    for block in blocks {
        paper = match block {
            Block::Mark(text) => paper.add_paragraph(line(run(text, "黑体", BODY))),
            Block::Title(text) => {
                let spaced = LineSpacing::new().line(LINE + 80).line_rule(LineSpacingType::Exact).after(200);
                paper.add_paragraph(
                    line(run(text, "方正小标宋简体", TITLE))
                        .align(AlignmentType::Center)
                        .line_spacing(spaced),
                )
            }
            Block::Centred(text) => {
                paper.add_paragraph(line(run(text, "仿宋_GB2312", BODY)).align(AlignmentType::Center))
            }
            Block::Heading(text) => paper.add_paragraph(indented(run(text, "黑体", BODY))),
            Block::Text(text) => paper.add_paragraph(indented(run(text, "仿宋_GB2312", BODY))),
            Block::Signed(text) => {
                paper.add_paragraph(line(run(text, "仿宋_GB2312", BODY)).align(AlignmentType::Right).indent(
                    None,
                    None,
                    Some(1_280),
                    None,
                ))
            }
            Block::Form { widths, rows } => paper.add_table(form(widths, rows)),
        };
    }
    let mut bytes = std::io::Cursor::new(vec![]);
    paper.build().pack(&mut bytes).map_err(|it| Fault(format!("文档没有生成：{it}")))?;
    Ok(bytes.into_inner())
}

fn mm(millimetres: u32) -> i32 {
    (f64::from(millimetres) * TWIPS_PER_MM) as i32
}

fn run(text: &str, font: &str, size: usize) -> Run {
    let fonts = RunFonts::new().east_asia(font).ascii("Times New Roman").hi_ansi("Times New Roman");
    // XML admits no control characters, whatever somebody pasted into a form.
    let clean: String = text.chars().filter(|it| !it.is_control()).collect();
    Run::new().add_text(clean).size(size).fonts(fonts)
}

fn line(run: Run) -> Paragraph {
    let spacing = LineSpacing::new().line(LINE).line_rule(LineSpacingType::Exact);
    Paragraph::new().add_run(run).line_spacing(spacing)
}

fn indented(run: Run) -> Paragraph {
    line(run).indent(None, Some(SpecialIndentType::FirstLine(640)), None, None).align(AlignmentType::Both)
}

/// — 1 —
fn page_number() -> Footer {
    let text = |it: &str| run(it, "宋体", 28);
    let field = text("")
        .add_field_char(FieldCharType::Begin, false)
        .add_instr_text(InstrText::PAGE(InstrPAGE::new()))
        .add_field_char(FieldCharType::Separate, false)
        .add_text("1")
        .add_field_char(FieldCharType::End, false);
    let number = Paragraph::new().align(AlignmentType::Center);
    Footer::new().add_paragraph(number.add_run(text("— ")).add_run(field).add_run(text(" —")))
}

fn form(widths: &[usize], rows: &[Vec<FormCell>]) -> Table {
    let grid: Vec<usize> = widths.iter().map(|it| TYPE_AREA * it / 100).collect();
    let row = |cells: &Vec<FormCell>| {
        let mut at = 0;
        let highest = cells.iter().map(|it| it.least_height).max().unwrap_or(0);
        let cells = cells
            .iter()
            .map(|it| {
                let span = it.span.max(1);
                let width: usize = grid.iter().skip(at).take(span).sum();
                at += span;
                cell(it, span, width)
            })
            .collect();
        let row = TableRow::new(cells);
        if 0 < highest { row.row_height(mm(highest) as f32).height_rule(HeightRule::AtLeast) } else { row }
    };
    let rows = rows.iter().map(row).collect();
    Table::new(rows)
        .set_grid(grid.clone())
        .layout(TableLayoutType::Fixed)
        .width(grid.iter().sum(), WidthType::Dxa)
}

fn cell(it: &FormCell, span: usize, width: usize) -> TableCell {
    let mut made =
        TableCell::new().width(width, WidthType::Dxa).grid_span(span).vertical_align(VAlignType::Center);
    let (font, align) =
        if it.is_head { ("黑体", AlignmentType::Center) } else { ("仿宋_GB2312", AlignmentType::Left) };
    for text in &it.lines {
        made = made.add_paragraph(Paragraph::new().add_run(run(text, font, FORM)).align(align));
    }
    if it.lines.is_empty() { made.add_paragraph(Paragraph::new()) } else { made }
}

impl FormCell {
    /// A heading cell.
    #[must_use]
    pub fn head(text: &str) -> Self {
        Self { lines: vec![text.to_owned()], is_head: true, span: 1, least_height: 0 }
    }

    /// A cell over `span` columns, each line a paragraph.
    #[must_use]
    pub fn text(text: &str, span: usize) -> Self {
        Self { lines: text.lines().map(str::to_owned).collect(), span, ..Self::default() }
    }

    #[must_use]
    pub fn at_least(self, millimetres: u32) -> Self {
        Self { least_height: millimetres, ..self }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn document(blocks: &[Block], part: &str) -> String {
        let bytes = write_docx(blocks).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn a_paper_has_the_official_page_fonts_and_number() {
        let blocks = [
            Block::Title("活动开展情况报告".into()),
            Block::Heading("一、主要做法成效".into()),
            Block::Text("甲<乙&\u{1}丙".into()),
            Block::Signed("舒城县城市管理局".into()),
        ];
        let xml = document(&blocks, "word/document.xml");
        for part in [
            "w:w=\"11906\" w:h=\"16838\"",
            "w:top=\"2097\"",
            "w:left=\"1587\"",
            "方正小标宋简体",
            "仿宋_GB2312",
            "甲&lt;乙&amp;丙",
        ] {
            assert!(xml.contains(part), "{part} in {xml}");
        }
        assert!(document(&blocks, "word/footer1.xml").contains("PAGE"));
    }

    #[test]
    fn a_form_keeps_its_columns() {
        let rows = vec![
            vec![FormCell::head("小区名称"), FormCell::text("晨光里", 3)],
            vec![FormCell::text("一\n二", 4).at_least(40)],
        ];
        let xml = document(&[Block::Form { widths: vec![20, 30, 20, 30], rows }], "word/document.xml");
        assert!(
            xml.contains("w:gridSpan w:val=\"3\"") && xml.contains("晨光里") && xml.contains("w:trHeight")
        );
    }
}
