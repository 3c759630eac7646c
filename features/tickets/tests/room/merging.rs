//! Mergers and checks that must not go wrong: another community's case, one's own answer.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act, stage};

on_both_stores!(crate::story::house;
    a_merger_stays_within_a_community_and_can_be_undone,
    whoever_reported_in_and_answered_does_not_check_it,
);

async fn a_merger_stays_within_a_community_and_can_be_undone(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let first = cast.ticket(&house).await;
    let next = cast.next_community.to_string();
    cast.report(&[("community", next.as_str())]).await;
    let elsewhere = cast.ticket(&house).await;
    let before = house.rows().await;
    let refused = act(&cast.county, elsewhere, "merge", &[("into", "1")]).await;
    assert!(refused.body.contains("第1号是另一个小区的，不能并案"), "{}", refused.body);
    // The page that says so counts as having read what the county was told.
    assert_eq!(house.changed_since(&before).await, ["messages_messages"]);
    let code = cast.report(&[("body", "三号楼灯不亮")]).await;
    let second = cast.ticket(&house).await;
    // What it may be merged into is offered by number and words, and only from here.
    let page = cast.street.get(&format!("/tickets/{second}")).await.body;
    assert!(
        page.contains("<option value=\"000001\">") && !page.contains("<option value=\"000002\">"),
        "{page}"
    );
    act(&cast.street, second, "merge", &[("into", "000001")]).await;
    assert_eq!(stage(&house, second).await, "merged");
    // One trouble told twice is one.
    let rates = cast.county.get("/tickets/rates?month=2024-08").await.body;
    assert!(rates.contains("<strong>2</strong><span>件诉求</span>"), "{rates}");
    let silent = act(&cast.street, second, "split", &[("words", "")]).await;
    assert_ne!(silent.status, StatusCode::SEE_OTHER);
    let split = act(&cast.street, second, "split", &[("words", "是另一盏灯")]).await;
    assert_eq!(split.status, StatusCode::SEE_OTHER, "{}", split.body);
    assert_eq!(stage(&house, second).await, "filed");
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("撤销并案，单独办理：是另一盏灯"), "{page}");
    assert_ne!(
        act(&cast.street, first, "split", &[("words", "没有并过")]).await.status,
        StatusCode::SEE_OTHER
    );
}

async fn whoever_reported_in_and_answered_does_not_check_it(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "blow", &[("words", "要动公共部位，本单位解决不了")]).await;
    let whistle = house.count("select id as n from tickets_whistles").await;
    let came = cast.neighborhood.submit(&format!("/tickets/whistles/{whistle}/report-in"), &[]).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    let answered = act(&cast.neighborhood, ticket, "answer", &[("words", "已协调解决")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert_eq!(
        act(&cast.neighborhood, ticket, "close", &[("words", "属实")]).await.status,
        StatusCode::FORBIDDEN
    );
    let fields = [("solved", "yes"), ("satisfied", "yes")];
    assert_eq!(act(&cast.neighborhood, ticket, "call-back", &fields).await.status, StatusCode::FORBIDDEN);
    let page = cast.neighborhood.get(&format!("/tickets/{ticket}")).await.body;
    assert!(!page.contains("核查结案</button>") && !page.contains("登记回访"), "{page}");
    assert_eq!(
        act(&cast.street, ticket, "close", &[("words", "现场核查属实")]).await.status,
        StatusCode::SEE_OTHER
    );
}
