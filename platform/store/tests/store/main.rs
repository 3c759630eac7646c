//! What both stores promise: permit and event, one effect a key, nothing half done, a chain that shows tampering.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

mod saves;
mod words;

use std::collections::BTreeSet;

use kernel::{Actor, Permit, Problem, Tenant};
use serde::Serialize;
use store::{Event, Kind, Recorded, Seal, Tx};
use testkit::{House, on_both_stores};

const THINGS: &[store::Migration] = &[store::Migration {
    name: "things_0001",
    sql: "create table things (tenant bigint not null, id bigint not null, name text not null, primary key (tenant, id));",
}];

fn house(kind: Kind) -> House {
    House::new(kind, &[store::MIGRATIONS, accounts::MIGRATIONS, THINGS].concat(), |_| axum::Router::new())
}

#[derive(Serialize)]
struct ThingMade {
    thing: i64,
}

impl Event for ThingMade {
    const NAME: &'static str = "things.made";

    fn subject(&self) -> i64 {
        self.thing
    }

    fn url(&self) -> String {
        format!("/things/{}", self.thing)
    }
}

/// Makes a thing; the tests' own policy says yes.
fn make(tx: &mut Tx<'_>, name: &str) -> Result<(i64, Recorded), Problem> {
    let tenant = Tenant::from_number(3);
    let id = tx.ctx.new_id(tenant);
    tx.change_one(
        "insert into things (tenant, id, name) values ($2, $1, $3)",
        &[id.into(), 3.into(), name.into()],
    )?;
    let recorded = tx.record(Permit::when(true, true, "things.make")?, &ThingMade { thing: id })?;
    Ok((id, recorded))
}

on_both_stores!(super::house;
    arguments_are_bound_by_number,
    a_key_is_one_effect_however_often_it_is_sent,
    a_refused_unit_leaves_nothing_and_its_key_free,
    two_hundred_races_make_two_hundred_things,
    a_panic_is_one_units_own,
    one_number_after_another_for_everybody_at_once,
    two_processes_share_one_number,
    a_number_is_given_once_whoever_asks_and_whatever_was_kept_meanwhile,
    a_row_that_cannot_be_put_undoes_the_whole_unit,
    in_a_crowd_it_undoes_its_own_unit_only,
    a_changed_audit_row_breaks_the_chain,
    a_denial_is_noted_and_nothing_else,
);

async fn arguments_are_bound_by_number(house: House) {
    let pair = house.given(|tx| {
        let args = [10.into(), 20.into()];
        Ok(tx.one("select cast($2 as bigint) as second, cast($1 as bigint) as first", &args, |it| {
            Ok((it.int("first")?, it.int("second")?))
        })?)
    });
    assert_eq!(pair.await, (10, 20));
}

