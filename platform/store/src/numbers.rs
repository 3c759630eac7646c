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

use crate::{Result, StoreError, Value, postgres_line::Line};

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

    /// The next number of a kind. `newest` reads the newest one that is kept, as `number`, if any; `anew` when a number taken before was another's.
    pub(crate) fn next(&self, tenant: i64, kind: &'static str, newest: &str, anew: bool) -> Result<i64> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.blocks.get(&(tenant, kind)).copied();
        let block = match left {
            Some(it) if it.next <= it.last && !anew => it,
            _ => {
                let length = Block::length_after(left.as_ref());
                let last = self.take(&mut taken, tenant, kind, newest, length)?;
                Block { next: last - length + 1, last, length, since: Instant::now() }
            }
        };
        taken.blocks.insert((tenant, kind), Block { next: block.next + 1, ..block });
        Ok(block.next)
    }

    /// Takes `length` numbers after whatever was given or kept, and says the last of them.
    fn take(&self, taken: &mut Taken, tenant: i64, kind: &str, newest: &str, length: i64) -> Result<i64> {
        let line = match taken.line.take().filter(|it| !it.is_closed()) {
            Some(it) => it,
            None => Line::connect(&self.config)?,
        };
        let one = |sql: &str, args: &[Value], column: &str| -> Result<Option<i64>> {
            Ok(line.query(sql, args)?.first().map(|it| it.try_get(column)).transpose()?)
        };
        let newest = one(newest, &[tenant.into()], "number")?.unwrap_or(0);
        let args = [tenant.into(), kind.into(), newest.into(), length.into()];
        let last = one(include_str!("sql/take_numbers.sql"), &args, "newest")?;
        taken.line = Some(line);
        last.ok_or(StoreError::Missing)
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
