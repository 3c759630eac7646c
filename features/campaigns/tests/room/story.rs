//! The people and places of the facts, and the steps they share.

use kernel::{Role, Scope, Tenant, UserId};
use registry::seeding;
use store::Kind;
use testkit::{Answer, Browser, House};

/// The whole of the campaign's house.
pub(crate) fn house(kind: Kind) -> House {
    let migrations = [
        store::MIGRATIONS,
        files::MIGRATIONS,
        jobs::MIGRATIONS,
        accounts::MIGRATIONS,
        messages::MIGRATIONS,
        registry::MIGRATIONS,
        campaigns::MIGRATIONS,
    ]
    .concat();
    let house = House::new(kind, &migrations, |_| {
        registry::routes().merge(messages::routes()).merge(campaigns::routes())
    });
    house.it_is("2024-08-14T01:00:00Z");
    house
}

/// Everybody who takes part, and six communities of county 1 that pass every gate.
#[derive(Clone)]
pub(crate) struct Cast {
    pub(crate) city: Browser,
    pub(crate) county: Browser,
    pub(crate) street: Browser,
    pub(crate) manager: Browser,
    pub(crate) assessors: [Browser; 2],
    pub(crate) communities: Vec<i64>,
    pub(crate) other_enterprise: i64,
    pub(crate) people: [UserId; 6],
}

impl Cast {
    pub(crate) async fn of(house: &House) -> Self {
        let (communities, street, enterprise, other_enterprise) = house
            .given(|tx| {
                let mut city = seeding::luan(Some(40));
                city.counties.truncate(2);
                seeding::places(tx, &city)?;
                let companies = seeding::companies(tx, &city, 2)?;
                let made = seeding::communities(tx, &city, &city.counties[0], 0..6, &companies)?;
                tx.given("delete from registry_records")?;
                let sql = "select min(subdistrict) as street from registry_communities";
                let street = tx.one(sql, &[], |it| it.int("street"))?;
                let serving = i64::from(companies[0]);
                tx.change("update registry_communities set enterprise = $1, subdistrict = $2, service_mode = 'market'", &[serving.into(), street.into()])?;
                for id in &made {
                    let community = registry::communities::load(tx, *id)?;
                    seeding::standing(tx, &community, 985, 0)?;
                }
                Ok((made.iter().map(|it| i64::from(*it)).collect::<Vec<_>>(), street, serving, i64::from(companies[1])))
            })
            .await;
        let county = Scope::County(Tenant::from_number(1));
        let city = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
        let county = house.as_somebody("县局", Role::CountyBureau, county).await;
        let street = house.as_somebody("街道", Role::Subdistrict, Scope::Subdistrict(street)).await;
        let manager = house.as_somebody("企业", Role::Enterprise, Scope::Enterprise(enterprise)).await;
        let first = house.as_somebody("测评一", Role::Assessor, Scope::City(1)).await;
        let second = house.as_somebody("测评二", Role::Assessor, Scope::City(1)).await;
        let people = [&city, &county, &street, &manager, &first, &second].map(|it| it.person);
        Self {
            city,
            county,
            street,
            manager,
            assessors: [first, second],
            communities,
            other_enterprise,
            people,
        }
    }

    /// The same people on another day: their old sessions have ended.
    pub(crate) async fn again(&self, house: &House) -> Self {
        let mut cast = self.clone();
        let [city, county, street, manager, first, second] = self.people;
        cast.city = house.as_again(city).await;
        cast.county = house.as_again(county).await;
        cast.street = house.as_again(street).await;
        cast.manager = house.as_again(manager).await;
        cast.assessors = [house.as_again(first).await, house.as_again(second).await];
        cast
    }

    pub(crate) async fn open_luan(&self, _house: &House) -> i64 {
        self.city.submit("/campaigns", &[("pack", "luan-2024-beautiful-home")]).await.id()
    }

