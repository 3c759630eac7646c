//! What a record must say, register by register. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Place, Problem};

use super::{
    kinds::{self, Kind},
    types::{Record, RecordForm, RecordId},
};

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
        Some(on) if today < on && kind.code != "service_project" => {
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
        evidence: form.evidence.trim().to_owned(),
        version: 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(kind: &str, form: RecordForm) -> Vec<&'static str> {
        let kind = kinds::kind(kind).unwrap();
        match record(1.into(), Place::default(), kind, &form, "2024-08-20".parse().unwrap()) {
            Err(Problem::Invalid(errors)) => errors.iter().map(|it| it.field).collect(),
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
