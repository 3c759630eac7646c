//! 群众端 — reporting without an account, tracking by code, and what only the reporter may do.

pub(crate) mod actions;
pub(crate) mod codes;
pub(crate) mod feeds;
pub(crate) mod find_pages;
mod places;
mod queries;
pub(crate) mod report_pages;
mod rules;
pub(crate) mod track_pages;

pub(crate) use actions::{by_code, meant};
#[cfg(feature = "seeding")]
pub(crate) use actions::{rate_marked, withdraw_marked};
pub(crate) use places::{Tree, own_tree};
pub(crate) use queries::{Brief, NearbyView, brief, category_label, nearby, number_of, slot_label};

/// Whether a kind of report is one in which somebody may come to harm within the hour.
pub(crate) fn is_dangerous(category: &str) -> bool {
    crate::profiles::rules::category(category)
        .is_some_and(|it| it.urgency == crate::profiles::types::Urgency::Danger)
}

/// In two fives, as it is read aloud; what is no code as it was typed.
pub(crate) fn spoken(code: &str) -> String {
    let typed = rules::typed_code(code);
    typed.map_or_else(|| code.to_owned(), |it| identifiers::grouped_code(&it, rules::CODE_LENGTH / 2))
}

/// The code of the case a form files, out of the form's key: the same form sent again leads to the same code, and nobody
/// without the house's key can tell one from the other.
/// `door` parts those who send: what comes in by one door is never asked for by another, whatever key is sent there.
pub(crate) fn code_of(app: &app::App, door: &str, key: Option<&str>) -> Result<String, kernel::Problem> {
    let key = key.unwrap_or_default();
    let mark = |n: u8| app.vault.look_up(&format!("ticket code {door} {n} {key}"));
    let code = identifiers::spoken_code(&(mark(0) + &mark(1)), rules::CODE_LENGTH);
    code.ok_or_else(|| kernel::Problem::Broken(anyhow::anyhow!("no code came out of the key")))
}

/// The door of somebody's own desk.
pub(crate) fn desk_door(ctx: &kernel::Ctx) -> String {
    format!("desk {}", i64::from(ctx.actor.user))
}
