//! The list of cases, and what waits for the body that looks: whistles, parts of others' cases.

use ::store::Tx;
use jiff::{Timestamp, ToSpan as _, civil::Date};
use kernel::{Actor, Problem, Scope, Tenant};
use registry::communities;

use super::{
    choices::{self, Choices},
    extensions,
    filters::{self, After, Filter, Held, Turn, Whose, Within},
    labels, line, listing, parts, policy,
    rows::{Places, TicketLine, line_at, line_of},
    store,
    tabs::{self, Tab, Turns},
    types::{Body, Channel, TicketId, Whistle, WhistleId},
};
use crate::{overview, profiles, systems};

#[derive(Debug)]
pub(crate) struct TicketList {
    /// The tab that is open; empty where it is asked whose turn it is.
    pub(crate) stage: &'static str,
    pub(crate) tabs: Vec<Tab>,
    /// 工作台, of whoever has cases or sends them out.
    pub(crate) turns: Option<Turns>,
    pub(crate) choices: Choices,
    /// A place, a wait.
    pub(crate) narrowed: Option<String>,
    pub(crate) lines: Vec<TicketLine>,
    pub(crate) next: Option<String>,
    /// Whistles this body has not reported in to.
    pub(crate) waiting: Vec<WaitingView>,
    /// Cases it has reported in to and may see through, which stand with somebody else.
    pub(crate) came: Vec<PartLine>,
    /// Parts of others' cases this body was asked for.
    pub(crate) parts: Vec<PartLine>,
    pub(crate) can_file: bool,
    pub(crate) can_confirm: bool,
    /// Whether this hat sends out or supervises cases, one or many.
    pub(crate) can_batch: bool,
    pub(crate) can_dispatch: bool,
    pub(crate) can_supervise: bool,
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
/// 全部状态 without chosen days.
const DAYS_SHOWN: i64 = 30;

/// What the list is asked for, as it stands in the URL.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// The tab; the first that has anything when none was chosen.
    pub(crate) stage: Option<&'static str>,
    pub(crate) said: String,
    pub(crate) category: Option<String>,
    pub(crate) late: bool,
    /// 今日到期.
    pub(crate) today: bool,
    pub(crate) extension: bool,
    pub(crate) within: Option<Within>,
    pub(crate) whose: Option<Whose>,
    pub(crate) held: Option<Held>,
    pub(crate) channel: Option<Channel>,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    /// A step of the ladder of the overview.
    pub(crate) waited: Option<usize>,
    pub(crate) after: Option<After>,
    /// The outside numbers are asked for.
    pub(crate) outside: bool,
}

impl Asked {
    /// The days chosen, in whichever order they were typed; 全部状态 has always some.
    pub(crate) fn days(&self, today: Date) -> Option<(Date, Date)> {
        let usual = self.stage == Some(filters::ALL) && self.said.is_empty();
        let (from, to) = match (self.from, self.to) {
            (None, None) if !usual => return None,
            (from, to) => {
                let to = to.unwrap_or(today);
                (from.unwrap_or(to.saturating_sub(DAYS_SHOWN.days())), to)
            }
        };
        Some((from.min(to), from.max(to)))
    }

    /// Whose turn it is, where it is asked; a search asks nobody.
    fn turn(&self, actor: &Actor) -> Option<Turn> {
        self.whose.filter(|_| self.said.is_empty()).map(|it| tabs::turn(actor, it))
    }

    pub(crate) fn filter(
        &self,
        actor: &Actor,
        stage: Option<&'static str>,
        now: Timestamp,
        today: Date,
    ) -> Filter {
        let turn = self.turn(actor);
        Filter {
            // An extension waits in one stage only; everything together is no stage.
            stage: if self.extension { Some("accepted") } else { stage.filter(|it| *it != filters::ALL) },
            said: self.said.clone(),
            category: self.category.clone(),
            late: self.late,
            tonight: self.today.then(|| calendar::end_of(today)),
            asked: self.extension,
            within: self.within,
            filed: self.waited.and_then(|it| overview::rules::waited(it, now)),
            days: self.days(today),
            turn,
            held: self.held,
            channel: self.channel,
            after: self.after,
        }
    }
}

/// What a list is narrowed to besides its tab, in words.
fn narrowed(tx: &mut Tx<'_>, scope: &Scope, asked: &Asked) -> Result<Option<String>, Problem> {
    let mut words = vec![];
    if let Some(within) = asked.within {
        words.push(choices::name_of(tx, scope, within)?);
    }
    let step = asked.waited.and_then(|it| overview::rules::STEPS.get(it));
    words.extend(step.map(|it| format!("受理以来{}", it.0)));
    words.extend(asked.extension.then(|| "申请延期待审".to_owned()));
    words.extend(asked.today.then(|| "今日到期".to_owned()));
    // The days are said wherever they leave something out, be they chosen or the last month's.
    let days = asked.days(tx.ctx.today());
    words.extend(days.map(|(from, to)| format!("{from}至{to}受理的（可在“来源和受理日期”里改）")));
    words.retain(|it| !it.is_empty());
    Ok((!words.is_empty()).then(|| words.join("，")))
}

