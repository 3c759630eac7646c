//! Every "no" of a case: a code for programs, a sentence for people.

use kernel::Refusal;

pub(crate) const LONGEST_WORDS: usize = 1_000;
/// Photos one case may carry.
pub(crate) const MOST_FILES: usize = 12;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TicketRefusal {
    #[error("案件现在是“{0}”，不能这样办理，可能已有人办理，请刷新查看")]
    WrongStage(&'static str),
    #[error("请写明理由，不超过{LONGEST_WORDS}个字，反映人能看到")]
    NoWords,
    #[error("这件诉求已经延期过一次，不能再延")]
    AlreadyExtended,
    #[error("请选择承办单位")]
    NoHandler,
    #[error("这件诉求已经吹哨到这一级")]
    AlreadyBlown,
    #[error("请先报到，再评价")]
    NotReported,
    #[error("这一级已经报到")]
    AlreadyReported,
    #[error("不能并入自己，也不能并入已经办结的案件")]
    WrongMerge,
    #[error("每件诉求最多{MOST_FILES}张照片")]
    TooManyFiles,
    #[error("{0}")]
    WrongFile(String),
    #[error("今天从这里提交的诉求已达上限，请明天再提，或拨打12345")]
    TooMany,
    #[error("查询次数过多，请一小时后再试，或用受理时给您的十位查询码")]
    TooManyLooks,
}

impl Refusal for TicketRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongStage(_) => "tickets.wrong_stage",
            Self::NoWords => "tickets.no_words",
            Self::AlreadyExtended => "tickets.already_extended",
            Self::NoHandler => "tickets.no_handler",
            Self::AlreadyBlown => "tickets.already_blown",
            Self::NotReported => "tickets.not_reported",
            Self::AlreadyReported => "tickets.already_reported",
            Self::WrongMerge => "tickets.wrong_merge",
            Self::TooManyFiles => "tickets.too_many_files",
            Self::WrongFile(_) => "tickets.wrong_file",
            Self::TooMany => "tickets.too_many",
            Self::TooManyLooks => "tickets.too_many_looks",
        }
    }
}
