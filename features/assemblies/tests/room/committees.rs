//! Committees: registered by the neighborhood or the street, their duties by the day, their members known to few.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    a_term_is_registered_with_what_it_owes,
    duties_are_done_by_whoever_they_are_for,
    a_duty_report_is_graded_and_counts_when_members_stand_again,
    members_leave_and_a_new_term_ends_the_old_one,
    a_committee_is_ordered_to_put_right_and_what_came_of_it,
    a_management_committee_sits_in_its_stead,
    only_those_who_may,
);

const MEMBERS: [(&str, &str, &str); 5] = [
    ("林正华", "chair", "yes"),
    ("石秀云", "deputy", "yes"),
    ("方志远", "member", "yes"),
    ("何家宝", "member", "no"),
    ("罗玉兰", "member", "no"),
];

pub(crate) fn form<'a>(elected: &'a str, ends: &'a str, seats: usize) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kind", "owners"),
        ("elected_on", elected),
        ("term_ends_on", ends),
        ("basis", "街道备案〔2024〕3号"),
    ];
    for (name, post, party) in &MEMBERS[..seats] {
        fields.extend([("name", *name), ("post", *post), ("party", *party), ("origin", "owner")]);
    }
    fields
}

pub(crate) async fn registered(cast: &Cast) -> i64 {
    registered_for(cast, "2024-02-01", "2027-01-31").await
}

pub(crate) async fn registered_for(cast: &Cast, elected: &str, ends: &str) -> i64 {
    let to = format!("/assemblies/communities/{}/committees", cast.community);
    done(cast.street.submit(&to, &form(elected, ends, 5)).await).id()
}

// covers: LA-037, FX-036
async fn a_term_is_registered_with_what_it_owes(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/committees", cast.community);
    let before = house.rows().await;
    let even = cast.street.submit(&to, &form("2024-02-01", "2027-01-31", 4)).await;
    refused(&house, &before, &even, "委员应为5至11人的单数").await;
    assert!(even.body.contains("何家宝"), "what was typed is still there");
    let long = cast.street.submit(&to, &form("2024-02-01", "2029-02-02", 5)).await;
    refused(&house, &before, &long, "任期最长5年").await;
    // A term no election of this house says is the street's, by the number of what was filed.
    let typed = cast.neighborhood.submit(&to, &form("2024-02-01", "2027-01-31", 5)).await;
    assert_eq!(typed.status, 403, "{}", typed.body);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let before = house.rows().await;
    let unfiled: Vec<_> = form("2024-02-01", "2027-01-31", 5)
        .into_iter()
        .map(|it| if it.0 == "basis" { ("basis", "2021年业主大会会议选举结果公告") } else { it })
        .collect();
    refused(&house, &before, &cast.street.submit(&to, &unfiled).await, "请填写备案文号").await;
    let id = registered(&cast).await;
    let page = cast.committee.get(&format!("/assemblies/committees/{id}")).await;
    for words in ["2024-02-08前", "2024-03-02前", "2024年上半年", "逾期未办", "党员3/5", "还有29个月"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    // Names lie sealed, and the public sees them masked.
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("石秀云"), "{table}");
    }
    let board = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await;
    assert!(board.body.contains("主任 林**") && !board.body.contains("林正华"), "{}", board.body);
    let list = cast.county.get("/assemblies/committees").await;
    assert!(list.body.contains("1 / 2") && list.body.contains("第1届业主委员会"), "{}", list.body);
    let ending = cast.county.get("/assemblies/committees?ending=yes").await;
    assert!(ending.body.contains("没有快届满的"), "{}", ending.body);
}

