//! `jiayuan pack check`, `facts`, `score` and `rank`: standards tried out before a campaign, formats fixed by contract.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead as _, BufReader, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, anyhow, bail};
use calendar::Calendar;
use clap::{Args, Subcommand};
use rules::{Entry, Pack, PackFiles, RankInput, ScoreInput};
use serde::Serialize;

#[derive(Subcommand)]
pub(crate) enum PackCommand {
    /// Find what cannot be right about a pack, or sum it up.
    Check { dir: PathBuf },
}

#[derive(Args)]
pub(crate) struct Score {
    #[arg(long)]
    pack: PathBuf,
    /// One JSON document: {"facts": {…}, "marks": {…}}.
    #[arg(long)]
    input: PathBuf,
}

#[derive(Args)]
pub(crate) struct Rank {
    #[arg(long)]
    pack: PathBuf,
    /// JSON lines, one entry each.
    #[arg(long)]
    input: PathBuf,
    /// CSV with the columns county, communities.
    #[arg(long)]
    communities: Option<PathBuf>,
}

pub(crate) fn pack(command: &PackCommand) -> Result<()> {
    let PackCommand::Check { dir } = command;
    let files = PackFiles::read(dir)?;
    let pack = Pack::parse(&files)?;
    let base = files.base.as_ref().map(|it| Pack::parse(it)).transpose()?;
    print(&rules::summary(&pack, base.as_ref(), &Calendar::state_council()))
}

/// Adds every pack of a folder to those a campaign may be opened from.
pub(crate) fn add_all(folder: &Path) -> Result<usize> {
    let mut dirs: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| unreadable(folder))?
        .filter_map(|it| it.ok().map(|it| it.path()))
        .filter(|it| it.join("pack.toml").exists())
        .collect();
    dirs.sort();
    let mut all = vec![];
    for dir in &dirs {
        let files = PackFiles::read(dir)?;
        // Its author has to know in which of them a fault is.
        Pack::parse(&files).map_err(|it| anyhow!("规则包 {} 有错：\n{it}", dir.display()))?;
        all.push(files);
    }
    campaigns::add_packs(all)
}

pub(crate) fn facts() -> Result<()> {
    print(&rules::catalogue().all())
}

pub(crate) fn score(command: &Score) -> Result<()> {
    let pack = open(&command.pack)?;
    let text = std::fs::read_to_string(&command.input).with_context(|| unreadable(&command.input))?;
    let input: ScoreInput =
        serde_json::from_str(&text).map_err(|it| at_line(&command.input, it.line(), &it.to_string()))?;
    let sheet = rules::score(&pack, &input).map_err(|it| at_line(&command.input, 1, &it.to_string()))?;
    print(&sheet)
}

pub(crate) fn rank(command: &Rank) -> Result<()> {
    let pack = open(&command.pack)?;
    let file = File::open(&command.input).with_context(|| unreadable(&command.input))?;
    let (mut reader, mut line, mut number) = (BufReader::with_capacity(1 << 20, file), String::new(), 0);
    let (mut entries, mut seen) = (vec![], std::collections::HashSet::new());
    loop {
        line.clear();
        number += 1;
        if reader.read_line(&mut line).with_context(|| unreadable(&command.input))? == 0 {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        let entry = Entry::parse(&line, &pack.standard);
        let entry = entry.map_err(|it| at_line(&command.input, number, &it.to_string()))?;
        if !seen.insert(entry.entry.clone()) {
            bail!(at_line(
                &command.input,
                number,
                &format!("申报对象“{}”出现了两次，请只保留一行", entry.entry)
            ));
        }
        entries.push(entry);
    }
    let communities = command.communities.as_deref().map(communities).transpose()?;
    let ranked = rules::rank(&pack, RankInput { entries, communities })?;
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    for line in ranked {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// How many communities each county has.
fn communities(path: &Path) -> Result<BTreeMap<String, u32>> {
    let mut reader =
        csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).with_context(|| unreadable(path))?;
    let header = reader.headers().map_err(|it| at_line(path, 1, &it.to_string()))?.clone();
    if header.iter().map(|it| it.trim_start_matches('\u{feff}')).ne(["county", "communities"]) {
        bail!(at_line(path, 1, "表头应为 county,communities"));
    }
    let mut counted = BTreeMap::new();
    for (n, row) in reader.records().enumerate() {
        let row = row.map_err(|it| at_line(path, n + 2, &it.to_string()))?;
        let number =
            row[1].parse().map_err(|_| at_line(path, n + 2, &format!("小区数“{}”不是整数", &row[1])))?;
        if counted.insert(row[0].to_owned(), number).is_some() {
            bail!(at_line(path, n + 2, &format!("县区“{}”出现了两次", &row[0])));
        }
    }
    Ok(counted)
}

fn open(dir: &Path) -> Result<Pack> {
    Ok(Pack::parse(&PackFiles::read(dir)?)?)
}

pub(crate) fn unreadable(path: &Path) -> String {
    format!("{}:1: 文件不存在或无法读取", path.display())
}

pub(crate) fn at_line(path: &Path, line: usize, message: &str) -> anyhow::Error {
    let message = message.split(" at line ").next().unwrap_or(message);
    let message = match message {
        it if it.starts_with("EOF while parsing") => "JSON 没有写完，文件可能只有一半".to_owned(),
        it if it.starts_with("expected") || it.starts_with("trailing") => format!("JSON 有语法错误（{it}）"),
        it => it.replace("unknown field", "不认识的字段").replace("missing field", "缺少字段"),
    };
    anyhow!("{}:{}: {message}", path.display(), line.max(1))
}

pub(crate) fn print(value: &impl Serialize) -> Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    Ok(out.write_all(b"\n")?)
}
