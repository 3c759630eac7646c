//! The clock's door: every rule looks at every county, and what it finds is raised in a unit of its own.

use app::App;
use kernel::{Actor, Hat, Problem, Role, Scope, UserId};
use registry::divisions;

use super::{actions, queries, rules};

/// Looks once. Says how many warnings were raised.
///
/// # Errors
/// When the store refuses.
pub(crate) async fn look(app: &App) -> Result<usize, Problem> {
    let actor =
        Actor { user: UserId::from(0), hat: Hat { grant: 0, role: Role::Job, scope: Scope::Nothing } };
    let rules = rules::shipped().map_err(|it| Problem::Broken(anyhow::anyhow!(it)))?;
    let ctx = || app.ctx(actor.clone(), None);
    let counties = app.store.read(ctx(), |tx| Ok(divisions::counties(tx)?)).await?;
    let mut raised = 0;
    for (tenant, _) in counties {
        for rule in &rules.rules {
            let asked = rule.clone();
            let found = app.store.read(ctx(), move |tx| queries::found(tx, tenant, &asked)).await?;
            for it in found {
                let (rule, calendar) = (rule.clone(), app.calendar.clone());
                match app.store.write(ctx(), move |tx| actions::raise(tx, &calendar, &rule, &it)).await {
                    Ok(()) => raised += 1,
                    // It stands already, raised in an earlier round or by another process.
                    Err(Problem::Conflict) => {}
                    Err(problem) => tracing::error!(tenant, %problem, "A warning could not be raised"),
                }
            }
        }
    }
    Ok(raised)
}
