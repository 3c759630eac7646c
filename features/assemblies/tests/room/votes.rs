//! Ballots: who may cast, when, which one counts, and that a refusal leaves nothing behind.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    a_letter_votes_for_all_units_of_its_owners_and_for_no_others,
    a_ballot_is_taken_from_the_first_moment_to_the_last_and_no_longer,
    a_wrong_code_opens_nothing_and_is_counted,
    a_new_letter_ends_the_one_before,
    paper_counts_when_two_people_read_the_same,
    a_sheet_more_than_the_box_held_is_not_taken,
    letters_end_with_the_vote,
    paper_goes_before_online_when_it_was_declared,
    one_effective_ballot_per_unit_whatever_races,
    three_channels_at_once_leave_one_effective_ballot,
    nobody_votes_after_the_close_however_the_clock_jumps,
    doors_are_called_at_and_the_quorum_is_told,
);

async fn effective(house: &House) -> i64 {
    house.count("select count(*) as n from assemblies_effective").await
}

// covers: LA-037
async fn a_letter_votes_for_all_units_of_its_owners_and_for_no_others(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    let paper = cast.owner.submit("/assemblies/vote", &[("code", &code)]).await;
    assert!(paper.body.contains("1幢101") && paper.body.contains("1幢102"), "{}", paper.body);
    assert!(paper.body.contains("合计 200.000 m²") && !paper.body.contains("1幢201"), "{}", paper.body);
    let check = cast.owner.submit("/assemblies/vote/check", &[("code", &code), ("item-1", "yes")]).await;
    assert!(check.body.contains("确认投票") && check.body.contains("同意"), "{}", check.body);
    assert_eq!(effective(&house).await, 0);
    let before = house.rows().await;
    let nothing = cast.owner.submit("/assemblies/vote/cast", &[("code", &code)]).await;
    refused(&house, &before, &nothing, "填写有误").await;
    // A form that brings a weight or a unit of its own is refused whole.
    for own in [("unit", "2幢101"), ("area", "9999"), ("weight", "5"), ("heads", "3")] {
        let fields = [("code", code.as_str()), ("item-1", "yes"), own];
        let answer = cast.owner.submit("/assemblies/vote/cast", &fields).await;
        refused(&house, &before, &answer, "房号、面积、人数以冻结的名册为准").await;
    }
    let receipt = cast.cast(&code, "yes").await;
    assert!(receipt.body.contains("投票成功") && receipt.body.contains("1幢102"), "{}", receipt.body);
    assert_eq!(effective(&house).await, 2);
    // The receipt says where the ballot lies, and the log has it there.
    let link = receipt.body.split("href=\"/assemblies/posted/").nth(1).unwrap().split('"').next().unwrap();
    let link = link.replace("&#38;", "&").replace("&amp;", "&");
    let proof = cast.owner.get(&format!("/assemblies/posted/{link}")).await;
    assert!(proof.body.contains("这张票在日志里"), "{}", proof.body);
    let other = link.replace("hash=", "hash=00000000");
    let missing = cast.owner.get(&format!("/assemblies/posted/{other}")).await;
    assert!(missing.body.contains("日志里没有这张票"), "{}", missing.body);
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "no").await, "已经投过票").await;
}

