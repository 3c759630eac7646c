//! What a list of cases can be narrowed to: the places below its scope, who has the cases, where they came from.

use ::store::Tx;
use kernel::{Problem, Scope};
use registry::{communities, divisions, enterprises};

use super::{
    filters::{Held, Within},
    labels::{self, Options},
    types::{Body, Channel},
};

/// What each part of a list may be.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    /// What the places are called: 县区, 街道（乡镇）, 社区.
    pub(crate) level: &'static str,
    pub(crate) places: Options,
    pub(crate) holders: Options,
    pub(crate) channels: Options,
}

pub(crate) fn choices(
    tx: &mut Tx<'_>,
    scope: &Scope,
    within: Option<Within>,
    held: Option<Held>,
) -> Result<Choices, Problem> {
    let (level, mut places) = places(tx, scope)?;
    // A narrower place, chosen where the overview led here.
    if let Some(within) = within {
        let code = code_of(within);
        if places.iter().all(|it| it.0 != code) {
            places.push((code, name_of(tx, scope, within)?));
        }
    }
    let mut holders = holders(tx, scope)?;
    if let Some(Held::By(body)) = held {
        let (kind, number) = body.code();
        let code = format!("{kind}:{number}");
        if holders.iter().all(|it| it.0 != code) {
            // An old link to a body that is not there narrows to nothing, and is no fault.
            match super::bodies::name(tx, body) {
                Ok(name) => holders.push((code, name)),
                Err(Problem::NotFound) => {}
                Err(problem) => return Err(problem),
            }
        }
    }
    let channels = Channel::ALL.iter().map(|it| (it.code().to_owned(), labels::channel(*it).to_owned()));
    Ok(Choices { level, places, holders, channels: channels.collect() })
}

fn code_of(within: Within) -> String {
    let (block, id) = within.block();
    format!("{}-{id}", block.trim_start_matches("of_"))
}

/// A place in words; nothing is told of one that is not there.
pub(crate) fn name_of(tx: &mut Tx<'_>, scope: &Scope, within: Within) -> Result<String, Problem> {
    let named = match within {
        Within::County(id) => {
            let city = divisions::city_of(tx, scope)?;
            Ok(divisions::county_names(tx, city)?.remove(&id).map_or(String::new(), |it| it.name))
        }
        Within::Subdistrict(id) | Within::Neighborhood(id) => {
            divisions::division(tx, id.into()).map(|it| it.name).map_err(Problem::from)
        }
        Within::Community(id) => communities::load(tx, id.into()).map(|it| it.name).map_err(Problem::from),
    };
    match named {
        Err(Problem::NotFound) => Ok(String::new()),
        other => other,
    }
}

fn places(tx: &mut Tx<'_>, scope: &Scope) -> Result<(&'static str, Options), Problem> {
    Ok(match scope {
        Scope::City(city) => {
            let counties = divisions::county_names(tx, *city)?.into_iter();
            ("县区", counties.map(|(number, it)| (format!("county-{number}"), it.name)).collect())
        }
        Scope::County(tenant) => {
            let county = divisions::of_tenant(tx, *tenant)?.map(|it| it.id);
            ("街道（乡镇）", below(tx, county, "subdistrict")?)
        }
        Scope::Subdistrict(id) => ("社区", below(tx, Some((*id).into()), "neighborhood")?),
        Scope::Neighborhood(id) => {
            let all = communities::named_of_neighborhood(tx, *id)?.into_iter();
            ("小区", all.map(|(id, name)| (format!("community-{id}"), name)).collect())
        }
        _ => ("位置", vec![]),
    })
}

fn below(tx: &mut Tx<'_>, of: Option<divisions::DivisionId>, kind: &str) -> Result<Options, Problem> {
    let Some(of) = of else { return Ok(vec![]) };
    let all = divisions::below(tx, of)?.into_iter();
    Ok(all.map(|it| (format!("{kind}-{}", i64::from(it.id)), it.name)).collect())
}

/// Each kind of body, then the companies of the part of the world, where they are few enough to choose from.
fn holders(tx: &mut Tx<'_>, scope: &Scope) -> Result<Options, Problem> {
    if matches!(scope, Scope::Enterprise(_) | Scope::Department(_) | Scope::Nothing) {
        return Ok(vec![]);
    }
    let kinds = Body::KINDS.iter().map(|it| ((*it).to_owned(), labels::body_kind(it).to_owned()));
    let mut holders: Vec<_> = kinds.collect();
    if !matches!(scope, Scope::City(_) | Scope::Community(_)) {
        let companies = enterprises::serving(tx, scope)?.into_iter();
        holders.extend(companies.map(|(id, name)| (format!("enterprise:{id}"), name)));
    }
    Ok(holders)
}
