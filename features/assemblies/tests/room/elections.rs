//! From an election to the committee it elected, and how many communities have one at all.

use testkit::{House, on_both_stores};

use crate::{
    committees::{form, registered},
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    a_candidate_stands_back_from_the_ballots,
    whoever_was_elected_is_registered_and_nobody_else,
    of_equal_votes_no_more_sit_than_there_are_seats,
    nobody_is_registered_while_those_who_will_sit_are_being_elected,
    a_vacant_seat_goes_to_whoever_a_by_election_elected,
    what_is_posted_is_there_for_programs_and_names_nobody,
);

const NAMES: &str = "林正华\n石秀云\n方志远\n何家宝\n罗玉兰\n周立群";

/// Candidates for five seats, voted on by three homes, sealed and counted.
async fn counted(cast: &mut Cast, house: &House, names: &str, unwanted: usize) -> i64 {
    counted_for(cast, house, names, unwanted, "5").await
}

/// The same for so many seats.
async fn counted_for(cast: &mut Cast, house: &House, names: &str, unwanted: usize, seats: &str) -> i64 {
    let election = [
        ("title", "业主大会选举"),
        ("precedence", "paper"),
        ("matter", "3"),
        ("item", "选举业委会委员"),
        ("summary", "换届"),
        ("options", names),
        ("seats", seats),
    ];
    cast.frozen(house).await;
    let to = format!("/assemblies/communities/{}/decisions", cast.community);
    let id = done(cast.committee.submit(&to, &election).await).id();
    cast.reviewed(id).await;
    let notice = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &notice).await);
    cast.at(house, "2024-09-13T02:00:00Z").await;
    for (building, unit) in [("1幢", "1幢101"), ("1幢", "1幢201"), ("2幢", "2幢101")] {
        let code = cast.code(id, building, unit).await;
        let mut fields = vec![("code".to_owned(), code)];
        for n in 1..=names.lines().count() {
            // Everybody wants everybody, but the smallest home one of them not.
            let no = n == unwanted && unit == "2幢101";
            fields.push((format!("item-1-{n}"), if no { "no" } else { "yes" }.to_owned()));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        assert_eq!(cast.owner.submit("/assemblies/vote/cast", &fields).await.status, 200);
    }
    cast.sealed(house, id, "0").await;
    cast.counted(id).await;
    id
}

