//! The page a case is found again by: its code, or its number and the tail of a phone.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::Problem;
use serde::Deserialize;
use web::{Chrome, PageResult, Sent, Visitor, page, redirect};

use super::{queries, report_pages::count, rules as own};
use crate::cases::{labels::Options, refusals::TicketRefusal};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/track", get(track_page).post(glance))
}

#[derive(Template)]
#[template(path = "track_find.html")]
struct FindPage {
    chrome: Chrome,
    counties: Options,
    form: Glance,
    told: Option<(String, String)>,
    wrong: Option<String>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Glance {
    county: String,
    number: String,
    tail: String,
    code: String,
    /// Which of the two forms was sent.
    by: String,
}

const NO_COUNTY: &str = "请选择县区，或把编号写全，如“舒城县-000123”。";
const NO_NUMBER: &str = "编号请填数字，如“舒城县-000123”或“123”。";
const NO_TAIL: &str = "手机号后四位请填四位数字。";
const WRONG_TAIL: &str = "编号与手机尾号不符，或没有这个编号，请核对后再查。";

async fn track_page(State(app): State<App>, visitor: Visitor) -> PageResult {
    show_find(&app, visitor.chrome("查看进度"), visitor.ctx, Glance::default(), None, None).await
}

async fn show_find(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    form: Glance,
    told: Option<(String, String)>,
    wrong: Option<String>,
) -> PageResult {
    let counties = app.store.read(ctx, |tx| Ok(registry::divisions::counties(tx)?)).await?;
    let counties = counties.into_iter().map(|it| (it.0.to_string(), it.1)).collect();
    page(&FindPage { chrome, counties, form, told, wrong })
}

/// By the code, or by number and phone tail, five tries per number and hour.
async fn glance(State(app): State<App>, sent: Sent<Glance>) -> PageResult {
    let (chrome, ctx, form) = (sent.asked.chrome("查看进度"), sent.ctx.clone(), sent.form);
    if form.by == "code" {
        let (vault, calendar, typed) = (app.vault.clone(), app.calendar.clone(), form.code.clone());
        let read = ctx.clone();
        let known = app.store.read(read, move |tx| queries::track(tx, &vault, &calendar, &typed).map(|_| ()));
        return match (known.await, own::typed_code(&form.code)) {
            (Ok(()), Some(code)) => redirect(&format!("/tickets/track/{code}")),
            (Err(Problem::NotFound | Problem::Refused { .. }), _) | (_, None) => {
                let wrong = Some(TicketRefusal::WrongCode.to_string());
                show_find(&app, chrome, ctx, form, None, wrong).await
            }
            (Err(problem), _) => Err(problem.into()),
        };
    }
    // 舒城县-000123 says the county itself; otherwise it has to be chosen.
    let (ctx_of_names, prefix) = (kernel::Ctx { key: None, ..ctx.clone() }, form.number.trim().to_owned());
    let counties = app.store.read(ctx_of_names, |tx| Ok(registry::divisions::counties(tx)?)).await?;
    let named = counties.iter().find(|it| prefix.starts_with(&it.1)).map(|it| it.0);
    let Some(county) = named.or_else(|| form.county.parse::<i64>().ok()) else {
        return show_find(&app, chrome, ctx, form, None, Some(NO_COUNTY.to_owned())).await;
    };
    let number = form.number.trim().rsplit('-').next().and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
    if number < 1 {
        return show_find(&app, chrome, ctx, form, None, Some(NO_NUMBER.to_owned())).await;
    }
    if !own::is_tail(&form.tail) {
        return show_find(&app, chrome, ctx, form, None, Some(NO_TAIL.to_owned())).await;
    }
    // Per case, so that its tail is not guessed; and per sender, so that nobody walks through all numbers with one tail.
    for (bucket, most) in [
        (format!("glance {county} {number}"), own::MOST_LOOKS),
        (format!("glance by {}", sent.sender), own::MOST_LOOKS * 6),
    ] {
        if !count(&app, &ctx, bucket, most, 1, "tickets.glance").await? {
            let wrong = Some(TicketRefusal::TooManyLooks.to_string());
            return show_find(&app, chrome, ctx, form, None, wrong).await;
        }
    }
    let (vault, tail) = (app.vault.clone(), form.tail.trim().to_owned());
    let read = app.store.read(ctx.clone(), move |tx| queries::glance(tx, &vault, county, number, &tail));
    let county = counties.iter().find(|it| it.0 == county).map_or("", |it| it.1.as_str());
    let called = super::number_of(county, number);
    match read.await {
        Ok((stage, due)) => {
            let told = (format!("{called}　{stage}"), due);
            show_find(&app, chrome, ctx, form, Some(told), None).await
        }
        Err(Problem::NotFound) => show_find(&app, chrome, ctx, form, None, Some(WRONG_TAIL.to_owned())).await,
        Err(problem) => Err(problem.into()),
    }
}
