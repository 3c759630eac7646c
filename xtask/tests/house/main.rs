//! What keeps the plan true after we have gone home.

use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};
use store::{Kind, Listing, blocks};
use testkit::{House, on_both_stores};
use xtask::{covered, exists, files_ending, root};

const LONGEST_FILE: usize = 400;
const SHELVES: &[&str] = &["platform", "features", "server", "xtask"];

/// Words that may not appear in a file of this name, before its tests begin.
const BANNED: &[(&str, &[&str])] = &[
    ("types.rs", &["rusqlite", "axum", "async fn", "std::fs", "std::env"]),
    ("rules.rs", &["rusqlite", "axum", "async fn", "std::fs", "std::env", "Timestamp::now", "Tx<"]),
    ("policy.rs", &["rusqlite", "axum", "async fn", "std::fs", "Timestamp::now", "Tx<"]),
    ("labels.rs", &["rusqlite", "axum", "async fn"]),
    ("actions.rs", &["rusqlite", "axum", "web::", "include_str!"]),
    ("queries.rs", &["rusqlite", "axum", "include_str!", ".record("]),
    ("store.rs", &["axum", "policy::", "rules::"]),
    ("pages.rs", &["rusqlite", "include_str!", "rules::decide"]),
    ("api.rs", &["rusqlite", "include_str!", "rules::"]),
];

#[test]
fn a_crate_stands_only_on_lower_levels() {
    let metadata = MetadataCommand::new().manifest_path(root().join("Cargo.toml")).exec().unwrap();
    let level = |name: &str| {
        let package = metadata.workspace_packages().into_iter().find(|it| it.name.as_str() == name)?;
        let level = package.metadata["house"]["level"].as_u64();
        Some(level.unwrap_or_else(|| panic!("{name} has no [package.metadata.house] level")))
    };
    for package in metadata.workspace_packages() {
        for dependency in package.dependencies.iter().filter(|it| it.kind == DependencyKind::Normal) {
            if let (Some(above), Some(below)) = (level(&package.name), level(&dependency.name)) {
                assert!(
                    below < above,
                    "{} (level {above}) may not stand on {} (level {below})",
                    package.name,
                    dependency.name
                );
            }
        }
    }
}

