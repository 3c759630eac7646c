//! 台账数据核定: a ranking that was settled does not move when a register does.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    what_was_settled_stays_when_the_register_goes_on,
    telling_the_scores_settles_whoever_was_not,
    the_office_that_runs_it_settles_and_nobody_else,
);

async fn survey(cast: &Cast, day: &str) {
    let fields =
        [("kind", "survey"), ("title", "后来的调查"), ("happened_on", day), ("part", "90"), ("whole", "100")];
    let entered =
        cast.county.submit(&format!("/registry/records/new/{}", cast.communities[0]), &fields).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
}

async fn what_was_settled_stays_when_the_register_goes_on(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let (facts, ranking) = (format!("/campaigns/{campaign}/facts"), format!("/campaigns/{campaign}/ranking"));
    let before = cast.city.get(&ranking).await.body;
    assert!(before.contains("98.5%") && before.contains("还没有核定，排名随台账变化"), "{before}");
    let rows = house.rows().await;
    for day in ["2024-07-25", "2024-08-17", "昨天"] {
        let refused = cast.city.submit(&facts, &[("facts_on", day)]).await.body;
        assert!(refused.contains("请填写从活动开始的2024-07-26到今天（2024-08-16）之间的日期"), "{refused}");
    }
    assert!(house.changed_since(&rows).await.is_empty());
    assert_eq!(cast.city.submit(&facts, &[("facts_on", "2024-08-15")]).await.status, StatusCode::SEE_OTHER);
    let again = cast.city.submit(&facts, &[]).await.body;
    assert!(again.contains("台账数据都已核定"), "{again}");

    survey(&cast, "2024-08-15").await;
    let page = cast.city.get(&ranking).await.body;
    assert!(page.contains("98.5%") && page.contains("台账数据以2024-08-15为准"), "{page}");
    assert!(page.contains("符合") && !page.contains("未达到"), "{page}");
    let page = cast.city.get(&facts).await.body;
    assert!(page.contains("核定98.5%，现在90%"), "{page}");

    let desk = cast.county.get(&format!("/campaigns/applications/{application}")).await.body;
    assert!(desk.contains("以2024-08-15核定的数据为准"), "{desk}");

    // Anew with a reason only, and then the ranking follows.
    let one = application.to_string();
    let rows = house.rows().await;
    let wordless = cast.city.submit(&facts, &[("application", &one)]).await.body;
    assert!(wordless.contains("请写明重新核定的理由"), "{wordless}");
    let foreign = cast.city.submit(&facts, &[("application", "1"), ("reason", "更正")]).await.body;
    assert!(foreign.contains("请选择要重新核定的小区"), "{foreign}");
    assert!(house.changed_since(&rows).await.is_empty());
    let fields = [("application", one.as_str()), ("reason", "补充调查，来电13800138000")];
    assert_eq!(cast.city.submit(&facts, &fields).await.status, StatusCode::SEE_OTHER);
    let page = cast.city.get(&ranking).await.body;
    assert!(page.contains("90.0%") && page.contains("未达到“业主满意度超过95%”"), "{page}");
    let page = cast.city.get(&facts).await.body;
    assert!(page.contains("第2版：补充调查") && !page.contains("13800138000"), "{page}");
    assert_eq!(house.count("select count(*) as n from campaigns_snapshots").await, 2);
}

async fn telling_the_scores_settles_whoever_was_not(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let tell = format!("/campaigns/{campaign}/appeals/tell");
    assert_eq!(cast.city.submit(&tell, &[("days", "3")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("select count(*) as n from campaigns_snapshots").await, 1);
    survey(&cast, "2024-08-16").await;
    // The applicant was told what is counted, and still is.
    let score = cast.manager.get(&format!("/campaigns/applications/{application}/score")).await.body;
    assert!(score.contains("测评得分85.00"), "{score}");
    house.it_is("2024-09-16T01:00:00Z");
    let cast = cast.again(&house).await;
    let publish = format!("/campaigns/{campaign}/publish");
    assert_eq!(cast.city.submit(&publish, &[("days", "7")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("select count(*) as n from campaigns_snapshots").await, 1);
    assert!(cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body.contains("98.5%"));
}

async fn the_office_that_runs_it_settles_and_nobody_else(house: House) {
    let (cast, campaign, _) = story::assessed(&house).await;
    let facts = format!("/campaigns/{campaign}/facts");
    let next = house.as_somebody("邻市", Role::CityBureau, Scope::City(2)).await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let rows = house.rows().await;
    for who in [&next, &cousin, &cast.county, &cast.manager] {
        assert_eq!(who.get(&facts).await.status, StatusCode::NOT_FOUND);
        assert_eq!(who.submit(&facts, &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(cast.assessors[0].get(&facts).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.assessors[0].submit(&facts, &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&rows).await, ["store_security_log"]);
    assert_eq!(house.as_stranger().get(&facts).await.location.as_deref(), Some("/accounts/sign-in"));
}
