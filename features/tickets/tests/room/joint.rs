//! 协同办理: one unit leads, others do their part, and the answer waits for all of them.

use axum::http::StatusCode;
use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    the_street_joins_units_and_the_answer_waits_for_them,
    only_who_coordinates_asks_and_only_the_unit_reports,
    a_unit_gives_a_part_back_and_keeps_a_list_of_its_own,
);

async fn ask(who: &Browser, ticket: i64, unit: &str, named: &str, due: &str) -> testkit::Answer {
    let fields = [("unit", unit), ("named", named), ("task", "认定违建并限期拆除"), ("due_on", due)];
    who.submit(&format!("/tickets/{ticket}/joint"), &fields).await
}

async fn close(who: &Browser, ticket: i64, n: &str, outcome: &str, words: &str) -> testkit::Answer {
    let fields = [("n", n), ("outcome", outcome), ("words", words)];
    who.submit(&format!("/tickets/{ticket}/joint/close"), &fields).await
}

// covers: FX-017
async fn the_street_joins_units_and_the_answer_waits_for_them(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[("category", "illegal_building"), ("body", "楼顶加盖")]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    let committee = format!("committee:{}", cast.community);
    let lead = format!("enterprise:{}", cast.enterprise);
    let before = house.rows().await;
    for (unit, named, due, words) in [
        ("", "", "2024-08-22", "请选择协办单位，或填写部门名称"),
        (lead.as_str(), "", "2024-08-22", "这个单位就是主办单位"),
        (committee.as_str(), "", "2024-08-19", "请选择反馈期限，不早于今天"),
        // The answer waits for it, so it is due no later than the answer.
        (committee.as_str(), "", "2024-12-31", "不早于今天，不晚于本件的答复时限2024-0"),
    ] {
        let refused = ask(&cast.street, ticket, unit, named, due).await;
        assert!(
            refused.body.contains(words) && refused.body.contains("认定违建并限期拆除"),
            "{}",
            refused.body
        );
    }
    let only_read: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it != "messages_messages").collect();
    assert_eq!(only_read, Vec::<String>::new());
    assert_eq!(ask(&cast.street, ticket, &committee, "", "2024-08-22").await.status, StatusCode::SEE_OTHER);
    let fire = ask(&cast.street, ticket, "", "县消防救援大队", "2024-08-23").await;
    assert_eq!(fire.status, StatusCode::SEE_OTHER, "{}", fire.body);
    let twice = ask(&cast.street, ticket, "", "县消防救援大队", "2024-08-23").await;
    assert!(twice.body.contains("已经请县消防救援大队协办"), "{}", twice.body);
    assert!(cast.committee.get("/messages").await.body.contains("请协办"));
    let early = act(&cast.company, ticket, "answer", &[("words", "已拆除")]).await;
    assert!(
        early.body.contains("协办单位还没有反馈") && early.body.contains("县消防救援大队"),
        "{}",
        early.body
    );
    assert_eq!(close(&cast.committee, ticket, "1", "done", "已劝导业主").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        close(&cast.street, ticket, "2", "withdrawn", "不涉及消防").await.status,
        StatusCode::SEE_OTHER
    );
    let again = close(&cast.committee, ticket, "1", "done", "再说一次").await;
    assert!(again.body.contains("已经办结"), "{}", again.body);
    assert!(cast.company.get("/messages").await.body.contains("协办已有反馈"));
    let answered = act(&cast.company, ticket, "answer", &[("words", "已拆除")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("协办反馈：已劝导业主") && page.contains("请县消防救援大队协办"), "{page}");
    let late = ask(&cast.street, ticket, "", "县城管执法局", "2024-08-23").await;
    assert!(late.body.contains("已经答复或结束"), "{}", late.body);
}

