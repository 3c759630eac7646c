//! Whose an application is, whoever wrote it, and drafts that keep nobody else out.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::{
    story::{self, Cast},
    subjects::{filled, opened},
};

on_both_stores!(crate::story::house;
    a_committee_the_county_recommends_reads_and_appeals_itself,
    a_person_the_county_recommends_is_of_whom_the_county_says,
    a_draft_that_is_given_up_leaves_nothing,
    a_draft_of_another_county_keeps_no_enterprise_out,
);

/// Written, passed and recommended by the county, scored, and the scores told.
async fn told(house: &House, cast: &Cast, campaign: i64, application: i64) -> Cast {
    filled(&cast.county, application).await;
    cast.street.submit(&format!("/campaigns/applications/{application}/review"), &[]).await;
    cast.county.submit(&format!("/campaigns/applications/{application}/accept"), &[]).await;
    assert_eq!(cast.recommend(application).await.status, StatusCode::SEE_OTHER);
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    for assessor in &cast.assessors {
        story::locked(assessor, cast.sheet(house, assessor).await, "90").await;
    }
    let told = cast.city.submit(&format!("/campaigns/{campaign}/appeals/tell"), &[("days", "3")]).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    cast
}

/// Score, appeals, raising one, the material: what each answers.
async fn doors(who: &Browser, application: i64) -> [StatusCode; 4] {
    let path = format!("/campaigns/applications/{application}");
    let item = [("subject", "item:1.1"), ("body", "当天有施工围挡，现已恢复，有照片")];
    [
        who.get(&format!("{path}/score")).await.status,
        who.get(&format!("{path}/appeals")).await.status,
        who.submit(&format!("{path}/appeals"), &item).await.status,
        who.submit(&format!("{path}/material"), &[("version", "0")]).await.status,
    ]
}

const OPEN: [StatusCode; 4] = [StatusCode::OK, StatusCode::OK, StatusCode::SEE_OTHER, StatusCode::SEE_OTHER];
const SHUT: [StatusCode; 4] = [StatusCode::FORBIDDEN; 4];

async fn a_committee_the_county_recommends_reads_and_appeals_itself(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = opened(&cast, "committee").await;
    let committee =
        house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(cast.communities[0])).await;
    let begin = format!("/campaigns/{campaign}/applications");
    let community = cast.communities[0].to_string();
    let application = cast.county.submit(&begin, &[("community", &community)]).await.id();
    // The county writes what it recommends.
    let path = format!("/campaigns/applications/{application}");
    assert_eq!(committee.submit(&format!("{path}/submit"), &[]).await.status, StatusCode::FORBIDDEN);
    let cast = told(&house, &cast, campaign, application).await;
    let committee = house.as_again(committee.person).await;
    let before = house.rows().await;
    assert_eq!(doors(&cast.manager, application).await, SHUT);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    assert_eq!(doors(&committee, application).await, OPEN);
    let appeal = house.count("select id as n from campaigns_appeals").await;
    let answer = [("outcome", "dismissed"), ("answer", "现场照片与记录一致，不予采纳"), ("version", "1")];
    cast.city.submit(&format!("/campaigns/appeals/{appeal}/answer"), &answer).await;
    assert!(committee.get("/messages").await.body.contains("申诉已答复"));
    assert!(!cast.manager.get("/messages").await.body.contains("申诉已答复"));
}

async fn a_person_the_county_recommends_is_of_whom_the_county_says(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = opened(&cast, "person").await;
    let begin = format!("/campaigns/{campaign}/applications");
    let community = cast.communities[0].to_string();
    let form = cast.county.get(&format!("{begin}/new?community={community}")).await.body;
    assert!(form.contains("是哪一方的人员"), "{form}");
    // Whoever nominates its own is not asked.
    let form = cast.manager.get(&format!("{begin}/new?community={community}")).await.body;
    assert!(!form.contains("是哪一方的人员"), "{form}");
    let nominee = [("community", &*community), ("person", "张某某"), ("post", "志愿者")];
    let before = house.rows().await;
    let asked = cast.county.submit(&begin, &nominee).await;
    assert!(asked.body.contains("请选择被推荐人是哪一方的人员") && asked.body.contains("value=\"志愿者\""));
    let odd = cast.county.submit(&begin, &[&nominee[..], &[("party", "street")]].concat()).await;
    assert!(odd.body.contains("请选择被推荐人是哪一方的人员"), "{}", odd.body);
    assert!(house.changed_since(&before).await.is_empty());
    let own = [&nominee[..], &[("party", "county")]].concat();
    let application = cast.county.submit(&begin, &own).await.id();
    let committee =
        house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(cast.communities[0])).await;
    let cast = told(&house, &cast, campaign, application).await;
    let committee = house.as_again(committee.person).await;
    // Of neither of them: the county alone reads on.
    assert_eq!(doors(&cast.manager, application).await, SHUT);
    assert_eq!(doors(&committee, application).await, SHUT);
    assert_eq!(doors(&cast.county, application).await, OPEN);
}

