//! 表决范围 — the buildings and entrances of a roll, and the part of it that one decision concerns, cut out when it is noticed.

use ::store::Tx;
use kernel::{Area, Problem, Tenant};
use sha2::{Digest as _, Sha256};

use super::{
    actions::hex,
    rules::{self, RollRefusal},
    store,
    types::{Part, Roll, RollId, Unit},
};
use crate::{HeadRule, read_roll};

/// Every building of a roll in its order, each followed by its entrances when there are several; with how many units it has.
pub(crate) fn parts(tx: &mut Tx<'_>, roll: RollId) -> Result<Vec<(Part, usize)>, Problem> {
    Ok(parts_of(&store::units(tx, None, roll)?))
}

fn parts_of(units: &[Unit]) -> Vec<(Part, usize)> {
    let mut buildings: Vec<(Part, usize)> = vec![];
    let mut entrances: Vec<(Part, usize)> = vec![];
    let count = |known: &mut Vec<(Part, usize)>, part: Part| match known.iter_mut().find(|it| it.0 == part) {
        Some(it) => it.1 += 1,
        None => known.push((part, 1)),
    };
    for it in units {
        count(&mut buildings, Part { building: it.building.clone(), entrance: String::new() });
        if !it.entrance.is_empty() {
            count(&mut entrances, Part { building: it.building.clone(), entrance: it.entrance.clone() });
        }
    }
    let mut parts = vec![];
    for building in buildings {
        let within: Vec<_> =
            entrances.iter().filter(|it| it.0.building == building.0.building).cloned().collect();
        parts.push(building);
        parts.extend(if 1 < within.len() { within } else { vec![] });
    }
    parts
}

/// What a frozen roll holds of these parts: its units, and the roll's own figures for them alone.
fn within(tx: &mut Tx<'_>, whole: &Roll, parts: &[Part]) -> Result<(Roll, Vec<Unit>, String), Problem> {
    let units = store::units(tx, None, whole.id)?;
    if let Some(gone) = parts.iter().find(|part| !units.iter().any(|it| part.holds(it))) {
        return Err(RollRefusal::PartGone(gone.words(), whole.n).into());
    }
    let units: Vec<Unit> = units.into_iter().filter(|it| parts.iter().any(|part| part.holds(it))).collect();
    let text = rules::canonical(&units);
    let counted = read_roll(&text).map_err(|it| Problem::Broken(it.into()))?;
    let words = parts.iter().map(Part::words).collect::<Vec<_>>().join("、");
    let roll = Roll {
        units: units.len() as i64,
        area: Area(units.iter().map(|it| it.area.0).sum()),
        heads: counted.heads(HeadRule::DistinctOwner) as i64,
        digest: hex(&Sha256::digest(text.as_bytes())),
        cut: Some((whole.id, words.clone())),
        ..whole.clone()
    };
    Ok((roll, units, words))
}

/// The roll as a draft that concerns these parts will have it, with nothing written; of a part that the
/// roll knows no more it holds nothing, and says so.
pub(crate) fn foreseen(tx: &mut Tx<'_>, whole: Roll, parts: &[Part]) -> Result<Roll, Problem> {
    if parts.is_empty() {
        return Ok(whole);
    }
    match within(tx, &whole, parts) {
        Ok((roll, ..)) => Ok(roll),
        Err(Problem::Refused { message, .. }) => {
            Ok(Roll { units: 0, heads: 0, area: Area(0), cut: Some((whole.id, message)), ..whole })
        }
        Err(problem) => Err(problem),
    }
}

/// 取出范围: a version of its own with these parts of a frozen roll and nothing else. It is written within the unit of work that
/// gives notice, so that the whole roll, the part and the notice stand or fall together.
pub(crate) fn cut(tx: &mut Tx<'_>, whole: &Roll, parts: &[Part]) -> Result<Roll, Problem> {
    let (roll, units, words) = within(tx, whole, parts)?;
    let roll = Roll {
        id: RollId::from(tx.ctx.new_id(Tenant::of_id(whole.id.into()))),
        n: store::next(tx, &whole.place)?,
        version: 1,
        ..roll
    };
    store::add_cut(tx, whole, &roll, &words, &units)?;
    Ok(roll)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rolls::types::{AreaSource, Contact, Holder};

    fn unit(building: &str, entrance: &str) -> Unit {
        Unit {
            unit: format!("{building}{entrance}"),
            building: building.into(),
            entrance: entrance.into(),
            kind: "residential".into(),
            holder: Holder::Owner,
            area: Area(1),
            area_source: AreaSource::Register,
            owners: vec![],
            contact: Contact::default(),
        }
    }

    #[test]
    fn a_building_with_several_entrances_offers_each_and_one_with_one_does_not() {
        let units = [
            unit("1幢", "1单元"),
            unit("2幢", "1单元"),
            unit("2幢", "2单元"),
            unit("车位", ""),
            unit("2幢", "2单元"),
        ];
        let told: Vec<(String, usize)> =
            parts_of(&units).into_iter().map(|it| (it.0.words(), it.1)).collect();
        let expected = [("1幢", 1), ("2幢", 3), ("2幢1单元", 1), ("2幢2单元", 2), ("车位", 1)];
        assert_eq!(told, expected.map(|it| (it.0.to_owned(), it.1)));
        let part = Part { building: "2幢".into(), entrance: "2单元".into() };
        assert_eq!(units.iter().filter(|it| part.holds(it)).count(), 2);
    }
}
