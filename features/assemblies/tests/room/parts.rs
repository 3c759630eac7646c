//! What concerns one building is decided by its owners alone: roll, ballots, boxes and count know of no others.

use testkit::{House, on_both_stores};

use crate::{
    records::recounts,
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    a_building_decides_for_itself_and_its_measure_is_its_own,
    what_is_everybodys_is_not_decided_by_a_part,
    a_part_the_roll_does_not_know_is_not_noticed,
    a_door_of_another_part_with_the_same_numbers_is_nobodys_here,
);

const LIFT: [(&str, &str); 4] =
    [("matter", "5"), ("item", "更换1幢电梯"), ("title", "更换1幢电梯"), ("parts", "1幢")];

/// Drafted as said, with this one matter.
async fn draft(cast: &Cast, fields: &[(&str, &str)]) -> testkit::Answer {
    let to = format!("/assemblies/communities/{}/decisions", cast.community);
    let more = [("precedence", "paper"), ("summary", ""), ("options", ""), ("seats", "")];
    cast.committee.submit(&to, &[fields, &more].concat()).await
}

// covers: LA-037
async fn a_building_decides_for_itself_and_its_measure_is_its_own(house: House) {
    let mut cast = Cast::of(&house).await;
    let (here, _) = cast.resident(&house, "张甲", &["1-101"]).await;
    let (there, _) = cast.resident(&house, "赵丁", &["2-101"]).await;
    cast.frozen(&house).await;
    let id = done(draft(&cast, &LIFT).await).id();
    // The draft already has the building's own figures.
    let drafted = cast.committee.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(drafted.contains("（1幢），3套、2人、280.500 m²"), "{drafted}");
    cast.reviewed(id).await;
    let notice = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &notice).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(posted.contains("1幢的业主；面积和人数只按这个范围计算"), "{posted}");
    assert!(posted.contains("（1幢，取自"), "{posted}");
    assert!(posted.contains("3套、2人、280.500 m²"), "{posted}");
    // The whole roll stands beside it and is still the one the next decision rests on.
    let home = cast.committee.get(&format!("/assemblies/communities/{}", cast.community)).await.body;
    assert!(home.contains("第1版") && !home.contains("第2版"), "{home}");
    cast.at(&house, "2024-09-13T02:00:00Z").await;
    let (here, there) = (house.as_again(here.person).await, house.as_again(there.person).await);
    assert!(here.get("/assemblies/mine").await.body.contains("更换1幢电梯"));
    assert!(!there.get("/assemblies/mine").await.body.contains("更换1幢电梯"));
    assert!(here.get("/messages").await.body.contains("更换1幢电梯"));
    assert!(!there.get("/messages").await.body.contains("更换1幢电梯"));
    // No letter for the other building, and no sheet of it.
    let letters = format!("/assemblies/decisions/{id}/letters");
    assert_eq!(cast.neighborhood.submit(&letters, &[("building", "2幢")]).await.status, 404);
    let sheet = [
        ("number", "4"),
        ("unit", "2幢101"),
        ("received_on", "2024-09-13"),
        ("received_at", "09:00"),
        ("item-1", "yes"),
    ];
    let before = house.rows().await;
    let answer = cast.committee.submit(&format!("/assemblies/decisions/{id}/sheets"), &sheet).await;
    refused(&house, &before, &answer, "名册里没有“2幢101”").await;
    // 280.5 of 400 m² and two of four owners: of all it would not be enough, of the building it is everybody.
    for unit in ["1幢101", "1幢201"] {
        let code = cast.code(id, "1幢", unit).await;
        assert_eq!(cast.cast(&code, "yes").await.status, 200);
    }
    cast.at(&house, "2024-09-21T01:00:00Z").await;
    let sealing = cast.committee.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(sealing.contains("value=\"1幢\"") && !sealing.contains("value=\"2幢\""), "{sealing}");
    let sealed = [("building", "1幢"), ("sheets", "0")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/seal"), &sealed).await);
    cast.counted(id).await;
    let result = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(result.contains("通过") && !result.contains("未通过"), "{result}");
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    assert!(assemblies::verify_record(&record, None).is_ok());
    assert!(recounts(&record).unwrap().contains("票3张，有效3套，重新计票与公示一致"));
}

async fn what_is_everybodys_is_not_decided_by_a_part(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let before = house.rows().await;
    for matter in ["1", "2", "3", "4"] {
        let mut fields = LIFT;
        fields[0].1 = matter;
        refused(&house, &before, &draft(&cast, &fields).await, "由全体业主共同决定，不能只由部分楼栋表决")
            .await;
    }
    let mut fields = LIFT;
    fields[3].1 = "9幢";
    refused(&house, &before, &draft(&cast, &fields).await, "已冻结的名册里没有“9幢”").await;
}

async fn a_part_the_roll_does_not_know_is_not_noticed(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let id = done(draft(&cast, &LIFT).await).id();
    cast.reviewed(id).await;
    // A later version of the roll writes the building's name another way.
    let to = format!("/assemblies/communities/{}/rolls", cast.community);
    let text = crate::story::ROLL.replace(",1幢,", ",一号楼,");
    let roll = done(cast.committee.upload(&to, "名册.csv", text.as_bytes()).await).id();
    done(cast.committee.submit(&format!("/assemblies/rolls/{roll}/post"), &[]).await);
    cast.at(&house, "2024-09-10T01:00:00Z").await;
    done(cast.street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await);
    let before = house.rows().await;
    let notice = [("opens_on", "2024-09-27"), ("closes_on", "2024-10-05")];
    let answer = cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &notice).await;
    refused(&house, &before, &answer, "名册第2版里没有“1幢”，请修改草稿的表决范围再公告").await;
}

async fn a_door_of_another_part_with_the_same_numbers_is_nobodys_here(house: House) {
    let mut cast = Cast::of(&house).await;
    // Of the whole roll these numbers could be either door; within one part they would be the only ones.
    let (there, homes) = cast.resident(&house, "赵丁", &["1-101"]).await;
    let to = format!("/assemblies/communities/{}/rolls", cast.community);
    let text = crate::story::ROLL.replace("1幢", "一期1幢").replace("2幢", "二期1幢");
    let roll = done(cast.committee.upload(&to, "名册.csv", text.as_bytes()).await).id();
    done(cast.committee.submit(&format!("/assemblies/rolls/{roll}/post"), &[]).await);
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    done(cast.street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await);
    let mut fields = LIFT;
    fields[3].1 = "一期1幢";
    let id = done(draft(&cast, &fields).await).id();
    cast.reviewed(id).await;
    let notice = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &notice).await);
    cast.at(&house, "2024-09-13T02:00:00Z").await;
    let there = house.as_again(there.person).await;
    assert!(!there.get("/assemblies/mine").await.body.contains("更换1幢电梯"));
    assert!(!there.get("/messages").await.body.contains("更换1幢电梯"));
    let (decision, home) = (id.to_string(), homes[0].to_string());
    let fields = [("decision", decision.as_str()), ("home", &home), ("item-1", "yes")];
    let before = house.rows().await;
    let answer = there.submit("/assemblies/vote/cast", &fields).await;
    refused(&house, &before, &answer, "名册里没有1-101这套房屋").await;
}
