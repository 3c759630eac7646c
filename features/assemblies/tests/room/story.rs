//! The people and places of the facts, and the steps they share.

use kernel::{Role, Scope, Tenant};
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
        owners::MIGRATIONS,
        assemblies::MIGRATIONS,
    ]
    .concat();
    House::new(kind, &migrations, |_| {
        registry::routes().merge(owners::routes()).merge(messages::routes()).merge(assemblies::routes())
    })
}

/// Everybody around one community of county 1, on Tuesday 20 August 2024 at nine.
#[derive(Clone)]
pub(crate) struct Cast {
    pub(crate) county: Browser,
    pub(crate) street: Browser,
    pub(crate) next_street: Browser,
    pub(crate) neighborhood: Browser,
    pub(crate) branch: Browser,
    pub(crate) committee: Browser,
    pub(crate) next_committee: Browser,
    pub(crate) company: Browser,
    pub(crate) observer: Browser,
    pub(crate) owner: Browser,
    pub(crate) community: i64,
    /// The neighborhood the community lies in.
    pub(crate) within: i64,
}

/// Six units: two of 张甲, one of 李乙 and 王丙, one of 赵丁, the developer's two. Four heads.
pub(crate) const ROLL: &str = "房号,楼栋,用途,专有面积,业主姓名,证件号码,持有人
1幢101,1幢,住宅,100,张甲,A1,业主
1幢102,1幢,住宅,100,张甲,A1,业主
1幢201,1幢,住宅,80.5,李乙、王丙,B2、C3,业主
2幢101,2幢,住宅,60,赵丁,D4,业主
2幢102,2幢,商业,40,某某置业有限公司,,建设单位
2幢201,2幢,住宅,19.5,某某置业有限公司,,建设单位
";

