//! The tree of places: entered by hand, brought as a file, kept by those it concerns.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    a_house_begins_with_its_tree_level_by_level,
    a_tree_comes_as_a_file_once_and_whole_or_not_at_all,
    a_county_enters_its_own_streets_and_no_others,
    two_who_rename_a_street_do_not_write_over_each_other,
);

const TREE: &str = "区划代码,区划名称,级别,上级代码\n\
    341523100001,桃溪社区,,\n\
    341523100,城关镇,,\n\
    341523,舒城县,,\n\
    341500,六安市,,\n\
    LA-KFQ,六安经开区,开发区,341500\n";

async fn administrator(house: &House) -> Browser {
    house.as_somebody("系统管理员", Role::SystemAdministrator, Scope::Nothing).await
}

async fn division(house: &House, code: &'static str) -> i64 {
    house
        .given(move |tx| {
            let sql = "select id from registry_divisions where code = $1";
            Ok(tx.one(sql, &[code.into()], |it| it.int("id"))?)
        })
        .await
}

// covers: BJ-001
async fn a_house_begins_with_its_tree_level_by_level(house: House) {
    let admin = administrator(&house).await;
    let empty = admin.get("/registry/divisions").await.body;
    assert!(empty.contains("还没有区划") && empty.contains("导入区划表"), "{empty}");
    let wrong = admin.submit("/registry/divisions", &[("name", "六安市"), ("code", "341523")]).await;
    assert!(wrong.body.contains("市的区划代码应为6位、末两位为00的数字") && wrong.body.contains("六安市"));
    let city = admin.submit("/registry/divisions", &[("name", "六安市"), ("code", "341500")]).await.id();
    let under = |id: i64| format!("/registry/divisions/{id}");
    for (name, code) in [("舒城县", "341523"), ("六安经开区", "LA-KFQ")] {
        let made = admin.submit(&under(city), &[("name", name), ("code", code)]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    }
    // Every county is a tenant of its own.
    let tenants =
        "select count(distinct tenant) as n from registry_divisions where kind = 'county' and tenant > 0";
    assert_eq!(house.count(tenants).await, 2);
    let before = house.rows().await;
    let astray = admin.submit(&under(city), &[("name", "金寨县"), ("code", "340124")]).await;
    assert!(astray.body.contains("区划代码340124不在上级区划341500之下"), "{}", astray.body);
    let twice = admin.submit(&under(city), &[("name", "舒城"), ("code", "341523")]).await;
    assert!(twice.body.contains("代码341523已登记为“舒城县”"), "{}", twice.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let county = division(&house, "341523").await;
    admin.submit(&under(county), &[("name", "城关镇"), ("code", "341523100")]).await;
    let street = division(&house, "341523100").await;
    admin.submit(&under(street), &[("name", "桃溪社区"), ("code", "341523100001")]).await;
    let page = admin.get(&under(street)).await.body;
    assert!(page.contains("桃溪社区") && page.contains("六安市") && page.contains("舒城县"), "{page}");
    // Nothing lies under a neighborhood.
    let last = under(division(&house, "341523100001").await);
    let below = admin.submit(&last, &[("name", "一网格"), ("code", "341523100001")]).await;
    assert_eq!(below.status, StatusCode::NOT_FOUND);
}

async fn a_tree_comes_as_a_file_once_and_whole_or_not_at_all(house: House) {
    let admin = administrator(&house).await;
    let broken = TREE.replace("341500,六安市", "341500,");
    let before = house.rows().await;
    let refused = admin.upload("/registry/divisions/import", "区划.csv", broken.as_bytes()).await;
    assert!(refused.body.contains("B5：请填写区划名称"), "{}", refused.body);
    let foreign = admin.upload("/registry/divisions/import", "区划.csv", b"MZ\x90\x00").await;
    assert_eq!(foreign.status, StatusCode::OK);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    for (added, skipped) in [(5, 0), (0, 5)] {
        let done = admin.upload("/registry/divisions/import", "区划.csv", TREE.as_bytes()).await;
        assert_eq!(done.location.as_deref(), Some("/registry/divisions"), "{}", done.body);
        assert_eq!(house.count("select count(*) as n from registry_divisions").await, 5);
        let said = house
            .given(|tx| {
                let sql = "select body from store_audit where event = 'registry.divisions_imported' order by id desc limit 1";
                Ok(tx.one(sql, &[], |it| it.text("body"))?)
            })
            .await;
        assert!(said.contains(&format!("\"added\":{added},\"skipped\":{skipped}")), "{said}");
    }
    let (street, home) = (division(&house, "341523100").await, division(&house, "341523100001").await);
    let sql = "select count(*) as n from registry_divisions a join registry_divisions b on b.parent = a.id and b.tenant = a.tenant and b.city = a.city where a.code = '341523100' and b.code = '341523100001'";
    assert_eq!(house.count(sql).await, 1, "{street} {home}");
    let template = admin.get("/registry/divisions/template.xlsx").await;
    assert_eq!(template.status, StatusCode::OK);
}

async fn a_county_enters_its_own_streets_and_no_others(house: House) {
    furnish(&house).await;
    let (ours, cousin) = (county(&house, 1).await, county(&house, 2).await);
    let own =
        house.count("select id as n from registry_divisions where kind = 'county' and tenant = 1").await;
    let path = format!("/registry/divisions/{own}");
    // A county's office begins at its county.
    assert_eq!(ours.get("/registry/divisions").await.location, Some(path.clone()));
    let new = [("name", "新河镇"), ("code", "341502900")];
    assert_eq!(ours.submit(&path, &new).await.status, StatusCode::SEE_OTHER);
    let street = division(&house, "341502900").await;
    let clerk = house.as_somebody("街道", Role::Subdistrict, Scope::Subdistrict(street)).await;
    let owner = house.as_somebody("业主", Role::Owner, Scope::Nothing).await;
    let before = house.rows().await;
    let theirs = [("name", "古城镇"), ("code", "341502901")];
    assert_eq!(cousin.submit(&path, &theirs).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cousin.get(&path).await.status, StatusCode::NOT_FOUND);
    let file = "区划代码,区划名称\n341502902,东河镇\n";
    let refused = cousin.upload("/registry/divisions/import", "区划.csv", file.as_bytes()).await;
    assert!(refused.body.contains("第2行：东河镇不在您的管理范围内"), "{}", refused.body);
    // A street reads its own part and changes nothing.
    let page = clerk.get(&format!("/registry/divisions/{street}")).await;
    assert_eq!((page.status, page.body.contains("<h3>登记社区")), (StatusCode::OK, false));
    let added = [("name", "新河社区"), ("code", "341502900001")];
    assert_eq!(
        clerk.submit(&format!("/registry/divisions/{street}"), &added).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(owner.get("/registry/divisions").await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // A city's bureau does, and a county brought by file is in its own file too.
    let city = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
    let file = "区划代码,区划名称\n341502902,东河镇\n";
    let done = city.upload("/registry/divisions/import", "区划.csv", file.as_bytes()).await;
    assert_eq!(done.location.as_deref(), Some("/registry/divisions"), "{}", done.body);
    let tenant = house.count("select tenant as n from registry_divisions where code = '341502902'").await;
    assert_eq!(Tenant::from_number(1), Tenant::from_number(tenant as u16));
}

async fn two_who_rename_a_street_do_not_write_over_each_other(house: House) {
    furnish(&house).await;
    let (first, second) = (administrator(&house).await, county(&house, 1).await);
    let street = "select min(id) as n from registry_divisions where kind = 'subdistrict' and tenant = 1";
    let street = house.count(street).await;
    let path = format!("/registry/divisions/{street}/edit");
    let named = |name: &'static str, version: &'static str| {
        [("name", name), ("code", "341502001"), ("version", version)]
    };
    assert_eq!(first.submit(&path, &named("东城街道", "1")).await.status, StatusCode::SEE_OTHER);
    let before = house.rows().await;
    let late = second.submit(&path, &named("东都街道", "1")).await.body;
    assert!(
        late.contains("别人已修改了这个区划") && late.contains("东都街道") && late.contains("东城街道"),
        "{late}"
    );
    assert!(late.contains("name=\"version\" value=\"2\""), "{late}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // Its neighborhoods' codes begin with its own.
    let recoded = [("name", "东城街道"), ("code", "341502777"), ("version", "2")];
    assert!(first.submit(&path, &recoded).await.body.contains("它下面还有区划，代码不能单独修改"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let page = first.get(&format!("/registry/divisions/{street}")).await.body;
    assert!(page.contains("区划名称：东市街道 → 东城街道"), "{page}");
}
