//! Messages, phones and calendars, on both stores.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

use std::sync::Arc;

use app::{Due, Gateway, Template};
use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use messages::{Note, Post};
use store::Kind;
use testkit::{House, on_both_stores};

on_both_stores!(crate::house;
    a_message_is_told_once_and_read_once_by_whoever_holds_the_post,
    a_page_goes_on_where_the_last_one_ended,
    a_phone_is_kept_sealed_and_only_where_a_carrier_is,
    a_calendar_is_read_by_its_address_until_the_post_or_the_address_ends,
    a_carrier_reports_what_became_of_a_message_and_nobody_else,
);

fn house(kind: Kind) -> House {
    let migrations =
        [store::MIGRATIONS, files::MIGRATIONS, jobs::MIGRATIONS, accounts::MIGRATIONS, messages::MIGRATIONS]
            .concat();
    House::new(kind, &migrations, |_| messages::routes())
}

/// A thing of county 5.
const THING: i64 = (5 << 48) | 77;

fn note(n: i64) -> Note {
    Note {
        subject: THING + n,
        mark: "filed".to_owned(),
        title: format!("第{n}件"),
        href: format!("/things/{n}"),
        urgent: true,
    }
}

async fn told(house: &House, n: i64) {
    let street = Post::new(Role::Subdistrict, Scope::Subdistrict(51));
    house.given(move |tx| messages::tell(tx, &note(n), &[street])).await;
}

async fn a_message_is_told_once_and_read_once_by_whoever_holds_the_post(house: House) {
    let one = house.as_somebody("甲", Role::Subdistrict, Scope::Subdistrict(51)).await;
    let other = house.as_somebody("乙", Role::Subdistrict, Scope::Subdistrict(51)).await;
    let cousin = house.as_somebody("丙", Role::Subdistrict, Scope::Subdistrict(52)).await;
    assert!(one.get("/messages").await.body.contains("还没有消息"));
    told(&house, 1).await;
    told(&house, 1).await;
    assert_eq!(house.count("select count(*) as n from messages_messages").await, 1);
    let unread = house
        .given(|tx| {
            let hat = kernel::Hat { grant: 0, role: Role::Subdistrict, scope: Scope::Subdistrict(51) };
            messages::unread(tx, &kernel::Actor { user: 1.into(), hat })
        })
        .await;
    assert_eq!(unread, 1);
    assert!(!cousin.get("/messages").await.body.contains("第1件"));
    let (subject, mark) = ((THING + 1).to_string(), "filed");
    let form = [("subject", subject.as_str()), ("mark", mark)];
    assert_eq!(cousin.submit("/messages/open", &form).await.status, StatusCode::NOT_FOUND);
    let opened = one.submit("/messages/open", &form).await;
    assert_eq!(opened.location.as_deref(), Some("/things/1"));
    let seen = other.get("/messages").await.body;
    assert!(seen.contains("已读：甲 2024-08-20 09:00"), "{seen}");
    // The first to read it stays the one who did.
    other.submit("/messages/open", &form).await;
    assert!(other.get("/messages").await.body.contains("已读：甲"));
    assert_eq!(house.as_stranger().get("/messages").await.status, StatusCode::SEE_OTHER);
}

