//! A record after it was entered: put right, proven, made void, and brought in by the file.

use axum::http::StatusCode;
use kernel::{Ratio, Role, Scope};
use registry::{communities, records};
use rules::Value;
use testkit::{Answer, Browser, House, on_both_stores};

use crate::{county, furnish};

on_both_stores!(crate::house;
    a_finding_is_closed_by_whoever_keeps_it_and_the_history_says_so,
    a_record_entered_by_mistake_counts_for_nothing_and_stays_to_be_read,
    a_number_no_community_of_this_size_could_have_is_refused,
    evidence_lies_beside_its_record,
    nobody_else_touches_a_record,
    a_register_is_filled_from_a_file_once,
    a_service_project_in_a_file_says_who_serves,
    party_building_is_counted_by_the_enterprises_that_serve_here,
    whoever_sees_a_community_and_no_registers_is_shown_the_community,
);

pub(crate) async fn fact(house: &House, id: i64, fact: &'static str) -> Option<Value> {
    house
        .given(move |tx| {
            let community = communities::load(tx, id.into())?;
            let today = tx.ctx.today();
            Ok(records::facts_of(tx, &community, today)?.0.get(fact))
        })
        .await
}

pub(crate) fn number(it: i128) -> Option<Value> {
    Some(Value::Number(Ratio::whole(it)))
}

pub(crate) async fn bare(house: &House) -> (i64, Browser) {
    furnish(house).await;
    house.given(|tx| Ok(tx.given("delete from registry_records")?)).await;
    let community = house.count("select min(id) as n from registry_communities where tenant = 1").await;
    (community, county(house, 1).await)
}

async fn a_number_no_community_of_this_size_could_have_is_refused(house: House) {
    let (community, ours) = bare(&house).await;
    let households = house.given(move |tx| Ok(communities::load(tx, community.into())?.households)).await;
    let (most, more) = ((2 * households).to_string(), (2 * households + 1).to_string());
    let path = format!("/registry/records/new/{community}");
    let survey = async |whole: &str| {
        let fields = [
            ("kind", "survey"),
            ("title", "调查"),
            ("happened_on", "2024-08-10"),
            ("part", "1"),
            ("whole", whole),
        ];
        ours.submit(&path, &fields).await
    };
    let complained = (12 * households + 1).to_string();
    let complaints = [
        ("kind", "complaints"),
        ("title", "一年"),
        ("happened_on", "2024-08-10"),
        ("part", complained.as_str()),
    ];
    let rows = house.rows().await;
    let told = survey(&more).await.body;
    assert!(told.contains(&format!("这个小区只有{households}户，{more}明显不对")), "{told}");
    assert!(ours.submit(&path, &complaints).await.body.contains("明显不对"));
    assert!(house.changed_since(&rows).await.is_empty());
    assert!(survey(&most).await.location.is_some());
    let id = house.count("select max(id) as n from registry_records").await;
    let fields = [
        ("kind", "survey"),
        ("title", "调查"),
        ("happened_on", "2024-08-10"),
        ("part", "1"),
        ("whole", more.as_str()),
    ];
    assert!(edited(&ours, id, &fields).await.body.contains("明显不对"));
    // A sheet is told by the cell.
    let name = house.given(move |tx| Ok(communities::load(tx, community.into())?.name)).await;
    let sheet = format!("小区,调查名称,调查结束日期,满意份数,有效份数\n{name},复查,2024-08-11,1,{more}\n");
    let to =
        ours.upload_with("/registry/imports", &[("register", "survey")], "调查.csv", sheet.as_bytes()).await;
    let page = ours.get(&to.location.unwrap()).await.body;
    assert!(page.contains("E2：这个小区只有"), "{page}");
}

const FINDING: [(&str, &str); 5] = [
    ("kind", "finding"),
    ("class", "fire_lane"),
    ("status", "open"),
    ("title", "堵塞消防通道"),
    ("happened_on", "2024-08-19"),
];

