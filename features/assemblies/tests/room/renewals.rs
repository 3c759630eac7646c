//! A renewal enters the plan with one consent and begins with the other.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    each_door_opens_with_its_consent,
    only_those_who_may,
);

async fn newest(house: &House) -> i64 {
    house.count("select max(id) as n from assemblies_renewals").await
}

// covers: SC-076
async fn each_door_opens_with_its_consent(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/renewals", cast.community);
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.submit(&to, &[("title", "")]).await, "请填写改造项目名称")
        .await;
    done(cast.neighborhood.submit(&to, &[("title", "2024年老旧小区改造")]).await);
    let renewal = format!("{to}/{}", newest(&house).await);
    let (consents, go) = (format!("{renewal}/consents"), format!("{renewal}/go"));
    let before = house.rows().await;
    let early = cast.street.submit(&go, &[("to", "included")]).await;
    refused(&house, &before, &early, "还没有形成长效管理机制的共识，不能纳入改造计划").await;
    let asked = |kind, agreed| {
        [
            ("kind", kind),
            ("households", "300"),
            ("agreed", agreed),
            ("words", "同意成立物管会，逐户收取物业费"),
        ]
    };
    let few = cast.neighborhood.submit(&consents, &asked("management", "199")).await;
    refused(&house, &before, &few, "300户中199户同意，不到3分之2").await;
    assert!(few.body.contains("逐户收取物业费"), "what was typed is still there");
    let unknown: Vec<_> = asked("management", "").into_iter().chain([("decision", "77")]).collect();
    refused(
        &house,
        &before,
        &cast.neighborhood.submit(&consents, &unknown).await,
        "本小区已经通过的业主大会决定",
    )
    .await;
    done(cast.neighborhood.submit(&consents, &asked("management", "200")).await);
    let before = house.rows().await;
    let again = cast.neighborhood.submit(&consents, &asked("management", "300")).await;
    refused(&house, &before, &again, "长效管理机制的共识已经登记过").await;
    let skipped = cast.street.submit(&go, &[("to", "started")]).await;
    refused(&house, &before, &skipped, "现在是“申请中”").await;
    done(cast.county.submit(&go, &[("to", "included")]).await);
    let before = house.rows().await;
    let early = cast.street.submit(&go, &[("to", "started")]).await;
    refused(&house, &before, &early, "还没有形成物业服务模式和费用的共识，不能开工").await;
    done(cast.neighborhood.submit(&consents, &asked("service", "250")).await);
    done(cast.street.submit(&go, &[("to", "started")]).await);
    let page = cast.committee.get(&to).await.body;
    assert!(page.contains("已开工") && page.contains("征求意见300户，同意250户"), "{page}");
    done(cast.street.submit(&go, &[("to", "finished")]).await);
    let before = house.rows().await;
    let over = cast.street.submit(&go, &[("to", "ended"), ("reason", "不做了")]).await;
    refused(&house, &before, &over, "现在是“已完工”").await;
}

async fn only_those_who_may(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/renewals", cast.community);
    done(cast.street.submit(&to, &[("title", "外墙和管网改造")]).await);
    let renewal = format!("{to}/{}", newest(&house).await);
    for (who, seen, written) in [
        (&cast.county, 200, 403),
        (&cast.committee, 200, 403),
        (&cast.next_street, 404, 404),
        (&cast.next_committee, 404, 404),
        (&cast.company, 403, 403),
    ] {
        assert_eq!(who.get(&to).await.status, seen);
        assert_eq!(who.submit(&to, &[("title", "别的")]).await.status, written);
        assert_eq!(who.submit(&format!("{renewal}/consents"), &[("kind", "service")]).await.status, written);
    }
    for (who, status) in [(&cast.neighborhood, 403), (&cast.committee, 403), (&cast.next_street, 404)] {
        assert_eq!(
            who.submit(&format!("{renewal}/go"), &[("to", "ended"), ("reason", "x")]).await.status,
            status
        );
    }
}
