//! Every statement of this room; rows to nouns and back.

use jiff::Timestamp;
use kernel::{Role, Scope, UserId};
use store::{Result, Row, StoreError, Tx};

use crate::types::{Factor, FirstOffice, Grant, GrantId, Purpose, Signed, User};
use crate::views::Kept;

pub(crate) fn user(tx: &mut Tx<'_>, id: UserId) -> Result<Option<User>> {
    tx.maybe(include_str!("store/user.sql"), &[i64::from(id).into()], read_user)
}

pub(crate) fn user_named(tx: &mut Tx<'_>, sign_in_name: &str) -> Result<Option<User>> {
    tx.maybe(include_str!("store/user_named.sql"), &[sign_in_name.into()], read_user)
}

pub(crate) fn users_after(tx: &mut Tx<'_>, sign_in_name: &str, limit: i64) -> Result<Vec<User>> {
    tx.all(include_str!("store/users.sql"), &[sign_in_name.into(), limit.into()], read_user)
}

pub(crate) fn add_user(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    let args = [
        i64::from(user.id).into(),
        user.sign_in_name.clone().into(),
        user.name.clone().into(),
        user.password_hash.clone().into(),
        tx.ctx.now.into(),
    ];
    tx.change_one(include_str!("store/add_user.sql"), &args)
}

pub(crate) fn set_password(tx: &mut Tx<'_>, person: UserId, hash: &str) -> Result<()> {
    tx.change_one(include_str!("store/set_password.sql"), &[i64::from(person).into(), hash.into()])
}

pub(crate) fn disable(tx: &mut Tx<'_>, person: UserId) -> Result<()> {
    let args = [i64::from(person).into(), tx.ctx.now.into()];
    tx.change_one(include_str!("store/disable.sql"), &args)?;
    end_sessions(tx, person)
}

pub(crate) fn grants(tx: &mut Tx<'_>, person: UserId) -> Result<Vec<Grant>> {
    tx.all(include_str!("store/grants.sql"), &[i64::from(person).into()], read_grant)
}

pub(crate) fn grants_of_role(tx: &mut Tx<'_>, role: Role, scope: &Scope) -> Result<Vec<Grant>> {
    let (kind, number) = scope.code();
    tx.all(
        include_str!("store/grants_of_role.sql"),
        &[role.code().into(), kind.into(), number.into()],
        read_grant,
    )
}

pub(crate) fn add_grant(tx: &mut Tx<'_>, grant: &Grant) -> Result<()> {
    let (kind, number) = grant.scope.code();
    let args = [
        i64::from(grant.id).into(),
        i64::from(grant.person).into(),
        grant.role.code().into(),
        kind.into(),
        number.into(),
        grant.label.clone().into(),
        grant.valid_from.into(),
        grant.valid_until.into(),
    ];
    tx.change_one(include_str!("store/add_grant.sql"), &args)
}

/// Closes the posts whose day has passed, so that an office is free for the next one.
pub(crate) fn end_expired_grants(tx: &mut Tx<'_>, person: UserId) -> Result<()> {
    let args = [i64::from(person).into(), tx.ctx.today().into(), tx.ctx.now.into()];
    tx.change(include_str!("store/end_expired.sql"), &args).map(|_| ())
}

pub(crate) fn end_grant(tx: &mut Tx<'_>, person: UserId, grant: GrantId) -> Result<()> {
    tx.change_one(
        include_str!("store/end_grant.sql"),
        &[i64::from(grant).into(), i64::from(person).into(), tx.ctx.now.into()],
    )
}

/// The session under this digest with the name of whoever it is, once for each of their posts; nothing when they are shut out. Asked on
/// every request, and so by one statement.
pub(crate) fn entered(tx: &mut Tx<'_>, digest: &str) -> Result<Vec<(Signed, String, Grant)>> {
    tx.all(include_str!("store/entered.sql"), &[digest.into()], |it| {
        Ok((read_session(it)?, it.text("name")?, read_grant(it)?))
    })
}

pub(crate) fn sessions_of(tx: &mut Tx<'_>, person: UserId) -> Result<Vec<Signed>> {
    tx.all(include_str!("store/sessions.sql"), &[i64::from(person).into(), tx.ctx.now.into()], read_session)
}

pub(crate) fn add_session(tx: &mut Tx<'_>, session: &Signed) -> Result<()> {
    let args = [
        session.digest.clone().into(),
        i64::from(session.person).into(),
        i64::from(session.grant).into(),
        session.device.clone().into(),
        session.started_at.into(),
        session.seen_at.into(),
        session.ends_at.into(),
    ];
    tx.change_one(include_str!("store/add_session.sql"), &args)
}

