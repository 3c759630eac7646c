//! `jiayuan serve` for real use, and `jiayuan verify`.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Result, bail};
use app::{Gateway, Https, Mode};
use clap::Args;
use kernel::Actor;

use crate::{
    heads,
    house::{self, Site},
    tls::Tls,
};

#[derive(Args)]
pub(crate) struct Serve {
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(long, default_value = "sqlite:data/jiayuan.db")]
    database: String,
    /// Made at first start, readable by its owner alone; not part of a backup of the data.
    #[arg(long, default_value = "data/jiayuan.key")]
    key_file: PathBuf,
    /// Where attachments lie; to be copied with every backup of the database.
    #[arg(long, default_value = "data/files")]
    files: PathBuf,
    /// People reach the house over HTTPS, through a proxy: cookies are marked so, and browsers told to stay with it.
    #[arg(long)]
    https: bool,
    /// The house speaks HTTPS itself, which phones on an office network need for scoring without a network: the
    /// certificate chain as PEM.
    #[arg(long, requires = "tls_key", conflicts_with = "https")]
    tls_cert: Option<PathBuf>,
    /// The certificate's private key as PEM.
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// The carrier's form for short messages, as TOML: url, headers, body with {phone} and {text}, success.
    #[arg(long)]
    gateway: Option<PathBuf>,
    /// A folder of folders, each the pack of one of this place's own notices, as `jiayuan pack check` reads them.
    #[arg(long)]
    packs: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Verify {
    #[arg(long, default_value = "sqlite:data/jiayuan.db")]
    database: String,
    #[arg(long, default_value = "data/jiayuan.key")]
    key_file: PathBuf,
}

pub(crate) async fn serve(command: Serve) -> Result<()> {
    if let Some(folder) = &command.packs {
        eprintln!("已加入本地规则包 {} 个", crate::standards::add_all(folder)?);
    }
    let key_file = command.key_file.clone();
    let tls = match command.tls_cert.as_deref().zip(command.tls_key.as_deref()) {
        Some((certificate, key)) => Some(Tls::read(certificate, key).await?),
        None => None,
    };
    let https = match (&tls, command.https) {
        (Some(_), _) => Https::Own,
        (None, true) => Https::Proxied,
        (None, false) => Https::No,
    };
    let site = Site {
        database: command.database,
        key_file: command.key_file,
        files: command.files,
        mode: Mode::Real,
        https,
        gateway: command.gateway.as_deref().map_or(Ok(Gateway::None), Gateway::read)?,
    };
    let app = house::open(site, Arc::new(crate::machine_time))?;
    let demo = app.store.read(app.ctx(Actor::public(), None), |tx| Ok(tx.setting("demo")?)).await;
    if demo.map_err(|it| anyhow::anyhow!("{it}"))?.is_some() {
        bail!("这个数据库是演示数据，不能用于正式运行。请用 --database 指定另一个数据库");
    }
    for first in accounts::first_codes(&app).await.map_err(|it| anyhow::anyhow!("{it}"))? {
        eprintln!(
            "首次启动：请打开 {}://{}/accounts/code ，用一次性代码 {} 设置首位{}（72小时内有效，两个代码须由两个人使用）",
            if https == Https::No { "http" } else { "https" },
            command.listen,
            first.code,
            first.office
        );
    }
    house::run(app, &command.listen, Some(heads::beside(&key_file)), tls).await
}

/// Re-checks every audit chain and names what is not sealed yet.
pub(crate) async fn verify(command: Verify) -> Result<()> {
    let site = Site {
        database: command.database,
        files: PathBuf::new(),
        key_file: command.key_file.clone(),
        mode: Mode::Real,
        https: Https::No,
        gateway: Gateway::None,
    };
    let app = house::open(site, Arc::new(crate::machine_time))?;
    let seal = house::seal_of(&app.vault);
    let kept = heads::kept_beside(&command.key_file)?;
    eprintln!("外存链头 {} 个", kept.len());
    let checked = store::verify(&app.store, &app.ctx(Actor::public(), None), &seal, &kept).await;
    let checked = checked.map_err(|it| anyhow::anyhow!("{it}"))?;
    let mut faults = vec![];
    for it in &checked {
        eprintln!(
            "租户 {}：已封存 {} 条，待封存 {} 条，{}",
            it.tenant,
            it.sealed,
            it.unsealed,
            if it.faults.is_empty() { "链完整" } else { "链有问题" }
        );
        faults.extend(it.faults.iter().map(|fault| format!("租户 {}：{fault}", it.tenant)));
    }
    if faults.is_empty() { Ok(()) } else { bail!("{}", faults.join("\n")) }
}
