//! Campaigns as programs read them: codes beside words, and nobody's name.

use serde::Serialize;

use super::{
    queries::{CampaignLine, CampaignView, Options},
    types::CampaignId,
};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CampaignsData {
    pub(crate) campaigns: Vec<CampaignLineData>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CampaignLineData {
    #[schema(value_type = String)]
    pub(crate) id: CampaignId,
    pub(crate) title: String,
    /// Withdrawn: nothing is done in it any more.
    pub(crate) withdrawn: bool,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CampaignData {
    #[schema(value_type = String)]
    pub(crate) id: CampaignId,
    pub(crate) title: String,
    /// The day it was withdrawn, and why; null while it goes on.
    #[schema(value_type = Option<String>)]
    pub(crate) withdrawn_on: Option<jiff::civil::Date>,
    pub(crate) withdrawn_reason: Option<String>,
    /// Issuer and number of the notice.
    pub(crate) document: String,
    pub(crate) periods: Vec<PeriodData>,
    pub(crate) counties: Vec<CountyData>,
    /// Each selection in words, as the notice prints it.
    pub(crate) selections: Vec<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct PeriodData {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) dates: String,
    pub(crate) state_label: &'static str,
    /// Null unless the last day is no working day.
    pub(crate) off_day: Option<String>,
    pub(crate) extended: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct CountyData {
    pub(crate) name: String,
    pub(crate) communities: i64,
    /// When it signed for the notice; null while it has not.
    pub(crate) signed_at: Option<String>,
    pub(crate) submitted: i64,
    pub(crate) accepted: i64,
    pub(crate) quotas: Vec<QuotaData>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct QuotaData {
    pub(crate) selection: String,
    pub(crate) used: i64,
    pub(crate) places: i64,
}

impl From<(Vec<CampaignLine>, Option<Options>)> for CampaignsData {
    fn from((lines, _): (Vec<CampaignLine>, Option<Options>)) -> Self {
        let line =
            |it: CampaignLine| CampaignLineData { id: it.id, title: it.title, withdrawn: it.withdrawn };
        Self { campaigns: lines.into_iter().map(line).collect() }
    }
}

impl From<CampaignView> for CampaignData {
    fn from(it: CampaignView) -> Self {
        let quota = |(selection, used, places)| QuotaData { selection, used, places };
        let (withdrawn_on, withdrawn_reason) = it.campaign.withdrawn.unzip();
        Self {
            withdrawn_on,
            withdrawn_reason,
            id: it.campaign.id,
            title: it.campaign.title,
            document: it.document,
            periods: it
                .periods
                .into_iter()
                .map(|it| PeriodData {
                    code: it.code,
                    title: it.title,
                    dates: it.dates,
                    state_label: it.state_label,
                    off_day: it.off_day,
                    extended: it.extended,
                })
                .collect(),
            counties: it
                .counties
                .into_iter()
                .map(|it| CountyData {
                    name: it.name,
                    communities: it.communities,
                    signed_at: it.signed,
                    submitted: it.submitted,
                    accepted: it.accepted,
                    quotas: it.quotas.into_iter().map(quota).collect(),
                })
                .collect(),
            selections: it.selections,
        }
    }
}
