//! What there is to see before a campaign is opened: the form as the pack fills it in, and what will be opened.

use ::rules::{Pack, Per, Quota};
use ::store::Tx;
use calendar::Calendar;
use jiff::civil::Date;
use kernel::{FieldError, Problem};

use super::{
    audiences,
    particulars::{self, Particulars},
    policy,
    queries::{self, PeriodView},
    rules,
    types::{Opening, Owner},
};
use crate::{packs, panels};

/// The form, with what was typed in it.
#[derive(Debug)]
pub(crate) struct OfferView {
    pub(crate) pack_title: String,
    pub(crate) selects: ::rules::Selects,
    /// A county opens it for itself.
    pub(crate) is_countys: bool,
    pub(crate) form: Opening,
    /// Code, title, how the notice dates it.
    pub(crate) periods: Vec<(String, String)>,
    pub(crate) selections: Vec<SelectionField>,
    /// County, name, communities in the register; none where places do not depend on them.
    pub(crate) communities: Vec<(i64, String, i64)>,
    pub(crate) assessors: Vec<panels::Holder>,
    /// Whom it may be sent to: number or id, name.
    pub(crate) places: Vec<(i64, String)>,
    /// Why it cannot be opened now: it is being carried out.
    pub(crate) carried_out: Option<String>,
    /// Every day the pack prints is over.
    pub(crate) is_past: bool,
}

#[derive(Debug)]
pub(crate) struct SelectionField {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) is_share: bool,
    /// Place in the pack, title.
    pub(crate) honours: Vec<(usize, String)>,
}

/// What will be opened, to be looked at once more.
#[derive(Debug)]
pub(crate) struct PreviewView {
    pub(crate) title: String,
    pub(crate) pack: Pack,
    pub(crate) periods: Vec<PeriodView>,
    /// Whoever it is sent to and signs for it.
    pub(crate) addressees: Vec<String>,
    pub(crate) counties: Vec<CountyPlaces>,
    /// Kind and name; nobody: whoever holds the post.
    pub(crate) panel: Vec<(String, String)>,
    /// The form, to be sent again as it is.
    pub(crate) form: Opening,
}

/// What a county may choose.
#[derive(Debug)]
pub(crate) struct CountyPlaces {
    pub(crate) name: String,
    pub(crate) communities: i64,
    /// Selection and places.
    pub(crate) places: Vec<(String, i64)>,
}

fn chosen(form: &Opening) -> Result<Pack, Problem> {
    let name = form.get("pack").map_or("", String::as_str);
    packs::named(name).ok_or_else(|| Problem::Invalid(vec![FieldError::new("pack", "请选择依据的通知")]))
}

pub(crate) fn offer(tx: &mut Tx<'_>, typed: &Opening) -> Result<OfferView, Problem> {
    let owner = queries::own(tx)?;
    let _may = policy::may_open(&tx.ctx.actor, owner)?;
    let pack = chosen(typed)?;
    let mut form = particulars::offered(&pack);
    let city = registry::divisions::division(tx, owner.city.into())?.name;
    let is_own = pack.document.as_ref().is_some_and(|it| it.issuer.contains(&city));
    if owner.county.is_some() || !is_own {
        // A county's notice is its own, not the city's the pack was transcribed from; so is another city's.
        for key in ["issuer", "number", "date", "document_title", "addressees", "cites", "goal_on"] {
            form.insert(key.to_owned(), String::new());
        }
    }
    if owner.county.is_some() {
        // Nor does a county carry out the city's campaign, or give the city's title.
        let titled = form.iter_mut().filter(|it| *it.0 == "title" || it.0.starts_with("honour-"));
        titled.for_each(|it| it.1.clear());
    }
    let today = tx.ctx.today();
    if pack.document.as_ref().and_then(|it| it.goal_on).is_some_and(|it| it < today) {
        form.insert("goal_on".to_owned(), String::new());
    }
    form.extend(typed.clone());
    let share = |it: &::rules::Selection| matches!(it.quota, Quota::Share { .. });
    let field = |it: &::rules::Selection| SelectionField {
        code: it.code.clone(),
        says: it.to_string(),
        is_share: share(it),
        honours: it.honours.iter().enumerate().map(|(n, it)| (n, it.title.clone())).collect(),
    };
    Ok(OfferView {
        carried_out: queries::carried_out(tx, owner, &pack.name)?,
        pack_title: pack.title.clone(),
        selects: pack.selects,
        is_countys: owner.county.is_some(),
        form,
        periods: pack.periods.iter().map(|it| (it.code.clone(), it.title.clone())).collect(),
        selections: pack.cascade.selections.iter().map(field).collect(),
        communities: if particulars::counts_communities(&pack) { counted(tx, (owner, &[]))? } else { vec![] },
        assessors: panels::holders(tx, &owner.scope())?,
        places: audiences::places(tx, owner)?,
        is_past: pack.periods.iter().filter_map(|it| it.to.or(it.from)).max().is_some_and(|it| it < today),
    })
}

