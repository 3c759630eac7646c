//! What this door does besides what the systems' door does: it finds the community, and keeps what came along.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{Problem, Scope};
use registry::communities;

use super::{queries, types::Place};
use crate::{
    cases::{intake::LONGEST_PLACE, line, rules, types::TicketId},
    systems::{
        self,
        types::{Sending, System},
    },
};

/// The same case, with its community found.
pub(crate) fn placed(
    tx: &mut Tx<'_>,
    scope: &Scope,
    place: &Place,
    sending: &Sending,
) -> Result<Sending, Problem> {
    let community = queries::community(tx, scope, place)?;
    // What an address says behind the community's name is where in it.
    let building = match (&place.named, sending.building.trim()) {
        (Some(named), "") => {
            let name = communities::load(tx, community.parse::<i64>().unwrap_or_default().into())?.name;
            let behind = named.split_once(name.as_str()).map_or("", |it| it.1);
            let bare = behind.trim_matches(['（', '）', '(', ')', ' ', '，', ',']);
            bare.chars().take(LONGEST_PLACE).collect()
        }
        (_, typed) => typed.to_owned(),
    };
    Ok(Sending { community, building, ..sending.clone() })
}

/// 接入, and what its sender said besides for whoever works on it.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    vault: &Vault,
    calendar: &Calendar,
    system: &System,
    sending: &Sending,
    beside: &str,
    code: &str,
) -> Result<(TicketId, Recorded), Problem> {
    let (id, recorded) = systems::take_in(tx, vault, calendar, system, sending, code)?;
    if !beside.is_empty() {
        line::add_step(tx, id, &system.name, &rules::step(line::BESIDE, beside.to_owned(), false))?;
    }
    Ok((id, recorded))
}
