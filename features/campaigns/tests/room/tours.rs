//! Sheets scored without a network: each edit once, in order, and two devices never overwrite each other in silence.

use axum::http::StatusCode;
use serde_json::json;
use testkit::{Browser, House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    edits_come_home_once_and_in_their_order,
    two_devices_that_disagree_leave_the_choice_to_their_assessor,
    a_cousin_or_a_closed_sheet_takes_no_edit,
    photos_are_for_the_assessor_and_the_campaigns_owner,
    a_sheet_is_saved_while_it_is_filled_in,
);

const PHONE: &str = "0123456789abcdef0123456789abcdef";
const TABLET: &str = "fedcba9876543210fedcba9876543210";

/// The smallest picture there is: one grey dot.
const DOT: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63,
    0x68, 0, 0, 0, 0x82, 0, 0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42,
    0x60, 0x82,
];

struct Field {
    cast: Cast,
    campaign: i64,
    application: i64,
    sheet: i64,
}

/// An assessor with one open sheet.
async fn field(house: &House) -> Field {
    let cast = Cast::of(house).await;
    let campaign = cast.open_luan(house).await;
    let application = cast.accepted(campaign, 0).await;
    cast.recommend(application).await;
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    let sheet = cast.sheet(house, &cast.assessors[0]).await;
    Field { cast, campaign, application, sheet }
}

fn edit(n: i64, item: &str, seen: &str, given: &str) -> serde_json::Value {
    json!({ "n": n, "item": item, "seen": { "mark": seen, "note": "" }, "given": { "mark": given, "note": "" } })
}