/// The counties a campaign is for, by name, with their communities in the register: those of the streets it goes to.
fn counted(tx: &mut Tx<'_>, (owner, named): (Owner, &[i64])) -> Result<Vec<(i64, String, i64)>, Problem> {
    let names = queries::counties_of(tx, owner, named)?;
    if owner.county.is_some() && !named.is_empty() {
        let streets = registry::communities::counts_below(tx, &owner.scope())?;
        let n = streets.into_iter().filter(|it| named.contains(&it.0)).map(|it| it.1).sum();
        return Ok(names.into_iter().map(|(tenant, it)| (tenant, it.name, n)).collect());
    }
    let counted = registry::communities::counts_by_county(tx, owner.city)?;
    let known = |tenant: i64| counted.iter().find(|it| it.0 == tenant).map_or(0, |it| it.1);
    Ok(names.into_iter().map(|(tenant, it)| (tenant, it.name, known(tenant))).collect())
}

/// County and communities: as the notice counts them, or else the register.
pub(crate) fn communities(
    tx: &mut Tx<'_>,
    sent_to: (Owner, &[i64]),
    particulars: &Particulars,
) -> Result<Vec<(i64, i64)>, Problem> {
    let counted = counted(tx, sent_to)?.into_iter();
    let said = |tenant: i64| particulars.communities.get(&tenant).copied();
    Ok(counted.map(|(tenant, _, n)| (tenant, said(tenant).unwrap_or(n))).collect())
}

/// The form read, as opening it would.
pub(crate) fn read(tx: &mut Tx<'_>, form: &Opening) -> Result<(Pack, Particulars), Problem> {
    let pack = chosen(form)?;
    let particulars = particulars::read(&pack, form, tx.ctx.today())?;
    Ok((pack, particulars))
}

pub(crate) fn preview(tx: &mut Tx<'_>, form: &Opening, calendar: &Calendar) -> Result<PreviewView, Problem> {
    let owner = queries::own(tx)?;
    let _may = policy::may_open(&tx.ctx.actor, owner)?;
    let (shipped, particulars) = read(tx, form)?;
    queries::must_be_new(tx, owner, &shipped.name, &particulars.title)?;
    let (_, pack) = packs::pin(&shipped.name, &particulars.adjustment)?;
    let today: Date = tx.ctx.today();
    let places = audiences::places(tx, owner)?;
    let named = audiences::read(form, &places)?;
    let quotas = rules::quotas(&pack, &communities(tx, (owner, &named), &particulars)?);
    let mut counties = vec![];
    for (tenant, name, registered) in counted(tx, (owner, &named))? {
        let own: Vec<_> = quotas.iter().filter(|it| it.tenant == tenant).collect();
        let titled = |code: &str| pack.selection(code).map_or(String::new(), |it| it.title.clone());
        let n = own.first().map_or(registered, |it| it.communities);
        let places = own.iter().map(|it| (titled(&it.selection), it.places)).collect();
        counties.push(CountyPlaces { name, communities: n, places });
    }
    let addressees = places.into_iter().filter(|it| audiences::names(&named, it.0)).map(|it| it.1).collect();
    let periods = rules::periods(&pack).iter().map(|it| queries::period(it, today, calendar)).collect();
    let holders = panels::holders(tx, &owner.scope())?;
    let named = |it: &panels::Member| {
        let name = holders.iter().find(|holder| holder.person == it.person).map(|it| it.name.clone());
        Some((it.kind.label().to_owned(), name?))
    };
    let panel = panels::read(form, &holders)?.iter().filter_map(named).collect();
    if !pack.cascade.selections.iter().any(|it| it.per == Per::County) {
        counties.clear();
    }
    Ok(PreviewView {
        title: particulars.title,
        periods,
        addressees,
        counties,
        panel,
        form: form.clone(),
        pack,
    })
}