pub(crate) fn touch_session(tx: &mut Tx<'_>, digest: &str) -> Result<()> {
    let args = [digest.into(), tx.ctx.now.into()];
    tx.change(include_str!("store/touch_session.sql"), &args).map(|_| ())
}

pub(crate) fn wear(tx: &mut Tx<'_>, digest: &str, grant: GrantId) -> Result<()> {
    tx.change_one(include_str!("store/wear.sql"), &[digest.into(), i64::from(grant).into()])
}

pub(crate) fn end_session(tx: &mut Tx<'_>, person: UserId, digest: &str) -> Result<()> {
    tx.change_one(include_str!("store/end_session.sql"), &[digest.into(), i64::from(person).into()])
}

pub(crate) fn end_sessions(tx: &mut Tx<'_>, person: UserId) -> Result<()> {
    tx.change(include_str!("store/end_sessions.sql"), &[i64::from(person).into()]).map(|_| ())
}

pub(crate) fn add_code(tx: &mut Tx<'_>, digest: &str, purpose: Purpose, ends_at: Timestamp) -> Result<()> {
    let (kind, person) = code_of(purpose);
    let args = [digest.into(), kind.into(), person.into(), ends_at.into()];
    tx.change_one(include_str!("store/add_code.sql"), &args)
}

const FIRST_SYSTEM: &str = "first_system_administrator";
const FIRST_SECURITY: &str = "first_security_administrator";

fn code_of(purpose: Purpose) -> (&'static str, Option<i64>) {
    match purpose {
        Purpose::First(FirstOffice::System) => (FIRST_SYSTEM, None),
        Purpose::First(FirstOffice::Security) => (FIRST_SECURITY, None),
        Purpose::ChoosePassword(person) => ("choose_password", Some(i64::from(person))),
    }
}

/// What a code is for, while it is good.
pub(crate) fn code(tx: &mut Tx<'_>, digest: &str) -> Result<Option<Purpose>> {
    let args = [digest.into(), tx.ctx.now.into()];
    tx.maybe(include_str!("store/code.sql"), &args, |it| {
        Ok(match (it.maybe_int("person")?, it.text("purpose")?.as_str()) {
            (Some(person), _) => Purpose::ChoosePassword(person.into()),
            (None, FIRST_SECURITY) => Purpose::First(FirstOffice::Security),
            (None, _) => Purpose::First(FirstOffice::System),
        })
    })
}

/// Ends every code of this purpose: the one used, and any other that was sent for the same thing.
pub(crate) fn drop_codes(tx: &mut Tx<'_>, purpose: Purpose) -> Result<()> {
    match code_of(purpose) {
        (kind, None) => tx.change(include_str!("store/drop_first_codes.sql"), &[kind.into()]),
        (_, person) => tx.change(include_str!("store/drop_codes_of.sql"), &[person.into()]),
    }
    .map(|_| ())
}

/// How often the role was ever granted, to whomever.
pub(crate) fn times_granted(tx: &mut Tx<'_>, role: Role) -> Result<i64> {
    tx.one(include_str!("store/times_granted.sql"), &[role.code().into()], |it| it.int("n"))
}

/// The generator of somebody's codes, its secret still sealed.
pub(crate) fn factor(tx: &mut Tx<'_>, person: UserId) -> Result<Option<Factor>> {
    tx.maybe(include_str!("store/factor.sql"), &[i64::from(person).into()], |it| {
        Ok(Factor {
            secret: it.text("secret")?,
            confirmed: it.maybe_int("confirmed_at")?.is_some(),
            last_step: it.int("last_step")?,
        })
    })
}

pub(crate) fn is_factor_confirmed(tx: &mut Tx<'_>, person: UserId) -> Result<bool> {
    Ok(factor(tx, person)?.is_some_and(|it| it.confirmed))
}

/// Puts a new secret in the place of one that was never confirmed.
pub(crate) fn begin_factor(tx: &mut Tx<'_>, person: UserId, sealed: &str) -> Result<()> {
    tx.change_one(include_str!("store/begin_factor.sql"), &[i64::from(person).into(), sealed.into()])
}

pub(crate) fn confirm_factor(tx: &mut Tx<'_>, person: UserId, step: i64) -> Result<()> {
    let args = [i64::from(person).into(), tx.ctx.now.into(), step.into()];
    tx.change_one(include_str!("store/confirm_factor.sql"), &args)
}

