//! Invented names. None is meant to be anybody's.

pub(super) const NEIGHBORHOODS: [&str; 6] = ["桃溪", "春秋", "梅河", "三里", "古城", "丰乐"];
pub(super) const ROADS: &[&str] =
    &["梅河", "桃溪", "龙舒", "鼓楼", "花桥", "周瑜", "万佛", "高峰", "锦绣", "春秋", "明珠", "文昌"];

const FIRST: [&str; 20] = [
    "锦绣", "翰林", "御景", "金桂", "龙舒", "碧桂", "阳光", "翡翠", "东方", "盛世", "和谐", "江南", "玉兰",
    "幸福", "银河", "清风", "书香", "凤凰", "紫荆", "天和",
];
const LAST: [&str; 16] = [
    "花园", "名邸", "雅苑", "家园", "华府", "新城", "小区", "湾", "里", "公馆", "丽景", "嘉园", "苑", "人家",
    "佳园", "庭",
];
const COMPANIES: [&str; 20] = [
    "安和", "万佳", "龙舒", "润城", "清和", "百家", "金桂", "宜居", "恒信", "康桥", "佳邻", "同心", "瑞景",
    "春晖", "众诚", "鼎盛", "家和", "远景", "德邻", "绿源",
];

/// The `n`th community of a county: no two alike.
pub(super) fn community(n: usize) -> String {
    let (first, last) = (FIRST[n % FIRST.len()], LAST[n / FIRST.len() % LAST.len()]);
    match n / (FIRST.len() * LAST.len()) {
        0 => format!("{first}{last}"),
        phase => format!("{first}{last}{}期", phase + 1),
    }
}

pub(super) fn enterprise(city: &str, n: usize) -> String {
    let tail = if n < COMPANIES.len() { "物业服务有限公司" } else { "物业管理有限公司" };
    format!("{city}{}{tail}", COMPANIES[n % COMPANIES.len()])
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_communities_of_a_county_are_called_alike() {
        let names: std::collections::BTreeSet<_> = (0..12_000).map(super::community).collect();
        assert_eq!(names.len(), 12_000);
    }
}
