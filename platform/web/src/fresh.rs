//! A form of a sensitive act: whoever sends it showed who they are a short while ago, or does so now. What was typed
//! travels along, so that nothing has to be typed twice.

use app::{App, Mode};
use askama::Template;
use axum::{
    body::to_bytes,
    extract::{FromRequest, OriginalUri, Request},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use kernel::{Ctx, Problem};
use serde::de::DeserializeOwned;

use crate::{
    caller::Asked,
    forms::{LARGEST_FORM, checked, too_large, unreadable},
    reply::{Chrome, PageProblem},
};

/// A form like [`crate::Posted`], of an act that asks again for the password when the last time is long ago.
pub struct PostedFresh<F> {
    pub ctx: Ctx,
    pub asked: Asked,
    pub form: F,
}

/// Why such a form does not come through.
pub enum NotFresh {
    Problem(PageProblem),
    Ask(Box<Response>),
}

#[derive(Template)]
#[template(path = "again.html")]
struct AgainPage {
    chrome: Chrome,
    path: String,
    /// Everything that was sent, to be sent again.
    fields: Vec<(String, String)>,
    has_factor: bool,
    refused: Option<String>,
}

impl<F: DeserializeOwned> FromRequest<App> for PostedFresh<F> {
    type Rejection = NotFresh;

    async fn from_request(request: Request, app: &App) -> Result<Self, NotFresh> {
        let (parts, body) = request.into_parts();
        let path = parts.extensions.get::<OriginalUri>().map_or_else(|| parts.uri.path(), |it| it.0.path());
        let path = path.to_owned();
        let asked = Asked::read(app, &parts.headers, path.clone()).await?;
        let session = asked.session.clone().ok_or_else(crate::forms::signed_out)?;
        let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| too_large())?;
        let sent: Vec<(String, String)> = serde_html_form::from_bytes(&bytes).map_err(|_| unreadable())?;
        let is_own = |it: &&(String, String)| it.0 == "_password" || it.0 == "_code";
        let own = |name: &str| sent.iter().find(|it| it.0 == name).map_or(String::new(), |it| it.1.clone());
        let fields: Vec<(String, String)> = sent.iter().filter(|it| !is_own(it)).cloned().collect();
        let (key, rest) = checked(&asked, &parts.headers, fields.clone())?;
        // A demonstration has no passwords to ask for.
        if !session.is_fresh && app.mode == Mode::Real {
            let (person, password) = (session.actor.user, own("_password"));
            let mut refused = None;
            if !password.is_empty() {
                let digest = session.digest.clone();
                let shown =
                    (app.sessions.show_again)(app.clone(), person, digest, password, own("_code")).await;
                refused = match shown {
                    Ok(()) => None,
                    Err(problem @ Problem::Refused { .. }) => Some(problem.to_string()),
                    Err(problem) => return Err(problem.into()),
                };
            }
            if own("_password").is_empty() || refused.is_some() {
                let has_factor = app.sessions.has_factor;
                let ctx = app.ctx(session.actor.clone(), None);
                let has_factor = app.store.read(ctx, move |tx| has_factor(tx, person)).await?;
                let chrome = asked.chrome("再次确认身份");
                let page = AgainPage { chrome, path, fields, has_factor, refused };
                let html = page.render().map_err(|it| Problem::Broken(it.into()))?;
                return Err(NotFresh::Ask(Box::new((StatusCode::FORBIDDEN, Html(html)).into_response())));
            }
        }
        let text = serde_html_form::to_string(&rest).map_err(|_| unreadable())?;
        let form = serde_html_form::from_str(&text).map_err(|_| unreadable())?;
        Ok(Self { ctx: app.ctx(session.actor, Some(key)), asked, form })
    }
}

impl<P: Into<Problem>> From<P> for NotFresh {
    fn from(problem: P) -> Self {
        Self::Problem(problem.into().into())
    }
}

impl IntoResponse for NotFresh {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Ask(page) => *page,
        }
    }
}
