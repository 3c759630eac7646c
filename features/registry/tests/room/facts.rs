//! What the registers tell the gates and vetoes.

use kernel::{Ratio, Role, Scope};
use registry::{communities, records};
use rules::Value;
use testkit::{House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    a_strong_candidate_passes_every_gate_that_records_can_tell,
    a_recorded_survey_becomes_a_fact_with_its_source,
    a_street_cannot_enter_a_penalty,
);

async fn first(house: &House) -> communities::Community {
    house
        .given(|tx| {
            let id =
                tx.one("select min(id) as id from registry_communities where tenant = 1", &[], |it| {
                    it.int("id")
                })?;
            Ok(communities::load(tx, id.into())?)
        })
        .await
}

// covers: LA-033, LA-034, LA-035, LA-036, LA-037, LA-038, LA-040, LA-041, LA-042, LA-045, LA-046
async fn a_strong_candidate_passes_every_gate_that_records_can_tell(house: House) {
    furnish(&house).await;
    let community = first(&house).await;
    let (facts, _) = house
        .given(move |tx| {
            let mut community = community.clone();
            registry::seeding::standing(tx, &community, 985, 0)?;
            tx.given("delete from registry_records where kind = 'finding'")?;
            tx.given("update registry_communities set service_mode = 'market'")?;
            community = communities::load(tx, community.id)?;
            let today = tx.ctx.today();
            records::facts_of(tx, &community, today)
        })
        .await;
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs/luan-2024-beautiful-home");
    let pack = rules::Pack::parse(&rules::PackFiles::read(&dir).unwrap()).unwrap();
    let sheet = rules::score(&pack, &rules::ScoreInput { facts, ..rules::ScoreInput::default() }).unwrap();
    let failed: Vec<_> = sheet
        .gates
        .iter()
        .flat_map(|it| &it.parts)
        .filter(|it| it.passed != Some(true))
        .map(|it| it.says.clone())
        .collect();
    assert_eq!(failed, Vec::<String>::new());
    assert_eq!(sheet.eligible, Some(true));
}

async fn a_recorded_survey_becomes_a_fact_with_its_source(house: House) {
    furnish(&house).await;
    let (ours, community) = (county(&house, 1).await, first(&house).await);
    let path = format!("/registry/records/new/{}", community.id);
    let wrong = ours
        .submit(
            &path,
            &[
                ("kind", "survey"),
                ("title", "八月调查"),
                ("happened_on", "2024-08-19"),
                ("part", "300"),
                ("whole", "200"),
            ],
        )
        .await;
    assert!(wrong.body.contains("满意份数不能大于有效份数"));
    let made = ours
        .submit(
            &path,
            &[
                ("kind", "survey"),
                ("title", "八月调查"),
                ("happened_on", "2024-08-19"),
                ("part", "193"),
                ("whole", "200"),
            ],
        )
        .await;
    assert_eq!(made.location, Some(format!("/registry/communities/{}", community.id)));
    let (facts, sources) = house
        .given(move |tx| {
            let today = tx.ctx.today();
            records::facts_of(tx, &community, today)
        })
        .await;
    assert_eq!(facts.get("owner_satisfaction_rate"), Some(Value::Number(Ratio::new(193, 200))));
    assert_eq!(sources["owner_satisfaction_rate"], "满意度调查：八月调查，2024-08-19，193 / 200");
}

// covers: LA-039
async fn a_street_cannot_enter_a_penalty(house: House) {
    furnish(&house).await;
    let community = first(&house).await;
    let street =
        house.as_somebody("街道", Role::Subdistrict, Scope::Subdistrict(community.place.subdistrict)).await;
    let before = house.rows().await;
    let path = format!("/registry/records/new/{}", community.id);
    let refused =
        street.submit(&path, &[("kind", "penalty"), ("title", "1号"), ("happened_on", "2024-08-19")]).await;
    assert_eq!(refused.status, axum::http::StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let allowed = street
        .submit(&path, &[("kind", "activity"), ("title", "邻里节"), ("happened_on", "2024-08-19")])
        .await;
    assert_eq!(allowed.status, axum::http::StatusCode::SEE_OTHER);
}
