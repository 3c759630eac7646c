//! A hotline's day as a sheet: whole or not at all, each case once, for the desk's own part of the world.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Answer, Browser, House, on_both_stores};

use crate::{
    story::Cast,
    systems::{administrator, key, message, sent},
};

on_both_stores!(crate::story::house;
    a_days_sheet_is_filed_once_by_its_numbers,
    a_sheet_with_a_fault_files_nothing_and_names_the_cells,
    a_desk_imports_for_its_own_part_of_the_world,
);

const HEAD: &str = "工单编号,小区名称,问题类别,诉求内容,类型,楼栋,来电人,来电号码\n";

async fn desk(house: &House) -> Browser {
    house.as_somebody("话务员", Role::HotlineOperator, Scope::County(Tenant::from_number(1))).await
}

async fn uploaded(house: &House, who: &Browser, rows: &str) -> Answer {
    let system = house.count("select max(id) as n from tickets_systems").await.to_string();
    let sheet = format!("{HEAD}{rows}");
    who.upload_with("/tickets/hotlines", &[("system", &system)], "来件.csv", sheet.as_bytes()).await
}

fn row(cast: &Cast, outside: &str) -> String {
    format!("{outside},{},公共照明,三号楼楼道灯坏了一周,报修,3号楼,周桂芳,13900001111\n", cast.community)
}

// covers: SC-056
async fn a_days_sheet_is_filed_once_by_its_numbers(house: House) {
    let cast = Cast::of(&house).await;
    let key = key(&administrator(&house).await, "六安12345", "12345").await;
    let desk = desk(&house).await;
    assert!(desk.get("/tickets").await.body.contains("导入热线来件"));
    assert!(desk.get("/tickets/hotlines").await.body.contains("六安12345"));
    assert_eq!(desk.get("/tickets/hotlines/template.xlsx").await.status, StatusCode::OK);
    // One of them the hotline had already sent as a message.
    sent(&house, &key, "m-1", 0, &message(&cast, "A-1")).await;
    let title = house.count("select count(*) as n from tickets_tickets where category = 'lighting'").await;
    assert_eq!(title, 1);
    let rows: String = (1..=25).map(|n| row(&cast, &format!("A-{n}"))).collect();
    for (there, answered) in [(25, "登记24件"), (25, "登记0件")] {
        let done = uploaded(&house, &desk, &rows).await;
        assert_eq!(done.location.as_deref(), Some("/tickets"), "{answered}: {}", done.body);
        assert_eq!(house.count("select count(*) as n from tickets_tickets").await, there);
    }
    assert_eq!(house.count("select count(*) as n from tickets_outside").await, 25);
    assert_eq!(house.count("select count(*) as n from store_audit where event = 'tickets.filed'").await, 25);
    // By the hotline's own class of it.
    let lift = row(&cast, "B-1").replace("公共照明", "城乡建设/物业管理/电梯管理");
    assert!(uploaded(&house, &desk, &lift).await.location.is_some());
    assert_eq!(house.count("select count(*) as n from tickets_tickets where category = 'elevator'").await, 1);
    let sheet = desk.get("/tickets?stage=open&category=elevator&column=hotline&column=class").await.body;
    assert!(sheet.contains("<td>物业管理/电梯管理</td>") && sheet.contains("<td>公用设施</td>"), "{sheet}");
    // Whoever calls about its number is helped by it.
    let found = cast.county.get("/tickets?said=A-25").await.body;
    assert!(found.contains("000025") && !found.contains("000024"), "{found}");
    let ticket = house.count("select id as n from tickets_tickets where number = 25").await;
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(
        page.contains("由六安12345转来") && page.contains("12345热线") && page.contains("报修"),
        "{page}"
    );
}

async fn a_sheet_with_a_fault_files_nothing_and_names_the_cells(house: House) {
    let cast = Cast::of(&house).await;
    key(&administrator(&house).await, "六安12345", "12345").await;
    let desk = desk(&house).await;
    let before = house.rows().await;
    let rows = format!(
        "{}A-2,没有这个小区,公共照明,三号楼楼道灯坏了一周,,,周桂芳,13900001111\nA-3,{2},天气,灯坏,抱怨,,周桂芳,123\n{1}",
        row(&cast, "A-1"),
        row(&cast, "A-1"),
        cast.community
    );
    let refused = uploaded(&house, &desk, &rows).await.body;
    for told in [
        "C4：不是本系统的问题类别",
        "D4：请写明什么事",
        "E4：诉求类型应为投诉",
        "H4：联系电话",
        "A5：编号在文件里出现了两次",
    ] {
        assert!(refused.contains(told), "{told}: {refused}");
    }
    assert!(refused.contains("B3：本县台账里没有这个小区"), "{refused}");
    let order: Vec<usize> = ["B3：", "C4：", "A5："].iter().map(|it| refused.find(it).unwrap()).collect();
    assert!(order.is_sorted(), "by their lines: {refused}");
    let astray = "A-2,没有这个小区,公共照明,三号楼楼道灯坏了一周,,,周桂芳,13900001111\n";
    let refused = uploaded(&house, &desk, &format!("{}{astray}", row(&cast, "A-1"))).await.body;
    assert!(refused.contains("B3：本县台账里没有这个小区"), "{refused}");
    let system = house.count("select max(id) as n from tickets_systems").await.to_string();
    let fields = [("system", system.as_str())];
    let bare = desk.upload_with("/tickets/hotlines", &fields, "a.csv", "甲,乙\n1,2\n".as_bytes()).await;
    assert!(bare.body.contains("表头缺少：来件编号、小区、问题类别、内容"));
    let none = desk.upload_with("/tickets/hotlines", &[("system", "")], "a.csv", HEAD.as_bytes()).await;
    assert!(none.body.contains("请选择来件系统"), "{}", none.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn a_desk_imports_for_its_own_part_of_the_world(house: House) {
    let cast = Cast::of(&house).await;
    key(&administrator(&house).await, "六安12345", "12345").await;
    let cousin =
        house.as_somebody("邻县话务员", Role::HotlineOperator, Scope::County(Tenant::from_number(2))).await;
    let before = house.rows().await;
    let refused = uploaded(&house, &cousin, &row(&cast, "A-1")).await;
    assert!(refused.body.contains("B2：这个小区不在您的管理范围内"), "{}", refused.body);
    for who in [&cast.street, &cast.company, &cast.neighborhood] {
        assert_eq!(uploaded(&house, who, &row(&cast, "A-1")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(who.get("/tickets/hotlines").await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
