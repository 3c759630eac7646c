//! 联席会议: what climbed past every level waits on an agenda that somebody keeps, and comes back with a day and a name.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act, stage};

on_both_stores!(crate::story::house;
    a_matter_goes_up_meeting_by_meeting_and_comes_back_with_a_day,
    what_a_meeting_may_not_decide_changes_nothing,
    a_month_counts_a_matter_where_it_was_put_on_an_agenda_first,
    what_is_over_waits_for_no_meeting,
);

/// A case nobody could solve: the clock has put it on the neighborhood's agenda.
async fn climbed(house: &House) -> (Cast, i64, String) {
    let cast = Cast::of(house).await;
    let code = cast.report(&[]).await;
    let ticket = cast.ticket(house).await;
    for at in ["2024-08-20T07:30:00Z", "2024-08-27T16:00:00Z", "2024-09-02T16:00:00Z", "2024-09-06T16:00:00Z"]
    {
        house.it_is(at);
        tickets::wake_due(&house.app).await.unwrap();
    }
    let cast = cast.again(house).await;
    (cast, ticket, code)
}

async fn matter(house: &House, meeting: &'static str) -> i64 {
    let sql = match meeting {
        "alliance" => "select id as n from tickets_agenda where meeting = 'alliance'",
        "county" => "select id as n from tickets_agenda where meeting = 'county'",
        _ => "select id as n from tickets_agenda where meeting = 'neighborhood'",
    };
    house.count(sql).await
}

