//! 计票 — heads and area from the roll alone, answers from the ballots, the law's four comparisons.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Ballot, Refused, Roll,
    ballots::{ABSTAIN, Answers, Choice, INVALID, NO, NONE, OPTIONS, Row, YES, each_row},
    roll::Heads,
    rules::{Comparison, Law, all_met, approval, known_matter, participation, says},
    types::{Count, Election, Measure, TallyResult, TallyRules, Topic, TopicResult},
};

/// Counts every topic.
///
/// # Errors
/// Rules that cannot be: no applicable law, an unknown matter, two topics of one name, a clause without its words.
pub fn tally(rules: &TallyRules, roll: &Roll, ballots: &[Ballot]) -> Result<TallyResult, Refused> {
    Ok(answered(rules, roll, ballots)?.counted())
}

/// What was answered, unit by unit and topic by topic, as numbers: all a count needs, ready to be counted.
///
/// # Errors
/// As for [`tally`].
pub fn answered<'a>(
    rules: &'a TallyRules,
    roll: &'a Roll,
    ballots: &[Ballot],
) -> Result<Answered<'a>, Refused> {
    let law = prepared(rules, roll)?;
    let mut answers = Answers::new(rules, roll);
    for it in ballots {
        let (unit, topic, choice, cast_at) = (&it.unit, &it.topic, &it.choice, &it.cast_at);
        answers.take(&Row { line: it.line, unit, topic, choice, cast_at });
    }
    Ok(Answered { rules, roll, law, heads: roll.heads_of(rules.head_rule), answers })
}

/// An assembly's answers in memory.
pub struct Answered<'a> {
    rules: &'a TallyRules,
    roll: &'a Roll,
    law: Law,
    heads: Heads,
    answers: Answers<'a>,
}

/// The same straight from the text of a file of ballots: a million rows pass by and none is kept.
///
/// # Errors
/// As for [`tally`], and when it is no such file at all.
pub fn tally_text(rules: &TallyRules, roll: &Roll, ballots: &str) -> Result<TallyResult, Refused> {
    let law = prepared(rules, roll)?;
    let mut answers = Answers::new(rules, roll);
    each_row(ballots, |row| answers.take(row))?;
    Ok(Answered { rules, roll, law, heads: roll.heads_of(rules.head_rule), answers }.counted())
}

fn prepared(rules: &TallyRules, roll: &Roll) -> Result<Law, Refused> {
    let law = Law::on(rules.decided_on)?;
    sound(rules, roll)?;
    Ok(law)
}

impl Answered<'_> {
    /// The answers to each topic in the order of the roll, and the units' areas in the same order, in 0.001 m².
    #[must_use]
    pub fn arrays(&self) -> (&[Vec<u16>], Vec<i64>) {
        (&self.answers.given, self.roll.units.iter().map(|it| it.area).collect())
    }

    /// Counts every topic.
    #[must_use]
    pub fn counted(&self) -> TallyResult {
        let (rules, roll, law, heads) = (self.rules, self.roll, self.law, &self.heads);
        counted(rules, law, roll, heads, &self.answers)
    }
}

fn counted(rules: &TallyRules, law: Law, roll: &Roll, heads: &Heads, answers: &Answers<'_>) -> TallyResult {
    let areas: Vec<i64> = roll.units.iter().map(|it| it.area).collect();
    let base = Base { rules, law, roll, heads, areas: &areas };
    let delivered: Option<Vec<usize>> =
        rules.silent_votes.as_ref().map(|it| it.delivered.iter().filter_map(|it| roll.place(it)).collect());
    let of_topic = |(topic, given): (&Topic, &Vec<Choice>)| {
        let strict = base.count(topic, given, &[]);
        let with_clause = delivered.as_ref().map(|it| base.count(topic, given, it));
        let decides = if with_clause.is_some() { "with_clause" } else { "strict" };
        TopicResult { id: topic.id.clone(), matter: topic.matter, strict, with_clause, decides }
    };
    let mut topics: Vec<TopicResult> = rules.topics.iter().zip(&answers.given).map(of_topic).collect();
    seat(rules, &mut topics);
    TallyResult { law, topics, rejected: answers.rejected.clone() }
}

