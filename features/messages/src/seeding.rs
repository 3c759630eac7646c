//! For the demonstration: what was told long ago was read, and nothing goes to anybody's phone on its first day.

use ::store::Tx;
use jiff::Timestamp;
use kernel::Problem;

/// # Errors
/// When the store refuses.
pub fn settle(tx: &mut Tx<'_>, read_until: Timestamp) -> Result<(), Problem> {
    tx.change(include_str!("sql/settle.sql"), &[read_until.into()])?;
    jobs::settle(tx, super::telling::KIND, "演示：视为已发")?;
    Ok(())
}
