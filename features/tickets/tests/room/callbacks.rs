//! What becomes of a case goes back to the system that sent it: to an address two people listed, signed, once durable,
//! again while the other side is down, and never elsewhere.

use std::{
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Role, Scope};
use testkit::{Browser, House, on_both_stores};

use crate::{
    story::{Cast, act},
    systems::{administrator, key, message, sent},
};

on_both_stores!(crate::story::house;
    an_address_is_proposed_by_one_and_listed_by_another,
    a_step_goes_back_signed_and_once,
    a_system_whose_case_was_merged_hears_what_becomes_of_the_other,
    what_cannot_be_delivered_waits_longer_each_time_and_is_given_up,
    two_postmen_do_not_send_one_message_twice,
);

/// A system of somebody else's: answers each request with the next status, and keeps what it was sent.
struct Other {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Other {
    fn answering(status: impl Fn(usize) -> u16 + Send + 'static) -> Self {
        // A port that may be listed.
        let listener = (18000..19000).find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok()).unwrap();
        let (port, heard) = (listener.local_addr().unwrap().port(), Arc::<Mutex<Vec<String>>>::default());
        let kept = heard.clone();
        thread::spawn(move || {
            for line in listener.incoming() {
                let (mut line, mut text, mut some) = (line.unwrap(), String::new(), [0; 4096]);
                while !text.ends_with('}') {
                    let n = line.read(&mut some).unwrap();
                    text.push_str(&String::from_utf8_lossy(&some[..n]));
                }
                let n = kept.lock().unwrap().len();
                kept.lock().unwrap().push(text);
                let answer =
                    format!("HTTP/1.1 {} Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n", status(n));
                line.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { port, heard }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/callback", self.port)
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn security(house: &House) -> Browser {
    house.as_somebody("安全管理员", Role::SecurityAdministrator, Scope::Nothing).await
}

async fn proposed(house: &House, admin: &Browser, url: &str) -> i64 {
    let system = house.count("select max(id) as n from tickets_systems").await.to_string();
    let fields = [("system", system.as_str()), ("url", url), ("inside", "yes")];
    let done = admin.submit("/tickets/callbacks", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    house.count("select max(id) as n from tickets_callbacks").await
}

/// A case a hotline sent, with its address listed, and the hotline's key.
async fn listed(house: &House, other: &Other) -> (Cast, i64, String, [Browser; 2]) {
    let cast = Cast::of(house).await;
    let admin = administrator(house).await;
    let key = key(&admin, "六安12345", "12345").await;
    let callback = proposed(house, &admin, &other.url()).await;
    let security = security(house).await;
    let done = security.submit(&format!("/tickets/callbacks/{callback}/list"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    sent(house, &key, "m-1", 0, &message(&cast, "LA-2024-7")).await;
    let ticket = cast.ticket(house).await;
    (cast, ticket, key, [admin, security])
}

async fn delivered(house: &House) -> usize {
    jobs::deliver_due(&house.app, tickets::SENDERS).await.unwrap()
}

async fn an_address_is_proposed_by_one_and_listed_by_another(house: House) {
    let cast = Cast::of(&house).await;
    let (admin, security) = (administrator(&house).await, security(&house).await);
    key(&admin, "六安12345", "12345").await;
    let system = house.count("select max(id) as n from tickets_systems").await.to_string();
    let before = house.rows().await;
    for (url, told) in [
        ("", "请填写完整的网址"),
        ("http://12345.example.cn/", "网址应以 https:// 开头"),
        ("https://a:b@12345.example.cn/", "用户名或密码"),
        ("https://12345.example.cn:25/", "端口"),
    ] {
        let refused = admin.submit("/tickets/callbacks", &[("system", &system), ("url", url)]).await;
        assert!(refused.body.contains(told), "{url}: {}", refused.body);
    }
    for who in [&cast.county, &cast.city, &security] {
        let fields = [("system", system.as_str()), ("url", "https://12345.example.cn/")];
        assert_eq!(who.submit("/tickets/callbacks", &fields).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(cast.county.get("/tickets/callbacks").await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let id = proposed(&house, &admin, "http://10.1.2.3:8443/callback").await;
    let before = house.rows().await;
    // Whoever proposed it cannot list it; a second one waits until the first has ended.
    let own = admin.submit(&format!("/tickets/callbacks/{id}/list"), &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let second = [("system", system.as_str()), ("url", "https://12345.example.cn/")];
    assert!(admin.submit("/tickets/callbacks", &second).await.body.contains("已有回送地址"));
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let page = security.get("/tickets/callbacks").await.body;
    assert!(page.contains("http://10.1.2.3:8443/callback") && page.contains("待核准"), "{page}");
    let list = format!("/tickets/callbacks/{id}/list");
    assert_eq!(security.submit(&list, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(security.submit(&list, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(
        security.submit(&format!("/tickets/callbacks/{id}/end"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(admin.get("/tickets/callbacks").await.body.contains("已停用"));
}

// covers: SC-057
async fn a_system_whose_case_was_merged_hears_what_becomes_of_the_other(house: House) {
    let other = Other::answering(|_| 204);
    let (cast, sent, ..) = listed(&house, &other).await;
    cast.report(&[("phone", "13900002222")]).await;
    let kept = cast.ticket(&house).await;
    let number = house.count("select max(number) as n from tickets_tickets").await;
    let into = format!("{number:06}");
    let merged = act(&cast.street, sent, "merge", &[("into", into.as_str())]).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    act(&cast.company, kept, "accept", &[("words", "已联系")]).await;
    act(&cast.company, kept, "answer", &[("words", "已换灯")]).await;
    while delivered(&house).await != 0 {}
    let heard = other.heard();
    let kinds: Vec<&str> = ["ticket.merged", "ticket.accepted", "ticket.answered"]
        .into_iter()
        .filter(|kind| heard.iter().any(|it| it.contains(&format!("\"type\":\"{kind}\""))))
        .collect();
    assert_eq!((kinds, heard.len()), (vec!["ticket.merged", "ticket.accepted", "ticket.answered"], 3));
}

// covers: SC-057, FX-049
async fn a_step_goes_back_signed_and_once(house: House) {
    let other = Other::answering(|_| 204);
    let (cast, ticket, key, [admin, security]) = listed(&house, &other).await;
    assert_eq!(delivered(&house).await, 0);
    let done = act(&cast.company, ticket, "accept", &[("words", "已联系，明天上门")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Another's case, and what never came from the hotline, are none of its business.
    cast.report(&[]).await;
    assert_eq!((delivered(&house).await, delivered(&house).await), (1, 0));
    let heard = other.heard();
    assert_eq!(heard.len(), 1);
    let (head, body) = heard[0].split_once("\r\n\r\n").unwrap();
    let header = |name: &str| {
        let line = head.lines().find(|it| it.to_lowercase().starts_with(&format!("{name}:"))).unwrap();
        line.split_once(':').unwrap().1.trim().to_owned()
    };
    let (id, at) = (header("webhook-id"), header("webhook-timestamp"));
    let mut mac =
        Hmac::<sha2::Sha256>::new_from_slice(&STANDARD.decode(key.strip_prefix("whsec_").unwrap()).unwrap())
            .unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())));
    let told: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        (&told["type"], &told["data"]["outside"], &told["data"]["stage"]),
        (&"ticket.accepted".into(), &"LA-2024-7".into(), &"accepted".into())
    );
    assert_eq!(told["data"]["id"], ticket.to_string());
    assert!(!body.contains("13900001111") && !body.contains("周桂芳"), "{body}");
    let page = admin.get("/tickets/callbacks").await.body;
    assert!(page.contains("已送达") && page.contains("对方答复204"), "{page}");
    // An address that has ended hears nothing more, not even what was waiting.
    act(&cast.company, ticket, "answer", &[("words", "灯已更换")]).await;
    let callback = house.count("select max(id) as n from tickets_callbacks").await;
    security.submit(&format!("/tickets/callbacks/{callback}/end"), &[]).await;
    assert_eq!(delivered(&house).await, 1);
    assert_eq!(other.heard().len(), 1);
    let page = admin.get("/tickets/callbacks").await.body;
    assert!(page.contains("回送地址已停用，没有送出"), "{page}");
}

async fn what_cannot_be_delivered_waits_longer_each_time_and_is_given_up(house: House) {
    let other = Other::answering(|_| 503);
    let (cast, ticket, _, [admin, _]) = listed(&house, &other).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系，明天上门")]).await;
    assert_eq!((delivered(&house).await, delivered(&house).await), (1, 0));
    let page = admin.get("/tickets/callbacks").await.body;
    assert!(page.contains("未送达，将重送") && page.contains("对方答复503"), "{page}");
    let begun = (house.app.clock)();
    // Ten tries, some two days; after the last it is given up and stays in the list.
    let mut ids = std::collections::BTreeSet::new();
    for hours in 1..=60 {
        house.it_is(&(begun + jiff::SignedDuration::from_hours(hours)).to_string());
        delivered(&house).await;
    }
    for it in other.heard() {
        let id = it.lines().find(|it| it.to_lowercase().starts_with("webhook-id")).unwrap().to_owned();
        ids.insert(id);
    }
    assert_eq!((other.heard().len(), ids.len()), (10, 1));
    assert_eq!(house.count("select count(*) as n from jobs_messages where state = 'failed'").await, 1);
    let page = house.as_again(admin.person).await.get("/tickets/callbacks").await.body;
    assert!(page.contains("送不到"), "{page}");
}

async fn two_postmen_do_not_send_one_message_twice(house: House) {
    let other = Other::answering(|_| 200);
    let (cast, ticket, ..) = listed(&house, &other).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系，明天上门")]).await;
    act(&cast.company, ticket, "answer", &[("words", "灯已更换，请核实")]).await;
    let (one, two) = tokio::join!(delivered(&house), delivered(&house));
    assert_eq!(one + two, 2);
    assert_eq!(other.heard().len(), 2);
}
