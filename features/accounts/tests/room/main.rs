//! Accounts through their doors, on both stores.
#![expect(clippy::unwrap_used, reason = "a fact that cannot be set up should stop at once")]

use axum::http::StatusCode;
use kernel::{Role, Scope};
use store::Kind;
use testkit::{House, on_both_stores};

fn house(kind: Kind) -> House {
    House::new(kind, &[store::MIGRATIONS, accounts::MIGRATIONS].concat(), |_| axum::Router::new())
}

on_both_stores!(super::house;
    a_fresh_house_is_begun_by_two_people_and_grants_its_first_post,
    an_office_is_free_again_when_its_day_has_passed,
    a_stranger_is_sent_to_sign_in_and_changes_nothing,
    a_form_from_elsewhere_is_refused,
    ten_wrong_passwords_stop_a_guesser,
    nobody_grants_to_themselves_or_makes_two_offices_one,
    a_revoked_post_ends_its_sessions_at_once,
    a_hat_is_changed_only_to_ones_own,
    a_session_ends_when_nobody_uses_it,
    with_a_second_factor_a_password_alone_opens_nothing,
    a_sensitive_act_asks_again_after_a_while_and_forgets_nothing,
    the_audit_administrator_reads_what_was_done_and_nobody_else_does,
);

async fn a_fresh_house_is_begun_by_two_people_and_grants_its_first_post(house: House) {
    let earlier = accounts::first_codes(&house.app).await.unwrap();
    let codes = accounts::first_codes(&house.app).await.unwrap();
    assert_eq!(codes.iter().map(|it| it.office).collect::<Vec<_>>(), ["系统管理员", "安全管理员"]);
    let (stranger, password) = (house.as_stranger(), "桂花树下从左数第三张石凳");
    let send = async |code: &str, sign_in_name: &str, password: &str| {
        let fields = [
            ("code", code),
            ("sign_in_name", sign_in_name),
            ("name", "许国强"),
            ("password", password),
            ("again", password),
        ];
        stranger.submit_bare("/accounts/code", &fields).await
    };
    let before = house.rows().await;
    assert!(send(&codes[0].code, "guanli", "短").await.body.contains("密码应为12至128个字符"));
    assert!(send("wrong", "guanli", password).await.body.contains("一次性代码不正确"));
    // A code printed by an earlier start ends with the next one.
    assert!(send(&earlier[0].code, "guanli", password).await.body.contains("一次性代码不正确"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let chosen = send(&codes[0].code, "guanli", password).await;
    assert_eq!(chosen.location.as_deref(), Some("/accounts/sign-in"));
    assert!(send(&codes[0].code, "guanli", password).await.body.contains("一次性代码不正确"));
    assert!(send(&codes[1].code, "guanli", password).await.body.contains("这个登录名已有人使用"));
    assert_eq!(send(&codes[1].code, "anquan", password).await.location.as_deref(), Some("/accounts/sign-in"));
    assert_eq!(accounts::first_codes(&house.app).await.unwrap(), []);

    let system = house.signed_in("GUANLI ", password).await;
    let made = system.submit("/accounts/users", &[("sign_in_name", "kezhang"), ("name", "程立新")]).await;
    let person = made.location.unwrap();
    let post = [("role", "city_bureau"), ("scope", "city:1"), ("label", "市局")];
    assert_eq!(system.submit(&format!("{person}/grant"), &post).await.status, StatusCode::FORBIDDEN);
    let security = house.signed_in("anquan", password).await;
    assert_eq!(security.submit(&format!("{person}/grant"), &post).await.status, StatusCode::SEE_OTHER);
}

async fn an_office_is_free_again_when_its_day_has_passed(house: House) {
    let security = house.as_somebody("安全", Role::SecurityAdministrator, Scope::Nothing).await;
    let system = house.as_somebody("系统", Role::SystemAdministrator, Scope::Nothing).await;
    let made = system.submit("/accounts/users", &[("sign_in_name", "shenji"), ("name", "罗成")]).await;
    let path = format!("{}/grant", made.location.unwrap());
    let post = |until: &'static str| {
        [("role", "audit_administrator"), ("scope", "city:1"), ("label", "市局"), ("valid_until", until)]
    };
    assert_eq!(security.submit(&path, &post("2024-08-20")).await.status, StatusCode::SEE_OTHER);
    assert!(security.submit(&path, &post("")).await.body.contains("须由不同的人担任"));
    house.it_is("2024-08-21T01:00:00Z");
    let security = house.as_again(security.person).await;
    assert_eq!(security.submit(&path, &post("")).await.status, StatusCode::SEE_OTHER);
}

async fn a_stranger_is_sent_to_sign_in_and_changes_nothing(house: House) {
    let before = house.rows().await;
    let stranger = house.as_stranger();
    for path in ["/accounts/me", "/accounts/users", "/accounts/users/1"] {
        assert_eq!(stranger.get(path).await.location.as_deref(), Some("/accounts/sign-in"), "{path}");
    }
    for path in [
        "/accounts/users",
        "/accounts/users/1/grant",
        "/accounts/users/1/disable",
        "/accounts/users/1/code",
        "/accounts/hat",
        "/accounts/sign-out",
    ] {
        let sent = stranger.submit(path, &[]).await;
        assert_eq!(sent.location.as_deref(), Some("/accounts/sign-in"), "{path}");
        assert_eq!(sent.said(), "!登录已过期，刚才提交的没有保存，请登录后再办");
    }
    assert_eq!(
        stranger.submit_bare("/accounts/demo", &[("person", "1")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn a_form_from_elsewhere_is_refused(house: House) {
    let system = house.as_somebody("系统", Role::SystemAdministrator, Scope::Nothing).await;
    let before = house.rows().await;
    let fields =
        [("sign_in_name", "newone"), ("name", "新人"), ("_token", "guessed"), ("_key", "0123456789")];
    let refused = system.submit_bare("/accounts/users", &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("页面已过期"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
}

async fn ten_wrong_passwords_stop_a_guesser(house: House) {
    let stranger = house.as_stranger();
    let guess = async || {
        stranger.submit_bare("/accounts/sign-in", &[("sign_in_name", "guanli"), ("password", "guess")]).await
    };
    for _ in 0..10 {
        assert!(guess().await.body.contains("登录名或密码不正确"));
    }
    assert!(guess().await.body.contains("尝试次数过多"));
    house.it_is("2024-08-20T02:00:01Z");
    assert!(guess().await.body.contains("登录名或密码不正确"));
}

async fn nobody_grants_to_themselves_or_makes_two_offices_one(house: House) {
    let security = house.as_somebody("安全", Role::SecurityAdministrator, Scope::Nothing).await;
    let system = house.as_somebody("系统", Role::SystemAdministrator, Scope::Nothing).await;
    let before = house.rows().await;
    let grant = |role| [("role", role), ("scope", "city:1"), ("label", "市局")];
    let own =
        security.submit(&format!("/accounts/users/{}/grant", security.person), &grant("city_bureau")).await;
    assert!(own.body.contains("不能给自己授权"));
    let second = security
        .submit(&format!("/accounts/users/{}/grant", system.person), &grant("audit_administrator"))
        .await;
    assert!(second.body.contains("须由不同的人担任"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    let not_theirs =
        system.submit(&format!("/accounts/users/{}/grant", security.person), &grant("city_bureau")).await;
    assert_eq!(not_theirs.status, StatusCode::FORBIDDEN);
    assert_eq!(house.changed_since(&before).await, ["store_security_log"]);
    let both =
        security.submit(&format!("/accounts/users/{}/grant", system.person), &grant("city_bureau")).await;
    assert!(both.body.contains("不兼任业务职务"));
    let own = system.submit(&format!("/accounts/users/{}/disable", system.person), &[]).await;
    assert!(own.body.contains("不能停用自己的账号"));
    let worker = house.as_somebody("科员", Role::Neighborhood, Scope::Neighborhood(5)).await;
    let before = house.rows().await;
    let path = format!("/accounts/users/{}/grant", worker.person);
    let fields = [("role", "city_bureau"), ("scope", "city:999"), ("label", "市局")];
    assert!(security.submit(&path, &fields).await.body.contains("请选择范围"));
    let unfit = security.submit(&path, &grant("county_bureau")).await;
    assert!(unfit.body.contains("职务与范围不相符：请选择县区"));
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    assert_eq!(security.submit(&path, &grant("city_bureau")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.changed_since(&before).await, ["accounts_grants", "store_audit", "store_keys"]);
}

async fn a_revoked_post_ends_its_sessions_at_once(house: House) {
    let security = house.as_somebody("安全", Role::SecurityAdministrator, Scope::Nothing).await;
    let system = house.as_somebody("系统", Role::SystemAdministrator, Scope::Nothing).await;
    assert_eq!(system.get("/accounts/users").await.status, StatusCode::OK);
    let person = i64::from(system.person);
    let grant = house
        .given(move |tx| {
            Ok(tx.one("select id from accounts_grants where person = $1", &[person.into()], |it| {
                it.int("id")
            })?)
        })
        .await;
    let revoked =
        security.submit(&format!("/accounts/users/{person}/revoke"), &[("grant", &grant.to_string())]).await;
    assert_eq!(revoked.status, StatusCode::SEE_OTHER);
    assert_eq!(system.get("/accounts/users").await.location.as_deref(), Some("/accounts/sign-in"));
}

async fn a_hat_is_changed_only_to_ones_own(house: House) {
    let two = house
        .as_one_of(
            "兼任",
            &[(Role::Neighborhood, Scope::Neighborhood(5)), (Role::AuditAdministrator, Scope::Nothing)],
        )
        .await;
    let other = house.as_somebody("别人", Role::CityBureau, Scope::City(1)).await;
    assert_eq!(two.get("/accounts/users").await.status, StatusCode::FORBIDDEN);
    let grants = house
        .given(|tx| {
            Ok(tx.all("select id, person, role from accounts_grants", &[], |it| {
                Ok((it.int("id")?, it.int("person")?, it.text("role")?))
            })?)
        })
        .await;
    let of = |person: kernel::UserId, role: &str| {
        grants.iter().find(|it| it.1 == i64::from(person) && it.2 == role).unwrap().0.to_string()
    };
    assert_eq!(
        two.submit("/accounts/hat", &[("grant", &of(other.person, "city_bureau"))]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        two.submit("/accounts/hat", &[("grant", &of(two.person, "audit_administrator"))]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(two.get("/accounts/users").await.status, StatusCode::OK);
}

async fn a_session_ends_when_nobody_uses_it(house: House) {
    let audit = house.as_somebody("审计", Role::AuditAdministrator, Scope::Nothing).await;
    house.it_is("2024-08-20T01:29:00Z");
    assert_eq!(audit.get("/accounts/users").await.status, StatusCode::OK);
    house.it_is("2024-08-20T01:58:00Z");
    assert_eq!(audit.get("/accounts/users").await.status, StatusCode::OK);
    house.it_is("2024-08-20T02:28:01Z");
    assert_eq!(audit.get("/accounts/users").await.location.as_deref(), Some("/accounts/sign-in"));
}

const PASSWORD: &str = "桂花树下从左数第三张石凳";

/// Somebody with a password of their own, who came in by the front door.
async fn keeper(house: &House) -> testkit::Browser {
    let codes = accounts::first_codes(&house.app).await.unwrap();
    let fields = [
        ("code", codes[0].code.as_str()),
        ("sign_in_name", "guanli"),
        ("name", "许国强"),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    house.as_stranger().submit_bare("/accounts/code", &fields).await;
    house.signed_in("guanli", PASSWORD).await
}

async fn with_a_second_factor_a_password_alone_opens_nothing(house: House) {
    let keeper = keeper(&house).await;
    let path = "/accounts/me/second-factor";
    keeper.submit(&format!("{path}/begin"), &[]).await;
    let page = keeper.get(path).await.body;
    let secret = page.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().replace(' ', "");
    let code = |second: i64| {
        let now = (house.app.clock)() + jiff::SignedDuration::from_secs(second);
        accounts::seeding::code(&secret, now)
    };
    let before = house.rows().await;
    let wrong = keeper.submit(path, &[("code", "000000")]).await;
    assert!(wrong.body.contains("验证码不正确"), "{}", wrong.body);
    assert_eq!(house.changed_since(&before).await, Vec::<String>::new());
    // Until a first code was seen, nothing asks for one.
    house.signed_in("guanli", PASSWORD).await;
    let on = keeper.submit(path, &[("code", &code(0))]).await;
    assert_eq!(on.location.as_deref(), Some("/accounts/me"), "{}", on.body);
    assert!(!keeper.get(path).await.body.contains("<code>"), "a confirmed secret is never shown again");
    let stranger = house.as_stranger();
    let form = [("sign_in_name", "guanli"), ("password", PASSWORD)];
    let half = stranger.submit_bare("/accounts/sign-in", &form).await;
    assert_eq!((half.location.as_deref(), half.session.clone()), (Some("/accounts/sign-in/code"), None));
    let halfway = stranger.with_cookie(&half.cookie("jiayuan_half").unwrap());
    // The code that confirmed the generator is used up.
    let again = halfway.submit_bare("/accounts/sign-in/code", &[("code", &code(0))]).await;
    assert!(again.session.is_none() && again.body.contains("验证码不正确或已用过"));
    let alone = stranger.submit_bare("/accounts/sign-in/code", &[("code", &code(30))]).await;
    assert!(alone.session.is_none() && alone.body.contains("登录已超时"));
    let whole = halfway.submit_bare("/accounts/sign-in/code", &[("code", &code(30))]).await;
    assert!(whole.session.is_some(), "{}", whole.body);
    let twice = halfway.submit_bare("/accounts/sign-in/code", &[("code", &code(60))]).await;
    assert!(twice.session.is_none() && twice.body.contains("登录已超时"));
    // The secret lies in no table as it is.
    let kept = house.rows().await.into_iter().map(|it| it.1).collect::<String>();
    assert!(!kept.contains(&secret));
    // Ten guesses, and no more.
    let half = stranger.submit_bare("/accounts/sign-in", &form).await;
    let guesser = stranger.with_cookie(&half.cookie("jiayuan_half").unwrap());
    for _ in 0..10 {
        guesser.submit_bare("/accounts/sign-in/code", &[("code", "123456")]).await;
    }
    let late = guesser.submit_bare("/accounts/sign-in/code", &[("code", &code(60))]).await;
    assert!(late.session.is_none() && late.body.contains("尝试次数过多"));
    let other = house.as_somebody("另一位", Role::SystemAdministrator, Scope::Nothing).await;
    let person = house.count("select min(person) as n from accounts_factors").await;
    let reset = format!("/accounts/users/{person}/reset-factor");
    let security = house.as_somebody("安全", Role::SecurityAdministrator, Scope::Nothing).await;
    assert_eq!(security.submit(&reset, &[]).await.status, StatusCode::FORBIDDEN);
    assert!(keeper.submit(&reset, &[]).await.body.contains("不能停用自己的账号"));
    assert_eq!(other.submit(&reset, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(keeper.get("/accounts/me").await.location.as_deref(), Some("/accounts/sign-in"));
    house.signed_in("guanli", PASSWORD).await;
}

async fn a_sensitive_act_asks_again_after_a_while_and_forgets_nothing(house: House) {
    let keeper = keeper(&house).await;
    let made = keeper.submit("/accounts/users", &[("sign_in_name", "kezhang"), ("name", "程立新")]).await;
    let path = format!("{}/disable", made.location.unwrap());
    let later = (house.app.clock)() + jiff::SignedDuration::from_mins(16);
    house.it_is(&later.to_string());
    let before = house.rows().await;
    let asked = keeper.submit_keyed(&path, &[("why", "调离\"岗位")], "0123456789").await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert!(
        asked.body.contains("name=\"why\" value=\"调离&#34;岗位\"") && asked.body.contains(&path),
        "{}",
        asked.body
    );
    assert_eq!(house.changed_since(&before).await, ["accounts_sessions"], "only the session's last use");
    let wrong = keeper.submit(&path, &[("_password", "guess")]).await;
    assert!(wrong.status == StatusCode::FORBIDDEN && wrong.body.contains("密码不正确"));
    assert!(!wrong.body.contains("guess"), "a password is never sent back");
    let done = keeper.submit_keyed(&path, &[("why", "调离"), ("_password", PASSWORD)], "0123456789").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Shown once, it holds for a while.
    let next = keeper.submit("/accounts/users", &[("sign_in_name", "keyuan"), ("name", "何平")]).await;
    let next = keeper.submit(&format!("{}/disable", next.location.unwrap()), &[]).await;
    assert_eq!(next.status, StatusCode::SEE_OTHER, "{}", next.body);
}

async fn the_audit_administrator_reads_what_was_done_and_nobody_else_does(house: House) {
    let everywhere = Scope::City(1);
    let system = house.as_somebody("系统管理员", Role::SystemAdministrator, everywhere).await;
    let security = house.as_somebody("安全管理员", Role::SecurityAdministrator, everywhere).await;
    let audit = house.as_somebody("审计管理员", Role::AuditAdministrator, everywhere).await;
    let made = system.submit("/accounts/users", &[("sign_in_name", "kezhang"), ("name", "程立新")]).await;
    let person = made.location.unwrap();
    let post = [("role", "city_bureau"), ("scope", "city:1"), ("label", "市局")];
    assert_eq!(system.submit(&format!("{person}/grant"), &post).await.status, StatusCode::FORBIDDEN);
    security.submit(&format!("{person}/grant"), &post).await;
    // What is really granted stands beside what it is called.
    let shown = security.get(&person).await.body;
    assert!(shown.contains("<td>市局</td>") && shown.contains("<td>六安市</td>"), "{shown}");
    let page = audit.get("/accounts/audit").await.body;
    for words in ["accounts.user_created", "accounts.granted", "安全管理员", "系统管理员"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("程立新"), "an event names nobody");
    let one = audit.get("/accounts/audit?event=accounts.granted").await.body;
    assert!(one.contains("accounts.granted") && !one.contains("accounts.user_created"), "{one}");
    assert!(audit.get("/accounts/audit?person=nobody").await.body.contains("这几天没有记录"));
    assert!(audit.get("/accounts/audit?until=2024-08-01").await.body.contains("这几天没有记录"));
    assert!(audit.get("/accounts/audit?from=x").await.body.contains("2024-08-20 的写法"));
    // What a clock that stood earlier wrote is told under its own day, whatever its number.
    house.it_is("2024-08-10T01:00:00Z");
    let earlier = system.submit("/accounts/users", &[("sign_in_name", "keyuan"), ("name", "吴大川")]).await;
    assert!(earlier.location.is_some(), "{}", earlier.body);
    house.it_is("2024-08-20T01:00:00Z");
    for (asked, times) in
        [("", 1), ("&until=2024-08-10", 1), ("&until=2024-08-09", 0), ("&from=2024-08-01", 2)]
    {
        let page = audit.get(&format!("/accounts/audit?event=accounts.user_created{asked}")).await.body;
        assert_eq!(page.matches("accounts.user_created</td>").count(), times, "{asked}: {page}");
    }
    let stopped = audit.get("/accounts/audit?show=stopped").await.body;
    assert!(stopped.contains("没有这项权限") && stopped.contains("accounts.grant"), "{stopped}");
    let sheet = audit.get("/accounts/audit.xlsx?event=accounts.granted").await;
    assert!(sheet.bytes.starts_with(b"PK"), "{}", sheet.status);
    for who in [&system, &security] {
        for door in ["/accounts/audit", "/accounts/audit.xlsx"] {
            assert_eq!(who.get(door).await.status, StatusCode::FORBIDDEN, "{door}");
        }
        assert!(!who.get("/accounts/users").await.body.contains("审计日志"));
    }
}
