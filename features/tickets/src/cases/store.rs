//! Every statement about cases; rows to nouns and back.

use ::store::{Result, Row, StoreError, Tx, Value};
use kernel::{Problem, Tenant};

use super::types::{Body, Channel, Dues, Kind, Openness, Outcome, Stage, Ticket, TicketId, Verdicts};
use crate::profiles::types::Urgency;

/// What only the first row knows: keyed hashes that find the case again.
pub(crate) struct Marks {
    pub(crate) tail: String,
    pub(crate) code: String,
    /// None without a phone.
    pub(crate) reporter: Option<String>,
    /// Its clocks were a draft when it was filed.
    pub(crate) draft: bool,
}

pub(crate) fn load(tx: &mut Tx<'_>, id: TicketId) -> Result<Ticket> {
    tx.one(include_str!("sql/load.sql"), &[tenant_of(id).into(), i64::from(id).into()], read)
}

pub(crate) fn of_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Ticket>> {
    tx.maybe(include_str!("sql/of_code.sql"), &[code.into()], read)
}

pub(crate) fn of_tail(tx: &mut Tx<'_>, tenant: i64, number: i64, tail: &str) -> Result<Option<Ticket>> {
    tx.maybe(include_str!("sql/of_tail.sql"), &[tenant.into(), number.into(), tail.into()], read)
}

pub(crate) fn of_number(tx: &mut Tx<'_>, tenant: i64, number: i64) -> Result<Option<Ticket>> {
    tx.maybe(include_str!("sql/of_number.sql"), &[tenant.into(), number.into()], read)
}

pub(crate) fn next_number(tx: &mut Tx<'_>, tenant: i64) -> Result<i64> {
    tx.next_number(tenant, "tickets", include_str!("sql/newest_number.sql"))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Ticket, marks: &Marks, community: &str) -> Result<()> {
    let (kind, number) = body_columns(it.stage.handler());
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.number.into(),
        it.category.clone().into(),
        it.kind.code().into(),
        it.urgency.code().into(),
        it.openness.code().into(),
        it.channel.code().into(),
        it.body.clone().into(),
        it.building.clone().into(),
        it.contact.clone().into(),
        marks.tail.clone().into(),
        marks.code.clone().into(),
        it.stage.code().into(),
        kind,
        number,
        it.level.into(),
        it.filed_at.into(),
        kernel::beijing_date(it.filed_at).into(),
        it.dues.dispatch_by.into(),
        it.dues.contact_by.into(),
        it.dues.answer_by.into(),
        it.wakes_at.into(),
        verdict(it.verdicts.dispatched),
        marks.reporter.clone().into(),
        if marks.draft { "yes" } else { "no" }.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)?;
    put_words(tx, it.id.into(), community, it.number, &it.body, &it.building)
}

/// What a case is found by: its words, its community and building, its number.
pub(crate) const WORDS: &str = "ticket";
const INDEXED_AT_ONCE: i64 = 500;

fn put_words(
    tx: &mut Tx<'_>,
    id: i64,
    community: &str,
    number: i64,
    body: &str,
    building: &str,
) -> Result<()> {
    tx.put_words(WORDS, id, &[body, building, community, &format!("{number:06} {number}")])
}

/// A case that another system calls by a number of its own is found by that too.
pub(crate) fn put_words_with(tx: &mut Tx<'_>, id: TicketId, outside: &str) -> Result<()> {
    let it = load(tx, id)?;
    let community = registry::communities::load(tx, it.place.community.into())?.name;
    let number = format!("{:06} {} {outside}", it.number, it.number);
    tx.put_words(WORDS, id.into(), &[&it.body, &it.building, &community, &number])
}

/// Puts the words of the next cases after `(tenant, id)` into the index; the last of them, or nothing when all are there.
pub(crate) fn put_words_of_next(tx: &mut Tx<'_>, after: (i64, i64)) -> Result<Option<(i64, i64)>> {
    let args = [after.0.into(), after.1.into(), INDEXED_AT_ONCE.into()];
    let next = tx.all(include_str!("sql/wordless.sql"), &args, |it| {
        let key = (it.int("tenant")?, it.int("id")?);
        Ok((key, it.int("community")?, it.int("number")?, it.text("body")?, it.text("building")?))
    })?;
    for (key, community, number, body, building) in &next {
        let community = registry::communities::load(tx, (*community).into())?.name;
        put_words(tx, key.1, &community, *number, body, building)?;
    }
    Ok(next.last().map(|it| it.0))
}

