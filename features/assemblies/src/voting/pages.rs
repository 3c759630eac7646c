//! The owner's pages: the code, the ballot paper, checking the answers, the receipt. Work on any phone, without JavaScript.
//!
//! The code travels in the body of forms; in a scanned address it stands behind the #, which no browser sends and no log
//! keeps.

use std::collections::BTreeMap;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::HeaderMap,
    routing::{get, post},
};
use kernel::{FieldError, Problem};
use qrcode::{EcLevel, QrCode, render::svg};
use serde::Deserialize;
use web::{Chrome, PageResult, Posted, Sent, Visitor, error_of, page, redirect_saying};

use super::{
    actions, paper_pages,
    queries::{self, CanvassView, PaperView},
    rules::{self as own, VotingRefusal},
    types::{Cast, Key, Printed, Receipt},
};
use crate::{
    decisions::{DecisionId, labels},
    visits,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/vote", get(code_page).post(open))
        .route("/vote/check", post(check))
        .route("/vote/cast", post(cast))
        .route("/vote/done/{id}", get(done))
        .route("/decisions/{id}/canvass", get(canvass).post(deliver))
        .route("/decisions/{id}/letters", post(print))
        .route("/decisions/{id}/letters/again", post(reissue))
        .merge(paper_pages::routes())
}

#[derive(Template)]
#[template(path = "vote_code.html")]
struct CodePage {
    chrome: Chrome,
    code: String,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "vote.html")]
struct VotePage {
    chrome: Chrome,
    view: PaperView,
    key: Vec<(&'static str, String)>,
    typed: BTreeMap<String, String>,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "vote_check.html")]
struct CheckPage {
    chrome: Chrome,
    view: PaperView,
    key: Vec<(&'static str, String)>,
    typed: BTreeMap<String, String>,
}

#[derive(Template)]
#[template(path = "vote_done.html")]
struct DonePage {
    chrome: Chrome,
    decision: DecisionId,
    /// Where each can be checked, as an address and drawn.
    receipts: Vec<(Receipt, String, String)>,
    skipped: Vec<(String, String)>,
    /// Voted from the owner's account, not by a letter.
    by_account: bool,
}

#[derive(Template)]
#[template(path = "canvass.html")]
struct CanvassPage {
    chrome: Chrome,
    view: CanvassView,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "letters.html")]
struct LettersPage {
    chrome: Chrome,
    id: DecisionId,
    community: String,
    title: String,
    closes: String,
    address: String,
    /// Unit, code, the code drawn.
    letters: Vec<(String, String, String)>,
}

async fn code_page(visitor: Visitor) -> PageResult {
    page(&CodePage { chrome: visitor.chrome("业主投票"), code: String::new(), errors: vec![] })
}

async fn counted(app: &App, ctx: &kernel::Ctx, sender: String) -> Result<(), Problem> {
    let ctx = kernel::Ctx { key: None, ..ctx.clone() };
    let heard = app.store.housekeep(ctx, move |tx| actions::count_try(tx, &sender)).await?;
    heard.then_some(()).ok_or_else(|| VotingRefusal::TooManyTries.into())
}

/// The key a form carries: a home of the account, or the code of a letter.
fn key_of(form: &BTreeMap<String, String>) -> Key {
    let number = |field: &str| form.get(field).and_then(|it| it.parse::<i64>().ok());
    match (number("decision"), number("home")) {
        (Some(decision), Some(home)) => Key::Home(decision.into(), home.into()),
        _ => Key::Letter(form.get("code").cloned().unwrap_or_default()),
    }
}

/// The key again, as the fields the next form carries.
fn fields_of(key: &Key) -> Vec<(&'static str, String)> {
    match key {
        Key::Letter(code) => vec![("code", code.clone())],
        Key::Home(decision, home) => vec![("decision", decision.to_string()), ("home", home.to_string())],
    }
}

/// The paper a key opens. A code that opens none counts as a try.
async fn opened(app: &App, sent: &Sent<BTreeMap<String, String>>) -> Result<(Key, PaperView), Problem> {
    let key = key_of(&sent.form);
    let (vault, typed) = (app.vault.clone(), key.clone());
    let ctx = kernel::Ctx { key: None, ..sent.ctx.clone() };
    let read = app.store.read(ctx, move |tx| queries::paper(tx, &vault, &typed)).await;
    if let Err(Problem::Refused { code: "assemblies.wrong_code", .. }) = &read {
        counted(app, &sent.ctx, sent.sender.clone()).await?;
    }
    Ok((key, read?))
}

