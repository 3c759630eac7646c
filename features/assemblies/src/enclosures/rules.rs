//! What may be put beside a decision, and when. Pure.

use files::Attachment;
use kernel::Refusal;

use crate::decisions::{Decision, Stage, rules::DecisionRefusal};

/// The agenda's papers, by their slot.
pub(crate) const AGENDA: &str = "agenda";
/// Scans of a ballot paper, by theirs.
pub(crate) const SCAN: &str = "scan";
/// The paper a mandate rests on, by its.
pub(crate) const MANDATE: &str = "mandate";
const MOST: usize = 20;
const MOST_SCANS: usize = 4;
const MOST_PAPERS: usize = 4;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EnclosureRefusal {
    #[error("文件没有上传：{0}")]
    WrongFile(String),
    #[error("议题材料最多{MOST}份，请先移除不用的")]
    TooMany,
    #[error("这张票已有{MOST_SCANS}份扫描件")]
    TooManyScans,
    #[error("已经计票，不能再补扫描件")]
    Counted,
    #[error("这里只收照片（JPG、PNG）或PDF，请转换后再上传")]
    NoScan,
    #[error("这份登记已有{MOST_PAPERS}份材料")]
    TooManyPapers,
    #[error("这份登记已终止，不能再补材料")]
    Ended,
    #[error("这份登记已终止，材料不能再撤下")]
    EndedKeeps,
    #[error("这份登记已经投票，只剩这一份材料：请先上传正确的材料，再撤下这一份")]
    LastPaper,
}

impl Refusal for EnclosureRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongFile(_) => "assemblies.enclosure_file",
            Self::TooMany => "assemblies.enclosures_many",
            Self::TooManyScans => "assemblies.scans_many",
            Self::Counted => "assemblies.scan_counted",
            Self::NoScan => "assemblies.scan_kind",
            Self::TooManyPapers => "assemblies.mandate_papers_many",
            Self::Ended | Self::EndedKeeps => "assemblies.mandate_ended",
            Self::LastPaper => "assemblies.mandate_last_paper",
        }
    }
}

/// A file as it is offered: its name and address.
#[derive(Debug, Clone)]
pub(crate) struct FileLine {
    pub(crate) id: files::AttachmentId,
    pub(crate) name: String,
    pub(crate) href: String,
}

/// The agenda's papers stand fast with the notice, like the agenda.
pub(crate) fn enclose(decision: &Decision, there: usize) -> Result<(), kernel::Problem> {
    crate::decisions::rules::must_be_draft(decision)?;
    if there < MOST { Ok(()) } else { Err(EnclosureRefusal::TooMany.into()) }
}

/// A sheet is scanned from the opening until the count.
pub(crate) fn scan(decision: &Decision, there: usize) -> Result<(), kernel::Problem> {
    match decision.stage {
        Stage::Noticed(_) | Stage::Sealed(..) if there < MOST_SCANS => Ok(()),
        Stage::Noticed(_) | Stage::Sealed(..) => Err(EnclosureRefusal::TooManyScans.into()),
        Stage::Provisional(..) | Stage::Final(..) => Err(EnclosureRefusal::Counted.into()),
        Stage::Draft | Stage::Cancelled { .. } => Err(DecisionRefusal::Stage("不在投票阶段").into()),
    }
}

/// A mandate's paper is taken back while it stands; what a ballot rests on only when another is there.
pub(crate) fn take_back(ended: bool, voted: bool, others: usize) -> Result<(), EnclosureRefusal> {
    match (ended, voted && others == 0) {
        (true, _) => Err(EnclosureRefusal::EndedKeeps),
        (false, true) => Err(EnclosureRefusal::LastPaper),
        (false, false) => Ok(()),
    }
}

/// What a mandate rests on is shown while it stands: who registered it has seen it.
pub(crate) fn prove(is_ended: bool, there: usize) -> Result<(), EnclosureRefusal> {
    match (is_ended, there < MOST_PAPERS) {
        (true, _) => Err(EnclosureRefusal::Ended),
        (false, false) => Err(EnclosureRefusal::TooManyPapers),
        (false, true) => Ok(()),
    }
}

pub(crate) fn of_slot(all: Vec<Attachment>, slot: &str) -> Vec<Attachment> {
    all.into_iter().filter(|it| it.slot == slot).collect()
}
