//! What there is to see of surveys: the office's list and desk, and what a household sees.

use ::store::Tx;
use kernel::{Problem, Ratio};
use registry::communities;

use crate::{
    policy,
    rules::{self, Result_},
    store,
    types::{GRADES, PARTS, Stage, Survey, SurveyId},
};

/// One survey in the list.
#[derive(Debug)]
pub(crate) struct SurveyLine {
    pub(crate) id: SurveyId,
    pub(crate) title: String,
    pub(crate) community: String,
    pub(crate) closes_on: String,
    pub(crate) state: (&'static str, String),
}

#[derive(Debug)]
pub(crate) struct SurveysView {
    pub(crate) surveys: Vec<SurveyLine>,
    pub(crate) next: Option<String>,
    /// Communities to choose from, for an office that asks.
    pub(crate) communities: Vec<(String, String)>,
}

/// What came out, as it is shown.
#[derive(Debug)]
pub(crate) struct ResultView {
    /// Grade, how many, per cent.
    pub(crate) grades: Vec<(&'static str, i64, String)>,
    pub(crate) valid: i64,
    pub(crate) satisfied: i64,
    pub(crate) rate: String,
    pub(crate) enough: bool,
    /// Part, and how many of those who marked it are satisfied.
    pub(crate) parts: Vec<(&'static str, String)>,
    /// What was written, for the office.
    pub(crate) words: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct SurveyView {
    pub(crate) survey: Survey,
    pub(crate) community: String,
    pub(crate) state: (&'static str, String),
    /// How many households have answered.
    pub(crate) answered: i64,
    pub(crate) takes: bool,
    pub(crate) result: Option<ResultView>,
    pub(crate) can_ask: bool,
    pub(crate) can_close: bool,
}

const PAGE: usize = 50;
const MOST_COMMUNITIES: usize = 300;

pub(crate) fn list(tx: &mut Tx<'_>, after: Option<i64>) -> Result<SurveysView, Problem> {
    let _may = policy::may_list(&tx.ctx.actor)?;
    let (scope, today) = (policy::visible(&tx.ctx.actor), tx.ctx.today());
    let mut found = store::list(tx, &scope, after, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| i64::from(it.id).to_string());
    let mut surveys = vec![];
    for it in found {
        let community = communities::load(tx, it.place.community.into())?.name;
        let answered = store::doors(tx, it.id)?;
        surveys.push(SurveyLine {
            id: it.id,
            state: state(&it, answered, today),
            closes_on: it.closes_on.to_string(),
            title: it.title,
            community,
        });
    }
    let communities =
        if policy::asks(&tx.ctx.actor) { communities::in_scope(tx, MOST_COMMUNITIES)? } else { vec![] };
    let communities = communities.into_iter().map(|it| (it.id.to_string(), it.name)).collect();
    Ok(SurveysView { surveys, next, communities })
}

fn state(it: &Survey, answered: i64, today: jiff::civil::Date) -> (&'static str, String) {
    match &it.stage {
        Stage::Open if today <= it.closes_on => ("good", format!("进行中，{answered}户已评价")),
        Stage::Open => ("soon", format!("已到期，{answered}户已评价，待公布")),
        Stage::Closed if it.entered => ("done", "已公布，记入台账".to_owned()),
        Stage::Closed => ("done", "已公布，样本太少未记入台账".to_owned()),
        Stage::Void { reason } => ("open", format!("作废：{reason}")),
    }
}

/// A survey at the office's desk.
pub(crate) fn desk(tx: &mut Tx<'_>, id: SurveyId) -> Result<SurveyView, Problem> {
    let survey = store::load(tx, id)?;
    if !policy::visible(&tx.ctx.actor).covers(&survey.place) {
        return Err(Problem::NotFound);
    }
    view(tx, survey, true)
}

/// The same for a household: the form while it is open, the result once it is published.
pub(crate) fn public(tx: &mut Tx<'_>, id: SurveyId) -> Result<SurveyView, Problem> {
    let survey = store::load(tx, id)?;
    view(tx, survey, false)
}

fn view(tx: &mut Tx<'_>, survey: Survey, at_desk: bool) -> Result<SurveyView, Problem> {
    let today = tx.ctx.today();
    let answered = store::doors(tx, survey.id)?;
    let can_ask = policy::may_ask(&tx.ctx.actor, &survey.place).is_ok();
    // How it goes is nobody's to see before it is over: who knows the running total bends it.
    let result = if survey.stage == Stage::Closed { Some(result(tx, &survey, at_desk)?) } else { None };
    Ok(SurveyView {
        community: communities::load(tx, survey.place.community.into())?.name,
        state: state(&survey, answered, today),
        takes: rules::takes(&survey, today),
        can_close: can_ask && rules::close(&survey, today).is_ok(),
        can_ask: can_ask && survey.stage == Stage::Open,
        answered,
        result,
        survey,
    })
}

fn percent(part: i64, whole: i64) -> String {
    let share = Ratio::share(i128::from(part), i128::from(whole)).and_then(|it| it.times(Ratio::whole(100)));
    share.map_or_else(|| "—".to_owned(), |it| format!("{}%", it.rounded(1)))
}

fn result(tx: &mut Tx<'_>, survey: &Survey, at_desk: bool) -> Result<ResultView, Problem> {
    let answers = store::answers(tx, survey.id)?;
    let Result_ { grades, valid, satisfied, enough } = rules::result(&answers, survey.households);
    let part = |n: usize| {
        let marked: Vec<i64> =
            answers.iter().filter_map(|it| it.parts.get(n).copied()).filter(|it| 0 < *it).collect();
        let good = marked.iter().filter(|it| 4 <= **it).count();
        percent(good as i64, marked.len() as i64)
    };
    let words = answers.iter().map(|it| it.words.clone()).filter(|it| at_desk && !it.is_empty()).collect();
    Ok(ResultView {
        grades: GRADES.iter().zip(grades).map(|(it, n)| (it.1, n, percent(n, valid))).collect(),
        valid,
        satisfied,
        rate: percent(satisfied, valid),
        enough,
        parts: PARTS.iter().enumerate().map(|(n, it)| (it.1, part(n))).collect(),
        words,
    })
}
