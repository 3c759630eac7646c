//! What a reporter, a follower and a passer-by see of a case.

use ::store::Tx;
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, beijing_minute};
use registry::communities;

use super::{actions, rules as own};
use crate::{
    cases::{
        bodies, labels, line,
        rules::rated_handler,
        stages::{self, StageView},
        store,
        types::{Openness, Stage, Ticket, TicketId},
    },
    profiles::{self, rules::category},
};

/// Where it is, who has it, how long is left, and what comes next.
#[derive(Debug)]
pub(crate) struct TrackView {
    pub(crate) number: String,
    pub(crate) category: &'static str,
    pub(crate) stage: (&'static str, &'static str),
    /// One plain line.
    pub(crate) plain: String,
    pub(crate) unconfirmed: bool,
    pub(crate) stages: Vec<StageView>,
    pub(crate) steps: Vec<(String, String, String)>,
    pub(crate) body: String,
    /// What was answered, while it waits to be rated.
    pub(crate) answer: String,
    pub(crate) place: String,
    pub(crate) photos: Vec<(i64, String)>,
    pub(crate) can_rate: bool,
    pub(crate) can_act: bool,
    /// Whether it is in the list of whoever looks; nothing for who has none.
    pub(crate) kept: Option<bool>,
    /// A follower reads on, and does nothing.
    pub(crate) follows: bool,
}

/// A case as one of its reporter's, in a few lines.
#[derive(Debug)]
pub(crate) struct Brief {
    pub(crate) number: String,
    pub(crate) category: &'static str,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) plain: String,
    pub(crate) place: String,
    pub(crate) body: String,
    pub(crate) filed: String,
}

/// An open public case of the same place.
#[derive(Debug)]
pub(crate) struct NearbyView {
    pub(crate) id: TicketId,
    pub(crate) category: &'static str,
    pub(crate) building: String,
    pub(crate) body: String,
    pub(crate) since: String,
}

/// Whom a community's residents may turn to besides: who is named for their troubles (SC-065), and at which windows (FX-057).
#[derive(Debug, Default)]
pub(crate) struct Desks {
    pub(crate) handlers: Vec<String>,
    pub(crate) windows: Vec<String>,
}

pub(crate) fn desks(tx: &mut Tx<'_>, community: i64) -> Result<Desks, Problem> {
    let community = registry::communities::load(tx, community.into())?;
    let handlers = registry::records::in_force(tx, &community, "complaint_handler")?;
    let windows = registry::records::in_force(tx, &community, "service_window")?;
    Ok(Desks {
        handlers: handlers.into_iter().map(|it| it.1).collect(),
        windows: windows.into_iter().map(|(services, it)| format!("{it}（{services}）")).collect(),
    })
}

/// By the reporter's own code, or a follower's.
pub(crate) fn track(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    code: &str,
) -> Result<TrackView, Problem> {
    let typed = own::typed_code(code).ok_or(Problem::NotFound)?;
    let mark = vault.look_up(&typed);
    match store::of_code(tx, &mark)? {
        Some(ticket) => view(tx, calendar, ticket, false),
        None => {
            let followed = line::followed(tx, &mark)?.ok_or(Problem::NotFound)?;
            let ticket = store::load(tx, followed)?;
            view(tx, calendar, ticket, true)
        }
    }
}

/// By number and phone tail: stage and deadline only.
pub(crate) fn glance(
    tx: &mut Tx<'_>,
    vault: &Vault,
    county: i64,
    number: i64,
    tail: &str,
) -> Result<(String, String), Problem> {
    let mark = crate::cases::actions::tail_mark(vault, county, number, tail);
    let ticket = store::of_tail(tx, county, number, &mark)?.ok_or(Problem::NotFound)?;
    let stage = labels::stage(&ticket.stage).1.to_owned();
    let due = if ticket.stage.is_open() {
        format!("{}前答复", labels::until(ticket.dues.answer_by))
    } else {
        String::new()
    };
    Ok((stage, due))
}

/// 舒城县-000123.
pub(crate) fn number_of(county: &str, number: i64) -> String {
    format!("{county}-{number:06}")
}

