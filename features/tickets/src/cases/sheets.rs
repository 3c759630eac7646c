//! 导出 — a list of cases as a sheet, as the list shows it: who reported a case is not in it.

use ::store::Tx;
use documents::{Cell, Column};
use jiff::Timestamp;
use kernel::{Problem, beijing_minute};

use super::{
    filters::Filter, labels, lists::Places, parts, policy, refusals::TicketRefusal, store, types::Ticket,
};
use crate::reporting::{category_label, number_of};

/// More cases than this nobody reads in one sheet, and the machine should not hold them.
pub(crate) const MOST_ROWS: usize = 20_000;
const PAGE: usize = 500;

/// Some rows, and where the next page begins.
pub(crate) struct Page {
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) next: Option<(Timestamp, i64)>,
}

pub(crate) fn columns() -> Vec<Column> {
    let wide = |it| Column::text(it, 18);
    let narrow = |it| Column::text(it, 12);
    let number = |it| Column::number(it, 8);
    let mut columns =
        vec![wide("编号"), narrow("类别"), Column::text("内容", 48), wide("小区"), narrow("位置")];
    columns.extend(["渠道", "紧急程度", "状态"].map(narrow));
    columns.extend(["受理时间", "答复时限"].map(wide));
    columns.extend(["按时派单", "按时联系", "按时答复", "是否解决", "是否满意"].map(narrow));
    columns.extend(["吹哨级别", "延期", "催办", "督办"].map(number));
    columns.push(wide("办结时间"));
    columns
}

pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter) -> Result<Page, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    let _seen = policy::may_list(&tx.ctx.actor)?;
    let (scope, filter) = parts::narrowest(tx, scope, filter.clone())?;
    let mut found = store::list(tx, &scope, &filter, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| (it.dues.answer_by, i64::from(it.id)));
    let (mut places, mut rows) = (Places::default(), vec![]);
    for it in found {
        let community = places.of(tx, it.place.community)?;
        rows.push(row(&it, &community.county, &community.name));
    }
    Ok(Page { rows, next })
}

/// Whether so many rows still are one sheet.
pub(crate) fn fits(rows: usize) -> Result<(), Problem> {
    if rows <= MOST_ROWS { Ok(()) } else { Err(TicketRefusal::TooManyRows.into()) }
}

fn row(it: &Ticket, county: &str, community: &str) -> Vec<Cell> {
    let text = |it: &str| Cell::Text(it.to_owned());
    let said = |it: Option<bool>| text(it.map_or("", |it| if it { "是" } else { "否" }));
    let number = |it: i64| Cell::Number(it as f64);
    let mut row = vec![
        text(&number_of(county, it.number)),
        text(category_label(&it.category)),
        text(&it.body),
        text(community),
        text(&it.building),
        text(labels::channel(it.channel)),
        text(labels::urgency(it.urgency)),
        text(labels::stage(&it.stage).1),
        text(&beijing_minute(it.filed_at)),
        text(&labels::until(it.dues.answer_by)),
    ];
    let verdicts = it.verdicts;
    row.extend(
        [verdicts.dispatched, verdicts.contacted, verdicts.answered, it.solved, it.satisfied].map(said),
    );
    row.extend([it.level, it.extended, it.urged, it.supervised].map(number));
    row.push(text(&it.closed_at.map_or(String::new(), beijing_minute)));
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_an_end_and_says_what_to_do() {
        assert!(fits(MOST_ROWS).is_ok());
        let refused = fits(MOST_ROWS + 1).unwrap_err().to_string();
        assert!(refused.contains("20000") && refused.contains("类别"), "{refused}");
    }
}
