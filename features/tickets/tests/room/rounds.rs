//! What a case says of itself while it goes round: who can be reached, by which clocks it is done again, which levels it passed.

use testkit::{Browser, House, on_both_stores};

use crate::story::{self, Cast, act};

on_both_stores!(crate::story::house;
    one_browser_follows_by_one_code_however_often_it_asks,
    who_left_no_number_is_not_said_to_have_been_called,
    a_case_done_again_runs_by_the_clocks_of_today,
    half_of_a_second_round_is_counted_from_its_own_beginning,
    a_level_nobody_was_called_at_is_not_drawn_as_passed,
    whoever_reported_in_keeps_the_case_in_sight_until_it_is_answered,
    whoever_came_to_a_case_nobody_was_given_has_it_in_sight_too,
    a_case_waits_on_one_agenda_at_a_time,
    several_whistles_are_answered_at_once_or_none,
    what_is_late_says_so_first_and_a_whistle_for_danger_is_quick,
);

/// A browser with the mark that the report's page gives it.
async fn browser(cast: &Cast) -> Browser {
    let page = cast.resident.get(&format!("/tickets/report?community={}", cast.community)).await;
    cast.resident.with_cookie(&page.cookie("jiayuan_device").unwrap())
}

async fn one_browser_follows_by_one_code_however_often_it_asks(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("openness", "public")]).await;
    let ticket = cast.ticket(&house).await;
    let (neighbour, another) = (browser(&cast).await, browser(&cast).await);
    let path = format!("/tickets/follow/{ticket}");
    let first = story::code_of(&neighbour.submit(&path, &[]).await);
    assert_eq!(story::code_of(&neighbour.submit(&path, &[]).await), first);
    assert_ne!(story::code_of(&another.submit(&path, &[]).await), first);
    // Whoever is signed in follows as themselves.
    let own = story::code_of(&cast.branch.submit(&path, &[]).await);
    assert_eq!(story::code_of(&cast.branch.submit(&path, &[]).await), own);
    assert_eq!(house.count("select count(*) as n from tickets_followers").await, 3);
    let told = "select count(*) as n from tickets_steps where step = 'followed'";
    assert_eq!(house.count(told).await, 3);
}

async fn who_left_no_number_is_not_said_to_have_been_called(house: House) {
    let cast = Cast::of(&house).await;
    for (fields, called) in [
        (&[("openness", "public")][..], true),
        (&[("openness", "anonymous"), ("phone", ""), ("name", "")], false),
        // There is a number, which the company does not get to see.
        (&[("openness", "anonymous")], false),
    ] {
        let code = cast.report(fields).await;
        let ticket = cast.ticket(&house).await;
        let page = cast.company.get(&format!("/tickets/{ticket}")).await.body;
        assert_eq!(page.contains("联系群众情况"), called, "{fields:?}");
        assert_eq!(page.contains("反映人没有留下可联系的号码"), !called, "{fields:?}");
        act(&cast.company, ticket, "accept", &[("words", "今天下午到现场")]).await;
        assert_eq!(story::stage(&house, ticket).await, "accepted");
        let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
        assert_eq!(page.contains("已接单并联系：今天下午到现场"), called, "{page}");
        assert_eq!(page.contains("已接单：今天下午到现场"), !called, "{page}");
    }
}

