//! Who watches a committee, what is audited, what members did wrong: kept by others than the committee.

use jiff::civil::{Date, date};
use kernel::{Actor, Hat, Role, Scope};
use testkit::{House, on_both_stores};

use crate::{
    committees::{registered, registered_for},
    story::{Cast, done, refused},
};

on_both_stores!(
    crate::story::house;
    supervisors_watch_a_committee_they_do_not_sit_on,
    a_special_audit_has_a_day_and_a_result_everybody_reads,
    a_members_violation_is_read_by_those_who_act_on_it,
    an_audit_of_the_committee_before_is_waited_for_and_read_under_the_next,
);

type Fields<'a> = Vec<(&'a str, &'a str)>;

fn entry<'a>(kind: &'a str, class: &'a str, name: &'a str, more: &[(&'a str, &'a str)]) -> Fields<'a> {
    let mut fields = vec![
        ("kind", kind),
        ("class", class),
        ("name", name),
        ("words", "业主反映电梯广告收入去向不清"),
        ("document", "正诚会计师事务所"),
        ("begun_on", "2024-08-20"),
        ("due_on", "2024-09-20"),
    ];
    for (name, value) in more {
        if let Some(known) = fields.iter_mut().find(|it| it.0 == *name) {
            known.1 = value;
        }
    }
    fields
}

// covers: FX-033
async fn supervisors_watch_a_committee_they_do_not_sit_on(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/committees/{}/oversight", registered(&cast).await);
    let before = house.rows().await;
    for (name, words) in [("林正华", "在任委员不能兼任监事"), ("", "请只填姓名"), ("曹1", "请只填姓名")]
    {
        let answer = cast.neighborhood.submit(&to, &entry("supervisor", "executive", name, &[])).await;
        refused(&house, &before, &answer, words).await;
    }
    let unknown = cast.neighborhood.submit(&to, &entry("supervisor", "special", "曹桂兰", &[])).await;
    refused(&house, &before, &unknown, "请选择类别").await;
    done(cast.neighborhood.submit(&to, &entry("supervisor", "executive", "曹桂兰", &[])).await);
    for (table, rows) in house.rows().await {
        assert!(!rows.contains("曹桂兰"), "{table}");
    }
    assert!(cast.committee.get(&to).await.body.contains("曹桂兰"));
    let board = format!("/assemblies/posted?community={}", cast.community);
    let posted = cast.owner.get(&board).await.body;
    assert!(posted.contains("执行监事 曹**") && !posted.contains("曹桂兰"), "{posted}");
    let left = [("n", "1"), ("closed_on", "2024-08-20"), ("result", "迁居外地")];
    done(cast.street.submit(&format!("{to}/close"), &left).await);
    assert!(!cast.owner.get(&board).await.body.contains("执行监事"));
    let before = house.rows().await;
    let again = cast.street.submit(&format!("{to}/close"), &left).await;
    refused(&house, &before, &again, "已经办结").await;
}

// covers: SC-040, FX-033
async fn a_special_audit_has_a_day_and_a_result_everybody_reads(house: House) {
    let mut cast = Cast::of(&house).await;
    let to = format!("/assemblies/committees/{}/oversight", registered(&cast).await);
    let before = house.rows().await;
    let undated = entry("audit", "special", "", &[("due_on", "2024-08-20")]);
    let answer = cast.neighborhood.submit(&to, &undated).await;
    refused(&house, &before, &answer, "请填写完成期限，应在今天之后").await;
    assert!(answer.body.contains("电梯广告收入"), "what was typed is still there");
    done(cast.neighborhood.submit(&to, &entry("audit", "special", "", &[])).await);
    assert!(
        cast.committee.get("/messages").await.body.contains("开展专项审计（业主反映强烈），2024-09-20前完成")
    );
    cast.at(&house, "2024-09-21T01:00:00Z").await;
    assert!(cast.county.get(&to).await.body.contains("应在2024-09-20前完成，已逾期"));
    let before = house.rows().await;
    let close = format!("{to}/close");
    let early = [("n", "1"), ("closed_on", "2024-08-19"), ("result", "账目相符")];
    refused(&house, &before, &cast.neighborhood.submit(&close, &early).await, "不早于2024-08-20").await;
    let result =
        [("n", "1"), ("closed_on", "2024-09-21"), ("result", "广告收入3.2万元已全部入账，两张票据待补")];
    done(cast.neighborhood.submit(&close, &result).await);
    let posted = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(posted.contains("广告收入3.2万元已全部入账") && posted.contains("正诚会计师事务所"), "{posted}");
}

