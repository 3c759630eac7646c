//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{Permit, Place, Problem, Tenant};
use registry::communities;

use super::{
    bodies,
    events::{ContactRevealed, Filed, Stepped},
    extensions,
    forms::{Handling, Intake, Rating},
    intake, line, notices, policy,
    refusals::TicketRefusal,
    rules::{self, Rated},
    store::{self, Marks},
    types::{Body, Channel, Stage, Step, Ticket, TicketId, Verdicts},
    whistles,
};
use crate::{
    callbacks, joint, meetings,
    profiles::{
        self, routes,
        types::{Profile, Urgency},
    },
};

/// What a verb of a case answers: nothing but its record.
pub(crate) type Done = Result<((), Recorded), Problem>;

/// Who did a step, where it was the one who reported.
pub(crate) const REPORTER: &str = "反映人";

/// How a case comes in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way<'a> {
    /// The resident, without an account.
    Resident,
    /// 代办: staff, for a resident.
    Desk,
    /// Another system, by its name and channel.
    System(&'a str, Channel),
}

/// 受理 — files a case, gives it to the company at once where the profile says so, and tells everybody at the same
/// moment (SC-059).
pub(crate) fn file(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    form: &Intake,
    code: &str,
    way: Way<'_>,
) -> Result<(TicketId, Recorded), Problem> {
    let community = form.community.trim().parse::<i64>().map_err(|_| Problem::NotFound)?;
    let community = communities::load(tx, community.into())?;
    let place = community.place;
    let for_somebody = matches!(way, Way::Desk);
    let (permit, channel) = match way {
        Way::Resident => (policy::may_report()?, Channel::Web),
        Way::Desk => {
            let channel = Channel::from_code(&form.channel).unwrap_or(Channel::Desk);
            (policy::may_file_for(&tx.ctx.actor, &place)?, channel)
        }
        Way::System(_, channel) => (policy::may_send_in()?, channel),
    };
    let dispatches = for_somebody && policy::may_dispatch(&tx.ctx.actor, &place).is_ok();
    let urgency = Urgency::from_code(&form.urgency).filter(|_| dispatches);
    let new = intake::intake(form, channel, urgency)?;
    let (profile, ..) = profiles::of_county(tx, community.tenant())?;
    let now = tx.ctx.now;
    let dues = rules::dues(&profile, new.urgency, now, calendar);
    let number = store::next_number(tx, place.tenant)?;
    let contact = serde_json::to_string(&new.contact).map_err(|it| Problem::Broken(it.into()))?;
    let (stage, verdicts) = first_stage(&profile, &place);
    let ticket = Ticket {
        id: tx.ctx.new_id(community.tenant()).into(),
        place,
        number,
        category: new.category,
        kind: new.kind,
        urgency: new.urgency,
        openness: new.openness,
        channel: new.channel,
        body: new.body,
        building: new.building,
        contact: vault.seal(&contact).map_err(Problem::Broken)?.0,
        wakes_at: rules::wakes_at(&stage, &dues, &verdicts, 1),
        stage,
        level: 1,
        round: 1,
        filed_at: now,
        dues,
        verdicts,
        solved: None,
        satisfied: None,
        extended: 0,
        urged: 0,
        supervised: 0,
        closed_at: None,
        version: 1,
    };
    let tail: String =
        new.contact.phone.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    let phone = new.contact.phone;
    let reporter = (!phone.is_empty()).then(|| vault.look_up(&format!("reporter {phone}")));
    let tail = tail_mark(vault, place.tenant, number, &tail);
    let marks = Marks { tail, code: vault.look_up(code), reporter, draft: profile.unconfirmed };
    store::add(tx, &ticket, &marks, &community.name)?;
    let (by, how) = match way {
        Way::Resident => (String::new(), "群众反映".to_owned()),
        Way::Desk => (bodies::own_name(tx)?, "代群众登记".to_owned()),
        Way::System(name, _) => (String::new(), format!("由{name}转来")),
    };
    let mut steps = vec![(by.as_str(), rules::step("filed", how, true))];
    if let Stage::Dispatched { handler } = ticket.stage {
        let named = bodies::name(tx, handler)?;
        steps.push(("", rules::step("dispatched", format!("已直接派给{named}办理"), true)));
    }
    line::begin(tx, ticket.id, &steps)?;
    notices::filed(tx, &ticket, &community)?;
    let filed = Filed { ticket: ticket.id, channel: ticket.channel.code(), for_somebody };
    Ok((ticket.id, tx.record(permit, &filed)?))
}

