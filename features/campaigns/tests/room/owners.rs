//! A county's own campaign, and who hears of what in either kind.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, locked};

on_both_stores!(crate::story::house;
    a_county_opens_signs_scores_posts_and_awards_by_itself,
    a_countys_campaign_is_its_own_affair,
    everybody_hears_of_what_concerns_them,
    a_deadline_stands_on_the_agenda_of_whoever_has_to_keep_it,
);

const LUAN: [(&str, &str); 2] = [("pack", "luan-2024-beautiful-home"), ("title", "舒城县美好家园小区选树")];

/// The cast with the county in the place of the city, and assessors of its own.
async fn county_runs(house: &House, cast: &Cast) -> (Cast, i64) {
    let scope = Scope::County(Tenant::from_number(1));
    let first = house.as_somebody("县测评一", Role::Assessor, scope).await;
    let second = house.as_somebody("县测评二", Role::Assessor, scope).await;
    let cast = Cast { city: cast.county.clone(), assessors: [first, second], ..cast.clone() };
    let campaign = cast.county.submit("/campaigns", &LUAN).await.id();
    (cast, campaign)
}

async fn a_county_opens_signs_scores_posts_and_awards_by_itself(house: House) {
    let all = Cast::of(&house).await;
    let (cast, campaign) = county_runs(&house, &all).await;
    let page = format!("/campaigns/{campaign}");
    let shown = cast.county.get(&page).await.body;
    assert!(shown.contains("乡镇（街道）签收") && shown.contains("未签收"), "{shown}");
    assert!(!shown.contains("县区自评") && !shown.contains("签收通知"));
    let signed = cast.street.submit(&format!("{page}/sign"), &[]).await;
    assert_eq!(signed.location.as_deref(), Some(page.as_str()), "{}", signed.body);
    let shown = cast.county.get(&page).await.body;
    assert!(shown.contains("2024-08-14 09:00") && shown.contains("未签收"), "one street of several: {shown}");
    assert_eq!(cast.county.submit(&format!("{page}/sign"), &[]).await.status, StatusCode::FORBIDDEN);

    let application = cast.accepted(campaign, 0).await;
    assert!(cast.recommend(application).await.location.is_some());
    // The city is told nothing of a campaign it does not run.
    assert_eq!(unread(&all.city).await, Vec::<String>::new());
    assert!(unread(&cast.manager).await[0].starts_with("县区推荐："));
    house.it_is("2024-08-16T01:00:00Z");
    let [first, second] = [&cast.assessors[0], &cast.assessors[1]];
    let (first, second) = (house.as_again(first.person).await, house.as_again(second.person).await);
    let all = all.again(&house).await;
    let county = &all.county;
    let assigned = county.submit(&format!("{page}/assign"), &[]).await;
    assert!(assigned.location.is_some(), "{}", assigned.body);
    // The city's assessors have nothing to do with it.
    assert!(all.assessors[0].get("/campaigns/sheets").await.body.contains("还没有"));
    for (assessor, mark) in [(&first, "90"), (&second, "80")] {
        locked(assessor, cast.sheet(&house, assessor).await, mark).await;
    }
    let ranking = county.get(&format!("{page}/ranking")).await.body;
    assert!(ranking.contains("85"), "{ranking}");
    let posted = county.submit(&format!("{page}/publish"), &[("days", "7")]).await;
    assert!(posted.location.is_some(), "{}", posted.body);
    house.it_is("2024-08-24T01:00:00Z");
    let county = house.as_again(county.person).await;
    let award = [("awarded_on", "2024-08-24"), ("document", "舒城管〔2024〕11号")];
    let given = county.submit(&format!("{page}/awards"), &award).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let result = house.as_stranger().get(&format!("{page}/result")).await.body;
    assert!(result.contains("共认定1个小区"), "{result}");
}

