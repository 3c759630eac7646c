//! 申诉: a score and a gate looked at again before the list is posted.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_score_is_told_appealed_against_and_given_anew_before_the_posting,
    a_gate_that_fails_may_be_appealed_against_at_once,
    nobody_else_raises_reads_or_answers,
);

const WORDS: &str = "东门绿地当天有施工围挡，现已恢复，有照片";

async fn a_score_is_told_appealed_against_and_given_anew_before_the_posting(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let desk = format!("/campaigns/applications/{application}/appeals");
    let item = [("subject", "item:1.1"), ("body", WORDS)];
    let before = house.rows().await;
    let score = format!("/campaigns/applications/{application}/score");
    assert_eq!(cast.manager.get(&score).await.status, StatusCode::FORBIDDEN);
    let early = cast.manager.submit(&desk, &item).await;
    assert!(early.body.contains("得分还没有告知"), "{}", early.body);
    let tell = format!("/campaigns/{campaign}/appeals/tell");
    assert!(cast.city.submit(&tell, &[("days", "1")]).await.body.contains("请填写2至15个工作日"));
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);

    // Friday 16 August; the third working day after it is Wednesday 21.
    assert_eq!(cast.city.submit(&tell, &[("days", "3")]).await.status, StatusCode::SEE_OTHER);
    assert!(cast.city.submit(&tell, &[("days", "3")]).await.body.contains("得分已在2024-08-16告知"));
    assert!(cast.manager.get(&score).await.body.contains("85.00"));
    let page = cast.manager.get(&desk).await.body;
    assert!(page.contains("到2024-08-21 24时为止") && page.contains("第1.1项得分"), "{page}");
    let publish = async |cast: &Cast| {
        cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await
    };
    assert!(publish(&cast).await.body.contains("申诉期到2024-08-21 24时才满"));
    let empty = cast.manager.submit(&desk, &[("subject", "item:9.9"), ("body", "短")]).await;
    assert!(empty.body.contains("请选择对哪一项") && empty.body.contains("请写明事实和理由"));
    assert_eq!(cast.manager.submit(&desk, &item).await.status, StatusCode::SEE_OTHER);
    assert!(cast.manager.submit(&desk, &item).await.body.contains("已有申诉正在核查"));

    house.it_is("2024-08-22T01:00:00Z");
    let cast = cast.again(&house).await;
    let late = cast.manager.submit(&desk, &[("subject", "item:1.2"), ("body", WORDS)]).await;
    assert!(late.body.contains("申诉期到2024-08-21 24时已满"), "{}", late.body);
    assert!(publish(&cast).await.body.contains("还有1件申诉没有答复"));
    let appeal = house.count("select id as n from campaigns_appeals").await;
    let answer = format!("/campaigns/appeals/{appeal}/answer");
    let before = house.rows().await;
    let wordless = cast.city.submit(&answer, &[("outcome", "upheld"), ("version", "1")]).await;
    assert!(wordless.body.contains("请写明核查情况"), "{}", wordless.body);
    let fields = [("outcome", "upheld"), ("answer", "照片属实，请第三人评分"), ("version", "1")];
    assert_eq!(cast.county.submit(&answer, &fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    assert_eq!(cast.city.submit(&answer, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(cast.city.submit(&answer, &fields).await.body.contains("这件申诉已经答复"));
    let unfollowed = publish(&cast).await.body;
    assert!(unfollowed.contains("已采纳的申诉还没有落实") && unfollowed.contains("第1.1项"), "{unfollowed}");

    // One sheet is taken out, a third assessor scores anew: the score rests on other sheets now.
    let third = house.as_somebody("测评三", Role::Assessor, Scope::City(1)).await;
    let sheet = cast.sheet(&house, &cast.assessors[1]).await;
    let number = campaign.to_string();
    let void = [("campaign", number.as_str()), ("reason", "申诉采纳，重新评分")];
    cast.city.submit(&format!("/campaigns/sheets/{sheet}/void"), &void).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    story::locked(&third, cast.sheet(&house, &third).await, "95").await;
    assert_eq!(publish(&cast).await.status, StatusCode::SEE_OTHER);
    assert!(cast.manager.submit(&desk, &item).await.body.contains("请在公示页面提出异议"));
    assert!(cast.manager.get(&desk).await.body.contains("答复：照片属实，请第三人评分"));
}

async fn a_gate_that_fails_may_be_appealed_against_at_once(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    let desk = format!("/campaigns/applications/{application}/appeals");
    assert!(cast.manager.get(&desk).await.body.contains("没有可以申诉的事项"));
    let survey = [
        ("kind", "survey"),
        ("title", "复核调查"),
        ("happened_on", "2024-08-10"),
        ("part", "95"),
        ("whole", "100"),
    ];
    cast.county.submit(&format!("/registry/records/new/{}", cast.communities[0]), &survey).await;
    let page = cast.manager.get(&desk).await.body;
    assert!(page.contains("未达到“业主满意度超过95%”"), "{page}");
    let code = page.split("value=\"gate:").nth(1).and_then(|it| it.split('"').next()).unwrap();
    let subject = format!("gate:{code}");
    let form = [("subject", subject.as_str()), ("body", "复核调查只问了一栋楼，电话13800138000")];
    assert_eq!(cast.manager.submit(&desk, &form).await.status, StatusCode::SEE_OTHER);
    let own = cast.county.get(&format!("/campaigns/{campaign}/appeals")).await.body;
    assert!(own.contains("核查中") && own.contains("业主满意度"), "{own}");
    let page = cast.county.get(&desk).await.body;
    assert!(page.contains("只问了一栋楼") && !page.contains("13800138000"), "{page}");
    let appeal = house.count("select id as n from campaigns_appeals").await;
    let fields = [("outcome", "upheld"), ("answer", "抽样不合要求，记录作废"), ("version", "1")];
    let answered = cast.county.submit(&format!("/campaigns/appeals/{appeal}/answer"), &fields).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert!(cast.recommend(application).await.body.contains("未达到“业主满意度超过95%”"));
    let record = house.count("select id as n from registry_records where title = '复核调查'").await;
    let path = format!("/registry/records/{record}/void");
    let voided = cast.county.submit(&path, &[("reason", "抽样不合要求")]).await;
    assert_eq!(voided.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.recommend(application).await.status, StatusCode::SEE_OTHER);
}

async fn nobody_else_raises_reads_or_answers(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/appeals/tell"), &[("days", "3")]).await;
    let desk = format!("/campaigns/applications/{application}/appeals");
    let item = [("subject", "item:1.1"), ("body", WORDS)];
    assert_eq!(cast.county.submit(&desk, &item).await.status, StatusCode::SEE_OTHER);
    let appeal = house.count("select id as n from campaigns_appeals").await;
    let answer = format!("/campaigns/appeals/{appeal}/answer");
    let fields = [("outcome", "dismissed"), ("answer", "不采纳"), ("version", "1")];
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let other = Scope::Enterprise(cast.other_enterprise);
    let rival = house.as_somebody("别的企业", Role::Enterprise, other).await;
    let before = house.rows().await;
    for stranger in [&cousin, &rival] {
        assert_eq!(stranger.get(&desk).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.submit(&desk, &item).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.submit(&answer, &fields).await.status, StatusCode::NOT_FOUND);
    }
    assert!(!cousin.get(&format!("/campaigns/{campaign}/appeals")).await.body.contains("第1.1项"));
    for hat in [&cast.assessors[0], &cast.street] {
        assert_eq!(hat.get(&desk).await.status, StatusCode::FORBIDDEN);
        assert_eq!(hat.get(&format!("/campaigns/{campaign}/appeals")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(hat.submit(&answer, &fields).await.status, StatusCode::FORBIDDEN);
    }
    // A county does not answer what it raised, nor may it tell the scores.
    assert_eq!(cast.county.submit(&answer, &fields).await.status, StatusCode::FORBIDDEN);
    let tell = cast.county.submit(&format!("/campaigns/{campaign}/appeals/tell"), &[("days", "3")]).await;
    assert_eq!(tell.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let nobody = house.as_stranger().get(&desk).await;
    assert_eq!(nobody.location.as_deref(), Some("/accounts/sign-in"));
}
