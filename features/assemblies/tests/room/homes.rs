//! Voting from an owner's own account: for the homes bound to it in time, and for no others.

use testkit::{Answer, Browser, House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    bound_homes_of_one_owner_vote_in_one_go,
    an_account_votes_for_what_is_bound_to_it_and_never_for_the_developer,
    a_home_votes_through_its_own_account_only,
    a_home_bound_after_the_freeze_needs_its_letter,
    owners_are_told_of_a_vote_and_reminded_until_they_have_voted,
    observers_are_told_of_odd_bindings,
);

async fn effective(house: &House) -> i64 {
    house.count("select count(*) as n from assemblies_effective").await
}

async fn step(who: &Browser, verb: &str, decision: i64, home: i64, choice: Option<&str>) -> Answer {
    let (decision, home) = (decision.to_string(), home.to_string());
    let mut fields = vec![("decision", decision.as_str()), ("home", home.as_str())];
    fields.extend(choice.map(|it| ("item-1", it)));
    who.submit(&format!("/assemblies/vote{verb}"), &fields).await
}

// covers: LA-037
async fn bound_homes_of_one_owner_vote_in_one_go(house: House) {
    let mut cast = Cast::of(&house).await;
    // On the letters the neighborhood wrote 1-101 and 1-102; the roll says 1幢101 and 1幢102, and one person owns both.
    let (owner, homes) = cast.resident(&house, "张甲", &["1-101", "1-102"]).await;
    let id = cast.open(&house, &[("revote", "yes")]).await;
    let owner = house.as_again(owner.person).await;
    let mine = owner.get("/assemblies/mine").await.body;
    assert!(mine.contains("还没有投票") && mine.contains("2024年第一次业主大会会议"), "{mine}");
    let paper = step(&owner, "", id, homes[0], None).await.body;
    assert!(paper.contains("1幢101") && paper.contains("1幢102") && !paper.contains("1幢201"), "{paper}");
    assert!(!paper.contains("name=\"code\""), "{paper}");
    let check = step(&owner, "/check", id, homes[0], Some("yes")).await.body;
    assert!(check.contains("确认投票"), "{check}");
    assert_eq!(effective(&house).await, 0);
    let receipt = step(&owner, "/cast", id, homes[0], Some("yes")).await.body;
    assert!(receipt.contains("投票成功") && receipt.contains("1幢102"), "{receipt}");
    assert_eq!(effective(&house).await, 2);
    let mine = owner.get("/assemblies/mine").await.body;
    assert!(mine.contains("已投（网上，2024-09-13）") && mine.contains("查看我的票和回执"), "{mine}");
    // The letter's code is whoever's hand it is in, and others printed it: it takes no account's vote.
    let code = cast.code(id, "1幢", "1幢101").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "no").await, "表决凭证不能改它").await;
    // The account itself may still change its mind.
    assert_eq!(step(&owner, "/cast", id, homes[0], Some("no")).await.status, 200);
    assert_eq!(effective(&house).await, 2);
    assert_eq!(house.count("select count(*) as n from assemblies_ballots").await, 4);
}

async fn an_account_votes_for_what_is_bound_to_it_and_never_for_the_developer(house: House) {
    let mut cast = Cast::of(&house).await;
    // 1幢102 belongs to the same person, yet is not bound; 2幢102 was sold, yet the roll still gives it to the developer.
    let (owner, homes) = cast.resident(&house, "张甲", &["1-101"]).await;
    let (buyer, bought) = cast.resident(&house, "钱六", &["2-102"]).await;
    let id = cast.open(&house, &[]).await;
    let (owner, buyer) = (house.as_again(owner.person).await, house.as_again(buyer.person).await);
    let before = house.rows().await;
    let answer = step(&buyer, "/cast", id, bought[0], Some("yes")).await;
    refused(&house, &before, &answer, "名册里没有2-102这套房屋").await;
    let receipt = step(&owner, "/cast", id, homes[0], Some("yes")).await.body;
    assert!(receipt.contains("1幢101") && !receipt.contains("1幢102"), "{receipt}");
    assert_eq!(effective(&house).await, 1);
}

