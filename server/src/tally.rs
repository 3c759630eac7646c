//! `jiayuan tally`: an owners' vote counted from roll and ballots, or a published result recomputed.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use assemblies::{Refused, TallyRules, TotalsInput};
use clap::Args;
use serde::de::DeserializeOwned;

use crate::standards::{at_line, print, unreadable};

#[derive(Args)]
pub(crate) struct Tally {
    #[arg(long, required_unless_present = "totals")]
    rules: Option<PathBuf>,
    /// CSV: unit, `area_m2`, owner, kind, holder.
    #[arg(long, required_unless_present = "totals")]
    roll: Option<PathBuf>,
    /// CSV: unit, topic, choice, channel, `cast_at`.
    #[arg(long, required_unless_present = "totals")]
    ballots: Option<PathBuf>,
    /// A published result to recompute.
    #[arg(long, conflicts_with_all = ["rules", "roll", "ballots"])]
    totals: Option<PathBuf>,
}

pub(crate) fn tally(command: &Tally) -> Result<()> {
    if let Some(path) = &command.totals {
        let input: TotalsInput = json(path)?;
        return print(&assemblies::recompute(&input).map_err(|it| told(path, &it))?);
    }
    let (Some(rules_path), Some(roll_path), Some(ballots_path)) =
        (&command.rules, &command.roll, &command.ballots)
    else {
        anyhow::bail!("请同时给出 --rules、--roll 和 --ballots");
    };
    let rules: TallyRules = json(rules_path)?;
    let roll = assemblies::read_roll(&text(roll_path)?).map_err(|it| told(roll_path, &it))?;
    // Rules that cannot be are told of the rules' file, before any ballot is read.
    assemblies::tally(&rules, &roll, &[]).map_err(|it| told(rules_path, &it))?;
    let ballots = text(ballots_path)?;
    print(&assemblies::tally_text(&rules, &roll, &ballots).map_err(|it| told(ballots_path, &it))?)
}

fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| unreadable(path))
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T> {
    serde_json::from_str(&text(path)?).map_err(|it| at_line(path, it.line(), &it.to_string()))
}

fn told(path: &Path, refused: &Refused) -> anyhow::Error {
    at_line(path, usize::try_from(refused.line).unwrap_or(1), &refused.message)
}

#[derive(Args)]
pub(crate) struct VerifyRecord {
    /// A `vote-record.zip`, as an observer downloads it.
    record: PathBuf,
    /// The key the house shows on the log's page, hexadecimal: else the record's own is believed.
    #[arg(long)]
    key: Option<String>,
}

/// Checks a record without the house it came from.
pub(crate) fn verify_record(command: &VerifyRecord) -> Result<()> {
    let bytes = std::fs::read(&command.record).with_context(|| unreadable(&command.record))?;
    let found = assemblies::verify_record(&bytes, command.key.as_deref())
        .map_err(|it| anyhow::anyhow!("{}: {it}", command.record.display()))?;
    let said = format!(
        "{}：日志{}条、检查点{}个、票{}张、有效{}套，第{}版结果，全部相符{}\n最新检查点的短码 {}，应与公告栏一致；签名公钥 {}{}\n",
        found.title,
        found.leaves,
        found.checkpoints,
        found.ballots,
        found.effective,
        found.version,
        match found.witnesses {
            0 => String::new(),
            many => format!("；{many}个见证联署了封票以后的日志"),
        },
        found.short,
        found.key,
        if command.key.is_some() {
            ""
        } else {
            "（取自记录本身，请与日志页面核对，或用 --key 给出）"
        }
    );
    Ok(std::io::stdout().lock().write_all(said.as_bytes())?)
}
