//! Every statement about campaigns; rows to nouns and back.

use ::store::{Result, Row, Tx};
use kernel::{Problem, Tenant};

use super::types::{Addressee, Campaign, CampaignId, Contact, CountyQuota, Owner, Period};
use crate::packs::{self, PinnedPack};

pub(crate) fn load(tx: &mut Tx<'_>, id: CampaignId) -> std::result::Result<Campaign, Problem> {
    let (owner, title, contact, linked, withdrawn, addressees) =
        tx.one(include_str!("sql/load.sql"), &[i64::from(id).into()], |it| {
            let contact = serde_json::from_str(&it.text("contact")?)?;
            let linked = it.maybe_int("linked")?.map(CampaignId::from);
            let on = it.maybe_time("withdrawn_at")?.map(kernel::beijing_date);
            let withdrawn = on.zip(it.maybe_text("withdrawn_reason")?);
            let addressees = serde_json::from_str(&it.text("addressees")?)?;
            Ok((owner(it)?, it.text("title")?, contact, linked, withdrawn, addressees))
        })?;
    Ok(Campaign { id, owner, title, pack: pack(tx, id)?, contact, linked, withdrawn, addressees })
}

/// The pack a campaign was opened from.
pub(crate) fn pack(tx: &mut Tx<'_>, id: CampaignId) -> std::result::Result<PinnedPack, Problem> {
    let house = tx.ctx.ids.house();
    let text = || tx.one(include_str!("sql/pinned.sql"), &[i64::from(id).into()], |it| it.text("pinned"));
    packs::pinned(house, id, text)
}

pub(crate) fn save_about(
    tx: &mut Tx<'_>,
    id: CampaignId,
    contact: &Contact,
    linked: Option<CampaignId>,
) -> Result<()> {
    let args = [i64::from(id).into(), serde_json::to_string(contact)?.into(), linked.map(i64::from).into()];
    tx.change_one(include_str!("sql/save_about.sql"), &args)
}

/// 撤销; one that is withdrawn stays so.
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: CampaignId, reason: &str) -> Result<()> {
    let args = [i64::from(id).into(), tx.ctx.now.into(), reason.into()];
    tx.change_one(include_str!("sql/withdraw.sql"), &args)
}

/// Why a campaign was withdrawn, if it was.
pub(crate) fn withdrawn(tx: &mut Tx<'_>, id: CampaignId) -> Result<Option<String>> {
    tx.one(include_str!("sql/withdrawn.sql"), &[i64::from(id).into()], |it| it.maybe_text("withdrawn_reason"))
}

/// A campaign of a city, or of one of its counties, in a list.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) id: CampaignId,
    pub(crate) owner: Owner,
    pub(crate) title: String,
    pub(crate) withdrawn: bool,
    pub(crate) addressees: Vec<i64>,
}

/// The newest campaigns of a city and of its counties, or of one of them.
pub(crate) fn of_city(tx: &mut Tx<'_>, city: i64, county: Option<Tenant>) -> Result<Vec<Listed>> {
    let args = [city.into(), county.map_or(0, |it| i64::from(it.number())).into()];
    tx.all(include_str!("sql/of_city.sql"), &args, |it| {
        let (id, owner) = (it.int("id")?.into(), owner(it)?);
        let withdrawn = it.maybe_int("withdrawn_at")?.is_some();
        let addressees = serde_json::from_str(&it.text("addressees")?)?;
        Ok(Listed { id, owner, title: it.text("title")?, withdrawn, addressees })
    })
}

/// The campaigns of one office that go on and were opened from a pack, or go by a title.
pub(crate) fn alike(
    tx: &mut Tx<'_>,
    owner: Owner,
    pack: &str,
    title: &str,
) -> Result<Vec<(CampaignId, String)>> {
    let county = owner.county.map_or(0, |it| i64::from(it.number()));
    let args = [owner.city.into(), county.into(), pack.into(), title.into()];
    tx.all(include_str!("sql/alike.sql"), &args, |it| Ok((it.int("id")?.into(), it.text("title")?)))
}

fn owner(it: &Row<'_>) -> Result<Owner> {
    let county = it.maybe_int("tenant")?.and_then(|it| u16::try_from(it).ok());
    Ok(Owner { city: it.int("city")?, county: county.map(Tenant::from_number) })
}

pub(crate) fn add(
    tx: &mut Tx<'_>,
    id: CampaignId,
    owner: Owner,
    title: &str,
    pack: &str,
    pinned: &str,
    addressees: &[i64],
) -> Result<()> {
    let args = [
        i64::from(id).into(),
        owner.city.into(),
        title.into(),
        pack.into(),
        pinned.into(),
        tx.ctx.now.into(),
        owner.county.map(|it| i64::from(it.number())).into(),
        serde_json::to_string(addressees)?.into(),
    ];
    tx.put(include_str!("sql/add.sql"), &args)
}

