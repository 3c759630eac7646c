//! A posted result in words and numbers: totals only, never a choice beside an area.

use ::store::{StoreError, Tx};
use kernel::{Area, Problem};

use super::{
    standings::{StandingsView, placed, standings},
    store,
    types::{Compared, Counted, CountedSides, Pair, Posted},
};
use crate::decisions::{Decision, DecisionId, Item, Stage, labels, rules::option_id, types::Election};
use crate::{objections, records};

#[derive(Debug)]
pub(crate) struct ResultView {
    pub(crate) n: i64,
    pub(crate) posted_on: String,
    pub(crate) at: jiff::Timestamp,
    pub(crate) days: i64,
    pub(crate) next_step: String,
    /// The first day on which it may be made final.
    pub(crate) from: jiff::civil::Date,
    pub(crate) reason: String,
    pub(crate) items: Vec<ItemResult>,
    /// 选举: each with its candidates in the order of the votes.
    pub(crate) elections: Vec<StandingsView>,
    /// 撤销权 (民法典 280): one year from knowing of it (Interpretation, Art. 12); at the earliest from the posting.
    pub(crate) revocable_until: String,
}

#[derive(Debug)]
pub(crate) struct ItemResult {
    pub(crate) title: String,
    pub(crate) matter: &'static str,
    /// Colour and words.
    pub(crate) verdict: (&'static str, &'static str),
    pub(crate) decides_with_clause: bool,
    pub(crate) counts: Vec<SideView>,
}

/// One of the tallies of an item: strict, or with the silent votes.
#[derive(Debug)]
pub(crate) struct SideView {
    pub(crate) name: &'static str,
    /// What, heads, area.
    pub(crate) rows: Vec<(String, String, String)>,
    pub(crate) bars: Vec<BarView>,
    pub(crate) mixed: usize,
    pub(crate) reasons: Vec<String>,
}

/// A threshold: what was reached, what was needed, by whole numbers on both sides.
#[derive(Debug)]
pub(crate) struct BarView {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) whole: String,
    /// Rounded for the eye only.
    pub(crate) percent: String,
    pub(crate) mark: &'static str,
    /// Where the mark stands, of a hundred.
    pub(crate) at: &'static str,
    pub(crate) sentence: String,
    pub(crate) met: bool,
}

pub(crate) fn results(
    tx: &mut Tx<'_>,
    id: DecisionId,
    decision: &Decision,
) -> Result<Vec<ResultView>, Problem> {
    store::results(tx, id)?.iter().map(|it| view(decision, it)).collect()
}

/// How few heads an answer may have before its area would name a flat (trust: what stands beside it is merged).
pub(crate) const FEWEST: i64 = 3;

/// Answers of fewer than three heads are told together: an area to the thousandth nearly names a flat.
fn merged(rows: Vec<SideRow>) -> Vec<(String, String, String)> {
    let few = |it: &SideRow| it.answer && it.heads < FEWEST && (0 < it.heads || 0 < it.area);
    let together: Vec<&SideRow> = rows.iter().filter(|it| few(it)).collect();
    let mut told: Vec<(String, String, String)> = vec![];
    for it in rows.iter().filter(|it| together.len() < 2 || !few(it)) {
        told.push((it.what.clone(), it.heads.to_string(), Area(it.area).to_string()));
    }
    if 2 <= together.len() {
        let names: Vec<&str> = together.iter().map(|it| it.what.as_str()).collect();
        let (heads, area) = together.iter().fold((0, 0), |sum, it| (sum.0 + it.heads, sum.1 + it.area));
        told.push((
            format!("{}（人数少，合并公布）", names.join("、")),
            heads.to_string(),
            Area(area).to_string(),
        ));
    }
    told
}

/// A line of the table: what was answered, by how many, with which area in 0.001 m².
struct SideRow {
    what: String,
    heads: i64,
    area: i64,
    /// An answer, not a total.
    answer: bool,
}

fn view(decision: &Decision, posted: &Posted) -> Result<ResultView, Problem> {
    let counted: Counted = serde_json::from_str(&posted.body).map_err(StoreError::from)?;
    let mut items = vec![];
    for topic in &counted.topics {
        let Some(item) = decision.agenda.iter().find(|it| it.id == topic.id) else { continue };
        let verdict = verdict(item, topic.deciding());
        let mut counts = vec![side("不含未投票", item, &topic.strict)];
        counts.extend(topic.with_clause.as_ref().map(|it| side("按从众条款计入未投票", item, it)));
        items.push(ItemResult {
            title: item.title.clone(),
            matter: labels::matter(topic.matter),
            verdict,
            decides_with_clause: topic.with_clause.is_some(),
            counts,
        });
    }
    Ok(ResultView {
        n: posted.n,
        posted_on: posted.posted_on.to_string(),
        at: posted.posted_at,
        days: posted.days,
        next_step: posted.next_step.to_string(),
        from: posted.next_step,
        reason: posted.reason.clone(),
        items,
        elections: standings(&decision.agenda, &counted),
        revocable_until: calendar::add_months(posted.posted_on, 12).to_string(),
    })
}

