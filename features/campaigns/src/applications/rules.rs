//! What may become of an application. Pure.

use identifiers::Phone;
use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Answers, Application, Decision, Fields, Part, Stage};

const LONGEST_PRACTICE: usize = 3_000;
const LONGEST_NAME: usize = 200;
const LONGEST_PERSON: usize = 40;
/// Files one application may carry.
const MOST_FILES: usize = 60;
/// 盖章的自荐表, scanned.
pub(crate) const SEALED_FORM: &str = "sealed_form";
/// 小区基本情况材料 (LA-055).
pub(crate) const BASICS: &str = "basics";
/// Code, the field of its phone, and what the form calls it.
const CONTACTS: [(&str, &str, &str); 3] = [
    ("party", "party_phone", "党组织联系电话"),
    ("project", "project_phone", "项目联系电话"),
    ("committee", "committee_phone", "业委会联系电话"),
];

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ApplicationRefusal {
    #[error("这个小区已经获得过“{0}”，按通知不再参加本次申报")]
    AlreadyHonoured(String),
    #[error("这次活动没有发给这个小区所在的县区或街道，不能申报")]
    Elsewhere,
    #[error("这个小区在本次活动中已有申报，请在原申报上继续办理")]
    AlreadyApplied,
    #[error("这家企业在本次活动中已用另一个代表项目申报，请在原申报上继续办理")]
    EnterpriseApplied,
    #[error("这个活动评选的不是小区，书面材料不能成批录入，请在“申报与推荐”中推荐申报，代为填写")]
    NotOnPaper,
    #[error("这个小区的网上申报还没有提交，请申报单位先提交，或把这一行从表中去掉")]
    BeingWritten,
    #[error("申报已经提交，不能再修改。如需修改，请联系审核单位退回")]
    NotWritable,
    #[error("只有从未提交的草稿可以放弃，已提交过的请联系审核单位")]
    NotDraft,
    #[error("这份申报已写有小区基本情况材料，请先在材料中清空各段，再放弃申报")]
    HasMaterial,
    #[error("这份申报已有申诉或报送的经验，不能放弃")]
    ReliedUpon,
    #[error("还有未填写的内容：{0}。请填写完成后再提交")]
    Unfinished(String),
    #[error("申报现在不在这一步，可能已有人办理，请刷新查看")]
    WrongStage,
    #[error("本县区名额{places}个，已用{used}个，不能再推荐。如需调整，请先撤回一个已推荐的小区")]
    QuotaUsedUp { places: i64, used: i64 },
    #[error("这个小区未通过原则要求或触发一票否决，不能推荐：{0}")]
    NotEligible(String),
    #[error("这个小区已经推荐")]
    AlreadySelected,
    #[error("每份申报最多{MOST_FILES}份材料，请合并后再上传")]
    TooManyFiles,
    #[error("{0}")]
    WrongFile(String),
    #[error("已经开始测评这个小区，不能撤回推荐。如确需撤回，请联系活动主办单位")]
    BeingAssessed,
}

impl Refusal for ApplicationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::AlreadyHonoured(_) => "campaigns.already_honoured",
            Self::Elsewhere => "campaigns.elsewhere",
            Self::AlreadyApplied => "campaigns.already_applied",
            Self::EnterpriseApplied => "campaigns.enterprise_applied",
            Self::NotOnPaper => "campaigns.not_on_paper",
            Self::BeingWritten => "campaigns.being_written",
            Self::NotWritable => "campaigns.not_writable",
            Self::NotDraft => "campaigns.not_draft",
            Self::HasMaterial => "campaigns.has_material",
            Self::ReliedUpon => "campaigns.relied_upon",
            Self::Unfinished(_) => "campaigns.unfinished",
            Self::WrongStage => "campaigns.wrong_stage",
            Self::QuotaUsedUp { .. } => "campaigns.quota_used_up",
            Self::NotEligible(_) => "campaigns.not_eligible",
            Self::AlreadySelected => "campaigns.already_selected",
            Self::WrongFile(_) => "campaigns.wrong_file",
            Self::TooManyFiles => "campaigns.too_many_files",
            Self::BeingAssessed => "campaigns.being_assessed",
        }
    }
}

/// A form that does not say which version it was filled in on cannot know what it would overwrite.
pub(crate) fn same_version(version: i64, fields: &Fields) -> Result<(), Problem> {
    if fields.get("version").is_some_and(|it| *it == version.to_string()) {
        Ok(())
    } else {
        Err(Problem::Conflict)
    }
}

