//! Early warnings: raised once by what the cases say together, closed by what somebody did.

use axum::http::StatusCode;
use testkit::{Browser, House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_deadline_drawing_near_and_passed_is_told_once_each,
    the_same_trouble_at_the_same_place_is_told_and_the_same_person_too,
    many_anonymous_reports_and_a_sudden_rise_are_told_to_the_township,
    only_a_reaction_closes_a_warning,
    several_are_reacted_to_with_one_sentence_all_or_none,
    a_case_of_two_hours_is_not_nearly_late_when_it_comes_in,
);

async fn look(house: &House) -> usize {
    tickets::look_for_warnings(&house.app).await.unwrap()
}

async fn open(who: &Browser) -> String {
    who.get("/tickets/warnings").await.body
}

// covers: SC-058
async fn a_deadline_drawing_near_and_passed_is_told_once_each(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    assert_eq!(look(&house).await, 0);
    let due = house.count("select answer_by as n from tickets_tickets").await;
    let at = |hours: i64| {
        let at = jiff::Timestamp::from_microsecond(due).unwrap() + jiff::SignedDuration::from_hours(hours);
        at.to_string()
    };
    house.it_is(&at(-25));
    assert_eq!(look(&house).await, 0);
    house.it_is(&at(-23));
    assert_eq!((look(&house).await, look(&house).await), (1, 0));
    let cast = cast.again(&house).await;
    let page = open(&cast.neighborhood).await;
    assert!(page.contains("即将超期") && page.contains("非文件数字"), "{page}");
    house.it_is(&at(1));
    assert_eq!((look(&house).await, look(&house).await), (1, 0));
    let cast = cast.again(&house).await;
    let page = open(&cast.street).await;
    assert!(page.contains("已经超期") && page.contains("由"), "{page}");
    assert_eq!(cast.company.get("/tickets/warnings").await.status, StatusCode::FORBIDDEN);
}

async fn the_same_trouble_at_the_same_place_is_told_and_the_same_person_too(house: House) {
    let cast = Cast::of(&house).await;
    for (phone, building) in [("13900001111", "3号楼"), ("13900002222", "3号楼"), ("13900003333", "5号楼")]
    {
        cast.report(&[("phone", phone), ("building", building)]).await;
    }
    assert_eq!(look(&house).await, 0);
    cast.report(&[("phone", "13900004444"), ("building", "3号楼")]).await;
    // The fourth in a week after nothing is a rise besides.
    assert_eq!((look(&house).await, look(&house).await), (2, 0));
    assert!(open(&cast.neighborhood).await.contains("3号楼“公共照明、门禁损坏”30天内3件"));
    for category in ["leak", "noise"] {
        cast.report(&[("phone", "13900001111"), ("category", category), ("building", "1号楼")]).await;
    }
    assert_eq!(look(&house).await, 1);
    let page = open(&cast.neighborhood).await;
    assert!(page.contains("同一人30天内反映3件") && !page.contains("13900001111"), "{page}");
    // When it goes on, the next month says it again.
    house.it_is("2024-09-02T01:00:00Z");
    assert!(1 <= look(&house).await);
}

async fn many_anonymous_reports_and_a_sudden_rise_are_told_to_the_township(house: House) {
    let cast = Cast::of(&house).await;
    for n in 0..5 {
        let building = format!("{n}号楼");
        cast.report(&[("openness", "anonymous"), ("phone", ""), ("building", &building)]).await;
    }
    // Five in a week after nothing for twelve is a rise as well.
    assert_eq!((look(&house).await, look(&house).await), (2, 0));
    let page = open(&cast.street).await;
    assert!(page.contains("7天内匿名反映5件") && page.contains("7天内5件，此前12周共0件"), "{page}");
    let cousin =
        house.as_somebody("邻街道", kernel::Role::Subdistrict, kernel::Scope::Subdistrict(999_999)).await;
    assert!(open(&cousin).await.contains("没有待回应的预警"));
}

