//! 计票 — heads and area from the roll alone, answers from the ballots, the law's four comparisons.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Ballot, Refused, Roll,
    ballots::{Choice, answers},
    rules::{Comparison, Law, all_met, approval, known_matter, participation, says},
    types::{Count, Election, Measure, TallyResult, TallyRules, Topic, TopicResult},
};

/// Counts every topic.
///
/// # Errors
/// Rules that cannot be: no applicable law, an unknown matter, two topics of one name, a clause without its words.
pub fn tally(rules: &TallyRules, roll: &Roll, ballots: &[Ballot]) -> Result<TallyResult, Refused> {
    let law = Law::on(rules.decided_on)?;
    sound(rules, roll)?;
    let (answers, rejected) = answers(rules, roll, ballots);
    let none = BTreeMap::new();
    let counted = |topic: &Topic| {
        let given = answers.get(&topic.id).unwrap_or(&none);
        let strict = count(rules, law, roll, topic, given, &[]);
        let with_clause =
            rules.silent_votes.as_ref().map(|it| count(rules, law, roll, topic, given, &it.delivered));
        let decides = if with_clause.is_some() { "with_clause" } else { "strict" };
        TopicResult { id: topic.id.clone(), matter: topic.matter, strict, with_clause, decides }
    };
    let mut topics: Vec<TopicResult> = rules.topics.iter().map(counted).collect();
    seat(rules, &mut topics);
    Ok(TallyResult { law, topics, rejected })
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
        if let Some(stray) = silent.delivered.iter().find(|it| !roll.units.contains_key(*it)) {
            return Err(Refused::new(1, format!("送达记录中的单元 {stray} 不在名册中")));
        }
    }
    if rules.opens_at.zip(rules.closes_at).is_some_and(|(opens, closes)| closes < opens) {
        return Err(Refused::new(1, "表决截止时间早于开始时间"));
    }
    Ok(())
}

fn count(
    rules: &TallyRules,
    law: Law,
    roll: &Roll,
    topic: &Topic,
    given: &BTreeMap<String, Choice>,
    delivered: &[String],
) -> Count {
    let head = |unit: &str| roll.head(unit, rules.head_rule).unwrap_or_default();
    let area = |unit: &str| roll.units.get(unit).map_or(0, |it| it.area);
    let takes_part = |choice: &Choice| rules.invalid_takes_part || *choice != Choice::Invalid;
    let mut it = Count {
        total: Measure::NONE,
        participating: Measure::NONE,
        yes: Measure::NONE,
        no: Measure::NONE,
        abstain: Measure::NONE,
        invalid: Measure::NONE,
        options: topic.options.iter().map(|it| (it.clone(), Measure::NONE)).collect(),
        mixed_heads: vec![],
        comparisons: vec![],
        passed: None,
        reasons: vec![],
    };
    let all_heads: BTreeSet<String> = roll.units.keys().map(|it| head(it)).collect();
    it.total.add(all_heads.len() as i64, roll.units.values().map(|it| it.area).sum());
    let mut by_head: BTreeMap<String, BTreeSet<&Choice>> = BTreeMap::new();
    for (unit, choice) in given {
        it.of(choice).add(0, area(unit));
        if takes_part(choice) {
            it.participating.add(0, area(unit));
        }
        by_head.entry(head(unit)).or_default().insert(choice);
    }
    for (head, choices) in &by_head {
        let mut counting = choices.iter().filter(|it| takes_part(it));
        match (counting.next(), counting.next()) {
            (Some(one), None) => {
                it.participating.add(1, 0);
                it.of(one).add(1, 0);
            }
            (Some(_), Some(_)) => {
                it.participating.add(1, 0);
                it.mixed_heads.push(head.trim_end().to_owned());
            }
            // Only invalid answers, and they do not take part.
            (None, _) => it.invalid.add(1, 0),
        }
    }
    let answered: BTreeSet<String> = by_head
        .iter()
        .filter(|(_, it)| it.iter().any(|it| takes_part(it)))
        .map(|(it, _)| it.clone())
        .collect();
    add_silent(&mut it, roll, given, &answered, delivered, head);
    judge(&mut it, law, topic);
    it
}

impl Count {
    fn of(&mut self, choice: &Choice) -> &mut Measure {
        match choice {
            Choice::Yes => &mut self.yes,
            Choice::No => &mut self.no,
            Choice::Abstain => &mut self.abstain,
            Choice::Invalid => &mut self.invalid,
            Choice::Option(id) => self.options.entry(id.clone()).or_insert(Measure::NONE),
        }
    }
}

/// Units that were reached and are silent take part, and are added to the side that leads in both measures. Where
/// the measures disagree, or there are options, there is no majority to add to: they take part and no more.
fn add_silent(
    it: &mut Count,
    roll: &Roll,
    given: &BTreeMap<String, Choice>,
    answered: &BTreeSet<String>,
    delivered: &[String],
    head: impl Fn(&str) -> String,
) {
    let silent: BTreeSet<&String> = delivered.iter().filter(|unit| !given.contains_key(*unit)).collect();
    if silent.is_empty() {
        return;
    }
    let leads = |a: Measure, b: Measure| b.heads < a.heads && b.area < a.area;
    let side = match (leads(it.yes, it.no), leads(it.no, it.yes)) {
        _ if !it.options.is_empty() => None,
        (true, _) => Some(Choice::Yes),
        (_, true) => Some(Choice::No),
        _ => None,
    };
    let area: i64 = silent.iter().filter_map(|unit| roll.units.get(*unit)).map(|it| it.area).sum();
    let heads: BTreeSet<String> =
        silent.iter().map(|it| head(it)).filter(|it| !answered.contains(it)).collect();
    it.participating.add(heads.len() as i64, area);
    match &side {
        Some(side) => it.of(side).add(heads.len() as i64, area),
        None => it
            .reasons
            .push("面积与人数的多数不一致或为多选议题，未表决票只计入参与、不计入任何一方".to_owned()),
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
