//! What a reporter, a follower and a passer-by see of a case.

use ::store::Tx;
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, beijing_minute};
use registry::communities;

use super::actions;
use crate::{
    cases::{
        bodies, corrections, labels, line,
        rules::{Unsolved, rated_handler, rated_until, unsolved_leads},
        stages::{self, StageView},
        store,
        types::{Openness, Outcome, Stage, Ticket, TicketId},
    },
    profiles::{self, rules::category, types::Profile},
};

/// Where it is, who has it, how long is left, and what comes next.
#[derive(Debug)]
pub(crate) struct TrackView {
    pub(crate) number: String,
    pub(crate) category: &'static str,
    pub(crate) stage: (&'static str, &'static str),
    /// 表扬: nothing is to come.
    pub(crate) is_noted: bool,
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
    /// What 没有解决 leads to, as a sentence's end.
    pub(crate) unsolved: &'static str,
    pub(crate) can_act: bool,
    /// Until when the reporter may object to its having been declined or sent elsewhere.
    pub(crate) object_until: Option<String>,
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
    let (ticket, follows) = actions::by_code(tx, vault, code)?;
    view(tx, calendar, ticket, follows)
}

/// By number and phone tail: stage and deadline only.
pub(crate) fn glance(
    tx: &mut Tx<'_>,
    vault: &Vault,
    county: i64,
    number: i64,
    tail: &str,
) -> Result<(String, String), Problem> {
    let mark = crate::cases::filing::tail_mark(vault, county, number, tail);
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
    let rates = rated_handler(&ticket, tx.ctx.now, &profile, calendar).is_some();
    let own_part = !follows && !merged;
    let studied = crate::meetings::decided(&kept);
    let around = around(tx, &ticket, (follows, rates && own_part), &profile, calendar)?;
    let (stage, plain) = (labels::stage(&ticket.stage), plain(&ticket, &around, tx.ctx.now));
    let answer = match &ticket.stage {
        Stage::Answered { answer, .. } => answer.clone(),
        _ => String::new(),
    };
    let refused = matches!(ticket.stage, Stage::Declined { .. } | Stage::Transferred { .. });
    let object_until = actions::refusal(&kept).filter(|it| refused && !it.1);
    let object_until = object_until.map(|it| profile.after(it.0, profile.rate_within, calendar));
    let object_until = object_until.filter(|it| tx.ctx.now < *it).map(labels::until);
    let own_words = !follows || ticket.openness == Openness::Public;
    let photos = if own_words { files::of_subject(tx, ticket.id.into())? } else { vec![] };
    Ok(TrackView {
        number: number_of(&community.county, ticket.number),
        category: category_label(&ticket.category),
        stage,
        is_noted: corrections::is_noted(&ticket.stage),
        plain,
        answer,
        unconfirmed: store::is_draft(tx, ticket.id)?,
        stages: stages::of(&ticket, &kept),
        steps: kept
            .into_iter()
            .filter(|it| it.open)
            .filter_map(|it| {
                Some((
                    beijing_minute(it.at),
                    it.by,
                    if follows { told(&it.step, &it.words)? } else { it.words },
                ))
            })
            .collect(),
        body: if own_words { ticket.body.clone() } else { String::new() },
        place: format!("{} {}", community.name, ticket.building),
        photos: photos
            .into_iter()
            .filter(|it| it.media.is_picture())
            .map(|it| (it.id.into(), slot_label(&it.slot).to_owned()))
            .collect(),
        can_rate: rates && own_part,
        unsolved: unsolved(&ticket, &profile, studied),
        kept: crate::mine::is_kept(tx, ticket.id)?,
        object_until: object_until.filter(|_| own_part),
        can_act: ticket.stage.is_open() && own_part,
        follows,
    })
}

/// The same in a few lines, for a list of somebody's own.
pub(crate) fn brief(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    ticket: Ticket,
    follows: bool,
) -> Result<Brief, Problem> {
    let (ticket, merged, _) = worked_on(tx, ticket)?;
    let community = communities::found_one(tx, ticket.place.community)?.ok_or(Problem::NotFound)?;
    let (profile, ..) = profiles::of_county(tx, kernel::Tenant::of_id(ticket.id.into()))?;
    let rates = rated_handler(&ticket, tx.ctx.now, &profile, calendar).is_some();
    let around = around(tx, &ticket, (follows, rates && !follows && !merged), &profile, calendar)?;
    Ok(Brief {
        number: number_of(&community.county, ticket.number),
        category: category_label(&ticket.category),
        stage: labels::stage(&ticket.stage),
        plain: plain(&ticket, &around, tx.ctx.now),
        place: format!("{} {}", community.name, ticket.building),
        body: ticket.body,
        filed: beijing_minute(ticket.filed_at),
    })
}

/// What the one plain line has to know besides the case.
struct Around {
    handler: String,
    /// Whoever has it can call the reporter.
    reachable: bool,
    /// Until when whoever looks may rate it.
    rate_until: Option<jiff::Timestamp>,
    follows: bool,
    /// Looked into once more, by the reporter's objection.
    objected: bool,
}

fn around(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    (follows, rates): (bool, bool),
    profile: &Profile,
    calendar: &Calendar,
) -> Result<Around, Problem> {
    let has = ticket.stage.handler();
    let until = match ticket.stage {
        Stage::Answered { .. } => ticket.wakes_at,
        _ => rated_until(ticket, profile, calendar),
    };
    Ok(Around {
        handler: match has {
            Some(handler) => bodies::name(tx, handler)?,
            None => String::new(),
        },
        reachable: store::is_reachable(tx, ticket)?,
        rate_until: until.filter(|_| rates),
        follows,
        objected: ticket.stage == Stage::Filed && line::asks_again(&line::steps(tx, ticket.id)?),
    })
}

