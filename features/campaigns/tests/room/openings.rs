//! 开展与测评组: a campaign opened with the particulars of its own notice, looked at before it is sent out.

use axum::http::StatusCode;
use kernel::{Role, Scope};
use testkit::{House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    what_is_previewed_is_what_is_opened,
    what_cannot_be_is_told_and_nothing_typed_is_lost,
    a_notice_is_carried_out_again_when_it_is_over_or_was_withdrawn,
    a_panel_is_given_the_sheets_and_nobody_else,
);

const PACK: (&str, &str) = ("pack", "luan-2024-beautiful-home");

const OWN: [(&str, &str); 8] = [
    PACK,
    ("title", "六安市美好家园选树（第二批）"),
    ("number", "六城管函〔2024〕120号"),
    ("to-apply", "2024-08-24"),
    ("quota-recommendation", "50"),
    ("least-recommendation", "2"),
    ("communities-1", "40"),
    ("honour-city-0", "美好家园示范小区"),
];

async fn what_is_previewed_is_what_is_opened(house: House) {
    let cast = Cast::of(&house).await;
    let form = cast.city.get("/campaigns/new?pack=luan-2024-beautiful-home").await.body;
    assert!(form.contains("六城管函〔2024〕87号") && form.contains("value=\"2024-08-15\""), "{form}");
    // Another city's notice is not this one's: who wrote it is asked for.
    let others = cast.city.get("/campaigns/new?pack=beijing-2023-beautiful-home").await.body;
    assert!(
        !others.contains("北京市住房和城乡建设委员会") && others.contains("name=\"issuer\" value=\"\""),
        "{others}"
    );
    assert!(form.contains("全市各县区</option>") && form.contains("测评一"), "{form}");
    let rows = house.rows().await;
    let seen = cast.city.submit("/campaigns/preview", &OWN).await;
    assert_eq!(seen.status, StatusCode::OK);
    for words in [
        "六城管函〔2024〕120号",
        "7月26日至8月24日",
        "截止日8月24日是休息日，下一个工作日是8月26日",
        "按小区数的50%，向下取整，至少2个",
        "授予称号：美好家园示范小区",
        "<td class=\"n\">40</td><td>县区推荐20个",
        "暂不确定",
    ] {
        assert!(seen.body.contains(words), "{words}: {}", seen.body);
    }
    assert!(house.changed_since(&rows).await.is_empty(), "a preview is only looked at");
    let back = cast.city.submit("/campaigns/new", &OWN).await.body;
    assert!(
        back.contains("value=\"六城管函〔2024〕120号\"") && back.contains("value=\"2024-08-24\""),
        "{back}"
    );

    let campaign = cast.city.submit("/campaigns", &OWN).await.id();
    let page = cast.city.get(&format!("/campaigns/{campaign}")).await.body;
    for words in ["六城管函〔2024〕120号", "7月26日至8月24日", "至少2个", "0 / 20", "名额按本次通知改定"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // As counted by the notice for the one county, by the register for the other.
    let sql =
        "select communities as n from campaigns_quotas where tenant = 1 and selection = 'recommendation'";
    assert_eq!(house.count(sql).await, 40);
    let sql =
        "select communities as n from campaigns_quotas where tenant = 2 and selection = 'recommendation'";
    assert_eq!(house.count(sql).await, 0);
}

async fn what_cannot_be_is_told_and_nothing_typed_is_lost(house: House) {
    let cast = Cast::of(&house).await;
    let wrong = [
        PACK,
        ("number", "120号"),
        ("to-apply", "2024-07-01"),
        ("quota-city", "0"),
        ("communities-1", "很多"),
        ("cites", "<b>上级文件</b>"),
    ];
    let rows = house.rows().await;
    for path in ["/campaigns/preview", "/campaigns"] {
        let told = cast.city.submit(path, &wrong).await.body;
        for words in [
            "六角括号",
            "截止日期早于开始日期",
            "名额应为1至",
            "小区数应为",
            "value=\"120号\"",
            "href=\"#to-apply\"",
        ] {
            assert!(told.contains(words), "{path} {words}: {told}");
        }
        assert!(told.contains("&lt;b&gt;") || told.contains("&#60;b&#62;"), "{told}");
    }
    // What no campaign could keep: more at the end than can be sent up.
    let unkept = cast
        .city
        .submit(
            "/campaigns",
            &[
                ("pack", "beijing-2023-beautiful-home"),
                ("to-assess", "2024-12-31"),
                ("goal_on", ""),
                ("quota-nomination", "11"),
                ("least-nomination", "0"),
            ],
        )
        .await
        .body;
    assert!(unkept.contains("id=\"quotas\"") && unkept.contains("href=\"#quotas\""), "{unkept}");
    assert_eq!(cast.city.get("/campaigns/new?pack=nobody").await.location.as_deref(), Some("/campaigns"));
    for (who, status) in [(&cast.manager, StatusCode::NOT_FOUND), (&cast.assessors[0], StatusCode::FORBIDDEN)]
    {
        assert_eq!(who.get("/campaigns/new?pack=luan-2024-beautiful-home").await.status, status);
        assert_eq!(who.submit("/campaigns/preview", &[PACK]).await.status, status);
        assert_eq!(who.submit("/campaigns", &[PACK]).await.status, status);
    }
    assert!(house.changed_since(&rows).await.iter().all(|it| it == "store_security_log"));
    // A county's notice is its own: whose it is, is not filled in for it.
    let county = cast.county.get("/campaigns/new?pack=luan-2024-beautiful-home").await.body;
    assert!(
        !county.contains("value=\"六城管函〔2024〕87号\"")
            && county.contains("本县区的各乡镇、街道</option>"),
        "{county}"
    );
    let nameless =
        [PACK, ("title", ""), ("issuer", ""), ("date", ""), ("document_title", ""), ("honour-city-0", "")];
    let told = cast.county.submit("/campaigns/preview", &nameless).await.body;
    for words in ["请写活动名称", "请写发文机关", "请填写发文日期", "请写授予或申报的称号"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    // Nor does it give the city's title.
    assert!(!county.contains("value=\"六安市“美好家园”小区\""), "{county}");
}

async fn a_notice_is_carried_out_again_when_it_is_over_or_was_withdrawn(house: House) {
    let cast = Cast::of(&house).await;
    let first = cast.open_luan(&house).await;
    let again = cast.city.submit("/campaigns/preview", &OWN).await.body;
    assert!(again.contains("正在进行，结束（最后一个阶段到2024-10-10）或撤销之后才能再次开展"), "{again}");
    let withdrawn =
        cast.city.submit(&format!("/campaigns/{first}/withdraw"), &[("withdrawn", "选错了通知")]).await;
    assert_eq!(withdrawn.location.as_deref(), Some(format!("/campaigns/{first}").as_str()));
    let second = cast.open_luan(&house).await;
    assert_ne!(second, first);
    // The year after, under a title of its own and with days that are still to come.
    house.it_is("2025-03-03T01:00:00Z");
    let cast = cast.again(&house).await;
    let past = cast.city.submit("/campaigns", &[PACK, ("title", "二〇二五年选树")]).await.body;
    assert!(past.contains("全部阶段都已过去"), "{past}");
    let days = [
        ("to-apply", "2025-05-15"),
        ("to-submit", "2025-05-15"),
        ("to-conclude", "2025-09-30"),
        ("goal_on", ""),
    ];
    let behind = [("title", "二〇二五年选树"), ("goal_on", "2025-03-02")];
    let told = cast.city.submit("/campaigns", &[&[PACK], &days[..3], &behind].concat()).await.body;
    assert!(told.contains("目标日期2025-03-02已经过去"), "{told}");
    let same = cast.city.submit("/campaigns", &[&[PACK], &days[..]].concat()).await.body;
    assert!(same.contains("已有同名的活动"), "{same}");
    let third = cast
        .city
        .submit("/campaigns", &[&[PACK, ("title", "二〇二五年选树")], &days[..]].concat())
        .await
        .id();
    let list = cast.city.get("/campaigns").await.body;
    assert!(list.contains("二〇二五年选树") && list.matches("已撤销").count() == 1, "{list}");
    assert_ne!(third, second);
}

async fn a_panel_is_given_the_sheets_and_nobody_else(house: House) {
    let cast = Cast::of(&house).await;
    let campaign = cast.open_luan(&house).await;
    let application = cast.accepted(campaign, 0).await;
    assert!(cast.recommend(application).await.location.is_some());
    house.it_is("2024-08-16T01:00:00Z");
    let cast = cast.again(&house).await;
    let third = house.as_somebody("测评三", Role::Assessor, Scope::City(1)).await;
    let panel = format!("/campaigns/{campaign}/panel");
    let key = |who: &testkit::Browser| format!("panel-{}", who.person);
    let [first, second] = [&cast.assessors[0], &cast.assessors[1]];
    let (one, two, three) = (key(first), key(second), key(&third));
    let rows = house.rows().await;
    let alone = cast.city.submit(&panel, &[(&one, "expert")]).await.body;
    assert!(alone.contains("测评组至少2人"), "{alone}");
    assert!(house.changed_since(&rows).await.is_empty());
    let named = cast.city.submit(&panel, &[(&two, "expert"), (&three, "third_party"), (&one, "")]).await;
    assert_eq!(named.location.as_deref(), Some(format!("/campaigns/{campaign}/ranking").as_str()));
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    let given = house
        .given(|tx| {
            Ok(tx.all("select assessor from campaigns_sheets order by assessor", &[], |it| {
                it.int("assessor")
            })?)
        })
        .await;
    assert_eq!(given, [i64::from(second.person), i64::from(third.person)]);
    let page = cast.city.get(&panel).await.body;
    assert!(page.contains("评分表1份，已锁定0份") && page.contains("value=\"expert\" selected"), "{page}");

    // One steps aside, and there is nobody left to take the place: the office is told which, and what helps.
    let sheet = cast.sheet(&house, second).await;
    second.submit(&format!("/campaigns/sheets/{sheet}/step-aside"), &[]).await;
    cast.city.submit(&format!("/campaigns/{campaign}/assign"), &[]).await;
    let said = cast.city.get(&format!("/campaigns/{campaign}/ranking")).await.body;
    assert!(said.contains("还缺评分人"), "{said}");
    let rows = house.rows().await;
    for (who, status) in [(&cast.manager, StatusCode::NOT_FOUND), (first, StatusCode::FORBIDDEN)] {
        assert_eq!(who.get(&panel).await.status, status);
        assert_eq!(who.submit(&panel, &[]).await.status, status);
    }
    assert_eq!(house.changed_since(&rows).await, ["store_security_log"]);
    // A county names its own.
    assert!(cast.county.get(&panel).await.body.contains("还没有人担任测评职务"));
}
