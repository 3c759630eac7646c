//! The door: a handler that takes [`Caller`] is behind a sign-in; one that takes [`Visitor`] is open to everybody.

use app::{App, HatChoice, MenuItem, Mode, Session};
use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Actor, Ctx, Problem, Role, beijing_date};

use crate::{
    cookies::{FLASH, LARGE, SESSION, cookie},
    device,
    reply::{ApiProblem, Chrome, NO, PageProblem},
};

/// Whoever asked, before it is known whether they must be signed in.
#[derive(Clone)]
pub struct Asked {
    pub session: Option<Session>,
    /// The mark this browser was given, where one was.
    pub device: Option<String>,
    app: App,
    path: String,
    flash: Option<String>,
    large: bool,
    /// Messages nobody has read, counted only where a page will say so.
    unread: i64,
    /// The page can be asked for again by its address; one that answers a form cannot.
    again: bool,
}

/// Somebody signed in, and the time they knocked.
pub struct Caller {
    pub ctx: Ctx,
    pub asked: Asked,
}

/// Anybody.
pub struct Visitor {
    pub ctx: Ctx,
    pub asked: Asked,
}

impl Asked {
    /// # Errors
    /// When the store cannot be asked who this is.
    pub async fn read(app: &App, headers: &HeaderMap, path: String) -> Result<Self, Problem> {
        Self::look(app, headers, path, false).await
    }

    async fn look(app: &App, headers: &HeaderMap, path: String, counts: bool) -> Result<Self, Problem> {
        let found = match cookie(headers, SESSION) {
            Some(token) if token.len() == 64 => {
                let (sessions, unread, digest) = (app.sessions, app.unread, app.vault.look_up(token));
                let ctx = app.ctx(Actor::public(), None);
                if counts {
                    let found = app.store.read(ctx, move |tx| {
                        let Some(session) = (sessions.find)(tx, &digest)? else { return Ok(None) };
                        let waiting = unread(tx, &session.actor)?;
                        Ok(Some((session, waiting)))
                    });
                    found.await?
                } else {
                    let found = app.store.glance(ctx, move |tx| (sessions.find)(tx, &digest));
                    found.await?.map(|it| (it, 0))
                }
            }
            _ => None,
        };
        let unread = found.as_ref().map_or(0, |it| it.1);
        let session = found.map(|it| it.0);
        if let Some(session) = session.as_ref().filter(|it| it.wants_touch) {
            let (sessions, digest) = (app.sessions, session.digest.clone());
            app.store
                .housekeep(app.ctx(Actor::public(), None), move |tx| (sessions.touch)(tx, &digest))
                .await?;
        }
        let flash = cookie(headers, FLASH).and_then(decode).filter(|it| !it.is_empty());
        let large = cookie(headers, LARGE) == Some("yes");
        let device = device::shown(app, headers);
        Ok(Self { session, device, app: app.clone(), path, flash, large, unread, again: false })
    }

    /// The token forms of this visitor must carry; a visitor who is not signed in has no session to steal.
    #[must_use]
    pub fn form_token(&self) -> String {
        self.session.as_ref().map(|it| self.app.vault.form_token(&it.digest)).unwrap_or_default()
    }

    /// What stands around every page.
    #[must_use]
    pub fn chrome(&self, title: &str) -> Chrome {
        let actor = self.session.as_ref().map_or_else(Actor::public, |it| it.actor.clone());
        let menu: Vec<MenuItem> = self.app.menus.iter().flat_map(|it| it(&actor)).collect();
        let today = beijing_date((self.app.clock)());
        let banner =
            (self.app.mode == Mode::Demo).then(|| format!("演示数据，人物与企业均为虚构。演示日期 {today}"));
        let hats: Vec<HatChoice> = self.session.as_ref().map(|it| it.hats.clone()).unwrap_or_default();
        Chrome {
            title: title.to_owned(),
            name: self.session.as_ref().map(|it| it.name.clone()),
            hat: self.session.as_ref().map(|it| it.hat.clone()).unwrap_or_default(),
            hats,
            here: menu
                .iter()
                .filter(|it| self.path.starts_with(it.href))
                .map(|it| it.href)
                .max_by_key(|it| it.len())
                .unwrap_or(""),
            menu,
            banner,
            flash: self.flash.clone().filter(|it| !it.starts_with(NO)),
            refused: self.flash.as_deref().and_then(|it| it.strip_prefix(NO)).map(str::to_owned),
            large: self.large,
            is_owner: actor.is(Role::Owner),
            unread: if 99 < self.unread { "99+".to_owned() } else { self.unread.to_string() },
            again: self.again.then(|| self.path.clone()),
            form_token: self.form_token(),
            // Without randomness a form has no key, and is refused when it is sent; nothing is done twice.
            key: app::random_hex(16).unwrap_or_default(),
        }
    }
}

impl Caller {
    #[must_use]
    pub fn chrome(&self, title: &str) -> Chrome {
        self.asked.chrome(title)
    }
}

impl Visitor {
    #[must_use]
    pub fn chrome(&self, title: &str) -> Chrome {
        self.asked.chrome(title)
    }
}

/// The door stays shut: a person is led to the log-in page, a program is told 401.
pub enum Shut {
    Page(PageProblem),
    Api(ApiProblem),
}

/// Programs are answered in their own way, whatever is the matter.
fn shut_for(parts: &Parts) -> fn(Problem) -> Shut {
    if path_of(parts).starts_with("/api/") { |it| Shut::Api(it.into()) } else { |it| Shut::Page(it.into()) }
}

impl IntoResponse for Shut {
    fn into_response(self) -> Response {
        match self {
            Self::Page(it) => it.into_response(),
            Self::Api(it) => it.into_response(),
        }
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Shut;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Shut> {
        let shut = shut_for(parts);
        let asked = asked(parts, app).await.map_err(shut)?;
        let session = asked.session.as_ref().ok_or(Problem::SignIn).map_err(shut)?;
        Ok(Self { ctx: app.ctx(session.actor.clone(), None), asked })
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Shut;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Shut> {
        let shut = shut_for(parts);
        let asked = asked(parts, app).await.map_err(shut)?;
        let actor = asked.session.as_ref().map_or_else(Actor::public, |it| it.actor.clone());
        Ok(Self { ctx: app.ctx(actor, None), asked })
    }
}

/// Asked once per request, however many extractors want to know.
async fn asked(parts: &mut Parts, app: &App) -> Result<Asked, Problem> {
    if let Some(asked) = parts.extensions.get::<Asked>() {
        return Ok(asked.clone());
    }
    let path = path_of(parts);
    let counts = parts.method == Method::GET && !path.starts_with("/api/");
    let asked = Asked { again: true, ..Asked::look(app, &parts.headers, path, counts).await? };
    parts.extensions.insert(asked.clone());
    Ok(asked)
}

/// The address as it was asked for, wherever the room is nested.
fn path_of(parts: &Parts) -> String {
    parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.path(), |it| it.0.path()).to_owned()
}

/// The flash sentence travels percent-encoded, because a cookie is ASCII.
fn decode(text: &str) -> Option<String> {
    let mut bytes = vec![];
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
