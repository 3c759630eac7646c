//! Owners put themselves forward, are answered, vetted and announced; a county's own list; the party organisation's advice.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    an_owner_stands_for_oneself_is_vetted_and_announced,
    a_candidate_keeps_the_list_it_was_opened_under,
    the_party_organisation_advises_and_those_who_passed_are_compared,
    only_those_who_may_call_offer_and_answer,
);

const CALL: [(&str, &str); 3] =
    [("seats", "5"), ("closes_on", "2024-08-27"), ("words", "到社区服务大厅报名")];
const OFFER: [(&str, &str); 9] = [
    ("name", "周守信"),
    ("born", "1966"),
    ("origin", "owner"),
    ("words", "退休电工，愿意为大家跑腿"),
    ("condition", "0"),
    ("condition", "1"),
    ("condition", "2"),
    ("condition", "3"),
    ("condition", "4"),
];

async fn owner(house: &House, name: &str, community: i64) -> testkit::Browser {
    house.as_somebody(name, kernel::Role::Owner, kernel::Scope::Community(community)).await
}

async fn an_owner_stands_for_oneself_is_vetted_and_announced(house: House) {
    let mut cast = Cast::of(&house).await;
    let list = format!("/assemblies/communities/{}/candidates", cast.community);
    let calls = format!("/assemblies/communities/{}/calls", cast.community);
    let before = house.rows().await;
    let soon = [("seats", "5"), ("closes_on", "2024-08-26"), ("words", "到社区服务大厅报名")];
    refused(&house, &before, &cast.neighborhood.submit(&calls, &soon).await, "2024-08-27至2024-10-19之间")
        .await;
    done(cast.neighborhood.submit(&calls, &CALL).await);
    let before = house.rows().await;
    let twice = cast.committee.submit(&calls, &CALL).await;
    assert!(twice.said().contains("还有一次征集没有公告候选人"), "{}", twice.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let call = house.count("select id as n from assemblies_calls").await;
    let page = format!("/assemblies/calls/{call}");
    // Everybody reads it on the board; an owner of the community puts oneself forward.
    let board =
        house.as_stranger().get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(board.contains("正在征集") && board.contains(&page), "{board}");
    assert!(house.as_stranger().get(&page).await.body.contains("本小区的业主登录后"));
    let person = owner(&house, "周守信", cast.community).await;
    let before = house.rows().await;
    let unchecked = person.submit(&format!("{page}/offers"), &OFFER[..7]).await;
    refused(&house, &before, &unchecked, "请逐项核对正面条件").await;
    assert!(unchecked.body.contains("退休电工，愿意为大家跑腿</textarea>"), "{}", unchecked.body);
    done(person.submit(&format!("{page}/offers"), &OFFER).await);
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("周守信") || table == "accounts_users", "{table}");
        assert!(!rows.contains("退休电工"), "{table}");
    }
    let before = house.rows().await;
    let again = person.submit(&format!("{page}/offers"), &OFFER).await;
    assert!(again.said().contains("您已经自荐过"), "{}", again.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert!(person.get(&page).await.body.contains("待答复"));
    // The committee that steps down does not see who would follow it.
    assert!(!cast.committee.get(&list).await.body.contains("周守信"));
    let told = cast.neighborhood.get(&list).await.body;
    assert!(told.contains("周守信") && told.contains("1966年生") && told.contains("列入联审"), "{told}");
    let offer = house.count("select id as n from assemblies_offers").await;
    let before = house.rows().await;
    let early = cast.neighborhood.submit(&format!("{page}/announce"), &[]).await;
    refused(&house, &before, &early, "自荐到2024-08-27截止").await;
    done(cast.neighborhood.submit(&format!("/assemblies/offers/{offer}/answer"), &[("take", "yes")]).await);
    let before = house.rows().await;
    let twice =
        cast.neighborhood.submit(&format!("/assemblies/offers/{offer}/answer"), &[("take", "yes")]).await;
    refused(&house, &before, &twice, "已经答复过").await;
    let candidate = house
        .count("select id as n from assemblies_candidates where nominated_by = 'self' and born = 1966")
        .await;
    assert!(person.get("/messages").await.body.contains("您的自荐已列入联审"));
    cast.at(&house, "2024-09-04T01:00:00Z").await;
    let before = house.rows().await;
    let asked = cast.neighborhood.submit(&format!("{page}/announce"), &[]).await;
    refused(&house, &before, &asked, "还有候选人在联审中").await;
    done(cast.street.submit(&format!("/assemblies/candidates/{candidate}/conclude"), &[]).await);
    // Nor does the desk add somebody as having put themselves forward.
    let before = house.rows().await;
    let own = [("name", "郑候选"), ("origin", "owner"), ("nominated_by", "self")];
    let own: Vec<_> = own.iter().chain(&OFFER[4..]).copied().collect();
    refused(&house, &before, &cast.neighborhood.submit(&list, &own).await, "自荐到2024-08-27截止").await;
    let late = owner(&house, "迟到的业主", cast.community).await;
    let before = house.rows().await;
    let over = late.submit(&format!("{page}/offers"), &OFFER).await;
    assert!(over.said().contains("自荐到2024-08-27截止"), "{}", over.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    done(cast.neighborhood.submit(&format!("{page}/announce"), &[]).await);
    let board =
        house.as_stranger().get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(board.contains("候选人：周守信") && board.contains("公示到2024-09-11"), "{board}");
    assert!(house.as_stranger().get(&page).await.body.contains("周守信"));
    let own = [("name", "郑候选"), ("origin", "owner"), ("nominated_by", "self")];
    let own: Vec<_> = own.iter().chain(&OFFER[4..]).copied().collect();
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.submit(&list, &own).await, "自荐到2024-08-27截止").await;
    for (who, status) in [(&cast.company, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.submit(&list, &own).await.status, status, "a right is asked for first");
    }
    // When the posting is over the name is no longer the public's; whoever prepares the election sees it on.
    cast.at(&house, "2024-09-11T15:00:00Z").await;
    assert!(house.as_stranger().get(&page).await.body.contains("周守信"));
    cast.at(&house, "2024-09-11T16:00:00Z").await;
    for public in [page, format!("/assemblies/posted?community={}", cast.community)] {
        let shown = house.as_stranger().get(&public).await.body;
        assert!(!shown.contains("周守信"), "{shown}");
    }
    assert!(cast.neighborhood.get(&list).await.body.contains("周守信"));
}