async fn a_key_is_one_effect_however_often_it_is_sent(house: House) {
    let send = || {
        let ctx = house.app.ctx(Actor::public(), Some("the same key".into()));
        house.app.store.write(ctx, |tx| make(tx, "one"))
    };
    let answers = [send(), send(), send(), send(), send(), send(), send(), send()];
    let mut made = vec![];
    let mut led = BTreeSet::new();
    for answer in futures(answers).await {
        match answer {
            Ok(id) => made.push(format!("/things/{id}")),
            Err(Problem::AlreadyDone { url }) => {
                led.insert(url);
            }
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(made.len(), 1);
    assert_eq!(led, made.into_iter().collect());
    assert_eq!(house.count("select count(*) as n from things").await, 1);
}

/// Runs them at the same time.
async fn futures<T: Send + 'static>(all: impl IntoIterator<Item = impl Future<Output = T> + Send>) -> Vec<T> {
    let mut waiting: Vec<_> = all.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    std::future::poll_fn(|cx| {
        for (slot, work) in done.iter_mut().zip(&mut waiting) {
            if slot.is_none()
                && let std::task::Poll::Ready(it) = work.as_mut().poll(cx)
            {
                *slot = Some(it);
            }
        }
        if done.iter().all(Option::is_some) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done.into_iter().flatten().collect()
}

async fn a_refused_unit_leaves_nothing_and_its_key_free(house: House) {
    let before = house.rows().await;
    let ctx = house.app.ctx(Actor::public(), Some("a key kept free".into()));
    let refused = house.app.store.write(ctx.clone(), |tx| {
        let _made = make(tx, "never")?;
        Err::<((), Recorded), _>(Problem::Conflict)
    });
    assert!(matches!(refused.await, Err(Problem::Conflict)));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert!(house.app.store.write(ctx, |tx| make(tx, "after all")).await.is_ok());
}

async fn two_hundred_races_make_two_hundred_things(house: House) {
    let sends = (0..200).map(|n| {
        house
            .app
            .store
            .write(house.app.ctx(Actor::public(), Some(format!("key number {n}"))), |tx| make(tx, "raced"))
    });
    let made: BTreeSet<i64> = futures(sends).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(made.len(), 200);
    assert_eq!(house.count("select count(*) as n from things").await, 200);
    assert_eq!(house.count("select count(*) as n from store_audit where event = 'things.made'").await, 200);
}

/// Takes the next number, as a county's cases do; every fifth is refused after it took one, every seventh falls over.
fn numbered(tx: &mut Tx<'_>, n: i64) -> Result<(i64, Recorded), Problem> {
    let taken = "update things set id = id + 1 where tenant = 9 returning id";
    let number = tx.one(taken, &[], |it| it.int("id"))?;
    let (_made, recorded) = make(tx, &format!("number {number}"))?;
    if n % 5 == 0 {
        return Err(Problem::Conflict);
    }
    assert!(n % 7 != 0, "this one falls over");
    Ok((number, recorded))
}

/// The number 0, and what three hundred at once were told.
async fn crowd(house: &House, stores: &[store::Store]) -> Vec<Result<i64, Problem>> {
    house
        .given(|tx| Ok(tx.given("insert into things (tenant, id, name) values (9, 0, 'the last number')")?))
        .await;
    let sends = (0..300_i64).map(|n| {
        let ctx = house.app.ctx(Actor::public(), Some(format!("crowd {n:03}")));
        stores[n as usize % stores.len()].write(ctx, move |tx| numbered(tx, n))
    });
    futures(sends).await
}

/// Numbers without a gap, one each for whoever was not refused.
async fn whole(house: &House, told: Vec<Result<i64, Problem>>) {
    let mut numbers: Vec<i64> = vec![];
    for (n, it) in (0..).zip(told) {
        match it {
            Ok(number) => numbers.push(number),
            Err(Problem::Conflict) => assert_eq!(n % 5, 0, "{n}"),
            Err(Problem::Broken(_)) => assert!(n % 7 == 0 && n % 5 != 0, "{n}"),
            Err(other) => panic!("{n}: {other}"),
        }
    }
    numbers.sort_unstable();
    let served = (0..300).filter(|n| n % 5 != 0 && n % 7 != 0).count() as i64;
    assert_eq!(numbers, (1..=served).collect::<Vec<_>>());
    assert_eq!(house.count("select id as n from things where tenant = 9").await, served);
    assert_eq!(house.count("select count(*) as n from things where tenant = 3").await, served);
    assert_eq!(
        house.count("select count(*) as n from store_audit where event = 'things.made'").await,
        served
    );
    assert_eq!(house.count("select count(*) as n from store_keys where key like 'crowd %'").await, served);
}

async fn one_number_after_another_for_everybody_at_once(house: House) {
    let told = crowd(&house, std::slice::from_ref(&house.app.store)).await;
    whole(&house, told).await;
}

async fn two_processes_share_one_number(house: House) {
    let migrations = [store::MIGRATIONS, accounts::MIGRATIONS, THINGS].concat();
    let other = store::Store::open(house.url(), &migrations).unwrap();
    let told = crowd(&house, &[house.app.store.clone(), other]).await;
    whole(&house, told).await;
}

/// Makes a thing that goes by its tenant's next number; every fifth is refused after it took one.
fn counted(tx: &mut Tx<'_>, tenant: i64, n: i64) -> Result<(i64, Recorded), Problem> {
    const NEWEST: &str = "select id as number from things where tenant = $1 order by id desc limit 1";
    let number = tx.next_number(tenant, "things", NEWEST)?;
    tx.put(
        "insert into things (tenant, id, name) values ($1, $2, 'counted')",
        &[tenant.into(), number.into()],
    )?;
    let (_made, recorded) = make(tx, "counted")?;
    if n % 5 == 0 { Err(Problem::Conflict) } else { Ok((number, recorded)) }
}

async fn a_number_is_given_once_whoever_asks_and_whatever_was_kept_meanwhile(house: House) {
    let migrations = [store::MIGRATIONS, accounts::MIGRATIONS, THINGS].concat();
    let stores = [house.app.store.clone(), store::Store::open(house.url(), &migrations).unwrap()];
    let sends = (0..200_i64).map(|n| {
        let ctx = house.app.ctx(Actor::public(), Some(format!("count {n:03}")));
        stores[n as usize % 2].write(ctx, move |tx| counted(tx, 9, n))
    });
    let given: Vec<i64> = futures(sends).await.into_iter().filter_map(Result::ok).collect();
    assert_eq!((given.len(), given.iter().collect::<BTreeSet<_>>().len()), (160, 160));
    assert_eq!(house.count("select count(*) as n from things where tenant = 9").await, 160);
    let newest = given.iter().copied().max().unwrap();
    if house.app.store.kind() == store::Kind::Sqlite {
        assert_eq!(newest, 160, "one writer leaves no gap");
    }
    // Somebody who does not know of the count takes the numbers that were to come next.
    let mut quick = vec![];
    for n in 1..=4 {
        let ctx = house.app.ctx(Actor::public(), Some(format!("count on {n}")));
        quick.push(house.app.store.write(ctx, move |tx| counted(tx, 8, n)).await.unwrap());
    }
    assert_eq!(quick, [1, 2, 3, 4]);
    house
        .given(|tx| {
            for id in 5..=20 {
                tx.given(&format!("insert into things (tenant, id, name) values (8, {id}, 'by hand')"))?;
            }
            Ok(())
        })
        .await;
    let ctx = house.app.ctx(Actor::public(), Some("count after them".to_owned()));
    assert_eq!(house.app.store.write(ctx, |tx| counted(tx, 8, 1)).await.unwrap(), 21);
}

/// Makes a thing, and as the last of all puts a row whose values do not fit: too few, or a text for a number.
fn unfit(tx: &mut Tx<'_>, n: i64) -> Result<(i64, Recorded), Problem> {
    let made = make(tx, "unfit")?;
    match n % 2 {
        0 => tx.put("insert into things (tenant, id, name) values (4, $1, $2)", &[n.into()])?,
        _ => tx.put("insert into things (tenant, id, name) values ($1, $2, null)", &[4.into(), n.into()])?,
    }
    Ok(made)
}

async fn a_row_that_cannot_be_put_undoes_the_whole_unit(house: House) {
    let before = house.rows().await;
    for n in 0..4_i64 {
        let ctx = house.app.ctx(Actor::public(), Some(format!("an unfit key {n}")));
        let told = house.app.store.write(ctx, move |tx| unfit(tx, n)).await;
        assert!(matches!(told, Err(Problem::Broken(_))), "{n}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // Whoever does not look at the refusal is undone all the same.
    let swallowed = house.app.store.write(house.app.ctx(Actor::public(), None), |tx| {
        let made = make(tx, "swallowed")?;
        let _unseen = tx.put("insert into things (tenant, id, name) values (4, 1, null)", &[]);
        Ok(made)
    });
    let swallowed = swallowed.await;
    if house.kind == Kind::Postgres {
        assert!(matches!(swallowed, Err(Problem::Broken(_))));
        assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    }
}

async fn in_a_crowd_it_undoes_its_own_unit_only(house: House) {
    house
        .given(|tx| Ok(tx.given("insert into things (tenant, id, name) values (9, 0, 'the last number')")?))
        .await;
    let sends = (0..200_i64).map(|n| {
        let ctx = house.app.ctx(Actor::public(), Some(format!("mixed {n:03}")));
        house.app.store.write(ctx, move |tx| {
            let taken = "update things set id = id + 1 where tenant = 9 returning id";
            let number = tx.one(taken, &[], |it| it.int("id"))?;
            let (_made, recorded) = make(tx, &format!("number {number}"))?;
            if n % 4 == 0 {
                tx.put("insert into things (tenant, id, name) values (4, $1, null)", &[n.into()])?;
            }
            Ok((number, recorded))
        })
    });
    let told = futures(sends).await;
    let kept = told.iter().filter(|it| it.is_ok()).count() as i64;
    assert_eq!(kept, 150);
    for (n, it) in told.iter().enumerate() {
        assert_eq!(it.is_ok(), n % 4 != 0, "{n}: {it:?}");
    }
    assert_eq!(house.count("select id as n from things where tenant = 9").await, 150);
    assert_eq!(house.count("select count(*) as n from things where tenant = 3").await, 150);
    assert_eq!(house.count("select count(*) as n from things where tenant = 4").await, 0);
    assert_eq!(house.count("select count(*) as n from store_audit where event = 'things.made'").await, 150);
    assert_eq!(house.count("select count(*) as n from store_keys where key like 'mixed %'").await, 150);
}

async fn a_panic_is_one_units_own(house: House) {
    let ctx = house.app.ctx(Actor::public(), None);
    let panicked = house.app.store.write(ctx.clone(), |tx| {
        let _made = make(tx, "never")?;
        assert!(tx.ctx.key.is_some(), "the panic is what this fact is about");
        make(tx, "never")
    });
    assert!(matches!(panicked.await, Err(Problem::Broken(_))));
    assert!(house.app.store.write(ctx, |tx| make(tx, "well")).await.is_ok());
    assert_eq!(house.count("select count(*) as n from things").await, 1);
}

async fn a_changed_audit_row_breaks_the_chain(house: House) {
    for n in 0..5 {
        let ctx = house.app.ctx(Actor::public(), None);
        house.app.store.write(ctx, move |tx| make(tx, &n.to_string())).await.unwrap();
    }
    let seal = Seal::from_seed(&[7; 32]);
    let key = seal.clone();
    assert_eq!(house.given(move |tx| store::seal(tx, &key)).await, 5);
    let key = seal.clone();
    let ctx = house.app.ctx(Actor::public(), None);
    let verify = async |seal: &Seal, kept: &[store::Head]| {
        store::verify(&house.app.store, &ctx, seal, kept).await.unwrap()
    };
    let faults = async |kept: &[store::Head]| -> Vec<String> {
        verify(&seal, kept).await.into_iter().flat_map(|it| it.faults).collect()
    };
    let checked = verify(&key, &[]).await;
    assert_eq!(
        checked.iter().map(|it| (it.tenant, it.sealed, it.unsealed, it.faults.len())).collect::<Vec<_>>(),
        [(3, 5, 0, 0)]
    );
    let kept = house.given(|tx| Ok(store::heads(tx)?)).await;
    assert_eq!(faults(&kept).await, Vec::<String>::new());
    assert_eq!(kept.iter().map(|it| store::Head::from_line(&it.line()).unwrap()).collect::<Vec<_>>(), kept);

    let change = async |sql: &'static str| house.given(move |tx| Ok(tx.given(sql)?)).await;
    change("update store_audit set person = 99 where id = (select min(id) from store_audit)").await;
    assert_eq!(faults(&[]).await, ["第 1 条审计记录与链不符"]);
    let other = Seal::from_seed(&[8; 32]);
    let checked = verify(&other, &[]).await;
    assert!(checked[0].faults.iter().any(|it| it.contains("链头签名不符")), "{checked:?}");

    // The newest row, its seal and its head, gone together, show only against the head kept elsewhere.
    change("update store_audit set person = 0 where id = (select min(id) from store_audit)").await;
    change("delete from store_heads").await;
    assert_eq!(faults(&[]).await, ["缺少链头，链头可能被删除"]);
    change("delete from store_seals where seq = 5").await;
    change("delete from store_audit where id = (select max(id) from store_audit)").await;
    assert_eq!(
        faults(&kept).await,
        ["审计链比外存链头短：外存记到第 5 条，现有 4 条", "缺少链头，链头可能被删除"]
    );
    change("delete from store_audit").await;
    assert_eq!(
        faults(&[]).await,
        [
            "第 1 条审计记录与链不符",
            "第 2 条审计记录与链不符",
            "第 3 条审计记录与链不符",
            "第 4 条审计记录与链不符",
            "缺少链头，链头可能被删除"
        ]
    );
}

async fn a_denial_is_noted_and_nothing_else(house: House) {
    let before = house.rows().await;
    let ctx = house.app.ctx(Actor::public(), Some("a denied key".into()));
    let denied = house.app.store.write(ctx, |tx| {
        let _made = make(tx, "never")?;
        let _never = Permit::when(true, false, "things.forbidden")?;
        make(tx, "never")
    });
    assert!(matches!(denied.await, Err(Problem::Denied(_))));
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
