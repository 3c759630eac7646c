//! Figures as ratios against the physical limit, measured in the same run, each pair in turn: A B A B.

mod bare;
mod client;
mod filled;
mod imports;
mod intake;
mod rank;
mod reads;
mod serving;
mod tally;
mod tickets;
mod votes;
mod writes;

use std::{
    io::{StdoutLock, Write as _},
    time::{Duration, Instant},
};

use anyhow::Result;

const ROUNDS: usize = 5;

/// The allocator the house itself is built with, for both sides of every pair.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Measure = fn(&mut StdoutLock<'_>) -> Result<()>;

fn main() -> Result<()> {
    let mut out = std::io::stdout().lock();
    let chosen: Vec<String> = std::env::args().skip(1).collect();
    let all: [(&str, Measure); 8] = [
        ("rank", rank::run),
        ("tally", tally::run),
        ("writes", writes::run),
        ("reads", reads::run),
        ("imports", imports::run),
        ("intake", intake::run),
        ("tickets", tickets::run),
        ("votes", votes::run),
    ];
    for (name, run) in all {
        if chosen.is_empty() || chosen.iter().any(|it| it == name) {
            run(&mut out)?;
        }
    }
    Ok(writeln!(out, "peak memory   {} (all texts included)", peak_memory())?)
}

/// Both in turn, and what one takes of the other.
fn compare(
    out: &mut StdoutLock<'_>,
    (limit, bare): (&str, impl Fn() -> Result<()>),
    (what, whole): (&str, impl Fn() -> Result<()>),
    target: &str,
) -> Result<()> {
    let (mut limits, mut wholes) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        limits.push(timed(&bare)?);
        wholes.push(timed(&whole)?);
    }
    let (one, other) = (median(&mut limits), median(&mut wholes));
    let ratio = other.as_secs_f64() / one.as_secs_f64();
    writeln!(out, "  {limit:<34} {:>8.1} ms (median of {ROUNDS})", one.as_secs_f64() * 1e3)?;
    writeln!(out, "  {what:<34} {:>8.1} ms", other.as_secs_f64() * 1e3)?;
    Ok(writeln!(out, "  ratio {ratio:>37.2}   (target at most {target})")?)
}

pub(crate) fn timed(work: impl Fn() -> Result<()>) -> Result<Duration> {
    let started = Instant::now();
    work()?;
    Ok(started.elapsed())
}

pub(crate) fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.map_or("unknown".to_owned(), |it| it.trim().to_owned())
}