#[test]
fn files_keep_to_their_names_and_their_length() {
    let mut faults = vec![];
    for (path, text) in files_ending("rs", SHELVES) {
        let name = path.file_name().unwrap().to_str().unwrap();
        // The engine's crate is `::rules`; what a store may not know is its own room's `rules`.
        let code = text.split("#[cfg(test)]").next().unwrap().replace("::rules::", "");
        for (_, words) in BANNED.iter().filter(|(file, _)| *file == name && path.starts_with("features")) {
            for word in words.iter().filter(|it| code.contains(**it)) {
                faults.push(format!("{} says `{word}`", path.display()));
            }
        }
        let is_test = path.iter().any(|it| it == "tests");
        let may_permit = name == "policy.rs" || name == "permit.rs" || is_test;
        if !may_permit && code.contains("Permit::when") {
            faults.push(format!("{} makes a permit; only policy.rs may", path.display()));
        }
        if !text.starts_with("//!") {
            faults.push(format!("{} does not begin by saying what it is for", path.display()));
        }
    }
    for ending in ["rs", "html", "css", "js", "mjs", "sql", "py"] {
        let shelves: Vec<&str> = SHELVES.iter().copied().chain(["journeys", "tools"]).collect();
        for (path, text) in files_ending(ending, &shelves) {
            if LONGEST_FILE < text.lines().count() {
                faults.push(format!("{} is longer than {LONGEST_FILE} lines", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_room_touches_only_its_own_tables() {
    let mut faults = vec![];
    for (path, sql) in files_ending("sql", &["features"]) {
        let room = path.iter().nth(1).unwrap().to_str().unwrap();
        let said: Vec<&str> = sql.lines().filter(|it| !it.trim_start().starts_with("--")).collect();
        let words: Vec<&str> = said.iter().flat_map(|it| it.split_whitespace()).collect();
        for pair in words.windows(2).filter(|it| {
            matches!(it[0], "from" | "join" | "into" | "update" | "references") && it[1] != "set"
        }) {
            let table = pair[1].trim_start_matches('(');
            let own = table.starts_with(&format!("{room}_")) || table.is_empty() || table == "select";
            if !own && !table.contains("_v_") {
                faults.push(format!("{} reaches into `{table}`", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_requirement_a_test_names_exists() {
    let strays: Vec<_> = covered().into_iter().filter(|(id, _)| !exists(id)).collect();
    assert!(strays.is_empty(), "{strays:?}");
}

#[test]
fn no_page_carries_a_style_or_a_script_of_its_own() {
    for (path, html) in files_ending("html", &["platform", "features"]) {
        for word in [" style=", "<style", " onclick=", "<script>"] {
            assert!(!html.contains(word), "{} says `{word}`", path.display());
        }
    }
}

on_both_stores!(super::house; every_statement_and_every_block_is_understood);

fn house(kind: Kind) -> House {
    House::new(kind, &migrations(), |_| axum::Router::new())
}

fn migrations() -> Vec<store::Migration> {
    [
        store::MIGRATIONS,
        files::MIGRATIONS,
        accounts::MIGRATIONS,
        registry::MIGRATIONS,
        campaigns::MIGRATIONS,
        tickets::MIGRATIONS,
        assemblies::MIGRATIONS,
        owners::MIGRATIONS,
        surveys::MIGRATIONS,
    ]
    .concat()
}

async fn every_statement_and_every_block_is_understood(house: House) {
    let statements = files_ending("sql", &["platform", "features"]).into_iter();
    let statements: Vec<_> =
        statements.filter(|(path, _)| !path.iter().any(|it| it == "migrations")).collect();
    let dialect = if house.kind == Kind::Sqlite { "sqlite" } else { "postgres" };
    for (path, text) in statements {
        // The one statement each store says in its own way.
        let ways = if blocks(&text).contains(&dialect) { vec![vec![dialect]] } else { ways(&text) };
        for on in ways {
            let listing = Listing::of(&text, &on, &vec![store::Value::Null; 30]);
            let (sql, path) = (listing.sql, path.clone());
            house.given(move |tx| tx.prepare(&sql).map_err(|it| told(&path, &format!("{it:?}")))).await;
        }
    }
}

fn told(path: &Path, fault: &str) -> kernel::Problem {
    kernel::Problem::Refused { code: "house.statement", message: format!("{}: {fault}", path.display()) }
}

/// The ways a list is really asked: one scope, one sort with and without its next page, all filters together.
fn ways(text: &str) -> Vec<Vec<&str>> {
    const SCOPES: [&str; 6] = ["city", "county", "subdistrict", "neighborhood", "community", "enterprise"];
    let all = blocks(text);
    let scopes: Vec<&str> = all.iter().copied().filter(|it| SCOPES.contains(it)).collect();
    let sorts: Vec<&str> = all.iter().copied().filter(|it| it.starts_with("by_")).collect();
    let filters: Vec<&str> = all
        .iter()
        .copied()
        .filter(|it| !SCOPES.contains(it) && !it.starts_with("by_") && !it.starts_with("after_by_"))
        .collect();
    let scopes = if scopes.is_empty() { vec![""] } else { scopes };
    let sorts = if sorts.is_empty() { vec![""] } else { sorts };
    let mut ways = vec![];
    for scope in &scopes {
        for sort in &sorts {
            let next = all.iter().copied().find(|it| it.strip_prefix("after_") == Some(sort)).unwrap_or("");
            ways.push(vec![*scope, *sort]);
            ways.push([vec![*scope, *sort, next], filters.clone()].concat());
        }
    }
    ways
}
