//! Who may cast. Pure; what staff may do stands in the policy of decisions.

use kernel::{Denied, Permit};

/// 投票: whoever holds the letter's code; the code is what is checked.
pub(crate) fn may_vote() -> Result<Permit, Denied> {
    Permit::when(true, true, "assemblies.vote")
}
