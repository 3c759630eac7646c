//! A pack as one place opens it: the number, dates, quotas and titles of its own notice in the place of those the pack was
//! transcribed with. The standard is never touched.

use jiff::civil::Date;
use kernel::Ratio;
use toml::{Table, Value};

use crate::{Fault, Faults, PackFiles, Quota};

/// What a notice says otherwise than the pack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adjustment {
    pub document: Option<AdjustedDocument>,
    /// Period, first day, last day.
    pub periods: Vec<(String, Option<Date>, Option<Date>)>,
    /// Selection, its quota, and how few make it impossible.
    pub quotas: Vec<(String, Quota, u32)>,
    /// Selection, which of its honours, the title it gives.
    pub honours: Vec<(String, usize, String)>,
    /// What was changed, in words; printed with every result beside the pack's own parameters.
    pub says: Option<String>,
}

/// The head of the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdjustedDocument {
    pub issuer: String,
    pub number: Option<String>,
    pub date: Date,
    pub title: String,
    pub addressees: Vec<String>,
    /// The superior documents it carries out, nearest first.
    pub cites: Vec<String>,
    pub goal_on: Option<Date>,
}

impl PackFiles {
    /// The same pack with a place's own particulars.
    ///
    /// # Errors
    /// The pack cannot be read, or names no such period or selection.
    pub fn adjusted(&self, to: &Adjustment) -> Result<Self, Faults> {
        let mut pack = table(&self.pack)?;
        if let Some(document) = &to.document {
            let own = self.inherited("document")?.and_then(|it| it.as_table().cloned()).unwrap_or_default();
            pack.insert("document".to_owned(), Value::Table(head(own, document)));
        }
        if !to.periods.is_empty() {
            let mut periods = self.list("periods")?;
            for (code, from, to) in &to.periods {
                let period = named(&mut periods, code)?;
                day(period, "from", *from);
                day(period, "to", *to);
            }
            pack.insert("periods".to_owned(), Value::Array(periods));
        }
        if !to.quotas.is_empty() || !to.honours.is_empty() {
            let mut selections = self.list("selections")?;
            for (code, quota, at_least) in &to.quotas {
                set_quota(named(&mut selections, code)?, *quota, *at_least);
            }
            for (code, at, title) in &to.honours {
                let honours = named(&mut selections, code)?.get_mut("honours").and_then(Value::as_array_mut);
                let honour = honours.and_then(|it| it.get_mut(*at)).and_then(Value::as_table_mut);
                honour
                    .ok_or_else(|| fault(format!("选拔环节“{code}”没有第{}个称号", at + 1)))?
                    .insert("title".to_owned(), title.clone().into());
            }
            pack.insert("selections".to_owned(), Value::Array(selections));
        }
        if let Some(says) = &to.says {
            let mut parameters =
                pack.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
            let entry = [("name", "changed_at_opening"), ("value", "yes"), ("says", says.as_str())];
            let entry = entry.map(|(key, value)| (key.to_owned(), Value::from(value)));
            parameters.push(Value::Table(Table::from_iter(entry)));
            pack.insert("parameters".to_owned(), Value::Array(parameters));
        }
        let pack = toml::to_string(&pack).map_err(|it| fault(it.to_string()))?;
        Ok(Self { pack, standard: self.standard.clone(), base: self.base.clone() })
    }

    /// What the pack says itself, or else the nearest it refines.
    fn inherited(&self, key: &str) -> Result<Option<Value>, Faults> {
        match (table(&self.pack)?.remove(key), &self.base) {
            (Some(own), _) => Ok(Some(own)),
            (None, Some(base)) => base.inherited(key),
            (None, None) => Ok(None),
        }
    }

    fn list(&self, key: &str) -> Result<Vec<Value>, Faults> {
        Ok(self.inherited(key)?.and_then(|it| it.as_array().cloned()).unwrap_or_default())
    }
}

fn head(mut own: Table, to: &AdjustedDocument) -> Table {
    own.insert("issuer".to_owned(), to.issuer.clone().into());
    match &to.number {
        Some(number) => own.insert("number".to_owned(), number.clone().into()),
        None => own.remove("number"),
    };
    own.insert("date".to_owned(), to.date.to_string().into());
    own.insert("title".to_owned(), to.title.clone().into());
    for (key, lines) in [("addressees", &to.addressees), ("cites", &to.cites)] {
        let lines = lines.iter().cloned().map(Value::from).collect();
        own.insert(key.to_owned(), Value::Array(lines));
    }
    day(&mut own, "goal_on", to.goal_on);
    own
}

fn day(of: &mut Table, key: &str, on: Option<Date>) {
    match on {
        Some(on) => of.insert(key.to_owned(), on.to_string().into()),
        None => of.remove(key),
    };
}

fn set_quota(selection: &mut Table, quota: Quota, at_least: u32) {
    for key in ["at_most", "share", "at_least"] {
        selection.remove(key);
    }
    match quota {
        Quota::AtMost(most) => selection.insert("at_most".to_owned(), i64::from(most).into()),
        Quota::Share { of_communities, .. } => {
            selection.insert("share".to_owned(), share(of_communities).into())
        }
    };
    if 0 < at_least {
        selection.insert("at_least".to_owned(), i64::from(at_least).into());
    }
}

