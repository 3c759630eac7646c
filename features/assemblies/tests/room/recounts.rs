//! The product and a program that shares no line with it count the same, on generated assemblies full of ties.

use std::{fmt::Write as _, path::Path, process::Command};

use assemblies::{TallyRules, read_ballots, read_roll, tally};
use serde_json::{Value, json};

/// Numbers that look random and are the same on every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }

    pub(crate) fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u64) as usize]
    }
}

/// `script/bench` asks for twenty times as many, and for large ones among them.
pub(crate) fn is_thorough() -> bool {
    std::env::var_os("JIAYUAN_THOROUGH").is_some()
}

/// An assembly: rules, roll and ballots as the files hold them. Small and even, so that thresholds are met exactly.
fn assembly(dice: &mut Dice, n: u64) -> (String, String, String) {
    let units = match n {
        _ if is_thorough() && n % 1000 == 999 => 5000,
        _ if n % 50 == 49 => 400,
        _ if n % 10 == 9 => 1 + dice.below(60),
        _ => 1 + dice.below(24),
    };
    // Some have one buyer of nearly everything, some only units with several owners, some store rooms without an area.
    let owners = if dice.below(12) == 0 { 1 + dice.below(2) } else { 1 + dice.below(units) };
    let all_shared = dice.below(12) == 0;
    let mut roll = "unit,area_m2,owner,kind,holder\n".to_owned();
    let even = dice.below(3) != 0;
    for unit in 0..units {
        let area = if dice.below(15) == 0 {
            "0".to_owned()
        } else if even {
            "60.000".to_owned()
        } else {
            format!("{}.{:03}", dice.below(150), dice.below(1000))
        };
        let holder = if dice.below(9) == 0 { "developer" } else { "owner" };
        let first = dice.below(owners);
        let owner = match dice.below(5) {
            kind if kind == 0 || all_shared => format!("o{};o{first}", dice.below(owners)),
            _ => format!("o{first}"),
        };
        let kind = dice.of(&["residential", "commercial", "parking", "storage"]);
        writeln!(roll, "u{unit},{area},{owner},{kind},{holder}").unwrap();
    }
    let mut topics = vec![json!({ "id": "1", "matter": 1 + dice.below(9) })];
    if dice.below(2) == 0 {
        topics.push(json!({ "id": "2", "matter": 1 + dice.below(9), "options": ["a", "b", "c"] }));
    }
    for k in 0..dice.below(4) {
        let election = json!({ "group": "g", "seats": 2, "reserves": 1 });
        topics.push(json!({ "id": format!("3-{k}"), "matter": 3, "election": election }));
    }
    let old = dice.below(6) == 0;
    let mut rules = json!({
        "decided_on": if old { "2019-05-01" } else { "2024-05-01" },
        "head_rule": dice.of(&["distinct_owner", "per_unit"]),
        "topics": topics,
        "revote": dice.below(2) == 0,
        "invalid_takes_part": dice.below(2) == 0,
    });
    if dice.below(3) == 0 {
        rules["opens_at"] = json!("2024-04-20T00:00:00+08:00");
        rules["closes_at"] = json!("2024-04-29T16:00:00Z");
    }
    if dice.below(3) == 0 {
        let delivered: Vec<String> =
            (0..units).filter(|_| dice.below(2) == 0).map(|it| format!("u{it}")).collect();
        rules["silent_votes"] = json!({ "clause": "第21条", "delivered": delivered });
    }
    let mut ballots = "unit,topic,choice,channel,cast_at\n".to_owned();
    // Two of three take part, give or take one.
    let taking_part = (units * 2 / 3 + dice.below(3)).min(units + 1);
    for unit in 0..taking_part {
        for topic in rules["topics"].as_array().unwrap() {
            let choices: &[&str] = if topic["options"].is_array() {
                &["option:a", "option:b", "option:a", "no", "abstain", "option:z"]
            } else {
                &["yes", "yes", "yes", "no", "abstain", "invalid", "maybe"]
            };
            let day = 19 + dice.below(12);
            writeln!(
                ballots,
                "u{unit},{},{},online,2024-04-{day:02}T0{}:30:00Z",
                topic["id"].as_str().unwrap(),
                dice.of(choices),
                dice.below(10)
            )
            .unwrap();
            if dice.below(8) == 0 {
                let again = dice.of(choices);
                writeln!(
                    ballots,
                    "u{unit},{},{again},paper,2024-04-2{}T08:00:00Z",
                    topic["id"].as_str().unwrap(),
                    dice.below(10)
                )
                .unwrap();
            }
        }
    }
    (rules.to_string(), roll, ballots)
}

// covers: LA-037
#[test]
fn generated_assemblies_are_counted_alike_by_another_program() {
    let assemblies = if is_thorough() { 10_000 } else { 500 };
    let folder = tempfile::tempdir().unwrap();
    let (mut dice, mut ours, mut folders) = (Dice(0x9e37_79b9_7f4a_7c15), vec![], vec![]);
    let (mut passed, mut exact) = (0, 0);
    for n in 0..assemblies {
        let (rules, roll, ballots) = assembly(&mut dice, n);
        let here = folder.path().join(format!("{n:04}"));
        std::fs::create_dir(&here).unwrap();
        for (name, text) in [("rules.json", &rules), ("roll.csv", &roll), ("ballots.csv", &ballots)] {
            std::fs::write(here.join(name), text).unwrap();
        }
        let rules: TallyRules = serde_json::from_str(&rules).unwrap();
        let counted = tally(&rules, &read_roll(&roll).unwrap(), &read_ballots(&ballots).unwrap()).unwrap();
        passed += counted.topics.iter().filter(|it| it.strict.passed == Some(true)).count();
        let comparisons = counted.topics.iter().flat_map(|it| &it.strict.comparisons);
        exact += comparisons.filter(|it| it.left == it.right && it.left.as_deref() != Some("0")).count();
        ours.push(serde_json::to_value(&counted).unwrap());
        folders.push(here);
    }
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/recount.py");
    let mut theirs: Vec<Value> = vec![];
    // A thousand folders a process: a command line has an end.
    for folders in folders.chunks(1000) {
        let ran = Command::new("python3").arg(&program).arg("--tally").args(folders).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        let told = String::from_utf8(ran.stdout).unwrap();
        theirs.extend(told.lines().map(|it| serde_json::from_str::<Value>(it).unwrap()));
    }
    assert_eq!(theirs.len(), ours.len());
    for (n, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert_eq!(ours, theirs, "assembly {n}");
    }
    // The generator is worth something: many pass, many fail, and many meet a threshold to the dot.
    assert!(100 < passed && 300 < exact, "{passed} {exact}");
}
