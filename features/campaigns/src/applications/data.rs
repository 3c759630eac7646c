//! Applications as programs read them: no contact's name and no phone.

use registry::communities::CommunityId;
use serde::{Deserialize, Serialize};

use super::{
    lists::{ApplicationLine, ApplicationList},
    queries::ApplicationView,
    types::ApplicationId,
};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ApplicationsData {
    pub(crate) applications: Vec<ApplicationLineData>,
    /// What `after` asks for the next page; null on the last one.
    #[schema(value_type = Option<String>)]
    pub(crate) next: Option<ApplicationId>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ApplicationLineData {
    #[schema(value_type = String)]
    pub(crate) id: ApplicationId,
    pub(crate) community: String,
    pub(crate) place: String,
    pub(crate) enterprise: String,
    pub(crate) stage_label: &'static str,
    pub(crate) channel_label: &'static str,
    pub(crate) selected: Vec<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ApplicationData {
    #[schema(value_type = String)]
    pub(crate) id: ApplicationId,
    #[schema(value_type = String)]
    pub(crate) community_id: CommunityId,
    pub(crate) community: String,
    /// What is selected, by name; null: the community itself.
    pub(crate) subject: Option<String>,
    pub(crate) enterprise: Option<String>,
    pub(crate) stage: &'static str,
    pub(crate) stage_label: &'static str,
    /// Why it was sent back; null otherwise.
    pub(crate) reason: Option<String>,
    pub(crate) channel_label: &'static str,
    /// The day its paper came, YYYY-MM-DD.
    pub(crate) paper_on: Option<String>,
    /// Gates and vetoes by the registers of today.
    pub(crate) conditions: Vec<ConditionData>,
    pub(crate) selected: Vec<String>,
    /// What this hat may do now, by the verbs' names.
    pub(crate) may: Vec<&'static str>,
    pub(crate) version: i64,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct ConditionData {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) state_label: &'static str,
    pub(crate) found: String,
}

/// 开始申报.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub(crate) struct Begin {
    #[schema(value_type = String)]
    pub(crate) community: CommunityId,
    /// Name and post, where a person is selected.
    #[serde(default)]
    pub(crate) person: String,
    #[serde(default)]
    pub(crate) post: String,
    /// Of whom that person is, where the county recommends: `enterprise`, `committee` or `county`.
    #[serde(default)]
    pub(crate) party: String,
}

/// What a verb needs: a reason to send back, a decision to recommend; nothing for the others.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub(crate) struct VerbForm {
    pub(crate) reason: String,
    /// YYYY-MM-DD.
    pub(crate) decided_on: String,
    pub(crate) decision: String,
}

impl From<ApplicationList> for ApplicationsData {
    fn from(it: ApplicationList) -> Self {
        let line = |it: ApplicationLine| ApplicationLineData {
            id: it.id,
            community: it.name,
            place: it.place,
            enterprise: it.enterprise,
            stage_label: it.stage.1,
            channel_label: it.channel_label,
            selected: it.selected,
        };
        Self { applications: it.lines.into_iter().map(line).collect(), next: it.next }
    }
}

impl From<ApplicationView> for ApplicationData {
    fn from(it: ApplicationView) -> Self {
        let may = [
            ("submit", it.can_write),
            ("review", it.can_review),
            ("accept", it.can_accept),
            ("send-back", it.can_send_back),
            ("recommend", it.can_recommend),
            ("withdraw", it.can_withdraw),
        ];
        Self {
            id: it.application.id,
            community_id: it.community.id,
            community: it.community.name,
            subject: it.application.subject.clone(),
            enterprise: it.community.enterprise,
            stage: it.application.stage.code(),
            stage_label: it.stage.1,
            reason: it.application.stage.reason().map(str::to_owned),
            channel_label: it.channel_label,
            paper_on: it.application.paper_on.map(|it| it.to_string()),
            conditions: it
                .conditions
                .into_iter()
                .map(|it| ConditionData {
                    code: it.code,
                    says: it.says,
                    state_label: it.state_label,
                    found: it.found,
                })
                .collect(),
            selected: it.selected,
            may: may.into_iter().filter(|it| it.1).map(|it| it.0).collect(),
            version: it.application.version,
        }
    }
}