async fn open(State(app): State<App>, sent: Sent<BTreeMap<String, String>>) -> PageResult {
    match opened(&app, &sent).await {
        Ok((key, view)) => {
            let chrome = sent.asked.chrome("表决票");
            page(&VotePage { chrome, view, key: fields_of(&key), typed: sent.form, errors: vec![] })
        }
        Err(Problem::Refused { code: "assemblies.wrong_code", message }) => {
            let errors = vec![FieldError::new("code", message)];
            let code = sent.form.get("code").cloned().unwrap_or_default();
            page(&CodePage { chrome: sent.asked.chrome("业主投票").with_errors(&errors), code, errors })
        }
        Err(problem) => Err(problem.into()),
    }
}

async fn check(State(app): State<App>, sent: Sent<BTreeMap<String, String>>) -> PageResult {
    let (key, view) = opened(&app, &sent).await?;
    let (chrome, key) = (sent.asked.chrome("核对您的选择"), fields_of(&key));
    let items = view.items.iter().filter(|it| !sent.form.contains_key(&it.field));
    let errors: Vec<FieldError> =
        items.map(|it| FieldError::new("choices", format!("请选择：{}", it.title))).collect();
    if errors.is_empty() && view.shut.is_none() {
        return page(&CheckPage { chrome, view, key, typed: sent.form });
    }
    page(&VotePage { chrome: chrome.with_errors(&errors), view, key, typed: sent.form, errors })
}

async fn cast(
    State(app): State<App>,
    headers: HeaderMap,
    sent: Sent<BTreeMap<String, String>>,
) -> PageResult {
    let chrome = sent.asked.chrome("投票成功");
    let (vault, key) = (app.vault.clone(), key_of(&sent.form));
    let ctx = match &key {
        // From their own account owners vote as themselves.
        Key::Home(..) => sent.ctx.clone(),
        // Signed in or not, whoever has a letter votes as its holder, and nobody else. All of them share the public's keys:
        // a key stands for this code only.
        Key::Letter(code) => {
            let once = sent.ctx.key.as_ref();
            let once = once.map(|it| app.vault.look_up(&format!("vote key {code} {it}")));
            kernel::Ctx { actor: kernel::Actor::public(), key: once, ..sent.ctx.clone() }
        }
    };
    let by_account = matches!(key, Key::Home(..));
    let done = app.store.write(ctx, move |tx| actions::cast(tx, &vault, &key, &sent.form)).await;
    let Cast { decision, receipts: kept, skipped } = match done {
        Err(Problem::Refused { code: "assemblies.wrong_code", message }) => {
            counted(&app, &sent.ctx, sent.sender).await?;
            return Err(Problem::Refused { code: "assemblies.wrong_code", message }.into());
        }
        other => other?,
    };
    let mut receipts = vec![];
    for it in kept {
        let to = format!("/assemblies/posted/{decision}/receipt?n={}&hash={}", it.n, it.hash);
        let address = web::address(&app, &headers, &to);
        let drawn = drawn(&address)?;
        receipts.push((it, to, drawn));
    }
    page(&DonePage { chrome, decision, receipts, skipped, by_account })
}

/// Where a ballot sent twice leads: it was taken once, and its receipt was shown then.
async fn done(visitor: Visitor, Path(id): Path<DecisionId>) -> PageResult {
    let chrome = visitor.chrome("已经提交过");
    page(&DonePage { chrome, decision: id, receipts: vec![], skipped: vec![], by_account: false })
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    building: String,
}

async fn canvass(
    State(app): State<App>,
    caller: web::Caller,
    Path(id): Path<DecisionId>,
    Query(query): Query<Where>,
) -> PageResult {
    let chrome = caller.chrome("送达与扫楼");
    show_canvass(&app, chrome, caller.ctx, id, query.building, vec![]).await
}

