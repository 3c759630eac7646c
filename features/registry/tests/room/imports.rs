//! 导入 through the wizard.

use axum::http::StatusCode;
use testkit::{Browser, House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    a_registers_own_sheet_comes_back_as_what_is_there,
    faults_are_told_by_the_cell_and_nothing_is_written_before_the_start,
    good_rows_go_in_once_and_only_once,
    a_row_gone_bad_takes_the_whole_batch_back,
    a_foreign_file_is_refused_in_words,
    only_the_county_bureau_imports,
);

const SHEET: &str = "小区名称,所在社区,户数,建成时间,物业服务方式\n\
    晨光里,东市街道梅河社区,120,2015年,市场化\n\
    晨曦里,城南社区,80,2016,市场化\n\
    晨露里,东市街道梅河社区,八十,2016,市场化\n\
    晨风里,东市街道三里社区,64,,无物业管理\n";

async fn staged(ours: &Browser) -> String {
    ours.upload("/registry/imports", "台账.csv", SHEET.as_bytes()).await.location.unwrap()
}

async fn faults_are_told_by_the_cell_and_nothing_is_written_before_the_start(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let to = staged(&ours).await;
    let page = ours.get(&to).await.body;
    assert!(
        page.contains("B3：台账中没有“城南社区”") && page.contains("C4：户数应为1至50000的整数"),
        "{page}"
    );
    assert_eq!(house.count("select count(*) as n from registry_communities").await, 12);
    let refused = ours.submit(&to, &[("mode", "all_or_nothing")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("文件中有2行不能导入"));
    assert_eq!(house.count("select count(*) as n from registry_communities").await, 12);
    let corrections = ours.get(&format!("{to}/corrections.xlsx")).await;
    assert_eq!(corrections.status, StatusCode::OK);
}

pub(crate) async fn finished(house: &House, ours: &Browser, to: &str) -> String {
    for _ in 0..200 {
        let page = ours.get(to).await.body;
        if page.contains("导入完成") {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let stages = house.count("select count(*) as n from registry_imports where stage = 'done'").await;
    panic!("the import did not end; {stages} did");
}

async fn good_rows_go_in_once_and_only_once(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    for (applied, skipped) in [(2, 0), (0, 2)] {
        let to = staged(&ours).await;
        assert_eq!(ours.submit(&to, &[("mode", "good_rows")]).await.status, StatusCode::SEE_OTHER);
        let page = finished(&house, &ours, &to).await;
        assert!(page.contains(&format!("<strong>{applied}</strong><span>个小区新建")), "{page}");
        assert!(page.contains(&format!("<strong>{skipped}</strong><span>个小区已经存在")));
        assert_eq!(ours.submit(&to, &[("mode", "good_rows")]).await.status, StatusCode::CONFLICT);
        assert_eq!(house.count("select count(*) as n from registry_communities").await, 14);
    }
    assert_eq!(
        house.count("select count(*) as n from store_audit where event = 'registry.import_finished'").await,
        2
    );
}

async fn a_row_gone_bad_takes_the_whole_batch_back(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let sheet = "小区名称,所在社区,户数,建成时间\n晨光里,东市街道梅河社区,120,2015\n晨霞里,东市街道梅河社区,90,2024\n";
    let to = ours.upload("/registry/imports", "台账.csv", sheet.as_bytes()).await.location.unwrap();
    // The clock falls back into a year in which nothing can have been built in 2024.
    house.it_is("2023-12-31T01:00:00Z");
    let ours = house.as_again(ours.person).await;
    assert_eq!(ours.submit(&to, &[("mode", "all_or_nothing")]).await.status, StatusCode::SEE_OTHER);
    for _ in 0..200 {
        if ours.get(&to).await.body.contains("没有导入") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(ours.get(&to).await.body.contains("已全部撤销"));
    assert_eq!(house.count("select count(*) as n from registry_communities").await, 12);
    let events =
        |name: &str| format!("select count(*) as n from store_audit where event = 'registry.import_{name}'");
    assert_eq!(house.count(events("undone").leak()).await, 1);
    assert_eq!(house.count(events("finished").leak()).await, 0);
    // The house starts again, and finds nothing to take up.
    registry::resume(&house.app).await.unwrap();
    assert_eq!(house.count(events("undone").leak()).await, 1);
}

async fn a_foreign_file_is_refused_in_words(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let before = house.rows().await;
    for (bytes, words) in
        [(&b"\x89PNG\x00\x00"[..], "不是表格"), (b"PK\x03\x04zzzz", "XLSX"), (b"", "没有收到文件")]
    {
        assert!(ours.upload("/registry/imports", "图.xlsx", bytes).await.body.contains(words));
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn only_the_county_bureau_imports(house: House) {
    furnish(&house).await;
    let (ours, theirs) = (county(&house, 1).await, county(&house, 2).await);
    let to = staged(&ours).await;
    assert_eq!(theirs.get(&to).await.status, StatusCode::NOT_FOUND);
    assert_eq!(theirs.submit(&to, &[("mode", "good_rows")]).await.status, StatusCode::NOT_FOUND);
    let street = house.as_somebody("街道", kernel::Role::Subdistrict, kernel::Scope::Subdistrict(3)).await;
    assert_eq!(street.get("/registry/imports/new").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        street.upload("/registry/imports", "x.csv", SHEET.as_bytes()).await.status,
        StatusCode::FORBIDDEN
    );
}

/// A county exports its register and brings the same file in again, though two streets have a neighborhood of one name.
async fn a_registers_own_sheet_comes_back_as_what_is_there(house: House) {
    furnish(&house).await;
    let ours = county(&house, 1).await;
    let sheet = ours.get("/registry/communities/export.xlsx").await.bytes;
    let before = house.count("select count(*) as n from registry_communities").await;
    let sent = ours.upload("/registry/imports", "小区台账.xlsx", &sheet).await;
    let to = sent.location.unwrap();
    let checked = ours.get(&to).await.body;
    assert!(checked.contains("<strong>6</strong><span>行可以导入"), "{checked}");
    ours.submit(&to, &[("mode", "all_or_nothing")]).await;
    let mut done = String::new();
    for _ in 0..200 {
        done = ours.get(&to).await.body;
        if done.contains("导入完成") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(done.contains("<strong>6</strong><span>个小区已经存在"), "{done}");
    assert_eq!(house.count("select count(*) as n from registry_communities").await, before);
    // Without the street nobody can tell which of them is meant, and the sheet says so by its cell.
    let heads = ["小区名称", "所在社区", "户数"].map(|it| documents::Column::text(it, 16));
    let row = ["新月花园", "三里社区", "320"].map(|it| documents::Cell::Text(it.to_owned())).to_vec();
    let sheet = documents::write_xlsx("小区", &heads, &[row]).unwrap();
    let to = ours.upload("/registry/imports", "新.xlsx", &sheet).await.location.unwrap();
    assert!(ours.get(&to).await.body.contains("B2：有几个社区叫“三里社区”，请填写所在街道"));
}
