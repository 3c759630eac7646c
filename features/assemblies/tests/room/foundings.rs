//! Preparing a first assembly or a re-election: applied for, past the gates, posted, at work, done.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    a_group_is_applied_for_posted_formed_and_works,
    no_first_committee_is_voted_on_before_its_preparations,
    a_reelection_group_ends_with_the_decision_it_was_for,
    a_list_is_objected_to_answered_and_put_together_anew,
    only_those_who_may,
);

const APPLY: [(&str, &str); 4] =
    [("kind", "first"), ("applied_on", "2024-08-19"), ("condition", "national"), ("area_percent", "68.5")];

/// Five members, three of them owners, headed by the street.
fn group(third: &str) -> Vec<(&str, &str)> {
    let mut fields = vec![];
    for (name, side) in [
        ("周某", "street"),
        ("李某", "neighborhood"),
        ("汪淑芬", third),
        ("丁海涛", "owner"),
        ("许文清", "owner"),
        ("", ""),
    ] {
        fields.extend([("name", name), ("side", side)]);
    }
    fields.extend([
        ("head", "0"),
        ("recommended", "居民代表会议推荐"),
        ("reviewed", "社区党委会议审核"),
        ("version", "1"),
    ]);
    fields
}

const ELECTION: [(&str, &str); 7] = [
    ("title", "选举业主委员会"),
    ("precedence", "paper"),
    ("matter", "3"),
    ("item", "选举委员"),
    ("summary", "选出一人"),
    ("options", "张甲\n赵丁"),
    ("seats", "1"),
];

async fn applied(cast: &Cast) -> i64 {
    let to = format!("/assemblies/communities/{}/foundings", cast.community);
    done(cast.neighborhood.submit(&to, &APPLY).await).id()
}

// covers: SC-027
async fn a_group_is_applied_for_posted_formed_and_works(house: House) {
    let mut cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/foundings", cast.community);
    let before = house.rows().await;
    let few: Vec<_> =
        APPLY.iter().map(|it| if it.0 == "area_percent" { (it.0, "50") } else { *it }).collect();
    let answer = cast.neighborhood.submit(&to, &few).await;
    refused(&house, &before, &answer, "还不符合国家指导规则第8条的条件").await;
    let id = applied(&cast).await;
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&to, &APPLY).await, "已有正在进行的筹备").await;
    assert!(cast.street.get("/messages").await.body.contains("已收到申请，请组建"));
    let page = format!("/assemblies/foundings/{id}");
    assert!(cast.street.get(&page).await.body.contains("2024-10-18前组建小组"));
    let before = house.rows().await;
    let wrong = cast.street.submit(&format!("{page}/group"), &group("developer")).await;
    refused(&house, &before, &wrong, "业主代表不得少于2分之1，现在5人中2人").await;
    assert!(
        wrong.body.contains("汪淑芬") && wrong.body.contains("居民代表会议推荐"),
        "what was typed is kept"
    );
    done(cast.street.submit(&format!("{page}/group"), &group("owner")).await);
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("汪淑芬"), "{table}");
    }
    let board = format!("/assemblies/posted?community={}", cast.community);
    let posted = cast.owner.get(&board).await.body;
    assert!(posted.contains("成员名单2024-08-20公告，到2024-08-27"), "{posted}");
    assert!(posted.contains("业主代表 汪**") && !posted.contains("汪淑芬"), "{posted}");
    cast.at(&house, "2024-08-27T10:00:00Z").await;
    let before = house.rows().await;
    let early = cast.street.submit(&format!("{page}/confirm"), &[]).await;
    refused(&house, &before, &early, "名单公告到2024-08-27").await;
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    done(cast.street.submit(&format!("{page}/confirm"), &[]).await);
    assert!(cast.county.get(&page).await.body.contains("2024-11-26前召开业主大会会议"));
    let before = house.rows().await;
    let early = [("task", "owners"), ("done_on", "2024-08-27")];
    let tasks = format!("{page}/tasks");
    refused(&house, &before, &cast.neighborhood.submit(&tasks, &early).await, "不早于成立之日（2024-08-28）")
        .await;
    let finished = [("task", "owners"), ("done_on", "2024-08-28")];
    done(cast.neighborhood.submit(&tasks, &finished).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.submit(&tasks, &finished).await, "这一项已经登记过").await;
    let unready = cast.street.submit(&format!("{page}/complete"), &[("decision", "1")]).await;
    refused(&house, &before, &unready, "还有筹备工作没有办完").await;
    done(cast.street.submit(&format!("{page}/end"), &[("reason", "申请人撤回")]).await);
    let before = house.rows().await;
    let over = cast.street.submit(&format!("{page}/group"), &group("owner")).await;
    refused(&house, &before, &over, "现在是“已终止”").await;
    assert!(!cast.owner.get(&board).await.body.contains("成员名单"));
}

