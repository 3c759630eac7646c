//! 小区 through both doors.

use axum::http::StatusCode;
use kernel::{Role, Scope};
use serde_json::json;
use testkit::{House, on_both_stores};

use crate::{county, furnish, neighborhood};

on_both_stores!(crate::house;
    a_county_sees_its_own_and_no_cousins,
    a_community_is_made_once_on_the_page,
    a_wrong_form_comes_back_as_typed,
    the_second_editor_is_shown_the_first,
    a_program_uses_the_same_verbs,
    a_strangers_and_a_cousins_requests_change_nothing,
    the_list_pages_by_key_and_counts_what_it_filters,
    the_history_tells_who_changed_what_from_what_to_what,
    a_scope_is_a_neighborhoods_as_well,
);

async fn a_county_sees_its_own_and_no_cousins(house: House) {
    furnish(&house).await;
    let (ours, theirs) = (county(&house, 1).await, county(&house, 2).await);
    let list = ours.get("/api/v1/registry/communities").await.json();
    assert_eq!(list["count"], 6);
    let id = list["communities"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(ours.get(&format!("/registry/communities/{id}")).await.status, StatusCode::OK);
    let hidden = theirs.get(&format!("/registry/communities/{id}")).await;
    let missing = theirs.get("/registry/communities/281474976710657").await;
    assert_eq!((hidden.status, hidden.without_keys()), (StatusCode::NOT_FOUND, missing.without_keys()));
    assert!(
        hidden.body.contains("没有找到") && hidden.body.contains("退出"),
        "the way out stays on the page"
    );
    let unreadable = theirs.get("/registry/communities/abc").await;
    assert_eq!(
        (unreadable.status, unreadable.without_keys()),
        (StatusCode::NOT_FOUND, missing.without_keys())
    );
    let hidden = theirs.get(&format!("/api/v1/registry/communities/{id}")).await;
    let missing = theirs.get("/api/v1/registry/communities/281474976710657").await;
    assert_eq!((hidden.status, &hidden.body), (StatusCode::NOT_FOUND, &missing.body));
    let city = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
    assert_eq!(city.get("/api/v1/registry/communities").await.json()["count"], 12);
    assert_eq!(city.get("/api/v1/registry/communities?county=2").await.json()["count"], 6);
}

pub(crate) fn form(name: &'static str, neighborhood: &str) -> Vec<(&'static str, String)> {
    let fixed = [
        ("name", name),
        ("kind", "commodity"),
        ("households", "320"),
        ("service_mode", "market"),
        ("floor_area", "32000.5"),
    ];
    fixed
        .into_iter()
        .map(|(field, value)| (field, value.to_owned()))
        .chain([("neighborhood", neighborhood.to_owned())])
        .collect()
}

pub(crate) fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    form.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

async fn a_community_is_made_once_on_the_page(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let home = neighborhood(&house, 1).await.to_string();
    let before = house.rows().await;
    let made = ours
        .submit_keyed("/registry/communities", &borrowed(&form("新河苑", &home)), "0123456789abcdef")
        .await;
    let again = ours
        .submit_keyed("/registry/communities", &borrowed(&form("新河苑", &home)), "0123456789abcdef")
        .await;
    assert_eq!((made.status, &made.location), (StatusCode::SEE_OTHER, &again.location));
    assert_eq!(house.changed_since(&before).await, ["registry_communities", "store_audit", "store_keys"]);
    let page = ours.get(&made.location.unwrap()).await.body;
    assert!(page.contains("新河苑") && page.contains("320户") && page.contains("32000.5 m²"));
    let twin = ours.submit("/registry/communities", &borrowed(&form("新河苑", &home))).await;
    assert!(twin.body.contains("这个社区已有同名小区"));
}

async fn a_wrong_form_comes_back_as_typed(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let home = neighborhood(&house, 1).await.to_string();
    let before = house.rows().await;
    let mut fields = form("新河苑", &home);
    fields.retain(|it| it.0 != "households");
    fields.push(("households", "三百".into()));
    fields.push(("address", "梅河路<1>号".into()));
    let page = ours.submit("/registry/communities", &borrowed(&fields)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("<title>错误：新建小区") && page.body.contains("户数应为1至50000的整数"));
    assert!(page.body.contains("value=\"三百\"") && page.body.contains("梅河路&#60;1&#62;号"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn the_second_editor_is_shown_the_first(house: House) {
    furnish(&house).await;
    let (first, second) = (
        county(&house, 1).await,
        house.as_somebody("二号", Role::CountyBureau, Scope::County(kernel::Tenant::from_number(1))).await,
    );
    let home = neighborhood(&house, 1).await.to_string();
    let id = first.submit("/registry/communities", &borrowed(&form("新河苑", &home))).await.id();
    let edit = |households: &str| {
        let mut fields = form("新河苑", &home);
        fields.retain(|it| it.0 != "households");
        fields.extend([("households", households.to_owned()), ("version", "1".to_owned())]);
        fields
    };
    let path = format!("/registry/communities/{id}");
    assert_eq!(first.submit(&path, &borrowed(&edit("330"))).await.status, StatusCode::SEE_OTHER);
    let late = second.submit(&path, &borrowed(&edit("400"))).await;
    assert!(
        late.body.contains("在您填写期间，别人已修改了这个小区")
            && late.body.contains("330户")
            && late.body.contains("value=\"400\"")
    );
    assert_eq!(first.get(&format!("/api/v1{path}")).await.json()["households"], 330);
}

async fn a_program_uses_the_same_verbs(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let home = neighborhood(&house, 1).await.to_string();
    let body = json!({ "name": "新河苑", "neighborhood": home, "kind": "commodity", "households": "320", "service_mode": "none" });
    let made = ours.post_json("/api/v1/registry/communities", &body).await.json();
    assert_eq!(
        (&made["name"], &made["service_mode_label"], &made["version"]),
        (&json!("新河苑"), &json!("无物业管理"), &json!(1))
    );
    let wrong =
        ours.post_json("/api/v1/registry/communities", &json!({ "name": "" , "neighborhood": home })).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.json()["errors"][0]["field"], "name");
    let edited = json!({ "name": "新河苑", "neighborhood": home, "kind": "old", "households": "321", "service_mode": "none", "version": "9" });
    let late = ours
        .put_json(&format!("/api/v1/registry/communities/{}", made["id"].as_str().unwrap()), &edited)
        .await;
    assert_eq!((late.status, &late.json()["code"]), (StatusCode::CONFLICT, &json!("conflict")));
}

async fn a_strangers_and_a_cousins_requests_change_nothing(house: House) {
    furnish(&house).await;
    let (ours, theirs, stranger) = (county(&house, 1).await, county(&house, 2).await, house.as_stranger());
    let company = house.as_somebody("企业", Role::Enterprise, Scope::Enterprise(5)).await;
    let home = neighborhood(&house, 1).await.to_string();
    let id = ours.submit("/registry/communities", &borrowed(&form("新河苑", &home))).await.id();
    let (before, fields) = (house.rows().await, form("改名", &home));
    let path = format!("/registry/communities/{id}");
    for (who, status) in [
        (&theirs, StatusCode::NOT_FOUND),
        (&company, StatusCode::NOT_FOUND),
        (&stranger, StatusCode::SEE_OTHER),
    ] {
        for path in [path.as_str(), "/registry/communities"] {
            assert_eq!(who.submit(path, &borrowed(&fields)).await.status, status, "{path}");
        }
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let committee = house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(id)).await;
    assert_eq!(committee.get(&path).await.status, StatusCode::OK);
    assert_eq!(committee.submit(&path, &borrowed(&fields)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        house.changed_since(&before).await,
        ["accounts_grants", "accounts_sessions", "accounts_users", "store_audit", "store_security_log"]
    );
}

async fn the_list_pages_by_key_and_counts_what_it_filters(house: House) {
    house
        .given(|tx| {
            let mut city = registry::seeding::luan(Some(1000));
            city.counties.truncate(1);
            registry::seeding::places(tx, &city)?;
            let companies = registry::seeding::companies(tx, &city, 2)?;
            registry::seeding::communities(tx, &city, &city.counties[0], 0..120, &companies)?;
            Ok(())
        })
        .await;
    let ours = county(&house, 1).await;
    for sort in ["", "&sort=households"] {
        let (mut seen, mut after) = (vec![], String::new());
        loop {
            let page = ours.get(&format!("/api/v1/registry/communities?after={after}{sort}")).await.json();
            assert_eq!(page["count"], 120);
            seen.extend(
                page["communities"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|it| (it["households"].as_i64().unwrap(), it["name"].as_str().unwrap().to_owned())),
            );
            match page["next"].as_str() {
                Some(next) => after = next.bytes().map(|it| format!("%{it:02X}")).collect(),
                None => break,
            }
        }
        assert_eq!(seen.len(), 120);
        let in_order = if sort.is_empty() {
            seen.windows(2).all(|it| it[0].1 < it[1].1)
        } else {
            seen.windows(2).all(|it| it[1].0 <= it[0].0)
        };
        assert!(in_order, "{sort}");
    }
    let named = ours.get("/api/v1/registry/communities?named=%E8%8A%B1%E5%9B%AD").await.json();
    assert_eq!(named["count"], 20);
    assert_eq!(ours.get("/api/v1/registry/communities?named=%25").await.json()["count"], 0);
}

async fn the_history_tells_who_changed_what_from_what_to_what(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let home = neighborhood(&house, 1).await.to_string();
    let id = ours.submit("/registry/communities", &borrowed(&form("新河苑", &home))).await.id();
    let mut fields = form("新河苑二期", &home);
    fields.push(("version", "1".into()));
    house.it_is("2024-08-20T01:20:00Z");
    assert_eq!(
        ours.submit(&format!("/registry/communities/{id}"), &borrowed(&fields)).await.status,
        StatusCode::SEE_OTHER
    );
    let page = ours.get(&format!("/registry/communities/{id}")).await.body;
    assert!(page.contains("小区名称：新河苑 → 新河苑二期"), "{page}");
    assert!(page.contains("县局1（县区物业主管部门）") && page.contains("2024-08-20 09:20"));
}

async fn a_scope_is_a_neighborhoods_as_well(house: House) {
    furnish(&house).await;
    let home = neighborhood(&house, 1).await;
    let ours = house.as_somebody("社区", Role::Neighborhood, Scope::Neighborhood(home)).await;
    let next = house.as_somebody("邻社区", Role::Neighborhood, Scope::Neighborhood(home + 1)).await;
    let id = ours.submit("/registry/communities", &borrowed(&form("新河苑", &home.to_string()))).await.id();
    assert_eq!(ours.get(&format!("/registry/communities/{id}")).await.status, StatusCode::OK);
    assert_eq!(next.get(&format!("/registry/communities/{id}")).await.status, StatusCode::NOT_FOUND);
    let _keeps_its_house = house;
}
