//! Who votes in an owner's stead: by a paper the neighborhood has seen, within the cap of the notice, and never before the owner.

use testkit::{Answer, House, on_both_stores};

use crate::{
    records::recounts,
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    the_owners_own_ballot_goes_before_the_proxys_whichever_comes_first,
    one_person_stands_for_no_more_owners_than_the_notice_says,
    the_one_the_co_owners_chose_votes_and_nobody_else,
    a_proxy_votes_on_what_the_paper_says_and_until_its_day,
    a_sheet_signed_by_a_proxy_counts_as_one,
    one_co_owner_does_not_silently_vote_over_another,
    a_mistake_that_was_taken_back_holds_nobodys_vote,
    who_votes_in_the_stead_of_one_home_votes_for_all_of_its_owners,
    what_is_over_keeps_nobody_away,
    only_the_neighborhood_registers,
);

/// A real check digit, and nobody's number.
const NUMBER: &str = "11010519491231002X";
const ANOTHER: &str = "440524188001010014";

pub(crate) fn at(id: i64) -> String {
    format!("/assemblies/decisions/{id}/mandates")
}

pub(crate) async fn register(cast: &Cast, id: i64, unit: &str, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("kind", "proxy"),
        ("unit", unit),
        ("name", "吴代"),
        ("number", NUMBER),
        ("document", "委托书，2024年9月1日"),
        ("until", "2024-09-20"),
    ];
    for (name, value) in more {
        match fields.iter_mut().find(|it| it.0 == *name) {
            Some(known) => known.1 = value,
            None => fields.push((name, value)),
        }
    }
    cast.neighborhood.submit(&at(id), &fields).await
}

pub(crate) fn code_in(page: &Answer) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    let code = page.body.split("code-big\">").nth(1).unwrap_or_else(|| panic!("{}", page.body));
    code.split('<').next().unwrap().to_owned()
}

/// The code of a proxy of this unit's owners.
pub(crate) async fn registered(cast: &Cast, id: i64, unit: &str) -> String {
    code_in(&register(cast, id, unit, &[]).await)
}

async fn effective(house: &House) -> i64 {
    house.count("select count(*) as n from assemblies_effective").await
}

async fn by_proxy(house: &House) -> i64 {
    house.count("select count(*) as n from assemblies_effective where proxy = 1").await
}

/// Sealed, counted, and recounted by the other program.
async fn recounted(cast: &mut Cast, house: &House, id: i64, sheets: &str) -> String {
    cast.sealed(house, id, sheets).await;
    cast.counted(id).await;
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    if let Err(fault) = assemblies::verify_record(&record, None) {
        panic!("{fault}");
    }
    recounts(&record).unwrap()
}

// covers: LA-037
async fn the_owners_own_ballot_goes_before_the_proxys_whichever_comes_first(house: House) {
    let mut cast = Cast::of(&house).await;
    let (owner, _) = cast.resident(&house, "张甲", &["1-101"]).await;
    // No second votes: the owner's own is still taken after the proxy's.
    let id = cast.open(&house, &[("proxy_cap", "2")]).await;
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(posted.contains("每人最多接受2名业主委托；业主本人投票的，以本人的为准"), "{posted}");
    let code = code_in(&register(&cast, id, "1幢101", &[]).await);
    let told = house.as_again(owner.person).await.get("/messages").await.body;
    assert!(told.contains("您的房屋登记由吴*（受托人）表决"), "{told}");
    let paper = cast.owner.submit("/assemblies/vote", &[("code", &code)]).await.body;
    assert!(paper.contains("您以受托人的身份投票") && paper.contains("1幢102"), "{paper}");
    assert!(cast.cast(&code, "no").await.body.contains("投票成功"));
    assert_eq!((effective(&house).await, by_proxy(&house).await), (2, 2));
    let told = house.as_again(owner.person).await.get("/messages").await.body;
    assert!(told.contains("受托人代您投了票。您本人仍可以投"), "{told}");
    let own = cast.code(id, "1幢", "1幢101").await;
    // The owner reads whose ballot it is, and that their own goes before it.
    let paper = cast.owner.submit("/assemblies/vote", &[("code", &own)]).await.body;
    assert!(
        paper.contains("受托人已投（网上）") && paper.contains("您自己再投一次，就以您的为准"),
        "{paper}"
    );
    assert!(cast.cast(&own, "yes").await.body.contains("投票成功"));
    assert_eq!((effective(&house).await, by_proxy(&house).await), (2, 0));
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "no").await, "业主本人已经投票，受托人不能再投").await;
    refused(&house, &before, &cast.cast(&own, "no").await, "已经投过票").await;
    // Nobody's name stands in clear anywhere.
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("吴代") && !rows.contains(NUMBER), "{table}");
    }
    let told = recounted(&mut cast, &house, id, "0").await;
    assert!(told.contains("票4张，有效2套，重新计票与公示一致"), "{told}");
}

