//! 导出 — a list of cases as a sheet, as the list shows it: who reported a case is not in it.

use ::store::Tx;
use documents::{Cell, Column};
use kernel::Problem;

use super::{
    columns::{self, ALWAYS, COLUMNS},
    filters::{After, Filter},
    listing, lists, parts, policy,
    refusals::TicketRefusal,
    rows::{Places, TicketLine, line_at},
};

/// More cases than this nobody reads in one sheet, and the machine should not hold them.
pub(crate) const MOST_ROWS: usize = 20_000;
const PAGE: usize = 500;
const BODY_WIDTH: u16 = 48;

/// Some rows, and where the next page begins.
pub(crate) struct Page {
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) next: Option<After>,
}

/// The columns chosen, or every one; state and deadline as in the list.
pub(crate) fn columns(chosen: &[String]) -> Vec<Column> {
    let mut columns = web::sheet_columns(COLUMNS, chosen);
    columns.extend(web::sheet_columns(ALWAYS, &[]));
    for it in &mut columns {
        it.width = if it.head == "内容" { BODY_WIDTH } else { it.width };
    }
    columns
}

pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter, chosen: &[String]) -> Result<Page, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    let _seen = policy::may_list(&tx.ctx.actor)?;
    let by_day = filter.by_day();
    let (scope, filter) = parts::narrowest(tx, scope, filter.clone())?;
    let mut found = listing::list(tx, &scope, &filter, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| lists::after(it, by_day));
    let (mut places, mut lines) = (Places::default(), vec![]);
    for it in found {
        lines.push(line_at(tx, &mut places, it)?);
    }
    if chosen.is_empty() || columns::wants_outside(chosen) {
        lists::name_outside(tx, &mut lines)?;
    }
    let cells = |it: &TicketLine| {
        let mut cells = web::sheet_cells(COLUMNS, chosen, it);
        cells.extend(web::sheet_cells(ALWAYS, &[], it));
        cells
    };
    Ok(Page { rows: lines.iter().map(cells).collect(), next })
}

/// Whether so many rows still are one sheet.
pub(crate) fn fits(rows: usize) -> Result<(), Problem> {
    if rows <= MOST_ROWS { Ok(()) } else { Err(TicketRefusal::TooManyRows.into()) }
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