async fn a_countys_campaign_is_its_own_affair(house: House) {
    let all = Cast::of(&house).await;
    let (cast, campaign) = county_runs(&house, &all).await;
    let page = format!("/campaigns/{campaign}");
    let cousin = Scope::County(Tenant::from_number(2));
    let cousin = house.as_somebody("邻县", Role::CountyBureau, cousin).await;
    assert_eq!(cousin.get(&page).await.status, StatusCode::NOT_FOUND);
    assert!(!cousin.get("/campaigns").await.body.contains("舒城县美好家园"));
    // The city sees it, and does not run it.
    assert!(all.city.get("/campaigns").await.body.contains("主办</span>"));
    assert_eq!(all.city.get(&page).await.status, StatusCode::OK);
    let before = house.rows().await;
    let later = [("period", "apply"), ("ends_on", "2024-08-30"), ("reason", "x")];
    for who in [&all.city, &cousin] {
        for (verb, fields) in [("extend", &later[..]), ("assign", &[]), ("publish", &[("days", "7")])] {
            let refused = who.submit(&format!("{page}/{verb}"), fields).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "{verb}");
        }
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // Only the county's communities take part, whoever serves them.
    let enterprise = house.count("select max(enterprise) as n from registry_communities").await;
    let elsewhere = house
        .given(move |tx| {
            let city = registry::seeding::luan(Some(40));
            let made =
                registry::seeding::communities(tx, &city, &city.counties[1], 0..1, &[enterprise.into()])?;
            let sql = "update registry_communities set enterprise = $1";
            tx.change(sql, &[enterprise.into()])?;
            Ok(i64::from(made[0]))
        })
        .await;
    let before = house.rows().await;
    let form = [("community", elsewhere.to_string())];
    let form: Vec<(&str, &str)> = form.iter().map(|it| (it.0, it.1.as_str())).collect();
    let refused = cast.manager.submit(&format!("{page}/applications"), &form).await;
    assert!(refused.body.contains("没有发给这个小区所在的县区或街道"), "{}", refused.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // The city opens its own from the same notice beside it; nobody opens the same twice.
    assert!(all.city.submit("/campaigns", &LUAN[..1]).await.location.is_some());
    let again = all.county.submit("/campaigns", &LUAN).await;
    assert!(again.body.contains("舒城县美好家园小区选树"), "{}", again.body);
}

/// The titles somebody finds unread.
async fn unread(who: &Browser) -> Vec<String> {
    let page = who.get("/messages").await.body;
    let title = |it: &str| it.split("btn-link\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let titles = page.split("<li class=\"new\">").skip(1).map(title).collect();
    let until =
        page.split("name=\"until\" value=\"").nth(1).map(|it| it.split('"').next().unwrap().to_owned());
    if let Some(until) = until {
        who.submit("/messages/open-all", &[("until", until.as_str())]).await;
    }
    titles
}

async fn everybody_hears_of_what_concerns_them(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    assert!(unread(&cast.county).await[0].starts_with("新的活动通知，请签收："));
    assert_eq!(unread(&cast.manager).await, Vec::<String>::new());
    let application = cast.apply(campaign, 0).await;
    assert!(unread(&cast.street).await[0].starts_with("自荐表已提交，请审核："));
    assert_eq!(unread(&cast.county).await, Vec::<String>::new(), "its turn comes after the street's");
    let path = format!("/campaigns/applications/{application}");
    cast.street.submit(&format!("{path}/send-back"), &[("reason", "佐证不全")]).await;
    assert!(unread(&cast.manager).await[0].starts_with("自荐表已退回，请按意见修改："));
    cast.manager.submit(&format!("{path}/submit"), &[]).await;
    cast.street.submit(&format!("{path}/review"), &[]).await;
    assert!(unread(&cast.county).await[0].starts_with("自荐表已经街道审核，请县区审核："));
    cast.county.submit(&format!("{path}/accept"), &[]).await;
    assert!(unread(&cast.manager).await[0].starts_with("自荐表已通过县区审核："));
    assert!(cast.recommend(application).await.location.is_some());
    assert!(unread(&cast.city).await[0].starts_with("县区推荐："));
    // What the county applied for itself goes back to the county.
    unread(&cast.manager).await;
    let by_county = Cast { manager: cast.county.clone(), ..cast.clone() };
    let own = by_county.apply(campaign, 1).await;
    unread(&cast.county).await;
    cast.street.submit(&format!("/campaigns/applications/{own}/send-back"), &[("reason", "佐证不全")]).await;
    assert!(unread(&cast.county).await[0].starts_with("自荐表已退回，请按意见修改："));
    assert_eq!(unread(&cast.manager).await, Vec::<String>::new());
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(&house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    assert!(unread(&cast.assessors[0]).await[0].starts_with("新的评分表："));
    // An assessor's messages are their own.
    let other = house.as_somebody("测评三", Role::Assessor, Scope::City(1)).await;
    assert_eq!(unread(&other).await, Vec::<String>::new());
    let later = [("period", "assess"), ("ends_on", "2024-09-20"), ("reason", "汛期")];
    assert!(cast.city.submit(&format!("/campaigns/{campaign}/extend"), &later).await.location.is_some());
    assert!(unread(&cast.county).await[0].contains("延至2024-09-20"));
}

// covers: LA-025
async fn a_deadline_stands_on_the_agenda_of_whoever_has_to_keep_it(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let agenda = |who: &Browser, role, scope| {
        let (person, app) = (who.person, house.app.clone());
        let actor = kernel::Actor { user: person, hat: kernel::Hat { grant: 0, role, scope } };
        let ctx = house.app.ctx(actor, None);
        async move {
            let read = app.store.read(ctx, {
                let app = app.clone();
                move |tx| campaigns::agenda(&app, tx)
            });
            let due = read.await.unwrap();
            due.into_iter().map(|it| format!("{} {}", it.day, it.title)).collect::<Vec<_>>()
        }
    };
    let county = Scope::County(Tenant::from_number(1));
    // What waits to be reviewed stands there, and leads to a list of as many.
    let street = house
        .given(|tx| {
            Ok(tx.one("select min(subdistrict) as n from registry_communities", &[], |it| it.int("n"))?)
        })
        .await;
    let street = Scope::Subdistrict(street);
    let (first, second) = (cast.apply(campaign, 0).await, cast.apply(campaign, 1).await);
    let waiting = agenda(&cast.street, Role::Subdistrict, street).await;
    assert!(waiting.iter().any(|it| it.starts_with("2024-08-15 2份自荐表待审核：")), "{waiting:?}");
    let list = |stage: &str| format!("/campaigns/{campaign}/applications?stage={stage}");
    assert!(cast.street.get(&list("submitted")).await.body.contains("本页2份申报"));
    cast.street.submit(&format!("/campaigns/applications/{first}/review"), &[]).await;
    let waiting = agenda(&cast.county, Role::CountyBureau, county).await;
    assert!(waiting.iter().any(|it| it.starts_with("2024-08-15 1份自荐表待审核：")), "{waiting:?}");
    let page = cast.county.get(&list("reviewed")).await.body;
    assert!(page.contains("本页1份申报") && page.contains(&format!("/applications/{first}")), "{page}");
    // What was sent back waits for whoever wrote it.
    let reason = [("reason", "佐证不全")];
    cast.street.submit(&format!("/campaigns/applications/{second}/send-back"), &reason).await;
    let enterprise = house.count("select min(enterprise) as n from registry_communities").await;
    let back = agenda(&cast.manager, Role::Enterprise, Scope::Enterprise(enterprise)).await;
    assert!(
        back.iter().any(|it| it.starts_with("2024-08-15 1份自荐表被退回，请修改后重新提交：")),
        "{back:?}"
    );
    let waiting = agenda(&cast.county, Role::CountyBureau, county).await;
    assert!(!waiting.iter().any(|it| it.contains("被退回")), "{waiting:?}");
    assert!(!page.contains(&format!("/applications/{second}")), "{page}");
    assert!(cast.county.get(&list("accepted")).await.body.contains("没有符合条件的申报"));
    for (path, id) in [("review", second), ("accept", first), ("accept", second)] {
        let who = if path == "review" { &cast.street } else { &cast.county };
        who.submit(&format!("/campaigns/applications/{id}/{path}"), &[]).await;
    }
    let elsewhere = cast.city.get(&format!("/campaigns/{campaign}/applications?county=2")).await.body;
    assert!(elsewhere.contains("没有符合条件的申报"), "{elsewhere}");
    let owed = agenda(&cast.county, Role::CountyBureau, county).await;
    assert_eq!(owed.len(), 3, "{owed:?}");
    assert!(owed[0].starts_with("2024-08-15 申请推荐截止："));
    assert!(
        owed[2].starts_with("2024-09-15 报送县区活动开展情况书面报告")
            || owed[2].starts_with("2024-09-15 报送"),
        "{owed:?}"
    );
    // What was not handed in stays after its day; what nobody can do any more goes.
    house.it_is("2024-09-20T01:00:00Z");
    let late = agenda(&cast.county, Role::CountyBureau, county).await;
    assert_eq!(late.len(), 1, "{late:?}");
    assert!(late[0].starts_with("2024-09-15 报送"));
    assert_eq!(agenda(&cast.street, Role::Owner, Scope::Nothing).await, Vec::<String>::new());
}