async fn one_person_stands_for_no_more_owners_than_the_notice_says(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    code_in(&register(&cast, id, "1幢101", &[]).await);
    let before = house.rows().await;
    let again = register(&cast, id, "2幢101", &[("name", "吴 代")]).await;
    refused(&house, &before, &again, "已经接受1名业主的委托，公告写明每人最多接受1名").await;
    let twice = register(&cast, id, "1幢102", &[("number", ANOTHER)]).await;
    refused(&house, &before, &twice, "已登记由他人表决，请先终止那一份登记").await;
    // Said beside the form, which keeps what was typed; and everything that is wrong at once.
    assert!(
        twice.body.contains("value=\"1幢102\"") && twice.body.contains("id=\"unit-error\""),
        "{}",
        twice.body
    );
    let all = [("unit", "9幢909"), ("name", ""), ("document", ""), ("until", "")];
    let all = register(&cast, id, "9幢909", &all).await;
    for words in ["名册里没有“9幢909”", "请填写表决人的姓名", "请写明委托书", "请选择有效期的最后一天"]
    {
        refused(&house, &before, &all, words).await;
    }
    for (field, value, words) in [
        ("number", "110105194912310021", "证件号码"),
        ("unit", "9幢909", "名册里没有“9幢909”"),
        ("until", "2024-09-12", "请选择有效期的最后一天，不早于今天"),
        ("document", "", "请写明委托书、推选书或监护证明的名称和日期"),
        ("kind", "friend", "请选择是受托人、监护人，还是共有人推选的表决人"),
        ("name", "", "请填写表决人的姓名"),
    ] {
        refused(&house, &before, &register(&cast, id, "2幢101", &[(field, value)]).await, words).await;
    }
    // Ended before it was used, the person may stand for another; the code of the first opens nothing any more.
    let page = cast.neighborhood.get(&at(id)).await.body;
    let mandate = page.split("name=\"mandate\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let end = format!("{}/end", at(id));
    let before = house.rows().await;
    let silent = cast.neighborhood.submit(&end, &[("mandate", mandate)]).await;
    refused(&house, &before, &silent, "请写明终止的理由").await;
    done(cast.neighborhood.submit(&end, &[("mandate", mandate), ("reason", "业主撤回委托")]).await);
    assert_eq!(cast.neighborhood.submit(&end, &[("mandate", mandate), ("reason", "再来")]).await.status, 404);
    let code = code_in(&register(&cast, id, "2幢101", &[]).await);
    // What was voted counts on: one owner after another would be no cap.
    assert!(cast.cast(&code, "yes").await.body.contains("投票成功"));
    let page = cast.neighborhood.get(&at(id)).await.body;
    let mandate = page.split("name=\"mandate\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    done(cast.neighborhood.submit(&end, &[("mandate", mandate), ("reason", "业主撤回委托")]).await);
    let before = house.rows().await;
    refused(&house, &before, &register(&cast, id, "1幢101", &[]).await, "已经接受1名业主的委托").await;
    code_in(&register(&cast, id, "1幢101", &[("number", ANOTHER)]).await);
}

async fn a_mistake_that_was_taken_back_holds_nobodys_vote(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    code_in(&register(&cast, id, "1幢101", &[]).await);
    let page = cast.neighborhood.get(&at(id)).await.body;
    let mandate = page.split("name=\"mandate\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let end = format!("{}/end", at(id));
    done(cast.neighborhood.submit(&end, &[("mandate", mandate), ("reason", "登记错了人")]).await);
    // Whom the owner meant votes; who was registered by mistake has voted for nobody.
    let code = code_in(&register(&cast, id, "1幢101", &[("number", ANOTHER)]).await);
    assert!(cast.cast(&code, "yes").await.body.contains("投票成功"));
    code_in(&register(&cast, id, "2幢101", &[]).await);
}

/// A ballot from an account, for the home bound to it.
async fn by_account(who: &testkit::Browser, id: i64, home: i64) -> Answer {
    let (id, home) = (id.to_string(), home.to_string());
    who.submit("/assemblies/vote/cast", &[("decision", &id), ("home", &home), ("item-1", "yes")]).await
}

async fn who_votes_in_the_stead_of_one_home_votes_for_all_of_its_owners(house: House) {
    let mut cast = Cast::of(&house).await;
    // The account stands under one home of the owner, the guardian is registered for the other.
    let (owner, homes) = cast.resident(&house, "张甲", &["1-102"]).await;
    let id = cast.open(&house, &[]).await;
    let code = code_in(&register(&cast, id, "1幢101", &[("kind", "guardian")]).await);
    let owner = house.as_again(owner.person).await;
    let before = house.rows().await;
    refused(&house, &before, &by_account(&owner, id, homes[0]).await, "登记由吴*（监护人）表决").await;
    assert!(cast.cast(&code, "yes").await.body.contains("投票成功"));
    let told = recounted(&mut cast, &house, id, "0").await;
    assert!(told.contains("票2张，有效2套"), "{told}");
}

async fn what_is_over_keeps_nobody_away(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let own = cast.code(id, "1幢", "1幢201").await;
    let until = [("kind", "co_owner"), ("name", "李乙"), ("until", "2024-09-14")];
    let code = code_in(&register(&cast, id, "1幢201", &until).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&own, "yes").await, "请用其表决凭证").await;
    cast.at(&house, "2024-09-15T01:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "yes").await, "这份委托到2024-09-14为止").await;
    // Another may be registered in its place, which the log tells; or the owners vote themselves.
    code_in(
        &register(&cast, id, "1幢201", &[("kind", "co_owner"), ("name", "王丙"), ("until", "2024-09-15")])
            .await,
    );
    cast.at(&house, "2024-09-16T01:00:00Z").await;
    assert!(cast.cast(&own, "yes").await.body.contains("投票成功"));
    let told = recounted(&mut cast, &house, id, "0").await;
    assert!(told.contains("票1张，有效1套"), "{told}");
}

async fn the_one_the_co_owners_chose_votes_and_nobody_else(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("revote", "yes")]).await;
    let old = cast.code(id, "1幢", "1幢201").await;
    let chosen = [("kind", "co_owner"), ("name", "李乙")];
    let before = house.rows().await;
    refused(&house, &before, &register(&cast, id, "2幢101", &chosen).await, "只有一名业主，不需要推选").await;
    let developers = register(&cast, id, "2幢102", &[("kind", "guardian")]).await;
    refused(&house, &before, &developers, "建设单位的房屋，请登记为委托").await;
    let code = code_in(&register(&cast, id, "1幢201", &chosen).await);
    let before = house.rows().await;
    let answer = cast.cast(&old, "no").await;
    refused(&house, &before, &answer, "登记由李*（共有人推选的表决人）表决，请用其表决凭证").await;
    let shut = cast.owner.submit("/assemblies/vote", &[("code", &old)]).await.body;
    assert!(shut.contains("登记由李*"), "{shut}");
    assert!(cast.cast(&code, "yes").await.body.contains("投票成功"));
    // What was voted cannot be given away afterwards.
    let before = house.rows().await;
    let late = register(&cast, id, "1幢201", &[]).await;
    refused(&house, &before, &late, "已经投过票，不能再登记由他人表决").await;
    // A ballot of somebody else's hand slipped in would be found by both programs.
    let told = recounted(&mut cast, &house, id, "0").await;
    assert!(told.contains("票1张，有效1套"), "{told}");
}

async fn a_proxy_votes_on_what_the_paper_says_and_until_its_day(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let mut fields = vec![("title", "两件事"), ("precedence", "paper")];
    for (matter, item) in [("4", "续聘现物业服务企业"), ("8", "设置充电棚")] {
        fields.extend([("matter", matter), ("item", item), ("summary", ""), ("options", ""), ("seats", "")]);
    }
    let drafts = format!("/assemblies/communities/{}/decisions", cast.community);
    let id = done(cast.committee.submit(&drafts, &fields).await).id();
    cast.reviewed(id).await;
    let notice = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &notice).await);
    cast.at(&house, "2024-09-13T02:00:00Z").await;
    let only = [("items", "2"), ("until", "2024-09-14")];
    let code = code_in(&register(&cast, id, "2幢101", &only).await);
    let paper = cast.owner.submit("/assemblies/vote", &[("code", &code)]).await.body;
    assert!(paper.contains("设置充电棚") && !paper.contains("续聘现物业服务企业"), "{paper}");
    let to = "/assemblies/vote/cast";
    let fields = [("code", code.as_str()), ("item-1", "yes"), ("item-2", "yes")];
    assert!(cast.owner.submit(to, &fields).await.body.contains("投票成功"));
    let known = house.count("select count(*) as n from assemblies_ballots where proxy = 1").await;
    assert_eq!(known, 1);
    cast.at(&house, "2024-09-15T01:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.owner.submit(to, &fields).await, "这份委托到2024-09-14为止，已经过期")
        .await;
    cast.sealed(&house, id, "0").await;
    cast.counted(id).await;
    // The item the mandate does not cover knows of no vote.
    let rows = house.rows().await;
    let results = &rows.iter().find(|it| it.0 == "assemblies_results").unwrap().1;
    assert!(results.contains("60.000") && results.contains("0.000"), "{results}");
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    assert!(assemblies::verify_record(&record, None).is_ok());
    assert!(recounts(&record).unwrap().contains("票1张，有效1套"));
}