impl Cast {
    pub(crate) async fn of(house: &House) -> Self {
        let (community, next, place) = house
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
                Ok((i64::from(made[0]), i64::from(made[1]), community.place))
            })
            .await;
        let county = Scope::County(Tenant::from_number(1));
        let street = Scope::Subdistrict(place.subdistrict);
        Self {
            within: place.neighborhood,
            county: house.as_somebody("县局", Role::CountyBureau, county).await,
            street: house.as_somebody("街道", Role::Subdistrict, street).await,
            next_street: house.as_somebody("邻街", Role::Subdistrict, Scope::Subdistrict(1)).await,
            neighborhood: house
                .as_somebody("社区", Role::Neighborhood, Scope::Neighborhood(place.neighborhood))
                .await,
            branch: house.as_somebody("支部", Role::PartyBranch, Scope::Community(community)).await,
            committee: house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(community)).await,
            next_committee: house
                .as_somebody("邻区业委会", Role::OwnersCommittee, Scope::Community(next))
                .await,
            company: house.as_somebody("企业", Role::Enterprise, Scope::Enterprise(place.enterprise)).await,
            observer: house.as_somebody("监票人", Role::Observer, Scope::Community(community)).await,
            owner: house.as_stranger(),
            community,
        }
    }

    /// Another moment; sessions have run out by then, and everybody signs in again.
    pub(crate) async fn at(&mut self, house: &House, now: &str) {
        house.it_is(now);
        for it in [
            &mut self.county,
            &mut self.street,
            &mut self.next_street,
            &mut self.neighborhood,
            &mut self.branch,
            &mut self.committee,
            &mut self.next_committee,
            &mut self.company,
            &mut self.observer,
        ] {
            *it = house.as_again(it.person).await;
        }
    }

    /// The roll uploaded and posted on 20 August.
    pub(crate) async fn propose(&self) -> i64 {
        let to = format!("/assemblies/communities/{}/rolls", self.community);
        let answer = self.committee.upload(&to, "名册.csv", ROLL.as_bytes()).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        let roll = answer.id();
        done(self.committee.submit(&format!("/assemblies/rolls/{roll}/post"), &[]).await);
        roll
    }

    /// The roll frozen on 28 August, when its posting has run.
    pub(crate) async fn frozen(&mut self, house: &House) -> i64 {
        let roll = self.propose().await;
        self.at(house, "2024-08-28T01:00:00Z").await;
        let answer = self.street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        roll
    }

    /// 选聘物业服务企业, drafted by the committee.
    pub(crate) async fn draft(&self, more: &[(&str, &str)]) -> i64 {
        let mut fields = vec![
            ("title", "2024年第一次业主大会会议"),
            ("precedence", "paper"),
            ("matter", "4"),
            ("item", "续聘现物业服务企业两年"),
            ("summary", "物业费不变"),
            ("options", ""),
            ("seats", ""),
        ];
        for (name, value) in more {
            match fields.iter_mut().find(|it| it.0 == *name) {
                Some(known) if *name != "matter" => known.1 = value,
                _ => fields.push((name, value)),
            }
        }
        let to = format!("/assemblies/communities/{}/decisions", self.community);
        let answer = self.committee.submit(&to, &fields).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.id()
    }

    /// Every opinion the decision needs, given.
    pub(crate) async fn reviewed(&self, id: i64) {
        let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
        done(self.committee.submit(&at("ask"), &[]).await);
        for (who, body) in
            [(&self.branch, "branch"), (&self.neighborhood, "neighborhood"), (&self.street, "legality")]
        {
            let fields = [("body", body), ("opinion", "agree"), ("words", "会议研究同意"), ("version", "2")];
            done(who.submit(&at("reviews"), &fields).await);
        }
    }

    /// Noticed on 28 August, open from 13 to 20 September.
    pub(crate) async fn noticed(&mut self, house: &House, more: &[(&str, &str)]) -> i64 {
        self.frozen(house).await;
        let id = self.draft(more).await;
        self.reviewed(id).await;
        let to = format!("/assemblies/decisions/{id}/notice");
        done(self.committee.submit(&to, &[("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")]).await);
        id
    }

    /// And open.
    pub(crate) async fn open(&mut self, house: &House, more: &[(&str, &str)]) -> i64 {
        let id = self.noticed(house, more).await;
        self.at(house, "2024-09-13T02:00:00Z").await;
        id
    }

    /// A decision of the whole community on one matter, voted on alike by three homes and final.
    pub(crate) async fn decided(&mut self, house: &House, matter: &str, choice: &str) -> i64 {
        let fields = [
            ("title", "业主大会会议"),
            ("precedence", "paper"),
            ("matter", matter),
            ("item", "一个事项"),
            ("summary", "说明"),
            ("options", ""),
            ("seats", ""),
        ];
        let days = |from: jiff::Timestamp, days: i64| {
            kernel::beijing_date(from).saturating_add(jiff::Span::new().days(days)).to_string()
        };
        let now = (house.app.clock)();
        let rolls = "select count(*) as n from assemblies_rolls where stage = 'frozen'";
        if house.count(rolls).await == 0 {
            let roll = self.propose().await;
            self.at(house, &format!("{}T01:00:00Z", days(now, 8))).await;
            done(self.street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await);
        }
        let to = format!("/assemblies/communities/{}/decisions", self.community);
        let id = done(self.committee.submit(&to, &fields).await).id();
        self.reviewed(id).await;
        let now = (house.app.clock)();
        let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
        let notice = [("opens_on", &*days(now, 17)), ("closes_on", &*days(now, 20))];
        done(self.committee.submit(&at("notice"), &notice).await);
        self.at(house, &format!("{}T02:00:00Z", days(now, 17))).await;
        for (building, unit) in [("1幢", "1幢101"), ("1幢", "1幢201"), ("2幢", "2幢101")] {
            let code = self.code(id, building, unit).await;
            assert_eq!(self.cast(&code, choice).await.status, 200);
        }
        self.at(house, &format!("{}T01:00:00Z", days(now, 22))).await;
        let boxes = [("building", "1幢"), ("sheets", "0"), ("building", "2幢"), ("sheets", "0")];
        done(self.committee.submit(&at("seal"), &boxes).await);
        self.counted(id).await;
        self.at(house, &format!("{}T01:00:00Z", days(now, 40))).await;
        done(self.committee.submit(&at("finalize"), &[]).await);
        id
    }

    /// The code of a unit's letter, as the neighborhood prints it.
    pub(crate) async fn code(&self, id: i64, building: &str, unit: &str) -> String {
        let to = format!("/assemblies/decisions/{id}/letters");
        let page = self.neighborhood.submit(&to, &[("building", building)]).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let letter = page.body.split(unit).nth(1).unwrap_or_else(|| panic!("no letter for {unit}"));
        let code = letter.split("code-big\">").nth(1).unwrap().split('<').next().unwrap();
        code.to_owned()
    }

    /// An owner whose account these units were bound to by letters, as the neighborhood typed them; and the homes.
    pub(crate) async fn resident(&self, house: &House, name: &str, units: &[&str]) -> (Browser, Vec<i64>) {
        let to = format!("/owners/letters/{}", self.community);
        let page = self.neighborhood.submit(&to, &[("units", &units.join("\n"))]).await;
        let codes = page.body.split("code-big\">").skip(1);
        let codes: Vec<String> = codes.map(|it| it.split('<').next().unwrap().to_owned()).collect();
        assert_eq!(codes.len(), units.len(), "{}", page.body);
        let phone = format!("138{:08}", house.count("select count(*) as n from owners_phones").await);
        let (mut who, mut homes) = (house.as_stranger(), vec![]);
        for code in &codes {
            done(who.submit("/owners/bind", &[("code", code), ("name", name), ("phone", &phone)]).await);
            let newest = house.count("select max(id) as n from owners_homes").await;
            let person = "select person as n from owners_homes order by id desc limit 1";
            let person = house.count(person).await;
            who = house.as_again(person.into()).await;
            homes.push(newest);
        }
        (who, homes)
    }

    /// Votes online with a letter.
    pub(crate) async fn cast(&self, code: &str, choice: &str) -> Answer {
        self.owner.submit("/assemblies/vote/cast", &[("code", code), ("item-1", choice)]).await
    }

    /// One sheet typed by the committee and the neighborhood alike.
    pub(crate) async fn paper(&self, id: i64, number: &str, unit: &str, choice: &str, day: &str) -> Answer {
        let to = format!("/assemblies/decisions/{id}/sheets");
        let fields = [
            ("number", number),
            ("unit", unit),
            ("received_on", day),
            ("received_at", "10:00"),
            ("item-1", choice),
        ];
        done(self.committee.submit(&to, &fields).await);
        self.neighborhood.submit(&to, &fields).await
    }

    /// 封票 after the close: as many sheets as said in the first box, none in the second.
    pub(crate) async fn sealed(&mut self, house: &House, id: i64, sheets: &str) {
        self.at(house, "2024-09-21T01:00:00Z").await;
        let fields = [("building", "1幢"), ("sheets", sheets), ("building", "2幢"), ("sheets", "0")];
        done(self.committee.submit(&format!("/assemblies/decisions/{id}/seal"), &fields).await);
    }

    /// An objection to the posted result, raised by an owner and upheld by the street.
    pub(crate) async fn upheld(&self, id: i64) {
        let object = format!("/assemblies/posted/{id}/objections");
        done(self.owner.submit(&object, &[("body", "不是本人投的"), ("contact", "张甲")]).await);
        let page = self.street.get(&format!("/assemblies/decisions/{id}")).await;
        let objection = page.body.split("/objections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let answer = [("outcome", "upheld"), ("answer", "核查属实")];
        let to = format!("/assemblies/decisions/{id}/objections/{objection}");
        done(self.street.submit(&to, &answer).await);
    }

    pub(crate) async fn counted(&self, id: i64) {
        done(self.committee.submit(&format!("/assemblies/decisions/{id}/count"), &[]).await);
    }
}

/// It was done, and leads somewhere.
pub(crate) fn done(answer: Answer) -> Answer {
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(!answer.said().starts_with('!'), "{}", answer.said());
    answer
}

/// It was refused with these words, and nothing but the security log knows of it.
pub(crate) async fn refused(house: &House, before: &[(String, String)], answer: &Answer, words: &str) {
    let said = answer.said();
    // A refusal has a page of its own, or is said on the page it was asked from.
    let heard = if answer.status == 303 {
        said.starts_with('!') && said.contains(words)
    } else {
        answer.body.contains(words)
    };
    assert!(heard, "{} says not {words}: {said} {}", answer.status, answer.body);
    // How often a sender tried is counted either way.
    let changed: Vec<String> =
        house.changed_since(before).await.into_iter().filter(|it| it != "store_tries").collect();
    assert_eq!(changed, Vec::<String>::new());
}
