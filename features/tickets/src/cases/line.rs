//! Every statement about what hangs on a case: its steps, its whistles, who was told, who follows it.

use ::store::{Listing, Result, Row, Tx};
use jiff::Timestamp;
use kernel::{Problem, Tenant};

use super::{
    store::{broken, tenant_of, verdict},
    types::{Body, Step, Ticket, TicketId, Whistle, WhistleId},
};

/// A step as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) n: i64,
    pub(crate) at: Timestamp,
    pub(crate) step: String,
    pub(crate) by: String,
    pub(crate) words: String,
    pub(crate) open: bool,
}

/// 申请复核 that nobody has granted yet: an objection, and no sending out since.
pub(crate) fn asks_again(steps: &[Kept]) -> bool {
    let last = steps.iter().rev().find(|it| ["objected", "dispatched"].contains(&it.step.as_str()));
    last.is_some_and(|it| it.step == "objected")
}

/// What another system said besides, in a step of its own.
pub(crate) const BESIDE: &str = "beside";

pub(crate) fn add_step(tx: &mut Tx<'_>, ticket: TicketId, by: &str, step: &Step) -> Result<()> {
    let args = [
        tenant_of(ticket).into(),
        i64::from(ticket).into(),
        tx.ctx.now.into(),
        step.code.into(),
        by.into(),
        step.words.clone().into(),
        if step.open { "yes" } else { "no" }.into(),
    ];
    tx.put(include_str!("sql/add_step.sql"), &args)
}

/// The first steps of a case that has none yet: by whom, and what. One or two.
pub(crate) fn begin(tx: &mut Tx<'_>, ticket: TicketId, steps: &[(&str, Step)]) -> Result<()> {
    let mut args = vec![tenant_of(ticket).into(), i64::from(ticket).into(), tx.ctx.now.into()];
    for (by, step) in steps {
        let open = if step.open { "yes" } else { "no" };
        args.extend([step.code.into(), (*by).into(), step.words.clone().into(), open.into()]);
    }
    let blocks: &[&str] = if steps.len() == 2 { &["second"] } else { &[] };
    let listing = Listing::of(include_str!("sql/begin.sql"), blocks, &args);
    tx.put(&listing.sql, &listing.args)
}

pub(crate) fn steps(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Kept>> {
    tx.all(include_str!("sql/steps.sql"), &[tenant_of(ticket).into(), i64::from(ticket).into()], |it| {
        Ok(Kept {
            n: it.int("n")?,
            at: it.time("at")?,
            step: it.text("step")?,
            by: it.text("by")?,
            words: it.text("words")?,
            open: it.text("open")? == "yes",
        })
    })
}

pub(crate) fn add_whistle(tx: &mut Tx<'_>, it: &Whistle) -> Result<()> {
    let (kind, number) = it.responder.code();
    let args = [
        tenant_of(it.ticket).into(),
        i64::from(it.id).into(),
        i64::from(it.ticket).into(),
        it.level.into(),
        it.round.into(),
        it.blown_by.clone().into(),
        it.reason.clone().into(),
        kind.into(),
        number.into(),
        it.blown_at.into(),
        it.report_by.into(),
        it.solve_by.into(),
    ];
    tx.put(include_str!("sql/add_whistle.sql"), &args)
}

pub(crate) fn whistles(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Whistle>> {
    tx.all(
        include_str!("sql/whistles.sql"),
        &[tenant_of(ticket).into(), i64::from(ticket).into()],
        read_whistle,
    )
}

pub(crate) fn whistle(tx: &mut Tx<'_>, id: WhistleId) -> Result<Whistle> {
    let tenant = i64::from(Tenant::of_id(id.into()).number());
    tx.one(include_str!("sql/whistle.sql"), &[tenant.into(), i64::from(id).into()], read_whistle)
}

/// The whistles a body has not reported in to.
pub(crate) fn waiting(tx: &mut Tx<'_>, tenant: Tenant, responder: Body) -> Result<Vec<Whistle>> {
    let (kind, number) = responder.code();
    let args = [i64::from(tenant.number()).into(), kind.into(), number.into()];
    tx.all(include_str!("sql/waiting.sql"), &args, read_whistle)
}

/// The whistles a body has reported in to whose cases are still open and somebody else's: of its two hundred newest, the first due first.
pub(crate) fn came(tx: &mut Tx<'_>, tenant: Tenant, responder: Body) -> Result<Vec<Whistle>> {
    let (kind, number) = responder.code();
    let args = [i64::from(tenant.number()).into(), kind.into(), number.into()];
    tx.all(include_str!("sql/came.sql"), &args, read_whistle)
}

pub(crate) fn save_whistle(tx: &mut Tx<'_>, it: &Whistle) -> std::result::Result<(), Problem> {
    let args = [
        i64::from(Tenant::of_id(it.id.into()).number()).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.reported_at.into(),
        verdict(it.reported_in_time),
        it.reported_by.clone().into(),
        it.of_responder.into(),
        it.of_blower.into(),
    ];
    tx.save_version(include_str!("sql/save_whistle.sql"), &args)
}

pub(crate) fn follow(tx: &mut Tx<'_>, ticket: &Ticket, code: &str) -> Result<()> {
    let id = tx.ctx.new_id(Tenant::of_id(ticket.id.into()));
    let args =
        [ticket.place.tenant.into(), id.into(), i64::from(ticket.id).into(), code.into(), tx.ctx.now.into()];
    tx.put(include_str!("sql/follow.sql"), &args)
}

/// The case a follower's code leads to.
pub(crate) fn followed(tx: &mut Tx<'_>, code: &str) -> Result<Option<TicketId>> {
    tx.maybe(include_str!("sql/followed.sql"), &[code.into()], |it| Ok(it.int("ticket")?.into()))
}

fn read_whistle(row: &Row<'_>) -> Result<Whistle> {
    let responder = Body::from_code(&row.text("responder_kind")?, row.int("responder")?);
    Ok(Whistle {
        id: row.int("id")?.into(),
        ticket: row.int("ticket")?.into(),
        level: row.int("level")?,
        round: row.int("round")?,
        blown_by: row.text("blown_by")?,
        reason: row.text("reason")?,
        responder: responder.ok_or_else(|| broken("responder"))?,
        blown_at: row.time("blown_at")?,
        report_by: row.time("report_by")?,
        solve_by: row.time("solve_by")?,
        reported_at: row.maybe_time("reported_at")?,
        reported_in_time: row.maybe_text("reported_v")?.map(|it| it == "in_time"),
        reported_by: row.maybe_text("reported_by")?,
        of_responder: row.maybe_int("of_responder")?,
        of_blower: row.maybe_int("of_blower")?,
        version: row.int("version")?,
    })
}
