//! A router on a socket of its own, with the workers a house has.

use std::net::SocketAddr;

use anyhow::Result;
use axum::Router;
use tokio::runtime::Runtime;

/// Serves `router` on loopback until the runtime is dropped.
pub(crate) fn serve(runtime: &Runtime, router: Router) -> Result<SocketAddr> {
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    runtime.spawn(async move { axum::serve(listener, service).await });
    Ok(address)
}
