//! The same verbs through the JSON door.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use serde_json::json;
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_program_takes_an_application_to_its_recommendation,
    a_ranking_is_its_owners_and_a_posted_list_everybodys,
    a_program_is_told_in_its_own_way_what_is_not_there_or_not_json,
);

async fn a_program_takes_an_application_to_its_recommendation(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let all = cast.county.get("/api/v1/campaigns").await.json();
    assert_eq!(all["campaigns"][0]["id"], campaign.to_string());
    let one = cast.county.get(&format!("/api/v1/campaigns/{campaign}")).await.json();
    assert_eq!(
        (&one["counties"][0]["signed_at"], &one["periods"][0]["code"]),
        (&json!(null), &json!("apply"))
    );
    let path = format!("/api/v1/campaigns/{campaign}/applications");
    let begun = cast.manager.post_json(&path, &json!({ "community": cast.communities[0].to_string() })).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    let begun = begun.json();
    assert_eq!((&begun["stage"], &begun["may"]), (&json!("draft"), &json!(["submit"])));
    let again = cast.manager.post_json(&path, &json!({ "community": cast.communities[0].to_string() })).await;
    assert_eq!(
        (again.status, &again.json()["code"]),
        (StatusCode::CONFLICT, &json!("campaigns.already_applied"))
    );

    // One that was filled in goes on through the same door.
    let application = cast.apply(campaign, 1).await;
    let verb = async |who: &testkit::Browser, verb: &str, form: serde_json::Value| {
        who.post_json(&format!("/api/v1/campaigns/applications/{application}/{verb}"), &form).await
    };
    assert_eq!(verb(&cast.manager, "review", json!({})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(verb(&cast.street, "nothing", json!({})).await.status, StatusCode::NOT_FOUND);
    assert_eq!(verb(&cast.street, "review", json!({})).await.json()["stage"], "reviewed");
    let silent = verb(&cast.county, "send-back", json!({ "reason": " " })).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", silent.body);
    assert_eq!(verb(&cast.county, "accept", json!({})).await.json()["may"], json!(["recommend"]));
    let form = json!({ "decided_on": "2024-08-14", "decision": "局长办公会同意" });
    let done = verb(&cast.county, "recommend", form).await.json();
    assert_eq!((&done["selected"].as_array().unwrap().len(), &done["may"]), (&1, &json!(["withdraw"])));
    let list = cast.county.get(&path).await.json();
    assert_eq!(list["applications"].as_array().unwrap().len(), 2);
    let text = cast.county.get(&format!("/api/v1/campaigns/applications/{application}")).await.body;
    assert!(!text.contains("13800138000") && !text.contains("王建民"), "{text}");

    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert_eq!(cousin.get(&path).await.json()["applications"], json!([]));
    let foreign = cousin.get(&format!("/api/v1/campaigns/applications/{application}")).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(house.as_stranger().get(&path).await.status, StatusCode::UNAUTHORIZED);
}

async fn a_program_is_told_in_its_own_way_what_is_not_there_or_not_json(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let wrong = cast.county.get("/api/v1/campaigns/no-number").await;
    assert_eq!((wrong.status, &wrong.json()["code"]), (StatusCode::NOT_FOUND, &json!("not_found")));
    let form = cast.county.submit(&format!("/api/v1/campaigns/{campaign}/applications"), &[]).await;
    assert_eq!(
        (form.status, &form.json()["code"]),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, &json!("web.content_type"))
    );
    // A person is led back by a page.
    assert!(cast.county.get("/campaigns/no-number").await.body.contains("没有找到"));
}

async fn a_ranking_is_its_owners_and_a_posted_list_everybodys(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let path = format!("/api/v1/campaigns/{campaign}/ranking");
    let ranking = cast.city.get(&path).await.json();
    let line = &ranking["lines"][0];
    assert_eq!(
        (&line["rank"], &line["total"], &line["eligible"]),
        (&json!(1), &json!("85.00"), &json!(true))
    );
    assert!(!ranking.to_string().contains("测评一"), "who scored is not told: {ranking}");
    for hat in [&cast.county, &cast.assessors[0], &cast.manager] {
        assert!(matches!(hat.get(&path).await.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND));
    }
    let score = format!("/api/v1/campaigns/applications/{application}/score");
    assert_eq!(cast.manager.get(&score).await.status, StatusCode::FORBIDDEN);
    cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    let told = cast.manager.get(&score).await.json();
    assert_eq!((&told["total"], told["items"].as_array().unwrap().len()), (&json!("85.00"), 25));
    let notice = house.count("select id as n from campaigns_notices").await;
    let posted = house.as_stranger().get(&format!("/api/v1/campaigns/notices/{notice}")).await.json();
    assert_eq!((&posted["lines"][0]["total"], &posted["days"]), (&json!("85.00"), &json!(7)));
    assert_eq!(house.as_stranger().get("/api/v1/campaigns/notices/7").await.status, StatusCode::NOT_FOUND);
}
