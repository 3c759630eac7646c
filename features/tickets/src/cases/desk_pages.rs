//! The pages of the desk. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use kernel::{FieldError, Problem};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, SentFiles, error_of, page, redirect, redirect_saying};

use super::{
    desk::{self, Slip},
    forms::Intake,
    labels::{self, Options},
    lists, photos, policy,
    types::Channel,
};
use crate::{
    profiles::types::Urgency,
    reporting::{self, NearbyView, Tree},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/new", get(new).post(file)).route("/slip/{code}", get(slip))
}

#[derive(Template)]
#[template(path = "ticket_new.html")]
struct NewPage {
    chrome: Chrome,
    named: String,
    found: Vec<registry::communities::Found>,
    tree: Tree,
    community: Option<registry::communities::Found>,
    nearby: Vec<NearbyView>,
    categories: Options,
    kinds: Options,
    openness: Options,
    channels: Options,
    /// Empty for whoever does not send cases out.
    urgencies: Options,
    systems: Options,
    form: Intake,
    errors: Vec<FieldError>,
}

#[derive(Template)]
#[template(path = "ticket_slip.html")]
struct SlipPage {
    chrome: Chrome,
    slip: Slip,
    code: String,
    spoken: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Where {
    named: String,
    community: String,
    at: String,
}

async fn new(State(app): State<App>, caller: Caller, Query(query): Query<Where>) -> PageResult {
    let own = match caller.ctx.actor.hat.scope {
        kernel::Scope::Community(id) => id.to_string(),
        _ => String::new(),
    };
    let community = if query.community.is_empty() { own } else { query.community.clone() };
    let form = Intake { community, ..Intake::default() };
    show(&app, caller.chrome("代群众登记"), caller.ctx, query, form, vec![]).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    query: Where,
    form: Intake,
    errors: Vec<FieldError>,
) -> PageResult {
    let (named, chosen) = (query.named.clone(), form.community.parse::<i64>().ok());
    let sends_out = policy::sends_out(&ctx.actor);
    let (building, category) = (form.building.clone(), form.category.clone());
    let read = app.store.read(kernel::Ctx { key: None, ..ctx }, move |tx| {
        let chosen = match chosen {
            Some(id) => registry::communities::found_one(tx, id)?,
            None => None,
        };
        let found = registry::communities::found(tx, &named)?;
        let community = lists::own(tx, chosen)?.pop();
        let nearby = match &community {
            Some(it) => reporting::nearby(tx, it.id.into(), &building, &category)?,
            None => vec![],
        };
        let tree = match &community {
            Some(_) => Tree::default(),
            None => reporting::own_tree(tx, kernel::parse_id(&query.at))?,
        };
        Ok((lists::own(tx, found)?, community, nearby, tree, desk::systems(tx)?))
    });
    let (found, community, nearby, tree, systems) = read.await?;
    let option = |code: &str, label: &str| (code.to_owned(), label.to_owned());
    let urgencies = Urgency::ALL.iter().map(|it| option(it.code(), labels::urgency(*it)));
    page(&NewPage {
        chrome: chrome.with_errors(&errors),
        named: query.named,
        found,
        tree,
        community,
        nearby,
        categories: labels::categories(),
        kinds: labels::kinds(),
        openness: labels::ways_open(),
        channels: Channel::ALL.iter().map(|it| option(it.code(), labels::channel(*it))).collect(),
        urgencies: if sends_out { urgencies.collect() } else { vec![] },
        systems,
        form,
        errors,
    })
}

async fn file(State(app): State<App>, sent: SentFiles<Intake>) -> PageResult {
    if sent.asked.session.is_none() {
        return Err(Problem::SignIn.into());
    }
    let (chrome, ctx, form) = (sent.asked.chrome("代群众登记"), sent.ctx.clone(), sent.form.clone());
    let again = kernel::Ctx { key: None, ..ctx.clone() };
    let photos = match photos::looked(&sent.files) {
        Ok(photos) => photos,
        Err(fault) => {
            let errors = vec![FieldError::new("photos", fault)];
            return show(&app, chrome, ctx, Where::default(), form, errors).await;
        }
    };
    // Out of the form's own key: the same form sent again leads to the same slip.
    let code = reporting::code_of(&app, &reporting::desk_door(&ctx), ctx.key.as_deref())?;
    let (vault, calendar, kept) = (app.vault.clone(), app.calendar.clone(), code.clone());
    let filed =
        app.store.write(sent.ctx, move |tx| desk::file(tx, &vault, &calendar, &sent.form, &kept)).await;
    let id = match filed {
        Ok(id) => {
            for (name, media, bare) in photos {
                let kept = web::keep(&app, media, bare).await?;
                let attached = move |tx: &mut ::store::Tx<'_>| desk::attach(tx, id, &name, &kept);
                // The case is filed: a photo that could not be kept must not cost the resident the slip.
                if let Err(problem) = app.store.write(again.clone(), attached).await {
                    tracing::warn!(%problem, "A photo brought to the desk was not kept");
                }
            }
            id
        }
        Err(Problem::AlreadyDone { .. }) => {
            let (vault, code) = (app.vault.clone(), code.clone());
            app.store.read(again.clone(), move |tx| Ok(reporting::meant(tx, &vault, &code)?.0)).await?
        }
        Err(Problem::Invalid(errors)) => {
            return show(&app, chrome, ctx, Where::default(), form, errors).await;
        }
        Err(problem) => return Err(problem.into()),
    };
    if policy::hands_code(&ctx.actor) {
        return redirect(&format!("/tickets/slip/{code}"));
    }
    let said = "已登记。请把编号告诉群众，可凭编号和手机尾号查询，由社区回访";
    redirect_saying(&format!("/tickets/{id}"), said)
}

/// 回执 — for whoever was helped, to be printed or read aloud.
async fn slip(State(app): State<App>, caller: Caller, Path(code): Path<String>) -> PageResult {
    let (chrome, vault, typed) = (caller.chrome("诉求回执"), app.vault.clone(), code.clone());
    let calendar = app.calendar.clone();
    let slip = app.store.read(caller.ctx, move |tx| desk::slip(tx, &vault, &calendar, &typed)).await?;
    let spoken = reporting::spoken(&code);
    page(&SlipPage { chrome, slip, code, spoken })
}

impl NewPage {
    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }
}