/// A step as a follower reads it: that it was done, and nothing that staff and the reporter said to each other. What is not named here
/// is not told.
fn told(step: &str, words: &str) -> Option<String> {
    let own = |it: &str| Some(it.to_owned());
    match step {
        // What the house itself says, and the answer, which is about the matter.
        "filed" | "late" | "reported_in" | "merged" | "withdrawn" | "answered" => own(words),
        "dispatched" => own(words.split("。").next().unwrap_or_default()),
        "accepted" => own("承办单位已接单"),
        "extended" => own("已延长办理时限"),
        "blown" => own("已吹哨到上一级"),
        "supervised" => own("上级已督办"),
        "closed" if words.starts_with("核查") => own("已核查结案"),
        "closed" => own(words),
        "called_back" => own("已回访反映人"),
        "rated" | "reopened" => own(words.split_inclusive('。').next().unwrap_or_default()),
        "declined" => own("不予受理"),
        "transferred" => own("已转有关专线办理"),
        "noted" => own(words),
        "corrected" => own("类别或紧急程度已更正"),
        "taken_up" => own("性质已更正，开始办理"),
        "objected" => own("反映人申请复核"),
        "split" => own("已撤销并案，单独办理"),
        "raised" | "met" => own("联席会议已研究"),
        _ => None,
    }
}

fn unsolved(ticket: &Ticket, profile: &Profile, studied: bool) -> &'static str {
    match unsolved_leads(ticket, profile, studied) {
        Unsolved::Again => "会退回重新办理",
        Unsolved::Climbs => "会重新办理并请上一级解决",
        Unsolved::Closes => "因联席会议已研究过，只记入评价，不再重新办理",
    }
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

fn plain(ticket: &Ticket, around: &Around, now: jiff::Timestamp) -> String {
    let due = format!(
        "{}前答复，{}",
        labels::until(ticket.dues.answer_by),
        labels::left(ticket.dues.answer_by, now)
    );
    let (handler, until) = (&around.handler, around.rate_until.map(labels::until));
    // What is late says so first, and who was called to it; the day that follows is theirs.
    let due = match (ticket.verdicts.answered == Some(false) || ticket.dues.answer_by <= now, ticket.level) {
        (true, ..=1) => format!("已超期，{due}"),
        (true, level) => format!("已超期，已升级到{}；{due}", labels::level(level)),
        (false, 2..) => format!("已升级到{}；{due}", labels::level(ticket.level)),
        (false, _) => due,
    };
    match &ticket.stage {
        Stage::Filed if around.objected => {
            format!("已申请复核，正由街道（乡镇）或县物业主管部门重新研究；同意受理的会派单办理。{due}。")
        }
        Stage::Filed => format!("已受理，正在派单。{due}。"),
        Stage::Dispatched { .. } if around.reachable && !around.follows => {
            format!("已派给{handler}，会先联系您。{due}。")
        }
        Stage::Dispatched { .. } => format!("已派给{handler}，办理情况会写在本页。{due}。"),
        Stage::Returned { .. } => format!("{handler}对职责有疑问，正在审核由谁办理，时限不停。{due}。"),
        Stage::Accepted { .. } if 1 < ticket.level => format!("{handler}正在处理。{due}。"),
        Stage::Accepted { .. } => format!("{handler}正在处理。{due}；超期会自动吹哨到上一级。"),
        Stage::Answered { .. } => match until {
            Some(until) => {
                format!("{handler}已答复，请在下面评价是否解决、是否满意；{until}前没有评价的，自动办结。")
            }
            None => format!("{handler}已答复，等反映人评价。"),
        },
        Stage::Closed { outcome: Outcome::Noted, handler: None } => {
            "谢谢您的表扬，已转告社区和物业主管部门。".to_owned()
        }
        Stage::Closed { outcome: Outcome::Noted, .. } => format!("谢谢您的表扬，已转告{handler}。"),
        Stage::Closed { .. } => match until {
            Some(until) => format!("已办结。觉得没有解决的，{until}前还可以在下面评价。"),
            None => "已办结。".to_owned(),
        },
        Stage::Declined { reason } => format!("不予受理：{reason}"),
        Stage::Transferred { line } => format!("已转：{line}"),
        Stage::Withdrawn if around.follows => "反映人已撤回。".to_owned(),
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
pub(crate) fn nearby(
    tx: &mut Tx<'_>,
    community: i64,
    building: &str,
    category: &str,
) -> Result<Vec<NearbyView>, Problem> {
    const SHOWN: usize = 10;
    let mut open = store::nearby(tx, community)?;
    // The building whose code was scanned, and the kind that was chosen, come first; then what was told last, of the hundred due first.
    let said = building.trim();
    let elsewhere = |it: &Ticket| !said.is_empty() && !it.building.starts_with(said);
    open.sort_by_key(|it| (elsewhere(it), it.category != category, std::cmp::Reverse(it.filed_at)));
    let view = |it: Ticket| NearbyView {
        id: it.id,
        category: category_label(&it.category),
        since: beijing_minute(it.filed_at),
        building: it.building,
        body: it.body,
    };
    Ok(open.into_iter().take(SHOWN).map(view).collect())
}