async fn a_ballot_is_taken_from_the_first_moment_to_the_last_and_no_longer(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.noticed(&house, &[("revote", "yes")]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    // Open from 13 September 00:00 until the end of the 20th, in Beijing.
    cast.at(&house, "2024-09-12T15:59:59.999999Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "yes").await, "投票从2024-09-13 00:00开始").await;
    cast.at(&house, "2024-09-12T16:00:00Z").await;
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    cast.at(&house, "2024-09-20T15:59:59.999999Z").await;
    assert_eq!(cast.cast(&code, "no").await.status, 200);
    cast.at(&house, "2024-09-20T16:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "yes").await, "投票已于2024-09-20 24:00截止").await;
    // A clock that is set back after the boxes were sealed opens nothing.
    cast.sealed(&house, id, "0").await;
    cast.at(&house, "2024-09-15T01:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "yes").await, "截止").await;
    assert_eq!(house.count("select count(*) as n from assemblies_ballots").await, 4);
    assert_eq!(effective(&house).await, 2);
}

async fn a_wrong_code_opens_nothing_and_is_counted(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let before = house.rows().await;
    for wrong in ["", "ABC", "2222-2222-2222", "00000000000O"] {
        let answer = cast.owner.submit("/assemblies/vote", &[("code", wrong)]).await;
        assert!(answer.body.contains("没有这个表决码"), "{wrong}: {}", answer.body);
    }
    let kept: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it.starts_with("assemblies")).collect();
    assert_eq!(kept, Vec::<String>::new());
    for _ in 4..20 {
        cast.owner.submit("/assemblies/vote", &[("code", "2222-2222-2222")]).await;
    }
    let stopped = cast.owner.submit("/assemblies/vote", &[("code", "2222-2222-2222")]).await;
    assert!(stopped.body.contains("试的次数太多"), "{}", stopped.body);
    // Whoever has the right one is not kept out by others' tries.
    let code = cast.code(id, "1幢", "1幢101").await;
    assert_eq!(cast.cast(&code.to_lowercase().replace('-', " "), "yes").await.status, 200);
}

async fn a_new_letter_ends_the_one_before(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let old = cast.code(id, "2幢", "2幢101").await;
    let to = format!("/assemblies/decisions/{id}/letters/again");
    assert_eq!(cast.committee.submit(&to, &[("unit", "2幢101")]).await.status, 403);
    let page = cast.neighborhood.submit(&to, &[("unit", "2幢101")]).await;
    let fresh = page.body.split("code-big\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    assert_ne!(fresh, old);
    let before = house.rows().await;
    let answer = cast.cast(&old, "yes").await;
    assert!(answer.body.contains("没有这个表决码"), "{}", answer.body);
    let kept: Vec<String> =
        house.changed_since(&before).await.into_iter().filter(|it| it.starts_with("assemblies")).collect();
    assert_eq!(kept, Vec::<String>::new());
    assert_eq!(cast.cast(&fresh, "yes").await.status, 200);
}

async fn paper_counts_when_two_people_read_the_same(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let to = format!("/assemblies/decisions/{id}/sheets");
    let sheet = |choice: &'static str| {
        [
            ("number", "0003"),
            ("unit", "1幢201"),
            ("received_on", "2024-09-13"),
            ("received_at", "10:00"),
            ("item-1", choice),
        ]
    };
    done(cast.committee.submit(&to, &sheet("yes")).await);
    assert_eq!(effective(&house).await, 0);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&to, &sheet("yes")).await, "第二遍应由另一个人录入")
        .await;
    // What was typed first is shown to nobody.
    let page = cast.neighborhood.get(&to).await;
    assert!(page.body.contains("0003") && !page.body.contains("1幢201"), "{}", page.body);
    let differs = cast.neighborhood.submit(&to, &sheet("no")).await;
    // A warning, not a green word: somebody has to look at the paper again.
    assert!(differs.said().starts_with("!两遍的"), "{}", differs.said());
    assert_eq!((differs.status.as_u16(), effective(&house).await), (303, 0));
    done(cast.neighborhood.submit(&to, &sheet("yes")).await);
    done(cast.committee.submit(&to, &sheet("yes")).await);
    assert_eq!(effective(&house).await, 1);
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&to, &sheet("yes")).await, "已经两次录入一致").await;
    let stray = [
        ("number", "8"),
        ("unit", "9幢9"),
        ("received_on", "2024-09-13"),
        ("received_at", "10:00"),
        ("item-1", "yes"),
    ];
    refused(&house, &before, &cast.committee.submit(&to, &stray).await, "名册里没有“9幢9”").await;
    let late = [
        ("number", "0003"),
        ("unit", "1幢201"),
        ("received_on", "2024-09-12"),
        ("received_at", "10:00"),
        ("item-1", "yes"),
    ];
    refused(&house, &before, &cast.committee.submit(&to, &late).await, "收到时间不在投票期内").await;
    let later: Vec<_> = late
        .iter()
        .map(|it| if it.0 == "received_on" { ("received_on", "2024-09-14") } else { *it })
        .collect();
    refused(&house, &before, &cast.committee.submit(&to, &later).await, "收到时间晚于现在").await;
    // Every sheet is printed for one unit: the number of another's is not taken for this one.
    for number in ["0001", "9999", "三"] {
        let swapped: Vec<_> =
            sheet("yes").iter().map(|it| if it.0 == "number" { ("number", number) } else { *it }).collect();
        let answer = cast.committee.submit(&to, &swapped).await;
        refused(&house, &before, &answer, "1幢201的表决票编号是0003").await;
    }
}

