//! The desk that files for a resident, the way down to a community by its address, and an owner's own list.

use axum::http::StatusCode;
use kernel::{Role, Scope};
use testkit::{House, on_both_stores};

use crate::story::Cast;

on_both_stores!(crate::story::house;
    a_desk_hands_over_a_code_that_whoever_handles_the_case_never_gets,
    a_case_another_system_numbered_is_filed_once_under_that_number,
    a_community_is_found_by_walking_down_to_it,
    an_owner_has_their_cases_in_one_list_and_nobody_elses,
);

fn fields<'a>(community: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("community", community),
        ("channel", "desk"),
        ("category", "sewage"),
        ("body", "下水道堵了两天"),
        ("building", "5号楼"),
        ("phone", "13900002222"),
    ];
    let kept = usual.into_iter().filter(|it| more.iter().all(|more| more.0 != it.0));
    kept.chain(more.iter().copied()).collect()
}

// covers: SC-065, FX-057
async fn a_desk_hands_over_a_code_that_whoever_handles_the_case_never_gets(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("openness", "public"), ("body", "楼下路灯不亮")]).await;
    let community = cast.community.to_string();
    let page = cast.neighborhood.get(&format!("/tickets/new?community={community}")).await.body;
    assert!(page.contains("是不是下面的问题") && page.contains("楼下路灯不亮"), "{page}");
    let before = house.rows().await;
    let none =
        cast.neighborhood.upload_with("/tickets/new", &fields(&community, &[]), "a.png", b"no picture").await;
    assert!(
        none.body.contains("照片请用 JPG 或 PNG") && none.body.contains("下水道堵了两天"),
        "{}",
        none.body
    );
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let filed =
        cast.neighborhood.upload_with("/tickets/new", &fields(&community, &[]), "a.png", testkit::PNG).await;
    let to = filed.location.clone().unwrap();
    let code = to.strip_prefix("/tickets/slip/").unwrap_or_else(|| panic!("{to}"));
    let slip = cast.neighborhood.get(&to).await.body;
    assert!(slip.contains("诉求回执") && slip.contains(&format!("{}-{}", &code[..5], &code[5..])), "{slip}");
    let track = cast.resident.get(&format!("/tickets/track/{code}")).await.body;
    assert!(track.contains("下水道堵了两天") && track.contains("登记时上传照片"), "{track}");
    assert_eq!(house.count("select count(*) as n from files_attachments").await, 1);
    // Whoever is rated by it files for residents, too, and has no code of it; nor has anybody elsewhere.
    let other = house.as_somebody("别处社区", Role::Neighborhood, Scope::Neighborhood(1)).await;
    for who in [&cast.company, &cast.committee, &other] {
        assert_eq!(who.get(&to).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(cast.resident.get(&to).await.location.as_deref(), Some("/accounts/sign-in"));
    let filed = cast.company.submit("/tickets/new", &fields(&community, &[("body", "门口的灯坏了")])).await;
    let ticket = cast.ticket(&house).await;
    assert_eq!(filed.location.as_deref(), Some(&*format!("/tickets/{ticket}")));
    assert!(filed.said().contains("由社区回访") && !filed.said().contains("查询码"), "{}", filed.said());
}

async fn a_case_another_system_numbered_is_filed_once_under_that_number(house: House) {
    let cast = Cast::of(&house).await;
    let admin = house.as_somebody("系统管理员", Role::SystemAdministrator, Scope::City(1)).await;
    admin.submit("/tickets/systems", &[("name", "六安12345"), ("channel", "12345")]).await;
    let system = house.count("select id as n from tickets_systems").await.to_string();
    let community = cast.community.to_string();
    let page = cast.street.get(&format!("/tickets/new?community={community}")).await.body;
    assert!(page.contains("来件编号") && page.contains("六安12345"), "{page}");
    let number = [("outside", "LA-2024-77"), ("system", &*system)];
    let before = house.rows().await;
    let nameless = cast.street.submit("/tickets/new", &fields(&community, &number[..1])).await;
    assert!(nameless.body.contains("请选择编号是哪个系统的"), "{}", nameless.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert!(cast.street.submit("/tickets/new", &fields(&community, &number)).await.location.is_some());
    assert_eq!(house.count("select count(*) as n from tickets_tickets where channel = '12345'").await, 1);
    let found = cast.county.get("/tickets?said=LA-2024-77&column=outside").await.body;
    assert!(found.contains("六安12345 LA-2024-77"), "{found}");
    let before = house.rows().await;
    let again = cast.county.submit("/tickets/new", &fields(&community, &number)).await;
    assert!(again.body.contains("这个编号已登记为") && again.body.contains("-000001"), "{}", again.body);
    // A company could keep the hotline's own message out by its number.
    let company = cast
        .company
        .submit("/tickets/new", &fields(&community, &[("outside", "LA-78"), ("system", &*system)]))
        .await;
    assert_eq!(company.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
}

async fn a_community_is_found_by_walking_down_to_it(house: House) {
    let cast = Cast::of(&house).await;
    let names = house
        .given({
            let id = cast.community;
            move |tx| {
                let it = registry::communities::found_one(tx, id)?.unwrap();
                Ok((it.place.split(' ').map(str::to_owned).collect::<Vec<_>>(), it.name))
            }
        })
        .await;
    let mut page = cast.resident.get("/tickets/report").await.body;
    for name in &names.0 {
        let link = page.split("<a class=\"btn\" href=\"").find(|it| it.contains(&format!(">{name}</a>")));
        let link = link.unwrap_or_else(|| panic!("{name}: {page}")).split('"').next().unwrap().to_owned();
        page = cast.resident.get(&link).await.body;
    }
    let link = format!("href=\"/tickets/report?community={}\">{}</a>", cast.community, names.1);
    assert!(page.contains(&link), "{page}");
    // A torn code says so, and the way down is there.
    let torn = cast.resident.get("/tickets/report?community=12").await.body;
    assert!(torn.contains("没有这个小区，二维码可能残缺或已作废") && torn.contains(&names.0[0]), "{torn}");
    // The desk begins where it works, the company with what it serves, the branch at home.
    let own = cast.neighborhood.get("/tickets/new").await.body;
    assert!(own.contains(&format!("/tickets/new?community={}", cast.community)), "{own}");
    let served = cast.company.get("/tickets/new").await.body;
    assert!(served.contains(&format!("/tickets/new?community={}", cast.next_community)), "{served}");
    assert!(cast.branch.get("/tickets/new").await.body.contains("登记</button>"));
}

async fn an_owner_has_their_cases_in_one_list_and_nobody_elses(house: House) {
    let cast = Cast::of(&house).await;
    let home = Scope::Community(cast.community);
    let owner = house.as_somebody("孙业主", Role::Owner, home).await;
    let other = house.as_somebody("李业主", Role::Owner, home).await;
    assert!(owner.get("/tickets/mine").await.body.contains("这里还没有诉求"));
    // At home without looking for it.
    assert!(owner.get("/tickets/report").await.body.contains("哪一类问题"));
    let community = cast.community.to_string();
    let filed = owner.upload_with("/tickets/report", &fields(&community, &[]), "", b"").await;
    let code = crate::story::code_of(&filed);
    let list = owner.get("/tickets/mine").await.body;
    assert!(list.contains("下水道堵了两天") && list.contains(&format!("/tickets/track/{code}")), "{list}");
    assert!(
        owner.get(&format!("/tickets/track/{code}")).await.body.contains("href=\"/tickets/mine\">我的诉求")
    );
    // What was reported before, by its code; once.
    let before = cast.report(&[("body", "楼道灯坏了一周")]).await;
    let page = owner.get(&format!("/tickets/track/{before}")).await.body;
    assert!(page.contains("收进“我的诉求”"), "{page}");
    for _ in 0..2 {
        let typed = format!("{}-{}", before[..5].to_lowercase(), &before[5..]);
        assert!(owner.submit("/tickets/mine", &[("code", &*typed)]).await.location.is_some());
    }
    assert_eq!(house.count("select count(*) as n from tickets_mine").await, 2);
    assert!(owner.get("/tickets/mine").await.body.contains("楼道灯坏了一周"));
    // A follower's code makes way for the reporter's own, and never the other way round.
    let shown = cast.report(&[("openness", "public"), ("body", "单元门关不上")]).await;
    let path = format!("/tickets/follow/{}", cast.ticket(&house).await);
    let followed = crate::story::code_of(&owner.submit(&path, &[]).await);
    for (code, seen) in [(&followed, &followed), (&shown, &shown), (&followed, &shown)] {
        assert!(owner.submit("/tickets/mine", &[("code", &**code)]).await.location.is_some());
        let list = owner.get("/tickets/mine").await.body;
        assert!(list.contains(&format!("/tickets/track/{seen}")), "{list}");
    }
    assert_eq!(house.count("select count(*) as n from tickets_mine").await, 3);
    let rows = house.rows().await;
    let wrong = owner.submit("/tickets/mine", &[("code", "ABCDE-12345")]).await;
    assert!(wrong.body.contains("ABCDE-12345") && wrong.body.contains("查询码"), "{}", wrong.body);
    assert_eq!(house.changed_since(&rows).await, Vec::<String>::new());
    // Sealed where it lies, and nobody else's.
    let kept = &rows.iter().find(|it| it.0 == "tickets_mine").unwrap().1;
    assert!(!kept.contains(&code) && !kept.contains(&before), "{kept}");
    let theirs = other.get("/tickets/mine").await.body;
    assert!(theirs.contains("这里还没有诉求") && !theirs.contains("下水道"), "{theirs}");
    assert_eq!(cast.county.get("/tickets/mine").await.status, StatusCode::FORBIDDEN);
    assert_eq!(cast.resident.get("/tickets/mine").await.location.as_deref(), Some("/accounts/sign-in"));
}
