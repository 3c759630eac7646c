//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{FieldError, Problem, Tenant};

use super::{
    events::{CommunityMoved, RowsFollowed},
    store,
    types::{Move, MoveId, Moving},
};
use crate::{
    communities::{self, Community, CommunityId, policy},
    divisions::{self, adjusting},
    history::Change,
};

/// 划归另一个社区 of the same county, by a document.
pub(crate) fn move_community(
    tx: &mut Tx<'_>,
    id: CommunityId,
    form: &Moving,
) -> Result<((), Recorded), Problem> {
    let community = communities::load(tx, id)?;
    let permit = policy::may_move(&tx.ctx.actor, &community.place)?;
    let target = form.target();
    let asked = || Problem::Invalid(vec![FieldError::new("to", "请选择划归哪个社区")]);
    let place = divisions::place_of(tx, target.ok_or_else(asked)?)?;
    if place.tenant != community.place.tenant {
        return Err(adjusting::DivisionRefusal::OtherCounty.into());
    }
    let to = divisions::division(tx, place.neighborhood.into())?;
    if to.ended_on.is_some() {
        return Err(adjusting::DivisionRefusal::EndedBefore(to.name).into());
    }
    if place.neighborhood == community.place.neighborhood {
        return Err(adjusting::DivisionRefusal::ThereAlready(to.name).into());
    }
    let document = adjusting::document(&form.document)?;
    if form.version.trim() != community.version.to_string() {
        return Err(Problem::Conflict);
    }
    let before = divisions::division(tx, community.place.neighborhood.into())?.name;
    begin(tx, &community, place.subdistrict, place.neighborhood, &document)?;
    let changes = vec![
        Change { field: "所在社区".into(), from: before, to: to.name },
        Change { field: "依据".into(), from: String::new(), to: document },
    ];
    Ok(((), tx.record(permit, &CommunityMoved { community: id, changes })?))
}

/// The community goes at once, and its rows begin to follow.
pub(crate) fn begin(
    tx: &mut Tx<'_>,
    community: &Community,
    subdistrict: i64,
    neighborhood: i64,
    document: &str,
) -> Result<(), Problem> {
    if store::is_waiting(tx, community.id)? {
        let message = format!("“{}”上一次划转还在进行，请稍后再办", community.name);
        return Err(Problem::Refused { code: "registry.move_waiting", message });
    }
    let place = kernel::Place { subdistrict, neighborhood, ..community.place };
    let moves_house = neighborhood != community.place.neighborhood;
    if moves_house && communities::named(tx, &place, &community.name)?.is_some() {
        let message = format!("那个社区已有同名小区“{}”，请先给其中一个改名", community.name);
        return Err(Problem::Refused { code: "registry.same_name", message });
    }
    communities::put_in(tx, community, &place)?;
    let it = Move {
        id: MoveId::from(tx.ctx.new_id(Tenant::of_id(community.id.into()))),
        community: community.id,
        from_subdistrict: community.place.subdistrict,
        from_neighborhood: community.place.neighborhood,
        subdistrict,
        neighborhood,
        document: document.to_owned(),
    };
    Ok(store::add(tx, &it)?)
}

/// 随迁: the next rows of the first table that still has some; done when none has.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    it: &Move,
    statements: &[&'static str],
    most: i64,
) -> Result<(bool, Recorded), Problem> {
    let permit = policy::may_follow(&tx.ctx.actor)?;
    for statement in statements {
        let rows = store::follow(tx, statement, it, most)?;
        if 0 < rows {
            let event = RowsFollowed { community: it.community, rows, done: false };
            return Ok((false, tx.record(permit, &event)?));
        }
    }
    store::finish(tx, it)?;
    Ok((true, tx.record(permit, &RowsFollowed { community: it.community, rows: 0, done: true })?))
}