/// Uses a code up; the same step, or an earlier one, is not there to be used.
pub(crate) fn use_step(tx: &mut Tx<'_>, person: UserId, step: i64) -> Result<bool> {
    Ok(tx.change(include_str!("store/use_step.sql"), &[i64::from(person).into(), step.into()])? == 1)
}

pub(crate) fn drop_factor(tx: &mut Tx<'_>, person: UserId) -> Result<()> {
    tx.change_one(include_str!("store/drop_factor.sql"), &[i64::from(person).into()])
}

pub(crate) fn add_half(tx: &mut Tx<'_>, digest: &str, person: UserId, ends_at: Timestamp) -> Result<()> {
    tx.change_one(
        include_str!("store/add_half.sql"),
        &[digest.into(), i64::from(person).into(), ends_at.into()],
    )
}

pub(crate) fn half(tx: &mut Tx<'_>, digest: &str) -> Result<Option<UserId>> {
    let args = [digest.into(), tx.ctx.now.into()];
    tx.maybe(include_str!("store/half.sql"), &args, |it| Ok(it.int("person")?.into()))
}

pub(crate) fn drop_half(tx: &mut Tx<'_>, digest: &str) -> Result<()> {
    tx.change(include_str!("store/drop_half.sql"), &[digest.into(), tx.ctx.now.into()]).map(|_| ())
}

pub(crate) fn show_session(tx: &mut Tx<'_>, digest: &str) -> Result<()> {
    tx.change_one(include_str!("store/show_session.sql"), &[digest.into(), tx.ctx.now.into()])
}

fn read_user(row: &Row<'_>) -> Result<User> {
    Ok(User {
        id: row.int("id")?.into(),
        sign_in_name: row.text("sign_in_name")?,
        name: row.text("name")?,
        password_hash: row.maybe_text("password_hash")?,
        disabled: row.maybe_int("disabled_at")?.is_some(),
        version: row.int("version")?,
    })
}

fn read_grant(row: &Row<'_>) -> Result<Grant> {
    let role = row.text("role")?;
    let role =
        Role::from_code(&role).ok_or_else(|| StoreError::Broken(anyhow::anyhow!("unknown role {role}")))?;
    let valid_from = row.maybe_date("valid_from")?.ok_or(StoreError::Missing)?;
    Ok(Grant {
        id: row.int("id")?.into(),
        person: row.int("person")?.into(),
        role,
        scope: Scope::from_code(&row.text("scope_kind")?, row.int("scope_number")?),
        label: row.text("label")?,
        valid_from,
        valid_until: row.maybe_date("valid_until")?,
    })
}

fn read_session(row: &Row<'_>) -> Result<Signed> {
    Ok(Signed {
        digest: row.text("digest")?,
        person: row.int("person")?.into(),
        grant: row.int("grant_id")?.into(),
        device: row.text("device")?,
        started_at: row.time("started_at")?,
        seen_at: row.time("seen_at")?,
        ends_at: row.time("ends_at")?,
        shown_at: row.time("shown_at")?,
    })
}

/// The views a person keeps of one list, by name.
pub(crate) fn views(tx: &mut Tx<'_>, person: UserId, page: &str) -> Result<Vec<Kept>> {
    tx.all(include_str!("store/views.sql"), &[i64::from(person).into(), page.into()], read_view)
}

pub(crate) fn count_views(tx: &mut Tx<'_>, person: UserId) -> Result<i64> {
    tx.one(include_str!("store/count_views.sql"), &[i64::from(person).into()], |it| it.int("n"))
}

pub(crate) fn view(tx: &mut Tx<'_>, person: UserId, id: i64) -> Result<Kept> {
    tx.one(include_str!("store/view.sql"), &[i64::from(person).into(), id.into()], read_view)
}

pub(crate) fn put_view(tx: &mut Tx<'_>, person: UserId, it: &Kept) -> Result<()> {
    let args = [
        i64::from(person).into(),
        it.id.into(),
        it.page.clone().into(),
        it.name.clone().into(),
        it.query.clone().into(),
    ];
    tx.change_one(include_str!("store/put_view.sql"), &args)
}

pub(crate) fn drop_view(tx: &mut Tx<'_>, person: UserId, id: i64) -> Result<()> {
    tx.change_one(include_str!("store/drop_view.sql"), &[i64::from(person).into(), id.into()])
}

fn read_view(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        id: row.int("id")?,
        page: row.text("page")?,
        name: row.text("name")?,
        query: row.text("query")?,
    })
}
