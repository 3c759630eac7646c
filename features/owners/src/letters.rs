//! The code of a letter: made from the house's key, kept only as a keyed hash.

use app::Vault;
use kernel::Problem;

use crate::{rules, types::LetterId};

/// The code a letter carries.
pub(crate) fn code_of(vault: &Vault, id: LetterId) -> Result<String, Problem> {
    let mark = |n: u8| vault.look_up(&format!("owner letter {} {n}", i64::from(id)));
    let code = identifiers::spoken_code(&(mark(0) + &mark(1)), rules::CODE_LENGTH);
    code.ok_or_else(|| Problem::Broken(anyhow::anyhow!("no code came out of the key")))
}

/// What a code is found by.
pub(crate) fn digest(vault: &Vault, code: &str) -> String {
    vault.look_up(&format!("owner letter code {code}"))
}

/// What homes bound on one browser have in common.
pub(crate) fn device_hash(vault: &Vault, mark: &str) -> String {
    vault.look_up(&format!("bound on {mark}")).chars().take(32).collect()
}

/// What a phone is found by.
pub(crate) fn phone_hash(vault: &Vault, phone: &identifiers::Phone) -> String {
    vault.look_up(&format!("owner phone {}", phone.reveal()))
}
