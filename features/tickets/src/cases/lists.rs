//! The list of cases, its tabs, and the whistles that wait for a body.

use std::collections::{BTreeMap, btree_map::Entry};

use ::store::Tx;
use calendar::end_of;
use jiff::Timestamp;
use kernel::{Problem, Scope, Tenant};
use registry::{
    communities::{self, Found},
    divisions,
};

use super::{
    extensions,
    filters::{self, Filter, Within},
    labels, line, parts, policy, rules, store,
    types::{Body, Stage, Ticket, TicketId, Whistle, WhistleId},
};
use crate::{
    overview, profiles,
    reporting::{category_label, number_of},
};

/// One line of the list.
#[derive(Debug)]
pub(crate) struct TicketLine {
    pub(crate) id: TicketId,
    pub(crate) number: String,
    pub(crate) category: &'static str,
    pub(crate) body: String,
    pub(crate) place: String,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) urgency: &'static str,
    pub(crate) level: i64,
    pub(crate) due: String,
    pub(crate) left: (&'static str, String),
}

/// How many of a stage there are, late and due today; the tab leads to a list that counts the same, up to the bound.
#[derive(Debug)]
pub(crate) struct Tab {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    /// Not counted for what is closed.
    pub(crate) n: Option<i64>,
    pub(crate) late: i64,
    pub(crate) today: i64,
}

#[derive(Debug)]
pub(crate) struct TicketList {
    /// The tab that is open.
    pub(crate) stage: &'static str,
    pub(crate) tabs: Vec<Tab>,
    /// A place, a wait.
    pub(crate) narrowed: Option<String>,
    pub(crate) lines: Vec<TicketLine>,
    pub(crate) next: Option<String>,
    /// Whistles this body has not reported in to.
    pub(crate) waiting: Vec<WaitingView>,
    /// Parts of others' cases this body was asked for.
    pub(crate) parts: Vec<PartLine>,
    pub(crate) can_file: bool,
    pub(crate) can_confirm: bool,
    /// Whether this hat sends out or supervises cases, one or many.
    pub(crate) can_batch: bool,
    pub(crate) can_import: bool,
    pub(crate) can_warn: bool,
    /// 申请延期待审, where this hat answers them.
    pub(crate) extensions: Option<String>,
    /// 协办记录.
    pub(crate) can_join: bool,
}

#[derive(Debug)]
pub(crate) struct PartLine {
    pub(crate) ticket: TicketId,
    pub(crate) words: String,
    pub(crate) left: (&'static str, String),
}

#[derive(Debug)]
pub(crate) struct WaitingView {
    pub(crate) id: WhistleId,
    pub(crate) ticket: TicketId,
    pub(crate) words: String,
    pub(crate) left: (&'static str, String),
}

const PAGE: i64 = 50;
const TABS: [(&str, &str); 11] = [
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
];

/// A known stage's own code, or the first that has anything.
pub(crate) fn stage_code(code: &str) -> Option<&'static str> {
    TABS.iter().find(|it| it.0 == code).map(|it| it.0)
}

/// What the list is asked for, as it stands in the URL.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// The tab; the first that has anything when none was chosen.
    pub(crate) stage: Option<&'static str>,
    pub(crate) said: String,
    pub(crate) category: Option<String>,
    pub(crate) late: bool,
    pub(crate) extension: bool,
    pub(crate) within: Option<Within>,
    /// A step of the ladder of the overview.
    pub(crate) waited: Option<usize>,
    pub(crate) after: Option<(Timestamp, i64)>,
}

impl Tab {
    /// The number as people read it, where not all were counted.
    pub(crate) fn shown(&self) -> Option<String> {
        self.n.map(counted)
    }

    /// More late ones than were counted are told as such.
    pub(crate) fn shown_late(&self) -> String {
        let most = store::MOST_COUNTED;
        // Where not all were looked at there may be more of the late ones, too.
        let all = self.n.is_none_or(|n| n <= most);
        let late = self.late.min(most);
        if all { late.to_string() } else { format!("{late}以上") }
    }
}

impl Asked {
    pub(crate) fn filter(&self, stage: Option<&'static str>, now: Timestamp) -> Filter {
        Filter {
            // An extension waits in one stage only.
            stage: if self.extension { Some("accepted") } else { stage },
            said: self.said.clone(),
            category: self.category.clone(),
            late: self.late,
            asked: self.extension,
            within: self.within,
            filed: self.waited.and_then(|it| overview::rules::waited(it, now)),
            after: self.after,
        }
    }
}