async fn a_draft_that_is_given_up_leaves_nothing(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let list = format!("/campaigns/{campaign}/applications");
    let community = cast.communities[0].to_string();
    let application = cast.manager.submit(&list, &[("community", &community)]).await.id();
    let path = format!("/campaigns/applications/{application}");
    let file = cast
        .manager
        .upload_with(&format!("{path}/files"), &[("slot", "g1")], "会议记录.pdf", crate::evidence::PDF)
        .await;
    assert_eq!(file.said(), "材料已上传，照片中的位置等信息已去除");
    // The county writes the material beside it: what it wrote is not taken away over its head.
    let section = cast.county.get(&format!("{path}/material")).await.body;
    let section = section.split("<textarea").nth(1).and_then(|it| it.split("name=\"").nth(1));
    let section = section.and_then(|it| it.split('"').next()).unwrap().to_owned();
    let material = async |text: &str| {
        let fields = [(section.as_str(), text)];
        story::submit_version(&cast.county, &format!("{path}/material"), &format!("{path}/material"), &fields)
            .await
    };
    assert_eq!(material("六十户老旧小区").await.status, StatusCode::SEE_OTHER);
    let before = house.rows().await;
    let early = cast.manager.submit(&format!("{path}/give-up"), &[]).await;
    assert!(early.body.contains("请先在材料中清空各段"), "{}", early.body);
    assert!(house.changed_since(&before).await.is_empty());
    assert_eq!(material("").await.status, StatusCode::SEE_OTHER);
    let rival = house.as_somebody("别家", Role::Enterprise, Scope::Enterprise(cast.other_enterprise)).await;
    let before = house.rows().await;
    for (who, status) in [
        (&rival, StatusCode::NOT_FOUND),
        (&cast.county, StatusCode::FORBIDDEN),
        (&cast.street, StatusCode::FORBIDDEN),
    ] {
        assert_eq!(who.submit(&format!("{path}/give-up"), &[]).await.status, status);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    assert!(cast.manager.get(&path).await.body.contains("确认放弃"));
    let gone = cast.manager.submit(&format!("{path}/give-up"), &[]).await;
    assert_eq!(gone.location.as_deref(), Some(list.as_str()));
    assert_eq!(cast.manager.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.count("select count(*) as n from campaigns_applications").await, 0);
    assert_eq!(house.count("select count(*) as n from campaigns_materials").await, 0);
    assert_eq!(house.count("select count(*) as n from files_attachments where taken_at is null").await, 0);
    // Begun anew, and once it was handed in it stays.
    let handed = cast.apply(campaign, 0).await;
    let path = format!("/campaigns/applications/{handed}");
    assert!(!cast.manager.get(&path).await.body.contains("确认放弃"));
    let before = house.rows().await;
    let late = cast.manager.submit(&format!("{path}/give-up"), &[]).await;
    assert!(late.body.contains("只有从未提交的草稿可以放弃"), "{}", late.body);
    assert!(house.changed_since(&before).await.is_empty());
}

async fn a_draft_of_another_county_keeps_no_enterprise_out(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = opened(&cast, "enterprise").await;
    let begin = format!("/campaigns/{campaign}/applications");
    let of = |n: usize| cast.communities[n].to_string();
    // The enterprise serves a community of the next county, too.
    let abroad = house
        .given(|tx| {
            let mut city = registry::seeding::luan(Some(40));
            city.counties.truncate(2);
            let sql = "select min(enterprise) as enterprise from registry_communities";
            let enterprise = tx.one(sql, &[], |it| it.int("enterprise"))?;
            let made =
                registry::seeding::communities(tx, &city, &city.counties[1], 0..1, &[enterprise.into()])?;
            let abroad = i64::from(made[0]);
            let sql =
                "update registry_communities set enterprise = $1, service_mode = 'market' where id = $2";
            tx.change(sql, &[enterprise.into(), abroad.into()])?;
            Ok(abroad.to_string())
        })
        .await;
    let beyond = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let left = beyond.submit(&begin, &[("community", &abroad)]).await.id();
    // It lies there: its own county begins no second, and keeps neither the other county nor the enterprise out.
    let ours = cast.county.submit(&begin, &[("community", &of(0))]).await.id();
    let before = house.rows().await;
    let second = cast.county.submit(&begin, &[("community", &of(1))]).await;
    assert!(second.body.contains("已用另一个代表项目申报"), "{}", second.body);
    assert!(house.changed_since(&before).await.is_empty());
    let own = cast.manager.submit(&begin, &[("community", &of(2))]).await.id();
    filled(&cast.manager, own).await;
    // The first that is handed in stands.
    let before = house.rows().await;
    for (who, draft) in [(&cast.county, ours), (&beyond, left)] {
        let late = who.submit(&format!("/campaigns/applications/{draft}/submit"), &[]).await;
        assert!(late.body.contains("已用另一个代表项目申报"), "{}", late.body);
    }
    assert!(house.changed_since(&before).await.is_empty());
}
