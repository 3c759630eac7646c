//! What cases become in the registers: a finding once it was looked into, and a year's complaints counted for everybody.

use axum::http::StatusCode;
use kernel::Ratio;
use registry::{communities, records};
use rules::Value;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    a_confirmed_case_is_a_finding_of_its_community_once,
    only_what_the_register_knows_is_confirmed_by_those_who_looked,
    a_years_complaints_are_entered_for_every_community_once_a_day,
    residents_read_who_is_named_for_their_troubles_and_where_the_windows_are,
);

async fn fact(house: &House, community: i64, name: &'static str) -> Option<Value> {
    house
        .given(move |tx| {
            let community = communities::load(tx, community.into())?;
            let today = tx.ctx.today();
            Ok(records::facts_of(tx, &community, today)?.0.get(name))
        })
        .await
}

fn number(it: i128) -> Option<Value> {
    Some(Value::Number(Ratio::whole(it)))
}

const FIRE_LANE: [(&str, &str); 2] = [("category", "fire_lane"), ("body", "消防通道被私家车占用")];

// covers: SC-068, LA-033
async fn a_confirmed_case_is_a_finding_of_its_community_once(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&FIRE_LANE).await;
    let ticket = cast.ticket(&house).await;
    assert_eq!(fact(&house, cast.community, "findings_fire_lane").await, number(0));
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("查实并记入台账（占用消防通道）"), "{page}");
    let before = house.rows().await;
    let wordless = act(&cast.street, ticket, "confirm", &[("words", " "), ("status", "open")]).await;
    assert!(wordless.body.contains("请填写说明"), "{}", wordless.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let words = [("words", "现场核查，两辆车长期停放，车主电话13900002222"), ("status", "open")];
    let open = act(&cast.street, ticket, "confirm", &[("words", "属实"), ("status", "")]).await;
    assert!(open.body.contains("请选择整改情况"), "{}", open.body);
    let done = act(&cast.street, ticket, "confirm", &words).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(fact(&house, cast.community, "findings_fire_lane").await, number(1));
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("已查实，记入查实问题台账") && page.contains("查实：现场核查"), "{page}");
    assert!(!page.contains("13900002222"), "numbers are masked before they are kept");
    // Where it came from stands with the record.
    let record = house.count("select record as n from tickets_findings").await;
    let record = cast.county.get(&format!("/registry/records/{record}")).await.body;
    assert!(
        record.contains("占用消防通道") && record.contains("诉求") && record.contains("查实"),
        "{record}"
    );
    let before = house.rows().await;
    let again = act(&cast.county, ticket, "confirm", &words).await;
    assert!(again.body.contains("这件诉求已经查实并记入台账"), "{}", again.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn only_what_the_register_knows_is_confirmed_by_those_who_looked(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&FIRE_LANE).await;
    let ticket = cast.ticket(&house).await;
    let before = house.rows().await;
    for who in [&cast.neighborhood, &cast.company, &cast.city, &cast.branch] {
        let refused = act(who, ticket, "confirm", &[("words", "属实"), ("status", "open")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(!who.get(&format!("/tickets/{ticket}")).await.body.contains("查实并记入台账"));
    }
    assert_eq!(house.changed_since(&before).await, ["messages_messages", "store_security_log"]);
    // A lamp that is out is no finding; what was merged or not ours is none either.
    cast.report(&[]).await;
    let lamp = cast.ticket(&house).await;
    let refused = act(&cast.street, lamp, "confirm", &[("words", "属实"), ("status", "open")]).await;
    assert!(refused.body.contains("不是台账中的查实问题"), "{}", refused.body);
    // Praise counts against nobody.
    cast.report(&[("category", "fire_lane"), ("kind", "praise")]).await;
    let praise = cast.ticket(&house).await;
    let refused = act(&cast.street, praise, "confirm", &[("words", "属实"), ("status", "open")]).await;
    assert!(refused.body.contains("表扬、咨询和建议不能查实为问题"), "{}", refused.body);
    let merged = act(&cast.county, ticket, "merge", &[("into", "2")]).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    let before = house.rows().await;
    let twice = cast
        .street
        .submit(&format!("/tickets/{ticket}/confirm"), &[("words", "属实"), ("status", "open")])
        .await;
    assert!(twice.body.contains("不予受理、转办、撤回或并案的诉求不能查实"), "{}", twice.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

// covers: SC-065, FX-057
async fn residents_read_who_is_named_for_their_troubles_and_where_the_windows_are(house: House) {
    let cast = Cast::of(&house).await;
    let path = format!("/registry/records/new/{}", cast.community);
    for (kind, class, title, until) in [
        ("complaint_handler", "", "社区副书记李春梅，工作日上午", ""),
        ("complaint_handler", "", "前任专人", "2024-08-01"),
        ("service_window", "all", "党群服务中心一楼3号窗口", ""),
    ] {
        let fields = [
            ("kind", kind),
            ("class", class),
            ("title", title),
            ("happened_on", "2024-07-01"),
            ("ends_on", until),
        ];
        let done = cast.neighborhood.submit(&path, &fields).await;
        assert!(done.location.is_some(), "{}", done.body);
    }
    let form = format!("/tickets/report?community={}", cast.community);
    let board = format!("/tickets/board/{}", cast.community);
    // Whoever prints it finds it from the list.
    let list = cast.neighborhood.get("/tickets").await.body;
    assert!(list.contains("href=\"/tickets/boards\""), "{list}");
    let boards = cast.neighborhood.get("/tickets/boards").await.body;
    assert!(boards.contains(&format!("/tickets/boards?community={}", cast.community)), "{boards}");
    let chosen = cast.neighborhood.get(&format!("/tickets/boards?community={}", cast.community)).await;
    assert_eq!(chosen.location.as_deref(), Some(&*board));
    assert_eq!(cast.committee.get("/tickets/boards").await.location.as_deref(), Some(&*board));
    assert_eq!(cast.city.get("/tickets/boards").await.status, 404);
    for page in [cast.resident.get(&form).await.body, cast.neighborhood.get(&board).await.body] {
        assert!(page.contains("诉求专人：社区副书记李春梅，工作日上午"), "{page}");
        assert!(page.contains("办事窗口：党群服务中心一楼3号窗口（交费、诉求、咨询）"), "{page}");
        assert!(!page.contains("前任专人"), "{page}");
    }
    // Another community has its own.
    let other = house.count("select max(id) as n from registry_communities where tenant = 1").await;
    let other = cast.resident.get(&format!("/tickets/report?community={other}")).await.body;
    assert!(!other.contains("李春梅"), "{other}");
}

// covers: LA-033, LA-050
async fn a_years_complaints_are_entered_for_every_community_once_a_day(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("kind", "complaint")]).await;
    cast.report(&[("kind", "complaint"), ("category", "fire_lane")]).await;
    cast.report(&[("kind", "praise")]).await;
    let counted = "select count(*) as n from registry_records where kind = 'complaints'";
    let there = house.count(counted).await;
    let other = house.count("select max(id) as n from registry_communities where tenant = 1").await;
    assert_ne!(other, cast.community);
    let page = cast.county.get("/tickets/rates").await.body;
    assert!(page.contains("把近12个月的投诉记入各小区台账"), "{page}");
    let before = house.rows().await;
    for who in [&cast.city, &cast.street, &cast.company] {
        assert_eq!(who.submit("/tickets/complaints", &[]).await.status, StatusCode::FORBIDDEN);
    }
    let late = cast.county.submit("/tickets/complaints", &[("until", "2024-08-21")]).await;
    assert!(late.body.contains("统计截止日期不能晚于今天"), "{}", late.body);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let done = cast.county.submit("/tickets/complaints", &[("until", "2024-08-20")]).await;
    assert_eq!(done.location.as_deref(), Some("/registry/records?kind=complaints"), "{}", done.body);
    assert_eq!(fact(&house, cast.community, "complaint_count").await, number(2));
    assert_eq!(fact(&house, other, "complaint_count").await, number(0));
    // Fewest is best, over everybody counted.
    assert_eq!(fact(&house, cast.community, "complaint_count_rank").await, number(2));
    assert_eq!(fact(&house, other, "complaint_count_rank").await, number(1));
    // Where it stands is said on its own page.
    let page = cast.county.get(&format!("/registry/communities/{}", cast.community)).await.body;
    assert!(page.contains("<dt>投诉量</dt><dd>全市第2名，有数据的共2个（前100%）</dd>"), "{page}");
    let before = house.rows().await;
    let again = cast.county.submit("/tickets/complaints", &[("until", "2024-08-20")]).await;
    assert_eq!(again.location.as_deref(), Some("/registry/records?kind=complaints"), "{}", again.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // A month before, nobody had complained.
    cast.county.submit("/tickets/complaints", &[("until", "2024-07-20")]).await;
    assert_eq!(house.count(counted).await, there + 4);
    assert_eq!(fact(&house, cast.community, "complaint_count").await, number(2));
}