/// 非文件数字: whether a case runs by clocks nobody had confirmed when it was filed.
pub(crate) fn is_draft(tx: &mut Tx<'_>, id: TicketId) -> Result<bool> {
    let args = [tenant_of(id).into(), i64::from(id).into()];
    Ok(tx.one(include_str!("sql/is_draft.sql"), &args, |it| it.text("draft"))? == "yes")
}

/// By what its clocks run from now on.
pub(crate) fn set_draft(tx: &mut Tx<'_>, id: TicketId, draft: bool) -> Result<()> {
    let draft = if draft { "yes" } else { "no" };
    tx.put(include_str!("sql/set_draft.sql"), &[tenant_of(id).into(), i64::from(id).into(), draft.into()])
}

/// What it is called and how urgent it is, with the clocks that change by it. Saved besides [`save`], which asks for the version.
pub(crate) fn correct(tx: &mut Tx<'_>, it: &Ticket) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.category.clone().into(),
        it.kind.code().into(),
        it.urgency.code().into(),
        it.dues.dispatch_by.into(),
        it.dues.contact_by.into(),
    ];
    tx.put(include_str!("sql/correct.sql"), &args)
}

/// Whether whoever has it can reach the reporter: there is a number, and it is not kept from them.
pub(crate) fn is_reachable(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<bool> {
    let kept_from = ticket.openness == Openness::Anonymous
        && matches!(ticket.stage.handler(), Some(Body::Enterprise(_) | Body::Committee(_)));
    Ok(!kept_from && left_number(tx, ticket.id)?)
}

/// Whether the reporter left a number.
pub(crate) fn left_number(tx: &mut Tx<'_>, id: TicketId) -> Result<bool> {
    let args = [tenant_of(id).into(), i64::from(id).into()];
    Ok(tx.maybe(include_str!("sql/left_number.sql"), &args, |_| Ok(()))?.is_some())
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Ticket) -> std::result::Result<(), Problem> {
    let (kind, number) = body_columns(it.stage.handler());
    let words = match &it.stage {
        Stage::Returned { reason, .. } | Stage::Declined { reason } => reason.clone(),
        Stage::Answered { answer, .. } => answer.clone(),
        Stage::Transferred { line } => line.clone(),
        Stage::Closed { outcome, .. } => outcome_code(*outcome).to_owned(),
        _ => String::new(),
    };
    let merged = match &it.stage {
        Stage::Merged { into } => Some(i64::from(*into)),
        _ => None,
    };
    let yes_no = |it: Option<bool>| it.map(|it| if it { "yes" } else { "no" }).map(str::to_owned);
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.stage.code().into(),
        kind,
        number,
        words.into(),
        it.level.into(),
        it.round.into(),
        it.dues.answer_by.into(),
        it.wakes_at.into(),
        verdict(it.verdicts.dispatched),
        verdict(it.verdicts.contacted),
        verdict(it.verdicts.answered),
        yes_no(it.solved).into(),
        yes_no(it.satisfied).into(),
        it.extended.into(),
        it.urged.into(),
        it.supervised.into(),
        merged.into(),
        it.closed_at.into(),
        it.place.enterprise.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)?;
    Ok(crate::rates::settled::touched(tx, it)?)
}

/// Public and open, of one community: is it one of these?
pub(crate) fn nearby(tx: &mut Tx<'_>, community: i64) -> Result<Vec<Ticket>> {
    tx.all(include_str!("sql/nearby.sql"), &[community.into()], read)
}

/// The public cases of a community since a day, newest first.
pub(crate) fn public_of(tx: &mut Tx<'_>, community: i64, since: jiff::civil::Date) -> Result<Vec<Ticket>> {
    tx.all(include_str!("sql/public_of.sql"), &[community.into(), since.into()], read)
}

/// The counties that have any case, one index step each.
pub(crate) fn next_tenant(tx: &mut Tx<'_>, after: i64) -> Result<Option<i64>> {
    tx.one(include_str!("sql/next_tenant.sql"), &[after.into()], |it| it.maybe_int("tenant"))
}

