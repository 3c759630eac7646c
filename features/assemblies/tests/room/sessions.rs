//! Sessions of a committee and its seals: called in time, decided by the numbers, posted, and stamped by somebody else.

use testkit::{House, on_both_stores};

use crate::{
    committees::registered,
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    a_session_is_called_a_week_ahead_held_and_posted,
    without_a_quorum_nothing_is_decided,
    a_seal_is_set_on_a_decision_by_another_person,
    only_those_who_may,
);

const CALL: [(&str, &str); 4] = [
    ("title", "2024年第三次会议"),
    ("agenda", "更换门禁系统\n续签保洁合同"),
    ("room", "物业办公室"),
    ("held_on", "2024-08-27"),
];

async fn called(cast: &Cast, id: i64) -> String {
    let to = format!("/assemblies/committees/{id}/sessions");
    let answer = done(cast.committee.submit(&to, &CALL).await);
    assert_eq!(answer.location.as_deref(), Some(format!("{to}/1").as_str()));
    format!("{to}/1")
}

async fn a_session_is_called_a_week_ahead_held_and_posted(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let to = format!("/assemblies/committees/{id}/sessions");
    let before = house.rows().await;
    let early: Vec<_> = CALL.into_iter().take(3).chain([("held_on", "2024-08-26")]).collect();
    let answer = cast.committee.submit(&to, &early).await;
    refused(&house, &before, &answer, "会议最早2024-08-27召开").await;
    assert!(answer.body.contains("续签保洁合同"), "what was typed is still there");
    // A third of the members may ask for an earlier one; one of five is no third.
    let sooner = |n: &'static str| {
        CALL.into_iter()
            .take(3)
            .chain([("held_on", "2024-08-22"), ("proposed_on", "2024-08-19"), ("proposers", n)])
            .collect::<Vec<_>>()
    };
    for few in ["1", "", "6"] {
        let answer = cast.committee.submit(&to, &sooner(few)).await;
        refused(&house, &before, &answer, "提议的委员应不少于三分之一（全体5人）").await;
    }
    let session = called(&cast, id).await;
    done(cast.committee.submit(&to, &sooner("2")).await);
    assert!(
        cast.neighborhood.get("/messages").await.body.contains("业委会将于2024-08-27开会“2024年第三次会议”")
    );
    let to_board = format!("/assemblies/posted?community={}", cast.community);
    assert!(cast.owner.get(&to_board).await.body.contains("定于2024-08-27召开，物业办公室"));
    let record = [
        ("present", "0"),
        ("present", "1"),
        ("present", "2"),
        ("agreed", "3"),
        ("agreed", "2"),
        ("record", "门禁三家比价后选用；保洁合同待补充价格后再议"),
    ];
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&session, &record).await, "会议定在2024-08-27").await;
    cast.at(&house, "2024-08-27T10:00:00Z").await;
    let before = house.rows().await;
    let over: Vec<_> = record.iter().map(|it| if it.1 == "3" { ("agreed", "4") } else { *it }).collect();
    refused(&house, &before, &cast.committee.submit(&session, &over).await, "0至3人").await;
    done(cast.committee.submit(&session, &record).await);
    let page = cast.neighborhood.get(&session).await.body;
    assert!(
        page.contains("通过（全体5人，3人签字同意）") && page.contains("未通过（全体5人，2人签字同意）"),
        "{page}"
    );
    assert!(page.contains("到会3人：林正华、石秀云、方志远"), "{page}");
    // Who said what lies sealed; whoever may see the session reads it.
    assert!(page.contains("门禁三家比价后选用"), "{page}");
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("门禁三家比价"), "{table}");
    }
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&session, &record).await, "已经登记过记录").await;
    // Not on the board until it is posted; three days are enough, a fourth is late.
    assert!(!cast.owner.get(&to_board).await.body.contains("更换门禁系统"));
    cast.at(&house, "2024-08-31T01:00:00Z").await;
    assert!(cast.committee.get(&session).await.body.contains("决定逾期未公布"));
    let publish = format!("{session}/publish");
    done(cast.committee.submit(&publish, &[("published_on", "2024-08-31")]).await);
    let board = cast.owner.get(&to_board).await.body;
    assert!(board.contains("更换门禁系统") && board.contains("通过（全体5人，3人签字同意）"), "{board}");
    assert!(!board.contains("林正华") && !board.contains("比价"), "{board}");
    assert!(cast.street.get(&session).await.body.contains("2024-08-31公布（逾期）"));
    let before = house.rows().await;
    let again = cast.committee.submit(&publish, &[("published_on", "2024-08-31")]).await;
    refused(&house, &before, &again, "已经公布过").await;
}

