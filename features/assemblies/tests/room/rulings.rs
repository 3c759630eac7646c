//! Rulings that change what counts: what they rest on, what exactly they make void, and who hears of it.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    a_ruling_says_whether_the_earlier_ballot_counts_again,
    a_unit_taken_out_by_a_ruling_takes_no_part,
    boxes_hold_no_more_than_there_are_units_and_nothing_is_left_out_in_silence,
    what_owners_have_begun_to_vote_on_the_street_alone_may_stop,
    nobody_stands_whose_vetting_said_no,
);

/// 1幢201 votes yes and then no; the vote is closed and counted.
async fn changed_and_counted(house: &House) -> (Cast, i64, String) {
    let mut cast = Cast::of(house).await;
    let (owner, _) = cast.resident(house, "李乙", &["1-201"]).await;
    let id = cast.open(house, &[("revote", "yes")]).await;
    let code = cast.code(id, "1幢", "1幢201").await;
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    let receipt = cast.cast(&code, "no").await.body;
    let link = receipt.split("href=\"/assemblies/posted/").nth(1).unwrap().split('"').next().unwrap();
    let link = format!("/assemblies/posted/{}", link.replace("&#38;", "&").replace("&amp;", "&"));
    cast.sealed(house, id, "0").await;
    cast.counted(id).await;
    drop(owner);
    house.it_is("2024-09-21T01:05:00Z");
    (cast, id, link)
}

async fn agreed(house: &House) -> String {
    let body = house
        .given(|tx| {
            Ok(tx.all("select body from assemblies_results order by n desc limit 1", &[], |it| {
                it.text("body")
            })?)
        })
        .await;
    let result: serde_json::Value = serde_json::from_str(&body[0]).unwrap();
    let topic = &result["topics"][0];
    format!("{} / {} / {}", topic["yes"]["heads"], topic["no"]["heads"], topic["participating"]["heads"])
}

async fn a_ruling_says_whether_the_earlier_ballot_counts_again(house: House) {
    let (cast, id, link) = changed_and_counted(&house).await;
    assert_eq!(agreed(&house).await, "0 / 1 / 1");
    let void = format!("/assemblies/decisions/{id}/void");
    let ruling = [("unit", "1幢201"), ("scope", "ballot"), ("reason", "第二张不是本人投的")];
    // Whoever comes back after a while is noted as here again; that is not what is looked at.
    cast.street.get("/messages").await;
    let before = house.rows().await;
    // No ruling without an objection that was upheld, and none that leaves open what it means.
    refused(&house, &before, &cast.street.submit(&void, &ruling).await, "先在异议中答复“成立”").await;
    cast.upheld(id).await;
    cast.street.get("/messages").await;
    let before = house.rows().await;
    let vague = [("unit", "1幢201"), ("reason", "不是本人投的")];
    refused(&house, &before, &cast.street.submit(&void, &vague).await, "请选择只作废这一张").await;
    house.it_is("2024-09-21T01:06:00Z");
    done(cast.street.submit(&void, &ruling).await);
    // Until it is counted anew, whoever reads the result is told that it will change.
    let posted = format!("/assemblies/posted/{id}");
    assert!(cast.owner.get(&posted).await.body.contains("正在更正：会重新计票、再次公示"));
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/count"), &[("reason", "按裁定")]).await);
    assert_eq!(agreed(&house).await, "1 / 0 / 1");
    assert!(!cast.owner.get(&posted).await.body.contains("正在更正"));
    // A shorter digest than the receipt prints is no ballot missing from the log.
    for (query, words) in [("n=3&hash=17bab7", "至少前8位"), ("n=abc&hash=17bab7aa", "只填数字")] {
        let asked = cast.owner.get(&format!("{posted}/receipt?{query}")).await.body;
        assert!(asked.contains(words) && !asked.contains("日志里没有这张票"), "{asked}");
    }
    let receipt = cast.owner.get(&link).await.body;
    assert!(receipt.contains("这张票后来被作废") && receipt.contains("这张票在日志里"), "{receipt}");
    let person = house.count("select person as n from owners_homes").await;
    let inbox = house.as_again(person.into()).await.get("/messages").await.body;
    for words in ["您这套房屋的一张票已作废", "初步结果已公示", "计票结果已更正"] {
        assert!(inbox.contains(words), "{words}: {inbox}");
    }
}

