//! What a position and a mark must be, and how far two positions are apart. Pure.

use kernel::{FieldError, Problem};

use super::types::{Picture, Position, PositionForm, Spot, SpotForm};

const MILLION: f64 = 1_000_000.0;
/// Length of a degree along a meridian, metres.
const DEGREE: f64 = 111_195.0;
/// The land of China and a little around it, degrees: what lies outside was mistyped or is the wrong way round.
const LATITUDES: std::ops::RangeInclusive<f64> = 3.0..=54.0;
const LONGITUDES: std::ops::RangeInclusive<f64> = 73.0..=136.0;
const LONGEST_NAME: usize = 20;
pub(crate) const MOST_SPOTS: usize = 80;

/// A position from two decimal degrees; the refusal says which of the two is wrong and why.
///
/// # Errors
/// `Invalid`, by the fields `latitude` and `longitude`.
pub fn position(latitude: &str, longitude: &str) -> Result<Position, Problem> {
    let read = |text: &str| {
        let narrow = identifiers::narrowed(text.trim());
        narrow.trim_end_matches('°').parse::<f64>().ok().filter(|it| it.is_finite())
    };
    let (up, along) = (read(latitude), read(longitude));
    let mut errors = vec![];
    match (up, along) {
        (Some(a), Some(b)) if LONGITUDES.contains(&a) && LATITUDES.contains(&b) => {
            errors.push(FieldError::new("latitude", "纬度和经度似乎填反了：纬度在前，约3至54度"));
        }
        _ => {
            if !up.is_some_and(|it| LATITUDES.contains(&it)) {
                errors.push(FieldError::new("latitude", "纬度请填3至54之间的度数，如31.462"));
            }
            if !along.is_some_and(|it| LONGITUDES.contains(&it)) {
                errors.push(FieldError::new("longitude", "经度请填73至136之间的度数，如116.944"));
            }
        }
    }
    match (up, along, errors.is_empty()) {
        (Some(up), Some(along), true) => Ok(Position { latitude: micro(up), longitude: micro(along) }),
        _ => Err(Problem::Invalid(errors)),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "degrees within 3 and 136 fit")]
fn micro(degrees: f64) -> i64 {
    (degrees * MILLION).round() as i64
}

/// Both empty means: the position is not known any more.
pub(crate) fn typed_position(form: &PositionForm) -> Result<Option<Position>, Problem> {
    if form.latitude.trim().is_empty() && form.longitude.trim().is_empty() {
        return Ok(None);
    }
    position(&form.latitude, &form.longitude).map(Some)
}

/// Metres between two positions that are at most some kilometres apart.
#[expect(clippy::cast_possible_truncation, reason = "metres on the earth fit")]
#[expect(clippy::cast_precision_loss, reason = "millionths of a degree are exact in a double")]
pub(crate) fn metres(a: Position, b: Position) -> i64 {
    let up = (a.latitude - b.latitude) as f64 / MILLION * DEGREE;
    let shrink = (a.latitude as f64 / MILLION).to_radians().cos();
    let along = (a.longitude - b.longitude) as f64 / MILLION * DEGREE * shrink;
    up.hypot(along).round() as i64
}

/// How far to look along a parallel and a meridian, in millionths of a degree, to miss nothing within `metres`.
#[expect(clippy::cast_possible_truncation, reason = "a few kilometres are a fraction of a degree")]
#[expect(clippy::cast_precision_loss, reason = "metres and millionths of a degree are exact in a double")]
pub(crate) fn around(at: Position, metres: i64) -> (i64, i64) {
    let up = metres as f64 / DEGREE * MILLION;
    let shrink = (at.latitude as f64 / MILLION).to_radians().cos();
    (up.ceil() as i64, (up / shrink).ceil() as i64)
}

