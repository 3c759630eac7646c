//! The page of a county's clocks. Thin: read the form, call the verb, show the page.

use app::App;
use askama::Template;
use axum::{Router, extract::State, routing::get};
use kernel::{FieldError, Problem};
use web::{Caller, Chrome, PageResult, PostedFresh, error_of, page, redirect_saying};

use super::{
    actions::{self, Confirm},
    policy, rules,
    types::{Clock, Profile},
};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/profile", get(show).post(confirm))
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    chrome: Chrome,
    /// Whose clocks these are.
    county: String,
    /// The county chose them; otherwise they are what every county begins with.
    is_own: bool,
    profile: Profile,
    document: Option<String>,
    /// By when the place was to take cases in, and since when it does.
    in_use: Option<String>,
    choices: Vec<(String, String)>,
    form: Confirm,
    errors: Vec<FieldError>,
}

async fn show(State(app): State<App>, caller: Caller) -> PageResult {
    show_form(&app, caller.chrome("办理时限"), caller.ctx, Confirm::default(), vec![]).await
}

async fn show_form(
    app: &App,
    chrome: Chrome,
    ctx: kernel::Ctx,
    form: Confirm,
    errors: Vec<FieldError>,
) -> PageResult {
    let read = app.store.read(ctx, |tx| {
        let (_may, tenant) = policy::may_confirm(&tx.ctx.actor)?;
        let county = registry::divisions::of_tenant(tx, tenant)?.map_or(String::new(), |it| it.name);
        let own = super::of_county(tx, tenant)?;
        let first = crate::rates::settled::first_day(tx, i64::from(tenant.number()))?;
        let in_use = own.0.in_use(first, tx.ctx.today());
        Ok((own, county, in_use))
    });
    let ((profile, document, version), county, in_use) = read.await?;
    let is_own = version != 0;
    let chrome = chrome.with_errors(&errors);
    let choices = rules::shipped();
    page(&ProfilePage { chrome, county, is_own, profile, document, in_use, choices, form, errors })
}

async fn confirm(State(app): State<App>, posted: PostedFresh<Confirm>) -> PageResult {
    let (chrome, ctx, form) = (posted.asked.chrome("办理时限"), posted.ctx.clone(), posted.form.clone());
    match app.store.write(posted.ctx, move |tx| actions::confirm(tx, &posted.form)).await {
        Ok(()) => redirect_saying("/tickets/profile", "已确认，新的诉求按此计时；正在办理的不变"),
        Err(Problem::Invalid(errors)) => show_form(&app, chrome, ctx, form, errors).await,
        Err(problem) => Err(problem.into()),
    }
}

impl ProfilePage {
    /// Every category beside what others call it.
    fn categories() -> &'static [super::types::Category] {
        rules::categories()
    }

    fn urgent(it: &super::types::Category) -> &'static str {
        crate::cases::labels::urgency(it.urgency)
    }

    fn error(&self, field: &str) -> Option<&str> {
        error_of(&self.errors, field)
    }

    fn urgency(clock: &Clock) -> &'static str {
        crate::cases::labels::urgency(clock.urgency)
    }
}
