//! What comes before a vote is the county's rule: opinions where it asks for them, a written report where it asks for that.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    under_fuxins_rule_a_decision_is_reported_before_it_is_noticed,
    the_county_chooses_and_nobody_else,
);

const WORDS: [(&str, &str); 2] =
    [("words", "拟续聘现企业两年，物业费不变，附三家比价"), ("document", "关于续聘物业企业的报告")];

// covers: FX-030
async fn under_fuxins_rule_a_decision_is_reported_before_it_is_noticed(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    // Drafted before the choice: the earlier rule goes on holding for it.
    let earlier = cast.draft(&[]).await;
    done(cast.county.submit("/assemblies/reviews", &[("pack", "fuxin-2023")]).await);
    let page = |id: i64| format!("/assemblies/decisions/{id}");
    assert!(cast.committee.get(&page(earlier)).await.body.contains("按舒城县 2023 表决前审议办理"));
    let id = cast.draft(&[]).await;
    let shown = cast.committee.get(&page(id)).await.body;
    assert!(shown.contains("按阜新市 2023 表决前书面报告办理"), "{shown}");
    assert!(shown.contains("选聘物业服务企业：公告前应向街道、社区党组织书面报告"), "{shown}");
    done(cast.committee.submit(&format!("{}/ask", page(id)), &[]).await);
    let opinion = [("body", "legality"), ("opinion", "agree"), ("words", "程序合法"), ("version", "2")];
    done(cast.street.submit(&format!("{}/reviews", page(id)), &opinion).await);
    let notice = format!("{}/notice", page(id));
    let days = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    let before = house.rows().await;
    let early = cast.committee.submit(&notice, &days).await;
    refused(&house, &before, &early, "“选聘物业服务企业”应先向街道、社区党组织书面报告").await;
    let report = format!("{}/report", page(id));
    let silent = cast.committee.submit(&report, &[("words", ""), ("document", "报告")]).await;
    refused(&house, &before, &silent, "请写明报告的事项").await;
    for (who, status) in [(&cast.street, 403), (&cast.company, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.submit(&report, &WORDS).await.status, status);
    }
    done(cast.committee.submit(&report, &WORDS).await);
    let before = house.rows().await;
    let again = cast.committee.submit(&report, &WORDS).await;
    refused(&house, &before, &again, "书面报告已经登记").await;
    for who in [&cast.neighborhood, &cast.street] {
        assert!(who.get("/messages").await.body.contains("重大事项书面报告"));
        assert!(who.get(&page(id)).await.body.contains("拟续聘现企业两年"));
    }
    done(cast.committee.submit(&notice, &days).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&report, &WORDS).await, "已公告").await;
    // A rule of the place is kept in the log of the vote with everything else the notice said.
    let log = house
        .count("select count(*) as n from assemblies_log where body like '%关于续聘物业企业的报告%' and body not like '%附三家比价%'")
        .await;
    assert_eq!(log, 1);
}

async fn the_county_chooses_and_nobody_else(house: House) {
    let cast = Cast::of(&house).await;
    assert!(cast.county.get("/assemblies").await.body.contains("表决前审议的规定"));
    let page = cast.county.get("/assemblies/reviews").await.body;
    assert!(page.contains("舒城县 2023 表决前审议") && page.contains("书面报告：公共收益支出"), "{page}");
    let before = house.rows().await;
    let unknown = cast.county.submit("/assemblies/reviews", &[("pack", "mars")]).await;
    refused(&house, &before, &unknown, "请选择按哪里的规定办理").await;
    for who in [&cast.street, &cast.committee, &cast.neighborhood, &cast.company] {
        assert_eq!(who.get("/assemblies/reviews").await.status, 403);
        assert_eq!(who.submit("/assemblies/reviews", &[("pack", "fuxin-2023")]).await.status, 403);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
