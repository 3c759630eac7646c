//! 业主账号 — people who never chose a sign-in name: made, bound and let in by the room that knows their homes.

use kernel::{Problem, Role, Scope, Tenant, UserId};
use store::Tx;

use crate::{
    store as drawers,
    types::{Grant, User},
};

/// An owner's account, without a password: they come in by letter or by a code sent to their phone.
///
/// # Errors
/// When the store refuses.
pub fn add_owner(tx: &mut Tx<'_>, name: &str) -> Result<UserId, Problem> {
    let id = UserId::from(tx.ctx.new_id(Tenant::from_number(0)));
    let user = User {
        id,
        // Nobody types it: a sign-in name is unique, and an owner has none.
        sign_in_name: format!("业主-{}", i64::from(id)),
        name: name.to_owned(),
        password_hash: None,
        disabled: false,
        version: 1,
    };
    drawers::add_user(tx, &user)?;
    Ok(id)
}

/// Lets an owner act in a community, once however many homes there.
///
/// # Errors
/// When the store refuses.
pub fn bind_owner(tx: &mut Tx<'_>, person: UserId, community: i64, label: &str) -> Result<(), Problem> {
    let (scope, today) = (Scope::Community(community), tx.ctx.today());
    let held = drawers::grants(tx, person)?;
    if held.iter().any(|it| it.role == Role::Owner && it.scope == scope && it.is_in_force(today)) {
        return Ok(());
    }
    let grant = Grant {
        id: tx.ctx.new_id(Tenant::from_number(0)).into(),
        person,
        role: Role::Owner,
        scope,
        label: label.to_owned(),
        valid_from: today,
        valid_until: None,
    };
    Ok(drawers::add_grant(tx, &grant)?)
}

/// Ends it, with the last home there.
///
/// # Errors
/// When the store refuses.
pub fn unbind_owner(tx: &mut Tx<'_>, person: UserId, community: i64) -> Result<(), Problem> {
    let scope = Scope::Community(community);
    for grant in drawers::grants(tx, person)?.iter().filter(|it| it.role == Role::Owner && it.scope == scope)
    {
        drawers::end_grant(tx, person, grant.id)?;
    }
    Ok(())
}

/// Ends every session of an owner, when it turns out whose phone theirs is.
///
/// # Errors
/// When the store refuses.
pub fn end_sessions(tx: &mut Tx<'_>, person: UserId) -> Result<(), Problem> {
    Ok(drawers::end_sessions(tx, person)?)
}