async fn send(who: &Browser, sheet: i64, device: &str, edits: &[serde_json::Value]) -> serde_json::Value {
    let edits = serde_json::Value::from(edits.to_vec()).to_string();
    let path = format!("/campaigns/tour/sheets/{sheet}");
    let answer = who.submit(&path, &[("device", device), ("edits", &edits)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    answer.json()
}

async fn mark_of(who: &Browser, sheet: i64, item: &str) -> String {
    let page = who.get(&format!("/campaigns/sheets/{sheet}")).await.body;
    let field = page.split(&format!("name=\"mark-{item}\" value=\"")).nth(1).unwrap();
    field.split('"').next().unwrap().to_owned()
}

// covers: LA-022
async fn edits_come_home_once_and_in_their_order(house: House) {
    let Field { cast, sheet, .. } = field(&house).await;
    let assessor = &cast.assessors[0];
    // The third arrives first, and waits.
    let early = send(assessor, sheet, PHONE, &[edit(3, "1.1", "80", "85")]).await;
    assert_eq!(early, json!({ "taken": 0, "waiting": 1, "disputed": 0, "version": 1 }));
    assert_eq!(mark_of(assessor, sheet, "1.1").await, "");
    let rest = [edit(1, "1.1", "", "70"), edit(2, "1.1", "70", "80")];
    let home = send(assessor, sheet, PHONE, &rest).await;
    assert_eq!(home, json!({ "taken": 3, "waiting": 0, "disputed": 0, "version": 2 }));
    assert_eq!(mark_of(assessor, sheet, "1.1").await, "85");
    // The answer was lost, and the phone sends everything again.
    let again = send(assessor, sheet, PHONE, &rest).await;
    assert_eq!(again, json!({ "taken": 3, "waiting": 0, "disputed": 0, "version": 2 }));
    assert_eq!(mark_of(assessor, sheet, "1.1").await, "85");
    let tour = assessor.get(&format!("/campaigns/tour/sheets?device={PHONE}")).await.json();
    assert_eq!(tour["sheets"][0]["taken"], 3);
    assert_eq!(tour["sheets"][0]["groups"][0]["items"][0]["mark"], "85");
    let other = assessor.get(&format!("/campaigns/tour/sheets?device={TABLET}")).await.json();
    assert_eq!(other["sheets"][0]["taken"], 0);
}

async fn two_devices_that_disagree_leave_the_choice_to_their_assessor(house: House) {
    let Field { cast, sheet, .. } = field(&house).await;
    let assessor = &cast.assessors[0];
    send(assessor, sheet, PHONE, &[edit(1, "1.1", "", "70"), edit(2, "1.2", "", "60")]).await;
    let told = send(assessor, sheet, TABLET, &[edit(1, "1.1", "", "90"), edit(2, "1.2", "", "60")]).await;
    assert_eq!(told["disputed"], 1);
    let path = format!("/campaigns/sheets/{sheet}");
    let page = assessor.get(&path).await.body;
    assert!(page.contains("这里：70分；手机离线时填：90分"), "{page}");
    assert_eq!(mark_of(assessor, sheet, "1.1").await, "70");
    let marks = story::marks("70");
    let fields: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (name.as_str(), mark.as_str())).collect();
    let early = story::submit_version(assessor, &path, &format!("{path}/lock"), &fields).await;
    assert!(early.body.contains("还有1项离线评分与这里的不一致"), "{}", early.body);
    // The tablet goes on about the same item: its newest word is the one to choose from.
    send(assessor, sheet, TABLET, &[edit(3, "1.1", "90", "95")]).await;
    let settle = async |n: &str, keep: &str| {
        assessor.submit(&format!("{path}/settle"), &[("device", TABLET), ("n", n), ("keep", keep)]).await
    };
    assert_eq!(settle("1", "device").await.status, StatusCode::CONFLICT);
    assert_eq!(settle("3", "device").await.status, StatusCode::SEE_OTHER);
    assert_eq!(mark_of(assessor, sheet, "1.1").await, "95");
    assert_eq!(settle("3", "device").await.status, StatusCode::CONFLICT);
    assert!(!assessor.get(&path).await.body.contains("手机离线时填"));
    let locked = story::submit_version(assessor, &path, &format!("{path}/lock"), &fields).await;
    assert_eq!(locked.location.as_deref(), Some("/campaigns/sheets"), "{}", locked.body);
}

async fn a_cousin_or_a_closed_sheet_takes_no_edit(house: House) {
    let Field { cast, sheet, .. } = field(&house).await;
    let path = format!("/campaigns/tour/sheets/{sheet}");
    let edits = serde_json::Value::from(vec![edit(1, "1.1", "", "70")]).to_string();
    let form = [("device", PHONE), ("edits", edits.as_str())];
    let before = house.rows().await;
    for who in [&cast.assessors[1], &cast.city, &cast.county, &cast.manager] {
        assert_eq!(who.submit(&path, &form).await.status, StatusCode::NOT_FOUND);
        let choice = [("device", PHONE), ("n", "1"), ("keep", "device")];
        let settled = who.submit(&format!("/campaigns/sheets/{sheet}/settle"), &choice).await;
        assert_eq!(settled.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let unread = cast.assessors[0].submit(&path, &[("device", "x"), ("edits", "[]")]).await;
    assert!(unread.status == StatusCode::CONFLICT && unread.body.contains("手机上的评分还在"));
    let theirs = cast.assessors[1].get("/campaigns/tour/sheets?device=").await.json();
    assert_ne!(theirs["sheets"][0]["id"], json!(sheet.to_string()));
    story::locked(&cast.assessors[0], sheet, "70").await;
    let before = house.rows().await;
    let late = cast.assessors[0].submit(&path, &form).await;
    assert!(late.status == StatusCode::CONFLICT && late.body.contains("评分表已锁定"), "{}", late.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn photos_are_for_the_assessor_and_the_campaigns_owner(house: House) {
    let Field { cast, campaign, application, sheet } = field(&house).await;
    let path = format!("/campaigns/sheets/{sheet}/photos");
    let before = house.rows().await;
    for (who, item) in [(&cast.assessors[1], "1.1"), (&cast.city, "1.1"), (&cast.assessors[0], "9.9")] {
        let refused = who.upload_with(&path, &[("item", item)], "a.png", DOT).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    let program = cast.assessors[0].upload_with(&path, &[("item", "1.1")], "a.png", b"MZ\x90\0").await;
    assert_eq!(program.status, StatusCode::CONFLICT);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let sent = cast.assessors[0].upload_with(&path, &[("item", "1.1")], "a.png", DOT).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = cast.assessors[0].get(&format!("/campaigns/sheets/{sheet}")).await.body;
    let photo = page.split(&format!("{path}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(cast.assessors[0].get(&format!("{path}/{photo}")).await.status, StatusCode::OK);
    assert_eq!(cast.assessors[1].get(&format!("{path}/{photo}")).await.status, StatusCode::NOT_FOUND);
    for (assessor, mark) in [(&cast.assessors[0], "90"), (&cast.assessors[1], "80")] {
        story::locked(assessor, cast.sheet(&house, assessor).await, mark).await;
    }
    cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    let score = format!("/campaigns/applications/{application}/score");
    assert!(cast.city.get(&score).await.body.contains(&format!("{score}/photos/{photo}")));
    assert_eq!(cast.city.get(&format!("{score}/photos/{photo}")).await.status, StatusCode::OK);
    assert!(!cast.manager.get(&score).await.body.contains("现场照片"));
    assert_eq!(cast.manager.get(&format!("{score}/photos/{photo}")).await.status, StatusCode::NOT_FOUND);
    let gone = cast.assessors[0].submit(&format!("{path}/{photo}/take-away"), &[]).await;
    assert!(gone.body.contains("评分表已锁定"), "{}", gone.body);
}

async fn a_sheet_is_saved_while_it_is_filled_in(house: House) {
    let Field { cast, sheet, .. } = field(&house).await;
    let assessor = &cast.assessors[0];
    let path = format!("/campaigns/sheets/{sheet}");
    let saved = story::submit_version(assessor, &path, &format!("{path}/draft"), &[("mark-1.1", "70")]).await;
    assert_eq!(saved.json(), json!({ "said": "已自动保存", "version": 2 }));
    assert_eq!(mark_of(assessor, sheet, "1.1").await, "70");
    let wrong =
        story::submit_version(assessor, &path, &format!("{path}/draft"), &[("mark-1.1", "170")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.json()["errors"][0]["message"], "第1.1项的分数应在0到100之间");
}
