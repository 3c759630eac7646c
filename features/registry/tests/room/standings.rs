//! Where a community stands in its city, after every way a figure can move.

use kernel::Ratio;
use registry::{communities, records as registers};
use rules::Value;
use testkit::{House, on_both_stores};

use crate::{
    communities::{borrowed, form},
    county, imports, neighborhood,
    records::{SURVEYS, bare, edited, entered, fact, number},
};

on_both_stores!(crate::house;
    a_standing_follows_every_record_that_moves_it,
    a_standing_follows_a_batch_over_counties,
    complaints_stand_by_household,
    a_standing_of_a_day_knows_nothing_of_what_happened_later,
);

async fn standing(house: &House, id: i64) -> (Option<rules::Value>, Option<rules::Value>) {
    let of = |it| fact(house, id, it);
    (of("owner_satisfaction_rate_rank").await, of("owner_satisfaction_rate_ranked").await)
}

fn survey(part: &'static str) -> [(&'static str, &'static str); 5] {
    [("kind", "survey"), ("title", "调查"), ("happened_on", "2024-08-19"), ("part", part), ("whole", "100")]
}

/// The second community of the first county, and one of the second.
async fn others(house: &House) -> (i64, i64) {
    let second = "select min(id) as n from registry_communities where tenant = 1 and id > (select min(id) from registry_communities where tenant = 1)";
    let abroad = "select min(id) as n from registry_communities where tenant = 2";
    (house.count(second).await, house.count(abroad).await)
}

// covers: LA-033
async fn a_standing_follows_every_record_that_moves_it(house: House) {
    let (first, ours) = bare(&house).await;
    let ((second, abroad), theirs) = (others(&house).await, county(&house, 2).await);
    assert_eq!(standing(&house, first).await, (None, None));
    entered(&house, &ours, first, &survey("80")).await;
    assert_eq!(standing(&house, first).await, (number(1), number(1)));
    let better = entered(&house, &ours, second, &survey("90")).await;
    entered(&house, &theirs, abroad, &survey("85")).await;
    assert_eq!(standing(&house, first).await, (number(3), number(3)));
    // Equal shares share a rank.
    assert!(edited(&ours, better, &survey("80")).await.location.is_some());
    assert_eq!(standing(&house, first).await, (number(2), number(3)));
    assert_eq!(standing(&house, second).await, (number(2), number(3)));
    let void = ours.submit(&format!("/registry/records/{better}/void"), &[("reason", "填错")]).await;
    assert!(void.location.is_some(), "{}", void.body);
    assert_eq!(standing(&house, first).await, (number(2), number(2)));
    assert_eq!(standing(&house, second).await, (None, None));
    // A refused change moves nothing.
    assert!(ours.submit(&format!("/registry/records/new/{first}"), &survey("101")).await.location.is_none());
    assert_eq!(standing(&house, abroad).await, (number(1), number(2)));
}

async fn a_standing_follows_a_batch_over_counties(house: House) {
    let (first, ours) = bare(&house).await;
    let abroad = others(&house).await.1;
    entered(&house, &county(&house, 2).await, abroad, &survey("1")).await;
    assert_eq!(standing(&house, abroad).await, (number(1), number(1)));
    let names = house
        .given(|tx| {
            let sql = "select name from registry_communities where tenant = 1 order by id limit 2";
            Ok(tx.all(sql, &[], |it| it.text("name"))?)
        })
        .await;
    let sheet = SURVEYS.replace("{1}", &names[0]).replace("{2}", &names[1]);
    let sent = ours.upload_with("/registry/imports", &[("register", "survey")], "调查.csv", sheet.as_bytes());
    let to = sent.await.location.unwrap();
    assert!(ours.submit(&to, &[("mode", "good_rows")]).await.location.is_some());
    imports::finished(&house, &ours, &to).await;
    assert_eq!(standing(&house, abroad).await, (number(3), number(3)));
    assert_eq!(standing(&house, first).await.1, number(3));
}

async fn complaints_stand_by_household(house: House) {
    let (_, ours) = bare(&house).await;
    let home = neighborhood(&house, 1).await.to_string();
    let particulars = |name: &'static str, households: &str| {
        let mut fields = form(name, &home);
        fields.retain(|it| it.0 != "households");
        fields.push(("households", households.to_owned()));
        fields
    };
    let (small, large) = (particulars("小苑", "100"), particulars("大苑", "200"));
    let small = ours.submit("/registry/communities", &borrowed(&small)).await.id();
    let large = ours.submit("/registry/communities", &borrowed(&large)).await.id();
    let complaints =
        [("kind", "complaints"), ("title", "近12个月"), ("happened_on", "2024-08-19"), ("part", "3")];
    entered(&house, &ours, small, &complaints).await;
    entered(&house, &ours, large, &complaints).await;
    let rank = |id| fact(&house, id, "complaint_rate_rank");
    assert_eq!((rank(small).await, rank(large).await), (number(2), number(1)));
    assert_eq!(fact(&house, small, "complaint_count_rank").await, number(1));
    let mut more = particulars("小苑", "900");
    more.push(("version", "1".to_owned()));
    let saved = ours.submit(&format!("/registry/communities/{small}"), &borrowed(&more)).await;
    assert!(saved.location.is_some(), "{}", saved.body);
    assert_eq!((rank(small).await, rank(large).await), (number(1), number(2)));
}

async fn a_standing_of_a_day_knows_nothing_of_what_happened_later(house: House) {
    let (first, ours) = bare(&house).await;
    let second = others(&house).await.0;
    let on = |day: &'static str, part: &'static str| {
        [("kind", "survey"), ("title", "调查"), ("happened_on", day), ("part", part), ("whole", "100")]
    };
    entered(&house, &ours, first, &on("2024-08-01", "90")).await;
    entered(&house, &ours, second, &on("2024-08-02", "80")).await;
    entered(&house, &ours, second, &on("2024-08-12", "99")).await;
    let standing = async |day: &'static str| {
        house
            .given(move |tx| {
                let community = communities::load(tx, first.into())?;
                let facts = registers::facts_of(tx, &community, day.parse().unwrap())?.0;
                let number = |name| match facts.get(name) {
                    Some(Value::Number(it)) => it,
                    _ => Ratio::ZERO,
                };
                Ok([number("owner_satisfaction_rate_rank"), number("owner_satisfaction_rate_ranked")])
            })
            .await
    };
    let of = |rank, ranked| [Ratio::whole(rank), Ratio::whole(ranked)];
    // Asked in either order, and again: what is kept for one day is not told of another.
    assert_eq!(standing("2024-08-19").await, of(2, 2));
    assert_eq!(standing("2024-08-11").await, of(1, 2));
    assert_eq!(standing("2024-08-01").await, of(1, 1));
    assert_eq!(standing("2024-08-12").await, of(2, 2));
    assert_eq!(standing("2024-08-11").await, of(1, 2));
}
