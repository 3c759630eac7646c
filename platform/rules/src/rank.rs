//! 排名 — many subjects in one order: eligible first, by exact total, satisfaction breaking ties.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
    fmt,
    sync::Arc,
};

use kernel::Ratio;
use serde::{
    Deserializer, Serialize,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    Refused,
    facts::Facts,
    marks::{Mark, MarkInput},
    pack::Pack,
    predicate::Verdict,
    score::{added, admit, earned, eligible, too_fine},
    select::Standing,
    standard::Standard,
};

/// One subject with all its sheets already summed: per item, the millionths given and by how many assessors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub entry: String,
    pub county: String,
    pub facts: Facts,
    sums: Vec<(i64, i64)>,
}

/// Entries, and how many communities each county has.
#[derive(Debug, Default)]
pub struct RankInput {
    pub entries: Vec<Entry>,
    pub communities: Option<BTreeMap<String, u32>>,
}

/// One line of the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranked {
    pub entry: String,
    pub county: String,
    pub eligible: Verdict,
    pub complete: bool,
    /// 1, 2, 2, 4; null for those a gate or a veto keeps out.
    pub rank: Option<u32>,
    pub total: String,
    pub total_exact: String,
    pub tie_break: Option<TieBreak>,
    pub selected_for: Vec<String>,
}

/// How equal totals were told apart: by satisfaction, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TieBreak {
    Satisfaction,
    Tied,
}

struct Scored {
    entry: Entry,
    eligible: Verdict,
    complete: bool,
    total: Ratio,
    satisfaction: Option<Ratio>,
}

impl Entry {
    /// Reads one line of JSON against a standard.
    ///
    /// # Errors
    /// What is wrong with the line, in words.
    pub fn parse(line: &str, standard: &Standard) -> Result<Self, Refused> {
        let mut reader = serde_json::Deserializer::from_str(line);
        let entry = EntrySeed(standard).deserialize(&mut reader).map_err(|it| words(&it));
        entry.and_then(|it| reader.end().map(|()| it).map_err(|it| words(&it)))
    }

    /// An entry from what the house itself keeps.
    ///
    /// # Errors
    /// A mark for an unknown item or out of range.
    pub fn of(
        entry: String,
        county: String,
        facts: Facts,
        sheets: &[Vec<(String, Mark)>],
        standard: &Standard,
    ) -> Result<Self, Refused> {
        let mut sums = vec![(0, 0); standard.items().count()];
        for (code, mark) in sheets.iter().flatten() {
            note(standard, &mut sums, code, *mark)?;
        }
        Ok(Self { entry, county, facts, sums })
    }
}

/// Ranks all entries.
///
/// # Errors
/// A county without its number of communities, or numbers too fine to add exactly.
pub fn rank(pack: &Pack, input: RankInput) -> Result<Vec<Ranked>, Refused> {
    if let Some(communities) = &input.communities {
        let missing = input.entries.iter().find(|it| !communities.contains_key(&it.county));
        if let Some(entry) = missing {
            return Err(Refused(format!("小区数文件中没有县区“{}”，请补上该县区的小区数", entry.county)));
        }
    }
    let mut scored = input.entries.into_iter().map(|it| scored(pack, it)).collect::<Result<Vec<_>, _>>()?;
    // The last key only makes the order of equals the same on every run.
    scored.sort_by(|a, b| order(a, b).then_with(|| a.entry.entry.cmp(&b.entry.entry)));
    let ranks = ranks(&scored);
    let standings: Vec<_> = scored
        .iter()
        .zip(&ranks)
        .map(|(it, rank)| Standing { county: &it.entry.county, rank: *rank, eligible: it.eligible })
        .collect();
    let selected = pack.cascade.select(&standings, input.communities.as_ref());
    let ties: Vec<_> = (0..scored.len()).map(|at| tie_break(&scored, at)).collect();
    let lines = scored.into_iter().zip(ranks).zip(selected).zip(ties);
    Ok(lines
        .map(|(((it, rank), selected_for), tie_break)| Ranked {
            entry: it.entry.entry,
            county: it.entry.county,
            eligible: it.eligible,
            complete: it.complete,
            rank,
            total: it.total.rounded(pack.decimals),
            total_exact: it.total.to_string(),
            tie_break,
            selected_for,
        })
        .collect())
}

