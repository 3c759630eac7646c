//! An owner for the demonstration, bound to a home as a letter would have done.

use ::store::Tx;
use app::Vault;
use identifiers::Phone;
use kernel::{Problem, Tenant};
use registry::communities::CommunityId;

use crate::{
    letters, store,
    types::{Home, Letter},
};

/// Binds `units` of a community to an owner of this name and phone.
///
/// # Errors
/// When the phone is none, or the store refuses.
pub fn owner(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    units: &[&str],
    name: &str,
    phone: &str,
) -> Result<(), Problem> {
    let community = registry::communities::load(tx, community)?;
    let (now, tenant) = (tx.ctx.now, Tenant::of_id(community.id.into()));
    let person = accounts::add_owner(tx, name)?;
    accounts::bind_owner(tx, person, community.id.into(), &community.name)?;
    let phone = Phone::parse(phone).map_err(|it| Problem::Broken(anyhow::anyhow!("{it}")))?;
    let sealed = vault.seal(phone.reveal()).map_err(Problem::Broken)?.0;
    store::add_phone(tx, &letters::phone_hash(vault, &phone), person, &sealed)?;
    for unit in units {
        let letter = Letter {
            id: tx.ctx.new_id(tenant).into(),
            place: community.place,
            unit: (*unit).to_owned(),
            printed_at: now,
            ends_at: now + crate::rules::LETTER_LASTS,
            handed_on: Some(tx.ctx.today()),
            used_at: Some(now),
            void_reason: None,
            version: 1,
        };
        let digest = letters::digest(vault, &letters::code_of(vault, letter.id)?);
        store::add_letter(tx, &letter, &digest)?;
        store::save_letter(tx, &letter)?;
        let home = Home {
            id: tx.ctx.new_id(tenant).into(),
            community: community.id.into(),
            unit: (*unit).to_owned(),
            person,
            bound_at: now,
            ended: None,
            device: String::new(),
            version: 1,
        };
        store::add_home(tx, &home, letter.id)?;
    }
    Ok(())
}
