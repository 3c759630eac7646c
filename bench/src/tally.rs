//! `tally`: a million ballots of 50,000 units counted, from CSV against just parsing it, and from memory against summing.

use std::{
    fmt::Write as _,
    hint::black_box,
    io::{StdoutLock, Write as _},
};

use anyhow::Result;
use assemblies::{TallyRules, answered, read_ballots, read_roll, tally_text};

const UNITS: usize = 50_000;
const TOPICS: usize = 20;

pub(crate) fn run(out: &mut StdoutLock<'_>) -> Result<()> {
    let (rules, roll, ballots) = assembly();
    let rules: TallyRules = serde_json::from_str(&rules)?;
    let size = (roll.len() + ballots.len()) >> 20;
    writeln!(out, "tally: {UNITS} units × {TOPICS} topics = {} ballots, {size} MB of CSV", UNITS * TOPICS)?;
    super::compare(
        out,
        ("parsing the CSV only", || parse_only(&roll, &ballots)),
        ("counting from the CSV", || {
            black_box(tally_text(&rules, &read_roll(&roll)?, &ballots)?);
            Ok(())
        }),
        "1.50",
    )?;
    let (kept_roll, kept) = (read_roll(&roll)?, read_ballots(&ballots)?);
    // In memory a ballot is a number in its topic's array, at its unit's place: what is counted and what is summed are the same arrays.
    let answered = answered(&rules, &kept_roll, &kept)?;
    let (given, areas) = answered.arrays();
    super::compare(
        out,
        ("summing the same arrays", || {
            for of_topic in given {
                black_box(of_topic.iter().zip(&areas).fold([0_i64; 8], |mut sums, (choice, area)| {
                    sums[usize::from(choice & 7)] += area;
                    sums
                }));
            }
            Ok(())
        }),
        ("counting from memory, heads and area", || {
            black_box(answered.counted());
            Ok(())
        }),
        "3.00",
    )
}

fn parse_only(roll: &str, ballots: &str) -> Result<()> {
    for text in [roll, ballots] {
        let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>()?;
        black_box(rows);
    }
    Ok(())
}

fn assembly() -> (String, String, String) {
    let topics: Vec<String> =
        (0..TOPICS).map(|it| format!("{{\"id\":\"t{it}\",\"matter\":{}}}", it % 9 + 1)).collect();
    let rules = format!(
        "{{\"decided_on\":\"2024-05-01\",\"opens_at\":\"2024-04-01T00:00:00Z\",\"closes_at\":\"2024-04-30T00:00:00Z\",\"topics\":[{}]}}",
        topics.join(",")
    );
    let mut roll = "unit,area_m2,owner,kind,holder\n".to_owned();
    let mut ballots = "unit,topic,choice,channel,cast_at\n".to_owned();
    for unit in 0..UNITS {
        let _written = writeln!(roll, "{}幢{unit},60.000,o{},residential,owner", unit / 100, unit * 9 / 10);
        for topic in 0..TOPICS {
            let choice = ["yes", "yes", "no", "abstain"][(unit * 7 + topic) % 4];
            let _written =
                writeln!(ballots, "{}幢{unit},t{topic},{choice},online,2024-04-15T08:00:00Z", unit / 100);
        }
    }
    (rules, roll, ballots)
}