fn sound(rules: &TallyRules, roll: &Roll) -> Result<(), Refused> {
    let (mut seen, mut groups) = (BTreeSet::new(), BTreeMap::<&String, &Election>::new());
    for topic in &rules.topics {
        known_matter(topic.matter)?;
        if !seen.insert(&topic.id) {
            return Err(Refused::new(1, format!("议题“{}”出现了两次", topic.id)));
        }
        if topic.election.is_some() && !topic.options.is_empty() {
            return Err(Refused::new(1, format!("议题“{}”不能既是选举又有选项", topic.id)));
        }
        if let Some(election) = &topic.election {
            let first = groups.entry(&election.group).or_insert(election);
            if (first.seats, first.reserves) != (election.seats, election.reserves) {
                let message = format!("选举组“{}”各候选人写明的席位数或候补数不一致", election.group);
                return Err(Refused::new(1, message));
            }
        }
    }
    if let Some(silent) = &rules.silent_votes {
        if silent.clause.trim().is_empty() {
            return Err(Refused::new(1, "未表决票计入多数票须写明议事规则的条款"));
        }
        if let Some(stray) = silent.delivered.iter().find(|it| roll.place(it).is_none()) {
            return Err(Refused::new(1, format!("送达记录中的单元 {stray} 不在名册中")));
        }
    }
    if rules.opens_at.zip(rules.closes_at).is_some_and(|(opens, closes)| closes < opens) {
        return Err(Refused::new(1, "表决截止时间早于开始时间"));
    }
    Ok(())
}

/// What every count of an assembly rests on.
struct Base<'a> {
    rules: &'a TallyRules,
    law: Law,
    roll: &'a Roll,
    heads: &'a Heads,
    /// Of the units, in 0.001 m².
    areas: &'a [i64],
}

/// What the units of a head said together.
#[derive(Clone, Copy, Default)]
struct Said {
    /// The first answer that takes part.
    first: Choice,
    /// Another one that takes part differs from it.
    differs: bool,
    /// Something was answered, be it invalid.
    anything: bool,
}

impl Said {
    /// One more answer of one of its units, without a branch that a ballot would decide.
    fn hears(&mut self, choice: Choice, takes_part: bool) {
        let counts = takes_part && choice != NONE;
        self.anything |= choice != NONE;
        self.differs |= counts && self.first != NONE && self.first != choice;
        self.first = if counts && self.first == NONE { choice } else { self.first };
    }
}

impl Base<'_> {
    fn takes_part(&self, choice: Choice) -> bool {
        self.rules.invalid_takes_part || choice != INVALID
    }

    fn count(&self, topic: &Topic, given: &[Choice], delivered: &[usize]) -> Count {
        let mut sums = vec![(0_i64, 0_i64); OPTIONS as usize + topic.options.len()];
        let mut said = vec![Said::default(); self.heads.names.len()];
        for ((choice, area), head) in given.iter().zip(self.areas).zip(&self.heads.of) {
            sums[*choice as usize].1 += area;
            said[*head as usize].hears(*choice, self.takes_part(*choice));
        }
        let all: i64 = sums.iter().map(|it| it.1).sum();
        let silent = std::mem::take(&mut sums[NONE as usize].1);
        let aside = if self.rules.invalid_takes_part { 0 } else { sums[INVALID as usize].1 };
        let mut taking_part = (0, all - silent - aside);
        let mut mixed_heads = vec![];
        for (n, head) in said.iter().enumerate() {
            match *head {
                Said { anything: false, .. } => {}
                // Only invalid answers, and they do not take part.
                Said { first: NONE, .. } => sums[INVALID as usize].0 += 1,
                Said { differs: true, .. } => {
                    taking_part.0 += 1;
                    mixed_heads.push(self.heads.names[n].trim_end().to_owned());
                }
                Said { first, .. } => {
                    taking_part.0 += 1;
                    sums[first as usize].0 += 1;
                }
            }
        }
        mixed_heads.sort();
        let measure = |(heads, area): (i64, i64)| Measure { heads: Some(heads), area: Some(area) };
        let area = self.areas.iter().sum();
        let options = topic.options.iter().enumerate();
        let options = options.map(|(n, it)| (it.clone(), measure(sums[OPTIONS as usize + n]))).collect();
        let of = |choice: Choice| measure(sums[choice as usize]);
        let mut it = Count {
            total: measure((self.heads.names.len() as i64, area)),
            participating: measure(taking_part),
            yes: of(YES),
            no: of(NO),
            abstain: of(ABSTAIN),
            invalid: of(INVALID),
            options,
            mixed_heads,
            comparisons: vec![],
            passed: None,
            reasons: vec![],
        };
        self.add_silent(&mut it, given, &said, delivered);
        judge(&mut it, self.law, topic);
        it
    }

    /// Units that were reached and are silent take part, and are added to the side that leads in both measures. Where
    /// the measures disagree, or there are options, there is no majority to add to: they take part and no more.
    fn add_silent(&self, it: &mut Count, given: &[Choice], said: &[Said], delivered: &[usize]) {
        let silent: BTreeSet<usize> = delivered.iter().copied().filter(|unit| given[*unit] == NONE).collect();
        if silent.is_empty() {
            return;
        }
        let leads = |a: Measure, b: Measure| b.heads < a.heads && b.area < a.area;
        let area: i64 = silent.iter().map(|unit| self.roll.units[*unit].area).sum();
        let heads: BTreeSet<u32> = silent
            .iter()
            .map(|unit| self.heads.of[*unit])
            .filter(|head| said[*head as usize].first == NONE)
            .collect();
        let heads = heads.len() as i64;
        let (yes, no) = (leads(it.yes, it.no), leads(it.no, it.yes));
        it.participating.add(heads, area);
        match (it.options.is_empty(), yes, no) {
            (true, true, _) => it.yes.add(heads, area),
            (true, _, true) => it.no.add(heads, area),
            _ => it
                .reasons
                .push("面积与人数的多数不一致或为多选议题，未表决票只计入参与、不计入任何一方".to_owned()),
        }
    }
}

