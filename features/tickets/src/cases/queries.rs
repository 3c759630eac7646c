//! What there is to see of cases, for those who work on them.

use ::store::Tx;
use app::{Sealed, Vault};
use calendar::end_of;
use jiff::Timestamp;
use kernel::{Problem, Tenant, beijing_minute};
use registry::communities;
use serde::Serialize;

use super::{
    bodies, labels, line, policy, rules,
    store::{self, Filter},
    types::{Body, Contact, Stage, Ticket, TicketId, WhistleId},
};
use crate::{
    profiles,
    reporting::{category_label, number_of},
};

/// A case for programs: codes beside labels, and nobody's name or phone.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct TicketData {
    #[schema(value_type = String)]
    pub(crate) id: TicketId,
    pub(crate) number: String,
    pub(crate) category: String,
    pub(crate) category_label: &'static str,
    pub(crate) urgency: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) body: String,
    #[schema(value_type = String)]
    pub(crate) community: communities::CommunityId,
    pub(crate) building: String,
    pub(crate) stage: &'static str,
    pub(crate) stage_label: &'static str,
    /// 吹哨 level, 1 to 4.
    pub(crate) level: i64,
    /// RFC 3339, UTC.
    pub(crate) filed_at: String,
    pub(crate) answer_by: String,
    /// Null until it was answered or overdue.
    pub(crate) answered_in_time: Option<bool>,
    pub(crate) solved: Option<bool>,
    pub(crate) satisfied: Option<bool>,
    pub(crate) version: i64,
}

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

/// How many of a stage there are, late and due today; the tab leads to a list that counts the same.
#[derive(Debug)]
pub(crate) struct Tab {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    pub(crate) n: i64,
    pub(crate) late: i64,
    pub(crate) today: i64,
}

#[derive(Debug)]
pub(crate) struct TicketList {
    pub(crate) tabs: Vec<Tab>,
    pub(crate) lines: Vec<TicketLine>,
    pub(crate) next: Option<String>,
    /// Whistles this body has not reported in to.
    pub(crate) waiting: Vec<WaitingView>,
    pub(crate) can_file: bool,
    pub(crate) can_confirm: bool,
}

#[derive(Debug)]
pub(crate) struct WaitingView {
    pub(crate) id: WhistleId,
    pub(crate) ticket: TicketId,
    pub(crate) words: String,
    pub(crate) left: (&'static str, String),
}

/// A case as those who work on it see it.
#[derive(Debug)]
pub(crate) struct TicketView {
    pub(crate) ticket: Ticket,
    pub(crate) number: String,
    pub(crate) category: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) urgency: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) openness: &'static str,
    pub(crate) community: communities::CommunityView,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) handler: Option<String>,
    pub(crate) level: &'static str,
    pub(crate) dues: Vec<(&'static str, String, &'static str, String)>,
    pub(crate) unconfirmed: bool,
    pub(crate) contact: Option<Contact>,
    pub(crate) steps: Vec<StepView>,
    pub(crate) whistles: Vec<WhistleView>,
    pub(crate) told: Vec<(String, String)>,
    pub(crate) photos: Vec<(i64, &'static str)>,
    pub(crate) choices: Vec<(String, String)>,
    pub(crate) may: May,
}

/// What this hat may do now; the page shows these and no others.
#[derive(Debug, Default)]
pub(crate) struct May {
    pub(crate) dispatch: bool,
    pub(crate) review: bool,
    pub(crate) accept: bool,
    pub(crate) answer: bool,
    pub(crate) extend: bool,
    pub(crate) close: bool,
    pub(crate) supervise: bool,
    pub(crate) merge: bool,
    pub(crate) blow: bool,
    pub(crate) attach: bool,
}

#[derive(Debug)]
pub(crate) struct StepView {
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) words: String,
    pub(crate) late: bool,
}

#[derive(Debug)]
pub(crate) struct WhistleView {
    pub(crate) id: WhistleId,
    pub(crate) level: &'static str,
    pub(crate) words: String,
    pub(crate) responder: String,
    pub(crate) state: (&'static str, String),
    pub(crate) rated: String,
    pub(crate) can_report_in: bool,
    pub(crate) can_rate: bool,
}

const PAGE: i64 = 50;
const TABS: [(&str, &str); 8] = [
    ("filed", "待派单"),
    ("dispatched", "待接单"),
    ("returned", "退单审核"),
    ("accepted", "处理中"),
    ("answered", "待评价"),
    ("closed", "已办结"),
    ("declined", "不予受理"),
    ("merged", "已合并"),
];

/// A known stage's own code, or the first that has anything.
pub(crate) fn stage_code(code: &str) -> Option<&'static str> {
    TABS.iter().find(|it| it.0 == code).map(|it| it.0)
}

