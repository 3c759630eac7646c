//! The roll: proposed whole or not at all, posted without names, disputed, frozen by the street.

use testkit::{House, on_both_stores};

use crate::story::{Cast, ROLL, done, refused};

on_both_stores!(
    crate::story::house;
    a_roll_is_posted_without_names_and_frozen_when_its_time_has_run,
    a_sheet_with_a_fault_changes_nothing,
    objections_are_answered_before_the_roll_is_frozen,
    only_those_who_may,
);

async fn a_roll_is_posted_without_names_and_frozen_when_its_time_has_run(house: House) {
    let mut cast = Cast::of(&house).await;
    let roll = cast.propose().await;
    let page = cast.owner.get(&format!("/assemblies/posted/{roll}")).await;
    assert!(page.body.contains("1幢201") && page.body.contains("80.5"), "{}", page.body);
    assert!(page.body.contains("共6套、4人、400.000 m²"), "{}", page.body);
    for name in ["张甲", "李乙", "某某置业"] {
        assert!(!page.body.contains(name), "{name}");
    }
    // The office sees masked names; the store holds none in clear.
    let office = cast.street.get(&format!("/assemblies/rolls/{roll}")).await;
    assert!(office.body.contains("张*") && !office.body.contains("张甲"), "{}", office.body);
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("张甲") && !rows.contains("赵丁"), "{table}");
    }
    let before = house.rows().await;
    let early = cast.street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await;
    refused(&house, &before, &early, "名册公示到2024-08-28").await;
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    done(cast.street.submit(&format!("/assemblies/rolls/{roll}/freeze"), &[]).await);
    let frozen = cast.committee.get(&format!("/assemblies/communities/{}", cast.community)).await;
    assert!(frozen.body.contains("已冻结"), "{}", frozen.body);
}

async fn a_sheet_with_a_fault_changes_nothing(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/rolls", cast.community);
    let before = house.rows().await;
    let twice = ROLL.replace("1幢102,1幢", "1幢101,1幢");
    let answer = cast.committee.upload(&to, "名册.csv", twice.as_bytes()).await;
    refused(&house, &before, &answer, "第3行：房号 1幢101 出现了两次").await;
    let nobody = ROLL.replace("赵丁,D4", ",");
    let answer = cast.committee.upload(&to, "名册.csv", nobody.as_bytes()).await;
    refused(&house, &before, &answer, "第5行：2幢101没有业主姓名").await;
    // The same sheet back, with what is wrong written beside each line.
    let marked = cast.committee.upload_with(&to, &[("as", "sheet")], "名册.csv", nobody.as_bytes()).await;
    assert_eq!(marked.status, 200);
    let table = documents::read_table(&marked.bytes).unwrap();
    assert_eq!(table.header[..2], ["错误".to_owned(), "房号".to_owned()]);
    let told: Vec<(&str, bool)> =
        table.rows.iter().map(|it| (it.1[1].as_str(), !it.1[0].is_empty())).collect();
    assert_eq!(
        told,
        [
            ("1幢101", false),
            ("1幢102", false),
            ("1幢201", false),
            ("2幢101", true),
            ("2幢102", false),
            ("2幢201", false)
        ]
    );
    assert!(table.rows[3].1[0].starts_with("2幢101没有业主姓名"), "{:?}", table.rows[3]);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let answer = cast.committee.upload(&to, "名册.csv", b"\xff\xd8\xff").await;
    refused(&house, &before, &answer, "名册没有上传").await;
}

