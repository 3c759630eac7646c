//! Letters and phones through their doors, on both stores.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

use axum::http::StatusCode;
use kernel::{Role, Scope};
use registry::seeding;
use store::Kind;
use testkit::{Answer, Browser, House, on_both_stores};

on_both_stores!(crate::house;
    a_letter_binds_a_home_once_and_lets_its_owner_in,
    an_owner_adds_another_home_and_comes_back_by_phone,
    digits_are_good_once_briefly_and_few_times,
    a_phone_that_is_taken_is_not_taken_over,
    a_letter_that_went_astray_opens_nothing,
    only_the_neighborhood_of_the_place_keeps_letters,
    a_home_that_is_ended_takes_the_post_along,
    names_and_phones_lie_sealed,
    whoever_has_the_home_already_is_told_of_another_account,
    homes_bound_on_one_browser_have_its_mark_in_common,
);

fn house(kind: Kind) -> House {
    let migrations = [
        store::MIGRATIONS,
        files::MIGRATIONS,
        jobs::MIGRATIONS,
        accounts::MIGRATIONS,
        messages::MIGRATIONS,
        registry::MIGRATIONS,
        owners::MIGRATIONS,
    ]
    .concat();
    House::new(kind, &migrations, |_| registry::routes().merge(messages::routes()).merge(owners::routes()))
}

/// A community, and the desk of its neighborhood.
async fn desk(house: &House) -> (i64, Browser) {
    let (community, neighborhood) = house
        .given(|tx| {
            let mut city = seeding::luan(Some(40));
            city.counties.truncate(2);
            seeding::places(tx, &city)?;
            let companies = seeding::companies(tx, &city, 2)?;
            let made = seeding::communities(tx, &city, &city.counties[0], 0..2, &companies)?;
            let place = registry::communities::load(tx, made[0])?.place;
            Ok((i64::from(made[0]), place.neighborhood))
        })
        .await;
    let desk = house.as_somebody("社区", Role::Neighborhood, Scope::Neighborhood(neighborhood)).await;
    (community, desk)
}

