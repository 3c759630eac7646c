//! 吹哨报到: a case climbs by time alone, each level exactly once, and by hand where somebody cannot solve it.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act, stage};

on_both_stores!(crate::story::house;
    a_case_climbs_all_three_levels_by_time_alone_each_exactly_once,
    two_clocks_at_once_blow_once,
    the_first_level_whistles_and_the_neighborhood_reports_in,
    an_answer_nobody_rates_closes_by_itself,
    a_danger_runs_through_the_night,
);

// covers: SC-014, SC-015, SC-016, SC-062, SC-064
async fn a_case_climbs_all_three_levels_by_time_alone_each_exactly_once(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let wake = async |at: &str| {
        house.it_is(at);
        let first = tickets::wake_due(&house.app).await.unwrap();
        // Whoever looks again finds nothing to do.
        assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 0, "{at}");
        (first, house.count("select level as n from tickets_tickets").await)
    };
    // Four office hours from nine: 09–12, then 14:30–15:30.
    assert_eq!(wake("2024-08-20T07:29:59Z").await, (0, 1));
    assert_eq!(wake("2024-08-20T07:30:00Z").await, (1, 1));
    assert_eq!(house.count("select count(*) as n from tickets_tickets where contacted_v = 'late'").await, 1);
    // Five working days: until Tuesday the 27th, 24时.
    assert_eq!(wake("2024-08-27T15:59:59Z").await, (0, 1));
    assert_eq!(wake("2024-08-27T16:00:00Z").await, (1, 2));
    assert_eq!(house.count("select count(*) as n from tickets_tickets where answered_v = 'late'").await, 1);
    // It is Wednesday the 28th by now: three working days after are Thursday, Friday and Monday.
    assert_eq!(wake("2024-09-02T15:59:59Z").await, (0, 2));
    assert_eq!(wake("2024-09-02T16:00:00Z").await, (1, 3));
    // And from Tuesday: Wednesday, Thursday, Friday; then the joint meeting's agenda, where no clock runs.
    assert_eq!(wake("2024-09-06T16:00:00Z").await, (1, 4));
    assert_eq!(
        house.count("select count(*) as n from tickets_agenda where meeting = 'neighborhood'").await,
        1
    );
    assert_eq!(wake("2025-01-01T00:00:00Z").await, (0, 4));
    assert_eq!(house.count("select count(*) as n from tickets_whistles").await, 2);
    let rates = cast.again(&house).await.county.get("/tickets/rates?month=2024-09").await.body;
    assert!(rates.contains("列入联席会议议题</span><span class=\"small\">1件"), "{rates}");
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    for words in ["自动吹哨至第二级：社区", "自动吹哨至第三级", "自动吹哨至联席会议"]
    {
        assert_eq!(page.matches(words).count(), 1, "{words}: {page}");
    }
    // Late is late, whenever it is answered.
    let cast = cast.again(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "终于联系")]).await;
    // The meeting has it: accepting it starts no clock that could climb again.
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 0);
    let answered = act(&cast.company, ticket, "answer", &[("words", "已修好")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert_eq!(
        house
            .count(
                "select count(*) as n from tickets_tickets where answered_v = 'late' and contacted_v = 'late'"
            )
            .await,
        1
    );
    // Nobody blew these: whoever stands below the level rates who came.
    let whistle = house.count("select min(id) as n from tickets_whistles where level = 2").await;
    let path = format!("/tickets/whistles/{whistle}");
    let came = cast.neighborhood.submit(&format!("{path}/report-in"), &[]).await;
    assert_eq!(came.location.as_deref(), Some(format!("/tickets/{ticket}").as_str()));
    let rated = cast.company.submit(&format!("{path}/rate"), &[("score", "3")]).await;
    assert_eq!(rated.location.as_deref(), Some(format!("/tickets/{ticket}").as_str()));
    assert_eq!(house.count("select count(*) as n from tickets_whistles where of_responder = 3").await, 1);
}

async fn two_clocks_at_once_blow_once(house: House) {
    let cast = Cast::of(&house).await;
    for _ in 0..5 {
        cast.report(&[]).await;
    }
    house.it_is("2024-08-27T16:00:00Z");
    let clocks = (0..4).map(|_| {
        let app = house.app.clone();
        tokio::spawn(async move { tickets::wake_due(&app).await.unwrap() })
    });
    let mut woken = 0;
    for clock in clocks.collect::<Vec<_>>() {
        woken += clock.await.unwrap();
    }
    // Nobody contacted anybody either, but the answer is the later deadline and says it all.
    assert_eq!(woken, 5);
    assert_eq!(house.count("select count(*) as n from tickets_whistles").await, 5);
    assert_eq!(house.count("select count(*) as n from tickets_steps where step = 'late'").await, 5);
    let events = "select count(*) as n from store_audit where event = 'tickets.stepped'";
    assert_eq!(house.count(events).await, 5);
}

// covers: SC-063, SC-064
async fn the_first_level_whistles_and_the_neighborhood_reports_in(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("category", "fire_lane"), ("body", "消防通道被私家车长期占用")]).await;
    let ticket = cast.ticket(&house).await;
    let before = house.rows().await;
    assert_eq!(act(&cast.street, ticket, "blow", &[("words", "越级")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["messages_messages", "store_security_log"]);
    let due = house.count("select answer_by as n from tickets_tickets").await;
    let blown = act(&cast.branch, ticket, "blow", &[("words", "多次劝阻无效，请社区协调")]).await;
    assert_eq!(blown.status, StatusCode::SEE_OTHER, "{}", blown.body);
    // Whoever whistles keeps the deadline they were given.
    assert_eq!(house.count("select answer_by as n from tickets_tickets").await, due);
    // The company could blow the second level too, and finds it blown.
    assert_eq!(act(&cast.company, ticket, "blow", &[("words", "同请")]).await.status, StatusCode::FORBIDDEN);
    let list = cast.neighborhood.get("/tickets").await.body;
    assert!(list.contains("等待本单位报到") && list.contains("多次劝阻无效"), "{list}");
    let whistle = house.count("select id as n from tickets_whistles").await;
    let path = format!("/tickets/whistles/{whistle}");
    assert_eq!(cast.street.submit(&format!("{path}/report-in"), &[]).await.status, StatusCode::FORBIDDEN);
    let early = cast.branch.submit(&format!("{path}/rate"), &[("score", "5")]).await;
    assert!(early.body.contains("请先报到"));
    assert_eq!(
        cast.neighborhood.submit(&format!("{path}/report-in"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(cast.neighborhood.submit(&format!("{path}/report-in"), &[]).await.body.contains("已经报到"));
    // Who blew it rates who came, and none of the others who might have.
    for other in [&cast.committee, &cast.company] {
        let page = other.get(&format!("/tickets/{ticket}")).await.body;
        assert!(!page.contains("的报到打分"), "{page}");
        let before = house.rows().await;
        let refused = other.submit(&format!("{path}/rate"), &[("score", "1")]).await;
        assert!(refused.body.contains("报到由吹哨的单位评价"), "{}", refused.body);
        assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    }
    assert!(cast.branch.get(&format!("/tickets/{ticket}")).await.body.contains("的报到打分"));
    assert_eq!(
        cast.branch.submit(&format!("{path}/rate"), &[("score", "4")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(
        cast.neighborhood.submit(&format!("{path}/rate"), &[("score", "5")]).await.status,
        StatusCode::SEE_OTHER
    );
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("对报到：4分，对吹哨：5分"), "{page}");
    // Who came may answer.
    act(&cast.neighborhood, ticket, "accept", &[("words", "已到现场")]).await;
    let answered = act(&cast.neighborhood, ticket, "answer", &[("words", "车辆已移走，划线")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert_eq!(stage(&house, ticket).await, "answered");
}

async fn an_answer_nobody_rates_closes_by_itself(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
    house.it_is("2024-08-27T15:59:59Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 0);
    house.it_is("2024-08-27T16:00:00Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 1);
    assert_eq!(stage(&house, ticket).await, "closed");
    assert!(
        cast.resident
            .get(&format!("/tickets/track/{code}"))
            .await
            .body
            .contains("答复后无人评价，按约定办结")
    );
    // What nobody said is counted neither as solved nor as unsolved.
    assert_eq!(house.count("select count(*) as n from tickets_tickets where solved is null").await, 1);
}

async fn a_danger_runs_through_the_night(house: House) {
    let cast = Cast::of(&house).await;
    house.it_is("2024-09-15T14:00:00Z");
    cast.report(&[("category", "elevator_trapped"), ("body", "电梯里有人被困")]).await;
    let due = house.count("select answer_by as n from tickets_tickets").await;
    assert_eq!(jiff::Timestamp::from_microsecond(due).unwrap().to_string(), "2024-09-15T16:00:00Z");
    // Nobody chooses their own clock: neither the public nor the company.
    cast.report(&[("urgency", "danger")]).await;
    let ordinary = "select count(*) as n from tickets_tickets where urgency = 'ordinary'";
    assert_eq!(house.count(ordinary).await, 1);
}