async fn objections_are_answered_before_the_roll_is_frozen(house: House) {
    let mut cast = Cast::of(&house).await;
    let roll = cast.propose().await;
    let object = format!("/assemblies/posted/{roll}/objections");
    let fields = [("body", "1幢201应为90平方米，电话13900001234"), ("contact", "李乙 13900001234")];
    done(cast.owner.submit(&object, &fields).await);
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    let posted = cast.owner.get(&format!("/assemblies/posted/{roll}")).await;
    assert!(posted.body.contains("内容核实后答复") && !posted.body.contains("应为90"), "{}", posted.body);
    let before = house.rows().await;
    let freeze = format!("/assemblies/rolls/{roll}/freeze");
    refused(&house, &before, &cast.street.submit(&freeze, &[]).await, "还有1件对名册的异议没有答复").await;
    let page = cast.street.get(&format!("/assemblies/rolls/{roll}")).await;
    assert!(page.body.contains("李乙 13900001234"), "{}", page.body);
    let form = page.body.split("/objections/").nth(1).unwrap().split('"').next().unwrap();
    let answer_to = format!("/assemblies/rolls/{roll}/objections/{form}");
    let answer = [("outcome", "upheld"), ("answer", "经查不动产权证为90平方米")];
    let stranger = cast.next_street.submit(&answer_to, &answer).await;
    assert_eq!(stranger.status, 404);
    done(cast.street.submit(&answer_to, &answer).await);
    let before = house.rows().await;
    let refusal = cast.street.submit(&freeze, &[]).await;
    refused(&house, &before, &refusal, "有异议成立而名册没有更正").await;
    // What was upheld is put right by the next version; the old one stays to be read, its phone masked.
    done(
        cast.committee.submit(&format!("/assemblies/rolls/{roll}/withdraw"), &[("reason", "更正面积")]).await,
    );
    let to = format!("/assemblies/communities/{}/rolls", cast.community);
    let next = cast.committee.upload(&to, "名册.csv", ROLL.replace("80.5", "90").as_bytes()).await.id();
    assert_ne!(next, roll);
    // Uploaded is not posted: nobody outside sees it, nobody freezes it, until somebody has looked it through.
    assert_eq!(cast.owner.get(&format!("/assemblies/posted/{next}")).await.status, 404);
    let board = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await;
    assert!(!board.body.contains("第2版"), "{}", board.body);
    let before = house.rows().await;
    let early = cast.street.submit(&format!("/assemblies/rolls/{next}/freeze"), &[]).await;
    refused(&house, &before, &early, "还没有公示").await;
    done(cast.committee.submit(&format!("/assemblies/rolls/{next}/post"), &[]).await);
    let before = house.rows().await;
    let twice = cast.committee.submit(&format!("/assemblies/rolls/{next}/post"), &[]).await;
    refused(&house, &before, &twice, "已经公示").await;
    cast.at(&house, "2024-09-05T01:00:00Z").await;
    done(cast.street.submit(&format!("/assemblies/rolls/{next}/freeze"), &[]).await);
    let old = cast.committee.get(&format!("/assemblies/rolls/{roll}")).await;
    assert!(
        old.body.contains("经查不动产权证为90平方米") && !old.body.contains("13900001234"),
        "{}",
        old.body
    );
}

async fn only_those_who_may(house: House) {
    let mut cast = Cast::of(&house).await;
    let roll = cast.propose().await;
    let to = format!("/assemblies/communities/{}/rolls", cast.community);
    let before = house.rows().await;
    for (who, status) in
        [(&cast.company, 403), (&cast.branch, 403), (&cast.next_committee, 404), (&cast.street, 403)]
    {
        let answer = who.upload(&to, "名册.csv", ROLL.as_bytes()).await;
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    let freeze = format!("/assemblies/rolls/{roll}/freeze");
    for (who, status) in
        [(&cast.committee, 403), (&cast.next_street, 404), (&cast.county, 403), (&cast.company, 403)]
    {
        assert_eq!(who.submit(&freeze, &[]).await.status, status);
    }
    for (who, status) in [(&cast.company, 403), (&cast.next_committee, 404), (&cast.observer, 200)] {
        assert_eq!(who.get(&format!("/assemblies/rolls/{roll}")).await.status, status);
    }
    let changed: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it.starts_with("assemblies")).collect();
    assert_eq!(changed, Vec::<String>::new());
}
