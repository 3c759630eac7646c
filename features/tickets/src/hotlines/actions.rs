//! The sheet against what the house knows, and its rows filed in small units.

use std::collections::HashMap;

use ::store::{Recorded, Tx};
use app::App;
use documents::Table;
use kernel::{Actor, FieldError, Problem};
use registry::communities;

use super::{
    policy,
    rules::{self, Row},
};
use crate::systems::{
    self,
    types::{Sending, System, SystemId},
};

/// Rows filed in one unit, so that it holds the writer only a moment.
const STEP: usize = 10;

/// What there is to file, and how many rows had come before.
pub(crate) struct Checked {
    pub(crate) system: System,
    pub(crate) new: Vec<Sending>,
    pub(crate) skipped: usize,
}

/// Looks at every row, and changes nothing.
///
/// # Errors
/// `Invalid` with every fault and its cell, when there is one.
pub(crate) fn check(tx: &mut Tx<'_>, system: SystemId, table: &Table) -> Result<Checked, Problem> {
    let _may = policy::may_import(&tx.ctx.actor)?;
    let system = systems::standing(tx, system)?;
    let read = rules::read(table, &system).map_err(|it| refused(&it))?;
    let (mut new, mut skipped, mut faults) = (vec![], 0, read.faults);
    // A sheet names few communities often; each is looked for once.
    let mut known = HashMap::new();
    for row in read.rows.iter().filter(|it| !it.sending.community.is_empty()) {
        match placed(tx, &system, row, &mut known) {
            Ok(Some(it)) => new.push(it),
            Ok(None) => skipped += 1,
            // Its number was missing, which is told already.
            Err(Problem::Invalid(errors)) => {
                let own = errors.into_iter().filter(|it| it.field == "community");
                faults.extend(own.map(|it| (row.line, it)));
            }
            Err(problem) => return Err(problem),
        }
    }
    if faults.is_empty() {
        return Ok(Checked { system, new, skipped });
    }
    Err(refused(&rules::listed(faults, &read.columns)))
}

/// The row with its community found, unless the case came before.
fn placed(
    tx: &mut Tx<'_>,
    system: &System,
    row: &Row,
    known: &mut HashMap<String, i64>,
) -> Result<Option<Sending>, Problem> {
    let named = &row.sending.community;
    let community = match known.get(named) {
        Some(it) => *it,
        None => meant(tx, named)?,
    };
    known.insert(named.clone(), community);
    let place = communities::load(tx, community.into())?.place;
    if policy::may_import_here(&tx.ctx.actor, &place).is_err() {
        let message = "这个小区不在您的管理范围内";
        return Err(Problem::Invalid(vec![FieldError::new("community", message)]));
    }
    let sending = Sending { community: community.to_string(), ..row.sending.clone() };
    let before = systems::sent_before(tx, system, &sending)?;
    Ok(before.is_none().then_some(sending))
}

/// A community of the desk's own county by its name or its number; otherwise one that an address names.
fn meant(tx: &mut Tx<'_>, named: &str) -> Result<i64, Problem> {
    let Some(tenant) = tx.ctx.actor.hat.scope.tenant() else { return systems::community(tx, named) };
    match communities::called(tx, tenant, named)?.as_slice() {
        [one] => Ok(i64::from(*one)),
        [] => {
            let found = systems::community(tx, named);
            let unknown = "本县台账里没有这个小区，请填写小区全称或编号（如舒城县-000012）";
            found.map_err(|_| Problem::Invalid(vec![FieldError::new("community", unknown)]))
        }
        _ => {
            let several = "本县有几个同名小区，请改填小区编号（在小区页面上，如舒城县-000012）";
            Err(Problem::Invalid(vec![FieldError::new("community", several)]))
        }
    }
}

fn refused(faults: &[String]) -> Problem {
    Problem::Invalid(faults.iter().map(|it| FieldError::new("file", it.clone())).collect())
}

const NOTHING_NEW: &str = "tickets.nothing_new";

fn nothing_new() -> Problem {
    Problem::Refused { code: NOTHING_NEW, message: "这些来件都已登记".to_owned() }
}

/// Files what is new, each case with its own row in the audit log. A file sent again goes on where it stopped.
///
/// # Errors
/// What stopped it, and how many had been filed by then.
pub(crate) async fn file(app: &App, actor: &Actor, checked: Checked) -> Result<usize, (usize, Problem)> {
    let mut filed = 0;
    for some in checked.new.chunks(STEP) {
        let mut coded = vec![];
        for it in some {
            let key = format!("inbound {} {}", i64::from(checked.system.id), it.outside);
            coded.push((
                it.clone(),
                crate::reporting::code_of(app, "inbound", Some(&key)).map_err(|it| (filed, it))?,
            ));
        }
        let (vault, calendar, system) = (app.vault.clone(), app.calendar.clone(), checked.system.clone());
        let work = move |tx: &mut Tx<'_>| {
            let (mut last, mut filed): (Option<Recorded>, usize) = (None, 0);
            for (sending, code) in &coded {
                // Another has brought the same sheet meanwhile.
                if systems::sent_before(tx, &system, sending)?.is_some() {
                    continue;
                }
                last = Some(systems::take_in(tx, &vault, &calendar, &system, sending, code)?.1);
                filed += 1;
            }
            last.map(|it| (filed, it)).ok_or_else(nothing_new)
        };
        match app.store.write(app.ctx(actor.clone(), None), work).await {
            Ok(some) => filed += some,
            Err(Problem::Refused { code: NOTHING_NEW, .. }) => {}
            Err(problem) => return Err((filed, problem)),
        }
    }
    Ok(filed)
}