async fn a_page_goes_on_where_the_last_one_ended(house: House) {
    let one = house.as_somebody("甲", Role::Subdistrict, Scope::Subdistrict(51)).await;
    for n in 1..=60 {
        told(&house, n).await;
    }
    let first = one.get("/messages").await.body;
    assert!(first.contains(">第60件<") && first.contains(">第11件<") && !first.contains(">第10件<"));
    let next = first.split("href=\"/messages?after=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let second = one.get(&format!("/messages?after={next}")).await.body;
    assert!(second.contains(">第10件<") && second.contains(">第1件<") && !second.contains(">第11件<"));
    // What came after the page was shown stays unread.
    let until = first.split("name=\"until\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    house.it_is("2024-08-20T01:05:00Z");
    told(&house, 61).await;
    one.submit("/messages/open-all", &[("until", until.as_str())]).await;
    assert_eq!(house.count("select count(*) as n from messages_messages where read_at is null").await, 1);
}

async fn a_phone_is_kept_sealed_and_only_where_a_carrier_is(mut house: House) {
    let one = house.as_somebody("甲", Role::Subdistrict, Scope::Subdistrict(51)).await;
    let wrong = one.submit("/messages/settings/phone", &[("phone", "0564-8621234")]).await;
    assert!(wrong.body.contains("请填写11位手机号") && wrong.body.contains("0564-8621234"), "{}", wrong.body);
    one.submit("/messages/settings/phone", &[("phone", "138 0013 8000")]).await;
    assert!(one.get("/messages/settings").await.body.contains("现在发到 138****8000"));
    let rows = house.rows().await;
    assert!(!rows.iter().any(|it| it.1.contains("13800138000")), "a number lies open");
    told(&house, 1).await;
    house.app.gateway = Arc::new(Gateway::None);
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    let texts = house.given(|tx| Ok(messages::texts(tx, THING + 1)?)).await;
    assert_eq!((texts[0].state.label(), texts[0].said.as_str()), ("失败", "没有接通短信，没有发出"));

    let owner = house.as_somebody("业主", Role::Owner, Scope::Nothing).await;
    let before = house.rows().await;
    assert_eq!(owner.get("/messages/settings").await.status, StatusCode::FORBIDDEN);
    let refused = owner.submit("/messages/settings/phone", &[("phone", "13800138000")]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

// The agenda of a test house: one thing, for whoever works in county 5.
fn agenda(_app: &app::App, tx: &mut store::Tx<'_>) -> Result<Vec<Due>, kernel::Problem> {
    let here = tx.ctx.actor.hat.scope == Scope::County(Tenant::from_number(5));
    let due = Due::on(jiff::civil::date(2024, 8, 23), "推荐截止", "/campaigns/7");
    Ok(if here { vec![due] } else { vec![] })
}

async fn a_calendar_is_read_by_its_address_until_the_post_or_the_address_ends(house: House) {
    let mut app = house.app.clone();
    app.agendas = Arc::new(vec![agenda]);
    let router = messages::routes().merge(accounts::routes(&app)).with_state(app.clone());
    let one = house.as_somebody("县局", Role::CountyBureau, Scope::County(Tenant::from_number(5))).await;
    let read = |path: String| {
        let router = router.clone();
        async move {
            let request = axum::http::Request::get(path).header("host", "jia.example");
            let answer = tower::ServiceExt::oneshot(router, request.body(axum::body::Body::empty()).unwrap());
            let answer = answer.await.unwrap();
            let status = answer.status();
            let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            (status, String::from_utf8(bytes.to_vec()).unwrap())
        }
    };
    let path_in = |page: &str| {
        let at = page.split("/messages/calendars/").nth(1).unwrap().split('<').next().unwrap().to_owned();
        format!("/messages/calendars/{at}")
    };
    let made = one.submit("/messages/settings/feed", &[]).await.body;
    let first = path_in(&made);
    let (status, calendar) = read(first.clone()).await;
    assert_eq!(status, StatusCode::OK);
    assert!(calendar.contains("SUMMARY:推荐截止") && calendar.contains("http://jia.example/campaigns/7"));
    assert!(!one.get("/messages/settings").await.body.contains("/messages/calendars/"), "shown once");
    // A new address ends the old one; ending it ends both.
    let second = path_in(&one.submit("/messages/settings/feed", &[]).await.body);
    assert_eq!(read(first).await.0, StatusCode::NOT_FOUND);
    assert_eq!(read(second.clone()).await.0, StatusCode::OK);
    house
        .given(|tx| {
            Ok(tx.given("update accounts_grants set valid_until = '2024-08-19', valid_from = '2024-01-01'")?)
        })
        .await;
    assert_eq!(read(second.clone()).await.0, StatusCode::NOT_FOUND, "the post has ended");
    house.given(|tx| Ok(tx.given("update accounts_grants set valid_until = null")?)).await;
    one.submit("/messages/settings/feed/end", &[]).await;
    assert_eq!(read(second).await.0, StatusCode::NOT_FOUND);
}

async fn a_carrier_reports_what_became_of_a_message_and_nobody_else(mut house: House) {
    let one = house.as_somebody("甲", Role::Subdistrict, Scope::Subdistrict(51)).await;
    one.submit("/messages/settings/phone", &[("phone", "13800138000")]).await;
    told(&house, 1).await;
    jobs::deliver_due(&house.app, messages::SENDERS).await.unwrap();
    let id = house.count("select id as n from messages_texts").await;
    house.app.gateway = Arc::new(Gateway::Http(Box::new(Template {
        url: "https://carrier.example/sms".to_owned(),
        headers: [].into(),
        body: "{id}{phone}{text}".to_owned(),
        receipt_key: "carrier-key".to_owned(),
        success: String::new(),
    })));
    let router = messages::routes().with_state(house.app.clone());
    let report = |key: &'static str, body: String| {
        let router = router.clone();
        async move {
            let request = axum::http::Request::post("/api/v1/messages/receipts")
                .header("content-type", "application/json")
                .header("authorization", format!("Bearer {key}"));
            let answer =
                tower::ServiceExt::oneshot(router, request.body(axum::body::Body::from(body)).unwrap());
            answer.await.unwrap().status()
        }
    };
    let words =
        |delivered: bool| format!(r#"{{"id":"{id}","delivered":{delivered},"words":"空号13800138000"}}"#);
    let before = house.rows().await;
    assert_eq!(report("wrong", words(true)).await, StatusCode::UNAUTHORIZED);
    assert_eq!(report("", words(true)).await, StatusCode::UNAUTHORIZED);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(report("carrier-key", words(false)).await, StatusCode::NO_CONTENT);
    let failed = stands(&house).await;
    assert_eq!(failed[0].0, "失败");
    assert!(!failed[0].1.contains("13800138000"), "{failed:?}");
    assert_eq!(report("carrier-key", words(true)).await, StatusCode::NO_CONTENT);
    assert_eq!(stands(&house).await[0].0, "已送达");
    // What was delivered stays so.
    assert_eq!(report("carrier-key", words(false)).await, StatusCode::NOT_FOUND);
    assert_eq!(stands(&house).await[0].0, "已送达");
}

/// How the short messages about the first thing stand.
async fn stands(house: &House) -> Vec<(&'static str, String)> {
    let texts = house.given(|tx| Ok(messages::texts(tx, THING + 1)?)).await;
    texts.into_iter().map(|it| (it.state.label(), it.said)).collect()
}
