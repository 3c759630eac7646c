//! The people and places of the facts, and the steps they share.

use kernel::{Role, Scope, Tenant, UserId};
use registry::seeding;
use store::Kind;
use testkit::{Answer, Browser, House};

pub(crate) fn house(kind: Kind) -> House {
    let migrations = [
        store::MIGRATIONS,
        files::MIGRATIONS,
        jobs::MIGRATIONS,
        accounts::MIGRATIONS,
        messages::MIGRATIONS,
        registry::MIGRATIONS,
        tickets::MIGRATIONS,
    ]
    .concat();
    House::new(kind, &migrations, |_| registry::routes().merge(messages::routes()).merge(tickets::routes()))
}

/// Everybody around one community of county 1 that a company serves, on Tuesday 20 August 2024 at nine.
#[derive(Clone)]
pub(crate) struct Cast {
    pub(crate) city: Browser,
    pub(crate) county: Browser,
    pub(crate) street: Browser,
    pub(crate) neighborhood: Browser,
    pub(crate) branch: Browser,
    pub(crate) committee: Browser,
    pub(crate) company: Browser,
    pub(crate) resident: Browser,
    pub(crate) community: i64,
    pub(crate) next_community: i64,
    pub(crate) enterprise: i64,
    pub(crate) other_enterprise: i64,
    people: [UserId; 7],
}

impl Cast {
    pub(crate) async fn of(house: &House) -> Self {
        let (community, next_community, place, other_enterprise) = house
            .given(|tx| {
                let mut city = seeding::luan(Some(40));
                city.counties.truncate(2);
                seeding::places(tx, &city)?;
                let companies = seeding::companies(tx, &city, 2)?;
                let made = seeding::communities(tx, &city, &city.counties[0], 0..2, &companies)?;
                let serving = i64::from(companies[0]);
                tx.change(
                    "update registry_communities set enterprise = $1, service_mode = 'market'",
                    &[serving.into()],
                )?;
                let community = registry::communities::load(tx, made[0])?;
                Ok((i64::from(made[0]), i64::from(made[1]), community.place, i64::from(companies[1])))
            })
            .await;
        let county = Scope::County(Tenant::from_number(1));
        let city = house.as_somebody("市局", Role::CityBureau, Scope::City(place.city)).await;
        let county = house.as_somebody("县局", Role::CountyBureau, county).await;
        let street =
            house.as_somebody("街道", Role::Subdistrict, Scope::Subdistrict(place.subdistrict)).await;
        let neighborhood =
            house.as_somebody("社区", Role::Neighborhood, Scope::Neighborhood(place.neighborhood)).await;
        let branch = house.as_somebody("支部", Role::PartyBranch, Scope::Community(community)).await;
        let committee = house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(community)).await;
        let company = house.as_somebody("企业", Role::Enterprise, Scope::Enterprise(place.enterprise)).await;
        let people =
            [&city, &county, &street, &neighborhood, &branch, &committee, &company].map(|it| it.person);
        let resident = house.as_stranger();
        Self {
            city,
            county,
            street,
            neighborhood,
            branch,
            committee,
            company,
            resident,
            community,
            next_community,
            enterprise: place.enterprise,
            other_enterprise,
            people,
        }
    }

    /// The same people on another day: their old sessions have ended.
    pub(crate) async fn again(&self, house: &House) -> Self {
        let mut cast = self.clone();
        let seats = [
            &mut cast.city,
            &mut cast.county,
            &mut cast.street,
            &mut cast.neighborhood,
            &mut cast.branch,
            &mut cast.committee,
            &mut cast.company,
        ];
        for (seat, person) in seats.into_iter().zip(self.people) {
            *seat = house.as_again(person).await;
        }
        cast
    }

    /// A resident's report, and the code it came back with.
    pub(crate) async fn report(&self, more: &[(&str, &str)]) -> String {
        let answer = self.try_report(more).await;
        code_of(&answer)
    }

    pub(crate) async fn try_report(&self, more: &[(&str, &str)]) -> Answer {
        let community = self.community.to_string();
        let usual = [
            ("community", community.as_str()),
            ("category", "lighting"),
            ("body", "三号楼楼道灯坏了一周"),
            ("building", "3号楼"),
            ("phone", "13900001111"),
            ("name", "周桂芳"),
            ("unit", "3-201"),
        ];
        let mut fields: Vec<(&str, &str)> =
            usual.into_iter().filter(|it| !more.iter().any(|more| more.0 == it.0)).collect();
        fields.extend(more);
        self.resident.upload_with("/tickets/report", &fields, "", b"").await
    }

    /// The one case there is.
    pub(crate) async fn ticket(&self, house: &House) -> i64 {
        house.count("select max(id) as n from tickets_tickets").await
    }
}

pub(crate) fn code_of(answer: &Answer) -> String {
    let to = answer.location.as_deref().unwrap_or_else(|| panic!("nothing was filed: {}", answer.body));
    to.trim_start_matches("/tickets/track/").split('?').next().unwrap().to_owned()
}

/// Does a verb on the version the page shows.
pub(crate) async fn act(who: &Browser, ticket: i64, verb: &str, fields: &[(&str, &str)]) -> Answer {
    let page = who.get(&format!("/tickets/{ticket}")).await.body;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|it| it.split('"').next());
    let version = version.unwrap_or("0").to_owned();
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("version", version.as_str())]).collect();
    who.submit(&format!("/tickets/{ticket}/{verb}"), &fields).await
}

/// The stage a case is in.
pub(crate) async fn stage(house: &House, ticket: i64) -> String {
    house
        .given(move |tx| {
            let sql = "select stage from tickets_tickets where id = $1";
            Ok(tx.one(sql, &[ticket.into()], |it| it.text("stage"))?)
        })
        .await
}
