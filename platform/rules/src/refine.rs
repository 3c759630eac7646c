//! A standard put together from its text, and from the standard it refines (LA-054).

use std::collections::HashMap;

use kernel::Ratio;
use serde::Serialize;
use toml::Spanned;

use crate::{
    facts::catalogue,
    marks::Mark,
    pack::{At, Notes, Pack, plain},
    predicate::Predicate,
    raw::{RawCondition, RawItem, RawStandard},
    select::Rounding,
    standard::{Band, Gate, Group, Item, Scoring, Slot, Standard, Veto},
};

/// How one item or condition of a pack differs from the pack it refines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub code: String,
    /// `added`, `changed` or `removed`.
    pub kind: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// More items than any printed standard has; keeps a mark's place in one machine word.
const MOST_ITEMS: usize = 128;

pub(crate) fn standard(
    raw: RawStandard,
    text: &str,
    base: Option<&Standard>,
    cut: Rounding,
    notes: &mut Notes,
) -> Standard {
    let mut at = At { file: "standard.toml", text, notes };
    let mut items: Vec<Item> = vec![];
    let mut groups: Vec<Group> = vec![];
    for group in &raw.groups {
        if groups.iter().any(|it| it.code == *group.code.get_ref()) {
            at.fault(&group.code, "这个分组编号用了两次");
        }
        let printed = group.weight.as_ref().or(group.sum.as_ref());
        let max = printed.and_then(|it| at.number(it)).unwrap_or(Ratio::ZERO);
        if printed.is_none() {
            at.fault(&group.code, "分组请写 weight（权重）或 sum（分值小计）");
        }
        let (code, title, bonus) = (group.code.get_ref().clone(), group.title.clone(), group.bonus);
        groups.push(Group { code, title, max, bonus, weighted: group.weight.is_some(), items: vec![] });
    }
    if let Some(base) = base.filter(|_| groups.is_empty()) {
        groups = base.groups.iter().map(|it| Group { items: vec![], ..it.clone() }).collect();
    }
    let inherited: Vec<Item> = base.map(|it| it.items().cloned().collect()).unwrap_or_default();
    for item in raw.items {
        if items.iter().any(|it| it.code == *item.code.get_ref()) {
            at.fault(&item.code, "这个条目编号用了两次");
            continue;
        }
        let before = inherited.iter().find(|it| it.code == *item.code.get_ref());
        items.push(read_item(item, before, cut, &mut at));
    }
    for before in inherited {
        if !items.iter().any(|it| it.code == before.code) {
            items.push(before);
        }
    }
    for item in items {
        let home = item.code.split('.').next().unwrap_or_default().to_owned();
        match groups.iter_mut().find(|it| it.code == home) {
            Some(group) => group.items.push(item),
            None => {
                let place = Spanned::new(0..0, ());
                at.fault(&place, format!("条目 {} 没有对应的分组 {home}", item.code));
            }
        }
    }
    for group in &mut groups {
        group.items.sort_by_key(|it| ordinal(&it.code));
        if group.weighted {
            share_out(group);
            let over = |it: &&Item| most_earned(&it.scoring).is_some_and(|most| it.max < most);
            for item in group.items.iter().filter(over) {
                let message = format!("条目 {} 的分档得分超出它分到的分值 {}", item.code, item.max.exact());
                at.fault(&Spanned::new(0..0, ()), message);
            }
        }
    }
    let declared = raw.total.as_ref();
    let total = declared.and_then(|it| at.number(it)).or(base.map(|it| it.total)).unwrap_or(Ratio::ZERO);
    sums(&groups, &raw.groups, declared, total, &mut at);
    let gates = conditions(raw.gates, cut, &mut at);
    let vetoes = conditions(raw.vetoes, cut, &mut at);
    let gates = gates.into_iter().map(|(code, says, when)| Gate { code, says, when }).collect();
    let vetoes = vetoes.into_iter().map(|(code, says, when)| Veto { code, says, when }).collect();
    let gates = inherit(base.map(|it| &it.gates), gates, |it| &it.code);
    let vetoes = inherit(base.map(|it| &it.vetoes), vetoes, |it| &it.code);
    Standard { total, places: places(&groups), groups, gates, vetoes }
}

