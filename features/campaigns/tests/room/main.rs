//! A campaign from its notice to the posted list, through its doors, on both stores.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

mod addressees;
mod appeals;
mod awards;
mod evidence;
mod notices;
mod openings;
mod owners;
mod papers;
mod parties;
mod programs;
mod publicity;
mod reports;
mod scoring;
mod snapshots;
mod story;
mod subjects;
mod tours;
mod withdrawn;

use axum::http::StatusCode;
use kernel::{Role, Scope, Tenant};
use story::Cast;
use testkit::{House, on_both_stores};

on_both_stores!(crate::story::house;
    a_campaign_runs_from_its_notice_to_the_posted_list,
    a_county_cannot_pass_its_quota_however_many_ask_at_once,
    an_assessor_sees_only_their_own_sheets_and_no_ranking,
    a_late_application_is_refused_until_the_owner_extends_with_a_reason,
    a_cousin_finds_nothing_and_changes_nothing,
    contacts_are_sealed_at_rest,
    a_holder_of_the_provincial_title_does_not_apply,
    what_fails_a_gate_is_not_recommended,
);

// covers: LA-013, LA-014, LA-019, LA-022, LA-023, LA-053, LA-056
async fn a_campaign_runs_from_its_notice_to_the_posted_list(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let signed = cast.county.submit(&format!("/campaigns/{campaign}/sign"), &[]).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER);
    let application = cast.apply(campaign, 0).await;
    let path = format!("/campaigns/applications/{application}");
    assert_eq!(cast.county.submit(&format!("{path}/accept"), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(cast.street.submit(&format!("{path}/review"), &[]).await.status, StatusCode::SEE_OTHER);
    let back = cast.county.submit(&format!("{path}/send-back"), &[("reason", "补充第三条的活动照片")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert!(cast.manager.get(&path).await.body.contains("退回理由：补充第三条的活动照片"));
    assert_eq!(cast.manager.submit(&format!("{path}/submit"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.street.submit(&format!("{path}/review"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(cast.county.submit(&format!("{path}/accept"), &[]).await.status, StatusCode::SEE_OTHER);
    let undecided = cast.county.submit(&format!("{path}/recommend"), &[("decided_on", "2024-08-14")]).await;
    assert!(undecided.body.contains("请填写研究确定的会议名称和结论"));
    assert_eq!(cast.recommend(application).await.status, StatusCode::SEE_OTHER);
    let annex = cast.county.get(&format!("/campaigns/{campaign}/annex-4.xlsx")).await;
    assert_eq!(annex.status, StatusCode::OK);
    let form = cast.county.get(&format!("{path}/print")).await.body;
    let taken = cast.county.get(&format!("{path}/annex-3.docx")).await;
    assert!(
        documents::read_form(&taken.bytes).unwrap().iter().any(|it| it.join(" ").contains("13800138000"))
    );
    assert_eq!(
        house.count("select count(*) as n from store_audit where event = 'campaigns.annex_taken'").await,
        1
    );
    for seal in ["业主委员会（盖章）", "物业服务企业（盖章）", "“美好家园”小区自荐表"]
    {
        assert!(form.contains(seal), "{seal}");
    }

    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(&house).await;
    assert_eq!(
        cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    for (assessor, mark) in [(&cast.assessors[0], "90"), (&cast.assessors[1], "80")] {
        let sheet = cast.sheet(&house, assessor).await;
        let path = format!("/campaigns/sheets/{sheet}");
        let send = async |verb: &str, fields: &[(&str, &str)]| {
            story::submit_version(assessor, &path, &format!("{path}{verb}"), fields).await
        };
        assert_eq!(
            assessor.submit(&path, &[("mark-1.1", "1")]).await.status,
            StatusCode::OK,
            "a form without its version is shown again"
        );
        let gaps = send("/lock", &[]).await;
        assert!(gaps.body.contains("还有25项没有评分"));
        let too_much = send("", &[("mark-1.1", "101")]).await;
        assert!(
            too_much.body.contains("第1.1项的分数应在0到100之间") && too_much.body.contains("value=\"101\"")
        );
        let marks = story::marks(mark);
        let fields: Vec<(&str, &str)> =
            marks.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(send("", &fields).await.status, StatusCode::SEE_OTHER);
        if mark == "80" {
            let early = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
            assert!(early.body.contains("还有评分表没有锁定"));
        }
        assert_eq!(send("/lock", &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(send("", &fields).await.status, StatusCode::CONFLICT);
    }
    let ranking = cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body;
    assert!(ranking.contains("85.00") && ranking.contains("2/2已锁定"), "{ranking}");
    let posted = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    let notice = house.as_stranger().get(&posted.location.unwrap()).await.body;
    assert!(
        notice.contains("2024-08-16发布，公示7日，至2024年8月23日24时")
            && notice.contains("下一步最早在2024-08-24"),
        "{notice}"
    );
    assert!(notice.contains("85.00") && !notice.contains("王建民") && !notice.contains("1390000"));
    let again = cast.city.submit(&format!("/campaigns/{campaign}/publish"), &[("days", "7")]).await;
    assert!(again.body.contains("更正公示请写明更正理由"));
}

// covers: LA-018
async fn a_county_cannot_pass_its_quota_however_many_ask_at_once(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let mut ready = vec![];
    for n in 0..3 {
        ready.push(cast.accepted(campaign, n).await);
    }
    // Six communities × 3 % is nought, and at least one: three ask for one place, each many times at once.
    let asks: Vec<_> = (0..30)
        .map(|n| {
            tokio::spawn({
                let (cast, application) = (cast.clone(), ready[n % 3]);
                async move { cast.recommend(application).await }
            })
        })
        .collect();
    let mut done = 0;
    for ask in asks {
        let answer = ask.await.unwrap();
        match answer.status {
            StatusCode::SEE_OTHER => done += 1,
            status => assert!(
                status == StatusCode::OK
                    && (answer.body.contains("本县区名额1个，已用1个")
                        || answer.body.contains("这个小区已经推荐")),
                "{}",
                answer.body
            ),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(house.count("select count(*) as n from campaigns_selected").await, 1);
    assert_eq!(house.count("select used as n from campaigns_quotas where tenant = 1").await, 1);
}

async fn an_assessor_sees_only_their_own_sheets_and_no_ranking(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    cast.recommend(application).await;
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(&house).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    let (first, second) = (&cast.assessors[0], &cast.assessors[1]);
    let theirs = cast.sheet(&house, second).await;
    let withdrawn = cast.county.submit(&format!("/campaigns/applications/{application}/withdraw"), &[]).await;
    assert!(withdrawn.body.contains("已经截止"), "{}", withdrawn.body);
    let before = house.rows().await;
    assert_eq!(first.get(&format!("/campaigns/sheets/{theirs}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        first.submit(&format!("/campaigns/sheets/{theirs}"), &[("mark-1.1", "1")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(first.get(&format!("/campaigns/{campaign}/ranking")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        first.get(&format!("/campaigns/applications/{application}")).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(cast.city.get(&format!("/campaigns/sheets/{theirs}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let own = cast.sheet(&house, first).await;
    assert_eq!(
        first.submit(&format!("/campaigns/sheets/{own}/step-aside"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let own = format!("/campaigns/sheets/{own}");
    let refused = story::submit_version(first, &own, &own, &[("mark-1.1", "1")]).await;
    assert!(refused.body.contains("您已声明回避"), "{}", refused.body);
}

// covers: LA-012
async fn a_late_application_is_refused_until_the_owner_extends_with_a_reason(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    house.it_is("2024-08-15T15:59:59Z");
    let cast = cast.again(&house).await;
    let begin = async |cast: &Cast, n: usize| {
        cast.manager
            .submit(
                &format!("/campaigns/{campaign}/applications"),
                &[("community", &cast.communities[n].to_string())],
            )
            .await
    };
    assert_eq!(begin(&cast, 0).await.status, StatusCode::SEE_OTHER);
    house.it_is("2024-08-15T16:00:00Z");
    let before = house.rows().await;
    let late = begin(&cast, 1).await;
    assert!(late.status == StatusCode::CONFLICT && late.body.contains("已经截止"), "{}", late.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let silent = cast
        .city
        .submit(&format!("/campaigns/{campaign}/extend"), &[("period", "apply"), ("ends_on", "2024-08-20")])
        .await;
    assert!(silent.body.contains("请写明延期或更正的理由"));
    let extended = cast
        .city
        .submit(
            &format!("/campaigns/{campaign}/extend"),
            &[("period", "apply"), ("ends_on", "2024-08-20"), ("reason", "防汛")],
        )
        .await;
    assert_eq!(extended.status, StatusCode::SEE_OTHER);
    assert_eq!(begin(&cast, 1).await.status, StatusCode::SEE_OTHER);
    assert!(
        cast.county.get(&format!("/campaigns/{campaign}")).await.body.contains("原定8月15日，延期理由：防汛")
    );
}

async fn a_cousin_finds_nothing_and_changes_nothing(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.apply(campaign, 0).await;
    let cousin = house.as_somebody("邻县", Role::CountyBureau, Scope::County(Tenant::from_number(2))).await;
    let rival =
        house.as_somebody("别的企业", Role::Enterprise, Scope::Enterprise(cast.other_enterprise)).await;
    let path = format!("/campaigns/applications/{application}");
    let before = house.rows().await;
    for who in [&cousin, &rival] {
        assert_eq!(who.get(&path).await.status, StatusCode::NOT_FOUND);
        for verb in ["submit", "review", "accept", "send-back", "recommend", "withdraw", "paper"] {
            let answer = who
                .submit(
                    &format!("{path}/{verb}"),
                    &[
                        ("reason", "x"),
                        ("paper_on", "2024-08-01"),
                        ("decided_on", "2024-08-01"),
                        ("decision", "x"),
                    ],
                )
                .await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{verb}");
        }
    }
    let stranger = house.as_stranger();
    assert_eq!(stranger.get(&path).await.location.as_deref(), Some("/accounts/sign-in"));
    assert_eq!(
        stranger.submit(&format!("{path}/submit"), &[]).await.location.as_deref(),
        Some("/accounts/sign-in")
    );
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

async fn contacts_are_sealed_at_rest(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.apply(campaign, 0).await;
    let answers = house
        .given(|tx| Ok(tx.one("select answers from campaigns_applications", &[], |it| it.text("answers"))?))
        .await;
    assert!(!answers.contains("13800138000") && !answers.contains("王建民"), "{answers}");
    let bodies =
        house.given(|tx| Ok(tx.all("select body from store_audit", &[], |it| it.text("body"))?)).await;
    assert!(bodies.iter().all(|it| !it.contains("13800138000") && !it.contains("王建民")));
    // Whoever filled it in reads it in full; others by the annex they download, which is noted.
    let print = format!("/campaigns/applications/{application}/print");
    assert!(cast.manager.get(&print).await.body.contains("王建民　13800138000"));
    let county = cast.county.get(&print).await.body;
    assert!(county.contains("王**　138****8000") && !county.contains("13800138000"), "{county}");
}

// covers: LA-015, LA-016
async fn a_holder_of_the_provincial_title_does_not_apply(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let honour = [
        ("kind", "honour"),
        ("title", "省级“美好家园”小区"),
        ("class", "province"),
        ("status", "awarded"),
        ("happened_on", "2022-12-01"),
    ];
    assert_eq!(
        cast.county.submit(&format!("/registry/records/new/{}", cast.communities[0]), &honour).await.status,
        StatusCode::SEE_OTHER
    );
    let before = house.rows().await;
    let refused = cast
        .manager
        .submit(
            &format!("/campaigns/{campaign}/applications"),
            &[("community", &cast.communities[0].to_string())],
        )
        .await;
    assert!(refused.body.contains("已经获得过“省级美好家园”"), "{}", refused.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn what_fails_a_gate_is_not_recommended(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    let survey = [
        ("kind", "survey"),
        ("title", "复核调查"),
        ("happened_on", "2024-08-10"),
        ("part", "95"),
        ("whole", "100"),
    ];
    cast.county.submit(&format!("/registry/records/new/{}", cast.communities[0]), &survey).await;
    let before = house.rows().await;
    let refused = cast.recommend(application).await;
    assert!(refused.body.contains("未达到“业主满意度超过95%”"), "{}", refused.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}
