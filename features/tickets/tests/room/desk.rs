//! The county's desk: answers it keeps ready, its enforcement list, many cases at once.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    an_answer_begins_with_a_template_and_stays_free,
    a_listed_matter_hangs_on_the_board_and_stands_beside_its_cases,
    many_are_looked_at_done_and_taken_back,
    a_batch_is_whole_or_not_at_all,
    a_list_narrowed_to_a_place_never_leaves_the_scope,
    what_went_to_the_wrong_one_is_sent_on_before_it_is_taken_over,
    an_answer_has_no_blanks_and_nobody_is_called_back_without_a_phone,
    nothing_ticked_is_told_on_the_list,
    many_desks_file_at_once_and_every_number_is_given_once,
);

const LAMP: [(&str, &str); 3] =
    [("category", "lighting"), ("title", "照明已修"), ("words", "已于＿＿更换灯具，请您查看。")];

async fn an_answer_begins_with_a_template_and_stays_free(house: House) {
    let cast = Cast::of(&house).await;
    let before = house.rows().await;
    for who in [&cast.city, &cast.street, &cast.company] {
        assert_eq!(who.submit("/tickets/templates", &LAMP).await.status, StatusCode::FORBIDDEN);
    }
    let blank = cast.county.submit("/tickets/templates", &[("title", "空的")]).await;
    assert!(blank.body.contains("请填写答复内容") && blank.body.contains("空的"), "{}", blank.body);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    assert!(cast.county.submit("/tickets/templates", &LAMP).await.location.is_some());
    let id = house.count("select id as n from tickets_templates").await;

    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let path = format!("/tickets/{ticket}");
    assert!(!cast.company.get(&path).await.body.contains("选用模板"), "nothing is answered yet");
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    assert!(cast.company.get(&path).await.body.contains("照明已修"));
    let filled = cast.company.get(&format!("{path}?template={id}")).await.body;
    assert!(filled.contains("已于＿＿更换灯具，请您查看。</textarea>"), "{filled}");
    let answered = act(&cast.company, ticket, "answer", &[("words", "已于今日更换灯具")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);

    // Another category has its own; a neighbouring county's are not there.
    cast.report(&[("category", "noise"), ("body", "半夜装修")]).await;
    let other = cast.ticket(&house).await;
    act(&cast.company, other, "accept", &[("words", "已联系")]).await;
    assert!(!cast.company.get(&format!("/tickets/{other}")).await.body.contains("照明已修"));
    let cousin = Scope::County(Tenant::from_number(2));
    let cousin = house.as_somebody("邻县", Role::CountyBureau, cousin).await;
    assert!(!cousin.get("/tickets/templates").await.body.contains("已于＿＿更换灯具"));
    let before = house.rows().await;
    let ended = cousin.submit(&format!("/tickets/templates/{id}/end"), &[("version", "1")]).await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
    let stale = [LAMP[0], LAMP[1], LAMP[2], ("version", "9")];
    let stale = cast.county.submit(&format!("/tickets/templates/{id}"), &stale).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    cast.county.submit(&format!("/tickets/templates/{id}/end"), &[("version", "1")]).await;
    assert!(cast.county.get("/tickets/templates").await.body.contains("还没有模板"));
}

const FIRE: [(&str, &str); 9] = [
    ("title", "占用消防车通道"),
    ("category", "fire_lane"),
    ("department", "县消防救援大队"),
    ("basis", "《消防法》第二十八条"),
    ("phone", "0564-8621234"),
    ("frequent", "上年度处置412件"),
    ("simple", "现场即可认定"),
    ("local", "乡镇每日巡查"),
    ("swift", "占用时即有危险"),
];

// covers: SC-066, SC-067
async fn a_listed_matter_hangs_on_the_board_and_stands_beside_its_cases(house: House) {
    let cast = Cast::of(&house).await;
    let before = house.rows().await;
    for who in [&cast.city, &cast.street, &cast.neighborhood] {
        assert_eq!(who.submit("/tickets/enforcements", &FIRE).await.status, StatusCode::FORBIDDEN);
    }
    let weak = cast.county.submit("/tickets/enforcements", &FIRE[..7]).await;
    assert!(
        weak.body.contains("四项都符合的才能列入清单") && weak.body.contains("县消防救援大队"),
        "{}",
        weak.body
    );
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let listed = cast.county.submit("/tickets/enforcements", &FIRE).await;
    assert!(listed.location.is_some(), "{}", listed.body);
    let again = cast.county.submit("/tickets/enforcements", &FIRE).await;
    assert!(again.body.contains("清单里已有“占用消防车通道”"), "{}", again.body);

    let board = cast.neighborhood.get(&format!("/tickets/board/{}", cast.community)).await.body;
    assert!(board.contains("执法下沉小区事项") && board.contains("0564-8621234"), "{board}");
    cast.report(&[("category", "fire_lane"), ("body", "消防通道被占")]).await;
    let ticket = cast.ticket(&house).await;
    let shown = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(shown.contains("占用消防车通道：由县消防救援大队牵头处置，0564-8621234"), "{shown}");

    let id = house.count("select id as n from tickets_enforcements").await;
    let end = format!("/tickets/enforcements/{id}/end");
    let wordless = cast.county.submit(&end, &[("version", "1")]).await;
    assert!(wordless.body.contains("请写明移出的理由"), "{}", wordless.body);
    cast.county.submit(&end, &[("version", "1"), ("reason", "划归县级执法")]).await;
    let board = cast.neighborhood.get(&format!("/tickets/board/{}", cast.community)).await.body;
    assert!(!board.contains("0564-8621234"));
    // The list says what was taken off it, and why.
    assert!(cast.company.get("/tickets/enforcements").await.body.contains("划归县级执法"));
}

/// Asks for a list narrowed to a place, and says whether it holds the case.
async fn holds(who: &testkit::Browser, within: &str) -> bool {
    let page = who.get(&format!("/tickets?stage=dispatched&within={within}")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    page.body.contains("楼道灯坏了一周")
}

async fn a_list_narrowed_to_a_place_never_leaves_the_scope(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let street = house.count("select subdistrict as n from tickets_tickets").await;
    let (here, next) =
        (format!("community-{}", cast.community), format!("community-{}", cast.next_community));
    let street = format!("subdistrict-{street}");
    for who in [&cast.city, &cast.county, &cast.street, &cast.neighborhood, &cast.branch, &cast.company] {
        assert!(holds(who, &here).await && holds(who, &street).await);
        assert!(holds(who, "county-1").await && !holds(who, "county-2").await && !holds(who, &next).await);
    }
    let cousin = house
        .as_somebody(
            "邻县",
            kernel::Role::CountyBureau,
            kernel::Scope::County(kernel::Tenant::from_number(2)),
        )
        .await;
    let other = kernel::Scope::Enterprise(cast.other_enterprise);
    let other = house.as_somebody("别家企业", kernel::Role::Enterprise, other).await;
    for who in [&cousin, &other] {
        for within in [&here, &street, "county-1", "community-7", "subdistrict-7", "county-99"] {
            let page = who.get(&format!("/tickets?stage=dispatched&within={within}")).await.body;
            assert!(!page.contains("楼道灯坏了一周"), "{within}: {page}");
        }
    }
    // A company that served before keeps its own cases, and sees none that came after it.
    let (tenant, company) = (cast.enterprise, cast.other_enterprise);
    house
        .given(move |tx| {
            let sql = "update registry_communities set enterprise = $1 where enterprise = $2";
            Ok(tx.change(sql, &[company.into(), tenant.into()]).map(|_| ())?)
        })
        .await;
    assert!(holds(&cast.company, &here).await && !holds(&other, &here).await);
    assert_eq!(cast.ticket(&house).await, ticket);
}

/// The hidden cases of a preview, to be sent as they were looked at.
fn cases(preview: &str) -> Vec<String> {
    let found = preview.split("name=\"case\" value=\"").skip(1);
    found.map(|it| it.split('"').next().unwrap().to_owned()).collect()
}

async fn filed(cast: &Cast, house: &House, n: usize) -> Vec<i64> {
    house
        .given(|tx| Ok(tx.given("update registry_communities set enterprise = 0, service_mode = 'none'")?))
        .await;
    let mut ids = vec![];
    for _ in 0..n {
        cast.report(&[]).await;
        ids.push(cast.ticket(house).await);
    }
    ids
}

async fn many_are_looked_at_done_and_taken_back(house: House) {
    let cast = Cast::of(&house).await;
    let ids = filed(&cast, &house, 3).await;
    let ticked = ids.iter().map(|it| format!("&id={it}")).collect::<String>();
    let nothing = cast.street.get("/tickets/batches?verb=dispatch").await;
    assert!(nothing.said().contains("请在列表里勾选"), "{}", nothing.said());
    act(&cast.street, ids[2], "decline", &[("reason", "repeated"), ("words", "重复")]).await;
    let preview = cast.street.get(&format!("/tickets/batches?verb=dispatch{ticked}")).await.body;
    assert!(
        preview.contains("选了3件，可以办理2件，其余1件不会变动") && preview.contains("不在待派单"),
        "{preview}"
    );
    let looked = cases(&preview);
    assert_eq!(looked.len(), 2);
    let send = |handler: &'static str| {
        let mut fields = vec![("verb", "dispatch"), ("handler", handler)];
        fields.extend(looked.iter().map(|it| ("case", it.as_str())));
        fields
    };
    let before = house.rows().await;
    // Nobody serves these communities: there is no company to send them to, and the words stay.
    let refused = cast.street.submit("/tickets/batches", &send("enterprise")).await;
    assert!(refused.body.contains("请选择承办单位"), "{}", refused.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = cast.street.submit("/tickets/batches", &send("neighborhood")).await;
    let batch = done.location.clone().unwrap_or_else(|| panic!("{}", done.body));
    let dispatched = "select count(*) as n from tickets_tickets where stage = 'dispatched'";
    assert_eq!(house.count(dispatched).await, 2);
    assert!(cast.neighborhood.get("/messages").await.body.contains("派单给你单位："));

    // Only whoever did it sees the batch and takes it back.
    let undo = format!("{batch}/undo");
    assert_eq!(cast.county.get(&batch).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.county.submit(&undo, &[]).await.status, StatusCode::NOT_FOUND);
    assert!(cast.street.get(&batch).await.body.contains("整批撤销</button>"));
    assert!(cast.street.submit(&undo, &[]).await.location.is_some());
    assert_eq!(house.count("select count(*) as n from tickets_tickets where stage = 'filed'").await, 2);
    let unstamped = "select count(*) as n from tickets_tickets where dispatched_v is null and wakes_at is not null and stage = 'filed'";
    assert_eq!(house.count(unstamped).await, 2, "the clock of dispatching runs again");
    assert!(cast.neighborhood.get("/messages").await.body.contains("派单已撤回："));
    assert!(cast.street.submit(&undo, &[]).await.body.contains("这批已经撤销"));
}

async fn a_batch_is_whole_or_not_at_all(house: House) {
    let cast = Cast::of(&house).await;
    let ids = filed(&cast, &house, 2).await;
    let ticked = ids.iter().map(|it| format!("&id={it}")).collect::<String>();
    let preview = cast.county.get(&format!("/tickets/batches?verb=supervise{ticked}")).await.body;
    let looked = cases(&preview);
    let send = |words: &'static str| {
        let mut fields = vec![("verb", "supervise"), ("words", words)];
        fields.extend(looked.iter().map(|it| ("case", it.as_str())));
        fields
    };
    let before = house.rows().await;
    assert!(cast.county.submit("/tickets/batches", &send("")).await.body.contains("请填写说明"));
    assert_eq!(
        cast.neighborhood.submit("/tickets/batches", &send("快办")).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    // Somebody was quicker with one of them.
    act(&cast.street, ids[0], "supervise", &[("words", "街道先督办")]).await;
    let before = house.rows().await;
    let stale = cast.county.submit("/tickets/batches", &send("三日内办结")).await;
    assert!(stale.body.contains("一件都没有办理"), "{}", stale.body);
    assert!(stale.body.contains("三日内办结"), "what was typed stays");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());

    let preview = cast.county.get(&format!("/tickets/batches?verb=supervise{ticked}")).await.body;
    let looked = cases(&preview);
    let mut fields = vec![("verb", "supervise"), ("words", "三日内办结")];
    fields.extend(looked.iter().map(|it| ("case", it.as_str())));
    let batch = cast.county.submit("/tickets/batches", &fields).await.location.unwrap();
    assert_eq!(house.count("select cast(sum(supervised) as bigint) as n from tickets_tickets").await, 3);
    // One has gone on since: none is taken back.
    act(&cast.street, ids[1], "decline", &[("reason", "repeated"), ("words", "重复反映")]).await;
    let before = house.rows().await;
    let gone = cast.county.submit(&format!("{batch}/undo"), &[]).await;
    assert!(gone.body.contains("不能整批撤销"), "{}", gone.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    house.it_is("2024-08-20T01:10:00Z");
    assert!(cast.county.submit(&format!("{batch}/undo"), &[]).await.body.contains("已过10分钟"));
}

async fn what_went_to_the_wrong_one_is_sent_on_before_it_is_taken_over(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("改派给") && page.contains("不予受理的理由"), "{page}");
    assert!(!cast.company.get(&format!("/tickets/{ticket}")).await.body.contains("改派给"));
    let committee = format!("committee:{}", cast.community);
    let sent = act(&cast.street, ticket, "dispatch", &[("handler", &committee)]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(
        act(&cast.company, ticket, "accept", &[("words", "已联系")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        act(&cast.committee, ticket, "accept", &[("words", "已联系")]).await.status,
        StatusCode::SEE_OTHER
    );
    // Taken over it is the handler's.
    let late = act(&cast.street, ticket, "dispatch", &[("handler", &committee)]).await;
    assert!(late.body.contains("处理中”，不能这样办理"), "{}", late.body);
    // And what is none of ours is said so before anybody works on it.
    cast.report(&[("body", "邻居欠我的钱不还")]).await;
    let ticket = cast.ticket(&house).await;
    let reason = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    let reason =
        reason.split("id=\"decline-list\"").nth(1).unwrap().split("<option value=\"").nth(2).unwrap();
    let reason = reason.split('"').next().unwrap().to_owned();
    let declined =
        act(&cast.street, ticket, "decline", &[("reason", &reason), ("words", "请走司法途径")]).await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.body);
}

async fn an_answer_has_no_blanks_and_nobody_is_called_back_without_a_phone(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[("openness", "anonymous"), ("phone", ""), ("name", "")]).await;
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已到现场看过")]).await;
    let before = house.rows().await;
    let blank = act(&cast.company, ticket, "answer", &[("words", "已于＿＿更换灯具")]).await;
    assert!(blank.body.contains("还有没填的空") && blank.body.contains("已于＿＿更换灯具"), "{}", blank.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    act(&cast.company, ticket, "answer", &[("words", "已更换灯具")]).await;
    // The reporter reads what was answered before being asked about it, and who answered.
    let track = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    let at = |words: &str| track.find(words).unwrap_or_else(|| panic!("{words}: {track}"));
    assert!(at("已答复，请在下面评价") < at("<h2>答复</h2>") && at("<h2>答复</h2>") < at("请您评价"));
    let call = [("solved", "yes"), ("satisfied", "yes"), ("words", "电话里说好了")];
    // Reading the page reads its messages.
    cast.street.get(&format!("/tickets/{ticket}")).await;
    let before = house.rows().await;
    let invented = act(&cast.street, ticket, "call-back", &call).await;
    assert!(invented.body.contains("没有留下电话，无法回访"), "{}", invented.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn nothing_ticked_is_told_on_the_list(house: House) {
    let cast = Cast::of(&house).await;
    let from = [("referer", "http://localhost/tickets?stage=open&category=noise")];
    let empty = cast.county.get_with("/tickets/batches?verb=supervise", &from).await;
    assert_eq!(empty.location.as_deref(), Some("/tickets?stage=open&category=noise"));
    assert!(empty.said().starts_with("!请在列表里勾选"), "{}", empty.said());
    let elsewhere = [("referer", "https://elsewhere.example/x")];
    let empty = cast.county.get_with("/tickets/batches?verb=supervise", &elsewhere).await;
    assert_eq!(empty.location.as_deref(), Some("/tickets"));
}

async fn many_desks_file_at_once_and_every_number_is_given_once(house: House) {
    const DESKS: i64 = 16;
    const EACH: i64 = 8;
    let cast = Cast::of(&house).await;
    let community = cast.community.to_string();
    let mut filing = vec![];
    for desk in 0..DESKS {
        let (county, community) = (cast.county.clone(), community.clone());
        filing.push(tokio::spawn(async move {
            for n in 0..EACH {
                let body = format!("楼道灯坏了，第{desk}窗口第{n}件");
                let fields = [
                    ("community", &*community),
                    ("category", "lighting"),
                    ("body", &*body),
                    ("phone", "13900001111"),
                ];
                let answer = county.submit("/tickets/new", &fields).await;
                assert_eq!(answer.status, 303, "{}", answer.body);
            }
        }));
    }
    for it in filing {
        it.await.unwrap();
    }
    assert_eq!(house.count("select count(distinct number) as n from tickets_tickets").await, DESKS * EACH);
    let newest = house.count("select max(number) as n from tickets_tickets").await;
    let leaves_gaps = house.app.store.kind() == store::Kind::Postgres;
    // What is left of the last blocks, and of those a unit took that ran again.
    let most = DESKS * EACH + if leaves_gaps { 2 * 32 } else { 0 };
    assert!((DESKS * EACH..=most).contains(&newest), "{newest}");
}
