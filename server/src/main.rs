//! The front door: reads the command line, puts the rooms together and opens. No rule lives here.

mod care;
mod demo;
mod heads;
mod house;
mod serve;
mod standards;
mod tally;
mod tls;
mod witness;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The system's own allocator lets threads wait for each other; sixteen people saving at once feel it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// 家园 Jiayuan: the platform a city or county runs 「加强物业管理 共建美好家园」 with.
#[derive(Parser)]
#[command(name = "jiayuan", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve a real house.
    Serve(serve::Serve),
    /// Serve a synthetic city, ready to click.
    Demo(demo::Demo),
    /// Re-check the audit log's chains.
    Verify(serve::Verify),
    /// Copy the embedded store while the house goes on.
    Backup(care::Backup),
    /// Put a backup in the place of the embedded store.
    Restore(care::Restore),
    /// List everything that would keep the house from working.
    Doctor(care::Doctor),
    /// Put a younger key into the key file, to seal with from the next start on.
    NewKey(care::NewKey),
    /// Take away attachments' bytes that no record names.
    Sweep(care::Sweep),
    /// Look after rule packs.
    #[command(subcommand)]
    Pack(standards::PackCommand),
    /// Print every fact a pack may name.
    Facts,
    /// Score one subject against a pack.
    Score(standards::Score),
    /// Rank many subjects against a pack.
    Rank(standards::Rank),
    /// Count an owners' vote, or recompute a published result.
    Tally(tally::Tally),
    /// Check the record of a vote: log, checkpoints, ballots, count.
    VerifyRecord(tally::VerifyRecord),
    /// Co-sign the log of a vote after having seen that it only grew.
    Witness(witness::Witness),
}

/// Exit 0: computed; 1: refused, with a sentence on standard error; 2: usage.
fn main() -> ExitCode {
    let format = tracing_subscriber::fmt().json().with_writer(std::io::stderr);
    format
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("JIAYUAN_LOG").unwrap_or_else(|_| "warn".into()),
        )
        .init();
    let done = match Arguments::parse().command {
        Command::Serve(command) => wait_for(serve::serve(command)),
        Command::Demo(command) => wait_for(demo::demo(command)),
        Command::Verify(command) => wait_for(serve::verify(command)),
        Command::Backup(command) => care::backup(&command),
        Command::Restore(command) => care::restore(&command),
        Command::Doctor(command) => wait_for(care::doctor(command)),
        Command::NewKey(command) => care::new_key(&command),
        Command::Sweep(command) => wait_for(care::sweep(command)),
        Command::Pack(command) => standards::pack(&command),
        Command::Facts => standards::facts(),
        Command::Score(command) => standards::score(&command),
        Command::Rank(command) => standards::rank(&command),
        Command::Tally(command) => tally::tally(&command),
        Command::VerifyRecord(command) => tally::verify_record(&command),
        Command::Witness(command) => witness::witness(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our answer through a pipe may stop when they have seen enough.
        Err(refused) if is_closed_pipe(&refused) => ExitCode::SUCCESS,
        Err(refused) => {
            eprintln!("{refused:#}");
            ExitCode::from(1)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |it: &std::io::Error| it.kind() == std::io::ErrorKind::BrokenPipe;
    let by_json = |it: &serde_json::Error| it.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe);
    error.downcast_ref().is_some_and(closed) || error.downcast_ref().is_some_and(by_json)
}

fn wait_for(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine")]
fn machine_time() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
