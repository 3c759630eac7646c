//! A record is saved at the version it was read at, or not at all.

use kernel::{Actor, Permit, Problem};
use store::{Recorded, Tx};
use testkit::{House, on_both_stores};

use super::{ThingMade, futures, make};

on_both_stores!(crate::house;
    a_save_of_another_version_changes_nothing_and_says_so,
    of_many_saves_of_one_version_one_is_kept,
    what_was_saved_is_read_in_the_same_unit,
);

const SAVE: &str = "update things set name = $3 where tenant = 3 and id = $1 and name = $2";

/// Its name takes a version's place.
fn rename(tx: &mut Tx<'_>, id: i64, from: &str, to: &str) -> Result<((), Recorded), Problem> {
    tx.save_version(SAVE, &[id.into(), from.into(), to.into()])?;
    // What a verb puts beside it goes the same way.
    tx.put(
        "insert into things (tenant, id, name) values (4, $1, $2)",
        &[tx.ctx.new_id(kernel::Tenant::from_number(4)).into(), to.into()],
    )?;
    Ok(((), tx.record(Permit::when(true, true, "things.make")?, &ThingMade { thing: id })?))
}

async fn renamed(house: &House, key: &str, id: i64, from: &'static str, to: String) -> Result<(), Problem> {
    let ctx = house.app.ctx(Actor::public(), Some(key.to_owned()));
    house.app.store.write(ctx, move |tx| rename(tx, id, from, &to)).await
}

async fn a_save_of_another_version_changes_nothing_and_says_so(house: House) {
    let made = house.app.store.write(house.app.ctx(Actor::public(), None), |tx| make(tx, "one"));
    let id = made.await.unwrap();
    renamed(&house, "first", id, "one", "two".to_owned()).await.unwrap();
    let before = house.rows().await;
    let stale = renamed(&house, "second", id, "one", "three".to_owned()).await;
    assert!(matches!(stale, Err(Problem::Conflict)), "{stale:?}");
    let missing = renamed(&house, "third", id + 1, "one", "three".to_owned()).await;
    assert!(matches!(missing, Err(Problem::Conflict)), "{missing:?}");
    // The first request sent again is the one that was done, not somebody who came too late.
    let again = renamed(&house, "first", id, "one", "two".to_owned()).await;
    assert!(
        matches!(&again, Err(Problem::AlreadyDone { url }) if *url == format!("/things/{id}")),
        "{again:?}"
    );
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // A key that was refused with it is free.
    renamed(&house, "second", id, "two", "three".to_owned()).await.unwrap();
}

async fn of_many_saves_of_one_version_one_is_kept(house: House) {
    let made = house.app.store.write(house.app.ctx(Actor::public(), None), |tx| make(tx, "one"));
    let id = made.await.unwrap();
    let keys: Vec<String> = (0..24).map(|n| format!("racing save {n:02}")).collect();
    let told = futures(keys.iter().map(|key| renamed(&house, key, id, "one", key.clone()))).await;
    let kept: Vec<&String> = keys.iter().zip(&told).filter(|it| it.1.is_ok()).map(|it| it.0).collect();
    assert_eq!(kept.len(), 1, "{told:?}");
    assert!(told.iter().all(|it| matches!(it, Ok(()) | Err(Problem::Conflict))), "{told:?}");
    let newest = house.given(move |tx| {
        Ok(tx.one("select name from things where tenant = 3 and id = $1", &[id.into()], |it| {
            it.text("name")
        })?)
    });
    assert_eq!(newest.await, *kept[0]);
    assert_eq!(house.count("select count(*) as n from things where tenant = 4").await, 1);
    assert_eq!(house.count("select count(*) as n from store_audit").await, 2);
}

async fn what_was_saved_is_read_in_the_same_unit(house: House) {
    let work = |tx: &mut Tx<'_>| {
        let (id, recorded) = make(tx, "one")?;
        for (from, to) in [("one", "two"), ("two", "three")] {
            tx.save_version(SAVE, &[id.into(), from.into(), to.into()])?;
        }
        let read = tx.one("select name from things where tenant = 3 and id = $1", &[id.into()], |it| {
            it.text("name")
        })?;
        Ok((read, recorded))
    };
    let read = house.app.store.write(house.app.ctx(Actor::public(), None), work).await.unwrap();
    assert_eq!(read, "three");
}
