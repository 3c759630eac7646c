//! What happened to spot checks, for the audit log: never what anybody said they voted.

use ::store::Event;
use serde::Serialize;

use crate::decisions::{DecisionId, events::decision_event};

decision_event!(BallotsDrawn, "assemblies.ballots_drawn", { version: i64, share: u32, ballots: usize });
decision_event!(OwnerAsked, "assemblies.owner_asked", { place: i64, state: &'static str });