fn read_item(raw: RawItem, before: Option<&Item>, cut: Rounding, at: &mut At<'_>) -> Item {
    let points = raw.points.as_ref().and_then(|it| at.number(it));
    let part = raw.part.as_ref().and_then(|it| at.number(it));
    if points.is_some_and(|it| it <= Ratio::ZERO) || part.is_some_and(|it| it <= Ratio::ZERO) {
        at.fault(&raw.code, "分值应大于0");
    }
    let max = points.or(before.map(|it| it.max)).unwrap_or(Ratio::ONE);
    let scoring = match before.filter(|_| raw.is_silent()) {
        None => scoring(&raw, max, cut, at),
        Some(before) => inherited(&raw, before, max, at),
    };
    let applies_when = raw.applies_when.as_ref().and_then(|it| predicate(it, &raw.code, cut, at));
    let says = raw.says.or_else(|| before.map(|it| it.says.clone()));
    if says.is_none() {
        at.fault(&raw.code, "条目缺少 says（标准原文）");
    }
    Item {
        code: raw.code.into_inner(),
        says: says.unwrap_or_default(),
        max,
        mark_of: max,
        scoring,
        applies_when: applies_when.or_else(|| before.and_then(|it| it.applies_when.clone())),
        evidence: if raw.evidence.is_empty() {
            before.map(|it| it.evidence.clone()).unwrap_or_default()
        } else {
            raw.evidence
        },
        part: part.or(before.map(|it| it.part)).unwrap_or(Ratio::ONE),
    }
}

/// The rule of the refined standard under this standard's points, which may be fewer.
fn inherited(raw: &RawItem, before: &Item, max: Ratio, at: &mut At<'_>) -> Scoring {
    let otherwise = raw.otherwise.as_ref().and_then(|it| Ratio::parse(&plain(it)).ok());
    let scoring = match (&before.scoring, otherwise) {
        (Scoring::Met { when, .. }, Some(otherwise)) => Scoring::Met { when: when.clone(), otherwise },
        (scoring, _) => scoring.clone(),
    };
    if most_earned(&scoring).is_some_and(|it| max < it) {
        at.fault(&raw.code, "沿用的分档或“否则得分”超出本条目的分值，请重新写明");
    }
    scoring
}

/// The most points a rule names itself, whatever the item is worth.
fn most_earned(scoring: &Scoring) -> Option<Ratio> {
    match scoring {
        Scoring::OnSite | Scoring::Deduct { .. } => None,
        Scoring::Met { otherwise, .. } => Some(*otherwise),
        Scoring::Bands { bands, .. } => bands.iter().map(|it| it.points).max(),
    }
}

fn scoring(rule: &RawItem, max: Ratio, cut: Rounding, at: &mut At<'_>) -> Scoring {
    let code = &rule.code;
    if let Some(bands) = &rule.bands {
        let fact = fact(&bands.fact, code, at);
        let step = |it: &crate::raw::RawBand| {
            Some(Band {
                at_least: Ratio::parse(&plain(&it.at_least)).ok()?,
                points: Ratio::parse(&plain(&it.points)).ok()?,
            })
        };
        let steps: Option<Vec<Band>> = bands.steps.iter().map(step).collect();
        let Some(steps) = steps else {
            at.fault(code, "分档的 at_least 与 points 应为数字");
            return Scoring::OnSite;
        };
        if !steps.windows(2).all(|it| it[1].at_least < it[0].at_least) {
            at.fault(code, "分档重叠：at_least 应从高到低排列，且不能相同");
        }
        if steps.iter().any(|it| max < it.points || it.points.is_negative()) {
            at.fault(code, "分档的得分超出条目分值");
        }
        return fact.map_or(Scoring::OnSite, |fact| Scoring::Bands { fact, bands: steps });
    }
    if let Some(deduct) = &rule.deduct {
        let number = |it: &toml::Value| Ratio::parse(&plain(it)).ok();
        let (each, most) = (number(&deduct.each), deduct.most.as_ref().map_or(Some(max), number));
        return match (fact(&deduct.fact, code, at), each, most) {
            (Some(fact), Some(each), Some(most)) => Scoring::Deduct { fact, each, most },
            _ => {
                at.fault(code, "扣分的 each 与 most 应为数字");
                Scoring::OnSite
            }
        };
    }
    let otherwise = rule.otherwise.as_ref().map_or(Some(Ratio::ZERO), |it| Ratio::parse(&plain(it)).ok());
    if otherwise.is_none_or(|it| it.is_negative() || max < it) {
        at.fault(code, "otherwise 应为0到条目分值之间的数字");
    }
    if rule.otherwise.is_some() && rule.when.is_none() && rule.any.is_none() && rule.all.is_none() {
        at.fault(code, "otherwise 须与 when、any 或 all 同写");
        return Scoring::OnSite;
    }
    let when = condition(rule.when.as_ref(), rule.any.as_ref(), rule.all.as_ref(), code, cut, at);
    when.map_or(Scoring::OnSite, |when| Scoring::Met { when, otherwise: otherwise.unwrap_or(Ratio::ZERO) })
}

