//! 业主名册 — units with their area and owners, and the heads they make.

use std::collections::{BTreeSet, HashMap};

use kernel::Area;

use super::{HeadRule, Refused};

/// What a unit may be used as; every one of them counts.
const KINDS: [&str; 5] = ["residential", "commercial", "parking", "storage", "other"];

/// The frozen roll: where alone unit, owner, area and heads come from. Units by their place, found by their name.
#[derive(Debug, Clone, Default)]
pub struct Roll {
    places: HashMap<String, u32>,
    pub(crate) units: Vec<Unit>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) name: String,
    /// In 0.001 m².
    pub(crate) area: i64,
    /// The owners' keys in order, joined by a semicolon: whose head the unit is.
    pub(crate) owners: String,
    pub(crate) is_developers: bool,
}

/// The heads of a roll under a rule: which one each unit votes with, and their names.
pub(crate) struct Heads {
    pub(crate) of: Vec<u32>,
    pub(crate) names: Vec<String>,
}

/// Reads `unit,area_m2,owner,kind,holder`.
///
/// # Errors
/// The first line that cannot be: a duplicate unit, a negative or too fine area, a missing owner.
pub fn read_roll(text: &str) -> Result<Roll, Refused> {
    let mut roll = Roll::default();
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|it| Refused::new(1, format!("名册无法读取：{it}")))?.clone();
    if header.iter().ne(["unit", "area_m2", "owner", "kind", "holder"]) {
        return Err(Refused::new(1, "名册表头应为 unit,area_m2,owner,kind,holder"));
    }
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(it) => {
                let line = it.position().map_or(1, csv::Position::line);
                return Err(Refused::new(line, "这一行的列数与表头不符"));
            }
        }
        let line = record.position().map_or(1, csv::Position::line);
        let (unit, area, owner, kind, holder) = (&record[0], &record[1], &record[2], &record[3], &record[4]);
        let wrong = |message: String| Refused::new(line, message);
        let parsed = Area::parse_m2(area);
        let area = parsed.ok_or_else(|| wrong(format!("面积“{area}”应为0以上、最多三位小数的平方米数")))?.0;
        if unit.is_empty() {
            return Err(wrong("缺少单元号".to_owned()));
        }
        if !KINDS.contains(&kind) {
            return Err(wrong(format!("用途“{kind}”应为 {} 之一", KINDS.join("、"))));
        }
        let is_developers = match holder {
            "owner" => false,
            "developer" => true,
            other => return Err(wrong(format!("持有人“{other}”应为 owner 或 developer"))),
        };
        let owners: BTreeSet<&str> = owner.split(';').map(str::trim).filter(|it| !it.is_empty()).collect();
        if owners.is_empty() && !is_developers {
            return Err(wrong(format!("单元 {unit} 缺少业主")));
        }
        let place = roll.units.len() as u32;
        if roll.places.insert(unit.to_owned(), place).is_some() {
            return Err(wrong(format!("单元 {unit} 在名册中出现了两次")));
        }
        let owners = owners.into_iter().collect::<Vec<_>>().join(";");
        roll.units.push(Unit { name: unit.to_owned(), area, owners, is_developers });
    }
    if roll.units.is_empty() { Err(Refused::new(1, "名册是空的")) } else { Ok(roll) }
}

/// Whose head a unit is; `owners` are the keys in order, joined by a semicolon. The one place that says so.
pub(crate) fn head_of<'a>(rule: HeadRule, unit: &'a str, owners: &'a str, is_developers: bool) -> &'a str {
    match rule {
        HeadRule::PerUnit => unit,
        // No owner's key can hold a line break, so the developer is never taken for an owner called so.
        HeadRule::DistinctOwner if is_developers => "developer\n",
        HeadRule::DistinctOwner => owners,
    }
}

impl Roll {
    pub(crate) fn place(&self, unit: &str) -> Option<usize> {
        self.places.get(unit).map(|it| *it as usize)
    }

    /// Whether two units are of the same people; the developer's are all of one. A unit that is not there is nobody's.
    pub(crate) fn same_owners(&self, a: &str, b: &str) -> bool {
        let whose = |unit: &str| {
            let it = &self.units[self.place(unit)?];
            Some(head_of(HeadRule::DistinctOwner, &it.name, &it.owners, it.is_developers))
        };
        whose(a).is_some() && whose(a) == whose(b)
    }

    /// How many heads there are.
    #[must_use]
    pub fn heads(&self, rule: HeadRule) -> usize {
        self.heads_of(rule).names.len()
    }

    /// The head each unit votes with: A and A;B are two, the developer's rows are one whatever their key.
    pub(crate) fn heads_of(&self, rule: HeadRule) -> Heads {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut heads = Heads { of: Vec::with_capacity(self.units.len()), names: vec![] };
        for unit in &self.units {
            let name = head_of(rule, &unit.name, &unit.owners, unit.is_developers);
            let next = heads.names.len() as u32;
            let head = *known.entry(name).or_insert_with(|| {
                heads.names.push(name.to_owned());
                next
            });
            heads.of.push(head);
        }
        heads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(rows: &str, rule: HeadRule) -> usize {
        let roll = read_roll(&format!("unit,area_m2,owner,kind,holder\n{rows}")).unwrap();
        roll.heads(rule)
    }

    #[test]
    fn heads_are_distinct_owner_sets_and_the_developer_is_one() {
        let rows = "1,100,A,residential,owner\n2,100,A;B,residential,owner\n3,100,B;A,residential,owner\n4,9,A,parking,owner\n5,50,x,commercial,developer\n6,50,,residential,developer\n";
        assert_eq!(heads(rows, HeadRule::DistinctOwner), 3);
        assert_eq!(heads(rows, HeadRule::PerUnit), 6);
    }

    #[test]
    fn what_cannot_be_on_a_roll_is_refused_by_its_line() {
        let refused = |row: &str, words: &str| {
            let error =
                read_roll(&format!("unit,area_m2,owner,kind,holder\n1,100,A,residential,owner\n{row}\n"))
                    .unwrap_err();
            assert!(error.line == 3 && error.message.contains(words), "{error}");
        };
        refused("1,90,B,residential,owner", "出现了两次");
        refused("2,-1,B,residential,owner", "面积");
        refused("2,1.2345,B,residential,owner", "三位小数");
        refused("2,10,,residential,owner", "缺少业主");
        refused("2,10,B,villa,owner", "用途");
        refused("2,10,B,residential,tenant", "持有人");
        refused("2,10,B,residential", "列数");
    }
}