async fn a_vacant_seat_goes_to_whoever_a_by_election_elected(house: House) {
    let mut cast = Cast::of(&house).await;
    let committee = registered(&cast).await;
    let (at, fill) =
        (format!("/assemblies/committees/{committee}"), format!("/assemblies/committees/{committee}/fill"));
    assert!(!cast.street.get(&at).await.body.contains("补选"), "every seat is taken");
    let gone = [("member", "4"), ("left_on", "2024-05-01"), ("reason", "不再是业主")];
    done(cast.street.submit(&format!("{at}/leave"), &gone).await);
    let page = cast.street.get(&at).await.body;
    assert!(page.contains("补选（空缺1席）") && page.contains("还没有可以登记的补选结果"), "{page}");
    let id = counted_for(&mut cast, &house, "周立群\n王大力", 2, "1").await;
    let election = id.to_string();
    let of = |name: &'static str| [("election", election.as_str()), ("name", name), ("origin", "owner")];
    assert_eq!(cast.street.submit(&fill, &of("周立群")).await.status, 404, "not before it is final");
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/finalize"), &[]).await);
    // So few seats elect no new committee.
    let page = cast.neighborhood.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(!page.contains("登记当选的业委会"), "{page}");
    let page = cast.neighborhood.get(&at).await.body;
    assert!(page.contains("登记周立群为委员") && !page.contains("登记王大力为委员"), "{page}");
    let before = house.rows().await;
    for (who, status) in [(&cast.committee, 403), (&cast.county, 403), (&cast.next_committee, 404)] {
        assert_eq!(who.submit(&fill, &of("周立群")).await.status, status);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let before = house.rows().await;
    for name in ["王大力", "钱多多"] {
        let answer = cast.neighborhood.submit(&fill, &of(name)).await;
        refused(&house, &before, &answer, &format!("{name}没有在这次补选中当选")).await;
    }
    done(cast.neighborhood.submit(&fill, &of("周立群")).await);
    let page = cast.neighborhood.get(&at).await.body;
    assert!(page.contains("周立群") && !page.contains("补选（空缺"), "{page}");
    let before = house.rows().await;
    refused(&house, &before, &cast.neighborhood.submit(&fill, &of("周立群")).await, "现在没有空缺的席位")
        .await;
    // A change of what was filed is reported within thirty days, as when somebody leaves.
    let page = cast.street.get(&at).await.body;
    assert!(page.contains("2024-09-21委员变更") && page.contains("2024-09-21补选"), "{page}");
    assert_eq!(
        house.count("select count(*) as n from store_audit where event = 'assemblies.seat_filled'").await,
        1
    );
}

async fn a_candidate_stands_back_from_the_ballots(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = counted(&mut cast, &house, NAMES, 6).await;
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    let own = kernel::Scope::Community(cast.community);
    let candidate = house.as_somebody("林正华", kernel::Role::OwnersCommittee, own).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    let before = house.rows().await;
    for verb in ["finalize", "count", "seal"] {
        refused(&house, &before, &candidate.submit(&at(verb), &[]).await, "您是这次选举的候选人").await;
    }
    let sheet =
        [("number", "0001"), ("unit", "1幢101"), ("received_on", "2024-09-14"), ("received_at", "09:00")];
    let choices: Vec<_> = (1..=6).map(|n| (format!("item-1-{n}"), "yes".to_owned())).collect();
    let sheet: Vec<(&str, &str)> =
        sheet.into_iter().chain(choices.iter().map(|it| (it.0.as_str(), it.1.as_str()))).collect();
    refused(&house, &before, &candidate.submit(&at("sheets"), &sheet).await, "应当回避").await;
    done(cast.committee.submit(&at("finalize"), &[]).await);
}

// covers: LA-037
async fn whoever_was_elected_is_registered_and_nobody_else(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = counted(&mut cast, &house, NAMES, 6).await;
    let blank = format!("/assemblies/communities/{}/committees/new?election={id}", cast.community);
    assert_eq!(cast.neighborhood.get(&blank).await.status, 404, "not before it is final");
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/finalize"), &[]).await);
    let page = cast.neighborhood.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(page.contains("登记当选的业委会") && page.contains(&format!("election={id}")), "{page}");
    assert!(
        !cast.committee.get(&format!("/assemblies/decisions/{id}")).await.body.contains("登记当选的业委会")
    );
    assert_eq!(cast.committee.get(&blank).await.status, 403);
    let form = cast.neighborhood.get(&blank).await.body;
    assert!(form.contains("已按选举的最终结果填入") && form.contains("value=\"2024-09-21\""), "{form}");
    assert!(form.contains("业主大会选举，第1版结果，2024-09-21公示"), "{form}");
    // What was posted stands in the order of the votes, with what came of each.
    let posted = cast.owner.get(&format!("/assemblies/posted/{id}")).await.body;
    let table = posted.split("候选人得票").nth(1).and_then(|it| it.split("</table>").next()).unwrap();
    let rows: Vec<&str> = table.split("<tr>").skip(2).collect();
    assert!(rows[0].contains("<td class=\"n\">1</td><td>林正华</td>") && rows[0].contains("当选"), "{table}");
    assert!(rows.last().unwrap().contains("周立群"), "{table}");
    let at = |name: &str| form.find(&format!("value=\"{name}\"")).unwrap_or_else(|| panic!("{name}: {form}"));
    assert!(at("林正华") < at("罗玉兰") && at("罗玉兰") < at("周立群"), "in the order of the votes");
    // The community's other election has another address, and a decision that elected nobody has none.
    let elsewhere = blank.replace(&cast.community.to_string(), &(cast.community + 1).to_string());
    assert_eq!(cast.neighborhood.get(&elsewhere).await.status, 404);
    let to = format!("/assemblies/communities/{}/committees", cast.community);
    let id = id.to_string();
    let register = |names: [(&'static str, &'static str); 6]| {
        let mut fields = vec![
            ("election", id.as_str()),
            ("kind", "owners"),
            ("elected_on", "2024-09-21"),
            ("term_ends_on", "2029-09-20"),
            ("basis", "街道备案〔2024〕3号"),
        ];
        for (name, post) in names {
            fields.extend([("name", name), ("post", post), ("party", "no"), ("origin", "owner")]);
        }
        fields
    };
    let right = [
        ("林正华", "chair"),
        ("石秀云", "deputy"),
        ("方志远", "member"),
        ("何家宝", "member"),
        ("罗玉兰", "member"),
        ("周立群", "reserve"),
    ];
    let before = house.rows().await;
    let with = |at: usize, it: (&'static str, &'static str)| {
        let mut names = right;
        names[at] = it;
        register(names)
    };
    for (fields, words) in [
        (with(4, ("王大力", "member")), "王大力没有当选，请按选举结果填写"),
        (with(5, ("王大力", "reserve")), "王大力不在候补名单里"),
    ] {
        let answer = cast.neighborhood.submit(&to, &fields).await;
        assert!(
            answer.body.contains("林正华") && answer.body.contains("name=\"election\""),
            "{}",
            answer.body
        );
        refused(&house, &before, &answer, words).await;
    }
    let mut swapped = right;
    (swapped[4].1, swapped[5].1) = ("reserve", "member");
    let answer = cast.neighborhood.submit(&to, &register(swapped)).await;
    refused(&house, &before, &answer, "周立群是候补，请把职务选为候补").await;
    let management: Vec<_> = with(5, ("周立群", "member"))
        .into_iter()
        .chain([("name", "王大力"), ("post", "member"), ("party", "no"), ("origin", "owner")])
        .map(|it| match it.0 {
            "kind" => ("kind", "management"),
            "term_ends_on" => ("term_ends_on", "2027-09-20"),
            _ => it,
        })
        .collect();
    let answer = cast.neighborhood.submit(&to, &management).await;
    refused(&house, &before, &answer, "选举产生的是业主委员会").await;
    let appointed = with(4, ("王大力", "member"));
    let appointed: Vec<_> =
        appointed.into_iter().map(|it| if it.0 == "origin" { ("origin", "appointed") } else { it }).collect();
    refused(&house, &before, &cast.neighborhood.submit(&to, &appointed).await, "王大力没有当选").await;
    // The plain form does not lead around an election.
    let plain: Vec<_> = register(right).into_iter().filter(|it| it.0 != "election").collect();
    refused(&house, &before, &cast.street.submit(&to, &plain).await, "从那次表决的").await;
    // Nor does a management committee, put together by whoever is no street, end the term that was elected.
    let managed: Vec<_> =
        plain.iter().map(|it| if it.0 == "kind" { ("kind", "management") } else { *it }).collect();
    assert_eq!(cast.neighborhood.submit(&to, &managed).await.status, 403);
    let made = done(cast.neighborhood.submit(&to, &register(right)).await).id();
    assert!(
        !cast
            .neighborhood
            .get(&format!("/assemblies/decisions/{id}"))
            .await
            .body
            .contains("登记当选的业委会")
    );
    let page = cast.neighborhood.get(&format!("/assemblies/committees/{made}")).await.body;
    assert!(page.contains("周立群") && page.contains("候补"), "{page}");
}

async fn of_equal_votes_no_more_sit_than_there_are_seats(house: House) {
    let mut cast = Cast::of(&house).await;
    // Seven with the same votes for five seats, and one behind them.
    let names = format!("{NAMES}\n江德明\n万秀珍");
    let id = counted(&mut cast, &house, &names, 8).await;
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/finalize"), &[]).await);
    let to = format!("/assemblies/communities/{}/committees", cast.community);
    let id = id.to_string();
    let register = |last: &[(&'static str, &'static str)]| {
        let mut fields = vec![
            ("election", id.as_str()),
            ("kind", "owners"),
            ("elected_on", "2024-09-21"),
            ("term_ends_on", "2029-09-20"),
            ("basis", "街道备案〔2024〕3号"),
        ];
        let first = [("林正华", "chair"), ("石秀云", "deputy"), ("方志远", "member"), ("何家宝", "member")];
        for (name, post) in first.iter().chain(last) {
            fields.extend([("name", *name), ("post", *post), ("party", "no"), ("origin", "owner")]);
        }
        fields
    };
    let before = house.rows().await;
    let all = [("罗玉兰", "member"), ("周立群", "member"), ("江德明", "member")];
    let answer = cast.neighborhood.submit(&to, &register(&all)).await;
    refused(&house, &before, &answer, "这次选举的席位是5个，现在填了7名委员").await;
    let answer = cast.neighborhood.submit(&to, &register(&[("万秀珍", "member")])).await;
    refused(&house, &before, &answer, "万秀珍是候补，请把职务选为候补").await;
    // People have settled it: any of the equal five sit, the others wait.
    let settled = [("江德明", "member"), ("罗玉兰", "reserve"), ("周立群", "reserve"), ("万秀珍", "reserve")];
    done(cast.neighborhood.submit(&to, &register(&settled)).await);
}

async fn nobody_is_registered_while_those_who_will_sit_are_being_elected(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = counted(&mut cast, &house, NAMES, 6).await;
    let to = format!("/assemblies/communities/{}/committees", cast.community);
    let before = house.rows().await;
    // The result is posted and not final, whatever day since the first of voting is typed.
    for elected in ["2024-09-13", "2024-09-20"] {
        let answer = cast.street.submit(&to, &form(elected, "2027-09-12", 5)).await;
        refused(&house, &before, &answer, "“业主大会选举”正在进行").await;
    }
    cast.at(&house, "2024-09-30T01:00:00Z").await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/finalize"), &[]).await);
    let before = house.rows().await;
    let answer = cast.street.submit(&to, &form("2024-09-21", "2027-09-20", 5)).await;
    refused(&house, &before, &answer, "请从那次表决的“登记当选的业委会”登记").await;
    let page = cast.neighborhood.get(&format!("/assemblies/decisions/{id}")).await.body;
    assert!(page.contains("登记当选的业委会"), "{page}");
}

async fn what_is_posted_is_there_for_programs_and_names_nobody(house: House) {
    let mut cast = Cast::of(&house).await;
    let id = cast.open(&house, &[]).await;
    let code = cast.code(id, "1幢", "1幢101").await;
    cast.cast(&code, "yes").await;
    let read = async |path: &str| -> serde_json::Value {
        let answer = house.as_stranger().get(path).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.body.contains("张甲"), "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    };
    let board = read(&format!("/api/v1/assemblies/posted?community={}", cast.community)).await;
    assert_eq!(board["decisions"][0]["id"], id.to_string());
    let one = format!("/api/v1/assemblies/posted/{id}");
    let open = read(&one).await;
    assert_eq!(
        (&open["turnout"]["units"], &open["turnout"]["units_total"], &open["turnout"]["area"]),
        (&2.into(), &6.into(), &"200.000".into())
    );
    assert_eq!(open["results"], serde_json::json!([]));
    cast.sealed(&house, id, "0").await;
    cast.counted(id).await;
    let counted = read(&one).await;
    assert_eq!(counted["turnout"], serde_json::Value::Null);
    let result = &counted["results"][0]["items"][0];
    assert_eq!(result["verdict"], "未通过");
    assert_eq!(result["counts"][0]["comparisons"][0]["met"], false);
    assert!(counted["checkpoint"]["leaves"].as_i64().unwrap() > 4);
    for missing in ["/api/v1/assemblies/posted?community=9", "/api/v1/assemblies/posted/9"] {
        assert_eq!(house.as_stranger().get(missing).await.status, 404, "{missing}");
    }
    // A draft is nobody's.
    let draft = cast.draft(&[]).await;
    let draft = house.as_stranger().get(&format!("/api/v1/assemblies/posted/{draft}")).await;
    assert_eq!(draft.status, 404);
}
