//! When a decision may go a step further, and what it must say to do so. Pure.

use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{FieldError, Problem, Refusal};

use super::{
    reviews,
    types::{Decision, Noticed, Opinion, Review, Reviewer, Reviewing, Sealing, Stage, Timing, Urn},
};
use crate::rolls::types::RollId;

/// 《物业管理条例》第 14 条, 指导规则第 12 条: owners are told this many days before.
pub(crate) const NOTICE_DAYS: u32 = 15;
const LONGEST_VOTE_DAYS: i64 = 92;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DecisionRefusal {
    #[error("这次表决{0}，不能再这样办理")]
    Stage(&'static str),
    #[error("还没有已冻结的业主名册。请先提出名册，公示期满后由街道确认冻结")]
    NoRoll,
    #[error("“{0}”应先向街道、社区党组织书面报告，再公告。请在“决定前书面报告”中登记")]
    NotReported(String),
    #[error("书面报告已经登记，不能再改；议题修改后可以重新报告")]
    ReportedBefore,
    #[error("还缺少审议意见：{0}。请先送审并取得意见，逾期未出具的可由街道写明理由豁免")]
    ReviewsMissing(String),
    #[error("审议期限到{0}，到期仍未出具意见的，街道才能豁免")]
    NotOverdue(Date),
    #[error("请先送审，再出具意见")]
    NotAsked,
    #[error("先由小区党支部提出初步意见，再由社区党组织审议。党支部逾期未出具的，由街道写明理由豁免后再审议")]
    BranchFirst,
    #[error("重新清点要由另一个人登记：请由没有登记上一次清点的人当众重点，由社区或业委会的另一位登记")]
    CountedAlone,
    #[error("这项意见已经出具，不能再改；议题修改后重新送审的，可以重新出具")]
    Reviewed,
    #[error("表决还没有截止，{0}后才能封票")]
    NotClosed(String),
    #[error("表决已经截止，不能再延期")]
    AlreadyClosed,
    #[error("公示到{0}，期满后才能确认最终结果")]
    StillPosted(Date),
    #[error("还有{0}件异议没有答复，请先逐件答复")]
    ObjectionsOpen(i64),
    #[error("还有{0}张纸质表决票没有录入两遍，或两次录入不一致。请先录完再计票")]
    SheetsOpen(usize),
    #[error("{0}的纸质表决票已录入{1}张，多于封票清点的{2}张，请核对")]
    SheetsOver(String, usize, usize),
    #[error("还有{0}张纸质表决票没有扫描件。公告写明每张都要有，请在“纸质票录入”里补上再计票")]
    ScansMissing(usize),
    #[error("有异议成立，请先更正计票结果并重新公示")]
    Upheld,
    #[error("今天提出的异议已经很多，请明天再提，或直接与街道联系")]
    TooManyObjections,
    #[error("作废票要以成立的异议为依据：请先在异议中答复“成立”，再作废")]
    NotUpheld,
    #[error("投票已经开始，只有街道能叫停，请向街道报告")]
    Running,
    #[error(
        "您是这次选举的候选人，打印凭证、登记委托、录入纸质票、封票、计票和确认结果应当回避，请由社区或其他人办理"
    )]
    StandBack,
    #[error("候选人{0}的联审不通过，不能列入选举")]
    CandidateRefused(String),
    #[error("筹备工作还没有做完，不能公告选举：{0}。请先在“筹备与换届”里逐项办结")]
    Unprepared(String),
    #[error("“{0}”不是选举，罢免的也不是现任委员，不能公告。请修改议题")]
    NotSitting(String),
    #[error("公示以来没有成立的异议，也没有作废的票，不能重新计票")]
    NothingUpheld,
}

impl Refusal for DecisionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Stage(_) => "assemblies.stage",
            Self::NoRoll => "assemblies.no_roll",
            Self::ReportedBefore => "assemblies.reported_before",
            Self::NotReported(_) => "assemblies.not_reported",
            Self::ReviewsMissing(_) => "assemblies.reviews_missing",
            Self::NotOverdue(_) => "assemblies.review_not_overdue",
            Self::NotAsked => "assemblies.review_not_asked",
            Self::BranchFirst => "assemblies.branch_first",
            Self::CountedAlone => "assemblies.counted_alone",
            Self::Reviewed => "assemblies.reviewed",
            Self::NotClosed(_) => "assemblies.not_closed",
            Self::AlreadyClosed => "assemblies.already_closed",
            Self::StillPosted(_) => "assemblies.result_posted",
            Self::ObjectionsOpen(_) => "assemblies.objections_open",
            Self::SheetsOpen(_) => "assemblies.sheets_open",
            Self::SheetsOver(..) => "assemblies.sheets_over",
            Self::ScansMissing(_) => "assemblies.scans_missing",
            Self::Upheld => "assemblies.result_upheld",
            Self::TooManyObjections => "assemblies.too_many_objections",
            Self::NotUpheld => "assemblies.not_upheld",
            Self::Running => "assemblies.vote_running",
            Self::StandBack => "assemblies.stand_back",
            Self::CandidateRefused(_) => "assemblies.candidate_refused",
            Self::Unprepared(_) => "assemblies.unprepared",
            Self::NotSitting(_) => "assemblies.not_sitting",
            Self::NothingUpheld => "assemblies.nothing_upheld",
        }
    }
}