// covers: FX-026, SC-026
async fn a_candidate_keeps_the_list_it_was_opened_under(house: House) {
    let cast = Cast::of(&house).await;
    let list = format!("/assemblies/communities/{}/candidates", cast.community);
    let nominating = |more: &[(&'static str, &'static str)]| {
        let fixed = [("name", "何家宝"), ("origin", "owner"), ("nominated_by", "party")];
        fixed.iter().chain(more).copied().collect::<Vec<_>>()
    };
    done(cast.branch.submit(&list, &nominating(&OFFER[4..])).await);
    let first = house.count("select id as n from assemblies_candidates where checklist = 0").await;
    let to = "/assemblies/checklists";
    let page = cast.county.get(to).await.body;
    assert!(
        page.contains("本县还没有公布自己的清单") && page.contains("N4　") | page.contains("N4</strong>"),
        "{page}"
    );
    let own = [
        ("conditions", "本小区业主\n按时缴纳物业费"),
        ("negatives", "A1 拖欠物业费超过一年"),
        ("version", "0"),
    ];
    let before = house.rows().await;
    for who in [&cast.street, &cast.neighborhood] {
        assert_eq!(who.submit(to, &own).await.status, 404);
    }
    let unnumbered = [("conditions", "本小区业主"), ("negatives", "拖欠物业费"), ("version", "0")];
    let wrong = cast.county.submit(to, &unnumbered).await;
    assert!(
        wrong.body.contains("第1行应写成“N1 内容”") && wrong.body.contains("拖欠物业费</textarea>"),
        "{}",
        wrong.body
    );
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    done(cast.county.submit(to, &own).await);
    let before = house.rows().await;
    assert_eq!(cast.county.submit(to, &own).await.status, 409, "somebody published meanwhile");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert!(cast.neighborhood.get(to).await.body.contains("本县第1版，2024-08-20公布"));
    // Two conditions are enough now; who was opened before is answered by the list of then.
    done(cast.branch.submit(&list, &nominating(&[("condition", "0"), ("condition", "1")])).await);
    let second = house.count("select id as n from assemblies_candidates where checklist = 1").await;
    let answer = |id: i64, reason: &'static str| {
        let cast = &cast;
        async move {
            let fields = [("body", "court"), ("reason", reason), ("document", "复函")];
            cast.neighborhood.submit(&format!("/assemblies/candidates/{id}/opinions"), &fields).await
        }
    };
    let before = house.rows().await;
    refused(&house, &before, &answer(first, "A1").await, "负面清单中的一项").await;
    refused(&house, &before, &answer(second, "N4").await, "负面清单中的一项").await;
    done(answer(first, "N4").await);
    done(answer(second, "A1").await);
    let page = cast.street.get(&format!("/assemblies/candidates/{second}")).await.body;
    assert!(page.contains("不通过：A1 拖欠物业费超过一年") && page.contains("本县第1版"), "{page}");
}

