//! Who hears of a case, where, and how honestly the page says so.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    each_step_reaches_those_it_concerns,
    the_reporter_is_written_to_when_there_is_something_to_know,
    what_is_urgent_rings_the_phone_of_whoever_asked_for_it,
);

/// The unread lines of somebody's page of messages.
async fn unread(who: &testkit::Browser) -> Vec<String> {
    let page = who.get("/messages").await.body;
    let lines = page.split("<li class=\"new\">").skip(1);
    let title =
        |it: &str| it.split("btn-link\">").nth(1).and_then(|it| it.split('<').next()).unwrap().to_owned();
    lines.map(title).collect()
}

/// Everybody opens the case, so that what comes after is news.
async fn all_read(cast: &Cast, ticket: i64) {
    for who in [&cast.county, &cast.street, &cast.neighborhood, &cast.branch, &cast.committee, &cast.company]
    {
        who.get(&format!("/tickets/{ticket}")).await;
        assert_eq!(unread(who).await, Vec::<String>::new());
    }
}

// covers: SC-062
async fn each_step_reaches_those_it_concerns(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    for who in [&cast.county, &cast.street, &cast.neighborhood, &cast.branch, &cast.committee, &cast.company]
    {
        let told = unread(who).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].starts_with("新诉求：") && told[0].ends_with("公共照明、门禁损坏（金安区-000001）"),
            "{told:?}"
        );
    }
    assert_eq!(unread(&cast.city).await, Vec::<String>::new());
    all_read(&cast, ticket).await;

    let back = [("words", "不属于物业服务范围，请派给社区")];
    assert_eq!(act(&cast.company, ticket, "give-back", &back).await.status, StatusCode::SEE_OTHER);
    assert!(unread(&cast.neighborhood).await[0].starts_with("承办单位退单，请审核："));
    assert!(unread(&cast.street).await[0].starts_with("承办单位退单，请审核："));
    assert_eq!(unread(&cast.company).await, Vec::<String>::new());

    act(&cast.street, ticket, "refuse-return", &[("words", "楼道照明由物业维护")]).await;
    assert!(unread(&cast.company).await[0].starts_with("退单未同意，请继续办理："));
    act(&cast.county, ticket, "supervise", &[("words", "三日内办结")]).await;
    assert!(unread(&cast.company).await[0].starts_with("督办："));
    // Opening a message marks what was told of the case, and leads to it.
    let form = [("subject", ticket.to_string()), ("mark", "filed".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|it| (it.0, it.1.as_str())).collect();
    let opened = cast.company.submit("/messages/open", &form).await;
    assert_eq!(opened.location.as_deref(), Some(format!("/tickets/{ticket}").as_str()));
    assert_eq!(unread(&cast.company).await, Vec::<String>::new());
    // Nobody opens what was told to another.
    let before = house.rows().await;
    assert_eq!(cast.city.submit("/messages/open", &form).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("督办：2024-08-20 09:00已读"), "{page}");
}

async fn the_reporter_is_written_to_when_there_is_something_to_know(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "灯已换好")]).await;
    // Nothing leaves before the outbox is looked through, and the page says so.
    assert_eq!(house.messages(), vec![]);
    let shown = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(shown.contains("反映人，短信：待发"), "{shown}");
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    let words = "【家园】您反映的问题（金安区-000001）已答复。请用查询码，或编号加手机后四位，在“查看进度”里查看并评价是否解决。";
    assert_eq!(house.messages(), vec![("13900001111".to_owned(), words.to_owned())]);
    let shown = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(shown.contains("反映人，短信：已交运营商（运营商已接收）"), "{shown}");
    assert!(!shown.contains("13900001111"));

    // Who left no number is written to by nobody.
    cast.report(&[("phone", ""), ("openness", "anonymous")]).await;
    let nameless = cast.ticket(&house).await;
    act(&cast.county, nameless, "decline", &[("reason", "duty"), ("words", "不归我们")]).await;
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    assert_eq!(house.messages().len(), 1);
}

async fn what_is_urgent_rings_the_phone_of_whoever_asked_for_it(house: House) {
    let cast = Cast::of(&house).await;
    let set = cast.company.submit("/messages/settings/phone", &[("phone", "13800138000")]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    assert_eq!(house.messages(), vec![], "an ordinary case rings nobody");
    act(&cast.county, ticket, "supervise", &[("words", "三日内办结")]).await;
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    let sent = house.messages();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].0, "13800138000");
    assert!(sent[0].1.starts_with("【家园】督办：") && sent[0].1.ends_with("（金安区-000001）"), "{sent:?}");
    let shown = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(shown.contains("企业138****8000，短信：已交运营商"), "{shown}");
    cast.company.submit("/messages/settings/phone/drop", &[]).await;
    act(&cast.county, ticket, "supervise", &[("words", "再次督办")]).await;
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    assert_eq!(house.messages().len(), 1);
}