async fn a_sheet_more_than_the_box_held_is_not_taken(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    done(cast.paper(id, "1", "1幢101", "yes", "2024-09-13").await);
    cast.sealed(&house, id, "1").await;
    let to = format!("/assemblies/decisions/{id}/sheets");
    let second = [
        ("number", "2"),
        ("unit", "1幢102"),
        ("received_on", "2024-09-20"),
        ("received_at", "10:00"),
        ("item-1", "yes"),
    ];
    done(cast.committee.submit(&to, &second).await);
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.submit(&to, &second).await, "多于封票清点的1张").await;
    let count = cast.committee.submit(&format!("/assemblies/decisions/{id}/count"), &[]).await;
    refused(&house, &before, &count, "还有1张纸质表决票没有录入两遍").await;
    // Not a dead end: the sheet is made void with its reason, or the box is counted again, never to less than was entered.
    let fewer = [("building", "1幢"), ("sheets", "0"), ("building", "2幢"), ("sheets", "0")];
    let seal = format!("/assemblies/decisions/{id}/seal");
    refused(&house, &before, &cast.committee.submit(&seal, &fewer).await, "多于封票清点的0张").await;
    done(cast.committee.submit(&format!("{to}/void"), &[("number", "2"), ("reason", "不在票箱内")]).await);
    // Counted again by somebody else than the first time, with a reason that everybody reads beside both numbers.
    let more = [
        ("building", "1幢"),
        ("sheets", "2"),
        ("building", "2幢"),
        ("sheets", "0"),
        ("again", "1幢票箱夹层漏点1张"),
    ];
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&seal, &more).await, "重新清点要由另一个人登记").await;
    refused(&house, &before, &cast.neighborhood.submit(&seal, &more[..4]).await, "请写明重新清点的理由")
        .await;
    done(cast.neighborhood.submit(&seal, &more).await);
    done(cast.paper(id, "2", "1幢102", "yes", "2024-09-20").await);
    cast.counted(id).await;
    for page in [format!("/assemblies/posted/{id}"), format!("/assemblies/posted/{id}/log")] {
        let told = house.as_stranger().get(&page).await.body;
        assert!(
            told.contains("清点1张") && told.contains("重新清点2张，理由：1幢票箱夹层漏点1张"),
            "{page}: {told}"
        );
    }
}

/// Letters and deliveries belong to the time when owners are called: after the close nobody is made "reached".
async fn letters_end_with_the_vote(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("silent_clause", "议事规则第21条")]).await;
    cast.at(&house, "2024-09-20T16:00:00Z").await;
    let before = house.rows().await;
    let deliver = [("building", "1幢"), ("unit", "1幢101"), ("what", "posted")];
    for (verb, fields) in [
        ("canvass", &deliver[..]),
        ("letters", &[("building", "1幢")][..]),
        ("letters/again", &[("unit", "1幢101")][..]),
    ] {
        let answer = cast.neighborhood.submit(&format!("/assemblies/decisions/{id}/{verb}"), fields).await;
        refused(&house, &before, &answer, "投票已经截止").await;
    }
}

async fn paper_goes_before_online_when_it_was_declared(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "2幢", "2幢101").await;
    assert_eq!(cast.cast(&code, "yes").await.status, 200);
    done(cast.paper(id, "4", "2幢101", "no", "2024-09-13").await);
    let before = house.rows().await;
    refused(&house, &before, &cast.cast(&code, "yes").await, "以纸质票为准").await;
    assert_eq!(house.count("select count(*) as n from assemblies_ballots").await, 2);
    assert_eq!(
        house.count("select count(*) as n from assemblies_effective where channel = 'paper'").await,
        1
    );
}

async fn one_effective_ballot_per_unit_whatever_races(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("precedence", "latest")]).await;
    let code = cast.code(id, "1幢", "1幢201").await;
    let mut racing = vec![];
    for n in 0..12 {
        let (cast, code) = (cast.clone(), code.clone());
        let choice = ["yes", "no", "abstain"][n % 3];
        racing.push(tokio::spawn(async move { cast.cast(&code, choice).await.status.as_u16() }));
    }
    let mut taken = 0;
    for it in racing {
        taken += i32::from(it.await.unwrap() == 200);
    }
    assert_eq!(taken, 1);
    assert_eq!(house.count("select count(*) as n from assemblies_ballots").await, 1);
    assert_eq!(effective(&house).await, 1);
    // The log has no gap.
    assert_eq!(house.count("select max(n) + 1 - count(*) as n from assemblies_log").await, 0);
}

