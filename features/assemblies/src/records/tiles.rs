//! The log as other programs read it (C2SP tlog-tiles): the newest checkpoint, and tiles of up to 256 hashes.

use ::store::Tx;
use kernel::Problem;

use super::{cosigning, queries, rules, store};
use crate::decisions::DecisionId;

/// Hashes of a whole tile.
const WIDTH: i64 = 256;
/// Levels a log of votes ever has: 256³ leaves are seventeen million.
const MOST_LEVEL: u32 = 2;

/// The newest checkpoint as text: the house's own note.
pub(crate) fn checkpoint(tx: &mut Tx<'_>, id: DecisionId) -> Result<String, Problem> {
    queries::noticed(tx, id)?;
    let newest = store::newest_checkpoints(tx, id, 1)?.pop();
    Ok(newest.ok_or(Problem::NotFound)?.note)
}

/// A tile as it is named: level, number, and how many hashes when it is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    level: u32,
    number: i64,
    width: i64,
}

impl Named {
    /// `0`, `x001/067` or `067.p/12`: groups of three digits, all but the last behind an x.
    pub(crate) fn parse(level: &str, path: &str) -> Option<Self> {
        let level = level.parse().ok().filter(|it| *it <= MOST_LEVEL)?;
        let (number, width) = match path.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok().filter(|it| (1..WIDTH).contains(it))?),
            None => (path, WIDTH),
        };
        let (mut whole, groups) = (0_i64, number.split('/').count());
        for (n, group) in number.split('/').enumerate() {
            let digits = if n + 1 == groups { group } else { group.strip_prefix('x')? };
            let three = digits.len() == 3 && digits.bytes().all(|it| it.is_ascii_digit());
            whole = whole.checked_mul(1000)?.checked_add(three.then(|| digits.parse().ok())??)?;
        }
        Some(Self { level, number: whole, width })
    }

    /// Leaves under one hash of it.
    fn span(self) -> i64 {
        WIDTH.pow(self.level)
    }
}

/// The bytes of a tile: its hashes one after another. Only what is signed is shown.
pub(crate) fn tile(tx: &mut Tx<'_>, id: DecisionId, named: Named) -> Result<Vec<u8>, Problem> {
    queries::noticed(tx, id)?;
    let signed = store::newest_checkpoints(tx, id, 1)?.pop().map_or(0, |it| it.size);
    let from = named.number.checked_mul(WIDTH * named.span()).ok_or(Problem::NotFound)?;
    let to =
        from.checked_add(named.width * named.span()).filter(|it| *it <= signed).ok_or(Problem::NotFound)?;
    let leaf = |it: &String| rules::bytes(it).map(|it| cosigning::leaf_hash(&it));
    let leaves: Option<Vec<_>> = store::hashes_between(tx, id, from, to)?.iter().map(leaf).collect();
    let leaves = leaves.ok_or_else(|| Problem::Broken(anyhow::anyhow!("a leaf is no hash")))?;
    Ok(leaves.chunks(named.span() as usize).flat_map(cosigning::root_over).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_named_by_groups_of_three_digits() {
        let named = |level, path| Named::parse(level, path).map(|it| (it.level, it.number, it.width));
        assert_eq!(named("0", "000"), Some((0, 0, 256)));
        assert_eq!(named("1", "x001/067"), Some((1, 1067, 256)));
        assert_eq!(named("0", "x001/x234/067.p/12"), Some((0, 1_234_067, 12)));
        for wrong in ["", "0", "1067", "001/067", "x001", "000.p/0", "000.p/256", "-01", "000.p/x"] {
            assert_eq!(named("0", wrong), None, "{wrong}");
        }
        assert_eq!(named("9", "000"), None);
    }
}
