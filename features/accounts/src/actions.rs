//! The verbs. Each one: load, permit, decide, save, record.

use app::{App, random_hex};
use kernel::{Actor, Ctx, FieldError, Problem, Refusal, Tenant, UserId};
use store::{Recorded, Tx};

use crate::{
    events::{
        CodeIssued, Granted, HatChanged, PasswordChosen, Revoked, SessionEnded, SignedOut, UserCreated,
        UserDisabled,
    },
    labels, passwords, policy,
    rules::{self, AccountRefusal},
    store as drawers,
    types::{ChoosePassword, FirstCode, FirstOffice, Grant, GrantId, NewGrant, NewUser, Purpose, User},
};

/// People belong to no county: their ids lie with tenant 0, on every node.
const EVERYWHERE: Tenant = Tenant::from_number(0);

/// 退出.
pub(crate) fn sign_out(tx: &mut Tx<'_>, digest: &str) -> Result<((), Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.sign_out")?;
    drawers::end_session(tx, person, digest)?;
    Ok(((), tx.record(permit, &SignedOut { person })?))
}

/// 切换身份 — puts on another of one's own hats.
pub(crate) fn wear(tx: &mut Tx<'_>, digest: &str, grant: GrantId) -> Result<((), Recorded), Problem> {
    let (person, today) = (tx.ctx.actor.user, tx.ctx.today());
    let held = drawers::grants(tx, person)?;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.change_hat")?;
    let grant = held.iter().find(|it| it.id == grant && it.is_in_force(today)).ok_or(Problem::NotFound)?.id;
    drawers::wear(tx, digest, grant)?;
    Ok(((), tx.record(permit, &HatChanged { person, grant })?))
}

/// 结束会话 — on another of one's own devices.
pub(crate) fn end_session(tx: &mut Tx<'_>, digest: &str) -> Result<((), Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.end_session")?;
    drawers::end_session(tx, person, digest)?;
    Ok(((), tx.record(permit, &SessionEnded { person })?))
}

/// 新建账号.
pub(crate) fn create_user(tx: &mut Tx<'_>, form: &NewUser) -> Result<(UserId, Recorded), Problem> {
    let permit = policy::may_create_user(&tx.ctx.actor)?;
    let (sign_in_name, name) = rules::new_user(form)?;
    refuse_taken_name(tx, &sign_in_name)?;
    let id = UserId::from(tx.ctx.new_id(EVERYWHERE));
    drawers::add_user(
        tx,
        &User { id, sign_in_name, name, password_hash: None, disabled: false, version: 1 },
    )?;
    Ok((id, tx.record(permit, &UserCreated { person: id })?))
}

fn refuse_taken_name(tx: &mut Tx<'_>, sign_in_name: &str) -> Result<(), Problem> {
    match drawers::user_named(tx, sign_in_name)? {
        Some(_) => {
            Err(Problem::Invalid(vec![FieldError::new("sign_in_name", "这个登录名已有人使用，请换一个")]))
        }
        None => Ok(()),
    }
}

/// 停用账号 — ends every session at once.
pub(crate) fn disable(tx: &mut Tx<'_>, person: UserId) -> Result<((), Recorded), Problem> {
    drawers::user(tx, person)?.ok_or(Problem::NotFound)?;
    let permit = policy::may_disable(&tx.ctx.actor)?;
    // Whoever may disable is a system administrator, so one is always left.
    if tx.ctx.actor.user == person {
        return Err(AccountRefusal::OwnAccount.into());
    }
    drawers::disable(tx, person)?;
    Ok(((), tx.record(permit, &UserDisabled { person })?))
}

/// 授予职务.
pub(crate) fn grant(
    tx: &mut Tx<'_>,
    person: UserId,
    form: &NewGrant,
    place_is_known: bool,
) -> Result<((), Recorded), Problem> {
    drawers::user(tx, person)?.ok_or(Problem::NotFound)?;
    if policy::grants_to_oneself(&tx.ctx.actor, person) {
        return Err(AccountRefusal::OwnGrant.into());
    }
    let held = drawers::grants(tx, person)?;
    let permit = policy::may_grant(&tx.ctx.actor, person)?;
    let today = tx.ctx.today();
    if !place_is_known {
        return Err(Problem::Invalid(vec![FieldError::new("scope", "请选择范围")]));
    }
    let (role, scope, label, valid_until) = rules::grant(form, &held, today)?;
    let grant = Grant {
        id: tx.ctx.new_id(EVERYWHERE).into(),
        person,
        role,
        scope,
        label,
        valid_from: today,
        valid_until,
    };
    drawers::end_expired_grants(tx, person)?;
    drawers::add_grant(tx, &grant)?;
    Ok((
        (),
        tx.record(
            permit,
            &Granted { person, grant: grant.id, role: role.code(), scope: form.scope.clone() },
        )?,
    ))
}

