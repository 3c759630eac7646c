//! What there is to see of records, for page and JSON.

use ::store::Tx;
use jiff::civil::Date;
use kernel::{Problem, Ratio, Scope};
use serde::Serialize;
use web::{Cursor, Paged};

use super::{
    kinds, labels, policy, store,
    types::{Record, RecordForm, RecordId},
};
use crate::{
    communities::{self, CommunityId},
    enterprises::{self, EnterpriseId},
    history,
};

/// A record as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    pub id: RecordId,
    pub kind: String,
    pub kind_label: &'static str,
    pub title: String,
    pub class_label: &'static str,
    pub status_label: &'static str,
    pub happened_on: String,
    pub ends_on: String,
    /// 190 / 200（95%）.
    pub amount: String,
    pub part: Option<i64>,
    pub whole: Option<i64>,
    pub evidence: String,
    pub community: Option<String>,
    pub community_id: String,
    pub enterprise: Option<String>,
    /// 作废 and why.
    pub void_reason: Option<String>,
}

/// A record with everything about it.
#[derive(Debug)]
pub(crate) struct RecordDetail {
    pub(crate) view: RecordView,
    pub(crate) kind: &'static kinds::Kind,
    pub(crate) files: Vec<files::Attachment>,
    pub(crate) history: Vec<history::Line>,
    pub(crate) can_edit: bool,
}

/// # Errors
/// Missing, or out of the hat's scope.
pub(crate) fn detail(tx: &mut Tx<'_>, id: RecordId) -> Result<RecordDetail, Problem> {
    let record = seen(tx, id)?;
    let kind = kinds::kind(&record.kind).ok_or(Problem::NotFound)?;
    let community = match record.place.community {
        0 => None,
        id => Some(communities::load(tx, id.into())?.name),
    };
    let enterprise = enterprises::name_of(tx, record.place.enterprise)?;
    let can_edit =
        record.void_reason.is_none() && policy::may_edit(&tx.ctx.actor, &record.place, kind.code).is_ok();
    Ok(RecordDetail {
        files: files::of_subject(tx, id.into())?,
        history: history::lines(tx, id.into(), labels::happened)?,
        can_edit,
        kind,
        view: view(store::Listed { record, community, enterprise }),
    })
}

/// A record whoever asks may see.
fn seen(tx: &mut Tx<'_>, id: RecordId) -> Result<Record, Problem> {
    let record = store::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &record.place)?;
    Ok(record)
}

/// One file beside a record.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    id: RecordId,
    file: files::AttachmentId,
) -> Result<files::Attachment, Problem> {
    let record = seen(tx, id)?;
    files::attachment(tx, record.id.into(), file)
}

/// The form as a record stands.
pub(crate) fn form(tx: &mut Tx<'_>, id: RecordId) -> Result<RecordForm, Problem> {
    let record = seen(tx, id)?;
    let _may = policy::may_edit(&tx.ctx.actor, &record.place, &record.kind)?;
    let number = |it: Option<i64>| it.map_or(String::new(), |it| it.to_string());
    Ok(RecordForm {
        happened_on: record.happened_on.to_string(),
        ends_on: record.ends_on.map_or(String::new(), |it| it.to_string()),
        part: number(record.part),
        whole: number(record.whole),
        enterprise: enterprises::name_of(tx, record.place.enterprise)?.unwrap_or_default(),
        version: record.version.to_string(),
        kind: record.kind,
        class: record.class,
        status: record.status,
        title: record.title,
        evidence: record.evidence,
    })
}

pub(crate) const PAGE: usize = 50;

/// What a register's list is narrowed to, as it stands in the URL.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) kind: &'static str,
    /// Words of a community's name, address or number.
    pub(crate) named: String,
    pub(crate) from: Option<Date>,
    pub(crate) to: Option<Date>,
    pub(crate) class: String,
    pub(crate) status: String,
    pub(crate) oldest_first: bool,
    pub(crate) after: Option<Cursor>,
}

impl Filter {
    /// The whole register, newest first.
    fn all_of(kind: &'static str) -> Self {
        Self {
            kind,
            named: String::new(),
            from: None,
            to: None,
            class: String::new(),
            status: String::new(),
            oldest_first: false,
            after: None,
        }
    }
}

pub(crate) fn list(tx: &mut Tx<'_>, filter: &Filter, size: usize) -> Result<Paged<RecordView>, Problem> {
    let scope = policy::visible(&tx.ctx.actor);
    let rows = store::list(tx, &scope, filter, size as i64 + 1)?;
    let cursor =
        |it: &store::Listed| Cursor { value: it.record.happened_on.to_string(), id: it.record.id.into() };
    let page = Paged::of(rows, size, cursor);
    Ok(Paged { rows: page.rows.into_iter().map(view).collect(), next: page.next })
}

