//! The list of applications, narrowed by the URL, and 附件4 as a sheet.

use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use documents::{Cell, Column};
use kernel::Problem;
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, page};

use super::{
    labels,
    lists::{self, ApplicationList, Narrow},
    policy,
    types::{ApplicationId, Stage},
};
use crate::openings::types::CampaignId;

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/{id}/applications", get(list)).route("/{id}/annex-4.xlsx", get(annex_4))
}

#[derive(Template)]
#[template(path = "applications.html")]
struct ListPage {
    chrome: Chrome,
    list: ApplicationList,
    narrow: Narrow,
}

impl ListPage {
    fn begin_label(&self) -> String {
        format!("推荐申报一个{}", self.list.campaign.pack.selects.says())
    }

    fn is_stage(&self, code: &str) -> bool {
        self.narrow.stage == Some(code)
    }

    fn is_county(&self, number: &i64) -> bool {
        self.narrow.county == Some(*number)
    }

    fn is_narrowed(&self) -> bool {
        self.narrow != Narrow::default()
    }

    /// The next page, narrowed as this one.
    fn more(&self, next: &ApplicationId) -> String {
        let county = self.narrow.county.map_or(String::new(), |it| it.to_string());
        let stage = self.narrow.stage.unwrap_or_default();
        format!(
            "/campaigns/{}/applications?stage={stage}&county={county}&after={next}",
            self.list.campaign.id
        )
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct After {
    after: Option<ApplicationId>,
    stage: String,
    county: String,
}

impl After {
    fn narrow(&self) -> Narrow {
        Narrow { stage: Stage::code_of(&self.stage), county: kernel::parse_id(&self.county) }
    }
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CampaignId>,
    Query(query): Query<After>,
) -> PageResult {
    let (chrome, vault) = (caller.chrome("申报"), app.vault.clone());
    let (after, narrow) = (query.after.map_or(0, i64::from), query.narrow());
    let list = app.store.read(caller.ctx, move |tx| lists::list(tx, &vault, id, narrow, after)).await?;
    page(&ListPage { chrome, list, narrow })
}

/// 附件4 推荐汇总表, every column of the annex.
async fn annex_4(State(app): State<App>, caller: Caller, Path(id): Path<CampaignId>) -> PageResult {
    let vault = app.vault.clone();
    let whole_city = matches!(policy::visible(&caller.ctx.actor), kernel::Scope::City(_));
    let (pack, rows) = app.store.read(caller.ctx, move |tx| lists::annex_4(tx, &vault, id)).await?;
    let (title, selects) = (labels::form_title(&pack, "annex-4", "推荐汇总表"), pack.selects);
    let county = whole_city.then_some("县区");
    let subject = match selects {
        ::rules::Selects::Community => "小区名称",
        other => labels::candidate(other),
    };
    let heads = [
        subject,
        "评估得分及排名",
        "所在街道、社区",
        "物业公司情况",
        "小区党组织情况",
        "业主委员会情况",
        "信访投诉情况",
        "物业费收缴情况",
    ];
    let heads = ["序号"].into_iter().chain(county).chain(heads);
    let columns: Vec<Column> = heads.map(|it| Column::text(it, 18)).collect();
    let rows: Vec<Vec<Cell>> =
        rows.into_iter().map(|row| row.into_iter().map(Cell::Text).collect()).collect();
    let sheet = documents::write_xlsx("附件4", &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, &format!("{title}.xlsx"), sheet))
}

impl ListPage {
    /// The county's summary form, once it has somebody to put into it.
    fn annex(&self) -> Option<String> {
        let any = self.list.lines.iter().any(|it| !it.selected.is_empty());
        any.then(|| format!("/campaigns/{}/annex-4.xlsx", self.list.campaign.id))
    }
}