async fn unsolved(house: &House, cast: &Cast, code: &str) {
    let ticket = cast.ticket(house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
    let fields = [("solved", "no"), ("satisfied", "no")];
    cast.resident.submit(&format!("/tickets/track/{code}/rate"), &fields).await;
    assert_eq!(story::stage(house, ticket).await, "accepted");
}

async fn a_case_done_again_runs_by_the_clocks_of_today(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let track = format!("/tickets/track/{code}");
    assert!(cast.resident.get(&track).await.body.contains("非文件数字"));
    let fields = [("profile", "beijing-12345"), ("document", "联席会议纪要〔2024〕3号")];
    cast.county.submit("/tickets/profile", &fields).await;
    assert!(cast.resident.get(&track).await.body.contains("非文件数字"), "a running case keeps its clocks");
    unsolved(&house, &cast, &code).await;
    assert!(
        !cast.resident.get(&track).await.body.contains("非文件数字"),
        "its new clock is the county's own"
    );
}

async fn half_of_a_second_round_is_counted_from_its_own_beginning(house: House) {
    let cast = Cast::of(&house).await;
    let fields = [("profile", "beijing-12345"), ("document", "联席会议纪要〔2024〕3号")];
    cast.county.submit("/tickets/profile", &fields).await;
    let code = cast.report(&[]).await;
    house.it_is("2024-08-26T01:00:00Z");
    let cast = cast.again(&house).await;
    let handler = format!("enterprise:{}", cast.enterprise);
    act(&cast.county, cast.ticket(&house).await, "dispatch", &[("handler", &handler)]).await;
    unsolved(&house, &cast, &code).await;
    // Done again to midnight of the 2nd, and a day before that is not half of it from the first report, but of the second.
    let due = house.count("select answer_by as n from tickets_tickets").await;
    let before = |hours: i64| {
        let at = jiff::Timestamp::from_microsecond(due).unwrap() - jiff::SignedDuration::from_hours(hours);
        at.to_string()
    };
    house.it_is(&before(25));
    assert_eq!(tickets::look_for_warnings(&house.app).await.unwrap(), 0);
    house.it_is(&before(23));
    assert_eq!(tickets::look_for_warnings(&house.app).await.unwrap(), 1);
}

async fn a_level_nobody_was_called_at_is_not_drawn_as_passed(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    // What the neighborhood has itself goes to the township.
    let to = house.count("select neighborhood as n from tickets_tickets").await;
    let handler = format!("neighborhood:{to}");
    act(&cast.street, ticket, "dispatch", &[("handler", &handler)]).await;
    act(&cast.neighborhood, ticket, "blow", &[("words", "社区解决不了")]).await;
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    let way = page.split("三级吹哨\">").nth(1).and_then(|it| it.split("</ol>").next()).unwrap_or(&page);
    assert!(way.contains("is-skipped") && way.contains("没有经过"), "{way}");
    assert_eq!(way.matches("is-done").count(), 1, "{way}");
}

async fn whoever_reported_in_keeps_the_case_in_sight_until_it_is_answered(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.branch, ticket, "blow", &[("words", "请社区协调")]).await;
    let whistle = house.count("select id as n from tickets_whistles").await;
    cast.neighborhood.submit(&format!("/tickets/whistles/{whistle}/report-in"), &[]).await;
    let list = cast.neighborhood.get("/tickets").await.body;
    let came = list.split("已报到，还没有答复").nth(1).unwrap_or_else(|| panic!("{list}"));
    assert!(came.contains("金安区-000001") && came.contains("三号楼楼道灯坏了一周"), "{came}");
    // Nobody else has it there, and once it is answered nobody has.
    assert!(!cast.street.get("/tickets").await.body.contains("已报到，还没有答复"));
    act(&cast.neighborhood, ticket, "accept", &[("words", "社区来办")]).await;
    assert!(cast.neighborhood.get("/tickets").await.body.contains("已报到，还没有答复"));
    act(&cast.neighborhood, ticket, "answer", &[("words", "已换灯")]).await;
    assert_eq!(story::stage(&house, ticket).await, "answered");
    assert!(!cast.neighborhood.get("/tickets").await.body.contains("已报到，还没有答复"));
}

async fn whoever_came_to_a_case_nobody_was_given_has_it_in_sight_too(house: House) {
    let cast = Cast::of(&house).await;
    // A profile that waits for somebody to dispatch, and nobody did.
    let fields = [("profile", "beijing-12345"), ("document", "联席会议纪要〔2024〕3号")];
    cast.county.submit("/tickets/profile", &fields).await;
    cast.report(&[]).await;
    act(&cast.branch, cast.ticket(&house).await, "blow", &[("words", "请社区协调")]).await;
    assert_eq!(story::stage(&house, cast.ticket(&house).await).await, "filed");
    let whistle = house.count("select id as n from tickets_whistles").await;
    cast.neighborhood.submit(&format!("/tickets/whistles/{whistle}/report-in"), &[]).await;
    assert!(cast.neighborhood.get("/tickets").await.body.contains("已报到，还没有答复"));
}

