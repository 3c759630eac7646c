//! What was sent: a form of this very session, a JSON document with its key, or a form with a file.

use std::net::SocketAddr;

use app::{App, Https};
use axum::{
    body::{Bytes, to_bytes},
    extract::{ConnectInfo, FromRequest, Multipart, Request},
    http::{HeaderMap, header, request::Parts},
};
use kernel::{Actor, Ctx, Problem};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq as _;

use crate::{
    caller::Asked,
    reply::{ApiProblem, PageProblem},
};

/// The largest form without a file.
pub(crate) const LARGEST_FORM: usize = 1 << 20;
/// The largest upload as a whole.
pub(crate) const LARGEST_UPLOAD: usize = 24 << 20;

/// A form sent by somebody signed in, from one of our own pages, with its idempotency key in `ctx`.
pub struct Posted<F> {
    pub ctx: Ctx,
    pub asked: Asked,
    pub form: F,
}

/// A form sent by anybody, signed in or not: no session to steal, so no token, but never from another site.
pub struct Sent<F> {
    pub ctx: Ctx,
    pub asked: Asked,
    pub form: F,
    /// A keyed hash of where it came from, for counting tries; never stored beside what was sent.
    pub sender: String,
}

/// A form with files sent by anybody, like [`Sent`].
pub struct SentFiles<F> {
    pub ctx: Ctx,
    pub asked: Asked,
    pub form: F,
    /// Name and content, in the order of the form.
    pub files: Vec<(String, Bytes)>,
    pub sender: String,
}

/// The same for programs: JSON, and the key in the header `Idempotency-Key`.
pub struct PostedJson<F> {
    pub ctx: Ctx,
    pub form: F,
}

/// A form that was sent after the session ended: nothing of it was kept, and whoever sent it is told so where they sign in again.
pub(crate) fn signed_out() -> Problem {
    let message = "登录已过期，刚才提交的没有保存，请登录后再办".to_owned();
    Problem::Refused { code: SIGNED_OUT, message }
}

pub(crate) const SIGNED_OUT: &str = "web.signed_out";

/// A form with one file.
pub struct Uploaded {
    pub ctx: Ctx,
    pub asked: Asked,
    pub fields: Vec<(String, String)>,
    pub file_name: String,
    pub file: Bytes,
}

impl<F: DeserializeOwned> FromRequest<App> for Posted<F> {
    type Rejection = PageProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageProblem> {
        let (parts, body) = request.into_parts();
        let asked = Asked::read(app, &parts.headers, parts.uri.path().to_owned()).await?;
        let session = asked.session.clone().ok_or_else(signed_out)?;
        let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| too_large())?;
        let (carried, own) = parted(&bytes)?;
        let (key, _) = checked(&asked, &parts.headers, carried)?;
        let form = serde_html_form::from_bytes(&own).map_err(|_| unreadable())?;
        Ok(Self { ctx: app.ctx(session.actor, Some(key)), asked, form })
    }
}

impl<F: DeserializeOwned> FromRequest<App> for Sent<F> {
    type Rejection = PageProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageProblem> {
        let (parts, body) = request.into_parts();
        let asked = Asked::read(app, &parts.headers, parts.uri.path().to_owned()).await?;
        let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| too_large())?;
        let (carried, own) = parted(&bytes)?;
        let (key, _) = checked(&asked, &parts.headers, carried)?;
        let form = serde_html_form::from_bytes(&own).map_err(|_| unreadable())?;
        let actor = asked.session.as_ref().map_or_else(Actor::public, |it| it.actor.clone());
        let sender = app.vault.look_up(&format!("sender {}", address(app, &parts)));
        Ok(Self { ctx: app.ctx(actor, Some(key)), asked, form, sender })
    }
}