impl RawItem {
    fn is_silent(&self) -> bool {
        self.when.is_none()
            && self.any.is_none()
            && self.all.is_none()
            && self.bands.is_none()
            && self.deduct.is_none()
    }
}

fn fact(name: &str, code: &Spanned<String>, at: &mut At<'_>) -> Option<usize> {
    let place = catalogue().place(name);
    if place.is_none() {
        at.fault(code, format!("没有名为“{name}”的事实，可用的事实见 jiayuan facts"));
    }
    place
}

fn predicate(text: &str, code: &Spanned<String>, cut: Rounding, at: &mut At<'_>) -> Option<Predicate> {
    let either: Vec<_> = text.split('|').map(|it| Predicate::parse(it, cut)).collect();
    let mut read = vec![];
    for it in either {
        match it {
            Ok(it) => read.push(it),
            Err(refused) => at.fault(code, refused.to_string()),
        }
    }
    if read.len() == 1 { read.pop() } else { (!read.is_empty()).then_some(Predicate::Any(read)) }
}

fn condition(
    when: Option<&String>,
    any: Option<&Vec<String>>,
    all: Option<&Vec<String>>,
    code: &Spanned<String>,
    cut: Rounding,
    at: &mut At<'_>,
) -> Option<Predicate> {
    let mut each = |list: &Vec<String>| list.iter().filter_map(|it| predicate(it, code, cut, at)).collect();
    match (when, any, all) {
        (None, None, None) => None,
        (Some(one), None, None) => predicate(one, code, cut, at),
        (None, Some(any), None) => Some(Predicate::Any(each(any))),
        (None, None, Some(all)) => Some(Predicate::All(each(all))),
        _ => {
            at.fault(code, "when、any、all 只能写一个");
            None
        }
    }
}

fn conditions(raw: Vec<RawCondition>, cut: Rounding, at: &mut At<'_>) -> Vec<(String, String, Predicate)> {
    let mut read: Vec<(String, String, Predicate)> = vec![];
    for it in raw {
        if read.iter().any(|(code, ..)| code == it.code.get_ref()) {
            at.fault(&it.code, "这个编号用了两次");
        }
        match condition(it.when.as_ref(), it.any.as_ref(), it.all.as_ref(), &it.code, cut, at) {
            Some(when) => read.push((it.code.into_inner(), it.says, when)),
            None => at.fault(&it.code, "缺少条件：请写 when、any 或 all"),
        }
    }
    read
}

fn inherit<T: Clone>(base: Option<&Vec<T>>, own: Vec<T>, code: impl Fn(&T) -> &String) -> Vec<T> {
    let mut all: Vec<T> = base.cloned().unwrap_or_default();
    for it in own {
        match all.iter().position(|before| code(before) == code(&it)) {
            Some(at) => all[at] = it,
            None => all.push(it),
        }
    }
    all
}

