//! What there is to see of objections, choices and awards: for everybody, and for the campaign's owner.

use std::collections::BTreeMap;

use ::store::Tx;
use app::{Sealed, Vault};
use jiff::civil::Date;
use kernel::{Problem, beijing_date};

use super::rules::AwardRefusal;
use super::{
    exclusions::{self, ExclusionView},
    policy, store,
    types::{Award, Choice, ChoiceId, Objection, ObjectionId, Outcome},
};
use crate::{
    applications,
    assessments::{
        self,
        types::{Notice, NoticeId},
    },
    openings::{
        self,
        types::{Campaign, CampaignId},
    },
};

/// 异议 as anybody reads it: what is said and what was answered, never by whom.
#[derive(Debug)]
pub(crate) struct ObjectionView {
    pub(crate) id: ObjectionId,
    pub(crate) about: String,
    pub(crate) body: String,
    pub(crate) filed_on: Date,
    pub(crate) due: String,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) answer: String,
    pub(crate) version: i64,
    pub(crate) is_open: bool,
    /// For the owner alone.
    pub(crate) contact: Option<String>,
    pub(crate) is_revealed: bool,
}

/// The public result of a campaign.
#[derive(Debug)]
pub(crate) struct ResultView {
    pub(crate) title: String,
    pub(crate) selects: ::rules::Selects,
    pub(crate) notices: Vec<Notice>,
    pub(crate) awards: Vec<Award>,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) chosen: Vec<(String, Vec<String>)>,
    pub(crate) excluded: Vec<ExclusionView>,
}

/// The owner's desk after the ranking: objections to answer, titles to confirm, choices to make.
#[derive(Debug)]
pub(crate) struct AwardsView {
    pub(crate) campaign: Campaign,
    pub(crate) objections: Vec<ObjectionView>,
    pub(crate) awards: Vec<Award>,
    pub(crate) newest: Option<Notice>,
    /// Every selection made by people, with what was proposed and what may still be.
    pub(crate) by_hand: Vec<ByHandView>,
    /// Who may still be taken out, and who was.
    pub(crate) excludable: Vec<(String, String)>,
    pub(crate) excluded: Vec<ExclusionView>,
}

#[derive(Debug)]
pub(crate) struct ByHandView {
    pub(crate) code: String,
    pub(crate) says: String,
    pub(crate) proposed: Vec<ProposedView>,
    pub(crate) open_to: Vec<(String, String)>,
}

#[derive(Debug)]
pub(crate) struct ProposedView {
    pub(crate) id: ChoiceId,
    pub(crate) name: String,
    pub(crate) reason: String,
    pub(crate) proposed_by: String,
    pub(crate) confirmed_by: Option<String>,
    pub(crate) can_confirm: bool,
}

/// The days by which objections that wait for an answer are due.
pub(crate) fn due_of(tx: &mut Tx<'_>, id: CampaignId) -> Result<Vec<jiff::civil::Date>, Problem> {
    let open = store::objections(tx, id)?.into_iter().filter(|it| it.outcome == Outcome::Open);
    Ok(open.map(|it| it.due_on).collect())
}

/// Whether titles have been given: from then on the list stands.
pub(crate) fn is_closed(tx: &mut Tx<'_>, id: CampaignId) -> Result<bool, Problem> {
    Ok(!store::awards(tx, id)?.is_empty())
}

/// 结果 for everybody.
pub(crate) fn result(tx: &mut Tx<'_>, id: CampaignId) -> Result<ResultView, Problem> {
    let campaign = openings::store::load(tx, id)?;
    let notices = assessments::store::notices(tx, id)?;
    // Before anything is posted the campaign has no public face.
    if notices.is_empty() {
        return Err(Problem::NotFound);
    }
    let awards = store::awards(tx, id)?;
    let objections = objections(tx, None, id, &notices)?;
    let names: BTreeMap<i64, String> =
        awards.iter().map(|it| (i64::from(it.application), it.name.clone())).collect();
    let mut chosen: Vec<(String, Vec<String>)> = vec![];
    for choice in store::choices(tx, id)?.into_iter().filter(|it| it.confirmed_by.is_some()) {
        let title = campaign.pack.selection(&choice.selection).map_or(String::new(), |it| it.title.clone());
        let name = names.get(&choice.application.into()).cloned().unwrap_or_default();
        match chosen.iter_mut().find(|it| it.0 == title) {
            Some(line) => line.1.push(name),
            None => chosen.push((title, vec![name])),
        }
    }
    let excluded = exclusions::excluded(tx, id)?;
    let selects = campaign.pack.selects;
    Ok(ResultView { title: campaign.title, selects, notices, awards, objections, chosen, excluded })
}

