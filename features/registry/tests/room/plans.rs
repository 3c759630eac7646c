//! 平面图与位置: drawn by whoever keeps or serves a community, by nobody else, and seen by everybody.

use axum::http::StatusCode;
use kernel::{Role, Scope};
use testkit::{Browser, House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    a_plan_is_drawn_and_its_history_kept,
    nobody_else_draws_a_plan,
    the_second_who_draws_is_asked_to_look_first,
    what_is_no_place_is_said_beside_its_field,
);

async fn first(house: &House) -> i64 {
    furnish(house).await;
    house.count("select min(id) as n from registry_communities where tenant = 1").await
}

fn position<'a>(latitude: &'a str, longitude: &'a str, version: &'a str) -> [(&'a str, &'a str); 3] {
    [("latitude", latitude), ("longitude", longitude), ("version", version)]
}

fn mark<'a>(name: &'a str, x: &'a str, y: &'a str, version: &'a str) -> [(&'a str, &'a str); 5] {
    [("name", name), ("spot.x", x), ("spot.y", y), ("shown_wide", "320"), ("version", version)]
}

async fn done(who: &Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = who.submit(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.body);
}

async fn a_plan_is_drawn_and_its_history_kept(house: House) {
    let id = first(&house).await;
    let (ours, plan) = (county(&house, 1).await, format!("/registry/communities/{id}/plan"));
    assert!(ours.get(&plan).await.body.contains("还没有平面图"));
    assert_eq!(ours.get(&format!("{plan}/picture")).await.status, StatusCode::NOT_FOUND);
    done(&ours, &format!("{plan}/position"), &position("31.462", "116.944", "0")).await;
    let path = format!("{plan}/picture");
    let sent = ours.upload_with(&path, &[("version", "1")], "图.png", testkit::PNG).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    done(&ours, &format!("{plan}/marks"), &mark("东门", "160", "80", "2")).await;
    let typed = [("name", "西门"), ("across", "5"), ("down", "50"), ("version", "3")];
    done(&ours, &format!("{plan}/marks"), &typed).await;
    let page = ours.get(&plan).await.body;
    assert!(page.contains("标了2处") && page.contains("cx=\"500\"") && page.contains("cx=\"50\""), "{page}");
    assert!(page.contains("value=\"31.462000\"") && page.contains("value=\"116.944000\""), "{page}");
    // Another picture takes the place of the first; the marks stay.
    let again = ours.upload_with(&path, &[("version", "4")], "新图.png", testkit::PNG).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    done(&ours, &format!("{plan}/unmark"), &[("name", "东门"), ("version", "5")]).await;
    done(&ours, &format!("{plan}/position"), &position("", "", "6")).await;
    let page = ours.get(&plan).await.body;
    assert!(page.contains("标了1处") && !page.contains("东门</title>"), "{page}");
    assert_eq!(house.count("select count(*) as n from registry_plans where latitude is null").await, 1);
    let standing = "select count(*) as n from files_attachments where taken_at is null";
    assert_eq!(house.count(standing).await, 1);
    let history = ours.get(&format!("/registry/communities/{id}")).await.body;
    for line in ["位置：（空） → 31.462000, 116.944000", "标注：东门 → （空）", "平面图：原图 → 新图"]
    {
        assert!(history.contains(line), "{line}: {history}");
    }
}

async fn nobody_else_draws_a_plan(house: House) {
    let id = first(&house).await;
    let plan = format!("/registry/communities/{id}/plan");
    let ours = county(&house, 1).await;
    let sent =
        ours.upload_with(&format!("{plan}/picture"), &[("version", "0")], "图.png", testkit::PNG).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let committee = house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(id)).await;
    let other = house.as_somebody("别家企业", Role::Enterprise, Scope::Enterprise(99)).await;
    let cousin = county(&house, 2).await;
    let owner = house.as_somebody("业主", Role::Owner, Scope::Community(id)).await;
    let before = house.rows().await;
    for (who, status) in [
        (&cousin, StatusCode::NOT_FOUND),
        (&other, StatusCode::NOT_FOUND),
        (&committee, StatusCode::FORBIDDEN),
        (&owner, StatusCode::FORBIDDEN),
    ] {
        let verbs = [
            ("position", position("31.4", "116.9", "1").to_vec()),
            ("marks", mark("东门", "9", "9", "1").to_vec()),
            ("unmark", vec![("name", "东门"), ("version", "1")]),
        ];
        for (verb, fields) in verbs {
            assert_eq!(who.submit(&format!("{plan}/{verb}"), &fields).await.status, status, "{verb}");
        }
        let path = format!("{plan}/picture");
        let sent = who.upload_with(&path, &[("version", "1")], "a.png", testkit::PNG).await;
        assert_eq!(sent.status, status);
    }
    assert_eq!(cousin.get(&plan).await.status, StatusCode::NOT_FOUND);
    let seen = committee.get(&plan).await;
    assert!(seen.status == StatusCode::OK && !seen.body.contains("上传"), "{}", seen.body);
    // What hangs on the notice board is there for everybody.
    assert_eq!(house.as_stranger().get(&format!("{plan}/picture")).await.status, StatusCode::OK);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

async fn the_second_who_draws_is_asked_to_look_first(house: House) {
    let id = first(&house).await;
    let (ours, plan) = (county(&house, 1).await, format!("/registry/communities/{id}/plan"));
    done(&ours, &format!("{plan}/position"), &position("31.462", "116.944", "0")).await;
    let before = house.rows().await;
    for late in ["0", "2", ""] {
        let refused = ours.submit(&format!("{plan}/position"), &position("31.5", "116.9", late)).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{late}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn what_is_no_place_is_said_beside_its_field(house: House) {
    let id = first(&house).await;
    let (ours, plan) = (county(&house, 1).await, format!("/registry/communities/{id}/plan"));
    let before = house.rows().await;
    let marks = format!("{plan}/marks");
    assert_eq!(ours.submit(&marks, &mark("东门", "9", "9", "0")).await.status, StatusCode::NOT_FOUND);
    let swapped = ours.submit(&format!("{plan}/position"), &position("116.944", "31.462", "0")).await;
    assert!(
        swapped.body.contains("纬度和经度似乎填反了") && swapped.body.contains("116.944"),
        "{}",
        swapped.body
    );
    let picture = format!("{plan}/picture");
    for (bytes, said) in [
        (&b"%PDF-1.4 %%EOF"[..], "平面图请上传 JPG 或 PNG 图片"),
        (b"MZ\x90", "id=\"picture-error\""),
        (b"", "id=\"picture-error\""),
    ] {
        let refused = ours.upload_with(&picture, &[("version", "0")], "a", bytes).await;
        assert!(refused.body.contains(said), "{}", refused.body);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    ours.upload_with(&picture, &[("version", "0")], "图.png", testkit::PNG).await;
    done(&ours, &marks, &mark("东门", "160", "80", "1")).await;
    let before = house.rows().await;
    for (fields, said) in [
        (mark("", "9", "9", "2"), "请填写这处的名称"),
        (mark("东门", "9", "9", "2"), "“东门”已经标在图上"),
        (mark("西门", "0", "0", "2"), "再在图上点一下它的位置"),
        (mark("西门", "x", "9", "2"), "再在图上点一下它的位置"),
    ] {
        let refused = ours.submit(&marks, &fields).await;
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
    }
    let gone = ours.submit(&format!("{plan}/unmark"), &[("name", "南门"), ("version", "2")]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}
