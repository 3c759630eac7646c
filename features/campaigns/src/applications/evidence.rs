//! What there is to see of evidence: the files of an application, and where another may go.

use ::rules::Pack;
use ::store::Tx;
use app::Vault;
use kernel::{Problem, Tenant};

use super::{
    policy, rules, store,
    types::{Application, ApplicationId},
};
use crate::openings::types::Campaign;

/// One file, and what it proves.
#[derive(Debug)]
pub(crate) struct EvidenceView {
    pub(crate) id: files::AttachmentId,
    pub(crate) slot_label: String,
    pub(crate) name: String,
    pub(crate) size: String,
    pub(crate) is_picture: bool,
}

/// The files of an application, each with the part it proves in words.
pub(crate) fn evidence(
    tx: &mut Tx<'_>,
    pack: &Pack,
    id: ApplicationId,
) -> Result<Vec<EvidenceView>, Problem> {
    let labels = slots(pack, true);
    let label = |slot: &str| labels.iter().find(|it| it.0 == slot).map_or(String::new(), |it| it.1.clone());
    let view = |it: files::Attachment| EvidenceView {
        id: it.id,
        slot_label: label(&it.slot),
        size: if it.bytes < 1 << 20 {
            format!("{}KB", (it.bytes >> 10).max(1))
        } else {
            format!("{}MB", it.bytes >> 20)
        },
        is_picture: it.media.is_picture(),
        name: it.name,
    };
    Ok(files::of_subject(tx, id.into())?.into_iter().map(view).collect())
}

/// The slots a file may go to, in the form's order; once submitted only the stamped form.
pub(crate) fn slots(pack: &Pack, writable: bool) -> Vec<(String, String)> {
    let sealed = (rules::SEALED_FORM.to_owned(), "盖章的自荐表（扫描件）".to_owned());
    if !writable {
        return vec![sealed];
    }
    let gates = pack.standard.gates.iter().enumerate();
    let practices = gates.map(|(n, it)| {
        (it.code.clone(), format!("第{}条：{}", n + 1, it.says.chars().take(24).collect::<String>()))
    });
    let basics = (rules::BASICS.to_owned(), "小区基本情况材料".to_owned());
    let all = ("all".to_owned(), "主要做法及工作成效".to_owned());
    let whole = pack.standard.gates.is_empty().then_some(all);
    [basics].into_iter().chain(practices).chain(whole).chain([sealed]).collect()
}

/// One file, for whoever may see the application.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: ApplicationId,
    file: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let application = store::load(tx, vault, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &application.place)?;
    files::attachment(tx, id.into(), file)
}

/// What the same community handed in for the campaign this one is carried out with, and has not used here yet (LA-010).
pub(crate) fn reusable(
    tx: &mut Tx<'_>,
    campaign: &Campaign,
    application: &Application,
) -> Result<Vec<files::Attachment>, Problem> {
    let Some(linked) = campaign.linked else { return Ok(vec![]) };
    let tenant = Tenant::of_id(application.id.into());
    let community = application.place.community.into();
    let Some(other) = store::of_community(tx, tenant, linked, community)? else { return Ok(vec![]) };
    let here = files::of_subject(tx, application.id.into())?;
    let mut there = files::of_subject(tx, other.into())?;
    there.retain(|it| it.slot != rules::SEALED_FORM && !here.iter().any(|own| own.digest == it.digest));
    Ok(there)
}