    /// A submitted application of the `n`th community.
    pub(crate) async fn apply(&self, campaign: i64, n: usize) -> i64 {
        let community = self.communities[n].to_string();
        let id = self
            .manager
            .submit(&format!("/campaigns/{campaign}/applications"), &[("community", &community)])
            .await
            .id();
        let part = async |part: &str, fields: &[(&str, &str)]| {
            let path = format!("/campaigns/applications/{id}/parts/{part}");
            let saved = submit_version(&self.manager, &path, &path, fields).await;
            assert!(saved.location.is_some(), "{}", saved.body);
        };
        part("basics", &[("party_org", "小区党支部"), ("committee", "业主委员会")]).await;
        let contacts = ["party", "project", "committee"]
            .map(|it| [(format!("{it}_name"), "王建民"), (format!("{it}_phone"), "13800138000")]);
        let contacts: Vec<(&str, &str)> =
            contacts.iter().flatten().map(|(name, value)| (name.as_str(), *value)).collect();
        part("contacts", &contacts).await;
        part("practices", &["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8"].map(|it| (it, "每月议事"))).await;
        let submitted = self.manager.submit(&format!("/campaigns/applications/{id}/submit"), &[]).await;
        assert!(submitted.location.is_some(), "{}", submitted.body);
        id
    }

    /// An application the county has passed.
    pub(crate) async fn accepted(&self, campaign: i64, n: usize) -> i64 {
        let id = self.apply(campaign, n).await;
        self.street.submit(&format!("/campaigns/applications/{id}/review"), &[]).await;
        let accepted = self.county.submit(&format!("/campaigns/applications/{id}/accept"), &[]).await;
        assert!(accepted.location.is_some(), "{}", accepted.body);
        id
    }

    pub(crate) async fn recommend(&self, application: i64) -> Answer {
        let decision = [("decided_on", "2024-08-14"), ("decision", "局长办公会同意")];
        self.county.submit(&format!("/campaigns/applications/{application}/recommend"), &decision).await
    }

    /// The one sheet of an assessor.
    pub(crate) async fn sheet(&self, house: &House, assessor: &Browser) -> i64 {
        let person = i64::from(assessor.person);
        house
            .given(move |tx| {
                Ok(tx.one("select id from campaigns_sheets where assessor = $1", &[person.into()], |it| {
                    it.int("id")
                })?)
            })
            .await
    }
}

/// Marks all of a sheet alike and locks it.
pub(crate) async fn locked(assessor: &Browser, sheet: i64, mark: &str) {
    let path = format!("/campaigns/sheets/{sheet}");
    let marks = marks(mark);
    let fields: Vec<(&str, &str)> =
        marks.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let done = submit_version(assessor, &path, &format!("{path}/lock"), &fields).await;
    assert_eq!(done.location.as_deref(), Some("/campaigns/sheets"), "{}", done.body);
}

/// A campaign whose one candidate is scored by two assessors, on the day after scoring ended.
pub(crate) async fn assessed(house: &House) -> (Cast, i64, i64) {
    let cast = Cast::of(house).await;
    let campaign = cast.open_luan(house).await;
    let application = cast.accepted(campaign, 0).await;
    assert!(cast.recommend(application).await.location.is_some());
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    for (assessor, mark) in [(&cast.assessors[0], "90"), (&cast.assessors[1], "80")] {
        locked(assessor, cast.sheet(house, assessor).await, mark).await;
    }
    (cast, campaign, application)
}

/// Sends a form with the version that its page shows, as a browser does.
pub(crate) async fn submit_version(who: &Browser, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = who.get(page).await.body;
    let version = body.split("name=\"version\" value=\"").nth(1).and_then(|it| it.split('"').next());
    let version = version.unwrap_or("0").to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("version", version.as_str())]).collect();
    who.submit(path, &fields).await
}

/// The same mark for all twenty-five items of the Lu'an standard.
pub(crate) fn marks(mark: &str) -> Vec<(String, String)> {
    let groups = [(1, 5), (2, 4), (3, 9), (4, 7)];
    groups
        .iter()
        .flat_map(|(group, n)| (1..=*n).map(move |item| (format!("mark-{group}.{item}"), mark.to_owned())))
        .collect()
}
