//! What a campaign selects: a community, an enterprise, a service project, a committee, a person.

use std::sync::Once;

use axum::http::StatusCode;
use kernel::{Role, Scope};
use rules::PackFiles;
use testkit::{Browser, House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_person_is_nominated_scored_posted_and_honoured_by_name,
    a_committee_nominates_itself_and_nobody_else_does,
    an_enterprise_is_in_a_campaign_once,
    a_county_finds_a_community_and_recommends_it_itself,
    only_those_a_notice_was_sent_to_take_part,
);

/// The Lu'an notice as if it selected something else.
fn own_packs() {
    static ADDED: Once = Once::new();
    ADDED.call_once(|| {
        let pack = include_str!("../../../../packs/luan-2024-beautiful-home/pack.toml");
        let standard = include_str!("../../../../packs/luan-2024-beautiful-home/standard.toml");
        let (first, rest) = pack.split_once("[never_held]").unwrap();
        let (_, rest) = rest.split_once("[document]").unwrap();
        let of = |selects: &str| PackFiles {
            pack: format!("{first}[document]{rest}")
                .replace("name = \"luan-2024-beautiful-home\"", &format!("name = \"own-{selects}\""))
                .replace("selects = \"community\"", &format!("selects = \"{selects}\"")),
            standard: standard.to_owned(),
            base: None,
        };
        campaigns::add_packs(["enterprise", "service_project", "committee", "person"].map(of).into())
            .unwrap();
    });
}

pub(crate) async fn opened(cast: &Cast, selects: &str) -> i64 {
    own_packs();
    let title = format!("评选{selects}");
    let form = [("pack", &*format!("own-{selects}")), ("title", &title)];
    cast.city.submit("/campaigns", &form).await.id()
}

/// Everything an application still needs, filled in and handed in.
pub(crate) async fn filled(who: &Browser, application: i64) {
    let path = format!("/campaigns/applications/{application}");
    let contacts = ["party", "project", "committee"]
        .map(|it| [(format!("{it}_name"), "王建民"), (format!("{it}_phone"), "13800138000")]);
    let contacts: Vec<(&str, &str)> =
        contacts.iter().flatten().map(|(name, value)| (name.as_str(), *value)).collect();
    let practices = ["g1", "g2", "g3", "g4", "g5", "g6", "g7", "g8"].map(|it| (it, "每月议事"));
    let parts: [(&str, &[(&str, &str)]); 3] = [
        ("basics", &[("party_org", "小区党支部"), ("committee", "业主委员会")]),
        ("contacts", &contacts),
        ("practices", &practices),
    ];
    for (part, fields) in parts {
        let page = format!("{path}/parts/{part}");
        let saved = story::submit_version(who, &page, &page, fields).await;
        assert!(saved.location.is_some(), "{}", saved.body);
    }
    let submitted = who.submit(&format!("{path}/submit"), &[]).await;
    assert!(submitted.location.is_some(), "{}", submitted.body);
}

