//! The flats, shops and parking spaces of the demonstration's community, and whom they belong to: all invented.

use crate::rolls::types::UnitRow;

const SURNAMES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何",
    "郭", "马", "罗",
];
const GIVEN: [&str; 12] =
    ["建国", "秀兰", "志强", "丽华", "海燕", "永福", "桂英", "晓东", "文静", "大勇", "玉梅", "子涵"];

/// Whoever has an account in the demonstration: two flats and a parking space, and no vote cast before she comes.
pub(super) const OWNER: &str = "孙玉梅";
const OWNERS_NUMBER: u32 = 72;

pub(super) const BUILDINGS: [&str; 5] = ["1幢", "2幢", "3幢", "沿街商铺", "地下车位"];

/// 96 flats in three buildings, six shops and twelve parking spaces; some owners have two of them, some flats two owners.
pub(super) fn rows() -> Vec<UnitRow> {
    let mut rows = vec![];
    let mut push = |building: &str, unit: String, kind: &str, area: String, owner: u32| {
        let name = |n: u32| {
            let (surname, given) =
                (SURNAMES[n as usize % 20], GIVEN[(n as usize * 7 + n as usize / 20) % 12]);
            let whole = if n == OWNERS_NUMBER { OWNER.to_owned() } else { format!("{surname}{given}") };
            (whole, format!("DEMO{n:05}"))
        };
        let developer = owner == 0;
        let (mut names, mut numbers) = (vec![], vec![]);
        let owners = if owner % 8 == 3 { vec![owner, owner + 500] } else { vec![owner] };
        for (name, number) in owners.into_iter().filter(|_| !developer).map(name) {
            names.push(name);
            numbers.push(number);
        }
        rows.push(UnitRow {
            line: rows.len() as u32 + 2,
            unit,
            building: building.to_owned(),
            kind: kind.to_owned(),
            area,
            names: names.join("、"),
            numbers: numbers.join("、"),
            holder: if developer { "建设单位" } else { "业主" }.to_owned(),
            ..UnitRow::default()
        });
    };
    let mut owner = 0;
    for building in 1..=3 {
        for floor in 1..=8 {
            for door in 1..=4 {
                owner += 1;
                let area = format!("{}.{:02}", 72 + (owner * 11) % 60, (owner * 37) % 100);
                // The newest owners have two flats, and three flats were never sold.
                let whose = if owner % 32 == 31 {
                    0
                } else if owner % 16 == 9 {
                    owner - 1
                } else {
                    owner
                };
                push(&format!("{building}幢"), format!("{building}幢{floor}0{door}"), "住宅", area, whose);
            }
        }
    }
    for n in 1..=6_u32 {
        push(
            "沿街商铺",
            format!("商铺{n}"),
            "商业",
            format!("{}.5", 38 + n * 3),
            if n == 6 { 0 } else { 900 + n },
        );
    }
    for n in 1..=12 {
        push(
            "地下车位",
            format!("车位{n:02}"),
            "车位",
            "13.25".to_owned(),
            if n == 1 { OWNERS_NUMBER } else { n * 5 },
        );
    }
    rows
}