pub(crate) async fn entered(house: &House, ours: &Browser, community: i64, fields: &[(&str, &str)]) -> i64 {
    let made = ours.submit(&format!("/registry/records/new/{community}"), fields).await;
    assert!(made.location.is_some(), "{}", made.body);
    house.count("select max(id) as n from registry_records").await
}

/// Sends the form with the version its page shows, as a browser does.
pub(crate) async fn edited(who: &Browser, id: i64, fields: &[(&str, &str)]) -> Answer {
    let page = who.get(&format!("/registry/records/{id}/edit")).await.body;
    let version = page.split("name=\"version\" value=\"").nth(1).and_then(|it| it.split('"').next());
    let version = version.unwrap().to_owned();
    let fields: Vec<_> = fields.iter().copied().chain([("version", version.as_str())]).collect();
    who.submit(&format!("/registry/records/{id}"), &fields).await
}

async fn a_finding_is_closed_by_whoever_keeps_it_and_the_history_says_so(house: House) {
    let (community, ours) = bare(&house).await;
    let id = entered(&house, &ours, community, &FINDING).await;
    assert_eq!(fact(&house, community, "findings_fire_lane").await, number(1));
    let mut fields = FINDING;
    fields[2] = ("status", "closed");
    let saved = edited(&ours, id, &fields).await;
    assert_eq!(saved.location.as_deref(), Some(format!("/registry/records/{id}").as_str()), "{}", saved.body);
    assert_eq!(fact(&house, community, "findings_fire_lane").await, number(0));
    let page = ours.get(&format!("/registry/records/{id}")).await.body;
    assert!(page.contains("状态：未整改 → 已整改"), "{page}");
    // Somebody who opened the form before then is told, and their words are kept.
    let before = house.rows().await;
    let mut late: Vec<_> = FINDING.into_iter().chain([("version", "1")]).collect();
    late[3] = ("title", "通道停车");
    let late = ours.submit(&format!("/registry/records/{id}"), &late).await;
    assert!(late.body.contains("别人已修改了这条记录") && late.body.contains("通道停车"), "{}", late.body);
    let mut wrong = FINDING;
    wrong[4] = ("happened_on", "2025-01-01");
    assert!(edited(&ours, id, &wrong).await.body.contains("发现日期不能晚于今天"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn a_record_entered_by_mistake_counts_for_nothing_and_stays_to_be_read(house: House) {
    let (community, ours) = bare(&house).await;
    let id = entered(&house, &ours, community, &FINDING).await;
    let path = format!("/registry/records/{id}");
    let before = house.rows().await;
    assert!(ours.submit(&format!("{path}/void"), &[("reason", " ")]).await.body.contains("请写明作废的理由"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let done = ours.submit(&format!("{path}/void"), &[("reason", "登记到了别的小区")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(fact(&house, community, "findings_fire_lane").await, number(0));
    assert_eq!(ours.get(&path).await.body.matches("理由：登记到了别的小区").count(), 2);
    assert!(ours.get("/registry/records?kind=finding").await.body.contains("已作废"));
    let before = house.rows().await;
    assert!(edited(&ours, id, &FINDING).await.body.contains("已经作废，不能再修改"));
    let again = ours.submit(&format!("{path}/void"), &[("reason", "再作废")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn evidence_lies_beside_its_record(house: House) {
    let (community, ours) = bare(&house).await;
    let id = entered(&house, &ours, community, &FINDING).await;
    let path = format!("/registry/records/{id}");
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    let sent = ours.upload(&format!("{path}/files"), "整改通知.pdf", pdf).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = ours.get(&path).await.body;
    assert!(page.contains("整改通知.pdf"), "{page}");
    let refused = ours.upload(&format!("{path}/files"), "run.exe", b"MZ\x90\x00").await;
    // Said on the record's own page, where another file can be chosen at once.
    assert_eq!(refused.location.as_deref(), Some(path.as_str()));
    assert!(refused.said().starts_with("!这个文件不能使用"), "{}", refused.said());
    let shown = ours.with_cookie(&refused.cookie("jiayuan_flash").unwrap()).get(&path).await.body;
    assert!(shown.contains("role=\"alert\">这个文件不能使用"), "{shown}");
    let file = house.count("select max(id) as n from files_attachments").await;
    assert_eq!(ours.get(&format!("{path}/files/{file}")).await.bytes, pdf);
    // The file of another record is not this one's.
    let other = entered(&house, &ours, community, &FINDING).await;
    let foreign = format!("/registry/records/{other}/files/{file}");
    assert_eq!(ours.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let taken = ours.submit(&format!("{path}/files/{file}/take-away"), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER);
    assert!(!ours.get(&path).await.body.contains("整改通知.pdf\""));
}

async fn nobody_else_touches_a_record(house: House) {
    let (community, ours) = bare(&house).await;
    let finding = entered(&house, &ours, community, &FINDING).await;
    let listed = [("kind", "listed"), ("title", "治理类"), ("happened_on", "2024-08-01")];
    let listed = entered(&house, &ours, community, &listed).await;
    let community_street =
        format!("select subdistrict as n from registry_communities where id = {community}");
    let street_of = house.count(community_street.leak()).await;
    let cousin = county(&house, 2).await;
    let assessor = house.as_somebody("测评", Role::Assessor, Scope::City(1)).await;
    let street = house.as_somebody("街道", Role::Subdistrict, Scope::Subdistrict(street_of)).await;
    let reader = house.as_somebody("市局", Role::CityBureau, Scope::City(1)).await;
    let before = house.rows().await;
    let tries = async |who: &Browser, id: i64| {
        let path = format!("/registry/records/{id}");
        let page = who.get(&path).await.status;
        let edit = who.submit(&path, &FINDING).await.status;
        let void = who.submit(&format!("{path}/void"), &[("reason", "x")]).await.status;
        let sent = who.upload(&format!("{path}/files"), "a.pdf", b"%PDF-1.4").await.status;
        [page, edit, void, sent].map(|it| it.as_u16())
    };
    assert_eq!(tries(&cousin, finding).await, [404; 4]);
    assert_eq!(tries(&assessor, finding).await, [403; 4]);
    assert_eq!(tries(&reader, finding).await, [200, 403, 403, 403]);
    // The regulator's own register is not the street's to change.
    assert_eq!(tries(&street, listed).await, [200, 403, 403, 403]);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

pub(crate) const SURVEYS: &str = "小区名称,调查名称,日期,满意份数,有效份数\n\
    {1},半年调查,2024/6/30,190,200\n\
    {2},半年调查,2024年6月30日,96,100\n\
    无此小区,半年调查,2024-06-30,1,1\n\
    {1},半年调查,2024-06-29,9,8\n";

async fn a_register_is_filled_from_a_file_once(house: House) {
    let (_, ours) = bare(&house).await;
    let names = house
        .given(|tx| {
            Ok(tx.all(
                "select name from registry_communities where tenant = 1 order by id limit 2",
                &[],
                |it| it.text("name"),
            )?)
        })
        .await;
    let sheet = SURVEYS.replace("{1}", &names[0]).replace("{2}", &names[1]);
    for (applied, skipped) in [(2, 0), (0, 2)] {
        let sent =
            ours.upload_with("/registry/imports", &[("register", "survey")], "调查.csv", sheet.as_bytes());
        let to = sent.await.location.unwrap();
        let page = ours.get(&to).await.body;
        assert!(
            page.contains("A4：没有找到这个小区") && page.contains("D5：满意份数不能大于有效份数"),
            "{page}"
        );
        assert_eq!(ours.submit(&to, &[("mode", "good_rows")]).await.status, StatusCode::SEE_OTHER);
        let page = crate::imports::finished(&house, &ours, &to).await;
        assert!(page.contains(&format!("<strong>{applied}</strong><span>条记录新建")), "{page}");
        assert!(page.contains(&format!("<strong>{skipped}</strong><span>条记录已经存在")), "{page}");
        assert_eq!(house.count("select count(*) as n from registry_records").await, 2);
    }
    let first = house.count("select min(id) as n from registry_communities where tenant = 1").await;
    let rate = Some(Value::Number(Ratio::new(190, 200)));
    assert_eq!(fact(&house, first, "owner_satisfaction_rate").await, rate);
}

async fn a_service_project_in_a_file_says_who_serves(house: House) {
    let (community, ours) = bare(&house).await;
    let (name, enterprise, number) = house
        .given(move |tx| {
            let name = communities::load(tx, community.into())?.name;
            tx.change("update registry_communities set enterprise = 0", &[])?;
            let sql = "select id, name from registry_enterprises order by id limit 1";
            let (number, enterprise) = tx.one(sql, &[], |it| Ok((it.int("id")?, it.text("name")?)))?;
            Ok((name, enterprise, number))
        })
        .await;
    let sheet =
        format!("小区,合同名称,合同开始日期,单价,物业公司\n{name},服务合同,2024-01-01,180,{enterprise}\n");
    let fields = [("register", "service_project")];
    let to =
        ours.upload_with("/registry/imports", &fields, "合同.csv", sheet.as_bytes()).await.location.unwrap();
    let page = ours.get(&to).await.body;
    // Heads that no one knows are pointed at by hand.
    let columns =
        [("community", "0"), ("title", "1"), ("happened_on", "2"), ("part", "3"), ("enterprise", "4")];
    assert!(page.contains("合同名称"), "{page}");
    ours.submit(&format!("{to}/columns"), &columns).await;
    assert_eq!(ours.submit(&to, &[("mode", "all_or_nothing")]).await.status, StatusCode::SEE_OTHER);
    crate::imports::finished(&house, &ours, &to).await;
    let serving = format!("select enterprise as n from registry_communities where id = {community}");
    assert_eq!(house.count(serving.leak()).await, number);
}

// covers: LA-005
async fn party_building_is_counted_by_the_enterprises_that_serve_here(house: House) {
    let (community, ours) = bare(&house).await;
    let counted =
        async |scope: Scope| house.given(move |tx| Ok(registry::enterprises::party_led(tx, &scope)?)).await;
    let county_of = |n: u16| Scope::County(kernel::Tenant::from_number(n));
    let (serving, led) = counted(county_of(1)).await;
    assert!(0 < serving && led == 0, "{serving} {led}");
    let fields = [
        ("kind", "enterprise_party"),
        ("class", "branch"),
        ("title", "中共某物业支部委员会"),
        ("happened_on", "2024-08-01"),
    ];
    let id = entered(&house, &ours, community, &fields).await;
    assert_eq!(counted(county_of(1)).await, (serving, 1));
    // Coverage counts enterprises once, wherever they serve; managed communities are counted beside it.
    assert_eq!(counted(Scope::City(1)).await.1, 1);
    let counts = house.given(|tx| communities::counts_by_county(tx, 1)).await;
    assert!(counts.iter().all(|(_, all, managed)| 0 < *managed && managed <= all), "{counts:?}");
    // Dissolved, it counts no more.
    let ended: Vec<_> = fields.into_iter().chain([("ends_on", "2024-08-10")]).collect();
    assert_eq!(edited(&ours, id, &ended).await.status, StatusCode::SEE_OTHER);
    assert_eq!(counted(county_of(1)).await, (serving, 0));
    assert_eq!(counted(Scope::Neighborhood(1)).await, (0, 0));
}

async fn whoever_sees_a_community_and_no_registers_is_shown_the_community(house: House) {
    let (community, ours) = bare(&house).await;
    let fields = [("kind", "penalty"), ("title", "乱收费处罚"), ("happened_on", "2024-08-10")];
    entered(&house, &ours, community, &fields).await;
    let page = format!("/registry/communities/{community}");
    assert!(ours.get(&page).await.body.contains("乱收费处罚"));
    let observer = house.as_somebody("监票人", Role::Observer, Scope::Community(community)).await;
    let seen = observer.get(&page).await;
    assert_eq!(seen.status, StatusCode::OK);
    for hidden in ["乱收费处罚", "台账记录", "修改历史", "href=\"/registry/enterprises\""] {
        assert!(!seen.body.contains(hidden), "{hidden}: {}", seen.body);
    }
    assert_eq!(observer.get("/registry/enterprises").await.status, StatusCode::FORBIDDEN);
}
