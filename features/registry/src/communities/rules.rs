//! What a community's particulars must be, and what changed between two of them. Pure.

use kernel::{Area, FieldError, Problem};

use super::{
    labels,
    types::{Community, CommunityForm, Particulars},
};
use crate::{divisions::DivisionId, history::Change};

const LONGEST_NAME: usize = 60;
const LONGEST_NOTE: usize = 2_000;
/// More households than any compound has; a larger number is a slip of the hand.
const MOST_HOUSEHOLDS: i64 = 50_000;

/// Understands the form, or says about every field what is wrong with it.
pub(crate) fn particulars(form: &CommunityForm, today_year: i64) -> Result<Particulars, Problem> {
    let mut errors = vec![];
    let mut wrong = |field: &'static str, message: &str| errors.push(FieldError::new(field, message));
    let name = form.name.trim().to_owned();
    if name.is_empty() || LONGEST_NAME < name.chars().count() {
        wrong("name", "请填写小区名称，不超过60个字");
    }
    let neighborhood = kernel::parse_id(form.neighborhood.trim());
    if neighborhood.is_none() {
        wrong("neighborhood", "请选择所在社区");
    }
    let kind = labels::kind_named(form.kind.trim());
    if kind.is_none() {
        wrong("kind", "请选择小区类别：商品房、老旧小区、回迁安置、保障性住房或其他");
    }
    let service_mode = labels::service_mode_named(form.service_mode.trim());
    if service_mode.is_none() {
        wrong("service_mode", "请选择物业服务方式；没有物业管理的选“无物业管理”");
    }
    let mut whole = |field: &'static str, text: &str, least: i64, most: i64, message: &str| match number(text)
    {
        None => None,
        Some(Some(it)) if (least..=most).contains(&it) => Some(it),
        _ => {
            wrong(field, message);
            None
        }
    };
    let built_year = whole(
        "built_year",
        &form.built_year,
        1949,
        today_year,
        "建成时间请填写四位年份，不晚于今年，如 2015",
    );
    let buildings = whole("buildings", &form.buildings, 0, 2_000, "楼栋数应为0至2000的整数");
    let entrances = whole("entrances", &form.entrances, 0, 10_000, "单元数应为0至10000的整数");
    let households = whole("households", &form.households, 1, MOST_HOUSEHOLDS, "户数应为1至50000的整数");
    if form.households.trim().is_empty() {
        wrong("households", "请填写户数");
    }
    let area_text = form.floor_area.trim().replace([',', '，'], "");
    let floor_area = (!area_text.is_empty()).then(|| Area::parse_m2(&area_text));
    if floor_area == Some(None) {
        wrong("floor_area", "建筑总面积请填写平方米数，最多三位小数，如 86500.5");
    }
    if LONGEST_NOTE < form.note.chars().count() {
        wrong("note", "补充说明不超过2000个字");
    }
    let (Some(neighborhood), Some(kind), Some(service_mode), Some(households), true) =
        (neighborhood, kind, service_mode, households, errors.is_empty())
    else {
        return Err(Problem::Invalid(errors));
    };
    let (address, note) = (form.address.trim().to_owned(), identifiers::mask_numbers(form.note.trim()));
    let neighborhood = DivisionId::from(neighborhood);
    Ok(Particulars {
        name,
        neighborhood,
        kind,
        address,
        built_year,
        floor_area: floor_area.flatten(),
        buildings,
        entrances,
        households,
        service_mode,
        note,
    })
}

/// Nothing typed, a number, or something that is none: full-width digits and a thousands comma are forgiven.
fn number(text: &str) -> Option<Option<i64>> {
    let narrow = |it: char| {
        if ('０'..='９').contains(&it) { char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it) } else { it }
    };
    let text: String = text.trim().chars().filter(|it| !matches!(it, ',' | '，')).map(narrow).collect();
    (!text.is_empty()).then(|| text.parse().ok())
}

/// The fields that differ, as people read them.
pub(crate) fn changes(before: &Community, after: &Particulars) -> Vec<Change> {
    let text = |it: Option<i64>| it.map_or(String::new(), |it| it.to_string());
    let area = |it: Option<Area>| it.map_or(String::new(), |it| it.to_string());
    let pairs = [
        ("小区名称", before.name.clone(), after.name.clone()),
        ("小区类别", labels::kind(before.kind).to_owned(), labels::kind(after.kind).to_owned()),
        ("地址", before.address.clone(), after.address.clone()),
        ("建成年份", text(before.built_year), text(after.built_year)),
        ("建筑总面积", area(before.floor_area), area(after.floor_area)),
        ("楼栋数", text(before.buildings), text(after.buildings)),
        ("单元数", text(before.entrances), text(after.entrances)),
        ("户数", before.households.to_string(), after.households.to_string()),
        (
            "物业服务方式",
            labels::service_mode(before.service_mode).to_owned(),
            labels::service_mode(after.service_mode).to_owned(),
        ),
        ("补充说明", before.note.clone(), after.note.clone()),
    ];
    let changed = pairs.into_iter().filter(|(_, from, to)| from != to);
    changed.map(|(field, from, to)| Change { field: field.to_owned(), from, to }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> CommunityForm {
        CommunityForm {
            name: "锦绣花园".into(),
            neighborhood: "12".into(),
            kind: "商品房".into(),
            households: "３２０".into(),
            service_mode: "market".into(),
            floor_area: "86,500.5".into(),
            note: "联系13800138000".into(),
            ..CommunityForm::default()
        }
    }

    fn wrong(form: &CommunityForm) -> Vec<String> {
        let Err(Problem::Invalid(errors)) = particulars(form, 2024) else { return vec![] };
        errors.iter().map(|it| it.field.to_string()).collect()
    }

    #[test]
    fn what_people_type_is_understood() {
        let read = particulars(&form(), 2024).unwrap();
        assert_eq!(
            (read.households, read.floor_area, read.note.as_str()),
            (320, Some(Area(86_500_500)), "联系138********")
        );
    }

    #[test]
    fn every_wrong_field_is_named() {
        assert_eq!(
            wrong(&CommunityForm::default()),
            ["name", "neighborhood", "kind", "service_mode", "households"]
        );
        assert_eq!(
            wrong(&CommunityForm {
                built_year: "2025".into(),
                buildings: "十".into(),
                floor_area: "-1".into(),
                ..form()
            }),
            ["built_year", "buildings", "floor_area"]
        );
    }
}