pub(crate) fn list(
    tx: &mut Tx<'_>,
    stage: Option<&'static str>,
    category: Option<String>,
    late: bool,
    after: Option<(Timestamp, i64)>,
) -> Result<TicketList, Problem> {
    let actor = tx.ctx.actor.clone();
    let scope = policy::visible(&actor);
    let _seen = policy::may_list(&actor)?;
    let tonight = end_of(tx.ctx.today());
    let mut tabs = vec![];
    for (code, label) in TABS {
        let (n, late, today) = store::count(tx, &scope, code, tonight)?;
        let open = Stage::OPEN.contains(&code);
        tabs.push(Tab {
            code,
            label,
            n,
            late: if open { late } else { 0 },
            today: if open { today } else { 0 },
        });
    }
    let stage = stage.or_else(|| tabs.iter().find(|it| 0 < it.n).map(|it| it.code)).unwrap_or("filed");
    let filter = Filter { stage, category, late, after };
    let mut found = store::list(tx, &scope, &filter, PAGE + 1)?;
    let more = PAGE < found.len() as i64;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more);
    let next = next.map(|it| format!("{}~{}", it.dues.answer_by.as_microsecond(), i64::from(it.id)));
    let mut lines = vec![];
    for ticket in found {
        lines.push(line_of(tx, ticket)?);
    }
    let waiting = waiting(tx)?;
    let can_file = policy::may_file_any(&actor);
    let can_confirm = profiles::may_confirm(&actor);
    Ok(TicketList { tabs, lines, next, waiting, can_file, can_confirm })
}

fn line_of(tx: &mut Tx<'_>, it: Ticket) -> Result<TicketLine, Problem> {
    let community = communities::load(tx, it.place.community.into())?;
    let community = communities::shown(tx, community)?;
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
        body: it.body.chars().take(40).collect(),
        id: it.id,
    })
}

fn left(it: &Ticket, now: Timestamp) -> (&'static str, String) {
    if !it.stage.is_open() {
        return ("done", String::new());
    }
    let state = match it.dues.answer_by.duration_since(now).as_hours() {
        _ if it.dues.answer_by <= now => "late",
        0..24 => "soon",
        _ => "open",
    };
    (state, labels::left(it.dues.answer_by, now))
}

fn waiting(tx: &mut Tx<'_>) -> Result<Vec<WaitingView>, Problem> {
    let Some(body) = Body::of(&tx.ctx.actor) else { return Ok(vec![]) };
    let tenant = match body {
        Body::County(tenant) => tenant,
        Body::Subdistrict(id) | Body::Neighborhood(id) => {
            registry::divisions::division(tx, id.into())?.tenant
        }
        Body::Branch(id) | Body::Committee(id) => Tenant::of_id(id),
        // A company works in many counties; its cases stand in its list.
        Body::Enterprise(_) => return Ok(vec![]),
    };
    let now = tx.ctx.now;
    let view = |it: super::types::Whistle| WaitingView {
        id: it.id,
        ticket: it.ticket,
        words: format!("{}：{}", it.blown_by, it.reason),
        left: (if it.report_by <= now { "late" } else { "soon" }, labels::left(it.report_by, now)),
    };
    Ok(line::waiting(tx, tenant, body)?.into_iter().map(view).collect())
}

/// One case, for a program that signed in as somebody.
pub(crate) fn data(tx: &mut Tx<'_>, id: TicketId) -> Result<TicketData, Problem> {
    let it = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &it.place)?;
    let community = communities::load(tx, it.place.community.into())?;
    let county = communities::shown(tx, community)?.county;
    Ok(TicketData {
        id: it.id,
        number: number_of(&county, it.number),
        category_label: category_label(&it.category),
        urgency: it.urgency.code(),
        channel: it.channel.code(),
        community: it.place.community.into(),
        stage: it.stage.code(),
        stage_label: labels::stage(&it.stage).1,
        level: it.level,
        filed_at: it.filed_at.to_string(),
        answer_by: it.dues.answer_by.to_string(),
        answered_in_time: it.verdicts.answered,
        solved: it.solved,
        satisfied: it.satisfied,
        version: it.version,
        category: it.category,
        body: it.body,
        building: it.building,
    })
}

