//! What there is to see of applications, for page, print and sheet.

use std::collections::BTreeMap;

use ::rules::{Facts, Pack};
use ::store::Tx;
use app::Vault;
use kernel::Problem;
use registry::{communities, records};

use super::{
    evidence, labels, policy, rules, store,
    types::{Application, ApplicationId, Part, Stage},
};
use crate::{
    appeals, assessments, materials,
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
    snapshots,
};

/// An application as it is shown.
#[derive(Debug)]
pub(crate) struct ApplicationView {
    pub(crate) application: Application,
    pub(crate) campaign: Campaign,
    pub(crate) community: communities::CommunityView,
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) channel_label: &'static str,
    pub(crate) parts: Vec<PartView>,
    /// Gates and vetoes with what the registers know, and where from.
    pub(crate) conditions: Vec<ConditionView>,
    /// The day the owner's ranking takes them of, once they are settled.
    pub(crate) settled_on: Option<jiff::civil::Date>,
    /// How many of them are not met, for whoever reviews.
    pub(crate) failing: usize,
    pub(crate) honours: Vec<records::RecordView>,
    /// The selections it has been chosen in, in words.
    pub(crate) selected: Vec<String>,
    /// The next selection this county may choose it in: its title, places used, places.
    pub(crate) next_selection: Option<(String, i64, i64)>,
    pub(crate) evidence: Vec<evidence::EvidenceView>,
    /// Whether the notice wants 基本情况材料, and whether it is complete.
    pub(crate) material: Option<bool>,
    /// Files of the linked campaign that may be used again, by id and name.
    pub(crate) reusable: Vec<(String, String)>,
    /// Where a file may go now, for whoever writes the application.
    pub(crate) slots: Vec<(String, String)>,
    /// By whoever filled it in, who reads its contacts in full.
    pub(crate) is_own: bool,
    pub(crate) can_write: bool,
    /// 放弃申报: a draft nobody else has seen.
    pub(crate) can_give_up: bool,
    pub(crate) can_review: bool,
    pub(crate) can_accept: bool,
    pub(crate) can_send_back: bool,
    pub(crate) can_recommend: bool,
    pub(crate) can_withdraw: bool,
    pub(crate) can_receive_paper: bool,
    /// 得分说明, once the list is posted.
    pub(crate) can_see_score: bool,
    pub(crate) can_see_appeals: bool,
}

impl ApplicationView {
    /// What is selected, by name.
    pub(crate) fn title(&self) -> &str {
        self.application.subject.as_deref().unwrap_or(&self.community.name)
    }

    pub(crate) fn form_title(&self) -> String {
        labels::form_title(&self.campaign.pack, "annex-3", "自荐表")
    }
}

#[derive(Debug)]
pub(crate) struct PartView {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    pub(crate) state: &'static str,
    pub(crate) state_label: String,
}

/// One condition of a gate or a veto, in words, with what was found and the record it came from.
#[derive(Debug)]
pub(crate) struct ConditionView {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) state: &'static str,
    pub(crate) state_label: &'static str,
    pub(crate) found: String,
}

pub(crate) fn application(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
) -> Result<ApplicationView, Problem> {
    let application = store::load(tx, vault, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &application.place)?;
    let (actor, today) = (tx.ctx.actor.clone(), tx.ctx.today());
    let campaign = openings::store::load(tx, application.campaign)?;
    let community = view_of_community(tx, &application)?;
    let loaded = communities::load(tx, application.place.community.into())?;
    let (facts, sources) = records::facts_of(tx, &loaded, today)?;
    let selections = store::selections(tx, &campaign.pack, &application)?;
    let practices = rules::practices(&campaign.pack);
    let part = |part: Part| {
        let (done, all) = rules::progress(&application.answers, part, &practices);
        let (state, state_label) = match done {
            0 => ("open", "未开始".to_owned()),
            _ if done < all => ("soon", format!("进行中，已填{done}/{all}")),
            _ => ("done", "已完成".to_owned()),
        };
        PartView { code: part.code(), label: labels::part(part), state, state_label }
    };
    let writable = application.stage.is_writable();
    let accepted = application.stage == Stage::Accepted;
    let next = store::next_selection(tx, &campaign.pack, &application)?;
    let quotas = openings::store::quotas(tx, campaign.id)?;
    let quota = |code: &String| {
        quotas.iter().find(|it| it.tenant == application.place.tenant && it.selection == *code)
    };
    let next_selection = next
        .as_ref()
        .and_then(|it| quota(it).map(|quota| (title(&campaign.pack, it), quota.used, quota.places)));
    let running =
        openings::queries::must_be_running(tx, campaign.id, super::actions::RECOMMENDING, today).is_ok();
    let writes = policy::may_write(&actor, &application.place, application.writer()).is_ok();
    let reusable = if writes { evidence::reusable(tx, &campaign, &application)? } else { vec![] };
    let may_recommend = running && policy::may_recommend(&actor, &application.place).is_ok();
    // A campaign that was withdrawn is there to be read.
    let goes_on = campaign.goes_on();
    let may = |now: bool, permit: Result<kernel::Permit, kernel::Denied>| goes_on && now && permit.is_ok();
    let reviewing = matches!(application.stage, Stage::Submitted | Stage::Reviewed);
    Ok(ApplicationView {
        stage: labels::stage(&application.stage),
        channel_label: labels::channel((application.channel, application.party), campaign.pack.selects),
        parts: Part::ALL.into_iter().map(part).collect(),
        conditions: conditions(&campaign.pack, &facts, &sources),
        settled_on: snapshots::settled_on(tx, application.id)?,
        failing: hindrances(&campaign.pack, &facts).len(),
        honours: records::honours_of(tx, &loaded)?,
        selected: selections.iter().map(|it| title(&campaign.pack, it)).collect(),
        evidence: evidence::evidence(tx, &campaign.pack, id)?,
        material: materials::is_complete(tx, &campaign.pack, id)?,
        reusable: reusable.into_iter().map(|it| (it.id.to_string(), it.name)).collect(),
        slots: if writes && goes_on { evidence::slots(&campaign.pack, writable) } else { vec![] },
        is_own: writes,
        can_write: writable && writes && goes_on,
        can_give_up: application.stage == Stage::Draft && writes && goes_on,
        can_review: may(
            application.stage == Stage::Submitted,
            policy::may_review(&actor, &application.place),
        ),
        can_accept: may(application.stage == Stage::Reviewed, policy::may_accept(&actor, &application.place)),
        can_send_back: may(reviewing, policy::may_send_back(&actor, &application.place)),
        can_recommend: accepted && may_recommend && next_selection.is_some(),
        can_withdraw: may_recommend && !selections.is_empty(),
        can_receive_paper: may(!writable, policy::may_accept(&actor, &application.place)),
        can_see_score: assessments::may_explain(tx, &application)?,
        can_see_appeals: appeals::may_see(&tx.ctx.actor, &application.place, application.party),
        next_selection,
        community,
        campaign,
        application,
    })
}