impl<F: DeserializeOwned> FromRequest<App> for SentFiles<F> {
    type Rejection = PageProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageProblem> {
        let (parts, body) = request.into_parts();
        let asked = Asked::read(app, &parts.headers, parts.uri.path().to_owned()).await?;
        let sender = app.vault.look_up(&format!("sender {}", address(app, &parts)));
        let headers = parts.headers.clone();
        let (mut fields, mut files) = (vec![], vec![]);
        let kind = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded") {
            // A sender without files may leave the envelope out.
            let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| too_large())?;
            fields = serde_html_form::from_bytes(&bytes).map_err(|_| unreadable())?;
        } else {
            let whole = Multipart::from_request(Request::from_parts(parts, body), app).await;
            let mut whole = whole.map_err(|_| unreadable())?;
            while let Some(part) = whole.next_field().await.map_err(|_| too_large())? {
                let name = part.name().unwrap_or_default().to_owned();
                match part.file_name().map(str::to_owned) {
                    Some(file) => files.push((file, part.bytes().await.map_err(|_| too_large())?)),
                    None => fields.push((name, part.text().await.map_err(|_| too_large())?)),
                }
            }
        }
        let (key, rest) = checked(&asked, &headers, fields)?;
        let text = serde_html_form::to_string(&rest).map_err(|_| unreadable())?;
        let form = serde_html_form::from_str(&text).map_err(|_| unreadable())?;
        let actor = asked.session.as_ref().map_or_else(Actor::public, |it| it.actor.clone());
        Ok(Self { ctx: app.ctx(actor, Some(key)), asked, form, files, sender })
    }
}

/// Where a request came from: the last hop the proxy in front names, or the connection itself.
fn address(app: &App, parts: &Parts) -> String {
    let named = parts.headers.get("x-forwarded-for").and_then(|it| it.to_str().ok());
    let proxied = named.filter(|_| app.https == Https::Proxied).and_then(|it| it.rsplit(',').next());
    let connected = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip().to_string());
    proxied.map(|it| it.trim().to_owned()).or(connected).unwrap_or_default()
}

impl<F: DeserializeOwned> FromRequest<App> for PostedJson<F> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiProblem> {
        let (parts, body) = request.into_parts();
        let asked = Asked::read(app, &parts.headers, parts.uri.path().to_owned()).await?;
        let session = asked.session.ok_or(Problem::SignIn)?;
        let header = |name: &str| parts.headers.get(name).and_then(|it| it.to_str().ok());
        // No page of another site can send this type without asking first, and nobody answers it.
        if !header(header::CONTENT_TYPE.as_str()).is_some_and(|it| it.starts_with("application/json")) {
            return Err(refused("web.content_type", "请以 Content-Type: application/json 提交").into());
        }
        let key = header("idempotency-key").filter(|it| (8..=128).contains(&it.len()));
        let key = key.ok_or_else(|| {
            refused("web.idempotency_key", "请在请求头 Idempotency-Key 中给出8至128位的唯一编号")
        })?;
        let bytes = to_bytes(body, LARGEST_FORM).await.map_err(|_| too_large())?;
        let form = serde_json::from_slice(&bytes).map_err(|it| refused("web.json", &json_fault(&it)))?;
        Ok(Self { ctx: app.ctx(session.actor, Some(key.to_owned())), form })
    }
}

/// What is wrong with a document that is no JSON, or not the one that was asked for: where, and what to do.
#[must_use]
pub fn json_fault(it: &serde_json::Error) -> String {
    let (line, column) = (it.line(), it.column());
    if it.is_data() {
        format!(
            "JSON 第{line}行第{column}列的内容与接口说明不符，请对照 /api/openapi.json 核对字段和类型（{it}）"
        )
    } else {
        format!("JSON 在第{line}行第{column}列不完整或有语法错误，请检查后重新发送")
    }
}

impl FromRequest<App> for Uploaded {
    type Rejection = PageProblem;

