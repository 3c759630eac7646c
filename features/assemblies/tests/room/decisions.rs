//! From the draft to the notice, and from the seal to the final result.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    no_notice_without_opinions_a_roll_and_fifteen_days,
    an_opinion_that_does_not_come_is_exempted_by_the_street_after_its_time,
    a_draft_that_changes_is_reviewed_again,
    a_result_is_posted_disputed_corrected_and_final,
    a_vote_is_put_off_only_before_its_close,
    what_is_wrong_with_a_draft_is_said_and_nothing_lost,
    only_those_who_may,
);

// covers: SC-035, SC-036, FX-031
async fn no_notice_without_opinions_a_roll_and_fifteen_days(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.draft(&[]).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    let window = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    let before = house.rows().await;
    let answer = cast.committee.submit(&at("notice"), &window).await;
    refused(&house, &before, &answer, "还没有已冻结的业主名册").await;
    let roll = cast.frozen(&house).await;
    let before = house.rows().await;
    let answer = cast.committee.submit(&at("notice"), &window).await;
    refused(&house, &before, &answer, "小区党支部审议意见、社区党组织审议意见、街道合法合规审查").await;
    let early = [("body", "branch"), ("opinion", "agree"), ("words", "同意"), ("version", "1")];
    refused(&house, &before, &cast.branch.submit(&at("reviews"), &early).await, "请先送审").await;
    cast.reviewed(id).await;
    let before = house.rows().await;
    let soon = [("opens_on", "2024-09-11"), ("closes_on", "2024-09-20")];
    let answer = cast.committee.submit(&at("notice"), &soon).await;
    refused(&house, &before, &answer, "最早2024-09-12").await;
    assert!(answer.body.contains("value=\"2024-09-11\""), "what was typed is still there");
    let backwards = [("opens_on", "2024-09-20"), ("closes_on", "2024-09-13")];
    let answer = cast.committee.submit(&at("notice"), &backwards).await;
    refused(&house, &before, &answer, "投票截止日应在开始日之后").await;
    done(cast.committee.submit(&at("notice"), &window).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    for words in ["2024-09-13 00:00", "2024-09-20 24:00", "会议研究同意", "通过条件"] {
        assert!(posted.body.contains(words), "{words}: {}", posted.body);
    }
    assert!(posted.body.contains(&format!("/assemblies/posted/{roll}")));
    // From here on the text stands fast.
    let before = house.rows().await;
    let edit = cast.committee.submit(&at("edit"), &[("title", "别的")]).await;
    refused(&house, &before, &edit, "已公告").await;
}

// covers: SC-035
async fn an_opinion_that_does_not_come_is_exempted_by_the_street_after_its_time(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let id = cast.draft(&[]).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    done(cast.committee.submit(&at("ask"), &[]).await);
    // Ten working days from Wednesday 28 August 2024 end on Wednesday 11 September.
    let exempt = [
        ("body", "branch"),
        ("opinion", "exempt"),
        ("words", "支部换届，逾期未出具"),
        ("document", "街道办会议纪要〔2024〕7号"),
        ("version", "2"),
    ];
    cast.at(&house, "2024-09-11T01:00:00Z").await;
    let before = house.rows().await;
    let answer = cast.street.submit(&at("reviews"), &exempt).await;
    refused(&house, &before, &answer, "审议期限到2024-09-11").await;
    let own = cast.branch.submit(&at("reviews"), &exempt).await;
    assert_eq!(own.status, 403, "{}", own.body);
    cast.at(&house, "2024-09-12T01:00:00Z").await;
    let before = house.rows().await;
    let bare: Vec<_> = exempt.into_iter().filter(|it| it.0 != "document").collect();
    refused(&house, &before, &cast.street.submit(&at("reviews"), &bare).await, "豁免要有依据").await;
    done(cast.street.submit(&at("reviews"), &exempt).await);
    let adverse =
        [("body", "neighborhood"), ("opinion", "adverse"), ("words", "建议先审计公共收益"), ("version", "2")];
    done(cast.neighborhood.submit(&at("reviews"), &adverse).await);
    let lawful = [("body", "legality"), ("opinion", "agree"), ("words", "程序合法"), ("version", "2")];
    done(cast.street.submit(&at("reviews"), &lawful).await);
    // An opinion stands: the street cannot put an exemption in its place, nor anybody a second one.
    let before = house.rows().await;
    let over = [
        ("body", "neighborhood"),
        ("opinion", "exempt"),
        ("words", "豁免"),
        ("document", "纪要"),
        ("version", "2"),
    ];
    refused(&house, &before, &cast.street.submit(&at("reviews"), &over).await, "这项意见已经出具").await;
    // An adverse opinion is printed and is no veto.
    let window = [("opens_on", "2024-09-27"), ("closes_on", "2024-10-08")];
    done(cast.committee.submit(&at("notice"), &window).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    for words in ["有不同意见", "建议先审计公共收益", "逾期豁免", "支部换届", "依据街道办会议纪要〔2024〕7号"]
    {
        assert!(posted.body.contains(words), "{words}: {}", posted.body);
    }
}

async fn a_draft_that_changes_is_reviewed_again(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let id = cast.draft(&[]).await;
    cast.reviewed(id).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    let fields = [
        ("title", "2024年第一次业主大会会议"),
        ("precedence", "paper"),
        ("version", "2"),
        ("matter", "4"),
        ("item", "解聘现物业服务企业"),
        ("summary", ""),
        ("options", ""),
        ("seats", ""),
    ];
    let before = house.rows().await;
    let stale: Vec<_> =
        fields.iter().map(|it| if it.0 == "version" { ("version", "1") } else { *it }).collect();
    refused(&house, &before, &cast.committee.submit(&at("edit"), &stale).await, "已被他人修改").await;
    done(cast.committee.submit(&at("edit"), &fields).await);
    let window = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("notice"), &window).await, "还缺少审议意见").await;
}

