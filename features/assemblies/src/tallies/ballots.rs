//! 表决票 — rows read one by one; a bad one is listed with its reason and never stops the count.

use std::{borrow::Cow, collections::HashMap};

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

/// What was answered, as a number: arrays of them are what is counted.
pub(crate) type Choice = u16;
pub(crate) const NONE: Choice = 0;
pub(crate) const YES: Choice = 1;
pub(crate) const NO: Choice = 2;
pub(crate) const ABSTAIN: Choice = 3;
pub(crate) const INVALID: Choice = 4;
/// The first of a topic's options, in their order.
pub(crate) const OPTIONS: Choice = 5;

/// A row as it is read, whether it lies in memory or passes by.
pub(crate) struct Row<'a> {
    pub(crate) line: u64,
    pub(crate) unit: &'a str,
    pub(crate) topic: &'a str,
    pub(crate) choice: &'a str,
    pub(crate) cast_at: &'a str,
}

/// Reads `unit,topic,choice,channel,cast_at`.
///
/// # Errors
/// When it is no such file at all.
pub fn read_ballots(text: &str) -> Result<Vec<Ballot>, Refused> {
    let mut ballots = vec![];
    each_row(text, |row| {
        ballots.push(Ballot {
            line: row.line,
            unit: row.unit.to_owned(),
            topic: row.topic.to_owned(),
            choice: row.choice.to_owned(),
            cast_at: row.cast_at.to_owned(),
        });
    })?;
    Ok(ballots)
}

/// Every row of a file of ballots, one after another and none kept.
pub(crate) fn each_row(text: &str, mut take: impl FnMut(&Row<'_>)) -> Result<(), Refused> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::Headers).flexible(true).from_reader(text.as_bytes());
    let unreadable = |it: &csv::Error| {
        Refused::new(it.position().map_or(1, csv::Position::line), format!("表决票无法读取：{it}"))
    };
    let header = reader.headers().map_err(|it| unreadable(&it))?.clone();
    if header.iter().ne(["unit", "topic", "choice", "channel", "cast_at"]) {
        return Err(Refused::new(1, "表决票表头应为 unit,topic,choice,channel,cast_at"));
    }
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|it| unreadable(&it))? {
        let cell = |n: usize| record.get(n).unwrap_or_default().trim();
        let line = record.position().map_or(1, csv::Position::line);
        take(&Row { line, unit: cell(0), topic: cell(1), choice: cell(2), cast_at: cell(4) });
    }
    Ok(())
}

/// What each unit answered to each topic, and the rows that do not count.
pub(crate) struct Answers<'a> {
    rules: &'a TallyRules,
    roll: &'a Roll,
    topics: HashMap<&'a str, usize>,
    /// By topic, by unit.
    pub(crate) given: Vec<Vec<Choice>>,
    /// When each of them was given: only where a later vote may take the place of an earlier one.
    at: Vec<Vec<Option<Timestamp>>>,
    pub(crate) rejected: Vec<Rejected>,
    /// Many rows in a file carry the moment of the row before.
    last_moment: (String, Option<Timestamp>),
}

impl<'a> Answers<'a> {
    pub(crate) fn new(rules: &'a TallyRules, roll: &'a Roll) -> Self {
        let units = roll.units.len();
        let moments = if rules.revote { units } else { 0 };
        Self {
            rules,
            roll,
            topics: rules.topics.iter().enumerate().map(|(n, it)| (it.id.as_str(), n)).collect(),
            given: rules.topics.iter().map(|_| vec![NONE; units]).collect(),
            at: rules.topics.iter().map(|_| vec![None; moments]).collect(),
            rejected: vec![],
            last_moment: (String::new(), None),
        }
    }

    pub(crate) fn take(&mut self, row: &Row<'_>) {
        if let Err(reason) = self.read(row) {
            let (unit, topic) = (row.unit.to_owned(), row.topic.to_owned());
            self.rejected.push(Rejected { line: row.line, unit, topic, reason: reason.into_owned() });
        }
    }

    fn read(&mut self, row: &Row<'_>) -> Result<(), Cow<'static, str>> {
        let unit = self.roll.place(row.unit).ok_or("名册中没有这个单元")?;
        let topic = *self.topics.get(row.topic).ok_or("没有这个议题")?;
        let choice = choice(&self.rules.topics[topic], row.choice)?;
        let at = self.moment(row.cast_at)?;
        let given = &mut self.given[topic][unit];
        if *given == NONE {
            *given = choice;
        } else if !self.rules.revote {
            return Err("这个单元对这个议题已有一票，按规则不得重复表决".into());
        } else if self.at[topic][unit] <= at {
            // Of two rows at the same moment the later one in the file is the later vote.
            *given = choice;
        } else {
            return Ok(());
        }
        if self.rules.revote {
            self.at[topic][unit] = at;
        }
        Ok(())
    }

    /// When it was cast, inside the window where there is one.
    fn moment(&mut self, text: &str) -> Result<Option<Timestamp>, Cow<'static, str>> {
        let windowed = self.rules.opens_at.is_some() || self.rules.closes_at.is_some();
        if text.is_empty() {
            let needed = windowed || self.rules.revote;
            return if needed { Err("缺少表决时间".into()) } else { Ok(None) };
        }
        if self.last_moment.0 != text {
            self.last_moment = (text.to_owned(), text.parse().ok());
        }
        let at = self.last_moment.1.ok_or("表决时间应写成 2024-05-01T09:00:00+08:00")?;
        if self.rules.opens_at.is_some_and(|it| at < it) {
            return Err("早于表决开始时间".into());
        }
        if self.rules.closes_at.is_some_and(|it| it < at) {
            return Err("晚于表决截止时间".into());
        }
        Ok(Some(at))
    }
}

fn choice(topic: &Topic, text: &str) -> Result<Choice, Cow<'static, str>> {
    match text {
        "yes" if topic.options.is_empty() => Ok(YES),
        "no" => Ok(NO),
        "abstain" => Ok(ABSTAIN),
        "invalid" => Ok(INVALID),
        other => match other.strip_prefix("option:") {
            Some(id) => {
                let at = topic.options.iter().position(|it| it == id).ok_or("议题没有这个选项")?;
                Ok(OPTIONS + at as Choice)
            }
            None => Err("选择应为 yes、no、abstain、invalid 或 option:编号".into()),
        },
    }
}
