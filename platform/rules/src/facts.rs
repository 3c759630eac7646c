//! The facts a pack may name, and what was found of them.

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use kernel::Ratio;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error as _, MapAccess, Visitor},
};

use crate::Refused;

/// One fact: what it is called, what it is measured in, and which register it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    pub name: String,
    pub title: String,
    pub unit: Unit,
    pub register: String,
    /// Which end of a ranking is the good one, for facts that are ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A fraction of one, `0.964`; shown as a percentage.
    Rate,
    /// A whole number from nought.
    Count,
    /// Any number from nought.
    Number,
    YesNo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Best {
    Highest,
    Lowest,
}

/// Every fact, in a fixed order; a fact's place is how the engine speaks of it.
#[derive(Debug)]
pub struct Catalogue {
    facts: Vec<Fact>,
    places: BTreeMap<String, usize>,
}

/// What was found: an exact number or a yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Number(Ratio),
    YesNo(bool),
}

/// What is known of one subject. What is not here is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    values: Vec<Option<Value>>,
}

/// The catalogue that ships with the engine.
#[must_use]
pub fn catalogue() -> &'static Catalogue {
    static SHIPPED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::of(shipped()));
    &SHIPPED
}

fn shipped() -> Vec<Fact> {
    #[derive(Deserialize)]
    struct File {
        facts: Vec<Fact>,
    }
    let file: Result<File, _> = toml::from_str(include_str!("facts.toml"));
    // The shipped file is read by a test; an unreadable one leaves every pack without facts, which `check` reports.
    file.map(|it| it.facts).unwrap_or_default()
}

impl Catalogue {
    fn of(named: Vec<Fact>) -> Self {
        let mut facts = vec![];
        for fact in named {
            let ranked = fact.best.is_some().then(|| standing(&fact)).into_iter().flatten();
            facts.extend(std::iter::once(fact.clone()).chain(ranked));
        }
        let places = facts.iter().enumerate().map(|(place, it)| (it.name.clone(), place)).collect();
        Self { facts, places }
    }

    #[must_use]
    pub fn all(&self) -> &[Fact] {
        &self.facts
    }

    #[must_use]
    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.place(name).map(|it| &self.facts[it])
    }
}

/// The rank and the number ranked, which percentile predicates are answered from.
fn standing(fact: &Fact) -> [Fact; 2] {
    let derived = |suffix: &str, title: &str| Fact {
        name: format!("{}{suffix}", fact.name),
        title: format!("{}{title}", fact.title),
        unit: Unit::Count,
        register: format!("{}（全市排名）", fact.register),
        best: None,
    };
    [derived("_rank", "全市名次（1为最好）"), derived("_ranked", "参加排名总数")]
}

impl Facts {
    /// What is known of the fact at `place`.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<Value> {
        self.values.get(place).copied().flatten()
    }

    #[must_use]
    pub fn get(&self, name: &str) -> Option<Value> {
        self.at(catalogue().place(name)?)
    }

    #[must_use]
    pub fn number(&self, name: &str) -> Option<Ratio> {
        match self.get(name)? {
            Value::Number(number) => Some(number),
            Value::YesNo(_) => None,
        }
    }

    /// Notes what was found, if it is something the fact can be.
    ///
    /// # Errors
    /// The fact is not in the catalogue, or the value is not of its unit.
    pub fn note(&mut self, name: &str, value: Value) -> Result<(), Refused> {
        let catalogue = catalogue();
        let place = catalogue.place(name).ok_or_else(|| unknown(name))?;
        let fact = &catalogue.facts[place];
        fact.admits(value).map_err(|should| Refused(format!("事实“{}”（{name}）{should}", fact.title)))?;
        self.values.resize(catalogue.facts.len(), None);
        self.values[place] = Some(value);
        Ok(())
    }
}

impl Facts {
    /// What was known once, read back after the catalogue has moved on: a fact that is no more, or means something else by
    /// now, is left out and stays unknown.
    ///
    /// # Errors
    /// It is not the JSON of facts at all.
    pub fn kept(json: &str) -> Result<Self, serde_json::Error> {
        let mut facts = Self::default();
        for (name, FactInput(value)) in serde_json::from_str::<BTreeMap<String, FactInput>>(json)? {
            if let Some(value) = value {
                let _left_out = facts.note(&name, value);
            }
        }
        Ok(facts)
    }
}

impl Serialize for Facts {
    /// What is known, by name; reads back as it was.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let known = self.values.iter().zip(catalogue().all());
        to.collect_map(known.filter_map(|(value, fact)| Some((&fact.name, (*value)?))))
    }
}

fn unknown(name: &str) -> Refused {
    Refused(format!("没有名为“{name}”的事实，可用的事实见 jiayuan facts"))
}

impl Fact {
    fn admits(&self, value: Value) -> Result<(), &'static str> {
        match (self.unit, value) {
            (Unit::YesNo, Value::YesNo(_)) => Ok(()),
            (Unit::YesNo, Value::Number(_)) => Err("应为 true 或 false"),
            (_, Value::YesNo(_)) => Err("应为数字"),
            (_, Value::Number(it)) if it.is_negative() => Err("不能小于0"),
            (Unit::Rate, Value::Number(it)) if Ratio::ONE < it => {
                Err("应为0到1之间的小数，如 0.964（即96.4%）")
            }
            (Unit::Count, Value::Number(it)) if it.as_whole().is_none() => Err("应为整数"),
            _ => Ok(()),
        }
    }

    /// A value of this fact as people read it.
    #[must_use]
    pub fn show(&self, value: Value) -> String {
        match (self.unit, value) {
            (_, Value::YesNo(it)) => if it { "是" } else { "否" }.to_owned(),
            (Unit::Rate, Value::Number(it)) => {
                it.times(Ratio::whole(100)).map_or_else(|| it.exact(), |it| format!("{}%", percent(it)))
            }
            (_, Value::Number(it)) => it.exact(),
        }
    }
}

