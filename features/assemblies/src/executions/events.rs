//! What happened to executions, for the audit log.

use ::store::Event;
use serde::Serialize;

use crate::decisions::{DecisionId, events::decision_event};

decision_event!(ExecutionPlanned, "assemblies.execution_planned", { n: i64 });
decision_event!(ExecutionDone, "assemblies.execution_done", { n: i64 });
