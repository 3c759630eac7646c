//! Flats in free text: 5号楼2单元301室 names a household as surely as a number does.

/// Kinds of building whose number may stand directly before a flat's.
const BUILDINGS: [&str; 6] = ["号楼", "单元", "栋", "幢", "座", "梯"];
/// What makes a number before it a flat's.
const FLATS: [char; 2] = ['室', '房'];
/// What makes a number before it something else: a floor, a price, a distance, a time.
const OTHERS: [char; 12] = ['单', '层', '楼', '号', '元', '块', '米', '点', '分', '年', '月', '日'];
const CHINESE: &str = "零〇一二三四五六七八九十百";

/// Free text with the numbers of flats hidden; buildings and entrances stay, for whoever has to go there. Dates, floors and sums are none.
#[must_use]
pub fn mask_doors(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let run =
            |from: usize, is: &dyn Fn(char) -> bool| letters[from..].iter().take_while(|it| is(**it)).count();
        let digits = run(at, &is_digit);
        let words = run(at, &|it| CHINESE.contains(it));
        let length = digits.max(words);
        if length == 0 {
            masked.push(letters[at]);
            at += 1;
            continue;
        }
        let next = letters.get(at + length).copied();
        let before: String = letters[..at].iter().collect();
        let named = next.is_some_and(|it| FLATS.contains(&it));
        let other = next.is_some_and(|it| OTHERS.contains(&it));
        let behind = BUILDINGS.iter().any(|it| before.ends_with(it));
        let dashed = is_dashed(&letters, at) && digits != 0;
        let is_flat = match length {
            _ if named => (2..=4).contains(&length),
            2..=4 if dashed && !other => length != 2 || is_second_dash(&letters, at),
            3..=4 => digits != 0 && behind && !other,
            _ => false,
        };
        if is_flat {
            masked.push_str("**");
        } else {
            masked.extend(&letters[at..at + length]);
        }
        at += length;
    }
    masked
}

fn is_digit(it: char) -> bool {
    it.is_ascii_digit() || ('０'..='９').contains(&it)
}

fn is_dash(it: char) -> bool {
    ['-', '－', '–', '—', '#'].contains(&it)
}

/// 5-301, 5-2-301: a dash before it, and one or two digits before that, which begin there.
fn is_dashed(letters: &[char], at: usize) -> bool {
    if at == 0 || !is_dash(letters[at - 1]) {
        return false;
    }
    let digits = letters[..at - 1].iter().rev().take_while(|it| is_digit(**it)).count();
    (1..=2).contains(&digits)
}

/// 5-2-01: the group before it stands behind a dash itself.
fn is_second_dash(letters: &[char], at: usize) -> bool {
    let digits = letters[..at - 1].iter().rev().take_while(|it| is_digit(**it)).count();
    let before = at - 1 - digits;
    0 < before && is_dashed(letters, before)
}

#[cfg(test)]
mod tests {
    use super::mask_doors;

    #[test]
    fn flats_are_hidden_and_buildings_stay() {
        for (typed, shown) in [
            ("我住5号楼2单元301", "我住5号楼2单元**"),
            ("5号楼2单元301室漏水", "5号楼2单元**室漏水"),
            ("3幢1204的人往下扔东西", "3幢**的人往下扔东西"),
            ("5-301 和 12-2-1103", "5-** 和 12-2-**"),
            ("5-2-01", "5-2-**"),
            ("三零一室夜里装修", "**室夜里装修"),
            ("楼上３０１室", "楼上**室"),
        ] {
            assert_eq!(mask_doors(typed), shown);
        }
    }

    #[test]
    fn dates_floors_sums_and_entrances_are_no_flats() {
        for typed in [
            "2024-08-20 起，3号楼2单元电梯",
            "12号楼18层漏水，等了10-15分钟",
            "物业费多收了300元，押金2000",
            "5号楼100米外",
            "B区一排灯不亮",
            "二十楼的灯，三十户没水",
            "08-20停水",
        ] {
            assert_eq!(mask_doors(typed), typed);
        }
    }
}