pub(crate) const TIED: &str = "票数相同，待定";

/// 通过 or not; of a candidate, whether a seat was won.
pub(crate) fn verdict(item: &Item, it: &CountedSides) -> (&'static str, &'static str) {
    let told = |words: &str| it.reasons.iter().any(|it| it.ends_with(words));
    match (it.passed, &item.election) {
        (None, _) => ("open", "无法判断"),
        (Some(false), Some(_)) => ("refused", "未当选"),
        (Some(false), None) => ("refused", "未通过"),
        (Some(true), None) => ("good", "通过"),
        (Some(true), Some(_)) if told("：当选") => ("good", "当选"),
        (Some(true), Some(_)) if told("：列为候补") => ("open", "候补"),
        (Some(true), Some(_)) if told("席位已满") => ("done", "得票足够，席位已满"),
        (Some(true), Some(_)) => ("soon", TIED),
    }
}

fn option_name(item: &Item, id: &str) -> String {
    let at = (0..item.options.len()).find(|n| option_id(*n) == id);
    at.and_then(|n| item.options.get(n)).cloned().unwrap_or_else(|| id.to_owned())
}

fn side(name: &'static str, item: &Item, it: &CountedSides) -> SideView {
    let row = |what: &str, pair: &Pair, answer: bool| SideRow {
        what: what.to_owned(),
        heads: pair.heads.unwrap_or_default(),
        area: pair.area.as_deref().and_then(Area::parse_m2).map_or(0, |it| it.0),
        answer,
    };
    let mut rows = vec![row("名册全部", &it.total, false), row("参与表决", &it.participating, false)];
    if item.options.is_empty() {
        rows.push(row("同意", &it.yes, true));
    }
    rows.extend(it.options.iter().map(|(id, pair)| row(&option_name(item, id), pair, true)));
    rows.extend([row("反对", &it.no, true), row("弃权", &it.abstain, true), row("无效", &it.invalid, true)]);
    let rows = merged(rows);
    // The places of an election stand in its own table, equals beside each other.
    let reasons = it.reasons.iter().filter(|it| item.election.is_none() || !it.starts_with("选举组"));
    let reasons = reasons.cloned().collect();
    let bars = it.comparisons.iter().map(|comparison| bar(item, it, comparison)).collect();
    SideView { name, rows, bars, mixed: it.mixed_heads.len(), reasons }
}

fn bar(item: &Item, it: &CountedSides, comparison: &Compared) -> BarView {
    let by_area = comparison.code.ends_with("_area");
    let takes_part = comparison.code.starts_with("participation");
    let chosen = comparison.option.as_ref().and_then(|id| it.options.get(id)).unwrap_or(&it.yes);
    let (part, whole) = if takes_part { (&it.participating, &it.total) } else { (chosen, &it.participating) };
    let number = |pair: &Pair| {
        if by_area { pair.area.clone() } else { pair.heads.map(|it| it.to_string()) }.unwrap_or_default()
    };
    let (part, whole) = (number(part), number(whole));
    let of = comparison.option.as_ref().map(|id| format!("“{}”", option_name(item, id))).unwrap_or_default();
    let what = match (takes_part, by_area) {
        (true, true) => "参与表决面积",
        (true, false) => "参与表决人数",
        (false, true) => "同意面积",
        (false, false) => "同意人数",
    };
    let (mark, at, left_times, right_times) = match (takes_part, (6..=8).contains(&item.matter)) {
        (true, _) => ("三分之二", "66.67", 3, 2),
        (false, true) => ("四分之三", "75", 4, 3),
        (false, false) => ("半数", "50", 2, 1),
    };
    let met = comparison.met == Some(true);
    let (left, right) =
        (comparison.left.clone().unwrap_or_default(), comparison.right.clone().unwrap_or_default());
    BarView {
        name: format!("{of}{what}"),
        percent: percent(&part, &whole),
        sentence: format!(
            "{left_times}×{part}＝{left}，{right_times}×{whole}＝{right}，{}",
            if met { "达到" } else { "未达到" }
        ),
        part,
        whole,
        mark,
        at,
        met,
    }
}

/// Two decimals, for the eye; no comparison uses it.
fn percent(part: &str, whole: &str) -> String {
    let ratio = kernel::Ratio::parse(part).ok().zip(kernel::Ratio::parse(whole).ok());
    let percent = ratio.and_then(|(part, whole)| part.times(kernel::Ratio::whole(100))?.over(whole));
    percent.map_or_else(|| "0".to_owned(), |it| it.rounded(2))
}

/// Objections upheld and ballots made void since the newest result was posted: it has to be counted anew before anybody relies on it.
pub(crate) fn must_recount(tx: &mut Tx<'_>, id: DecisionId, results: &[ResultView]) -> Result<i64, Problem> {
    let Some(newest) = results.first() else { return Ok(0) };
    let upheld = objections::upheld_since(tx, id.into(), newest.at)?;
    Ok(upheld + i64::from(records::voided_since(tx, id, newest.at)?))
}

