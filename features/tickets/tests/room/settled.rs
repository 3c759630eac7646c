//! Months that are over are counted once; the rates stay what a reading of every case would say.

use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    a_year_reads_the_same_from_settled_months_and_from_its_cases,
);

/// The tables of a year, for everybody who sees some of it.
async fn told(cast: &Cast, cousin: &Browser) -> Vec<String> {
    let mut pages = vec![];
    for who in [&cast.city, &cast.county, &cast.street, &cast.neighborhood, &cast.company, cousin] {
        for period in ["2024", "2024-Q2", "2024-05", "2024-06"] {
            let page = who.get(&format!("/tickets/rates?month={period}")).await.without_keys();
            let main = page.split("<div class=\"tiles\">").nth(1).unwrap().to_owned();
            pages.push(main.split("<h2>吹哨报到").next().unwrap().to_owned());
        }
    }
    pages
}

// covers: SC-058, SC-060
async fn a_year_reads_the_same_from_settled_months_and_from_its_cases(house: House) {
    let cast = Cast::of(&house).await;
    // Twelve cases of May and June that ended in every way, and one that somebody still works on.
    for n in 0..13_i64 {
        house.it_is(&format!("2024-0{}-{:02}T02:00:00Z", 5 + n % 2, 6 + n));
        let cast = cast.again(&house).await;
        let category = ["lighting", "leak", "noise"][usize::try_from(n % 3).unwrap()];
        let code = cast.report(&[("category", category), ("phone", &format!("139000011{n:02}"))]).await;
        let ticket = cast.ticket(&house).await;
        if n % 5 == 4 {
            act(&cast.street, ticket, "decline", &[("reason", "repeated"), ("words", "重复反映")]).await;
            continue;
        }
        let track = format!("/tickets/track/{code}");
        if n == 1 {
            cast.resident.submit(&format!("{track}/withdraw"), &[]).await;
            continue;
        }
        if n == 7 {
            // Late with everything: the clock goes by before anybody comes.
            house.it_is("2024-06-30T02:00:00Z");
            tickets::wake_due(&house.app).await.unwrap();
        }
        let cast = cast.again(&house).await;
        act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
        act(&cast.company, ticket, "answer", &[("words", "已处理好")]).await;
        let satisfied = if n % 2 == 0 { "yes" } else { "no" };
        let rate = async |solved| {
            let rated = [("solved", solved), ("satisfied", satisfied)];
            cast.resident.submit(&format!("{track}/rate"), &rated).await
        };
        match n % 5 {
            // Nobody rates it, and the clock closes it.
            2 => continue,
            // Done again; the last word is that it was not solved, as staff were told.
            3 => {
                rate("no").await;
                act(&cast.company, ticket, "answer", &[("words", "又处理了一次")]).await;
                act(&cast.street, ticket, "call-back", &[("solved", "yes"), ("satisfied", "no")]).await;
            }
            _ => {
                rate("yes").await;
            }
        }
    }
    house.it_is("2024-07-01T02:00:00Z");
    cast.again(&house).await.report(&[]).await;
    house.it_is("2024-10-20T02:00:00Z");
    while 0 < tickets::wake_due(&house.app).await.unwrap() {}
    let ways = "select count(distinct stage || words || coalesce(answered_v, '') || cast(round as text)) as n from tickets_tickets";
    assert!(6 <= house.count(ways).await, "they ended in several ways");
    let cast = cast.again(&house).await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let before = told(&cast, &cousin).await;
    let (mut rounds, mut done) = (0, 0);
    loop {
        match tickets::settle(&house.app).await.unwrap() {
            0 => break,
            n => (rounds, done) = (rounds + 1, done + n),
        }
    }
    // Ten months and more of two counties, a round at a time; July stays open as long as its case is.
    assert!(1 < rounds && 12 < done, "{rounds} {done}");
    let july = "select count(*) as n from tickets_settled where month = '2024-07' and tenant = 1";
    let may = "select count(*) as n from tickets_settled where month = '2024-05' and tenant = 1";
    assert_eq!((house.count(july).await, house.count(may).await), (0, 1));
    assert!(0 < house.count("select count(*) as n from tickets_settled_counts").await);
    assert_eq!(told(&cast, &cousin).await, before);
    // Read from what was counted, and not from the cases: those of May are hidden for a moment.
    house.given(|tx| Ok(tx.given("update tickets_tickets set city = -city, tenant = tenant where filed_on < '2024-06-01' and city > 0")?)).await;
    let city = cast.city.get("/tickets/rates?month=2024-05").await.body;
    assert!(before[2].contains("<strong>7</strong>") && city.contains("<strong>7</strong>"), "{city}");
    house.given(|tx| Ok(tx.given("update tickets_tickets set city = -city where city < 0")?)).await;
    // Somebody comes back to a case of May: the month is counted anew, and says so at once.
    let old = house.count("select id as n from tickets_tickets where number = 5").await;
    let open =
        "update tickets_tickets set stage = 'filed', handler_kind = null, handler = null where number = 5";
    house.given(move |tx| Ok(tx.given(open)?)).await;
    let sent =
        act(&cast.county, old, "decline", &[("reason", "repeated"), ("words", "再次核对，确属重复")]).await;
    assert!(sent.location.is_some(), "{}", sent.body);
    assert_eq!(house.count(may).await, 0);
    assert_eq!(told(&cast, &cousin).await, before);
    while 0 < tickets::settle(&house.app).await.unwrap() {}
    assert_eq!(house.count(may).await, 1);
    assert_eq!(told(&cast, &cousin).await, before);
}
