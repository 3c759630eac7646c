//! 评选对象 — what is selected in a community, and the name it is posted by.

use ::rules::Selects;
use ::store::Tx;
use kernel::{FieldError, Problem, Role};
use registry::communities;

use super::types::{Application, Nominee, Party};

/// What the registers know of who could be selected in a community.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) community: String,
    pub(crate) enterprise: Option<String>,
    pub(crate) committee: Option<String>,
}

/// The name of what is selected; nothing where it is the community itself.
///
/// # Errors
/// The registers do not know it yet, or a person's name or post is missing.
pub(crate) fn named(selects: Selects, known: &Known, typed: &Nominee) -> Result<Option<String>, Problem> {
    let community = &known.community;
    let missing = |message: &str| Problem::Invalid(vec![FieldError::new("community", message.to_owned())]);
    let enterprise = || {
        known
            .enterprise
            .as_ref()
            .ok_or_else(|| missing("台账里这个小区没有登记物业服务企业，请先在服务项目中登记，再来申报"))
    };
    Ok(match selects {
        Selects::Community => None,
        Selects::Enterprise => Some(format!("{}（代表项目：{community}）", enterprise()?)),
        Selects::ServiceProject => Some(format!("{community}物业服务项目（{}）", enterprise()?)),
        Selects::Committee => {
            let committee = known.committee.as_ref().ok_or_else(|| {
                missing("台账里这个小区没有登记业主委员会（物业管理委员会），请先登记，再来申报")
            })?;
            // 某某小区第二届业主委员会 says where it is; 第二届业主委员会 does not.
            let says_where = committee.contains(community.as_str());
            Some(if says_where { committee.clone() } else { format!("{community}{committee}") })
        }
        Selects::Person => Some(person(community, typed)?),
    })
}

/// What is nominated, and whose it is: asked for only where the county recommends a person.
///
/// # Errors
/// As `named`; a person's party is missing, or is an enterprise the registers do not know.
pub(crate) fn nominated(
    selects: Selects,
    known: &Known,
    typed: &Nominee,
    by: Role,
) -> Result<(Option<String>, Party), Problem> {
    let mut errors = vec![];
    let party = match (selects, by) {
        (Selects::Community | Selects::Enterprise | Selects::ServiceProject, _) => Some(Party::Enterprise),
        (Selects::Committee, _) | (Selects::Person, Role::OwnersCommittee) => Some(Party::Committee),
        (Selects::Person, Role::Enterprise) => Some(Party::Enterprise),
        (Selects::Person, _) => Party::from_code(&typed.party),
    };
    if party.is_none() {
        errors.push(FieldError::new("party", "请选择被推荐人是哪一方的人员，得分由这一方查看"));
    } else if selects == Selects::Person && party == Some(Party::Committee) && known.committee.is_none() {
        let message = "台账里这个小区没有登记业主委员会（物业管理委员会），请选择另一方，或先登记";
        errors.push(FieldError::new("party", message));
    } else if selects == Selects::Person && party == Some(Party::Enterprise) && known.enterprise.is_none() {
        errors.push(FieldError::new(
            "party",
            "台账里这个小区没有登记物业服务企业，请选择另一方，或先在服务项目中登记",
        ));
    }
    match (named(selects, known, typed), party) {
        (Ok(subject), Some(party)) if errors.is_empty() => Ok((subject, party)),
        (Err(Problem::Invalid(mut more)), _) => {
            more.extend(errors);
            Err(Problem::Invalid(more))
        }
        (Err(problem), _) => Err(problem),
        (Ok(_), _) => Err(Problem::Invalid(errors)),
    }
}

fn person(community: &str, typed: &Nominee) -> Result<String, Problem> {
    let name = identifiers::mask_numbers(typed.person.trim());
    let post = identifiers::mask_numbers(typed.post.trim());
    let mut errors = vec![];
    if !(2..=20).contains(&name.chars().count()) {
        errors.push(FieldError::new("person", "请写被推荐人的姓名，2到20个字"));
    }
    if post.is_empty() || 30 < post.chars().count() {
        errors.push(FieldError::new("post", "请写职务，如 物业项目经理、业委会主任，不超过30个字"));
    }
    if errors.is_empty() {
        Ok(format!("{name}（{community}{post}）"))
    } else {
        Err(Problem::Invalid(errors))
    }
}

/// What an application is for: its community, under the name of what is selected in it.
pub(crate) fn candidate(tx: &mut Tx<'_>, it: &Application) -> Result<communities::Community, Problem> {
    let community = communities::load(tx, it.place.community.into())?;
    Ok(under(community, it.subject.as_deref()))
}

/// A community under the name of what is selected in it.
pub(crate) fn under(mut community: communities::Community, subject: Option<&str>) -> communities::Community {
    if let Some(subject) = subject {
        subject.clone_into(&mut community.name);
    }
    community
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> Known {
        Known {
            community: "锦绣花园".into(),
            enterprise: Some("皖新物业有限公司".into()),
            committee: Some("第二届业主委员会".into()),
        }
    }

    fn said(selects: Selects, known: &Known, typed: &Nominee) -> Result<Option<String>, String> {
        named(selects, known, typed).map_err(|it| match it {
            Problem::Invalid(errors) => errors.into_iter().map(|it| it.field.to_string()).collect(),
            other => format!("{other:?}"),
        })
    }

    #[test]
    fn each_kind_is_posted_under_a_name_that_says_where_it_is() {
        let typed =
            Nominee { person: " 王某 ".into(), post: "物业项目经理".into(), ..Nominee::default() };
        let of = |it| said(it, &known(), &typed).unwrap();
        assert_eq!(of(Selects::Community), None);
        assert_eq!(of(Selects::Enterprise).unwrap(), "皖新物业有限公司（代表项目：锦绣花园）");
        assert_eq!(of(Selects::ServiceProject).unwrap(), "锦绣花园物业服务项目（皖新物业有限公司）");
        assert_eq!(of(Selects::Committee).unwrap(), "锦绣花园第二届业主委员会");
        assert_eq!(of(Selects::Person).unwrap(), "王某（锦绣花园物业项目经理）");
        let full = Known { committee: Some("锦绣花园业主委员会".into()), ..known() };
        assert_eq!(said(Selects::Committee, &full, &typed).unwrap().unwrap(), "锦绣花园业主委员会");
    }

    #[test]
    fn what_the_registers_do_not_know_is_asked_for() {
        let none = Known { community: "锦绣花园".into(), ..Known::default() };
        let typed = Nominee { person: "王某".into(), post: "经理".into(), ..Nominee::default() };
        for it in [Selects::Enterprise, Selects::ServiceProject, Selects::Committee] {
            assert_eq!(said(it, &none, &typed), Err("community".to_owned()));
        }
        assert_eq!(said(Selects::Community, &none, &typed), Ok(None));
        assert_eq!(said(Selects::Person, &none, &Nominee::default()), Err("personpost".to_owned()));
        // A phone put where the post belongs is not posted.
        let phone =
            Nominee { person: "王某".into(), post: "经理13900001111".into(), ..Nominee::default() };
        let name = said(Selects::Person, &none, &phone).unwrap().unwrap();
        assert!(!name.contains("13900001111"), "{name}");
    }
}
