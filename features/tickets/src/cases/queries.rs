//! What there is to see of cases, for those who work on them.

use ::store::Tx;
use app::{Sealed, Vault};
use calendar::Calendar;
use jiff::Timestamp;
use kernel::{Problem, Tenant, beijing_minute};
use registry::communities;
use serde::Serialize;

use super::{
    bodies, climbing, corrections, extensions, labels, line, listing, notices, policy, rules,
    stages::{self, StageView},
    store,
    types::{Body, Contact, Outcome, Stage, Ticket, TicketId},
    whistle_views::{self, WhistleView},
    whistles::NAMES_UNITS,
};
use crate::{
    enforcements, findings,
    joint::{self, JointView},
    meetings, profiles,
    reporting::{category_label, number_of},
    systems, templates,
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

/// A case as those who work on it see it.
#[derive(Debug)]
pub(crate) struct TicketView {
    pub(crate) ticket: Ticket,
    pub(crate) number: String,
    /// What other systems call it.
    pub(crate) outside: Vec<String>,
    pub(crate) category: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) urgency: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) openness: &'static str,
    pub(crate) community: communities::CommunityView,
    /// 平面图, where there is one.
    pub(crate) plan: Option<registry::plans::PublicPlan>,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) handler: Option<String>,
    pub(crate) level: &'static str,
    pub(crate) dues: Vec<(&'static str, String, &'static str, String)>,
    pub(crate) unconfirmed: bool,
    pub(crate) contact: Option<Contact>,
    /// Whoever has it can call the reporter.
    pub(crate) reachable: bool,
    /// The contact stands there in full.
    pub(crate) revealed: bool,
    pub(crate) stages: Vec<StageView>,
    pub(crate) steps: Vec<StepView>,
    /// The county's units a whistle of the next level may name.
    pub(crate) units: Vec<(String, String)>,
    pub(crate) whistles: Vec<WhistleView>,
    /// How far it was whistled upward; empty where it never was.
    pub(crate) way: Vec<StageView>,
    /// 协同办理.
    pub(crate) joint: JointView,
    /// Where it stands on the joint meetings' agendas.
    pub(crate) meetings: Vec<String>,
    /// Templates that fit an answer: number and name.
    pub(crate) templates: Vec<(String, String)>,
    /// The item of the county's list that such a case falls under.
    pub(crate) enforcement: Option<String>,
    pub(crate) told: Vec<(String, String)>,
    pub(crate) photos: Vec<(i64, &'static str)>,
    pub(crate) choices: Vec<(String, String)>,
    /// Other open cases of the community it may be merged into: number and words.
    pub(crate) others: Vec<(String, String)>,
    /// What it would be entered as, where it can be confirmed; and the record it became.
    pub(crate) offered: Option<&'static str>,
    pub(crate) record: Option<i64>,
    /// 申请复核: the reporter does not accept that it was declined or sent elsewhere; whoever looks decides, or only sends it out.
    pub(crate) objected: bool,
    pub(crate) may: May,
}

/// What this hat may do now; the page shows these and no others.
#[derive(Debug, Default)]
pub(crate) struct May {
    pub(crate) dispatch: bool,
    /// 改派: somebody has it and has not taken it over.
    pub(crate) again: bool,
    pub(crate) review: bool,
    pub(crate) accept: bool,
    pub(crate) answer: bool,
    pub(crate) extend: bool,
    pub(crate) close: bool,
    pub(crate) call_back: bool,
    pub(crate) supervise: bool,
    pub(crate) merge: bool,
    pub(crate) split: bool,
    pub(crate) blow: bool,
    pub(crate) attach: bool,
    pub(crate) ask_extension: bool,
    pub(crate) refuse_extension: bool,
    /// 更正类别和紧急程度.
    pub(crate) correct: bool,
    /// 不予受理、转专线.
    pub(crate) refuse: bool,
}

#[derive(Debug)]
pub(crate) struct StepView {
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) words: String,
    pub(crate) late: bool,
}

