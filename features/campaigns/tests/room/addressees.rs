//! 系统内发给: a county's notice to some of its streets, and who takes part in it.

use axum::http::StatusCode;
use documents::{Cell, Column};
use kernel::{Role, Scope};
use testkit::{House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    a_notice_to_one_street_is_nobody_elses_in_the_county,
    whoever_serves_many_communities_finds_one_by_its_name,
);

const PACK: (&str, &str) = ("pack", "luan-2024-beautiful-home");
const NOTICE: [(&str, &str); 4] = [
    PACK,
    ("issuer", "金安区住房和城乡建设局"),
    ("date", "2024-08-01"),
    ("document_title", "关于选树美好家园小区的通知"),
];

/// A street of county 1 that none of the facts' communities lies in.
async fn another_street(house: &House) -> i64 {
    let sql = "select min(id) as n from registry_divisions where kind = 'subdistrict' and tenant = 1
               and id not in (select subdistrict from registry_communities)";
    house.count(sql).await
}

async fn a_notice_to_one_street_is_nobody_elses_in_the_county(house: House) {
    let cast = Cast::of(&house).await;
    let elsewhere = another_street(&house).await;
    // One of the six lies in the street the notice goes to, with a neighborhood and a committee of its own.
    let moved = cast.communities[5];
    let neighborhood = house
        .given(move |tx| {
            let sql = "select min(id) as n from registry_divisions where parent = $1";
            let neighborhood = tx.one(sql, &[elsewhere.into()], |it| it.int("n"))?;
            let sql = "update registry_communities set subdistrict = $1, neighborhood = $2 where id = $3";
            tx.change(sql, &[elsewhere.into(), neighborhood.into(), moved.into()])?;
            Ok(neighborhood)
        })
        .await;
    let key = format!("place-{elsewhere}");
    let form = [&NOTICE[..], &[("audience", "some"), (&key, "on")]].concat();
    let preview = cast.county.submit("/campaigns/preview", &form).await.body;
    assert!(preview.contains("<td class=\"n\">1</td>"), "{preview}");
    let campaign = cast.county.submit("/campaigns", &form).await.id();
    let path = format!("/campaigns/{campaign}");
    let sql =
        "select communities as n from campaigns_quotas where tenant = 1 and selection = 'recommendation'";
    assert_eq!(house.count(sql).await, 1);

    let somebody = async |name: &str, role, scope| house.as_somebody(name, role, scope).await;
    let other_hood = house.count("select min(neighborhood) as n from registry_communities").await;
    let there = [
        somebody("那条街", Role::Subdistrict, Scope::Subdistrict(elsewhere)).await,
        somebody("那个社区", Role::Neighborhood, Scope::Neighborhood(neighborhood)).await,
        somebody("那个业委会", Role::OwnersCommittee, Scope::Community(moved)).await,
    ];
    let here = [
        cast.street.clone(),
        somebody("这个社区", Role::Neighborhood, Scope::Neighborhood(other_hood)).await,
        somebody("这个业委会", Role::OwnersCommittee, Scope::Community(cast.communities[0])).await,
    ];
    for who in &there {
        assert_eq!(who.get(&path).await.status, StatusCode::OK);
        assert!(who.get("/campaigns").await.body.contains(&path));
    }
    for who in &here {
        assert_eq!(who.get(&path).await.status, StatusCode::NOT_FOUND);
        assert!(!who.get("/campaigns").await.body.contains(&path));
    }

    // On paper neither.
    let name = crate::subjects::house_name(&house, cast.communities[0]).await;
    let heads = ["序号", "小区名称", "评估得分及排名", "小区党组织情况"].map(|it| Column::text(it, 16));
    let row = ["1", &name, "95", ""].map(|it| Cell::Text(it.to_owned())).to_vec();
    let sheet = documents::write_xlsx("附件4", &heads, &[row]).unwrap();
    let cover = [
        ("county", "1"),
        ("received_on", "2024-08-14"),
        ("decided_on", "2024-08-13"),
        ("decision", "局长办公会研究同意推荐"),
    ];
    let before = house.rows().await;
    let told = cast.county.upload_with(&format!("{path}/papers"), &cover, "附件4.xlsx", &sheet).await;
    assert!(told.body.contains("没有发给这个小区所在的县区或街道"), "{}", told.body);
    let one = cast.communities[0].to_string();
    let told = cast.manager.submit(&format!("{path}/applications"), &[("community", &one)]).await;
    assert!(told.body.contains("没有发给这个小区所在的县区或街道"), "{}", told.body);
    assert!(house.changed_since(&before).await.is_empty());
    // What is offered is what may be begun.
    let offered = cast.manager.get(&format!("{path}/applications")).await.body;
    assert_eq!(offered.matches("name=\"community\"").count(), 1, "{offered}");
    assert!(offered.contains(&format!("value=\"{moved}\"")), "{offered}");
}

async fn whoever_serves_many_communities_finds_one_by_its_name(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let list = format!("/campaigns/{campaign}/applications");
    // Six are listed, and nobody has to look for one.
    let few = cast.manager.get(&format!("{list}/new")).await.body;
    assert!(!few.contains("name=\"find\""), "{few}");
    let (street, enterprise) = house
        .given(|tx| {
            let sql =
                "select min(subdistrict) as street, min(enterprise) as enterprise from registry_communities";
            Ok(tx.one(sql, &[], |it| Ok((it.int("street")?, it.int("enterprise")?)))?)
        })
        .await;
    house
        .given(move |tx| {
            let mut city = registry::seeding::luan(Some(40));
            city.counties.truncate(2);
            registry::seeding::communities(tx, &city, &city.counties[0], 6..30, &[enterprise.into()])?;
            let sql =
                "update registry_communities set enterprise = $1, subdistrict = $2, service_mode = 'market'";
            tx.change(sql, &[enterprise.into(), street.into()])?;
            Ok(())
        })
        .await;
    let offered = cast.manager.get(&list).await.body;
    assert_eq!(offered.matches("name=\"community\"").count(), 20, "{offered}");
    assert!(offered.contains("按名称找其他小区"), "{offered}");
    let many = cast.manager.get(&format!("{list}/new")).await.body;
    assert!(many.contains("name=\"find\"") && many.contains("只列出前20个"), "{many}");
    // After the days of applying nothing is offered.
    house.it_is("2024-08-20T01:00:00Z");
    let cast = cast.again(&house).await;
    let late = cast.manager.get(&list).await.body;
    assert!(!late.contains("name=\"community\""), "{late}");
}
