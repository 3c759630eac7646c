//! Somebody at the door: pages asked for, forms sent with what the page gave, JSON posted with a key.

use app::App;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Request, StatusCode, header, request::Builder},
};
use kernel::UserId;
use tower::ServiceExt as _;

/// One browser, perhaps signed in.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookie: Option<String>,
    form_token: String,
    pub person: UserId,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    pub body: String,
    /// The same as it came, for files.
    pub bytes: Vec<u8>,
    pub location: Option<String>,
    /// The token of a session that began with this answer.
    pub session: Option<String>,
    cookies: Vec<String>,
}

impl Browser {
    pub(crate) fn new(router: Router, app: &App, token: Option<String>, person: UserId) -> Self {
        let form_token =
            token.as_ref().map(|it| app.vault.form_token(&app.vault.look_up(it))).unwrap_or_default();
        Self { router, cookie: token.map(|it| format!("jiayuan_session={it}")), form_token, person }
    }

    /// What a program has to carry to be this browser: its cookies, and the token of its forms.
    #[must_use]
    pub fn credentials(&self) -> (String, String) {
        (self.cookie.clone().unwrap_or_default(), self.form_token.clone())
    }

    /// The same browser with a cookie that an answer gave it.
    #[must_use]
    pub fn with_cookie(&self, cookie: &str) -> Self {
        let cookies = self.cookie.iter().map(String::as_str).chain([cookie]).collect::<Vec<_>>().join("; ");
        Self { cookie: Some(cookies), ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    /// Opens a page as a browser that tells more than its cookie.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let with = |request: Builder, it: &(&str, &str)| request.header(it.0, it.1);
        self.ask(headers.iter().fold(Request::get(path), with), Body::empty()).await
    }

    /// Sends a form with a key of its own.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = app::random_hex(8).unwrap();
        self.submit_keyed(path, fields, &key).await
    }

    /// Sends a form under a key, as the same page sent twice does.
    pub async fn submit_keyed(&self, path: &str, fields: &[(&str, &str)], key: &str) -> Answer {
        let carried = [("_token", self.form_token.as_str()), ("_key", key)];
        let fields: Vec<_> = fields.iter().copied().chain(carried).collect();
        self.submit_bare(path, &fields).await
    }

    /// Sends just these fields, without what the page would have added.
    pub async fn submit_bare(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(encoded(fields))).await
    }

    pub async fn post_json(&self, path: &str, json: &serde_json::Value) -> Answer {
        self.send_json(Request::post(path), json).await
    }

    pub async fn put_json(&self, path: &str, json: &serde_json::Value) -> Answer {
        self.send_json(Request::put(path), json).await
    }

    async fn send_json(&self, request: Builder, json: &serde_json::Value) -> Answer {
        let request = request
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", app::random_hex(8).unwrap());
        self.ask(request, Body::from(json.to_string())).await
    }

    /// Sends a form with a file.
    pub async fn upload(&self, path: &str, file_name: &str, bytes: &[u8]) -> Answer {
        self.upload_with(path, &[], file_name, bytes).await
    }

    /// Sends a form with fields and a file.
    pub async fn upload_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file_name: &str,
        bytes: &[u8],
    ) -> Answer {
        let key = app::random_hex(8).unwrap();
        let fields: Vec<_> = fields.iter().copied().chain([("_key", key.as_str())]).collect();
        self.upload_bare(path, &fields, file_name, bytes).await
    }

    /// Sends a form that may carry files under a key of the caller's, as the same page sent twice does.
    pub async fn upload_keyed(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.upload_bare(path, fields, "", b"").await
    }

    async fn upload_bare(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file_name: &str,
        bytes: &[u8],
    ) -> Answer {
        let boundary = "jiayuan-test-boundary";
        let mut body = vec![];
        let carried = [("_token", self.form_token.as_str())];
        for (name, value) in fields.iter().copied().chain(carried) {
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\r\n").bytes());
        body.extend(bytes);
        body.extend(format!("\r\n--{boundary}--\r\n").bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"));
        self.ask(request, Body::from(body)).await
    }

    /// Sends a body as a program does, with its own headers.
    pub async fn send(&self, path: &str, kind: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, kind);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request, Body::from(body.to_owned())).await
    }

    async fn ask(&self, request: Builder, body: Body) -> Answer {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = response.status();
        let location = response.headers().get(header::LOCATION).map(|it| it.to_str().unwrap().to_owned());
        let cookies = response.headers().get_all(header::SET_COOKIE).iter();
        let pair = |it: &header::HeaderValue| Some(it.to_str().ok()?.split(';').next()?.to_owned());
        let cookies: Vec<String> = cookies.filter_map(pair).collect();
        let session = cookies.iter().filter_map(|it| it.strip_prefix("jiayuan_session="));
        let session = session.map(str::to_owned).find(|it| !it.is_empty());
        let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer {
            status,
            location,
            session,
            cookies,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes: bytes.to_vec(),
        }
    }
}

impl Answer {
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|it| panic!("{it}: {}", self.body))
    }

    /// A cookie that came with this answer, as it is sent back.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.iter().find(|it| it.split('=').next() == Some(name)).cloned()
    }

    /// What the next page will say of it, empty when nothing; a refusal begins with an exclamation mark.
    #[must_use]
    pub fn said(&self) -> String {
        let cookie = self.cookie("jiayuan_flash").unwrap_or_default();
        let hex = cookie.trim_start_matches("jiayuan_flash=").replace('%', "");
        String::from_utf8(hex::decode(hex).unwrap_or_default()).unwrap_or_default()
    }

    /// The page without its idempotency keys, which are new on every page.
    #[must_use]
    pub fn without_keys(&self) -> String {
        let mut parts = self.body.split("name=\"_key\" value=\"");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |page, part| page + part.split_once('"').map_or(part, |it| it.1))
    }

    /// The id at the end of where it leads.
    #[must_use]
    pub fn id(&self) -> i64 {
        let to = self
            .location
            .as_deref()
            .unwrap_or_else(|| panic!("{} leads nowhere: {}", self.status, self.body));
        to.rsplit('/').next().unwrap().parse().unwrap_or_else(|it| panic!("{it}: it leads to {to}"))
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let escape =
        |it: &str| {
            it.bytes()
                .map(|it| {
                    if it.is_ascii_alphanumeric() { char::from(it).to_string() } else { format!("%{it:02X}") }
                })
                .collect::<String>()
        };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}
