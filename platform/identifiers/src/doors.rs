//! Flats in free text: 5号楼2单元301室 names a household as surely as a number does.

/// What a flat's number may stand behind.
const BUILDINGS: [&[char]; 6] = [&['号', '楼'], &['单', '元'], &['楼'], &['栋'], &['幢'], &['座']];
/// What makes a number before it a flat's.
const FLATS: [char; 2] = ['室', '房'];
/// What makes a number before it something else: a floor, a price, a count, a distance, a time.
const OTHERS: [char; 13] = ['单', '层', '楼', '栋', '幢', '元', '块', '户', '米', '点', '分', '年', '月'];
const CHINESE: &str = "零〇一二三四五六七八九十百";

/// Free text with the numbers of flats hidden; buildings and entrances stay, for whoever has to go there. Dates, floors and sums are none.
/// Takes time in proportion to the text's length.
#[must_use]
pub fn mask_doors(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let digits = letters[at..].iter().take_while(|it| is_digit(**it)).count();
        let words = letters[at..].iter().take_while(|it| CHINESE.contains(**it)).count();
        let length = digits.max(words);
        if length == 0 {
            masked.push(letters[at]);
            at += 1;
            continue;
        }
        if is_flat(&letters, at, length, digits != 0) {
            masked.push_str("**");
        } else {
            masked.extend(&letters[at..at + length]);
        }
        at += length;
    }
    masked
}

fn is_flat(letters: &[char], at: usize, length: usize, digits: bool) -> bool {
    let next = letters.get(at + length).copied();
    let after = letters.get(at + length + 1).copied();
    let is = |it: Option<char>| it.is_some_and(|it| FLATS.contains(&it));
    // 301室; 301号房, 301号 behind a building.
    if is(next) || (next == Some('号') && is(after)) {
        return (2..=4).contains(&length);
    }
    let behind = is_behind(&letters[..at]);
    if next.is_some_and(|it| OTHERS.contains(&it)) || (next == Some('号') && (!behind || after == Some('楼')))
    {
        return false;
    }
    match length {
        2 => digits && is_second_dash(letters, at),
        3 | 4 => behind || (digits && is_dashed(letters, at)),
        _ => false,
    }
}

/// Behind a building or an entrance, be it with spaces or a dash between.
fn is_behind(before: &[char]) -> bool {
    let gap = before.iter().rev().take_while(|it| it.is_whitespace() || is_dash(**it)).count();
    let before = &before[..before.len() - gap.min(3)];
    BUILDINGS.iter().any(|it| before.ends_with(it))
}

fn is_digit(it: char) -> bool {
    it.is_ascii_digit() || ('０'..='９').contains(&it)
}

fn is_dash(it: char) -> bool {
    ['-', '－', '–', '—', '#'].contains(&it)
}

/// 5-301, B-301, 5-2-301: a dash before it, and one or two digits or a letter before that, which begin there.
fn is_dashed(letters: &[char], at: usize) -> bool {
    if at < 2 || !is_dash(letters[at - 1]) {
        return false;
    }
    let digits = letters[..at - 1].iter().rev().take(3).take_while(|it| is_digit(**it)).count();
    (1..=2).contains(&digits) || letters[at - 2].is_ascii_uppercase()
}

/// 5-2-01: the group before it stands behind a dash itself.
fn is_second_dash(letters: &[char], at: usize) -> bool {
    if !is_dashed(letters, at) {
        return false;
    }
    let digits = letters[..at - 1].iter().rev().take(3).take_while(|it| is_digit(**it)).count();
    is_dashed(letters, at - 1 - digits)
}

#[cfg(test)]
mod tests {
    use super::mask_doors;

    #[test]
    fn flats_are_hidden_and_buildings_stay() {
        for (typed, shown) in [
            ("我住5号楼2单元301", "我住5号楼2单元**"),
            ("5号楼2单元 301", "5号楼2单元 **"),
            ("5号楼2单元301室漏水", "5号楼2单元**室漏水"),
            ("2单元301号和301号房", "2单元**号和**号房"),
            ("3幢1204的人往下扔东西", "3幢**的人往下扔东西"),
            ("3楼301，5栋-302", "3楼**，5栋-**"),
            ("5-301 和 12-2-1103，还有B-301", "5-** 和 12-2-**，还有B-**"),
            ("5-2-01", "5-2-**"),
            ("三零一室夜里装修", "**室夜里装修"),
            ("五号楼二单元三零一", "五号楼二单元**"),
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
            "5号楼100米外，301号文件",
            "B区一排灯不亮",
            "二十楼的灯，三十户没水，3单元一百二十户",
            "08-20停水",
        ] {
            assert_eq!(mask_doors(typed), typed);
        }
    }
}
