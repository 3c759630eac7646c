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
    let cluster = std::env::var(CLUSTER).unwrap_or_else(|_| {
        panic!("this test needs PostgreSQL: run script/test, or set {CLUSTER} to a cluster it may make databases on")
    });
    let name = format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
    // The client blocks, and a test's thread belongs to its runtime.
    let (address, statement) = (cluster.clone(), format!("create database {name}"));
    let made = std::thread::spawn(move || Client::connect(&address, NoTls)?.batch_execute(&statement));
    made.join().expect("the thread lived").expect("the cluster makes a database");
    let (server, _) = cluster.rsplit_once('/').expect("an address with a database");
    format!("{server}/{name}")
}
