//! 表决票 — rows read one by one; a bad one is listed with its reason and never stops the count.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Refused, Roll,
    types::{Rejected, TallyRules, Topic},
};

/// One row of the ballots file, believed as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    pub line: u64,
    pub unit: String,
    pub topic: String,
    pub choice: String,
    pub cast_at: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Choice {
    Yes,
    No,
    Abstain,
    Invalid,
    Option(String),
}

/// Reads `unit,topic,choice,channel,cast_at`.
///
/// # Errors
/// When it is no such file at all.
pub fn read_ballots(text: &str) -> Result<Vec<Ballot>, Refused> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|it| Refused::new(1, format!("表决票无法读取：{it}")))?.clone();
    if header.iter().ne(["unit", "topic", "choice", "channel", "cast_at"]) {
        return Err(Refused::new(1, "表决票表头应为 unit,topic,choice,channel,cast_at"));
    }
    let mut ballots = vec![];
    for record in reader.records() {
        let record = record.map_err(|it| {
            Refused::new(it.position().map_or(1, csv::Position::line), format!("表决票无法读取：{it}"))
        })?;
        let cell = |n: usize| record.get(n).unwrap_or_default().to_owned();
        let line = record.position().map_or(1, csv::Position::line);
        ballots.push(Ballot { line, unit: cell(0), topic: cell(1), choice: cell(2), cast_at: cell(4) });
    }
    Ok(ballots)
}

/// What each unit answered to each topic, and the rows that do not count.
pub(crate) fn answers(
    rules: &TallyRules,
    roll: &Roll,
    ballots: &[Ballot],
) -> (BTreeMap<String, BTreeMap<String, Choice>>, Vec<Rejected>) {
    let mut kept: BTreeMap<(&str, &str), (Option<Timestamp>, Choice)> = BTreeMap::new();
    let mut rejected = vec![];
    for ballot in ballots {
        let reject = |reason: String| Rejected {
            line: ballot.line,
            unit: ballot.unit.clone(),
            topic: ballot.topic.clone(),
            reason,
        };
        match read(rules, roll, ballot) {
            Err(reason) => rejected.push(reject(reason)),
            Ok((at, choice)) => {
                let place = (ballot.topic.as_str(), ballot.unit.as_str());
                match kept.get(&place) {
                    Some(_) if !rules.revote => {
                        rejected.push(reject("这个单元对这个议题已有一票，按规则不得重复表决".to_owned()))
                    }
                    // Of two rows at the same moment the later one in the file is the later vote.
                    Some((before, _)) if at < *before => {}
                    _ => {
                        kept.insert(place, (at, choice));
                    }
                }
            }
        }
    }
    let mut answers: BTreeMap<String, BTreeMap<String, Choice>> = BTreeMap::new();
    for ((topic, unit), (_, choice)) in kept {
        answers.entry(topic.to_owned()).or_default().insert(unit.to_owned(), choice);
    }
    (answers, rejected)
}

fn read(rules: &TallyRules, roll: &Roll, ballot: &Ballot) -> Result<(Option<Timestamp>, Choice), String> {
    if !roll.units.contains_key(&ballot.unit) {
        return Err("名册中没有这个单元".to_owned());
    }
    let topic =
        rules.topics.iter().find(|it| it.id == ballot.topic).ok_or_else(|| "没有这个议题".to_owned())?;
    let choice = choice(topic, &ballot.choice)?;
    let at = if ballot.cast_at.is_empty() {
        None
    } else {
        Some(
            ballot
                .cast_at
                .parse::<Timestamp>()
                .map_err(|_| "表决时间应写成 2024-05-01T09:00:00+08:00".to_owned())?,
        )
    };
    let windowed = rules.opens_at.is_some() || rules.closes_at.is_some();
    match at {
        None if windowed || rules.revote => Err("缺少表决时间".to_owned()),
        Some(at) if rules.opens_at.is_some_and(|it| at < it) => Err("早于表决开始时间".to_owned()),
        Some(at) if rules.closes_at.is_some_and(|it| it < at) => Err("晚于表决截止时间".to_owned()),
        at => Ok((at, choice)),
    }
}

fn choice(topic: &Topic, text: &str) -> Result<Choice, String> {
    match text {
        "yes" if topic.options.is_empty() => Ok(Choice::Yes),
        "no" => Ok(Choice::No),
        "abstain" => Ok(Choice::Abstain),
        "invalid" => Ok(Choice::Invalid),
        other => match other.strip_prefix("option:") {
            Some(id) if topic.options.iter().any(|it| it == id) => Ok(Choice::Option(id.to_owned())),
            Some(_) => Err("议题没有这个选项".to_owned()),
            None => Err("选择应为 yes、no、abstain、invalid 或 option:编号".to_owned()),
        },
    }
}
