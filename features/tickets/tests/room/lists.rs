//! The list of cases: what it is narrowed to, what it shows, and the workbench whose numbers lead to lists of as many.

use testkit::{Browser, House, on_both_stores};

use crate::story::{Cast, act};

on_both_stores!(crate::story::house;
    the_workbench_counts_what_its_lists_hold,
    a_list_is_narrowed_by_handler_source_and_day_and_its_sheet_with_it,
    all_states_are_read_by_the_day_page_after_page,
);

/// The numbers of the workbench, and how many rows the list behind each holds.
async fn turns(who: &Browser) -> Vec<(String, usize)> {
    let page = who.get("/tickets").await.body;
    let bench =
        page.split("aria-label=\"工作台\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    let mut found = vec![];
    for tile in bench.split("<a href=\"").skip(1) {
        let link = tile.split('"').next().unwrap().replace("&amp;", "&");
        let number = tile.split("<strong>").nth(1).unwrap().split('<').next().unwrap().to_owned();
        found.push((number, rows(&who.get(&link).await.body).len()));
    }
    found
}

/// The numbers of the rows of a list.
fn rows(page: &str) -> Vec<String> {
    let body = page.split("<tbody>").nth(1).unwrap_or_default();
    let links = body.split("<tr>").skip(1).filter_map(|it| it.split("<a href=\"/tickets/").nth(1));
    links.map(|it| it.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned()).collect()
}

// covers: SC-058
async fn the_workbench_counts_what_its_lists_hold(house: House) {
    let cast = Cast::of(&house).await;
    let agreed = |mine_today: usize, late: usize, mine: usize, others: usize| {
        [mine_today, late, mine, others].map(|it| (it.to_string(), it)).to_vec()
    };
    for body in ["路灯一直不亮", "门禁坏了三天", "电梯异响厉害"] {
        cast.report(&[("body", body)]).await;
    }
    // Three went to the company, which has to call everybody today. Whoever sends cases out waits for it.
    assert_eq!(turns(&cast.company).await, agreed(3, 0, 3, 0));
    assert_eq!(turns(&cast.neighborhood).await, agreed(0, 0, 0, 3));
    assert_eq!(turns(&cast.committee).await, agreed(0, 0, 0, 3));
    assert!(!cast.city.get("/tickets").await.body.contains("工作台"), "who only looks on has no turn");
    let ticket = cast.ticket(&house).await;
    act(&cast.company, ticket, "give-back", &[("words", "属于公共区域改造")]).await;
    let second = house.count("select id as n from tickets_tickets where number = 2").await;
    act(&cast.company, second, "accept", &[("words", "已联系")]).await;
    act(&cast.company, second, "answer", &[("words", "门禁已修好")]).await;
    let first = house.count("select id as n from tickets_tickets where number = 1").await;
    act(&cast.company, first, "accept", &[("words", "已联系")]).await;
    // What was given back is its sender's turn; what was answered is the resident's.
    assert_eq!(turns(&cast.company).await, agreed(0, 0, 1, 2));
    assert_eq!(turns(&cast.street).await, agreed(0, 0, 1, 2));
    let neighborhood = house.count("select neighborhood as n from tickets_tickets").await;
    let to = format!("neighborhood:{neighborhood}");
    act(&cast.street, ticket, "dispatch", &[("handler", &to)]).await;
    assert_eq!(turns(&cast.neighborhood).await, agreed(1, 0, 1, 2));
    assert_eq!(turns(&cast.street).await, agreed(0, 0, 0, 3));
    // Nobody called: that step is late, long before the answer is.
    house.it_is("2024-08-20T08:00:00Z");
    tickets::wake_due(&house.app).await.unwrap();
    let cast = cast.again(&house).await;
    assert_eq!(turns(&cast.neighborhood).await, agreed(0, 1, 1, 2));
    let late = cast.county.get("/tickets?stage=open&late=yes").await.body;
    assert!(rows(&late).len() == 1 && late.contains("联系群众已超期；答复还剩"), "{late}");
    assert!(cast.county.get("/tickets/overview").await.body.contains("<strong>1</strong><span>件已超期"));
    // On the last day of the other, and the day after.
    let by = "select min(answer_by) as n from tickets_tickets where stage = 'accepted'";
    let last = jiff::Timestamp::from_microsecond(house.count(by).await).unwrap();
    house.it_is(&(last - jiff::SignedDuration::from_hours(3)).to_string());
    let cast = cast.again(&house).await;
    assert_eq!(turns(&cast.company).await, agreed(1, 0, 1, 2));
    house.it_is(&(last + jiff::SignedDuration::from_hours(1)).to_string());
    let cast = cast.again(&house).await;
    assert_eq!(turns(&cast.company).await, agreed(0, 1, 1, 2));
    assert_eq!(turns(&cast.neighborhood).await, agreed(0, 1, 1, 2));
}

async fn a_list_is_narrowed_by_handler_source_and_day_and_its_sheet_with_it(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("body", "路灯一直不亮")]).await;
    let community = cast.community.to_string();
    let filed = [
        ("community", community.as_str()),
        ("channel", "desk"),
        ("category", "noise"),
        ("body", "夜里施工吵人"),
        ("phone", "13900002222"),
    ];
    assert!(cast.neighborhood.submit("/tickets/new", &filed).await.location.is_some());
    let ticket = cast.ticket(&house).await;
    let neighborhood = house.count("select neighborhood as n from tickets_tickets").await;
    let to = format!("neighborhood:{neighborhood}");
    act(&cast.street, ticket, "dispatch", &[("handler", &to)]).await;
    let found = async |question: &str| {
        rows(&cast.county.get(&format!("/tickets?stage=open{question}")).await.body).len()
    };
    assert_eq!(found("").await, 2);
    assert_eq!(found("&handler=enterprise").await, 1);
    assert_eq!(found(&format!("&handler=enterprise:{}", cast.enterprise)).await, 1);
    assert_eq!(found(&format!("&handler=enterprise:{}", cast.other_enterprise)).await, 0);
    assert_eq!(found(&format!("&handler={to}")).await, 1);
    assert_eq!(found("&handler=nobody").await, 2, "what cannot be read narrows nothing");
    assert_eq!((found("&channel=desk").await, found("&channel=12345").await), (1, 0));
    assert_eq!((found("&from=2024-08-20&to=2024-08-20").await, found("&to=2024-08-19").await), (2, 0));
    assert_eq!(found("&from=2024-08-21&to=2024-08-19").await, 2, "the days are taken in their order");
    let page = cast.county.get("/tickets?stage=open&handler=enterprise").await.body;
    let company = house
        .given({
            let id = cast.enterprise;
            move |tx| Ok(registry::enterprises::name_of(tx, id)?)
        })
        .await
        .unwrap();
    assert!(page.contains(&format!("value=\"enterprise:{}\">{company}</option>", cast.enterprise)), "{page}");
    assert!(page.contains(&format!("<td>{company}</td>")), "{page}");
    let chosen = cast.county.get("/tickets?stage=open&column=channel&column=subdistrict").await.body;
    assert!(chosen.contains("<th>来源</th>") && !chosen.contains("<th>受理时间</th>"), "{chosen}");
    assert!(chosen.contains("<td>服务窗口</td>"), "{chosen}");
    let sheet = async |question: &str| {
        let sheet = cast.county.get(&format!("/tickets/export.xlsx?stage=open{question}")).await;
        documents::read_table(&sheet.bytes).unwrap()
    };
    let all = sheet("").await;
    assert_eq!(all.rows.len(), 2);
    let at = |head: &str| all.header.iter().position(|it| it == head).unwrap();
    for head in ["承办单位", "街道（乡镇）", "来件编号", "状态", "答复时限"] {
        at(head);
    }
    assert!(all.rows.iter().any(|it| it.1[at("承办单位")] == company));
    let some = sheet("&handler=enterprise&column=handler").await;
    assert_eq!(
        (some.rows.len(), some.header),
        (1, ["编号", "承办单位", "状态", "答复时限"].map(str::to_owned).to_vec())
    );
    assert!(all.rows.iter().all(|it| !it.1.join(" ").contains("13900002222")), "no reporter in the sheet");
}

