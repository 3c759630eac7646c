//! The crowded lane of a PostgreSQL store: verbs whose units keep undoing each other — a county's next number, a vote's next leaf.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};
use kernel::Problem;

use crate::unit::Unit;

/// How long a verb stays crowded, and how long at most: it is tried side by side again, and each time that soon comes to nothing it
/// stays twice as long.
const STAYS: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(64);

#[derive(Clone, Copy)]
struct Crowd {
    until: Instant,
    stays: Duration,
}

impl Crowd {
    /// What a verb's next crowd is after `before`, when its units undid each other at `now`.
    fn after(before: Option<Self>, now: Instant) -> Self {
        let stays = match before {
            Some(it) if now < it.until => return it,
            Some(it) if now < it.until + it.stays => (it.stays * 2).min(LONGEST),
            _ => STAYS,
        };
        Self { until: now + stays, stays }
    }
}

pub(crate) struct Lane {
    waiting: Sender<Box<dyn Unit>>,
    /// Verbs that are or were crowded.
    crowded: Mutex<HashMap<&'static str, Crowd>>,
    /// Held by whoever writes side by side; held alone by what came to nothing even in the lane.
    writers: RwLock<()>,
}

impl Lane {
    /// The lane, and what waits in it: no more than `longest`.
    pub(crate) fn new(longest: usize) -> (Self, Receiver<Box<dyn Unit>>) {
        let (waiting, queue) = bounded(longest);
        (Self { waiting, crowded: Mutex::default(), writers: RwLock::default() }, queue)
    }

    fn verbs(&self) -> MutexGuard<'_, HashMap<&'static str, Crowd>> {
        self.crowded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_crowded(&self, unit: &dyn Unit) -> bool {
        self.verbs().get(unit.verb()).is_some_and(|it| Instant::now() < it.until)
    }

    /// Its units undid each other.
    pub(crate) fn crowd(&self, unit: &dyn Unit) {
        let mut verbs = self.verbs();
        let crowd = Crowd::after(verbs.get(unit.verb()).copied(), Instant::now());
        verbs.insert(unit.verb(), crowd);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_that_is_crowded_again_as_soon_as_it_may_stays_twice_as_long() {
        let now = Instant::now();
        let first = Crowd::after(None, now);
        assert_eq!((first.until, first.stays), (now + STAYS, STAYS));
        let meanwhile = Crowd::after(Some(first), now + STAYS / 2);
        assert_eq!((meanwhile.until, meanwhile.stays), (first.until, STAYS));
        let soon = Crowd::after(Some(first), first.until);
        assert_eq!((soon.until, soon.stays), (first.until + STAYS * 2, STAYS * 2));
        let later = Crowd::after(Some(soon), soon.until + soon.stays);
        assert_eq!(later.stays, STAYS);
        let longest = Crowd { until: now, stays: LONGEST };
        assert_eq!(Crowd::after(Some(longest), now).stays, LONGEST);
    }
}
