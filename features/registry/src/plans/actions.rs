//! The verbs. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use kernel::{Permit, Problem};

use super::{
    events::PlanDrawn,
    policy, rules, store,
    types::{Picture, Plan, PositionForm, SpotForm},
};
use crate::{
    communities::{self, CommunityId},
    history::Change,
};

type Done = Result<((), Recorded), Problem>;

fn opened(tx: &mut Tx<'_>, id: CommunityId) -> Result<(Plan, Permit), Problem> {
    let community = communities::load(tx, id)?;
    let permit = policy::may_draw(&tx.ctx.actor, &community.place)?;
    Ok((store::of(tx, &community)?, permit))
}

/// The page says which version it showed; somebody else may have been quicker.
fn current(plan: &Plan, version: &str) -> Result<(), Problem> {
    if version == plan.version.to_string() { Ok(()) } else { Err(Problem::Conflict) }
}

fn kept(tx: &mut Tx<'_>, permit: Permit, plan: &Plan, (field, from, to): (&str, String, String)) -> Done {
    store::keep(tx, plan)?;
    let community = CommunityId::from(plan.place.community);
    let changes = vec![Change { field: field.to_owned(), from, to }];
    Ok(((), tx.record(permit, &PlanDrawn { community, changes })?))
}

/// 填写位置.
pub(crate) fn set_position(tx: &mut Tx<'_>, id: CommunityId, form: &PositionForm) -> Done {
    let (before, permit) = opened(tx, id)?;
    let position = rules::typed_position(form)?;
    current(&before, &form.version)?;
    let said = |it: Option<super::Position>| it.map_or_else(String::new, |it| it.to_string());
    let change = ("位置", said(before.position), said(position));
    kept(tx, permit, &Plan { position, ..before }, change)
}

/// Whether the actor may put a picture here: asked before its bytes are kept.
pub(crate) fn may_draw(tx: &mut Tx<'_>, id: CommunityId) -> Result<(), Problem> {
    opened(tx, id).map(|_| ())
}

/// 上传平面图 — in the place of the one before; the marks stay where they are.
pub(crate) fn set_picture(
    tx: &mut Tx<'_>,
    id: CommunityId,
    version: &str,
    name: &str,
    kept_file: &files::Kept,
    (width, height): (i64, i64),
) -> Done {
    let (before, permit) = opened(tx, id)?;
    current(&before, version)?;
    if let Some(old) = before.picture {
        files::take_away(tx, before.id.into(), old.file)?;
    }
    let file = files::attach(tx, before.id.into(), "plan", name, kept_file)?;
    let from = if before.picture.is_some() { "原图" } else { "" };
    let plan = Plan { picture: Some(Picture { file, width, height }), ..before };
    kept(tx, permit, &plan, ("平面图", from.to_owned(), format!("新图（{width}×{height}）")))
}

/// 标注一处.
pub(crate) fn mark(tx: &mut Tx<'_>, id: CommunityId, form: &SpotForm) -> Done {
    let (mut plan, permit) = opened(tx, id)?;
    let picture = plan.picture.ok_or(Problem::NotFound)?;
    let spot = rules::spot(form, picture, &plan.spots)?;
    current(&plan, &form.version)?;
    let change = ("标注", String::new(), spot.name.clone());
    plan.spots.push(spot);
    kept(tx, permit, &plan, change)
}

/// 移除标注.
pub(crate) fn unmark(tx: &mut Tx<'_>, id: CommunityId, form: &SpotForm) -> Done {
    let (mut plan, permit) = opened(tx, id)?;
    current(&plan, &form.version)?;
    let at = plan.spots.iter().position(|it| it.name == form.name).ok_or(Problem::NotFound)?;
    let gone = plan.spots.remove(at);
    kept(tx, permit, &plan, ("标注", gone.name, String::new()))
}