/// The desk of objections and titles. `revealed`: whose contact was asked for in full, and noted.
pub(crate) fn awards(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
    revealed: Option<ObjectionId>,
) -> Result<AwardsView, Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let _seen = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    let (person, notices) = (tx.ctx.actor.user, assessments::store::notices(tx, id)?);
    let mut objections = objections(tx, Some(vault), id, &notices)?;
    for it in &mut objections {
        it.is_revealed = revealed == Some(it.id);
        it.contact = it.contact.take().map(|contact| if it.is_revealed { contact } else { masked(&contact) });
    }
    let (awards, choices) = (store::awards(tx, id)?, store::choices(tx, id)?);
    let people: Vec<i64> = choices
        .iter()
        .flat_map(|it| [Some(it.proposed_by), it.confirmed_by])
        .flatten()
        .map(i64::from)
        .collect();
    let people = accounts::names(tx, &people)?;
    let name = |it: kernel::UserId| people.get(&i64::from(it)).cloned().unwrap_or_default();
    let of = |choice: &Choice| {
        awards
            .iter()
            .find(|it| it.application == choice.application)
            .map_or(String::new(), |it| format!("{}（{}）", it.name, it.place))
    };
    let selections = campaign.pack.cascade.selections.iter();
    let by_hand = selections.filter(|it| it.kind == ::rules::SelectionKind::ByHand).map(|selection| {
        let own: Vec<&Choice> = choices.iter().filter(|it| it.selection == selection.code).collect();
        let left = selection.quota.places(None).unwrap_or(0) as usize > own.len();
        let free = |it: &&Award| {
            Some(&it.selection) == selection.from.as_ref()
                && !own.iter().any(|one| one.application == it.application)
        };
        ByHandView {
            code: selection.code.clone(),
            says: selection.to_string(),
            proposed: own
                .iter()
                .map(|it| ProposedView {
                    id: it.id,
                    name: of(it),
                    reason: it.reason.clone(),
                    proposed_by: name(it.proposed_by),
                    confirmed_by: it.confirmed_by.map(name),
                    can_confirm: it.confirmed_by.is_none() && it.proposed_by != person,
                })
                .collect(),
            open_to: awards
                .iter()
                .filter(|_| left)
                .filter(free)
                .map(|it| {
                    (it.application.to_string(), format!("第{}名 {}（{}）", it.rank, it.name, it.place))
                })
                .collect(),
        }
    });
    let by_hand = by_hand.collect();
    let excluded = exclusions::excluded(tx, id)?;
    let excludable = match awards.is_empty() && !notices.is_empty() {
        true => exclusions::open_to(tx, vault, id)?,
        false => vec![],
    };
    Ok(AwardsView {
        excludable,
        excluded,
        campaign,
        objections,
        awards,
        newest: notices.into_iter().next(),
        by_hand,
    })
}

/// A name and a number as they are shown before somebody asks for more.
fn masked(contact: &str) -> String {
    let (name, phone) = contact.rsplit_once(' ').unwrap_or((contact, ""));
    format!("{} {}", identifiers::mask_name(name), identifiers::mask_phone(phone))
}

