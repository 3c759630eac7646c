//! The packs that ship with the house, those of its own notices, and the pack a campaign has pinned.

use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError},
};

use ::store::StoreError;
use kernel::{FieldError, Problem};
use rules::{Adjustment, Faults, Pack, PackFiles};
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

/// The packs of this house's own notices, read once at its start.
static OWN: OnceLock<Vec<(String, PackFiles)>> = OnceLock::new();

/// Adds the packs of the house's own notices to those that ship. Once, before the house opens.
///
/// # Errors
/// Every fault of a pack, for its author; a name that is there already.
pub fn add_packs(all: Vec<PackFiles>) -> anyhow::Result<usize> {
    let mut own: Vec<(String, PackFiles)> = vec![];
    for files in all {
        let pack = Pack::parse(&files)?;
        if own.iter().any(|it| it.0 == pack.name) || SHIPPED.iter().any(|it| it.0 == pack.name) {
            anyhow::bail!("规则包“{}”已经有了，请换一个 name", pack.name);
        }
        own.push((pack.name, files));
    }
    let added = own.len();
    OWN.set(own).map_err(|_| anyhow::anyhow!("规则包只能在启动时加入一次"))?;
    Ok(added)
}

#[derive(Serialize, Deserialize)]
struct Pinned {
    pack: String,
    standard: String,
    /// The pack it refines, for a notice that builds on another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base: Option<Box<Pinned>>,
}

impl From<PackFiles> for Pinned {
    fn from(it: PackFiles) -> Self {
        let base = it.base.map(|it| Box::new(Self::from(*it)));
        Self { pack: it.pack, standard: it.standard, base }
    }
}

impl From<Pinned> for PackFiles {
    fn from(it: Pinned) -> Self {
        let base = it.base.map(|it| Box::new(Self::from(*it)));
        Self { pack: it.pack, standard: it.standard, base }
    }
}

/// Names and titles to choose from: what ships, and then the house's own.
pub(crate) fn all() -> Vec<(String, String)> {
    let own = OWN.get().into_iter().flatten().map(|it| it.0.as_str());
    let names = SHIPPED.iter().map(|it| it.0).chain(own);
    names.filter_map(|name| Some((name.to_owned(), named(name)?.title))).collect()
}

fn files_of(name: &str) -> Option<PackFiles> {
    let shipped = SHIPPED.iter().find(|it| it.0 == name).map(|(_, pack, standard)| PackFiles {
        pack: (*pack).to_owned(),
        standard: (*standard).to_owned(),
        base: None,
    });
    shipped.or_else(|| OWN.get()?.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
}

pub(crate) fn named(name: &str) -> Option<Pack> {
    Pack::parse(&files_of(name)?).ok()
}

/// The text a campaign keeps of its pack, with what its own notice says otherwise.
///
/// # Errors
/// There is no such pack, or what is said otherwise leaves one that could not be kept.
pub(crate) fn pin(name: &str, adjustment: &Adjustment) -> Result<(String, Pack), Problem> {
    let mut files = files_of(name).ok_or(Problem::NotFound)?;
    if *adjustment != Adjustment::default() {
        files = files.adjusted(adjustment).map_err(faulty)?;
    }
    let pack = Pack::parse(&files).map_err(faulty)?;
    let text = serde_json::to_string(&Pinned::from(files)).map_err(|it| Problem::Broken(it.into()))?;
    Ok((text, pack))
}

/// What the engine says against it, without the lines of a file nobody typed.
fn faulty(faults: Faults) -> Problem {
    let messages: Vec<String> = faults.0.into_iter().map(|it| it.message).collect();
    Problem::Invalid(vec![FieldError::new("quotas", messages.join("；"))])
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
    let pinned: Pinned = serde_json::from_str(text).map_err(|it| Problem::Broken(it.into()))?;
    let files = PackFiles::from(pinned);
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
        assert!(SHIPPED.len() <= all().len());
        for (name, _) in all() {
            assert_eq!(
                unpin(&pin(&name, &Adjustment::default()).unwrap().0).unwrap().standard,
                named(&name).unwrap().standard
            );
        }
    }

    #[test]
    fn a_house_adds_its_own_notice_which_may_refine_another_and_no_name_twice() {
        let base = files_of("luan-2024-beautiful-home").unwrap();
        let own = |name: &str| PackFiles {
            pack: base.pack.replace("name = \"luan-2024-beautiful-home\"", &format!("name = \"{name}\"")),
            ..base.clone()
        };
        let twice = add_packs(vec![own("luan-2024-beautiful-home")]).unwrap_err().to_string();
        assert!(twice.contains("已经有了，请换一个 name"), "{twice}");
        let broken = PackFiles { standard: "[[".to_owned(), ..own("broken") };
        assert!(add_packs(vec![broken]).is_err());
        assert_eq!(add_packs(vec![own("shucheng-own")]).unwrap(), 1);
        assert_eq!(all().len(), SHIPPED.len() + 1);
        let pinned = unpin(&pin("shucheng-own", &Adjustment::default()).unwrap().0).unwrap();
        assert_eq!(pinned.standard, named("luan-2024-beautiful-home").unwrap().standard);
    }
}
