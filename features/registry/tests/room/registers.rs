//! Every register, entered by somebody who keeps it, tells its own fact, with its source.

use kernel::Ratio;
use registry::{communities, records};
use rules::{Facts, Value};
use testkit::{House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    each_register_tells_its_fact,
    a_streets_record_counts_for_all_its_communities,
    a_finding_takes_an_item_away_until_it_is_closed,
);

async fn facts(house: &House, id: i64) -> Facts {
    house
        .given(move |tx| {
            let community = communities::load(tx, id.into())?;
            let today = tx.ctx.today();
            Ok(records::facts_of(tx, &community, today)?.0)
        })
        .await
}

async fn bare(house: &House) -> i64 {
    furnish(house).await;
    house.given(|tx| Ok(tx.given("delete from registry_records")?)).await;
    house.count("select min(id) as n from registry_communities where tenant = 1").await
}

/// Register, what is typed beyond the usual, the fact, and what it is before and after.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str, Option<Value>, Option<Value>);

fn number(numerator: i128, denominator: i128) -> Option<Value> {
    Some(Value::Number(Ratio::new(numerator, denominator)))
}

// covers: LA-006, LA-007, LA-017, LA-045, LA-049, LA-050, LA-051, BJ-032, BJ-033, BJ-034
async fn each_register_tells_its_fact(house: House) {
    let community = bare(&house).await;
    let ours = county(&house, 1).await;
    let (yes, unknown) = (Some(Value::YesNo(true)), None);
    let cases: [Case<'_>; 9] = [
        (
            "mechanism",
            &[("class", "community"), ("status", "effective")],
            "joint_mechanism_present",
            unknown,
            yes,
        ),
        ("enforcement_visit", &[], "enforcement_visits_12m", number(0, 1), number(1, 1)),
        ("utility_visit", &[], "utility_visits_12m", number(0, 1), number(1, 1)),
        (
            "inspection",
            &[("class", "facilities"), ("status", "good"), ("part", "96"), ("whole", "100")],
            "facilities_well_kept",
            unknown,
            yes,
        ),
        ("archive", &[("status", "complete")], "archive_complete", unknown, yes),
        ("patrol", &[], "patrol_reports_12m", number(0, 1), number(1, 1)),
        ("committee_meeting", &[], "committee_meetings_12m", number(0, 1), number(1, 1)),
        ("mediation", &[], "mediations_12m", number(0, 1), number(1, 1)),
        (
            "committee",
            &[("class", "owners"), ("status", "filed"), ("part", "5"), ("whole", "7")],
            "committee_party_ratio",
            unknown,
            number(5, 7),
        ),
    ];
    for (kind, more, fact, before, after) in cases {
        assert_eq!(facts(&house, community).await.get(fact), before, "{fact} before");
        let mut fields = vec![("kind", kind), ("title", "登记"), ("happened_on", "2024-08-19")];
        fields.extend(more);
        let made = ours.submit(&format!("/registry/records/new/{community}"), &fields).await;
        assert!(made.location.is_some(), "{kind}: {}", made.body);
        assert_eq!(facts(&house, community).await.get(fact), after, "{fact} after");
    }
}

// covers: BJ-031
async fn a_streets_record_counts_for_all_its_communities(house: House) {
    let community = bare(&house).await;
    let fact = "street_enforcement_mechanism";
    assert_eq!(facts(&house, community).await.get(fact), None);
    let (neighbour, stranger) = house
        .given(move |tx| {
            let place = communities::load(tx, community.into())?.place;
            let id = tx.ctx.new_id(kernel::Tenant::from_number(1));
            let street = place.subdistrict;
            let insert = format!("insert into registry_records (tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, class, status, title, happened_on, evidence, version) values (1, {id}, {}, {street}, 0, 0, 0, 'mechanism', 'street_enforcement', 'effective', '街道综合执法', '2024-05-01', '', 1)", place.city);
            tx.given(&insert)?;
            let one = |sql: String, tx: &mut store::Tx<'_>| tx.maybe(&sql, &[], |it| it.int("id"));
            let neighbour = one(format!("select id from registry_communities where tenant = 1 and subdistrict = {street} and id <> {community}"), tx)?;
            let stranger = one(format!("select id from registry_communities where tenant = 1 and subdistrict <> {street}"), tx)?;
            Ok((neighbour, stranger))
        })
        .await;
    for id in [Some(community), neighbour].into_iter().flatten() {
        assert_eq!(facts(&house, id).await.get(fact), Some(Value::YesNo(true)));
    }
    assert_eq!(facts(&house, stranger.unwrap()).await.get(fact), None);
}

// covers: BJ-035, BJ-036, SC-068
async fn a_finding_takes_an_item_away_until_it_is_closed(house: House) {
    let community = bare(&house).await;
    let ours = county(&house, 1).await;
    for (class, fact, closes) in [
        ("illegal_building", "findings_illegal_building", true),
        ("fire_lane", "findings_fire_lane", true),
        ("parking", "findings_parking", true),
        // What was thrown or torn out in the year counts, mended or not.
        ("thrown_objects", "findings_thrown_objects", false),
        ("load_bearing", "findings_load_bearing", false),
    ] {
        assert_eq!(facts(&house, community).await.get(fact), number(0, 1), "{fact}");
        let path = format!("/registry/records/new/{community}");
        let fields = [
            ("kind", "finding"),
            ("class", class),
            ("status", "open"),
            ("title", "查实"),
            ("happened_on", "2024-08-19"),
        ];
        let made = ours.submit(&path, &fields).await;
        assert!(made.location.is_some(), "{}", made.body);
        assert_eq!(facts(&house, community).await.get(fact), number(1, 1), "{fact}");
        let close = format!("update registry_records set status = 'closed' where class = '{class}'");
        house.given(move |tx| Ok(tx.given(&close)?)).await;
        let left = if closes { number(0, 1) } else { number(1, 1) };
        assert_eq!(facts(&house, community).await.get(fact), left, "{fact} closed");
    }
    let hazard = [
        ("kind", "hazard"),
        ("class", "marked"),
        ("status", "open"),
        ("title", "井盖松动"),
        ("happened_on", "2024-08-19"),
    ];
    let made = ours.submit(&format!("/registry/records/new/{community}"), &hazard).await;
    assert!(made.location.is_some(), "{}", made.body);
    let without = ours
        .submit(
            &format!("/registry/records/new/{community}"),
            &[("kind", "hazard"), ("title", "x"), ("happened_on", "2024-08-19")],
        )
        .await;
    assert!(without.body.contains("设置警示标志、排除隐患、报告专业机构"), "{}", without.body);
}
