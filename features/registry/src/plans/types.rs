//! The nouns: a position, a picture, the marks on it.

use files::AttachmentId;
use kernel::{Place, id};
use serde::{Deserialize, Serialize};

id!(PlanId);

/// A point on the earth in millionths of a degree, CGCS2000 (which a phone's WGS 84 equals to within a step).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub latitude: i64,
    pub longitude: i64,
}

/// A mark on the picture: what is there, and where, in thousandths of the picture's width and height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    pub name: String,
    pub x: i64,
    pub y: i64,
}

/// The picture as it was kept, with its size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Picture {
    pub(crate) file: AttachmentId,
    pub(crate) width: i64,
    pub(crate) height: i64,
}

/// What is known of one community's place. It may be known before anything of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) id: PlanId,
    pub(crate) place: Place,
    pub(crate) position: Option<Position>,
    pub(crate) picture: Option<Picture>,
    pub(crate) spots: Vec<Spot>,
    /// 0 before it was first kept.
    pub(crate) version: i64,
}

/// The picture as a passer-by sees it; heights are in thousandths of the width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicPlan {
    pub href: String,
    pub height: i64,
    pub spots: Vec<Spot>,
}

/// 填写位置.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct PositionForm {
    pub(crate) latitude: String,
    pub(crate) longitude: String,
    pub(crate) version: String,
}

/// 标注一处. A touched picture says where in pixels of the width it was shown with.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct SpotForm {
    pub(crate) name: String,
    #[serde(rename = "spot.x")]
    pub(crate) touched_x: String,
    #[serde(rename = "spot.y")]
    pub(crate) touched_y: String,
    pub(crate) shown_wide: String,
    /// Per cent from the left and from the top, for whoever does not touch.
    pub(crate) across: String,
    pub(crate) down: String,
    pub(crate) version: String,
}

impl PublicPlan {
    /// Whether `said`, a place in words, is at this mark: it begins with its name and with no longer mark's, and no number goes on there.
    #[must_use]
    pub fn names(&self, said: &str, mark: &Spot) -> bool {
        let is_digit = |it: char| it.is_ascii_digit();
        let at = |it: &Spot| {
            let rest = said.strip_prefix(it.name.as_str());
            rest.is_some_and(|rest| !(it.name.ends_with(is_digit) && rest.starts_with(is_digit)))
        };
        let longest = self.spots.iter().filter(|it| at(it)).max_by_key(|it| it.name.len());
        longest.is_some_and(|it| it.name == mark.name)
    }
}

impl Position {
    /// Both as decimal degrees, as people write them.
    #[must_use]
    pub fn degrees(self) -> (String, String) {
        let text = |it: i64| format!("{}.{:06}", it / 1_000_000, it % 1_000_000);
        (text(self.latitude), text(self.longitude))
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (latitude, longitude) = self.degrees();
        write!(f, "{latitude}, {longitude}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_words_is_at_the_mark_it_names_best() {
        let spot = |name: &str| Spot { name: name.to_owned(), x: 1, y: 1 };
        let spots = vec![spot("1"), spot("1号楼"), spot("东门"), spot("东")];
        let plan = PublicPlan { href: String::new(), height: 1, spots };
        let at = |said: &str| plan.spots.iter().find(|it| plan.names(said, it)).map(|it| it.name.as_str());
        assert_eq!(at("1号楼2单元"), Some("1号楼"));
        assert_eq!(at("10号楼"), None);
        assert_eq!(at("11号楼"), None);
        assert_eq!(at("东门外"), Some("东门"));
        assert_eq!(at(""), None);
    }
}
