//! 到会: who signed in at the meeting is counted apart, in the grid, and is no vote; whoever objects is told of the answer.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    who_came_to_the_meeting_is_counted_and_has_not_voted,
    an_owner_who_objected_is_told_of_the_answer,
    a_notice_goes_to_the_owners_phones_when_that_was_ticked,
);

/// The table of ways: label, units, heads, area of each line.
fn ways(page: &str) -> Vec<String> {
    let table = page.split("按投票方式").nth(1).unwrap().split("</table>").next().unwrap();
    let words = |cell: &str| {
        let parts = cell.split('<').map(|it| it.split_once('>').map_or(it, |it| it.1));
        parts.collect::<String>()
    };
    let line = |row: &str| row.split("</td>").map(words).collect::<Vec<_>>().join(" ").trim_end().to_owned();
    table.split("<tr>").skip(2).map(line).collect()
}

async fn who_came_to_the_meeting_is_counted_and_has_not_voted(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let to = format!("/assemblies/decisions/{id}/canvass");
    let effective = "select count(*) as n from assemblies_effective";
    let came = [
        ("building", "1幢"),
        ("unit", "1幢101"),
        ("unit", "1幢102"),
        ("unit", "1幢201"),
        ("what", "present"),
    ];
    // Signing in is for those who call at doors.
    for (who, status) in [(&cast.company, 403), (&cast.next_committee, 404)] {
        let before = house.rows().await;
        assert_eq!(who.submit(&to, &came).await.status, status);
        assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    }
    done(cast.committee.submit(&to, &came).await);
    assert_eq!(house.count(effective).await, 0, "coming is no vote");
    let page = cast.neighborhood.get(&format!("{to}?building=1幢")).await.body;
    assert_eq!(page.matches("已联系　到会").count(), 3, "{page}");
    let told = ways(&page);
    assert!(told.contains(&"到会签到 3 2 280.500".to_owned()), "{told:?}");
    assert!(told.contains(&"　其中还没有投票 3 2 280.500".to_owned()), "{told:?}");
    assert!(told.contains(&"合计 0 0 0.000".to_owned()), "{told:?}");
    // A mistake is taken back; on paper the one who came is told from the one who did not.
    let away = [("building", "1幢"), ("unit", "1幢102"), ("what", "away")];
    done(cast.committee.submit(&to, &away).await);
    done(cast.paper(id, "0003", "1幢201", "yes", "2024-09-13").await);
    done(cast.paper(id, "0004", "2幢101", "no", "2024-09-13").await);
    let told = ways(&cast.neighborhood.get(&format!("{to}?building=1幢")).await.body);
    for line in [
        "到会，业主本人交纸质票 1 1 80.500",
        "未到会，业主本人交纸质票（上门或票箱） 1 1 60.000",
        "合计 2 2 140.500",
        "到会签到 2 2 180.500",
        "　其中还没有投票 1 1 100.000",
    ] {
        assert!(told.contains(&line.to_owned()), "{line}: {told:?}");
    }
    let sheet = cast.committee.get(&format!("/assemblies/decisions/{id}/attendance?building=1幢")).await.body;
    assert_eq!(sheet.matches("已签到").count(), 2, "{sheet}");
    let door = cast.committee.get(&format!("/assemblies/decisions/{id}/visits?unit=1幢102")).await.body;
    assert!(door.contains("撤回到会签到") && door.matches("到会签到").count() > 1, "{door}");
    // The public is told how many took part, never who came.
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    assert!(!posted.contains("到会"), "{posted}");
    cast.at(&house, "2024-09-20T16:00:00Z").await;
    let before = house.rows().await;
    refused(&house, &before, &cast.committee.submit(&to, &came).await, "截止").await;
}

async fn an_owner_who_objected_is_told_of_the_answer(house: House) {
    let cast = Cast::of(&house).await;
    let (owner, other) = {
        let of = |name: &'static str| {
            let scope = kernel::Scope::Community(cast.community);
            house.as_somebody(name, kernel::Role::Owner, scope)
        };
        (of("张甲").await, of("李乙").await)
    };
    let roll = cast.propose().await;
    let objection = [("body", "1幢201面积不对"), ("contact", "李乙 13900001234")];
    done(owner.submit(&format!("/assemblies/posted/{roll}/objections"), &objection).await);
    let page = cast.street.get(&format!("/assemblies/rolls/{roll}")).await.body;
    let n = page.split("/objections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = [("outcome", "dismissed"), ("answer", "不动产登记为80.5平方米")];
    done(cast.street.submit(&format!("/assemblies/rolls/{roll}/objections/{n}"), &answer).await);
    let messages = owner.get("/messages").await.body;
    assert!(messages.contains("您对业主名册的异议已答复（不成立）"), "{messages}");
    assert!(!messages.contains("不动产登记"), "the answer itself stands on the board");
    assert!(!other.get("/messages").await.body.contains("异议已答复"));
    // One way is enough: no text goes to the phone as well.
    assert_eq!(house.count("select count(*) as n from messages_texts").await, 0);
}

async fn a_notice_goes_to_the_owners_phones_when_that_was_ticked(house: House) {
    let mut cast = Cast::of(&house).await;
    let (_, homes) = cast.resident(&house, "张甲", &["1幢101", "1幢102"]).await;
    cast.resident(&house, "赵丁", &["2幢101"]).await;
    assert_eq!(homes.len(), 2);
    let texts = "select count(*) as n from messages_texts";
    cast.noticed(&house, &[]).await;
    assert_eq!(house.count(texts).await, 0, "nobody ticked it");
    let id = cast.draft(&[("title", "第二次会议")]).await;
    cast.reviewed(id).await;
    let window = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20"), ("text", "yes")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &window).await);
    assert_eq!(house.count(texts).await, 2);
    // Of a part's vote only its owners hear, whichever of their homes lies there.
    let lift = [
        ("title", "更换2幢电梯"),
        ("precedence", "paper"),
        ("matter", "5"),
        ("item", "更换2幢电梯"),
        ("summary", ""),
        ("options", ""),
        ("seats", ""),
        ("parts", "2幢"),
    ];
    let to = format!("/assemblies/communities/{}/decisions", cast.community);
    let id = done(cast.committee.submit(&to, &lift).await).id();
    cast.reviewed(id).await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &window).await);
    assert_eq!(house.count(texts).await, 3);
    // One a phone, however many homes; the numbers stand nowhere in the open.
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("13800000000") && !rows.contains("13800000001"), "{table}");
    }
}
