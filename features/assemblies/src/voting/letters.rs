//! The code of a unit's letter: made from the house's key, kept only as a keyed hash.

use app::Vault;
use kernel::Problem;

use super::{rules, types::Letter};
use crate::decisions::DecisionId;

/// The code a unit's letter of this serial carries.
pub(crate) fn code_of(
    vault: &Vault,
    decision: DecisionId,
    unit: &str,
    serial: i64,
) -> Result<String, Problem> {
    let mark = |n: u8| vault.look_up(&format!("letter {n} {decision} {serial} {unit}"));
    let code = identifiers::spoken_code(&(mark(0) + &mark(1)), rules::CODE_LENGTH);
    code.ok_or_else(|| Problem::Broken(anyhow::anyhow!("no code came out of the key")))
}

/// What a code is found by.
pub(crate) fn digest(vault: &Vault, code: &str) -> String {
    vault.look_up(&format!("letter code {code}"))
}

/// A letter's code in fours, as it is printed.
pub(crate) fn printed(vault: &Vault, it: &Letter) -> Result<String, Problem> {
    Ok(identifiers::grouped_code(&code_of(vault, it.decision, &it.unit, it.serial)?, 4))
}