// covers: LA-047, BJ-033
async fn duties_are_done_by_whoever_they_are_for(house: House) {
    let cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let to = format!("/assemblies/committees/{id}/duties");
    let duty =
        |key: &'static str, on: &'static str| [("key", key), ("done_on", on), ("words", "已张贴，票据可查")];
    let before = house.rows().await;
    let early = cast.committee.submit(&to, &duty("income-2024H1", "2024-01-31")).await;
    refused(&house, &before, &early, "在当选之后、不晚于今天").await;
    let never = cast.committee.submit(&to, &duty("income-2023H1", "2024-07-01")).await;
    assert_eq!(never.status, 404);
    done(cast.committee.submit(&to, &duty("income-2024H1", "2024-07-03")).await);
    let before = house.rows().await;
    refused(
        &house,
        &before,
        &cast.committee.submit(&to, &duty("income-2024H1", "2024-07-04")).await,
        "已经办结",
    )
    .await;
    done(cast.street.submit(&to, &duty("filing", "2024-02-20")).await);
    let page = cast.neighborhood.get(&format!("/assemblies/committees/{id}")).await;
    assert!(
        page.body.contains("2024-07-03办结（逾期）") && page.body.contains("2024-02-20办结"),
        "{}",
        page.body
    );
    // What was published is told to everybody; what was reported to the party organisation is not.
    done(cast.committee.submit(&to, &duty("party_report-2024Q2", "2024-07-01")).await);
    let board = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await;
    assert!(board.body.contains("公布共有部分经营与收益（2024年上半年）"), "{}", board.body);
    // Five folders, each there though nothing lies in it; what was to be published and was not is said.
    for folder in [
        "维修资金的筹集和使用",
        "管理规约、议事规则和会议决定",
        "物业服务合同、共有部分的使用和收益",
        "车位、车库的处分",
        "其他应当公开的",
    ] {
        assert!(board.body.contains(folder), "{folder}: {}", board.body);
    }
    let of = |folder: &str| {
        let after = board.body.split(&format!("<summary>{folder}")).nth(1).unwrap();
        after.split("</details>").next().unwrap().to_owned()
    };
    assert!(of("物业服务合同").contains("公布共有部分经营与收益（2024年上半年）"), "{}", board.body);
    assert!(!of("维修资金").contains("公布共有部分经营与收益"), "{}", board.body);
    assert!(
        of("维修资金").contains("公布维修资金使用情况（2024年上半年），应在2024-06-30前"),
        "{}",
        board.body
    );
    assert!(!board.body.contains("向社区党组织报告"), "{}", board.body);
}

// covers: SC-038
async fn a_duty_report_is_graded_and_counts_when_members_stand_again(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    cast.at(&house, "2025-01-10T01:00:00Z").await;
    let to = format!("/assemblies/committees/{id}/duties");
    let report = |grade: &'static str| {
        [
            ("key", "duty_report-2024"),
            ("done_on", "2024-12-20"),
            ("words", "书面述职，现场评议"),
            ("grade", grade),
        ]
    };
    let before = house.rows().await;
    for grade in ["", "best"] {
        let answer = cast.neighborhood.submit(&to, &report(grade)).await;
        refused(&house, &before, &answer, "请选择述职评议的等次").await;
        assert!(answer.body.contains("书面述职，现场评议"), "what was typed is still there");
    }
    assert_eq!(cast.committee.submit(&to, &report("excellent")).await.status, 403);
    done(cast.neighborhood.submit(&to, &report("basic")).await);
    let page = cast.county.get(&format!("/assemblies/committees/{id}")).await.body;
    assert!(page.contains("评议：<strong>基本称职"), "{page}");
    // Whoever vets reads it beside the candidates; the committee, which is judged, does not.
    let candidates = format!("/assemblies/communities/{}/candidates", cast.community);
    let words = "第1届业主委员会主任2024年述职：基本称职";
    for (who, reads) in [(&cast.street, true), (&cast.neighborhood, true), (&cast.committee, false)] {
        assert_eq!(who.get(&candidates).await.body.contains(words), reads);
    }
    // What is not graded takes none; and three more kinds are told on the board.
    let contract =
        [("key", "contract-2024"), ("done_on", "2024-12-20"), ("words", "全文张贴"), ("grade", "excellent")];
    done(cast.committee.submit(&to, &contract).await);
    assert_eq!(house.count("select count(*) as n from assemblies_duties where grade <> ''").await, 1);
    let board = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(board.contains("公布物业服务合同（2024年）") && !board.contains("述职"), "{board}");
}

