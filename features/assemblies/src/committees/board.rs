//! A committee on the notice board: names masked, and what it published in the five folders owners may ask for (指导规则 Art. 13).

use ::store::Tx;
use app::Vault;
use jiff::ToSpan as _;
use kernel::Problem;

use super::{
    queries::{clock, name, post},
    schedule::{Folder, PACK, owed},
    store,
    types::{Committee, CommitteeId},
};

#[derive(Debug)]
pub(crate) struct CommitteeCard {
    pub(crate) id: CommitteeId,
    pub(crate) name: String,
    pub(crate) term: String,
    pub(crate) clock: (&'static str, String),
    /// Post and name.
    pub(crate) members: Vec<(&'static str, String)>,
    pub(crate) folders: Vec<FolderView>,
    /// 上一届, whose handover and audit may still be open.
    pub(crate) before: Option<(CommitteeId, String)>,
}

/// One of the five.
#[derive(Debug)]
pub(crate) struct FolderView {
    pub(crate) title: &'static str,
    /// What was to be published by now and was not.
    pub(crate) late: Vec<String>,
    pub(crate) papers: Vec<Disclosed>,
}

/// What was published, when, in which words.
#[derive(Debug, Clone)]
pub(crate) struct Disclosed {
    folder: Folder,
    pub(crate) title: String,
    pub(crate) on: String,
    pub(crate) words: String,
}

/// What a committee has published, and by folder what it should have.
#[derive(Default)]
struct Published {
    papers: Vec<Disclosed>,
    late: Vec<(Folder, String)>,
}

fn published(tx: &mut Tx<'_>, it: &Committee) -> Result<Published, Problem> {
    let today = tx.ctx.today();
    let done = store::duties(tx, it.id)?;
    let mut all = Published::default();
    for due in owed(&PACK, it, today.saturating_add(1.year())) {
        let Some(duty) = PACK.duty(&due.code).filter(|it| it.disclosed) else { continue };
        let title = match due.period.as_str() {
            "" => duty.title.clone(),
            period => format!("{}（{period}）", duty.title),
        };
        match done.iter().find(|it| it.key == due.key) {
            Some(done) => all.papers.push(Disclosed {
                folder: duty.folder,
                title,
                on: done.done_on.to_string(),
                words: done.words.clone(),
            }),
            None if due.due_on < today => {
                all.late.push((duty.folder, format!("{title}，应在{}前", due.due_on)))
            }
            None => {}
        }
    }
    Ok(all)
}

pub(crate) fn card(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Option<CommitteeCard>, Problem> {
    let Some(it) = store::newest(tx, vault, community)? else { return Ok(None) };
    let Published { mut papers, late } = published(tx, &it)?;
    // What the committee before had published stays readable under the next one.
    let before = store::before(tx, vault, community)?;
    if let Some(before) = &before {
        papers.extend(published(tx, before)?.papers);
    }
    papers.sort_by(|a, b| b.on.cmp(&a.on));
    let folder = |(folder, title): (Folder, &'static str)| FolderView {
        title,
        late: late.iter().filter(|it| it.0 == folder).map(|it| it.1.clone()).collect(),
        papers: papers.iter().filter(|it| it.folder == folder).cloned().collect(),
    };
    Ok(Some(CommitteeCard {
        id: it.id,
        name: name(&it),
        term: format!("{}至{}", it.elected_on, it.term_ends_on),
        clock: clock(&it, tx.ctx.today()),
        members: it.sitting().map(|it| (post(it.post), identifiers::mask_name(&it.name))).collect(),
        before: before.map(|it| (it.id, name(&it))),
        folders: Folder::ALL.into_iter().map(folder).collect(),
    }))
}
