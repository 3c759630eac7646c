//! What happened to objections, choices and awards, for the audit log.

use ::store::Event;
use serde::Serialize;

use super::types::{ChoiceId, ObjectionId};
use crate::{applications::types::ApplicationId, assessments::types::NoticeId, openings::types::CampaignId};

/// 异议 filed; what it says and by whom stays out of the log.
#[derive(Debug, Serialize)]
pub(crate) struct ObjectionFiled {
    pub(crate) objection: ObjectionId,
    pub(crate) notice: NoticeId,
}

#[derive(Debug, Serialize)]
pub(crate) struct ObjectionAnswered {
    pub(crate) objection: ObjectionId,
    pub(crate) campaign: CampaignId,
    pub(crate) outcome: &'static str,
}

#[derive(Debug, Serialize)]
pub(crate) struct CandidateExcluded {
    pub(crate) campaign: CampaignId,
    pub(crate) application: ApplicationId,
}

impl Event for CandidateExcluded {
    const NAME: &'static str = "campaigns.candidate_excluded";

    fn subject(&self) -> i64 {
        self.application.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}

#[derive(Debug, Serialize)]
pub(crate) struct ChoiceProposed {
    pub(crate) choice: ChoiceId,
    pub(crate) campaign: CampaignId,
    pub(crate) selection: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct ChoiceConfirmed {
    pub(crate) choice: ChoiceId,
    pub(crate) campaign: CampaignId,
}

#[derive(Debug, Serialize)]
pub(crate) struct ChoiceWithdrawn {
    pub(crate) choice: ChoiceId,
    pub(crate) campaign: CampaignId,
}

#[derive(Debug, Serialize)]
pub(crate) struct TitlesAwarded {
    pub(crate) campaign: CampaignId,
    pub(crate) notice: NoticeId,
    pub(crate) awards: usize,
}

impl Event for ObjectionFiled {
    const NAME: &'static str = "campaigns.objection_filed";

    fn subject(&self) -> i64 {
        self.objection.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/notices/{}", self.notice)
    }
}

/// 查看了异议人的完整联系方式: by whom is the log's own; what was seen stays out of it.
#[derive(Debug, Serialize)]
pub(crate) struct ObjectorRevealed {
    pub(crate) objection: ObjectionId,
    pub(crate) campaign: CampaignId,
}

impl Event for ObjectorRevealed {
    const NAME: &'static str = "campaigns.objector_revealed";

    fn subject(&self) -> i64 {
        self.objection.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}

impl Event for ObjectionAnswered {
    const NAME: &'static str = "campaigns.objection_answered";

    fn subject(&self) -> i64 {
        self.objection.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}

impl Event for ChoiceProposed {
    const NAME: &'static str = "campaigns.choice_proposed";

    fn subject(&self) -> i64 {
        self.choice.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}

impl Event for ChoiceConfirmed {
    const NAME: &'static str = "campaigns.choice_confirmed";

    fn subject(&self) -> i64 {
        self.choice.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}

impl Event for ChoiceWithdrawn {
    const NAME: &'static str = "campaigns.choice_withdrawn";

    fn subject(&self) -> i64 {
        self.choice.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}

impl Event for TitlesAwarded {
    const NAME: &'static str = "campaigns.titles_awarded";

    fn subject(&self) -> i64 {
        self.campaign.into()
    }

    fn url(&self) -> String {
        format!("/campaigns/{}/awards", self.campaign)
    }
}