fn view_of_community(
    tx: &mut Tx<'_>,
    application: &Application,
) -> Result<communities::CommunityView, Problem> {
    let community = communities::load(tx, application.place.community.into())?;
    communities::shown(tx, community)
}

pub(super) fn title(pack: &Pack, selection: &str) -> String {
    pack.selection(selection).map_or_else(|| selection.to_owned(), |it| it.title.clone())
}

/// Something that stands against an application.
pub(crate) struct Hindering {
    /// A veto's own code; a gate's with the place of its condition, g1.2.
    pub(crate) code: String,
    pub(crate) is_veto: bool,
    pub(crate) says: String,
}

/// The gates that fail and the vetoes that hit.
pub(crate) fn hindering(pack: &Pack, facts: &Facts) -> Vec<Hindering> {
    let failed = pack.standard.gates.iter().flat_map(|gate| {
        let conditions = gate.when.conditions().into_iter().enumerate();
        conditions.filter(|(_, it)| it.verdict(facts) == Some(false)).map(|(n, it)| Hindering {
            code: format!("{}.{}", gate.code, n + 1),
            is_veto: false,
            says: format!("未达到“{it}”"),
        })
    });
    let hit = pack.standard.vetoes.iter().filter(|it| it.when.verdict(facts) == Some(true));
    let hit = hit.map(|it| Hindering {
        code: it.code.clone(),
        is_veto: true,
        says: format!("一票否决：{}", it.says),
    });
    failed.chain(hit).collect()
}

/// The same in words.
pub(crate) fn hindrances(pack: &Pack, facts: &Facts) -> Vec<String> {
    hindering(pack, facts).into_iter().map(|it| it.says).collect()
}

fn conditions(pack: &Pack, facts: &Facts, sources: &records::FactSource) -> Vec<ConditionView> {
    let found = |predicate: &::rules::Predicate| {
        let mut told = vec![];
        predicate.asks(&mut |place| {
            let fact = &::rules::catalogue().all()[place];
            let value = facts.at(place).map_or("无记录".to_owned(), |it| fact.show(it));
            let source = sources.get(fact.name.as_str()).map_or(String::new(), |it| format!("（{it}）"));
            told.push(format!("{}：{value}{source}", fact.title));
        });
        told.join("；")
    };
    let gate = |code: &str, it: &::rules::Predicate| {
        let (state, state_label) = match it.verdict(facts) {
            Some(true) => ("good", "符合"),
            Some(false) => ("late", "不符合"),
            None => ("open", "未知"),
        };
        ConditionView {
            code: code.replace('g', "要求"),
            says: it.to_string(),
            state,
            state_label,
            found: found(it),
        }
    };
    let gates =
        pack.standard.gates.iter().flat_map(|it| {
            it.when.conditions().into_iter().map(|one| gate(&it.code, one)).collect::<Vec<_>>()
        });
    let veto = |it: &::rules::Veto| {
        let (state, state_label) = match it.when.verdict(facts) {
            Some(true) => ("refused", "否决"),
            Some(false) => ("good", "未触发"),
            None => ("open", "未知"),
        };
        ConditionView {
            code: it.code.replace('v', "否决"),
            says: it.says.clone(),
            state,
            state_label,
            found: found(&it.when),
        }
    };
    gates.chain(pack.standard.vetoes.iter().map(veto)).collect()
}

/// Submitted or further, and accepted, by tenant.
pub(crate) fn counts(
    tx: &mut Tx<'_>,
    city: i64,
    campaign: CampaignId,
) -> Result<BTreeMap<i64, (i64, i64)>, Problem> {
    Ok(store::counts(tx, city, campaign)?
        .into_iter()
        .map(|(tenant, submitted, accepted)| (tenant, (submitted, accepted)))
        .collect())
}
