//! No choice before the count, whoever looks; and a record that anybody can check.

use store::Kind;
use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    no_page_and_no_table_shows_a_choice_before_the_count,
    the_record_is_taken_by_observers_and_holds,
);

async fn no_page_and_no_table_shows_a_choice_before_the_count(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    cast.cast(&cast.code(id, "1幢", "1幢101").await, "abstain").await;
    done(cast.paper(id, "1", "2幢101", "invalid", "2024-09-13").await);
    let everybody =
        [&cast.county, &cast.street, &cast.neighborhood, &cast.branch, &cast.committee, &cast.observer];
    let pages = ["decisions/{}", "posted/{}", "posted/{}/log", "decisions/{}/canvass", "decisions/{}/sheets"];
    for who in everybody {
        for page in pages {
            let page = who.get(&format!("/assemblies/{}", page.replace("{}", &id.to_string()))).await;
            assert!(
                !page.body.contains("abstain\"") || page.body.contains("type=\"radio\""),
                "{}",
                page.body
            );
            assert!(!page.body.contains("参与表决面积"), "{}", page.body);
        }
    }
    for (table, rows) in house.rows().await {
        for word in ["abstain", "invalid\\\"", "\"choices\""] {
            assert!(!rows.contains(word), "{table} holds {word}");
        }
    }
    let before = house.rows().await;
    let early = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await;
    refused(&house, &before, &early, "还没有计票").await;
}

async fn the_record_is_taken_by_observers_and_holds(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("revote", "yes")]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    cast.cast(&code, "no").await;
    done(cast.paper(id, "1", "1幢201", "yes", "2024-09-13").await);
    cast.sealed(&house, id, "1").await;
    cast.counted(id).await;
    let to = format!("/assemblies/decisions/{id}/record");
    let record = cast.observer.submit(&to, &[]).await.bytes;
    let verified = assemblies::verify_record(&record).unwrap();
    assert_eq!((verified.ballots, verified.effective, verified.version), (5, 3, 1));
    assert_eq!(
        house.count("select count(*) as n from store_audit where event = 'assemblies.record_taken'").await,
        1
    );
    // A choice changed in the store is found before anything is posted again.
    if house.kind == Kind::Sqlite {
        house
            .given(|tx| {
                Ok(tx.change(
                    "update assemblies_ballots set sealed = (select sealed from assemblies_ballots o where o.unit = '1幢201') where unit = '1幢102'",
                    &[],
                )?)
            })
            .await;
        let again =
            cast.committee.submit(&format!("/assemblies/decisions/{id}/count"), &[("reason", "x")]).await;
        assert_eq!(again.status, 500, "{}", again.body);
        assert_eq!(house.count("select count(*) as n from assemblies_results").await, 1);
    }
}
