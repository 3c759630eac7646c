//! 区划调整: communities and neighborhoods go elsewhere by a document, their rows follow, and what is empty ends.

use axum::http::StatusCode;
use kernel::{Role, Scope};
use testkit::{House, on_both_stores};

use crate::{county, furnish, neighborhood};

on_both_stores!(crate::house;
    a_community_goes_to_another_neighborhood_and_its_records_follow,
    a_neighborhood_goes_to_another_street_with_its_communities_and_an_empty_one_ends,
    a_county_keeps_its_departments,
    grids_lie_in_a_neighborhood_under_its_code,
);

async fn numbers(house: &House, sql: &'static str) -> Vec<i64> {
    house.given(move |tx| Ok(tx.all(sql, &[], |it| it.int("n"))?)).await
}

/// The first community of county 1, its neighborhood, and another of the county under another street.
async fn places(house: &House) -> (i64, i64, i64) {
    let community = house.count("select min(id) as n from registry_communities where tenant = 1").await;
    let of = format!("select neighborhood as n from registry_communities where id = {community}");
    let own = house.count(Box::leak(of.into_boxed_str())).await;
    let sql = "select id as n from registry_divisions where kind = 'neighborhood' and tenant = 1 order by id";
    let all = numbers(house, sql).await;
    (community, own, *all.last().unwrap())
}

