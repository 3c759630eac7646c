//! The verbs from the draft to the sealed boxes. Each one: load, permit, decide, save, record.

use ::store::{Recorded, Tx};
use app::Vault;
use calendar::Calendar;
use kernel::{FieldError, Problem, Tenant};
use registry::communities::{self, CommunityId};
use serde_json::json;

use super::{
    drafts,
    events::{
        BoxesSealed, Cancelled, DecisionDrafted, DecisionEdited, Extended, Noticed as NoticedEvent,
        OwnersTexted, Reported, ReviewAsked, Reviewed, ReviewsChosen,
    },
    policy, queries, reviews, rules, standing, store,
    types::{
        Decision, DecisionId, Drafting, Opinion, Reporting, Review, Reviewer, Reviewing, Sealing, Stage,
        Timing,
    },
};
use crate::{
    committees, enclosures, foundings, notices, records, rolls, rolls::types::Roll, vettings, voting,
};

/// 起草.
pub(crate) fn draft(
    tx: &mut Tx<'_>,
    vault: &Vault,
    community: CommunityId,
    form: &Drafting,
) -> Result<(DecisionId, Recorded), Problem> {
    let place = communities::load(tx, community)?.place;
    let permit = policy::may_convene(&tx.ctx.actor, &place)?;
    let pack = queries::review_pack(tx, Tenant::from_number(place.tenant as u16))?;
    let sitting = committees::sitting_names(tx, vault, place.community)?;
    let known = queries::parts(tx, place.community)?;
    let (title, terms, agenda) = drafts::draft(form, &pack, &known, &sitting)?;
    let id = DecisionId::from(tx.ctx.new_id(Tenant::from_number(place.tenant as u16)));
    let (n, items) = (store::next(tx, &place)?, agenda.len());
    let decision = Decision {
        id,
        place,
        n,
        title,
        stage: Stage::Draft,
        terms,
        agenda,
        asked_on: None,
        reported: None,
        version: 1,
    };
    store::add(tx, &decision)?;
    Ok((id, tx.record(permit, &DecisionDrafted { decision: id, items })?))
}

/// 修改草稿: opinions on an earlier text fall with it.
pub(crate) fn edit(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Drafting,
) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    rules::must_be_draft(&decision)?;
    let known = queries::parts(tx, decision.place.community)?;
    let sitting = committees::sitting_names(tx, vault, decision.place.community)?;
    let (title, terms, agenda) = drafts::draft(form, &decision.terms.review_pack, &known, &sitting)?;
    let (items, version) = (agenda.len(), form.version.parse().unwrap_or(0));
    store::save(tx, &Decision { title, terms, agenda, asked_on: None, reported: None, version, ..decision })?;
    store::drop_reviews(tx, id)?;
    Ok(((), tx.record(permit, &DecisionEdited { decision: id, items })?))
}

/// 送审.
pub(crate) fn ask(tx: &mut Tx<'_>, id: DecisionId) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    rules::must_be_draft(&decision)?;
    let asked_on = decision.asked_on.or(Some(tx.ctx.today()));
    for (body, _) in reviews::needed(reviews::of(&decision), &decision.agenda) {
        let mark = format!("review:{}", decision.version);
        let told = notices::reviewer(&decision.place, body);
        notices::decision(tx, &decision, &mark, "请出具表决前审议意见", &[told])?;
    }
    store::save(tx, &Decision { asked_on, ..decision })?;
    Ok(((), tx.record(permit, &ReviewAsked { decision: id })?))
}

/// 决定前书面报告: the neighborhood and the street hear of it.
pub(crate) fn report(tx: &mut Tx<'_>, id: DecisionId, form: &Reporting) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    rules::must_be_draft(&decision)?;
    if decision.reported.is_some() {
        return Err(rules::DecisionRefusal::ReportedBefore.into());
    }
    let report = drafts::report(form, tx.ctx.today())?;
    let told = [notices::neighborhood(&decision.place), notices::street(&decision.place)];
    notices::decision(tx, &decision, &format!("reported:{}", decision.version), "重大事项书面报告", &told)?;
    store::save(tx, &Decision { reported: Some(report), ..decision })?;
    Ok(((), tx.record(permit, &Reported { decision: id })?))
}

/// 选定表决前审议的规定: for what is drafted in this county from now on.
pub(crate) fn choose_reviews(tx: &mut Tx<'_>, form: &Reporting) -> Result<((), Recorded), Problem> {
    let (permit, tenant) = policy::may_choose_reviews(&tx.ctx.actor)?;
    if reviews::named(&form.pack).is_none() {
        return Err(Problem::Invalid(vec![FieldError::new("pack", "请选择按哪里的规定办理")]));
    }
    queries::set_review_pack(tx, tenant, &form.pack)?;
    let county = i64::from(tenant.number());
    Ok(((), tx.record(permit, &ReviewsChosen { county, pack: form.pack.clone() })?))
}

