//! The verbs. Each one: permit, decide, save, record. That something was read is housekeeping, not an act on the thing.

use ::store::{Recorded, Tx};
use app::{Gateway, Vault};
use jiff::Timestamp;
use kernel::Problem;

use crate::{
    events::{FeedEnded, FeedMade, PhoneDropped, PhoneSet},
    policy,
    rules::{self, MessageRefusal},
    store,
    types::{OpenForm, PhoneForm, Post},
};

/// 查收 — the message is read from now on; says where it leads.
pub(crate) fn open(tx: &mut Tx<'_>, form: &OpenForm) -> Result<String, Problem> {
    let actor = tx.ctx.actor.clone();
    let subject = kernel::parse_id(form.subject.trim()).ok_or(Problem::NotFound)?;
    let own = Post::of(actor.user, &actor.hat);
    let told = store::load(tx, subject, &form.mark, &own)?;
    let _read = policy::may_read(&actor, &told.post)?;
    store::see(tx, subject, &own)?;
    Ok(told.href)
}

/// 全部标为已读 — whatever the page showed, and nothing that came since.
pub(crate) fn open_all(tx: &mut Tx<'_>, until: &str) -> Result<(), Problem> {
    let actor = tx.ctx.actor.clone();
    let until = until.parse().ok().and_then(|it| Timestamp::from_microsecond(it).ok());
    let until = until.ok_or(Problem::NotFound)?;
    Ok(store::see_all(tx, &Post::of(actor.user, &actor.hat), until)?)
}

/// 设置短信提醒.
pub(crate) fn set_phone(
    tx: &mut Tx<'_>,
    vault: &Vault,
    gateway: &Gateway,
    form: &PhoneForm,
) -> Result<((), Recorded), Problem> {
    let permit = policy::may_subscribe(&tx.ctx.actor)?;
    if !gateway.is_there() {
        return Err(MessageRefusal::NoGateway.into());
    }
    let phone = rules::mobile(&form.phone).map_err(|it| Problem::Invalid(vec![it]))?;
    let sealed = vault.seal(phone.reveal()).map_err(Problem::Broken)?.0;
    store::put_phone(tx, &sealed, &rules::masked(&phone))?;
    let person = tx.ctx.actor.user;
    Ok(((), tx.record(permit, &PhoneSet { person })?))
}

/// 取消短信提醒.
pub(crate) fn drop_phone(tx: &mut Tx<'_>) -> Result<((), Recorded), Problem> {
    let permit = policy::may_subscribe(&tx.ctx.actor)?;
    store::drop_phone(tx)?;
    let person = tx.ctx.actor.user;
    Ok(((), tx.record(permit, &PhoneDropped { person })?))
}

/// 生成日历订阅地址 — an earlier one of the same post ends with it.
pub(crate) fn make_feed(tx: &mut Tx<'_>, digest: &str) -> Result<((), Recorded), Problem> {
    let permit = policy::may_subscribe(&tx.ctx.actor)?;
    store::put_feed(tx, digest)?;
    let person = tx.ctx.actor.user;
    Ok(((), tx.record(permit, &FeedMade { person })?))
}

/// 停用日历订阅.
pub(crate) fn end_feed(tx: &mut Tx<'_>) -> Result<((), Recorded), Problem> {
    let permit = policy::may_subscribe(&tx.ctx.actor)?;
    store::drop_feed(tx)?;
    let person = tx.ctx.actor.user;
    Ok(((), tx.record(permit, &FeedEnded { person })?))
}
