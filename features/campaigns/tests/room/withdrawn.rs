//! 撤销: a campaign that was opened by mistake stays to be read, and nothing is done in it any more.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::story;

on_both_stores!(crate::story::house;
    nothing_is_done_in_a_campaign_that_was_withdrawn,
    what_waits_in_a_withdrawn_campaign_is_not_offered,
    an_upheld_appeal_does_not_open_a_withdrawn_campaign,
);

/// Who, where, what.
type Try<'a> = (&'a Browser, String, &'a [(&'a str, &'a str)]);

async fn refused(tries: &[Try<'_>]) {
    for (who, path, fields) in tries {
        let told = who.submit(path, fields).await;
        // A form that keeps what was typed is shown again; the rest is told on a page of its own.
        assert!([StatusCode::CONFLICT, StatusCode::OK].contains(&told.status), "{path}: {}", told.status);
        assert!(told.body.contains("已经撤销，不能再办理"), "{path}: {}", told.body);
    }
}

async fn nothing_is_done_in_a_campaign_that_was_withdrawn(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let page = format!("/campaigns/{campaign}");
    let withdraw = format!("{page}/withdraw");
    let next = house.as_somebody("邻市", Role::CityBureau, Scope::City(2)).await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let practice = [("application", application.to_string())];
    let practice: Vec<(&str, &str)> = practice
        .iter()
        .map(|it| (it.0, it.1.as_str()))
        .chain([
            ("title", "红色议事厅"),
            ("body", "每月第一个周六在小区党群服务站议事，事项当场答复，结果张贴在单元门口。"),
        ])
        .collect();
    let told = cast.county.submit(&format!("{page}/practices"), &practice).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let article = house.count("select id as n from campaigns_practices").await;
    let progress = [
        ("county", "1"),
        ("seen_on", "2024-08-16"),
        ("verdict", "behind"),
        ("found", "进展正常，台账齐全"),
        ("advice", "继续推进"),
    ];
    let seen = cast.assessors[0].submit(&format!("{page}/progress"), &progress).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let progress = house.count("select id as n from campaigns_progress").await;
    let rows = house.rows().await;
    let wordless = cast.city.submit(&withdraw, &[("withdrawn", " ")]).await.body;
    assert!(wordless.contains("请写明撤销的理由"), "{wordless}");
    assert_eq!(next.submit(&withdraw, &[("withdrawn", "不该")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.county.submit(&withdraw, &[("withdrawn", "不该")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&rows).await, ["store_security_log"]);
    assert_eq!(
        cast.city.submit(&withdraw, &[("withdrawn", "通知印错，来电13800138000")]).await.status,
        StatusCode::SEE_OTHER
    );

    let shown = cast.manager.get(&page).await.body;
    assert!(shown.contains("2024-08-16由主办单位撤销") && shown.contains("通知印错"), "{shown}");
    assert!(!shown.contains("13800138000"));
    let data = cast.manager.get(&format!("/api/v1{page}")).await.json();
    assert_eq!(
        (&data["withdrawn_on"], &data["withdrawn_reason"]),
        (&"2024-08-16".into(), &"通知印错，来电138********".into())
    );
    let listed = cast.manager.get("/api/v1/campaigns").await.json();
    assert_eq!(listed["campaigns"][0]["withdrawn"], true);

    let rows = house.rows().await;
    let one = format!("/campaigns/applications/{application}");
    let community = cast.communities[1].to_string();
    let decision = [("decided_on", "2024-08-14"), ("decision", "局长办公会同意")];
    let sheet = cast.sheet(&house, &cast.assessors[0]).await;
    let number = campaign.to_string();
    let again = [("title", "红色议事厅（改）"), ("body", "每月议事"), ("version", "1")];
    refused(&[
        (&cast.city, withdraw.clone(), &[("withdrawn", "再撤一次")]),
        (
            &cast.city,
            format!("{page}/extend"),
            &[("period", "apply"), ("ends_on", "2024-08-30"), ("reason", "延期")],
        ),
        (&cast.city, format!("{page}/assign"), &[]),
        (&cast.city, format!("{page}/publish"), &[("days", "7")]),
        (&cast.city, format!("{page}/facts"), &[]),
        (&cast.city, format!("{page}/appeals/tell"), &[("days", "3")]),
        (&cast.city, format!("/campaigns/sheets/{sheet}/void"), &[("campaign", &number), ("reason", "有误")]),
        (&cast.city, format!("/campaigns/practices/{article}/publish"), &[]),
        (&cast.county, format!("/campaigns/practices/{article}/desk"), &again),
        (&cast.county, format!("/campaigns/progress/{progress}/answer"), &[("answer", "已安排")]),
        (&cast.county, format!("{page}/panel"), &[]),
        (&cast.county, format!("{page}/refinement"), &[]),
        (&cast.city, format!("{page}/panel"), &[]),
        (&cast.city, format!("{page}/exclude"), &[]),
        (&cast.city, format!("{page}/awards"), &[]),
        (&cast.county, format!("{page}/publications"), &[]),
        (&cast.county, format!("{page}/sign"), &[]),
        (&cast.county, format!("{one}/recommend"), &decision),
        (&cast.county, format!("{one}/paper"), &[("paper_on", "2024-08-15")]),
        (&cast.county, format!("{one}/accept"), &[]),
        (&cast.county, format!("{one}/send-back"), &[("reason", "补充")]),
        (&cast.street, format!("{one}/review"), &[]),
        (&cast.manager, format!("{page}/applications"), &[("community", community.as_str())]),
        (
            &cast.manager,
            format!("{one}/appeals"),
            &[("subject", "item:1.1"), ("body", "东门绿地当天有施工围挡")],
        ),
        (&cast.assessors[0], format!("/campaigns/sheets/{sheet}/step-aside"), &[]),
    ])
    .await;
    assert!(house.changed_since(&rows).await.is_empty());
    // A stranger is not told that it was withdrawn: it is not there.
    let strangers: [(&Browser, String); 5] = [
        (&next, withdraw.clone()),
        (&next, format!("/campaigns/sheets/{sheet}/void")),
        (&next, format!("/campaigns/practices/{article}/publish")),
        (&cousin, format!("{one}/appeals")),
        (&cousin, format!("{one}/accept")),
    ];
    for (who, path) in strangers {
        assert_eq!(
            who.submit(&path, &[("campaign", &number), ("reason", "不该")]).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    // Whoever it was sent to, and whoever applied, is told once each.
    let told: Vec<String> = house
        .given(|tx| {
            let sql = "select role from messages_messages where title like '活动已撤销%' order by role";
            Ok(tx.all(sql, &[], |it| it.text("role"))?)
        })
        .await;
    assert_eq!(told, ["county_bureau", "county_bureau", "enterprise"]);
}

async fn what_waits_in_a_withdrawn_campaign_is_not_offered(house: House) {
    let cast = story::Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.apply(campaign, 0).await;
    let page = format!("/campaigns/applications/{application}");
    assert!(cast.street.get(&page).await.body.contains(&format!("{page}/review")));
    let reason = [("withdrawn", "选错了通知")];
    cast.city.submit(&format!("/campaigns/{campaign}/withdraw"), &reason).await;
    for who in [&cast.street, &cast.county, &cast.manager] {
        let seen = who.get(&page).await;
        assert_eq!(seen.status, StatusCode::OK);
        assert!(!seen.body.contains(&format!("action=\"{page}/")), "{}", seen.body);
    }
    let file = cast.manager.upload(&format!("{page}/files"), "现场.png", b"not a picture").await;
    assert!(file.said().contains("已经撤销"), "{}", file.said());
}

async fn an_upheld_appeal_does_not_open_a_withdrawn_campaign(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/appeals/tell"), &[("days", "3")]).await;
    let item = [("subject", "item:1.1"), ("body", "东门绿地当天有施工围挡，现已恢复，有照片")];
    let desk = format!("/campaigns/applications/{application}/appeals");
    assert_eq!(cast.manager.submit(&desk, &item).await.status, StatusCode::SEE_OTHER);
    let appeal = house.count("select id as n from campaigns_appeals").await;
    let answer = [("outcome", "upheld"), ("answer", "照片属实，请第三人评分"), ("version", "1")];
    cast.city.submit(&format!("/campaigns/appeals/{appeal}/answer"), &answer).await;
    house.it_is("2024-09-20T01:00:00Z");
    let cast = cast.again(&house).await;
    let assign = format!("/campaigns/{campaign}/assign");
    // After its days the panel goes on for what was upheld; once the campaign is withdrawn it does not.
    assert_eq!(cast.city.submit(&assign, &[]).await.status, StatusCode::SEE_OTHER);
    let reason = [("withdrawn", "通知印错")];
    cast.city.submit(&format!("/campaigns/{campaign}/withdraw"), &reason).await;
    let rows = house.rows().await;
    refused(&[(&cast.city, assign, &[])]).await;
    assert!(house.changed_since(&rows).await.is_empty());
}
