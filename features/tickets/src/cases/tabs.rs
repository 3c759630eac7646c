//! What stands above the list: how many there are of each stage, and whose turn it is.

use ::store::Tx;
use calendar::end_of;
use kernel::{Problem, Scope};

use super::{
    filters::{self, Turn, Whose},
    listing::{self, Counted, MOST_COUNTED},
    policy,
    types::{Body, Stage},
};

/// How many of a stage there are, late and due today; the tab leads to a list that counts the same, up to the bound.
#[derive(Debug)]
pub(crate) struct Tab {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    /// Not counted for what is closed.
    counted: Option<Counted>,
}

/// 工作台: what the body that looks has to do, and what it waits for. Each number leads to a list that holds as many.
#[derive(Debug)]
pub(crate) struct Turns {
    mine: Counted,
    others: i64,
    /// Some of it was not counted to its end.
    more: bool,
}

const TABS: [(&str, &str); 12] = [
    (filters::OPEN, "正在办"),
    ("filed", "待派单"),
    ("dispatched", "待接单"),
    ("returned", "退单审核"),
    ("accepted", "处理中"),
    ("answered", "待评价"),
    ("closed", "已办结"),
    ("declined", "不予受理"),
    ("transferred", "已转专线"),
    ("withdrawn", "已撤回"),
    ("merged", "已合并"),
    (filters::ALL, "全部状态"),
];

/// A known stage's own code, or the first that has anything.
pub(crate) fn stage_code(code: &str) -> Option<&'static str> {
    TABS.iter().find(|it| it.0 == code).map(|it| it.0)
}

pub(crate) fn counted(n: i64) -> String {
    if n <= MOST_COUNTED { n.to_string() } else { format!("{MOST_COUNTED}以上") }
}

/// Whose turn somebody asks about, as their hat sees it.
pub(crate) fn turn(actor: &kernel::Actor, whose: Whose) -> Turn {
    Turn { whose, body: Body::of(actor), sends_out: policy::sends_out(actor) }
}

/// The tabs, and the workbench of whoever has cases of their own or sends them out.
pub(crate) fn of(tx: &mut Tx<'_>, scope: &Scope) -> Result<(Vec<Tab>, Option<Turns>), Problem> {
    let (actor, tonight) = (tx.ctx.actor.clone(), end_of(tx.ctx.today()));
    let mine = turn(&actor, Whose::Mine);
    let (mut tabs, mut open, mut waits, mut own) = (vec![], Counted::default(), 0, Counted::default());
    let mut more = false;
    for (code, label) in TABS {
        // What is closed grows for ever: only what still waits for somebody is counted.
        if !filters::WAITS.contains(&code) {
            tabs.push(Tab { code, label, counted: None });
            continue;
        }
        let all = listing::count(tx, scope, code, tonight, None)?;
        let part = match mine.part(code) {
            Some(filters::Part::All) => all,
            Some(filters::Part::HeldBy(body)) => listing::count(tx, scope, code, tonight, Some(body))?,
            Some(filters::Part::NotHeldBy(_)) | None => Counted::default(),
        };
        let is_open = Stage::OPEN.contains(&code);
        // Nobody answers an answered one once more: neither late nor due.
        let all = if is_open { all } else { Counted { n: all.n, ..Counted::default() } };
        (own, waits, more) = (own + part, waits + all.n, more || MOST_COUNTED < all.n);
        open = if is_open { open + all } else { open };
        tabs.push(Tab { code, label, counted: Some(all) });
    }
    if let Some(first) = tabs.first_mut() {
        first.counted = Some(open);
    }
    let has_turn = mine.body.is_some() || mine.sends_out;
    let turns = Turns { mine: own, others: waits - own.n, more };
    Ok((tabs, has_turn.then_some(turns)))
}

impl Tab {
    pub(crate) fn holds_any(&self) -> bool {
        self.counted.is_some_and(|it| 0 < it.n)
    }

    pub(crate) fn is_single(&self) -> bool {
        self.code != filters::OPEN && self.code != filters::ALL
    }

    /// The number as people read it, where not all were counted.
    pub(crate) fn shown(&self) -> Option<String> {
        self.counted.map(|it| counted(it.n))
    }

    pub(crate) fn late(&self) -> i64 {
        self.counted.map_or(0, |it| it.late)
    }

    pub(crate) fn today(&self) -> i64 {
        self.counted.map_or(0, |it| it.today)
    }

    /// More late ones than were counted are told as such.
    pub(crate) fn shown_late(&self) -> String {
        // Where not all were looked at there may be more of the late ones, too.
        let all = self.counted.is_none_or(|it| it.n <= MOST_COUNTED);
        let late = self.late().min(MOST_COUNTED);
        if all { late.to_string() } else { format!("{late}以上") }
    }
}

impl Turns {
    pub(crate) fn today(&self) -> i64 {
        self.mine.today
    }

    pub(crate) fn late(&self) -> i64 {
        self.mine.late
    }

    pub(crate) fn mine(&self) -> String {
        counted(self.mine.n)
    }

    pub(crate) fn others(&self) -> String {
        if self.more { format!("{}以上", self.others.min(MOST_COUNTED)) } else { counted(self.others) }
    }
}