async fn members_leave_and_a_new_term_ends_the_old_one(house: House) {
    let cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let to = format!("/assemblies/committees/{id}/leave");
    for (n, on) in [("2", "2024-05-01"), ("3", "2024-06-01"), ("4", "2024-07-01")] {
        done(cast.street.submit(&to, &[("member", n), ("left_on", on), ("reason", "不再是业主")]).await);
    }
    let page = cast.county.get(&format!("/assemblies/committees/{id}")).await;
    assert!(page.body.contains("委员不足半数（在任2人，应有5人）"), "{}", page.body);
    // What was filed is so no longer: each change is reported within thirty days.
    for words in ["2024-05-01委员变更", "2024-05-31前", "2024-07-31前"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let duties = format!("/assemblies/committees/{id}/duties");
    let change = |day: &'static str| [("key", day), ("done_on", "2024-07-10"), ("words", "变更材料已收")];
    assert_eq!(cast.street.submit(&duties, &change("change-2024-05-02")).await.status, 404);
    done(cast.street.submit(&duties, &change("change-2024-05-01")).await);
    let founding = format!("/assemblies/communities/{}/committees", cast.community);
    let before = house.rows().await;
    let early = cast.street.submit(&founding, &form("2024-02-01", "2026-01-31", 5)).await;
    refused(&house, &before, &early, "上一届的任期到2027-01-31").await;
    done(cast.street.submit(&founding, &form("2024-08-01", "2027-07-31", 5)).await);
    let old = cast.street.get(&format!("/assemblies/committees/{id}")).await;
    assert!(old.body.contains("2024-08-01结束：换届"), "{}", old.body);
    let before = house.rows().await;
    let late =
        cast.street.submit(&to, &[("member", "0"), ("left_on", "2024-08-02"), ("reason", "辞职")]).await;
    refused(&house, &before, &late, "这一届已经结束").await;
    let list = cast.county.get("/assemblies/committees").await;
    assert!(list.body.contains("第2届业主委员会") && !list.body.contains("第1届业主委员会"), "{}", list.body);
}

// covers: FX-028, SC-042, SC-045
async fn a_committee_is_ordered_to_put_right_and_what_came_of_it(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let to = format!("/assemblies/committees/{id}/corrections");
    let order = [
        ("ground", "idle"),
        ("words", "半年未公布公共收益"),
        ("document", "限期整改通知书"),
        ("due_on", "2024-09-10"),
    ];
    assert_eq!(cast.committee.submit(&to, &order).await.status, 403);
    let before = house.rows().await;
    let late = [order[0], order[1], order[2], ("due_on", "2024-08-20")];
    refused(&house, &before, &cast.street.submit(&to, &late).await, "请选择整改期限，应在今天之后").await;
    done(cast.neighborhood.submit(&to, &order).await);
    let page = cast.committee.get(&to).await;
    assert!(page.body.contains("半年未公布公共收益") && page.body.contains("整改中"), "{}", page.body);
    let correction = cast.street.get(&to).await;
    let correction = correction.body.split("name=\"correction\" value=\"").nth(1).unwrap();
    let correction = correction.split('"').next().unwrap().to_owned();
    let close = format!("{to}/close");
    let id_of = correction.as_str();
    let acting = |mandate| {
        [("correction", id_of), ("outcome", "acting"), ("mandate", mandate), ("remark", "逾期未改")]
    };
    let before = house.rows().await;
    let early = cast.street.submit(&close, &acting("")).await;
    refused(&house, &before, &early, "整改期限到2024-09-10").await;
    cast.at(&house, "2024-09-11T01:00:00Z").await;
    // Nobody acts for the owners without their mandate; a draft is none.
    let draft = cast.draft(&[]).await.to_string();
    let before = house.rows().await;
    for mandate in ["", "1", draft.as_str()] {
        let answer = cast.street.submit(&close, &acting(mandate)).await;
        refused(&house, &before, &answer, "社区代行须经业主大会委托").await;
    }
    // Nor with one that was passed for something else, or that failed.
    let mut mandates = vec![];
    for (matter, choice) in [("4", "yes"), ("9", "no"), ("9", "yes")] {
        mandates.push(cast.decided(&house, matter, choice).await.to_string());
    }
    let before = house.rows().await;
    for mandate in &mandates[..2] {
        let answer = cast.street.submit(&close, &acting(mandate.as_str())).await;
        refused(&house, &before, &answer, "社区代行须经业主大会委托").await;
    }
    let page = cast.street.get(&to).await.body;
    for (n, mandate) in mandates.iter().enumerate() {
        assert_eq!(page.contains(&format!("<option value=\"{mandate}\"")), n == 2, "{n}: {page}");
    }
    let elected = [("correction", id_of), ("outcome", "reelection"), ("remark", "转入改选程序")];
    done(cast.street.submit(&close, &elected).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&close, &elected).await, "已经办结").await;
    let page = cast.committee.get(&to).await;
    assert!(page.body.contains("转入改选</span>"), "{}", page.body);
}