async fn a_home_votes_through_its_own_account_only(house: House) {
    let mut cast = Cast::of(&house).await;
    let (owner, homes) = cast.resident(&house, "李乙", &["1-201"]).await;
    let (neighbor, theirs) = cast.resident(&house, "赵丁", &["2幢101", "9-909"]).await;
    let id = cast.open(&house, &[]).await;
    let (owner, neighbor) = (house.as_again(owner.person).await, house.as_again(neighbor.person).await);
    let before = house.rows().await;
    // The neighbor's home, no home, and other people's hats, each at every step.
    for verb in ["", "/check", "/cast"] {
        for home in [homes[0], 77] {
            assert_eq!(step(&neighbor, verb, id, home, Some("yes")).await.status, 404);
        }
        for who in [&cast.committee, &cast.neighborhood, &cast.street, &cast.company, &cast.owner] {
            assert!([403, 404].contains(&step(who, verb, id, homes[0], Some("yes")).await.status.as_u16()));
        }
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let before = house.rows().await;
    let unknown = step(&neighbor, "/cast", id, theirs[1], Some("yes")).await;
    refused(&house, &before, &unknown, "名册里没有9-909这套房屋").await;
    for who in [&cast.committee, &cast.company] {
        assert_eq!(who.get("/assemblies/mine").await.status, 403);
    }
    // A binding that has ended opens nothing any more.
    let to = format!("/owners/homes/{}/end", homes[0]);
    done(cast.neighborhood.submit(&to, &[("reason", "已过户")]).await);
    // With the last home the session went: the form is nobody's.
    assert_eq!(step(&owner, "/cast", id, homes[0], Some("yes")).await.status, 409);
    assert_eq!(effective(&house).await, 0);
    assert_eq!(step(&neighbor, "/cast", id, theirs[0], Some("yes")).await.status, 200);
    assert_eq!(effective(&house).await, 1);
}

async fn a_home_bound_after_the_freeze_needs_its_letter(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.noticed(&house, &[]).await;
    cast.at(&house, "2024-08-28T15:59:59Z").await;
    let (in_time, early) = cast.resident(&house, "李乙", &["1-201"]).await;
    cast.at(&house, "2024-08-28T16:00:00Z").await;
    let (too_late, late) = cast.resident(&house, "赵丁", &["2-101"]).await;
    cast.at(&house, "2024-09-13T02:00:00Z").await;
    let (in_time, too_late) = (house.as_again(in_time.person).await, house.as_again(too_late.person).await);
    let before = house.rows().await;
    let answer = step(&too_late, "/cast", id, late[0], Some("yes")).await;
    refused(&house, &before, &answer, "2-101是名册冻结（2024-08-28）之后才绑定到这个账号的").await;
    let mine = too_late.get("/assemblies/mine").await.body;
    assert!(mine.contains("本次请用送到家里的表决凭证投票") && !mine.contains("name=\"home\""), "{mine}");
    let code = cast.code(id, "2幢", "2幢101").await;
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    assert_eq!(step(&in_time, "/cast", id, early[0], Some("yes")).await.status, 200);
    assert_eq!(effective(&house).await, 2);
}

async fn owners_are_told_of_a_vote_and_reminded_until_they_have_voted(house: House) {
    let mut cast = Cast::of(&house).await;
    let (owner, homes) = cast.resident(&house, "张甲", &["1-101"]).await;
    let id = cast.open(&house, &[]).await;
    let owner = house.as_again(owner.person).await;
    let inbox = owner.get("/messages").await.body;
    assert!(inbox.contains("业主大会表决已公告，请按时投票“2024年第一次业主大会会议”"), "{inbox}");
    let due = |who: Browser| {
        let house = &house;
        async move {
            let actor = kernel::Actor {
                user: who.person,
                hat: kernel::Hat { grant: 0, role: kernel::Role::Owner, scope: kernel::Scope::Nothing },
            };
            let app = house.app.clone();
            let ctx = app.ctx(actor, None);
            let due = house.app.store.read(ctx, move |tx| assemblies::agenda(&app, tx)).await.unwrap();
            due.into_iter().map(|it| format!("{} {}", it.day, it.title)).collect::<Vec<_>>()
        }
    };
    assert_eq!(due(owner.clone()).await, ["2024-09-20 请投票：2024年第一次业主大会会议"]);
    assert_eq!(step(&owner, "/cast", id, homes[0], Some("yes")).await.status, 200);
    assert_eq!(due(owner.clone()).await, Vec::<String>::new());
    let to = format!("/assemblies/decisions/{id}/extend");
    done(cast.committee.submit(&to, &[("closes_on", "2024-09-25"), ("reason", "再等等出差的业主")]).await);
    assert!(owner.get("/messages").await.body.contains("投票已延期"));
}

async fn observers_are_told_of_odd_bindings(house: House) {
    let mut cast = Cast::of(&house).await;
    // Bound on 20 August, eight days before the freeze.
    let (owner, homes) = cast.resident(&house, "李乙", &["1-201"]).await;
    let id = cast.open(&house, &[]).await;
    let owner = house.as_again(owner.person).await;
    assert_eq!(step(&owner, "/cast", id, homes[0], Some("yes")).await.status, 200);
    let to = format!("/assemblies/decisions/{id}/bindings");
    for who in [&cast.observer, &cast.street, &cast.neighborhood] {
        let page = who.get(&to).await.body;
        assert!(page.contains("名册冻结前30日内绑定") && page.contains("1-201"), "{page}");
        assert!(page.contains("李*") && !page.contains("李乙") && page.contains("已投"), "{page}");
    }
    for (who, status) in [
        (&cast.committee, 403),
        (&cast.county, 403),
        (&cast.company, 403),
        (&cast.next_street, 404),
        (&owner, 403),
    ] {
        assert_eq!(who.get(&to).await.status, status);
    }
}