fn view(tx: &mut Tx<'_>, calendar: &Calendar, ticket: Ticket, follows: bool) -> Result<TrackView, Problem> {
    // A merged case leads its reporter on to the one that is worked on, through however many merges.
    let (ticket, merged, joined) = worked_on(tx, ticket)?;
    let community = {
        let community = communities::load(tx, ticket.place.community.into())?;
        communities::shown(tx, community)?
    };
    let (profile, ..) = profiles::of_county(tx, kernel::Tenant::of_id(ticket.id.into()))?;
    let mut kept = line::steps(tx, ticket.id)?;
    kept.extend(joined);
    kept.sort_by_key(|it| it.at);
    let handler = match ticket.stage.handler() {
        Some(handler) => bodies::name(tx, handler)?,
        None => String::new(),
    };
    let (stage, plain) = (labels::stage(&ticket.stage), plain(&ticket, &handler, tx.ctx.now));
    let answer = match &ticket.stage {
        Stage::Answered { answer, .. } => answer.clone(),
        _ => String::new(),
    };
    let own_words = !follows || ticket.openness == Openness::Public;
    let photos = if own_words { files::of_subject(tx, ticket.id.into())? } else { vec![] };
    let rates = rated_handler(&ticket, tx.ctx.now, &profile, calendar).is_some();
    Ok(TrackView {
        number: number_of(&community.county, ticket.number),
        category: category_label(&ticket.category),
        stage,
        plain,
        answer,
        unconfirmed: profile.unconfirmed,
        stages: stages::of(&ticket, &kept),
        steps: kept
            .into_iter()
            .filter(|it| it.open)
            .map(|it| (beijing_minute(it.at), it.by, it.words))
            .collect(),
        body: if own_words { ticket.body.clone() } else { String::new() },
        place: format!("{} {}", community.name, ticket.building),
        photos: photos
            .into_iter()
            .filter(|it| it.media.is_picture())
            .map(|it| (it.id.into(), slot_label(&it.slot).to_owned()))
            .collect(),
        can_rate: rates && !follows && !merged,
        kept: crate::mine::is_kept(tx, ticket.id)?,
        can_act: ticket.stage.is_open() && !follows && !merged,
        follows,
    })
}

/// The same in a few lines, for a list of somebody's own.
pub(crate) fn brief(tx: &mut Tx<'_>, ticket: Ticket) -> Result<Brief, Problem> {
    let (ticket, ..) = worked_on(tx, ticket)?;
    let community = communities::found_one(tx, ticket.place.community)?.ok_or(Problem::NotFound)?;
    let handler = match ticket.stage.handler() {
        Some(handler) => bodies::name(tx, handler)?,
        None => String::new(),
    };
    Ok(Brief {
        number: number_of(&community.county, ticket.number),
        category: category_label(&ticket.category),
        stage: labels::stage(&ticket.stage),
        plain: plain(&ticket, &handler, tx.ctx.now),
        place: format!("{} {}", community.name, ticket.building),
        body: ticket.body,
        filed: beijing_minute(ticket.filed_at),
    })
}

/// The case as it stands where it is worked on, whether that is another, and of the other's line only what was answered:
/// never what its reporter said, nor what was agreed with them.
fn worked_on(tx: &mut Tx<'_>, ticket: Ticket) -> Result<(Ticket, bool, Vec<line::Kept>), Problem> {
    let (mut at, mut merged, mut steps) = (ticket.clone(), false, vec![]);
    // A merge goes into an open case only, so a chain is as short as the merges somebody made.
    for _ in 0..32 {
        let Stage::Merged { into } = at.stage else { break };
        merged = true;
        at = store::load(tx, into)?;
        steps = line::steps(tx, into)?;
        steps.retain(|it| it.step == "answered");
    }
    Ok((Ticket { stage: at.stage, dues: at.dues, closed_at: at.closed_at, ..ticket }, merged, steps))
}

pub(crate) fn slot_label(slot: &str) -> &'static str {
    match slot {
        "before" => "处理前",
        "after" => "处理后",
        _ => "反映时",
    }
}

fn plain(ticket: &Ticket, handler: &str, now: jiff::Timestamp) -> String {
    let due = format!(
        "{}前答复，{}",
        labels::until(ticket.dues.answer_by),
        labels::left(ticket.dues.answer_by, now)
    );
    match &ticket.stage {
        Stage::Filed => format!("已受理，正在派单。{due}。"),
        Stage::Dispatched { .. } => format!("已派给{handler}，会先联系您。{due}。"),
        Stage::Returned { .. } => format!("{handler}对职责有疑问，正在审核由谁办理，时限不停。{due}。"),
        Stage::Accepted { .. } if 1 < ticket.level => {
            format!("{handler}正在处理，已升级到{}。{due}。", labels::level(ticket.level))
        }
        Stage::Accepted { .. } => format!("{handler}正在处理。{due}；超期会自动吹哨到上一级。"),
        Stage::Answered { .. } => format!("{handler}已答复，请在下面评价是否解决、是否满意。"),
        Stage::Closed { .. } => "已办结。".to_owned(),
        Stage::Declined { reason } => format!("不予受理：{reason}"),
        Stage::Transferred { line } => format!("已转：{line}"),
        Stage::Withdrawn => "您已撤回。".to_owned(),
        Stage::Merged { .. } => "与同一问题一并办理。".to_owned(),
    }
}

pub(crate) fn category_label(code: &str) -> &'static str {
    category(code).map_or("其他", |it| it.title.as_str())
}

/// One photo of a case, for whoever holds its code.
pub(crate) fn photo(
    tx: &mut Tx<'_>,
    vault: &Vault,
    code: &str,
    id: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let ticket = actions::held(tx, vault, code)?;
    files::attachment(tx, ticket.id.into(), id)
}

/// Is it one of these? Public and open ones of the community.
pub(crate) fn nearby(tx: &mut Tx<'_>, community: i64) -> Result<Vec<NearbyView>, Problem> {
    let view = |it: Ticket| NearbyView {
        id: it.id,
        category: category_label(&it.category),
        since: beijing_minute(it.filed_at),
        building: it.building,
        body: it.body,
    };
    Ok(store::nearby(tx, community)?.into_iter().map(view).collect())
}