/// As people write it where that is exact: 3%.
fn share(ratio: Ratio) -> String {
    let percent = ratio.times(Ratio::whole(100)).map(|it| it.exact());
    percent.filter(|it| !it.contains('/')).map_or_else(|| ratio.exact(), |it| format!("{it}%"))
}

fn named<'a>(list: &'a mut [Value], code: &str) -> Result<&'a mut Table, Faults> {
    let mut tables = list.iter_mut().filter_map(Value::as_table_mut);
    let found = tables.find(|it| it.get("code").and_then(Value::as_str) == Some(code));
    found.ok_or_else(|| fault(format!("规则包中没有“{code}”这个阶段或环节")))
}

fn table(text: &str) -> Result<Table, Faults> {
    text.parse().map_err(|it: toml::de::Error| fault(it.message().to_owned()))
}

fn fault(message: String) -> Faults {
    Faults(vec![Fault { file: "pack.toml", line: 1, message }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pack, Rounding};

    const PACK: &str = r#"
        name = "own"
        title = "样本"
        revision = "1"
        [document]
        issuer = "市局"
        number = "市管函〔2024〕1号"
        date = "2024-07-26"
        title = "关于开展活动的通知"
        cites = ["上级文件"]
        addressees = ["各县"]
        [[periods]]
        code = "apply"
        title = "申报"
        from = "2024-07-26"
        to = "2024-08-15"
        [[selections]]
        code = "recommendation"
        title = "推荐"
        per = "county"
        share = "3%"
        at_least = 1
        [[selections]]
        code = "city"
        title = "择优"
        from = "recommendation"
        per = "city"
        at_most = 10
        honours = [{ title = "旧称号", class = "city", status = "awarded" }]
    "#;
    const STANDARD: &str = include_str!("../../../packs/luan-2024-beautiful-home/standard.toml");

    fn files() -> PackFiles {
        PackFiles { pack: PACK.to_owned(), standard: STANDARD.to_owned(), base: None }
    }

    fn day(it: &str) -> Option<Date> {
        it.parse().ok()
    }

    #[test]
    fn a_places_own_particulars_stand_in_the_pack_it_opens() {
        let share =
            Quota::Share { of_communities: Ratio::new(1, 20), rounding: Rounding::Floor, at_least: 2 };
        let to = Adjustment {
            document: Some(AdjustedDocument {
                issuer: "县局".into(),
                number: None,
                date: day("2025-03-01").unwrap(),
                title: "新的通知".into(),
                addressees: vec!["各乡镇".into(), "各街道".into()],
                cites: vec!["上级文件".into()],
                goal_on: day("2025-09-30"),
            }),
            periods: vec![("apply".into(), None, day("2025-04-15"))],
            quotas: vec![("recommendation".into(), share, 2), ("city".into(), Quota::AtMost(5), 0)],
            honours: vec![("city".into(), 0, "新称号".into())],
            says: Some("改为5%".into()),
        };
        let pack = Pack::parse(&files().adjusted(&to).unwrap()).unwrap();
        let document = pack.document.as_ref().unwrap();
        assert_eq!((document.issuer.as_str(), document.number.as_deref()), ("县局", None));
        assert_eq!(
            (document.date.as_str(), document.cites.len(), document.goal_on),
            ("2025-03-01", 1, day("2025-09-30"))
        );
        assert_eq!(document.addressees, ["各乡镇", "各街道"]);
        assert_eq!((pack.periods[0].from, pack.periods[0].to), (None, day("2025-04-15")));
        assert_eq!(pack.selection("recommendation").unwrap().quota, share);
        let city = pack.selection("city").unwrap();
        assert_eq!((city.quota, city.honours[0].title.as_str()), (Quota::AtMost(5), "新称号"));
        assert_eq!(pack.parameter("changed_at_opening"), Some("yes"));
        assert_eq!(pack.standard, Pack::parse(&files()).unwrap().standard);
    }

    #[test]
    fn nothing_said_otherwise_changes_nothing_and_what_is_not_there_is_refused() {
        let (before, after) = (
            Pack::parse(&files()).unwrap(),
            Pack::parse(&files().adjusted(&Adjustment::default()).unwrap()).unwrap(),
        );
        assert_eq!((before.periods, before.cascade), (after.periods, after.cascade));
        let missing = Adjustment { periods: vec![("nobody".into(), None, None)], ..Adjustment::default() };
        assert!(files().adjusted(&missing).unwrap_err().to_string().contains("没有“nobody”"));
        let honour = Adjustment { honours: vec![("city".into(), 1, "乙".into())], ..Adjustment::default() };
        assert!(files().adjusted(&honour).unwrap_err().to_string().contains("没有第2个称号"));
    }

    #[test]
    fn what_a_refining_pack_inherits_is_adjusted_in_it_and_not_in_its_base() {
        let refining = PackFiles {
            pack: "name = \"county\"\ntitle = \"细化\"\nrevision = \"1\"\nrefines = \"../own\"\n".to_owned(),
            standard: String::new(),
            base: Some(Box::new(files())),
        };
        let to =
            Adjustment { periods: vec![("apply".into(), None, day("2025-04-15"))], ..Adjustment::default() };
        let adjusted = refining.adjusted(&to).unwrap();
        assert_eq!(adjusted.base, refining.base);
        let pack = Pack::parse(&adjusted).unwrap();
        assert_eq!((pack.periods[0].to, pack.cascade.selections.len()), (day("2025-04-15"), 2));
    }
}
