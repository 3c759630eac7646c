//! What the notices ask for around the choosing: their own words, the districts' ways, and what is written upward.

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use testkit::{Answer, House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_campaign_says_what_it_rests_on_and_whom_to_ask,
    the_five_qualities_stand_on_the_certificate,
    a_district_declares_its_way_before_it_chooses,
    a_district_that_examines_first_chooses_only_whom_it_examined,
    a_linked_campaign_lends_its_evidence,
    a_district_owes_two_papers_and_the_city_draws_them_together,
    groups_and_persons_are_honoured_in_a_register_of_their_own,
);

async fn open_beijing(cast: &Cast) -> i64 {
    // Its city's own assessment is printed without a last day.
    let form =
        [("pack", "beijing-2023-beautiful-home"), ("to-assess", "2024-12-31"), ("goal_on", "2024-12-31")];
    cast.city.submit("/campaigns", &form).await.id()
}

async fn on(house: &House, cast: Cast, at: &str) -> Cast {
    house.it_is(at);
    cast.again(house).await
}

// covers: LA-008, BJ-002, BJ-003, BJ-004, BJ-005, BJ-006, LA-031
async fn a_campaign_says_what_it_rests_on_and_whom_to_ask(house: House) {
    let cast = Cast::of(&house).await;
    let cast = on(&house, cast, "2023-07-20T01:00:00Z").await;
    let campaign = open_beijing(&cast).await;
    let path = format!("/campaigns/{campaign}");
    let page = cast.city.get(&path).await.body;
    for words in [
        "中组发〔2022〕2号、建房规〔2020〕10号",
        "到2024-12-31建成一批",
        "党委领导、政府主导、居民自治、多方参与、协商共建、科技支撑",
        "街道（乡镇）、居（村）民委员会、业主、业主委员会（物业管理委员会）、物业服务企业",
        "全市部署",
        "7月1日至7月31日",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let about = [("office", "物业管理处"), ("phone", "010-55597800"), ("email", "wyc@example.cn")];
    let before = house.rows().await;
    let wrong = cast.city.submit(&format!("{path}/about"), &[("phone", "13800138000")]).await;
    assert!(wrong.body.contains("不要公开个人手机号码"), "{}", wrong.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(cast.county.submit(&format!("{path}/about"), &about).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.city.submit(&format!("{path}/about"), &about).await.status, StatusCode::SEE_OTHER);
    assert!(cast.manager.get(&path).await.body.contains("物业管理处 010-55597800 wyc@example.cn"));
}

/// Awards put on the table as if they had been won, and objected to by nobody.
async fn awarded(house: &House, campaign: i64, community: i64) {
    house
        .given(move |tx| {
            let id = tx.ctx.new_id(Tenant::from_number(1));
            tx.given(&format!("insert into campaigns_awards (tenant, id, campaign, selection, application, rank, name, place, enterprise, total, title, document, awarded_on) values (1, {id}, {campaign}, 'city', {community}, 1, '锦绣花园', '金安区', '', '90', '六安市“美好家园”小区', '六城管〔2024〕101号', '2024-10-08')"))?;
            Ok(())
        })
        .await;
}

// covers: LA-004
async fn the_five_qualities_stand_on_the_certificate(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let path = format!("/campaigns/{campaign}/certificates");
    assert_eq!(cast.city.get(&path).await.status, StatusCode::NOT_FOUND);
    awarded(&house, campaign, cast.communities[0]).await;
    let page = cast.city.get(&path).await.body;
    assert!(page.contains("服务优良　管理规范　环境宜居　特点鲜明　群众满意"), "{page}");
    assert!(page.contains("锦绣花园") && page.contains("六安市“美好家园”小区"), "{page}");
    let stranger = house.as_somebody("外市", Role::CityBureau, Scope::City(2)).await;
    assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND);
}

async fn accepted(house: &House, cast: &Cast, campaign: i64, n: usize) -> i64 {
    let community = cast.communities[n];
    house
        .given(move |tx| {
            let id = tx.ctx.new_id(Tenant::from_number(1));
            tx.given(&format!("insert into campaigns_applications (tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, stage, answers, version) select tenant, {id}, city, subdistrict, neighborhood, id, enterprise, {campaign}, 'self', 'accepted', '{{}}', 1 from registry_communities where id = {community}"))?;
            Ok(id)
        })
        .await
}

async fn chosen(cast: &Cast, application: i64) -> Answer {
    let decision = [("decided_on", "2023-09-10"), ("decision", "局长办公会同意")];
    cast.county.submit(&format!("/campaigns/applications/{application}/recommend"), &decision).await
}

// covers: BJ-008, BJ-009, BJ-010
async fn a_district_declares_its_way_before_it_chooses(house: House) {
    let cast = Cast::of(&house).await;
    let cast = on(&house, cast, "2023-09-12T01:00:00Z").await;
    let campaign = open_beijing(&cast).await;
    let applications =
        [accepted(&house, &cast, campaign, 0).await, accepted(&house, &cast, campaign, 1).await];
    assert!(chosen(&cast, applications[0]).await.body.contains("请先在“创建安排”中选定本区的创建方式"));
    let plan = format!("/campaigns/{campaign}/plan");
    assert!(cast.city.get(&plan).await.body.contains("未选定"));
    let declare = async |mode: &str, places: &str, reason: &str| {
        let fields = [("selection", "district"), ("mode", mode), ("places", places), ("reason", reason)];
        cast.county.submit(&plan, &fields).await
    };
    let before = house.rows().await;
    assert!(declare("all_then_select", "1", "").await.body.contains("请写明理由"));
    assert!(declare("all_then_select", "11", "多").await.body.contains("只能少，不能多"));
    assert!(declare("", "", "").await.body.contains("请选择创建方式"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = declare("all_then_select", "1", "住宅物业管理项目较少").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(chosen(&cast, applications[0]).await.status, StatusCode::SEE_OTHER);
    // Its own lower cap holds like the notice's.
    let over = chosen(&cast, applications[1]).await.body;
    assert!(over.contains("本县区名额1个，已用1个"), "{over}");
    assert!(declare("apply_prescreen_designate", "1", "少").await.body.contains("不能再更换方式"));
    assert_eq!(declare("all_then_select", "10", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(chosen(&cast, applications[1]).await.status, StatusCode::SEE_OTHER);
    assert!(declare("all_then_select", "1", "少").await.body.contains("本区已推选2个"));
    let overview = cast.city.get(&plan).await.body;
    // The other district, whose register is empty yet, has not said.
    let said = (overview.contains("全面创建、最后推选"), overview.matches("未选定").count());
    assert_eq!(said, (true, 1), "{overview}");
    assert_eq!(cast.manager.get(&plan).await.status, StatusCode::NOT_FOUND);
    assert_eq!(cast.city.submit(&plan, &[("selection", "district")]).await.status, StatusCode::FORBIDDEN);
    // The notice's day is the last one.
    let cast = on(&house, cast, "2023-09-20T16:00:00Z").await;
    let third = accepted(&house, &cast, campaign, 2).await;
    assert!(chosen(&cast, third).await.body.contains("已经截止"));
}

// covers: BJ-007, BJ-008
async fn a_district_that_examines_first_chooses_only_whom_it_examined(house: House) {
    let cast = Cast::of(&house).await;
    let cast = on(&house, cast, "2023-09-12T01:00:00Z").await;
    let campaign = open_beijing(&cast).await;
    let application = accepted(&house, &cast, campaign, 0).await;
    let plan = [("selection", "district"), ("mode", "apply_prescreen_designate")];
    assert_eq!(
        cast.county.submit(&format!("/campaigns/{campaign}/plan"), &plan).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(chosen(&cast, application).await.body.contains("请先把这个小区列入审查名单"));
    let community = cast.communities[0];
    let name = house
        .given(move |tx| {
            let sql = format!("select name from registry_communities where id = {community}");
            Ok(tx.one(&sql, &[], |it| it.text("name"))?)
        })
        .await;
    let path = format!("/campaigns/{campaign}/candidates");
    let before = house.rows().await;
    let wrong = cast.county.submit(&path, &[("community", "没有的小区"), ("finding", "x")]).await;
    assert!(wrong.body.contains("没有找到这个小区") && wrong.body.contains("没有的小区"), "{}", wrong.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let fields = [("community", name.as_str()), ("finding", "物业管理基础好，业主积极")];
    assert_eq!(cast.county.submit(&path, &fields).await.status, StatusCode::SEE_OTHER);
    assert!(cast.county.submit(&path, &fields).await.body.contains("已在名单上"));
    let page = cast.county.get(&format!("/campaigns/{campaign}/plan")).await.body;
    assert!(page.contains("物业管理基础好") && page.contains(&name), "{page}");
    assert_eq!(chosen(&cast, application).await.status, StatusCode::SEE_OTHER);
    let cousin = house.as_somebody("邻区", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let theirs = cousin.get(&format!("/campaigns/{campaign}/plan")).await.body;
    assert!(!theirs.contains("物业管理基础好"), "{theirs}");
    let foreign = cousin.submit(&format!("{path}/{community}/drop"), &[]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(
        cast.county.submit(&format!("{path}/{community}/drop"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
}

// covers: LA-010
async fn a_linked_campaign_lends_its_evidence(house: House) {
    let cast = Cast::of(&house).await;
    let beijing = open_beijing(&cast).await;
    let luan = cast.open_luan(&house).await;
    let begin = async |campaign: i64, n: usize| {
        let fields = [("community", cast.communities[n].to_string())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        cast.manager.submit(&format!("/campaigns/{campaign}/applications"), &fields).await.id()
    };
    house.it_is("2023-09-12T01:00:00Z");
    let old = cast.again(&house).await;
    let community = cast.communities[0].to_string();
    let path = format!("/campaigns/{beijing}/applications");
    let lender = old.manager.submit(&path, &[("community", &community)]).await.id();
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let files = format!("/campaigns/applications/{lender}/files");
    let sent = old.manager.upload_with(&files, &[("slot", "basics")], "示范小区申报.pdf", pdf).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    house.it_is("2024-08-14T01:00:00Z");
    let borrower = begin(luan, 0).await;
    let other = begin(luan, 1).await;
    let page = format!("/campaigns/applications/{borrower}");
    assert!(!cast.manager.get(&page).await.body.contains("示范小区申报.pdf"));
    let link = [("linked", beijing.to_string())];
    let link: Vec<_> = link.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        cast.city.submit(&format!("/campaigns/{luan}/about"), &link).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(cast.city.get(&format!("/campaigns/{luan}")).await.body.contains("结合开展"));
    assert!(cast.manager.get(&page).await.body.contains("示范小区申报.pdf"));
    let file = house.count("select max(id) as n from files_attachments").await.to_string();
    let reuse = [("file", file.as_str()), ("slot", "basics")];
    // Another community's application borrows nothing of it.
    let before = house.rows().await;
    let foreign = cast.manager.submit(&format!("/campaigns/applications/{other}/files/reuse"), &reuse).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = cast.manager.submit(&format!("{page}/files/reuse"), &reuse).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let copied = house.count("select max(id) as n from files_attachments").await;
    assert_eq!(cast.manager.get(&format!("{page}/files/{copied}")).await.bytes, pdf);
    // What is here already is not offered again.
    assert!(!cast.manager.get(&page).await.body.contains("引用本小区"));
}

// covers: BJ-011, BJ-015, BJ-016
async fn a_district_owes_two_papers_and_the_city_draws_them_together(house: House) {
    let cast = Cast::of(&house).await;
    let cast = on(&house, cast, "2023-09-20T15:00:00Z").await;
    let campaign = open_beijing(&cast).await;
    let list = format!("/campaigns/{campaign}/reports");
    let seen = cast.county.get(&list).await.body;
    assert!(seen.contains("区级美好家园创建情况报告") && seen.contains("创建活动总结"), "{seen}");
    assert!(seen.contains("2023-09-20") && !seen.contains("全市创建活动总结"), "{seen}");
    let summary = format!("{list}/district-summary");
    let page = cast.county.get(&summary).await.body;
    for title in ["活动开展情况", "主要做法成效", "存在问题", "建议"] {
        assert!(page.contains(title), "{title}");
    }
    let all = [
        ("section-0", "全区动员"),
        ("section-1", "接诉即办"),
        ("section-2", "老旧小区多"),
        ("section-3", "加大支持"),
        ("submit", "yes"),
    ];
    assert_eq!(
        story::submit_version(&cast.county, &summary, &summary, &all).await.status,
        StatusCode::SEE_OTHER
    );
    // The city's own is the city's to write, with what the districts wrote beside it.
    let own = format!("{list}/city-summary");
    assert_eq!(cast.county.get(&own).await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.city.get(&summary).await.status, StatusCode::FORBIDDEN);
    let page = cast.city.get(&own).await.body;
    assert!(page.contains("接诉即办") && page.contains("各县区在这一部分写的（1份）"), "{page}");
    let done = story::submit_version(&cast.city, &own, &own, &all).await;
    let id = done.id();
    let paper = cast.city.get(&format!("/campaigns/reports/{id}/paper.docx")).await;
    assert_eq!(paper.status, StatusCode::OK);
    assert!(cast.city.get(&list).await.body.contains("全市创建活动总结"));
    assert_eq!(cast.county.get(&format!("/campaigns/reports/{id}")).await.status, StatusCode::NOT_FOUND);
    let back = cast.city.submit(&format!("/campaigns/reports/{id}/send-back"), &[]).await;
    assert_eq!(back.status, StatusCode::NOT_FOUND);
}

// covers: BJ-018
async fn groups_and_persons_are_honoured_in_a_register_of_their_own(house: House) {
    let cast = Cast::of(&house).await;
    let path = format!("/registry/records/new/{}", cast.communities[0]);
    let honoured = |class: &'static str, title: &'static str| {
        [
            ("kind", "commendation"),
            ("class", class),
            ("status", "awarded"),
            ("title", title),
            ("happened_on", "2024-08-01"),
        ]
    };
    assert_eq!(
        cast.street.submit(&path, &honoured("group", "先进基层党组织")).await.status,
        StatusCode::FORBIDDEN
    );
    for (class, title) in [("group", "小区党支部：先进基层党组织"), ("person", "项目经理：最美物业人")]
    {
        let done = cast.county.submit(&path, &honoured(class, title)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    let page = cast.city.get("/registry/records?kind=commendation").await.body;
    assert!(page.contains("先进集体") && page.contains("先进个人") && page.contains("最美物业人"), "{page}");
}
