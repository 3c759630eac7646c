//! The page an application is begun on: a community found, what is selected in it, and who.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use kernel::{Ctx, FieldError, Problem};
use registry::communities::CommunityId;
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, Posted, error_of, page, redirect_saying};

use super::{
    actions,
    beginning::{self, BeginView},
    giving_up,
    types::{ApplicationId, Nominee},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/{id}/applications", post(begin))
        .route("/{id}/applications/new", get(look))
        .route("/applications/{id}/give-up", post(give_up))
}

const TITLE: &str = "开始申报";

#[derive(Template)]
#[template(path = "application_new.html")]
struct BeginPage {
    chrome: Chrome,
    view: BeginView,
    find: String,
    typed: Nominee,
    errors: Vec<FieldError>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Find {
    find: String,
    community: String,
}

#[derive(Deserialize)]
struct BeginForm {
    community: CommunityId,
    #[serde(flatten)]
    nominee: Nominee,
}

async fn look(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CampaignId>,
    Query(asked): Query<Find>,
) -> PageResult {
    let chosen = kernel::parse_id(&asked.community).map(CommunityId::from);
    let typed = (Nominee::default(), vec![]);
    show(&app, caller.chrome(TITLE), caller.ctx, (id, asked.find, chosen), typed).await
}

async fn show(
    app: &App,
    chrome: Chrome,
    ctx: Ctx,
    (id, find, chosen): (CampaignId, String, Option<CommunityId>),
    (typed, errors): (Nominee, Vec<FieldError>),
) -> PageResult {
    let named = find.clone();
    let view = app.store.read(ctx, move |tx| beginning::look(tx, id, &named, chosen)).await?;
    page(&BeginPage { chrome: chrome.with_errors(&errors), view, find, typed, errors })
}

async fn begin(State(app): State<App>, Path(id): Path<CampaignId>, posted: Posted<BeginForm>) -> PageResult {
    let (chrome, ctx, vault) = (posted.asked.chrome(TITLE), posted.ctx.clone(), app.vault.clone());
    let (community, typed) = (posted.form.community, posted.form.nominee);
    let nominee = typed.clone();
    let made =
        app.store.write(posted.ctx, move |tx| actions::begin(tx, &vault, id, community, &nominee)).await;
    match made {
        Ok(made) => {
            let href = format!("/campaigns/applications/{made}");
            redirect_saying(&href, "申报已建立。可以分几次填写，随时保存")
        }
        Err(Problem::Invalid(errors)) => {
            show(&app, chrome, ctx, (id, String::new(), Some(community)), (typed, errors)).await
        }
        Err(problem) => Err(problem.into()),
    }
}

#[derive(Deserialize)]
struct Nothing {}

async fn give_up(
    State(app): State<App>,
    Path(id): Path<ApplicationId>,
    posted: Posted<Nothing>,
) -> PageResult {
    let vault = app.vault.clone();
    let campaign = app.store.write(posted.ctx, move |tx| giving_up::give_up(tx, &vault, id)).await?;
    redirect_saying(&format!("/campaigns/{campaign}/applications"), "申报已放弃，草稿和上传的材料已移除")
}

impl BeginPage {
    /// Whose a person may be, for the county to say.
    fn parties() -> Vec<(String, String)> {
        let says = [
            ("", "请选择"),
            ("enterprise", "物业服务企业的人员"),
            ("committee", "业主委员会（物业管理委员会）的成员"),
            ("county", "都不是，如志愿者、社区工作者"),
        ];
        says.map(|(code, it)| (code.to_owned(), it.to_owned())).into()
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn asks_person(&self) -> bool {
        self.view.campaign.pack.selects == ::rules::Selects::Person
    }

    /// Something was looked for by a name of two letters at least.
    fn looked(&self) -> bool {
        2 <= self.find.trim().chars().count()
    }
}
