//! What keeps the plan true after we have gone home.

use std::path::{Path, PathBuf};

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
            // One file, so that an observer takes one file along and reads it from top to bottom.
            let longest = if path.ends_with("tools/recount.py") { 520 } else { LONGEST_FILE };
            if longest < text.lines().count() {
                faults.push(format!("{} is longer than {longest} lines", path.display()));
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
        // A block's own marks are no words of the statement.
        let plain = said.join("\n").replace("*/", " ");
        let words = plain.split_whitespace().filter(|it| !it.starts_with("/*["));
        let words: Vec<&str> = words.collect();
        for pair in words.windows(2).filter(|it| {
            matches!(it[0], "from" | "join" | "into" | "update" | "references") && it[1] != "set"
        }) {
            let table = pair[1].trim_start_matches('(');
            let own = table.starts_with(&format!("{room}_")) || table.is_empty() || table == "select";
            let own = own || table.starts_with("words($");
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
        // Files to take home stand alone: no page of the house shows them.
        if path.components().any(|it| it.as_os_str() == "offline") {
            continue;
        }
        for word in [" style=", "<style", " onclick=", "<script>"] {
            assert!(!html.contains(word), "{} says `{word}`", path.display());
        }
    }
}

#[test]
fn a_table_wider_than_a_phone_scrolls_by_itself() {
    for (path, html) in files_ending("html", &["platform", "features"]) {
        for (at, _) in html.match_indices("<table class=\"rows") {
            let before = html[..at].rsplit('<').next().unwrap_or_default();
            assert!(
                before.starts_with("div class=\"scroll\""),
                "{}: a table outside a scroll",
                path.display()
            );
        }
    }
}

/// Tables that say in which neighborhood a community lies and do not follow it by a statement: the community itself is put by hand, the
/// move says where it went from, and an import is read again when it is carried out.
const STAY: [&str; 2] = ["registry_communities", "registry_moves"];

#[test]
fn what_is_kept_of_a_community_follows_it_to_another_neighborhood() {
    let rooms =
        [campaigns::MOVED, tickets::MOVED, owners::MOVED, surveys::MOVED, assemblies::MOVED, registry::MOVED]
            .concat();
    let follows = |table: &str| rooms.iter().any(|it| it.starts_with(&format!("update {table} ")));
    let (mut left, mut followed) = (vec![], 0);
    for it in migrations() {
        for block in it.sql.split("create table ").skip(1) {
            let (table, columns) = block.split_once('(').unwrap_or_default();
            let columns = columns.split("\n);").next().unwrap_or_default();
            let has = |name: &str| columns.lines().any(|it| it.trim_start().starts_with(&format!("{name} ")));
            let table = table.trim();
            if !has("community") || !has("neighborhood") || STAY.contains(&table) {
                continue;
            }
            if follows(table) {
                followed += 1;
            } else {
                left.push(table.to_owned());
            }
        }
    }
    assert_eq!(left, Vec::<String>::new());
    assert!(10 < followed, "{followed} tables were found to follow");
}

on_both_stores!(super::house; every_statement_and_every_block_is_understood, no_statement_reads_more_than_it_asks_for);

fn house(kind: Kind) -> House {
    House::new(kind, &migrations(), |_| axum::Router::new())
}

fn migrations() -> Vec<store::Migration> {
    [
        store::MIGRATIONS,
        files::MIGRATIONS,
        jobs::MIGRATIONS,
        accounts::MIGRATIONS,
        messages::MIGRATIONS,
        registry::MIGRATIONS,
        campaigns::MIGRATIONS,
        tickets::MIGRATIONS,
        assemblies::MIGRATIONS,
        owners::MIGRATIONS,
        surveys::MIGRATIONS,
    ]
    .concat()
}

/// Every statement of the house, in every way it is really asked.
fn statements(kind: Kind) -> Vec<(PathBuf, Listing)> {
    let dialect = if kind == Kind::Sqlite { "sqlite" } else { "postgres" };
    let all = files_ending("sql", &["platform", "features"]).into_iter();
    let all = all.filter(|(path, _)| !path.iter().any(|it| it == "migrations"));
    let asked = |(path, text): (PathBuf, String)| {
        // The one statement each store says in its own way.
        let ways = if blocks(&text).contains(&dialect) { vec![vec![dialect]] } else { ways(&text) };
        let listings = ways.into_iter().map(|on| Listing::of(&text, &on, &vec![store::Value::Null; 30]));
        listings.map(|it| (path.clone(), it)).collect::<Vec<_>>()
    };
    all.flat_map(asked).collect()
}