// covers: FX-034, FX-018, SC-052
async fn a_management_committee_sits_in_its_stead(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/committees", cast.community);
    let mut fields = vec![
        ("kind", "management"),
        ("elected_on", "2024-02-01"),
        ("term_ends_on", "2027-01-31"),
        ("basis", "街道备案〔2024〕5号"),
    ];
    let members = [
        ("周晓岚", "chair", "appointed"),
        ("李春梅", "deputy", "neighborhood_committee"),
        ("吴大川", "member", "grid_worker"),
        ("石秀云", "member", "owner"),
        ("方志远", "member", "owner"),
        ("何家宝", "member", "owner"),
        ("罗玉兰", "member", "owner"),
    ];
    for (name, post, origin) in &members {
        fields.extend([("name", *name), ("post", *post), ("party", "yes"), ("origin", *origin)]);
    }
    let id = done(cast.street.submit(&to, &fields).await).id();
    let page = cast.county.get(&format!("/assemblies/committees/{id}")).await;
    for words in ["第1届物业管理委员会", "街道、居委会代表", "交叉任职3人", "党员7/7"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    let board = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await;
    assert!(board.body.contains("第1届物业管理委员会") && !board.body.contains("石秀云"), "{}", board.body);
}

async fn only_those_who_may(house: House) {
    let cast = Cast::of(&house).await;
    let id = registered(&cast).await;
    let before = house.rows().await;
    let founding = format!("/assemblies/communities/{}/committees", cast.community);
    let duty = [("key", "filing"), ("done_on", "2024-02-20"), ("words", "已备案")];
    for (who, found, seen, filed) in [
        (&cast.committee, 403, 200, 403),
        (&cast.next_committee, 404, 404, 404),
        (&cast.next_street, 404, 404, 404),
        (&cast.neighborhood, 0, 200, 403),
        (&cast.company, 403, 403, 403),
        (&cast.county, 403, 200, 403),
    ] {
        if found != 0 {
            assert_eq!(who.submit(&founding, &form("2024-08-01", "2027-07-31", 5)).await.status, found);
        }
        assert_eq!(who.get(&format!("/assemblies/committees/{id}")).await.status, seen);
        assert_eq!(who.submit(&format!("/assemblies/committees/{id}/duties"), &duty).await.status, filed);
    }
    let changed: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it.starts_with("assemblies")).collect();
    assert_eq!(changed, Vec::<String>::new());
}