/// What one item came to: the mean of its sheets, what that earns, and what the registers say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    pub code: String,
    pub says: String,
    pub max: Ratio,
    /// The mean mark of the sheets that gave one.
    pub mean: Option<Ratio>,
    /// What it counts; by the registers alone where nobody marked it.
    pub earned: Option<Ratio>,
}

/// An entry's score, item by item.
///
/// # Errors
/// Numbers too fine to add exactly.
pub fn explain(standard: &Standard, entry: &Entry) -> Result<Vec<Explained>, Refused> {
    let each = standard.items().zip(&entry.sums).map(|(item, (sum, count))| {
        let mean = Mark::mean(*sum, *count);
        let (_, earned) = earned(item, mean, &entry.facts)?;
        Ok(Explained { code: item.code.clone(), says: item.says.clone(), max: item.max, mean, earned })
    });
    each.collect()
}

fn scored(pack: &Pack, entry: Entry) -> Result<Scored, Refused> {
    let (mut total, mut complete, mut place) = (Ratio::ZERO, true, 0);
    for group in &pack.standard.groups {
        let mut here = Ratio::ZERO;
        for item in &group.items {
            let (sum, count) = entry.sums[place];
            place += 1;
            let (_, earned) = earned(item, Mark::mean(sum, count), &entry.facts)?;
            complete &= earned.is_some();
            here = added(here, earned.unwrap_or(Ratio::ZERO))?;
        }
        total = added(total, if group.bonus { here.min(group.max) } else { here })?;
    }
    let eligible = eligible(&pack.standard, &entry.facts);
    let satisfaction = entry.facts.number("owner_satisfaction_rate");
    Ok(Scored { entry, eligible, complete, total, satisfaction })
}

fn order(a: &Scored, b: &Scored) -> Ordering {
    let class = |it: &Scored| match it.eligible {
        Some(true) => 0,
        None => 1,
        Some(false) => 2,
    };
    let key = |it: &Scored| (class(it), Reverse(it.total), Reverse(it.satisfaction));
    key(a).cmp(&key(b))
}

/// Equal entries share a rank, and the next one counts them all: 1, 2, 2, 4.
fn ranks(scored: &[Scored]) -> Vec<Option<u32>> {
    let mut ranks: Vec<Option<u32>> = vec![];
    for (at, it) in scored.iter().enumerate() {
        let shared = at.checked_sub(1).filter(|before| order(&scored[*before], it) == Ordering::Equal);
        ranks.push(match it.eligible {
            Some(false) => None,
            _ => shared.and_then(|before| ranks[before]).or_else(|| u32::try_from(at + 1).ok()),
        });
    }
    ranks
}

fn tie_break(scored: &[Scored], at: usize) -> Option<TieBreak> {
    let same_total =
        |other: &Scored| other.eligible == scored[at].eligible && other.total == scored[at].total;
    let neighbours =
        || [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|it| scored.get(it));
    let tied = neighbours().any(|it| order(it, &scored[at]) == Ordering::Equal);
    match (tied, neighbours().any(same_total)) {
        (true, _) => Some(TieBreak::Tied),
        (false, true) => Some(TieBreak::Satisfaction),
        (false, false) => None,
    }
}

/// Adds a mark to its item's sum, and says which item that was.
fn note(standard: &Standard, sums: &mut [(i64, i64)], code: &str, mark: Mark) -> Result<usize, Refused> {
    let slot = admit(standard, code, mark)?;
    let (sum, count) = &mut sums[slot.ordinal];
    *sum = sum.checked_add(mark.millionths()).ok_or_else(too_fine)?;
    *count += 1;
    Ok(slot.ordinal)
}