/// The letters options are answered by.
pub(crate) fn option_id(n: usize) -> String {
    char::from(b'a' + (n % 26) as u8).to_string()
}

pub(crate) fn must_be_draft(decision: &Decision) -> Result<(), DecisionRefusal> {
    match decision.stage {
        Stage::Draft => Ok(()),
        Stage::Cancelled { .. } => Err(DecisionRefusal::Stage("已取消")),
        _ => Err(DecisionRefusal::Stage("已公告")),
    }
}

/// 由党支部提出初步意见，经社区党组织审议 (SC-036): one after the other.
pub(crate) fn waits_for_branch(decision: &Decision, given: &[Review], body: Reviewer) -> bool {
    let needed = reviews::needed(reviews::of(decision), &decision.agenda);
    body == Reviewer::Neighborhood
        && needed.iter().any(|it| it.0 == Reviewer::Branch)
        && given.iter().all(|it| it.body != Reviewer::Branch)
}

/// An opinion stands: nobody's is overwritten, and one on another text is none on this.
pub(crate) fn may_still_review(
    decision: &Decision,
    given: &[Review],
    body: Reviewer,
    form: &Reviewing,
) -> Result<(), Problem> {
    if given.iter().any(|it| it.body == body) {
        return Err(DecisionRefusal::Reviewed.into());
    }
    if waits_for_branch(decision, given, body) {
        return Err(DecisionRefusal::BranchFirst.into());
    }
    if form.version == decision.version.to_string() { Ok(()) } else { Err(Problem::Conflict) }
}

