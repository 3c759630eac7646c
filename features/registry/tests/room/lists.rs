//! Lists: found by any word, in columns somebody chose, kept under a name, and taken away as a sheet.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    a_community_is_found_by_any_word_of_its_name_address_or_number,
    a_search_never_leaves_the_hats_own_county,
    an_older_stores_communities_are_indexed_once,
    chosen_columns_are_what_the_page_and_the_sheet_show,
    a_view_is_kept_by_name_and_seen_by_its_owner_alone,
    a_view_that_is_no_list_or_has_no_name_is_not_kept,
    records_are_narrowed_by_community_day_and_class,
);

async fn renamed(house: &House, tenant: i64, name: &str, address: &str) -> i64 {
    let (name, address) = (name.to_owned(), address.to_owned());
    house
        .given(move |tx| {
            let id = tx.one(
                "select min(id) as id from registry_communities where tenant = $1",
                &[tenant.into()],
                |it| it.int("id"),
            )?;
            let sql = "update registry_communities set name = $2, address = $3 where id = $1";
            tx.change_one(sql, &[id.into(), name.clone().into(), address.clone().into()])?;
            tx.put_words("community", id, &[&name, &address, "000001"])?;
            Ok(id)
        })
        .await
}

async fn a_community_is_found_by_any_word_of_its_name_address_or_number(house: House) {
    furnish(&house).await;
    renamed(&house, 1, "龙河口翡翠湾二期", "万佛湖路88号").await;
    let ours = county(&house, 1).await;
    for (asked, found) in [
        ("翡翠", true),
        ("翡翠湾", true),
        ("二期", true),
        ("期", true),
        ("佛湖路", true),
        ("88", true),
        ("龙河口 万佛湖", true),
        ("000001", true),
        // Characters that do not follow each other, or another's word beside its own.
        ("翠龙", false),
        ("翡翠 锦绣谷", false),
        ("100%", false),
        ("'\" OR 1=1 --", false),
    ] {
        let escaped: String = asked.bytes().map(|it| format!("%{it:02X}")).collect();
        let list = ours.get(&format!("/api/v1/registry/communities?named={escaped}")).await.json();
        assert_eq!(list["count"], i64::from(found), "{asked}: {list}");
    }
    // What it was called before does not find it any more.
    let id = renamed(&house, 1, "云顶天境", "万佛湖路88号").await;
    let old = ours.get("/api/v1/registry/communities?named=%E7%BF%A1%E7%BF%A0").await.json();
    let new = ours.get("/api/v1/registry/communities?named=%E4%BA%91%E9%A1%B6").await.json();
    assert_eq!((&old["count"], &new["communities"][0]["id"]), (&0.into(), &id.to_string().into()));
}

async fn a_search_never_leaves_the_hats_own_county(house: House) {
    furnish(&house).await;
    renamed(&house, 2, "龙河口翡翠湾", "").await;
    let (ours, theirs) = (county(&house, 1).await, county(&house, 2).await);
    let asked = "/api/v1/registry/communities?named=%E7%BF%A1%E7%BF%A0";
    assert_eq!(ours.get(asked).await.json()["count"], 0);
    assert_eq!(theirs.get(asked).await.json()["count"], 1);
}

async fn an_older_stores_communities_are_indexed_once(house: House) {
    furnish(&house).await;
    let name = house
        .given(|tx| {
            Ok(tx.one(
                "select name from registry_communities where tenant = 1 order by id limit 1",
                &[],
                |it| it.text("name"),
            )?)
        })
        .await;
    house.given(|tx| Ok(tx.given("delete from store_words")?)).await;
    let ours = county(&house, 1).await;
    let escaped: String = name.bytes().map(|it| format!("%{it:02X}")).collect();
    let asked = format!("/api/v1/registry/communities?named={escaped}");
    assert_eq!(ours.get(&asked).await.json()["count"], 0);
    registry::index(&house.app).await.unwrap();
    assert_ne!(ours.get(&asked).await.json()["count"], 0);
    house.given(|tx| Ok(tx.given("delete from store_words")?)).await;
    registry::index(&house.app).await.unwrap();
    assert_eq!(ours.get(&asked).await.json()["count"], 0, "it was done once");
}