/// The codes of letters printed for these units.
async fn printed(desk: &Browser, community: i64, units: &str) -> Vec<String> {
    let page = desk.submit(&format!("/owners/letters/{community}"), &[("units", units)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let codes = page.body.split("code-big\">").skip(1);
    codes.map(|it| it.split('<').next().unwrap_or_default().to_owned()).collect()
}

async fn bound(who: &Browser, code: &str, name: &str, phone: &str) -> Answer {
    who.submit("/owners/bind", &[("code", code), ("name", name), ("phone", phone)]).await
}

/// The digits sent last.
fn digits(house: &House) -> String {
    let (_, text) = house.messages().pop().unwrap();
    text.chars().filter(char::is_ascii_digit).take(6).collect()
}

async fn entered(house: &House, phone: &str, digits: &str) -> Answer {
    house.as_stranger().submit("/owners/sign-in/digits", &[("phone", phone), ("code", digits)]).await
}

async fn a_letter_binds_a_home_once_and_lets_its_owner_in(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101\n1-102").await;
    assert_eq!(codes.len(), 2);
    let anybody = house.as_stranger();
    let opened = anybody.submit("/owners/enter", &[("code", &codes[0].to_lowercase())]).await;
    assert!(opened.body.contains("1-101") && opened.body.contains("您的姓名"), "{}", opened.body);
    let before = house.rows().await;
    let wrong = bound(&anybody, &codes[0], "", "123").await;
    assert!(wrong.body.contains("请填写姓名") && wrong.body.contains("请填写11位手机号"), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"123\""), "{}", wrong.body);
    let changed: Vec<_> = house.changed_since(&before).await;
    assert_eq!(changed, ["store_tries"]);
    let done = bound(&anybody, &codes[0], "孙玉梅", "13800138000").await;
    assert_eq!(done.location.as_deref(), Some("/owners"), "{}", done.body);
    assert!(done.session.is_some());
    let person = house.count("select person as n from owners_homes").await;
    let owner = house.as_again(person.into()).await;
    assert!(owner.get("/owners").await.body.contains("1-101"));
    // The same letter opens nothing more, for nobody.
    let before = house.rows().await;
    assert!(bound(&anybody, &codes[0], "别人", "13900139000").await.body.contains("已用过或已失效"));
    assert_eq!(house.changed_since(&before).await, ["store_tries"]);
    let list = desk.get(&format!("/owners/letters/{community}")).await.body;
    assert!(list.contains("孙*梅") || list.contains("孙**"), "{list}");
    assert!(
        list.contains("138****8000") && !list.contains("13800138000") && !list.contains("孙玉梅"),
        "{list}"
    );
}

async fn an_owner_adds_another_home_and_comes_back_by_phone(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101\n1-102").await;
    bound(&house.as_stranger(), &codes[0], "孙玉梅", "13800138000").await;
    let sent = house.as_stranger().submit("/owners/sign-in", &[("phone", "13800138000")]).await;
    assert!(sent.body.contains("6位验证码"), "{}", sent.body);
    let came = entered(&house, "13800138000", &digits(&house)).await;
    assert_eq!(came.location.as_deref(), Some("/owners"), "{}", came.body);
    let person = house.count("select person as n from owners_homes").await;
    let owner = house.as_again(person.into()).await;
    let opened = owner.submit("/owners/enter", &[("code", &codes[1])]).await;
    assert!(opened.body.contains("将加到您现在的账号"), "{}", opened.body);
    assert_eq!(bound(&owner, &codes[1], "", "").await.location.as_deref(), Some("/owners"));
    let mine = owner.get("/owners").await.body;
    assert!(mine.contains("1-101") && mine.contains("1-102"), "{mine}");
    assert_eq!(house.count("select count(*) as n from accounts_grants where role = 'owner'").await, 1);
}

async fn digits_are_good_once_briefly_and_few_times(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101").await;
    bound(&house.as_stranger(), &codes[0], "孙玉梅", "13800138000").await;
    let phone = "13800138000";
    let ask = async || house.as_stranger().submit("/owners/sign-in", &[("phone", phone)]).await;
    ask().await;
    let first = digits(&house);
    assert_eq!(entered(&house, phone, &first).await.location.as_deref(), Some("/owners"));
    assert!(entered(&house, phone, &first).await.body.contains("验证码不正确或已过期"));
    ask().await;
    let second = digits(&house);
    house.it_is("2024-08-20T01:05:00Z");
    assert!(entered(&house, phone, &second).await.body.contains("验证码不正确或已过期"));
    ask().await;
    let third = digits(&house);
    let guess = if third == "000000" { "000001" } else { "000000" };
    for _ in 0..3 {
        assert!(entered(&house, phone, guess).await.body.contains("验证码不正确"));
    }
    // Two were wrong before: now even the right one waits.
    assert!(entered(&house, phone, &third).await.body.contains("尝试次数过多"));
    // A phone nobody has is told the same, and sent nothing.
    let n = house.messages().len();
    let other = house.as_stranger().submit("/owners/sign-in", &[("phone", "13900139000")]).await;
    assert!(other.body.contains("如果这个手机号绑定过房屋"), "{}", other.body);
    assert_eq!(house.messages().len(), n);
    for _ in 0..2 {
        ask().await;
    }
    assert!(ask().await.body.contains("尝试次数过多"));
    assert_eq!(house.messages().len(), n + 2);
}

async fn a_phone_that_is_taken_is_not_taken_over(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101\n1-102").await;
    bound(&house.as_stranger(), &codes[0], "孙玉梅", "13800138000").await;
    let before = house.rows().await;
    let other = bound(&house.as_stranger(), &codes[1], "别人", "13800138000").await;
    assert!(other.session.is_none() && other.body.contains("这个手机号已经绑定了业主账号"), "{}", other.body);
    assert_eq!(house.changed_since(&before).await, ["store_tries"]);
    // Whoever typed somebody else's number is out as soon as its holder comes.
    assert_eq!(house.count("select count(*) as n from accounts_sessions where person in (select person from owners_homes)").await, 1);
    house.as_stranger().submit("/owners/sign-in", &[("phone", "13800138000")]).await;
    entered(&house, "13800138000", &digits(&house)).await;
    assert_eq!(house.count("select count(*) as n from accounts_sessions where person in (select person from owners_homes)").await, 1);
}

async fn a_letter_that_went_astray_opens_nothing(house: House) {
    let (community, desk) = desk(&house).await;
    let first = printed(&desk, community, "1-101").await;
    let second = printed(&desk, community, "1-101").await;
    let anybody = house.as_stranger();
    let dead = async |code: &str| {
        let page = anybody.submit("/owners/enter", &[("code", code)]).await;
        page.body.contains("不正确、已用过或已失效")
    };
    assert!(dead(&first[0]).await && !dead(&second[0]).await && dead("2345-6789-ABCD").await);
    let letter = house.count("select max(id) as n from owners_letters").await;
    let hand =
        async |on: &str| desk.submit(&format!("/owners/letters/{letter}/handed"), &[("handed_on", on)]).await;
    let before = house.rows().await;
    assert!(hand("2024-08-21").await.body.contains("不晚于今天"));
    assert!(hand("2024-08-19").await.body.contains("请填写送达日期"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(hand("2024-08-20").await.status, StatusCode::SEE_OTHER);
    let void = desk.submit(&format!("/owners/letters/{letter}/void"), &[("reason", "投错信箱")]).await;
    assert_eq!(void.status, StatusCode::SEE_OTHER);
    assert!(dead(&second[0]).await);
    let third = printed(&desk, community, "1-101").await;
    house.it_is("2024-11-18T01:00:00Z");
    assert!(dead(&third[0]).await);
}

async fn only_the_neighborhood_of_the_place_keeps_letters(house: House) {
    let (community, desk) = desk(&house).await;
    printed(&desk, community, "1-101").await;
    let letter = house.count("select max(id) as n from owners_letters").await;
    let cousin = house.as_somebody("邻社区", Role::Neighborhood, Scope::Neighborhood(999_999)).await;
    let county =
        house.as_somebody("县局", Role::CountyBureau, Scope::County(kernel::Tenant::from_number(1))).await;
    let committee = house.as_somebody("业委会", Role::OwnersCommittee, Scope::Community(community)).await;
    let before = house.rows().await;
    for (who, status) in [(&cousin, 404), (&county, 403), (&committee, 403)] {
        let path = format!("/owners/letters/{community}");
        assert_eq!(who.get(&path).await.status.as_u16(), status);
        assert_eq!(who.submit(&path, &[("units", "1-102")]).await.status.as_u16(), status);
        let void = format!("/owners/letters/{letter}/void");
        assert_eq!(who.submit(&void, &[("reason", "x")]).await.status.as_u16(), status);
    }
    assert_eq!(house.as_stranger().get("/owners").await.location.as_deref(), Some("/accounts/sign-in"));
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // Codes are not tried without end.
    let anybody = house.as_stranger();
    for _ in 0..10 {
        anybody.submit("/owners/enter", &[("code", "2345-6789-ABCD")]).await;
    }
    let shut = anybody.submit("/owners/enter", &[("code", "2345-6789-ABCD")]).await;
    assert!(shut.body.contains("尝试次数过多"), "{}", shut.body);
}

async fn a_home_that_is_ended_takes_the_post_along(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101\n1-102").await;
    bound(&house.as_stranger(), &codes[0], "孙玉梅", "13800138000").await;
    let person = house.count("select person as n from owners_homes").await;
    let owner = house.as_again(person.into()).await;
    bound(&owner, &codes[1], "", "").await;
    let end = async |unit: &'static str| {
        let id = house.count(format!("select id as n from owners_homes where unit = '{unit}'").leak()).await;
        desk.submit(&format!("/owners/homes/{id}/end"), &[("reason", "已过户")]).await
    };
    assert_eq!(end("1-101").await.status, StatusCode::SEE_OTHER);
    assert!(!owner.get("/owners").await.body.contains("1-101"));
    assert_eq!(end("1-102").await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.get("/owners").await.location.as_deref(), Some("/accounts/sign-in"));
    assert_eq!(end("1-102").await.status, StatusCode::CONFLICT);
    let list = desk.get(&format!("/owners/letters/{community}")).await.body;
    assert_eq!(list.matches("绑定已解除：已过户").count(), 2, "{list}");
}

async fn names_and_phones_lie_sealed(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101").await;
    bound(&house.as_stranger(), &codes[0], "孙玉梅", "13800138000").await;
    house.as_stranger().submit("/owners/sign-in", &[("phone", "13800138000")]).await;
    let digits = digits(&house);
    for (table, rows) in house.rows().await {
        for secret in ["孙玉梅", "13800138000", &codes[0].replace('-', "")] {
            assert!(!rows.contains(secret), "{table} holds {secret}");
        }
        assert!(table != "owners_codes" || !rows.contains(&digits), "{table}");
    }
}

async fn whoever_has_the_home_already_is_told_of_another_account(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101\n1-102").await;
    bound(&house.as_stranger(), &codes[0], "孙玉梅", "13800138000").await;
    bound(&house.as_stranger(), &codes[1], "赵邻居", "13700137000").await;
    let person = house.count("select person as n from owners_homes where unit = '1-101'").await;
    assert_eq!(house.count("select count(*) as n from messages_texts").await, 0);
    let again = printed(&desk, community, "1-101").await;
    bound(&house.as_stranger(), &again[0], "不速之客", "13900139000").await;
    // On the page of the one who has it, and on the phone they gave; nobody else hears of it.
    let told = house.as_again(person.into()).await.get("/messages").await.body;
    assert!(told.contains("1-101又绑定了一个账号"), "{told}");
    let texts = "select count(*) as n from messages_texts";
    assert_eq!(house.count(texts).await, 1);
    let masked = "select count(*) as n from messages_texts where phone = '138****8000'";
    assert_eq!(house.count(masked).await, 1);
    for who in [
        "select person as n from owners_homes where unit = '1-102'",
        "select max(person) as n from owners_homes",
    ] {
        let other = house.count(who).await;
        assert!(!house.as_again(other.into()).await.get("/messages").await.body.contains("又绑定了"));
    }
}

async fn homes_bound_on_one_browser_have_its_mark_in_common(house: House) {
    let (community, desk) = desk(&house).await;
    let codes = printed(&desk, community, "1-101\n1-102\n1-103\n1-104").await;
    let opened = house.as_stranger().submit("/owners/enter", &[("code", &codes[0])]).await;
    let mark = opened.cookie("jiayuan_device").unwrap();
    let phone = house.as_stranger().with_cookie(&mark);
    bound(&phone, &codes[0], "孙玉梅", "13800138000").await;
    // The mark stays the same when the next letter is opened.
    assert_eq!(
        phone.submit("/owners/enter", &[("code", &codes[1])]).await.cookie("jiayuan_device"),
        Some(mark.clone())
    );
    bound(&phone, &codes[1], "赵邻居", "13700137000").await;
    let other = house.as_stranger().submit("/owners/enter", &[("code", &codes[2])]).await;
    let other = house.as_stranger().with_cookie(&other.cookie("jiayuan_device").unwrap());
    bound(&other, &codes[2], "别家", "13600136000").await;
    // One that shows no mark, or one it made itself, has none.
    bound(&house.as_stranger().with_cookie("jiayuan_device=x.y"), &codes[3], "无名", "13500135000").await;
    const SAME: &str = "select count(*) as n from owners_homes a join owners_homes b on a.device = b.device where a.unit = $1 and a.device <> ''";
    for (unit, same) in [("1-101", 2), ("1-102", 2), ("1-103", 1), ("1-104", 0)] {
        let counted = house.given(move |tx| Ok(tx.count(SAME, &[unit.into()])?)).await;
        assert_eq!(counted, same, "{unit}");
    }
    // It lies hashed: whoever reads the table has nobody's cookie.
    let name = mark.split(['=', '.']).nth(1).unwrap().to_owned();
    assert!(house.rows().await.iter().all(|(_, rows)| !rows.contains(&name)));
}
