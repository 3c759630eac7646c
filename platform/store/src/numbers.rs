//! Numbers that things go by, where writers stand side by side: taken outside their transactions, in blocks that grow with the rush.
//!
//! Were the next number read from what is kept, of two that file in one county at once one would have to be undone. So a number is given
//! to one unit for good, and a unit that comes to nothing leaves a gap, as a torn-out page of a numbered pad does.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio_postgres::Config;

use crate::{Result, StoreError, Value, postgres_line::Line, postgres_store::connect};

/// The most numbers taken at once; what is left of them when the process ends stays unused.
const MOST: i64 = 32;
/// A block used up sooner is followed by one twice as long, otherwise by a single number.
const SOON: Duration = Duration::from_secs(1);

pub(crate) struct Numbers {
    config: Config,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    line: Option<Line>,
    blocks: HashMap<(i64, &'static str), Block>,
}

#[derive(Clone, Copy)]
struct Block {
    next: i64,
    last: i64,
    length: i64,
    since: Instant,
}

impl Block {
    fn length_after(before: Option<&Self>) -> i64 {
        match before {
            Some(it) if it.since.elapsed() < SOON => (it.length * 2).min(MOST),
            _ => 1,
        }
    }
}

impl Numbers {
    pub(crate) fn of(config: &Config) -> Self {
        Self { config: config.clone(), taken: Mutex::default() }
    }

    /// The next number of a kind. `newest` reads the newest one that is kept, as `number`, if any; `anew` when the
    /// unit runs again: a number it took before may have been kept by somebody who does not know of the count.
    pub(crate) fn next(&self, tenant: i64, kind: &'static str, newest: &str, anew: bool) -> Result<i64> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let before = taken.blocks.get(&(tenant, kind)).copied();
        let left = before.filter(|it| it.next <= it.last);
        let block = match left {
            Some(it) if !anew || self.kept(&mut taken, tenant, newest)? < it.next => it,
            _ => {
                let length = Block::length_after(before.as_ref());
                let last = self.take(&mut taken, tenant, kind, newest, length)?;
                Block { next: last - length + 1, last, length, since: Instant::now() }
            }
        };
        taken.blocks.insert((tenant, kind), Block { next: block.next + 1, ..block });
        Ok(block.next)
    }

    /// The newest number that is kept, by whomever it was given; 0 before the first.
    fn kept(&self, taken: &mut Taken, tenant: i64, newest: &str) -> Result<i64> {
        Ok(self.asked(taken, newest, &[tenant.into()], "number")?.unwrap_or(0))
    }

    /// Takes `length` numbers after whatever was given or kept, and says the last of them.
    fn take(&self, taken: &mut Taken, tenant: i64, kind: &str, newest: &str, length: i64) -> Result<i64> {
        let kept = self.kept(taken, tenant, newest)?;
        let args = [tenant.into(), kind.into(), kept.into(), length.into()];
        let last = self.asked(taken, include_str!("sql/take_numbers.sql"), &args, "newest")?;
        last.ok_or(StoreError::Missing)
    }

    /// The first row's column; the connection is opened anew when it has gone.
    fn asked(&self, taken: &mut Taken, sql: &str, args: &[Value], column: &str) -> Result<Option<i64>> {
        let line = match taken.line.take().filter(|it| !it.is_closed()) {
            Some(it) => it,
            None => connect(&self.config)?,
        };
        let found = line.query(sql, args)?.first().map(|it| it.try_get(column)).transpose()?;
        taken.line = Some(line);
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_county_takes_one_number_and_a_rush_takes_more_each_time() {
        let block = |length, since| Block { next: 1, last: length, length, since };
        let now = Instant::now();
        assert_eq!(Block::length_after(None), 1);
        assert_eq!(Block::length_after(Some(&block(1, now))), 2);
        assert_eq!(Block::length_after(Some(&block(MOST, now))), MOST);
        let long_ago = now.checked_sub(SOON).unwrap_or(now);
        assert_eq!(Block::length_after(Some(&block(MOST, long_ago))), 1);
    }
}