async fn chosen_columns_are_what_the_page_and_the_sheet_show(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let usual = ours.get("/registry/communities").await.body;
    assert!(usual.contains("<th>小区名称</th><th>编号</th>") && !usual.contains("<th>地址</th>"), "{usual}");
    let asked = "column=name&column=address&column=households";
    let chosen = ours.get(&format!("/registry/communities?{asked}")).await.body;
    assert!(chosen.contains(r#"<th>小区名称</th><th>地址</th><th class="n">户数</th></tr>"#), "{chosen}");
    assert!(chosen.contains(&format!("/registry/communities/export.xlsx?{}", asked.replace('&', "&#38;"))));
    let sheet = ours.get(&format!("/registry/communities/export.xlsx?{asked}")).await.bytes;
    let table = documents::read_table(&sheet).unwrap();
    assert_eq!(
        (table.header, table.rows.len()),
        (["小区名称", "地址", "户数"].map(str::to_owned).to_vec(), 6)
    );
    // Whoever chose nothing takes the whole register away.
    let whole = documents::read_table(&ours.get("/registry/communities/export.xlsx").await.bytes).unwrap();
    assert_eq!(whole.header.len(), 15);
    let companies = ours.get("/registry/enterprises/export.xlsx?sort=households").await.bytes;
    let companies = documents::read_table(&companies).unwrap();
    let households: Vec<i64> = companies.rows.iter().map(|it| it.1[3].parse().unwrap()).collect();
    assert!(1 < households.len() && households.is_sorted_by(|one, other| one >= other), "{households:?}");
}

const VIEW: [(&str, &str); 3] =
    [("page", "/registry/communities"), ("query", "kind=commodity&column=name"), ("name", "商品房")];

async fn a_view_is_kept_by_name_and_seen_by_its_owner_alone(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let scope = Scope::County(Tenant::from_number(1));
    let other = house.as_somebody("同县同事", Role::CountyBureau, scope).await;
    let kept = ours.submit("/accounts/views", &VIEW).await;
    assert_eq!(kept.location.as_deref(), Some("/registry/communities?kind=commodity&column=name"));
    let link = r#"<a href="/registry/communities?kind=commodity&#38;column=name">商品房</a>"#;
    assert!(ours.get("/registry/communities").await.body.contains(link));
    assert!(!other.get("/registry/communities").await.body.contains(link));
    assert!(!ours.get("/registry/enterprises").await.body.contains(link));
    // The same name again takes the older one's place.
    let mut again = VIEW;
    again[1].1 = "kind=old";
    assert_eq!(ours.submit("/accounts/views", &again).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count("select count(*) as n from accounts_views").await, 1);
    let id = house.count("select id as n from accounts_views").await;
    let before = house.rows().await;
    let foreign = other.submit(&format!("/accounts/views/{id}/remove"), &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let gone = ours.submit(&format!("/accounts/views/{id}/remove"), &[]).await;
    assert_eq!(gone.location.as_deref(), Some("/registry/communities"));
    assert_eq!(house.count("select count(*) as n from accounts_views").await, 0);
}

async fn a_view_that_is_no_list_or_has_no_name_is_not_kept(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let before = house.rows().await;
    for (at, value) in
        [(0, "//elsewhere.example"), (0, "https://elsewhere.example"), (2, " "), (1, "a=\r\nb")]
    {
        let mut form = VIEW;
        form[at].1 = value;
        let refused = ours.submit("/accounts/views", &form).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{value}: {}", refused.body);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    for n in 0..20 {
        let mut form = VIEW;
        let name = format!("第{n}个");
        form[2].1 = &name;
        assert_eq!(ours.submit("/accounts/views", &form).await.status, StatusCode::SEE_OTHER);
    }
    assert!(ours.submit("/accounts/views", &VIEW).await.body.contains("已存了20个视图"));
}

async fn records_are_narrowed_by_community_day_and_class(house: House) {
    furnish(&house).await;
    let community = renamed(&house, 1, "龙河口翡翠湾", "").await;
    let ours = county(&house, 1).await;
    for (class, title, day) in [
        ("fire_lane", "东门通道停车", "2024-03-01"),
        ("fire_lane", "西门通道停车", "2024-05-01"),
        ("thrown_objects", "三号楼抛物", "2024-05-02"),
    ] {
        let form = [
            ("kind", "finding"),
            ("class", class),
            ("status", "open"),
            ("title", title),
            ("happened_on", day),
        ];
        let entered = ours.submit(&format!("/registry/records/new/{community}"), &form).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    }
    let seen = async |asked: &str| {
        let page = ours.get(&format!("/registry/records?kind=finding{asked}")).await.body;
        ["东门", "西门", "三号楼"].map(|it| page.contains(it))
    };
    assert_eq!(seen("").await, [true, true, true]);
    assert_eq!(seen("&named=%E7%BF%A1%E7%BF%A0").await, [true, true, true]);
    assert_eq!(seen("&named=%E9%94%A6%E7%BB%A3%E8%B0%B7").await, [false, false, false]);
    assert_eq!(seen("&from=2024-04-01").await, [false, true, true]);
    assert_eq!(seen("&from=2024-04-01&to=2024-05-01").await, [false, true, false]);
    assert_eq!(seen("&class=thrown_objects").await, [false, false, true]);
    assert_eq!(seen("&class=fire_lane&sort=oldest&to=2024-03-31").await, [true, false, false]);
    let sheet = ours.get("/registry/records/export.xlsx?kind=finding&class=fire_lane").await.bytes;
    assert_eq!(documents::read_table(&sheet).unwrap().rows.len(), 2);
}
