//! People for a demonstration and for tests: made without a password, because one click logs them in.

use kernel::{Role, Scope, UserId};
use store::{Result, Tx};

use crate::{
    store as drawers,
    types::{Grant, User},
};

/// Makes somebody with their posts, and answers who they are.
///
/// # Errors
/// When the store refuses.
pub fn person(
    tx: &mut Tx<'_>,
    sign_in_name: &str,
    name: &str,
    posts: &[(Role, Scope, &str)],
) -> Result<UserId> {
    let tenant = kernel::Tenant::from_number(0);
    let id = UserId::from(tx.ctx.new_id(tenant));
    let (sign_in_name, name) = (sign_in_name.to_owned(), name.to_owned());
    drawers::add_user(
        tx,
        &User { id, sign_in_name, name, password_hash: None, disabled: false, version: 1 },
    )?;
    for (role, scope, label) in posts {
        // In their posts long before the story begins.
        let (grant, valid_from) = (tx.ctx.new_id(tenant).into(), jiff::civil::date(2020, 1, 1));
        let label = (*label).to_owned();
        drawers::add_grant(
            tx,
            &Grant {
                id: grant,
                person: id,
                role: *role,
                scope: *scope,
                label,
                valid_from,
                valid_until: None,
            },
        )?;
    }
    Ok(id)
}

/// Opens a session, and answers its token.
///
/// # Errors
/// When the store refuses.
pub async fn session(app: &app::App, person: UserId) -> std::result::Result<String, kernel::Problem> {
    crate::entering::open_session(app, person, "测试").await
}

/// The code that a phone with this secret shows at `now`.
#[must_use]
pub fn code(secret: &str, now: jiff::Timestamp) -> String {
    crate::second_factor::code_at(secret, now)
}