// covers: SC-029
async fn the_party_organisation_advises_and_those_who_passed_are_compared(house: House) {
    let mut cast = Cast::of(&house).await;
    let list = format!("/assemblies/communities/{}/candidates", cast.community);
    let to = format!("/assemblies/communities/{}/advices", cast.community);
    let advice =
        [("seats", "7"), ("cross_percent", "30"), ("youngest", "30"), ("oldest", "60"), ("words", "老人多")];
    let before = house.rows().await;
    let even: Vec<_> = advice.iter().map(|it| if it.0 == "seats" { ("seats", "6") } else { *it }).collect();
    refused(&house, &before, &cast.neighborhood.submit(&to, &even).await, "5至11的单数").await;
    assert_eq!(cast.committee.submit(&to, &advice).await.status, 403);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    done(cast.neighborhood.submit(&to, &advice).await);
    assert!(cast.committee.get("/messages").await.body.contains("社区党组织提出业委会结构建议"));
    let passes = [("name", "周守信"), ("born", "1954"), ("origin", "owner"), ("nominated_by", "party")];
    let fields: Vec<_> = passes.iter().chain(&OFFER[4..]).copied().collect();
    done(cast.branch.submit(&list, &fields).await);
    cast.at(&house, "2024-09-04T01:00:00Z").await;
    let id = house.count("select id as n from assemblies_candidates").await;
    done(cast.street.submit(&format!("/assemblies/candidates/{id}/conclude"), &[]).await);
    let page = cast.committee.get(&list).await.body;
    for words in [
        "共7席，党员一般不低于60%，与社区交叉任职不低于30%，年龄以30至60岁为主",
        "已通过1人，党员0人，低于60%",
        "社区“两委”成员和网格员0人，低于30%",
        "年龄70岁，1人不在30至60岁",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

async fn only_those_who_may_call_offer_and_answer(house: House) {
    let cast = Cast::of(&house).await;
    let calls = format!("/assemblies/communities/{}/calls", cast.community);
    let before = house.rows().await;
    for who in [&cast.street, &cast.county, &cast.branch] {
        assert_eq!(who.submit(&calls, &CALL).await.status, 403);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    done(cast.committee.submit(&calls, &CALL).await);
    let call = house.count("select id as n from assemblies_calls").await;
    let page = format!("/assemblies/calls/{call}");
    let stranger = owner(&house, "别处业主", cast.community + 1).await;
    let own = owner(&house, "周守信", cast.community).await;
    done(own.submit(&format!("{page}/offers"), &OFFER).await);
    let offer = house.count("select id as n from assemblies_offers").await;
    let answer = format!("/assemblies/offers/{offer}/answer");
    let before = house.rows().await;
    assert_eq!(stranger.submit(&format!("{page}/offers"), &OFFER).await.status, 404);
    assert_eq!(cast.committee.submit(&answer, &[("reason", "不要他")]).await.status, 403);
    assert_eq!(cast.street.submit(&answer, &[("take", "yes")]).await.status, 403);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let before = house.rows().await;
    refused(
        &house,
        &before,
        &cast.neighborhood.submit(&answer, &[("reason", "")]).await,
        "请写明不列入联审的理由",
    )
    .await;
    assert!(!stranger.get(&page).await.body.contains("我的自荐"));
    done(cast.neighborhood.submit(&answer, &[("reason", "不是本小区业主")]).await);
    assert!(own.get(&page).await.body.contains("没有列入：不是本小区业主"));
}