async fn a_sheet_signed_by_a_proxy_counts_as_one(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let to = format!("/assemblies/decisions/{id}/sheets");
    let sheet = |by: &'static str| {
        [
            ("number", "4"),
            ("unit", "2幢101"),
            ("received_on", "2024-09-13"),
            ("received_at", "09:30"),
            ("by_mandate", by),
            ("item-1", "yes"),
        ]
    };
    // Nobody was registered: not even the first reading is taken, so that no half sheet is left lying.
    let before = house.rows().await;
    let answer = cast.committee.submit(&to, &sheet("yes")).await;
    refused(&house, &before, &answer, "没有登记受托人或表决人").await;
    code_in(&register(&cast, id, "2幢101", &[]).await);
    done(cast.committee.submit(&to, &sheet("yes")).await);
    // Who signed is part of what two people have to read alike.
    let differs = cast.neighborhood.submit(&to, &sheet("")).await;
    assert!(differs.said().starts_with("!两遍的谁签名不一致"), "{}", differs.said());
    assert_eq!(house.count("select count(*) as n from assemblies_sheets where state = 'differs'").await, 1);
    done(cast.committee.submit(&to, &sheet("yes")).await);
    done(cast.neighborhood.submit(&to, &sheet("yes")).await);
    assert_eq!((effective(&house).await, by_proxy(&house).await), (1, 1));
    // Paper was declared to go before what is voted online, yet this paper is not the owner's.
    let own = cast.code(id, "2幢", "2幢101").await;
    assert!(cast.cast(&own, "no").await.body.contains("投票成功"));
    assert_eq!((effective(&house).await, by_proxy(&house).await), (1, 0));
    let told = {
        cast.at(&house, "2024-09-21T01:00:00Z").await;
        let fields = [("building", "1幢"), ("sheets", "0"), ("building", "2幢"), ("sheets", "1")];
        done(cast.committee.submit(&format!("/assemblies/decisions/{id}/seal"), &fields).await);
        cast.counted(id).await;
        let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
        if let Err(fault) = assemblies::verify_record(&record, None) {
            panic!("{fault}");
        }
        recounts(&record).unwrap()
    };
    assert!(told.contains("票2张，有效1套"), "{told}");
}