async fn only_who_coordinates_asks_and_only_the_unit_reports(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let committee = format!("committee:{}", cast.community);
    for who in [&cast.company, &cast.branch, &cast.committee, &cast.city] {
        assert_eq!(ask(who, ticket, &committee, "", "2024-08-22").await.status, StatusCode::FORBIDDEN);
    }
    let foreign = house.as_somebody("邻街", kernel::Role::Subdistrict, kernel::Scope::Subdistrict(1)).await;
    assert_eq!(ask(&foreign, ticket, &committee, "", "2024-08-22").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&cast.county, ticket, &committee, "", "2024-08-22").await.status, StatusCode::SEE_OTHER);
    for who in [&cast.company, &cast.branch, &cast.county] {
        assert_eq!(close(who, ticket, "1", "done", "替它说").await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(close(&foreign, ticket, "1", "withdrawn", "不用了").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        close(&cast.street, ticket, "9", "withdrawn", "没有这一项").await.status,
        StatusCode::NOT_FOUND
    );
}

async fn a_unit_gives_a_part_back_and_keeps_a_list_of_its_own(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("category", "illegal_building"), ("body", "楼顶加盖")]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    let (committee, branch) = (format!("committee:{}", cast.community), format!("branch:{}", cast.community));
    assert_eq!(ask(&cast.street, ticket, &committee, "", "2024-08-22").await.status, StatusCode::SEE_OTHER);
    assert_eq!(ask(&cast.street, ticket, &branch, "", "2024-08-23").await.status, StatusCode::SEE_OTHER);
    let page = cast.committee.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("不属于本单位，退回"), "{page}");
    assert!(!cast.street.get(&format!("/tickets/{ticket}")).await.body.contains("不属于本单位，退回"));
    let before = house.rows().await;
    let wordless = close(&cast.committee, ticket, "1", "refused", "").await;
    assert!(wordless.body.contains("请填写说明"), "{}", wordless.body);
    assert_eq!(close(&cast.company, ticket, "1", "refused", "不归它").await.status, StatusCode::FORBIDDEN);
    let changed = house.changed_since(&before).await;
    assert!(!changed.iter().any(|it| it.starts_with("tickets")), "{changed:?}");
    let refused = close(&cast.committee, ticket, "1", "refused", "违建认定不是业委会的职责").await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    assert!(cast.company.get("/messages").await.body.contains("协办单位退回"));
    assert!(cast.street.get("/messages").await.body.contains("协办单位退回，请另行安排"));
    // What was given back holds nobody up; what was asked of the other still does.
    let early = act(&cast.company, ticket, "answer", &[("words", "已拆除")]).await;
    assert!(
        early.body.contains("协办单位还没有反馈") && !early.body.contains("业主委员会、"),
        "{}",
        early.body
    );
    let own = cast.committee.get("/tickets/joint").await.body;
    assert!(own.contains("违建认定不是业委会的职责") && own.contains("退回"), "{own}");
    assert!(!own.contains(&format!("/tickets/{ticket}\"")), "no affair of theirs any more: {own}");
    // For a department without a desk whoever asked says what it said, and gives nothing back in its name.
    assert_eq!(
        ask(&cast.street, ticket, "", "县自然资源局", "2024-08-23").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(close(&cast.street, ticket, "3", "refused", "不归它管").await.status, StatusCode::NOT_FOUND);
    assert_eq!(close(&cast.street, ticket, "3", "withdrawn", "不归它管").await.status, StatusCode::SEE_OTHER);
    assert_eq!(close(&cast.branch, ticket, "2", "done", "已劝导").await.status, StatusCode::SEE_OTHER);
    let own = cast.branch.get("/tickets/joint").await.body;
    assert!(own.contains("已劝导") && !own.contains("违建认定不是业委会的职责"), "{own}");
    assert_eq!(cast.company.get("/tickets/joint").await.status, StatusCode::NOT_FOUND);
    assert!(cast.branch.get("/tickets").await.body.contains("/tickets/joint"));
    assert!(!cast.company.get("/tickets").await.body.contains("/tickets/joint"));
    let answered = act(&cast.company, ticket, "answer", &[("words", "已拆除")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
}
