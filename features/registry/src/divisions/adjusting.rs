//! When a place of the tree may go under another, and when it may end. Pure.

use kernel::{FieldError, Problem, Refusal};

use super::{
    labels,
    types::{Division, DivisionId, Kind},
};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DivisionRefusal {
    #[error("“{0}”已经撤销，不能再登记下级")]
    Ended(String),
    #[error("“{0}”已经撤销")]
    EndedBefore(String),
    #[error("只有社区可以划归另一个街道（乡镇）；小区划归另一个社区请在小区页面办理")]
    OnlyNeighborhoods,
    #[error("只能划归本县区的街道（乡镇）。跨县区的，请在对方县区重新登记")]
    OtherCounty,
    #[error("它已经在“{0}”之下")]
    ThereAlready(String),
    #[error("“{0}”下面还有{1}个区划，请先划归别处或撤销")]
    DivisionsBelow(String, usize),
    #[error("“{0}”还有{1}个小区，请先把小区划归别的社区")]
    CommunitiesBelow(String, usize),
}

impl Refusal for DivisionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Ended(_) | Self::EndedBefore(_) => "registry.division_ended",
            Self::OnlyNeighborhoods => "registry.division_kind",
            Self::OtherCounty => "registry.division_county",
            Self::ThereAlready(_) => "registry.division_there",
            Self::DivisionsBelow(..) => "registry.divisions_below",
            Self::CommunitiesBelow(..) => "registry.communities_below",
        }
    }
}

/// Where to, as chosen.
pub(crate) fn target(typed: &str) -> Result<DivisionId, Problem> {
    let asked = || Problem::Invalid(vec![FieldError::new("to", "请选择划归到哪里")]);
    kernel::parse_id(typed.trim()).map(DivisionId::from).ok_or_else(asked)
}

/// By which document: a tree is not changed by word of mouth.
pub(crate) fn document(typed: &str) -> Result<String, Problem> {
    let document = typed.trim().to_owned();
    if (2..=100).contains(&document.chars().count()) {
        return Ok(document);
    }
    Err(Problem::Invalid(vec![FieldError::new("document", "请填写依据的文件名称或文号，不超过100个字")]))
}

/// A neighborhood may go to another street of its county; what it lies under now.
pub(crate) fn may_move(division: &Division, to: &Division) -> Result<DivisionId, DivisionRefusal> {
    if let Some(ended) = [division, to].into_iter().find(|it| it.ended_on.is_some()) {
        return Err(DivisionRefusal::EndedBefore(ended.name.clone()));
    }
    if division.kind != Kind::Neighborhood || to.kind != Kind::Subdistrict {
        return Err(DivisionRefusal::OnlyNeighborhoods);
    }
    if division.tenant != to.tenant {
        return Err(DivisionRefusal::OtherCounty);
    }
    match division.parent {
        Some(parent) if parent != to.id => Ok(parent),
        _ => Err(DivisionRefusal::ThereAlready(to.name.clone())),
    }
}

/// Whether nothing is left under it. A city or county has rows of its own everywhere and does not end here.
pub(crate) fn may_end(division: &Division, living: usize, communities: usize) -> Result<(), Problem> {
    let name = || division.name.clone();
    if division.ended_on.is_some() {
        return Err(DivisionRefusal::EndedBefore(name()).into());
    }
    if matches!(division.kind, Kind::City | Kind::County) {
        let message = format!("{}不能在这里撤销", labels::kind(division.kind));
        return Err(Problem::Refused { code: "registry.division_kind", message });
    }
    if 0 < living {
        return Err(DivisionRefusal::DivisionsBelow(name(), living).into());
    }
    if 0 < communities {
        return Err(DivisionRefusal::CommunitiesBelow(name(), communities).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::Tenant;

    use super::*;

    fn division(id: i64, kind: Kind, parent: i64, county: u16) -> Division {
        Division {
            id: id.into(),
            code: String::new(),
            name: format!("第{id}"),
            kind,
            parent: Some(parent.into()),
            city: 1,
            tenant: Tenant::from_number(county),
            ended_on: None,
            version: 1,
        }
    }

    #[test]
    fn a_neighborhood_goes_to_another_street_of_its_county_and_nowhere_else() {
        let (here, there) = (division(5, Kind::Neighborhood, 3, 1), division(4, Kind::Subdistrict, 2, 1));
        assert_eq!(may_move(&here, &there), Ok(3.into()));
        let stays = division(3, Kind::Subdistrict, 2, 1);
        assert_eq!(may_move(&here, &stays), Err(DivisionRefusal::ThereAlready("第3".into())));
        let abroad = division(9, Kind::Subdistrict, 8, 2);
        assert_eq!(may_move(&here, &abroad), Err(DivisionRefusal::OtherCounty));
        assert_eq!(may_move(&there, &stays), Err(DivisionRefusal::OnlyNeighborhoods));
        let gone = Division { ended_on: Some("2024-01-01".parse().unwrap()), ..there };
        assert_eq!(may_move(&here, &gone), Err(DivisionRefusal::EndedBefore("第4".into())));
    }

    #[test]
    fn what_still_holds_something_does_not_end() {
        let told = |kind, living, communities| match may_end(&division(5, kind, 3, 1), living, communities) {
            Ok(()) => String::new(),
            Err(Problem::Refused { message, .. }) => message,
            Err(other) => panic!("{other:?}"),
        };
        assert_eq!(told(Kind::Neighborhood, 0, 0), "");
        assert_eq!(told(Kind::Neighborhood, 0, 2), "“第5”还有2个小区，请先把小区划归别的社区");
        assert_eq!(told(Kind::Subdistrict, 1, 0), "“第5”下面还有1个区划，请先划归别处或撤销");
        assert_eq!(told(Kind::County, 0, 0), "县区不能在这里撤销");
    }
}
