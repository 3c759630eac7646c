//! 申请延期: asked for, granted or refused once, lapsed with the deadline.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    more_time_is_asked_for_and_granted_or_refused_once,
    more_time_that_nobody_answered_lapses_with_the_deadline,
);

async fn more_time_is_asked_for_and_granted_or_refused_once(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let ask = [("words", "配件要从外地调，需三天")];
    let early = act(&cast.company, ticket, "ask-extend", &ask).await;
    assert!(early.body.contains("现在不能申请延期"), "{}", early.body);
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    let due = house.count("select answer_by as n from tickets_tickets").await;
    let asked = act(&cast.company, ticket, "ask-extend", &ask).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert!(act(&cast.company, ticket, "ask-extend", &ask).await.body.contains("已经申请过延期"));
    assert_eq!(house.count("select answer_by as n from tickets_tickets").await, due, "asking moves nothing");
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("承办单位申请延期，理由见“经过”") && page.contains("配件要从外地调"), "{page}");
    // Whoever answers it finds it in a list and on the first day of the agenda; nobody else is told how many wait.
    let waits = "/tickets?stage=accepted&extension=yes";
    for who in [&cast.county, &cast.street, &cast.neighborhood] {
        assert!(who.get("/tickets").await.body.contains("申请延期待审：1件"));
        assert!(who.get(waits).await.body.contains("楼道灯坏了一周"));
    }
    assert!(!cast.company.get("/tickets").await.body.contains("申请延期待审"));
    // Whichever tab the address names, it is listed once, under the stage it waits in.
    for tab in ["open", "closed", "filed"] {
        let page = cast.street.get(&format!("/tickets?stage={tab}&extension=yes")).await.body;
        assert_eq!(page.matches("楼道灯坏了一周").count(), 1, "{tab}: {page}");
        assert!(page.contains("stage=accepted\" aria-current=\"page\""), "{tab}: {page}");
    }
    assert!(
        cast.street.get("/tickets/export.xlsx?stage=accepted&extension=yes").await.bytes.starts_with(b"PK")
    );
    let before = house.rows().await;
    let own = act(&cast.company, ticket, "refuse-extend", &[("words", "x")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // Supervising it meanwhile changes nothing about what was asked.
    act(&cast.county, ticket, "supervise", &[("words", "请尽快")]).await;
    assert!(cast.street.get(waits).await.body.contains("楼道灯坏了一周"));
    act(&cast.street, ticket, "refuse-extend", &[("words", "本地有货")]).await;
    assert!(cast.street.get(waits).await.body.contains("这里没有诉求"));
    assert!(!cast.street.get("/tickets").await.body.contains("申请延期待审"));
    assert!(cast.company.get("/messages").await.body.contains("延期未同意，请按期办理："));
    act(&cast.company, ticket, "ask-extend", &[("words", "本地无同型号")]).await;
    let granted = act(&cast.street, ticket, "extend", &[("words", "配件外调")]).await;
    assert_eq!(granted.status, StatusCode::SEE_OTHER, "{}", granted.body);
    assert!(due < house.count("select answer_by as n from tickets_tickets").await);
    assert!(act(&cast.company, ticket, "ask-extend", &ask).await.body.contains("现在不能申请延期"));
    assert_eq!(house.count("select count(*) as n from tickets_tickets where asked_at is not null").await, 0);
}

async fn more_time_that_nobody_answered_lapses_with_the_deadline(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "ask-extend", &[("words", "等配件")]).await;
    assert_eq!(house.count("select count(*) as n from tickets_tickets where asked_at is not null").await, 1);
    let due =
        jiff::Timestamp::from_microsecond(house.count("select answer_by as n from tickets_tickets").await);
    house.it_is(&due.unwrap().to_string());
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 1);
    assert_eq!(house.count("select count(*) as n from tickets_tickets where asked_at is not null").await, 0);
    let cast = cast.again(&house).await;
    assert!(cast.company.get("/messages").await.body.contains("延期申请没有等到答复，已失效"));
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(
        page.contains("延期申请到期未答复，已失效") && !page.contains("承办单位申请延期，理由见"),
        "{page}"
    );
    // One that was answered does not lapse.
    let lapsed = "select count(*) as n from tickets_steps where step = 'extension_lapsed'";
    assert_eq!(house.count(lapsed).await, 1);
}
