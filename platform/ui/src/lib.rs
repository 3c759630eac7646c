//! The look: the layout, one folder per component with its markup, the stylesheet and the few scripts, all embedded.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::LazyLock,
};

/// Name, kind and bytes of every file a page may ask for. Tabler comes from npm and is embedded as it is.
const ASSETS: &[(&str, &str, &[u8])] = &[
    (
        "tabler.css",
        "text/css; charset=utf-8",
        include_bytes!("../../../node_modules/@tabler/core/dist/css/tabler.min.css"),
    ),
    ("house.css", "text/css; charset=utf-8", include_bytes!("assets/house.css")),
    ("house.js", "text/javascript; charset=utf-8", include_bytes!("assets/house.js")),
];

/// The kind and bytes of an embedded file.
#[must_use]
pub fn asset(name: &str) -> Option<(&'static str, &'static [u8])> {
    ASSETS.iter().find(|it| it.0 == name).map(|it| (it.1, it.2))
}

/// A short digest over all of them: part of their address, so that browsers may keep them for good.
#[must_use]
pub fn digest() -> &'static str {
    static DIGEST: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        ASSETS.hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    });
    &DIGEST
}