fn counted(n: i64) -> String {
    let most = store::MOST_COUNTED;
    if n <= most { n.to_string() } else { format!("{most}以上") }
}

/// What a list is narrowed to besides its tab, in words.
fn narrowed(tx: &mut Tx<'_>, scope: &Scope, asked: &Asked) -> Result<Option<String>, Problem> {
    let mut words = vec![];
    match asked.within {
        Some(Within::County(id)) => {
            let city = divisions::city_of(tx, scope)?;
            words.extend(divisions::county_names(tx, city)?.remove(&id).map(|it| it.name));
        }
        Some(Within::Subdistrict(id)) => words.push(divisions::division(tx, id.into())?.name),
        Some(Within::Community(id)) => words.push(communities::load(tx, id.into())?.name),
        None => {}
    }
    let step = asked.waited.and_then(|it| overview::rules::STEPS.get(it));
    words.extend(step.map(|it| format!("受理以来{}", it.0)));
    words.extend(asked.extension.then(|| "申请延期待审".to_owned()));
    Ok((!words.is_empty()).then(|| words.join("，")))
}

pub(crate) fn list(tx: &mut Tx<'_>, asked: &Asked) -> Result<TicketList, Problem> {
    let actor = tx.ctx.actor.clone();
    let scope = policy::visible(&actor);
    let _seen = policy::may_list(&actor)?;
    let tonight = end_of(tx.ctx.today());
    let mut tabs = vec![];
    for (code, label) in TABS {
        // What is closed grows for ever: only what still waits for somebody is counted.
        let open = Stage::OPEN.contains(&code);
        if code == filters::OPEN {
            continue;
        }
        let waits = open || code == "answered";
        let (n, late, today) = if waits { store::count(tx, &scope, code, tonight)? } else { (0, 0, 0) };
        let n = waits.then_some(n);
        let (late, today) = if open { (late, today) } else { (0, 0) };
        tabs.push(Tab { code, label, n, late, today });
    }
    let stage = asked
        .stage
        .filter(|_| !asked.extension)
        .or(asked.extension.then_some("accepted"))
        .or_else(|| tabs.iter().find(|it| it.n.is_some_and(|it| 0 < it)).or(tabs.first()).map(|it| it.code))
        .unwrap_or("closed");
    let open = tabs.iter().filter(|it| Stage::OPEN.contains(&it.code));
    let sum =
        open.fold((0, 0, 0), |sum, it| (sum.0 + it.n.unwrap_or_default(), sum.1 + it.late, sum.2 + it.today));
    let (code, label) = TABS[0];
    tabs.insert(0, Tab { code, label, n: Some(sum.0), late: sum.1, today: sum.2 });
    let narrowed = narrowed(tx, &scope, asked)?;
    let filter = asked.filter(Some(stage), tx.ctx.now);
    let extensions = match policy::sends_out(&actor) {
        true => Some(counted(extensions::count(tx, &scope)?)).filter(|it| it != "0"),
        false => None,
    };
    let (within, filter) = parts::narrowest(tx, scope, filter)?;
    let mut found = store::list(tx, &within, &filter, PAGE + 1)?;
    let more = PAGE < found.len() as i64;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more);
    let next = next.map(|it| format!("{}~{}", it.dues.answer_by.as_microsecond(), i64::from(it.id)));
    let (mut lines, mut places) = (vec![], Places::default());
    for ticket in found {
        lines.push(line_at(tx, &mut places, ticket)?);
    }
    let waiting = waiting(tx)?;
    let asked_of_us = asked_of_us(tx)?;
    let can_file = policy::may_file_any(&actor);
    let can_confirm = profiles::may_confirm(&actor);
    let can_warn = crate::warnings::may_list(&actor);
    let can_import = crate::hotlines::may_import(&actor).is_ok();
    let can_batch = policy::dispatches_any(&actor);
    Ok(TicketList {
        stage,
        tabs,
        narrowed,
        lines,
        next,
        waiting,
        parts: asked_of_us,
        can_file,
        can_confirm,
        can_batch,
        can_import,
        can_warn,
        extensions,
        can_join: Body::of(&actor).is_some_and(|it| !matches!(it, Body::Enterprise(_))),
    })
}

/// The communities of a page, each read once: fifty cases of one community ask for it once.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<i64, Found>);

impl Places {
    pub(crate) fn of(&mut self, tx: &mut Tx<'_>, community: i64) -> Result<&Found, Problem> {
        Ok(match self.0.entry(community) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => {
                free.insert(communities::found_one(tx, community)?.ok_or(Problem::NotFound)?)
            }
        })
    }
}

