//! 覆盖情况: how many communities of a place have a committee and a branch, and how far supervision is.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done};

on_both_stores!(crate::story::house;
    coverage_is_told_place_by_place_down_to_the_communities,
);

// covers: FX-036, SC-006, SC-021, SC-022, SC-037
async fn coverage_is_told_place_by_place_down_to_the_communities(house: House) {
    let cast = Cast::of(&house).await;
    crate::committees::registered(&cast).await;
    let page = cast.county.get("/assemblies/committees/coverage").await.body;
    assert!(page.contains("<strong>1 / 2</strong>") && page.contains("还差1个小区<"), "{page}");
    // Another county's target is a figure to look at, and nobody here is late with it.
    assert!(page.contains("参考：2023-12-31前100%") && !page.contains("已过期"), "{page}");
    // A working group stands in for a branch and is none (SC-022); of the same community's two branches one is counted.
    let branches = |page: &str| {
        let part = page.split("小区党支部组建率　<strong>").nth(1).unwrap();
        part.split("</strong>").next().unwrap().to_owned()
    };
    assert_eq!(branches(&page), "1 / 2");
    let without = house.count(
        "select min(id) as n from registry_communities where id not in (select community from registry_records where kind = 'party_org')",
    );
    let to = format!("/registry/records/new/{}", without.await);
    for (class, title, seen) in [
        ("working_group", "某小区党的工作小组", "1 / 2"),
        ("grid_branch", "某网格党支部", "2 / 2"),
        ("branch", "某小区党支部", "2 / 2"),
    ] {
        let record = [
            ("kind", "party_org"),
            ("class", class),
            ("title", title),
            ("status", "with_site"),
            ("happened_on", "2024-03-01"),
        ];
        done(cast.county.submit(&to, &record).await);
        let page = cast.county.get("/assemblies/committees/coverage").await.body;
        assert_eq!(branches(&page), seen, "{class}");
    }
    let street = house.given({
        let community = cast.community;
        move |tx| Ok(registry::communities::load(tx, community.into())?.place.subdistrict)
    });
    let street = format!("/assemblies/committees/coverage?within=subdistrict-{}", street.await);
    let village = format!("/assemblies/committees/coverage?within=neighborhood-{}", cast.within);
    assert!(page.contains(&street["/assemblies/committees/".len()..]), "{page}");
    assert!(cast.county.get(&street).await.body.contains(&village["/assemblies/committees/".len()..]));
    let page = cast.county.get(&village).await.body;
    let line = page.split(&format!("/assemblies/communities/{}\"", cast.community)).nth(1).unwrap();
    assert!(line.split("</li>").next().unwrap().contains("第1届业主委员会"), "{page}");
    // The list leads here, and another street's place is not shown, nor one that is none.
    assert!(cast.county.get("/assemblies/committees").await.body.contains("/assemblies/committees/coverage"));
    for to in [&street, &village] {
        assert_eq!(cast.street.get(to).await.status, 200);
        assert_eq!(cast.next_street.get(to).await.status, 404);
    }
    for wrong in ["county-2", "subdistrict-1", "subdistrict-x", "moon-1", "x"] {
        let to = format!("/assemblies/committees/coverage?within={wrong}");
        assert_eq!(cast.county.get(&to).await.status, 404, "{wrong}");
    }
    // Shucheng's own plan has days for supervision too (SC-037); elsewhere it is not told.
    let supervised = async || -> Option<String> {
        let page = cast.county.get("/assemblies/committees/coverage").await.body;
        Some(page.split("其中<strong>").nth(1)?.split("</strong>").next()?.to_owned())
    };
    assert_eq!(supervised().await, None);
    house
        .given(|tx| {
            tx.given("update registry_divisions set code = '341523' where kind = 'county' and tenant = 1")?;
            Ok(())
        })
        .await;
    assert_eq!(supervised().await.as_deref(), Some("0"));
    house
        .given(|tx| {
            let sql = "insert into assemblies_duties (tenant, committee, key, done_on, words, person, at)
                select tenant, id, 'duty_report-2024', '2024-01-10', '', 1, 1 from assemblies_committees";
            tx.given(sql)?;
            Ok(())
        })
        .await;
    assert_eq!(supervised().await.as_deref(), Some("1"));
    // One community is no place to cover.
    assert_eq!(cast.committee.get("/assemblies/committees/coverage").await.status, 404);
    assert!(!cast.committee.get("/assemblies/committees").await.body.contains("committees/coverage"));
    assert_eq!(cast.company.get("/assemblies/committees/coverage").await.status, 403);
}
