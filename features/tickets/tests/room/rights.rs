//! Who sees what of whom: strangers, cousins, the company of an anonymous report, and what lies in the tables.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    a_cousin_finds_nothing_and_changes_nothing,
    a_sheet_says_what_the_list_says_and_nobody_who_reported,
    a_case_is_found_by_its_words_in_every_state_and_only_in_scope,
    a_contact_is_masked_until_somebody_asks_and_is_noted,
    the_company_of_an_anonymous_report_learns_the_building_only,
    the_reporter_is_sealed_at_rest_and_absent_from_the_log,
    a_code_nobody_has_leads_nowhere,
    a_hostile_file_is_refused_and_nothing_is_filed,
    a_code_is_drawn_for_the_board_and_for_the_reporter,
);

const VERBS: [&str; 13] = [
    "call-back",
    "dispatch",
    "decline",
    "transfer",
    "give-back",
    "refuse-return",
    "accept",
    "extend",
    "answer",
    "close",
    "supervise",
    "merge",
    "blow",
];

async fn a_cousin_finds_nothing_and_changes_nothing(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let ticket = cast.ticket(&house).await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let rival =
        house.as_somebody("别的企业", Role::Enterprise, Scope::Enterprise(cast.other_enterprise)).await;
    let owner = house.as_somebody("业主", Role::Owner, Scope::Community(cast.community)).await;
    let before = house.rows().await;
    for who in [&cousin, &rival] {
        assert_eq!(who.get(&format!("/tickets/{ticket}")).await.status, StatusCode::NOT_FOUND);
        assert!(!who.get("/tickets").await.body.contains("楼道灯"));
        assert!(!who.get("/tickets/rates?month=2024-08").await.body.contains("<strong>1</strong>"));
        for verb in VERBS {
            let fields = [("words", "x"), ("version", "1"), ("handler", "county:1"), ("into", "1")];
            let answer = who.submit(&format!("/tickets/{ticket}/{verb}"), &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
        }
    }
    assert_eq!(owner.get("/tickets").await.status, StatusCode::FORBIDDEN);
    assert_eq!(owner.get(&format!("/tickets/{ticket}")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let stranger = house.as_stranger();
    assert_eq!(
        stranger.get(&format!("/tickets/{ticket}")).await.location.as_deref(),
        Some("/accounts/sign-in")
    );
    for verb in VERBS {
        let answer = stranger.submit(&format!("/tickets/{ticket}/{verb}"), &[("version", "1")]).await;
        assert_eq!(answer.location.as_deref(), Some("/accounts/sign-in"), "{verb}");
    }
}

async fn the_company_of_an_anonymous_report_learns_the_building_only(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("openness", "anonymous"), ("body", "企业乱收装修押金")]).await;
    let ticket = cast.ticket(&house).await;
    for who in [&cast.company, &cast.committee] {
        let page = who.get(&format!("/tickets/{ticket}")).await.body;
        assert!(page.contains("3号楼") && page.contains("对企业匿名"), "{page}");
        assert!(
            !page.contains("周桂芳") && !page.contains("13900001111") && !page.contains("3-201"),
            "{page}"
        );
        let refused = who.submit(&format!("/tickets/{ticket}/contact"), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    for who in [&cast.neighborhood, &cast.street, &cast.county] {
        let page = who.submit(&format!("/tickets/{ticket}/contact"), &[]).await.body;
        assert!(page.contains("周桂芳") && page.contains("3-201"), "{page}");
    }
    // Whoever hides may leave no number at all, and then no tail leads to it.
    cast.report(&[("openness", "anonymous"), ("phone", ""), ("name", "")]).await;
    for (tail, words) in [("", "请填四位数字"), ("0000", "编号与手机尾号不符")] {
        let fields = [("county", "1"), ("number", "2"), ("tail", tail)];
        let told = cast.resident.submit("/tickets/track", &fields).await.body;
        assert!(told.contains(words), "{told}");
    }
    let silent = cast.try_report(&[("phone", "")]).await;
    assert!(silent.body.contains("请填写手机号"), "{}", silent.body);
}

async fn the_reporter_is_sealed_at_rest_and_absent_from_the_log(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[("body", "三号楼灯坏了，打我电话13900001111")]).await;
    act(&cast.company, cast.ticket(&house).await, "accept", &[("words", "已联系")]).await;
    for (table, content) in house.rows().await {
        for secret in ["周桂芳", "13900001111", "3-201", code.as_str()] {
            let kept_by_design = table == "accounts_users";
            assert!(kept_by_design || !content.contains(secret), "{table} holds {secret}");
        }
    }
}

async fn a_code_nobody_has_leads_nowhere(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let missing = if code == "2222222222" { "3333333333" } else { "2222222222" };
    let before = house.rows().await;
    for code in [missing, "x", "0000000000"] {
        assert_eq!(cast.resident.get(&format!("/tickets/track/{code}")).await.status, StatusCode::NOT_FOUND);
        let path = format!("/tickets/track/{code}/withdraw");
        assert_eq!(cast.resident.submit(&path, &[]).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let track = format!("/tickets/track/{}-{}", &code[..5].to_lowercase(), &code[5..]);
    assert_eq!(cast.resident.get(&track).await.status, StatusCode::OK);
    assert_eq!(cast.resident.submit(&format!("{track}/urge"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        cast.resident.submit(&format!("{track}/add"), &[("words", "晚上更黑")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(cast.resident.submit(&format!("{track}/withdraw"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(cast.resident.submit(&format!("{track}/urge"), &[]).await.body.contains("已撤回”，不能这样办理"));
}

// covers: SC-060
async fn a_code_is_drawn_for_the_board_and_for_the_reporter(house: House) {
    let cast = Cast::of(&house).await;
    let code = cast.report(&[]).await;
    let drawn = cast.resident.get(&format!("/tickets/track/{code}/qr.svg")).await;
    assert!(drawn.status == StatusCode::OK && drawn.body.contains("<svg"), "{}", drawn.body);
    assert_eq!(cast.resident.get("/tickets/track/short/qr.svg").await.status, StatusCode::NOT_FOUND);
    let board = format!("/tickets/board/{}", cast.community);
    let page = cast.neighborhood.get(&board).await.body;
    assert!(page.contains(&format!("/tickets/report?community={}", cast.community)), "{page}");
    let rival =
        house.as_somebody("别的企业", Role::Enterprise, Scope::Enterprise(cast.other_enterprise)).await;
    assert_eq!(rival.get(&board).await.status, StatusCode::NOT_FOUND);
}

async fn a_hostile_file_is_refused_and_nothing_is_filed(house: House) {
    let cast = Cast::of(&house).await;
    let community = cast.community.to_string();
    let fields = [
        ("community", community.as_str()),
        ("category", "lighting"),
        ("body", "三号楼楼道灯坏了"),
        ("phone", "13900001111"),
    ];
    let svg = cast.resident.upload_with("/tickets/report", &fields, "灯.jpg", b"<svg onload=alert(1)>").await;
    assert!(
        svg.body.contains("照片请用 JPG 或 PNG") && svg.body.contains("三号楼楼道灯坏了"),
        "{}",
        svg.body
    );
    assert_eq!(house.count("select count(*) as n from tickets_tickets").await, 0);
}

async fn a_sheet_says_what_the_list_says_and_nobody_who_reported(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    cast.report(&[("category", "illegal_building"), ("body", "顶楼有人搭建阳光房")]).await;
    let sheet = async |who: &Browser, query: &str| {
        let answer = who.get(&format!("/tickets/export.xlsx?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        documents::read_table(&answer.bytes).unwrap()
    };
    let all = sheet(&cast.county, "stage=dispatched").await;
    assert_eq!(all.header[..3], ["编号", "类别", "内容"]);
    let at = |head: &str| all.header.iter().position(|it| it == head).unwrap();
    assert_eq!(all.header.len(), all.rows[0].1.len());
    let bodies: Vec<&str> = all.rows.iter().map(|it| it.1[2].as_str()).collect();
    assert_eq!(bodies.len(), 2);
    let row = &all.rows.iter().find(|it| it.1[2] == "三号楼楼道灯坏了一周").unwrap().1;
    let said = ["位置", "来源", "按时派单"].map(|head| row[at(head)].as_str());
    assert_eq!(said, ["3号楼", "网上自报", "是"]);
    for it in &all.rows {
        let line = it.1.join(" ");
        assert!(
            !line.contains("周桂芳") && !line.contains("13900001111") && !line.contains("3-201"),
            "{line}"
        );
    }
    let filtered = sheet(&cast.county, "stage=dispatched&category=illegal_building").await;
    assert_eq!(filtered.rows.len(), 1);
    assert_eq!(sheet(&cast.county, "stage=dispatched&late=yes").await.rows.len(), 0);
    // A cousin's sheet is empty, a stranger has none, and a tab nobody knows is nowhere.
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert_eq!(sheet(&cousin, "stage=dispatched").await.rows.len(), 0);
    let nobody = house.as_stranger().get("/tickets/export.xlsx?stage=dispatched").await;
    assert_eq!(nobody.location.as_deref(), Some("/accounts/sign-in"));
    assert_eq!(cast.county.get("/tickets/export.xlsx?stage=x").await.status, StatusCode::NOT_FOUND);
}

async fn a_case_is_found_by_its_words_in_every_state_and_only_in_scope(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    cast.report(&[("category", "illegal_building"), ("body", "顶楼有人搭建阳光房，电话13900009999")]).await;
    let found = async |who: &Browser, said: &str| {
        let escaped: String = said.bytes().map(|it| format!("%{it:02X}")).collect();
        let page = who.get(&format!("/tickets?said={escaped}")).await;
        ["三号楼楼道灯坏了", "阳光房"].map(|it| page.body.contains(it))
    };
    assert_eq!(found(&cast.county, "阳光").await, [false, true]);
    assert_eq!(found(&cast.county, "楼道灯").await, [true, false]);
    assert_eq!(found(&cast.county, "000002").await, [false, true]);
    // Masked numbers are in no index, and words apart in the text are no phrase.
    assert_eq!(found(&cast.county, "13900009999").await, [false, false]);
    assert_eq!(found(&cast.county, "楼房").await, [false, false]);
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    assert_eq!(found(&cousin, "楼道灯").await, [false, false]);
    let sheet = cast.county.get("/tickets/export.xlsx?said=%E9%98%B3%E5%85%89").await;
    assert_eq!(documents::read_table(&sheet.bytes).unwrap().rows.len(), 1);
}

async fn a_contact_is_masked_until_somebody_asks_and_is_noted(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[]).await;
    let id = house.count("select id as n from tickets_tickets").await;
    let path = format!("/tickets/{id}");
    let page = cast.county.get(&path).await.body;
    assert!(page.contains("周**") && !page.contains("周桂芳") && !page.contains("13900001111"), "{page}");
    let seen = cast.county.submit(&format!("{path}/contact"), &[]).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(seen.body.contains("周桂芳") && seen.body.contains("13900001111"), "{}", seen.body);
    let noted = "select count(*) as n from store_audit where event = 'tickets.contact_revealed'";
    assert_eq!(house.count(noted).await, 1);
    let said = house.given(|tx| {
        let sql = "select body from store_audit where event = 'tickets.contact_revealed'";
        Ok(tx.one(sql, &[], |it| it.text("body"))?)
    });
    assert!(!said.await.contains("13900001111"));
    // The page itself stays masked, and whoever may not know finds no such verb.
    assert!(!cast.county.get(&path).await.body.contains("13900001111"));
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let before = house.rows().await;
    assert_eq!(cousin.submit(&format!("{path}/contact"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}
