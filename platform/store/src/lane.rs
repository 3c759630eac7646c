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
/// What is looked back on.
const LATELY: Duration = Duration::from_secs(1);
/// So many undone, and fewer than so many through for each of them, make a crowd.
const FEWEST_UNDONE: u32 = 4;
const THROUGH_FOR_EACH: u32 = 8;

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

/// What is known of a verb: how its units came through side by side lately, and whether they are kept from it now. Some undo each other now and
/// then, by a page of an index they happen to share; a verb is crowded only when many do.
struct Fares {
    since: Instant,
    through: u32,
    undone: u32,
    crowd: Option<Crowd>,
}

impl Fares {
    fn from(now: Instant) -> Self {
        Self { since: now, through: 0, undone: 0, crowd: None }
    }

    fn fared(&mut self, undone: bool, now: Instant) {
        if LATELY < now.duration_since(self.since) {
            (self.since, self.through, self.undone) = (now, 0, 0);
        }
        if !undone {
            self.through += 1;
            return;
        }
        self.undone += 1;
        if FEWEST_UNDONE <= self.undone && self.through < self.undone * THROUGH_FOR_EACH {
            self.crowd = Some(Crowd::after(self.crowd, now));
            (self.since, self.through, self.undone) = (now, 0, 0);
        }
    }
}

pub(crate) struct Lane {
    waiting: Sender<Box<dyn Unit>>,
    /// How each verb fares.
    verbs: Mutex<HashMap<&'static str, Fares>>,
    /// Held by whoever writes side by side; held alone by what came to nothing even in the lane.
    writers: RwLock<()>,
}

impl Lane {
    /// The lane, and what waits in it: no more than `longest`.
    pub(crate) fn new(longest: usize) -> (Self, Receiver<Box<dyn Unit>>) {
        let (waiting, queue) = bounded(longest);
        (Self { waiting, verbs: Mutex::default(), writers: RwLock::default() }, queue)
    }

    fn verbs(&self) -> MutexGuard<'_, HashMap<&'static str, Fares>> {
        self.verbs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_crowded(&self, unit: &dyn Unit) -> bool {
        let now = Instant::now();
        self.verbs().get(unit.verb()).and_then(|it| it.crowd).is_some_and(|it| now < it.until)
    }

    /// A unit of this verb came through side by side with others, or was undone by one of them.
    pub(crate) fn fared(&self, verb: &'static str, undone: bool) {
        let now = Instant::now();
        self.verbs().entry(verb).or_insert_with(|| Fares::from(now)).fared(undone, now);
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
    fn a_few_that_undo_each_other_make_no_crowd_and_many_do() {
        let now = Instant::now();
        let mut rare = Fares::from(now);
        for n in 0..1_000 {
            rare.fared(n % 20 == 7, now);
        }
        assert!(rare.crowd.is_none(), "one in twenty");
        let mut often = Fares::from(now);
        (0..3).for_each(|_| often.fared(true, now));
        assert!(often.crowd.is_none());
        often.fared(true, now);
        assert!(often.crowd.is_some());
        // What was long ago is forgotten.
        let mut slow = Fares::from(now);
        for n in 0..50_u64 {
            slow.fared(true, now + LATELY * 2 * n as u32);
        }
        assert!(slow.crowd.is_none());
    }

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
