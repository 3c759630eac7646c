//! The pages. Thin: ask the rooms, show what they say.

use app::App;
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use kernel::{Actor, Problem, Scope};
use registry::{communities, divisions, enterprises};
use web::{Chrome, PageProblem, PageResult, Visitor, page, redirect};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    chrome: Chrome,
    /// County, communities, managed, managed in per cent.
    counties: Vec<(String, i64, i64, String)>,
    communities: i64,
    managed: i64,
    rate: String,
    /// Enterprises that serve here, those with a party organisation, and the share.
    party: (i64, i64, String),
    desk: Desk,
}

/// What the hat worn has to do, by day.
#[derive(Default)]
struct Desk {
    /// Late, or due today; then what comes within a fortnight; and how many come later.
    now: Vec<DueLine>,
    soon: Vec<DueLine>,
    later: usize,
    /// What was told and nobody read, newest first.
    told: Vec<messages::MessageLine>,
}

impl Desk {
    fn parts(&self) -> [(&'static str, &[DueLine]); 2] {
        [("今天到期和已逾期", self.now.as_slice()), ("两周内", self.soon.as_slice())]
    }
}

struct DueLine {
    day: String,
    title: String,
    href: String,
    /// State and words: 逾期3天, 今天, 还有5天.
    left: (&'static str, String),
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    chrome: Chrome,
}

pub(crate) async fn home(State(app): State<App>, visitor: Visitor) -> PageResult {
    if visitor.asked.session.is_none() {
        return redirect("/accounts/sign-in");
    }
    let chrome = visitor.chrome("工作台");
    let (scope, administers) = (visitor.ctx.actor.hat.scope, visitor.ctx.actor.hat.role.is_administrator());
    let desk = desk(&app, visitor.ctx.clone()).await?;
    let (counties, led) = app
        .store
        .read(visitor.ctx, move |tx| {
            let Some(city) = divisions::city_of(tx, &scope).ok().filter(|_| !administers) else {
                return Ok((vec![], (0, 0)));
            };
            let names = divisions::county_names(tx, city)?;
            let seen = |tenant: &i64| match scope {
                Scope::City(_) => true,
                Scope::County(own) => i64::from(own.number()) == *tenant,
                _ => false,
            };
            let counts = communities::counts_by_county(tx, city)?;
            let line = |(tenant, n, managed): (i64, i64, i64)| {
                (
                    names.get(&tenant).map_or(String::new(), |it| it.name.clone()),
                    n,
                    managed,
                    percent(managed, n),
                )
            };
            let counties = counts.into_iter().filter(|it| seen(&it.0)).map(line).collect::<Vec<_>>();
            Ok((counties, enterprises::party_led(tx, &scope)?))
        })
        .await?;
    let communities: i64 = counties.iter().map(|it| it.1).sum();
    let managed: i64 = counties.iter().map(|it| it.2).sum();
    let party = (led.0, led.1, percent(led.1, led.0));
    let rate = percent(managed, communities);
    page(&HomePage { chrome, communities, managed, rate, counties, party, desk })
}

/// How far ahead the first page looks.
const AHEAD_DAYS: i32 = 14;
/// Lines shown of each part; the rest is counted.
const MOST: usize = 12;

async fn desk(app: &App, ctx: kernel::Ctx) -> Result<Desk, Problem> {
    let house = app.clone();
    let read = app.store.read(ctx, move |tx| {
        let today = tx.ctx.today();
        let (mut desk, mut rest) = (Desk::default(), 0);
        let mut all = messages::agenda(&house, tx)?;
        all.sort_by_key(|it| rank(it, today));
        for due in all {
            let days = (due.day - today).get_days();
            let left = match days {
                0 if due.at.is_some_and(|at| at <= tx.ctx.now) => ("late", "已超期".to_owned()),
                ..0 => ("late", format!("逾期{}天", -days)),
                0 => ("soon", "今天".to_owned()),
                1..=3 => ("soon", format!("还有{days}天")),
                _ => ("open", format!("还有{days}天")),
            };
            let at = due.at.map(kernel::beijing_minute);
            let line = DueLine {
                day: at.unwrap_or_else(|| due.day.to_string()),
                title: due.title,
                href: due.href,
                left,
            };
            match days {
                ..=0 if desk.now.len() < MOST => desk.now.push(line),
                1..=AHEAD_DAYS if desk.soon.len() < MOST => desk.soon.push(line),
                _ => rest += 1,
            }
        }
        desk.later = rest;
        desk.told = messages::newest(tx)?;
        Ok(desk)
    });
    read.await
}

/// Where a deadline stands on the desk: what presses first, then what today still can be kept, by its hour; then what was missed last;
/// then what comes.
fn rank(it: &app::Due, today: jiff::civil::Date) -> (bool, u8, i32, jiff::Timestamp) {
    // The day's end comes after every hour of it.
    let hour = it.at.unwrap_or(jiff::Timestamp::MAX);
    let days = (it.day - today).get_days();
    match days {
        ..0 => (!it.is_urgent, 1, -days, hour),
        0 => (!it.is_urgent, 0, 0, hour),
        _ => (true, 2, days, hour),
    }
}

fn percent(part: i64, all: i64) -> String {
    let share = kernel::Ratio::share(i128::from(part), i128::from(all))
        .and_then(|it| it.times(kernel::Ratio::whole(100)));
    share.map_or_else(|| "—".to_owned(), |it| format!("{}%", it.rounded(1)))
}

pub(crate) async fn help(visitor: Visitor) -> PageResult {
    page(&HelpPage { chrome: visitor.chrome("使用帮助") })
}

/// Everything programs may ask, as OpenAPI 3.1: each room describes its own door.
fn described() -> utoipa::openapi::OpenApi {
    let mut doc = registry::api_doc();
    doc.merge(campaigns::api_doc());
    doc.merge(tickets::api_doc());
    doc.merge(assemblies::api_doc());
    doc.info.title = "家园 Jiayuan".to_owned();
    doc.info.version = env!("CARGO_PKG_VERSION").to_owned();
    doc
}

pub(crate) async fn openapi() -> axum::Json<utoipa::openapi::OpenApi> {
    axum::Json(described())
}

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    chrome: Chrome,
    /// Method, address, summary, answers.
    doors: Vec<(String, String, String, String)>,
}

/// The same in a form people read.
pub(crate) async fn api(visitor: Visitor) -> PageResult {
    let doc = serde_json::to_value(described()).map_err(|it| Problem::Broken(it.into()))?;
    let mut doors = vec![];
    for (path, verbs) in doc["paths"].as_object().into_iter().flatten() {
        for (method, door) in verbs.as_object().into_iter().flatten() {
            let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_owned();
            let summary = text(&door["summary"]);
            let answers: Vec<String> = door["responses"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(status, it)| format!("{status} {}", text(&it["description"])))
                .collect();
            doors.push((method.to_uppercase(), path.clone(), summary, answers.join("；")));
        }
    }
    page(&ApiPage { chrome: visitor.chrome("接口"), doors })
}

/// The process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

/// The store answers.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    match app.store.read(app.ctx(Actor::public(), None), |tx| tx.ping()).await {
        Ok(()) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "store\n").into_response(),
    }
}