async fn a_unit_taken_out_by_a_ruling_takes_no_part(house: House) {
    let (cast, id, _) = changed_and_counted(&house).await;
    cast.upheld(id).await;
    house.it_is("2024-09-21T01:06:00Z");
    let void = format!("/assemblies/decisions/{id}/void");
    let ruling = [("unit", "1幢201"), ("scope", "unit"), ("reason", "凭证被人冒领")];
    done(cast.street.submit(&void, &ruling).await);
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/count"), &[("reason", "按裁定")]).await);
    assert_eq!(agreed(&house).await, "0 / 0 / 0");
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&void, &ruling).await, "先在异议中答复“成立”").await;
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    let verified = assemblies::verify_record(&record, None).unwrap();
    assert_eq!((verified.ballots, verified.effective, verified.version), (2, 0, 2));
}

async fn boxes_hold_no_more_than_there_are_units_and_nothing_is_left_out_in_silence(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    done(cast.paper(id, "1", "1幢101", "yes", "2024-09-13").await);
    cast.at(&house, "2024-09-21T01:00:00Z").await;
    let seal = format!("/assemblies/decisions/{id}/seal");
    let boxes = |first| [("building", "1幢"), ("sheets", first), ("building", "2幢"), ("sheets", "0")];
    let before = house.rows().await;
    let absurd = cast.committee.submit(&seal, &boxes("4")).await;
    refused(&house, &before, &absurd, "1幢只有3套，票箱里不会有4张").await;
    done(cast.committee.submit(&seal, &boxes("3")).await);
    let count = format!("/assemblies/decisions/{id}/count");
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&count, &[]).await, "票箱里还有2张纸质票没有录入").await;
    done(cast.committee.submit(&count, &[("reason", "两张空白票，当场由监票人确认")]).await);
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(posted.contains("两张空白票，当场由监票人确认"), "{posted}");
}

async fn what_owners_have_begun_to_vote_on_the_street_alone_may_stop(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    let cancel = format!("/assemblies/decisions/{id}/cancel");
    let before = house.rows().await;
    for who in [&cast.committee, &cast.neighborhood] {
        let stopped = who.submit(&cancel, &[("reason", "结果不理想")]).await;
        refused(&house, &before, &stopped, "投票已经开始，只有街道能叫停").await;
        assert!(!who.get(&format!("/assemblies/decisions/{id}")).await.body.contains("取消这次表决"));
    }
    done(cast.street.submit(&cancel, &[("reason", "公告遗漏一个议题")]).await);
    assert!(cast.committee.get("/messages").await.body.contains("表决已取消"));
}

// covers: SC-031
async fn nobody_stands_whose_vetting_said_no(house: House) {
    let mut cast = Cast::of(&house).await;
    let to = format!("/assemblies/communities/{}/candidates", cast.community);
    let mut fields = vec![("name", "何家宝"), ("origin", "owner"), ("nominated_by", "self"), ("party", "no")];
    fields.extend(["0", "1", "2", "3", "4"].map(|it| ("condition", it)));
    done(cast.neighborhood.submit(&to, &fields).await);
    let candidate = house.count("select id as n from assemblies_candidates").await;
    let page = format!("/assemblies/candidates/{candidate}");
    let no = [("body", "court"), ("reason", "N2"), ("document", "复函")];
    done(cast.neighborhood.submit(&format!("{page}/opinions"), &no).await);
    done(cast.street.submit(&format!("{page}/conclude"), &[]).await);
    cast.frozen(&house).await;
    let election = |options| [("matter", "3"), ("item", "选举委员"), ("options", options), ("seats", "1")];
    let to = format!("/assemblies/communities/{}/decisions", cast.community);
    let base = [("title", "选举"), ("precedence", "paper"), ("summary", "")];
    let fields: Vec<_> = base.into_iter().chain(election("张甲\n张甲")).collect();
    let twice = cast.committee.submit(&to, &fields).await;
    assert!(twice.body.contains("选项或候选人有重复的"), "{}", twice.body);
    let id = cast.draft(&election("张甲\n何家宝")).await;
    let shown = cast.committee.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(shown.contains("以下候选人还没有联审通过：张甲、何家宝"), "{shown}");
    cast.reviewed(id).await;
    let days = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    let before = house.rows().await;
    let refusal = cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &days).await;
    refused(&house, &before, &refusal, "候选人何家宝的联审不通过").await;
    // Nor is such a person entered as a member of a committee.
    let committees = format!("/assemblies/communities/{}/committees", cast.community);
    let mut fields = vec![
        ("kind", "owners"),
        ("elected_on", "2024-08-20"),
        ("term_ends_on", "2027-08-19"),
        ("basis", "街道备案〔2024〕3号"),
    ];
    for (name, post) in
        [("何家宝", "chair"), ("甲", "member"), ("乙", "member"), ("丙", "member"), ("丁", "member")]
    {
        fields.extend([("name", name), ("post", post), ("party", "no"), ("origin", "owner")]);
    }
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&committees, &fields).await, "何家宝的联审不通过").await;
}