/// 出具意见, or 豁免 after the time for it has passed.
pub(crate) fn review(
    decision: &Decision,
    form: &Reviewing,
    last_day: Option<Date>,
    today: Date,
) -> Result<(Reviewer, Opinion, String, String), Problem> {
    must_be_draft(decision)?;
    let body = Reviewer::ALL.into_iter().find(|it| it.code() == form.body).ok_or(Problem::NotFound)?;
    let opinion = Opinion::ALL.into_iter().find(|it| it.code() == form.opinion);
    let words = identifiers::mask_numbers(form.words.trim());
    let mut errors = vec![];
    if words.is_empty() || 500 < words.chars().count() {
        errors.push(FieldError::new("words", "请写明意见和依据的会议或文件，不超过500个字"));
    }
    let document = identifiers::mask_numbers(form.document.trim());
    if 100 < document.chars().count() {
        errors.push(FieldError::new("document", "依据的文件不超过100个字"));
    } else if document.is_empty() && opinion == Some(Opinion::Exempt) {
        errors.push(FieldError::new("document", "豁免要有依据：请填写决定豁免的文件名称和文号"));
    }
    if opinion.is_none() {
        errors.push(FieldError::new("opinion", "请选择意见"));
    }
    let Some(opinion) = opinion.filter(|_| errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    let last_day = last_day.ok_or(DecisionRefusal::NotAsked)?;
    if opinion == Opinion::Exempt && today <= last_day {
        return Err(DecisionRefusal::NotOverdue(last_day).into());
    }
    Ok((body, opinion, words, document))
}

/// Whether somebody of this name stands in the election: whoever does, does not handle its ballots. It goes by the name of the account,
/// spaces aside; a namesake leaves it to a colleague.
pub(crate) fn must_stand_back(decision: &Decision, name: &str) -> Result<(), DecisionRefusal> {
    let name = identifiers::narrowed(name);
    let stands =
        decision.agenda.iter().any(|it| it.candidate().is_some_and(|it| identifiers::narrowed(it) == name));
    if stands { Err(DecisionRefusal::StandBack) } else { Ok(()) }
}

/// 公告 — with every opinion there, a frozen roll, and the days the law asks for before voting begins.
pub(crate) fn notice(
    decision: &Decision,
    roll: Option<RollId>,
    given: &[Review],
    form: &Timing,
    today: Date,
) -> Result<Noticed, Problem> {
    must_be_draft(decision)?;
    let roll = roll.ok_or(DecisionRefusal::NoRoll)?;
    let pack = reviews::of(decision);
    if let (Some(says), None) = (reviews::to_report(pack, &decision.agenda), &decision.reported) {
        return Err(DecisionRefusal::NotReported(says).into());
    }
    let missing: Vec<&str> = reviews::needed(pack, &decision.agenda)
        .iter()
        .filter(|it| given.iter().all(|review| review.body != it.0))
        .map(|it| super::labels::reviewer(it.0))
        .collect();
    if !missing.is_empty() {
        return Err(DecisionRefusal::ReviewsMissing(missing.join("、")).into());
    }
    let (opens_on, closes_on) = window(form)?;
    let latest = calendar::latest_posting_before(opens_on, NOTICE_DAYS);
    if latest < today {
        let message = format!("投票开始日应在公告满{NOTICE_DAYS}日之后，最早{}", earliest_opening(today));
        return Err(Problem::Invalid(vec![FieldError::new("opens_on", message)]));
    }
    Ok(Noticed {
        roll,
        on: today,
        opens_at: calendar::start_of(opens_on),
        closes_at: calendar::end_of(closes_on),
    })
}

pub(crate) fn earliest_opening(today: Date) -> Date {
    today.saturating_add(SignedDuration::from_hours(24 * i64::from(NOTICE_DAYS)))
}

fn window(form: &Timing) -> Result<(Date, Date), Problem> {
    let mut errors = vec![];
    let mut day = |field: &'static str, text: &str, what: &str| {
        let day = text.trim().parse::<Date>().ok();
        if day.is_none() {
            errors.push(FieldError::new(field, format!("请选择{what}")));
        }
        day
    };
    let opens = day("opens_on", &form.opens_on, "投票开始日");
    let closes = day("closes_on", &form.closes_on, "投票截止日");
    match opens.zip(closes) {
        Some((opens, closes)) => {
            let days = closes.since(opens).map_or(0, |it| it.get_days());
            if closes < opens || LONGEST_VOTE_DAYS < i64::from(days) {
                errors.push(FieldError::new("closes_on", "投票截止日应在开始日之后，最长92天"));
                return Err(Problem::Invalid(errors));
            }
            Ok((opens, closes))
        }
        None => Err(Problem::Invalid(errors)),
    }
}

/// 延期 — only before the close, with the reason.
pub(crate) fn extend(noticed: &Noticed, form: &Timing, now: Timestamp) -> Result<(Noticed, String), Problem> {
    if noticed.closes_at <= now {
        return Err(DecisionRefusal::AlreadyClosed.into());
    }
    let mut errors = vec![];
    let latest = noticed.opens_at + SignedDuration::from_hours(24 * (LONGEST_VOTE_DAYS + 1));
    let closes = form.closes_on.trim().parse::<Date>().ok().map(calendar::end_of);
    let closes = closes.filter(|it| noticed.closes_at < *it && *it <= latest);
    if closes.is_none() {
        errors.push(FieldError::new("closes_on", "新的截止日应晚于原来的截止日，投票期最长92天"));
    }
    let reason = identifiers::mask_numbers(form.reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        errors.push(FieldError::new("reason", "请写明延期理由，不超过200个字"));
    }
    match closes.filter(|_| errors.is_empty()) {
        Some(closes_at) => Ok((Noticed { closes_at, ..*noticed }, reason)),
        None => Err(Problem::Invalid(errors)),
    }
}