/// 收回职务 — the next request under that hat is refused.
pub(crate) fn revoke(tx: &mut Tx<'_>, person: UserId, grant: GrantId) -> Result<((), Recorded), Problem> {
    drawers::user(tx, person)?.ok_or(Problem::NotFound)?;
    let permit = policy::may_grant(&tx.ctx.actor, person)?;
    drawers::end_grant(tx, person, grant)?;
    Ok(((), tx.record(permit, &Revoked { person, grant })?))
}

/// 发一次性代码 — with which the person chooses a password nobody else knows.
pub(crate) fn issue_code(tx: &mut Tx<'_>, person: UserId, digest: &str) -> Result<((), Recorded), Problem> {
    drawers::user(tx, person)?.ok_or(Problem::NotFound)?;
    let permit = policy::may_create_user(&tx.ctx.actor)?;
    let ends_at = tx.ctx.now + rules::CODE_LASTS;
    drawers::add_code(tx, digest, Purpose::ChoosePassword(person), ends_at)?;
    Ok(((), tx.record(permit, &CodeIssued { person })?))
}

/// 设置密码 — with a one-time code; a code of the first start also makes that office's account.
pub(crate) async fn choose_password(app: &App, form: ChoosePassword, ctx: Ctx) -> Result<(), Problem> {
    rules::password(&form)?;
    let digest = app.vault.look_up(form.code.trim());
    let asked = digest.clone();
    let known = app.store.read(ctx.clone(), move |tx| Ok(drawers::code(tx, &asked)?.is_some()));
    if !known.await? {
        return Err(AccountRefusal::WrongCode.into());
    }
    let hash = passwords::hash(form.password.clone()).await?;
    app.store
        .write(ctx, move |tx| {
            let permit = policy::may_use_code("accounts.choose_password")?;
            let purpose = drawers::code(tx, &digest)?.ok_or(AccountRefusal::WrongCode)?;
            let person = match purpose {
                Purpose::ChoosePassword(person) => person,
                Purpose::First(office) => first_of_office(tx, &form, office)?,
            };
            drawers::drop_codes(tx, purpose)?;
            drawers::set_password(tx, person, &hash)?;
            drawers::end_sessions(tx, person)?;
            Ok(((), tx.record(permit, &PasswordChosen { person })?))
        })
        .await
}

fn first_of_office(tx: &mut Tx<'_>, form: &ChoosePassword, office: FirstOffice) -> Result<UserId, Problem> {
    if 0 < drawers::times_granted(tx, office.role())? {
        return Err(AccountRefusal::WrongCode.into());
    }
    let (sign_in_name, name) =
        rules::new_user(&NewUser { sign_in_name: form.sign_in_name.clone(), name: form.name.clone() })?;
    refuse_taken_name(tx, &sign_in_name)?;
    let (id, valid_from) = (UserId::from(tx.ctx.new_id(EVERYWHERE)), tx.ctx.today());
    drawers::add_user(
        tx,
        &User { id, sign_in_name, name, password_hash: None, disabled: false, version: 1 },
    )?;
    let grant = Grant {
        id: tx.ctx.new_id(EVERYWHERE).into(),
        person: id,
        role: office.role(),
        scope: kernel::Scope::Nothing,
        label: format!("首位{}", labels::role(office.role())),
        valid_from,
        valid_until: None,
    };
    drawers::add_grant(tx, &grant)?;
    Ok(id)
}

/// A code for each of the first two offices that nobody has held yet; what an earlier start printed ends with this.
pub(crate) async fn first_codes(app: &App) -> Result<Vec<FirstCode>, Problem> {
    let mut codes = vec![];
    for office in FirstOffice::ALL {
        let code = random_hex(10).map_err(Problem::Broken)?;
        let digest = app.vault.look_up(&code);
        let made = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
            drawers::drop_codes(tx, Purpose::First(office))?;
            if 0 < drawers::times_granted(tx, office.role())? {
                return Ok(false);
            }
            let ends_at = tx.ctx.now + rules::CODE_LASTS;
            drawers::add_code(tx, &digest, Purpose::First(office), ends_at)?;
            Ok(true)
        });
        if made.await? {
            codes.push(FirstCode { office: labels::role(office.role()), code });
        }
    }
    Ok(codes)
}

/// Whether this is a refusal of the sign-in itself, which the sign-in page shows.
pub(crate) fn is_refusal(problem: &Problem) -> bool {
    let known = [
        AccountRefusal::WrongPassword,
        AccountRefusal::TooManyAttempts,
        AccountRefusal::NoHat,
        AccountRefusal::WrongCode,
        AccountRefusal::WrongFactor,
        AccountRefusal::HalfOver,
        AccountRefusal::WrongAgain,
        AccountRefusal::NoFactor,
    ];
    matches!(problem, Problem::Refused { code, .. } if known.iter().any(|it| it.code() == *code))
}
