//! Where something is wrong: touched on the picture of a community, or known to a program as a position only.

use axum::http::StatusCode;
use testkit::{Answer, Browser, House, on_both_stores};

use crate::{
    story::{Cast, act, stage},
    systems::{administrator, key},
};

on_both_stores!(crate::story::house;
    a_touched_mark_says_where_and_the_case_shows_it,
    open311_finds_the_community_of_a_position,
    of_several_of_one_name_the_nearest_is_meant_and_none_of_another,
    what_came_along_is_not_for_the_company_of_an_anonymous_case,
    open311_takes_photos_and_knows_a_code_as_a_token,
);

/// A PNG of 2 by 1 pixels, as far as its header says.
fn picture() -> Vec<u8> {
    testkit::PNG.to_vec()
}

async fn version(who: &Browser, community: i64) -> String {
    let page = who.get(&format!("/registry/communities/{community}/plan")).await.body;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|it| it.split('"').next());
    version.unwrap_or_else(|| panic!("no version: {page}")).to_owned()
}

async fn placed(who: &Browser, community: i64, latitude: &str, longitude: &str) -> Answer {
    let version = version(who, community).await;
    let fields = [("latitude", latitude), ("longitude", longitude), ("version", version.as_str())];
    who.submit(&format!("/registry/communities/{community}/plan/position"), &fields).await
}

async fn a_touched_mark_says_where_and_the_case_shows_it(house: House) {
    let cast = Cast::of(&house).await;
    let (plan, report) = (
        format!("/registry/communities/{}/plan", cast.community),
        format!("/tickets/report?community={}", cast.community),
    );
    assert!(!cast.resident.get(&report).await.body.contains("点平面图"), "there is none yet");
    let version = version(&cast.company, cast.community).await;
    let sent = [("version", version.as_str())];
    let uploaded = cast.company.upload_with(&format!("{plan}/picture"), &sent, "图.png", &picture()).await;
    assert_eq!(uploaded.status, StatusCode::SEE_OTHER, "{}", uploaded.body);
    let fields =
        [("name", "3号楼"), ("spot.x", "80"), ("spot.y", "160"), ("shown_wide", "320"), ("version", "1")];
    let marked = cast.neighborhood.submit(&format!("{plan}/marks"), &fields).await;
    assert_eq!(marked.status, StatusCode::SEE_OTHER, "{}", marked.body);
    let page = cast.resident.get(&report).await.body;
    assert!(page.contains("name=\"place\" value=\"3号楼\"") && page.contains("cx=\"250\""), "{page}");
    let file = cast.resident.get(&format!("{plan}/picture")).await;
    assert_eq!((file.status, &file.bytes[1..4]), (StatusCode::OK, &b"PNG"[..]));
    // Each mark has a code of its own for its door, which fills the place in.
    let board = cast.neighborhood.get(&format!("/tickets/board/{}", cast.community)).await.body;
    assert!(board.contains("qr.svg?building=3%E5%8F%B7%E6%A5%BC"), "{board}");
    let at = format!("/tickets/board/{}/qr.svg", cast.community);
    let (whole, door) = (
        cast.resident.get(&at).await,
        cast.resident.get(&format!("{at}?building=3%E5%8F%B7%E6%A5%BC")).await,
    );
    assert!(door.status == StatusCode::OK && door.body.contains("<svg") && door.body != whole.body);
    let chosen = cast.resident.get(&format!("{report}&building=3%E5%8F%B7%E6%A5%BC")).await.body;
    assert!(chosen.contains("value=\"3号楼\"") && chosen.contains("位置：3号楼"), "{chosen}");
    cast.report(&[("building", "3号楼二层")]).await;
    let ticket = cast.ticket(&house).await;
    let case = cast.company.get(&format!("/tickets/{ticket}")).await.body;
    assert!(case.contains("在平面图上看") && case.contains("plan-mark plan-here"), "{case}");
    cast.report(&[("building", "13号楼")]).await;
    let ticket = cast.ticket(&house).await;
    assert!(!cast.company.get(&format!("/tickets/{ticket}")).await.body.contains("plan-here"));
}

