//! What is posted, for programs: everybody's circle, without a session and without a name.

use app::App;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use kernel::Problem;
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use web::{ApiResult, Visitor};

use super::queries::{self, PostedView, Posting};
use crate::{counting::ResultView, decisions::DecisionId, voting::Turnout};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/posted", get(board)).route("/posted/{id}", get(show))
}

/// What programs may ask of owners' decisions.
#[derive(OpenApi)]
#[openapi(paths(board, show))]
pub(crate) struct Doc;

/// 一次表决, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionEntry {
    id: String,
    title: String,
    stage: &'static str,
    /// 北京时间.
    opens: String,
    closes: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BoardData {
    community: String,
    decisions: Vec<DecisionEntry>,
}

/// 表决公告和结果.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionData {
    id: String,
    title: String,
    community: String,
    stage: &'static str,
    noticed_on: String,
    opens: String,
    closes: String,
    items: Vec<ItemData>,
    rules: Vec<RuleData>,
    /// Until there is a result.
    turnout: Option<TurnoutData>,
    /// The newest first.
    results: Vec<ResultData>,
    objections: usize,
    /// 抽查回访: what it came to.
    spot_check: Option<String>,
    checkpoint: Option<CheckpointData>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemData {
    title: String,
    summary: String,
    matter: &'static str,
    threshold: &'static str,
    answers: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RuleData {
    name: &'static str,
    says: String,
}

/// Who has taken part: never a choice. Areas in square metres.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TurnoutData {
    heads: i64,
    heads_total: i64,
    area: String,
    area_total: String,
    units: i64,
    units_total: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResultData {
    version: i64,
    posted_on: String,
    final_from: String,
    reason: String,
    items: Vec<ItemResultData>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemResultData {
    title: String,
    verdict: &'static str,
    counts: Vec<CountData>,
}

/// One tally; answers of fewer than three heads stand together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountData {
    name: &'static str,
    rows: Vec<RowData>,
    comparisons: Vec<ComparisonData>,
    reasons: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RowData {
    what: String,
    heads: String,
    area: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ComparisonData {
    name: String,
    part: String,
    whole: String,
    met: bool,
    /// The comparison by whole numbers.
    says: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckpointData {
    leaves: i64,
    at: String,
    root_begins: String,
    short: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct OfCommunity {
    community: String,
}

/// 一个小区公示的表决.
#[utoipa::path(get, path = "/api/v1/assemblies/posted", tag = "业主自治", operation_id = "list_posted_decisions",
    params(("community" = String, Query, description = "小区标识")),
    responses((status = 200, body = BoardData), (status = 404, description = "没有这个小区")))]
async fn board(
    State(app): State<App>,
    visitor: Visitor,
    Query(of): Query<OfCommunity>,
) -> ApiResult<BoardData> {
    let id = of.community.trim().parse::<i64>().map_err(|_| Problem::NotFound)?;
    let vault = app.vault.clone();
    let board = app.store.read(visitor.ctx, move |tx| queries::board(tx, &vault, id.into())).await?;
    let entry = |it: crate::decisions::queries::DecisionLine| DecisionEntry {
        id: it.id.to_string(),
        title: it.title,
        stage: it.stage.1,
        opens: it.opens,
        closes: it.closes,
    };
    Ok(Json(BoardData {
        community: board.community.name,
        decisions: board.decisions.into_iter().map(entry).collect(),
    }))
}

/// 一次表决的公告、参与情况和结果.
#[utoipa::path(get, path = "/api/v1/assemblies/posted/{id}", tag = "业主自治", operation_id = "posted_decision", params(("id" = String, Path)),
    responses((status = 200, body = DecisionData), (status = 404, description = "没有，或还没有公告")))]
async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<DecisionId>,
) -> ApiResult<DecisionData> {
    let vault = app.vault.clone();
    match app.store.read(visitor.ctx, move |tx| queries::posting(tx, &vault, id.into())).await? {
        Posting::Decision(view) => Ok(Json(decision(*view))),
        // A roll and a group have numbers, too, and no such door.
        Posting::Roll(_) | Posting::Founding(_) => Err(Problem::NotFound.into()),
    }
}

fn decision(it: PostedView) -> DecisionData {
    DecisionData {
        id: it.id.to_string(),
        title: it.title,
        community: it.community.name,
        stage: it.stage.1,
        noticed_on: it.noticed_on,
        opens: it.opens,
        closes: it.closes,
        items: it
            .items
            .into_iter()
            .map(|it| ItemData {
                title: it.title,
                summary: it.summary,
                matter: it.matter,
                threshold: it.threshold,
                answers: it.answers.into_iter().map(|it| it.1).collect(),
            })
            .collect(),
        rules: it.terms.into_iter().map(|(name, says)| RuleData { name, says }).collect(),
        turnout: it.turnout.as_ref().map(turnout),
        results: it.results.into_iter().map(result).collect(),
        objections: it.objections.len(),
        spot_check: it.spot_check,
        checkpoint: it.signed.map(|it| CheckpointData {
            leaves: it.0,
            at: it.1,
            root_begins: it.2,
            short: it.3,
        }),
    }
}

fn turnout(it: &Turnout) -> TurnoutData {
    let (area, area_total) = it.area.as_area();
    TurnoutData {
        heads: it.heads.part,
        heads_total: it.heads.whole,
        area,
        area_total,
        units: it.units.part,
        units_total: it.units.whole,
    }
}

fn result(it: ResultView) -> ResultData {
    let items = it.items.into_iter().map(|it| ItemResultData {
        title: it.title,
        verdict: it.verdict.1,
        counts: it
            .counts
            .into_iter()
            .map(|it| CountData {
                name: it.name,
                rows: it.rows.into_iter().map(|(what, heads, area)| RowData { what, heads, area }).collect(),
                comparisons: it
                    .bars
                    .into_iter()
                    .map(|it| ComparisonData {
                        name: it.name,
                        part: it.part,
                        whole: it.whole,
                        met: it.met,
                        says: it.sentence,
                    })
                    .collect(),
                reasons: it.reasons,
            })
            .collect(),
    });
    ResultData {
        version: it.n,
        posted_on: it.posted_on,
        final_from: it.next_step,
        reason: it.reason,
        items: items.collect(),
    }
}