/// One case, for a program that signed in as somebody.
pub(crate) fn data(tx: &mut Tx<'_>, id: TicketId) -> Result<TicketData, Problem> {
    let it = store::load(tx, id)?;
    let involved = bodies::involved(tx, &it)?;
    let _seen = policy::may_see(&tx.ctx.actor, &it.place, &involved)?;
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

impl May {
    /// Whether the page has anything to be done at all.
    pub(crate) fn any(&self) -> bool {
        let own = self.review || self.accept || self.answer || self.attach || self.ask_extension;
        own || self.refuse_extension || self.close || self.blow || self.call_back || self.split || self.more()
    }

    /// Whether the folded part of the page holds anything.
    pub(crate) fn more(&self) -> bool {
        self.extend || self.supervise || self.dispatch || self.merge || self.correct
    }
}

/// Who reported it, as whoever works on it sees it before asking for more.
fn masked(it: &Contact) -> Contact {
    Contact {
        name: identifiers::mask_name(&it.name),
        phone: identifiers::mask_phone(&it.phone),
        unit: if it.unit.is_empty() { String::new() } else { "门牌已隐去".to_owned() },
    }
}

/// `revealed`: who reported it is shown in full, which was asked for and noted.
pub(crate) fn ticket(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    id: TicketId,
    revealed: bool,
) -> Result<TicketView, Problem> {
    let ticket = store::load(tx, id)?;
    let involved = bodies::involved(tx, &ticket)?;
    let _seen = policy::may_see(&tx.ctx.actor, &ticket.place, &involved)?;
    let (actor, place, now) = (tx.ctx.actor.clone(), ticket.place, tx.ctx.now);
    let community = {
        let community = communities::load(tx, place.community.into())?;
        communities::shown(tx, community)?
    };
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let contact = if policy::may_see_contact(&actor, &place, ticket.openness, &involved) {
        let text = vault.open_sealed(&Sealed(ticket.contact.clone())).map_err(Problem::Broken)?;
        let contact = serde_json::from_str(&text).map_err(|it| Problem::Broken(it.into()))?;
        Some(if revealed { contact } else { masked(&contact) })
    } else {
        None
    };
    let handlers = super::actions::handlers(tx, &ticket)?;
    // Staff ask once.
    let asked = matches!(ticket.stage, Stage::Closed { outcome: Outcome::CalledBack, .. });
    let rateable = !asked && rules::rated_handler(&ticket, now, &profile, calendar).is_some();
    let handler = match ticket.stage.handler() {
        Some(body) => Some(bodies::name(tx, body)?),
        None => None,
    };
    let mut told = vec![];
    for it in messages::told(tx, id.into())? {
        let Some(body) = notices::body(&it.post) else { continue };
        let state = it
            .read_at
            .map_or("站内已送达，未读".to_owned(), |at| format!("{}已读", beijing_minute(at)));
        let what = it.title.split('：').next().unwrap_or_default().to_owned();
        told.push((format!("{} {}，{what}", beijing_minute(it.told_at), bodies::name(tx, body)?), state));
    }
    for it in messages::texts(tx, id.into())? {
        let said = if it.said.is_empty() { String::new() } else { format!("（{}）", it.said) };
        let whom = format!("{} {}{}，短信", beijing_minute(it.sent_at), it.name, it.phone);
        told.push((whom, format!("{}{said}", it.state.label())));
    }
    // What came along with a case may say who sent it: it is for those who see the contact.
    let told_by = |it: &line::Kept| it.step != line::BESIDE || contact.is_some();
    let kept = line::steps(tx, id)?;
    let stages = stages::of(&ticket, &kept);
    let objected = rules::can_be_sent(&ticket.stage) && line::asks_again(&kept);
    let steps = kept.into_iter().filter(told_by).map(|it| StepView {
        at: beijing_minute(it.at),
        late: it.step == "late",
        by: it.by,
        words: it.words,
    });
    let record = findings::record_of(tx, &ticket)?;
    let (may, asked) = (may(&actor, &ticket, &handlers, now, rateable), extensions::is_asked(tx, &ticket)?);
    let whistles = whistle_views::of(tx, &ticket)?;
    let tenant = Tenant::of_id(id.into());
    let choices: Vec<_> = bodies::choices(tx, &place)?.into_iter().map(|it| (it.0, it.1)).collect();
    let names = may.blow && climbing::next_level(&ticket) == NAMES_UNITS;
    Ok(TicketView {
        offered: findings::offered(&actor, &ticket).filter(|_| record.is_none()),
        record,
        number: number_of(&community.county, ticket.number),
        outside: systems::store::called(tx, id)?,
        category: category_label(&ticket.category),
        plan: registry::plans::public(tx, place.community)?,
        kind: labels::kind(ticket.kind),
        urgency: labels::urgency(ticket.urgency),
        channel: labels::channel(ticket.channel),
        openness: labels::openness(ticket.openness),
        stage: labels::stage(&ticket.stage),
        level: labels::level(ticket.level),
        dues: dues(&ticket, now),
        unconfirmed: store::is_draft(tx, id)?,
        reachable: store::is_reachable(tx, &ticket)?,
        stages,
        steps: steps.collect(),
        way: if 1 < ticket.level { whistle_views::way(&ticket, &whistles) } else { vec![] },
        whistles,
        joint: joint::of_ticket(tx, &ticket)?,
        meetings: meetings::of_ticket(tx, id)?,
        photos: files::of_subject(tx, id.into())?
            .into_iter()
            .filter(|it| it.media.is_picture())
            .map(|it| (it.id.into(), crate::reporting::slot_label(&it.slot)))
            .collect(),
        units: choices.iter().filter(|it| names && it.0.starts_with("department:")).cloned().collect(),
        choices,
        others: if may.merge { others(tx, &ticket)? } else { vec![] },
        may: May {
            ask_extension: may.ask_extension && extensions::can_be_given(tx, &ticket) && !asked,
            refuse_extension: may.refuse_extension && asked,
            refuse: may.refuse && (!objected || super::actions::refuses_again(&actor)),
            ..may
        },
        templates: if may.answer { templates::for_category(tx, tenant, &ticket.category)? } else { vec![] },
        enforcement: enforcements::for_category(tx, tenant, &ticket.category)?
            .map(|it| format!("{}：由{}牵头处置，{}", it.title, it.department, it.phone)),
        handler,
        objected,
        told,
        revealed,
        contact,
        community,
        ticket,
    })
}

/// Open cases of the same community it may be one with, of the two hundred of each stage due first: those of its category, then the newest.
fn others(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<(String, String)>, Problem> {
    const LOOKED_AT: i64 = 200;
    const OFFERED: usize = 100;
    let scope = kernel::Scope::Community(ticket.place.community);
    let mut others = vec![];
    for stage in Stage::OPEN {
        others.extend(listing::first_of(tx, &scope, stage, LOOKED_AT)?);
    }
    others.retain(|it| it.id != ticket.id);
    others.sort_by_key(|it| (it.category != ticket.category, std::cmp::Reverse(it.filed_at)));
    let line = |it: Ticket| {
        let (number, body) = (format!("{:06}", it.number), it.body.chars().take(24).collect::<String>());
        let words = format!("{number} {} {} {body}", category_label(&it.category), it.building);
        (number, words)
    };
    Ok(others.into_iter().take(OFFERED).map(line).collect())
}

fn may(actor: &kernel::Actor, it: &Ticket, handlers: &[Body], now: Timestamp, rateable: bool) -> May {
    let (place, dispatches) = (&it.place, policy::may_dispatch(actor, &it.place).is_ok());
    let oversees = policy::may_oversee(actor, place, handlers).is_ok();
    let handles = policy::may_handle(actor, place, handlers).is_ok();
    May {
        dispatch: dispatches && rules::can_be_sent(&it.stage),
        again: dispatches && matches!(it.stage, Stage::Dispatched { .. }),
        review: dispatches && matches!(it.stage, Stage::Returned { .. }),
        accept: handles && matches!(it.stage, Stage::Dispatched { .. }),
        answer: handles && matches!(it.stage, Stage::Accepted { .. }),
        extend: oversees
            && it.extended == 0
            && matches!(it.stage, Stage::Accepted { .. })
            && now < it.dues.answer_by
            && it.verdicts.answered != Some(false),
        close: oversees && matches!(it.stage, Stage::Answered { .. }),
        call_back: oversees && rateable,
        supervise: policy::may_supervise(actor, place).is_ok() && it.stage.is_open(),
        merge: dispatches && it.stage.is_open(),
        split: dispatches && matches!(it.stage, Stage::Merged { .. }),
        blow: it.stage.is_open()
            && it.level < rules::AGENDA_LEVEL
            && policy::may_blow(actor, place, climbing::next_level(it)).is_ok(),
        attach: handles && rules::attach(it, 0).is_ok(),
        ask_extension: handles && !oversees,
        refuse_extension: oversees,
        refuse: dispatches && rules::can_be_sent(&it.stage),
        correct: dispatches && corrections::can_be_corrected(&it.stage),
    }
}

/// Step, deadline, colour, verdict.
fn dues(it: &Ticket, now: Timestamp) -> Vec<(&'static str, String, &'static str, String)> {
    let line = |name, due: Timestamp, verdict: Option<bool>| {
        let (state, words) = match verdict {
            Some(true) => ("done", "按时".to_owned()),
            Some(false) if it.stage.is_open() && now < due && it.level < rules::AGENDA_LEVEL => {
                ("late", format!("已超期；吹哨后另给时限，{}", labels::left(due, now)))
            }
            Some(false) => ("late", "超期".to_owned()),
            None if !it.stage.is_open() => ("done", "—".to_owned()),
            None if due <= now => ("late", labels::left(due, now)),
            None if due.duration_since(now).as_hours() < 24 => ("soon", labels::left(due, now)),
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

/// One photo of a case, for whoever may see it.
pub(crate) fn photo(
    tx: &mut Tx<'_>,
    id: TicketId,
    photo: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let ticket = store::load(tx, id)?;
    let involved = bodies::involved(tx, &ticket)?;
    let _seen = policy::may_see(&tx.ctx.actor, &ticket.place, &involved)?;
    files::attachment(tx, id.into(), photo)
}
