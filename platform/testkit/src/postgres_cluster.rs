//! Databases on the run's own PostgreSQL cluster, which `script/test` starts in a temporary folder.

use std::sync::atomic::{AtomicU32, Ordering};

use postgres::{Client, NoTls};

/// Where the run's cluster listens: `postgres://…/postgres`.
const CLUSTER: &str = "JIAYUAN_TEST_POSTGRES";

/// Whether the run has a cluster.
#[must_use]
pub fn is_there() -> bool {
    std::env::var(CLUSTER).is_ok()
}

/// A new empty database, and its address.
#[must_use]
pub fn fresh_database() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    on_the_cluster(format!("create database {name}")).expect("the cluster makes a database");
    let cluster = address_of_the_cluster();
    let (server, _) = cluster.rsplit_once('/').expect("an address with a database");
    format!("{server}/{name}")
}

/// Takes a database away with whoever is still connected to it: hundreds of them left lying fill a small disk.
pub(crate) fn take_away(url: &str) {
    let Some((_, name)) = url.rsplit_once('/') else { return };
    if let Err(it) = on_the_cluster(format!("drop database if exists {name} with (force)")) {
        eprintln!("a test's database {name} stays: {it}");
    }
}

fn address_of_the_cluster() -> String {
    std::env::var(CLUSTER).unwrap_or_else(|_| {
        panic!("this test needs PostgreSQL: run script/test, or set {CLUSTER} to a cluster it may make databases on")
    })
}

/// The client blocks, and a test's thread belongs to its runtime.
fn on_the_cluster(statement: String) -> Result<(), postgres::Error> {
    let address = address_of_the_cluster();
    let done = std::thread::spawn(move || Client::connect(&address, NoTls)?.batch_execute(&statement));
    done.join().expect("the thread lived")
}
