//! What is told around a campaign: good practice, publicity, how far the counties are, and a community's own material.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    good_practice_is_told_by_those_who_did_it_and_published_by_the_owner,
    publicity_is_recorded_with_channel_link_and_day,
    progress_is_seen_from_outside_and_answered,
    every_recommended_community_has_three_sections_of_its_own,
);

const ARTICLE: &str = "每月初五在议事亭开会，物业、业委会、社区三方到场，当场定事，电话13800138000。";

// covers: LA-029
async fn good_practice_is_told_by_those_who_did_it_and_published_by_the_owner(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.apply(campaign, 0).await.to_string();
    let path = format!("/campaigns/{campaign}/practices");
    let before = house.rows().await;
    let short = [("application", application.as_str()), ("title", "议事亭"), ("body", "好")];
    let short = cast.manager.submit(&path, &short).await;
    assert!(
        short.body.contains("20至5000个字，现在1个字") && short.body.contains("议事亭"),
        "{}",
        short.body
    );
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let told = [("application", application.as_str()), ("title", "小区里的议事亭"), ("body", ARTICLE)];
    assert_eq!(cast.manager.submit(&path, &told).await.status, StatusCode::SEE_OTHER);
    let id = house.count("select max(id) as n from campaigns_practices").await;
    let (public, desk) = (format!("/campaigns/practices/{id}"), format!("/campaigns/practices/{id}/desk"));
    let anybody = house.as_stranger();
    assert_eq!(anybody.get(&public).await.status, StatusCode::NOT_FOUND);
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert!(!cousin.get(&path).await.body.contains("议事亭"));
    assert_eq!(cousin.get(&desk).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.manager.submit(&format!("{public}/publish"), &[]).await.status, StatusCode::NOT_FOUND);
    let back = [("reason", "补充成效数字")];
    assert_eq!(cast.city.submit(&format!("{public}/send-back"), &back).await.status, StatusCode::SEE_OTHER);
    assert!(cast.manager.get(&desk).await.body.contains("退回：补充成效数字"));
    let again = story::submit_version(&cast.manager, &desk, &desk, &told[1..]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(cast.city.submit(&format!("{public}/publish"), &[]).await.status, StatusCode::SEE_OTHER);
    let page = anybody.get(&public).await.body;
    assert!(page.contains("小区里的议事亭") && page.contains("138********"), "{page}");
    let of = format!("/campaigns/practices/of/{}", cast.communities[0]);
    assert!(anybody.get(&of).await.body.contains("小区里的议事亭"));
    assert!(anybody.get("/campaigns/practices").await.body.contains("小区里的议事亭"));
    assert!(anybody.get("/campaigns/posted").await.body.contains("/campaigns/practices"));
    // Under the reader's eyes it does not change.
    let late = story::submit_version(&cast.manager, &desk, &desk, &told[1..]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(cast.city.submit(&format!("{public}/send-back"), &back).await.status, StatusCode::SEE_OTHER);
    assert_eq!(anybody.get(&public).await.status, StatusCode::NOT_FOUND);
}

// covers: LA-030, BJ-019
async fn publicity_is_recorded_with_channel_link_and_day(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let (list, path) =
        (format!("/campaigns/{campaign}/practices"), format!("/campaigns/{campaign}/publications"));
    let mut told = [
        ("channel", "wechat"),
        ("medium", "城管发布"),
        ("title", "美好家园在身边"),
        ("link", "javascript:alert(1)"),
        ("published_on", "2024-08-13"),
    ];
    let before = house.rows().await;
    let wrong = cast.county.submit(&path, &told).await;
    assert!(wrong.body.contains("链接应以 https:// 或 http:// 开头"), "{}", wrong.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    told[3] = ("link", "https://example.cn/a");
    assert_eq!(cast.county.submit(&path, &told).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.manager.submit(&path, &told).await.status, StatusCode::FORBIDDEN);
    let page = cast.city.get(&list).await.body;
    assert!(page.contains("微信公众号") && page.contains("href=\"https://example.cn/a\""), "{page}");
    let id = house.count("select max(id) as n from campaigns_publications").await;
    let void = format!("/campaigns/publications/{id}/void");
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert_eq!(cousin.submit(&void, &[("reason", "x")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.county.submit(&void, &[("reason", "重复登记")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.county.submit(&void, &[("reason", "重复登记")]).await.status, StatusCode::CONFLICT);
    assert!(cast.city.get(&list).await.body.contains("已作废：重复登记"));
}

// covers: LA-028
async fn progress_is_seen_from_outside_and_answered(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    cast.apply(campaign, 0).await;
    let path = format!("/campaigns/{campaign}/progress");
    let form = [
        ("county", "1"),
        ("seen_on", "2024-08-14"),
        ("verdict", "behind"),
        ("found", "仅一个小区提交，街道尚未审核"),
        ("advice", ""),
    ];
    let before = house.rows().await;
    assert!(cast.assessors[0].submit(&path, &form).await.body.contains("判断为滞后的，请写明建议"));
    assert_eq!(cast.city.submit(&path, &form).await.status, StatusCode::FORBIDDEN);
    let changed = house.changed_since(&before).await;
    assert_eq!(changed, ["store_security_log"]);
    let form: Vec<_> = form.into_iter().take(4).chain([("advice", "街道本周内审核")]).collect();
    assert_eq!(cast.assessors[0].submit(&path, &form).await.status, StatusCode::SEE_OTHER);
    // What the house counted then stays beside it when more has come in since.
    cast.apply(campaign, 1).await;
    let page = cast.county.get(&path).await.body;
    assert!(page.contains("已提交1，已通过0，已推荐0，名额1"), "{page}");
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert!(!cousin.get(&path).await.body.contains("街道本周内审核"));
    let id = house.count("select max(id) as n from campaigns_progress").await;
    let answer = format!("/campaigns/progress/{id}/answer");
    assert_eq!(cousin.submit(&answer, &[("answer", "已经督促")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.county.submit(&answer, &[("answer", "已督促街道")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.county.submit(&answer, &[("answer", "再说一遍吧")]).await.status, StatusCode::CONFLICT);
    assert!(cast.city.get(&path).await.body.contains("县区回应：已督促街道"));
    assert_eq!(cast.manager.get(&path).await.status, StatusCode::NOT_FOUND);
}

// covers: LA-055
async fn every_recommended_community_has_three_sections_of_its_own(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    let (page, path) = (
        format!("/campaigns/applications/{application}"),
        format!("/campaigns/applications/{application}/material"),
    );
    assert!(cast.county.get(&page).await.body.contains("未写完，报送附件4时需要"));
    let all = [("section-0", "2015年建成，960户"), ("section-1", "收费率98%"), ("section-2", "议事亭")];
    let saved = story::submit_version(&cast.county, &path, &path, &all[..2]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    // Somebody who began before is told, and keeps their words.
    let late = [all[0], all[1], ("section-2", "红色驿站"), ("version", "0")];
    let late = cast.manager.submit(&path, &late).await;
    assert!(late.body.contains("别人已保存了这份材料") && late.body.contains("红色驿站"), "{}", late.body);
    let saved = story::submit_version(&cast.manager, &path, &path, &all).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(!cast.county.get(&page).await.body.contains("未写完，报送附件4时需要"));
    let view = cast.city.get(&path).await.body;
    for words in ["小区基本情况", "物业管理主要成效", "特色经验做法", "议事亭"] {
        assert!(view.contains(words), "{words}: {view}");
    }
    let paper = cast.city.get(&format!("{path}.docx")).await;
    assert_eq!((paper.status, &paper.bytes[..2]), (StatusCode::OK, &b"PK"[..]));
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert_eq!(cousin.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.street.submit(&path, &all).await.status, StatusCode::FORBIDDEN);
}
