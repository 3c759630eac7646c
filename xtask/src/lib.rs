//! Walks the house: its files, and the requirements its tests name.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The 250 numbered requirements of the four notices, by the letters of their place: how many each has.
pub const REQUIREMENTS: [(&str, usize); 4] = [("LA", 56), ("BJ", 36), ("FX", 61), ("SC", 97)];

/// Every file with this ending on the shelves, with its text.
#[must_use]
pub fn files_ending(ending: &str, shelves: &[&str]) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for shelf in shelves {
        walk(&root().join(shelf), ending, &mut found);
    }
    found
}

fn walk(dir: &Path, ending: &str, found: &mut BTreeMap<PathBuf, String>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for path in entries.filter_map(|it| Some(it.ok()?.path())) {
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.extension().is_some_and(|it| it == ending)
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.insert(path.strip_prefix(root()).map(Path::to_path_buf).unwrap_or(path), text);
        }
    }
}

/// Which tests name which requirement.
#[must_use]
pub fn covered() -> BTreeMap<String, Vec<PathBuf>> {
    let mut covered: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    let (rust, scripts) =
        (files_ending("rs", &["platform", "features", "server"]), files_ending("mjs", &["journeys"]));
    for (path, text) in rust.into_iter().chain(scripts) {
        for line in text.lines().filter_map(|it| it.trim().strip_prefix("// covers:")) {
            for id in line.split([',', ' ']).filter(|it| !it.is_empty()) {
                covered.entry(id.to_owned()).or_default().push(path.clone());
            }
        }
    }
    covered
}

/// Whether the notices have such a requirement.
#[must_use]
pub fn exists(id: &str) -> bool {
    let number =
        id.split_once('-').and_then(|(letters, digits)| Some((letters, digits.parse::<usize>().ok()?)));
    number
        .is_some_and(|(letters, n)| REQUIREMENTS.iter().any(|it| it.0 == letters && (1..=it.1).contains(&n)))
}

/// The top of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