fn words(error: &serde_json::Error) -> Refused {
    let text = error.to_string();
    Refused(
        text.split(" at line ")
            .next()
            .unwrap_or(&text)
            .replace("unknown field", "不认识的字段")
            .replace("missing field", "缺少字段"),
    )
}

struct EntrySeed<'a>(&'a Standard);

impl<'de> DeserializeSeed<'de> for EntrySeed<'_> {
    type Value = Entry;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Entry, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for EntrySeed<'_> {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "一个申报对象，如 {\"entry\": \"a1\", \"county\": \"341523\", \"facts\": {}, \"sheets\": []}",
        )
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
        let (mut entry, mut county, mut facts, mut sums) = (None, None, None, None);
        while let Some(key) = map.next_key::<String>()? {
            let again = match key.as_str() {
                "entry" => entry.replace(map.next_value()?).is_some(),
                "county" => county.replace(map.next_value()?).is_some(),
                "facts" => facts.replace(map.next_value()?).is_some(),
                "sheets" => sums.replace(map.next_value_seed(SheetsSeed(self.0))?).is_some(),
                other => {
                    let _skipped: IgnoredAny = map.next_value()?;
                    return Err(A::Error::custom(format!("不认识的字段“{other}”")));
                }
            };
            if again {
                return Err(A::Error::custom(format!("字段“{key}”出现了两次")));
            }
        }
        Ok(Entry {
            entry: entry.ok_or_else(|| A::Error::custom("缺少字段 entry"))?,
            county: county.ok_or_else(|| A::Error::custom("缺少字段 county"))?,
            facts: facts.unwrap_or_default(),
            sums: sums.unwrap_or_else(|| vec![(0, 0); self.0.places.len()]),
        })
    }
}

/// Sums the sheets while reading them, so that 12,000 entries cost no map of marks each.
struct SheetsSeed<'a>(&'a Standard);

impl<'de> DeserializeSeed<'de> for SheetsSeed<'_> {
    type Value = Vec<(i64, i64)>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for SheetsSeed<'_> {
    type Value = Vec<(i64, i64)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("评分表的列表")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut sums = vec![(0, 0); self.0.places.len()];
        let mut assessors: Vec<Arc<str>> = vec![];
        while let Some(assessor) = seq.next_element_seed(SheetSeed { standard: self.0, sums: &mut sums })? {
            if assessors.contains(&assessor) {
                return Err(A::Error::custom(format!("评分人“{assessor}”有两份评分表，请只保留一份")));
            }
            assessors.push(assessor);
        }
        Ok(sums)
    }
}

struct SheetSeed<'a> {
    standard: &'a Standard,
    sums: &'a mut [(i64, i64)],
}

impl<'de> DeserializeSeed<'de> for SheetSeed<'_> {
    type Value = Arc<str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Arc<str>, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for SheetSeed<'_> {
    type Value = Arc<str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("一份评分表，如 {\"assessor\": \"x\", \"marks\": {\"1.1\": \"4\"}}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Arc<str>, A::Error> {
        let mut assessor: Option<Arc<str>> = None;
        let mut marked = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "assessor" if assessor.is_none() => assessor = Some(map.next_value::<String>()?.into()),
                "marks" if !marked => {
                    marked = true;
                    map.next_value_seed(MarksSeed { standard: self.standard, sums: self.sums })?;
                }
                other => return Err(A::Error::custom(format!("评分表中不认识或重复的字段“{other}”"))),
            }
        }
        assessor.ok_or_else(|| A::Error::custom("评分表缺少字段 assessor"))
    }
}

struct MarksSeed<'a> {
    standard: &'a Standard,
    sums: &'a mut [(i64, i64)],
}

impl<'de> DeserializeSeed<'de> for MarksSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MarksSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("条目编号与分数的对照")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = 0_u128;
        while let Some(code) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            let MarkInput(mark) = map.next_value()?;
            let bit = 1_u128 << note(self.standard, self.sums, &code, mark).map_err(A::Error::custom)?;
            if seen & bit != 0 {
                return Err(A::Error::custom(format!("条目“{code}”的分数出现了两次")));
            }
            seen |= bit;
        }
        Ok(())
    }
}
