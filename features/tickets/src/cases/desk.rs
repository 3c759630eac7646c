//! 代群众登记 — staff file for whoever stands at the desk or calls. Each verb: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{FieldError, Problem};
use registry::communities;

use super::{
    actions::{Done, remark},
    bodies,
    filing::{self, Way},
    forms::Intake,
    intake, policy, rules, store,
    types::{Channel, TicketId},
};
use crate::{
    reporting::{self, Brief, number_of},
    systems::{self, types::System},
};

const LONGEST_OUTSIDE: usize = 64;

/// Files the case; where another system gave it a number, under that number too, and only once.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    form: &Intake,
    code: &str,
) -> Result<(TicketId, Recorded), Problem> {
    let channel = Channel::from_code(&form.channel).unwrap_or(Channel::Desk);
    let mut errors = match intake::intake(form, channel, None) {
        Err(Problem::Invalid(errors)) => errors,
        Err(problem) => return Err(problem),
        Ok(_) => vec![],
    };
    let outside = match outside(tx, form) {
        Err(Problem::Invalid(more)) => {
            errors.extend(more);
            None
        }
        other => other?,
    };
    if !errors.is_empty() {
        return Err(Problem::Invalid(errors));
    }
    // What another system numbered came by that system.
    let form = match &outside {
        Some((system, _)) => Intake { channel: system.channel.code().to_owned(), ..form.clone() },
        None => form.clone(),
    };
    let (ticket, recorded) = filing::file(tx, vault, calendar, &form, code, Way::Desk)?;
    if let Some((system, number)) = outside {
        systems::store::know(tx, store::tenant_of(ticket), system.id, &number, ticket)?;
        store::put_words_with(tx, ticket, &number)?;
    }
    Ok((ticket, recorded))
}

/// The number another system gave it, where one was typed.
fn outside(tx: &mut Tx<'_>, form: &Intake) -> Result<Option<(System, String)>, Problem> {
    let wrong = |field, words: String| Err(Problem::Invalid(vec![FieldError::new(field, words)]));
    let typed = form.outside.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let community = form.community.trim().parse::<i64>().map_err(|_| Problem::NotFound)?;
    let community = communities::load(tx, community.into())?;
    let _may = policy::may_dispatch(&tx.ctx.actor, &community.place)?;
    if LONGEST_OUTSIDE < typed.chars().count() {
        return wrong("outside", format!("来件编号不超过{LONGEST_OUTSIDE}个字"));
    }
    let Some(system) = kernel::parse_id(&form.system) else {
        return wrong("system", "请选择编号是哪个系统的".to_owned());
    };
    let system = systems::standing(tx, system.into())?;
    if let Some(known) = systems::store::known(tx, community.place.tenant, system.id, typed)? {
        let known = store::load(tx, known)?;
        let county = communities::found_one(tx, known.place.community)?.map_or(String::new(), |it| it.county);
        let number = number_of(&county, known.number);
        return wrong("outside", format!("这个编号已登记为{number}，请在诉求清单里查看那一件"));
    }
    Ok(Some((system, typed.to_owned())))
}

/// The systems a desk may name: none for whoever does not send cases out.
pub(crate) fn systems(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Problem> {
    if !policy::sends_out(&tx.ctx.actor) {
        return Ok(vec![]);
    }
    let all = systems::store::all(tx)?.into_iter().filter(|it| !it.ended);
    Ok(all.map(|it| (i64::from(it.id).to_string(), it.name)).collect())
}

/// A photo that was brought along.
pub(crate) fn attach(tx: &mut Tx<'_>, id: TicketId, name: &str, kept: &files::Kept) -> Done {
    let ticket = store::load(tx, id)?;
    let permit = policy::may_file_for(&tx.ctx.actor, &ticket.place)?;
    files::attach(tx, id.into(), "reported", name, kept)?;
    let by = bodies::own_name(tx)?;
    remark(tx, permit, &ticket, &rules::step("photo", "登记时上传照片", true), &by)
}

/// What is printed for whoever was helped.
#[derive(Debug)]
pub(crate) struct Slip {
    pub(crate) id: TicketId,
    pub(crate) brief: Brief,
}

/// The case a code leads to, for a desk that may hand the code over.
pub(crate) fn slip(tx: &mut Tx<'_>, vault: &Vault, calendar: &Calendar, code: &str) -> Result<Slip, Problem> {
    let (ticket, follows) = reporting::by_code(tx, vault, code)?;
    let id = ticket.id;
    let _may = policy::may_file_for(&tx.ctx.actor, &ticket.place)?;
    if !policy::hands_code(&tx.ctx.actor) {
        return Err(Problem::NotFound);
    }
    Ok(Slip { id, brief: reporting::brief(tx, calendar, ticket, follows)? })
}
