//! A campaign brought to the stage that the demonstration's day implies, through the same verbs people use.

use std::collections::BTreeMap;

use ::store::Recorded;
use app::App;
use jiff::{Timestamp, civil::Date, tz};
use kernel::{Actor, Ctx, Hat, Problem, Role, Scope, Tenant, UserId};
use registry::communities::{self, Community, CommunityId};

use crate::{
    applications::{
        self,
        types::{ApplicationId, Decision, Fields, Part},
    },
    assessments::{
        self,
        types::{Panel, Posting},
    },
    awards::{self, AwardForm},
    openings::{
        self,
        types::{CampaignId, Extension, Opening},
    },
    packs, panels,
    plans::{self, PlanForm},
};

/// Who does what in the demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub city: i64,
    pub city_officer: UserId,
    pub county_officer: UserId,
    pub street_officer: UserId,
    pub manager: UserId,
    /// The county whose campaign is left half done, for the visitor to go on with.
    pub shown: Tenant,
}

/// The days of the story.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    pub opened: Date,
    pub applied: Date,
    pub recommended: Date,
    /// The last day of the counties' periods was moved: when, and to which day.
    pub extended: Option<(Date, Date)>,
    pub assigned: Date,
    pub scored: Date,
    pub posted: Date,
    pub awarded: Date,
}

type Done<T> = Result<T, Problem>;

/// Plays the campaign up to `today`.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn play(
    app: &App,
    cast: Cast,
    pack: &str,
    days: Days,
    today: Date,
    candidates: &[CommunityId],
) -> Done<()> {
    let on = |day: Date| -> Timestamp {
        day.at(10, 0, 0, 0)
            .to_zoned(tz::TimeZone::fixed(tz::offset(8)))
            .map_or(Timestamp::UNIX_EPOCH, |it| it.timestamp())
    };
    let hat = |user: UserId, role: Role, scope: Scope, day: Date| Ctx {
        now: on(day),
        ..app.ctx(Actor { user, hat: Hat { grant: 0, role, scope } }, None)
    };
    if today < days.opened {
        return Ok(());
    }
    let city = |day| hat(cast.city_officer, Role::CityBureau, Scope::City(cast.city), day);
    let called_in = app.store.read(city(days.opened), move |tx| panels::holders(tx, &Scope::City(cast.city)));
    let mut opening = Opening::from([("pack".to_owned(), pack.to_owned())]);
    for it in called_in.await? {
        let kind = match it.label.as_str() {
            label if label.contains("专家") => "expert",
            label if label.contains("第三方") => "third_party",
            _ => "member_unit",
        };
        opening.insert(format!("panel-{}", it.person), kind.to_owned());
    }
    let campaign = app.store.write(city(days.opened), move |tx| openings::open(tx, &opening)).await?;
    if today < days.applied {
        return Ok(());
    }
    let shipped = packs::named(pack).ok_or(Problem::NotFound)?;
    // Where the notice lets districts choose how they go about it, most of these take the whole district along.
    let planned = shipped.cascade.selections.iter().find(|it| !it.modes.is_empty()).map(|it| it.code.clone());
    let standard = shipped.standard;
    let gates: Vec<String> = standard.gates.iter().map(|it| it.code.clone()).collect();
    let mut by_county: BTreeMap<i64, Vec<(ApplicationId, Community)>> = BTreeMap::new();
    for (n, id) in candidates.iter().copied().enumerate() {
        let community = app.store.read(city(days.applied), move |tx| Ok(communities::load(tx, id)?)).await?;
        let manager =
            hat(cast.manager, Role::Enterprise, Scope::Enterprise(community.place.enterprise), days.applied);
        let application = fill(app, &manager, campaign, id, &gates, n).await?;
        by_county.entry(community.place.tenant).or_default().push((application, community));
    }
    for (tenant, applications) in by_county {
        let county = hat(
            cast.county_officer,
            Role::CountyBureau,
            Scope::County(Tenant::from_number(u16::try_from(tenant).unwrap_or(0))),
            days.recommended,
        );
        if tenant % 3 != 0 {
            let ctx = Ctx { now: on(days.applied), ..county.clone() };
            app.store.write(ctx, move |tx| openings::sign(tx, campaign)).await?;
        }
        if let Some(selection) = planned.clone() {
            let (mode, places) =
                if tenant % 5 == 0 { ("all_then_select", "6") } else { ("all_then_select", "") };
            let reason = if places.is_empty() { "" } else { "本区住宅物业管理项目较少" };
            let form = PlanForm {
                selection,
                mode: mode.to_owned(),
                places: places.to_owned(),
                reason: reason.to_owned(),
            };
            let ctx = Ctx { now: on(days.applied), ..county.clone() };
            app.store.write(ctx, move |tx| plans::declare(tx, campaign, &form)).await?;
        }
        let last = applications.len().saturating_sub(1);
        for (n, (application, community)) in applications.into_iter().enumerate() {
            let street = hat(
                cast.street_officer,
                Role::Subdistrict,
                Scope::Subdistrict(community.place.subdistrict),
                days.applied,
            );
            // The shown county keeps one to submit, one to review and one to recommend, for whoever tries the house.
            let left_over = i64::from(cast.shown.number()) == tenant;
            if left_over && n == last {
                continue;
            }
            verb(
                app,
                &Ctx {
                    ..hat(
                        cast.manager,
                        Role::Enterprise,
                        Scope::Enterprise(community.place.enterprise),
                        days.applied,
                    )
                },
                application,
                applications::submit,
            )
            .await?;
            if (left_over && n + 1 == last) || today < days.recommended {
                continue;
            }
            verb(app, &street, application, applications::review).await?;
            verb(app, &county, application, applications::accept).await?;
            if left_over && n + 2 == last {
                continue;
            }
            recommend(app, &county, application, days.recommended).await?;
        }
    }
    if let Some((on, until)) = days.extended.filter(|it| it.0 <= today) {
        for period in ["apply", "submit"] {
            let form = Extension {
                period: period.to_owned(),
                ends_on: until.to_string(),
                reason: "汛期影响，部分县区来函申请延期".to_owned(),
            };
            app.store.write(city(on), move |tx| openings::extend(tx, campaign, &form)).await?;
        }
    }
    if today < days.assigned {
        return Ok(());
    }
    let vault = app.vault.clone();
    app.store
        .write(city(days.assigned), move |tx| assessments::assign(tx, &vault, campaign, Panel::City))
        .await?;
    if today < days.scored {
        return Ok(());
    }
    let sheets = app
        .store
        .read(city(days.scored), move |tx| Ok(assessments::store::of_campaign(tx, campaign)?))
        .await?;
    for (n, sheet) in sheets.into_iter().enumerate() {
        let fields = filled(&standard, n);
        let assessor = hat(sheet.assessor, Role::Assessor, Scope::City(cast.city), days.scored);
        app.store.write(assessor, move |tx| assessments::lock(tx, sheet.id, &fields)).await?;
    }
    if today < days.posted {
        return Ok(());
    }
    let (vault, posting) = (app.vault.clone(), Posting { days: "7".to_owned(), reason: String::new() });
    app.store
        .write(city(days.posted), move |tx| assessments::publish(tx, &vault, campaign, &posting))
        .await?;
    if today < days.awarded {
        return Ok(());
    }
    let form = AwardForm {
        awarded_on: days.awarded.to_string(), document: "局长办公会研究确定".to_owned()
    };
    app.store.write(city(days.awarded), move |tx| awards::award(tx, campaign, &form)).await.map(|_| ())
}