/// 出具意见, 豁免.
pub(crate) fn review(
    tx: &mut Tx<'_>,
    calendar: &Calendar,
    id: DecisionId,
    form: &Reviewing,
) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let asked = Reviewer::ALL.into_iter().find(|it| it.code() == form.body).ok_or(Problem::NotFound)?;
    let exempts = form.opinion == Opinion::Exempt.code();
    let permit = policy::may_review(&tx.ctx.actor, &decision.place, asked, exempts)?;
    rules::may_still_review(&decision, &store::reviews(tx, id)?, asked, form)?;
    let last_day = queries::review_by(calendar, &decision);
    let (body, opinion, words, document) = rules::review(&decision, form, last_day, tx.ctx.today())?;
    let mark = format!("reviewed:{}:{}", body.code(), decision.version);
    let told = [notices::committee(&decision.place), notices::neighborhood(&decision.place)];
    let said = if exempts { "逾期未出具的审议意见已豁免" } else { "审议意见已出具" };
    notices::decision(tx, &decision, &mark, said, &told)?;
    store::put_review(
        tx,
        id,
        &Review { body, opinion, words, document, person: tx.ctx.actor.user, at: tx.ctx.now },
    )?;
    Ok(((), tx.record(permit, &Reviewed { decision: id, body: body.code(), opinion: opinion.code() })?))
}

/// 公告: roll, terms and agenda stand fast from here on, and the log of the vote begins with them.
pub(crate) fn notice(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Timing,
) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    let roll = rolls::queries::in_force(tx, decision.place.community)?;
    let given = store::reviews(tx, id)?;
    if let Some(name) = vettings::refused_of(tx, vault, &decision)? {
        return Err(rules::DecisionRefusal::CandidateRefused(name).into());
    }
    if decision.agenda.iter().any(|it| it.election.is_some() && it.matter == drafts::OF_COMMITTEE) {
        let open = foundings::unprepared(tx, vault, decision.place.community)?;
        if !open.is_empty() {
            return Err(rules::DecisionRefusal::Unprepared(open.join("；")).into());
        }
    }
    // Who sat there when it was drafted may sit there no more.
    let sitting = committees::sitting_names(tx, vault, decision.place.community)?;
    if let Some(it) = drafts::neither(&decision.agenda, &sitting) {
        return Err(rules::DecisionRefusal::NotSitting(it.title.clone()).into());
    }
    let noticed = rules::notice(&decision, roll.as_ref().map(|it| it.id), &given, form, tx.ctx.today())?;
    let whole = roll.ok_or(rules::DecisionRefusal::NoRoll)?;
    let named = |it: &Roll| json!({ "roll": it.id.to_string(), "sha256": it.digest });
    let (mut roll, mut leaf) = (whole.id, named(&whole));
    if !decision.terms.parts.is_empty() {
        let part = rolls::cut(tx, &whole, &decision.terms.parts)?;
        (roll, leaf) = (part.id, named(&part));
        leaf["of"] = named(&whole);
    }
    let noticed = super::types::Noticed { roll, ..noticed };
    let decision = Decision { stage: Stage::Noticed(noticed), ..decision };
    store::save(tx, &decision)?;
    records::append(tx, id, "roll", &leaf)?;
    records::append(tx, id, "rules", &records::rules_of(&decision, &[]))?;
    let said = |it: &Review| {
        let mut said = json!({ "body": it.body.code(), "opinion": it.opinion.code(), "words": it.words });
        if !it.document.is_empty() {
            said["document"] = json!(it.document);
        }
        said
    };
    let body = json!({
        "title": decision.title,
        "terms": decision.terms,
        "agenda": decision.agenda,
        "noticed_on": noticed.on,
        "opens_at": noticed.opens_at,
        "closes_at": noticed.closes_at,
        "documents": enclosures::declared(tx, id)?,
        "reviews": given.iter().map(said).collect::<Vec<_>>(),
        "reported": decision.reported.as_ref().map(|it| json!({ "on": it.on, "document": it.document })),
    });
    records::append(tx, id, "notice", &body)?;
    records::checkpoint(tx, vault, id)?;
    voting::write_letters(tx, vault, &decision, noticed.roll)?;
    let place = decision.place;
    let told = [notices::branch(&place), notices::neighborhood(&place), notices::street(&place)];
    notices::decision(tx, &decision, "noticed", "业主大会表决已公告", &told)?;
    notices::owners_of(tx, &decision, "owners", "业主大会表决已公告，请按时投票")?;
    let (roll, opens_at, closes_at) = (noticed.roll, noticed.opens_at, noticed.closes_at);
    Ok(((), tx.record(permit, &NoticedEvent { decision: id, roll, opens_at, closes_at })?))
}

