//! Every statement of this room; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx};
use kernel::{Problem, Scope, Tenant};

use crate::types::{Answer, Stage, Survey, SurveyId};

fn key(id: SurveyId) -> [::store::Value; 2] {
    [i64::from(Tenant::of_id(id.into()).number()).into(), i64::from(id).into()]
}

pub(crate) fn load(tx: &mut Tx<'_>, id: SurveyId) -> Result<Survey> {
    tx.one(include_str!("sql/load.sql"), &key(id), read)
}

/// The surveys of a scope, newest first, after one of them.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, after: Option<i64>, limit: i64) -> Result<Vec<Survey>> {
    let (block, number) = scope.equality();
    let mut on = vec![block];
    if after.is_some() {
        on.push("after");
    }
    let args = [number.into(), after.unwrap_or(0).into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &on, &args), read)
}

/// The survey of a community that is under way.
pub(crate) fn open_of(tx: &mut Tx<'_>, community: i64) -> Result<Option<Survey>> {
    tx.maybe(include_str!("sql/open_of.sql"), &[community.into()], read)
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Survey) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.title.clone().into(),
        it.households.into(),
        it.opens_on.into(),
        it.closes_on.into(),
        i64::from(tx.ctx.actor.user).into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Survey) -> std::result::Result<(), Problem> {
    let [tenant, id] = key(it.id);
    let reason = if let Stage::Void { reason } = &it.stage { reason.as_str() } else { "" };
    let entered = if it.entered { "yes" } else { "no" };
    let args = [tenant, id, it.version.into(), it.stage.code().into(), reason.into(), entered.into()];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// Notes that a door has answered. Says whether it had not before.
pub(crate) fn add_door(tx: &mut Tx<'_>, id: SurveyId, door: &str) -> Result<bool> {
    let [tenant, survey] = key(id);
    Ok(tx.change(include_str!("sql/add_door.sql"), &[tenant, survey, door.into()])? == 1)
}

/// How many households have answered.
pub(crate) fn doors(tx: &mut Tx<'_>, id: SurveyId) -> Result<i64> {
    tx.one(include_str!("sql/doors.sql"), &key(id), |it| it.int("n"))
}

pub(crate) fn add_answer(tx: &mut Tx<'_>, id: SurveyId, mark: &str, it: &Answer) -> Result<()> {
    let [tenant, survey] = key(id);
    let parts = serde_json::to_string(&it.parts)?;
    let args = [tenant, survey, mark.into(), it.overall.into(), parts.into(), it.words.clone().into()];
    tx.put(include_str!("sql/add_answer.sql"), &args)
}

pub(crate) fn answers(tx: &mut Tx<'_>, id: SurveyId) -> Result<Vec<Answer>> {
    tx.all(include_str!("sql/answers.sql"), &key(id), |it| {
        Ok(Answer {
            overall: it.int("overall")?,
            parts: serde_json::from_str(&it.text("parts")?)?,
            words: it.text("words")?,
        })
    })
}

fn read(row: &Row<'_>) -> Result<Survey> {
    let day = |column: &str| row.maybe_date(column)?.ok_or(StoreError::Missing);
    let stage = match row.text("stage")?.as_str() {
        "open" => Stage::Open,
        "closed" => Stage::Closed,
        _ => Stage::Void { reason: row.text("reason")? },
    };
    Ok(Survey {
        id: row.int("id")?.into(),
        place: row.place()?,
        title: row.text("title")?,
        households: row.int("households")?,
        opens_on: day("opens_on")?,
        closes_on: day("closes_on")?,
        stage,
        entered: row.text("entered")? == "yes",
        version: row.int("version")?,
    })
}
