//! The long work of an import, in small units: examining every row, then applying them; it goes on after a stop.

use std::time::Duration;

use ::store::Tx;
use app::App;
use kernel::{Actor, Hat, Problem, Role, Scope};

use super::{
    actions,
    rows::{self, Known},
    rules, store,
    types::{Counts, Import, ImportId, Mode},
};

/// Rows of a block. Applying one is a unit, so that it holds the writer only a moment.
pub(crate) const STEP: usize = 500;
/// Blocks examined in one unit: nothing is written for a row that is right.
const EXAMINED: i64 = 2;
const BUSY_WAIT: Duration = Duration::from_secs(1);

/// Goes through every row without changing the register, and notes what is wrong with each.
pub(crate) async fn examine(app: &App, actor: Actor, id: ImportId) -> Result<(), Problem> {
    let mut line = 0;
    loop {
        let ctx = app.ctx(actor.clone(), None);
        match app.store.housekeep(ctx, move |tx| examine_step(tx, id, line)).await? {
            Some(last) => line = last,
            None => return Ok(()),
        }
    }
}

fn examine_step(tx: &mut Tx<'_>, id: ImportId, line: i64) -> Result<Option<i64>, Problem> {
    let import = store::load(tx, id)?;
    let rows = store::rows(tx, id, line, EXAMINED)?;
    let known = Known::of(tx, &import)?;
    if line == 0 {
        store::forget_faults(tx, id)?;
    }
    for row in &rows {
        if let Err(errors) = rows::understood(tx, &import, row, &known)? {
            store::add_fault(tx, id, row, rules::faults(&errors, row, &import.mapping))?;
        }
    }
    let last = rows.last().map(|it| it.line);
    // Counted anew, not on: the columns may be chosen again while an examination is under way.
    let counts = Counts { refused: store::count_faults(tx, id)?, ..import.counts };
    store::save(tx, &Import { counts, ..import })?;
    Ok(last)
}

/// How an import stands after one unit.
enum Step {
    More,
    Through,
    /// A row that was right when it was examined is not any more, and the file was to go in whole or not at all.
    GoneBad,
}

/// Applies the rows, then closes the batch: done, or undone as a whole.
pub(crate) async fn apply(app: App, actor: Actor, id: ImportId) -> Result<(), Problem> {
    loop {
        let ctx = app.ctx(actor.clone(), None);
        match app.store.housekeep(ctx.clone(), move |tx| apply_step(tx, id)).await {
            Ok(Step::More) => {}
            Ok(Step::Through) => return app.store.write(ctx, move |tx| actions::finish(tx, id)).await,
            Ok(Step::GoneBad) => return app.store.write(ctx, move |tx| actions::undo(tx, id)).await,
            // The store is busy: the work waits its turn, people come first.
            Err(Problem::Busy(_)) => tokio::time::sleep(BUSY_WAIT).await,
            Err(problem) => return Err(problem),
        }
    }
}

/// One unit: the next rows.
fn apply_step(tx: &mut Tx<'_>, id: ImportId) -> Result<Step, Problem> {
    let import = store::load(tx, id)?;
    let gone_bad = |counts: &Counts| import.mode == Some(Mode::AllOrNothing) && 0 < counts.refused;
    if gone_bad(&import.counts) {
        return Ok(Step::GoneBad);
    }
    let rows = store::rows(tx, id, import.through, 1)?;
    let Some(through) = rows.last().map(|it| it.line) else { return Ok(Step::Through) };
    let known = Known::of(tx, &import)?;
    let mut counts = import.counts;
    for row in &rows {
        match rows::understood(tx, &import, row, &known)? {
            Err(_) => counts.refused += 1,
            Ok(it) if rows::is_there(tx, &it)? => counts.skipped += 1,
            Ok(it) => {
                rows::put(tx, it, id)?;
                counts.applied += 1;
            }
        }
    }
    rows::moved(tx, &import)?;
    let step = if gone_bad(&counts) { Step::GoneBad } else { Step::More };
    store::save(tx, &Import { counts, through, ..import })?;
    Ok(step)
}

/// Takes up what a stop interrupted, on behalf of whoever started it.
pub(crate) async fn resume(app: &App) -> Result<(), Problem> {
    let interrupted = app.store.read(app.ctx(Actor::public(), None), |tx| Ok(store::applying(tx)?)).await?;
    for import in interrupted {
        let hat = Hat { grant: 0, role: Role::CountyBureau, scope: Scope::County(import.tenant()) };
        // One import that cannot go on must not keep the house shut: the others go on, and this one is told.
        if let Err(problem) = apply(app.clone(), Actor { user: import.person, hat }, import.id).await {
            tracing::error!(import.id = %import.id, %problem, "An interrupted import could not go on");
        }
    }
    Ok(())
}
