//! HTTPS spoken by the house itself: phones on an office network score without a network only over it.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    time::Duration,
};

use anyhow::{Result, anyhow};
use axum::{Router, extract::connect_info::IntoMakeServiceWithConnectInfo};
use axum_server::{Handle, tls_rustls::RustlsConfig};

/// A certificate with its key, read and found to fit.
pub(crate) struct Tls(RustlsConfig);

/// How long requests under way have to finish when the house is told to stop.
const FINISH: Duration = Duration::from_secs(10);

impl Tls {
    pub(crate) async fn read(certificate: &Path, key: &Path) -> Result<Self> {
        // A second start within one process finds the provider there already, which is as good.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        for file in [certificate, key] {
            std::fs::metadata(file).map_err(|it| anyhow!("无法读取 {}：{it}", file.display()))?;
        }
        let config = RustlsConfig::from_pem_file(certificate, key).await.map_err(|it| {
            anyhow!(
                "证书 {} 与私钥 {} 不能使用：{it}。两者都应为 PEM 格式并且配套",
                certificate.display(),
                key.display()
            )
        })?;
        Ok(Self(config))
    }
}

pub(crate) async fn serve(
    listener: TcpListener,
    tls: Tls,
    doors: IntoMakeServiceWithConnectInfo<Router, SocketAddr>,
    asked_to_stop: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let handle = Handle::new();
    let stopping = handle.clone();
    tokio::spawn(async move {
        asked_to_stop.await;
        stopping.graceful_shutdown(Some(FINISH));
    });
    axum_server::from_tcp_rustls(listener, tls.0)?.handle(handle).serve(doors).await?;
    Ok(())
}
