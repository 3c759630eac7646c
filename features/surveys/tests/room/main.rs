//! A survey from the notice board to the register, on both stores.

use axum::http::StatusCode;
use kernel::{Ratio, Role, Scope, Tenant};
use registry::{communities, records, seeding};
use rules::Value;
use store::Kind;
use testkit::{Answer, Browser, House, on_both_stores};

on_both_stores!(crate::house;
    residents_answer_and_the_result_goes_into_the_register,
    a_household_answers_once_and_nobody_learns_what,
    few_answers_are_published_and_not_entered,
    who_is_judged_neither_asks_nor_ends,
    a_survey_that_went_wrong_is_void_for_all_to_read,
);

fn house(kind: Kind) -> House {
    let migrations = [
        store::MIGRATIONS,
        files::MIGRATIONS,
        accounts::MIGRATIONS,
        registry::MIGRATIONS,
        surveys::MIGRATIONS,
    ]
    .concat();
    House::new(kind, &migrations, |_| registry::routes().merge(surveys::routes()))
}

struct Cast {
    community: i64,
    neighborhood: Browser,
    company: Browser,
}

async fn cast(house: &House) -> Cast {
    let (community, place) = house
        .given(|tx| {
            let mut city = seeding::luan(Some(40));
            city.counties.truncate(2);
            seeding::places(tx, &city)?;
            let companies = seeding::companies(tx, &city, 2)?;
            let made = seeding::communities(tx, &city, &city.counties[0], 0..1, &companies)?;
            tx.given("delete from registry_records")?;
            let serving = i64::from(companies[0]);
            let sql =
                "update registry_communities set households = 100, enterprise = $1, service_mode = 'market'";
            tx.change(sql, &[serving.into()])?;
            Ok((i64::from(made[0]), communities::load(tx, made[0])?.place))
        })
        .await;
    let neighborhood =
        house.as_somebody("社区", Role::Neighborhood, Scope::Neighborhood(place.neighborhood)).await;
    let company = house.as_somebody("企业", Role::Enterprise, Scope::Enterprise(place.enterprise)).await;
    Cast { community, neighborhood, company }
}

async fn opened(cast: &Cast) -> i64 {
    let community = cast.community.to_string();
    let form = [("community", community.as_str()), ("title", "上半年满意度"), ("closes_on", "2024-08-25")];
    let made = cast.neighborhood.submit("/surveys", &form).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    made.id()
}

async fn answered(house: &House, survey: i64, door: &str, overall: &str) -> Answer {
    let form = [("door", door), ("overall", overall), ("service", "5"), ("words", "电话13800138000")];
    house.as_stranger().submit(&format!("/surveys/{survey}/answer"), &form).await
}

async fn rate(house: &House, community: i64) -> Option<Value> {
    house
        .given(move |tx| {
            let community = communities::load(tx, community.into())?;
            let today = tx.ctx.today();
            Ok(records::facts_of(tx, &community, today)?.0.get("owner_satisfaction_rate"))
        })
        .await
}

