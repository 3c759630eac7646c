//! 闭环: from a report without an account to the reporter's own verdict.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{self, Cast, act, stage};

on_both_stores!(crate::story::house;
    a_report_goes_to_everybody_at_once_and_closes_when_the_reporter_says_so,
    an_unsolved_answer_is_done_again,
    late_stays_late_however_often_it_is_done_again,
    a_return_is_reviewed_and_the_case_given_to_another,
    what_is_not_ours_is_declined_or_sent_on_with_the_reason,
    the_same_report_sent_many_times_is_one,
    a_neighbour_follows_instead_of_repeating,
    two_reports_of_one_trouble_are_merged_and_both_hear_the_answer,
    staff_file_for_a_resident_who_asks_by_number_and_tail,
    the_rates_say_what_they_are_divided_by,
    a_county_confirms_its_clocks_and_running_cases_keep_theirs,
);

// covers: SC-056, SC-057, SC-059, SC-060, FX-047
async fn a_report_goes_to_everybody_at_once_and_closes_when_the_reporter_says_so(house: House) {
    let cast = Cast::of(&house).await;
    let found = cast.resident.get("/tickets/report?named=%E5%B0%8F").await;
    assert_eq!(found.status, StatusCode::OK);
    let before = house.rows().await;
    let wrong = cast.try_report(&[("category", ""), ("body", "灯"), ("phone", "123")]).await;
    for words in ["请选择反映的问题属于哪一类", "请写明什么事、在哪里", "联系电话："]
    {
        assert!(wrong.body.contains(words), "{words}: {}", wrong.body);
    }
    assert!(wrong.body.contains("3号楼"), "what was typed stays");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let code = cast.report(&[]).await;
    let track = format!("/tickets/track/{code}");
    let page = cast.resident.get(&track).await.body;
    assert!(
        page.contains("，会先联系您。") && page.contains("已派给") && page.contains("非文件数字"),
        "{page}"
    );
    let ticket = cast.ticket(&house).await;
    let told =
        "select count(*) as n from messages_messages where told_at = (select filed_at from tickets_tickets)";
    assert_eq!(house.count(told).await, 6);
    let list = cast.company.get("/tickets").await.body;
    assert!(list.contains("待接单 <strong>1</strong>") && list.contains("三号楼楼道灯坏了一周"), "{list}");
    let seen = cast.company.submit(&format!("/tickets/{ticket}/contact"), &[]).await.body;
    assert!(seen.contains("13900001111") && seen.contains("3-201"));
    let told = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(told.contains("2024-08-20 09:00已读") && told.contains("站内已送达，未读"), "{told}");

    assert!(act(&cast.company, ticket, "accept", &[]).await.body.contains("请填写说明"));
    let accepted = act(&cast.company, ticket, "accept", &[("words", "已电话联系，下午上门")]).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
    assert!(
        act(&cast.company, ticket, "accept", &[("words", "再来")])
            .await
            .body
            .contains("处理中”，不能这样办理")
    );
    let answered = act(&cast.company, ticket, "answer", &[("words", "已更换灯具，电话13812345678")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);
    let page = cast.resident.get(&track).await.body;
    assert!(page.contains("已更换灯具，电话138********") && page.contains("请您评价"), "{page}");
    let rated =
        cast.resident.submit(&format!("{track}/rate"), &[("solved", "yes"), ("satisfied", "yes")]).await;
    assert_eq!(rated.location, Some(track.clone()));
    assert_eq!(stage(&house, ticket).await, "closed");
    let twice =
        cast.resident.submit(&format!("{track}/rate"), &[("solved", "no"), ("satisfied", "no")]).await;
    assert!(twice.body.contains("不能这样办理") && twice.location.is_none(), "{}", twice.body);
    let verdicts = "select count(*) as n from tickets_tickets where dispatched_v = 'in_time' and contacted_v = 'in_time' and answered_v = 'in_time' and solved = 'yes' and satisfied = 'yes'";
    assert_eq!(house.count(verdicts).await, 1);
}

async fn an_unsolved_answer_is_done_again(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let (track, ticket) = (format!("/tickets/track/{code}"), cast.ticket(&house).await);
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
    let unsaid =
        cast.resident.submit(&format!("{track}/rate"), &[("solved", "no"), ("words", "夜里还是黑的")]).await;
    assert!(
        unsaid.body.contains("请分别选择是否解决、是否满意")
            && unsaid.body.contains("夜里还是黑的</textarea>"),
        "{}",
        unsaid.body
    );
    assert!(unsaid.body.contains("name=\"solved\" value=\"no\">"), "{}", unsaid.body);
    let fields = [("solved", "no"), ("satisfied", "no"), ("words", "灯还是不亮")];
    assert_eq!(cast.resident.submit(&format!("{track}/rate"), &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stage(&house, ticket).await, "accepted");
    assert_eq!(house.count("select round as n from tickets_tickets").await, 2);
    let page = cast.company.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("重新办理。灯还是不亮"), "{page}");
    act(&cast.company, ticket, "answer", &[("words", "换了新灯座")]).await;
    assert!(
        act(&cast.company, ticket, "close", &[("words", "自己结案")]).await.status == StatusCode::FORBIDDEN
    );
    let closed = act(&cast.neighborhood, ticket, "close", &[("words", "到现场看过，灯亮")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    assert!(cast.resident.get(&track).await.body.contains("核查结案：到现场看过，灯亮"));
    // Closed by others, it is still the reporter's to judge; a second "no" calls the level above in.
    assert_eq!(cast.resident.submit(&format!("{track}/rate"), &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(stage(&house, ticket).await, "accepted");
    assert_eq!(house.count("select level as n from tickets_tickets").await, 2);
    assert_eq!(
        house.count("select count(*) as n from tickets_whistles where responder_kind = 'neighborhood'").await,
        1
    );
    act(&cast.company, ticket, "answer", &[("words", "整条线路重做")]).await;
    let own = act(&cast.company, ticket, "call-back", &[("solved", "yes"), ("satisfied", "yes")]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);
    let called =
        act(&cast.neighborhood, ticket, "call-back", &[("solved", "yes"), ("satisfied", "no")]).await;
    assert_eq!(called.status, StatusCode::SEE_OTHER, "{}", called.body);
    assert!(cast.resident.get(&track).await.body.contains("回访评价：已解决，不满意"));
}

async fn late_stays_late_however_often_it_is_done_again(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    house.it_is("2024-08-28T01:00:00Z");
    tickets::wake_due(&house.app).await.unwrap();
    let cast = cast.again(&house).await;
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
    let fields = [("solved", "no"), ("satisfied", "no")];
    cast.resident.submit(&format!("/tickets/track/{code}/rate"), &fields).await;
    act(&cast.company, ticket, "answer", &[("words", "当天重做")]).await;
    assert_eq!(
        house
            .count("select count(*) as n from tickets_tickets where answered_v = 'late' and round = 2")
            .await,
        1
    );
    let closed = cast.county.get("/tickets?stage=answered&late=yes").await.body;
    assert!(closed.contains("楼道灯"), "{closed}");
}

async fn a_return_is_reviewed_and_the_case_given_to_another(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("category", "illegal_building"), ("body", "顶楼有人搭建阳光房")]).await;
    let ticket = cast.ticket(&house).await;
    let returned = act(&cast.company, ticket, "give-back", &[("words", "拆违属于执法，企业无权")]).await;
    assert_eq!(returned.status, StatusCode::SEE_OTHER);
    let refused = act(&cast.neighborhood, ticket, "refuse-return", &[("words", "先劝阻并报告")]).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER);
    act(&cast.company, ticket, "give-back", &[("words", "已劝阻无效，报告在案")]).await;
    let nobody = act(&cast.street, ticket, "dispatch", &[("handler", "enterprise:999")]).await;
    assert!(nobody.body.contains("请选择承办单位"));
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    let county = page.split("value=\"county:").nth(1).and_then(|it| it.split('"').next()).unwrap();
    let handler = format!("county:{county}");
    let given = act(&cast.street, ticket, "dispatch", &[("handler", handler.as_str())]).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let gone = act(&cast.company, ticket, "accept", &[("words", "再接回来")]).await;
    assert_eq!(gone.status, StatusCode::FORBIDDEN);
    let stale = cast
        .county
        .submit(&format!("/tickets/{ticket}/accept"), &[("words", "已联系"), ("version", "1")])
        .await;
    assert!(stale.body.contains("已被他人修改") && stale.body.contains("已联系"), "{}", stale.body);
    assert_eq!(
        act(&cast.county, ticket, "accept", &[("words", "已联系当事人")]).await.status,
        StatusCode::SEE_OTHER
    );
    let extended = act(&cast.street, ticket, "extend", &[("words", "需立案调查")]).await;
    assert_eq!(extended.status, StatusCode::SEE_OTHER, "{}", extended.body);
    assert!(act(&cast.street, ticket, "extend", &[("words", "再延")]).await.body.contains("已经延期过一次"));
}

async fn what_is_not_ours_is_declined_or_sent_on_with_the_reason(house: House) {
    let cast = Cast::of(&house).await;
    // Without a company nobody gets it by itself.
    house
        .given(|tx| Ok(tx.given("update registry_communities set enterprise = 0, service_mode = 'none'")?))
        .await;
    for (verb, list, code, unlisted, shown) in [
        (
            "decline",
            "reason",
            "repeated",
            "请从清单里选择不予受理的理由",
            "不予受理：同一事项已经办结，没有新的事实和理由。见上次答复",
        ),
        ("transfer", "line", "95598", "请从清单里选择转到哪条专线", "已转：95598 供电。见上次答复"),
    ] {
        let tracked = cast.report(&[]).await;
        let ticket = cast.ticket(&house).await;
        assert_eq!(stage(&house, ticket).await, "filed");
        for (fields, no) in [
            ([(list, code), ("words", " ")], "请填写说明"),
            ([(list, "别的"), ("words", "见上次答复")], unlisted),
        ] {
            let refused = act(&cast.county, ticket, verb, &fields).await.body;
            assert!(refused.contains(no), "{refused}");
        }
        let done = act(&cast.county, ticket, verb, &[(list, code), ("words", "见上次答复")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = cast.resident.get(&format!("/tickets/track/{tracked}")).await.body;
        assert!(page.contains(shown), "{page}");
    }
}

async fn the_same_report_sent_many_times_is_one(house: House) {
    let cast = Cast::of(&house).await;
    let community = cast.community.to_string();
    let sends: Vec<_> = (0..64)
        .map(|_| {
            let (who, community) = (cast.resident.clone(), community.clone());
            tokio::spawn(async move {
                let fields = [
                    ("community", community.as_str()),
                    ("category", "lighting"),
                    ("body", "三号楼楼道灯坏了"),
                    ("phone", "13900001111"),
                    ("_key", "one-and-the-same-key"),
                ];
                who.upload_keyed("/tickets/report", &fields).await
            })
        })
        .collect();
    let mut codes = std::collections::BTreeSet::new();
    for send in sends {
        // Whoever was quick enough, and not too many, is led to the one code.
        codes.extend(send.await.unwrap().location);
    }
    assert_eq!((codes.len(), house.count("select count(*) as n from tickets_tickets").await), (1, 1));
    assert_eq!(house.as_stranger().get(codes.first().unwrap()).await.status, StatusCode::OK);
}

async fn a_neighbour_follows_instead_of_repeating(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("openness", "private"), ("body", "不公开的一件事情")]).await;
    let private = cast.ticket(&house).await;
    cast.report(&[("openness", "public"), ("body", "电梯厅灯坏了")]).await;
    let public = cast.ticket(&house).await;
    let page = cast.resident.get(&format!("/tickets/report?community={}", cast.community)).await.body;
    assert!(page.contains("电梯厅灯坏了") && !page.contains("不公开的一件事情"), "{page}");
    assert!(!page.contains("周桂芳") && !page.contains("3-201"));
    let followed = cast.resident.submit(&format!("/tickets/follow/{public}"), &[]).await;
    let code = story::code_of(&followed);
    let seen = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(seen.contains("电梯厅灯坏了") && !seen.contains("撤回") && !seen.contains("催办"), "{seen}");
    let before = house.rows().await;
    let refused = cast.resident.submit(&format!("/tickets/follow/{private}"), &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    for verb in ["withdraw", "urge", "add", "rate"] {
        let path = format!("/tickets/track/{code}/{verb}");
        assert_eq!(
            cast.resident.submit(&path, &[("words", "x")]).await.status,
            StatusCode::NOT_FOUND,
            "{verb}"
        );
    }
    assert_eq!(house.changed_since(&before).await, ["store_tries"]);
}

async fn two_reports_of_one_trouble_are_merged_and_both_hear_the_answer(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let first = cast.ticket(&house).await;
    let code = cast.report(&[("body", "三号楼灯不亮")]).await;
    let second = cast.ticket(&house).await;
    assert!(
        act(&cast.street, second, "merge", &[("into", "2")]).await.body.contains("没有找到可以并入的案件")
    );
    assert!(
        act(&cast.street, second, "merge", &[("into", "99")]).await.body.contains("没有找到可以并入的案件")
    );
    let merged = act(&cast.street, second, "merge", &[("into", "舒城县-000001")]).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    act(&cast.company, first, "accept", &[("words", "已联系")]).await;
    act(&cast.company, first, "answer", &[("words", "整栋楼的灯已更换")]).await;
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("已答复") && page.contains("与第1号是同一问题"), "{page}");
    assert!(page.contains("整栋楼的灯已更换"), "{page}");
}

// covers: SC-065, FX-057
async fn staff_file_for_a_resident_who_asks_by_number_and_tail(house: House) {
    let cast = Cast::of(&house).await;
    let community = cast.community.to_string();
    let fields = [
        ("community", community.as_str()),
        ("category", "sewage"),
        ("body", "下水道堵塞外溢"),
        ("phone", "13900002222"),
        ("channel", "12345"),
    ];
    assert!(cast.neighborhood.submit("/tickets/new", &fields).await.location.is_some());
    let ticket = cast.ticket(&house).await;
    let foreign =
        house.as_somebody("别处社区", kernel::Role::Neighborhood, kernel::Scope::Neighborhood(1)).await;
    let page = foreign.get(&format!("/tickets/new?community={}", cast.community)).await.body;
    assert!(page.contains("小区名称") && !page.contains("登记</button>"), "{page}");
    let page = cast.county.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("12345热线") && page.contains("代群众登记"), "{page}");
    let county = "1";
    let ask = async |number: &str, tail: &str| {
        let fields = [("county", county), ("number", number), ("tail", tail)];
        cast.resident.submit("/tickets/track", &fields).await.body
    };
    assert!(ask("1", "").await.contains("手机号后四位请填四位数字"));
    assert!(ask("abc", "2222").await.contains("编号请填数字"));
    let told = ask("舒城县-000001", "2222").await;
    assert!(told.contains("待接单") && told.contains("前答复") && !told.contains("下水道"), "{told}");
    // A number written whole says its county; without either it is asked for.
    let whole = [("number", "金安区-000001"), ("tail", "2222")];
    assert!(cast.resident.submit("/tickets/track", &whole).await.body.contains("待接单"));
    let short = [("number", "1"), ("tail", "2222")];
    assert!(cast.resident.submit("/tickets/track", &short).await.body.contains("请选择县区"));
    for _ in 0..3 {
        assert!(ask("1", "0000").await.contains("编号与手机尾号不符"));
    }
    assert!(ask("1", "2222").await.contains("查询次数过多"));
}

// covers: BJ-023
async fn the_rates_say_what_they_are_divided_by(house: House) {
    let cast = Cast::of(&house).await;
    for (n, (solved, satisfied)) in [("yes", "yes"), ("yes", "no"), ("", "")].into_iter().enumerate() {
        let code = cast.report(&[]).await;
        let ticket = cast.ticket(&house).await;
        if n == 2 {
            continue;
        }
        act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
        act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
        let fields = [("solved", solved), ("satisfied", satisfied)];
        cast.resident.submit(&format!("/tickets/track/{code}/rate"), &fields).await;
    }
    let page = cast.county.get("/tickets/rates?month=2024-08").await.body;
    for words in ["100.0%（2/2）", "50.0%（1/2）", "<strong>3</strong><span>件诉求"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(cast.county.get("/tickets/rates?month=2024-07").await.body.contains("这段时间没有诉求"));
    // The third falls due without an answer: it counts against the on-time rate though it is still open.
    house.it_is("2024-08-28T01:00:00Z");
    tickets::wake_due(&house.app).await.unwrap();
    let cast = cast.again(&house).await;
    let page = cast.county.get("/tickets/rates?month=2024-08").await.body;
    assert!(page.contains("66.7%（2/3）"), "{page}");
}

async fn a_county_confirms_its_clocks_and_running_cases_keep_theirs(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let due = "select answer_by as n from tickets_tickets order by id limit 1";
    let before = house.count(due).await;
    let wrong = cast.county.submit("/tickets/profile", &[("profile", "beijing-12345")]).await;
    assert!(wrong.body.contains("请填写确认依据"));
    let fields = [("profile", "beijing-12345"), ("document", "联席会议纪要〔2024〕3号")];
    assert_eq!(cast.street.submit("/tickets/profile", &fields).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.county.submit("/tickets/profile", &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.count(due).await, before);
    // What ran by a draft still does, and says so; what comes from now on does not.
    assert!(cast.resident.get(&format!("/tickets/track/{code}")).await.body.contains("非文件数字"));
    let later = cast.report(&[]).await;
    assert!(!cast.resident.get(&format!("/tickets/track/{later}")).await.body.contains("非文件数字"));
    // Seven calendar days, until midnight: 2024-08-27T16:00:00Z.
    let due = house.count("select max(answer_by) as n from tickets_tickets").await;
    assert_eq!(jiff::Timestamp::from_microsecond(due).unwrap().to_string(), "2024-08-27T16:00:00Z");
    assert_eq!(stage(&house, cast.ticket(&house).await).await, "filed");
}
