//! A county that works on paper, entered from its filled annexes.

use axum::http::StatusCode;
use documents::{Block, Cell, Column, FormCell};
use kernel::{Role, Scope, Tenant};
use testkit::{Answer, Browser, House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    a_filled_annex_4_becomes_recommendations_and_comes_back_in_the_citys_table,
    an_application_handed_in_here_is_passed_by_its_paper,
    one_row_that_cannot_go_in_keeps_all_of_them_out,
    a_filled_annex_3_is_read_into_its_application,
    nobody_enters_for_another_county,
);

fn annex_4(rows: &[[&str; 4]]) -> Vec<u8> {
    let heads = ["序号", "小区名称", "评估得分及排名", "小区党组织情况"].map(|it| Column::text(it, 16));
    let rows: Vec<Vec<Cell>> =
        rows.iter().map(|row| row.iter().map(|it| Cell::Text((*it).to_owned())).collect()).collect();
    documents::write_xlsx("附件4", &heads, &rows).unwrap()
}

const COVER: [(&str, &str); 4] = [
    ("county", "1"),
    ("received_on", "2024-08-14"),
    ("decided_on", "2024-08-13"),
    ("decision", "局长办公会研究同意推荐"),
];

async fn entered(who: &Browser, campaign: i64, cover: &[(&str, &str)], sheet: &[u8]) -> Answer {
    who.upload_with(&format!("/campaigns/{campaign}/papers"), cover, "附件4.xlsx", sheet).await
}

async fn name(house: &House, community: i64) -> String {
    let sql = "select name from registry_communities where id = $1";
    house.given(move |tx| Ok(tx.one(sql, &[community.into()], |it| it.text("name"))?)).await
}

// covers: LA-019, LA-020, LA-053
async fn a_filled_annex_4_becomes_recommendations_and_comes_back_in_the_citys_table(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let name = name(&house, cast.communities[0]).await;
    let sheet = annex_4(&[["1", &name, "95.2分，第1名", "小区党支部，电话13800138000"], ["2", "", "", ""]]);
    let done = entered(&cast.city, campaign, &COVER, &sheet).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let table = cast.city.get(&format!("/campaigns/{campaign}/annex-4.xlsx")).await.bytes;
    let row = &documents::read_table(&table).unwrap().rows[0].1;
    // The city reads of many counties.
    assert_eq!(row[1..4].join(" "), format!("金安区 {name} 95.2分，第1名"));
    assert!(row[6].starts_with("小区党支部") && !row[6].contains("13800138000"), "{}", row[6]);
    let quota = house.count("select cast(sum(used) as bigint) as n from campaigns_quotas").await;
    assert_eq!(quota, 1);
    // It is a recommendation like any other: the street's and county's steps are behind it, the day of paper is kept.
    let page = cast.county.get(&format!("/campaigns/{campaign}/papers")).await.body;
    assert!(page.contains("95.2分，第1名") && page.contains("2024-08-14"), "{page}");
    let again = entered(&cast.county, campaign, &COVER, &sheet).await;
    assert!(again.body.contains("这个小区已经推荐") && again.body.contains(&name), "{}", again.body);
}

