//! 告知 — who hears of what in a community's self-government, in the same unit of work: on their pages of messages.

use ::store::Tx;
use kernel::{Place, Problem, Role, Scope};
use messages::{Note, Post};
use registry::communities;

use crate::decisions::types::{Decision, Reviewer};

/// The posts around a community.
pub(crate) fn branch(place: &Place) -> Post {
    Post::new(Role::PartyBranch, Scope::Community(place.community))
}

pub(crate) fn committee(place: &Place) -> Post {
    Post::new(Role::OwnersCommittee, Scope::Community(place.community))
}

pub(crate) fn neighborhood(place: &Place) -> Post {
    Post::new(Role::Neighborhood, Scope::Neighborhood(place.neighborhood))
}

pub(crate) fn street(place: &Place) -> Post {
    Post::new(Role::Subdistrict, Scope::Subdistrict(place.subdistrict))
}

/// Who is asked for an opinion.
pub(crate) fn reviewer(place: &Place, body: Reviewer) -> Post {
    match body {
        Reviewer::Branch => branch(place),
        Reviewer::Neighborhood => neighborhood(place),
        Reviewer::Legality => street(place),
    }
}

/// Tells posts something about a thing of a community; told again under the same mark, it is told once.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    (subject, href): (i64, String),
    place: &Place,
    (mark, words): (&str, String),
    told: &[Post],
) -> Result<(), Problem> {
    let community = communities::load(tx, place.community.into())?.name;
    let title = format!("{words}：{community}");
    messages::tell(tx, &Note { subject, mark: mark.to_owned(), title, href, urgent: false }, told)
}

/// Tells posts something about a decision.
pub(crate) fn decision(
    tx: &mut Tx<'_>,
    it: &Decision,
    mark: &str,
    words: &str,
    told: &[Post],
) -> Result<(), Problem> {
    let about = (it.id.into(), format!("/assemblies/decisions/{}", it.id));
    tell(tx, about, &it.place, (mark, format!("{words}“{}”", it.title)), told)
}
