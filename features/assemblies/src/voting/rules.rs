//! When a ballot is taken, which one of a unit counts, and what a ballot paper must say. Pure.

use std::collections::BTreeMap;

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz,
};
use kernel::{FieldError, Problem, Refusal};

use super::types::{Reading, Sheet, SheetState};
use crate::decisions::{
    Decision, Item, Noticed, Stage, labels,
    rules::{DecisionRefusal, option_id},
    types::Urn,
};

/// Long enough that nobody finds one by trying: 31 to the twelfth is some 8 × 10¹⁷.
pub(crate) const CODE_LENGTH: usize = 12;
/// How many codes one sender may try within an hour.
pub(crate) const MOST_TRIES: i64 = 20;
/// How a letter or a notice reached an owner.
pub(crate) const WAYS: [(&str, &str); 4] =
    [("door", "当面送达"), ("posted", "张贴告知"), ("message", "短信或微信"), ("mail", "邮寄")];

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum VotingRefusal {
    #[error("没有这个表决码，请核对表决凭证上的12位字母和数字。凭证重发过的，以最新一张为准")]
    WrongCode,
    #[error("提交的内容里有这次表决没有的议题。请重新打开表决票，再投一次")]
    UnknownItem,
    #[error("试的次数太多了，请一小时后再试，或与居委会联系")]
    TooManyTries,
    #[error("投票从{0}开始，请届时再来")]
    NotYet(String),
    #[error("投票已于{0}截止，不再接受表决")]
    Closed(String),
    #[error("这套房屋已经投过票。本次表决不允许改投，以第一次为准")]
    Voted,
    #[error("已收到这套房屋的纸质表决票，按公告以纸质票为准，网上不能再投")]
    OnPaper,
    #[error("编号{0}的表决票已经两次录入一致。录错了的，请先作废再录")]
    SheetDone(String),
    #[error("编号{0}的表决票第一遍是您录入的，第二遍应由另一个人录入")]
    SamePerson(String),
    #[error("这套房屋已有一张纸质表决票（编号{0}）。请核对，应以这张为准的先作废那一张")]
    PaperTwice(String),
    #[error("收到时间不在投票期内")]
    ReceivedOutside,
    #[error("表决票上只填选择：房号、面积、人数以冻结的名册为准，不接受随票填写。请重新打开表决票")]
    OwnWeight,
    #[error("这次表决还没有公告，或已取消")]
    NotNoticed,
    #[error("初步结果已公示，不再录入")]
    Counted,
    #[error("投票已经截止，凭证和送达登记到截止为止")]
    CallOver,
    #[error("名册里没有{0}这套房屋。请用送到家里的表决凭证投票，或与居委会核对房号")]
    NotOnRoll(String),
    #[error("业主本人已经投票，受托人不能再投")]
    OwnVote,
    #[error(
        "另一位共有人已用其账号为这套房屋投了票，不会被覆盖。请与其协商；协商不成的，请向街道反映，或在结果公示期内提出异议"
    )]
    CoOwnerVoted,
    #[error(
        "业主已用绑定的账号为这套房屋投了票，表决凭证不能改它：改投请登录“我的表决”；账号不是业主本人的，请马上联系街道"
    )]
    AccountVoted,
    #[error("{0}是名册冻结（{1}）之后才绑定到这个账号的，本次请用送到家里的表决凭证投票")]
    BoundLate(String, Date),
}

impl Refusal for VotingRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongCode => "assemblies.wrong_code",
            Self::UnknownItem => "assemblies.unknown_item",
            Self::TooManyTries => "assemblies.too_many_tries",
            Self::NotYet(_) => "assemblies.not_open_yet",
            Self::Closed(_) => "assemblies.closed",
            Self::Voted => "assemblies.voted",
            Self::OnPaper => "assemblies.on_paper",
            Self::SheetDone(_) => "assemblies.sheet_done",
            Self::SamePerson(_) => "assemblies.same_person",
            Self::PaperTwice(_) => "assemblies.paper_twice",
            Self::OwnWeight => "assemblies.own_weight",
            Self::ReceivedOutside => "assemblies.received_outside",
            Self::NotNoticed => "assemblies.not_noticed",
            Self::Counted => "assemblies.counted",
            Self::CallOver => "assemblies.call_over",
            Self::NotOnRoll(_) => "assemblies.not_on_roll",
            Self::OwnVote => "assemblies.own_vote",
            Self::AccountVoted => "assemblies.account_voted",
            Self::CoOwnerVoted => "assemblies.co_owner_voted",
            Self::BoundLate(..) => "assemblies.bound_late",
        }
    }
}