// covers: BJ-032, LA-048, SC-020
async fn a_result_is_posted_disputed_corrected_and_final(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    // 张甲 yes with two units, 李乙 and 王丙 no on paper, the developer's two yes: 3 of 4 heads, 340 of 400 m².
    assert_eq!(cast.cast(&cast.code(id, "1幢", "1幢101").await, "yes").await.status, 200);
    assert_eq!(cast.cast(&cast.code(id, "2幢", "2幢102").await, "yes").await.status, 200);
    done(cast.paper(id, "0003", "1幢201", "no", "2024-09-13").await);
    let before = house.rows().await;
    let early = cast.committee.submit(&at("seal"), &[("building", "1幢"), ("sheets", "1")]).await;
    refused(&house, &before, &early, "表决还没有截止").await;
    cast.sealed(&house, id, "1").await;
    cast.counted(id).await;
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    for words in ["通过", "参与表决面积：340.000 / 400.000", "参与表决人数：3 / 4", "同意人数：2 / 3"]
    {
        assert!(posted.body.contains(words), "{words}: {}", posted.body);
    }
    assert!(posted.body.contains("自公示日起算至2025-09-21"), "{}", posted.body);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("finalize"), &[]).await, "公示到2024-09-29").await;
    let object = format!("/assemblies/posted/{id}/objections");
    done(cast.owner.submit(&object, &[("body", "票数不对"), ("contact", "赵丁 138 0013 8000")]).await);
    cast.at(&house, "2024-09-29T01:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("finalize"), &[]).await, "还有1件异议没有答复").await;
    let page = cast.street.get(&format!("/assemblies/decisions/{id}")).await;
    let objection = page.body.split("/objections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = [("outcome", "upheld"), ("answer", "应重新核对")];
    // Nobody counts again because the numbers do not please.
    let before = house.rows().await;
    let again = cast.committee.submit(&at("count"), &[("reason", "再算一遍")]).await;
    refused(&house, &before, &again, "没有成立的异议").await;
    let texts = "select count(*) as n from messages_texts";
    assert_eq!(house.count(texts).await, 0);
    done(cast.street.submit(&at(&format!("objections/{objection}")), &answer).await);
    // Whoever objected without an account left a phone, and is told there; it is nowhere in the open.
    assert_eq!(house.count(texts).await, 1);
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("13800138000") && !rows.contains("138 0013 8000"), "{table}");
    }
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("finalize"), &[]).await, "请先更正计票结果").await;
    // The street rules that a sheet was not the owners' own: its ballot is void, and the count changes.
    let voiding = [("unit", "1幢201"), ("scope", "unit"), ("reason", "业主书面声明签名不是本人")];
    assert_eq!(cast.committee.submit(&at("void"), &voiding).await.status, 403);
    done(cast.street.submit(&at("void"), &voiding).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&at("void"), &voiding).await, "没有有效的票").await;
    let again = cast.committee.submit(&at("count"), &[("reason", "")]).await;
    refused(&house, &before, &again, "重新计票请写明更正的理由").await;
    done(cast.committee.submit(&at("count"), &[("reason", "按异议作废一张票")]).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    for words in ["第2版", "第1版", "按异议作废一张票", "应重新核对", "参与表决面积：259.500 / 400.000"]
    {
        assert!(posted.body.contains(words), "{words}: {}", posted.body);
    }
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("finalize"), &[]).await, "公示到2024-10-07").await;
    cast.at(&house, "2024-10-07T01:00:00Z").await;
    assert_eq!(cast.committee.get(&at("executions")).await.status, 404);
    done(cast.committee.submit(&at("finalize"), &[]).await);
    // What follows is told to everybody, and what was done about it.
    let told = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    assert!(
        told.body.contains("向社区党组织和居民委员会报告决定") && told.body.contains("2024-10-10前"),
        "{}",
        told.body
    );
    let before = house.rows().await;
    let nothing = cast.committee.submit(&at("executions"), &[("what", ""), ("due_on", "2024-10-06")]).await;
    refused(&house, &before, &nothing, "请选择完成期限，不早于今天").await;
    assert_eq!(
        cast.street.submit(&at("executions"), &[("what", "x"), ("due_on", "2024-10-20")]).await.status,
        403
    );
    done(
        cast.committee
            .submit(&at("executions"), &[("what", "签订物业服务合同"), ("due_on", "2024-10-20")])
            .await,
    );
    let report = [("n", "2"), ("done_on", "2024-10-07"), ("words", "已书面报告社区党委和居委会")];
    done(cast.committee.submit(&at("executions/done"), &report).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("executions/done"), &report).await, "已经办结").await;
    let told = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    assert!(told.body.contains("签订物业服务合同") && told.body.contains("2024-10-07办结"), "{}", told.body);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&at("count"), &[("reason", "再算")]).await, "已经确认")
        .await;
    refused(
        &house,
        &before,
        &cast.owner.submit(&object, &[("body", "晚"), ("contact", "甲")]).await,
        "公示已经结束",
    )
    .await;
}

