//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::{Sealed, Vault};
use kernel::{Problem, Role, Tenant, UserId};
use messages::{Note, Post};
use registry::communities::{self, CommunityId};

use crate::{
    events::{HomeBound, HomeEnded, LetterHanded, LetterVoided, LettersPrinted},
    letters, policy,
    rules::{self, OwnerRefusal},
    store,
    types::{BindForm, HandForm, Home, HomeId, Letter, LetterId, PrintForm},
};

/// 打印来信 — one for each home; an earlier letter that nobody has used ends with it.
pub(crate) fn print(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    form: &PrintForm,
) -> Result<(Vec<Letter>, Recorded), Problem> {
    let community = communities::load(tx, community)?;
    let permit = policy::may_keep(&tx.ctx.actor, &community.place)?;
    let units = rules::units(form)?;
    let (now, tenant) = (tx.ctx.now, Tenant::of_id(community.id.into()));
    let mut printed = vec![];
    for unit in &units {
        for old in store::open_letters(tx, community.id.into(), unit)? {
            store::save_letter(tx, &Letter { void_reason: Some("重新打印".to_owned()), ..old })?;
        }
        let letter = Letter {
            id: tx.ctx.new_id(tenant).into(),
            place: community.place,
            unit: unit.clone(),
            printed_at: now,
            ends_at: now + rules::LETTER_LASTS,
            handed_on: None,
            used_at: None,
            void_reason: None,
            version: 1,
        };
        let digest = letters::digest(vault, &letters::code_of(vault, letter.id)?);
        store::add_letter(tx, &letter, &digest)?;
        printed.push(letter);
    }
    let event = LettersPrinted {
        community: community.id.into(),
        units,
        letters: printed.iter().map(|it| it.id).collect(),
    };
    Ok((printed, tx.record(permit, &event)?))
}

/// 登记送达.
pub(crate) fn hand(tx: &mut Tx<'_>, id: LetterId, form: &HandForm) -> Result<(i64, Recorded), Problem> {
    let letter = store::letter(tx, id)?;
    let permit = policy::may_keep(&tx.ctx.actor, &letter.place)?;
    let on = rules::handed(&letter, form, tx.ctx.today())?;
    let community = letter.place.community;
    store::save_letter(tx, &Letter { handed_on: Some(on), ..letter })?;
    Ok((community, tx.record(permit, &LetterHanded { id, community, handed_on: on.to_string() })?))
}

/// 作废 a letter that went astray.
pub(crate) fn void(tx: &mut Tx<'_>, id: LetterId, form: &HandForm) -> Result<(i64, Recorded), Problem> {
    let letter = store::letter(tx, id)?;
    let permit = policy::may_keep(&tx.ctx.actor, &letter.place)?;
    let reason = rules::void(&letter, form)?;
    let community = letter.place.community;
    store::save_letter(tx, &Letter { void_reason: Some(reason.clone()), ..letter })?;
    Ok((community, tx.record(permit, &LetterVoided { id, community, reason })?))
}

/// 解除绑定 — the owner moved away, or the wrong person had the letter. The last home there takes the post along.
pub(crate) fn end(tx: &mut Tx<'_>, id: HomeId, form: &HandForm) -> Result<(i64, Recorded), Problem> {
    let home = store::home(tx, id)?;
    let place = communities::load(tx, home.community.into())?.place;
    let permit = policy::may_keep(&tx.ctx.actor, &place)?;
    let reason = rules::end(&home, form)?;
    store::end_home(tx, &home, &reason)?;
    store::end_letter_of(tx, &home, &reason)?;
    if !store::homes_of(tx, home.person)?.iter().any(|it| it.community == home.community) {
        accounts::unbind_owner(tx, home.person, home.community)?;
    }
    let community = home.community;
    Ok((community, tx.record(permit, &HomeEnded { id, community, reason })?))
}

