//! The clock's door: rows follow the communities that moved, in small units, wherever a stop left them.

use app::App;
use kernel::{Actor, Hat, Problem, Role, Scope, UserId};

use super::{actions, store};

/// Rows of a unit: it holds the writer only a moment.
const STEP: i64 = 500;

/// The registry's own rows that lie in a neighborhood.
pub(crate) const MOVED: &[&str] = &[include_str!("sql/records.sql")];

/// Lets every row follow; `statements` are those of the other rooms. How many communities arrived whole.
pub(crate) async fn follow(app: &App, statements: &[&'static str]) -> Result<usize, Problem> {
    let all: Vec<&'static str> = MOVED.iter().chain(statements).copied().collect();
    let ctx = || {
        let hat = Hat { grant: 0, role: Role::Job, scope: Scope::Nothing };
        app.ctx(Actor { user: UserId::from(0), hat }, None)
    };
    let waiting = app.store.read(ctx(), |tx| Ok(store::waiting(tx)?)).await?;
    let arrived = waiting.len();
    for it in waiting {
        loop {
            let (it, statements) = (it.clone(), all.clone());
            let step = app.store.write(ctx(), move |tx| actions::follow(tx, &it, &statements, STEP));
            if step.await? {
                break;
            }
        }
    }
    Ok(arrived)
}
