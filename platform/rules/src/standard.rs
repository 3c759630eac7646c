//! A scoring standard as the engine holds it: groups, items, gates, vetoes, all checked.

use std::collections::HashMap;

use kernel::Ratio;

use crate::{
    facts::Facts,
    predicate::{Predicate, Verdict},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// The sum the document declares, usually 100.
    pub total: Ratio,
    pub groups: Vec<Group>,
    pub gates: Vec<Gate>,
    pub vetoes: Vec<Veto>,
    pub(crate) places: HashMap<String, Slot>,
}

/// Where an item stands, for reading many marks fast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) group: usize,
    pub(crate) item: usize,
    /// Its place among all items.
    pub(crate) ordinal: usize,
    /// The largest mark, in millionths.
    pub(crate) most: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub code: String,
    pub title: String,
    /// Points, or the weight in per cent of a standard that prints only weights.
    pub max: Ratio,
    /// Its points come on top of the declared sum, up to `max`.
    pub bonus: bool,
    /// The document prints a weight and no points: marks are given from 0 to 100.
    pub weighted: bool,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub code: String,
    /// The sentence of the document, to the letter.
    pub says: String,
    /// What the item is worth.
    pub max: Ratio,
    /// The largest mark an assessor may give: `max` itself, or 100 where the document prints only weights.
    pub mark_of: Ratio,
    pub scoring: Scoring,
    /// The item is judged only where this holds; elsewhere it is earned in full.
    pub applies_when: Option<Predicate>,
    pub evidence: Vec<String>,
    /// Its part of a weighted group against its neighbours' parts.
    pub part: Ratio,
}

/// How facts decide an item, when nobody marked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scoring {
    /// Only an assessor can say.
    OnSite,
    /// All or `otherwise` (nought where the document is silent).
    Met { when: Predicate, otherwise: Ratio },
    /// The share of the item's worth for the first band reached, best first.
    Bands { fact: usize, bands: Vec<Band> },
    /// `each` point less for every one found, down to nought, at most `most` in all.
    Deduct { fact: usize, each: Ratio, most: Ratio },
}

/// Half-open: from `at_least` up to the next better band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    pub at_least: Ratio,
    pub points: Ratio,
}

/// 原则要求: a precondition, judged before the scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    pub code: String,
    pub says: String,
    pub when: Predicate,
}

/// 一票否决项: one hit and the subject is out, though its score is still shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto {
    pub code: String,
    pub says: String,
    pub when: Predicate,
}

impl Standard {
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.places.get(code).map(|it| &self.groups[it.group].items[it.item])
    }

    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.groups.iter().flat_map(|it| &it.items)
    }
}

impl Item {
    /// What the facts say the item earns, or `None` when they do not say.
    #[must_use]
    pub fn by_fact(&self, facts: &Facts) -> Option<Ratio> {
        if self.applies(facts)? { self.scored(facts) } else { Some(self.max) }
    }

    fn applies(&self, facts: &Facts) -> Verdict {
        self.applies_when.as_ref().map_or(Some(true), |it| it.verdict(facts))
    }

    fn scored(&self, facts: &Facts) -> Option<Ratio> {
        let number = |place: &usize| match facts.at(*place)? {
            crate::Value::Number(it) => Some(it),
            crate::Value::YesNo(_) => None,
        };
        match &self.scoring {
            Scoring::OnSite => None,
            Scoring::Met { when, otherwise } => {
                Some(if when.verdict(facts)? { self.max } else { *otherwise })
            }
            Scoring::Bands { fact, bands } => {
                let found = number(fact)?;
                Some(bands.iter().find(|it| it.at_least <= found).map_or(Ratio::ZERO, |it| it.points))
            }
            Scoring::Deduct { fact, each, most } => {
                let lost = each.times(number(fact)?)?.min(*most);
                Some(self.max.minus(lost)?.max(Ratio::ZERO))
            }
        }
    }

    /// The facts this item is judged by.
    pub fn asks(&self, each: &mut dyn FnMut(usize)) {
        self.applies_when.iter().for_each(|it| it.asks(each));
        match &self.scoring {
            Scoring::OnSite => {}
            Scoring::Met { when, .. } => when.asks(each),
            Scoring::Bands { fact, .. } | Scoring::Deduct { fact, .. } => each(*fact),
        }
    }

    /// The largest share of `mark_of` as points: a mark of `mark_of` earns `max`.
    pub(crate) fn worth(&self, mark: Ratio) -> Option<Ratio> {
        if self.mark_of == self.max { Some(mark) } else { mark.times(self.max)?.over(self.mark_of) }
    }
}
