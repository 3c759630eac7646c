//! Every statement about edits that came home; rows to nouns and back.

use ::store::{Result, Row, Tx, Value};
use kernel::Tenant;

use super::types::{Edit, EditState, Held};
use crate::assessments::types::SheetId;

fn at(sheet: SheetId, device: &str) -> [Value; 3] {
    [i64::from(Tenant::of_id(sheet.into()).number()).into(), i64::from(sheet).into(), device.into()]
}

/// Puts an edit down to wait its turn; one that came before stays as it is.
pub(crate) fn hold(tx: &mut Tx<'_>, sheet: SheetId, device: &str, edit: &Edit) -> Result<()> {
    let [tenant, id, name] = at(sheet, device);
    let args = [
        tenant,
        id,
        name,
        edit.n.into(),
        edit.item.clone().into(),
        serde_json::to_string(&edit.seen)?.into(),
        serde_json::to_string(&edit.given)?.into(),
        tx.ctx.now.into(),
    ];
    tx.change(include_str!("sql/hold.sql"), &args)?;
    Ok(())
}

pub(crate) fn waiting(tx: &mut Tx<'_>, sheet: SheetId, device: &str) -> Result<Vec<Edit>> {
    tx.all(include_str!("sql/waiting.sql"), &at(sheet, device), |it| Ok(read(it)?.edit))
}

/// The number of the last edit of a device that was taken.
pub(crate) fn taken(tx: &mut Tx<'_>, sheet: SheetId, device: &str) -> Result<i64> {
    tx.one(include_str!("sql/taken.sql"), &at(sheet, device), |it| it.int("n"))
}

pub(crate) fn set_state(
    tx: &mut Tx<'_>,
    sheet: SheetId,
    device: &str,
    n: i64,
    state: EditState,
) -> Result<()> {
    let [tenant, id, name] = at(sheet, device);
    tx.change_one(include_str!("sql/set_state.sql"), &[tenant, id, name, n.into(), state.code().into()])
}

/// A later edit of the same item takes the place of the device's earlier ones.
pub(crate) fn supersede(tx: &mut Tx<'_>, sheet: SheetId, device: &str, edit: &Edit) -> Result<()> {
    let [tenant, id, name] = at(sheet, device);
    let args = [tenant, id, name, edit.item.clone().into(), edit.n.into()];
    tx.change(include_str!("sql/supersede.sql"), &args)?;
    Ok(())
}

pub(crate) fn disputed(tx: &mut Tx<'_>, sheet: SheetId) -> Result<Vec<Held>> {
    let [tenant, id, _] = at(sheet, "");
    tx.all(include_str!("sql/disputed.sql"), &[tenant, id], read)
}

fn read(row: &Row<'_>) -> Result<Held> {
    let edit = Edit {
        n: row.int("n")?,
        item: row.text("item")?,
        seen: serde_json::from_str(&row.text("seen")?)?,
        given: serde_json::from_str(&row.text("given")?)?,
    };
    Ok(Held { device: row.text("device")?, edit })
}
