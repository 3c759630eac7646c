//! How cases look together: the page counts what the lists count, and of its own part of the world alone.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    the_overview_counts_what_is_open_and_how_long_it_has_waited,
    rates_are_ranked_by_what_was_solved_over_a_month_a_quarter_and_a_year,
);

// covers: SC-058, SC-060
async fn the_overview_counts_what_is_open_and_how_long_it_has_waited(house: House) {
    let cast = Cast::of(&house).await;
    for body in ["电梯不动", "门禁坏了", "路灯不亮"] {
        cast.report(&[("body", body)]).await;
    }
    let page = cast.county.get("/tickets/overview").await.body;
    assert!(page.contains("<strong>3</strong><span>件正在办</span>"), "{page}");
    assert!(page.contains("最多的一天是2024-08-20，3件") && page.contains("2024-08-20：3件"), "{page}");
    let row = |page: &str, label: &str| -> String {
        let row = page.split(&format!("<td>{label}</td>")).nth(1).unwrap();
        row.split("</td>").take(2).map(|it| it.rsplit('>').next().unwrap()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row(&page, "不到1天"), "3 0");
    house.it_is("2024-08-29T02:00:00Z");
    let cast = cast.again(&house).await;
    let page = cast.county.get("/tickets/overview").await.body;
    assert_eq!((row(&page, "不到1天"), row(&page, "7至15天")), ("0 0".to_owned(), "3 3".to_owned()));
    assert!(page.contains("<strong>3</strong><span>件已超期</span>"), "{page}");
    assert!(page.contains("按街道、乡镇") && page.contains("超期3"), "{page}");
    // Late already, whistled, with a clock of the whistle's own: late still, here as in the list.
    let whistled = "update tickets_tickets set answered_v = 'late', answer_by = answer_by + 999999999999999 where number = 1";
    house.given(move |tx| Ok(tx.given(whistled)?)).await;
    let page = cast.county.get("/tickets/overview").await.body;
    assert_eq!(row(&page, "7至15天"), "3 3");
    assert!(page.contains("<strong>3</strong><span>件已超期</span>") && page.contains("超期3"), "{page}");
    // Another company's page knows of none of them, and an assessor has no such page.
    let other = kernel::Scope::Enterprise(1);
    let other = house.as_somebody("别家企业", kernel::Role::Enterprise, other).await;
    assert!(other.get("/tickets/overview").await.body.contains("<strong>0</strong><span>件正在办</span>"));
    let assessor = house.as_somebody("测评", kernel::Role::Assessor, kernel::Scope::City(1)).await;
    assert_eq!(assessor.get("/tickets/overview").await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.resident.get("/tickets/overview").await.status, StatusCode::SEE_OTHER);
}

async fn rates_are_ranked_by_what_was_solved_over_a_month_a_quarter_and_a_year(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let filed = "<strong>1</strong><span>件诉求</span>";
    for (period, label) in [("2024-08", "2024年8月"), ("2024-Q3", "2024年第3季度"), ("2024", "2024年")]
    {
        let page = cast.county.get(&format!("/tickets/rates?month={period}")).await.body;
        assert!(page.contains(&format!("诉求三率　{label}")) && page.contains(filed), "{period}: {page}");
        assert!(page.contains("口径第1版") && page.contains("不计响应率"), "{page}");
    }
    assert!(!cast.county.get("/tickets/rates?month=2024-Q2").await.body.contains(filed));
    // A street sees its neighborhoods, and a case nobody was asked about has no place.
    let page = cast.street.get("/tickets/rates?month=2024-08").await.body;
    assert!(page.contains("<td class=\"n\">—</td>"), "{page}");
}