/// 短信通知 — to the phones of some homes of a notice's owners at a time, so that nobody else waits. Where to go on; nothing when it is done.
pub(crate) fn text(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    from: usize,
) -> Result<(Option<usize>, Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    let noticed = *decision.stage.noticed().ok_or(rules::DecisionRefusal::Stage("还没有公告"))?;
    let until = super::labels::until(noticed.closes_at);
    let words = format!("{}至{until}投票", kernel::beijing_minute(noticed.opens_at));
    let (next, texts) = notices::text_owners_of(tx, vault, &decision, &words, from)?;
    Ok((next, tx.record(permit, &OwnersTexted { decision: id, texts })?))
}

/// 延期.
pub(crate) fn extend(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Timing,
) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    let Stage::Noticed(noticed) = decision.stage else {
        return Err(rules::DecisionRefusal::AlreadyClosed.into());
    };
    let (noticed, reason) = rules::extend(&noticed, form, tx.ctx.now)?;
    let decision = Decision { stage: Stage::Noticed(noticed), ..decision };
    store::save(tx, &decision)?;
    let closes_at = noticed.closes_at;
    records::append(tx, id, "extension", &json!({ "closes_at": closes_at, "reason": reason }))?;
    // The rules carry the window: they are told again.
    records::append(tx, id, "rules", &records::rules_of(&decision, &[]))?;
    records::checkpoint(tx, vault, id)?;
    notices::owners_of(tx, &decision, &format!("until {closes_at}"), "投票已延期")?;
    Ok(((), tx.record(permit, &Extended { decision: id, closes_at, reason })?))
}

/// 封票.
pub(crate) fn seal(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    form: &Sealing,
) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let permit = policy::may_convene(&tx.ctx.actor, &decision.place)?;
    standing::must_stand_back(tx, &decision)?;
    let buildings = match decision.stage.noticed() {
        Some(it) => voting::units_by_building(tx, it.roll)?,
        None => vec![],
    };
    let entered = voting::rules::sheets_by_building(&voting::store::sheets(tx, id)?);
    let stage = rules::seal(&decision, &buildings, &entered, form, tx.ctx.now)?;
    let sheets = stage.boxes().iter().map(|it| it.sheets).sum();
    let by = i64::from(tx.ctx.actor.user);
    let reason = rules::recounted(records::last_said(tx, id, "close")?.as_ref(), form, by)?;
    let mut said = json!({ "boxes": stage.boxes(), "by": by.to_string() });
    if let Some(reason) = reason {
        said["reason"] = json!(reason);
    }
    records::append(tx, id, "close", &said)?;
    records::checkpoint(tx, vault, id)?;
    store::save(tx, &Decision { stage, ..decision })?;
    Ok(((), tx.record(permit, &BoxesSealed { decision: id, sheets })?))
}

/// 取消.
pub(crate) fn cancel(
    tx: &mut Tx<'_>,
    vault: &Vault,
    id: DecisionId,
    reason: &str,
) -> Result<((), Recorded), Problem> {
    let decision = store::load(tx, id)?;
    let by_street = policy::may_answer(&tx.ctx.actor, &decision.place);
    let (permit, by_street) = match by_street {
        Ok(permit) => (permit, true),
        Err(_) => (policy::may_convene(&tx.ctx.actor, &decision.place)?, false),
    };
    let stage = rules::cancel(&decision, reason, by_street, tx.ctx.now)?;
    if let Stage::Cancelled { noticed: Some(_), reason, .. } = &stage {
        records::append(tx, id, "cancelled", &json!({ "reason": reason }))?;
        records::checkpoint(tx, vault, id)?;
    }
    if decision.stage.noticed().is_some() {
        let place = decision.place;
        let told = [notices::committee(&place), notices::neighborhood(&place), notices::street(&place)];
        notices::decision(tx, &decision, "cancelled", "表决已取消", &told)?;
        notices::owners_of(tx, &decision, "owners cancelled", "表决已取消")?;
    }
    store::save(tx, &Decision { stage, ..decision })?;
    Ok(((), tx.record(permit, &Cancelled { decision: id })?))
}
