//! 审计日志 — the page of the audit administrator: what was done, by whom under which hat, and who was stopped.

use std::collections::BTreeMap;

use ::store::{Asked, Tx};
use app::App;
use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::IntoResponse as _,
    routing::get,
};
use jiff::{ToSpan as _, civil::Date};
use kernel::{Problem, beijing_minute};
use serde::Deserialize;
use web::{Caller, Chrome, PageResult, page};

use crate::{labels, policy, queries, store};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/audit", get(show)).route("/audit.xlsx", get(export))
}

const PAGE: i64 = 100;
const MOST_ROWS: i64 = 20_000;
/// The longest span of one question, so that an answer stays small.
const LONGEST_DAYS: i64 = 92;

/// What is asked for, as it stands in the URL.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wish {
    chain: String,
    from: String,
    until: String,
    person: String,
    event: String,
    before: String,
    /// `stopped` for the security log.
    show: String,
}

#[derive(Debug)]
struct LineView {
    at: String,
    who: String,
    role: String,
    permission: String,
    event: String,
    subject: String,
    body: String,
}

#[derive(Debug)]
struct AuditView {
    /// Number, name, whether it is the one shown.
    chains: Vec<(String, String, bool)>,
    chosen: i64,
    lines: Vec<LineView>,
    next: Option<i64>,
    /// There are more than are shown.
    more: bool,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    chrome: Chrome,
    wish: Wish,
    view: AuditView,
    refused: Option<String>,
}

/// The days asked for, the last week when none are; no more than a quarter at once.
fn span(wish: &Wish, today: Date) -> Result<(Date, Date), String> {
    let day = |text: &str, usual: Date| match text.trim() {
        "" => Ok(usual),
        text => text.parse::<Date>().map_err(|_| "请按 2024-08-20 的写法填写日期".to_owned()),
    };
    let until = day(&wish.until, today)?;
    let from = day(&wish.from, until.saturating_sub(6.days()))?;
    match until.since(from).map_or(-1, |it| i64::from(it.get_days())) {
        0..=LONGEST_DAYS => Ok((from, until)),
        _ => Err(format!("开始日不晚于结束日，一次最多查{LONGEST_DAYS}天")),
    }
}

fn read(
    tx: &mut Tx<'_>,
    places: app::Places,
    wish: &Wish,
    days: (Date, Date),
    limit: i64,
) -> Result<AuditView, Problem> {
    let _may = policy::may_audit(&tx.ctx.actor)?;
    let all = ::store::chains(tx)?;
    let chosen = wish.chain.parse().ok().filter(|it| all.contains(it)).or(all.first().copied()).unwrap_or(0);
    let (from, until) = (calendar::start_of(days.0), calendar::start_of(days.1.saturating_add(1.day())));
    let person = match wish.person.trim() {
        "" => None,
        // A name nobody has finds nothing.
        named => Some(store::user_named(tx, named)?.map_or(-1, |it| it.id.into())),
    };
    let named: BTreeMap<String, String> = places(tx)?.into_iter().collect();
    let name = |it: &i64| match it {
        0 => "全市和系统".to_owned(),
        it => named.get(&format!("county:{it}")).cloned().unwrap_or_else(|| format!("县区{it}")),
    };
    let chains = all.iter().map(|it| (it.to_string(), name(it), *it == chosen)).collect();
    if wish.show == "stopped" {
        let mut found = ::store::denials(tx, from, until, limit + 1)?;
        let more = limit < found.len() as i64;
        found.truncate(usize::try_from(limit).unwrap_or_default());
        let names = queries::names(tx, &found.iter().map(|it| it.person).collect::<Vec<_>>())?;
        let lines = found.into_iter().map(|it| LineView {
            at: beijing_minute(it.at),
            who: names.get(&it.person).cloned().unwrap_or_else(|| "未登录".to_owned()),
            role: String::new(),
            permission: it.permission,
            event: match it.why.as_str() {
                "out_of_scope" => "不在管辖范围",
                "not_this_verb" => "没有这项权限",
                "sign_in_failed" => "登录失败",
                _ => "次数过多",
            }
            .to_owned(),
            subject: String::new(),
            body: String::new(),
        });
        return Ok(AuditView { chains, chosen, lines: lines.collect(), next: None, more });
    }
    let event = wish.event.trim();
    let asked = Asked {
        tenant: u16::try_from(chosen).unwrap_or_default(),
        from,
        until,
        before: wish.before.parse().ok(),
        person,
        event: (!event.is_empty()).then(|| event.to_owned()),
        limit: limit + 1,
    };
    let mut found = ::store::audited(tx, &asked)?;
    let more = limit < found.len() as i64;
    found.truncate(usize::try_from(limit).unwrap_or_default());
    let next = found.last().filter(|_| more).map(|it| it.id);
    let names = queries::names(tx, &found.iter().map(|it| it.person).collect::<Vec<_>>())?;
    let line = |it: ::store::AuditLine| LineView {
        at: beijing_minute(it.at),
        who: names.get(&it.person).cloned().unwrap_or_else(|| "公众或系统".to_owned()),
        role: kernel::Role::from_code(&it.role).map_or(it.role.clone(), |it| labels::role(it).to_owned()),
        permission: it.permission,
        event: it.event,
        subject: it.subject.to_string(),
        body: it.body,
    };
    Ok(AuditView { chains, chosen, lines: found.into_iter().map(line).collect(), next, more })
}