pub(crate) fn add_period(tx: &mut Tx<'_>, campaign: CampaignId, n: i64, it: &Period) -> Result<()> {
    let args = [
        i64::from(campaign).into(),
        it.code.clone().into(),
        n.into(),
        it.title.clone().into(),
        it.starts_on.into(),
        it.ends_on.into(),
    ];
    tx.put(include_str!("sql/add_period.sql"), &args)
}

pub(crate) fn save_period(tx: &mut Tx<'_>, campaign: CampaignId, it: &Period) -> Result<()> {
    let args = [
        i64::from(campaign).into(),
        it.code.clone().into(),
        it.ends_on.into(),
        it.printed_on.into(),
        it.reason.clone().into(),
    ];
    tx.change_one(include_str!("sql/save_period.sql"), &args)
}

pub(crate) fn periods(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<Period>> {
    tx.all(include_str!("sql/periods.sql"), &[i64::from(campaign).into()], read_period)
}

pub(crate) fn period(tx: &mut Tx<'_>, campaign: CampaignId, code: &str) -> Result<Option<Period>> {
    tx.maybe(include_str!("sql/period.sql"), &[i64::from(campaign).into(), code.into()], read_period)
}

pub(crate) fn read_period(it: &Row<'_>) -> Result<Period> {
    Ok(Period {
        code: it.text("code")?,
        title: it.text("title")?,
        starts_on: it.maybe_date("starts_on")?,
        ends_on: it.maybe_date("ends_on")?,
        printed_on: it.maybe_date("printed_on")?,
        reason: it.maybe_text("reason")?,
    })
}

pub(crate) fn add_quota(tx: &mut Tx<'_>, campaign: CampaignId, it: &CountyQuota) -> Result<()> {
    let args = [
        it.tenant.into(),
        i64::from(campaign).into(),
        it.selection.clone().into(),
        it.communities.into(),
        it.places.into(),
    ];
    tx.change_one(include_str!("sql/add_quota.sql"), &args)
}

pub(crate) fn quotas(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<CountyQuota>> {
    tx.all(include_str!("sql/quotas.sql"), &[i64::from(campaign).into()], |it| {
        Ok(CountyQuota {
            tenant: it.int("tenant")?,
            selection: it.text("selection")?,
            communities: it.int("communities")?,
            places: it.int("places")?,
            used: it.int("used")?,
        })
    })
}

/// Takes one place, if there is one left. Says whether it did.
pub(crate) fn take_place(
    tx: &mut Tx<'_>,
    tenant: i64,
    campaign: CampaignId,
    selection: &str,
) -> Result<bool> {
    let args = [tenant.into(), i64::from(campaign).into(), selection.into()];
    Ok(tx.change(include_str!("sql/take_place.sql"), &args)? == 1)
}

pub(crate) fn give_place_back(
    tx: &mut Tx<'_>,
    tenant: i64,
    campaign: CampaignId,
    selection: &str,
) -> Result<()> {
    tx.change_one(
        include_str!("sql/give_place_back.sql"),
        &[tenant.into(), i64::from(campaign).into(), selection.into()],
    )
}

pub(crate) fn add_receipt(tx: &mut Tx<'_>, campaign: CampaignId, by: Addressee) -> Result<()> {
    let (person, now) = (i64::from(tx.ctx.actor.user), tx.ctx.now);
    let campaign = i64::from(campaign);
    // Signing twice is signing once.
    let signed = match by {
        Addressee::County(tenant) => tx.change(
            include_str!("sql/add_receipt.sql"),
            &[i64::from(tenant.number()).into(), campaign.into(), person.into(), now.into()],
        ),
        Addressee::Street(tenant, street) => tx.change(
            include_str!("sql/add_street_receipt.sql"),
            &[i64::from(tenant.number()).into(), campaign.into(), street.into(), person.into(), now.into()],
        ),
    };
    signed.map(|_| ())
}

/// Which streets of a county have signed its campaign, and when.
pub(crate) fn street_receipts(
    tx: &mut Tx<'_>,
    campaign: CampaignId,
    tenant: Tenant,
) -> Result<Vec<(i64, jiff::Timestamp)>> {
    let args = [i64::from(tenant.number()).into(), i64::from(campaign).into()];
    tx.all(include_str!("sql/street_receipts.sql"), &args, |it| {
        Ok((it.int("subdistrict")?, it.time("signed_at")?))
    })
}

/// Which counties have signed, and when.
pub(crate) fn receipts(tx: &mut Tx<'_>, campaign: CampaignId) -> Result<Vec<(i64, jiff::Timestamp)>> {
    tx.all(include_str!("sql/receipts.sql"), &[i64::from(campaign).into()], |it| {
        Ok((it.int("tenant")?, it.time("signed_at")?))
    })
}