/// Whether a ballot is taken online at this moment; the house's clock alone decides.
pub(crate) fn must_be_open(decision: &Decision, now: Timestamp) -> Result<Noticed, VotingRefusal> {
    let noticed = match &decision.stage {
        Stage::Cancelled { .. } => None,
        stage => stage.noticed().copied(),
    };
    let noticed = noticed.ok_or(VotingRefusal::NotNoticed)?;
    if now < noticed.opens_at {
        return Err(VotingRefusal::NotYet(kernel::beijing_minute(noticed.opens_at)));
    }
    // Sealed boxes stay shut, whatever a clock says afterwards.
    if !noticed.is_open(now) || !matches!(decision.stage, Stage::Noticed(_)) {
        return Err(VotingRefusal::Closed(labels::until(noticed.closes_at)));
    }
    Ok(noticed)
}

/// Paper is entered from the opening until the provisional result, and its time is when the sheet was received.
pub(crate) fn may_enter(
    decision: &Decision,
    received: Timestamp,
    now: Timestamp,
) -> Result<Noticed, Problem> {
    let noticed = match &decision.stage {
        Stage::Noticed(it) | Stage::Sealed(it, _) => *it,
        Stage::Provisional(..) | Stage::Final(..) => return Err(VotingRefusal::Counted.into()),
        Stage::Draft | Stage::Cancelled { .. } => return Err(VotingRefusal::NotNoticed.into()),
    };
    if now < received {
        return Err(Problem::Invalid(vec![FieldError::new("received_at", "收到时间晚于现在，请核对")]));
    }
    if received < noticed.opens_at || noticed.closes_at <= received {
        return Err(VotingRefusal::ReceivedOutside.into());
    }
    Ok(noticed)
}

/// Which answers a ballot paper offers for an item: code and words.
pub(crate) fn answers(item: &Item) -> Vec<(String, String)> {
    let fixed = |code: &str, words: &str| (code.to_owned(), words.to_owned());
    if item.options.is_empty() {
        return vec![fixed("yes", "同意"), fixed("no", "反对"), fixed("abstain", "弃权")];
    }
    let options = item.options.iter().enumerate();
    let options = options.map(|(n, it)| (format!("option:{}", option_id(n)), it.clone()));
    options.chain([fixed("no", "以上都反对"), fixed("abstain", "弃权")]).collect()
}

/// The name of an item's field in a form.
pub(crate) fn field_of(item: &Item) -> String {
    format!("item-{}", item.id)
}

/// A ballot that names a unit, a weight or a head of its own is refused whole: somebody has tampered with the form.
pub(crate) fn must_be_bare(agenda: &[Item], form: &BTreeMap<String, String>) -> Result<(), VotingRefusal> {
    let known: Vec<String> = agenda.iter().map(field_of).collect();
    if form.keys().any(|it| it.starts_with("item-") && !known.contains(it)) {
        return Err(VotingRefusal::UnknownItem);
    }
    let own = ["unit", "units", "owner", "owners", "area", "weight", "heads", "roll"];
    if own.iter().any(|it| form.contains_key(*it)) { Err(VotingRefusal::OwnWeight) } else { Ok(()) }
}

/// An answer to every item; on paper one may be invalid.
pub(crate) fn choices(
    agenda: &[Item],
    form: &BTreeMap<String, String>,
    on_paper: bool,
) -> Result<BTreeMap<String, String>, Problem> {
    let mut chosen = BTreeMap::new();
    let mut missing = vec![];
    for item in agenda {
        let typed = form.get(&field_of(item)).map_or("", String::as_str);
        let known = answers(item).iter().any(|it| it.0 == typed) || (on_paper && typed == "invalid");
        if known {
            chosen.insert(item.id.clone(), typed.to_owned());
        } else {
            missing.push(item.title.clone());
        }
    }
    if missing.is_empty() {
        return Ok(chosen);
    }
    let message = format!("请对每个议题作出选择，还缺：{}", missing.join("、"));
    Err(Problem::Invalid(vec![FieldError::new("choices", message)]))
}

