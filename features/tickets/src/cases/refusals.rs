//! Every "no" of a case: a code for programs, a sentence for people.

use kernel::Refusal;

use super::sheets::MOST_ROWS;

pub(crate) const LONGEST_WORDS: usize = 1_000;
/// Photos one case may carry.
pub(crate) const MOST_FILES: usize = 12;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TicketRefusal {
    #[error("案件现在是“{0}”，不能这样办理，可能已有人办理，请刷新查看")]
    WrongStage(&'static str),
    #[error("请填写说明，不超过{LONGEST_WORDS}个字")]
    NoWords,
    #[error("请从清单里选择不予受理的理由")]
    NoReason,
    #[error("请从清单里选择转到哪条专线")]
    NoLine,
    #[error("这件诉求已经延期过一次，不能再延")]
    AlreadyExtended,
    #[error("现在不能申请延期：要在办理中、答复时限未过，而且没有延期过")]
    NoExtension,
    #[error("已经申请过延期，请等候答复")]
    ExtensionAsked,
    #[error("评价和申请复核由反映人自己提出：您登录的是工作身份，可在案件页登记回访")]
    NotTheReporter,
    #[error("刚催办过，已通知承办单位；4小时后还没有进展可以再催")]
    UrgedAlready,
    #[error("没有等待答复的延期申请")]
    NotAsked,
    #[error("请选择承办单位")]
    NoHandler,
    #[error("这件诉求已经吹哨到这一级")]
    AlreadyBlown,
    #[error("本级还没有报到：请先报到，确实解决不了再吹哨到上一级")]
    ReportInFirst,
    #[error("请先勾选要报到的，一次不超过50件")]
    NoWhistle,
    #[error("请先报到，再评价")]
    NotReported,
    #[error("这一级已经报到")]
    AlreadyReported,
    #[error("没有找到可以并入的案件：请填写本县另一件未办结诉求的编号，不能是本件")]
    WrongMerge,
    #[error("第{0}号是另一个小区的，不能并案；几个小区有同一问题的，请分别办理")]
    MergeElsewhere(i64),
    #[error("类别和紧急程度都没有改动，请改了再提交")]
    NothingCorrected,
    #[error("请选择实际的性质；确是表扬的不用更正")]
    StillPraise,
    #[error("请选择正确的类别")]
    NoCategory,
    #[error("已经申请过一次复核；仍不认可的，可以拨打12345")]
    ObjectedAlready,
    #[error("申请复核的时间已过；情况有变化的，请重新反映")]
    TooLateToObject,
    #[error("反映人已申请复核，是否受理由街道（乡镇）或县主管部门决定；认为应当受理的请直接派单")]
    ReviewedAbove,
    #[error("答复时限已过，不能再延期")]
    TooLateToExtend,
    #[error("答复里还有没填的空（＿＿），请填好或删去后再答复")]
    Blanks,
    #[error("反映人没有留下电话，无法回访；请等反映人凭查询码评价，或核查结案")]
    NoPhone,
    #[error("报到由吹哨的单位评价")]
    NotYourWhistle,
    #[error("请分别选择是否解决、是否满意")]
    NotRated,
    #[error("这一项已经评价过")]
    AlreadyRated,
    #[error("每件诉求最多{MOST_FILES}张照片")]
    TooManyFiles,
    #[error("{0}")]
    WrongFile(String),
    #[error("从这台设备提交得太密；填写的内容还在本页，请过一小时再提交，急事请拨打12345")]
    TooManyOfDevice,
    #[error("这个号码今天反映的已达上限；填写的内容还在本页，请明天再提交，急事请拨打12345")]
    TooManyOfPhone,
    #[error("从这处网络今天提交的已达上限；填写的内容还在本页，请明天再提交，急事请拨打12345")]
    TooManyOfAddress,
    #[error("关注得太密，请过一小时再试")]
    TooManyFollowed,
    #[error("今天催办和补充的次数已够多，承办单位都能看到，请等候答复")]
    SaidEnough,
    #[error("查询码不对：应是提交时显示的十位字母和数字，请核对后再查；也可以用编号和手机尾号")]
    WrongCode,
    #[error("查询次数过多，请一小时后再试，或用受理时给您的十位查询码")]
    TooManyLooks,
    #[error("超过{MOST_ROWS}件，一张表放不下，请选定类别或只看超期后再导出")]
    TooManyRows,
}

impl Refusal for TicketRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::WrongStage(_) => "tickets.wrong_stage",
            Self::NoWords => "tickets.no_words",
            Self::NoReason => "tickets.no_reason",
            Self::NoLine => "tickets.no_line",
            Self::AlreadyExtended => "tickets.already_extended",
            Self::NoExtension => "tickets.no_extension",
            Self::ExtensionAsked => "tickets.extension_asked",
            Self::NotAsked => "tickets.extension_not_asked",
            Self::NoHandler => "tickets.no_handler",
            Self::AlreadyBlown => "tickets.already_blown",
            Self::NotTheReporter => "tickets.not_the_reporter",
            Self::UrgedAlready => "tickets.urged_already",
            Self::ReportInFirst => "tickets.report_in_first",
            Self::NoWhistle => "tickets.no_whistle",
            Self::NotReported => "tickets.not_reported",
            Self::AlreadyReported => "tickets.already_reported",
            Self::TooLateToExtend => "tickets.too_late_to_extend",
            Self::NothingCorrected => "tickets.nothing_corrected",
            Self::StillPraise => "tickets.still_praise",
            Self::NoCategory => "tickets.no_category",
            Self::ObjectedAlready => "tickets.objected_already",
            Self::TooLateToObject => "tickets.too_late_to_object",
            Self::ReviewedAbove => "tickets.reviewed_above",
            Self::NotRated => "tickets.not_rated",
            Self::AlreadyRated => "tickets.already_rated",
            Self::WrongMerge => "tickets.wrong_merge",
            Self::MergeElsewhere(_) => "tickets.merge_elsewhere",
            Self::TooManyFiles => "tickets.too_many_files",
            Self::WrongFile(_) => "tickets.wrong_file",
            Self::TooManyOfDevice | Self::TooManyOfPhone | Self::TooManyOfAddress => "tickets.too_many",
            Self::NotYourWhistle => "tickets.not_your_whistle",
            Self::Blanks => "tickets.blanks",
            Self::NoPhone => "tickets.no_phone",
            Self::TooManyFollowed => "tickets.too_many_followed",
            Self::SaidEnough => "tickets.said_enough",
            Self::WrongCode => "tickets.wrong_code",
            Self::TooManyLooks => "tickets.too_many_looks",
            Self::TooManyRows => "tickets.too_many_rows",
        }
    }
}
