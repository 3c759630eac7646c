//! What a report must say. Pure.

use identifiers::Phone;
use kernel::{FieldError, Problem};

use super::{
    forms::Intake,
    types::{Channel, Contact, Kind, NewTicket, Openness},
};
use crate::profiles::{rules::category, types::Urgency};

const LONGEST_BODY: usize = 1_000;
/// 楼栋和位置, in characters.
pub(crate) const LONGEST_PLACE: usize = 60;

/// What was typed, understood, or said field by field.
/// `urgency` is only heard from an office that dispatches; otherwise the category decides.
pub(crate) fn intake(
    form: &Intake,
    channel: Channel,
    urgency: Option<Urgency>,
) -> Result<NewTicket, Problem> {
    let mut errors = vec![];
    let known = category(form.category.trim());
    if known.is_none() {
        errors.push(FieldError::new("category", "请选择反映的问题属于哪一类"));
    }
    let openness = Openness::from_code(&form.openness).unwrap_or(Openness::Private);
    // 对企业匿名: the building is all that is told of the place, so flats in the words are hidden before anything is kept. What is too long
    // is not looked through.
    let told = |text: &str, most: usize| match openness {
        _ if most < text.chars().count() => None,
        Openness::Anonymous => Some(identifiers::mask_doors(&identifiers::mask_numbers(text))),
        _ => Some(identifiers::mask_numbers(text)),
    };
    let body = told(form.body.trim(), LONGEST_BODY).unwrap_or_default();
    if body.chars().count() < 4 {
        errors.push(FieldError::new("body", format!("请写明什么事、在哪里，4至{LONGEST_BODY}个字")));
    }
    let building = told(form.building.trim(), LONGEST_PLACE);
    if building.is_none() {
        errors.push(FieldError::new("building", format!("楼栋和位置不超过{LONGEST_PLACE}个字")));
    }
    let building = building.unwrap_or_default();
    let (name, unit, typed) = (form.name.trim(), form.unit.trim(), form.phone.trim());
    if 40 < name.chars().count() || 40 < unit.chars().count() {
        errors.push(FieldError::new("name", "姓名和门牌号各不超过40个字"));
    }
    let phone = match typed {
        // Whoever stays anonymous may leave no number at all; then only the code finds the case again.
        "" if openness == Openness::Anonymous => Ok(String::new()),
        // Another system keeps its own people's numbers.
        "" if matches!(channel, Channel::Platform | Channel::Hotline12345 | Channel::Hotline12319) => {
            Ok(String::new())
        }
        "" => Err("请填写手机号，用于答复；不愿留号码的，请选“对企业匿名”".to_owned()),
        typed => Phone::parse(typed).map(|it| it.reveal().to_owned()).map_err(|it| format!("联系电话：{it}")),
    };
    if let Err(message) = &phone {
        errors.push(FieldError::new("phone", message.clone()));
    }
    let (Some(known), Ok(phone), true) = (known, phone, errors.is_empty()) else {
        return Err(Problem::Invalid(errors));
    };
    let kind = Kind::from_code(&form.kind).unwrap_or(Kind::Complaint);
    // Praise of those who freed somebody from a lift presses nobody.
    let own = if kind == Kind::Praise { Urgency::Ordinary } else { known.urgency };
    let unit = door(unit, &form.building, &building);
    Ok(NewTicket {
        category: known.code.clone(),
        kind,
        urgency: urgency.unwrap_or(own),
        openness,
        channel,
        body,
        building,
        contact: Contact { name: name.to_owned(), phone, unit },
    })
}

/// The flat, sealed: as typed in its own field, or where it was hidden out of the place.
fn door(typed: &str, place: &str, told: &str) -> String {
    if typed.is_empty() && place.trim() != told { place.trim().to_owned() } else { typed.to_owned() }
}