/// The cases of a county that the clock has to look at now.
pub(crate) fn waking(tx: &mut Tx<'_>, tenant: i64, limit: i64) -> Result<Vec<TicketId>> {
    let args = [tenant.into(), tx.ctx.now.into(), limit.into()];
    tx.all(include_str!("sql/waking.sql"), &args, |it| Ok(it.int("id")?.into()))
}

/// Counts one more urging, without a new version: nobody's form grows stale by it.
pub(crate) fn urge(tx: &mut Tx<'_>, id: TicketId) -> Result<()> {
    tx.change_one(include_str!("sql/urge.sql"), &[tenant_of(id).into(), i64::from(id).into()])
}

pub(crate) fn tenant_of(id: TicketId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

fn body_columns(body: Option<Body>) -> (Value, Value) {
    let code = body.map(Body::code);
    (code.map(|it| it.0.to_owned()).into(), code.map(|it| it.1).into())
}

pub(crate) fn verdict(in_time: Option<bool>) -> Value {
    in_time.map(|it| if it { "in_time" } else { "late" }).map(str::to_owned).into()
}

fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Confirmed => "confirmed",
        Outcome::Checked => "checked",
        Outcome::CalledBack => "called_back",
        Outcome::Unsolved => "unsolved",
        Outcome::Unrated => "unrated",
        Outcome::Noted => "noted",
    }
}

pub(crate) fn broken(what: &str) -> StoreError {
    StoreError::Broken(anyhow::anyhow!("a case holds an unknown {what}"))
}

pub(crate) fn read(row: &Row<'_>) -> Result<Ticket> {
    let told = |column: &str| -> Result<Option<bool>> {
        Ok(row.maybe_text(column)?.map(|it| it == "in_time" || it == "yes"))
    };
    let number = row.maybe_int("handler")?;
    let handler =
        row.maybe_text("handler_kind")?.zip(number).and_then(|(kind, it)| Body::from_code(&kind, it));
    let had = || handler.ok_or_else(|| broken("handler"));
    let words = row.text("words")?;
    let stage = match row.text("stage")?.as_str() {
        "filed" => Stage::Filed,
        "dispatched" => Stage::Dispatched { handler: had()? },
        "returned" => Stage::Returned { handler: had()?, reason: words },
        "accepted" => Stage::Accepted { handler: had()? },
        "answered" => Stage::Answered { handler: had()?, answer: words },
        "closed" => {
            let outcome = match words.as_str() {
                "confirmed" => Outcome::Confirmed,
                "checked" => Outcome::Checked,
                "called_back" => Outcome::CalledBack,
                "unsolved" => Outcome::Unsolved,
                "noted" => Outcome::Noted,
                _ => Outcome::Unrated,
            };
            Stage::Closed { handler, outcome }
        }
        "declined" => Stage::Declined { reason: words },
        "transferred" => Stage::Transferred { line: words },
        "withdrawn" => Stage::Withdrawn,
        _ => Stage::Merged { into: row.maybe_int("merged_into")?.ok_or_else(|| broken("stage"))?.into() },
    };
    Ok(Ticket {
        id: row.int("id")?.into(),
        place: row.place()?,
        number: row.int("number")?,
        category: row.text("category")?,
        kind: Kind::from_code(&row.text("kind")?).ok_or_else(|| broken("kind"))?,
        urgency: Urgency::from_code(&row.text("urgency")?).ok_or_else(|| broken("urgency"))?,
        openness: Openness::from_code(&row.text("openness")?).ok_or_else(|| broken("openness"))?,
        channel: Channel::from_code(&row.text("channel")?).ok_or_else(|| broken("channel"))?,
        body: row.text("body")?,
        building: row.text("building")?,
        contact: row.text("contact")?,
        stage,
        level: row.int("level")?,
        round: row.int("round")?,
        filed_at: row.time("filed_at")?,
        dues: Dues {
            dispatch_by: row.time("dispatch_by")?,
            contact_by: row.time("contact_by")?,
            answer_by: row.time("answer_by")?,
        },
        wakes_at: row.maybe_time("wakes_at")?,
        verdicts: Verdicts {
            dispatched: told("dispatched_v")?,
            contacted: told("contacted_v")?,
            answered: told("answered_v")?,
        },
        solved: told("solved")?,
        satisfied: told("satisfied")?,
        extended: row.int("extended")?,
        urged: row.int("urged")?,
        supervised: row.int("supervised")?,
        closed_at: row.maybe_time("closed_at")?,
        version: row.int("version")?,
    })
}
