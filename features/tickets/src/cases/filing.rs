//! 受理 — how a case comes in, by whichever door.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{Place, Problem};
use registry::communities;

use super::{
    bodies,
    events::Filed,
    forms::Intake,
    intake, line, notices, policy, rules,
    store::{self, Marks},
    types::{Body, Channel, Kind, Stage, Ticket, TicketId, Verdicts},
};
use crate::profiles::{
    self,
    types::{Profile, Urgency},
};

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
    let praise = new.kind == Kind::Praise;
    let (stage, verdicts) =
        if praise { (Stage::Filed, Verdicts::default()) } else { first_stage(&profile, &place) };
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
    let ticket = if praise {
        let (noted, step) = rules::note(ticket, now);
        store::save(tx, &noted)?;
        steps.push(("", step));
        noted
    } else {
        ticket
    };
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