/// The matters (民法典 278, 1 to 9) of the items that passed, once the result is final: what a decision may be relied upon for.
pub(crate) fn passed(tx: &mut Tx<'_>, decision: &Decision) -> Result<Vec<u8>, Problem> {
    if !matches!(decision.stage, Stage::Final(..)) {
        return Ok(vec![]);
    }
    let Some(newest) = store::results(tx, decision.id)?.into_iter().next() else { return Ok(vec![]) };
    let counted: Counted = serde_json::from_str(&newest.body).map_err(StoreError::from)?;
    let passed = counted.topics.iter().filter(|it| it.deciding().passed == Some(true));
    Ok(passed.map(|it| it.matter).collect())
}

/// Whether the owners of the whole community finally passed an item of this matter: a failed one, or one of a part, mandates nobody.
pub(crate) fn is_mandate(tx: &mut Tx<'_>, decision: &Decision, matter: u8) -> Result<bool, Problem> {
    Ok(decision.terms.parts.is_empty() && passed(tx, decision)?.contains(&matter))
}

/// What a final election of a committee came to: who was elected and who stands in reserve, in the order of the votes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Elected {
    pub(crate) on: jiff::civil::Date,
    /// The first day of voting: a committee elected from then on is the one that was elected here, whatever day was typed for it.
    pub(crate) voted_from: jiff::civil::Date,
    pub(crate) basis: String,
    pub(crate) seats: usize,
    pub(crate) members: Vec<String>,
    pub(crate) reserves: Vec<String>,
    /// Equal votes for the last seats, and for the last places in reserve: who gets one is for people to settle.
    pub(crate) tied_for_seats: Vec<String>,
    pub(crate) tied_for_reserve: Vec<String>,
}

/// 选举业主委员会 (民法典 278, third matter).
const ELECTION: u8 = 3;

/// What a decision of the whole community elects of a committee with so many seats. Two are not elected at once: the first is it.
pub(crate) fn election(decision: &Decision, seats: std::ops::RangeInclusive<usize>) -> Option<&Election> {
    let of_whole =
        decision.agenda.iter().filter(|it| it.matter == ELECTION && decision.terms.parts.is_empty());
    of_whole.filter_map(|it| it.election.as_ref()).find(|it| seats.contains(&(it.seats as usize)))
}

/// Who was elected to a committee of so many seats by a decision of the whole community whose result is final. Elections of another
/// matter, of a part, or of fewer seats (a by-election, delegates) elect no committee.
pub(crate) fn elected(
    tx: &mut Tx<'_>,
    decision: &Decision,
    seats: std::ops::RangeInclusive<usize>,
) -> Result<Option<Elected>, Problem> {
    if !matches!(decision.stage, Stage::Final(..)) {
        return Ok(None);
    }
    let Some(election) = election(decision, seats) else { return Ok(None) };
    let Some(noticed) = decision.stage.noticed() else { return Ok(None) };
    let Some(newest) = store::results(tx, decision.id)?.into_iter().next() else { return Ok(None) };
    let counted: Counted = serde_json::from_str(&newest.body).map_err(StoreError::from)?;
    let mut all: Vec<((i64, i64), &str, &str)> = vec![];
    for topic in &counted.topics {
        let same = |it: &&Item| {
            it.id == topic.id && it.election.as_ref().is_some_and(|it| it.group == election.group)
        };
        let Some(item) = decision.agenda.iter().find(same) else { continue };
        let Some(name) = item.candidate() else { continue };
        let it = placed(item, topic.deciding(), name);
        all.push((it.votes, it.verdict.1, it.name));
    }
    all.sort_by_key(|it| std::cmp::Reverse(it.0));
    let of = |what: &str| -> Vec<String> {
        all.iter().filter(|it| it.1 == what).map(|it| it.2.to_owned()).collect()
    };
    let (members, reserves) = (of("当选"), of("候补"));
    // The first of equal votes are equal for a seat, as long as one is left.
    let first = all.iter().find(|it| it.1 == TIED).map(|it| it.0);
    let for_seats = members.len() < election.seats as usize;
    let tied = |seats: bool| -> Vec<String> {
        let here =
            |it: &&((i64, i64), &str, &str)| it.1 == TIED && (for_seats && Some(it.0) == first) == seats;
        all.iter().filter(here).map(|it| it.2.to_owned()).collect()
    };
    if members.is_empty() && first.is_none() {
        return Ok(None);
    }
    Ok(Some(Elected {
        on: newest.posted_on,
        voted_from: kernel::beijing_date(noticed.opens_at),
        basis: format!("{}，第{}版结果，{}公示", decision.title, newest.n, newest.posted_on),
        seats: election.seats as usize,
        tied_for_seats: tied(true),
        tied_for_reserve: tied(false),
        members,
        reserves,
    }))
}
