//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::{Sealed, Vault};
use calendar::Calendar;
use kernel::{FieldError, Problem, Tenant};
use registry::communities;

use super::{
    events::{SystemEnded, SystemRegistered},
    policy,
    rules::{self, SystemRefusal},
    store,
    types::{Sender, Sending, Signed, System, SystemForm, SystemId},
};
use crate::{
    cases::{
        filing::{Way, file},
        forms::Intake,
        types::TicketId,
    },
    profiles::rules::called,
};

/// What a key is found by.
fn digest(vault: &Vault, key: &str) -> String {
    vault.look_up(&format!("system key {}", key.trim()))
}

/// 登记 — under a key that is shown once.
pub(crate) fn register(
    tx: &mut Tx<'_>,
    vault: &Vault,
    form: &SystemForm,
    key: &str,
) -> Result<((), Recorded), Problem> {
    let permit = policy::may_keep(&tx.ctx.actor)?;
    let (name, channel) = rules::system(form)?;
    if store::all(tx)?.iter().any(|it| !it.ended && it.name == name) {
        let message = "已有同名的系统在使用，请换一个名称，或先停用原来的";
        return Err(Problem::Invalid(vec![FieldError::new("name", message)]));
    }
    let system = System {
        id: tx.ctx.new_id(Tenant::from_number(0)).into(),
        name: name.clone(),
        channel,
        secret: vault.seal(key).map_err(Problem::Broken)?.0,
        created_at: tx.ctx.now,
        ended: false,
        version: 1,
    };
    store::add(tx, &system, &digest(vault, key))?;
    Ok(((), tx.record(permit, &SystemRegistered { system: system.id, name })?))
}

/// A system that has not ended.
pub(crate) fn standing(tx: &mut Tx<'_>, id: SystemId) -> Result<System, Problem> {
    let system = store::load(tx, id)?;
    if system.ended { Err(SystemRefusal::Ended.into()) } else { Ok(system) }
}

/// 停用 — its key opens nothing from now on.
pub(crate) fn end(tx: &mut Tx<'_>, id: SystemId) -> Result<((), Recorded), Problem> {
    let permit = policy::may_keep(&tx.ctx.actor)?;
    let system = standing(tx, id)?;
    store::end(tx, &system)?;
    Ok(((), tx.record(permit, &SystemEnded { system: id, name: system.name })?))
}

/// The system a key belongs to, while it stands.
pub(crate) fn of_key(tx: &mut Tx<'_>, vault: &Vault, key: &str) -> Result<System, Problem> {
    let found = store::of_key(tx, &digest(vault, key))?;
    found.filter(|it| !it.ended).ok_or_else(|| SystemRefusal::WrongKey.into())
}

/// The system a signed message is from, when it is its own and fresh. Whoever names its number proves it by the signature alone, and the
/// key stays at home; one that sends its key along is known by that.
pub(crate) fn of_message(
    tx: &mut Tx<'_>,
    vault: &Vault,
    sender: &Sender,
    signed: &Signed,
    body: &[u8],
) -> Result<System, Problem> {
    let system = match sender {
        Sender::Number(id) => {
            let found = kernel::parse_id(id).map(|id| store::load(tx, id.into()));
            let known = found.and_then(Result::ok).filter(|it| !it.ended);
            known.ok_or(SystemRefusal::WrongNumber)?
        }
        Sender::Key(key) => of_key(tx, vault, key)?,
    };
    let secret = vault.open_sealed(&Sealed(system.secret.clone())).map_err(Problem::Broken)?;
    rules::believed(&secret, signed, body, tx.ctx.now)?;
    Ok(system)
}