async fn a_community_goes_to_another_neighborhood_and_its_records_follow(house: House) {
    furnish(&house).await;
    let bureau = county(&house, 1).await;
    let (community, own, afar) = places(&house).await;
    let record =
        [("kind", "complaints"), ("happened_on", "2024-06-01"), ("title", "投诉统计"), ("part", "3")];
    let made = bureau.submit(&format!("/registry/records/new/{community}"), &record).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let here = format!(
        "select count(*) as n from registry_records where community = {community} and neighborhood = {own}"
    );
    assert!(0 < house.count(Box::leak(here.into_boxed_str())).await);
    let page = format!("/registry/communities/{community}/move");
    let shown = bureau.get(&page).await.body;
    assert!(shown.contains("划归哪个社区") && !shown.contains(&format!("value=\"{own}\"")), "{shown}");
    let (to, foreign) = (afar.to_string(), neighborhood(&house, 2).await.to_string());
    let version =
        house.count("select max(version) as n from registry_communities where tenant = 1").await.to_string();
    let clerk = house.as_somebody("社区", Role::Neighborhood, Scope::Neighborhood(own)).await;
    let next = county(&house, 2).await;
    assert_eq!(clerk.get(&page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(next.get(&page).await.status, StatusCode::NOT_FOUND);
    let before = house.rows().await;
    let own_text = own.to_string();
    for (to, document, words) in [
        ("", "舒政办〔2024〕5号", "请选择划归哪个社区"),
        (to.as_str(), "", "请填写依据的文件名称或文号"),
        (foreign.as_str(), "舒政办〔2024〕5号", "只能划归本县区的街道"),
        (own_text.as_str(), "舒政办〔2024〕5号", "它已经在"),
    ] {
        let fields = [("to", to), ("document", document), ("version", version.as_str())];
        let refused = bureau.submit(&page, &fields).await.body;
        assert!(refused.contains(words), "{words}: {refused}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let fields = [("to", to.as_str()), ("document", "舒政办〔2024〕5号"), ("version", version.as_str())];
    let done = bureau.submit(&page, &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // The old neighborhood sees it no more, the new one does; what was entered of it follows at the clock's next round.
    let receiver = house.as_somebody("新社区", Role::Neighborhood, Scope::Neighborhood(afar)).await;
    let address = format!("/registry/communities/{community}");
    assert_eq!(clerk.get(&address).await.status, StatusCode::NOT_FOUND);
    assert_eq!(receiver.get(&address).await.status, StatusCode::OK);
    let again = [("to", own_text.as_str()), ("document", "撤回"), ("version", "2")];
    let busy = bureau.submit(&page, &again).await.body;
    assert!(busy.contains("上一次划转还在进行"), "{busy}");
    assert_eq!(registry::follow_moves(&house.app, &[]).await.unwrap(), 1);
    assert_eq!(registry::follow_moves(&house.app, &[]).await.unwrap(), 0);
    let left = format!(
        "select count(*) as n from registry_records where community = {community} and neighborhood <> {afar}"
    );
    assert_eq!(house.count(Box::leak(left.into_boxed_str())).await, 0, "{}", made.body);
    let page = bureau.get(&address).await.body;
    assert!(page.contains("所在社区：") && page.contains("舒政办〔2024〕5号"), "{page}");
}

async fn a_neighborhood_goes_to_another_street_with_its_communities_and_an_empty_one_ends(house: House) {
    furnish(&house).await;
    let bureau = county(&house, 1).await;
    let (community, own, ..) = places(&house).await;
    let street = house
        .count("select max(id) as n from registry_divisions where kind = 'subdistrict' and tenant = 1")
        .await;
    let path = |verb: &str| format!("/registry/divisions/{own}/{verb}");
    let version = |n: &'static str| ("version", n);
    let before = house.rows().await;
    let full = bureau.submit(&path("end"), &[("document", "舒政办〔2024〕6号"), version("1")]).await.body;
    assert!(full.contains("个小区，请先把小区划归别的社区"), "{full}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let target = street.to_string();
    let fields = [("to", target.as_str()), ("document", "舒政办〔2024〕6号"), version("1")];
    let moved = bureau.submit(&path("move"), &fields).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let of = format!("select subdistrict as n from registry_communities where id = {community}");
    assert_eq!(house.count(Box::leak(of.into_boxed_str())).await, street);
    let stale = bureau.submit(&path("end"), &[("document", "舒政办〔2024〕6号"), version("1")]).await.body;
    assert!(stale.contains("个小区"), "{stale}");
    registry::follow_moves(&house.app, &[]).await.unwrap();
    // Every community gone, the neighborhood ends, is offered nowhere and keeps its name where it stood.
    house
        .given(move |tx| {
            Ok(tx.change("delete from registry_communities where neighborhood = $1", &[own.into()])?)
        })
        .await;
    let ended = bureau.submit(&path("end"), &[("document", "舒政办〔2024〕7号"), version("2")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    let page = bureau.get(&format!("/registry/divisions/{own}")).await.body;
    assert!(page.contains("2024-08-20撤销") && page.contains("舒政办〔2024〕7号"), "{page}");
    let form = bureau.get("/registry/communities/new").await.body;
    assert!(!form.contains(&format!("value=\"{own}\"")), "{form}");
    let before = house.rows().await;
    // Nor is anything put into it by those who do not come through the form.
    let own_text = own.to_string();
    let fields = [
        ("name", "新小区"),
        ("neighborhood", own_text.as_str()),
        ("built_in", "2010"),
        ("floor_area", "1000"),
        ("buildings", "1"),
        ("entrances", "1"),
        ("households", "10"),
        ("kind", "commodity"),
    ];
    let new = bureau.submit("/registry/communities", &fields).await.body;
    assert!(new.contains("已撤销，请选择现在的社区"), "{new}");
    let grid = [("code", "01"), ("name", "第一网格"), ("covers", "全部")];
    let grid = bureau.submit(&format!("/registry/grids/{own}"), &grid).await.body;
    assert!(grid.contains("已撤销，网格不再登记和修改"), "{grid}");
    let late = bureau.submit(&path("end"), &[("document", "舒政办〔2024〕7号"), version("3")]).await.body;
    assert!(late.contains("已经撤销"), "{late}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn a_county_keeps_its_departments(house: House) {
    furnish(&house).await;
    let (ours, cousin) = (county(&house, 1).await, county(&house, 2).await);
    let street = house.as_somebody("街道", Role::Subdistrict, Scope::Subdistrict(1)).await;
    let to = "/registry/departments";
    assert_eq!(street.get(to).await.status, StatusCode::FORBIDDEN);
    assert_eq!(ours.submit(to, &[("name", "县消防救援大队")]).await.status, StatusCode::SEE_OTHER);
    let before = house.rows().await;
    assert!(ours.submit(to, &[("name", "县消防救援大队")]).await.body.contains("已经登记过“县消防救援大队”"));
    assert!(ours.submit(to, &[("name", "消")]).await.body.contains("请填写部门名称"));
    let id = house.count("select id as n from registry_departments").await.to_string();
    let rename = |name: &'static str, version: &'static str| {
        [("department", id.clone()), ("name", name.to_owned()), ("version", version.to_owned())]
    };
    let send = async |who: &testkit::Browser, fields: [(&'static str, String); 3], verb: &str| {
        let mut all: Vec<(&str, &str)> = fields.iter().map(|it| (it.0, it.1.as_str())).collect();
        all.push(("verb", verb));
        all.push(("document", "舒编〔2024〕3号"));
        who.submit(to, &all).await
    };
    assert_eq!(send(&cousin, rename("别县的", "1"), "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(send(&ours, rename("县消防救援局", "1"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(send(&ours, rename("县消防救援局", "1"), "end").await.status, StatusCode::CONFLICT);
    let before = house.rows().await;
    let bare = [("department", id.as_str()), ("version", "2"), ("verb", "end")];
    let silent = ours.submit(to, &bare).await.body;
    assert!(silent.contains("请填写撤销所依据的文件"), "{silent}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(send(&ours, rename("县消防救援局", "2"), "end").await.status, StatusCode::SEE_OTHER);
    let page = ours.get(to).await.body;
    assert!(page.contains("县消防救援局") && page.contains("2024-08-20撤销"), "{page}");
    assert!(send(&ours, rename("再开", "3"), "").await.body.contains("已经撤销"));
    assert!(cousin.get(to).await.body.contains("还没有登记部门"));
}

// covers: BJ-001
async fn grids_lie_in_a_neighborhood_under_its_code(house: House) {
    furnish(&house).await;
    let (ours, cousin) = (county(&house, 1).await, county(&house, 2).await);
    let (_, own, ..) = places(&house).await;
    let to = format!("/registry/grids/{own}");
    assert_eq!(cousin.get(&to).await.status, StatusCode::NOT_FOUND);
    let code = house
        .given(move |tx| {
            let sql = "select code from registry_divisions where id = $1";
            Ok(tx.one(sql, &[own.into()], |it| it.text("code"))?)
        })
        .await;
    let right = format!("{code}003");
    let fields = [("name", "第三网格"), ("code", right.as_str()), ("covers", "桃溪花园1至6幢")];
    assert_eq!(ours.submit(&to, &fields).await.status, StatusCode::SEE_OTHER);
    let before = house.rows().await;
    assert!(ours.submit(&to, &fields).await.body.contains("已由“第三网格”使用"));
    let wrong = [("name", "第四网格"), ("code", "341599999999004"), ("covers", "桃溪花园7幢")];
    let refused = ours.submit(&to, &wrong).await.body;
    assert!(refused.contains("网格编码应为社区代码") && refused.contains("桃溪花园7幢"), "{refused}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let grid = house.count("select id as n from registry_grids").await.to_string();
    let end = [("grid", grid.as_str()), ("version", "1"), ("verb", "end")];
    assert_eq!(ours.submit(&to, &end).await.status, StatusCode::SEE_OTHER);
    let page = ours.get(&format!("/registry/divisions/{own}")).await.body;
    assert!(page.contains("第三网格") && page.contains("已撤销"), "{page}");
}