async fn all_states_are_read_by_the_day_page_after_page(house: House) {
    let cast = Cast::of(&house).await;
    cast.report(&[("body", "路灯一直不亮")]).await;
    let first = cast.ticket(&house).await;
    // Sixty more, each a day older than the one before it; every third is withdrawn.
    house
        .given(move |tx| {
            for n in 1..=60_i64 {
                let sql = "insert into tickets_tickets (tenant, id, city, subdistrict, neighborhood, community, enterprise, number, category, kind, urgency, openness, channel, body, building, contact, tail, code, stage, handler_kind, handler, words, level, round, filed_at, filed_on, dispatch_by, contact_by, answer_by, extended, urged, supervised, version)
                           select tenant, id - $1, city, subdistrict, neighborhood, community, enterprise, number + $1, category, kind, urgency, openness, channel, body, building, contact, tail, code, $2, handler_kind, handler, words, level, round, filed_at - $3, $4, dispatch_by, contact_by, answer_by - $3, extended, urged, supervised, version from tickets_tickets where id = $5";
                let stage = if n % 3 == 0 { "withdrawn" } else { "dispatched" };
                let day: jiff::civil::Date = "2024-08-20".parse().unwrap();
                let on = day - jiff::ToSpan::days(n);
                tx.change(sql, &[n.into(), stage.into(), (n * 86_400_000_000).into(), on.into(), first.into()])?;
            }
            Ok(())
        })
        .await;
    let page = cast.county.get("/tickets?stage=all").await.body;
    assert_eq!(rows(&page).len(), 31, "thirty days and today");
    assert!(
        page.contains("name=\"from\" value=\"2024-07-21\"")
            && page.contains("name=\"to\" value=\"2024-08-20\"")
    );
    for who in [&cast.city, &cast.county, &cast.street, &cast.neighborhood, &cast.branch, &cast.company] {
        let (mut seen, mut next) = (vec![], "/tickets?from=2024-01-01".to_owned());
        loop {
            let page = who.get(&next).await.body;
            seen.extend(rows(&page));
            let Some(more) = page.split("<a class=\"btn\" href=\"").find(|it| it.contains(">下一页<"))
            else {
                break;
            };
            next = more.split('"').next().unwrap().replace("&#38;", "&");
            assert!(seen.len() < 99, "pages without an end: {next}");
        }
        let numbers: Vec<i64> =
            seen.iter().map(|it| it.rsplit('-').next().unwrap().parse().unwrap()).collect();
        assert_eq!(numbers, (1..=61).collect::<Vec<i64>>(), "newest first, each once");
    }
    let withdrawn = cast.county.get("/tickets?stage=withdrawn&from=2024-07-01&to=2024-07-31").await.body;
    assert_eq!(rows(&withdrawn).len(), 10, "{withdrawn}");
    let two = cast.county.get("/tickets?turn=others&from=2024-08-18&to=2024-08-19").await.body;
    assert_eq!(rows(&two).len(), 2, "whose turn it is, of the days chosen");
}
