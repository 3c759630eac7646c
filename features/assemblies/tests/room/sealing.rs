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
    let id = cast.open(&house, &[("revote", "yes")]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    done(cast.paper(id, "4", "2幢101", "invalid", "2024-09-13").await);
    let everybody =
        [&cast.county, &cast.street, &cast.neighborhood, &cast.branch, &cast.committee, &cast.observer];
    let pages = ["decisions/{}", "posted/{}", "decisions/{}/canvass", "decisions/{}/sheets"];
    let mut seen: Vec<Vec<String>> = vec![];
    // The same vote with other choices: every page of everybody stays what it was, to the letter.
    for choice in ["yes", "no", "abstain"] {
        assert_eq!(cast.cast(&code, choice).await.status, 200);
        let mut shown = vec![];
        for who in everybody {
            for page in pages {
                let to = format!("/assemblies/{}", page.replace("{}", &id.to_string()));
                shown.push(who.get(&to).await.without_keys());
            }
        }
        seen.push(shown);
        for (table, rows) in house.rows().await {
            for word in ["abstain", "invalid\\\"", "\"choices\""] {
                assert!(!rows.contains(word), "{table} holds {word}");
            }
        }
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[1], seen[2]);
    let before = house.rows().await;
    let early = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await;
    refused(&house, &before, &early, "还没有计票").await;
}

async fn the_record_is_taken_by_observers_and_holds(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("revote", "yes")]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    // A machine's clock has nanoseconds, the store has none: what was cast has to be found again all the same.
    house.it_is("2024-09-13T02:00:00.123456789Z");
    cast.cast(&code, "yes").await;
    house.it_is("2024-09-20T15:59:59.999999999Z");
    cast.cast(&code, "no").await;
    house.it_is("2024-09-13T02:00:00Z");
    done(cast.paper(id, "3", "1幢201", "yes", "2024-09-13").await);
    cast.sealed(&house, id, "1").await;
    cast.counted(id).await;
    let to = format!("/assemblies/decisions/{id}/record");
    let record = cast.observer.submit(&to, &[]).await.bytes;
    let verified = assemblies::verify_record(&record, None).unwrap();
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
        let to = format!("/assemblies/decisions/{id}/count");
        cast.at(&house, "2024-09-21T01:05:00Z").await;
        cast.upheld(id).await;
        let void = [("unit", "1幢101"), ("scope", "ballot"), ("reason", "本人声明")];
        done(cast.street.submit(&format!("/assemblies/decisions/{id}/void"), &void).await);
        let again = cast.committee.submit(&to, &[("reason", "x")]).await;
        assert_eq!(again.status, 500, "{}", again.body);
        assert_eq!(house.count("select count(*) as n from assemblies_results").await, 1);
        // And so is one that was taken away.
        house.given(|tx| Ok(tx.change("delete from assemblies_ballots where unit = '1幢201'", &[])?)).await;
        let again = cast.committee.submit(&to, &[("reason", "x")]).await;
        assert_eq!(again.status, 500, "{}", again.body);
    }
}