pub(crate) async fn missing() -> PageProblem {
    PageProblem::from(Problem::NotFound)
}

#[cfg(test)]
mod tests {
    use app::Due;
    use jiff::civil::date;

    use super::rank;

    #[test]
    fn danger_comes_first_then_todays_hours_then_what_was_missed_last() {
        let today = date(2024, 8, 20);
        let on = |day: i8, title: &str| Due::on(date(2024, 8, day), title, "/");
        let at = |hour: &str, title: &str| Due {
            at: Some(format!("2024-08-20T{hour}:00:00Z").parse().unwrap()),
            ..on(20, title)
        };
        let urgent = |it: Due| Due { is_urgent: true, ..it };
        let mut all = [
            on(22, "两天后"),
            on(1, "早就逾期"),
            on(20, "今天之内"),
            on(19, "昨天"),
            at("07", "十五点"),
            at("03", "十一点"),
            urgent(on(18, "前天的危险")),
            urgent(at("09", "今天的危险")),
            urgent(on(21, "明天的危险")),
        ];
        all.sort_by_key(|it| rank(it, today));
        let titles: Vec<&str> = all.iter().map(|it| it.title.as_str()).collect();
        assert_eq!(
            titles,
            [
                "今天的危险",
                "前天的危险",
                "十一点",
                "十五点",
                "今天之内",
                "昨天",
                "早就逾期",
                "明天的危险",
                "两天后"
            ]
        );
    }
}