async fn a_case_waits_on_one_agenda_at_a_time(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let street = house.count("select subdistrict as n from tickets_tickets").await;
    act(&cast.street, ticket, "dispatch", &[("handler", &format!("subdistrict:{street}"))]).await;
    let blown = act(&cast.street, ticket, "blow", &[("words", "几个部门的事")]).await;
    assert_eq!(blown.status, 303, "{}", blown.body);
    let matter = house.count("select id as n from tickets_agenda").await;
    let raise = [("outcome", "raised"), ("words", "提交党建联盟"), ("version", "1")];
    assert_eq!(cast.street.submit(&format!("/tickets/meetings/{matter}"), &raise).await.status, 303);
    // Its own deadline passes while it waits above.
    house.it_is("2024-08-27T16:00:00Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 1);
    let waiting = "select count(*) as n from tickets_agenda where outcome is null";
    assert_eq!(house.count(waiting).await, 1);
    assert_eq!(house.count("select count(*) as n from tickets_tickets where answered_v = 'late'").await, 1);
    let cast = cast.again(&house).await;
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("办理超期，等待联席会议研究") && !page.contains("自动吹哨至联席会议"), "{page}");
}

// covers: SC-063
async fn several_whistles_are_answered_at_once_or_none(house: House) {
    let cast = Cast::of(&house).await;
    for phone in ["13900001111", "13900002222"] {
        cast.report(&[("phone", phone)]).await;
        let ticket = cast.ticket(&house).await;
        act(&cast.branch, ticket, "blow", &[("words", "协调不动")]).await;
    }
    let newest = house.count("select max(id) as n from tickets_whistles").await.to_string();
    let oldest = house.count("select min(id) as n from tickets_whistles").await.to_string();
    assert!(cast.neighborhood.get("/tickets").await.body.contains("勾选的一并报到"));
    let path = "/tickets/whistles/report-in";
    let both = [("id", &*newest), ("id", &*oldest)];
    let before = house.rows().await;
    assert!(cast.neighborhood.submit(path, &[]).await.said().contains("请先勾选要报到的"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(cast.street.submit(path, &both).await.status, 403);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let once = cast.neighborhood.submit_keyed(path, &both, "one-double-click").await;
    assert!(once.said().contains("2件已报到"), "{}", once.body);
    let twice = cast.neighborhood.submit_keyed(path, &both, "one-double-click").await;
    assert!(twice.said().contains("已经办理过，没有重复办理"), "{}", twice.said());
    let came = "select count(*) as n from tickets_whistles where reported_v = 'in_time'";
    assert_eq!(house.count(came).await, 2);
    let before = house.rows().await;
    assert!(cast.neighborhood.submit(path, &both).await.said().contains("已经报到"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn what_is_late_says_so_first_and_a_whistle_for_danger_is_quick(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    house.it_is("2024-08-27T16:00:00Z");
    tickets::wake_due(&house.app).await.unwrap();
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("已超期，已升级到第二级") && page.contains("2024-09-02 24时前答复"), "{page}");
    // Somebody is trapped: whoever is called has no longer than whoever had it first.
    let cast = cast.again(&house).await;
    cast.report(&[("category", "elevator_trapped"), ("phone", "13900002222")]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.branch, ticket, "blow", &[("words", "维保没有到")]).await;
    // The clock stands still between the report and the whistle.
    let sooner = "select count(*) as n from tickets_whistles w join tickets_tickets t on t.tenant = w.tenant and t.id = w.ticket
        where t.urgency = 'danger' and w.report_by = t.contact_by and w.solve_by = t.answer_by";
    assert_eq!((house.count(sooner).await, ticket), (1, cast.ticket(&house).await));
}
