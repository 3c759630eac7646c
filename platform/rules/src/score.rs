//! 评分 — one subject against one standard, every number with its reason.

use std::collections::{BTreeMap, HashMap};

use kernel::Ratio;
use serde::{Deserialize, Serialize};

use crate::{
    Refused,
    facts::{Facts, Value, catalogue},
    marks::{Mark, MarkInput},
    pack::Pack,
    predicate::{Predicate, Verdict, all},
    standard::{Item, Slot, Standard},
};

/// What `jiayuan score` reads.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreInput {
    #[serde(default)]
    pub facts: Facts,
    #[serde(default, deserialize_with = "marks_once")]
    pub marks: HashMap<String, MarkInput>,
}

/// A score that explains itself: gates and vetoes first, then item by item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScoreSheet {
    pub pack: String,
    pub revision: String,
    pub gates: Vec<GateResult>,
    pub vetoes: Vec<VetoResult>,
    pub groups: Vec<GroupResult>,
    /// False if a gate fails or a veto hits, else unknown if one is unknown, else true.
    pub eligible: Verdict,
    /// Every item has been marked or decided by a fact.
    pub complete: bool,
    /// Rounded as the pack declares.
    pub total: String,
    /// The exact sum, as a fraction.
    pub total_exact: String,
    /// Every decision the notice left open, with its value.
    pub parameters: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateResult {
    pub code: String,
    pub says: String,
    pub found: Found,
    pub passed: Verdict,
    pub parts: Vec<PartResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartResult {
    pub says: String,
    pub found: Found,
    pub passed: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VetoResult {
    pub code: String,
    pub says: String,
    pub found: Found,
    pub hit: Verdict,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupResult {
    pub code: String,
    pub title: String,
    pub max: String,
    pub earned: String,
    pub items: Vec<ItemResult>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemResult {
    pub code: String,
    pub says: String,
    pub max: String,
    pub found: Found,
    /// What the facts say it earns; shown beside a mark, and used only where there is none.
    pub by_fact: Option<String>,
    /// Null when neither an assessor nor a fact has decided; counted as nought.
    pub earned: Option<String>,
}

/// What the registers know: the value of one fact, or of several by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Found {
    One(Option<Value>),
    Several(BTreeMap<String, Option<Value>>),
}

/// Scores one subject.
///
/// # Errors
/// A mark for an unknown item, below nought or above the item's maximum.
pub fn score(pack: &Pack, input: &ScoreInput) -> Result<ScoreSheet, Refused> {
    for (code, MarkInput(mark)) in &input.marks {
        admit(&pack.standard, code, *mark)?;
    }
    let given = |item: &Item| input.marks.get(&item.code).map(|MarkInput(it)| it.ratio());
    let mut sum = Ratio::ZERO;
    let mut groups = vec![];
    for group in &pack.standard.groups {
        let (mut earned_here, mut items) = (Ratio::ZERO, vec![]);
        for item in &group.items {
            let (by_fact, earned) = earned(item, given(item), &input.facts)?;
            earned_here = added(earned_here, earned.unwrap_or(Ratio::ZERO))?;
            items.push(ItemResult {
                code: item.code.clone(),
                says: item.says.clone(),
                max: item.max.exact(),
                found: found(|each| item.asks(each), &input.facts),
                by_fact: by_fact.map(Ratio::exact),
                earned: earned.map(Ratio::exact),
            });
        }
        let earned = if group.bonus { earned_here.min(group.max) } else { earned_here };
        sum = added(sum, earned)?;
        let (code, title) = (group.code.clone(), group.title.clone());
        groups.push(GroupResult { code, title, max: group.max.exact(), earned: earned.exact(), items });
    }
    let complete = groups.iter().flat_map(|it| &it.items).all(|it| it.earned.is_some());
    Ok(ScoreSheet {
        pack: pack.name.clone(),
        revision: pack.revision.clone(),
        gates: gates(&pack.standard, &input.facts),
        vetoes: vetoes(&pack.standard, &input.facts),
        eligible: eligible(&pack.standard, &input.facts),
        groups,
        complete,
        total: sum.rounded(pack.decimals),
        total_exact: sum.to_string(),
        parameters: pack.parameters.iter().map(|it| (it.name.clone(), it.value.clone())).collect(),
    })
}

/// A mark that may be given: the item exists, and the mark lies between nought and its maximum.
pub(crate) fn admit(standard: &Standard, code: &str, mark: Mark) -> Result<Slot, Refused> {
    let slot = standard.places.get(code).copied();
    let slot =
        slot.ok_or_else(|| Refused(format!("标准中没有编号为“{code}”的条目，请核对 marks 中的编号")))?;
    if (0..=slot.most).contains(&mark.millionths()) {
        return Ok(slot);
    }
    let (given, most) = (mark.ratio().exact(), standard.groups[slot.group].items[slot.item].mark_of.exact());
    Err(Refused(format!("条目 {code} 的得分 {given} 超出范围，应在 0 到 {most} 之间")))
}

/// What the facts say, and what the item earns: a mark given is what counts.
pub(crate) fn earned(
    item: &Item,
    mark: Option<Ratio>,
    facts: &Facts,
) -> Result<(Option<Ratio>, Option<Ratio>), Refused> {
    let by_fact = item.by_fact(facts);
    let marked = mark.map(|it| item.worth(it).ok_or_else(too_fine)).transpose()?;
    Ok((by_fact, marked.or(by_fact)))
}

pub(crate) fn added(sum: Ratio, more: Ratio) -> Result<Ratio, Refused> {
    sum.plus(more).ok_or_else(too_fine)
}

pub(crate) fn too_fine() -> Refused {
    Refused("分数过于精细，无法精确计算，请减少小数位数".to_owned())
}

pub(crate) fn eligible(standard: &Standard, facts: &Facts) -> Verdict {
    let passed = standard.gates.iter().map(|it| it.when.verdict(facts));
    let spared = standard.vetoes.iter().map(|it| it.when.verdict(facts).map(|hit| !hit));
    all(passed.chain(spared))
}

fn gates(standard: &Standard, facts: &Facts) -> Vec<GateResult> {
    let part = |it: &Predicate| PartResult {
        says: it.to_string(),
        found: found(|each| it.asks(each), facts),
        passed: it.verdict(facts),
    };
    let gate = |it: &crate::Gate| GateResult {
        code: it.code.clone(),
        says: it.says.clone(),
        found: found(|each| it.when.asks(each), facts),
        passed: it.when.verdict(facts),
        parts: it.when.conditions().into_iter().map(part).collect(),
    };
    standard.gates.iter().map(gate).collect()
}

fn vetoes(standard: &Standard, facts: &Facts) -> Vec<VetoResult> {
    let veto = |it: &crate::Veto| VetoResult {
        code: it.code.clone(),
        says: it.says.clone(),
        found: found(|each| it.when.asks(each), facts),
        hit: it.when.verdict(facts),
    };
    standard.vetoes.iter().map(veto).collect()
}

fn found(asks: impl Fn(&mut dyn FnMut(usize)), facts: &Facts) -> Found {
    let mut places = vec![];
    asks(&mut |place| places.push(place));
    match places.as_slice() {
        [] => Found::One(None),
        [one] => Found::One(facts.at(*one)),
        several => {
            let named = |place: &usize| (catalogue().all()[*place].name.clone(), facts.at(*place));
            Found::Several(several.iter().map(named).collect())
        }
    }
}

/// A map in which a code standing twice is refused rather than the last one taken.
fn marks_once<'de, D: serde::Deserializer<'de>>(from: D) -> Result<HashMap<String, MarkInput>, D::Error> {
    struct Reader;
    impl<'de> serde::de::Visitor<'de> for Reader {
        type Value = HashMap<String, MarkInput>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("条目编号与分数的对照，如 {\"1.1\": \"4\"}")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut marks = HashMap::new();
            while let Some((code, mark)) = map.next_entry::<String, MarkInput>()? {
                if marks.contains_key(&code) {
                    let twice = format!("条目“{code}”的分数出现了两次，请只保留一个");
                    return Err(serde::de::Error::custom(twice));
                }
                marks.insert(code, mark);
            }
            Ok(marks)
        }
    }
    from.deserialize_map(Reader)
}