/// Where the tail of a phone number leads together with the case's number.
pub(crate) fn tail_mark(vault: &Vault, tenant: i64, number: i64, tail: &str) -> String {
    vault.look_up(&format!("ticket {tenant} {number} {tail}"))
}

fn first_stage(profile: &Profile, place: &Place) -> (Stage, Verdicts) {
    if profile.direct && place.enterprise != 0 {
        let verdicts = Verdicts { dispatched: Some(true), ..Verdicts::default() };
        (Stage::Dispatched { handler: Body::Enterprise(place.enterprise) }, verdicts)
    } else {
        (Stage::Filed, Verdicts::default())
    }
}

/// A step that changes nothing of the case itself: put on the line and recorded, and nobody's form grows stale by it.
pub(crate) fn remark(tx: &mut Tx<'_>, permit: Permit, ticket: &Ticket, step: &Step, by: &str) -> Done {
    // What the reporter adds they have told themselves.
    if by != REPORTER {
        callbacks::tell(tx, ticket, step)?;
    }
    notices::stepped(tx, ticket, step)?;
    put_down(tx, permit, ticket, step, by)
}

fn put_down(tx: &mut Tx<'_>, permit: Permit, ticket: &Ticket, step: &Step, by: &str) -> Done {
    line::add_step(tx, ticket.id, by, step)?;
    let (level, round, by_reporter) = (ticket.level, ticket.round, by == REPORTER);
    let stepped = Stepped { ticket: ticket.id, step: step.code, level, round, by_reporter };
    Ok(((), tx.record(permit, &stepped)?))
}

/// What every verb of a case ends with: saved, put on the line, recorded.
pub(crate) fn finish(tx: &mut Tx<'_>, permit: Permit, ticket: &Ticket, step: &Step, by: &str) -> Done {
    store::save(tx, ticket)?;
    callbacks::tell(tx, ticket, step)?;
    notices::stepped(tx, ticket, step)?;
    put_down(tx, permit, ticket, step, by)
}

/// The page says which version it showed; somebody else may have been quicker.
pub(crate) fn current(ticket: &Ticket, form: &Handling) -> Result<(), Problem> {
    if form.version == ticket.version.to_string() { Ok(()) } else { Err(Problem::Conflict) }
}

