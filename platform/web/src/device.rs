//! A browser's mark for a day: reports without an account are counted by it, so that a household behind one address is
//! not taken for one sender. It says nothing about whoever holds it, and is set only where it is needed.

use app::App;
use axum::{
    http::{HeaderMap, header},
    response::Response,
};
use subtle::ConstantTimeEq as _;

use crate::{
    caller::Asked,
    cookies::{DEVICE, cookie, set},
};

const A_DAY: i64 = 24 * 60 * 60;

fn seal(app: &App, name: &str) -> String {
    app.vault.look_up(&format!("device {name}")).chars().take(32).collect()
}

/// The mark a browser shows, when it is one of ours.
pub(crate) fn shown(app: &App, headers: &HeaderMap) -> Option<String> {
    let (name, sealed) = cookie(headers, DEVICE)?.split_once('.')?;
    bool::from(seal(app, name).as_bytes().ct_eq(sealed.as_bytes())).then(|| name.to_owned())
}

/// The same page, and a mark for a browser that has none.
#[must_use]
pub fn marked(app: &App, asked: &Asked, mut page: Response) -> Response {
    if asked.device.is_none()
        && let Ok(name) = app::random_hex(16)
        && let Some(mark) = set(DEVICE, &format!("{name}.{}", seal(app, &name)), A_DAY)
    {
        page.headers_mut().append(header::SET_COOKIE, mark);
    }
    page
}
