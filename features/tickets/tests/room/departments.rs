//! A county's departments have desks of their own: they see what they were given or asked for, and nothing else.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    a_department_takes_a_case_it_was_given_and_sees_no_other,
    a_part_asked_of_a_department_stands_on_its_desk_until_it_says_something,
    a_part_time_grid_worker_files_under_that_hat,
    cases_follow_their_community_to_another_neighborhood,
    a_third_level_whistle_calls_the_units_it_names,
);

/// Two departments of county 1, each with somebody at its desk.
async fn desks(house: &House) -> [(i64, Browser); 2] {
    let made = house.given(|tx| Ok(registry::seeding::departments(tx, 1, Tenant::from_number(1))?)).await;
    let (fire, police) = (i64::from(made[1]), i64::from(made[0]));
    let at =
        async |id: i64, name: &str| house.as_somebody(name, Role::CoHandler, Scope::Department(id)).await;
    [(fire, at(fire, "消防").await), (police, at(police, "公安").await)]
}

// covers: FX-017, SC-064
async fn a_department_takes_a_case_it_was_given_and_sees_no_other(house: House) {
    let cast = Cast::of(&house).await;
    house
        .given(|tx| Ok(tx.given("update registry_communities set enterprise = 0, service_mode = 'none'")?))
        .await;
    let [(fire, desk), (_, police)] = desks(&house).await;
    cast.report(&[("body", "消防通道被占")]).await;
    let ticket = cast.ticket(&house).await;
    let page = format!("/tickets/{ticket}");
    assert_eq!(desk.get(&page).await.status, StatusCode::NOT_FOUND);
    let empty = desk.get("/tickets").await;
    assert!(empty.status == StatusCode::OK && !empty.body.contains("消防通道被占"), "{}", empty.body);
    let handler = format!("department:{fire}");
    let given = act(&cast.county, ticket, "dispatch", &[("handler", &handler)]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    assert!(
        desk.get("/messages").await.body.contains("派单给你单位"),
        "{}",
        desk.get("/messages").await.body
    );
    let list = desk.get("/tickets?stage=dispatched").await.body;
    assert!(list.contains("消防通道被占"), "{list}");
    let found = desk.get("/tickets?said=%E6%B6%88%E9%98%B2%E9%80%9A%E9%81%93").await.body;
    assert!(found.contains("消防通道被占"), "{found}");
    // The other department knows nothing of it, by list, search or address.
    assert_eq!(police.get(&page).await.status, StatusCode::NOT_FOUND);
    for list in ["/tickets?stage=dispatched", "/tickets?said=%E6%B6%88%E9%98%B2"] {
        assert!(!police.get(list).await.body.contains("消防通道被占"));
    }
    let before = house.rows().await;
    let denied = act(&police, ticket, "accept", &[("words", "我们来")]).await;
    assert_eq!(denied.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // It works on the case like any other body, and dispatches, closes and rates nothing.
    assert_eq!(act(&desk, ticket, "accept", &[("words", "已联系")]).await.status, StatusCode::SEE_OTHER);
    for verb in ["close", "decline", "supervise"] {
        let denied = act(&desk, ticket, verb, &[("words", "不归它"), ("reason", "duty")]).await.status;
        assert!(denied == StatusCode::NOT_FOUND || denied == StatusCode::FORBIDDEN, "{verb} {denied}");
    }
    assert_eq!(desk.get("/tickets/rates").await.status, StatusCode::FORBIDDEN);
    let answered = act(&desk, ticket, "answer", &[("words", "已清理")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert!(desk.get("/tickets?stage=answered").await.body.contains("消防通道被占"));
}

async fn a_part_asked_of_a_department_stands_on_its_desk_until_it_says_something(house: House) {
    let cast = Cast::of(&house).await;
    let [(fire, desk), (_, police)] = desks(&house).await;
    cast.report(&[("body", "楼道堆放杂物")]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    let unit = format!("department:{fire}");
    let fields = [("unit", unit.as_str()), ("named", ""), ("task", "检查消防通道"), ("due_on", "2024-08-22")];
    let asked = cast.street.submit(&format!("/tickets/{ticket}/joint"), &fields).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let list = desk.get("/tickets").await.body;
    assert!(list.contains("请本单位协办") && list.contains("检查消防通道"), "{list}");
    assert!(!police.get("/tickets").await.body.contains("检查消防通道"));
    let page = desk.get(&format!("/tickets/{ticket}")).await;
    assert!(page.status == StatusCode::OK && page.body.contains("楼道堆放杂物"), "{}", page.body);
    let done = [("n", "1"), ("outcome", "done"), ("words", "已检查，通道畅通")];
    let to = format!("/tickets/{ticket}/joint/close");
    assert_eq!(police.submit(&to, &done).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.submit(&to, &done).await.status, StatusCode::SEE_OTHER);
    assert!(!desk.get("/tickets").await.body.contains("请本单位协办"));
    // An ended department is offered no more, and its old case keeps its name.
    house.given(|tx| Ok(tx.given("update registry_departments set ended_on = '2024-08-20'")?)).await;
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(
        !page.contains(&format!("value=\"department:{fire}\"")) && page.contains("消防救援大队"),
        "{page}"
    );
}

async fn cases_follow_their_community_to_another_neighborhood(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let own = house.count("select neighborhood as n from tickets_tickets").await;
    let handed =
        "update tickets_tickets set stage = 'dispatched', handler_kind = 'neighborhood', handler = $1";
    house.given(move |tx| Ok(tx.change(handed, &[own.into()])?)).await;
    // A part it was asked for and a warning it has to react to are its successor's; what was done already stays whose it was.
    house
        .given(move |tx| {
            for (n, outcome, closed) in [(1_i64, "open", "null"), (2, "done", "1")] {
                let sql = format!("insert into tickets_joint (tenant, ticket, n, kind, unit, named, task, due_on, outcome, words, closed_at, closed_by, version) values (1, $1, $2, 'neighborhood', $3, '社区', '到场', '2024-08-23', '{outcome}', '', {closed}, '', 1)");
                tx.change(Box::leak(sql.into_boxed_str()), &[ticket.into(), n.into(), own.into()])?;
            }
            for (id, reaction) in [(1_i64, "null, null"), (2, "'已约谈', 1")] {
                let sql = format!("insert into tickets_warnings (tenant, id, city, subdistrict, neighborhood, community, enterprise, kind, subject, ticket, words, raised_at, react_by, reactor_kind, reactor, reaction, reacted_at, version) select 1, $1, city, subdistrict, neighborhood, community, enterprise, 'late_soon', '{id}', id, '', 0, 0, 'neighborhood', $2, {reaction}, 1 from tickets_tickets where id = $3");
                tx.change(Box::leak(sql.into_boxed_str()), &[id.into(), own.into(), ticket.into()])?;
            }
            Ok(())
        })
        .await;
    let other = "select max(id) as n from registry_divisions where kind = 'neighborhood' and tenant = 1";
    let other = house.count(other).await;
    let version = house.count("select version as n from registry_communities where id = (select community from tickets_tickets)").await;
    let (to, version) = (other.to_string(), version.to_string());
    let fields = [("to", to.as_str()), ("document", "舒政办〔2024〕5号"), ("version", version.as_str())];
    let moved = cast.county.submit(&format!("/registry/communities/{}/move", cast.community), &fields).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    assert_eq!(registry::follow_moves(&house.app, tickets::MOVED).await.unwrap(), 1);
    let lies = "select neighborhood as n from tickets_tickets";
    let has = "select handler as n from tickets_tickets";
    assert_eq!((house.count(lies).await, house.count(has).await), (other, other));
    for (n, whose) in [(1, other), (2, own)] {
        let part = format!("select unit as n from tickets_joint where n = {n}");
        assert_eq!(house.count(Box::leak(part.into_boxed_str())).await, whose, "part {n}");
        let warning = format!("select reactor as n from tickets_warnings where id = {n}");
        assert_eq!(house.count(Box::leak(warning.into_boxed_str())).await, whose, "warning {n}");
    }
    let receiver = house.as_somebody("新社区", Role::Neighborhood, Scope::Neighborhood(other)).await;
    let page = format!("/tickets/{ticket}");
    assert_eq!(receiver.get(&page).await.status, StatusCode::OK);
    assert_eq!(act(&receiver, ticket, "accept", &[("words", "已联系")]).await.status, StatusCode::SEE_OTHER);
}

// covers: FX-020
async fn a_part_time_grid_worker_files_under_that_hat(house: House) {
    let cast = Cast::of(&house).await;
    // A courier who is a part-time grid worker besides: one person, two posts, one hat at a time.
    let home = format!("select neighborhood as n from registry_communities where id = {}", cast.community);
    let home = house.count(Box::leak(home.into_boxed_str())).await;
    let lives = (Role::Owner, Scope::Community(cast.community));
    let works = (Role::GridWorker, Scope::Neighborhood(home));
    let owner = house.as_one_of("业主", &[lives, works]).await;
    let worker = house.as_one_of("兼职网格员", &[works, lives]).await;
    let form = [
        ("named", ""),
        ("category", "fire_lane"),
        ("body", "巡查发现楼道堆物"),
        ("channel", "grid"),
        ("phone", "13900002233"),
    ];
    let community = cast.community.to_string();
    let fields: Vec<(&str, &str)> = form.iter().copied().chain([("community", community.as_str())]).collect();
    let before = house.count("select count(*) as n from tickets_tickets").await;
    assert_eq!(owner.submit("/tickets/new", &fields).await.status, StatusCode::FORBIDDEN);
    let filed = worker.submit("/tickets/new", &fields).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
    assert_eq!(house.count("select count(*) as n from tickets_tickets").await, before + 1);
    let by_grid = "select count(*) as n from tickets_tickets where channel = 'grid'";
    assert_eq!(house.count(by_grid).await, 1);
    // The hat is in the audit log.
    let rows = house.rows().await;
    let audit = &rows.iter().find(|it| it.0 == "store_audit").unwrap().1;
    assert!(audit.contains("grid_worker"), "{audit}");
}

// covers: SC-064
async fn a_third_level_whistle_calls_the_units_it_names(house: House) {
    let cast = Cast::of(&house).await;
    let [(fire, desk), (_, other)] = desks(&house).await;
    let abroad = house.given(|tx| Ok(registry::seeding::departments(tx, 1, Tenant::from_number(2))?)).await;
    let abroad = format!("department:{}", i64::from(abroad[0]));
    cast.report(&[("body", "消防通道被占")]).await;
    let ticket = cast.ticket(&house).await;
    let fire = format!("department:{fire}");
    // The second level calls the neighborhood and nobody else, whatever is sent along.
    act(&cast.company, ticket, "blow", &[("words", "住户不配合"), ("unit", &fire)]).await;
    assert_eq!(house.count("select count(*) as n from tickets_whistles").await, 1);
    let page = cast.neighborhood.get(&format!("/tickets/{ticket}")).await.body;
    assert!(
        page.contains("同时吹哨到有关部门") && page.contains(&format!("name=\"unit\" value=\"{fire}\"")),
        "{page}"
    );
    // Whoever was called comes first, and whistles on afterwards.
    let early = act(&cast.neighborhood, ticket, "blow", &[("words", "需要执法")]).await;
    assert!(early.body.contains("请先报到，确实解决不了再吹哨"), "{}", early.body);
    let own = house.count("select id as n from tickets_whistles").await;
    cast.neighborhood.submit(&format!("/tickets/whistles/{own}/report-in"), &[]).await;
    // Refused without a reason: what was ticked stays ticked, and the words stand beside their box.
    let blank = act(&cast.neighborhood, ticket, "blow", &[("words", ""), ("unit", &fire)]).await;
    let form = blank.body.split("action=\"/tickets/").find(|it| it.contains("/blow\"")).unwrap().to_owned();
    assert!(
        form.contains("id=\"blow-error\">请填写说明") && form.contains(&format!("value=\"{fire}\" checked")),
        "{form}"
    );
    let blown =
        act(&cast.neighborhood, ticket, "blow", &[("words", "需要执法"), ("unit", &fire), ("unit", &abroad)])
            .await;
    assert_eq!(blown.status, StatusCode::SEE_OTHER, "{}", blown.body);
    let third = "select count(*) as n from tickets_whistles where level = 3";
    assert_eq!(house.count(third).await, 2, "the township and the one unit of this county");
    assert!(desk.get("/messages").await.body.contains("吹哨，请按时报到"));
    // The unit sees what it was called for before it comes; another does not.
    assert!(desk.get(&format!("/tickets/{ticket}")).await.body.contains("消防通道被占"));
    assert_eq!(other.get(&format!("/tickets/{ticket}")).await.status, StatusCode::NOT_FOUND);
    let whistle =
        house.count("select id as n from tickets_whistles where responder_kind = 'department'").await;
    let before = house.rows().await;
    assert_eq!(
        other.submit(&format!("/tickets/whistles/{whistle}/report-in"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    assert!(desk.get("/tickets").await.body.contains("等待本单位报到"));
    assert_eq!(
        desk.submit(&format!("/tickets/whistles/{whistle}/report-in"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    // Each is rated by itself.
    let rated =
        cast.neighborhood.submit(&format!("/tickets/whistles/{whistle}/rate"), &[("score", "4")]).await;
    assert_eq!(rated.status, StatusCode::SEE_OTHER, "{}", rated.body);
    assert_eq!(house.count("select count(*) as n from tickets_whistles where of_responder = 4").await, 1);
    let early = act(&cast.street, ticket, "accept", &[("words", "还没报到")]).await;
    assert_eq!(early.status, StatusCode::FORBIDDEN);
}