async fn three_channels_at_once_leave_one_effective_ballot(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("precedence", "paper")]).await;
    let code = cast.code(id, "2幢", "2幢101").await;
    let proxy = crate::mandates::registered(&cast, id, "2幢101").await;
    // The first reading lies there; the second, the owner's ballot and the proxy's come at once.
    let fields = [
        ("number", "4"),
        ("unit", "2幢101"),
        ("received_on", "2024-09-13"),
        ("received_at", "10:00"),
        ("item-1", "no"),
    ];
    let sheets = format!("/assemblies/decisions/{id}/sheets");
    done(cast.committee.submit(&sheets, &fields).await);
    let mut racing = vec![];
    for n in 0..9 {
        let (cast, code, proxy, sheets) = (cast.clone(), code.clone(), proxy.clone(), sheets.clone());
        racing.push(tokio::spawn(async move {
            match n % 3 {
                0 => cast.cast(&code, "yes").await.status.as_u16(),
                1 => cast.cast(&proxy, "abstain").await.status.as_u16(),
                _ => cast.neighborhood.submit(&sheets, &fields).await.status.as_u16(),
            }
        }));
    }
    for it in racing {
        it.await.unwrap();
    }
    let paper = "select count(*) as n from assemblies_effective where channel = 'paper' and proxy = 0";
    assert_eq!((effective(&house).await, house.count(paper).await), (1, 1), "paper goes first, and once");
    assert_eq!(house.count("select max(n) + 1 - count(*) as n from assemblies_log").await, 0);
    cast.at(&house, "2024-09-21T01:00:00Z").await;
    let boxes = [("building", "1幢"), ("sheets", "0"), ("building", "2幢"), ("sheets", "1")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/seal"), &boxes).await);
    cast.counted(id).await;
    let record = cast.observer.submit(&format!("/assemblies/decisions/{id}/record"), &[]).await.bytes;
    assert_eq!(assemblies::verify_record(&record, None).unwrap().effective, 1);
}

async fn nobody_votes_after_the_close_however_the_clock_jumps(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[("revote", "yes")]).await;
    let mut codes = vec![];
    for (building, unit) in [("1幢", "1幢101"), ("1幢", "1幢201"), ("2幢", "2幢101"), ("2幢", "2幢102")]
    {
        codes.push(cast.code(id, building, unit).await);
    }
    house.it_is("2024-09-20T15:59:59Z");
    let mut voting = vec![];
    for n in 0..40 {
        let (cast, code) = (cast.clone(), codes[n % codes.len()].clone());
        voting.push(tokio::spawn(async move {
            let mut taken = 0;
            for choice in ["yes", "no", "yes"] {
                let answer = cast.cast(&code, choice).await;
                taken += i64::from(answer.body.contains("投票成功"));
            }
            taken
        }));
    }
    // Over the close and back, by a second, an hour, four hundred days.
    for now in [
        "2024-09-20T16:00:00Z",
        "2024-09-20T15:59:58Z",
        "2025-10-25T16:00:00Z",
        "2024-09-20T15:00:00Z",
        "2024-09-20T16:00:01Z",
    ] {
        tokio::time::sleep(std::time::Duration::from_millis(40)).await;
        house.it_is(now);
    }
    let mut taken = 0;
    for it in voting {
        taken += it.await.unwrap();
    }
    // The first letter votes for both of its owner's units.
    let ballots = house
        .count("select count(*) as n from assemblies_ballots where unit <> '1幢102' and unit <> '2幢201'")
        .await;
    assert_eq!(ballots, taken, "every ballot that was acknowledged is there, and no other");
    // 2024-09-20T16:00:00Z, the close, in microseconds.
    let late = "select count(*) as n from assemblies_ballots where at >= 1726848000000000";
    assert_eq!(house.count(late).await, 0);
    assert!(0 < taken);
    assert!(cast.cast(&codes[0], "no").await.body.contains("截止"), "it is closed now");
}

async fn doors_are_called_at_and_the_quorum_is_told(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let to = format!("/assemblies/decisions/{id}/canvass");
    let before = house.rows().await;
    let nothing = cast.committee.submit(&to, &[("building", "1幢"), ("what", "door")]).await;
    refused(&house, &before, &nothing, "请先勾选房屋").await;
    let fields = [("building", "1幢"), ("unit", "1幢101"), ("unit", "1幢102"), ("what", "door")];
    done(cast.committee.submit(&to, &fields).await);
    cast.cast(&cast.code(id, "1幢", "1幢101").await, "yes").await;
    let page = cast.neighborhood.get(&format!("{to}?building=1幢")).await;
    let papers = cast.committee.get(&format!("/assemblies/decisions/{id}/papers?building=2幢")).await;
    assert!(papers.body.contains("0004") && papers.body.contains("□ 同意"), "{}", papers.body);
    assert!(!papers.body.contains("赵"), "no name is on the paper");
    assert_eq!(
        cast.company.get(&format!("/assemblies/decisions/{id}/papers?building=2幢")).await.status,
        403
    );
    for words in ["已投（网上）", "未送达", "还差 66.667 m²", "还差 2 人", "张*"] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(!page.body.contains("同意"), "a choice is shown");
}
