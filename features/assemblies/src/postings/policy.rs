//! Who may object. Pure.

use kernel::{Denied, Permit};

/// 提出异议: anybody; what was posted was posted to everybody.
pub(crate) fn may_object() -> Result<Permit, Denied> {
    Permit::when(true, true, "assemblies.object")
}
