//! A case as one row of a list: of the page, and of its sheet.

use std::collections::{BTreeMap, btree_map::Entry};

use ::store::Tx;
use jiff::Timestamp;
use kernel::{Problem, beijing_minute};
use registry::communities::{self, Found};

use super::{
    bodies, labels, rules,
    types::{Body, Ticket, TicketId, Verdicts},
};
use crate::{
    profiles::rules::category,
    reporting::{category_label, number_of},
};

/// One line of the list.
#[derive(Debug)]
pub(crate) struct TicketLine {
    pub(crate) id: TicketId,
    pub(crate) number: String,
    pub(crate) category: &'static str,
    /// The whole text.
    pub(crate) body: String,
    pub(crate) community: String,
    /// 舒城县, 城关镇, 桃溪社区.
    pub(crate) divisions: [String; 3],
    pub(crate) building: String,
    /// The classes of 数字化城市管理 and of the hotlines.
    pub(crate) classes: (&'static str, &'static str),
    pub(crate) kind: &'static str,
    pub(crate) channel: &'static str,
    /// Empty while nobody has it.
    pub(crate) handler: String,
    /// What other systems call it; filled in for those who want the column.
    pub(crate) outside: String,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) urgency: &'static str,
    /// Said beside the state where it is more than ordinary.
    pub(crate) is_urgent: bool,
    pub(crate) level: i64,
    pub(crate) filed: String,
    pub(crate) due: String,
    pub(crate) left: (&'static str, String),
    pub(crate) verdicts: Verdicts,
    pub(crate) solved: Option<bool>,
    pub(crate) satisfied: Option<bool>,
    pub(crate) extended: i64,
    pub(crate) urged: i64,
    pub(crate) supervised: i64,
    pub(crate) closed: String,
}

/// The names of a page's communities and bodies, each read once: fifty cases of one community ask for it once.
#[derive(Debug, Default)]
pub(crate) struct Places {
    communities: BTreeMap<i64, Found>,
    bodies: BTreeMap<Body, String>,
}

impl Places {
    pub(crate) fn of(&mut self, tx: &mut Tx<'_>, community: i64) -> Result<&Found, Problem> {
        Ok(match self.communities.entry(community) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                free.insert(communities::found_one(tx, community)?.ok_or(Problem::NotFound)?)
            }
        })
    }

    fn body(&mut self, tx: &mut Tx<'_>, body: Body) -> Result<String, Problem> {
        Ok(match self.bodies.entry(body) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(free) => free.insert(bodies::name(tx, body)?).clone(),
        })
    }
}

pub(crate) fn line_of(tx: &mut Tx<'_>, it: Ticket) -> Result<TicketLine, Problem> {
    line_at(tx, &mut Places::default(), it)
}

/// The same with what is known of the page's places.
pub(crate) fn line_at(tx: &mut Tx<'_>, places: &mut Places, it: Ticket) -> Result<TicketLine, Problem> {
    let handler = match it.stage.handler() {
        Some(body) => places.body(tx, body)?,
        None => String::new(),
    };
    let community = places.of(tx, it.place.community)?;
    let mut above = community.place.splitn(3, ' ').map(str::to_owned);
    Ok(TicketLine {
        number: number_of(&community.county, it.number),
        category: category_label(&it.category),
        community: community.name.clone(),
        divisions: std::array::from_fn(|_| above.next().unwrap_or_default()),
        classes: category(&it.category).map_or(("", ""), |it| (it.class.as_str(), it.hotline_class())),
        kind: labels::kind(it.kind),
        channel: labels::channel(it.channel),
        handler,
        outside: String::new(),
        stage: labels::stage(&it.stage),
        urgency: labels::urgency(it.urgency),
        is_urgent: it.urgency.is_pressing(),
        level: it.level,
        filed: beijing_minute(it.filed_at),
        due: labels::until(it.dues.answer_by),
        left: left(&it, tx.ctx.now),
        verdicts: it.verdicts,
        solved: it.solved,
        satisfied: it.satisfied,
        extended: it.extended,
        urged: it.urged,
        supervised: it.supervised,
        closed: it.closed_at.map_or(String::new(), beijing_minute),
        body: it.body,
        building: it.building,
        id: it.id,
    })
}

impl TicketLine {
    pub(crate) fn place(&self) -> String {
        format!("{} {}", self.community, self.building).trim_end().to_owned()
    }

    /// The text as far as a line holds it.
    pub(crate) fn short(&self) -> String {
        const SHOWN: usize = 40;
        let cut: String = self.body.chars().take(SHOWN).collect();
        if SHOWN < self.body.chars().count() { cut + "…" } else { cut }
    }
}

fn left(it: &Ticket, now: Timestamp) -> (&'static str, String) {
    if !it.stage.is_open() {
        return ("done", String::new());
    }
    if rules::AGENDA_LEVEL <= it.level && it.verdicts.answered == Some(false) && it.dues.answer_by <= now {
        return ("late", "超期，待联席会议研究".to_owned());
    }
    let (clock, due) = it.running_clock();
    let state = match due.duration_since(now).as_hours() {
        _ if due <= now => "late",
        0..24 => "soon",
        _ => "open",
    };
    // Late already; the level that was whistled has its own time.
    let answer = labels::left(it.dues.answer_by, now);
    if it.verdicts.answered == Some(false) && now < it.dues.answer_by {
        return ("late", format!("已超期；吹哨后{answer}"));
    }
    match it.missed_step() {
        Some(step) => ("late", format!("{step}已超期；答复{answer}")),
        None => (state, format!("{clock}{}", labels::left(due, now))),
    }
}
