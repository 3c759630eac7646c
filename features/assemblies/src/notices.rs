//! 告知 — who hears of what in a community's self-government, in the same unit of work: on their pages of messages.

use std::collections::{BTreeMap, BTreeSet};

use ::store::Tx;
use app::{Sealed, Vault};
use identifiers::Phone;
use kernel::{Place, Problem, Role, Scope, UserId};
use messages::{Note, Post};
use registry::communities;

use crate::{
    decisions::types::{Decision, Reviewer},
    objections::{Objected, Objection, Outcome},
    rolls, voting,
};

/// More homes than the largest community has.
const MOST_HOMES: i64 = 60_000;

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

/// 筹备组、换届小组.
pub(crate) fn group(place: &Place) -> Post {
    Post::new(Role::PreparatoryGroup, Scope::Community(place.community))
}

pub(crate) fn street(place: &Place) -> Post {
    Post::new(Role::Subdistrict, Scope::Subdistrict(place.subdistrict))
}

/// The owners whose homes are bound to an account, each as a person.
pub(crate) fn owners(tx: &mut Tx<'_>, place: &Place) -> Result<Vec<Post>, Problem> {
    let homes = owners::homes_in(tx, place.community, MOST_HOMES)?;
    let people: BTreeSet<_> = homes.into_iter().map(|it| i64::from(it.person)).collect();
    Ok(people.into_iter().map(|it| Post::person(Role::Owner, it.into())).collect())
}

/// Tells the owners a decision concerns something about it: those of the community, or of the parts that decide. It leads them to
/// their own votes.
pub(crate) fn owners_of(tx: &mut Tx<'_>, it: &Decision, mark: &str, words: &str) -> Result<(), Problem> {
    let told = match it.stage.noticed() {
        Some(noticed) if !it.terms.parts.is_empty() => {
            let mut people = BTreeSet::new();
            for home in owners::homes_in(tx, it.place.community, MOST_HOMES)? {
                if rolls::unit_of_door(tx, noticed.roll, &home.unit)?.is_some() {
                    people.insert(i64::from(home.person));
                }
            }
            people.into_iter().map(|it| Post::person(Role::Owner, it.into())).collect()
        }
        _ => owners(tx, &it.place)?,
    };
    let about = (it.id.into(), "/assemblies/mine".to_owned());
    tell(tx, about, &it.place, (mark, format!("{words}“{}”", it.title)), &told)
}

/// Owners texted within one unit of work.
const A_PAGE: usize = 100;

/// A short message to the phones of the owners a decision concerns, each owner once however many their homes: a page of them from `from` on.
/// Where the next begins, and how many messages there were.
pub(crate) fn text_owners_of(
    tx: &mut Tx<'_>,
    vault: &Vault,
    it: &Decision,
    words: &str,
    from: usize,
) -> Result<(Option<usize>, usize), Problem> {
    let Some(noticed) = it.stage.noticed().copied() else { return Ok((None, 0)) };
    let community = communities::load(tx, it.place.community.into())?.name;
    let text = format!("{community}业主大会公告：{}，{words}。详见小区公示页或“我的表决”。", it.title);
    let mut people: BTreeMap<UserId, Vec<String>> = BTreeMap::new();
    for home in owners::homes_in(tx, it.place.community, MOST_HOMES)? {
        people.entry(home.person).or_default().push(home.unit);
    }
    let (next, all) = (from + A_PAGE, people.len());
    let mut texts = 0;
    for (person, units) in people.into_iter().skip(from).take(A_PAGE) {
        let mut concerns = it.terms.parts.is_empty();
        for unit in units.iter().filter(|_| !it.terms.parts.is_empty()) {
            concerns |= rolls::unit_of_door(tx, noticed.roll, unit)?.is_some();
        }
        if !concerns {
            continue;
        }
        for sealed in owners::phones_of(tx, person)? {
            let phone = vault.open_sealed(&Sealed(sealed.clone())).map_err(Problem::Broken)?;
            let masked = identifiers::mask_phone(&phone);
            messages::text(tx, it.id.into(), "业主", (&sealed, &masked), &text)?;
            texts += 1;
        }
    }
    Ok(((next < all).then_some(next), texts))
}

/// Tells whoever has these units of the roll bound to an account what happened to their vote: each once.
pub(crate) fn owners_of_units(
    tx: &mut Tx<'_>,
    it: &Decision,
    units: &[String],
    mark: &str,
    words: &str,
) -> Result<(), Problem> {
    let mut told = BTreeSet::new();
    // A home stands for one of the units only under its name or its numbers: the others are not looked up one by one.
    let doors: BTreeSet<String> = units.iter().map(|it| rolls::types::door(it)).collect();
    let near =
        |home: &owners::Bound| units.contains(&home.unit) || doors.contains(&rolls::types::door(&home.unit));
    for home in owners::homes_in(tx, it.place.community, MOST_HOMES)?.into_iter().filter(near) {
        // Whoever bound the home after the freeze has no part in this vote.
        match voting::homes::unit_of(tx, it, &home) {
            Ok(found) if units.contains(&found.unit) => drop(told.insert(i64::from(home.person))),
            Ok(_) | Err(Problem::Refused { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    let told: Vec<Post> = told.into_iter().map(|it| Post::person(Role::Owner, it.into())).collect();
    let about = (it.id.into(), "/assemblies/mine".to_owned());
    tell(tx, about, &it.place, (mark, format!("{words}“{}”", it.title)), &told)
}

/// Who is asked for an opinion.
pub(crate) fn reviewer(place: &Place, body: Reviewer) -> Post {
    match body {
        Reviewer::Branch => branch(place),
        Reviewer::Neighborhood => neighborhood(place),
        Reviewer::Legality => street(place),
    }
}

/// Tells whoever objected that there is an answer: their account, and the phone they left. The answer itself stands on the board.
pub(crate) fn objector(
    tx: &mut Tx<'_>,
    vault: &Vault,
    about: Objected<'_>,
    it: &Objection,
) -> Result<(), Problem> {
    let verdict = if matches!(it.outcome, Outcome::Upheld { .. }) { "成立" } else { "不成立" };
    let words = format!("您对{}的异议已答复（{verdict}）", about.what);
    let mark = format!("objection:{}", it.id);
    if let Some(person) = it.person {
        let posted = (about.subject, format!("/assemblies/posted/{}", about.subject));
        let told = [Post::person(Role::Owner, person)];
        return tell(tx, posted, about.place, (&mark, words), &told);
    }
    let contact = vault.open_sealed(&Sealed(it.contact.clone())).map_err(Problem::Broken)?;
    let Some(phone) = Phone::mobile_within(&contact) else { return Ok(()) };
    let sealed = vault.seal(phone.reveal()).map_err(Problem::Broken)?.0;
    let community = communities::load(tx, about.place.community.into())?.name;
    let text = format!("{words}：{community}。答复在小区公示页上。");
    Ok(messages::text(tx, it.id.into(), "异议人", (&sealed, &phone.to_string()), &text)?)
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
