//! The crowded lane of a PostgreSQL store: verbs whose units keep undoing each other — a county's next number, a vote's next leaf.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};
use kernel::Problem;

use crate::unit::Unit;

/// How long a verb stays crowded after the last of its units came.
const STAYS: Duration = Duration::from_secs(2);

pub(crate) struct Lane {
    waiting: Sender<Box<dyn Unit>>,
    /// Verbs, and until when they are crowded.
    crowded: Mutex<HashMap<&'static str, Instant>>,
    /// Held by whoever writes side by side; held alone by what came to nothing even in the lane.
    writers: RwLock<()>,
}

impl Lane {
    /// The lane, and what waits in it: no more than `longest`.
    pub(crate) fn new(longest: usize) -> (Self, Receiver<Box<dyn Unit>>) {
        let (waiting, queue) = bounded(longest);
        (Self { waiting, crowded: Mutex::default(), writers: RwLock::default() }, queue)
    }

    fn verbs(&self) -> MutexGuard<'_, HashMap<&'static str, Instant>> {
        self.crowded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_crowded(&self, unit: &dyn Unit) -> bool {
        let mut verbs = self.verbs();
        match verbs.get(unit.verb()) {
            Some(until) if Instant::now() < *until => true,
            Some(_) => {
                verbs.remove(unit.verb());
                false
            }
            None => false,
        }
    }

    pub(crate) fn crowd(&self, unit: &dyn Unit) {
        self.verbs().insert(unit.verb(), Instant::now() + STAYS);
    }

    pub(crate) fn take(&self, unit: Box<dyn Unit>) {
        if let Err(back) = self.waiting.try_send(unit) {
            back.into_inner().answer(Some(Problem::Busy(anyhow::anyhow!("the lane is full"))));
        }
    }

    /// Units that wait in it.
    pub(crate) fn len(&self) -> usize {
        self.waiting.len()
    }

    pub(crate) fn beside(&self) -> RwLockReadGuard<'_, ()> {
        self.writers.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn alone(&self) -> RwLockWriteGuard<'_, ()> {
        self.writers.write().unwrap_or_else(PoisonError::into_inner)
    }
}
