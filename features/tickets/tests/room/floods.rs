//! Floods of anonymous reports: they end, by device, by phone and by address, and a household behind one address goes on.

use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, code_of};

on_both_stores!(crate::story::house;
    a_sender_without_a_mark_is_counted_by_the_address,
    every_device_of_a_household_may_report_and_none_without_end,
    a_phone_number_is_not_used_for_a_flood,
    a_mark_that_is_not_ours_is_none,
    the_same_form_sent_again_is_not_counted_again,
    a_photo_that_is_none_costs_no_try,
    a_paper_is_no_photo_and_says_so,
);

const OF_DEVICE: &str = "从这台设备提交得太密；填写的内容还在本页，请过一小时";
const OF_PHONE: &str = "这个号码今天反映的已达上限";
const OF_ADDRESS: &str = "从这处网络今天提交的已达上限";

/// A browser that opened the page, and so was given a mark.
async fn device(cast: &Cast) -> Browser {
    let page = cast.resident.get(&format!("/tickets/report?community={}", cast.community)).await;
    let mark = page.cookie("jiayuan_device").unwrap();
    let again = cast.resident.with_cookie(&mark);
    assert_eq!(again.get("/tickets/report").await.cookie("jiayuan_device"), None);
    again
}

async fn tried(cast: &Cast, resident: &Browser, phone: &str) -> testkit::Answer {
    tried_with(cast, resident, &[("phone", phone)]).await
}

async fn tried_with(cast: &Cast, resident: &Browser, fields: &[(&str, &str)]) -> testkit::Answer {
    let mut cast = cast.clone();
    cast.resident = resident.clone();
    cast.try_report(fields).await
}

/// What every report says.
fn form(community: &str) -> [(&'static str, &str); 4] {
    [
        ("community", community),
        ("category", "lighting"),
        ("body", "三号楼楼道灯坏了一周"),
        ("phone", "13900001111"),
    ]
}

fn phone(n: usize) -> String {
    format!("1390000{n:04}")
}

async fn cases(house: &House) -> i64 {
    house.count("select count(*) as n from tickets_tickets").await
}

async fn a_sender_without_a_mark_is_counted_by_the_address(house: House) {
    let cast = Cast::of(&house).await;
    for n in 0..20 {
        code_of(&tried(&cast, &cast.resident, &phone(n)).await);
    }
    let refused = tried(&cast, &cast.resident, &phone(20)).await;
    assert!(
        refused.body.contains(OF_ADDRESS) && refused.body.contains("三号楼楼道灯坏了一周"),
        "{}",
        refused.body
    );
    assert_eq!(cases(&house).await, 20);
    assert_eq!(house.count("select count(*) as n from store_security_log where why = 'throttled'").await, 1);
}

async fn every_device_of_a_household_may_report_and_none_without_end(house: House) {
    let cast = Cast::of(&house).await;
    let mut filed = 0;
    for member in 0..12 {
        let device = device(&cast).await;
        for n in 0..5 {
            code_of(&tried(&cast, &device, &phone(member * 10 + n)).await);
            filed += 1;
        }
        if member == 0 {
            assert!(tried(&cast, &device, &phone(9)).await.body.contains(OF_DEVICE));
        }
    }
    // An address ends too, with whatever fresh marks.
    let late = device(&cast).await;
    assert!(tried(&cast, &late, &phone(999)).await.body.contains(OF_ADDRESS));
    assert_eq!((cases(&house).await, filed), (60, 60));
    house.it_is("2024-08-20T02:01:00Z");
    let device = device(&cast).await;
    assert!(
        tried(&cast, &device, &phone(998)).await.body.contains(OF_ADDRESS),
        "an address counts by the day"
    );
    house.it_is("2024-08-21T01:01:00Z");
    code_of(&tried(&cast, &device, &phone(998)).await);
}

async fn a_phone_number_is_not_used_for_a_flood(house: House) {
    let cast = Cast::of(&house).await;
    for _ in 0..5 {
        code_of(&tried(&cast, &device(&cast).await, "13900001111").await);
    }
    for _ in 0..5 {
        code_of(&tried(&cast, &device(&cast).await, "139 0000 1111").await);
    }
    let refused = tried(&cast, &device(&cast).await, "13900001111").await;
    assert!(refused.body.contains(OF_PHONE), "{}", refused.body);
    // Whoever is trapped is not told to wait, by whatever number and device they said so many things before.
    let device = device(&cast).await;
    for _ in 0..6 {
        let fields = [("phone", "13900001111"), ("category", "elevator_trapped")];
        code_of(&tried_with(&cast, &device, &fields).await);
    }
    // Somebody else at the same address is not shut out by it.
    code_of(&tried(&cast, &self::device(&cast).await, "13900002222").await);
    assert_eq!(cases(&house).await, 17);
}

async fn a_mark_that_is_not_ours_is_none(house: House) {
    let cast = Cast::of(&house).await;
    for n in 0..20 {
        let forged = format!("jiayuan_device={n:032x}.{:032x}", n + 1);
        code_of(&tried(&cast, &cast.resident.with_cookie(&forged), &phone(n)).await);
    }
    let forged = cast.resident.with_cookie("jiayuan_device=x.y");
    assert!(tried(&cast, &forged, &phone(20)).await.body.contains(OF_ADDRESS));
    assert_eq!(cases(&house).await, 20);
}

async fn the_same_form_sent_again_is_not_counted_again(house: House) {
    let cast = Cast::of(&house).await;
    let device = device(&cast).await;
    let community = cast.community.to_string();
    let fields = [&form(&community)[..], &[("_key", "0123456789abcdef")]].concat();
    let first = code_of(&device.upload_keyed("/tickets/report", &fields).await);
    for _ in 0..8 {
        assert_eq!(code_of(&device.upload_keyed("/tickets/report", &fields).await), first);
    }
    for n in 0..4 {
        code_of(&tried(&cast, &device, &phone(n)).await);
    }
    assert!(tried(&cast, &device, &phone(5)).await.body.contains(OF_DEVICE));
    assert_eq!(cases(&house).await, 5);
}

async fn a_photo_that_is_none_costs_no_try(house: House) {
    let cast = Cast::of(&house).await;
    let device = device(&cast).await;
    let community = cast.community.to_string();
    let fields = form(&community);
    for _ in 0..9 {
        let refused = device.upload_with("/tickets/report", &fields, "a.heic", b"ftypheic").await;
        assert!(refused.body.contains("photos-error"), "{}", refused.body);
    }
    code_of(&tried(&cast, &device, "13900001111").await);
}

async fn a_paper_is_no_photo_and_says_so(house: House) {
    let cast = Cast::of(&house).await;
    let community = cast.community.to_string();
    let fields = form(&community);
    let before = house.rows().await;
    let paper = cast.resident.upload_with("/tickets/report", &fields, "灯.pdf", b"%PDF-1.4 %%EOF").await;
    assert!(paper.body.contains("照片请用 JPG 或 PNG"), "{}", paper.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}