pub(crate) fn line_of(tx: &mut Tx<'_>, it: Ticket) -> Result<TicketLine, Problem> {
    line_at(tx, &mut Places::default(), it)
}

/// The same with what is known of the page's places.
pub(crate) fn line_at(tx: &mut Tx<'_>, places: &mut Places, it: Ticket) -> Result<TicketLine, Problem> {
    let community = places.of(tx, it.place.community)?;
    let now = tx.ctx.now;
    Ok(TicketLine {
        number: number_of(&community.county, it.number),
        category: category_label(&it.category),
        place: format!("{} {}", community.name, it.building),
        stage: labels::stage(&it.stage),
        urgency: labels::urgency(it.urgency),
        level: it.level,
        due: labels::until(it.dues.answer_by),
        left: left(&it, now),
        body: shortened(&it.body),
        id: it.id,
    })
}

fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    let cut: String = text.chars().take(SHOWN).collect();
    if SHOWN < text.chars().count() { cut + "…" } else { cut }
}

fn left(it: &Ticket, now: Timestamp) -> (&'static str, String) {
    if !it.stage.is_open() {
        return ("done", String::new());
    }
    if rules::AGENDA_LEVEL <= it.level && it.verdicts.answered == Some(false) && it.dues.answer_by <= now {
        return ("late", "超期，待联席会议研究".to_owned());
    }
    let state = match it.dues.answer_by.duration_since(now).as_hours() {
        _ if it.dues.answer_by <= now => "late",
        0..24 => "soon",
        _ => "open",
    };
    let left = labels::left(it.dues.answer_by, now);
    // Late already; the level that was whistled has its own time.
    let again = it.verdicts.answered == Some(false) && now < it.dues.answer_by;
    if again { ("late", format!("已超期；吹哨后{left}")) } else { (state, left) }
}

fn waiting(tx: &mut Tx<'_>) -> Result<Vec<WaitingView>, Problem> {
    let now = tx.ctx.now;
    let mut views = vec![];
    for it in whistles(tx)? {
        let ticket = store::load(tx, it.ticket)?;
        let line = line_of(tx, ticket)?;
        views.push(WaitingView {
            id: it.id,
            ticket: it.ticket,
            words: format!("{} {} {}：{}", line.number, line.place.trim(), line.category, it.reason),
            left: (if it.report_by <= now { "late" } else { "soon" }, labels::left(it.report_by, now)),
        });
    }
    Ok(views)
}

/// 请我协办: parts of cases this body was asked for and has said nothing about yet.
fn asked_of_us(tx: &mut Tx<'_>) -> Result<Vec<PartLine>, Problem> {
    let Some(body) = Body::of(&tx.ctx.actor) else { return Ok(vec![]) };
    let today = tx.ctx.today();
    let mut views = vec![];
    for it in crate::joint::open_of(tx, body)? {
        let line = {
            let ticket = store::load(tx, it.ticket)?;
            line_of(tx, ticket)?
        };
        let words = format!("{} {} {}：{}", line.number, line.place.trim(), line.category, it.task);
        let left = if it.due_on < today {
            ("late", format!("应在{}前反馈，已超期", it.due_on))
        } else {
            ("soon", format!("{}前反馈", it.due_on))
        };
        views.push(PartLine { ticket: it.ticket, words, left });
    }
    Ok(views)
}

/// The whistles the actor's body has not reported in to.
pub(crate) fn whistles(tx: &mut Tx<'_>) -> Result<Vec<Whistle>, Problem> {
    let Some(body) = Body::of(&tx.ctx.actor) else { return Ok(vec![]) };
    let tenant = match body {
        Body::County(tenant) => tenant,
        Body::Subdistrict(id) | Body::Neighborhood(id) => {
            registry::divisions::division(tx, id.into())?.tenant
        }
        Body::Branch(id) | Body::Committee(id) => Tenant::of_id(id),
        Body::Department(id) => registry::departments::load(tx, id.into())?.tenant,
        // A company works in many counties; its cases stand in its list.
        Body::Enterprise(_) => return Ok(vec![]),
    };
    Ok(line::waiting(tx, tenant, body)?)
}

/// Of these communities, the ones this hat may file a case for.
pub(crate) fn own(
    tx: &mut Tx<'_>,
    found: impl IntoIterator<Item = communities::Found>,
) -> Result<Vec<communities::Found>, Problem> {
    let mut own = vec![];
    for it in found {
        let place = communities::load(tx, it.id)?.place;
        if policy::may_file_for(&tx.ctx.actor, &place).is_ok() {
            own.push(it);
        }
    }
    Ok(own)
}
