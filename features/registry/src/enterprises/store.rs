//! Every statement about enterprises; rows to nouns and back.

use ::store::{Listing, Result, Row, Tx, Value};
use kernel::Scope;

use super::types::{Enterprise, EnterpriseId, EnterpriseView, Filter, Particulars};

/// # Errors
/// No such enterprise.
pub fn load(tx: &mut Tx<'_>, id: EnterpriseId) -> Result<Enterprise> {
    tx.one(include_str!("sql/load.sql"), &[i64::from(id).into()], read)
}

/// The name of the enterprise with this number, when there is one.
///
/// # Errors
/// When the store refuses.
pub fn name_of(tx: &mut Tx<'_>, id: i64) -> Result<Option<String>> {
    if id == 0 {
        Ok(None)
    } else {
        tx.maybe(include_str!("sql/load.sql"), &[id.into()], |it| it.text("name"))
    }
}

pub(crate) fn named(tx: &mut Tx<'_>, city: i64, name: &str) -> Result<Option<EnterpriseId>> {
    tx.maybe(include_str!("sql/named.sql"), &[city.into(), name.into()], |it| Ok(it.int("id")?.into()))
}

/// How many enterprises serve communities of a city or a county, and how many of them have a party organisation or an
/// instructor sent to them: what 物业服务企业党建全覆盖 is counted by (LA-005).
///
/// # Errors
/// When the store refuses.
pub fn party_led(tx: &mut Tx<'_>, scope: &Scope) -> Result<(i64, i64)> {
    let (block, number) = match scope {
        Scope::City(_) | Scope::County(_) => scope.equality(),
        _ => return Ok((0, 0)),
    };
    let today = tx.ctx.today();
    let listing = Listing::of(include_str!("sql/party_led.sql"), &[block], &[number.into(), today.into()]);
    let found = tx.list(&listing, |it| Ok((it.int("serving")?, it.int("led")?)))?;
    Ok(found.first().copied().unwrap_or_default())
}

/// The enterprises that serve communities of a part of the world, by name; at most a hundred, which is more than one chooses from.
///
/// # Errors
/// When the store refuses.
pub fn serving(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(i64, String)>> {
    let (block, number) = scope.equality();
    let listing = Listing::of(include_str!("sql/serving.sql"), &[block], &[number.into()]);
    tx.list(&listing, |it| Ok((it.int("id")?, it.text("name")?)))
}

/// What an enterprise is found by.
const WORDS: &str = "enterprise";
const INDEXED_AT_ONCE: i64 = 500;

/// The enterprises of a city: by name after one of them, or the ones with the most households.
pub(crate) fn list(tx: &mut Tx<'_>, city: i64, filter: &Filter, limit: i64) -> Result<Vec<EnterpriseView>> {
    let words = tx.search(WORDS, None, &filter.named);
    let mut on = vec![if filter.by_households { "by_households" } else { "by_name" }];
    on.extend(words.is_some().then_some("named"));
    on.extend((!filter.by_households && !filter.after.is_empty()).then_some("after_by_name"));
    let args = [city.into(), words.unwrap_or(Value::Null), filter.after.clone().into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &on, &args), |it| {
        Ok(EnterpriseView {
            id: it.int("id")?.into(),
            uscc: it.text("uscc")?,
            name: it.text("name")?,
            communities: it.int("communities")?,
            households: it.int("households")?,
        })
    })
}

/// The code is found from its beginning, and from the part that tells one enterprise of a place from another.
fn put_words(tx: &mut Tx<'_>, id: i64, name: &str, uscc: &str) -> Result<()> {
    tx.put_words(WORDS, id, &[name, uscc, uscc.get(8..).unwrap_or_default()])
}

/// Puts the words of the next enterprises after one into the index; the last of them, or nothing when all are there.
pub(crate) fn put_words_of_next(tx: &mut Tx<'_>, after: i64) -> Result<Option<i64>> {
    let args = [after.into(), INDEXED_AT_ONCE.into()];
    let next = tx.all(include_str!("sql/wordless.sql"), &args, |it| {
        Ok((it.int("id")?, it.text("uscc")?, it.text("name")?))
    })?;
    for (id, uscc, name) in &next {
        put_words(tx, *id, name, uscc)?;
    }
    Ok(next.last().map(|it| it.0))
}

/// The enterprise with this code, and its name.
pub(crate) fn known_as(tx: &mut Tx<'_>, uscc: &str) -> Result<Option<(EnterpriseId, String, i64)>> {
    tx.maybe(include_str!("sql/by_uscc.sql"), &[uscc.into()], |it| {
        Ok((it.int("id")?.into(), it.text("name")?, it.int("city")?))
    })
}

pub(crate) fn save(
    tx: &mut Tx<'_>,
    before: &Enterprise,
    after: &Particulars,
) -> std::result::Result<(), kernel::Problem> {
    let args = [
        i64::from(before.id).into(),
        before.version.into(),
        after.uscc.clone().into(),
        after.name.clone().into(),
        after.note.clone().into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)?;
    Ok(put_words(tx, i64::from(before.id), &after.name, &after.uscc)?)
}

/// Takes an import's enterprises back out, but for those that serve a community by now.
pub(crate) fn undo_batch(tx: &mut Tx<'_>, batch: i64) -> Result<()> {
    let gone = tx.all(include_str!("sql/undo_batch.sql"), &[batch.into()], |it| it.int("id"))?;
    gone.into_iter().try_for_each(|it| tx.drop_words(it))
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Enterprise, batch: Option<i64>) -> Result<()> {
    let args = [
        i64::from(it.id).into(),
        it.uscc.clone().into(),
        it.name.clone().into(),
        it.city.into(),
        it.home_tenant.into(),
        it.note.clone().into(),
        batch.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)?;
    put_words(tx, i64::from(it.id), &it.name, &it.uscc)
}

fn read(row: &Row<'_>) -> Result<Enterprise> {
    Ok(Enterprise {
        id: row.int("id")?.into(),
        uscc: row.text("uscc")?,
        name: row.text("name")?,
        city: row.int("city")?,
        home_tenant: row.int("home_tenant")?,
        note: row.text("note")?,
        version: row.int("version")?,
    })
}
