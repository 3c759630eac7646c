//! 述职评议: what the work of a community's committees was found to be, for whoever vets those who stand again (SC-038).

use ::store::Tx;
use app::Vault;
use kernel::Problem;

use super::{queries::name, store, types::Committee};

/// 第2届业主委员会2023年：称职 — of the committee that sits and the one before it, the newest first.
pub(crate) fn of(tx: &mut Tx<'_>, vault: &Vault, community: i64) -> Result<Vec<String>, Problem> {
    let newest = store::newest(tx, vault, community)?;
    let before = store::before(tx, vault, community)?;
    let before = before.filter(|it| newest.as_ref().is_none_or(|newest| newest.id != it.id));
    let mut told = vec![];
    for it in newest.iter().chain(&before) {
        told.extend(graded(tx, it)?);
    }
    Ok(told)
}

fn graded(tx: &mut Tx<'_>, it: &Committee) -> Result<Vec<String>, Problem> {
    let duties = store::duties(tx, it.id)?.into_iter().rev();
    let told = duties.filter_map(|done| {
        let grade = done.grade?.words();
        let year = done.key.split('-').nth(1).unwrap_or_default();
        Some(format!("{}主任{year}年述职：{grade}", name(it)))
    });
    Ok(told.collect())
}
