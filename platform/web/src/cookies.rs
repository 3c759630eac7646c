//! Cookies read and written. Only five: who is signed in, one sentence for the next page, large letters, that a browser has signed in
//! before (the accounts' own), and the mark of a browser that reports without an account or binds a home.

use axum::http::{HeaderMap, HeaderValue, header};

/// The session token. `__Host-` binds it to this host over HTTPS; on plain HTTP (a demo on loopback) browsers refuse
/// that prefix, so the plain name is used there.
pub const SESSION: &str = "jiayuan_session";
pub const FLASH: &str = "jiayuan_flash";
/// 长辈版.
pub(crate) const LARGE: &str = "jiayuan_large";

/// A browser's mark, ours when what stands behind the dot is our seal over what stands before it.
pub(crate) const DEVICE: &str = "jiayuan_device";

/// The value of a cookie the browser sent.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    all.flat_map(|it| it.split(';')).find_map(|it| it.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A cookie that scripts cannot read and other sites cannot send.
#[must_use]
pub fn set(name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}")).ok()
}

#[must_use]
pub fn clear(name: &str) -> Option<HeaderValue> {
    set(name, "", 0)
}