async fn a_person_is_nominated_scored_posted_and_honoured_by_name(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = opened(&cast, "person").await;
    let community = cast.communities[0].to_string();
    let page = format!("/campaigns/{campaign}/applications/new?community={community}");
    assert!(cast.manager.get(&page).await.body.contains("姓名"));
    let begin = format!("/campaigns/{campaign}/applications");
    let before = house.rows().await;
    let nameless = cast
        .manager
        .submit(&begin, &[("community", &community), ("post", "物业项目经理"), ("person", "王")])
        .await;
    assert!(nameless.body.contains("请写被推荐人的姓名") && nameless.body.contains("value=\"物业项目经理\""));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let nominee = [("community", &*community), ("person", "王某某"), ("post", "物业项目经理")];
    let application = cast.manager.submit(&begin, &nominee).await.id();
    filled(&cast.manager, application).await;
    let path = format!("/campaigns/applications/{application}");
    let name = house
        .given(|tx| Ok(tx.one("select subject from campaigns_applications", &[], |it| it.text("subject"))?))
        .await;
    assert!(name.starts_with("王某某（") && name.ends_with("物业项目经理）"), "{name}");
    let print = cast.manager.get(&format!("{path}/print")).await.body;
    assert!(print.contains("申报的个人") && print.contains(&name), "{print}");
    let annex = cast.county.get(&format!("{path}/annex-3.docx")).await;
    assert!(documents::read_form(&annex.bytes).unwrap().iter().any(|it| it.join(" ").contains(&name)));
    cast.street.submit(&format!("{path}/review"), &[]).await;
    cast.county.submit(&format!("{path}/accept"), &[]).await;
    assert_eq!(cast.recommend(application).await.status, StatusCode::SEE_OTHER);
    assert!(cast.city.get("/messages").await.body.contains(&name));

    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(&house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    for assessor in &cast.assessors {
        let sheet = cast.sheet(&house, assessor).await;
        assert!(assessor.get(&format!("/campaigns/sheets/{sheet}")).await.body.contains(&name));
        story::locked(assessor, sheet, "90").await;
    }
    assert!(cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body.contains(&name));
    let posted = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    let notice = house.as_stranger().get(&posted.location.unwrap()).await.body;
    assert!(notice.contains(&name) && notice.contains("<th>个人</th>"), "{notice}");

    house.it_is("2024-08-26T01:00:00Z");
    let cast = cast.again(&house).await;
    let award = [("awarded_on", "2024-08-26"), ("document", "六城管〔2024〕100号")];
    let awarded = cast.city.submit(&format!("/campaigns/{campaign}/awards"), &award).await;
    assert_eq!(awarded.status, StatusCode::SEE_OTHER, "{}", awarded.body);
    let result = house.as_stranger().get(&format!("/campaigns/{campaign}/result")).await.body;
    assert!(result.contains("共认定1人") && result.contains(&name), "{result}");
    // The title is the person's: the community holds none, and is free to apply where it would shut it out.
    let kept = house
        .given(|tx| {
            let sql =
                "select title, status from registry_records where kind = 'honour' order by title, status";
            Ok(tx.all(sql, &[], |it| Ok((it.text("title")?, it.text("status")?)))?)
        })
        .await;
    assert!(
        kept.iter().all(|it| it.0.ends_with(&name) && it.1.starts_with("within_")) && kept.len() == 2,
        "{kept:?}"
    );
}

async fn a_committee_nominates_itself_and_nobody_else_does(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = opened(&cast, "committee").await;
    let own = house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(cast.communities[0])).await;
    let other = house.as_somebody("邻居", Role::OwnersCommittee, Scope::Community(cast.communities[1])).await;
    let begin = format!("/campaigns/{campaign}/applications");
    let community = cast.communities[0].to_string();
    house
        .given(|tx| {
            tx.given("delete from registry_records where kind = 'committee'")?;
            Ok(())
        })
        .await;
    let before = house.rows().await;
    assert_eq!(cast.manager.submit(&begin, &[("community", &community)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(other.submit(&begin, &[("community", &community)]).await.status, StatusCode::NOT_FOUND);
    let unknown = own.submit(&begin, &[("community", &community)]).await;
    assert!(unknown.body.contains("没有登记业主委员会"), "{}", unknown.body);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);

    let term = [
        ("kind", "committee"),
        ("title", "第二届业主委员会"),
        ("happened_on", "2023-05-01"),
        ("ends_on", "2028-04-30"),
        ("class", "owners"),
        ("part", "3"),
        ("whole", "5"),
        ("status", "filed"),
    ];
    let entered = cast.county.submit(&format!("/registry/records/new/{community}"), &term).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    let offered = own.get(&begin).await.body;
    assert!(offered.contains(&format!("{begin}/new?community={community}")), "{offered}");
    let application = own.submit(&begin, &[("community", &community)]).await.id();
    filled(&own, application).await;
    let path = format!("/campaigns/applications/{application}");
    let seen = cast.county.get(&path).await.body;
    assert!(seen.contains("第二届业主委员会</h1>") && seen.contains("业委会自愿申报"), "{seen}");
    assert_eq!(cast.manager.submit(&format!("{path}/submit"), &[]).await.status, StatusCode::FORBIDDEN);
    let back = cast.street.submit(&format!("{path}/send-back"), &[("reason", "补充会议记录")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    // Whoever nominated itself is told, and nobody else.
    assert!(own.get("/messages").await.body.contains("自荐表已退回"));
    assert!(!cast.manager.get("/messages").await.body.contains("自荐表已退回"));
}

async fn an_enterprise_is_in_a_campaign_once(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = opened(&cast, "enterprise").await;
    let begin = format!("/campaigns/{campaign}/applications");
    let of = |n: usize| cast.communities[n].to_string();
    let application = cast.manager.submit(&begin, &[("community", &of(0))]).await.id();
    let before = house.rows().await;
    let again = cast.manager.submit(&begin, &[("community", &of(1))]).await;
    assert!(again.body.contains("已用另一个代表项目申报"), "{}", again.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let body = cast.manager.get(&format!("/campaigns/applications/{application}")).await.body;
    assert!(body.contains("（代表项目："), "{body}");
    let list = cast.manager.get(&begin).await.body;
    assert!(list.contains("申报企业") && !list.contains("选一个小区作为代表项目申报"), "{list}");
    // A service project is each community's own.
    let projects = opened(&cast, "service_project").await;
    for n in 0..2 {
        let begun = cast
            .manager
            .submit(&format!("/campaigns/{projects}/applications"), &[("community", &of(n))])
            .await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    }
}

// covers: LA-013
async fn a_county_finds_a_community_and_recommends_it_itself(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let list = format!("/campaigns/{campaign}/applications");
    let page = format!("{list}/new");
    assert!(cast.county.get(&list).await.body.contains(&page));
    let (id, name) = (cast.communities[2], house_name(&house, cast.communities[2]).await);
    let found = cast.county.get(&format!("{page}?find={}", encoded(&name))).await.body;
    assert!(found.contains(&format!("{page}?community={id}")), "{found}");
    assert!(cast.county.get(&format!("{page}?community={id}")).await.body.contains("开始填写"));
    let application = cast.county.submit(&list, &[("community", &id.to_string())]).await.id();
    let path = format!("/campaigns/applications/{application}");
    assert!(cast.county.get(&path).await.body.contains("主管部门推荐"));
    assert!(cast.county.get(&format!("{page}?community={id}")).await.body.contains("本次活动中已有申报"));
    // What is still open is told on the application's own page.
    let before = house.rows().await;
    let open = cast.county.submit(&format!("{path}/submit"), &[]).await;
    assert!(open.body.contains("还有未填写的内容") && open.body.contains("href=\"#parts\""), "{}", open.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(cast.manager.submit(&format!("{path}/submit"), &[]).await.status, StatusCode::FORBIDDEN);
    for who in [&cast.street, &cast.city, &cast.assessors[0]] {
        assert_eq!(who.get(&page).await.status, StatusCode::FORBIDDEN);
    }
}

async fn only_those_a_notice_was_sent_to_take_part(house: House) {
    let cast = Cast::of(&house).await;
    let beyond =
        house.as_somebody("邻县", Role::CountyBureau, Scope::County(kernel::Tenant::from_number(2))).await;
    let form = cast.city.get("/campaigns/new?pack=luan-2024-beautiful-home").await.body;
    assert!(form.contains("name=\"place-1\"") && form.contains("name=\"place-2\""), "{form}");
    let pack = ("pack", "luan-2024-beautiful-home");
    let none = cast.city.submit("/campaigns/preview", &[pack, ("audience", "some")]).await.body;
    assert!(none.contains("请至少选一个发给的单位"), "{none}");
    let chosen = [pack, ("audience", "some"), ("place-2", "on")];
    let preview = cast.city.submit("/campaigns/preview", &chosen).await.body;
    assert!(preview.contains("name=\"place-2\" value=\"on\""), "{preview}");
    let campaign = cast.city.submit("/campaigns", &chosen).await.id();
    let path = format!("/campaigns/{campaign}");
    assert_eq!(house.count("select count(*) as n from campaigns_quotas where tenant = 1").await, 0);
    assert_eq!(house.count("select count(*) as n from campaigns_quotas where tenant = 2").await, 1);
    assert_eq!(beyond.submit(&format!("{path}/sign"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(beyond.get("/messages").await.body.contains("新的活动通知"));
    let before = house.rows().await;
    assert_eq!(cast.county.get(&path).await.status, StatusCode::NOT_FOUND);
    assert!(!cast.county.get("/campaigns").await.body.contains(&path));
    assert!(!cast.county.get("/messages").await.body.contains("新的活动通知"));
    assert_eq!(cast.county.submit(&format!("{path}/sign"), &[]).await.status, StatusCode::NOT_FOUND);
    let community = cast.communities[0].to_string();
    let refused = cast.manager.submit(&format!("{path}/applications"), &[("community", &community)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("没有发给这个小区所在的县区或街道"), "{}", refused.body);
    // Nor is it offered to whoever serves there.
    let offered = cast.manager.get(&format!("{path}/applications")).await.body;
    assert!(!offered.contains("name=\"community\""), "{offered}");
    let mut changed = house.changed_since(&before).await;
    changed.retain(|it| it != "store_security_log");
    assert_eq!(changed, Vec::<String>::new());
}

pub(crate) async fn house_name(house: &House, community: i64) -> String {
    house
        .given(move |tx| {
            let sql = "select name from registry_communities where id = $1";
            Ok(tx.one(sql, &[community.into()], |it| it.text("name"))?)
        })
        .await
}

/// A name as it stands in an address.
fn encoded(name: &str) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in name.bytes() {
        write!(text, "%{byte:02X}").unwrap();
    }
    text
}
