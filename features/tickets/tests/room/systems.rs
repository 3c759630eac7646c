//! Other systems at the door: keys, signed messages, and Open311 as a client that knows only the specification asks.

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Role, Scope};
use testkit::{Answer, Browser, House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_key_is_shown_once_and_kept_by_the_system_administrator,
    a_system_that_names_its_number_keeps_its_key_at_home,
    a_hotlines_case_comes_in_once_however_often_it_is_sent,
    a_message_that_is_old_changed_or_foreign_is_refused,
    open311_lists_services_and_their_definitions_in_both_formats,
    open311_files_a_case_that_is_found_again,
    open311_shows_public_cases_only,
    open311_says_what_is_wrong_in_the_format_that_was_asked_for,
    a_feed_tells_the_public_cases_of_a_community_and_no_others,
    a_months_bulletin_is_an_official_paper_of_the_office,
);

pub(crate) async fn administrator(house: &House) -> Browser {
    house.as_somebody("系统管理员", Role::SystemAdministrator, Scope::Nothing).await
}

/// The key of a system registered now.
pub(crate) async fn key(admin: &Browser, name: &str, channel: &str) -> String {
    let page = admin.submit("/tickets/systems", &[("name", name), ("channel", channel)]).await;
    let key = page.body.split("id=\"key\" value=\"").nth(1).and_then(|it| it.split('"').next());
    key.unwrap_or_else(|| panic!("no key: {}", page.body)).to_owned()
}

