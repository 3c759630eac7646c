//! Where the made-up communities lie, and the picture of one of them.

use files::{Files, Media};
use kernel::Problem;
use store::Tx;

use crate::{
    communities::{self, CommunityId},
    plans::{self, Position, Spot},
};

const PICTURE: &[u8] = include_bytes!("plan.png");
/// Name, and thousandths from the left and from the top.
const SPOTS: [(&str, i64, i64); 12] = [
    ("1号楼", 240, 165),
    ("2号楼", 240, 340),
    ("3号楼", 758, 165),
    ("4号楼", 758, 340),
    ("5号楼", 240, 665),
    ("6号楼", 240, 840),
    ("7号楼", 758, 665),
    ("水池", 680, 835),
    ("停车场", 845, 835),
    ("东门", 965, 500),
    ("西门", 35, 500),
    ("南门", 500, 955),
];

/// Spread over a town, a third of a kilometre apart, so that each is nearest to itself.
///
/// # Errors
/// When the store refuses.
pub fn positions(tx: &mut Tx<'_>, all: &[CommunityId]) -> Result<(), Problem> {
    for (n, id) in all.iter().enumerate() {
        let (row, column) = ((n / 12) as i64, (n % 12) as i64);
        let position =
            Position { latitude: 31_440_000 + row * 3_600, longitude: 116_920_000 + column * 4_200 };
        let community = communities::load(tx, *id)?;
        let plan = plans::seed_from(tx, &community)?;
        plans::seed(tx, &plans::Plan { position: Some(position), ..plan })?;
    }
    Ok(())
}

/// The picture of one community, with its marks.
///
/// # Errors
/// When the disk or the store refuses.
pub fn picture(tx: &mut Tx<'_>, files: &Files, id: CommunityId) -> Result<(), Problem> {
    let kept = files.keep(Media::Png, PICTURE).map_err(Problem::Busy)?;
    let community = communities::load(tx, id)?;
    let spots = SPOTS.map(|(name, x, y)| Spot { name: name.to_owned(), x, y });
    let plan = plans::seed_from(tx, &community)?;
    let file = files::attach(tx, plan.id.into(), "plan", "平面图.png", &kept)?;
    let (width, height) = files::size(PICTURE).unwrap_or_default();
    let picture = Some(plans::Picture { file, width, height });
    plans::seed(tx, &plans::Plan { picture, spots: spots.into(), ..plan })
}
