//! What there is to see of calls: to everybody until when and, later, who; to whoever answers also who put oneself forward.

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::{Problem, beijing_minute};
use registry::communities::{self, Community, CommunityView};

use super::{
    policy, store,
    types::{Answer, Call, CallId, Offer, OfferId},
};
use crate::{checklists, committees::types::Origin};

/// A call on the board.
#[derive(Debug)]
pub(crate) struct PostedCall {
    pub(crate) id: CallId,
    pub(crate) seats: i64,
    pub(crate) opens_on: String,
    pub(crate) closes_on: String,
    pub(crate) words: String,
    pub(crate) state: (&'static str, &'static str),
    /// An owner may put oneself forward today.
    pub(crate) is_open: bool,
    /// 公告: from, until, who.
    pub(crate) announced: Option<(String, String, Vec<String>)>,
}

/// The same for whoever prepares the election.
#[derive(Debug)]
pub(crate) struct CallLine {
    pub(crate) call: PostedCall,
    pub(crate) offers: Vec<OfferLine>,
    pub(crate) can_announce: bool,
    pub(crate) can_answer: bool,
}

#[derive(Debug)]
pub(crate) struct OfferLine {
    pub(crate) id: OfferId,
    pub(crate) name: String,
    pub(crate) origin: &'static str,
    pub(crate) party: bool,
    pub(crate) born: i64,
    pub(crate) words: String,
    pub(crate) at: String,
    pub(crate) state: (&'static str, String),
    pub(crate) waits: bool,
}

/// A call's own page.
#[derive(Debug)]
pub(crate) struct CallView {
    pub(crate) call: PostedCall,
    pub(crate) community: CommunityView,
    pub(crate) checklist: String,
    pub(crate) conditions: Vec<String>,
    pub(crate) negatives: Vec<(String, String)>,
    /// What whoever looks has offered.
    pub(crate) own: Option<OfferLine>,
    pub(crate) can_offer: bool,
}

/// `always`: for whoever prepares the election; to everybody the names are told while they are posted.
fn shown(tx: &Tx<'_>, it: &Call, always: bool) -> PostedCall {
    let today = tx.ctx.today();
    let told = it.announced.as_ref().filter(|it| always || today <= it.until);
    let is_open = it.announced.is_none() && today <= it.closes_on;
    let state = match &it.announced {
        Some(announced) if today <= announced.until => ("good", "候选人公告中"),
        Some(_) => ("done", "已公告"),
        None if is_open => ("open", "正在征集"),
        None => ("soon", "征集已截止，联审中"),
    };
    PostedCall {
        id: it.id,
        seats: it.seats,
        opens_on: it.opens_on.to_string(),
        closes_on: it.closes_on.to_string(),
        words: it.words.clone(),
        state,
        is_open,
        announced: told.map(|it| (it.on.to_string(), it.until.to_string(), it.names.clone())),
    }
}

fn line(it: Offer) -> OfferLine {
    let state = match &it.answer {
        None => ("open", "待答复".to_owned()),
        Some(Answer::Taken(_)) => ("good", "已列入联审".to_owned()),
        Some(Answer::Declined(reason)) => ("refused", format!("没有列入：{reason}")),
    };
    OfferLine {
        id: it.id,
        origin: Origin::ALL.iter().find(|known| known.0 == it.told.origin).map_or("", |it| it.2),
        name: it.told.name,
        party: it.told.party,
        born: it.told.born,
        words: it.told.words,
        at: beijing_minute(it.offered_at),
        waits: it.answer.is_none(),
        state,
    }
}

/// The newest calls of a community, on the page of its candidates.
pub(crate) fn lines(tx: &mut Tx<'_>, vault: &Vault, community: &Community) -> Result<Vec<CallLine>, Problem> {
    let (actor, place) = (tx.ctx.actor.clone(), community.place);
    let can_answer = policy::may_answer(&actor, &place).is_ok();
    let may_announce = policy::may_open(&actor, &place).is_ok();
    let mut lines = vec![];
    for it in store::of_community(tx, vault, place.community)? {
        let offers = if can_answer { store::offers(tx, vault, it.id)? } else { vec![] };
        let call = shown(tx, &it, true);
        lines.push(CallLine {
            can_announce: may_announce && it.announced.is_none() && !call.is_open,
            can_answer,
            offers: offers.into_iter().map(line).collect(),
            call,
        });
    }
    Ok(lines)
}

/// The last day of the newest call, when it is over: until nobody is posted any more who was announced from it.
pub(crate) fn closed_in(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Option<Date>, Problem> {
    let (newest, today) = (store::of_community(tx, vault, community)?.into_iter().next(), tx.ctx.today());
    let stands = |it: &Call| it.announced.as_ref().is_none_or(|it| today <= it.until);
    Ok(newest.filter(|it| it.closes_on < today && stands(it)).map(|it| it.closes_on))
}

/// The newest call, for the board.
pub(crate) fn posted(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Option<PostedCall>, Problem> {
    let newest = store::of_community(tx, vault, community)?.into_iter().next();
    Ok(newest.map(|it| shown(tx, &it, false)))
}

/// One call, for everybody; an owner of the community sees what they offered.
pub(crate) fn call(tx: &mut Tx<'_>, vault: &Vault, id: CallId) -> Result<CallView, Problem> {
    let it = store::load(tx, vault, id)?;
    let actor = tx.ctx.actor.clone();
    let may = policy::may_offer(&actor, &it.place).is_ok();
    let own = if may { store::offer_of(tx, vault, id, actor.user)?.map(line) } else { None };
    let list = checklists::newest(tx, it.place.tenant)?;
    let community = communities::load(tx, it.place.community.into())?;
    let call = shown(tx, &it, false);
    Ok(CallView {
        community: communities::shown(tx, community)?,
        checklist: list.title(),
        conditions: list.conditions,
        negatives: list.negatives.into_iter().map(|it| (it.code, it.says)).collect(),
        can_offer: may && call.is_open && own.is_none(),
        own,
        call,
    })
}