// An election is announced when what has to stand before it stands: rules, candidates, the way of electing.
async fn no_first_committee_is_voted_on_before_its_preparations(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = applied(&cast).await;
    let page = format!("/assemblies/foundings/{id}");
    done(cast.street.submit(&format!("{page}/group"), &group("owner")).await);
    cast.frozen(&house).await;
    done(cast.street.submit(&format!("{page}/confirm"), &[]).await);
    let drafts = format!("/assemblies/communities/{}/decisions", cast.community);
    let election = done(cast.neighborhood.submit(&drafts, &ELECTION).await).id();
    cast.reviewed(election).await;
    let notice = format!("/assemblies/decisions/{election}/notice");
    let days = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    let tasks = ["owners", "meeting", "documents", "voting", "candidates", "election"];
    for task in tasks {
        let before = house.rows().await;
        let early = cast.neighborhood.submit(&notice, &days).await;
        refused(&house, &before, &early, "筹备工作还没有做完，不能公告选举").await;
        let finished = [("task", task), ("done_on", "2024-08-28")];
        done(cast.neighborhood.submit(&format!("{page}/tasks"), &finished).await);
    }
    done(cast.neighborhood.submit(&notice, &days).await);
}

async fn a_reelection_group_ends_with_the_decision_it_was_for(house: House) {
    let mut cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/foundings", cast.community);
    let fields = [("kind", "reelection"), ("applied_on", "2024-08-20")];
    let id = done(cast.street.submit(&to, &fields).await).id();
    let page = format!("/assemblies/foundings/{id}");
    done(cast.street.submit(&format!("{page}/group"), &group("owner")).await);
    let before = house.rows().await;
    let stale = cast.street.submit(&format!("{page}/group"), &group("owner")).await;
    assert_eq!(stale.status, 409, "two at once: {}", stale.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // Another matter first, then the election itself: both are noticed on the day the group is formed, and voted on by all.
    let other = cast.noticed(&house, &[]).await;
    done(cast.street.submit(&format!("{page}/confirm"), &[]).await);
    let drafts = format!("/assemblies/communities/{}/decisions", cast.community);
    let election = done(cast.committee.submit(&drafts, &ELECTION).await).id();
    cast.reviewed(election).await;
    let days = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{election}/notice"), &days).await);
    let complete = async |cast: &Cast, vote: i64| {
        cast.street.submit(&format!("{page}/complete"), &[("decision", &vote.to_string())]).await
    };
    let before = house.rows().await;
    refused(&house, &before, &complete(&cast, election).await, "选举已经通过并最终确认").await;
    cast.at(&house, "2024-09-13T02:00:00Z").await;
    for vote in [other, election] {
        for (building, unit) in [("1幢", "1幢101"), ("1幢", "1幢201"), ("2幢", "2幢101")] {
            let code = cast.code(vote, building, unit).await;
            let mut fields = vec![("code", code.as_str())];
            fields.extend(if vote == election {
                vec![("item-1-1", "yes"), ("item-1-2", "no")]
            } else {
                vec![("item-1", "yes")]
            });
            let cast = cast.owner.submit("/assemblies/vote/cast", &fields).await;
            assert_eq!(cast.status, 200, "{}", cast.body);
        }
    }
    for vote in [other, election] {
        cast.sealed(&house, vote, "0").await;
        cast.counted(vote).await;
    }
    cast.at(&house, "2024-10-15T01:00:00Z").await;
    for vote in [other, election] {
        done(cast.committee.submit(&format!("/assemblies/decisions/{vote}/finalize"), &[]).await);
    }
    // A decision about something else elects nobody, however final it is.
    let before = house.rows().await;
    refused(&house, &before, &complete(&cast, other).await, "选举已经通过并最终确认").await;
    done(complete(&cast, election).await);
    assert!(cast.street.get(&page).await.body.contains("已完成（2024-10-15）"));
}

async fn only_those_who_may(house: House) {
    let cast = Cast::of(&house).await;
    let id = applied(&cast).await;
    let page = format!("/assemblies/foundings/{id}");
    for (who, status) in [
        (&cast.county, 200),
        (&cast.branch, 200),
        (&cast.committee, 200),
        (&cast.next_street, 404),
        (&cast.next_committee, 404),
        (&cast.company, 403),
        (&cast.observer, 403),
    ] {
        assert_eq!(who.get(&page).await.status, status);
    }
    let before = house.rows().await;
    let to = format!("/assemblies/communities/{}/foundings", cast.community);
    for (who, status) in
        [(&cast.committee, 403), (&cast.county, 403), (&cast.company, 403), (&cast.next_street, 404)]
    {
        assert_eq!(who.submit(&to, &APPLY).await.status, status);
        assert_eq!(who.get(&format!("{to}/new")).await.status, status);
        for verb in ["group", "confirm", "tasks", "complete", "end"] {
            assert_eq!(who.submit(&format!("{page}/{verb}"), &group("owner")).await.status, status, "{verb}");
        }
    }
    assert_eq!(cast.neighborhood.submit(&format!("{page}/group"), &group("owner")).await.status, 403);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

// covers: SC-027
async fn a_list_is_objected_to_answered_and_put_together_anew(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = applied(&cast).await;
    let (public, page) = (format!("/assemblies/posted/{id}"), format!("/assemblies/foundings/{id}"));
    assert_eq!(cast.owner.get(&public).await.status, 404, "not before it is posted");
    let object = format!("{public}/objections");
    let fields = [("body", "汪某从未住过本小区"), ("contact", "赵丁 13800138000")];
    assert_eq!(cast.owner.submit(&object, &fields).await.status, 404);
    done(cast.street.submit(&format!("{page}/group"), &group("owner")).await);
    let board = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(board.contains(&format!("href=\"{public}\"")), "{board}");
    let posted = cast.owner.get(&public).await.body;
    assert!(posted.contains("汪**") && !posted.contains("汪淑芬") && posted.contains("我有异议"), "{posted}");
    let before = house.rows().await;
    let empty = cast.owner.submit(&object, &[("body", ""), ("contact", "赵丁")]).await;
    refused(&house, &before, &empty, "赵丁").await;
    done(cast.owner.submit(&object, &fields).await);
    let told = cast.owner.get(&public).await.body;
    assert!(told.contains("待答复") && !told.contains("从未住过本小区"), "{told}");
    let seen = cast.street.get(&page).await.body;
    assert!(seen.contains("汪某从未住过本小区") && seen.contains("13800138000"), "{seen}");
    let neighbors = cast.neighborhood.get(&page).await.body;
    assert!(neighbors.contains("汪某从未住过本小区") && !neighbors.contains("13800138000"), "{neighbors}");
    let objection = seen.split("/objections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = format!("{page}/objections/{objection}");
    // Unanswered it holds the group up.
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    let before = house.rows().await;
    let early = cast.street.submit(&format!("{page}/confirm"), &[]).await;
    refused(&house, &before, &early, "还有1件对名单的异议没有答复").await;
    let late = cast.owner.submit(&object, &fields).await;
    refused(&house, &before, &late, "不在公示期").await;
    let said = [("outcome", "upheld"), ("answer", "核查属实，重新推荐")];
    assert_eq!(cast.neighborhood.submit(&answer, &said).await.status, 403);
    assert_eq!(cast.next_street.submit(&answer, &said).await.status, 404);
    done(cast.street.submit(&answer, &said).await);
    let before = house.rows().await;
    let upheld = cast.street.submit(&format!("{page}/confirm"), &[]).await;
    refused(&house, &before, &upheld, "请重新组建并公告名单").await;
    let again: Vec<_> =
        group("owner").into_iter().map(|it| if it.0 == "version" { ("version", "2") } else { it }).collect();
    done(cast.street.submit(&format!("{page}/group"), &again).await);
    let told = cast.owner.get(&public).await.body;
    assert!(told.contains("成立</span>") && told.contains("核查属实，重新推荐"), "{told}");
    cast.at(&house, "2024-09-05T01:00:00Z").await;
    done(cast.street.submit(&format!("{page}/confirm"), &[]).await);
    let told = cast.owner.get(&public).await.body;
    assert!(told.contains("正在筹备") && !told.contains("我有异议"), "{told}");
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&answer, &said).await, "现在是“筹备中”").await;
}