async fn a_system_that_names_its_number_keeps_its_key_at_home(house: House) {
    let cast = Cast::of(&house).await;
    let admin = administrator(&house).await;
    let key = key(&admin, "六安12345", "12345").await;
    let number = house.count("select max(id) as n from tickets_systems").await.to_string();
    assert!(admin.get("/tickets/systems").await.body.contains(&number));
    let sender = ("x-jiayuan-system", number.as_str());
    let taken = sent_as(&house, sender, &key, ("m-1", 0), &message(&cast, "A-1")).await;
    assert_eq!(taken.status, StatusCode::OK, "{}", taken.body);
    let before = house.rows().await;
    for (sender, key, words) in [
        (sender, "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH", "签名不正确"),
        (("x-jiayuan-system", "1"), key.as_str(), "系统编号不正确或已停用"),
        (("x-jiayuan-system", "x"), key.as_str(), "系统编号不正确或已停用"),
    ] {
        let refused = sent_as(&house, sender, key, ("m-2", 0), &message(&cast, "A-2")).await;
        assert!(refused.body.contains(words), "{}", refused.body);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn a_key_is_shown_once_and_kept_by_the_system_administrator(house: House) {
    let cast = Cast::of(&house).await;
    let admin = administrator(&house).await;
    let before = house.rows().await;
    let wrong = admin.submit("/tickets/systems", &[("name", ""), ("channel", "desk")]).await;
    assert!(wrong.body.contains("请填写系统名称") && wrong.body.contains("请选择渠道"), "{}", wrong.body);
    for who in [&cast.county, &cast.city] {
        assert_eq!(who.get("/tickets/systems").await.status, StatusCode::FORBIDDEN);
        let fields = [("name", "x"), ("channel", "12345")];
        assert_eq!(who.submit("/tickets/systems", &fields).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let key = key(&admin, "六安12345", "12345").await;
    assert!(!admin.get("/tickets/systems").await.body.contains(&key));
    for (table, rows) in house.rows().await {
        assert!(!rows.contains(&key), "{table} holds the key");
    }
    let id = house.count("select max(id) as n from tickets_systems").await;
    let end = format!("/tickets/systems/{id}/end");
    assert_eq!(admin.submit(&end, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(admin.submit(&end, &[]).await.status, StatusCode::CONFLICT);
    let refused = sent(&house, &key, "m-1", 0, &message(&cast, "A-1")).await;
    assert!(refused.body.contains("接入密钥不正确或已停用"), "{}", refused.body);
}

pub(crate) fn message(cast: &Cast, outside: &str) -> String {
    format!(
        r#"{{"outside":"{outside}","community":"{}","category":"lighting","body":"三号楼楼道灯坏了一周，电话13900001111","building":"3号楼","name":"周桂芳","phone":"13900001111"}}"#,
        cast.community
    )
}

/// A message signed as Standard Webhooks says, `seconds` from the house's own time.
pub(crate) async fn sent(house: &House, key: &str, id: &str, seconds: i64, body: &str) -> Answer {
    sent_as(house, ("x-jiayuan-key", key), key, (id, seconds), body).await
}

async fn sent_as(
    house: &House,
    sender: (&str, &str),
    key: &str,
    (id, seconds): (&str, i64),
    body: &str,
) -> Answer {
    let at = (house.app.clock)().as_second() + seconds;
    let decoded = key.strip_prefix("whsec_").and_then(|it| STANDARD.decode(it).ok());
    let signing = decoded.unwrap_or_else(|| key.as_bytes().to_vec());
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&signing).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    let headers = [
        sender,
        ("webhook-id", id),
        ("webhook-timestamp", &at.to_string()),
        ("webhook-signature", &signature),
    ];
    house.as_stranger().send("/api/v1/tickets/inbound", "application/json", &headers, body).await
}

async fn a_hotlines_case_comes_in_once_however_often_it_is_sent(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "六安12345", "12345").await;
    let first = sent(&house, &key, "m-1", 0, &message(&cast, "LA-2024-7")).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let first = first.json();
    assert_eq!(first["again"], false);
    let again = sent(&house, &key, "m-2", 60, &message(&cast, "LA-2024-7")).await.json();
    assert_eq!(
        (&again["id"], &again["number"], &again["again"]),
        (&first["id"], &first["number"], &true.into())
    );
    assert_eq!(house.count("select count(*) as n from tickets_tickets").await, 1);
    let other = sent(&house, &key, "m-3", 0, &message(&cast, "LA-2024-8")).await.json();
    assert_ne!(other["id"], first["id"]);
    let ticket = cast.ticket(&house).await;
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("由六安12345转来") && page.contains("139********"), "{page}");
    // By the name that only one community has, and never by a guess.
    let named = message(&cast, "LA-2024-9").replace(&cast.community.to_string(), "没有这个小区");
    let wrong = sent(&house, &key, "m-4", 0, &named).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("没有找到这个小区"), "{}", wrong.body);
}

async fn a_message_that_is_old_changed_or_foreign_is_refused(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "六安12345", "12345").await;
    let before = house.rows().await;
    let body = message(&cast, "LA-1");
    for seconds in [-301, 301] {
        let old = sent(&house, &key, "m-1", seconds, &body).await;
        assert!(old.body.contains("相差超过5分钟"), "{}", old.body);
    }
    let at = (house.app.clock)().as_second().to_string();
    let headers = [
        ("x-jiayuan-key", key.as_str()),
        ("webhook-id", "m"),
        ("webhook-timestamp", &at),
        ("webhook-signature", "v1,AAAA"),
    ];
    let forged =
        house.as_stranger().send("/api/v1/tickets/inbound", "application/json", &headers, &body).await;
    assert_eq!(
        (forged.status, &forged.json()["code"]),
        (StatusCode::UNAUTHORIZED, &"tickets.wrong_signature".into())
    );
    let foreign = sent(&house, "0123", "m-1", 0, &body).await;
    assert_eq!(foreign.json()["code"], "tickets.wrong_key");
    let broken = sent(&house, &key, "m-1", 0, "{").await;
    assert_eq!((broken.status, &broken.json()["code"]), (StatusCode::BAD_REQUEST, &"web.json".into()));
    let unknown = sent(&house, &key, "m-1", 0, r#"{"outside":"1","colour":"red"}"#).await;
    assert_eq!(unknown.json()["code"], "web.json");
    let nameless = sent(&house, &key, "m-1", 0, &message(&cast, "")).await;
    assert!(nameless.body.contains("请给出贵系统的编号"), "{}", nameless.body);
    // Several faults are told at once.
    let several = r#"{"outside":"","community":"没有这个小区","category":"不知道","body":"灯"}"#;
    let told = sent(&house, &key, "m-1", 0, several).await.json();
    let fields: Vec<&str> =
        told["errors"].as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["outside", "community", "category", "body"]);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn open311_lists_services_and_their_definitions_in_both_formats(house: House) {
    Cast::of(&house).await;
    let client = house.as_stranger();
    let services = client.get("/open311/v2/services.json").await;
    assert_eq!(services.status, StatusCode::OK, "{}", services.body);
    let all = services.json();
    let lighting = all.as_array().unwrap().iter().find(|it| it["service_code"] == "lighting").unwrap();
    assert_eq!((&lighting["type"], &lighting["metadata"]), (&"realtime".into(), &true.into()));
    let county = house
        .given(|tx| {
            let sql = "select code from registry_divisions where kind = 'county' order by code limit 1";
            Ok(tx.one(sql, &[], |it| it.text("code"))?)
        })
        .await;
    let xml = client.get(&format!("/open311/v2/services.xml?jurisdiction_id={county}")).await.body;
    assert!(
        xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?><services><service><service_code>"),
        "{xml}"
    );
    let definition = client.get("/open311/v2/services/lighting.json").await.json();
    assert_eq!(definition["attributes"][2]["code"], "openness");
    assert_eq!(definition["attributes"][2]["values"][0]["key"], "public");
    let discovery = client.get("/open311/discovery.xml").await.body;
    assert!(discovery.contains("/open311/v2</url>"), "{discovery}");
}

/// Files as a civic app does, and answers with what it got.
async fn filed(house: &House, key: &str, more: &[(&str, &str)]) -> Answer {
    let community = house.count("select min(id) as n from registry_communities").await.to_string();
    let usual = [
        ("api_key", key),
        ("service_code", "lighting"),
        ("address_id", community.as_str()),
        ("description", "三号楼楼道灯坏了"),
        ("first_name", "桂芳"),
        ("last_name", "周"),
        ("attribute[building]", "3号楼"),
    ];
    let mut fields: Vec<_> = usual.into_iter().filter(|it| !more.iter().any(|one| one.0 == it.0)).collect();
    fields.extend(more.iter().filter(|it| !it.1.is_empty()));
    let body = serde_html_form::to_string(&fields).unwrap();
    let kind = "application/x-www-form-urlencoded";
    house.as_stranger().send("/open311/v2/requests.json", kind, &[], &body).await
}

async fn open311_files_a_case_that_is_found_again(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    let made = filed(&house, &key, &[]).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    assert!(made.json()[0]["service_notice"].as_str().unwrap().contains("查询码"));
    let client = house.as_stranger();
    let one = client.get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert_eq!((&one[0]["status"], &one[0]["service_code"]), (&"open".into(), &"lighting".into()));
    assert_eq!(one[0]["address_id"], cast.community.to_string());
    let all = client.get("/open311/v2/requests.json?status=open&service_code=lighting,leak").await.json();
    assert_eq!(all.as_array().unwrap().len(), 1);
    assert_eq!(client.get("/open311/v2/requests.json?status=closed").await.json(), serde_json::json!([]));
    assert_eq!(client.get("/open311/v2/requests.json?service_code=leak").await.json(), serde_json::json!([]));
    let xml = client.get(&format!("/open311/v2/requests/{id}.xml")).await.body;
    assert!(
        xml.contains(&format!("<service_requests><request><service_request_id>{id}</service_request_id>")),
        "{xml}"
    );
    // By name too, when one community is meant.
    let name = house
        .given(|tx| {
            let sql = "select name from registry_communities order by id limit 1";
            Ok(tx.one(sql, &[], |it| it.text("name"))?)
        })
        .await;
    let named = filed(&house, &key, &[("address_id", ""), ("address_string", &name)]).await;
    assert_eq!(named.status, StatusCode::OK, "{}", named.body);
    let both = client.get("/open311/v2/requests.json").await.json();
    assert_eq!(both.as_array().unwrap().len(), 2);
    // What the address says behind the name is where in the community.
    let address = format!("{name}3号楼");
    let more = [("address_id", ""), ("address_string", address.as_str()), ("attribute[building]", "")];
    assert_eq!(filed(&house, &key, &more).await.status, StatusCode::OK);
    let placed = "select count(*) as n from tickets_tickets where building = '3号楼' and number = 3";
    assert_eq!(house.count(placed).await, 1);
    assert!(cast.county.get(&format!("/tickets/{id}")).await.body.contains("由市民随手拍转来"));
}

async fn open311_shows_public_cases_only(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    let client = house.as_stranger();
    for openness in ["private", "anonymous"] {
        let made = filed(&house, &key, &[("attribute[openness]", openness)]).await.json();
        let id = made[0]["service_request_id"].as_str().unwrap().to_owned();
        let one = client.get(&format!("/open311/v2/requests/{id}.json")).await;
        assert_eq!(one.status, StatusCode::NOT_FOUND, "{openness}");
        let asked = client.get(&format!("/open311/v2/requests.json?service_request_id={id}")).await.json();
        assert_eq!(asked, serde_json::json!([]), "{openness}");
    }
    story::code_of(&cast.try_report(&[("openness", "private")]).await);
    assert_eq!(client.get("/open311/v2/requests.json").await.json(), serde_json::json!([]));
    let open = filed(&house, &key, &[("phone", "13900001111")]).await.json();
    let id = open[0]["service_request_id"].as_str().unwrap().to_owned();
    for path in [format!("/open311/v2/requests/{id}.xml"), "/open311/v2/requests.xml".to_owned()] {
        let body = client.get(&path).await.body;
        for secret in ["13900001111", "桂芳"] {
            assert!(!body.contains(secret), "{path} tells {secret}");
        }
    }
}

/// What is sent otherwise than usual, the status that comes back, and the words.
type Case<'a> = (&'a [(&'a str, &'a str)], u16, &'a str);

async fn open311_says_what_is_wrong_in_the_format_that_was_asked_for(house: House) {
    Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    let before = house.rows().await;
    let cases: [Case<'_>; 6] = [
        (&[("api_key", "x")], 403, "接入密钥不正确"),
        (&[("service_code", "")], 400, "请给出 service_code"),
        (&[("service_code", "moon")], 404, "没有这个 service_code"),
        (&[("address_id", "")], 400, "请给出 address_id"),
        (&[("description", "灯")], 400, "请写明什么事"),
        (&[("jurisdiction_id", "110000")], 404, "没有行政区划代码为“110000”的辖区"),
    ];
    for (fields, status, words) in cases {
        let refused = filed(&house, &key, fields).await;
        assert_eq!(refused.status.as_u16(), status, "{fields:?}: {}", refused.body);
        let told = refused.json();
        assert_eq!(told[0]["code"], status);
        assert!(told[0]["description"].as_str().unwrap().contains(words), "{told}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let client = house.as_stranger();
    let xml = client.get("/open311/v2/requests.xml?status=done").await;
    assert_eq!(xml.status, StatusCode::BAD_REQUEST);
    assert!(xml.body.contains("<errors><error><code>400</code>"), "{}", xml.body);
    for missing in ["services/moon.json", "tokens/1.json", "requests/1.json", "things.json", "services"] {
        let answer = client.get(&format!("/open311/v2/{missing}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{missing}");
        assert_eq!(answer.json()[0]["code"], 404, "{missing}");
    }
}

async fn a_feed_tells_the_public_cases_of_a_community_and_no_others(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("openness", "public"), ("body", "三号楼<灯>坏了")]).await;
    cast.report(&[("openness", "private"), ("body", "我家漏水")]).await;
    let client = house.as_stranger();
    let feed = client.get(&format!("/tickets/feeds/{}.atom", cast.community)).await;
    assert_eq!(feed.status, StatusCode::OK);
    assert_eq!(feed.body.matches("<entry>").count(), 1, "{}", feed.body);
    assert!(
        feed.body.contains("三号楼&lt;灯&gt;坏了") && feed.body.contains("<updated>2024-08-20T01:00:00Z"),
        "{}",
        feed.body
    );
    for secret in ["我家漏水", "13900001111", "周桂芳", "3-201"] {
        assert!(!feed.body.contains(secret), "{secret}");
    }
    for missing in ["/tickets/feeds/7.atom", "/tickets/feeds/x.atom", "/tickets/feeds/7"] {
        assert_eq!(client.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

async fn a_months_bulletin_is_an_official_paper_of_the_office(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let path = "/tickets/rates/bulletin.docx?month=2024-08";
    let paper = cast.county.get(path).await;
    assert_eq!((paper.status, &paper.bytes[..2]), (StatusCode::OK, &b"PK"[..]));
    assert!(cast.county.get("/tickets/rates?month=2024-08").await.body.contains("下载2024年8月通报"));
    assert!(!cast.company.get("/tickets/rates?month=2024-08").await.body.contains("下载2024年8月通报"));
    assert_eq!(cast.company.get(path).await.status, StatusCode::FORBIDDEN);
    // An empty month has a bulletin too.
    assert_eq!(cast.city.get("/tickets/rates/bulletin.docx?month=2020-01").await.status, StatusCode::OK);
}
