//! 表决前审议和报告 — which opinions and which written report an agenda needs before its notice: data of a county's notice,
//! chosen by the county, kept with every decision that was drafted under it. Pure.

use std::sync::LazyLock;

use serde::Deserialize;

use super::types::{Decision, Item, Reviewer};

/// What a place asks for before a vote.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewPack {
    pub(crate) title: String,
    /// Working days an opinion may take.
    pub(crate) days: u32,
    pub(crate) reviews: Vec<NeededReview>,
    #[serde(default)]
    pub(crate) reports: Vec<NeededReport>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeededReview {
    pub(crate) body: Reviewer,
    pub(crate) matters: Vec<u8>,
    pub(crate) says: String,
    pub(crate) source: String,
}

/// 重大事项: matters reported in writing before they are decided (FX-030).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NeededReport {
    pub(crate) matters: Vec<u8>,
    pub(crate) says: String,
}

/// The pack a county has while it has chosen none, and that of decisions older than the choice.
pub(crate) const USUAL: &str = "shucheng-2023";

static PACKS: LazyLock<Vec<(&'static str, ReviewPack)>> = LazyLock::new(|| {
    let read = |text: &str| toml::from_str(text).unwrap_or_else(|it| panic!("the shipped reviews: {it}"));
    vec![
        (USUAL, read(include_str!("../../../../packs/shucheng-2023-assemblies/reviews.toml"))),
        ("fuxin-2023", read(include_str!("../../../../packs/fuxin-2023-assemblies/reviews.toml"))),
    ]
});

/// Every pack that ships: name and title.
pub(crate) fn all() -> Vec<(String, String)> {
    PACKS.iter().map(|it| (it.0.to_owned(), it.1.title.clone())).collect()
}

pub(crate) fn named(name: &str) -> Option<&'static ReviewPack> {
    PACKS.iter().find(|it| it.0 == name).map(|it| &it.1)
}

/// The pack a decision was drafted under.
pub(crate) fn of(decision: &Decision) -> &'static ReviewPack {
    named(&decision.terms.review_pack).unwrap_or(&PACKS[0].1)
}

/// Which opinions this agenda needs, each with its sentence; the street's look at the law always.
pub(crate) fn needed(pack: &ReviewPack, agenda: &[Item]) -> Vec<(Reviewer, String)> {
    let mut needed: Vec<(Reviewer, String)> = vec![];
    for it in &pack.reviews {
        if agenda.iter().any(|item| it.matters.contains(&item.matter)) {
            match needed.iter_mut().find(|known| known.0 == it.body) {
                Some(known) => known.1.push_str(&format!("；{}（{}）", it.says, it.source)),
                None => needed.push((it.body, format!("{}（{}）", it.says, it.source))),
            }
        }
    }
    needed.push((Reviewer::Legality, "街道对召开程序和审议事项的合法合规性进行指导监督".to_owned()));
    needed
}

/// What of this agenda is reported in writing first, in words; nothing where the place does not ask for it.
pub(crate) fn to_report(pack: &ReviewPack, agenda: &[Item]) -> Option<String> {
    let asked = pack.reports.iter().filter(|it| agenda.iter().any(|item| it.matters.contains(&item.matter)));
    let says: Vec<&str> = asked.map(|it| it.says.as_str()).collect();
    (!says.is_empty()).then(|| says.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(matter: u8) -> Item {
        Item {
            id: matter.to_string(),
            matter,
            title: String::new(),
            summary: String::new(),
            options: vec![],
            election: None,
        }
    }

    // covers: FX-030
    #[test]
    fn four_kinds_of_matters_are_reported_first_where_the_notice_asks_for_it() {
        let fuxin = named("fuxin-2023").unwrap();
        let asked = |matter| to_report(fuxin, &[item(matter)]).is_some();
        let reported: Vec<u8> = (1..=9).filter(|it| asked(*it)).collect();
        assert_eq!(reported, [4, 5, 7, 8, 9]);
        assert_eq!(to_report(fuxin, &[item(4), item(7)]).unwrap(), "选聘物业服务企业、公共设施完善");
        assert_eq!(to_report(named(USUAL).unwrap(), &[item(4)]), None);
        // Fuxin asks nobody's opinion but the street's on the law.
        assert_eq!(needed(fuxin, &[item(4)]).len(), 1);
    }
}
