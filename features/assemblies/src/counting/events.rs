//! What happened to results, for the audit log.

use crate::decisions::{DecisionId, events::decision_event};
use ::store::Event;
use serde::Serialize;

decision_event!(BallotsOpened, "assemblies.counted", { version: i64, ballots: usize });
decision_event!(BallotVoid, "assemblies.ballot_void", { ballot: i64 });
decision_event!(ResultFinal, "assemblies.final", { version: i64 });
