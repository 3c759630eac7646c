//! What a record must say, register by register. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Place, Problem, Refusal};

use super::{
    kinds::{self, Kind},
    types::{Record, RecordForm, RecordId},
};
use crate::history::Change;

const MOST_FILES: usize = 12;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RecordRefusal {
    #[error("这条记录已经作废，不能再修改。如情况属实，请重新登记一条")]
    Void,
    #[error("一条记录最多附{MOST_FILES}个文件，请先移除不需要的")]
    TooManyFiles,
    #[error("这个文件不能使用：{0}")]
    WrongFile(String),
}

impl Refusal for RecordRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Void => "registry.record_void",
            Self::TooManyFiles => "registry.too_many_files",
            Self::WrongFile(_) => "registry.wrong_file",
        }
    }
}

/// Understands the form, or says about every field what is wrong with it.
pub(crate) fn record(
    id: RecordId,
    place: Place,
    kind: &Kind,
    form: &RecordForm,
    today: Date,
) -> Result<Record, Problem> {
    let mut errors = vec![];
    let title = identifiers::mask_numbers(form.title.trim());
    if title.is_empty() || 200 < title.chars().count() {
        errors.push(FieldError::new("title", format!("请填写{}，不超过200个字", kind.about)));
    }
    let happened_on = form.happened_on.trim().parse::<Date>().ok();
    match happened_on {
        None => errors.push(FieldError::new("happened_on", format!("请填写{}，如 2024-08-15", kind.on))),
        Some(on) if today < on && kind.code != kinds::SERVICE_PROJECT => {
            errors.push(FieldError::new("happened_on", format!("{}不能晚于今天", kind.on)));
        }
        Some(_) => {}
    }
    let ends_on = match form.ends_on.trim() {
        "" => None,
        text => text
            .parse::<Date>()
            .map_err(|_| errors.push(FieldError::new("ends_on", "日期应写成 2024-08-15")))
            .ok(),
    };
    if ends_on.zip(happened_on).is_some_and(|(end, start)| end < start) {
        errors.push(FieldError::new(
            "ends_on",
            format!("{}不能早于{}", kind.until.unwrap_or("截止日期"), kind.on),
        ));
    }
    let mut chosen = |field: &'static str, label: &str, choices: &'static [(&str, &str)], typed: &str| {
        let found = kinds::choice(choices, typed.trim());
        if found.is_none() && !choices.is_empty() {
            let names: Vec<_> = choices.iter().map(|it| it.1).collect();
            errors.push(FieldError::new(field, format!("请选择{label}：{}", names.join("、"))));
        }
        found.unwrap_or("")
    };
    let class = chosen("class", "类别", kind.classes, &form.class);
    let status = chosen("status", "状态", kind.statuses, &form.status);
    let mut number = |field: &'static str, label: Option<&str>, typed: &str| {
        let label = label?;
        let read = typed.trim().replace([',', '，'], "").parse::<i64>().ok().filter(|it| 0 <= *it);
        if read.is_none() {
            errors.push(FieldError::new(field, format!("{label}应为0以上的整数")));
        }
        read
    };
    let part = number("part", kind.part, &form.part);
    let whole = number("whole", kind.whole, &form.whole);
    if whole.zip(part).is_some_and(|(whole, part)| whole < part) {
        let message = format!("{}不能大于{}", kind.part.unwrap_or_default(), kind.whole.unwrap_or_default());
        errors.push(FieldError::new("part", message));
    }
    if kind.names_enterprise && place.enterprise == 0 {
        errors.push(FieldError::new(
            "enterprise",
            "请填写已登记的物业服务企业全称；未登记的请先在“物业服务企业”中登记",
        ));
    }
    let Some(happened_on) = happened_on.filter(|_| errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    Ok(Record {
        id,
        place,
        kind: kind.code.to_owned(),
        class: class.to_owned(),
        status: status.to_owned(),
        title,
        happened_on,
        ends_on,
        part,
        whole,
        evidence: identifiers::mask_numbers(form.evidence.trim()),
        void_reason: None,
        version: 1,
    })
}

/// How many a household a register's number may reach at most; more is a slip of the pen. A household may answer for each of two
/// owners, and complain once a month.
pub(crate) fn most_per_household(kind: &str) -> Option<i64> {
    match kind {
        "survey" => Some(2),
        "complaints" => Some(12),
        _ => None,
    }
}