async fn one_co_owner_does_not_silently_vote_over_another(house: House) {
    let mut cast = Cast::of(&house).await;
    let (first, homes) = cast.resident(&house, "李乙", &["1-201"]).await;
    let (second, theirs) = cast.resident(&house, "王丙", &["1-201"]).await;
    let id = cast.open(&house, &[("revote", "yes")]).await.to_string();
    let (first, second) = (house.as_again(first.person).await, house.as_again(second.person).await);
    assert_ne!(homes, theirs);
    let cast_by = |home: i64, choice: &'static str| {
        [
            ("decision".to_owned(), id.clone()),
            ("home".to_owned(), home.to_string()),
            ("item-1".to_owned(), choice.to_owned()),
        ]
    };
    let of = |fields: &[(String, String)]| {
        fields.iter().map(|it| (it.0.clone(), it.1.clone())).collect::<Vec<_>>()
    };
    let submit = async |who: &testkit::Browser, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        who.submit("/assemblies/vote/cast", &fields).await
    };
    let voted = submit(&first, of(&cast_by(homes[0], "yes"))).await;
    assert!(voted.body.contains("投票成功"), "{}", voted.body);
    let before = house.rows().await;
    let answer = submit(&second, of(&cast_by(theirs[0], "no"))).await;
    refused(&house, &before, &answer, "另一位共有人已用其账号为这套房屋投了票").await;
    // The first may still change the own mind.
    assert!(submit(&first, of(&cast_by(homes[0], "no"))).await.body.contains("投票成功"));
    // Nor does the letter of the unit.
    let code = cast.code(id.parse().unwrap(), "1幢", "1幢201").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "yes").await, "表决凭证不能改它").await;
}

async fn only_the_neighborhood_registers(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let fields = [
        ("kind", "proxy"),
        ("unit", "1幢101"),
        ("name", "吴代"),
        ("number", NUMBER),
        ("document", "委托书"),
        ("until", "2024-09-20"),
    ];
    let before = house.rows().await;
    for (who, status) in
        [(&cast.committee, 403), (&cast.street, 403), (&cast.company, 403), (&cast.next_committee, 404)]
    {
        assert_eq!(who.submit(&at(id), &fields).await.status, status);
        let end = format!("{}/end", at(id));
        assert_eq!(who.submit(&end, &[("mandate", "1"), ("reason", "不对")]).await.status, status);
    }
    assert_eq!(cast.next_street.get(&at(id)).await.status, 404);
    assert_eq!(cast.committee.get(&at(id)).await.status, 200);
    let changed: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it.starts_with("assemblies")).collect();
    assert_eq!(changed, Vec::<String>::new());
}
