//! The packs that ship with the house, and the pack a campaign has pinned.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use ::store::StoreError;
use kernel::Problem;
use rules::{Pack, PackFiles};
use serde::{Deserialize, Serialize};

use crate::openings::types::CampaignId;

/// Name and files of every shipped campaign pack.
const SHIPPED: [(&str, &str, &str); 2] = [
    (
        "luan-2024-beautiful-home",
        include_str!("../../../packs/luan-2024-beautiful-home/pack.toml"),
        include_str!("../../../packs/luan-2024-beautiful-home/standard.toml"),
    ),
    (
        "beijing-2023-beautiful-home",
        include_str!("../../../packs/beijing-2023-beautiful-home/pack.toml"),
        include_str!("../../../packs/beijing-2023-beautiful-home/standard.toml"),
    ),
];

#[derive(Serialize, Deserialize)]
struct Pinned {
    pack: String,
    standard: String,
}

/// Names and titles to choose from.
pub(crate) fn all() -> Vec<(String, String)> {
    SHIPPED.iter().filter_map(|(name, ..)| Some(((*name).to_owned(), shipped(name)?.title))).collect()
}

pub(crate) fn shipped(name: &str) -> Option<Pack> {
    let (_, pack, standard) = SHIPPED.iter().find(|it| it.0 == name)?;
    Pack::parse(&PackFiles { pack: (*pack).to_owned(), standard: (*standard).to_owned(), base: None }).ok()
}

/// The text a campaign keeps of its pack.
pub(crate) fn pin(name: &str) -> Result<String, Problem> {
    let (_, pack, standard) = SHIPPED.iter().find(|it| it.0 == name).ok_or(Problem::NotFound)?;
    let pinned = Pinned { pack: (*pack).to_owned(), standard: (*standard).to_owned() };
    serde_json::to_string(&pinned).map_err(|it| Problem::Broken(it.into()))
}

/// The pack a campaign pinned, read once for the life of the process: its text never changes, and reading it takes
/// longer than most of what is done with it. `text` is asked for only then.
pub(crate) fn pinned(
    house: u64,
    campaign: CampaignId,
    text: impl FnOnce() -> Result<String, StoreError>,
) -> Result<PinnedPack, Problem> {
    static READ: LazyLock<Mutex<HashMap<(u64, CampaignId), PinnedPack>>> = LazyLock::new(Mutex::default);
    // Whoever fell over with the map in hand left it whole: it is only ever added to.
    if let Some(found) = READ.lock().unwrap_or_else(PoisonError::into_inner).get(&(house, campaign)) {
        return Ok(found.clone());
    }
    let unpinned = unpin(&text()?)?;
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if MOST_READ <= read.len() {
        read.clear();
    }
    read.insert((house, campaign), unpinned.clone());
    Ok(unpinned)
}

fn unpin(text: &str) -> Result<PinnedPack, Problem> {
    let Pinned { pack, standard } = serde_json::from_str(text).map_err(|it| Problem::Broken(it.into()))?;
    let files = PackFiles { pack, standard, base: None };
    let pack = Pack::parse(&files).map_err(|it| Problem::Broken(it.into()))?;
    Ok(PinnedPack(Arc::new(Unpinned { pack, files })))
}

/// A pinned pack, and the text it was read from; cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct PinnedPack(Arc<Unpinned>);

#[derive(Debug)]
struct Unpinned {
    pack: Pack,
    files: PackFiles,
}

impl PinnedPack {
    /// The pinned text, which a county may refine.
    pub(crate) fn files(&self) -> &PackFiles {
        &self.0.files
    }
}

impl Deref for PinnedPack {
    type Target = Pack;

    fn deref(&self) -> &Pack {
        &self.0.pack
    }
}

const MOST_READ: usize = 64;

/// The pinned pack as a county refines it.
///
/// # Errors
/// Every fault of the refining standard, for its author.
pub(crate) fn refined(base: &PackFiles, standard: &str) -> Result<PinnedPack, ::rules::Faults> {
    let pack =
        "name = \"county\"\ntitle = \"县区细化\"\nrevision = \"1\"\nrefines = \"../base\"\n".to_owned();
    let base = Some(Box::new(base.clone()));
    let files = PackFiles { pack, standard: standard.to_owned(), base };
    Ok(PinnedPack(Arc::new(Unpinned { pack: Pack::parse(&files)?, files })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_sound_and_comes_back_as_it_was_pinned() {
        assert_eq!(all().len(), SHIPPED.len());
        for (name, _) in all() {
            assert_eq!(unpin(&pin(&name).unwrap()).unwrap().standard, shipped(&name).unwrap().standard);
        }
    }
}