/// 派单.
pub(crate) fn dispatch(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let handler = bodies::choices(tx, &ticket.place)?.into_iter().find(|it| it.0 == form.handler);
    let (handler, named) = handler.map(|it| (it.2, it.1)).ok_or(TicketRefusal::NoHandler)?;
    let (ticket, step) = rules::dispatch(ticket, handler, &named, tx.ctx.now)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 不予受理.
pub(crate) fn decline(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::decline(ticket, routes::reason(&form.reason), &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 转专线.
pub(crate) fn transfer(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::transfer(ticket, routes::line(&form.line), &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 退单 — asked by the handler.
pub(crate) fn give_back(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::give_back(ticket, &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 不同意退单.
pub(crate) fn refuse_return(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::refuse_return(ticket, &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 接单.
pub(crate) fn accept(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let reachable = store::is_reachable(tx, &ticket)?;
    let (ticket, step) = rules::accept(ticket, &form.words, tx.ctx.now, reachable)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 延期.
pub(crate) fn extend(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    // The one who has it asks; another who dispatches decides, and that is this verb.
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let asked = extensions::asked_for(tx, &ticket)?;
    let (ticket, step) = rules::extend(ticket, &form.words, tx.ctx.now, &profile, calendar)?;
    let step = match asked {
        Some(asked) => Step { words: format!("{}（承办单位：{asked}）", step.words), ..step },
        None => step,
    };
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 答复.
pub(crate) fn answer(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    joint::must_be_done(tx, &ticket)?;
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(id.into()))?;
    let (ticket, step) = rules::answer(ticket, &form.words, tx.ctx.now, &profile, calendar)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 现场照片 — beside the answer, before and after, by whoever handles it.
pub(crate) fn attach(tx: &mut Tx<'_>, id: TicketId, slot: &str, name: &str, kept: &files::Kept) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    let slot = if slot == "after" { "after" } else { "before" };
    rules::attach(&ticket, files::of_subject(tx, id.into())?.len())?;
    files::attach(tx, id.into(), slot, name, kept)?;
    let (level, round) = (ticket.level, ticket.round);
    Ok(((), tx.record(permit, &Stepped { ticket: id, step: "attached", level, round, by_reporter: false })?))
}

/// 回访 — staff who do not handle it ask the reporter, and enter what they say.
pub(crate) fn call_back(tx: &mut Tx<'_>, calendar: &Calendar, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    if !store::left_number(tx, id)? {
        return Err(TicketRefusal::NoPhone.into());
    }
    let by = bodies::own_name(tx)?;
    let rating = Rating {
        by_staff: true,
        solved: form.solved.clone(),
        satisfied: form.satisfied.clone(),
        words: form.words.clone(),
    };
    let (ticket, step) = rated(tx, calendar, ticket, &rating, &by)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// A rating, by whoever gives it: closed, done again, or the level above called in.
pub(crate) fn rated(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    ticket: Ticket,
    form: &Rating,
    by: &str,
) -> Result<(Ticket, Step), Problem> {
    let (profile, ..) = profiles::of_county(tx, Tenant::of_id(ticket.id.into()))?;
    let (studied, round) = (meetings::studied(tx, ticket.id)?, ticket.round);
    let (ticket, step) = match rules::rate(ticket, form, tx.ctx.now, (&profile, studied), calendar)? {
        Rated::Goes(ticket, step) => (*ticket, step),
        Rated::Climbs(ticket, step) => {
            (whistles::climb(tx, *ticket, &profile, calendar, (by, "重新办理后仍未解决"), &[])?, step)
        }
    };
    if round < ticket.round {
        store::set_draft(tx, ticket.id, profile.unconfirmed)?;
    }
    Ok((ticket, step))
}

/// Whether the actor may put a photo beside this case: asked before the bytes are kept.
pub(crate) fn may_attach(tx: &mut Tx<'_>, id: TicketId) -> Result<(), Problem> {
    let ticket = store::load(tx, id)?;
    let _may = policy::may_handle(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    Ok(rules::attach(&ticket, 0)?)
}

/// 核查结案.
pub(crate) fn close(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_oversee(&tx.ctx.actor, &ticket.place, &handlers(tx, &ticket)?)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::close(ticket, &form.words, tx.ctx.now)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 督办 — put on the line where everybody who has it reads it.
pub(crate) fn supervise(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_supervise(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let words = rules::words(&form.words)?;
    let step = rules::step("supervised", format!("督办：{words}"), true);
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &Ticket { supervised: ticket.supervised + 1, ..ticket }, &step, &by)
}

/// 显示完整联系方式 — changes nothing but the log.
pub(crate) fn reveal(tx: &mut Tx<'_>, id: TicketId) -> Done {
    let ticket = store::load(tx, id)?;
    let involved = bodies::involved(tx, &ticket)?;
    let permit = policy::may_reveal_contact(&tx.ctx.actor, &ticket.place, ticket.openness, &involved)?;
    Ok(((), tx.record(permit, &ContactRevealed { ticket: id })?))
}

/// 并案 — the same trouble told twice; this reporter follows the other case and gets its answer.
pub(crate) fn merge(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let number = form.into.trim().rsplit('-').next().and_then(|it| it.parse::<i64>().ok());
    let into = match number {
        Some(number) => store::of_number(tx, ticket.place.tenant, number)?,
        None => None,
    };
    let into = into.ok_or(TicketRefusal::WrongMerge)?;
    let (ticket, step) = rules::merge(ticket, &into)?;
    line::add_step(
        tx,
        into.id,
        "",
        &rules::step("joined", format!("第{}号反映同一问题，已并入", ticket.number), false),
    )?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// 撤销并案.
pub(crate) fn split(tx: &mut Tx<'_>, id: TicketId, form: &Handling) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_dispatch(&tx.ctx.actor, &ticket.place)?;
    current(&ticket, form)?;
    let (ticket, step) = rules::split(ticket, &form.words)?;
    let by = bodies::own_name(tx)?;
    finish(tx, permit, &ticket, &step, &by)
}

/// Whoever may act as handler: the body that has it, and those who reported in to its whistles.
pub(crate) fn handlers(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<Body>, Problem> {
    let came = line::whistles(tx, ticket.id)?.into_iter().filter(|it| it.reported_at.is_some());
    let came: Vec<Body> = came.map(|it| it.responder).collect();
    Ok(ticket.stage.handler().into_iter().chain(came).collect())
}
