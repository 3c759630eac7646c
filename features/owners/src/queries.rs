//! What there is to see: the neighborhood's desk of letters and homes, and an owner's own homes.

use ::store::Tx;
use app::{Sealed, Vault};
use identifiers::Phone;
use kernel::{Problem, beijing_date};
use registry::communities::{self, CommunityId};

use crate::{
    letters, policy, rules, store,
    types::{HomeId, Letter, LetterId},
};

/// A letter at the neighborhood's desk.
#[derive(Debug)]
pub(crate) struct LetterLine {
    pub(crate) id: LetterId,
    pub(crate) unit: String,
    pub(crate) printed_on: String,
    pub(crate) handed_on: Option<String>,
    pub(crate) state: (&'static str, String),
    pub(crate) is_open: bool,
}

/// A bound home at the neighborhood's desk.
#[derive(Debug)]
pub(crate) struct HomeLine {
    pub(crate) id: HomeId,
    pub(crate) unit: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) bound_on: String,
}

#[derive(Debug)]
pub(crate) struct DeskView {
    pub(crate) community: i64,
    pub(crate) name: String,
    pub(crate) letters: Vec<LetterLine>,
    /// Where the next page begins.
    pub(crate) next: Option<String>,
    pub(crate) homes: Vec<HomeLine>,
}

/// One of an owner's homes.
#[derive(Debug)]
pub(crate) struct OwnHome {
    pub(crate) community: i64,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) bound_on: String,
}

const PAGE: usize = 100;
const MOST_HOMES: i64 = 500;
const MOST_COMMUNITIES: usize = 200;

/// The communities whose letters this hat keeps.
pub(crate) fn places(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, Problem> {
    let _may = policy::may_list(&tx.ctx.actor)?;
    let all = communities::in_scope(tx, MOST_COMMUNITIES)?;
    Ok(all.into_iter().map(|it| (it.id.to_string(), it.name)).collect())
}

pub(crate) fn desk(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: CommunityId,
    after: &str,
) -> Result<DeskView, Problem> {
    let community = communities::load(tx, id)?;
    let _may = policy::may_keep(&tx.ctx.actor, &community.place)?;
    let now = tx.ctx.now;
    let mut found = store::letters(tx, id.into(), after, PAGE as i64 + 1)?;
    let more = PAGE < found.len();
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|it| it.unit.clone());
    let homes = store::homes_in(tx, id.into(), MOST_HOMES)?;
    let people: Vec<i64> = homes.iter().map(|it| i64::from(it.person)).collect();
    let names = accounts::names(tx, &people)?;
    let mut lines = vec![];
    for it in homes {
        let sealed = store::phones_of(tx, it.person)?;
        let phone = sealed.first().map(|it| vault.open_sealed(&Sealed(it.clone()))).transpose();
        let phone = phone.map_err(Problem::Broken)?.and_then(|it| Phone::parse(&it).ok());
        lines.push(HomeLine {
            id: it.id,
            unit: it.unit,
            name: names.get(&i64::from(it.person)).cloned().unwrap_or_default(),
            phone: phone.map_or(String::new(), |it| it.to_string()),
            bound_on: beijing_date(it.bound_at).to_string(),
        });
    }
    let letters = found.into_iter().map(|it| line(it, now)).collect();
    Ok(DeskView { community: id.into(), name: community.name, letters, next, homes: lines })
}

fn line(it: Letter, now: jiff::Timestamp) -> LetterLine {
    let state = match (&it.void_reason, it.used_at) {
        (Some(reason), Some(_)) => ("open", format!("绑定已解除：{reason}")),
        (Some(reason), None) => ("open", format!("作废：{reason}")),
        (None, Some(at)) => ("done", format!("{}已绑定", beijing_date(at))),
        (None, None) if it.ends_at <= now => ("open", "已过期".to_owned()),
        (None, None) if it.handed_on.is_some() => ("good", "已送达，未使用".to_owned()),
        (None, None) => ("soon", "未送达".to_owned()),
    };
    LetterLine {
        id: it.id,
        is_open: rules::is_good(&it, now),
        printed_on: beijing_date(it.printed_at).to_string(),
        handed_on: it.handed_on.map(|it| it.to_string()),
        unit: it.unit,
        state,
    }
}

/// What a letter is for, before it is used: the community and the unit.
pub(crate) fn letter(tx: &mut Tx<'_>, vault: &Vault, code: &str) -> Result<(String, String), Problem> {
    let wrong = || Problem::from(rules::OwnerRefusal::WrongLetter);
    let code = identifiers::typed_code(code, rules::CODE_LENGTH).ok_or_else(wrong)?;
    let found = store::letter_of(tx, &letters::digest(vault, &code))?;
    let letter = found.filter(|it| rules::is_good(it, tx.ctx.now)).ok_or_else(wrong)?;
    let community = communities::load(tx, letter.place.community.into())?;
    Ok((community.name, letter.unit))
}

/// 我的家.
pub(crate) fn homes(tx: &mut Tx<'_>) -> Result<Vec<OwnHome>, Problem> {
    let person = tx.ctx.actor.user;
    let _own = policy::may_see_own(&tx.ctx.actor, person)?;
    let mut homes = vec![];
    for it in store::homes_of(tx, person)? {
        homes.push(OwnHome {
            name: communities::load(tx, it.community.into())?.name,
            community: it.community,
            unit: it.unit,
            bound_on: beijing_date(it.bound_at).to_string(),
        });
    }
    Ok(homes)
}
