//! How cases look together: the page counts what the lists count, and of its own part of the world alone.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    the_overview_counts_what_is_open_and_how_long_it_has_waited,
    rates_are_ranked_by_what_was_solved_over_a_month_a_quarter_and_a_year,
    whistles_are_summed_by_who_was_called_with_both_sides_ratings,
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
        let number = |cell: &str| cell.replace("</a>", "").rsplit('>').next().unwrap().to_owned();
        row.split("</td>").take(2).map(number).collect::<Vec<_>>().join(" ")
    };
    // A number leads to the list that holds as many.
    let listed = async |who: &testkit::Browser, page: &str, before: &str| {
        let link = page.split(before).next().unwrap().rsplit("href=\"").next().unwrap();
        let link = link.split('"').next().unwrap().replace("&amp;", "&");
        let list = who.get(&link).await.body;
        (list.matches("<tr><td><input type=\"checkbox\"").count(), list)
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
    for before in ["<strong>3</strong><span>件正在办", "<strong>3</strong><span>件已超期"] {
        assert_eq!(listed(&cast.county, &page, before).await.0, 3);
    }
    let step = page.split("<td>7至15天</td>").nth(1).unwrap();
    let (n, list) = listed(&cast.county, step, ">3</a>").await;
    assert!(n == 3 && list.contains("只看：受理以来7至15天") && list.contains("看全部"), "{list}");
    let (n, list) = listed(&cast.county, &page, "</strong></a><span>正在办3件").await;
    assert!(n == 3 && list.contains("只看："), "{list}");
    // The narrowing stays while one filters further, and a sheet holds what is seen.
    let mut streets = list.split("<option value=\"subdistrict-").map(|it| it.split('<').next().unwrap());
    assert!(streets.any(|it| it.contains(" selected>")), "{list}");
    assert_eq!(cast.county.get("/tickets/export.xlsx?stage=open&waited=3").await.status, 200);
    let empty = cast.county.get("/tickets?stage=open&waited=0").await.body;
    assert!(empty.contains("这里没有诉求"), "{empty}");
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
        assert!(page.contains("口径第2版") && page.contains("不计响应率"), "{page}");
    }
    assert!(!cast.county.get("/tickets/rates?month=2024-Q2").await.body.contains(filed));
    // Who solved what was called back comes first; who was asked nothing has no place.
    for n in 2..=6 {
        cast.report(&[("phone", &format!("1390000222{n}"))]).await;
    }
    let rated = "update tickets_tickets set solved = case when number = 1 then 'no' else 'yes' end, satisfied = 'yes' where number < 5";
    house.given(move |tx| Ok(tx.given(rated)?)).await;
    let companies = |page: &str| page.split("按物业企业</h2>").nth(1).unwrap().to_owned();
    // Four answers are too few for a place; the fifth gives one.
    let page = cast.county.get("/tickets/rates?month=2024-08").await.body;
    assert!(page.contains("75.0%（3/4）") && page.contains("不足5件的不排名"), "{page}");
    assert!(companies(&page).contains("<td class=\"n\">—</td><td>"), "{page}");
    let fifth = "update tickets_tickets set solved = 'yes', satisfied = 'yes' where number = 5";
    house.given(move |tx| Ok(tx.given(fifth)?)).await;
    let page = cast.county.get("/tickets/rates?month=2024-08").await.body;
    assert!(page.contains("80.0%（4/5）") && page.contains("100.0%（5/5）"), "{page}");
    let own = companies(&page);
    assert!(own.contains("<td class=\"n\">1</td><td>") && own.contains("<td class=\"n\">6</td>"), "{own}");
    // A street sees its neighborhoods, and a case nobody was asked about has no place.
    house.given(|tx| Ok(tx.given("update tickets_tickets set solved = null, satisfied = null")?)).await;
    let page = cast.street.get("/tickets/rates?month=2024-08").await.body;
    assert!(page.contains("<td class=\"n\">—</td>"), "{page}");
}

// covers: SC-064
async fn whistles_are_summed_by_who_was_called_with_both_sides_ratings(house: House) {
    let cast = Cast::of(&house).await;
    for body in ["电梯不动", "门禁坏了"] {
        cast.report(&[("body", body)]).await;
    }
    let first = house.count("select id as n from tickets_tickets where number = 1").await;
    let second = house.count("select id as n from tickets_tickets where number = 2").await;
    for ticket in [first, second] {
        crate::story::act(&cast.company, ticket, "blow", &[("words", "住户不配合")]).await;
    }
    let whistle = house.count("select id as n from tickets_whistles order by ticket limit 1").await;
    cast.neighborhood.submit(&format!("/tickets/whistles/{whistle}/report-in"), &[]).await;
    cast.company.submit(&format!("/tickets/whistles/{whistle}/rate"), &[("score", "4")]).await;
    cast.neighborhood.submit(&format!("/tickets/whistles/{whistle}/rate"), &[("score", "5")]).await;
    for who in [&cast.city, &cast.county, &cast.street, &cast.neighborhood, &cast.branch] {
        let page = who.get("/tickets/rates?month=2024-08").await.body;
        let table =
            page.split("aria-label=\"吹哨报到和双向评价\"").nth(1).unwrap_or_else(|| panic!("{page}"));
        let row = table.split("<tr>").nth(2).unwrap();
        let cells: Vec<&str> =
            row.split("<td class=\"n\">").skip(1).map(|it| it.split('<').next().unwrap()).collect();
        assert_eq!(cells, ["2", "100.0%（1/1）", "0", "4.0分（1次）", "5.0分（1次）"]);
        let flow = page
            .split("aria-label=\"三级吹哨流转\"")
            .nth(1)
            .unwrap()
            .split("</ol>")
            .next()
            .unwrap()
            .to_owned();
        let numbers: Vec<&str> =
            flow.split("<span class=\"small\">").skip(1).map(|it| it.split('<').next().unwrap()).collect();
        assert_eq!(numbers, ["2件", "2次", "0次", "0件"]);
    }
    assert!(!cast.county.get("/tickets/rates?month=2024-07").await.body.contains("双向评价</h2>"));
    assert!(!cast.company.get("/tickets/rates?month=2024-08").await.body.contains("双向评价</h2>"));
    let cousin = kernel::Scope::County(kernel::Tenant::from_number(2));
    let cousin = house.as_somebody("邻县", kernel::Role::CountyBureau, cousin).await;
    assert!(!cousin.get("/tickets/rates?month=2024-08").await.body.contains("双向评价</h2>"));
    // What is no period is told.
    let odd = cast.county.get("/tickets/rates?month=abc").await.body;
    assert!(odd.contains("“abc”不是月份、季度或年份，下面是2024年8月的"), "{odd}");
}