async fn every_statement_and_every_block_is_understood(house: House) {
    for (path, listing) in statements(house.kind) {
        house.given(move |tx| tx.prepare(&listing.sql).map_err(|it| told(&path, &format!("{it:?}")))).await;
    }
}

/// Statements that read a whole table, or a county's or city's whole part of one, and may.
const WHOLE: &[(&str, &str)] = &[
    ("records/sql/unsigned.sql", "an index that holds only what is unsigned"),
    ("openings/sql/of_city.sql", "a city's campaigns, some a year"),
    ("openings/sql/alike.sql", "a city's campaigns, some a year"),
    ("communities/sql/counts_by_county.sql", "counts a city, for its quotas"),
    ("communities/sql/counts_by_subdistrict.sql", "counts a county, street by street"),
    ("departments/sql/of_county.sql", "a county's departments, some dozen"),
    ("communities/sql/places.sql", "a county's names, for an import"),
    ("communities/sql/next_number.sql", "the end of an index"),
    ("cases/sql/came.sql", "the two hundred newest whistles of one body"),
    ("divisions/sql/all.sql", "the whole tree, for a file that brings more of it"),
    ("divisions/sql/cities.sql", "divisions are few"),
    ("divisions/sql/counties.sql", "divisions are few"),
    ("divisions/sql/grantable.sql", "every part of the world, for an administrator"),
    ("enterprises/sql/list.sql", "a city's enterprises, counted before they are sorted"),
    ("enterprises/sql/serving.sql", "a county's communities, for the names of who serves them"),
    ("enterprises/sql/party_led.sql", "counts a city or a county"),
    ("imports/sql/applying.sql", "asked once, at the start"),
    ("records/sql/newest_of_city.sql", "sorts a city once after a change"),
    ("records/sql/stamps.sql", "a row for each county of a city"),
    ("templates/sql/all.sql", "a county's templates, some dozen"),
    ("profiles/sql/of_county.sql", "a county's profiles, a handful"),
    ("systems/sql/all.sql", "the outside systems, a handful"),
];

/// SQLite plans without having seen the tables: an index that begins with the tenant must go on with what is asked, or it
/// may take one that does not, and read a county through for a row.
async fn no_statement_reads_more_than_it_asks_for(house: House) {
    // PostgreSQL keeps statistics and finds the way by itself.
    if house.kind != Kind::Sqlite {
        return;
    }
    let mut strays = vec![];
    for (path, listing) in statements(house.kind) {
        let name = path.to_string_lossy().into_owned();
        let (limited, sql) = (listing.sql.contains("limit "), listing.sql.clone());
        if !sql.starts_with("select") || WHOLE.iter().any(|it| name.ends_with(it.0)) {
            continue;
        }
        let plan = house.given(move |tx| Ok(tx.plan(&listing)?)).await;
        let sorted = plan.iter().any(|it| it.contains("TEMP B-TREE FOR ORDER BY"));
        let broad = |it: &&String| {
            it.ends_with("(tenant=?)")
                || it.ends_with("(city=?)")
                || it.starts_with("SCAN ") && !it.contains("VIRTUAL")
        };
        if !limited || sorted {
            strays.extend(plan.iter().filter(broad).map(|it| format!("{name}: {it}")));
        }
    }
    strays.dedup();
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

fn told(path: &Path, fault: &str) -> kernel::Problem {
    kernel::Problem::Refused { code: "house.statement", message: format!("{}: {fault}", path.display()) }
}

/// The ways a list is really asked: one scope, one sort with and without its next page, all filters together.
fn ways(text: &str) -> Vec<Vec<&str>> {
    const SCOPES: [&str; 7] =
        ["city", "county", "subdistrict", "neighborhood", "community", "enterprise", "department"];
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
            // A list with an order for what is found has its other orders for what is not searched.
            let by_found = sort.starts_with("by_found");
            let found = sorts.contains(&"by_found") && !by_found;
            let with: Vec<&str> = filters.iter().copied().filter(|it| !found || *it != "said").collect();
            let next = all.iter().copied().find(|it| it.strip_prefix("after_") == Some(sort)).unwrap_or("");
            let plain = if by_found {
                "said"
            } else if found {
                "stage"
            } else {
                ""
            };
            ways.push(vec![*scope, *sort, plain]);
            ways.push([vec![*scope, *sort, next], with].concat());
        }
    }
    ways
}