async fn show(State(app): State<App>, caller: Caller, Query(wish): Query<Wish>) -> PageResult {
    let (chrome, today) = (caller.chrome("审计日志"), kernel::beijing_date(caller.ctx.now));
    let (days, refused) = match span(&wish, today) {
        Ok(days) => (days, None),
        Err(why) => ((today, today), Some(why)),
    };
    let (asked, places) = (wish.clone(), app.places);
    let view = app.store.read(caller.ctx, move |tx| read(tx, places, &asked, days, PAGE)).await?;
    let (from, until) = (days.0.to_string(), days.1.to_string());
    let wish = Wish { from, until, chain: view.chosen.to_string(), ..wish };
    page(&AuditPage { chrome, wish, view, refused })
}

async fn export(State(app): State<App>, caller: Caller, Query(wish): Query<Wish>) -> PageResult {
    let today = kernel::beijing_date(caller.ctx.now);
    let days =
        span(&wish, today).map_err(|message| Problem::Refused { code: "accounts.audit_span", message })?;
    let places = app.places;
    let view = app.store.read(caller.ctx, move |tx| read(tx, places, &wish, days, MOST_ROWS)).await?;
    // Half an answer would look like the whole one.
    if view.next.is_some() {
        let message = format!("查到的超过{MOST_ROWS}条，请缩短日期或加上登录名、事件再导出");
        return Err(Problem::Refused { code: "accounts.audit_many", message }.into());
    }
    let heads = ["时间", "人员", "身份", "权限", "事件", "对象", "内容"];
    let columns: Vec<documents::Column> = heads.iter().map(|it| documents::Column::text(it, 20)).collect();
    let rows: Vec<Vec<documents::Cell>> = view
        .lines
        .into_iter()
        .map(|it| {
            [it.at, it.who, it.role, it.permission, it.event, it.subject, it.body]
                .map(documents::Cell::Text)
                .to_vec()
        })
        .collect();
    let sheet =
        documents::write_xlsx("审计日志", &columns, &rows).map_err(|it| Problem::Broken(it.into()))?;
    Ok(web::download(documents::XLSX, "审计日志.xlsx", sheet).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_shown_and_no_more_than_a_quarter() {
        let today: Date = "2024-08-20".parse().unwrap();
        let asked = |from: &str, until: &str| {
            let wish = Wish { from: from.to_owned(), until: until.to_owned(), ..Wish::default() };
            span(&wish, today).map(|it| format!("{} {}", it.0, it.1))
        };
        assert_eq!(asked("", "").unwrap(), "2024-08-14 2024-08-20");
        assert_eq!(asked("2024-05-20", "").unwrap(), "2024-05-20 2024-08-20");
        assert!(asked("2024-05-19", "").unwrap_err().contains("最多查92天"));
        assert!(asked("2024-08-21", "2024-08-20").unwrap_err().contains("不晚于结束日"));
        assert!(asked("8月1日", "").unwrap_err().contains("2024-08-20 的写法"));
    }
}