/// What bears on a community, newest first.
///
/// # Errors
/// Missing, or out of the hat's scope.
pub fn of_community(tx: &mut Tx<'_>, id: CommunityId) -> Result<Vec<RecordView>, Problem> {
    let community = communities::load(tx, id)?;
    let _seen = policy::may_see(&tx.ctx.actor, &community.place)?;
    Ok(bearing(tx, &community.place)?)
}

/// The honours a community holds or has applied for, for whoever another room has let in (LA-016).
///
/// # Errors
/// When the store refuses.
pub fn honours_of(tx: &mut Tx<'_>, community: &communities::Community) -> Result<Vec<RecordView>, Problem> {
    let all = bearing(tx, &community.place)?;
    Ok(all.into_iter().filter(|it| it.kind == "honour").collect())
}

fn bearing(tx: &mut Tx<'_>, place: &kernel::Place) -> ::store::Result<Vec<RecordView>> {
    let records = store::bearing_on(tx, place)?;
    Ok(records
        .into_iter()
        .map(|record| view(store::Listed { record, community: None, enterprise: None }))
        .collect())
}

pub fn of_enterprise(tx: &mut Tx<'_>, id: EnterpriseId) -> Result<Vec<RecordView>, Problem> {
    let seen = policy::visible(&tx.ctx.actor);
    let mut found = vec![];
    for kind in kinds::KINDS.iter().filter(|it| it.names_enterprise) {
        let rows = store::list(tx, &Scope::Enterprise(id.into()), &Filter::all_of(kind.code), 20)?;
        found.extend(rows.into_iter().filter(|it| seen.covers(&it.record.place)).map(view));
    }
    Ok(found)
}

/// Whether the page of this community offers to record something.
pub fn may_record_here(tx: &mut Tx<'_>, id: CommunityId) -> Result<bool, Problem> {
    let community = communities::load(tx, id)?;
    Ok(policy::may_record(&tx.ctx.actor, &community.place, "activity").is_ok())
}

fn view(it: store::Listed) -> RecordView {
    let record = it.record;
    let kind = kinds::kind(&record.kind);
    RecordView {
        id: record.id,
        kind_label: kind.map_or("", |it| it.title),
        class_label: kind.map_or("", |it| kinds::label(it.classes, &record.class)),
        status_label: kind.map_or("", |it| kinds::label(it.statuses, &record.status)),
        amount: amount(&record),
        part: record.part,
        whole: record.whole,
        happened_on: record.happened_on.to_string(),
        ends_on: record.ends_on.map_or(String::new(), |it| it.to_string()),
        kind: record.kind,
        title: record.title,
        evidence: record.evidence,
        community: it.community,
        community_id: record.place.community.to_string(),
        enterprise: it.enterprise,
        void_reason: record.void_reason,
    }
}

fn amount(record: &Record) -> String {
    let percent = |part, whole| {
        let share = Ratio::share(i128::from(part), i128::from(whole))?;
        share.times(Ratio::whole(100)).map(|it| it.rounded(1))
    };
    match (record.part, record.whole) {
        (Some(part), Some(whole)) => percent(part, whole)
            .map_or_else(|| format!("{part} / {whole}"), |it| format!("{part} / {whole}（{it}%）")),
        (Some(part), None) => part.to_string(),
        _ => String::new(),
    }
}

/// What stands today of a register about this community, newest first: what kind it is, and what it is called.
///
/// # Errors
/// When the store refuses.
pub fn in_force(
    tx: &mut Tx<'_>,
    community: &communities::Community,
    kind: &str,
) -> Result<Vec<(&'static str, String)>, Problem> {
    let today = tx.ctx.today();
    let stands =
        |it: &Record| it.kind == kind && it.happened_on <= today && it.ends_on.is_none_or(|end| today < end);
    let classes = kinds::kind(kind).map_or(&[][..], |it| it.classes);
    let found = store::bearing_on(tx, &community.place)?.into_iter().filter(stands);
    Ok(found.map(|it| (kinds::label(classes, &it.class), it.title)).collect())
}

/// How many communities of each place just below have a party branch of their own or of their grid in force today (SC-021); of a
/// neighborhood its communities themselves. A working group counts where a place says so (SC-022). Rights are the caller's.
///
/// # Errors
/// When the store refuses.
pub fn branches_below(
    tx: &mut Tx<'_>,
    scope: &kernel::Scope,
    working_groups_count: bool,
) -> Result<Vec<(i64, i64)>, Problem> {
    let third = if working_groups_count { "working_group" } else { "branch" };
    let today = tx.ctx.today();
    Ok(store::communities_with(tx, scope, ("party_org", ["branch", "grid_branch", third]), today)?)
}

/// What the newest record of a register about this community is called, for forms that need not ask again.
///
/// # Errors
/// When the store refuses.
pub fn newest_title(
    tx: &mut Tx<'_>,
    community: &communities::Community,
    kind: &str,
) -> Result<Option<String>, Problem> {
    Ok(store::bearing_on(tx, &community.place)?.into_iter().find(|it| it.kind == kind).map(|it| it.title))
}