    async fn from_request(request: Request, app: &App) -> Result<Self, PageProblem> {
        let headers = request.headers().clone();
        let asked = Asked::read(app, &headers, request.uri().path().to_owned()).await?;
        let session = asked.session.clone().ok_or_else(signed_out)?;
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| unreadable())?;
        let (mut fields, mut file, mut file_name) = (vec![], Bytes::new(), String::new());
        while let Some(part) = parts.next_field().await.map_err(|_| too_large())? {
            let name = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(uploaded) => {
                    file_name = uploaded;
                    file = part.bytes().await.map_err(|_| too_large())?;
                }
                None => fields.push((name, part.text().await.map_err(|_| too_large())?)),
            }
        }
        let (key, fields) = checked(&asked, &headers, fields)?;
        Ok(Self { ctx: app.ctx(session.actor, Some(key)), asked, fields, file_name, file })
    }
}

impl Uploaded {
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.as_str())
    }
}

type Fields = Vec<(String, String)>;

/// What every form carries, and the form's own fields as they were sent, so that these are read only once.
fn parted(bytes: &[u8]) -> Result<(Fields, Vec<u8>), Problem> {
    let (mut carried, mut own) = (vec![], Vec::with_capacity(bytes.len()));
    for field in bytes.split(|it| *it == b'&') {
        // Few names begin so, as a browser writes it or as one that writes every sign in digits.
        let read: Fields = match field.first() {
            Some(b'_' | b'%') => serde_html_form::from_bytes(field).map_err(|_| unreadable())?,
            _ => vec![],
        };
        if read.iter().any(|(name, _)| name == "_token" || name == "_key") {
            carried.extend(read);
        } else {
            own.extend_from_slice(field);
            own.push(b'&');
        }
    }
    own.pop();
    Ok((carried, own))
}

/// The idempotency key and the fields that are the form's own, when the token is this session's.
pub(crate) fn checked(
    asked: &Asked,
    headers: &HeaderMap,
    fields: Fields,
) -> Result<(String, Fields), Problem> {
    let find = |name: &str| fields.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value.as_str());
    let same = bool::from(find("_token").as_bytes().ct_eq(asked.form_token().as_bytes()));
    let foreign = headers.get("sec-fetch-site").is_some_and(|it| it == "cross-site");
    if !same || foreign {
        return Err(refused(
            "web.form_token",
            "页面已过期，请返回上一页刷新后重新提交；已填写的内容还在上一页",
        ));
    }
    let key = find("_key").to_owned();
    if !(8..=128).contains(&key.len()) {
        return Err(refused("web.idempotency_key", "页面缺少提交编号，请刷新后重新提交"));
    }
    Ok((key, fields.into_iter().filter(|(it, _)| it != "_token" && it != "_key").collect()))
}

fn refused(code: &'static str, message: &str) -> Problem {
    Problem::Refused { code, message: message.to_owned() }
}

pub(crate) fn unreadable() -> Problem {
    refused("web.form", "提交的内容无法识别，请刷新页面后重试")
}

pub(crate) fn too_large() -> Problem {
    refused("web.too_large", "提交的内容过大：表单不超过1MB，文件不超过20MB，请压缩或拆分后重试")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_form_carries_is_told_from_its_own_fields_wherever_it_stands() {
        let of = |text: &str| {
            let (carried, own) = parted(text.as_bytes()).unwrap();
            (carried, String::from_utf8(own).unwrap())
        };
        let carried = vec![("_token".to_owned(), "t".to_owned()), ("_key".to_owned(), "k".to_owned())];
        let own = "a=1&b=%E4%B8%80";
        for text in [
            "a=1&_token=t&b=%E4%B8%80&_key=k",
            "_token=t&_key=k&a=1&b=%E4%B8%80",
            "a=1&b=%E4%B8%80&%5Ftoken=t&%5fkey=k",
        ] {
            assert_eq!(of(text), (carried.clone(), own.to_owned()), "{text}");
        }
        // A field of like name, a value that looks like one, and nothing at all.
        assert_eq!(of("_tokens=x&a=_token%3Dt"), (vec![], "_tokens=x&a=_token%3Dt".to_owned()));
        assert_eq!(of(""), (vec![], String::new()));
    }
}
