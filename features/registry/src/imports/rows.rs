//! A staged row as the community or the record it is to become, against what the registers know.

use std::collections::{BTreeMap, HashMap};

use ::store::Tx;
use kernel::{FieldError, Place, Problem};

use super::{
    rules,
    types::{COMMUNITIES, Import, ImportId, StagedRow},
};
use crate::{
    communities::{self, Particulars},
    divisions,
    records::{self, Record},
};

/// What a row becomes.
pub(crate) enum Understood {
    Community(Place, Particulars),
    Record(Record),
}

/// What rows name, looked up once for many of them.
#[derive(Default)]
pub(crate) struct Known {
    /// Neighborhoods by the names people write.
    pub(crate) neighborhoods: BTreeMap<String, i64>,
    /// Where a community lies, by its name or number; or why it is not to be told.
    communities: HashMap<String, Result<Place, &'static str>>,
}

impl Known {
    pub(crate) fn of(neighborhoods: BTreeMap<String, i64>) -> Self {
        Self { neighborhoods, communities: HashMap::new() }
    }

    fn community(
        &mut self,
        tx: &mut Tx<'_>,
        import: &Import,
        named: &str,
    ) -> Result<Result<Place, &'static str>, Problem> {
        if let Some(known) = self.communities.get(named) {
            return Ok(*known);
        }
        let found = match communities::store::called(tx, import.tenant(), named)?[..] {
            [id] => Ok(communities::load(tx, id)?.place),
            [] => Err("没有找到这个小区，请填写台账中的小区名称或编号"),
            _ => Err("本县区有几个小区叫这个名称，请改填小区编号"),
        };
        self.communities.insert(named.to_owned(), found);
        Ok(found)
    }
}

/// The row as it is meant, or every field that is wrong.
pub(crate) fn understood(
    tx: &mut Tx<'_>,
    import: &Import,
    row: &StagedRow,
    known: &mut Known,
) -> Result<Result<Understood, Vec<FieldError>>, Problem> {
    let read = if import.register == COMMUNITIES {
        community(tx, import, row, &known.neighborhoods)
    } else {
        record(tx, import, row, known)
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
    neighborhoods: &BTreeMap<String, i64>,
) -> Result<Understood, Problem> {
    let form = rules::form(row, &import.mapping, neighborhoods);
    let it = communities::rules::particulars(&form, i64::from(tx.ctx.today().year()))?;
    Ok(Understood::Community(divisions::place_of(tx, it.neighborhood)?, it))
}

fn record(
    tx: &mut Tx<'_>,
    import: &Import,
    row: &StagedRow,
    known: &mut Known,
) -> Result<Understood, Problem> {
    let kind = records::kinds::kind(&import.register).ok_or(Problem::NotFound)?;
    let (named, form) = rules::record_form(row, &import.mapping, kind.code);
    let (place, mut errors) = match known.community(tx, import, &named)? {
        Ok(place) => (place, vec![]),
        Err(message) => (Place::default(), vec![FieldError::new("community", message)]),
    };
    let place = records::with_enterprise(tx, place, kind, &form)?;
    let id = tx.ctx.new_id(import.tenant()).into();
    match records::rules::record(id, place, kind, &form, tx.ctx.today()) {
        Ok(record) if errors.is_empty() => Ok(Understood::Record(record)),
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
        Understood::Record(it) => Ok(records::store::is_there(tx, it)?),
    }
}

pub(crate) fn put(tx: &mut Tx<'_>, it: Understood, import: ImportId) -> Result<(), Problem> {
    match it {
        Understood::Community(place, it) => {
            communities::place_new(tx, place, it, Some(import.into()))?;
        }
        Understood::Record(it) => records::store::add(tx, &it, Some(import.into()))?,
    }
    Ok(())
}