/// A new mark: named, on the picture, and not named twice.
pub(crate) fn spot(form: &SpotForm, picture: Picture, there: &[Spot]) -> Result<Spot, Problem> {
    let name = identifiers::mask_numbers(form.name.trim());
    let mut errors = vec![];
    if name.is_empty() || LONGEST_NAME < name.chars().count() {
        errors
            .push(FieldError::new("name", format!("请填写这处的名称，如“3号楼”，不超过{LONGEST_NAME}个字")));
    } else if there.iter().any(|it| it.name == name) {
        errors.push(FieldError::new("name", format!("“{name}”已经标在图上；要改位置，请先移除再标")));
    } else if MOST_SPOTS <= there.len() {
        errors.push(FieldError::new("name", format!("一张图最多标{MOST_SPOTS}处")));
    }
    let by_hand = !form.across.trim().is_empty() || !form.down.trim().is_empty();
    let at = if by_hand {
        let percent = |it: &str| {
            let it = identifiers::narrowed(it.trim()).trim_end_matches('%').parse::<i64>().ok();
            it.filter(|it| (0..=100).contains(it)).map(|it| it * 10)
        };
        percent(&form.across).zip(percent(&form.down))
    } else {
        touched(form, picture)
    };
    if at.is_none() && by_hand {
        errors.push(FieldError::new("across", "离左边和离上边各填0至100的整数"));
    } else if at.is_none() {
        errors.push(FieldError::new("across", "请先写名称，再在图上点一下它的位置"));
    }
    match (at, errors.is_empty()) {
        (Some((x, y)), true) => Ok(Spot { name, x, y }),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Where the picture was touched, in thousandths; a key pressed instead of a touch says 0, 0, which is no place.
fn touched(form: &SpotForm, picture: Picture) -> Option<(i64, i64)> {
    let read = |it: &str| it.trim().parse::<i64>().ok().filter(|it| (0..=20_000).contains(it));
    let (x, y, wide) = (read(&form.touched_x)?, read(&form.touched_y)?, read(&form.shown_wide)?);
    if (x, y) == (0, 0) || wide == 0 || picture.width == 0 || picture.height == 0 {
        return None;
    }
    let (x, y) = (x * 1000 / wide, y * 1000 * picture.width / (wide * picture.height));
    Some((x.min(1000), y.min(1000)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture() -> Picture {
        Picture { file: 1.into(), width: 800, height: 400 }
    }

    fn fault(latitude: &str, longitude: &str) -> Vec<String> {
        match position(latitude, longitude) {
            Err(Problem::Invalid(errors)) => errors.into_iter().map(|it| it.field.to_string()).collect(),
            _ => vec![],
        }
    }

    #[test]
    fn a_position_is_two_degrees_in_china_in_their_order() {
        let here = position(" 31.4620001 ", "１１６.９４４°").unwrap();
        assert_eq!(here, Position { latitude: 31_462_000, longitude: 116_944_000 });
        assert_eq!(fault("116.944", "31.462"), ["latitude"]);
        assert_eq!(fault("131", "31.462"), ["latitude"]);
        assert_eq!(fault("", "x"), ["latitude", "longitude"]);
        assert_eq!(fault("31.4", "NaN"), ["longitude"]);
    }

    #[test]
    fn distances_are_those_on_the_ground() {
        let here = Position { latitude: 31_000_000, longitude: 117_000_000 };
        let north = Position { latitude: 31_010_000, ..here };
        let east = Position { longitude: 117_010_000, ..here };
        assert_eq!((metres(here, here), metres(here, north), metres(here, east)), (0, 1112, 953));
        let (up, along) = around(here, 1_000);
        assert_eq!((up, along), (8994, 10492));
    }

    #[test]
    fn a_mark_stands_where_the_picture_was_touched_whatever_its_width_on_the_screen() {
        let form = |x: &str, y: &str, wide: &str| SpotForm {
            name: "3号楼".into(),
            touched_x: x.into(),
            touched_y: y.into(),
            shown_wide: wide.into(),
            ..SpotForm::default()
        };
        let made = |form: &SpotForm| spot(form, picture(), &[]).map(|it| (it.x, it.y)).ok();
        assert_eq!(made(&form("160", "80", "320")), Some((500, 500)));
        assert_eq!(made(&form("480", "240", "960")), Some((500, 500)));
        assert_eq!(made(&form("0", "0", "320")), None);
        assert_eq!(made(&form("9", "9", "0")), None);
        let typed = SpotForm { across: "25".into(), down: "100".into(), ..form("0", "0", "320") };
        assert_eq!(made(&typed), Some((250, 1000)));
        let wrong = SpotForm { down: "101".into(), ..typed.clone() };
        assert_eq!(made(&wrong), None);
        let there = [Spot { name: "3号楼".into(), x: 1, y: 1 }];
        assert!(spot(&typed, picture(), &there).is_err());
    }
}