/// Files in the folder of attachments.
fn lying(house: &House) -> usize {
    let below = std::fs::read_dir(house.folder().join("files")).unwrap();
    below.map(|it| std::fs::read_dir(it.unwrap().path()).unwrap().count()).sum()
}

async fn filed(house: &House, key: &str, more: &[(&str, &str)]) -> Answer {
    let usual = [("api_key", key), ("service_code", "lighting"), ("description", "三号楼楼道灯坏了")];
    let own = usual.iter().filter(|it| !more.iter().any(|one| one.0 == it.0));
    let fields: Vec<_> = own.chain(more).copied().collect();
    let body = serde_html_form::to_string(&fields).unwrap();
    let kind = "application/x-www-form-urlencoded";
    house.as_stranger().send("/open311/v2/requests.json", kind, &[], &body).await
}

async fn open311_finds_the_community_of_a_position(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    let here = [("lat", "31.4620"), ("long", "116.9440")];
    let nowhere = filed(&house, &key, &here).await;
    assert!(nowhere.body.contains("这个位置一公里内没有登记过位置的小区"), "{}", nowhere.body);
    assert_eq!(nowhere.status, StatusCode::BAD_REQUEST);
    // Both lie within a kilometre; the nearer one is meant.
    placed(&cast.county, cast.community, "31.4650", "116.9440").await;
    placed(&cast.county, cast.next_community, "31.4630", "116.9440").await;
    let made = filed(&house, &key, &here).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    let one = house.as_stranger().get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert_eq!(one[0]["address_id"], cast.next_community.to_string());
    assert_eq!((&one[0]["lat"], &one[0]["long"]), (&31.463.into(), &116.944.into()));
    assert_eq!(one[0]["media_url"], serde_json::Value::Null);
    // What came besides is read by whoever works on it, and by nobody else.
    let page = cast.county.get(&format!("/tickets/{id}")).await.body;
    assert!(page.contains("来件所带：纬度 31.4620；经度 116.9440"), "{page}");
    // A name that is none is helped by the position; one that is clear goes before it.
    let odd = [("address_string", "城南老街口"), here[0], here[1]];
    let made = filed(&house, &key, &odd).await.json();
    let id = made[0]["service_request_id"].as_str().unwrap().to_owned();
    let one = house.as_stranger().get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert_eq!(one[0]["address_id"], cast.next_community.to_string());
    let named = cast.community.to_string();
    let made = filed(&house, &key, &[("address_id", named.as_str()), here[0], here[1]]).await.json();
    let id = made[0]["service_request_id"].as_str().unwrap().to_owned();
    let one = house.as_stranger().get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert_eq!(one[0]["address_id"], named);
    // Apps of other countries ask for neither description nor phone, and write the country's number before one.
    let wordless = [("description", ""), ("address_id", named.as_str()), ("phone", "+86 139-0000-2222")];
    let made = filed(&house, &key, &wordless).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    let one = house.as_stranger().get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert!(one[0]["description"].as_str().unwrap().contains("来件没有写说明"), "{one}");
    assert_eq!(one[0]["updated_datetime"], one[0]["requested_datetime"]);
    house.it_is("2024-08-20T01:20:00Z");
    let accepted = act(&cast.company, id.parse().unwrap(), "accept", &[("words", "已联系")]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    let one = house.as_stranger().get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert_eq!(one[0]["updated_datetime"], "2024-08-20T01:20:00Z");
    // An app that found no position says 0, 0: a clear address is enough.
    let lost = [("address_id", named.as_str()), ("lat", "0"), ("long", "0")];
    assert_eq!(filed(&house, &key, &lost).await.status, StatusCode::OK);
    let before = house.rows().await;
    for wrong in [
        [("lat", "116.9440"), ("long", "31.4620")],
        [("lat", "31.4620"), ("long", "")],
        [("lat", "x"), ("long", "y")],
        [("lat", "31.5620"), ("long", "116.9440")],
    ] {
        let refused = filed(&house, &key, &wrong).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{wrong:?}: {}", refused.body);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn open311_takes_photos_and_knows_a_code_as_a_token(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    let community = cast.community.to_string();
    let fields = [
        ("api_key", key.as_str()),
        ("service_code", "lighting"),
        ("description", "三号楼楼道灯坏了"),
        ("address_id", community.as_str()),
        ("media_url", "https://photos.example/1.jpg"),
    ];
    let before = house.rows().await;
    let path = "/open311/v2/requests.json";
    let foreign = cast.resident.upload_with(path, &fields, "a.png", b"MZ\x90\0").await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST, "{}", foreign.body);
    let paper = cast.resident.upload_with(path, &fields, "a.pdf", b"%PDF-1.4 %%EOF").await;
    assert!(paper.body.contains("media 只收 JPG、PNG 照片"), "{}", paper.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // Whoever has no key leaves no file, and none of a case that is not filed.
    let mut strange = fields;
    strange[0].1 = "whsec_none";
    let mut odd = fields;
    odd[1].1 = "moon";
    for wrong in [strange, odd] {
        let refused = cast.resident.upload_with(path, &wrong, "灯.png", &picture()).await;
        assert!(refused.status.is_client_error(), "{}", refused.body);
    }
    assert!(!house.folder().join("files").exists() || lying(&house) == 0, "a refusal leaves no file");
    let made = cast.resident.upload_with(path, &fields, "灯.png", &picture()).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let told = made.json()[0]["service_notice"].as_str().unwrap().to_owned();
    let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    assert_eq!(stage(&house, id.parse().unwrap()).await, "dispatched");
    assert_eq!(house.count("select count(*) as n from files_attachments").await, 1);
    let page = cast.county.get(&format!("/tickets/{id}")).await.body;
    assert!(page.contains("照片地址 https://photos.example/1.jpg") && page.contains("/photos/"), "{page}");
    let code: String =
        told.split("查询码").nth(1).unwrap().chars().filter(|it| it.is_ascii_alphanumeric()).collect();
    let token = cast.resident.get(&format!("/open311/v2/tokens/{code}.json")).await.json();
    assert_eq!(token, serde_json::json!([{"service_request_id": id, "token": code}]));
    let track = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(!track.contains("photos.example"), "{track}");
    let xml = cast.resident.get("/open311/v2/tokens/2222222222.xml").await;
    assert_eq!(xml.status, StatusCode::NOT_FOUND);
    assert!(xml.body.contains("没有这个 token"), "{}", xml.body);
}

async fn of_several_of_one_name_the_nearest_is_meant_and_none_of_another(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    house
        .given(|tx| {
            let sql = "update registry_communities set name = '盛世花园一期' where id = (select min(id) from registry_communities)";
            tx.given(sql)?;
            let sql = "update registry_communities set name = '盛世花园二期' where id = (select max(id) from registry_communities)";
            Ok(tx.given(sql)?)
        })
        .await;
    placed(&cast.county, cast.community, "31.4650", "116.9440").await;
    placed(&cast.county, cast.next_community, "31.4630", "116.9440").await;
    let named = [("address_string", "盛世花园"), ("lat", "31.4651"), ("long", "116.9440")];
    let answer = filed(&house, &key, &named).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let id = answer.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    let one = house.as_stranger().get(&format!("/open311/v2/requests/{id}.json")).await.json();
    assert_eq!(one[0]["address_id"], cast.community.to_string());
    // The position is beside another community: which of the two is meant stays open.
    placed(&cast.county, cast.community, "31.5650", "116.9440").await;
    placed(&cast.county, cast.next_community, "31.5630", "116.9440").await;
    let before = house.rows().await;
    let answer = filed(&house, &key, &named).await;
    assert!(answer.body.contains("有几个小区相近"), "{}", answer.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn what_came_along_is_not_for_the_company_of_an_anonymous_case(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "市民随手拍", "platform").await;
    let community = cast.community.to_string();
    let said = [
        ("address_id", community.as_str()),
        ("address_string", "3号楼2单元501"),
        ("lat", "31.4620"),
        ("long", "116.9440"),
        ("attribute[openness]", "anonymous"),
    ];
    let made = filed(&house, &key, &said).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    let page = format!("/tickets/{id}");
    assert!(cast.county.get(&page).await.body.contains("3号楼2单元501"));
    let company = cast.company.get(&page).await;
    assert_eq!(company.status, StatusCode::OK);
    for secret in ["2单元501", "31.4620", "116.9440"] {
        assert!(!company.body.contains(secret), "{secret}: {}", company.body);
    }
}
