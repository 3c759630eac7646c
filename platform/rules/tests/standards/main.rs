//! The two shipped standards, scored and ranked with numbers worked out by hand.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

mod guide;

use std::{collections::BTreeMap, path::Path};

use rules::{Entry, Pack, PackFiles, RankInput, ScoreInput, TieBreak, rank, score};

fn files(name: &str) -> PackFiles {
    PackFiles::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs").join(name)).unwrap()
}

fn beijing() -> Pack {
    Pack::parse(&files("beijing-2023-beautiful-home")).unwrap()
}

fn luan() -> Pack {
    Pack::parse(&files("luan-2024-beautiful-home")).unwrap()
}

fn input(json: &str) -> ScoreInput {
    serde_json::from_str(json).unwrap()
}

fn all_marks(pack: &Pack, mark: impl Fn(&rules::Item) -> String) -> String {
    let marks: Vec<_> =
        pack.standard.items().map(|it| format!("\"{}\": \"{}\"", it.code, mark(it))).collect();
    format!("{{{}}}", marks.join(","))
}

// covers: BJ-020, LA-043
#[test]
fn both_standards_add_up_as_printed() {
    let shape = |pack: &Pack| {
        pack.standard.groups.iter().map(|it| (it.items.len(), it.max.exact())).collect::<Vec<_>>()
    };
    let of = |it: &[(usize, &str)]| it.iter().map(|(n, max)| (*n, (*max).to_owned())).collect::<Vec<_>>();
    assert_eq!(shape(&luan()), of(&[(5, "20"), (4, "20"), (9, "40"), (7, "20")]));
    assert_eq!(shape(&beijing()), of(&[(3, "20"), (7, "20"), (11, "20"), (6, "20"), (5, "20")]));
    assert_eq!((luan().standard.gates.len(), beijing().standard.vetoes.len()), (8, 6));
    let points: Vec<_> = beijing().standard.items().map(|it| it.max.exact()).collect();
    assert_eq!(points.join(" "), "10 5 5 2 2 3 3 3 3 4 2 2 2 1 2 2 2 1 2 2 2 3 4 4 3 3 3 4 4 4 4 4");
}

