//! Proof that a policy was asked.

/// Evidence that a `policy.rs` said yes. Recording asks for one, and nothing is committed unrecorded.
#[must_use]
#[derive(Debug)]
pub struct Permit {
    /// The permission's name, which the audit log keeps: `registry.edit_community`.
    pub name: &'static str,
}

/// A policy's no. Out of scope is answered like a missing id, so that nobody learns what exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("没有权限：{name}")]
pub struct Denied {
    pub name: &'static str,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    OutOfScope,
    NotThisVerb,
}

impl Permit {
    /// Only `policy.rs` files may call this (a house test checks).
    ///
    /// # Errors
    /// [`Denied`] when the thing lies outside the hat's scope, or the role may not do this to it.
    pub fn when(in_scope: bool, allowed: bool, name: &'static str) -> Result<Self, Denied> {
        match (in_scope, allowed) {
            (true, true) => Ok(Self { name }),
            (true, false) => Err(Denied { name, why: Why::NotThisVerb }),
            (false, _) => Err(Denied { name, why: Why::OutOfScope }),
        }
    }
}
