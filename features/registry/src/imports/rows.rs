//! A staged row as the community or the record it is to become, against what the registers know.

use ::store::Tx;
use kernel::{FieldError, Place, Problem, Scope, Tenant};

use super::{
    rules::{self, Neighborhoods},
    types::{COMMUNITIES, ENTERPRISES, Import, ImportId, StagedRow},
};
use crate::{
    communities::{self, Particulars, store::Places},
    divisions, enterprises,
    records::{self, Record},
};

/// What a row becomes.
pub(crate) enum Understood {
    Community(Place, Particulars),
    Enterprise(enterprises::Particulars),
    Record(Record),
}

/// What rows name, read once for a unit's many rows.
pub(crate) struct Known {
    /// Neighborhoods by the names people write.
    neighborhoods: Neighborhoods,
    communities: Option<Places>,
}

impl Known {
    /// A file of communities names neighborhoods, one of records communities.
    pub(crate) fn of(tx: &mut Tx<'_>, import: &Import) -> Result<Self, Problem> {
        match import.register.as_str() {
            COMMUNITIES => Ok(Self { neighborhoods: neighborhoods(tx, import)?, communities: None }),
            ENTERPRISES => Ok(Self { neighborhoods: Neighborhoods::default(), communities: None }),
            _ => {
                let places = Places::of(tx, import.tenant())?;
                Ok(Self { neighborhoods: Neighborhoods::default(), communities: Some(places) })
            }
        }
    }

    fn community(&self, named: &str) -> Result<Place, &'static str> {
        let found = self.communities.as_ref().map(|it| it.called(named)).unwrap_or_default();
        match found[..] {
            [place] => Ok(place),
            [] => Err("没有找到这个小区，请填写台账中的小区名称或编号"),
            _ => Err("本县区有几个小区叫这个名称，请改填小区编号"),
        }
    }
}

fn neighborhoods(tx: &mut Tx<'_>, import: &Import) -> Result<Neighborhoods, Problem> {
    let city = divisions::city_of(tx, &Scope::County(import.tenant()))?;
    let all = divisions::neighborhoods(tx, city, Some(import.tenant()))?;
    let mut names = Neighborhoods::default();
    all.iter().for_each(|(id, full)| names.add(full, i64::from(*id)));
    Ok(names)
}

/// The row as it is meant, or every field that is wrong.
pub(crate) fn understood(
    tx: &mut Tx<'_>,
    import: &Import,
    row: &StagedRow,
    known: &Known,
) -> Result<Result<Understood, Vec<FieldError>>, Problem> {
    let read = match import.register.as_str() {
        COMMUNITIES => community(tx, import, row, &known.neighborhoods),
        ENTERPRISES => enterprise(tx, import, row),
        _ => record(tx, import, row, known),
    };
    match read {
        Ok(it) => Ok(Ok(it)),
        Err(Problem::Invalid(errors)) => Ok(Err(errors)),
        Err(problem) => Err(problem),
    }
}

fn community(
    tx: &mut Tx<'_>,
    import: &Import,
    row: &StagedRow,
    neighborhoods: &Neighborhoods,
) -> Result<Understood, Problem> {
    let (form, fault) = rules::form(row, &import.mapping, neighborhoods);
    let read = communities::rules::particulars(&form, i64::from(tx.ctx.today().year()));
    let it = match (read, fault) {
        // What the row says of its neighborhood is told in place of “please choose one”.
        (Err(Problem::Invalid(mut errors)), Some(fault)) => {
            errors.retain(|it| it.field != fault.field);
            errors.insert(0, fault);
            return Err(Problem::Invalid(errors));
        }
        (_, Some(fault)) => return Err(Problem::Invalid(vec![fault])),
        (read, None) => read?,
    };
    Ok(Understood::Community(divisions::place_for_new(tx, it.neighborhood)?, it))
}

/// The code tells who is meant: one that is there under another name is told, not changed.
fn enterprise(tx: &mut Tx<'_>, import: &Import, row: &StagedRow) -> Result<Understood, Problem> {
    let it = enterprises::rules::particulars(&rules::enterprise_form(row, &import.mapping))?;
    let city = divisions::city_of(tx, &Scope::County(import.tenant()))?;
    let fault = match enterprises::store::known_as(tx, &it.uscc)? {
        Some((_, _, home)) if home != city => {
            Some(("uscc", enterprises::rules::REGISTERED_ELSEWHERE.to_owned()))
        }
        Some((_, name, _)) if name != it.name => {
            Some(("name", format!("这个统一社会信用代码已登记为“{name}”；更名的请在企业页面修改")))
        }
        Some(_) => None,
        None => {
            let taken = enterprises::named(tx, city, &it.name)?.is_some();
            taken.then(|| ("uscc", "本市已有同名企业，代码不同，请核对".to_owned()))
        }
    };
    match fault {
        None => Ok(Understood::Enterprise(it)),
        Some((field, message)) => Err(Problem::Invalid(vec![FieldError::new(field, message)])),
    }
}

fn record(tx: &mut Tx<'_>, import: &Import, row: &StagedRow, known: &Known) -> Result<Understood, Problem> {
    let kind = records::kinds::kind(&import.register).ok_or(Problem::NotFound)?;
    let (named, form) = rules::record_form(row, &import.mapping, kind.code);
    let (place, mut errors) = match known.community(&named) {
        Ok(place) => (place, vec![]),
        Err(message) => (Place::default(), vec![FieldError::new("community", message)]),
    };
    let place = records::with_enterprise(tx, place, kind, &form)?;
    let id = tx.ctx.new_id(import.tenant()).into();
    match records::rules::record(id, place, kind, &form, tx.ctx.today()) {
        Ok(record) if errors.is_empty() => {
            records::must_be_plausible(tx, &record)?;
            Ok(Understood::Record(record))
        }
        Ok(_) => Err(Problem::Invalid(errors)),
        Err(Problem::Invalid(more)) => {
            // Without its community a row names no enterprise either: one fault is told, not two.
            errors.extend(more.into_iter().filter(|it| place.tenant != 0 || it.field != "enterprise"));
            Err(Problem::Invalid(errors))
        }
        Err(problem) => Err(problem),
    }
}

/// An import done twice adds nothing.
pub(crate) fn is_there(tx: &mut Tx<'_>, it: &Understood) -> Result<bool, Problem> {
    match it {
        Understood::Community(place, it) => Ok(communities::store::named(tx, place, &it.name)?.is_some()),
        Understood::Enterprise(it) => Ok(enterprises::store::known_as(tx, &it.uscc)?.is_some()),
        Understood::Record(it) => Ok(records::store::is_there(tx, it)?),
    }
}

pub(crate) fn put(tx: &mut Tx<'_>, it: Understood, import: ImportId) -> Result<(), Problem> {
    match it {
        Understood::Enterprise(it) => {
            let home = Scope::County(Tenant::of_id(import.into()));
            let city = divisions::city_of(tx, &home)?;
            enterprises::place_new(tx, home, city, it, Some(import.into()))?;
        }
        Understood::Community(place, it) => {
            communities::place_new(tx, place, it, Some(import.into()))?;
        }
        Understood::Record(it) => records::store::add(tx, &it, Some(import.into()))?,
    }
    Ok(())
}

/// A batch's rows, or all of them, came or went: said once for many rows.
pub(crate) fn moved(tx: &mut Tx<'_>, import: &Import) -> Result<(), Problem> {
    let city = divisions::city_of(tx, &Scope::County(import.tenant()))?;
    Ok(records::standings::moved(tx, (import.tenant(), city), &import.register)?)
}