pub(crate) fn ticket(tx: &mut Tx<'_>, vault: &Vault, id: TicketId) -> Result<TicketView, Problem> {
    let ticket = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &ticket.place)?;
    let (actor, place, now) = (tx.ctx.actor.clone(), ticket.place, tx.ctx.now);
    let community = {
        let community = communities::load(tx, place.community.into())?;
        communities::shown(tx, community)?
    };
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let contact = if policy::may_see_contact(&actor, &place, ticket.openness) {
        let text = vault.open_sealed(&Sealed(ticket.contact.clone())).map_err(Problem::Broken)?;
        Some(serde_json::from_str::<Contact>(&text).map_err(|it| Problem::Broken(it.into()))?)
    } else {
        None
    };
    let handlers = super::actions::handlers(tx, &ticket)?;
    let handler = match ticket.stage.handler() {
        Some(body) => Some(bodies::name(tx, body)?),
        None => None,
    };
    let mut told = vec![];
    for it in line::told(tx, id)? {
        let state = it
            .seen_at
            .map_or("站内已送达，未读".to_owned(), |at| format!("{}已读", beijing_minute(at)));
        told.push((bodies::name(tx, it.body)?, state));
    }
    let steps = line::steps(tx, id)?.into_iter().map(|it| StepView {
        at: beijing_minute(it.at),
        late: it.step == "late",
        by: it.by,
        words: it.words,
    });
    Ok(TicketView {
        number: number_of(&community.county, ticket.number),
        category: category_label(&ticket.category),
        kind: labels::kind(ticket.kind),
        urgency: labels::urgency(ticket.urgency),
        channel: labels::channel(ticket.channel),
        openness: labels::openness(ticket.openness),
        stage: labels::stage(&ticket.stage),
        level: labels::level(ticket.level),
        dues: dues(&ticket, now),
        unconfirmed: profile.unconfirmed,
        steps: steps.collect(),
        whistles: whistles(tx, &ticket)?,
        photos: files::of_subject(tx, id.into())?
            .into_iter()
            .filter(|it| it.media.is_picture())
            .map(|it| (it.id.into(), crate::reporting::slot_label(&it.slot)))
            .collect(),
        choices: bodies::choices(tx, &place)?.into_iter().map(|it| (it.0, it.1)).collect(),
        may: may(&actor, &ticket, &handlers),
        handler,
        told,
        contact,
        community,
        ticket,
    })
}

fn may(actor: &kernel::Actor, it: &Ticket, handlers: &[Body]) -> May {
    let (place, dispatches) = (&it.place, policy::may_dispatch(actor, &it.place).is_ok());
    let handles = policy::may_handle(actor, place, handlers).is_ok();
    May {
        dispatch: dispatches && matches!(it.stage, Stage::Filed | Stage::Returned { .. }),
        review: dispatches && matches!(it.stage, Stage::Returned { .. }),
        accept: handles && matches!(it.stage, Stage::Dispatched { .. }),
        answer: handles && matches!(it.stage, Stage::Accepted { .. }),
        extend: dispatches && it.extended == 0 && matches!(it.stage, Stage::Accepted { .. }),
        close: policy::may_close(actor, place).is_ok() && matches!(it.stage, Stage::Answered { .. }),
        supervise: policy::may_supervise(actor, place).is_ok() && it.stage.is_open(),
        merge: dispatches && it.stage.is_open(),
        blow: it.stage.is_open() && policy::may_blow(actor, place, it.level + 1).is_ok(),
        attach: handles && rules::attach(it, 0).is_ok(),
    }
}

/// Step, deadline, colour, verdict.
fn dues(it: &Ticket, now: Timestamp) -> Vec<(&'static str, String, &'static str, String)> {
    let line = |name, due: Timestamp, verdict: Option<bool>| {
        let (state, words) = match verdict {
            Some(true) => ("done", "按时".to_owned()),
            Some(false) => ("late", "超期".to_owned()),
            None if !it.stage.is_open() => ("done", "—".to_owned()),
            None if due <= now => ("late", labels::left(due, now)),
            None => ("open", labels::left(due, now)),
        };
        (name, labels::until(due), state, words)
    };
    vec![
        line("派单", it.dues.dispatch_by, it.verdicts.dispatched),
        line("联系群众", it.dues.contact_by, it.verdicts.contacted),
        line("答复", it.dues.answer_by, it.verdicts.answered),
    ]
}

fn whistles(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<WhistleView>, Problem> {
    let (actor, now) = (tx.ctx.actor.clone(), tx.ctx.now);
    let mut views = vec![];
    for it in line::whistles(tx, ticket.id)? {
        let own = policy::may_report_in(&actor, &ticket.place, it.responder).is_ok();
        let below = policy::may_rate_responder(&actor, &ticket.place, it.level).is_ok();
        let state = match (it.reported_at, it.reported_in_time) {
            (Some(at), Some(true)) => ("done", format!("{}报到", beijing_minute(at))),
            (Some(at), _) => ("late", format!("{}报到，超期", beijing_minute(at))),
            (None, _) if it.report_by <= now => {
                ("late", format!("未报到，{}", labels::left(it.report_by, now)))
            }
            (None, _) => ("soon", format!("{}前报到", labels::until(it.report_by))),
        };
        let score = |it: Option<i64>| it.map_or("未评".to_owned(), |it| format!("{it}分"));
        views.push(WhistleView {
            id: it.id,
            level: labels::level(it.level),
            words: format!("{}吹哨：{}", it.blown_by, it.reason),
            responder: bodies::name(tx, it.responder)?,
            state,
            rated: format!("对报到：{}，对吹哨：{}", score(it.of_responder), score(it.of_blower)),
            can_report_in: own && it.reported_at.is_none(),
            can_rate: it.reported_at.is_some()
                && ((own && it.of_blower.is_none()) || (below && !own && it.of_responder.is_none())),
        });
    }
    Ok(views)
}

/// One photo of a case, for whoever may see it.
pub(crate) fn photo(
    tx: &mut Tx<'_>,
    id: TicketId,
    photo: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let ticket = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &ticket.place)?;
    files::attachment(tx, id.into(), photo)
}
