//! 待办与期限 — the cases a body has in hand and the whistles it has to report in to, by day.

use ::store::Tx;
use app::{App, Due};
use kernel::{Problem, beijing_date};
use registry::communities;

use crate::{
    cases::{lists, store, types::Body},
    reporting::category_label,
};

/// Cases and whistles told of, those due first.
const MOST: usize = 50;

pub(crate) fn of(_app: &App, tx: &mut Tx<'_>) -> Result<Vec<Due>, Problem> {
    let actor = tx.ctx.actor.clone();
    let Some(body) = Body::of(&actor) else { return Ok(vec![]) };
    let mut due = vec![];
    for it in store::in_hand(tx, &actor.hat.scope, body, MOST as i64)? {
        let community = communities::load(tx, it.place.community.into())?.name;
        due.push(Due {
            day: beijing_date(it.dues.answer_by),
            title: format!("答复诉求：{community} {}（{:06}号）", category_label(&it.category), it.number),
            href: format!("/tickets/{}", it.id),
        });
    }
    for whistle in lists::whistles(tx)?.into_iter().take(MOST) {
        due.push(Due {
            day: beijing_date(whistle.report_by),
            title: "吹哨待报到".to_owned(),
            href: format!("/tickets/{}?whistle={}", whistle.ticket, whistle.id),
        });
    }
    Ok(due)
}