#[test]
fn weights_without_points_split_equally_and_exactly() {
    let worth: Vec<_> =
        ["1.1", "2.1", "3.1", "4.1"].iter().map(|it| luan().standard.item(it).unwrap().max.exact()).collect();
    assert_eq!(worth, ["4", "5", "40/9", "20/7"]);
    let pack = luan();
    let full =
        score(&pack, &input(&format!(r#"{{"marks": {}}}"#, all_marks(&pack, |_| "100".into())))).unwrap();
    assert_eq!((full.total_exact.as_str(), full.total.as_str(), full.complete), ("100", "100.00", true));
    let some = score(&pack, &input(r#"{"marks": {"3.1": "50", "4.1": "100"}}"#)).unwrap();
    // 40/9 × 1/2 + 20/7 = 320/63.
    assert_eq!((some.total_exact.as_str(), some.total.as_str(), some.complete), ("320/63", "5.08", false));
}

// covers: BJ-021
#[test]
fn a_mark_counts_and_the_fact_is_shown_beside_it() {
    let sheet =
        score(&beijing(), &input(r#"{"facts": {"owner_satisfaction_rate": "0.90"}, "marks": {"1.1": 4}}"#))
            .unwrap();
    let item = &sheet.groups[0].items[0];
    assert_eq!((item.by_fact.as_deref(), item.earned.as_deref()), (Some("0"), Some("4")));
    let sheet = score(&beijing(), &input(r#"{"facts": {"owner_satisfaction_rate": "0.901"}}"#)).unwrap();
    assert_eq!(sheet.groups[0].items[0].earned.as_deref(), Some("10"));
}

// covers: BJ-024, BJ-025, BJ-026, BJ-027, BJ-028, BJ-029, BJ-030
#[test]
fn each_veto_alone_shuts_out_and_the_score_is_still_shown() {
    let clean = [
        ("owner_satisfaction_rate", "\"0.6\"", "\"0.5999\""),
        ("safety_incidents_24m", "0", "1"),
        ("on_remediation_list", "false", "true"),
        ("valid_complaints_concentrated", "false", "true"),
        ("overcharging_confirmed", "false", "true"),
        ("committee_violation_confirmed", "false", "true"),
    ];
    let with = |hit: Option<usize>| {
        let facts = clean
            .iter()
            .enumerate()
            .map(|(n, (name, good, bad))| format!("\"{name}\": {}", if hit == Some(n) { bad } else { good }));
        let facts: Vec<_> = facts.collect();
        score(&beijing(), &input(&format!(r#"{{"facts": {{{}}}, "marks": {{"5.1": 4}}}}"#, facts.join(","))))
            .unwrap()
    };
    assert_eq!(with(None).eligible, Some(true));
    for n in 0..6 {
        let sheet = with(Some(n));
        assert_eq!((sheet.eligible, sheet.vetoes[n].hit), (Some(false), Some(true)));
        assert_eq!(sheet.groups[4].items[0].earned.as_deref(), Some("4"));
    }
}

#[test]
fn a_missing_fact_is_unknown_never_passed_and_never_hit() {
    let sheet = score(&beijing(), &input("{}")).unwrap();
    assert_eq!(sheet.eligible, None);
    assert!(sheet.vetoes.iter().all(|it| it.hit.is_none()));
    // covers: LA-032, LA-033, LA-034
    let sheet = score(&luan(), &input(r#"{"facts": {"owner_satisfaction_rate": "0.95"}}"#)).unwrap();
    assert_eq!((sheet.eligible, sheet.gates[0].passed), (Some(false), Some(false)));
    let parts: Vec<_> = sheet.gates[0].parts.iter().map(|it| it.passed).collect();
    assert_eq!(parts, [Some(false), None, None, None, None]);
}

#[test]
fn marks_that_cannot_be_are_refused() {
    for marks in [r#"{"1.1": 11}"#, r#"{"1.1": -1}"#, r#"{"9.9": 1}"#, r#"{"1.1": "10.000001"}"#] {
        assert!(score(&beijing(), &input(&format!(r#"{{"marks": {marks}}}"#))).is_err(), "{marks}");
    }
    assert!(serde_json::from_str::<ScoreInput>(r#"{"fact": {}}"#).is_err());
    assert!(serde_json::from_str::<ScoreInput>(r#"{"marks": {"1.1": 1, "1.1": 2}}"#).is_err());
}

/// `entry county satisfaction mark-of-1.1[/mark of a second assessor]`, one a line.
fn entries(pack: &Pack, lines: &str) -> Vec<Entry> {
    let entry = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let sheets = words[3].split('/').enumerate();
        let sheets: Vec<_> =
            sheets.map(|(n, it)| format!(r#"{{"assessor": "x{n}", "marks": {{"1.1": "{it}"}}}}"#)).collect();
        let facts = if words[2] == "?" {
            String::new()
        } else {
            format!(r#""owner_satisfaction_rate": "{}""#, words[2])
        };
        let json = format!(
            r#"{{"entry": "{}", "county": "{}", "facts": {{{facts}}}, "sheets": [{}]}}"#,
            words[0],
            words[1],
            sheets.join(",")
        );
        Entry::parse(&json, &pack.standard).unwrap()
    };
    lines.lines().map(str::trim).filter(|it| !it.is_empty()).map(entry).collect()
}

fn ranking(pack: &Pack, lines: &str, communities: Option<&[(&str, u32)]>) -> Vec<String> {
    let communities = communities
        .map(|it| it.iter().map(|(county, n)| ((*county).to_owned(), *n)).collect::<BTreeMap<_, _>>());
    let ranked = rank(pack, RankInput { entries: entries(pack, lines), communities }).unwrap();
    let line = |it: &rules::Ranked| {
        let rank = it.rank.map_or("-".to_owned(), |it| it.to_string());
        let tie = match it.tie_break {
            None => "",
            Some(TieBreak::Satisfaction) => " satisfaction",
            Some(TieBreak::Tied) => " tied",
        };
        format!("{rank} {} {}{tie} {}", it.entry, it.total_exact, it.selected_for.join(","))
    };
    ranked.iter().map(line).collect()
}

// covers: LA-027, BJ-017
#[test]
fn satisfaction_breaks_ties_and_equals_share_a_rank() {
    let lines = "a 1 0.90 4/5
                 b 1 0.91 9/0
                 c 1 0.90 4.5
                 d 1 0.99 8
                 e 1 ?    1
                 f 1 0.59 10";
    assert_eq!(
        ranking(&beijing(), lines, None),
        [
            "1 d 8 district,nomination,city",
            "2 b 9/2 satisfaction district,nomination,city",
            "3 a 9/2 tied district",
            "3 c 9/2 tied district",
            "5 e 1 district",
            "- f 10 ",
        ]
    );
}

// covers: LA-011, LA-018
#[test]
fn a_county_recommends_its_share_and_the_city_chooses_among_those() {
    let lines = "a 341523 ? 90
                 b 341523 ? 80
                 c 341502 ? 70
                 d 341502 ? 60";
    let selected = |communities| {
        ranking(&luan(), lines, communities)
            .iter()
            .map(|it| it.split(' ').next_back().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        selected(Some(&[("341523", 70), ("341502", 20)])),
        ["recommendation,city", "recommendation,city", "recommendation,city", ""]
    );
    assert_eq!(selected(None), ["", "", "", ""]);
    let missing =
        rank(&luan(), RankInput { entries: entries(&luan(), lines), communities: Some(BTreeMap::new()) });
    assert!(missing.unwrap_err().to_string().contains("341523"));
}

// covers: BJ-008, BJ-012, BJ-013, BJ-014
#[test]
fn beijings_cascade_narrows_district_by_district() {
    let lines: Vec<_> = (0..17)
        .flat_map(|d| {
            (0..12).map(move |n| {
                format!("e{d:02}-{n:02} {d} ? {}", 10.0 - f64::from(n) / 2.0 - f64::from(d) / 100.0)
            })
        })
        .collect();
    let ranked =
        rank(&beijing(), RankInput { entries: entries(&beijing(), &lines.join("\n")), communities: None })
            .unwrap();
    let count = |stage: &str| ranked.iter().filter(|it| it.selected_for.iter().any(|it| it == stage)).count();
    assert_eq!(["district", "nomination", "city", "ministry"].map(count), [170, 51, 20, 0]);
}

#[test]
fn a_fault_is_named_with_its_file_and_line() {
    let mut broken = files("beijing-2023-beautiful-home");
    broken.standard = broken.standard.replacen("points = 10", "points = 11", 1);
    let faults = Pack::parse(&broken).unwrap_err().to_string();
    let line = broken.standard.lines().position(|it| it == "total = 100").unwrap() + 1;
    assert!(faults.contains(&format!("standard.toml:{line}: 条目分值合计为 101")), "{faults}");
    let change = |from: &str, to: &str, expected: &str| {
        let mut broken = files("beijing-2023-beautiful-home");
        broken.standard = broken.standard.replacen(from, to, 1);
        broken.pack = broken.pack.replacen(from, to, 1);
        let faults = Pack::parse(&broken).unwrap_err().to_string();
        assert!(faults.contains(expected), "{from} → {to}: {faults}");
    };
    change("fee_collection_rate >= 95%", "fee_rate >= 95%", "fee_rate");
    change("at_most = 10", "at_most = 2", "不可能满足");
    change("2023-09-20", "2023-09-31", "不是日期");
    change("selects =", "select =", "不认识的字段");
    change("selects = \"community\"", "selects = \"street\"", "selects 应为");
    change("when = \"owner", "whenn = \"owner", "不认识的字段");
    let mut of_persons = files("beijing-2023-beautiful-home");
    of_persons.pack = of_persons.pack.replacen("selects = \"community\"", "selects = \"person\"", 1);
    assert_eq!(Pack::parse(&of_persons).unwrap().selects, rules::Selects::Person);
    let mut held = files("luan-2024-beautiful-home");
    held.pack = held.pack.replacen("selects = \"community\"", "selects = \"person\"", 1);
    let faults = Pack::parse(&held).unwrap_err().to_string();
    assert!(faults.contains("never_held 按小区的荣誉判断"), "{faults}");
    // Nor through whatever it refines: one that selects something else does not ask it, and may not ask it anew.
    let own = |rest: &str| PackFiles {
        pack: format!(
            "name = \"own\"\ntitle = \"评选个人\"\nrevision = \"1\"\nrefines = \"../luan\"\n{rest}"
        ),
        standard: String::new(),
        base: Some(Box::new(files("luan-2024-beautiful-home"))),
    };
    assert!(Pack::parse(&own("")).unwrap().never_held.is_some());
    let persons = Pack::parse(&own("selects = \"person\"\n")).unwrap();
    assert_eq!((persons.selects, persons.never_held), (rules::Selects::Person, None));
    let persons = PackFiles {
        base: Some(Box::new(of_persons)),
        ..own("[never_held]\ntitle = \"先进个人\"\nfact = \"honours_provincial_beautiful_home\"\n")
    };
    let faults = Pack::parse(&persons).unwrap_err().to_string();
    assert!(faults.contains("never_held 按小区的荣誉判断"), "{faults}");
}

// covers: LA-054
#[test]
fn a_county_refines_the_citys_standard_and_shows_how() {
    let city = files("luan-2024-beautiful-home");
    let county = PackFiles {
        pack: "name = \"shucheng\"\ntitle = \"舒城细化\"\nrevision = \"1\"\nrefines = \"../luan\"\n".to_owned(),
        standard: "[[items]]\ncode = \"2.2\"\npart = 2\nsays = \"业委会成员中党员占比不低于60%\"\nwhen = \"committee_party_ratio >= 60%\"\n".to_owned(),
        base: Some(Box::new(city.clone())),
    };
    let (city, county) = (Pack::parse(&city).unwrap(), Pack::parse(&county).unwrap());
    let worth: Vec<_> =
        ["2.1", "2.2", "2.3", "1.1"].iter().map(|it| county.standard.item(it).unwrap().max.exact()).collect();
    assert_eq!(worth, ["4", "8", "4", "4"]);
    let told: Vec<_> =
        rules::differences(&city, &county).iter().map(|it| (it.code.clone(), it.kind)).collect();
    assert_eq!(
        told,
        [
            ("2.1".into(), "changed"),
            ("2.2".into(), "changed"),
            ("2.3".into(), "changed"),
            ("2.4".into(), "changed")
        ]
    );
}
