//! How a filled 附件4 is read. Pure.

use documents::Table;
use jiff::civil::Date;
use kernel::{FieldError, Refusal};

use super::types::{PaperForm, Row};

const COMMUNITY: &str = "小区名称";
const STANDING: &str = "评估得分及排名";
const PARTY: &str = "小区党组织情况";
const COMMITTEE: &str = "业主委员会情况";
const LONGEST: usize = 200;
/// A county recommends a few; a sheet of more is another sheet.
const MOST_ROWS: usize = 200;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PaperRefusal {
    #[error("名单已经公示，不能再录入书面材料")]
    AlreadyPosted,
}

impl Refusal for PaperRefusal {
    fn code(&self) -> &'static str {
        "campaigns.papers_after_posting"
    }
}

/// The rows of 附件4, or what is wrong with the sheet, by its lines.
pub(crate) fn annex_4(table: &Table) -> Result<Vec<Row>, Vec<String>> {
    let bare = |it: &str| it.split_whitespace().collect::<String>();
    let column = |head: &str| table.header.iter().position(|it| bare(it) == head);
    let Some(community) = column(COMMUNITY) else {
        return Err(vec![format!("表中没有“{COMMUNITY}”一列，请使用通知的附件4")]);
    };
    if MOST_ROWS < table.rows.len() {
        return Err(vec![format!("表中超过{MOST_ROWS}行，请只保留附件4中填写的小区")]);
    }
    let (standing, party, committee) = (column(STANDING), column(PARTY), column(COMMITTEE));
    let (mut rows, mut faults): (Vec<Row>, Vec<String>) = (vec![], vec![]);
    for (line, cells) in &table.rows {
        let cell = |at: Option<usize>| at.and_then(|it| cells.get(it)).map_or("", |it| it.trim()).to_owned();
        let row = Row {
            line: *line,
            community: cell(Some(community)),
            standing: cell(standing),
            party_org: cell(party),
            committee: cell(committee),
        };
        // The annex prints blank lines, and the seal below them.
        if row.community.is_empty() {
            continue;
        }
        if let Some(twice) = rows.iter().find(|it| it.community == row.community) {
            faults.push(format!("第{line}行：“{}”在第{}行已经填过", row.community, twice.line));
        }
        let long = [&row.standing, &row.party_org, &row.committee];
        if long.iter().any(|it| LONGEST < it.chars().count()) {
            faults.push(format!("第{line}行：每格不超过{LONGEST}个字，请精简"));
        }
        rows.push(row);
    }
    if rows.is_empty() {
        faults.push("表中没有填写小区，请填好后再上传".to_owned());
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// The day the papers came: by today, and not before the campaign had begun.
pub(crate) fn received(form: &PaperForm, begun: Option<Date>, today: Date) -> Result<Date, FieldError> {
    let day: Option<Date> = form.received_on.trim().parse().ok().filter(|it| *it <= today);
    let day = day.ok_or_else(|| FieldError::new("received_on", "请填写收到书面材料的日期，不晚于今天"))?;
    match begun.filter(|it| day < *it) {
        Some(begun) => {
            Err(FieldError::new("received_on", format!("收到日期不能早于活动开始的{begun}，请核对")))
        }
        None => Ok(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(u32, &[&str])]) -> Table {
        let own = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        Table {
            header: own(&["序号", "小区名称", "评估得分\n及排名", "小区党组织情况"]),
            rows: rows.iter().map(|(line, cells)| (*line, own(cells))).collect(),
        }
    }

    #[test]
    fn blank_lines_are_passed_over_and_doubles_told_by_their_lines() {
        let read =
            annex_4(&table(&[(3, &["1", "锦绣花园", "95.2，第1名", "党支部"]), (4, &["2", "", "", ""])]));
        let rows = read.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].standing.as_str(), rows[0].committee.as_str()), ("95.2，第1名", ""));
        let twice = annex_4(&table(&[(3, &["1", "锦绣花园"]), (5, &["2", "锦绣花园"])])).unwrap_err();
        assert_eq!(twice, ["第5行：“锦绣花园”在第3行已经填过"]);
        assert!(annex_4(&table(&[])).unwrap_err()[0].contains("没有填写小区"));
        let other = Table { header: vec!["姓名".to_owned()], rows: vec![] };
        assert!(annex_4(&other).unwrap_err()[0].contains("附件4"));
    }
}
