//! Coming in: the password, the code of a second factor, the session, and showing again who one is.

use app::{App, random_hex};
use kernel::{Actor, Problem, UserId};
use store::{Recorded, Stopped, Tx};

use crate::{
    events::{FactorBegun, FactorConfirmed, FactorRemoved, FactorReset, SignedIn},
    passwords, policy,
    rules::{self, AccountRefusal},
    second_factor, store as drawers,
    types::{Entered, SignIn, Signed},
};

/// 登录 — by name and password; whoever has a generator of codes is asked for one before a session begins.
pub(crate) async fn sign_in(app: &App, form: &SignIn, known_device: bool) -> Result<Entered, Problem> {
    let name = rules::sign_in_name(&form.sign_in_name).map_err(|_| AccountRefusal::WrongPassword)?;
    // A device that has signed in before counts apart, so that guessing from elsewhere does not shut the owner out.
    let bucket = app.vault.look_up(&format!("sign-in {name} {known_device}"));
    let found = app.store.read(app.ctx(Actor::public(), None), move |tx| Ok(drawers::user_named(tx, &name)?));
    let user = found.await?.filter(|it| !it.disabled);
    let person = user.as_ref().map_or(UserId::from(0), |it| it.id);
    let allowed = count_attempt(app, bucket.clone(), person).await?;
    if !allowed {
        return Err(AccountRefusal::TooManyAttempts.into());
    }
    let hash = user.as_ref().and_then(|it| it.password_hash.clone());
    let right = passwords::matches(form.password.clone(), hash).await?;
    let ctx = app.ctx(Actor::public(), None);
    match user.filter(|_| right) {
        Some(user) => {
            let person = user.id;
            let entered = app.store.housekeep(ctx, move |tx| {
                tx.forget_tries(&bucket)?;
                let more = drawers::is_factor_confirmed(tx, person)?;
                Ok(if more { Entered::Half(person) } else { Entered::Whole(person) })
            });
            entered.await
        }
        None => {
            let noted = move |tx: &mut Tx<'_>| tx.note(person, "accounts.sign_in", Stopped::SignInFailed);
            app.store.housekeep(ctx, noted).await?;
            Err(AccountRefusal::WrongPassword.into())
        }
    }
}

/// Counts the try before the slow hash begins, so that many tries sent at once are all counted.
async fn count_attempt(app: &App, bucket: String, person: UserId) -> Result<bool, Problem> {
    let ctx = app.ctx(Actor::public(), None);
    let counted = app.store.housekeep(ctx, move |tx| {
        let since = tx.ctx.now - rules::ATTEMPTS_COUNT_FOR;
        if rules::MOST_ATTEMPTS <= tx.tries(&bucket, since)? {
            tx.note(person, "accounts.sign_in", Stopped::Throttled)?;
            return Ok(false);
        }
        tx.note_try(&bucket)?;
        Ok(true)
    });
    counted.await
}

/// Opens a session for somebody who has shown who they are.
///
/// # Errors
/// When they hold no post, or the store refuses.
pub async fn open_session(app: &App, person: UserId, device: &str) -> Result<String, Problem> {
    let token = random_hex(32).map_err(Problem::Broken)?;
    let (digest, device) = (app.vault.look_up(&token), device.chars().take(200).collect::<String>());
    let hat = kernel::Hat { grant: 0, role: kernel::Role::Public, scope: kernel::Scope::Nothing };
    let ctx = app.ctx(Actor { user: person, hat }, None);
    app.store.write(ctx, move |tx| start_session(tx, person, &digest, &device)).await?;
    Ok(token)
}

fn start_session(
    tx: &mut Tx<'_>,
    person: UserId,
    digest: &str,
    device: &str,
) -> Result<((), Recorded), Problem> {
    let today = tx.ctx.today();
    let grants = drawers::grants(tx, person)?;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.sign_in")?;
    let worn = grants.iter().find(|it| it.is_in_force(today)).ok_or(AccountRefusal::NoHat)?;
    let now = tx.ctx.now;
    let (grant, ends_at) = (worn.id, now + rules::longest_session(worn.role));
    let (digest, device) = (digest.to_owned(), device.to_owned());
    drawers::add_session(
        tx,
        &Signed { digest, person, grant, device, started_at: now, seen_at: now, ends_at, shown_at: now },
    )?;
    Ok(((), tx.record(permit, &SignedIn { person, grant })?))
}

/// Notes that the password was right; the token is the browser's alone.
pub(crate) async fn begin_half(app: &App, person: UserId) -> Result<String, Problem> {
    let token = random_hex(32).map_err(Problem::Broken)?;
    let digest = app.vault.look_up(&token);
    let noted = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
        let ends_at = tx.ctx.now + rules::HALF_LASTS;
        Ok(drawers::add_half(tx, &digest, person, ends_at)?)
    });
    noted.await.map(|()| token)
}

/// 验证码 — the second half of a sign-in.
pub(crate) async fn finish_half(app: &App, token: &str, code: &str) -> Result<UserId, Problem> {
    let digest = app.vault.look_up(token);
    let asked = digest.clone();
    let found = app.store.read(app.ctx(Actor::public(), None), move |tx| Ok(drawers::half(tx, &asked)?));
    let person = found.await?.ok_or(AccountRefusal::HalfOver)?;
    use_code(app, person, code).await?;
    let ended = move |tx: &mut Tx<'_>| Ok(drawers::drop_half(tx, &digest)?);
    app.store.housekeep(app.ctx(Actor::public(), None), ended).await?;
    Ok(person)
}

