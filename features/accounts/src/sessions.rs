//! The person behind a session token, as the door asks on every request.

use app::{App, HatChoice, Session, Showing};
use kernel::{Actor, Hat, Problem, UserId};
use store::Tx;

use crate::{entering, labels, rules, store as drawers};

/// Who is signed in under this digest, while the session, the person and the post are all still good.
///
/// # Errors
/// When the store refuses.
pub(crate) fn find(tx: &mut Tx<'_>, digest: &str) -> Result<Option<Session>, Problem> {
    let mut entered = drawers::entered(tx, digest)?;
    let today = tx.ctx.today();
    entered.retain(|(.., grant)| grant.is_in_force(today));
    let Some((session, name, _)) = entered.first().cloned() else { return Ok(None) };
    let grants: Vec<_> = entered.into_iter().map(|(.., grant)| grant).collect();
    // The post worn may have ended since: then the session ends with it.
    let Some(worn) = grants.iter().find(|it| it.id == session.grant) else { return Ok(None) };
    if !rules::is_alive(&session, worn.role, tx.ctx.now) {
        return Ok(None);
    }
    let label = |role, body: &str| format!("{body} · {}", labels::role(role));
    let hats = grants
        .iter()
        .map(|it| HatChoice {
            grant: it.id.into(),
            label: label(it.role, &it.label),
            worn: it.id == session.grant,
        })
        .collect();
    let hat = Hat { grant: worn.id.into(), role: worn.role, scope: worn.scope };
    Ok(Some(Session {
        actor: Actor { user: session.person, hat },
        name,
        hat: label(worn.role, &worn.label),
        hats,
        digest: digest.to_owned(),
        is_fresh: rules::is_fresh(&session, tx.ctx.now),
        wants_touch: rules::wants_touch(&session, tx.ctx.now),
    }))
}

/// Notes that the session is still in use.
///
/// # Errors
/// When the store refuses.
pub(crate) fn touch(tx: &mut Tx<'_>, digest: &str) -> Result<(), Problem> {
    Ok(drawers::touch_session(tx, digest)?)
}

/// Shows again who one is, for an act that asks for it.
pub(crate) fn show_again(
    app: App,
    person: UserId,
    digest: String,
    password: String,
    code: String,
) -> Showing {
    Box::pin(async move { entering::show_again(&app, person, &digest, password, &code).await })
}

/// Whether a code will be asked for besides the password.
///
/// # Errors
/// When the store refuses.
pub(crate) fn has_factor(tx: &mut Tx<'_>, person: UserId) -> Result<bool, Problem> {
    Ok(drawers::is_factor_confirmed(tx, person)?)
}