/// One part of the form put into the answers; free text is masked, phones are checked.
pub(crate) fn fill(
    application: &Application,
    part: Part,
    fields: &Fields,
    practices: &[String],
) -> Result<Answers, Problem> {
    if !application.stage.is_writable() {
        return Err(ApplicationRefusal::NotWritable.into());
    }
    let field = |name: &str| fields.get(name).map_or("", |it| it.trim());
    let mut answers = application.answers.clone();
    let too_long = |place: &'static str, most: usize, what: &str| {
        let long = most < field(place).chars().count();
        long.then(|| FieldError::new(place, format!("{what}不超过{most}个字，请精简")))
    };
    match part {
        Part::Basics => {
            let errors: Vec<FieldError> = [
                too_long("party_org", LONGEST_NAME, "小区党组织全称"),
                too_long("committee", LONGEST_NAME, "业主委员会名称情况"),
                too_long("other", LONGEST_PRACTICE, "其他基本情况"),
            ]
            .into_iter()
            .flatten()
            .collect();
            if !errors.is_empty() {
                return Err(Problem::Invalid(errors));
            }
            answers.party_org = field("party_org").to_owned();
            answers.committee = field("committee").to_owned();
            answers.other = identifiers::mask_numbers(field("other"));
        }
        Part::Contacts => {
            let mut errors = vec![];
            for (code, place, label) in CONTACTS {
                let (name, typed) = (field(&format!("{code}_name")), field(place));
                if LONGEST_PERSON < name.chars().count() {
                    errors.push(FieldError::new(place, format!("联系人姓名不超过{LONGEST_PERSON}个字")));
                }
                let read = if typed.is_empty() {
                    Ok(String::new())
                } else {
                    Phone::parse(typed).map(|it| it.reveal().to_owned())
                };
                match read {
                    Ok(phone) => {
                        answers.contacts.insert(code.to_owned(), (name.to_owned(), phone));
                    }
                    Err(fault) => errors.push(FieldError::new(place, format!("{label}：{fault}"))),
                }
            }
            if !errors.is_empty() {
                return Err(Problem::Invalid(errors));
            }
        }
        Part::Practices => {
            // Only the parts this notice asks for; whatever else is sent is nobody's question.
            let long = practices.iter().enumerate().filter_map(|(n, code)| {
                let length = fields.get(code).map_or(0, |it| it.chars().count());
                let message = format!("第{}部分写了{length}字，不超过{LONGEST_PRACTICE}字，请精简", n + 1);
                (LONGEST_PRACTICE < length).then(|| FieldError::new(code.clone(), message))
            });
            let errors: Vec<FieldError> = long.collect();
            if !errors.is_empty() {
                return Err(Problem::Invalid(errors));
            }
            for (code, text) in fields.iter().filter(|it| practices.contains(it.0)) {
                answers.practices.insert(code.clone(), identifiers::mask_numbers(text.trim()));
            }
        }
    }
    Ok(answers)
}

/// How far a part is: filled, and of how many.
pub(crate) fn progress(answers: &Answers, part: Part, practices: &[String]) -> (usize, usize) {
    let filled = |texts: &[&str]| texts.iter().filter(|it| !it.is_empty()).count();
    match part {
        Part::Basics => (filled(&[&answers.party_org, &answers.committee]), 2),
        Part::Contacts => {
            (answers.contacts.values().map(|(name, phone)| filled(&[name, phone])).sum(), CONTACTS.len() * 2)
        }
        Part::Practices => {
            let written = |it: &&String| answers.practices.get(*it).is_some_and(|it| !it.is_empty());
            (practices.iter().filter(written).count(), practices.len())
        }
    }
}

/// Nobody but its writer has seen it yet.
pub(crate) fn must_be_draft(application: &Application) -> Result<(), ApplicationRefusal> {
    if application.stage == Stage::Draft { Ok(()) } else { Err(ApplicationRefusal::NotDraft) }
}

pub(crate) fn must_be_writable(application: &Application) -> Result<(), ApplicationRefusal> {
    if application.stage.is_writable() { Ok(()) } else { Err(ApplicationRefusal::NotWritable) }
}

/// Where a file may go: beside a part of 做法及成效 while it is written, and the stamped form once it is submitted.
pub(crate) fn attach(
    application: &Application,
    slot: &str,
    practices: &[String],
    there: usize,
) -> Result<(), Problem> {
    if MOST_FILES <= there {
        return Err(ApplicationRefusal::TooManyFiles.into());
    }
    match slot {
        SEALED_FORM => Ok(()),
        _ if slot == BASICS || practices.iter().any(|it| it == slot) => Ok(must_be_writable(application)?),
        _ => Err(Problem::Invalid(vec![FieldError::new("slot", "请选择这份材料证明哪一部分")])),
    }
}

pub(crate) fn submit(
    application: &Application,
    practices: &[String],
    label: fn(Part) -> &'static str,
) -> Result<Stage, Problem> {
    if !application.stage.is_writable() {
        return Err(ApplicationRefusal::NotWritable.into());
    }
    let open = Part::ALL.into_iter().filter(|part| {
        let (done, all) = progress(&application.answers, *part, practices);
        done < all
    });
    let open: Vec<_> = open.map(label).collect();
    if open.is_empty() {
        Ok(Stage::Submitted)
    } else {
        Err(ApplicationRefusal::Unfinished(open.join("、")).into())
    }
}