async fn without_a_quorum_nothing_is_decided(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let session = called(&cast, id).await;
    cast.at(&house, "2024-08-27T10:00:00Z").await;
    // Two of five came, one of them named twice, and one who does not exist.
    let record = [
        ("present", "0"),
        ("present", "1"),
        ("present", "1"),
        ("present", "9"),
        ("agreed", "2"),
        ("agreed", "2"),
        ("record", "人数不足，改期"),
    ];
    done(cast.neighborhood.submit(&session, &record).await);
    assert!(cast.committee.get(&session).await.body.contains("到会未过半数，没有形成决定"));
    let before = house.rows().await;
    let publish =
        cast.committee.submit(&format!("{session}/publish"), &[("published_on", "2024-08-27")]).await;
    refused(&house, &before, &publish, "没有形成决定").await;
    let seals = cast.committee.get(&format!("/assemblies/committees/{id}/seals")).await.body;
    assert!(seals.contains("还没有可以依据的决定"), "{seals}");
}

async fn a_seal_is_set_on_a_decision_by_another_person(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let session = called(&cast, id).await;
    cast.at(&house, "2024-08-27T10:00:00Z").await;
    let record = [
        ("present", "0"),
        ("present", "1"),
        ("present", "2"),
        ("agreed", "3"),
        ("agreed", "0"),
        ("record", "同意"),
    ];
    done(cast.committee.submit(&session, &record).await);
    let to = format!("/assemblies/committees/{id}/seals");
    let ask = |seal, basis| [("seal", seal), ("document", "门禁采购合同"), ("copies", "2"), ("basis", basis)];
    let before = house.rows().await;
    for (seal, basis, words) in [
        ("committee", "session-2", "请选择依据"),
        ("committee", "decision-7", "请选择依据"),
        ("assembly", "session-1", "业主大会印章只能依据业主大会的决定使用"),
        ("mayor", "session-1", "请选择要用哪一枚印章"),
    ] {
        refused(&house, &before, &cast.committee.submit(&to, &ask(seal, basis)).await, words).await;
    }
    done(cast.committee.submit(&to, &ask("committee", "session-1")).await);
    // The neighborhood asks for one itself, too.
    done(cast.neighborhood.submit(&to, &ask("finance", "session-1")).await);
    assert!(cast.neighborhood.get("/messages").await.body.contains("申请使用业主委员会印章：门禁采购合同"));
    let decide = format!("{to}/decide");
    assert_eq!(cast.committee.submit(&decide, &[("n", "1"), ("outcome", "stamped")]).await.status, 403);
    let before = house.rows().await;
    let own = cast.neighborhood.submit(&decide, &[("n", "2"), ("outcome", "stamped")]).await;
    refused(&house, &before, &own, "申请人不能给自己的申请用印").await;
    let silent = cast.neighborhood.submit(&decide, &[("n", "1"), ("outcome", "refused")]).await;
    refused(&house, &before, &silent, "请写明不予用印的理由").await;
    done(cast.neighborhood.submit(&decide, &[("n", "1"), ("outcome", "stamped")]).await);
    let page = cast.committee.get(&to).await.body;
    assert!(page.contains("2024-08-27由社区用印") && page.contains("更换门禁系统"), "{page}");
    let before = house.rows().await;
    let again = cast.neighborhood.submit(&decide, &[("n", "1"), ("outcome", "stamped")]).await;
    refused(&house, &before, &again, "已经办结").await;
}

async fn only_those_who_may(house: House) {
    let cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let session = called(&cast, id).await;
    let (sessions, seals) =
        (format!("/assemblies/committees/{id}/sessions"), format!("/assemblies/committees/{id}/seals"));
    for path in [&sessions, &session, &seals] {
        for (who, status) in [
            (&cast.street, 200),
            (&cast.county, 200),
            (&cast.branch, 200),
            (&cast.next_committee, 404),
            (&cast.next_street, 404),
            (&cast.company, 403),
            (&cast.observer, 403),
        ] {
            assert_eq!(who.get(path).await.status, status, "{path}");
        }
    }
    let before = house.rows().await;
    for (who, status) in
        [(&cast.street, 403), (&cast.branch, 403), (&cast.company, 403), (&cast.next_committee, 404)]
    {
        assert_eq!(who.submit(&sessions, &CALL).await.status, status);
        assert_eq!(who.submit(&session, &[("record", "x")]).await.status, status);
        assert_eq!(who.submit(&format!("{session}/cancel"), &[("reason", "不开了")]).await.status, status);
        assert_eq!(who.submit(&seals, &[("seal", "committee")]).await.status, status);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    done(cast.committee.submit(&format!("{session}/cancel"), &[("reason", "议题合并到下次")]).await);
    assert!(cast.committee.get(&sessions).await.body.contains("已取消：议题合并到下次"));
}
