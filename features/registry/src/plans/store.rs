//! Every statement about plans; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx, Value};
use kernel::{Problem, Tenant};

use super::types::{Picture, Plan, Position};
use crate::communities::{Community, CommunityId};

/// What is kept of a community's place; a blank sheet when nothing is.
pub(crate) fn of(tx: &mut Tx<'_>, community: &Community) -> Result<Plan> {
    let tenant = Tenant::of_id(community.id.into());
    let args = [i64::from(tenant.number()).into(), i64::from(community.id).into()];
    let place = community.place;
    let kept = tx.maybe(include_str!("sql/of.sql"), &args, |it| read(it, place))?;
    Ok(match kept {
        Some(it) => it,
        None => Plan {
            id: tx.ctx.new_id(tenant).into(),
            place,
            position: None,
            picture: None,
            spots: vec![],
            version: 0,
        },
    })
}

/// Positions of a city within a box, with whose they are: at most some hundred.
pub(crate) fn within(
    tx: &mut Tx<'_>,
    city: i64,
    at: Position,
    (up, along): (i64, i64),
) -> Result<Vec<(CommunityId, Position)>> {
    let args = [
        city.into(),
        (at.latitude - up).into(),
        (at.latitude + up).into(),
        (at.longitude - along).into(),
        (at.longitude + along).into(),
    ];
    tx.all(include_str!("sql/within.sql"), &args, |it| {
        let position = Position { latitude: it.int("latitude")?, longitude: it.int("longitude")? };
        Ok((it.int("community")?.into(), position))
    })
}

/// Keeps the sheet: a blank one is begun, another is saved when nobody was quicker.
pub(crate) fn keep(tx: &mut Tx<'_>, it: &Plan) -> std::result::Result<(), Problem> {
    if it.version == 0 {
        return add(tx, it);
    }
    let mut args = vec![it.place.tenant.into(), i64::from(it.id).into(), it.version.into()];
    args.extend(values(it)?);
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// A first sheet; somebody who began one meanwhile was quicker.
pub(crate) fn add(tx: &mut Tx<'_>, it: &Plan) -> std::result::Result<(), Problem> {
    let mut args = vec![
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.community.into(),
    ];
    args.extend(values(it)?);
    match tx.change_one(include_str!("sql/add.sql"), &args) {
        Err(StoreError::Missing) => Err(Problem::Conflict),
        other => Ok(other?),
    }
}

fn values(it: &Plan) -> std::result::Result<Vec<Value>, Problem> {
    let spots = serde_json::to_string(&it.spots).map_err(|it| Problem::Broken(it.into()))?;
    Ok(vec![
        it.position.map(|it| it.latitude).into(),
        it.position.map(|it| it.longitude).into(),
        it.picture.map(|it| i64::from(it.file)).into(),
        it.picture.map_or(0, |it| it.width).into(),
        it.picture.map_or(0, |it| it.height).into(),
        spots.into(),
    ])
}

fn read(row: &Row<'_>, place: kernel::Place) -> Result<Plan> {
    let position = row.maybe_int("latitude")?.zip(row.maybe_int("longitude")?);
    let (width, height) = (row.int("width")?, row.int("height")?);
    Ok(Plan {
        id: row.int("id")?.into(),
        place,
        position: position.map(|(latitude, longitude)| Position { latitude, longitude }),
        picture: row.maybe_int("picture")?.map(|it| Picture { file: it.into(), width, height }),
        spots: serde_json::from_str(&row.text("spots")?)?,
        version: row.int("version")?,
    })
}
