//! Who is named to a panel, as typed. Pure.

use std::collections::BTreeMap;

use kernel::{FieldError, Problem};

use super::types::{Holder, Kind, Member};

/// Each holder's place in the panel: `panel-<person>` with a kind, or nothing for none.
///
/// # Errors
/// A kind that is none, or a panel of one who could not be second to anybody.
pub(crate) fn read(form: &BTreeMap<String, String>, holders: &[Holder]) -> Result<Vec<Member>, Problem> {
    let (mut members, mut errors) = (vec![], vec![]);
    for holder in holders {
        let key = format!("panel-{}", holder.person);
        let typed = form.get(&key).map_or("", |it| it.trim());
        match Kind::from_code(typed) {
            Some(kind) => members.push(Member { person: holder.person, kind }),
            None if typed.is_empty() => {}
            None => errors.push(FieldError::new(key, format!("请选择{}以什么身份参加", holder.name))),
        }
    }
    // One who left since the page was shown is not dropped in silence.
    let known = |it: &str| holders.iter().any(|holder| holder.person.to_string() == it);
    let gone =
        form.iter().filter(|(_, it)| !it.trim().is_empty()).filter_map(|(key, _)| key.strip_prefix("panel-"));
    if gone.into_iter().any(|it| !known(it)) {
        errors.push(FieldError::new("panel", "所选人员中有人已不再担任测评职务，请重新选择"));
    }
    if members.len() == 1 {
        errors.push(FieldError::new("panel", "测评组至少2人：每个小区由两人评分。暂不确定的，请一个也不选"));
    }
    if errors.is_empty() { Ok(members) } else { Err(Problem::Invalid(errors)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_is_nobody_yet_or_at_least_two_who_hold_the_post() {
        let holder = |person: i64| Holder {
            person: person.into(),
            name: format!("测评{person}"),
            label: "测评人员".into(),
        };
        let holders = [holder(1), holder(2), holder(3)];
        let named = |typed: &[(&str, &str)]| {
            let form = typed.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            read(&form, &holders).map_err(|it| match it {
                Problem::Invalid(errors) => errors.into_iter().map(|it| it.message).collect::<String>(),
                other => format!("{other:?}"),
            })
        };
        assert_eq!(named(&[]).unwrap(), []);
        let two = named(&[("panel-1", "expert"), ("panel-2", ""), ("panel-3", "third_party")]).unwrap();
        let kinds: Vec<_> = two.iter().map(|it| (i64::from(it.person), it.kind)).collect();
        assert_eq!(kinds, [(1, Kind::Expert), (3, Kind::ThirdParty)]);
        assert!(named(&[("panel-1", "expert")]).unwrap_err().contains("至少2人"));
        assert!(
            named(&[("panel-1", "chair"), ("panel-2", "expert"), ("panel-3", "expert")])
                .unwrap_err()
                .contains("什么身份")
        );
        assert!(named(&[("panel-9", "expert")]).unwrap_err().contains("不再担任"));
    }
}