/// A number no community of this size could have would pass or fail a gate by a slip of the pen.
pub(crate) fn plausible(record: &Record, households: i64) -> Result<(), Problem> {
    let Some(most) = most_per_household(&record.kind).map(|it| it * households) else { return Ok(()) };
    let (field, number) = match record.whole {
        Some(whole) => ("whole", whole),
        None => ("part", record.part.unwrap_or(0)),
    };
    if number <= most || households == 0 {
        return Ok(());
    }
    let message =
        format!("这个小区只有{households}户，{number}明显不对，请核对；户数有误的，请先更正小区户数");
    Err(Problem::Invalid(vec![FieldError::new(field, message)]))
}

/// The fields that differ, as people read them.
pub(crate) fn changes(kind: &Kind, before: &Record, after: &Record, enterprises: [String; 2]) -> Vec<Change> {
    let number = |it: Option<i64>| it.map_or(String::new(), |it| it.to_string());
    let day = |it: Option<Date>| it.map_or(String::new(), |it| it.to_string());
    let [was, is] = enterprises;
    let of = |it: &Record, enterprise: String| {
        [
            (kind.about, it.title.clone()),
            ("类别", kinds::label(kind.classes, &it.class).to_owned()),
            ("状态", kinds::label(kind.statuses, &it.status).to_owned()),
            (kind.on, it.happened_on.to_string()),
            (kind.until.unwrap_or("截止日期"), day(it.ends_on)),
            (kind.part.unwrap_or("数值"), number(it.part)),
            (kind.whole.unwrap_or("总数"), number(it.whole)),
            ("物业服务企业", enterprise),
            ("佐证材料说明", it.evidence.clone()),
        ]
    };
    let pairs = of(before, was).into_iter().zip(of(after, is));
    let changed = pairs.filter(|(from, to)| from.1 != to.1);
    changed.map(|(from, to)| Change { field: from.0.to_owned(), from: from.1, to: to.1 }).collect()
}

/// A void record is read, and nothing more is done with it.
pub(crate) fn must_stand(record: &Record) -> Result<(), RecordRefusal> {
    if record.void_reason.is_some() { Err(RecordRefusal::Void) } else { Ok(()) }
}

/// 作废.
pub(crate) fn void(record: &Record, reason: &str) -> Result<Record, Problem> {
    must_stand(record)?;
    let reason = identifiers::mask_numbers(reason.trim());
    if reason.is_empty() || 200 < reason.chars().count() {
        let message = "请写明作废的理由，不超过200个字；记录会保留，只是不再计入";
        return Err(Problem::Invalid(vec![FieldError::new("reason", message)]));
    }
    Ok(Record { void_reason: Some(reason), ..record.clone() })
}

pub(crate) fn attach(record: &Record, there: usize) -> Result<(), RecordRefusal> {
    must_stand(record)?;
    if there < MOST_FILES { Ok(()) } else { Err(RecordRefusal::TooManyFiles) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(kind: &str, form: RecordForm) -> Vec<String> {
        let kind = kinds::kind(kind).unwrap();
        match record(1.into(), Place::default(), kind, &form, "2024-08-20".parse().unwrap()) {
            Err(Problem::Invalid(errors)) => errors.iter().map(|it| it.field.to_string()).collect(),
            other => {
                other.unwrap();
                vec![]
            }
        }
    }

    fn survey() -> RecordForm {
        RecordForm {
            title: "半年调查".into(),
            happened_on: "2024-06-30".into(),
            part: "190".into(),
            whole: "200".into(),
            ..RecordForm::default()
        }
    }

    #[test]
    fn a_survey_needs_its_two_numbers_in_order() {
        assert_eq!(wrong("survey", survey()), Vec::<&str>::new());
        assert_eq!(wrong("survey", RecordForm { part: "201".into(), ..survey() }), ["part"]);
        assert_eq!(wrong("survey", RecordForm { whole: String::new(), ..survey() }), ["whole"]);
        assert_eq!(
            wrong("survey", RecordForm { happened_on: "2024-08-21".into(), ..survey() }),
            ["happened_on"]
        );
    }

    #[test]
    fn a_class_is_typed_as_code_or_as_word() {
        let finding = |class: &str| RecordForm {
            title: "楼道堆物".into(),
            happened_on: "2024-06-30".into(),
            class: class.into(),
            status: "未整改".into(),
            ..RecordForm::default()
        };
        assert_eq!(wrong("finding", finding("占用堵塞消防通道")), Vec::<&str>::new());
        assert_eq!(wrong("finding", finding("堵路")), ["class"]);
        assert_eq!(
            wrong(
                "penalty",
                RecordForm {
                    title: "1号".into(), happened_on: "2024-06-30".into(), ..RecordForm::default()
                }
            ),
            ["enterprise"]
        );
    }
}
