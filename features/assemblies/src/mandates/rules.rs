//! Who may vote in an owner's stead, for how many, and until when. Pure.

use jiff::civil::Date;
use kernel::{FieldError, Problem, Refusal};

use super::types::{Kind, Mandate, Registering};
use crate::{
    affairs::said,
    decisions::{Decision, Item},
    rolls::types::{Holder, Unit},
};

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum MandateRefusal {
    #[error("{0}（或同一业主的其他房屋）已登记由他人表决，请先终止那一份登记")]
    Taken(String),
    #[error("{0}已经接受{1}名业主的委托，公告写明每人最多接受{2}名")]
    OverCap(String, usize, u32),
    #[error("{0}已经投过票，不能再登记由他人表决")]
    Voted(String),
    #[error("名册上{0}只有一名业主，不需要推选表决人")]
    NoCoOwners(String),
    #[error("{0}是建设单位的房屋，请登记为委托")]
    Developers(String),
    #[error("这份委托到{0}为止，已经过期")]
    Over(Date),
    #[error("这份委托不包括任何议题")]
    NothingCovered,
    #[error("这套房屋登记由{0}（{1}）表决，请用其表决凭证；有疑问请与社区或街道联系")]
    Another(String, &'static str),
    #[error("名册上与{0}同一业主的房屋没有登记受托人或表决人，请先登记，或按业主本人录入")]
    NoneHere(String),
}

impl Refusal for MandateRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Taken(_) => "assemblies.mandate_taken",
            Self::OverCap(..) => "assemblies.mandate_cap",
            Self::Voted(_) => "assemblies.mandate_voted",
            Self::NoCoOwners(_) => "assemblies.mandate_one_owner",
            Self::Developers(_) => "assemblies.mandate_developer",
            Self::Over(_) => "assemblies.mandate_over",
            Self::NothingCovered => "assemblies.mandate_empty",
            Self::Another(..) => "assemblies.mandate_another",
            Self::NoneHere(_) => "assemblies.mandate_none",
        }
    }
}

/// What was typed of a registration, read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) number: String,
    pub(crate) items: Vec<String>,
    pub(crate) document: String,
    pub(crate) until: Date,
}

/// 登记, as typed: a paper that says so, the items it covers, and its last day.
pub(crate) fn read(form: &Registering, agenda: &[Item], today: Date) -> Result<Read, Problem> {
    let mut errors = vec![];
    let kind = Kind::from_code(&form.kind);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "请选择是受托人、监护人，还是共有人推选的表决人"));
    }
    let name = form.name.trim().to_owned();
    if !(2..=30).contains(&name.chars().count()) {
        errors.push(FieldError::new("name", "请填写表决人的姓名"));
    }
    let number = match identifiers::IdNumber::parse(&form.number) {
        Ok(it) => it.reveal().to_owned(),
        Err(fault) => {
            errors.push(FieldError::new("number", format!("证件号码：{fault}")));
            String::new()
        }
    };
    let document =
        said("document", &form.document, 100, "请写明委托书、推选书或监护证明的名称和日期", &mut errors);
    let until = form.until.trim().parse::<Date>().ok().filter(|it| today <= *it);
    if until.is_none() {
        errors.push(FieldError::new("until", "请选择有效期的最后一天，不早于今天"));
    }
    let known = |it: &&String| agenda.iter().any(|item| item.id == **it);
    let mut items: Vec<String> = form.items.iter().filter(known).cloned().collect();
    if items.len() != form.items.len() {
        errors.push(FieldError::new("items", "议题与公告不符，请重新选择"));
    }
    if agenda.iter().all(|it| items.contains(&it.id)) {
        items.clear();
    }
    match (kind, until) {
        (Some(kind), Some(until)) if errors.is_empty() => {
            // Who votes for somebody who cannot, or for several owners, votes on everything.
            let items = if kind == Kind::Proxy { items } else { vec![] };
            Ok(Read { kind, name, number, items, document, until })
        }
        _ => Err(Problem::Invalid(errors)),
    }
}

/// Whether this unit's owners may be stood for: by one person at a time, before they have voted, and within the cap of the notice.
/// `held` is how many other owners the person stands for, or has voted for.
pub(crate) fn register(
    decision: &Decision,
    read: &Read,
    unit: &Unit,
    standing: Option<&Mandate>,
    has_voted: bool,
    held: usize,
) -> Result<(), MandateRefusal> {
    let name = || unit.unit.clone();
    if read.kind != Kind::Proxy && unit.holder == Holder::Developer {
        return Err(MandateRefusal::Developers(name()));
    }
    if read.kind == Kind::CoOwner && unit.owners.len() < 2 {
        return Err(MandateRefusal::NoCoOwners(name()));
    }
    if has_voted {
        return Err(MandateRefusal::Voted(name()));
    }
    if standing.is_some() {
        return Err(MandateRefusal::Taken(name()));
    }
    if read.kind == Kind::Proxy && decision.terms.proxy_cap as usize <= held {
        let masked = identifiers::mask_name(&read.name);
        return Err(MandateRefusal::OverCap(masked, held, decision.terms.proxy_cap));
    }
    Ok(())
}

/// The items a ballot by this mandate answers; all of them for the owner's own.
pub(crate) fn covered(
    agenda: &[Item],
    mandate: Option<&Mandate>,
    today: Date,
) -> Result<Vec<Item>, MandateRefusal> {
    let Some(mandate) = mandate else { return Ok(agenda.to_vec()) };
    if mandate.until < today {
        return Err(MandateRefusal::Over(mandate.until));
    }
    let items: Vec<Item> = agenda.iter().filter(|it| mandate.covers(&it.id)).cloned().collect();
    if items.is_empty() { Err(MandateRefusal::NothingCovered) } else { Ok(items) }
}

/// A unit somebody votes for in the owner's stead takes no ballot of anybody else's, to the last day; beside a proxy the owner's own
/// is taken.
pub(crate) fn must_be_ours(
    standing: Option<&Mandate>,
    used: Option<&Mandate>,
    on: Date,
) -> Result<(), MandateRefusal> {
    match standing {
        Some(it) if !it.is_proxy() && on <= it.until && used.map(|it| it.id) != Some(it.id) => {
            Err(MandateRefusal::Another(identifiers::mask_name(&it.name), it.kind.label()))
        }
        _ => Ok(()),
    }
}
