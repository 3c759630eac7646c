//! The pages of cases for those who work on them. Thin: read the form, call the verb, show the page.

use std::collections::BTreeSet;

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use files::AttachmentId;
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, Uploaded, page, redirect_saying};

use super::{
    actions, corrections, extensions,
    forms::Handling,
    labels::{self, Options},
    queries::{self, TicketView},
    refusals::TicketRefusal,
    types::{Kind, TicketId, WhistleId},
    whistles,
};
use crate::{
    findings,
    profiles::{
        routes::{self, Route},
        types::Urgency,
    },
    templates,
};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}", get(show))
        .route("/{id}/contact", post(reveal))
        .route("/{id}/photos", post(attach))
        .route("/{id}/photos/{photo}", get(photo))
        .route("/{id}/{verb}", post(act))
        .route("/whistles/report-in", post(report_in_to_several))
        .route("/whistles/{id}/report-in", post(report_in))
        .route("/whistles/{id}/rate", post(rate_whistle))
}

#[derive(Template)]
#[template(path = "ticket.html")]
struct ShowPage {
    chrome: Chrome,
    view: TicketView,
    form: Handling,
    /// The verb that was refused, whose words stay in its field.
    verb: String,
    refused: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chosen {
    /// 答复模板 whose words the answer begins with.
    template: String,
}

async fn show(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<TicketId>,
    Query(chosen): Query<Chosen>,
) -> PageResult {
    // Opening it is what makes a message read; the note is housekeeping, not an act on the case.
    let seen = move |tx: &mut ::store::Tx<'_>| Ok(messages::see(tx, id.into())?);
    app.store.housekeep(caller.ctx.clone(), seen).await?;
    let asked = caller.asked;
    let (tenant, template) = (kernel::Tenant::of_id(id.into()), chosen.template);
    let words =
        app.store.read(caller.ctx.clone(), move |tx| templates::words_of(tx, tenant, &template)).await?;
    let shown = match words {
        Some(words) => {
            let form = Handling { words, ..Handling::default() };
            Shown { form, verb: "answer".to_owned(), ..Shown::of(id) }
        }
        None => Shown::of(id),
    };
    show_one(&app, |it| asked.chrome(it), caller.ctx, shown).await
}

/// 显示完整联系方式 — answers with the page itself, so that looking again asks and notes again.
async fn reveal(State(app): State<App>, Path(id): Path<TicketId>, posted: Posted<Nothing>) -> PageResult {
    let (asked, ctx) = (posted.asked, posted.ctx.clone());
    app.store.write(posted.ctx, move |tx| actions::reveal(tx, id)).await?;
    let shown = Shown { revealed: true, ..Shown::of(id) };
    show_one(&app, |it| asked.chrome(it), ctx, shown).await
}

#[derive(Deserialize)]
struct Nothing {}

/// A case's page as it is to be shown: what was typed into which verb, and why it was refused.
struct Shown {
    id: TicketId,
    form: Handling,
    verb: String,
    refused: Option<String>,
    revealed: bool,
}

impl Shown {
    fn of(id: TicketId) -> Self {
        Self { id, form: Handling::default(), verb: String::new(), refused: None, revealed: false }
    }
}

async fn show_one(app: &App, chrome: impl Fn(&str) -> Chrome, ctx: kernel::Ctx, shown: Shown) -> PageResult {
    let (vault, calendar) = (app.vault.clone(), app.calendar.clone());
    let Shown { id, form, verb, refused, revealed } = shown;
    let view = app.store.read(ctx, move |tx| queries::ticket(tx, &vault, &calendar, id, revealed)).await?;
    page(&ShowPage { chrome: chrome(&view.number), view, form, verb, refused })
}

/// Every verb that asks for a few words: the page shows them again when the rule says no.
async fn act(
    State(app): State<App>,
    Path((id, verb)): Path<(TicketId, String)>,
    posted: Posted<Handling>,
) -> PageResult {
    let (asked, ctx, form) = (posted.asked.clone(), posted.ctx.clone(), posted.form.clone());
    let (calendar, asked_verb) = (app.calendar.clone(), verb.clone());
    let done = app.store.write(posted.ctx, move |tx| {
        let form = &posted.form;
        match asked_verb.as_str() {
            "dispatch" => actions::dispatch(tx, id, form),
            "correct" => actions::correct(tx, &calendar, id, form),
            "decline" => actions::decline(tx, id, form),
            "transfer" => actions::transfer(tx, id, form),
            "give-back" => actions::give_back(tx, id, form),
            "refuse-return" => actions::refuse_return(tx, id, form),
            "accept" => actions::accept(tx, id, form),
            "extend" => actions::extend(tx, &calendar, id, form),
            "ask-extend" => extensions::ask(tx, id, form),
            "refuse-extend" => extensions::refuse(tx, id, form),
            "answer" => actions::answer(tx, &calendar, id, form),
            "close" => actions::close(tx, id, form),
            "call-back" => actions::call_back(tx, &calendar, id, form),
            "supervise" => actions::supervise(tx, id, form),
            "merge" => actions::merge(tx, id, form),
            "split" => actions::split(tx, id, form),
            "blow" => whistles::blow(tx, &calendar, id, form),
            "confirm" => findings::confirm(tx, id, form),
            _ => Err(Problem::NotFound),
        }
    });
    match done.await {
        Ok(()) => redirect_saying(&format!("/tickets/{id}"), labels::done(&verb)),
        Err(problem @ (Problem::Refused { .. } | Problem::Conflict)) => {
            let refused = Some(problem.to_string());
            let shown = Shown { form, verb, refused, ..Shown::of(id) };
            show_one(&app, |it| asked.chrome(it), ctx, shown).await
        }
        Err(problem) => Err(problem.into()),
    }
}

/// The case's page again, with what was refused beside what was typed.
pub(crate) async fn refused_with(
    app: &App,
    asked: &web::Asked,
    ctx: kernel::Ctx,
    id: TicketId,
    (verb, words): (&str, String),
    problem: &Problem,
) -> PageResult {
    let refused = match problem {
        Problem::Invalid(errors) => {
            errors.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("；")
        }
        other => other.to_string(),
    };
    let (form, verb) = (Handling { words, ..Handling::default() }, verb.to_owned());
    let shown = Shown { form, verb, refused: Some(refused), ..Shown::of(id) };
    show_one(app, |it| asked.chrome(it), kernel::Ctx { key: None, ..ctx }, shown).await
}

async fn report_in(
    State(app): State<App>,
    Path(id): Path<WhistleId>,
    posted: Posted<Handling>,
) -> PageResult {
    let ticket = app.store.write(posted.ctx, move |tx| whistles::report_in(tx, id)).await?;
    redirect_saying(&format!("/tickets/{ticket}"), "已报到，可以直接办理和答复")
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Ticked {
    id: Vec<String>,
}

/// The list shows fifty; more were not ticked there.
const MOST_WHISTLES: usize = 50;

async fn report_in_to_several(State(app): State<App>, posted: Posted<Ticked>) -> PageResult {
    let ids: BTreeSet<i64> = posted.form.id.iter().filter_map(|it| kernel::parse_id(it)).collect();
    let done = match ids.len() {
        1..=MOST_WHISTLES => {
            app.store.write(posted.ctx, move |tx| whistles::report_in_to_several(tx, &ids)).await
        }
        _ => Err(TicketRefusal::NoWhistle.into()),
    };
    match done {
        Ok(n) => redirect_saying("/tickets", &format!("{n}件已报到，可以直接办理和答复")),
        Err(problem) => web::refused_back(Err(problem.into()), "/tickets"),
    }
}

async fn rate_whistle(
    State(app): State<App>,
    Path(id): Path<WhistleId>,
    posted: Posted<Handling>,
) -> PageResult {
    let ticket = app.store.write(posted.ctx, move |tx| whistles::rate_whistle(tx, id, &posted.form)).await?;
    redirect_saying(&format!("/tickets/{ticket}"), "已评价")
}

async fn attach(State(app): State<App>, Path(id): Path<TicketId>, sent: Uploaded) -> PageResult {
    web::refused_back(attached(app, id, sent).await, &format!("/tickets/{id}"))
}

async fn attached(app: App, id: TicketId, sent: Uploaded) -> PageResult {
    // Whether they may is asked before the bytes are kept: a refusal leaves no file.
    app.store.read(sent.ctx.clone(), move |tx| actions::may_attach(tx, id)).await?;
    let wrong = |it: files::Fault| match it {
        files::Fault::Unknown => TicketRefusal::WrongFile("现场照片应为 JPG 或 PNG".to_owned()),
        other => TicketRefusal::WrongFile(other.to_string()),
    };
    let (media, bytes) = files::look(&sent.file).map_err(wrong)?;
    if !media.is_picture() {
        return Err(TicketRefusal::WrongFile("现场照片应为 JPG 或 PNG".to_owned()).into());
    }
    let kept = web::keep(&app, media, bytes).await?;
    let (slot, name) = (sent.field("slot").to_owned(), sent.file_name.clone());
    app.store.write(sent.ctx, move |tx| actions::attach(tx, id, &slot, &name, &kept)).await?;
    redirect_saying(&format!("/tickets/{id}"), "照片已上传，位置等信息已去除")
}

async fn photo(
    State(app): State<App>,
    caller: Caller,
    Path((id, photo)): Path<(TicketId, AttachmentId)>,
) -> PageResult {
    let found = app.store.read(caller.ctx, move |tx| queries::photo(tx, id, photo)).await?;
    web::kept(&app, &found)
}

impl ShowPage {
    /// Filed as praise, which may be none.
    fn is_noted(&self) -> bool {
        corrections::is_noted(&self.view.ticket.stage)
    }

    fn categories() -> Options {
        labels::categories()
    }

    fn urgencies() -> Options {
        let one = |it: &Urgency| (it.code().to_owned(), labels::urgency(*it).to_owned());
        Urgency::ALL.iter().map(one).collect()
    }

    /// What it may be instead of praise.
    fn kinds() -> Options {
        labels::kinds().into_iter().filter(|it| it.0 != Kind::Praise.code()).collect()
    }

    /// What is chosen in the correction: as typed, or as it stands.
    fn category(&self) -> &str {
        if self.verb == "correct" { &self.form.category } else { &self.view.ticket.category }
    }

    fn urgency(&self) -> &str {
        if self.verb == "correct" { &self.form.urgency } else { self.view.ticket.urgency.code() }
    }

    fn reasons() -> &'static [Route] {
        routes::reasons()
    }

    fn lines() -> &'static [Route] {
        routes::lines()
    }

    /// The verb that was refused, what was typed for it, and why.
    fn said(&self) -> (&str, &str, Option<&str>) {
        (&self.verb, &self.form.words, self.refused.as_deref())
    }
}
