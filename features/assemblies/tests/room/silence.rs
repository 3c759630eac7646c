//! Nobody's silence ends the owners' right: exemptions above whoever is silent, a vote that cannot end well is ended, a newer roll is told.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    a_silent_street_is_passed_over_by_the_county,
    a_roll_frozen_after_the_opinions_were_asked_for_is_told,
    what_cannot_end_well_is_ended_by_the_street,
    an_objection_and_its_answer_stand_in_the_log_without_a_number,
    ballots_are_shown_by_the_way_they_came_to_whoever_canvasses,
);

// covers: SC-036, FX-031
async fn a_silent_street_is_passed_over_by_the_county(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let id = cast.draft(&[]).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    done(cast.committee.submit(&at("ask"), &[]).await);
    for (who, body) in [(&cast.branch, "branch"), (&cast.neighborhood, "neighborhood")] {
        let fields = [("body", body), ("opinion", "agree"), ("words", "会议研究同意"), ("version", "2")];
        done(who.submit(&at("reviews"), &fields).await);
    }
    let exempt = [
        ("body", "legality"),
        ("opinion", "exempt"),
        ("words", "街道逾期未出具"),
        ("document", "县物业主管部门通知〔2024〕12号"),
        ("version", "2"),
    ];
    cast.at(&house, "2024-09-11T01:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.county.submit(&at("reviews"), &exempt).await, "审议期限到2024-09-11")
        .await;
    cast.at(&house, "2024-09-12T01:00:00Z").await;
    let before = house.rows().await;
    for who in [&cast.street, &cast.committee, &cast.neighborhood] {
        assert_eq!(who.submit(&at("reviews"), &exempt).await.status, 403);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let page = cast.county.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(page.contains("value=\"exempt\"") && !page.contains("value=\"agree\""), "{page}");
    done(cast.county.submit(&at("reviews"), &exempt).await);
    let window = [("opens_on", "2024-09-27"), ("closes_on", "2024-10-08")];
    done(cast.committee.submit(&at("notice"), &window).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(
        posted.contains("街道合法合规审查：逾期豁免")
            && posted.contains("依据县物业主管部门通知〔2024〕12号"),
        "{posted}"
    );
}

async fn a_roll_frozen_after_the_opinions_were_asked_for_is_told(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.draft(&[]).await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/ask"), &[]).await);
    let page = format!("/assemblies/decisions/{id}");
    assert!(!cast.committee.get(&page).await.body.contains("送审以后"));
    // A week later there is one.
    cast.frozen(&house).await;
    let told = cast.committee.get(&page).await.body;
    assert!(told.contains("送审以后，名册第1版在2024-08-28冻结，公告会用这一版"), "{told}");
}

async fn what_cannot_end_well_is_ended_by_the_street(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    cast.sealed(&house, id, "0").await;
    let to = format!("/assemblies/decisions/{id}/cancel");
    let why = [("reason", "票箱没有当众清点，街道责令重新组织")];
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&to, &why).await, "只有街道能叫停").await;
    cast.counted(id).await;
    assert!(cast.street.get(&format!("/assemblies/decisions/{id}")).await.body.contains("已经封票。取消后"));
    done(cast.street.submit(&to, &why).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(posted.contains("已取消：票箱没有当众清点"), "{posted}");
    assert!(
        posted.contains("表决已取消，这个结果不生效") && !posted.contains("起可确认为最终结果"),
        "{posted}"
    );
    // Nothing follows from it any more, and it is not ended twice.
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    let before = house.rows().await;
    let end = cast.committee.submit(&format!("/assemblies/decisions/{id}/finalize"), &[]).await;
    assert_ne!(end.status, 303, "{}", end.body);
    refused(&house, &before, &cast.street.submit(&to, &why).await, "已经有最终结果或已取消").await;
}

async fn an_objection_and_its_answer_stand_in_the_log_without_a_number(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    cast.sealed(&house, id, "0").await;
    cast.counted(id).await;
    let object = format!("/assemblies/posted/{id}/objections");
    done(cast.owner.submit(&object, &[("body", "不是本人投的"), ("contact", "张甲 13900001111")]).await);
    let page = cast.street.get(&format!("/assemblies/decisions/{id}")).await.body;
    let objection = page.split("/objections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = [("outcome", "dismissed"), ("answer", "已与张甲13900001111核实")];
    done(cast.street.submit(&format!("/assemblies/decisions/{id}/objections/{objection}"), &answer).await);
    for kind in ["objection", "objection_answer"] {
        let leaves: &'static str =
            format!("select count(*) as n from assemblies_log where kind = '{kind}'").leak();
        assert_eq!(house.count(leaves).await, 1, "{kind}");
    }
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("13900001111"), "{table}");
    }
    let log = cast.owner.get(&format!("/assemblies/posted/{id}/log")).await.body;
    assert!(log.contains("提出异议") && log.contains("答复异议"), "{log}");
}

async fn ballots_are_shown_by_the_way_they_came_to_whoever_canvasses(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    let page = cast.committee.get(&format!("/assemblies/decisions/{id}/canvass")).await.body;
    assert!(
        page.contains(
            "<td>网上，业主本人</td><td class=\"n\">2</td><td class=\"n\">1</td><td class=\"n\">200.000</td>"
        ),
        "{page}"
    );
    assert!(
        page.contains(
            "<td>纸质，受托人代投</td><td class=\"n\">0</td><td class=\"n\">0</td><td class=\"n\">0.000</td>"
        ),
        "{page}"
    );
    // Nobody outside learns which way somebody voted.
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(!posted.contains("受托人代投"), "{posted}");
}