fn judge(it: &mut Count, law: Law, topic: &Topic) {
    let taking_part = participation(law, it.total, it.participating);
    let enough = all_met(taking_part.iter());
    it.comparisons.extend(taking_part);
    let mut approved = Some(false);
    if topic.options.is_empty() {
        let both = approval(law, topic.matter, it.total, it.participating, it.yes);
        approved = all_met(both.iter());
        it.comparisons.extend(both);
    }
    for (id, measure) in &it.options {
        let both = approval(law, topic.matter, it.total, it.participating, *measure);
        if all_met(both.iter()) == Some(true) {
            approved = Some(true);
            it.reasons.push(format!("选项“{id}”获得通过所需的同意"));
        }
        it.comparisons.extend(both.map(|comparison| Comparison { option: Some(id.clone()), ..comparison }));
    }
    it.passed = enough.zip(approved).map(|(enough, approved)| enough && approved);
    let failed: Vec<String> = it.comparisons.iter().filter(|it| it.met != Some(true)).map(says).collect();
    it.reasons.extend(failed);
}

/// Candidates of one group in the order of their heads, ties by area: who fills a seat, who is a reserve.
fn seat(rules: &TallyRules, topics: &mut [TopicResult]) {
    let elections: BTreeMap<&str, &Election> =
        rules.topics.iter().filter_map(|it| it.election.as_ref()).map(|it| (it.group.as_str(), it)).collect();
    for (group, election) in elections {
        let member = |it: &&Topic| it.election.as_ref().is_some_and(|it| it.group == group);
        let ids: Vec<&str> = rules.topics.iter().filter(member).map(|it| it.id.as_str()).collect();
        for clause in [false, true] {
            let mut counts: Vec<&mut Count> = topics
                .iter_mut()
                .filter(|it| ids.contains(&it.id.as_str()))
                .filter_map(|it| if clause { it.with_clause.as_mut() } else { Some(&mut it.strict) })
                .filter(|it| it.passed == Some(true))
                .collect();
            counts.sort_by_key(|it| std::cmp::Reverse((it.yes.heads, it.yes.area)));
            let keys: Vec<_> = counts.iter().map(|it| (it.yes.heads, it.yes.area)).collect();
            let (seats, all) = (election.seats as usize, (election.seats + election.reserves) as usize);
            let tied_over = |at: usize, edge: usize| {
                edge < keys.len() && 0 < edge && keys[edge - 1] == keys[edge] && keys[at] == keys[edge]
            };
            for (at, it) in counts.into_iter().enumerate() {
                let place = if tied_over(at, seats) || (seats <= at && tied_over(at, all)) {
                    "人数与面积均相同，席位须由人按议事规则决定"
                } else if at < seats {
                    "当选"
                } else if at < all {
                    "列为候补"
                } else {
                    "得票足够但席位已满"
                };
                it.reasons.push(format!("选举组“{group}”第{}名：{place}", at + 1));
            }
        }
    }
}