/// What was raised against one posted list and its versions. With the vault, who raised it can be read.
fn objections(
    tx: &mut Tx<'_>,
    vault: Option<&Vault>,
    id: CampaignId,
    notices: &[Notice],
) -> Result<Vec<ObjectionView>, Problem> {
    let today = tx.ctx.today();
    let view = |it: Objection| -> Result<ObjectionView, Problem> {
        let line =
            notices.iter().flat_map(|it| &it.lines).find(|line| Some(line.application) == it.application);
        let contact = match vault {
            None => None,
            Some(vault) => Some(vault.open_sealed(&Sealed(it.contact.clone())).map_err(Problem::Broken)?),
        };
        let state = match &it.outcome {
            Outcome::Open if it.due_on < today => ("late", "超期未答复"),
            Outcome::Open => ("open", "核查中"),
            Outcome::Upheld { .. } => ("good", "采纳，予以更正"),
            Outcome::Dismissed { .. } => ("done", "不采纳"),
        };
        Ok(ObjectionView {
            about: line.map_or("整份名单".to_owned(), |it| format!("{}（{}）", it.name, it.place)),
            filed_on: beijing_date(it.filed_at),
            due: format!("{}前答复", it.due_on),
            state,
            answer: it.outcome.answer().unwrap_or_default().to_owned(),
            is_open: it.outcome == Outcome::Open,
            id: it.id,
            // In public what is said stands with its answer: an accusation nobody has looked into is not published.
            body: if vault.is_some() || it.outcome != Outcome::Open {
                it.body
            } else {
                "异议正在核查，内容将与答复一并公开。".to_owned()
            },
            version: it.version,
            contact,
            is_revealed: false,
        })
    };
    store::objections(tx, id)?.into_iter().map(view).collect()
}

/// Objections to one posted version, for its page.
pub(crate) fn of_notice(tx: &mut Tx<'_>, notice: &Notice) -> Result<Vec<ObjectionView>, Problem> {
    let notices = std::slice::from_ref(notice);
    let ids: Vec<(ObjectionId, NoticeId)> =
        store::objections(tx, notice.campaign)?.into_iter().map(|it| (it.id, it.notice)).collect();
    let mut all = objections(tx, None, notice.campaign, notices)?;
    all.retain(|it| ids.contains(&(it.id, notice.id)));
    Ok(all)
}

/// 荣誉证书 of every community titled, for whoever takes part in the campaign.
pub(crate) fn certificates(tx: &mut Tx<'_>, id: CampaignId) -> Result<(Campaign, Vec<Award>), Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let awards = store::awards(tx, id)?;
    if awards.is_empty() { Err(Problem::NotFound) } else { Ok((campaign, awards)) }
}

/// The rows of the list sent upward (LA-026): recommendation and evaluation side by side.
pub(crate) fn recommendation(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CampaignId,
) -> Result<(Campaign, Vec<Vec<String>>), Problem> {
    let campaign = openings::queries::seen(tx, id)?;
    let _seen = policy::may_award(&tx.ctx.actor, campaign.owner)?;
    let (mut rows, mut standings) = (vec![], BTreeMap::new());
    // Where people choose who goes upward, those alone are on the list: confirmed by a second person.
    let by_hand = campaign.pack.cascade.selections.iter().any(|it| it.kind == ::rules::SelectionKind::ByHand);
    let chosen: Vec<_> = store::choices(tx, id)?
        .into_iter()
        .filter(|it| it.confirmed_by.is_some())
        .map(|it| it.application)
        .collect();
    if by_hand && chosen.is_empty() {
        return Err(AwardRefusal::NobodyChosen.into());
    }
    let mut awards = store::awards(tx, id)?;
    awards.retain(|it| !by_hand || chosen.contains(&it.application));
    for award in awards {
        let application = applications::store::load(tx, vault, award.application)?;
        let tenant = kernel::Tenant::of_id(award.application.into());
        if let std::collections::btree_map::Entry::Vacant(place) = standings.entry(tenant) {
            place.insert(assessments::ranking::standings(tx, vault, &campaign, tenant)?);
        }
        let county = standings.get(&tenant).and_then(|it| it.get(&award.application.into())).cloned();
        rows.push(vec![
            (rows.len() + 1).to_string(),
            award.name,
            award.place,
            award.enterprise,
            format!("第{}名，{}分", award.rank, award.total),
            county.unwrap_or_else(|| "县区未评分".to_owned()),
            application.answers.party_org,
            application.answers.committee,
            award.title,
        ]);
    }
    Ok((campaign, rows))
}