async fn an_application_handed_in_here_is_passed_by_its_paper(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let name = name(&house, cast.communities[0]).await;
    let sheet = annex_4(&[["1", &name, "95", ""]]);
    let begun = [("community", cast.communities[0].to_string())];
    let begun: Vec<(&str, &str)> = begun.iter().map(|it| (it.0, it.1.as_str())).collect();
    cast.manager.submit(&format!("/campaigns/{campaign}/applications"), &begun).await;
    let before = house.rows().await;
    let early = entered(&cast.county, campaign, &COVER, &sheet).await;
    assert!(early.body.contains("网上申报还没有提交"), "{}", early.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let other = cast.apply(campaign, 1).await;
    let name = self::name(&house, cast.communities[1]).await;
    let done = entered(&cast.county, campaign, &COVER, &annex_4(&[["1", &name, "95", ""]])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = cast.city.get(&format!("/campaigns/applications/{other}")).await.body;
    assert!(page.contains("纸质件2024-08-14收到"), "{page}");
}

async fn one_row_that_cannot_go_in_keeps_all_of_them_out(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let (good, bad) = (name(&house, cast.communities[0]).await, name(&house, cast.communities[1]).await);
    let survey = [
        ("kind", "survey"),
        ("title", "复核调查"),
        ("happened_on", "2024-08-10"),
        ("part", "95"),
        ("whole", "100"),
    ];
    cast.county.submit(&format!("/registry/records/new/{}", cast.communities[1]), &survey).await;
    let before = house.rows().await;
    let sheet = annex_4(&[["1", &good, "95", ""], ["2", &bad, "94", ""], ["3", "没有这个小区", "93", ""]]);
    let refused = entered(&cast.city, campaign, &COVER, &sheet).await;
    for told in ["第3行", "未达到“业主满意度超过95%”", "第4行“没有这个小区”：台账中没有这个小区"]
    {
        assert!(refused.body.contains(told), "{told}: {}", refused.body);
    }
    assert!(refused.body.contains("局长办公会研究同意推荐"), "what was typed stays");
    let twice = annex_4(&[["1", &good, "", ""], ["2", &good, "", ""]]);
    assert!(entered(&cast.city, campaign, &COVER, &twice).await.body.contains("在第2行已经填过"));
    let mut late = COVER;
    late[1].1 = "2024-08-20";
    let refused = entered(&cast.city, campaign, &late, &annex_4(&[["1", &good, "", ""]])).await;
    assert!(refused.body.contains("收到书面材料的日期，不晚于今天"), "{}", refused.body);
    let mut early = COVER;
    early[1].1 = "2024-07-01";
    let refused = entered(&cast.city, campaign, &early, &annex_4(&[["1", &good, "", ""]])).await;
    assert!(refused.body.contains("收到日期不能早于活动开始的2024-07-26"), "{}", refused.body);
    let mut hasty = COVER;
    hasty[1].1 = "2024-08-12";
    let refused = entered(&cast.city, campaign, &hasty, &annex_4(&[["1", &good, "", ""]])).await;
    assert!(refused.body.contains("研究确定的日期不能晚于收到书面材料的日期"), "{}", refused.body);
    let other = entered(&cast.city, campaign, &COVER, b"%PDF-1.7 not a sheet").await;
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn a_filled_annex_3_is_read_into_its_application(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let name = name(&house, cast.communities[0]).await;
    entered(&cast.city, campaign, &COVER, &annex_4(&[["1", &name, "95", "党支部"]])).await;
    let application = house.count("select id as n from campaigns_applications").await;
    let annex = |community: &str, phone: &str| {
        let text = |head: &str, said: &str| vec![FormCell::head(head), FormCell::text(said, 3)];
        let asked = |head: &str, said: &str, whom: &str| {
            vec![
                FormCell::head(head),
                FormCell::text(said, 1),
                FormCell::head("联系人及联系电话"),
                FormCell::text(whom, 1),
            ]
        };
        let practices: Vec<String> = (1..=8).map(|n| format!("{n}. 第{n}条做法")).collect();
        let rows = vec![
            text("小区名称", community),
            asked("小区党组织全称", "第一党支部", &format!("王建民　{phone}")),
            asked("物业服务企业全称", "润城物业", "李工 13900139000"),
            asked("业主委员会名称情况", "第二届业委会", "赵主任 13700137000"),
            text("小区物业管理主要做法及工作成效", &practices.join("\n")),
        ];
        documents::write_docx(&[Block::Form { widths: vec![20, 30, 20, 30], rows }]).unwrap()
    };
    let path = format!("/campaigns/{campaign}/papers/{application}/annex-3");
    let send = async |file: &[u8]| cast.city.upload_with(&path, &[], "附件3.docx", file).await;
    let before = house.rows().await;
    assert!(send(&annex("别的小区", "13800138000")).await.body.contains("这份自荐表写的是“别的小区”"));
    assert!(send(&annex(&name, "138")).await.body.contains("党组织联系电话"));
    assert!(send(b"not a form").await.body.contains("另存为“.docx”"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = send(&annex(&name, "13800138000")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let print = cast.city.get(&format!("/campaigns/applications/{application}/print")).await.body;
    for said in ["第一党支部", "第8条做法", "第二届业委会"] {
        assert!(print.contains(said), "{said}: {print}");
    }
    let stored = house
        .given(|tx| Ok(tx.one("select answers from campaigns_applications", &[], |it| it.text("answers"))?));
    let stored = stored.await;
    assert!(!stored.contains("13800138000") && !stored.contains("王建民"), "contacts are sealed: {stored}");
}

async fn nobody_enters_for_another_county(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let name = name(&house, cast.communities[0]).await;
    let sheet = annex_4(&[["1", &name, "95", ""]]);
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let before = house.rows().await;
    assert_eq!(entered(&cousin, campaign, &COVER, &sheet).await.status, StatusCode::NOT_FOUND);
    assert_eq!(entered(&cast.manager, campaign, &COVER, &sheet).await.status, StatusCode::FORBIDDEN);
    // A county of another city is no county of this campaign, whoever asks.
    let mut foreign = COVER;
    foreign[0].1 = "9";
    assert_eq!(entered(&cast.city, campaign, &foreign, &sheet).await.status, StatusCode::NOT_FOUND);
    let page = format!("/campaigns/{campaign}/papers");
    assert_eq!(cast.manager.get(&page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.street.get(&page).await.status, StatusCode::FORBIDDEN);
    assert!(!cousin.get(&page).await.body.contains(">舒城县<"), "a county is offered itself alone");
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
