//! A browser's mark. For a day: reports without an account are counted by it, so that a household behind one address is not taken for one
//! sender. For half a year where a home is bound: many homes bound on one phone are told to whoever watches a vote. It says nothing about
//! whoever holds it, and is set only where it is needed.

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
const HALF_A_YEAR: i64 = 183 * A_DAY;

fn seal(app: &App, name: &str) -> String {
    app.vault.look_up(&format!("device {name}")).chars().take(32).collect()
}

/// The mark a browser shows, when it is one of ours.
pub(crate) fn shown(app: &App, headers: &HeaderMap) -> Option<String> {
    let (name, sealed) = cookie(headers, DEVICE)?.split_once('.')?;
    bool::from(seal(app, name).as_bytes().ct_eq(sealed.as_bytes())).then(|| name.to_owned())
}

/// The same page, and a day's mark for a browser that has none.
#[must_use]
pub fn marked(app: &App, asked: &Asked, page: Response) -> Response {
    if asked.device.is_some() { page } else { with_mark(app, asked, page, A_DAY) }
}

/// The same page, and a mark that is known again when another home is bound: the one the browser has, or a new one.
#[must_use]
pub fn marked_for_long(app: &App, asked: &Asked, page: Response) -> Response {
    with_mark(app, asked, page, HALF_A_YEAR)
}

fn with_mark(app: &App, asked: &Asked, mut page: Response, seconds: i64) -> Response {
    let name = asked.device.clone().or_else(|| app::random_hex(16).ok());
    let mark = name.and_then(|it| set(DEVICE, &format!("{it}.{}", seal(app, &it)), seconds));
    if let Some(mark) = mark {
        page.headers_mut().append(header::SET_COOKIE, mark);
    }
    page
}
