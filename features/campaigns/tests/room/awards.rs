//! From the posted list to the honours register: objections, corrections, titles, and what people choose.

use axum::http::StatusCode;
use kernel::{Role, Scope};
use testkit::{House, on_both_stores};

use crate::story::{self, Cast};

on_both_stores!(crate::story::house;
    a_title_is_given_after_the_posting_and_stands_in_the_honours_register,
    an_objection_is_answered_in_the_open_and_its_author_stays_unknown,
    nobody_floods_a_posted_list,
    whom_an_objection_took_out_is_in_no_list_afterwards,
    the_ministrys_three_need_a_second_person,
);

async fn posted(cast: &Cast, campaign: i64) -> i64 {
    cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await.id()
}

const AWARD: [(&str, &str); 2] = [("awarded_on", "2024-08-24"), ("document", "六城管〔2024〕101号")];

// covers: LA-003, LA-011, LA-026
async fn a_title_is_given_after_the_posting_and_stands_in_the_honours_register(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let path = format!("/campaigns/{campaign}/awards");
    assert_eq!(
        house.as_stranger().get(&format!("/campaigns/{campaign}/result")).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(cast.city.submit(&path, &AWARD).await.body.contains("还没有发布公示"));
    posted(&cast, campaign).await;
    let open = house.as_stranger().get("/campaigns/posted").await.body;
    assert!(open.contains("拟入选名单") && open.contains("1个小区"), "{open}");
    let before = house.rows().await;
    assert!(cast.city.submit(&path, &AWARD).await.body.contains("公示期到2024-08-23 24时才满"));
    assert_eq!(cast.county.submit(&path, &AWARD).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    house.it_is("2024-08-24T01:00:00Z");
    let cast = cast.again(&house).await;
    let early = cast.city.submit(&path, &[("awarded_on", "2024-08-23"), ("document", "x")]).await;
    assert!(early.body.contains("认定日期应为2024-08-24（公示期满次日）及以后"), "{}", early.body);
    assert_eq!(cast.city.submit(&path, &AWARD).await.status, StatusCode::SEE_OTHER);
    assert!(cast.city.submit(&path, &AWARD).await.body.contains("已经认定过"));
    let again = [("days", "7"), ("reason", "更正")];
    let late = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &again).await;
    assert!(late.body.contains("名单不能再更正"), "{}", late.body);
    let community = cast.communities[0];
    let honours = cast.county.get(&format!("/registry/communities/{community}")).await.body;
    assert!(honours.contains("六安市“美好家园”小区") && honours.contains("省级“美好家园”小区"), "{honours}");
    let result = house.as_stranger().get(&format!("/campaigns/{campaign}/result")).await.body;
    assert!(result.contains("共认定1个小区") && result.contains("六城管〔2024〕101号"), "{result}");
    let list = cast.city.get(&format!("/campaigns/{campaign}/recommendation.xlsx")).await;
    assert_eq!(list.status, StatusCode::OK);
    let shown = cast.manager.get(&format!("/campaigns/applications/{application}")).await.body;
    assert!(shown.contains("正在申报"), "{shown}");
}

async fn an_objection_is_answered_in_the_open_and_its_author_stays_unknown(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let notice = posted(&cast, campaign).await;
    let (page, stranger) = (format!("/campaigns/notices/{notice}"), house.as_stranger());
    let about = application.to_string();
    let form = |body: &'static str, phone: &'static str| {
        vec![("about", about.as_str()), ("body", body), ("name", "周桂芳"), ("phone", phone)]
    };
    let send = async |fields: &[(&str, &str)]| stranger.submit(&format!("{page}/objections"), fields).await;
    let wrong = send(&form("公示的满意度与我们小区的调查不符", "12345")).await;
    assert!(
        wrong.body.contains("联系电话：") && wrong.body.contains("公示的满意度与我们小区的调查不符"),
        "{}",
        wrong.body
    );
    assert_eq!(house.count("select count(*) as n from campaigns_objections").await, 0);
    let filed = send(&form("公示的满意度与我们小区的调查不符，请电13900001111", "13900001111")).await;
    assert_eq!(filed.location.as_deref(), Some(page.as_str()), "{}", filed.body);
    let shown = stranger.get(&page).await.body;
    assert!(
        shown.contains("核查中") && shown.contains("2024-08-23前答复") && !shown.contains("139****1111"),
        "{shown}"
    );
    assert!(!shown.contains("周桂芳") && !shown.contains("13900001111"));
    let kept = house.given(|tx| {
        Ok(tx.one("select body, contact from campaigns_objections", &[], |it| {
            Ok(format!("{} {}", it.text("body")?, it.text("contact")?))
        })?)
    });
    let kept = kept.await;
    assert!(!kept.contains("周桂芳") && !kept.contains("13900001111"), "{kept}");
    let desk = cast.city.get(&format!("/campaigns/{campaign}/awards")).await.body;
    assert!(desk.contains("周** 139****1111") && !desk.contains("13900001111"), "{desk}");
    let id = house.count("select id as n from campaigns_objections").await;
    // The number is shown to whoever asks for it, and the log says who did.
    let before = house.rows().await;
    let reveal = format!("/campaigns/objections/{id}/contact");
    assert_eq!(cast.county.submit(&reveal, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    assert!(cast.city.submit(&reveal, &[]).await.body.contains("周桂芳 13900001111"));
    let revealed = "select count(*) as n from store_audit where event = 'campaigns.objector_revealed'";
    assert_eq!(house.count(revealed).await, 1);
    assert!(!cast.city.get(&format!("/campaigns/{campaign}/awards")).await.body.contains("13900001111"));
    let answer = |outcome: &'static str, text: &'static str| {
        vec![
            ("campaign", campaign.to_string()),
            ("outcome", outcome.to_owned()),
            ("answer", text.to_owned()),
            ("version", "1".to_owned()),
        ]
    };
    let reply = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        cast.city.submit(&format!("/campaigns/objections/{id}/answer"), &fields).await
    };
    assert!(reply(answer("upheld", " ")).await.body.contains("请写明核查情况和处理理由"));
    assert_eq!(
        cast.county
            .submit(
                &format!("/campaigns/objections/{id}/answer"),
                &[("campaign", "1"), ("outcome", "upheld")]
            )
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(reply(answer("upheld", "经复核属实，予以更正")).await.status, StatusCode::SEE_OTHER);
    let answered = stranger.get(&page).await.body;
    assert!(
        answered.contains("答复：经复核属实，予以更正") && answered.contains("139********"),
        "{answered}"
    );
    assert!(reply(answer("dismissed", "改口")).await.body.contains("这件异议已经答复"));
    // An upheld objection asks for a corrected list, posted in full again.
    house.it_is("2024-08-24T01:00:00Z");
    let cast = cast.again(&house).await;
    let refused = cast.city.submit(&format!("/campaigns/{campaign}/awards"), &AWARD).await;
    assert!(refused.body.contains("请先发布更正公示"), "{}", refused.body);
    let late = stranger
        .submit(&format!("{page}/objections"), &form("公示期满之后才来提出异议", "13900001111"))
        .await;
    assert!(late.body.contains("公示期已满"));
    let corrected = cast
        .city
        .submit(&format!("/campaigns/{campaign}/publish"), &[("days", "5"), ("reason", "满意度更正")])
        .await;
    let second = corrected.location.unwrap_or_else(|| corrected.body.clone());
    // The list it took the place of says so, and leads there; the new one is nobody's correction.
    let old = house.as_stranger().get(&page).await.body;
    assert!(old.contains("这份名单已由第2版更正") && old.contains(&second), "{old}");
    assert!(!house.as_stranger().get(&second).await.body.contains("这份名单已由"));
    let shown = cast.manager.get(&format!("/campaigns/{campaign}")).await.body;
    assert!(shown.contains(&format!("/campaigns/{campaign}/result")), "{shown}");
    house.it_is("2024-08-30T01:00:00Z");
    let cast = cast.again(&house).await;
    let fields = [("awarded_on", "2024-08-30"), ("document", "局长办公会")];
    assert_eq!(
        cast.city.submit(&format!("/campaigns/{campaign}/awards"), &fields).await.status,
        StatusCode::SEE_OTHER
    );
}

async fn whom_an_objection_took_out_is_in_no_list_afterwards(house: House) {
    let (cast, campaign, application) = story::assessed(&house).await;
    let notice = posted(&cast, campaign).await;
    let objection =
        [("about", ""), ("body", "该小区发生过安全事故"), ("name", "某人"), ("phone", "13900001111")];
    let objected =
        house.as_stranger().submit(&format!("/campaigns/notices/{notice}/objections"), &objection).await;
    assert_eq!(objected.status, StatusCode::SEE_OTHER);
    assert!(cast.city.get("/messages").await.body.contains("收到对公示的异议，请核查答复"));
    let (to, id) = (format!("/campaigns/{campaign}/exclude"), application.to_string());
    let fields = |why: &'static str| [("why", why), ("basis", "核查结论〔2024〕3号")];
    let excluding = async |who: &testkit::Browser, id: &str, why: &'static str| {
        let mut all = fields(why).to_vec();
        all.push(("excluded", id));
        who.submit(&to, &all).await
    };
    let before = house.rows().await;
    for who in [&cast.county, &cast.manager] {
        let answer = excluding(who, &id, "经核查属实，取消入选").await;
        assert!([StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&answer.status), "{}", answer.status);
    }
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let before = house.rows().await;
    assert!(excluding(&cast.city, "9", "经核查属实，取消入选").await.body.contains("请选择要撤下的小区"));
    let short = excluding(&cast.city, &id, "属实").await.body;
    assert!(short.contains("请写明撤下的事实和理由") && short.contains("核查结论〔2024〕3号"), "{short}");
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = excluding(&cast.city, &id, "经核查属实，取消入选").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(excluding(&cast.city, &id, "经核查属实，取消入选").await.body.contains("请选择要撤下的小区"));
    // Told to whom it happened, readable by everybody, and out of the count: nothing is left to post.
    assert!(cast.manager.get("/messages").await.body.contains("已由主办单位撤下"));
    let result = house.as_stranger().get(&format!("/campaigns/{campaign}/result")).await.body;
    assert!(
        result.contains("撤下的小区") && result.contains("经核查属实，取消入选（依据核查结论〔2024〕3号）")
    );
    let again = [("days", "7"), ("reason", "采纳异议")];
    let empty = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &again).await;
    assert!(empty.location.is_none(), "a list was posted again: {}", empty.body);
    let before = house.rows().await;
    let late = cast.county.submit(&format!("/campaigns/applications/{application}/withdraw"), &[]).await;
    assert_ne!(late.status, StatusCode::SEE_OTHER);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn nobody_floods_a_posted_list(house: House) {
    let (cast, campaign, _) = story::assessed(&house).await;
    let notice = posted(&cast, campaign).await;
    let stranger = house.as_stranger();
    let fields =
        [("about", ""), ("body", "对整份名单有异议，请核查"), ("name", "某人"), ("phone", "13900001111")];
    let send = async || stranger.submit(&format!("/campaigns/notices/{notice}/objections"), &fields).await;
    for _ in 0..10 {
        assert_eq!(send().await.status, StatusCode::SEE_OTHER);
    }
    assert!(send().await.body.contains("已达10件"));
    assert_eq!(house.count("select count(*) as n from campaigns_objections").await, 10);
    assert_eq!(house.count("select count(*) as n from store_security_log where why = 'throttled'").await, 1);
    let foreign = stranger
        .submit_bare(
            &format!("/campaigns/notices/{notice}/objections"),
            &[("body", "没有提交编号的表单"), ("_token", "x")],
        )
        .await;
    assert_eq!(foreign.status, StatusCode::CONFLICT);
}

// covers: BJ-013, BJ-014
async fn the_ministrys_three_need_a_second_person(house: House) {
    let cast = Cast::of(&house).await;
    let second = house.as_somebody("市局二", Role::CityBureau, Scope::City(1)).await;
    house.it_is("2023-09-12T01:00:00Z");
    let cast = cast.again(&house).await;
    let campaign = cast.city.submit("/campaigns", &[("pack", "beijing-2023-beautiful-home")]).await.id();
    // The title itself is the subject here: it is put on the table as if it had been won.
    let communities = cast.communities.clone();
    let applications = house
        .given(move |tx| {
            let mut made = vec![];
            for (n, community) in communities.iter().enumerate() {
                let id = tx.ctx.new_id(kernel::Tenant::from_number(1));
                tx.given(&format!("insert into campaigns_applications (tenant, id, city, subdistrict, neighborhood, community, enterprise, campaign, channel, stage, answers, version) select tenant, {id}, city, subdistrict, neighborhood, id, enterprise, {campaign}, 'self', 'accepted', '{{}}', 1 from registry_communities where id = {community}"))?;
                tx.given(&format!("insert into campaigns_awards (tenant, id, campaign, selection, application, rank, name, place, enterprise, total, title, document, awarded_on) values (1, {id}, {campaign}, 'city', {id}, {n}, '小区{n}', '', '', '90', '北京市“美好家园”', 'x', '2023-11-06')"))?;
                made.push(id);
            }
            Ok(made)
        })
        .await;
    let propose = async |application: &str, reason: &str| {
        let fields = [("selection", "ministry"), ("application", application), ("reason", reason)];
        cast.city.submit(&format!("/campaigns/{campaign}/awards/propose"), &fields).await
    };
    let first = applications[0].to_string();
    assert!(propose(&first, "好").await.body.contains("请写明提名理由"));
    assert!(propose("7", "首都特色，可推广可复制").await.body.contains("只能从已认定的小区中提名"));
    for application in &applications[..3] {
        let done = propose(&application.to_string(), "首都特色，可推广可复制").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    assert!(
        propose(&applications[3].to_string(), "首都特色，可推广可复制")
            .await
            .body
            .contains("名额3个已经提满")
    );
    let choice = house.count("select min(id) as n from campaigns_choices").await;
    let confirm = format!("/campaigns/choices/{choice}/confirm");
    let before = house.rows().await;
    assert!(cast.city.submit(&confirm, &[]).await.body.contains("须由另一人确认"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let second = house.as_again(second.person).await;
    assert_eq!(second.submit(&confirm, &[]).await.status, StatusCode::SEE_OTHER);
    let honours = "select count(*) as n from registry_records where kind = 'honour' and class = 'nation'";
    assert_eq!(house.count(honours).await, 1);
    assert!(second.submit(&confirm, &[]).await.body.contains("已经确认"));
    // A proposal the second person does not confirm gives its place back.
    let other = house.count("select max(id) as n from campaigns_choices").await;
    assert!(
        cast.city
            .submit(&format!("/campaigns/choices/{choice}/withdraw"), &[])
            .await
            .body
            .contains("已经确认")
    );
    let back = cast.city.submit(&format!("/campaigns/choices/{other}/withdraw"), &[]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    let again = propose(&applications[3].to_string(), "首都特色，可推广可复制").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
}
