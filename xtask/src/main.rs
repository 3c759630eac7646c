//! `cargo xtask requirements`: every requirement of the notices, with the tests that would fail without it.

use std::io::Write as _;

use xtask::{REQUIREMENTS, covered};

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if std::env::args().nth(1).as_deref() != Some("requirements") {
        return writeln!(out, "cargo xtask requirements");
    }
    let covered = covered();
    for (letters, n) in REQUIREMENTS {
        let ids: Vec<String> = (1..=n).map(|it| format!("{letters}-{it:03}")).collect();
        let tested = ids.iter().filter(|it| covered.contains_key(*it)).count();
        writeln!(out, "{letters}: {tested} of {n} with a test")?;
        for id in ids {
            let files: Vec<_> =
                covered.get(&id).into_iter().flatten().map(|it| it.display().to_string()).collect();
            writeln!(out, "  {id}  {}", if files.is_empty() { "—".to_owned() } else { files.join(", ") })?;
        }
    }
    Ok(())
}