async fn a_vote_is_put_off_only_before_its_close(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    let to = format!("/assemblies/decisions/{id}/extend");
    let before = house.rows().await;
    let far = cast.committee.submit(&to, &[("closes_on", "2030-08-25"), ("reason", "延")]).await;
    refused(&house, &before, &far, "投票期最长92天").await;
    let sooner = cast.committee.submit(&to, &[("closes_on", "2024-09-19"), ("reason", "提前")]).await;
    refused(&house, &before, &sooner, "新的截止日应晚于原来的截止日").await;
    done(cast.committee.submit(&to, &[("closes_on", "2024-09-25"), ("reason", "中秋返乡业主较多")]).await);
    cast.at(&house, "2024-09-25T15:59:59Z").await;
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}/log")).await;
    assert!(posted.body.contains("延期"), "{}", posted.body);
    let board = cast.owner.get(&format!("/assemblies/posted/{id}")).await;
    assert!(board.body.contains("延期到2024-09-25 24:00：中秋返乡业主较多"), "{}", board.body);
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    cast.at(&house, "2024-09-25T16:00:00Z").await;
    let before = house.rows().await;
    let late = cast.committee.submit(&to, &[("closes_on", "2024-09-30"), ("reason", "再延")]).await;
    refused(&house, &before, &late, "表决已经截止").await;
}

async fn what_is_wrong_with_a_draft_is_said_and_nothing_lost(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/decisions", cast.community);
    let before = house.rows().await;
    let fields = [
        ("title", ""),
        ("precedence", "paper"),
        ("matter", ""),
        ("item", "选举业主委员会委员"),
        ("summary", "换届"),
        ("options", "甲\n乙"),
        ("seats", "3"),
    ];
    let answer = cast.committee.submit(&to, &fields).await;
    refused(&house, &before, &answer, "请选择属于民法典第278条的哪一项").await;
    assert!(answer.body.contains("选举业主委员会委员") && answer.body.contains("甲\n乙"), "{}", answer.body);
    let fields = fields.map(|it| if it.0 == "matter" { ("matter", "3") } else { it });
    let answer = cast.committee.submit(&to, &fields).await;
    refused(&house, &before, &answer, "席位数应为1至候选人数").await;
}

async fn only_those_who_may(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    let kept = |rows: Vec<String>| -> Vec<String> {
        rows.into_iter().filter(|it| it.starts_with("assemblies")).collect()
    };
    let before = house.rows().await;
    for (who, status) in [(&cast.company, 403), (&cast.next_committee, 404), (&cast.next_street, 404)] {
        for verb in
            ["notice", "extend", "seal", "count", "finalize", "cancel", "letters", "canvass", "sheets"]
        {
            let answer = who.submit(&at(verb), &[("reason", "试试"), ("building", "1幢")]).await;
            assert_eq!(answer.status, status, "{verb}: {}", answer.body);
        }
        assert_eq!(who.get(&format!("/assemblies/decisions/{id}")).await.status, status);
    }
    // Only the neighborhood prints what votes; only the street and observers take the record.
    for who in [&cast.committee, &cast.branch, &cast.street, &cast.county, &cast.observer] {
        assert_eq!(who.submit(&at("letters"), &[("building", "1幢")]).await.status, 403);
    }
    for who in [&cast.committee, &cast.branch, &cast.neighborhood, &cast.county] {
        assert_eq!(who.submit(&at("record"), &[]).await.status, 403);
    }
    assert_eq!(kept(house.changed_since(&before).await), Vec::<String>::new());
    let list = cast.company.get("/assemblies").await;
    assert_eq!(list.status, 403, "{}", list.body);
    let elsewhere = cast.next_committee.get("/assemblies").await;
    assert!(!elsewhere.body.contains("2024年第一次业主大会会议"), "{}", elsewhere.body);
}
