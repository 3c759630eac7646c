//! Objections: who is told, until when they are answered, who answers in the street's stead; and who sees which names on a roll.

use testkit::{House, on_both_stores};

use crate::story::{Cast, done, refused};

on_both_stores!(
    crate::story::house;
    an_objection_left_lying_is_answered_by_the_county_and_holds_nothing_up,
    what_was_withdrawn_waits_for_nobody,
    the_branch_speaks_before_the_neighborhood,
    owners_see_masked_names_on_the_roll_and_strangers_none,
    a_committee_is_not_elected_by_a_yes_or_no,
);

// covers: FX-031
async fn an_objection_left_lying_is_answered_by_the_county_and_holds_nothing_up(house: House) {
    let mut cast = Cast::of(&house).await;
    let roll = cast.propose().await;
    let objection = [("body", "1幢201面积不对"), ("contact", "李乙")];
    done(cast.owner.submit(&format!("/assemblies/posted/{roll}/objections"), &objection).await);
    // The street is told at once, with the day, and has it among what is due.
    let told = cast.street.get("/messages").await.body;
    assert!(told.contains("收到对业主名册的异议，请在2024-08-27前答复"), "{told}");
    let page = format!("/assemblies/rolls/{roll}");
    let shown = cast.street.get(&page).await.body;
    assert!(shown.contains("请在2024-08-27前答复") && shown.contains("异议不成立"), "{shown}");
    let n = shown.split("/objections/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let to = format!("{page}/objections/{n}");
    let answer = [("outcome", "dismissed"), ("answer", "不动产登记为80.5平方米")];
    cast.at(&house, "2024-08-27T15:59:00Z").await;
    let before = house.rows().await;
    assert_eq!(cast.county.submit(&to, &answer).await.status, 403, "the street still has its time");
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let shown = cast.county.get(&page).await.body;
    assert!(!shown.contains("异议不成立") && !shown.contains("联系："), "{shown}");
    assert!(cast.street.get(&page).await.body.contains("联系：李乙"));
    cast.at(&house, "2024-08-27T16:00:00Z").await;
    for (who, status) in [(&cast.neighborhood, 403), (&cast.committee, 403), (&cast.next_street, 404)] {
        assert_eq!(who.submit(&to, &answer).await.status, status);
    }
    let shown = cast.county.get(&page).await.body;
    assert!(
        shown.contains("已逾期") && shown.contains("异议不成立") && shown.contains("联系：李乙"),
        "{shown}"
    );
    // Both have it among what is due, from the day it is theirs.
    for who in [&cast.county, &cast.street] {
        let titles = due(&house, &cast, who).await;
        assert!(titles.iter().any(|it| it.starts_with("答复对业主名册的异议")), "{titles:?}");
    }
    let before = house.rows().await;
    refused(&house, &before, &cast.street.submit(&format!("{page}/freeze"), &[]).await, "没有答复").await;
    done(cast.county.submit(&to, &answer).await);
    cast.at(&house, "2024-08-28T01:00:00Z").await;
    done(cast.street.submit(&format!("{page}/freeze"), &[]).await);
}

async fn what_was_withdrawn_waits_for_nobody(house: House) {
    let cast = Cast::of(&house).await;
    let roll = cast.propose().await;
    let objection = [("body", "1幢201面积不对"), ("contact", "李乙")];
    done(cast.owner.submit(&format!("/assemblies/posted/{roll}/objections"), &objection).await);
    let waits = async |cast: &Cast| {
        let titles = due(&house, cast, &cast.street).await;
        titles.iter().any(|it| it.starts_with("答复对业主名册的异议"))
    };
    assert!(waits(&cast).await);
    let withdraw = format!("/assemblies/rolls/{roll}/withdraw");
    done(cast.committee.submit(&withdraw, &[("reason", "面积有误，重新核对后再公示")]).await);
    assert!(!waits(&cast).await);
}

/// What the agenda of the county or the street says.
async fn due(house: &House, cast: &Cast, who: &testkit::Browser) -> Vec<String> {
    let (role, scope) = match who.person == cast.county.person {
        true => (kernel::Role::CountyBureau, kernel::Scope::County(kernel::Tenant::from_number(1))),
        false => (kernel::Role::Subdistrict, street_of(house, cast).await),
    };
    let app = house.app.clone();
    let hat = kernel::Hat { grant: 0, role, scope };
    let ctx = app.ctx(kernel::Actor { user: who.person, hat }, None);
    let due = house.app.store.read(ctx, move |tx| assemblies::agenda(&app, tx)).await.unwrap();
    due.into_iter().map(|it| it.title).collect()
}

async fn street_of(house: &House, cast: &Cast) -> kernel::Scope {
    let community = cast.community;
    let street =
        house.given(move |tx| Ok(registry::communities::load(tx, community.into())?.place.subdistrict));
    kernel::Scope::Subdistrict(street.await)
}

// covers: SC-036
async fn the_branch_speaks_before_the_neighborhood(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let id = cast.draft(&[]).await;
    let at = |verb: &str| format!("/assemblies/decisions/{id}/{verb}");
    done(cast.committee.submit(&at("ask"), &[]).await);
    let said = |body| [("body", body), ("opinion", "agree"), ("words", "会议研究同意"), ("version", "2")];
    let before = house.rows().await;
    let early = cast.neighborhood.submit(&at("reviews"), &said("neighborhood")).await;
    refused(&house, &before, &early, "先由小区党支部提出初步意见").await;
    // The street's look at the law waits for nobody.
    done(cast.street.submit(&at("reviews"), &said("legality")).await);
    done(cast.branch.submit(&at("reviews"), &said("branch")).await);
    done(cast.neighborhood.submit(&at("reviews"), &said("neighborhood")).await);
}

async fn owners_see_masked_names_on_the_roll_and_strangers_none(house: House) {
    let cast = Cast::of(&house).await;
    let roll = cast.propose().await;
    let page = format!("/assemblies/posted/{roll}");
    let owner_of = async |community| {
        let scope = kernel::Scope::Community(community);
        house.as_somebody(&format!("业主{community}"), kernel::Role::Owner, scope).await
    };
    let own = owner_of(cast.community).await.get(&page).await.body;
    assert!(own.contains("李*、王*") && own.contains("建设单位") && !own.contains("李乙"), "{own}");
    for other in [owner_of(cast.community + 1).await, house.as_stranger(), cast.company.clone()] {
        let shown = other.get(&page).await.body;
        assert!(shown.contains("1幢201") && !shown.contains("李*"), "{shown}");
    }
}

async fn a_committee_is_not_elected_by_a_yes_or_no(house: House) {
    let mut cast = Cast::of(&house).await;
    cast.frozen(&house).await;
    let to = format!("/assemblies/communities/{}/decisions", cast.community);
    let drafted = |item: &'static str, options: &'static str| {
        [
            ("title", "临时会议"),
            ("precedence", "paper"),
            ("matter", "3"),
            ("item", item),
            ("summary", "见附件"),
            ("options", options),
            ("seats", ""),
        ]
    };
    for (item, options) in [("选举王坏坏为业委会委员", ""), ("选谁", "钱一一\n孙二二")] {
        let before = house.rows().await;
        let answer = cast.committee.submit(&to, &drafted(item, options)).await;
        refused(&house, &before, &answer, "选举请每行写一名候选人并填席位数").await;
        assert!(answer.body.contains(item), "what was typed is kept");
    }
    // Somebody may be taken from the committee, but only who sits there.
    let before = house.rows().await;
    let stranger = cast.committee.submit(&to, &drafted("罢免委员石秀云", "")).await;
    refused(&house, &before, &stranger, "更换请写“罢免”和现任委员的姓名").await;
    let days = [("opens_on", "2024-09-13"), ("closes_on", "2024-09-20")];
    let named = crate::committees::form("2024-02-01", "2027-01-31", 5);
    let committees = format!("/assemblies/communities/{}/committees", cast.community);
    done(cast.street.submit(&committees, &named).await);
    let id = done(cast.committee.submit(&to, &drafted("罢免石秀云的委员职务", "")).await).id();
    cast.reviewed(id).await;
    done(cast.committee.submit(&format!("/assemblies/decisions/{id}/notice"), &days).await);
}