// covers: SC-014, SC-015, SC-016
async fn a_matter_goes_up_meeting_by_meeting_and_comes_back_with_a_day(house: House) {
    let (cast, ticket, code) = climbed(&house).await;
    let told = cast.street.get("/messages").await.body;
    assert!(told.contains("列入社区联席会议议题"), "{told}");
    assert!(cast.county.get("/tickets").await.body.contains("超期，待联席会议研究"));
    let agenda = cast.street.get("/tickets/meetings").await.body;
    assert!(agenda.contains("登记会议决定"), "{agenda}");
    for who in [&cast.county, &cast.neighborhood] {
        let seen = who.get("/tickets/meetings").await.body;
        assert!(seen.contains("-000001") && !seen.contains("登记会议决定"), "{seen}");
    }
    let raise = [("outcome", "raised"), ("words", "涉及三个社区，提交党建联盟"), ("version", "1")];
    for (from, to) in [("neighborhood", "党建联盟"), ("alliance", "县联席会议")] {
        let path = format!("/tickets/meetings/{}", matter(&house, from).await);
        let done = cast.street.submit(&path, &raise).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
        assert!(page.contains(&format!("列入{to}议题，等待研究")), "{page}");
    }
    assert!(cast.county.get("/messages").await.body.contains("列入县联席会议议题"));
    let path = format!("/tickets/meetings/{}", matter(&house, "county").await);
    let handler = format!("enterprise:{}", cast.enterprise);
    let assign = [
        ("outcome", "assigned"),
        ("handler", handler.as_str()),
        ("due_on", "2024-09-20"),
        ("words", "9月6日会议研究，由企业垫资维修，街道监督"),
        ("version", "1"),
    ];
    let done = cast.county.submit(&path, &assign).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(stage(&house, ticket).await, "dispatched");
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("县联席会议研究：交") && page.contains("于2024-09-20前办结"), "{page}");
    assert!(cast.county.get("/tickets/meetings").await.body.matches("没有等待研究的议题").count() == 3);
    // The company has it until that day, and the first lateness stays on record.
    let list = cast.company.get("/tickets?stage=dispatched").await.body;
    assert!(list.contains("2024-09-20 24时"), "{list}");
    assert_eq!(house.count("select count(*) as n from tickets_tickets where answered_v = 'late'").await, 1);
    // The meeting's day passes as any other: the case comes back to the agenda it began on, once.
    house.it_is("2024-09-20T15:59:59Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 0);
    house.it_is("2024-09-20T16:00:00Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 1);
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 0);
    let cast = cast.again(&house).await;
    assert!(cast.street.get("/tickets/meetings").await.body.contains("登记会议决定"));
    act(&cast.company, ticket, "accept", &[("words", "已安排进场")]).await;
    let answered = act(&cast.company, ticket, "answer", &[("words", "已修好")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
}

async fn a_month_counts_a_matter_where_it_was_put_on_an_agenda_first(house: House) {
    let (cast, ..) = climbed(&house).await;
    let path = format!("/tickets/meetings/{}", matter(&house, "neighborhood").await);
    let goes = [("outcome", "goes_on"), ("words", "按原安排"), ("due_on", "2024-10-10"), ("version", "1")];
    assert_eq!(cast.street.submit(&path, &goes).await.status, StatusCode::SEE_OTHER);
    house.it_is("2024-10-10T16:00:00Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 1);
    let cast = cast.again(&house).await;
    assert!(cast.street.get("/tickets/meetings").await.body.contains("登记会议决定"), "it came back");
    for (month, counts) in [("2024-09", true), ("2024-10", false)] {
        let page = cast.county.get(&format!("/tickets/rates?month={month}")).await;
        let shown = page.body.contains("列入联席会议议题</span><span class=\"small\">1件");
        assert_eq!((page.status, shown), (StatusCode::OK, counts), "{month}: {}", page.body);
    }
    let first = "select count(*) as n from tickets_agenda where first_put_at < put_at";
    assert_eq!(house.count(first).await, 1);
}

async fn what_a_meeting_may_not_decide_changes_nothing(house: House) {
    let (cast, ..) = climbed(&house).await;
    let path = format!("/tickets/meetings/{}", matter(&house, "neighborhood").await);
    let before = house.rows().await;
    let handler = format!("enterprise:{}", cast.enterprise);
    for (fields, words) in [
        (vec![("outcome", ""), ("words", "研究过")], "请选择会议决定"),
        (vec![("outcome", "goes_on"), ("words", "")], "请"),
        (vec![("outcome", "assigned"), ("words", "交办")], "请选择交给哪个单位办理"),
        (
            vec![("outcome", "assigned"), ("words", "交办"), ("handler", &handler), ("due_on", "2024-09-01")],
            "请选择办理期限，不早于今天",
        ),
    ] {
        let fields: Vec<_> = fields.into_iter().chain([("version", "1")]).collect();
        let answer = cast.street.submit(&path, &fields).await;
        assert!(answer.body.contains(words), "{words}: {}", answer.body);
        assert_ne!(answer.status, StatusCode::SEE_OTHER);
    }
    let stale = [("outcome", "goes_on"), ("words", "按原安排"), ("due_on", "2024-09-20"), ("version", "7")];
    assert_eq!(cast.street.submit(&path, &stale).await.status, StatusCode::CONFLICT);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let goes = [("outcome", "goes_on"), ("words", "按原安排"), ("due_on", "2024-09-20"), ("version", "1")];
    for (who, status) in [(&cast.county, 403), (&cast.neighborhood, 403), (&cast.company, 403)] {
        assert_eq!(who.submit(&path, &goes).await.status.as_u16(), status);
    }
    let foreign = house.as_somebody("邻街", kernel::Role::Subdistrict, kernel::Scope::Subdistrict(1)).await;
    assert_eq!(foreign.submit(&path, &goes).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.company.get("/tickets/meetings").await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.street.submit(&path, &goes).await.status, StatusCode::SEE_OTHER);
    let again = [("outcome", "goes_on"), ("words", "再议"), ("due_on", "2024-09-20"), ("version", "2")];
    assert!(cast.street.submit(&path, &again).await.body.contains("会议已经作出决定"));
}

async fn what_is_over_waits_for_no_meeting(house: House) {
    let (cast, ticket, code) = climbed(&house).await;
    let left = cast.resident.submit(&format!("/tickets/track/{code}/withdraw"), &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    for who in [&cast.street, &cast.county, &cast.company] {
        assert!(who.get("/messages").await.body.contains("反映人已撤回"));
    }
    assert_eq!(stage(&house, ticket).await, "withdrawn");
    assert!(cast.street.get("/tickets/meetings").await.body.matches("没有等待研究的议题").count() == 3);
    let path = format!("/tickets/meetings/{}", matter(&house, "neighborhood").await);
    let goes = [("outcome", "goes_on"), ("words", "按原安排"), ("due_on", "2024-09-20"), ("version", "1")];
    assert!(cast.street.submit(&path, &goes).await.body.contains("已经办结或撤回"));
}