async fn only_a_reaction_closes_a_warning(house: House) {
    let cast = Cast::of(&house).await;
    for phone in ["13900001111", "13900002222", "13900003333"] {
        cast.report(&[("phone", phone)]).await;
    }
    look(&house).await;
    let id = house.count("select max(id) as n from tickets_warnings").await;
    let path = format!("/tickets/warnings/{id}/react");
    let before = house.rows().await;
    let short = cast.neighborhood.submit(&path, &[("reaction", "好")]).await;
    assert!(
        short.body.contains("请写明采取的措施，5至500个字") && short.body.contains(">好</textarea>"),
        "{}",
        short.body
    );
    for who in [&cast.street, &cast.city] {
        assert_eq!(who.submit(&path, &[("reaction", "已安排更换灯具")]).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let done = cast.neighborhood.submit(&path, &[("reaction", "已安排更换整栋灯具")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(open(&cast.neighborhood).await.contains("没有待回应的预警"));
    let all = cast.county.get("/tickets/warnings?all=yes").await.body;
    assert!(all.contains("已安排更换整栋灯具") && all.contains("按时回应"), "{all}");
    let again = cast.county.submit(&path, &[("reaction", "再写一遍看看")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    story::code_of(&cast.try_report(&[("phone", "13900005555")]).await);
    look(&house).await;
    assert_eq!(house.count("select count(*) as n from tickets_warnings where kind = 'same_place'").await, 1);
}

async fn several_are_reacted_to_with_one_sentence_all_or_none(house: House) {
    let cast = Cast::of(&house).await;
    for category in ["lighting", "leak"] {
        for phone in ["13900001111", "13900002222", "13900003333"] {
            cast.report(&[("phone", phone), ("category", category)]).await;
        }
    }
    look(&house).await;
    let newest = "select max(id) as n from tickets_warnings where kind = 'same_place' and reactor_kind = 'neighborhood'";
    let oldest = "select min(id) as n from tickets_warnings where kind = 'same_place' and reactor_kind = 'neighborhood'";
    let (one, two) = (house.count(newest).await.to_string(), house.count(oldest).await.to_string());
    let other =
        house.count("select max(id) as n from tickets_warnings where reactor_kind = 'subdistrict'").await;
    let other = other.to_string();
    let page = open(&cast.neighborhood).await;
    assert!(
        page.contains("回应并关闭勾选的") && page.contains(&format!("name=\"id\" value=\"{one}\"")),
        "{page}"
    );
    let path = "/tickets/warnings/react";
    let before = house.rows().await;
    let none = cast.neighborhood.submit(path, &[("reaction", "已安排整栋检修")]).await;
    assert!(
        none.body.contains("请先勾选") && none.body.contains("已安排整栋检修</textarea>"),
        "{}",
        none.body
    );
    let short = cast.neighborhood.submit(path, &[("id", &one), ("id", &two), ("reaction", "好")]).await;
    assert!(short.body.contains("5至500个字"), "{}", short.body);
    assert_eq!(short.body.matches("\" checked>").count(), 2, "{}", short.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // One of them is the township's: none is closed.
    let fields = [("id", &*one), ("id", &*other), ("reaction", "已安排整栋检修")];
    assert_eq!(cast.neighborhood.submit(path, &fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let fields = [("id", &*one), ("id", &*two), ("reaction", "已安排整栋检修")];
    let done = cast.neighborhood.submit(path, &fields).await;
    assert!(done.said().contains("2条预警已关闭"), "{}", done.body);
    let closed = "select count(*) as n from tickets_warnings where reaction = '已安排整栋检修'";
    assert_eq!(house.count(closed).await, 2);
}

async fn a_case_of_two_hours_is_not_nearly_late_when_it_comes_in(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("category", "gas_smell"), ("body", "楼道里有煤气味")]).await;
    house.it_is("2024-08-20T01:59:00Z");
    assert_eq!(look(&house).await, 0, "half of its time is left");
    house.it_is("2024-08-20T02:00:00Z");
    assert_eq!((look(&house).await, look(&house).await), (1, 0));
    let cast = cast.again(&house).await;
    let page = open(&cast.neighborhood).await;
    assert!(page.contains("即将超期"), "{page}");
    // Every rule says in plain words what raises it.
    assert!(page.contains("平均200周以上才会误报一次") && page.contains("时间已经过半"), "{page}");
}
