//! What there is to see of the register: to those who keep it all, to the others who watches and what was audited.

use ::store::Tx;
use app::Vault;
use jiff::civil::Date;
use kernel::Problem;

use super::{
    policy, store,
    types::{Entry, Kind},
};
use crate::committees::{self, types::CommitteeId};

#[derive(Debug)]
pub(crate) struct EntryView {
    pub(crate) n: String,
    pub(crate) class: &'static str,
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) document: String,
    pub(crate) begun_on: String,
    pub(crate) state: (&'static str, String),
    pub(crate) result: Option<String>,
    pub(crate) open: bool,
}

/// One kind with its entries; violations only where they may be read.
#[derive(Debug)]
pub(crate) struct SectionView {
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) entries: Vec<EntryView>,
    pub(crate) classes: Vec<(String, String)>,
    /// What the three texts are here: name, words, document.
    pub(crate) asks: (&'static str, &'static str, &'static str),
    pub(crate) named: bool,
    pub(crate) due: bool,
    pub(crate) closing: &'static str,
}

#[derive(Debug)]
pub(crate) struct OversightView {
    pub(crate) name: String,
    pub(crate) sections: Vec<SectionView>,
    pub(crate) can_keep: bool,
}

fn state(it: &Entry, today: Date) -> (&'static str, String) {
    match (it.kind, &it.closed, it.due_on) {
        (Kind::Supervisor, Some((on, _)), _) => ("done", format!("{on}离任")),
        (Kind::Supervisor, None, _) => ("good", "在任".to_owned()),
        (_, Some((on, _)), Some(due)) if due < *on => ("done", format!("{on}完成（逾期）")),
        (_, Some((on, _)), _) => ("good", format!("{on}办结")),
        (_, None, Some(due)) if due < today => ("late", format!("应在{due}前完成，已逾期")),
        (_, None, Some(due)) => ("open", format!("进行中，{due}前完成")),
        (_, None, None) => ("open", "处理中".to_owned()),
    }
}

fn section(kind: Kind, entries: &[Entry], today: Date) -> SectionView {
    let view = |it: &Entry| EntryView {
        n: it.n.to_string(),
        class: kind.class(&it.class),
        name: it.name.clone(),
        words: it.words.clone(),
        document: it.document.clone(),
        begun_on: it.begun_on.to_string(),
        state: state(it, today),
        result: it.closed.as_ref().map(|it| it.1.clone()),
        open: it.closed.is_none(),
    };
    let (title, asks, closing) = match kind {
        Kind::Supervisor => ("监事会、执行监事", ("姓名", "怎样产生", "产生的会议或公告"), "登记离任"),
        Kind::Audit => ("审计", ("", "事由和范围", "委托的审计机构"), "登记审计结果"),
        Kind::Violation => ("委员违法违规", ("委员姓名", "查明的事实", "依据的材料"), "登记处理结果"),
    };
    SectionView {
        kind: kind.code(),
        title,
        entries: entries.iter().filter(|it| it.kind == kind).map(view).collect(),
        classes: kind.classes().iter().map(|it| (it.0.to_owned(), it.1.to_owned())).collect(),
        asks,
        named: kind != Kind::Audit,
        due: kind == Kind::Audit,
        closing,
    }
}

pub(crate) fn oversight(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<OversightView, Problem> {
    let committee = committees::seen(tx, vault, id)?;
    let can_keep = policy::may_keep(&tx.ctx.actor, &committee.place).is_ok();
    let (entries, today) = (store::of_committee(tx, vault, id)?, tx.ctx.today());
    // What a member did wrong is for those who act on it.
    let shown = Kind::ALL.into_iter().filter(|it| can_keep || *it != Kind::Violation);
    Ok(OversightView {
        name: committees::name(&committee),
        sections: shown.map(|it| section(it, &entries, today)).collect(),
        can_keep,
    })
}

/// What everybody reads: who watches, names masked, and what audits found, also of the committee before: its audit on
/// leaving is finished under the next one.
pub(crate) fn posted(
    tx: &mut Tx<'_>,
    vault: &Vault,
    sitting: Option<CommitteeId>,
    before: Option<CommitteeId>,
) -> Result<Vec<String>, Problem> {
    let mut posted = vec![];
    let mut entries = vec![];
    for id in sitting.into_iter().chain(before) {
        entries.extend(store::of_committee(tx, vault, id)?);
    }
    for it in entries {
        match (it.kind, &it.closed) {
            (Kind::Supervisor, None) if Some(it.committee) == sitting => {
                posted.push(format!("{} {}", it.kind.class(&it.class), identifiers::mask_name(&it.name)));
            }
            (Kind::Audit, Some((on, result))) => {
                posted.push(format!("{}（{}，{on}）：{result}", it.kind.class(&it.class), it.document));
            }
            _ => {}
        }
    }
    posted.truncate(8);
    Ok(posted)
}

/// Audits that are not done yet, by the day they should be.
pub(crate) fn due(tx: &mut Tx<'_>, vault: &Vault, id: CommitteeId) -> Result<Vec<(Date, String)>, Problem> {
    let open = store::of_committee(tx, vault, id)?.into_iter().filter(|it| it.closed.is_none());
    let line = |it: Entry| Some((it.due_on?, format!("完成{}", it.kind.class(&it.class))));
    Ok(open.filter_map(line).collect())
}