/// Takes a code of somebody's generator, once. Tries are counted before they are looked at.
async fn use_code(app: &App, person: UserId, code: &str) -> Result<(), Problem> {
    let bucket = app.vault.look_up(&format!("code {}", i64::from(person)));
    if !count_attempt(app, bucket.clone(), person).await? {
        return Err(AccountRefusal::TooManyAttempts.into());
    }
    let (vault, code) = (app.vault.clone(), code.to_owned());
    let used = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
        let Some(factor) = drawers::factor(tx, person)?.filter(|it| it.confirmed) else { return Ok(false) };
        let secret = vault.open_sealed(&app::Sealed(factor.secret)).map_err(Problem::Broken)?;
        let step = second_factor::step_of(&secret, &code, tx.ctx.now);
        let used = match step {
            Some(step) => drawers::use_step(tx, person, step)?,
            None => false,
        };
        if used {
            tx.forget_tries(&bucket)?;
        } else {
            tx.note(person, "accounts.second_factor", Stopped::SignInFailed)?;
        }
        Ok(used)
    });
    if used.await? { Ok(()) } else { Err(AccountRefusal::WrongFactor.into()) }
}

/// 再次确认身份 — before a sensitive act, by password and, where there is one, a code.
pub(crate) async fn show_again(
    app: &App,
    person: UserId,
    session: &str,
    password: String,
    code: &str,
) -> Result<(), Problem> {
    let bucket = app.vault.look_up(&format!("again {}", i64::from(person)));
    if !count_attempt(app, bucket.clone(), person).await? {
        return Err(AccountRefusal::TooManyAttempts.into());
    }
    let known = app.store.read(app.ctx(Actor::public(), None), move |tx| {
        Ok((drawers::user(tx, person)?, drawers::is_factor_confirmed(tx, person)?))
    });
    let (user, has_factor) = known.await?;
    if !passwords::matches(password, user.and_then(|it| it.password_hash)).await? {
        return Err(AccountRefusal::WrongAgain.into());
    }
    if has_factor {
        use_code(app, person, code).await?;
    }
    let session = session.to_owned();
    let shown = app.store.housekeep(app.ctx(Actor::public(), None), move |tx| {
        tx.forget_tries(&bucket)?;
        Ok(drawers::show_session(tx, &session)?)
    });
    shown.await
}

/// 开始启用两步验证 — a fresh secret, which asks for nothing until its first code has been seen.
pub(crate) fn begin_factor(tx: &mut Tx<'_>, sealed: &str) -> Result<((), Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.second_factor")?;
    if drawers::is_factor_confirmed(tx, person)? {
        return Err(AccountRefusal::FactorThere.into());
    }
    drawers::begin_factor(tx, person, sealed)?;
    Ok(((), tx.record(permit, &FactorBegun { person })?))
}

/// 启用两步验证 — with the first code.
pub(crate) fn confirm_factor(
    tx: &mut Tx<'_>,
    vault: &app::Vault,
    code: &str,
) -> Result<((), Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.second_factor")?;
    let factor = drawers::factor(tx, person)?.ok_or(AccountRefusal::NoFactor)?;
    if factor.confirmed {
        return Err(AccountRefusal::FactorThere.into());
    }
    let secret = vault.open_sealed(&app::Sealed(factor.secret)).map_err(Problem::Broken)?;
    let step = second_factor::step_of(&secret, code, tx.ctx.now).ok_or(AccountRefusal::WrongFactor)?;
    drawers::confirm_factor(tx, person, step)?;
    Ok(((), tx.record(permit, &FactorConfirmed { person })?))
}

/// 停用两步验证 — one's own; whoever does it has just shown who they are.
pub(crate) fn remove_factor(tx: &mut Tx<'_>) -> Result<((), Recorded), Problem> {
    let person = tx.ctx.actor.user;
    let permit = policy::may_for_oneself(&tx.ctx.actor, person, "accounts.second_factor")?;
    drawers::factor(tx, person)?.ok_or(AccountRefusal::NoFactor)?;
    drawers::drop_factor(tx, person)?;
    Ok(((), tx.record(permit, &FactorRemoved { person })?))
}

/// 重置两步验证 — for somebody who lost the phone; every session of theirs ends.
pub(crate) fn reset_factor(tx: &mut Tx<'_>, person: UserId) -> Result<((), Recorded), Problem> {
    drawers::user(tx, person)?.ok_or(Problem::NotFound)?;
    let permit = policy::may_disable(&tx.ctx.actor)?;
    // Nobody lifts their own second factor without it.
    if tx.ctx.actor.user == person {
        return Err(AccountRefusal::OwnAccount.into());
    }
    drawers::factor(tx, person)?.ok_or(AccountRefusal::NoFactor)?;
    drawers::drop_factor(tx, person)?;
    drawers::end_sessions(tx, person)?;
    Ok(((), tx.record(permit, &FactorReset { person })?))
}
