//! What the page shows: the addresses, and how their newest messages stand.

use ::store::{StoreError, Tx};
use jobs::{Message, State};
use kernel::{Problem, beijing_minute};

use super::{
    policy, store,
    types::{Callback, Stage},
};
use crate::{
    cases::bodies,
    systems::{self, types::System},
};

const NEWEST: i64 = 20;

pub(crate) struct CallbackView {
    pub(crate) callback: Callback,
    pub(crate) system: String,
    /// State and what it is called: for the mark beside it.
    pub(crate) stage: (&'static str, &'static str),
    pub(crate) proposed: String,
    /// Who approved it and when; empty while nobody has.
    pub(crate) listed: String,
    pub(crate) can_list: bool,
    pub(crate) can_end: bool,
    pub(crate) messages: Vec<MessageView>,
}

/// One message as its list tells it.
pub(crate) struct MessageView {
    /// The case it is about, by its number.
    pub(crate) number: String,
    pub(crate) at: String,
    pub(crate) state: (&'static str, &'static str),
    pub(crate) tries: i64,
    pub(crate) said: String,
    /// When it is tried again.
    pub(crate) next: String,
}

/// Every address, newest first, and the systems that have none.
pub(crate) fn all(tx: &mut Tx<'_>) -> Result<(Vec<CallbackView>, Vec<System>), Problem> {
    let _seen = policy::may_see(&tx.ctx.actor)?;
    let systems = systems::store::all(tx)?;
    let callbacks = store::all(tx)?;
    let has_one =
        |system: &System| callbacks.iter().any(|it| it.system == system.id && it.stage != Stage::Ended);
    let without = systems.iter().filter(|it| !it.ended && !has_one(it)).cloned().collect();
    let mut views = vec![];
    for callback in callbacks {
        let system = systems.iter().find(|it| it.id == callback.system).map(|it| it.name.clone());
        let by = callback.proposed_by;
        let name = accounts::names(tx, &[by])?.remove(&by).unwrap_or_default();
        let listed = match callback.listed {
            Some((by, at)) => {
                let name = accounts::names(tx, &[by])?.remove(&by).unwrap_or_default();
                format!("{} {name}", beijing_minute(at))
            }
            None => String::new(),
        };
        let messages = jobs::of_destination(tx, callback.id.into(), NEWEST)?;
        let messages = messages.iter().map(|it| shown(tx, it)).collect::<Result<_, _>>()?;
        let actor = &tx.ctx.actor;
        views.push(CallbackView {
            system: system.unwrap_or_default(),
            stage: match callback.stage {
                Stage::Proposed => ("open", "待核准"),
                Stage::Listed => ("good", "使用中"),
                Stage::Ended => ("refused", "已停用"),
            },
            proposed: format!("{} {name}", beijing_minute(callback.proposed_at)),
            can_list: callback.stage == Stage::Proposed && policy::may_list(actor, &callback).is_ok(),
            can_end: callback.stage != Stage::Ended && policy::may_end(actor).is_ok(),
            listed,
            messages,
            callback,
        });
    }
    Ok((views, without))
}

fn shown(tx: &mut Tx<'_>, it: &Message) -> Result<MessageView, Problem> {
    // A case that is not there any more leaves its place empty.
    let number = match crate::cases::store::load(tx, it.subject.into()) {
        Ok(ticket) => bodies::called(tx, &ticket)?,
        Err(StoreError::Missing) => String::new(),
        Err(other) => return Err(other.into()),
    };
    Ok(MessageView {
        number,
        at: beijing_minute(it.created_at),
        state: match (it.state, it.tries) {
            (State::Queued, 0) => ("open", "待送出"),
            (State::Queued, _) => ("late", "未送达，将重送"),
            (State::Delivered, _) => ("good", "已送达"),
            (State::Failed, _) => ("refused", "送不到"),
        },
        tries: it.tries,
        said: it.said.clone(),
        next: it.due_at.filter(|_| 0 < it.tries).map(beijing_minute).unwrap_or_default(),
    })
}
