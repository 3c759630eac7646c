//! What may be ordered, until when, and what it may come to. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Closing, Correction, Ordering, Outcome};
use crate::decisions::{Decision, DecisionId};

/// What a mandate to act for the owners is passed under: 有关共有和共同管理权利的其他重大事项 (民法典 278, ninth matter).
pub(crate) const MANDATE: u8 = 9;

/// 舒城行动方案 (2023): decisions against the law or others' rights; not performing, or not rightly.
pub(crate) const GROUNDS: [(&str, &str); 4] = [
    ("unlawful", "作出违反法律法规的决定"),
    ("rights", "决定侵害业主或物业服务企业合法权益"),
    ("idle", "不履行职责"),
    ("wrong", "不正确履行职责"),
];

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CorrectionRefusal {
    #[error("这件整改已经办结，不能再改")]
    Closed,
    #[error("整改期限到{0}，到期仍未改正的才能改选或由社区代行")]
    NotOverdue(Date),
}

impl Refusal for CorrectionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Closed => "assemblies.correction_closed",
            Self::NotOverdue(_) => "assemblies.correction_running",
        }
    }
}

/// Whether a vote can be about an order: it was announced on its day or after it.
pub(crate) fn may_be_meant(it: &Correction, vote: &Decision) -> bool {
    vote.stage.noticed().is_some_and(|noticed| it.ordered_on <= noticed.on)
}

pub(crate) fn order(form: &Ordering, today: Date) -> Result<(String, String, String, Date), Problem> {
    let mut errors = vec![];
    let ground = GROUNDS.iter().find(|it| it.0 == form.ground).map(|it| it.0.to_owned());
    if ground.is_none() {
        errors.push(FieldError::new("ground", "请选择事由"));
    }
    let words = identifiers::mask_numbers(form.words.trim());
    if words.is_empty() || 500 < words.chars().count() {
        errors.push(FieldError::new("words", "请写明要改正什么，不超过500个字"));
    }
    let document = form.document.trim().to_owned();
    if document.is_empty() || 100 < document.chars().count() {
        errors.push(FieldError::new("document", "请填写整改通知的文号或名称，不超过100个字"));
    }
    let due = form.due_on.trim().parse::<Date>().ok().filter(|it| today < *it);
    if due.is_none() {
        errors.push(FieldError::new("due_on", "请选择整改期限，应在今天之后"));
    }
    match (ground, due) {
        (Some(ground), Some(due)) if errors.is_empty() => Ok((ground, words, document, due)),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// What came of it. Going further than a correction waits for the deadline; acting in the committee's stead needs a
/// final decision of the owners of this very community.
pub(crate) fn close(
    it: &Correction,
    mandate: Option<DecisionId>,
    form: &Closing,
    today: Date,
) -> Result<Outcome, Problem> {
    if it.outcome != Outcome::Open {
        return Err(CorrectionRefusal::Closed.into());
    }
    let remark = identifiers::mask_numbers(form.remark.trim());
    if remark.is_empty() || 300 < remark.chars().count() {
        return Err(Problem::Invalid(vec![FieldError::new("remark", "请写明核查情况，不超过300个字")]));
    }
    let overdue = || if today <= it.due_on { Err(CorrectionRefusal::NotOverdue(it.due_on)) } else { Ok(()) };
    match form.outcome.as_str() {
        "corrected" => Ok(Outcome::Corrected { on: today, remark }),
        "reelection" => {
            overdue()?;
            Ok(Outcome::Reelection { on: today, remark })
        }
        "acting" => {
            overdue()?;
            let Some(mandate) = mandate else {
                let message = "社区代行须经业主大会委托，请选择责令整改以后全体业主已通过、结果已确认的“其他重大事项”表决";
                return Err(Problem::Invalid(vec![FieldError::new("mandate", message)]));
            };
            Ok(Outcome::Acting { on: today, remark, mandate })
        }
        _ => Err(Problem::Invalid(vec![FieldError::new("outcome", "请选择结果")])),
    }
}
