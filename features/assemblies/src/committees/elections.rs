//! 换届选举 — from a final election to the form of the term it elected.

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::Problem;
use registry::communities::{self, CommunityId};

use super::{policy, rules, schedule::PACK, store, types::Founding};
use crate::{
    counting::{self, Elected},
    decisions::{self, Decision, Stage},
};

/// The election a new term follows from: the one that is named, or the newest that is final and later than the term before.
pub(super) fn election_of(
    tx: &mut Tx<'_>,
    place: &kernel::Place,
    since: Option<Date>,
    named: &str,
) -> Result<Option<Elected>, Problem> {
    let seats = PACK.owners.least..=PACK.owners.most;
    for it in decisions::store::of_community(tx, place.community)? {
        if !named.is_empty() && it.id.to_string() != named {
            continue;
        }
        let elected = counting::elected(tx, &it, seats.clone())?;
        if let Some(elected) = elected.filter(|elected| since.is_none_or(|since| since < elected.voted_from))
        {
            return Ok(Some(elected));
        }
    }
    Ok(None)
}

/// An election of a committee that was announced and is not final, and began before the day somebody is said to have been elected on.
pub(super) fn under_way(
    tx: &mut Tx<'_>,
    place: &kernel::Place,
    elected_on: Date,
) -> Result<Option<String>, Problem> {
    let all = decisions::store::of_community(tx, place.community)?;
    let running = all.into_iter().find(|it| {
        let announced = match &it.stage {
            Stage::Noticed(it) | Stage::Sealed(it, _) | Stage::Provisional(it, _) => Some(it.opens_at),
            Stage::Draft | Stage::Final(..) | Stage::Cancelled { .. } => None,
        };
        let elects = counting::election(it, PACK.owners.least..=PACK.owners.most).is_some();
        elects && announced.is_some_and(|at| kernel::beijing_date(at) <= elected_on)
    });
    Ok(running.map(|it| it.title))
}

/// Whether a final decision elected a committee that may be registered now.
pub(crate) fn elects(tx: &mut Tx<'_>, vault: &Vault, it: &Decision) -> Result<bool, Problem> {
    if policy::may_keep(&tx.ctx.actor, &it.place).is_err() {
        return Ok(false);
    }
    let Some(elected) = counting::elected(tx, it, PACK.owners.least..=PACK.owners.most)? else {
        return Ok(false);
    };
    let before = store::newest(tx, vault, it.place.community)?;
    Ok(before.is_none_or(|before| before.elected_on < elected.voted_from))
}

/// The form of a new term: empty, or what an election of this community came to.
pub(crate) fn begun(tx: &mut Tx<'_>, id: CommunityId, election: &str) -> Result<Founding, Problem> {
    let place = communities::load(tx, id)?.place;
    if election.is_empty() {
        let _may = policy::may_file(&tx.ctx.actor, &place)?;
        return Ok(Founding::default());
    }
    let _may = policy::may_keep(&tx.ctx.actor, &place)?;
    let elected = election_of(tx, &place, None, election)?.ok_or(Problem::NotFound)?;
    Ok(rules::from_election(&PACK, election.to_owned(), &elected))
}