/// Splits a group's weight over its items by their parts, equally where none is declared (domain, decision 4).
fn share_out(group: &mut Group) {
    let sum = group.items.iter().fold(Ratio::ZERO, |sum, it| sum + it.part);
    for item in &mut group.items {
        item.max = group.max.times(item.part).and_then(|it| it.over(sum)).unwrap_or(Ratio::ZERO);
        item.mark_of = Ratio::whole(100);
        if let Scoring::Met { otherwise, .. } = &mut item.scoring {
            *otherwise = Ratio::ZERO;
        }
    }
}

fn sums(
    groups: &[Group],
    raw: &[crate::raw::RawGroup],
    declared: Option<&Spanned<toml::Value>>,
    total: Ratio,
    at: &mut At<'_>,
) {
    for (group, written) in groups.iter().zip(raw) {
        let sum = group.items.iter().fold(Ratio::ZERO, |sum, it| sum + it.max);
        if group.items.is_empty() {
            at.fault(&written.code, format!("分组 {} 没有条目", group.code));
        } else if sum != group.max && !group.bonus {
            let message = format!(
                "分组 {} 的条目分值合计为 {}，与声明的 {} 不符",
                group.code,
                sum.exact(),
                group.max.exact()
            );
            at.fault(&written.code, message);
        }
    }
    let sum = groups
        .iter()
        .filter(|it| !it.bonus)
        .flat_map(|it| &it.items)
        .fold(Ratio::ZERO, |sum, it| sum + it.max);
    match declared {
        Some(place) if sum != total => {
            at.fault(
                place,
                format!("条目分值合计为 {}，与声明的 total = {} 不符", sum.exact(), total.exact()),
            );
        }
        None if sum != total => {
            let place = Spanned::new(0..0, ());
            at.fault(&place, format!("条目分值合计为 {}，缺少或不符合声明的 total", sum.exact()));
        }
        _ => {}
    }
    if MOST_ITEMS < groups.iter().map(|it| it.items.len()).sum() {
        at.fault(&Spanned::new(0..0, ()), format!("条目超过{MOST_ITEMS}个，请拆分标准"));
    }
}

fn ordinal(code: &str) -> Vec<u32> {
    code.split('.').map(|it| it.parse().unwrap_or(u32::MAX)).collect()
}

fn places(groups: &[Group]) -> HashMap<String, Slot> {
    let all = groups
        .iter()
        .enumerate()
        .flat_map(|(g, it)| it.items.iter().enumerate().map(move |(i, item)| (g, i, item)));
    all.enumerate()
        .map(|(ordinal, (group, item, it))| {
            let most = Mark::parse(&it.mark_of.exact()).map_or(i64::MAX, Mark::millionths);
            (it.code.clone(), Slot { group, item, ordinal, most })
        })
        .collect()
}

/// What a pack changes in the pack it refines, item by item.
#[must_use]
pub fn differences(base: &Pack, refined: &Pack) -> Vec<Difference> {
    let told = |pack: &Pack| {
        let items =
            pack.standard.items().map(|it| (it.code.clone(), format!("{}（{}分）", it.says, it.max.exact())));
        let gates =
            pack.standard.gates.iter().map(|it| (it.code.clone(), format!("{}（{}）", it.says, it.when)));
        let vetoes =
            pack.standard.vetoes.iter().map(|it| (it.code.clone(), format!("{}（{}）", it.says, it.when)));
        items.chain(gates).chain(vetoes).collect::<Vec<_>>()
    };
    let (before, after) = (told(base), told(refined));
    let find =
        |list: &[(String, String)], code: &str| list.iter().find(|it| it.0 == code).map(|it| it.1.clone());
    let changed = after.iter().filter_map(|(code, now)| match find(&before, code) {
        None => {
            Some(Difference { code: code.clone(), kind: "added", before: None, after: Some(now.clone()) })
        }
        Some(was) if was != *now => Some(Difference {
            code: code.clone(),
            kind: "changed",
            before: Some(was),
            after: Some(now.clone()),
        }),
        Some(_) => None,
    });
    let removed = before.iter().filter(|(code, _)| find(&after, code).is_none());
    let removed = removed.map(|(code, was)| Difference {
        code: code.clone(),
        kind: "removed",
        before: Some(was.clone()),
        after: None,
    });
    changed.chain(removed).collect()
}
