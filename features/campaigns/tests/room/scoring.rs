//! 县区自评, a sheet taken out of the count, a third assessor where two differ.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_county_scores_its_own_by_its_own_refinement_apart_from_the_citys,
    whoever_is_recommended_out_of_turn_is_told_beside_the_ranking,
    a_sheet_taken_out_is_replaced_and_counts_no_more,
    two_who_differ_widely_get_a_third,
    an_applicant_reads_the_reasons_once_the_list_is_posted,
    the_board_shows_counties_and_scores_to_the_campaigns_owner,
);

// covers: LA-053, LA-054
async fn a_county_scores_its_own_by_its_own_refinement_apart_from_the_citys(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    let county = Scope::County(Tenant::from_number(1));
    let assessor = house.as_somebody("县测评", Role::Assessor, county).await;
    let page = format!("/campaigns/{campaign}/refinement");
    let before = house.rows().await;
    let silent = cast.county.submit(&page, &[("part-1.1", "0"), ("reason", "")]).await;
    assert!(silent.body.contains("第1.1项的份数应大于0") && silent.body.contains("请写明细化的依据"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // 1.1 weighs twice its four neighbours: 20 × 2/6.
    let refined = cast.county.submit(&page, &[("part-1.1", "2"), ("reason", "局长办公会研究")]).await;
    assert_eq!(refined.status, StatusCode::SEE_OTHER, "{}", refined.body);
    assert!(cast.county.get(&page).await.body.contains("20/3"));
    let assigned = cast.county.submit(&format!("/campaigns/{campaign}/county-assign"), &[]).await;
    assert_eq!(assigned.status, StatusCode::SEE_OTHER, "{}", assigned.body);
    let sheet = cast.sheet(&house, &assessor).await;
    let path = format!("/campaigns/sheets/{sheet}");
    let mut marks = story::marks("0");
    marks[0].1 = "90".to_owned();
    let fields: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (name.as_str(), mark.as_str())).collect();
    let locked = story::submit_version(&assessor, &path, &format!("{path}/lock"), &fields).await;
    assert!(locked.location.is_some(), "{}", locked.body);
    // 90 % of 20/3.
    let ranking = cast.county.get(&format!("/campaigns/{campaign}/county-ranking")).await.body;
    assert!(ranking.contains("6.00") && ranking.contains("局长办公会研究"), "{ranking}");
    let late = cast.county.submit(&page, &[("part-1.1", "9"), ("reason", "看到分数之后")]).await;
    assert!(late.body.contains("已有锁定的自评表"), "{}", late.body);
    assert!(cast.recommend(application).await.location.is_some());
    // The county reads what its score is made of; nobody else does.
    let explained = format!("/campaigns/applications/{application}/county-score");
    let score = cast.county.get(&explained).await.body;
    assert!(score.contains("县区自评得分说明") && score.contains("测评得分6.00"), "{score}");
    assert!(score.contains("<summary>县测评</summary>"), "{score}");
    assert_eq!(cast.city.get(&explained).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.manager.get(&explained).await.status, StatusCode::NOT_FOUND);
    assert_eq!(assessor.get(&explained).await.status, StatusCode::FORBIDDEN);
    // The city starts from nothing: the county's sheet is not one of its own.
    let citys = cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body;
    assert!(citys.contains("0/0已锁定") && !citys.contains("6.00"), "{citys}");
    assert_eq!(
        cast.city.get(&format!("/campaigns/{campaign}/county-ranking")).await.status,
        StatusCode::FORBIDDEN
    );
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert!(!cousin.get(&format!("/campaigns/{campaign}/county-ranking")).await.body.contains("6.00"));
    let before = house.rows().await;
    let void = [("campaign", campaign.to_string()), ("reason", "x".to_owned())];
    let void: Vec<(&str, &str)> = void.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(cousin.submit(&format!("{path}/void"), &void).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.city.submit(&format!("{path}/void"), &void).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

async fn whoever_is_recommended_out_of_turn_is_told_beside_the_ranking(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let applications = [cast.accepted(campaign, 0).await, cast.accepted(campaign, 1).await];
    let assessor = house.as_somebody("县测评", Role::Assessor, Scope::County(Tenant::from_number(1))).await;
    cast.county.submit(&format!("/campaigns/{campaign}/county-assign"), &[]).await;
    let sheets = house
        .given(move |tx| {
            let sql = "select id, application from campaigns_sheets";
            Ok(tx.all(sql, &[], |it| Ok((it.int("id")?, it.int("application")?)))?)
        })
        .await;
    for (sheet, application) in sheets {
        let mark = if application == applications[0] { "95" } else { "60" };
        story::locked(&assessor, sheet, mark).await;
    }
    let page = format!("/campaigns/{campaign}/county-ranking");
    assert!(!cast.county.get(&page).await.body.contains("推荐与自评排名不一致"));
    assert!(cast.recommend(applications[1]).await.location.is_some());
    let ranking = cast.county.get(&page).await.body;
    assert!(ranking.contains("推荐与自评排名不一致：第1名") && ranking.contains("未推荐"), "{ranking}");
    assert_eq!(ranking.matches("已推荐</span>").count(), 1, "{ranking}");
}

async fn a_sheet_taken_out_is_replaced_and_counts_no_more(house: House) {
    let (cast, campaign, _) = story::assessed(&house).await;
    let third = house.as_somebody("测评三", Role::Assessor, Scope::City(1)).await;
    let sheet = cast.sheet(&house, &cast.assessors[1]).await;
    let void = async |reason: &str| {
        let fields = [("campaign", campaign.to_string()), ("reason", reason.to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        cast.city.submit(&format!("/campaigns/sheets/{sheet}/void"), &fields).await
    };
    let before = house.rows().await;
    assert!(void(" ").await.body.contains("请写明作废理由"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(void("到错了小区").await.status, StatusCode::SEE_OTHER);
    assert!(void("再次").await.body.contains("已作废：到错了小区"));
    let ranking = cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body;
    assert!(ranking.contains("90.00") && ranking.contains("1/1已锁定"), "{ranking}");
    assert!(cast.assessors[1].get(&format!("/campaigns/sheets/{sheet}")).await.body.contains("到错了小区"));
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    story::locked(&third, cast.sheet(&house, &third).await, "70").await;
    assert!(cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body.contains("80.00"));
}

// covers: LA-022
async fn two_who_differ_widely_get_a_third(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    cast.recommend(application).await;
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(&house).await;
    let third = house.as_somebody("测评三", Role::Assessor, Scope::City(1)).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    for (assessor, mark) in [(&cast.assessors[0], "90"), (&cast.assessors[1], "60")] {
        story::locked(assessor, cast.sheet(&house, assessor).await, mark).await;
    }
    let ranking = cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body;
    assert!(ranking.contains("差异过大，再次分配时由第三人评分：1.1"), "{ranking}");
    assert_eq!(house.count("select count(*) as n from campaigns_sheets").await, 2);
    let early = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    assert!(early.body.contains("还没有第三人评分"), "{}", early.body);
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    assert_eq!(house.count("select count(*) as n from campaigns_sheets").await, 3);
    story::locked(&third, cast.sheet(&house, &third).await, "81").await;
    // (90 + 60 + 81) / 3.
    assert!(cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body.contains("77.00"));
}

async fn an_applicant_reads_the_reasons_once_the_list_is_posted(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let path = format!("/campaigns/applications/{application}/score");
    assert_eq!(cast.manager.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.assessors[0].get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.city.get(&path).await.status, StatusCode::OK);
    cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    let told = cast.manager.get(&path).await.body;
    assert!(told.contains("85.00") && told.contains("按2份已锁定的评分表"), "{told}");
    assert!(!told.contains("测评一") && !told.contains("测评二"));
}

async fn the_board_shows_counties_and_scores_to_the_campaigns_owner(house: House) {
    let (cast, campaign, _) = story::assessed(&house).await;
    let path = format!("/campaigns/{campaign}/board");
    let page = cast.city.get(&path).await.body;
    assert!(page.contains("1个县区中1个已报送，推荐1个小区，名额1个"), "{page}");
    assert!(page.contains("1个参评小区中1个已有锁定的评分表"), "{page}");
    // 90 and 80 of 100: 85 hundredths of each item's worth, of which 1.1 has 4.
    let strip = page.split("<td>1.1</td>").nth(1).unwrap_or_default();
    assert!(
        strip.contains(r#"cx="85""#) && strip.contains(r#"aria-label="最低3.40，中位3.40，最高3.40""#),
        "{strip}"
    );
    for hat in [&cast.county, &cast.manager, &cast.assessors[0]] {
        assert!(matches!(hat.get(&path).await.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND));
    }
}