/// The audits the neighborhood's agenda waits for: by when, and where.
async fn audits_due(house: &House, cast: &Cast) -> Vec<(Date, String)> {
    let scope = Scope::Neighborhood(cast.within);
    let actor =
        Actor { user: cast.neighborhood.person, hat: Hat { grant: 0, role: Role::Neighborhood, scope } };
    let app = house.app.clone();
    let ctx = app.ctx(actor, None);
    let due = house.app.store.read(ctx, move |tx| assemblies::agenda(&app, tx)).await.unwrap();
    let audits = due.into_iter().filter(|it| it.title.starts_with("完成") && it.title.contains("审计"));
    audits.map(|it| (it.day, it.href)).collect()
}

// covers: SC-040
async fn an_audit_of_the_committee_before_is_waited_for_and_read_under_the_next(house: House) {
    let mut cast = Cast::of(&house).await;
    let to = format!("/assemblies/committees/{}/oversight", registered(&cast).await);
    done(cast.neighborhood.submit(&to, &entry("supervisor", "executive", "曹桂兰", &[])).await);
    done(cast.neighborhood.submit(&to, &entry("audit", "special", "", &[])).await);
    cast.at(&house, "2024-08-21T01:00:00Z").await;
    let next = registered_for(&cast, "2024-08-21", "2027-08-20").await;
    assert!(!to.contains(&format!("/{next}/")));
    assert_eq!(audits_due(&house, &cast).await, [(date(2024, 9, 20), to.clone())]);
    let result = [("n", "2"), ("closed_on", "2024-08-21"), ("result", "交接账目相符")];
    done(cast.neighborhood.submit(&format!("{to}/close"), &result).await);
    assert_eq!(audits_due(&house, &cast).await, []);
    let posted = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(posted.contains("交接账目相符"), "{posted}");
    assert!(!posted.contains("曹**"), "a supervisor of the term that is over: {posted}");
}

// covers: SC-043
async fn a_members_violation_is_read_by_those_who_act_on_it(house: House) {
    let cast = Cast::of(&house).await;
    let to = format!("/assemblies/committees/{}/oversight", registered(&cast).await);
    let before = house.rows().await;
    let stranger = cast.street.submit(&to, &entry("violation", "gain", "王五", &[])).await;
    refused(&house, &before, &stranger, "这一届没有这名委员").await;
    let fields = entry("violation", "gain", "何家宝", &[("words", "为亲属承揽绿化工程，未回避")]);
    for (who, status) in [
        (&cast.committee, 403),
        (&cast.branch, 403),
        (&cast.company, 403),
        (&cast.next_committee, 404),
        (&cast.next_street, 404),
    ] {
        assert_eq!(who.submit(&to, &fields).await.status, status);
        assert_eq!(who.submit(&format!("{to}/close"), &[("n", "1")]).await.status, status);
    }
    done(cast.street.submit(&to, &fields).await);
    assert!(cast.neighborhood.get(&to).await.body.contains("为亲属承揽绿化工程"));
    for who in [&cast.committee, &cast.branch] {
        assert!(!who.get(&to).await.body.contains("为亲属承揽绿化工程"));
    }
    let posted = cast.owner.get(&format!("/assemblies/posted?community={}", cast.community)).await.body;
    assert!(!posted.contains("承揽绿化"), "{posted}");
    let closed = [("n", "1"), ("closed_on", "2024-08-20"), ("result", "业主大会终止其委员资格")];
    done(cast.county.submit(&format!("{to}/close"), &closed).await);
    assert!(cast.street.get(&to).await.body.contains("业主大会终止其委员资格"));
}
