//! 物业服务企业: entered, put right, brought in from a sheet.

use axum::http::StatusCode;
use identifiers::Uscc;
use kernel::{Role, Scope};
use testkit::{Browser, House, on_both_stores};

use crate::{county, furnish, imports::finished};

on_both_stores!(crate::house;
    a_renamed_enterprise_is_found_by_its_new_name_with_its_history,
    whoever_did_not_register_it_does_not_change_it,
    a_sheet_adds_each_enterprise_once_and_tells_what_is_wrong,
    another_citys_register_is_not_told_from,
);

fn uscc(n: usize) -> String {
    Uscc::complete(&format!("91341500MA{n:06}")).unwrap().to_string()
}

async fn registered(by: &Browser, name: &str, n: usize) -> i64 {
    let code = uscc(n);
    by.submit("/registry/enterprises", &[("name", name), ("uscc", &code)]).await.id()
}

async fn a_renamed_enterprise_is_found_by_its_new_name_with_its_history(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let id = registered(&ours, "六安市旧名物业服务有限公司", 1).await;
    registered(&ours, "六安市别家物业服务有限公司", 2).await;
    let page = format!("/registry/enterprises/{id}");
    let form = ours.get(&format!("{page}/edit")).await.body;
    assert!(form.contains("value=\"六安市旧名物业服务有限公司\"") && form.contains(&uscc(1)), "{form}");
    let (own, others) = (uscc(1), uscc(2));
    let rows = house.rows().await;
    let edit = async |name: &str, code: &str, version: &str| {
        let fields = [("name", name), ("uscc", code), ("note", "值班13800138000"), ("version", version)];
        ours.submit(&page, &fields).await
    };
    assert!(edit("", "91", "1").await.body.contains("请填写营业执照上的企业全称"));
    assert!(edit("新名", &others, "1").await.body.contains("已登记为“六安市别家物业服务有限公司”"));
    assert!(edit("六安市别家物业服务有限公司", &own, "1").await.body.contains("本市已有同名企业"));
    let late = edit("六安市新名物业服务有限公司", &own, "7").await.body;
    assert!(
        late.contains("别人已修改了这家企业") && late.contains("value=\"六安市新名物业服务有限公司\""),
        "{late}"
    );
    assert!(house.changed_since(&rows).await.is_empty());
    let saved = edit("六安市新名物业服务有限公司", &own, "1").await;
    assert_eq!(saved.location.as_deref(), Some(page.as_str()), "{}", saved.body);
    let shown = ours.get(&page).await.body;
    assert!(shown.contains("企业全称：六安市旧名物业服务有限公司 → 六安市新名物业服务有限公司"), "{shown}");
    assert!(!shown.contains("13800138000") && shown.contains("值班138"), "{shown}");
    // A note is the regulator's: a competitor does not read it.
    let rival = house.count("select min(id) as n from registry_enterprises").await;
    let rival = house.as_somebody("别家", Role::Enterprise, Scope::Enterprise(rival)).await;
    let seen = rival.get(&page).await.body;
    assert!(seen.contains("六安市新名物业服务有限公司") && !seen.contains("值班138"), "{seen}");
    assert!(ours.get("/registry/enterprises?named=新名").await.body.contains(&page));
    assert!(!ours.get("/registry/enterprises?named=旧名").await.body.contains(&page));
}

async fn whoever_did_not_register_it_does_not_change_it(house: House) {
    furnish(&house).await;
    let (ours, cousin) = (county(&house, 1).await, county(&house, 2).await);
    let id = registered(&ours, "六安市某某物业服务有限公司", 1).await;
    let page = format!("/registry/enterprises/{id}");
    let city = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
    let stranger = house.as_somebody("邻市", Role::CityBureau, Scope::City(2)).await;
    let itself = house.as_somebody("企业", Role::Enterprise, Scope::Enterprise(id)).await;
    let code = uscc(1);
    let fields = [("name", "改了"), ("uscc", code.as_str()), ("version", "1")];
    let rows = house.rows().await;
    for (who, sees, status) in [
        (&cousin, StatusCode::OK, StatusCode::FORBIDDEN),
        (&itself, StatusCode::OK, StatusCode::FORBIDDEN),
        (&stranger, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(who.get(&page).await.status, sees);
        assert_eq!(who.get(&format!("{page}/edit")).await.status, status);
        assert_eq!(who.submit(&page, &fields).await.status, status);
    }
    assert_eq!(house.changed_since(&rows).await, ["store_security_log"]);
    assert!(!itself.get(&page).await.body.contains("变更记录"));
    assert_eq!(city.submit(&page, &fields).await.status, StatusCode::SEE_OTHER);
}

async fn a_sheet_adds_each_enterprise_once_and_tells_what_is_wrong(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    registered(&ours, "六安市已有物业服务有限公司", 1).await;
    let before = house.count("select count(*) as n from registry_enterprises").await;
    let sheet = format!(
        "企业名称,统一社会信用代码,备注\n六安市甲物业服务有限公司,{},\n六安市乙物业服务有限公司,123,\n六安市改名物业服务有限公司,{},\n六安市已有物业服务有限公司,{},\n六安市甲物业服务有限公司,{},再写一遍\n",
        uscc(11),
        uscc(1),
        uscc(1),
        uscc(11)
    );
    for (applied, skipped) in [(1, 2), (0, 3)] {
        let fields = [("register", "enterprises")];
        let to = ours
            .upload_with("/registry/imports", &fields, "企业.csv", sheet.as_bytes())
            .await
            .location
            .unwrap();
        let page = ours.get(&to).await.body;
        assert!(
            page.contains("B3：")
                && page.contains("A4：这个统一社会信用代码已登记为“六安市已有物业服务有限公司”"),
            "{page}"
        );
        assert_eq!(ours.submit(&to, &[("mode", "good_rows")]).await.status, StatusCode::SEE_OTHER);
        let page = finished(&house, &ours, &to).await;
        assert!(page.contains(&format!("<strong>{applied}</strong><span>家企业新建")), "{page}");
        assert!(page.contains(&format!("<strong>{skipped}</strong><span>家企业已经存在")), "{page}");
        assert_eq!(house.count("select count(*) as n from registry_enterprises").await, before + 1);
    }
    assert!(ours.get("/registry/enterprises?named=甲物业").await.body.contains("六安市甲物业服务有限公司"));
    assert_eq!(ours.get("/registry/imports/template.xlsx?register=enterprises").await.status, StatusCode::OK);
}

async fn another_citys_register_is_not_told_from(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let id = registered(&ours, "六安市邻居物业服务有限公司", 1).await;
    // The same house serves a second city, in which the enterprise is registered.
    house
        .given(move |tx| {
            Ok(tx.change("update registry_enterprises set city = 2 where id = $1", &[id.into()])?)
        })
        .await;
    let code = uscc(1);
    let rows = house.rows().await;
    let fields = [("name", "六安市邻居物业服务有限公司"), ("uscc", code.as_str())];
    let told = ours.submit("/registry/enterprises", &fields).await.body;
    assert!(told.contains("已在其他城市登记") && !told.contains("已登记为"), "{told}");
    assert!(house.changed_since(&rows).await.is_empty());
    let sheet = format!("企业名称,统一社会信用代码\n六安市另一家物业服务有限公司,{code}\n");
    let fields = [("register", "enterprises")];
    let to = ours.upload_with("/registry/imports", &fields, "企业.csv", sheet.as_bytes()).await;
    let page = ours.get(&to.location.unwrap()).await.body;
    assert!(page.contains("已在其他城市登记") && !page.contains("邻居物业"), "{page}");
}
