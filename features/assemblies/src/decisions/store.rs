//! Every statement about decisions and the opinions on them; rows to nouns and back.

use ::store::{Listing, Result, Row, StoreError, Tx};
use kernel::{Place, Problem, Scope, Tenant};

use super::types::{Decision, DecisionId, Noticed, Opinion, Review, Reviewer, Stage, Urn};

pub(crate) fn tenant(id: DecisionId) -> i64 {
    i64::from(Tenant::of_id(id.into()).number())
}

pub(crate) fn add(tx: &mut Tx<'_>, it: &Decision) -> Result<()> {
    let args = [
        it.place.tenant.into(),
        i64::from(it.id).into(),
        it.place.city.into(),
        it.place.subdistrict.into(),
        it.place.neighborhood.into(),
        it.place.community.into(),
        it.place.enterprise.into(),
        it.n.into(),
        it.title.clone().into(),
        serde_json::to_string(&it.terms)?.into(),
        serde_json::to_string(&it.agenda)?.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn load(tx: &mut Tx<'_>, id: DecisionId) -> Result<Decision> {
    tx.one(include_str!("sql/load.sql"), &[tenant(id).into(), i64::from(id).into()], read)
}

pub(crate) fn save(tx: &mut Tx<'_>, it: &Decision) -> std::result::Result<(), Problem> {
    let noticed = it.stage.noticed();
    let reason = match &it.stage {
        Stage::Cancelled { reason, .. } => reason.as_str(),
        _ => "",
    };
    let json = |it: serde_json::Result<String>| it.map_err(StoreError::from);
    let args = [
        tenant(it.id).into(),
        i64::from(it.id).into(),
        it.version.into(),
        it.title.clone().into(),
        it.stage.code().into(),
        noticed.map(|it| i64::from(it.roll)).into(),
        json(serde_json::to_string(&it.terms))?.into(),
        json(serde_json::to_string(&it.agenda))?.into(),
        it.asked_on.into(),
        noticed.map(|it| it.on).into(),
        noticed.map(|it| it.opens_at).into(),
        noticed.map(|it| it.closes_at).into(),
        json(serde_json::to_string(it.stage.boxes()))?.into(),
        reason.into(),
        it.reported.as_ref().map(serde_json::to_string).transpose().map_err(StoreError::from)?.into(),
    ];
    tx.save_version(include_str!("sql/save.sql"), &args)
}

/// The newest fifty of a community.
pub(crate) fn of_community(tx: &mut Tx<'_>, community: i64) -> Result<Vec<Decision>> {
    tx.all(include_str!("sql/of_community.sql"), &[community.into()], read)
}

/// Newest first, older than `after`.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, after: Option<i64>, limit: i64) -> Result<Vec<Decision>> {
    let (block, number) = scope.equality();
    let on: Vec<&str> = [block].into_iter().chain(after.map(|_| "after")).collect();
    let args = [number.into(), after.unwrap_or_default().into(), limit.into()];
    tx.list(&Listing::of(include_str!("sql/list.sql"), &on, &args), read)
}

pub(crate) fn next(tx: &mut Tx<'_>, place: &Place) -> Result<i64> {
    tx.one(include_str!("sql/next.sql"), &[place.tenant.into(), place.community.into()], |it| it.int("n"))
}

pub(crate) fn put_review(tx: &mut Tx<'_>, id: DecisionId, it: &Review) -> Result<()> {
    let args = [
        tenant(id).into(),
        i64::from(id).into(),
        it.body.code().into(),
        it.opinion.code().into(),
        it.words.clone().into(),
        it.document.clone().into(),
        i64::from(it.person).into(),
        it.at.into(),
    ];
    tx.change_one(include_str!("sql/put_review.sql"), &args)
}

/// What was said about another agenda says nothing about this one.
pub(crate) fn drop_reviews(tx: &mut Tx<'_>, id: DecisionId) -> Result<()> {
    tx.change(include_str!("sql/drop_reviews.sql"), &[tenant(id).into(), i64::from(id).into()]).map(|_| ())
}

pub(crate) fn reviews(tx: &mut Tx<'_>, id: DecisionId) -> Result<Vec<Review>> {
    tx.all(include_str!("sql/reviews.sql"), &[tenant(id).into(), i64::from(id).into()], |row| {
        let (body, opinion) = (row.text("body")?, row.text("opinion")?);
        Ok(Review {
            body: Reviewer::ALL.into_iter().find(|it| it.code() == body).ok_or(StoreError::Missing)?,
            opinion: Opinion::ALL.into_iter().find(|it| it.code() == opinion).ok_or(StoreError::Missing)?,
            words: row.text("words")?,
            document: row.text("document")?,
            person: row.int("person")?.into(),
            at: row.time("at")?,
        })
    })
}

fn read(row: &Row<'_>) -> Result<Decision> {
    let place = Place {
        city: row.int("city")?,
        tenant: row.int("tenant")?,
        subdistrict: row.int("subdistrict")?,
        neighborhood: row.int("neighborhood")?,
        community: row.int("community")?,
        enterprise: row.int("enterprise")?,
    };
    let noticed = || -> Result<Noticed> {
        Ok(Noticed {
            roll: row.maybe_int("roll")?.ok_or(StoreError::Missing)?.into(),
            on: row.maybe_date("noticed_on")?.ok_or(StoreError::Missing)?,
            opens_at: row.maybe_time("opens_at")?.ok_or(StoreError::Missing)?,
            closes_at: row.maybe_time("closes_at")?.ok_or(StoreError::Missing)?,
        })
    };
    let boxes = || -> Result<Vec<Urn>> { Ok(serde_json::from_str(&row.text("sealed")?)?) };
    let stage = match row.text("stage")?.as_str() {
        "noticed" => Stage::Noticed(noticed()?),
        "sealed" => Stage::Sealed(noticed()?, boxes()?),
        "provisional" => Stage::Provisional(noticed()?, boxes()?),
        "final" => Stage::Final(noticed()?, boxes()?),
        "cancelled" => {
            let was_noticed = row.maybe_int("roll")?.is_some();
            Stage::Cancelled {
                noticed: was_noticed.then(noticed).transpose()?,
                reason: row.text("reason")?,
                boxes: boxes()?,
            }
        }
        _ => Stage::Draft,
    };
    Ok(Decision {
        id: row.int("id")?.into(),
        place,
        n: row.int("n")?,
        title: row.text("title")?,
        stage,
        terms: serde_json::from_str(&row.text("terms")?)?,
        agenda: serde_json::from_str(&row.text("agenda")?)?,
        asked_on: row.maybe_date("asked_on")?,
        reported: row.maybe_text("reported")?.map(|it| serde_json::from_str(&it)).transpose()?,
        version: row.int("version")?,
    })
}