/// 封票 — after the close: what each building's box holds is counted before anything is opened. Until the count it may be
/// counted again, and never to less than has been entered.
pub(crate) fn seal(
    decision: &Decision,
    buildings: &[(String, usize)],
    entered: &[(String, usize)],
    form: &Sealing,
    now: Timestamp,
) -> Result<Stage, Problem> {
    let (Stage::Noticed(noticed) | Stage::Sealed(noticed, _)) = &decision.stage else {
        return Err(DecisionRefusal::Stage("不在封票阶段").into());
    };
    if now < noticed.closes_at {
        return Err(DecisionRefusal::NotClosed(super::labels::until(noticed.closes_at)).into());
    }
    let typed = |building: &String| {
        let n = form.building.iter().position(|it| it == building)?;
        form.sheets.get(n)?.trim().parse::<usize>().ok()
    };
    let urns: Option<Vec<Urn>> =
        buildings.iter().map(|it| Some(Urn { building: it.0.clone(), sheets: typed(&it.0)? })).collect();
    let wrong =
        || Problem::Invalid(vec![FieldError::new("sheets", "请逐栋填写清点的纸质表决票张数，没有的填0")]);
    let urns = urns.ok_or_else(wrong)?;
    // One sheet was printed for each unit: a box that holds more was not counted right.
    if let Some((urn, (_, units))) = urns.iter().zip(buildings).find(|(urn, (_, units))| *units < urn.sheets)
    {
        let message = format!("{}只有{units}套，票箱里不会有{}张，请重新清点", urn.building, urn.sheets);
        return Err(Problem::Invalid(vec![FieldError::new("sheets", message)]));
    }
    must_hold(&urns, entered)?;
    Ok(Stage::Sealed(*noticed, urns))
}

/// 重新清点: by somebody else than the time before, with the reason. What is said of it; of the first count nothing.
pub(crate) fn recounted(
    before: Option<&serde_json::Value>,
    form: &Sealing,
    by: i64,
) -> Result<Option<String>, Problem> {
    let Some(before) = before else { return Ok(None) };
    let by = by.to_string();
    if before["by"] == by {
        return Err(DecisionRefusal::CountedAlone.into());
    }
    let reason = identifiers::mask_numbers(form.again.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        let message = "请写明重新清点的理由，会与前后两次的张数一起公示，不超过200个字";
        return Err(Problem::Invalid(vec![FieldError::new("again", message)]));
    }
    Ok(Some(reason))
}

fn must_hold(urns: &[Urn], entered: &[(String, usize)]) -> Result<(), DecisionRefusal> {
    for (building, n) in entered {
        let counted = urns.iter().find(|it| it.building == *building).map_or(0, |it| it.sheets);
        if counted < *n {
            return Err(DecisionRefusal::SheetsOver(building.clone(), *n, counted));
        }
    }
    Ok(())
}

/// 计票 — with every sheet entered twice, and no more of them than were counted.
pub(crate) fn may_count(
    decision: &Decision,
    unfinished: usize,
    entered: &[(String, usize)],
) -> Result<Stage, Problem> {
    let (Stage::Sealed(noticed, urns) | Stage::Provisional(noticed, urns)) = &decision.stage else {
        return Err(DecisionRefusal::Stage("还没有封票，或已经确认").into());
    };
    if 0 < unfinished {
        return Err(DecisionRefusal::SheetsOpen(unfinished).into());
    }
    must_hold(urns, entered)?;
    Ok(Stage::Provisional(*noticed, urns.clone()))
}

/// 确认最终结果 — after the posting, with every objection answered and none upheld since the newest count.
pub(crate) fn finalize(
    decision: &Decision,
    next_step: Date,
    open: i64,
    upheld_since: i64,
    today: Date,
) -> Result<Stage, Problem> {
    let Stage::Provisional(noticed, urns) = &decision.stage else {
        return Err(DecisionRefusal::Stage("还没有公示初步结果").into());
    };
    if 0 < open {
        return Err(DecisionRefusal::ObjectionsOpen(open).into());
    }
    if 0 < upheld_since {
        return Err(DecisionRefusal::Upheld.into());
    }
    if today < next_step {
        return Err(DecisionRefusal::StillPosted(next_step).into());
    }
    Ok(Stage::Final(*noticed, urns.clone()))
}

/// 取消 — until it is final; what was cast stays in the log, and nobody opens what is still sealed. Whoever convenes may until voting
/// begins; what owners have begun to vote on, the street alone may stop.
pub(crate) fn cancel(
    decision: &Decision,
    reason: &str,
    by_street: bool,
    now: Timestamp,
) -> Result<Stage, Problem> {
    if !by_street && decision.stage.noticed().is_some_and(|it| it.opens_at <= now) {
        return Err(DecisionRefusal::Running.into());
    }
    // Sealed or provisional, it is the street's to end what cannot be ended well: nobody's committee waits for ever.
    if matches!(decision.stage, Stage::Final(..) | Stage::Cancelled { .. }) {
        return Err(DecisionRefusal::Stage("已经有最终结果或已取消").into());
    }
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明取消的理由，不超过200个字")]));
    }
    let (noticed, boxes) = (decision.stage.noticed().copied(), decision.stage.boxes().to_vec());
    Ok(Stage::Cancelled { noticed, reason, boxes })
}