/// What was typed from a sheet: its number, the unit, when it was received.
pub(crate) fn reading(
    agenda: &[Item],
    form: &BTreeMap<String, String>,
) -> Result<(String, Reading), Problem> {
    let typed = |field: &str| form.get(field).map_or("", |it| it.trim()).to_owned();
    let number = identifiers::narrowed(&typed("number"));
    let unit = identifiers::narrowed(&typed("unit"));
    let received = format!("{}T{}", typed("received_on"), typed("received_at"));
    let received = received.parse::<DateTime>().ok();
    let received = received.and_then(|it| it.to_zoned(tz::TimeZone::fixed(tz::offset(8))).ok());
    let mut errors = vec![];
    if number.is_empty() || 20 < number.chars().count() {
        errors.push(FieldError::new("number", "请填写表决票上印的编号，不超过20个字"));
    }
    if unit.is_empty() {
        errors.push(FieldError::new("unit", "请填写表决票上的房号"));
    }
    if received.is_none() {
        errors.push(FieldError::new("received_on", "请填写收到表决票的日期和时间"));
    }
    let choices = match choices(agenda, form, true) {
        Ok(choices) => choices,
        Err(Problem::Invalid(more)) => {
            errors.extend(more);
            BTreeMap::new()
        }
        Err(other) => return Err(other),
    };
    match received {
        Some(it) if errors.is_empty() => {
            let by_mandate = form.get("by_mandate").is_some_and(|it| it == "yes");
            Ok((number, Reading { unit, received_at: it.timestamp(), choices, by_mandate }))
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Every sheet is printed for one unit, whose place in the roll is its number: another number is another unit's sheet.
pub(crate) fn must_be_its_number(typed: &str, number: i64, unit: &str) -> Result<(), Problem> {
    if typed.parse::<i64>() == Ok(number) {
        return Ok(());
    }
    let message = format!("{unit}的表决票编号是{number:04}，与填写的{typed}不符，请核对编号和房号");
    Err(Problem::Invalid(vec![FieldError::new("number", message)]))
}

/// What two readings of a sheet differ in, in words; never what either says.
pub(crate) fn differences(first: &Reading, second: &Reading) -> Vec<&'static str> {
    let checks = [
        (first.unit != second.unit, "房号"),
        (first.received_at != second.received_at, "收到时间"),
        (first.choices != second.choices, "选择"),
        (first.by_mandate != second.by_mandate, "谁签名"),
    ];
    checks.into_iter().filter(|it| it.0).map(|it| it.1).collect()
}

/// Where a sheet stands after another entry. Two people have to read the same; a disagreement starts over.
pub(crate) fn entered(
    before: Option<(&Sheet, &Reading)>,
    by: kernel::UserId,
    number: &str,
    read: &Reading,
) -> Result<SheetState, VotingRefusal> {
    match before {
        None => Ok(SheetState::Once),
        Some((sheet, _)) if sheet.state == SheetState::Agreed => {
            Err(VotingRefusal::SheetDone(number.to_owned()))
        }
        Some((sheet, _)) if matches!(sheet.state, SheetState::Differs | SheetState::Void) => {
            Ok(SheetState::Once)
        }
        Some((sheet, _)) if sheet.first_by == by => Err(VotingRefusal::SamePerson(number.to_owned())),
        Some((_, first)) if first == read => Ok(SheetState::Agreed),
        Some(_) => Ok(SheetState::Differs),
    }
}

/// 作废录入: a sheet typed under a wrong number or not to be counted; one that agreed takes its ballot along.
pub(crate) fn void_sheet(decision: &Decision, sheet: &Sheet, typed: &str) -> Result<String, Problem> {
    match &decision.stage {
        Stage::Noticed(_) | Stage::Sealed(..) => {}
        _ => return Err(VotingRefusal::Counted.into()),
    }
    if sheet.state == SheetState::Void { Err(Problem::NotFound) } else { reason(typed, "作废") }
}

/// Why, in a sentence that goes into the log.
pub(crate) fn reason(typed: &str, what: &str) -> Result<String, Problem> {
    let reason = identifiers::mask_numbers(typed.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        let message = format!("请写明{what}的理由，不超过200个字");
        return Err(Problem::Invalid(vec![FieldError::new("reason", message)]));
    }
    Ok(reason)
}

/// Owners are still being called: letters go out and are delivered from the notice to the close.
pub(crate) fn must_call(decision: &Decision, now: Timestamp) -> Result<Noticed, VotingRefusal> {
    match decision.stage {
        Stage::Noticed(it) if now < it.closes_at => Ok(it),
        Stage::Draft | Stage::Cancelled { .. } => Err(VotingRefusal::NotNoticed),
        _ => Err(VotingRefusal::CallOver),
    }
}

/// Paper that was entered must be finished, and no more of it than the boxes held, before anything is opened.
pub(crate) fn open_sheets(sheets: &[Sheet]) -> usize {
    sheets.iter().filter(|it| matches!(it.state, SheetState::Once | SheetState::Differs)).count()
}

/// 纸质票: how many the boxes held, and how many were typed twice alike.
pub(crate) fn paper(boxes: &[Urn], sheets: &[Sheet]) -> (usize, usize) {
    let agreed = sheets.iter().filter(|it| it.state == SheetState::Agreed).count();
    (boxes.iter().map(|it| it.sheets).sum(), agreed)
}

pub(crate) fn sheets_by_building(sheets: &[Sheet]) -> Vec<(String, usize)> {
    let mut by: BTreeMap<&str, usize> = BTreeMap::new();
    for it in sheets.iter().filter(|it| it.state == SheetState::Agreed) {
        *by.entry(&it.building).or_default() += 1;
    }
    by.into_iter().map(|it| (it.0.to_owned(), it.1)).collect()
}

/// A sheet more than the sealed boxes held was not in them.
pub(crate) fn must_fit(decision: &Decision, building: &str, agreed: usize) -> Result<(), DecisionRefusal> {
    let Stage::Sealed(_, urns) = &decision.stage else { return Ok(()) };
    let counted = urns.iter().find(|it| it.building == building).map_or(0, |it| it.sheets);
    if counted < agreed {
        return Err(DecisionRefusal::SheetsOver(building.to_owned(), agreed, counted));
    }
    Ok(())
}