/// Everything that is wrong with a message, field by field, so that a sender need not mend one fault after the other.
pub(crate) fn check(tx: &mut Tx<'_>, system: &System, sending: &Sending) -> Result<(), Problem> {
    let found = [
        sent_before(tx, system, sending).map(|_| ()),
        community(tx, &sending.community).map(|_| ()),
        crate::cases::intake::intake(&intake_of(0, sending), system.channel, None).map(|_| ()),
    ];
    let mut errors: Vec<FieldError> = vec![];
    for it in found {
        match it {
            Err(Problem::Invalid(more)) => {
                for one in more {
                    if errors.iter().all(|known| known.field != one.field) {
                        errors.push(one);
                    }
                }
            }
            other => other?,
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(Problem::Invalid(errors)) }
}

/// A message as the form a resident would have filled.
fn intake_of(community: i64, sending: &Sending) -> Intake {
    Intake {
        community: community.to_string(),
        // A system may say it by its own class.
        category: called(&sending.category).map_or_else(|| sending.category.clone(), |it| it.code.clone()),
        kind: sending.kind.clone(),
        openness: sending.openness.clone(),
        body: sending.body.clone(),
        building: sending.building.clone(),
        name: sending.name.clone(),
        phone: sending.phone.clone(),
        ..Intake::default()
    }
}

/// 接入 — files what a system sent, once for each of its own numbers. Whether it was there already comes with it.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    system: &System,
    sending: &Sending,
    code: &str,
) -> Result<(TicketId, Recorded), Problem> {
    let community = community(tx, &sending.community)?;
    let tenant = i64::from(Tenant::of_id(community).number());
    let intake = intake_of(community, sending);
    let (ticket, recorded) =
        file(tx, vault, calendar, &intake, code, Way::System(&system.name, system.channel))?;
    if !sending.outside.is_empty() {
        store::know(tx, tenant, system.id, &sending.outside, ticket)?;
        crate::cases::store::put_words_with(tx, ticket, &sending.outside)?;
    }
    Ok((ticket, recorded))
}

/// The case a system has sent before under this number.
pub(crate) fn sent_before(
    tx: &mut Tx<'_>,
    system: &System,
    sending: &Sending,
) -> Result<Option<TicketId>, Problem> {
    if sending.outside.trim().is_empty() || 64 < sending.outside.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("outside", "请给出贵系统的编号，不超过64个字")]));
    }
    let community = community(tx, &sending.community)?;
    let tenant = i64::from(Tenant::of_id(community).number());
    Ok(store::known(tx, tenant, system.id, &sending.outside)?)
}

/// The community a sender means: by our id, or by a name that only one has.
pub(crate) fn community(tx: &mut Tx<'_>, named: &str) -> Result<i64, Problem> {
    one_of(&meant(tx, named)?)
}

/// The communities that may be meant: one by our id, or those an address names best.
pub(crate) fn meant(tx: &mut Tx<'_>, named: &str) -> Result<Vec<communities::Found>, Problem> {
    let named = named.trim();
    if let Some(id) = named.parse::<i64>().ok().filter(|it| *it != 0)
        && let Some(found) = communities::found_one(tx, id)?
    {
        return Ok(vec![found]);
    }
    // 舒城 盛世花园, as the page for residents asks for it.
    if named.contains(' ') {
        let found = communities::found(tx, named)?;
        if let [_] = found[..] {
            return Ok(found);
        }
    }
    let (mut found, said) = named_in(tx, named)?;
    // 舒城县盛世花园 and 盛世花园（舒城县 …） say besides which of several is meant.
    let parts = |it: &communities::Found| it.place.split(' ').filter(|it| said.contains(*it)).count();
    let most = found.iter().map(&parts).max().unwrap_or(0);
    found.retain(|it| parts(it) == most);
    Ok(found)
}

/// The only one, or what to say instead.
pub(crate) fn one_of(found: &[communities::Found]) -> Result<i64, Problem> {
    if let [one] = found {
        return Ok(one.id.into());
    }
    let message = if found.is_empty() {
        "没有找到这个小区，请给出小区全称".to_owned()
    } else {
        let names = found.iter().take(5).map(|it| format!("{}（{}，标识{}）", it.name, it.place, it.id));
        format!("有几个小区相近，请给出其中一个的标识：{}", names.collect::<Vec<_>>().join("、"))
    };
    Err(Problem::Invalid(vec![FieldError::new("community", message)]))
}

/// The communities an address names, and what else it says: the name may stand behind the districts and before the
/// building, or before brackets. Those of exactly this name go before those that only hold it.
fn named_in(tx: &mut Tx<'_>, address: &str) -> Result<(Vec<communities::Found>, String), Problem> {
    let before = address.split(['（', '(', ' ', '，', ',']).next().unwrap_or_default();
    let name: String = before.chars().take_while(|it| !it.is_ascii_digit()).collect();
    let letters: Vec<char> = name.chars().collect();
    // From the whole to its end: districts are written before the name.
    for from in 0..letters.len().saturating_sub(1).min(MOST_ENDS) {
        let end: String = letters[from..].iter().collect();
        let mut found = communities::found(tx, &end)?;
        if found.iter().any(|it| it.name == end) {
            found.retain(|it| it.name == end);
        }
        if !found.is_empty() {
            return Ok((found, address.to_owned()));
        }
    }
    Ok((vec![], String::new()))
}

/// How much of an address may be districts.
const MOST_ENDS: usize = 16;
