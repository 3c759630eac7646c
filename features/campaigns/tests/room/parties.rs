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
    let material = cast.manager.submit(&format!("{path}/material"), &[("version", "0")]).await;
    assert_eq!(material.status, StatusCode::SEE_OTHER, "{}", material.body);
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
    // The county begins one and leaves it lying; the enterprise takes its own best project.
    let left = cast.county.submit(&begin, &[("community", &of(0))]).await.id();
    let own = cast.manager.submit(&begin, &[("community", &of(1))]).await.id();
    filled(&cast.manager, own).await;
    let beyond = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    // The first that is handed in stands.
    let before = house.rows().await;
    let second = cast.county.submit(&format!("/campaigns/applications/{left}/submit"), &[]).await;
    assert!(second.body.contains("已用另一个代表项目申报"), "{}", second.body);
    assert_eq!(beyond.submit(&begin, &[("community", &of(2))]).await.status, StatusCode::NOT_FOUND);
    let third = cast.county.submit(&begin, &[("community", &of(2))]).await;
    assert!(third.body.contains("已用另一个代表项目申报"), "{}", third.body);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