/// A believable sheet: most items well done, some less, two assessors never far apart.
fn filled(standard: &::rules::Standard, n: usize) -> Fields {
    let mark = |(m, item): (usize, &::rules::Item)| {
        let lost = (n / 2 * 7 + m * 3) % 5;
        let share = kernel::Ratio::new(100 - 4 * lost as i128 - (n % 2) as i128, 100);
        let mark = item.mark_of.times(share).map_or(String::new(), |it| it.rounded(1));
        let note = if lost == 4 { "现场部分楼栋未达到" } else { "" };
        [(format!("mark-{}", item.code), mark), (format!("note-{}", item.code), note.to_owned())]
    };
    let version = ("version".to_owned(), "1".to_owned());
    standard.items().enumerate().flat_map(mark).chain([version]).collect()
}

async fn fill(
    app: &App,
    ctx: &Ctx,
    campaign: CampaignId,
    community: CommunityId,
    gates: &[String],
    n: usize,
) -> Done<ApplicationId> {
    let vault = app.vault.clone();
    let id = app
        .store
        .write(ctx.clone(), move |tx| {
            applications::begin(tx, &vault, campaign, community, &Default::default())
        })
        .await?;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    let basics: Fields = [
        pair("party_org", "小区党支部".into()),
        pair("committee", "业主委员会，任期内".into()),
        pair("other", String::new()),
    ]
    .into();
    let contact = |code: &str, m: usize| {
        [
            pair(&format!("{code}_name"), ["王建民", "刘秀兰", "黄志强"][(n + m) % 3].into()),
            pair(&format!("{code}_phone"), format!("1390000{:04}", n * 3 + m)),
        ]
    };
    let contacts: Fields =
        [contact("party", 0), contact("project", 1), contact("committee", 2)].into_iter().flatten().collect();
    let codes: Vec<String> = if gates.is_empty() { vec!["all".into()] } else { gates.to_vec() };
    let practices: Fields = codes.iter().map(|it| pair(it, "建立四方联席会议，每月议事一次；设施设备逐台建档，报修当日上门；公示栏每月更新，居民意见当周答复。".into())).collect();
    let parts = [(Part::Basics, basics), (Part::Contacts, contacts), (Part::Practices, practices)];
    for (version, (part, mut fields)) in (1..).zip(parts) {
        fields.insert("version".to_owned(), version.to_string());
        let vault = app.vault.clone();
        app.store.write(ctx.clone(), move |tx| applications::save(tx, &vault, id, part, &fields)).await?;
    }
    Ok(id)
}

type Verb = fn(&mut ::store::Tx<'_>, &app::Vault, ApplicationId) -> Result<((), Recorded), Problem>;

async fn verb(app: &App, ctx: &Ctx, id: ApplicationId, verb: Verb) -> Done<()> {
    let vault = app.vault.clone();
    app.store.write(ctx.clone(), move |tx| verb(tx, &vault, id)).await
}

/// Recommends as far as the quotas go: whoever comes too late stays accepted.
async fn recommend(app: &App, ctx: &Ctx, id: ApplicationId, day: Date) -> Done<()> {
    let decision =
        Decision { decided_on: day.to_string(), decision: "局长办公会研究，同意推荐".to_owned() };
    loop {
        let (vault, decision) = (app.vault.clone(), decision.clone());
        match app.store.write(ctx.clone(), move |tx| applications::recommend(tx, &vault, id, &decision)).await
        {
            Ok(()) => {}
            Err(Problem::Refused { .. }) => return Ok(()),
            Err(problem) => return Err(problem),
        }
    }
}