// covers: LA-009
async fn residents_answer_and_the_result_goes_into_the_register(house: House) {
    let cast = cast(&house).await;
    let survey = opened(&cast).await;
    for n in 0..12 {
        let grade = if n < 9 { "5" } else { "3" };
        let done = answered(&house, survey, &format!("3-{n}"), grade).await;
        assert_eq!(done.location, Some(format!("/surveys/{survey}/answer?done=yes")), "{}", done.body);
    }
    // How it goes is nobody's to see while it runs.
    for page in [format!("/surveys/{survey}"), format!("/surveys/{survey}/answer")] {
        let body = cast.neighborhood.get(&page).await.body;
        assert!(!body.contains("满意率") && !body.contains("75.0%"), "{body}");
    }
    assert!(cast.neighborhood.get(&format!("/surveys/{survey}")).await.body.contains("12户已评价"));
    let early = cast.neighborhood.submit(&format!("/surveys/{survey}/close"), &[]).await;
    assert!(early.body.contains("2024-08-25才结束"), "{}", early.body);
    assert_eq!(rate(&house, cast.community).await, None);
    house.it_is("2024-08-25T16:00:00Z");
    let late = answered(&house, survey, "9-9", "1").await;
    assert!(late.body.contains("调查已经结束"), "{}", late.body);
    let office = house.as_again(cast.neighborhood.person).await;
    assert_eq!(office.submit(&format!("/surveys/{survey}/close"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(rate(&house, cast.community).await, Some(Value::Number(Ratio::new(9, 12))));
    let public = house.as_stranger().get(&format!("/surveys/{survey}/answer")).await.body;
    assert!(
        public.contains("75.0%") && public.contains("9/12户") && !public.contains("138****8000"),
        "{public}"
    );
    assert!(office.get(&format!("/surveys/{survey}")).await.body.contains("138********"));
    assert_eq!(office.submit(&format!("/surveys/{survey}/close"), &[]).await.status, StatusCode::CONFLICT);
}

async fn a_household_answers_once_and_nobody_learns_what(house: House) {
    let cast = cast(&house).await;
    let survey = opened(&cast).await;
    assert!(answered(&house, survey, "3栋502室", "2").await.location.is_some());
    let before = house.rows().await;
    let again = answered(&house, survey, "3-502", "5").await;
    assert!(again.body.contains("这一户已经评价过"), "{}", again.body);
    let gaps = answered(&house, survey, "我家", "").await;
    assert!(
        gaps.body.contains("请填写楼栋、单元和房号") && gaps.body.contains("请选择总体是否满意"),
        "{}",
        gaps.body
    );
    assert!(gaps.body.contains("value=\"我家\""), "{}", gaps.body);
    assert_eq!(house.changed_since(&before).await, ["store_tries"]);
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("3-502") && !rows.contains("502室"), "{table} knows the door");
    }
    assert_eq!(house.count("select count(*) as n from surveys_answers where overall = 2").await, 1);
    for n in 0..27 {
        answered(&house, survey, &format!("4-{n}"), "4").await;
    }
    assert!(answered(&house, survey, "5-1", "4").await.body.contains("今天从这里提交的评价太多"));
}

async fn few_answers_are_published_and_not_entered(house: House) {
    let cast = cast(&house).await;
    let survey = opened(&cast).await;
    for n in 0..9 {
        answered(&house, survey, &format!("3-{n}"), "5").await;
    }
    house.it_is("2024-08-26T01:00:00Z");
    let office = house.as_again(cast.neighborhood.person).await;
    office.submit(&format!("/surveys/{survey}/close"), &[]).await;
    assert_eq!(rate(&house, cast.community).await, None);
    let public = house.as_stranger().get(&format!("/surveys/{survey}/answer")).await.body;
    assert!(public.contains("样本太少，不记入满意度台账"), "{public}");
}

async fn who_is_judged_neither_asks_nor_ends(house: House) {
    let cast = cast(&house).await;
    let survey = opened(&cast).await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let before = house.rows().await;
    let community = cast.community.to_string();
    let form = [("community", community.as_str()), ("title", "我们自己问"), ("closes_on", "2024-08-25")];
    for (who, status) in [(&cast.company, 403), (&cousin, 404)] {
        assert_eq!(who.submit("/surveys", &form).await.status.as_u16(), status);
        let void = format!("/surveys/{survey}/void");
        assert_eq!(who.submit(&void, &[("reason", "x")]).await.status.as_u16(), status);
        assert_eq!(who.submit(&format!("/surveys/{survey}/close"), &[]).await.status.as_u16(), status);
    }
    assert_eq!(cousin.get(&format!("/surveys/{survey}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // The company sees that it is asked, and not how it goes.
    let page = cast.company.get(&format!("/surveys/{survey}")).await;
    assert!(page.status == StatusCode::OK && !page.body.contains("作废这项调查"), "{}", page.body);
    let second = cast.neighborhood.submit("/surveys", &form).await;
    assert!(second.body.contains("已有一项调查正在进行：上半年满意度"), "{}", second.body);
}

async fn a_survey_that_went_wrong_is_void_for_all_to_read(house: House) {
    let cast = cast(&house).await;
    let survey = opened(&cast).await;
    let void = format!("/surveys/{survey}/void");
    let before = house.rows().await;
    assert!(cast.neighborhood.submit(&void, &[("reason", " ")]).await.body.contains("请写明作废的理由"));
    let form = [("community", ""), ("title", ""), ("closes_on", "2024-12-01")];
    let wrong = cast.neighborhood.submit("/surveys", &form).await.body;
    for words in ["请选择小区", "请填写调查名称", "从今天起不超过60天"] {
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = cast.neighborhood.submit(&void, &[("reason", "有人冒填")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert!(answered(&house, survey, "3-1", "5").await.body.contains("调查已经结束"));
    assert!(cast.neighborhood.get("/surveys").await.body.contains("作废：有人冒填"));
    assert_eq!(cast.neighborhood.submit(&void, &[("reason", "x")]).await.status, StatusCode::CONFLICT);
}