async fn show_canvass(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    id: DecisionId,
    building: String,
    errors: Vec<FieldError>,
) -> PageResult {
    let (vault, ctx) = (app.vault.clone(), kernel::Ctx { key: None, ..ctx });
    let view = app.store.read(ctx, move |tx| queries::canvass(tx, &vault, id, &building)).await?;
    page(&CanvassPage { chrome: chrome.with_errors(&errors), view, errors })
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Doors {
    building: String,
    unit: Vec<String>,
    what: String,
}

async fn deliver(State(app): State<App>, Path(id): Path<DecisionId>, posted: Posted<Doors>) -> PageResult {
    let (ctx, form) = (posted.ctx.clone(), posted.form.clone());
    let done =
        app.store.write(posted.ctx, move |tx| visits::deliver(tx, id, &posted.form.unit, &posted.form.what));
    let chrome = posted.asked.chrome("送达与扫楼");
    match done.await {
        Ok(()) => {
            let building: String = form.building.bytes().map(|it| format!("%{it:02X}")).collect();
            let said = format!("已登记{}套", form.unit.len());
            redirect_saying(&format!("/assemblies/decisions/{id}/canvass?building={building}"), &said)
        }
        Err(Problem::Invalid(errors)) => show_canvass(&app, chrome, ctx, id, form.building, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

async fn print(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    headers: HeaderMap,
    posted: Posted<Where>,
) -> PageResult {
    let vault = app.vault.clone();
    let ctx = kernel::Ctx { key: None, ..posted.ctx };
    let printed = app.store.write(ctx, move |tx| actions::print(tx, &vault, id, &posted.form.building));
    show_letters(&app, posted.asked.chrome("表决凭证"), &headers, printed.await?)
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Again {
    unit: String,
}

async fn reissue(
    State(app): State<App>,
    Path(id): Path<DecisionId>,
    headers: HeaderMap,
    posted: Posted<Again>,
) -> PageResult {
    let vault = app.vault.clone();
    let done = app.store.write(posted.ctx, move |tx| actions::reissue(tx, &vault, id, &posted.form.unit));
    show_letters(&app, posted.asked.chrome("表决凭证"), &headers, done.await?)
}

fn show_letters(app: &App, chrome: Chrome, headers: &HeaderMap, printed: Printed) -> PageResult {
    let (decision, mut letters) = (printed.decision, vec![]);
    for (letter, code) in printed.letters {
        let scanned = web::address(app, headers, &format!("/assemblies/vote#{code}"));
        letters.push((letter.unit, code, drawn(&scanned)?));
    }
    let community = printed.community;
    let closes = decision.stage.noticed().map(|it| labels::until(it.closes_at)).unwrap_or_default();
    let address = web::address(app, headers, "/assemblies/vote");
    page(&LettersPage { chrome, id: decision.id, community, title: decision.title, closes, address, letters })
}

/// A code to scan, as a drawing that stands in the page itself.
pub(crate) fn drawn(text: &str) -> Result<String, Problem> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|it| Problem::Broken(anyhow::anyhow!("no code was drawn: {it}")))?;
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(120, 120).build();
    Ok(drawn.split_once("?>").map_or(drawn.clone(), |it| it.1.to_owned()))
}

impl CodePage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}

impl VotePage {
    fn is_by_account(&self) -> bool {
        by_account(&self.key)
    }

    fn is_chosen(&self, field: &str, answer: &str) -> bool {
        self.typed.get(field).is_some_and(|it| it == answer)
    }
}

/// Opened from the owner's account, not by a letter.
fn by_account(key: &[(&'static str, String)]) -> bool {
    key.iter().any(|it| it.0 == "home")
}

impl CheckPage {
    fn is_by_account(&self) -> bool {
        by_account(&self.key)
    }

    /// Every answer in words, beside its field and code.
    fn chosen(&self) -> Vec<(&str, &str, &str, &str)> {
        let of = |it: &'_ queries::ItemView| -> Option<(String, String)> {
            let code = self.typed.get(&it.field)?;
            it.answers.iter().find(|known| known.0 == *code).cloned()
        };
        let mut chosen = vec![];
        for it in &self.view.items {
            if let Some(answer) = it.answers.iter().find(|known| of(it).is_some_and(|it| it.0 == known.0)) {
                chosen.push((it.title.as_str(), it.field.as_str(), answer.0.as_str(), answer.1.as_str()));
            }
        }
        chosen
    }
}

impl CanvassPage {
    fn ways() -> [(&'static str, &'static str); 4] {
        own::WAYS
    }
}