/// 审核: the street passes what was submitted, the county what the street passed.
pub(crate) fn review(application: &Application, by_street: bool) -> Result<Stage, Problem> {
    match (&application.stage, by_street) {
        (Stage::Submitted, true) => Ok(Stage::Reviewed),
        (Stage::Reviewed, false) => Ok(Stage::Accepted),
        _ => Err(ApplicationRefusal::WrongStage.into()),
    }
}

/// 退回: to the applicant, with what is to be corrected.
pub(crate) fn send_back(application: &Application, reason: &str) -> Result<Stage, Problem> {
    if reason.trim().is_empty() {
        return Err(Problem::Invalid(vec![FieldError::new("reason", "请写明退回理由和需要修改的内容")]));
    }
    match application.stage {
        Stage::Submitted | Stage::Reviewed => {
            Ok(Stage::Returned { reason: identifiers::mask_numbers(reason.trim()) })
        }
        _ => Err(ApplicationRefusal::WrongStage.into()),
    }
}

/// 推荐 needs the decision of a meeting, held since the campaign began and by today.
pub(crate) fn decision(form: &Decision, begun: Option<Date>, today: Date) -> Result<(Date, String), Problem> {
    let mut errors = vec![];
    let fits = |it: &Date| *it <= today && begun.is_none_or(|begun| begun <= *it);
    let on = form.decided_on.trim().parse::<Date>().ok().filter(fits);
    if on.is_none() {
        let since = begun.map_or(String::new(), |it| format!("不早于活动开始的{it}、"));
        let message = format!("请填写研究确定的日期，{since}不晚于今天");
        errors.push(FieldError::new("decided_on", message));
    }
    if form.decision.trim().is_empty() {
        errors.push(FieldError::new("decision", "请填写研究确定的会议名称和结论"));
    }
    match on {
        Some(on) if errors.is_empty() => Ok((on, form.decision.trim().to_owned())),
        _ => Err(Problem::Invalid(errors)),
    }
}

/// 做法及成效 has a part for each 原则要求; a notice without any asks for one text.
pub(crate) fn practices(pack: &::rules::Pack) -> Vec<String> {
    let gates: Vec<String> = pack.standard.gates.iter().map(|it| it.code.clone()).collect();
    if gates.is_empty() { vec!["all".to_owned()] } else { gates }
}

#[cfg(test)]
mod tests {
    use kernel::Place;

    use super::*;
    use crate::applications::{
        labels,
        types::{Channel, Party},
    };

    fn practices() -> Vec<String> {
        (1..=8).map(|n| format!("g{n}")).collect()
    }

    fn application(stage: Stage) -> Application {
        Application {
            id: 1.into(),
            place: Place::default(),
            campaign: 1.into(),
            channel: Channel::SelfNominated,
            party: Party::Enterprise,
            subject: None,
            stage,
            answers: Answers::default(),
            paper_on: None,
            version: 1,
        }
    }

    #[test]
    fn the_street_comes_before_the_county() {
        assert_eq!(review(&application(Stage::Submitted), true).unwrap(), Stage::Reviewed);
        assert_eq!(review(&application(Stage::Reviewed), false).unwrap(), Stage::Accepted);
        for (stage, by_street) in [
            (Stage::Draft, true),
            (Stage::Submitted, false),
            (Stage::Reviewed, true),
            (Stage::Accepted, false),
        ] {
            assert!(review(&application(stage), by_street).is_err());
        }
    }

    // covers: LA-052
    #[test]
    fn an_unfinished_form_is_not_submitted_and_says_what_is_open() {
        let Err(Problem::Refused { message, .. }) =
            submit(&application(Stage::Draft), &practices(), labels::part)
        else {
            panic!()
        };
        assert!(message.contains("联系人") && message.contains("主要做法及工作成效"));
        let fields = |names: &[&str], value: &str| {
            names.iter().map(|it| ((*it).to_owned(), value.to_owned())).collect::<Fields>()
        };
        let mut it = application(Stage::Draft);
        it.answers =
            fill(&it, Part::Basics, &fields(&["party_org", "committee"], "有"), &practices()).unwrap();
        let mut contacts = fields(&["party_name", "project_name", "committee_name"], "张三");
        contacts
            .extend(fields(&["party_phone", "project_phone", "committee_phone"], "１３８００１３８０００"));
        it.answers = fill(&it, Part::Contacts, &contacts, &practices()).unwrap();
        assert_eq!(it.answers.contacts["party"].1, "13800138000");
        let gates = ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8"];
        it.answers =
            fill(&it, Part::Practices, &fields(&gates, "做法，电话13800138000"), &practices()).unwrap();
        assert_eq!(it.answers.practices["g1"], "做法，电话138********");
        assert_eq!(submit(&it, &practices(), labels::part).unwrap(), Stage::Submitted);
    }

    #[test]
    fn nothing_is_sent_back_without_a_reason() {
        assert!(matches!(send_back(&application(Stage::Submitted), " "), Err(Problem::Invalid(_))));
        assert!(matches!(send_back(&application(Stage::Accepted), "x"), Err(Problem::Refused { .. })));
    }
}
