//! What was called wrongly is put right, praise is passed on, and a "no" is looked into once more.

use axum::http::StatusCode;
use testkit::{House, on_both_stores};

use crate::story::{Cast, act, stage};

on_both_stores!(crate::story::house;
    praise_is_passed_on_and_nobodys_clock_runs,
    what_was_no_praise_is_worked_on,
    a_wrong_category_is_put_right_and_everybody_is_told,
    a_no_is_looked_into_once_more_by_an_office_above,
    a_silent_reporter_may_still_say_it_is_not_solved,
    the_first_question_is_a_link_that_changes_nothing,
    a_touch_of_the_plan_without_a_script_keeps_what_was_typed,
    an_anonymous_report_names_no_flat_to_anybody_but_the_offices,
);

const PRAISE: [(&str, &str); 3] =
    [("kind", "praise"), ("category", "elevator_trapped"), ("body", "师傅十分钟就赶到，谢谢")];

async fn praise_is_passed_on_and_nobodys_clock_runs(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&PRAISE).await;
    let ticket = cast.ticket(&house).await;
    assert_eq!(stage(&house, ticket).await, "closed");
    let asleep = "select count(*) as n from tickets_tickets where wakes_at is null and closed_at = filed_at and words = 'noted' and urgency = 'ordinary'";
    assert_eq!(house.count(asleep).await, 1);
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("谢谢您的表扬，已转告") && page.contains("已转告有关单位"), "{page}");
    for gone in ["请您评价", "催办", "撤回这件诉求"] {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    let told = cast.company.get("/messages").await.body;
    assert!(told.contains("收到表扬：") && !told.contains("新诉求"), "{told}");
    house.it_is("2024-12-20T16:00:00Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 0);
    let cast = cast.again(&house).await;
    let rates = cast.county.get("/tickets/rates?month=2024-08").await.body;
    assert!(rates.contains("—") && !rates.contains("0.0%"), "it lowers nobody's rate: {rates}");
}

async fn what_was_no_praise_is_worked_on(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&PRAISE).await;
    let ticket = cast.ticket(&house).await;
    let page = cast.street.get(&format!("/tickets/{ticket}")).await.body;
    assert!(page.contains("实际的性质") && !page.contains("value=\"praise\""), "{page}");
    let before = house.rows().await;
    let fields = [("category", "elevator"), ("words", "说的是电梯坏了")];
    let still = act(&cast.street, ticket, "correct", &fields).await;
    assert!(
        still.body.contains("请选择实际的性质") && still.body.contains("说的是电梯坏了</textarea>"),
        "{}",
        still.body
    );
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let fields = [("category", "elevator"), ("kind", "repair"), ("words", "说的是电梯坏了")];
    let done = act(&cast.street, ticket, "correct", &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(stage(&house, ticket).await, "filed");
    let awake = "select count(*) as n from tickets_tickets where wakes_at = dispatch_by and closed_at is null and kind = 'repair'";
    assert_eq!(house.count(awake).await, 1);
    // Called danger by mistake and put right: the long clock runs from where it was taken up.
    let due = "select answer_by as n from tickets_tickets";
    let before = house.count(due).await;
    act(
        &cast.street,
        ticket,
        "correct",
        &[("category", "elevator"), ("urgency", "danger"), ("words", "困人")],
    )
    .await;
    assert!(house.count(due).await < before);
    act(&cast.street, ticket, "correct", &[("category", "elevator"), ("words", "没有困人")]).await;
    assert_eq!(house.count(due).await, before);
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(page.contains("性质更正为“报修”，开始办理") && page.contains("正在派单"), "{page}");
}

// covers: SC-058, SC-060
async fn a_wrong_category_is_put_right_and_everybody_is_told(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let danger = [("category", "elevator_trapped"), ("words", "有人困在里面")];
    let strangers = [&cast.company, &cast.branch, &cast.committee, &cast.city];
    // Opening the page is what makes its message read.
    for who in strangers.into_iter().chain([&cast.neighborhood]) {
        who.get(&format!("/tickets/{ticket}")).await;
    }
    let before = house.rows().await;
    for who in strangers {
        assert_eq!(act(who, ticket, "correct", &danger).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let before = house.rows().await;
    let same = [("category", "lighting"), ("words", "没有变")];
    assert!(act(&cast.neighborhood, ticket, "correct", &same).await.body.contains("都没有改动"));
    let none = [("category", "什么"), ("words", "没有变")];
    assert!(act(&cast.neighborhood, ticket, "correct", &none).await.body.contains("请选择正确的类别"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // An hour later somebody reads it.
    house.it_is("2024-08-20T02:00:00Z");
    let cast = cast.again(&house).await;
    let done = act(&cast.neighborhood, ticket, "correct", &danger).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Danger: called within the hour, answered within two, from now on.
    let from_now = "select count(*) as n from tickets_tickets where urgency = 'danger' and category = 'elevator_trapped'
        and dispatched_v = 'in_time' and contact_by = 1724122800000000 and answer_by = 1724126400000000 and wakes_at = contact_by";
    assert_eq!(house.count(from_now).await, 1);
    let page = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    let said = "类别更正为“电梯困人”，紧急程度更正为“危及安全”，时限随之改变：有人困在里面";
    assert!(page.contains(said) && page.contains("2024-08-20 12:00前答复"), "{page}");
    let told = cast.company.get("/messages").await.body;
    assert!(told.contains("类别或紧急程度已更正，请看时限"), "{told}");
}

// covers: SC-060
async fn a_no_is_looked_into_once_more_by_an_office_above(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let (track, ticket) = (format!("/tickets/track/{code}"), cast.ticket(&house).await);
    let no = [("reason", "repeated"), ("words", "上月已修")];
    act(&cast.neighborhood, ticket, "decline", &no).await;
    let page = cast.resident.get(&track).await.body;
    assert!(page.contains("申请复核") && page.contains("2024-08-27 24时前可以申请一次"), "{page}");
    let empty = cast.resident.submit(&format!("{track}/object"), &[("words", " ")]).await;
    assert!(empty.body.contains("请填写说明"), "{}", empty.body);
    let said = [("words", "上月修的是四号楼")];
    let staff = cast.neighborhood.submit(&format!("{track}/object"), &said).await;
    assert!(staff.body.contains("申请复核由反映人自己提出"), "{}", staff.body);
    let objected = cast.resident.submit(&format!("{track}/object"), &said).await;
    assert!(objected.said().contains("已申请复核"), "{}", objected.body);
    assert_eq!(stage(&house, ticket).await, "filed");
    assert!(cast.county.get("/messages").await.body.contains("反映人不认可不予受理或转办"));
    assert!(cast.resident.get(&track).await.body.contains("已申请复核，正由街道"));
    let staff = cast.neighborhood.get(&format!("/tickets/{ticket}")).await.body;
    assert!(
        staff.contains("申请复核（理由见“经过”）") && !staff.contains("不予受理的理由</label>"),
        "{staff}"
    );
    cast.neighborhood.get(&format!("/tickets/{ticket}")).await;
    let before = house.rows().await;
    let again = act(&cast.neighborhood, ticket, "decline", &no).await;
    assert!(again.body.contains("是否受理由街道（乡镇）或县主管部门决定"), "{}", again.body);
    let away = [("line", "95598"), ("words", "找供电")];
    assert!(act(&cast.neighborhood, ticket, "transfer", &away).await.body.contains("是否受理由街道"));
    let twice = cast.resident.submit(&format!("{track}/object"), &said).await;
    assert!(twice.body.contains("不能这样办理"), "{}", twice.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    act(&cast.street, ticket, "decline", &no).await;
    let page = cast.resident.get(&track).await.body;
    assert!(page.contains("复核后维持：不予受理：") && !page.contains("不认可？"), "{page}");
    let last = cast.resident.submit(&format!("{track}/object"), &said).await;
    assert!(last.body.contains("已经申请过一次复核"), "{}", last.body);
    // And whoever waits too long.
    let late = cast.report(&[("phone", "13900002222")]).await;
    let other = cast.ticket(&house).await;
    act(&cast.neighborhood, other, "transfer", &away).await;
    house.it_is("2024-08-27T16:00:00Z");
    let before = house.rows().await;
    let late = cast.resident.submit(&format!("/tickets/track/{late}/object"), &said).await;
    assert!(late.body.contains("申请复核的时间已过"), "{}", late.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

// covers: SC-060
async fn a_silent_reporter_may_still_say_it_is_not_solved(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let (track, ticket) = (format!("/tickets/track/{code}"), cast.ticket(&house).await);
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
    house.it_is("2024-08-27T16:00:00Z");
    assert_eq!(tickets::wake_due(&house.app).await.unwrap(), 1);
    let page = cast.resident.get(&track).await.body;
    assert!(page.contains("已办结（未评价）") && page.contains("觉得没有解决的"), "{page}");
    let no = [("solved", "no"), ("satisfied", "no"), ("words", "出门一周，灯还是黑的")];
    let rated = cast.resident.submit(&format!("{track}/rate"), &no).await;
    assert!(rated.said().contains("已转回重新办理"), "{}", rated.body);
    assert_eq!(stage(&house, ticket).await, "accepted");
}

async fn the_first_question_is_a_link_that_changes_nothing(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let (track, ticket) = (format!("/tickets/track/{code}"), cast.ticket(&house).await);
    act(&cast.company, ticket, "accept", &[("words", "已联系")]).await;
    act(&cast.company, ticket, "answer", &[("words", "已处理")]).await;
    let before = house.rows().await;
    let first = cast.resident.get(&track).await.body;
    assert!(first.contains("问题解决了吗？") && !first.contains("您满意吗"), "{first}");
    let second = cast.resident.get(&format!("{track}?solved=no")).await.body;
    assert!(second.contains("<strong>没有解决</strong>") && second.contains("您满意吗"), "{second}");
    assert!(second.contains("name=\"solved\" value=\"no\""), "{second}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(stage(&house, ticket).await, "answered");
}

async fn an_anonymous_report_names_no_flat_to_anybody_but_the_offices(house: House) {
    let cast = Cast::of(&house).await;
    let fields = [
        ("openness", "anonymous"),
        ("body", "我住5号楼2单元301，楼下夜里装修"),
        ("building", "5号楼2单元301室"),
        ("unit", ""),
    ];
    cast.report(&fields).await;
    let ticket = cast.ticket(&house).await;
    let page = format!("/tickets/{ticket}");
    for who in [&cast.company, &cast.committee] {
        for shown in [who.get(&page).await.body, who.get("/tickets").await.body] {
            assert!(shown.contains("5号楼2单元**") && !shown.contains("元301"), "{shown}");
        }
    }
    // What the reporter adds names it no more than the report did.
    let code = cast.report(&[("openness", "anonymous"), ("phone", "13900003333")]).await;
    let other = cast.ticket(&house).await;
    cast.resident.submit(&format!("/tickets/track/{code}/add"), &[("words", "我家2单元 301又漏了")]).await;
    let shown = cast.company.get(&format!("/tickets/{other}")).await.body;
    assert!(shown.contains("我家2单元 **又漏了"), "{shown}");
    // The offices that may see the contact see the flat there, once they ask.
    let asked = cast.neighborhood.submit(&format!("{page}/contact"), &[]).await.body;
    assert!(asked.contains("5号楼2单元301室"), "{asked}");
    // Whoever is not anonymous may name a flat: somebody has to go there.
    cast.report(&[("body", "5号楼2单元301漏水"), ("phone", "13900002222")]).await;
    let open = cast.ticket(&house).await;
    assert!(cast.company.get(&format!("/tickets/{open}")).await.body.contains("2单元301漏水"));
}

async fn a_touch_of_the_plan_without_a_script_keeps_what_was_typed(house: House) {
    let cast = Cast::of(&house).await;
    let community = cast.community.to_string();
    let fields = [
        ("community", community.as_str()),
        ("category", "leak"),
        ("body", "车库顶上滴水"),
        ("building", ""),
        ("phone", "13900001111"),
        ("place", "地下车库"),
    ];
    let before = house.rows().await;
    let page = cast.resident.upload_with("/tickets/report/place", &fields, "", b"").await.body;
    for kept in ["车库顶上滴水</textarea>", "value=\"地下车库\"", "value=\"13900001111\"", "请重新选择一次"]
    {
        assert!(page.contains(kept), "{kept}: {page}");
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}