pub(crate) fn list(tx: &mut Tx<'_>, asked: &Asked) -> Result<TicketList, Problem> {
    let actor = tx.ctx.actor.clone();
    let scope = policy::visible(&actor);
    let _seen = policy::may_list(&actor)?;
    let (tabs, turns) = tabs::of(tx, &scope)?;
    let turn = asked.turn(&actor);
    let first =
        || tabs.iter().filter(|it| it.is_single()).find(|it| it.holds_any()).map_or("closed", |it| it.code);
    let stage = match (asked.extension, asked.stage) {
        (true, _) => Some("accepted"),
        (false, Some(stage)) => Some(stage),
        (false, None) if turn.is_some() => None,
        (false, None) => Some(first()),
    };
    let narrowed = narrowed(tx, &scope, asked)?;
    let extensions = match policy::sends_out(&actor) {
        true => Some(tabs::counted(extensions::count(tx, &scope)?)).filter(|it| it != "0"),
        false => None,
    };
    let choices = choices::choices(tx, &scope, asked.within, asked.held)?;
    let filter = asked.filter(&actor, stage, tx.ctx.now, tx.ctx.today());
    let by_day = filter.by_day();
    let (within, filter) = parts::narrowest(tx, scope, filter)?;
    let mut found = listing::list(tx, &within, &filter, PAGE + 1)?;
    let more = PAGE < found.len() as i64;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|it| after(it, by_day).to_string());
    let (mut lines, mut places) = (vec![], Places::default());
    for ticket in found {
        lines.push(line_at(tx, &mut places, ticket)?);
    }
    if asked.outside {
        name_outside(tx, &mut lines)?;
    }
    let waiting = waiting(tx)?;
    let (asked_of_us, came) = (asked_of_us(tx)?, came(tx)?);
    let can_file = policy::may_file_any(&actor);
    let can_confirm = profiles::may_confirm(&actor);
    let can_warn = crate::warnings::may_list(&actor);
    let can_import = crate::hotlines::may_import(&actor).is_ok();
    let can_batch = policy::dispatches_any(&actor);
    Ok(TicketList {
        stage: stage.unwrap_or_default(),
        tabs,
        turns,
        choices,
        narrowed,
        lines,
        next,
        waiting,
        came,
        parts: asked_of_us,
        can_file,
        can_confirm,
        can_batch,
        can_dispatch: policy::sends_out(&actor),
        can_supervise: policy::supervises(&actor),
        can_import,
        can_warn,
        extensions,
        can_join: Body::of(&actor).is_some_and(|it| !matches!(it, Body::Enterprise(_))),
    })
}

impl TicketList {
    /// What waits besides the cases themselves: whistles to report in to, what one came for, parts of others' cases.
    pub(crate) fn calls(&self) -> usize {
        self.waiting.len() + self.came.len() + self.parts.len()
    }
}

/// Where the page after this case begins.
pub(crate) fn after(it: &super::types::Ticket, by_day: bool) -> After {
    let id = it.id.into();
    if by_day { After::Day(kernel::beijing_date(it.filed_at), id) } else { After::Due(it.dues.answer_by, id) }
}

/// Fills in what other systems call the cases of a page.
pub(crate) fn name_outside(tx: &mut Tx<'_>, lines: &mut [TicketLine]) -> Result<(), Problem> {
    let ids: Vec<TicketId> = lines.iter().map(|it| it.id).collect();
    let mut named = systems::store::called_all(tx, &ids)?;
    for it in lines {
        it.outside = named.remove(&i64::from(it.id)).unwrap_or_default().join("，");
    }
    Ok(())
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
            words: format!("{} {} {}：{}", line.number, line.place(), line.category, it.reason),
            left: (if it.report_by <= now { "late" } else { "soon" }, labels::left(it.report_by, now)),
        });
    }
    Ok(views)
}

/// 已报到: whoever came may take the case over and answer it, so it stays in sight until somebody has.
fn came(tx: &mut Tx<'_>) -> Result<Vec<PartLine>, Problem> {
    let now = tx.ctx.now;
    let mut views = vec![];
    for it in came_for(tx)? {
        let ticket = store::load(tx, it.ticket)?;
        let due = ticket.dues.answer_by;
        let line = line_of(tx, ticket)?;
        views.push(PartLine {
            ticket: it.ticket,
            words: format!("{} {} {}：{}", line.number, line.place(), line.category, line.short()),
            left: (if due <= now { "late" } else { "soon" }, format!("答复{}", labels::left(due, now))),
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
        let words = format!("{} {} {}：{}", line.number, line.place(), line.category, it.task);
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
    match whistled_for(tx)? {
        Some((tenant, body)) => Ok(line::waiting(tx, tenant, body)?),
        None => Ok(vec![]),
    }
}

/// Those it has reported in to, while others have the case.
pub(crate) fn came_for(tx: &mut Tx<'_>) -> Result<Vec<Whistle>, Problem> {
    let Some((tenant, body)) = whistled_for(tx)? else { return Ok(vec![]) };
    let mut came: Vec<Whistle> = vec![];
    for it in line::came(tx, tenant, body)? {
        // Called twice to one case it has it once.
        if came.iter().all(|known| known.ticket != it.ticket) {
            came.push(it);
        }
    }
    Ok(came)
}

/// The actor's body and its county, where it may be whistled for.
fn whistled_for(tx: &mut Tx<'_>) -> Result<Option<(Tenant, Body)>, Problem> {
    let Some(body) = Body::of(&tx.ctx.actor) else { return Ok(None) };
    let tenant = match body {
        Body::County(tenant) => tenant,
        Body::Subdistrict(id) | Body::Neighborhood(id) => {
            registry::divisions::division(tx, id.into())?.tenant
        }
        Body::Branch(id) | Body::Committee(id) => Tenant::of_id(id),
        Body::Department(id) => registry::departments::load(tx, id.into())?.tenant,
        // A company works in many counties; its cases stand in its list.
        Body::Enterprise(_) => return Ok(None),
    };
    Ok(Some((tenant, body)))
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
