//! Rankings, scores and posted lists as programs read them; never who gave which mark.

use serde::Serialize;

use super::{
    explaining::{ExplainedLine, ScoreView},
    ranking::{RankedLine, RankingView},
    types::{Notice, NoticeId},
};
use crate::applications::types::ApplicationId;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct RankingData {
    pub(crate) lines: Vec<RankedData>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct RankedData {
    #[schema(value_type = String)]
    pub(crate) application: ApplicationId,
    pub(crate) community: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    /// Null until every sheet that counts is locked, and for whoever a gate or veto keeps out.
    pub(crate) rank: Option<u32>,
    /// Rounded as the notice says; null until every sheet that counts is locked.
    pub(crate) total: Option<String>,
    /// Null while something about it is unknown.
    pub(crate) eligible: Option<bool>,
    pub(crate) hindrances: String,
    pub(crate) locked_sheets: usize,
    pub(crate) counting_sheets: usize,
    pub(crate) selected: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ScoreData {
    #[schema(value_type = String)]
    pub(crate) application: ApplicationId,
    pub(crate) community: String,
    pub(crate) total: String,
    pub(crate) sheets: usize,
    pub(crate) items: Vec<ItemData>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ItemData {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) mean: String,
    pub(crate) earned: String,
    pub(crate) max: String,
    pub(crate) reasons: Vec<String>,
}

/// 公示, as anybody may read it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct NoticeData {
    #[schema(value_type = String)]
    pub(crate) id: NoticeId,
    pub(crate) campaign: String,
    pub(crate) version: i64,
    /// YYYY-MM-DD.
    pub(crate) posted_on: String,
    pub(crate) days: i64,
    pub(crate) lines: Vec<NoticeLineData>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct NoticeLineData {
    pub(crate) rank: u32,
    pub(crate) community: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) total: String,
}

impl From<RankingView> for RankingData {
    fn from(it: RankingView) -> Self {
        Self { lines: it.lines.into_iter().map(Into::into).collect() }
    }
}

impl From<RankedLine> for RankedData {
    fn from(it: RankedLine) -> Self {
        let scored = it.is_scored();
        Self {
            rank: it.ranked.rank.filter(|_| scored),
            total: scored.then(|| it.ranked.total.clone()),
            eligible: it.ranked.eligible,
            locked_sheets: it.locked(),
            counting_sheets: it.counting(),
            selected: if scored { it.selected } else { String::new() },
            application: it.application,
            community: it.name,
            place: it.place,
            enterprise: it.enterprise,
            hindrances: it.hindrances,
        }
    }
}

impl From<ScoreView> for ScoreData {
    fn from(it: ScoreView) -> Self {
        let item = |it: ExplainedLine| ItemData {
            code: it.code,
            says: it.says,
            mean: it.mean,
            earned: it.earned,
            max: it.max,
            reasons: it.notes,
        };
        Self {
            application: it.application,
            community: it.name,
            total: it.total,
            sheets: it.sheets,
            items: it.lines.into_iter().map(item).collect(),
        }
    }
}

impl From<(Notice, String)> for NoticeData {
    fn from((it, campaign): (Notice, String)) -> Self {
        let line = |it: super::types::NoticeLine| NoticeLineData {
            rank: it.rank,
            community: it.name,
            place: it.place,
            enterprise: it.enterprise,
            total: it.total,
        };
        Self {
            id: it.id,
            campaign,
            version: it.version,
            posted_on: it.posted_on.to_string(),
            days: it.days,
            lines: it.lines.into_iter().map(line).collect(),
        }
    }
}
