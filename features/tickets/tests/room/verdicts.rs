//! Who has the last word about a case: the reporter, and not those who work on it or for it.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act, stage};

on_both_stores!(crate::story::house;
    what_staff_were_told_the_reporter_may_contest_once_it_is_closed,
    nobody_at_work_rates_by_a_code_and_no_key_leads_to_anothers_case,
    what_a_meeting_has_decided_ends_with_the_reporters_word,
    a_follower_reads_what_was_done_and_nothing_that_was_said,
    a_case_is_urged_again_after_some_hours,
);

async fn answered(cast: &Cast, house: &House, more: &[(&str, &str)]) -> (String, i64) {
    let code = cast.report(more).await;
    let ticket = cast.ticket(house).await;
    act(&cast.company, ticket, "accept", &[("words", "已电话联系王先生")]).await;
    act(&cast.company, ticket, "answer", &[("words", "灯已更换")]).await;
    (format!("/tickets/track/{code}"), ticket)
}

// covers: SC-060
async fn what_staff_were_told_the_reporter_may_contest_once_it_is_closed(house: House) {
    let cast = Cast::of(&house).await;
    let (track, ticket) = answered(&cast, &house, &[]).await;
    let said = [("solved", "yes"), ("satisfied", "yes"), ("words", "电话里说好了")];
    assert_eq!(act(&cast.street, ticket, "call-back", &said).await.status, StatusCode::SEE_OTHER);
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("已办结（回访）") && !page.contains("回访登记</strong>"), "asked once: {page}");
    let before = house.rows().await;
    let version = house.count("select version as n from tickets_tickets").await.to_string();
    let other = [("solved", "no"), ("satisfied", "no"), ("version", &*version)];
    let twice = cast.county.submit(&format!("/tickets/{ticket}/call-back"), &other).await;
    assert!(twice.body.contains("不能这样办理"), "{}", twice.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let page = cast.resident.get(&track).await.body;
    assert!(page.contains("觉得没有解决的") && page.contains("请您评价"), "{page}");
    let no = [("solved", "no"), ("satisfied", "no"), ("words", "没有人来过")];
    let rated = cast.resident.submit(&format!("{track}/rate"), &no).await;
    assert!(rated.said().contains("已转回重新办理"), "{}", rated.said());
    assert_eq!(stage(&house, ticket).await, "accepted");
    assert_eq!(house.count("select count(*) as n from tickets_tickets where solved = 'no'").await, 1);
}

