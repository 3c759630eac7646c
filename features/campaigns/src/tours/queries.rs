//! What there is to see of tours: the sheets to take along, what devices disagree about, and the photos.

use ::store::Tx;
use app::Vault;
use kernel::Problem;
use serde::Serialize;

use super::{store, types::Held};
use crate::{
    applications::{self, types::ApplicationId},
    assessments::{
        self,
        types::{Sheet, SheetId},
    },
    openings,
};

/// Everything an assessor takes along.
#[derive(Debug, Serialize)]
pub(crate) struct Tour {
    /// Whose sheets they are, so that a phone never brings home one person's marks as another's.
    pub(crate) person: String,
    pub(crate) name: String,
    /// Forms of this session carry it.
    pub(crate) token: String,
    pub(crate) sheets: Vec<TourSheet>,
}

/// An open sheet, as it stands at home.
#[derive(Debug, Serialize)]
pub(crate) struct TourSheet {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) place: String,
    pub(crate) version: i64,
    /// Edits of the asking device up to this number are home.
    pub(crate) taken: i64,
    pub(crate) disputed: usize,
    pub(crate) groups: Vec<TourGroup>,
}

#[derive(Debug, Serialize)]
pub(crate) struct TourGroup {
    pub(crate) title: String,
    pub(crate) items: Vec<TourItem>,
}

#[derive(Debug, Serialize)]
pub(crate) struct TourItem {
    pub(crate) code: String,
    pub(crate) says: String,
    /// The most that can be given.
    pub(crate) most: String,
    pub(crate) known: String,
    pub(crate) evidence: String,
    pub(crate) mark: String,
    pub(crate) note: String,
    pub(crate) photos: usize,
}

/// The caller's open sheets.
pub(crate) fn tour(tx: &mut Tx<'_>, vault: &Vault, device: &str) -> Result<Vec<TourSheet>, Problem> {
    let mut sheets = vec![];
    for line in assessments::my_sheets(tx, vault)?.into_iter().filter(|it| it.open) {
        let view = assessments::sheet(tx, vault, line.id)?;
        let item = |it: assessments::ItemView| TourItem {
            photos: view.photos.iter().filter(|photo| photo.slot == it.code).count(),
            code: it.code,
            says: it.says,
            most: it.mark_of,
            known: it.known,
            evidence: it.evidence,
            mark: it.mark,
            note: it.note,
        };
        let groups = view.groups.into_iter();
        let groups =
            groups.map(|it| TourGroup { title: it.title, items: it.items.into_iter().map(item).collect() });
        sheets.push(TourSheet {
            id: line.id.to_string(),
            name: line.name,
            place: line.place,
            version: view.sheet.version,
            taken: store::taken(tx, line.id, device)?,
            disputed: view.disputes.len(),
            groups: groups.collect(),
        });
    }
    Ok(sheets)
}

/// One disagreement, for its assessor to choose.
#[derive(Debug)]
pub(crate) struct DisputeView {
    pub(crate) device: String,
    pub(crate) n: i64,
    pub(crate) item: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
}

pub(crate) fn disputes(tx: &mut Tx<'_>, id: SheetId) -> Result<Vec<Held>, Problem> {
    Ok(store::disputed(tx, id)?)
}

pub(crate) fn disputes_shown(tx: &mut Tx<'_>, sheet: &Sheet) -> Result<Vec<DisputeView>, Problem> {
    let said = |it: &assessments::types::Marked| match (it.mark.as_str(), it.note.as_str()) {
        ("", "") => "没有填".to_owned(),
        ("", note) => format!("未评分，备注“{note}”"),
        (mark, "") => format!("{mark}分"),
        (mark, note) => format!("{mark}分，备注“{note}”"),
    };
    let view = |it: Held| DisputeView {
        ours: said(&sheet.marks.get(&it.edit.item).cloned().unwrap_or_default()),
        theirs: said(&it.edit.given),
        device: it.device,
        n: it.edit.n,
        item: it.edit.item,
    };
    Ok(disputes(tx, sheet.id)?.into_iter().map(view).collect())
}

/// The photos of a sheet, for its assessor.
pub(crate) fn photo(
    tx: &mut Tx<'_>,
    id: SheetId,
    file: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let sheet = assessments::store::load(tx, id)?;
    let _seen = assessments::may_score(&tx.ctx.actor, sheet.assessor)?;
    files::attachment(tx, id.into(), file)
}

/// The photos behind an application's marks, for whoever owns the ranking; not who took them.
pub(crate) fn photos_behind(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
) -> Result<Vec<files::Attachment>, Problem> {
    let application = applications::store::load(tx, vault, id)?;
    let campaign = openings::store::load(tx, application.campaign)?;
    let _seen = assessments::may_rank(&tx.ctx.actor, campaign.owner)?;
    let mut photos = vec![];
    for sheet in assessments::store::of_application(tx, id.into())?.iter().filter(|it| it.counts()) {
        photos.extend(files::of_subject(tx, sheet.id.into())?);
    }
    photos.sort_by_key(|it| (it.slot.clone(), it.id));
    Ok(photos)
}

/// One of them.
pub(crate) fn photo_behind(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    file: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    photos_behind(tx, vault, id)?.into_iter().find(|it| it.id == file).ok_or(Problem::NotFound)
}