/// Exact when it is short, else two decimals.
fn percent(number: Ratio) -> String {
    let exact = number.exact();
    if exact.len() <= 6 && !exact.contains('/') { exact } else { number.rounded(2) }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(it) => to.serialize_str(&it.exact()),
            Self::YesNo(it) => to.serialize_bool(*it),
        }
    }
}

/// A fact as it comes in JSON: a number, a number as text, true, false, or null for unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactInput(pub Option<Value>);

impl<'de> Deserialize<'de> for FactInput {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = FactInput;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("数字、true 或 false")
            }
            fn visit_bool<E>(self, it: bool) -> Result<FactInput, E> {
                Ok(FactInput(Some(Value::YesNo(it))))
            }
            fn visit_unit<E>(self) -> Result<FactInput, E> {
                Ok(FactInput(None))
            }
            fn visit_i64<E>(self, it: i64) -> Result<FactInput, E> {
                Ok(FactInput(Some(Value::Number(Ratio::whole(i128::from(it))))))
            }
            fn visit_u64<E>(self, it: u64) -> Result<FactInput, E> {
                Ok(FactInput(Some(Value::Number(Ratio::whole(i128::from(it))))))
            }
            fn visit_f64<E: serde::de::Error>(self, it: f64) -> Result<FactInput, E> {
                // The shortest decimal that means this number is the one that was typed.
                self.visit_str(&it.to_string())
            }
            fn visit_str<E: serde::de::Error>(self, it: &str) -> Result<FactInput, E> {
                Ratio::parse(it).map(|it| FactInput(Some(Value::Number(it)))).map_err(E::custom)
            }
        }
        from.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Facts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("事实名与值的对照，如 {\"owner_satisfaction_rate\": \"0.964\"}")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Facts, A::Error> {
                let mut facts = Facts::default();
                while let Some((name, FactInput(value))) = map.next_entry::<String, FactInput>()? {
                    if facts.get(&name).is_some() {
                        return Err(A::Error::custom(format!("事实“{name}”出现了两次，请只保留一个")));
                    }
                    match value {
                        Some(value) => facts.note(&name, value).map_err(A::Error::custom)?,
                        None if catalogue().place(&name).is_none() => {
                            return Err(A::Error::custom(unknown(&name)));
                        }
                        None => {}
                    }
                }
                Ok(facts)
            }
        }
        from.deserialize_map(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(json: &str) -> Result<Facts, String> {
        serde_json::from_str(json).map_err(|it| it.to_string())
    }

    #[test]
    fn the_shipped_catalogue_is_read_whole() {
        let file: toml::Table = toml::from_str(include_str!("facts.toml")).unwrap();
        let named = file["facts"].as_array().unwrap().len();
        assert_eq!(shipped().len(), named);
        let names: std::collections::BTreeSet<_> = catalogue().all().iter().map(|it| &it.name).collect();
        assert_eq!(names.len(), catalogue().all().len(), "no name stands twice");
    }

    #[test]
    fn numbers_are_exact_however_they_are_written() {
        for json in [r#"{"owner_satisfaction_rate": "0.964"}"#, r#"{"owner_satisfaction_rate": 0.964}"#] {
            assert_eq!(facts(json).unwrap().number("owner_satisfaction_rate"), Some(Ratio::new(241, 250)));
        }
    }

    #[test]
    fn what_a_fact_cannot_be_is_refused_in_words() {
        let refused = |json: &str, words: &str| {
            let error = facts(json).unwrap_err();
            assert!(error.contains(words), "{error}");
        };
        refused(r#"{"owner_satisfaction_rate": "96.4"}"#, "0到1之间");
        refused(r#"{"complaint_count": -1}"#, "不能小于0");
        refused(r#"{"complaint_count": "1.5"}"#, "应为整数");
        refused(r#"{"on_remediation_list": 1}"#, "true 或 false");
        refused(r#"{"nobody_knows": 1}"#, "nobody_knows");
        refused(r#"{"nobody_knows": null}"#, "nobody_knows");
        refused(r#"{"complaint_count": 1, "complaint_count": 2}"#, "两次");
    }

    #[test]
    fn what_was_kept_is_read_when_the_catalogue_has_moved_on() {
        let kept = r#"{"complaint_count": "3", "told_once": "5", "on_remediation_list": "1", "survey_valid_answers": "90"}"#;
        let facts = Facts::kept(kept).unwrap();
        assert_eq!(facts.number("complaint_count"), Some(Ratio::whole(3)));
        assert_eq!(facts.number("survey_valid_answers"), Some(Ratio::whole(90)));
        assert_eq!(facts.get("on_remediation_list"), None, "it is a yes or no by now");
        assert!(Facts::kept("[]").is_err());
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        let mut before = facts(r#"{"complaint_count": 3, "on_remediation_list": false}"#).unwrap();
        before.note("owner_satisfaction_rate", Value::Number(Ratio::new(1, 3))).unwrap();
        let written = serde_json::to_string(&before).unwrap();
        assert!(written.contains(r#""owner_satisfaction_rate":"1/3""#), "{written}");
        assert_eq!(facts(&written).unwrap(), before);
    }

    #[test]
    fn null_is_unknown() {
        assert_eq!(facts(r#"{"complaint_count": null}"#).unwrap().get("complaint_count"), None);
    }
}