async fn nobody_at_work_rates_by_a_code_and_no_key_leads_to_anothers_case(house: House) {
    let cast = Cast::of(&house).await;
    let (track, _) = answered(&cast, &house, &[]).await;
    let yes = [("solved", "yes"), ("satisfied", "yes")];
    let before = house.rows().await;
    for who in [&cast.company, &cast.neighborhood, &cast.county] {
        let rated = who.submit(&format!("{track}/rate"), &yes).await;
        assert!(rated.body.contains("评价和申请复核由反映人自己提出"), "{}", rated.body);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // A company files for somebody, and sends the same key to the residents' door: it is led to no code.
    let community = cast.community.to_string();
    let fields = [
        ("community", &*community),
        ("category", "leak"),
        ("body", "屋顶漏水两处"),
        ("phone", "13900002222"),
    ];
    let filed = cast.company.submit_keyed("/tickets/new", &fields, "chosen-by-the-company").await;
    assert!(filed.location.is_some(), "{}", filed.body);
    let ticket = cast.ticket(&house).await;
    let again = cast.company.submit_keyed("/tickets/report", &fields, "chosen-by-the-company").await;
    let to = again.location.unwrap_or_else(|| panic!("{}", again.body));
    let code =
        to.strip_prefix("/tickets/track/").unwrap_or_else(|| panic!("{to}")).split('?').next().unwrap();
    let found = cast.resident.get(&format!("/tickets/track/{code}")).await;
    assert_eq!(found.status, StatusCode::NOT_FOUND, "{}", found.body);
    assert_eq!(house.count("select count(*) as n from tickets_tickets").await, 2, "and files nothing");
    assert_eq!(stage(&house, ticket).await, "dispatched");
}

// covers: SC-016
async fn what_a_meeting_has_decided_ends_with_the_reporters_word(house: House) {
    let cast = Cast::of(&house).await;
    let (track, ticket) = answered(&cast, &house, &[]).await;
    let no = [("solved", "no"), ("satisfied", "no")];
    let again = async || {
        act(&cast.company, ticket, "answer", &[("words", "再次处理")]).await;
        cast.resident.submit(&format!("{track}/rate"), &no).await.said()
    };
    let level = "select level as n from tickets_tickets";
    // Once again, then a level each time until the agenda, which keeps it.
    assert!(cast.resident.submit(&format!("{track}/rate"), &no).await.said().contains("已转回"));
    for expected in [2, 3, 4, 4, 4] {
        assert!(again().await.contains("已转回重新办理"));
        assert_eq!(
            (house.count(level).await, stage(&house, ticket).await),
            (expected, "accepted".to_owned())
        );
    }
    let matter = house.count("select id as n from tickets_agenda").await;
    let version = house.count("select version as n from tickets_agenda").await.to_string();
    let decided =
        [("outcome", "goes_on"), ("due_on", "2024-08-30"), ("words", "企业负责换线"), ("version", &*version)];
    let met = cast.street.submit(&format!("/tickets/meetings/{matter}"), &decided).await;
    assert!(met.location.is_some(), "{}", met.body);
    act(&cast.company, ticket, "answer", &[("words", "已换线")]).await;
    let page = cast.resident.get(&track).await.body;
    assert!(page.contains("联席会议已研究过，只记入评价"), "{page}");
    let last = cast.resident.submit(&format!("{track}/rate"), &no).await;
    assert!(last.said().contains("评价已记入，这件诉求已办结"), "{}", last.said());
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("已办结（群众认为未解决）"), "{page}");
    assert_eq!(
        house
            .count("select count(*) as n from tickets_tickets where solved = 'no' and closed_at is not null")
            .await,
        1
    );
}

async fn a_follower_reads_what_was_done_and_nothing_that_was_said(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[("openness", "public")]).await;
    let track = format!("/tickets/track/{code}");
    let ticket = cast.ticket(&house).await;
    let followed = house.as_stranger().submit(&format!("/tickets/follow/{ticket}"), &[]).await;
    let follower = followed.location.unwrap().split('?').next().unwrap().to_owned();
    cast.resident.submit(&format!("{track}/add"), &[("words", "我家201，晚上在家")]).await;
    act(&cast.company, ticket, "accept", &[("words", "已电话联系王先生")]).await;
    act(&cast.company, ticket, "blow", &[("words", "201住户不让进门")]).await;
    act(&cast.county, ticket, "supervise", &[("words", "王先生来电催过")]).await;
    act(&cast.company, ticket, "ask-extend", &[("words", "王先生出差")]).await;
    act(&cast.street, ticket, "extend", &[("words", "等王先生回来")]).await;
    act(&cast.company, ticket, "answer", &[("words", "公共灯具已更换")]).await;
    let page = cast.resident.get(&follower).await.body;
    for words in
        ["承办单位已接单", "已吹哨到上一级", "上级已督办", "已延长办理时限", "公共灯具已更换", "等反映人评价"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    for words in ["王先生", "201", "请在下面评价", "请您评价"] {
        assert!(!page.contains(words), "{words}: {page}");
    }
    // Who reported it reads all of it.
    let own = cast.resident.get(&track).await.body;
    assert!(own.contains("已电话联系王先生") && own.contains("我家201"), "{own}");
}

async fn a_case_is_urged_again_after_some_hours(house: House) {
    let cast = Cast::of(&house).await;
    let track = format!("/tickets/track/{}", cast.report(&[]).await);
    let urge = async || cast.resident.submit(&format!("{track}/urge"), &[]).await;
    assert!(urge().await.said().contains("已催办"));
    let before = house.count("select urged as n from tickets_tickets").await;
    let soon = urge().await;
    assert!(soon.body.contains("刚催办过") && soon.location.is_none(), "{}", soon.body);
    assert_eq!(house.count("select urged as n from tickets_tickets").await, before);
    house.it_is("2024-08-20T05:00:01Z");
    assert!(urge().await.said().contains("已催办"));
}
