//! What there is to see of accounts, for page and JSON.

use std::collections::BTreeMap;

use kernel::{Problem, UserId, beijing_minute};
use serde::Serialize;
use store::Tx;

use crate::{
    labels, policy, second_factor, store as drawers,
    types::{FirstOffice, GrantId},
};

/// A person as the administrators see them.
#[derive(Debug, Serialize)]
pub(crate) struct UserView {
    pub(crate) id: UserId,
    pub(crate) sign_in_name: String,
    pub(crate) name: String,
    pub(crate) disabled: bool,
    pub(crate) has_password: bool,
    pub(crate) has_factor: bool,
    pub(crate) posts: Vec<PostView>,
}

#[derive(Debug, Serialize)]
pub(crate) struct PostView {
    pub(crate) id: GrantId,
    pub(crate) role_label: &'static str,
    pub(crate) label: String,
    /// As it is named among what may be granted: kind and number.
    pub(crate) scope: String,
    pub(crate) until: String,
}

/// One of the browsers a person is signed in with.
#[derive(Debug, Serialize)]
pub(crate) struct SessionView {
    pub(crate) digest: String,
    pub(crate) device: String,
    pub(crate) since: String,
    pub(crate) seen: String,
    pub(crate) this_one: bool,
}

const PAGE: i64 = 100;

pub(crate) fn users(tx: &mut Tx<'_>, after: &str) -> Result<Vec<UserView>, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let users = drawers::users_after(tx, after, PAGE)?;
    users.into_iter().map(|it| view(tx, it)).collect()
}

pub(crate) fn user(tx: &mut Tx<'_>, id: UserId) -> Result<UserView, Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let user = drawers::user(tx, id)?.ok_or(Problem::NotFound)?;
    view(tx, user)
}

fn view(tx: &mut Tx<'_>, user: crate::types::User) -> Result<UserView, Problem> {
    let post = |it: crate::types::Grant| PostView {
        id: it.id,
        role_label: labels::role(it.role),
        label: it.label,
        scope: {
            let (kind, number) = it.scope.code();
            format!("{kind}:{number}")
        },
        until: it.valid_until.map_or_else(|| "长期".to_owned(), |it| it.to_string()),
    };
    let posts = drawers::grants(tx, user.id)?.into_iter().map(post).collect();
    let has_password = user.password_hash.is_some();
    let has_factor = drawers::is_factor_confirmed(tx, user.id)?;
    Ok(UserView {
        id: user.id,
        sign_in_name: user.sign_in_name,
        name: user.name,
        disabled: user.disabled,
        has_password,
        has_factor,
        posts,
    })
}

/// One's own second factor.
#[derive(Debug)]
pub(crate) enum FactorView {
    None,
    /// To be read by the phone's camera, or typed.
    Begun {
        address: String,
        groups: String,
    },
    Confirmed,
}

pub(crate) fn my_factor(tx: &mut Tx<'_>, vault: &app::Vault) -> Result<FactorView, Problem> {
    let person = tx.ctx.actor.user;
    let Some(factor) = drawers::factor(tx, person)? else { return Ok(FactorView::None) };
    if factor.confirmed {
        return Ok(FactorView::Confirmed);
    }
    let name = drawers::user(tx, person)?.ok_or(Problem::NotFound)?.sign_in_name;
    let secret = vault.open_sealed(&app::Sealed(factor.secret)).map_err(Problem::Broken)?;
    Ok(FactorView::Begun {
        address: second_factor::address(&secret, &name),
        groups: second_factor::in_groups(&secret),
    })
}

pub(crate) fn my_sessions(tx: &mut Tx<'_>, current: &str) -> Result<Vec<SessionView>, Problem> {
    let person = tx.ctx.actor.user;
    let view = |it: crate::types::Signed| SessionView {
        this_one: it.digest == current,
        digest: it.digest,
        device: labels::device(&it.device),
        since: beijing_minute(it.started_at),
        seen: beijing_minute(it.seen_at),
    };
    Ok(drawers::sessions_of(tx, person)?.into_iter().map(view).collect())
}

/// Whether one of the first two offices is still to be taken.
pub(crate) fn has_free_first_office(tx: &mut Tx<'_>) -> Result<bool, Problem> {
    for office in FirstOffice::ALL {
        if drawers::times_granted(tx, office.role())? == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who can be logged in as with one click, in a demonstration.
pub(crate) fn demo_people(tx: &mut Tx<'_>) -> Result<Vec<UserView>, Problem> {
    let users = drawers::users_after(tx, "", PAGE)?;
    let mut views: Vec<UserView> = users.into_iter().map(|it| view(tx, it)).collect::<Result<_, _>>()?;
    // People were made from the city down; their ids keep that order.
    views.sort_by_key(|it| it.id);
    Ok(views)
}

/// The names of colleagues, by person: for histories and for who has a thing now.
///
/// # Errors
/// When the store refuses.
pub fn names(tx: &mut Tx<'_>, people: &[i64]) -> Result<BTreeMap<i64, String>, Problem> {
    let mut names = BTreeMap::new();
    for person in people.iter().copied().filter(|it| *it != 0) {
        if let std::collections::btree_map::Entry::Vacant(place) = names.entry(person)
            && let Some(user) = drawers::user(tx, UserId::from(person))?
        {
            place.insert(user.name);
        }
    }
    Ok(names)
}

/// Who holds a role within a scope today: for choosing assessors.
///
/// # Errors
/// When the store refuses.
pub fn holders(
    tx: &mut Tx<'_>,
    role: kernel::Role,
    scope: &kernel::Scope,
) -> Result<Vec<(UserId, String, String)>, Problem> {
    let today = tx.ctx.today();
    let mut found = vec![];
    for grant in drawers::grants_of_role(tx, role, scope)?.into_iter().filter(|it| it.is_in_force(today)) {
        if let Some(user) = drawers::user(tx, grant.person)?.filter(|it| !it.disabled) {
            found.push((user.id, user.name, grant.label));
        }
    }
    Ok(found)
}

/// The person under one of their hats, while the post is in force: for a door that is not a session.
///
/// # Errors
/// When the store refuses.
pub fn wearing(tx: &mut Tx<'_>, person: UserId, grant: i64) -> Result<Option<kernel::Actor>, Problem> {
    let today = tx.ctx.today();
    if drawers::user(tx, person)?.is_none_or(|it| it.disabled) {
        return Ok(None);
    }
    let grants = drawers::grants(tx, person)?;
    let worn = grants.into_iter().find(|it| i64::from(it.id) == grant && it.is_in_force(today));
    Ok(worn
        .map(|it| kernel::Actor { user: person, hat: kernel::Hat { grant, role: it.role, scope: it.scope } }))
}
