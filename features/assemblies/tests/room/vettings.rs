//! Candidates: nominated under conditions, six departments asked, the reason known to the vetting group alone.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    a_candidate_passes_when_all_have_answered_or_their_time_is_over,
    a_reason_is_known_to_the_vetting_group_alone,
    only_those_who_may,
);

const BODIES: [&str; 6] = ["discipline", "police", "procuratorate", "court", "bureau", "petitions"];

const CANDIDATE: [(&str, &str); 9] = [
    ("name", "林正华"),
    ("party", "yes"),
    ("origin", "unit_party_member"),
    ("nominated_by", "party"),
    ("condition", "0"),
    ("condition", "1"),
    ("condition", "2"),
    ("condition", "3"),
    ("condition", "4"),
];

async fn nominated(cast: &Cast) -> i64 {
    let to = format!("/assemblies/communities/{}/candidates", cast.community);
    done(cast.branch.submit(&to, &CANDIDATE).await);
    let list = cast.street.get(&to).await;
    list.body.split("/assemblies/candidates/").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
}

// covers: SC-028, SC-030
async fn a_candidate_passes_when_all_have_answered_or_their_time_is_over(house: House) {
    let mut cast = Cast::of(&house).await;
    let list = format!("/assemblies/communities/{}/candidates", cast.community);
    let before = house.rows().await;
    let unchecked = cast.neighborhood.submit(&list, &CANDIDATE[..6]).await;
    refused(&house, &before, &unchecked, "请逐项核对正面条件").await;
    let id = nominated(&cast).await;
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("林正华"), "{table}");
    }
    let at = |verb: &str| format!("/assemblies/candidates/{id}/{verb}");
    for body in &BODIES[..4] {
        let fields = [("body", *body), ("reason", ""), ("document", "复函〔2024〕3号")];
        done(cast.neighborhood.submit(&at("opinions"), &fields).await);
    }
    let before = house.rows().await;
    let twice = [("body", "court"), ("reason", "N2"), ("document", "复函")];
    refused(&house, &before, &cast.neighborhood.submit(&at("opinions"), &twice).await, "法院的意见已经登记")
        .await;
    // Ten working days from Tuesday 20 August 2024 end on Tuesday 3 September.
    let early = cast.street.submit(&at("conclude"), &[]).await;
    refused(&house, &before, &early, "还缺物业主管部门、信访的意见。期限到2024-09-03").await;
    cast.at(&house, "2024-09-04T01:00:00Z").await;
    done(cast.street.submit(&at("conclude"), &[]).await);
    let told = cast.committee.get(&list).await;
    assert!(told.body.contains("通过") && told.body.contains("党员1人，不低于60%"), "{}", told.body);
    let before = house.rows().await;
    let late = [("body", "bureau"), ("reason", ""), ("document", "复函")];
    refused(&house, &before, &cast.neighborhood.submit(&at("opinions"), &late).await, "联审已经结束").await;
}

async fn a_reason_is_known_to_the_vetting_group_alone(house: House) {
    let cast = Cast::of(&house).await;
    let id = nominated(&cast).await;
    let at = |verb: &str| format!("/assemblies/candidates/{id}/{verb}");
    let fields = [("body", "court"), ("reason", "N2"), ("document", "复函〔2024〕9号")];
    done(cast.neighborhood.submit(&at("opinions"), &fields).await);
    done(cast.street.submit(&at("conclude"), &[]).await);
    let page = cast.neighborhood.get(&format!("/assemblies/candidates/{id}")).await;
    assert!(page.body.contains("不通过：N2 被列为失信被执行人"), "{}", page.body);
    for who in [&cast.committee, &cast.branch, &cast.county] {
        assert_eq!(who.get(&format!("/assemblies/candidates/{id}")).await.status, 403);
        let list = who.get(&format!("/assemblies/communities/{}/candidates", cast.community)).await;
        assert!(list.body.contains("不通过") && !list.body.contains("失信"), "{}", list.body);
    }
}

async fn only_those_who_may(house: House) {
    let cast = Cast::of(&house).await;
    let id = nominated(&cast).await;
    let list = format!("/assemblies/communities/{}/candidates", cast.community);
    let opinion = [("body", "court"), ("reason", ""), ("document", "复函")];
    let before = house.rows().await;
    for (who, seen, nominate, record, conclude) in [
        (&cast.committee, 200, 0, 403, 403),
        (&cast.next_committee, 404, 404, 404, 404),
        (&cast.street, 200, 403, 403, 0),
        (&cast.next_street, 404, 404, 404, 404),
        (&cast.company, 403, 403, 403, 403),
        (&cast.county, 200, 403, 403, 403),
        (&cast.observer, 403, 403, 403, 403),
    ] {
        assert_eq!(who.get(&list).await.status, seen);
        if nominate != 0 {
            assert_eq!(who.submit(&list, &CANDIDATE).await.status, nominate);
        }
        assert_eq!(
            who.submit(&format!("/assemblies/candidates/{id}/opinions"), &opinion).await.status,
            record
        );
        if conclude != 0 {
            assert_eq!(
                who.submit(&format!("/assemblies/candidates/{id}/conclude"), &[]).await.status,
                conclude
            );
        }
    }
    let changed: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it.starts_with("assemblies")).collect();
    assert_eq!(changed, Vec::<String>::new());
}