/// 绑定房屋 — with the letter in hand: to the owner signed in, or to a new account under this name and phone. `mark` is the browser's.
/// Whoever has the same home already is told.
pub(crate) fn bind(
    tx: &mut Tx<'_>,
    vault: &Vault,
    form: &BindForm,
    mark: Option<&str>,
) -> Result<(UserId, Recorded), Problem> {
    let permit = policy::may_bind()?;
    let code = identifiers::typed_code(&form.code, rules::CODE_LENGTH).ok_or(OwnerRefusal::WrongLetter)?;
    let letter = store::letter_of(tx, &letters::digest(vault, &code))?.ok_or(OwnerRefusal::WrongLetter)?;
    if !rules::is_good(&letter, tx.ctx.now) {
        return Err(OwnerRefusal::WrongLetter.into());
    }
    let community = communities::load(tx, letter.place.community.into())?;
    let owner = tx.ctx.actor.is(Role::Owner).then_some(tx.ctx.actor.user);
    let person = match owner {
        Some(person) => person,
        None => new_person(tx, vault, form)?,
    };
    let homes = store::homes_of(tx, person)?;
    if homes.iter().any(|it| it.community == letter.place.community && it.unit == letter.unit) {
        return Err(OwnerRefusal::AlreadyBound.into());
    }
    accounts::bind_owner(tx, person, letter.place.community, &community.name)?;
    let home = Home {
        id: tx.ctx.new_id(Tenant::of_id(letter.id.into())).into(),
        community: letter.place.community,
        unit: letter.unit.clone(),
        person,
        bound_at: tx.ctx.now,
        ended: None,
        device: mark.map_or(String::new(), |it| letters::device_hash(vault, it)),
        version: 1,
    };
    store::add_home(tx, &home, letter.id)?;
    tell_others(tx, vault, &home, &community.name)?;
    let event = HomeBound { id: home.id, community: home.community, person, letter: letter.id };
    let used_at = Some(tx.ctx.now);
    store::save_letter(tx, &Letter { used_at, ..letter })?;
    Ok((person, tx.record(permit, &event)?))
}

/// Those who have the same home hear of it at once, on their page and on their phone: a family knows, anybody else was taken over.
fn tell_others(tx: &mut Tx<'_>, vault: &Vault, home: &Home, community: &str) -> Result<(), Problem> {
    let mut told: Vec<UserId> =
        store::others_at(tx, home.community, &home.unit, home.person)?.iter().map(|it| it.person).collect();
    told.sort_unstable();
    told.dedup();
    let words = format!("您在{community}的房屋{}又绑定了一个账号，不是家里人的请马上联系社区", home.unit);
    let note = Note {
        subject: home.id.into(),
        mark: "bound".to_owned(),
        title: words.clone(),
        href: "/owners".to_owned(),
        urgent: false,
    };
    for person in told {
        messages::tell(tx, &note, &[Post::person(Role::Owner, person)])?;
        for sealed in store::phones_of(tx, person)? {
            let phone = vault.open_sealed(&Sealed(sealed.clone())).map_err(Problem::Broken)?;
            let masked = identifiers::mask_phone(&phone);
            messages::text(tx, home.id.into(), "业主", (&sealed, &masked), &words)?;
        }
    }
    Ok(())
}

/// A person nobody knew yet. A phone somebody has already leads to that account, and only its holder may go there.
fn new_person(tx: &mut Tx<'_>, vault: &Vault, form: &BindForm) -> Result<UserId, Problem> {
    let mut errors = vec![];
    let name = rules::name(&form.name).map_err(|it| errors.push(it));
    let phone = rules::mobile(&form.phone).map_err(|it| errors.push(it));
    let (Ok(name), Ok(phone)) = (name, phone) else { return Err(Problem::Invalid(errors)) };
    let hash = letters::phone_hash(vault, &phone);
    if store::phone(tx, &hash)?.is_some() {
        return Err(OwnerRefusal::PhoneTaken.into());
    }
    let person = accounts::add_owner(tx, &identifiers::mask_name(&name))?;
    let sealed = vault.seal(phone.reveal()).map_err(Problem::Broken)?.0;
    store::add_phone(tx, &hash, person, &sealed)?;
    Ok(person)
}
