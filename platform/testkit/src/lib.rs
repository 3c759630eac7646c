//! A whole house on a throw-away store of either kind, the clock held still, and a fixed cast of people.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop at once")]

mod browser;
mod postgres_cluster;

pub use browser::{Answer, Browser};
pub use postgres_cluster::{fresh_database, is_there as has_postgres};

/// The smallest picture there is: one grey point.
#[rustfmt::skip]
pub const PNG: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90\x77\x53\xde\x00\x00\x00\x0c\x49\x44\x41\x54\x78\x9c\x63\x68\x68\x68\x00\x00\x03\x04\x01\x81\x4b\xd3\xd2\x10\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

use std::sync::{Arc, Mutex};

use app::{App, Mode, Vault};
use axum::Router;
use calendar::Calendar;
use jiff::Timestamp;
use kernel::{Actor, Ctx, Denied, Hat, Permit, Place, Problem, Role, Scope, UserId, Why};
use store::{Kind, Migration, Store, Tx};

/// Tuesday, 2024-08-20, nine in the morning in Beijing: the Lu'an campaign is being assessed.
pub const NOW: &str = "2024-08-20T01:00:00Z";

/// A whole application; dropped, it takes its store with it.
pub struct House {
    pub app: App,
    router: Router,
    now: Arc<Mutex<Timestamp>>,
    folder: tempfile::TempDir,
    url: String,
    pub kind: Kind,
}

impl Drop for House {
    fn drop(&mut self) {
        if self.kind == Kind::Postgres {
            postgres_cluster::take_away(&self.url);
        }
    }
}

impl House {
    /// Builds the house of `routes` on a fresh store of `kind`.
    #[must_use]
    pub fn new(kind: Kind, migrations: &[Migration], routes: fn(&App) -> Router<App>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match kind {
            Kind::Sqlite => format!("sqlite:{}", folder.path().join("house.db").display()),
            Kind::Postgres => postgres_cluster::fresh_database(),
        };
        let now: Arc<Mutex<Timestamp>> = Arc::new(Mutex::new(NOW.parse().unwrap()));
        let clock = now.clone();
        let app = App {
            store: Store::open(&url, migrations).unwrap_or_else(|it| panic!("{it:#}")),
            calendar: Arc::new(Calendar::state_council()),
            clock: Arc::new(move || *clock.lock().unwrap()),
            ids: Arc::default(),
            vault: Arc::new(Vault::from_master(b"a test's key")),
            files: files::Files::within(&folder.path().join("files")),
            sessions: accounts::SESSIONS,
            menus: Arc::new(vec![]),
            agendas: Arc::new(vec![]),
            unread: |_, _| Ok(0),
            places: |_| Ok(vec![("city:1".to_owned(), "六安市".to_owned())]),
            mode: Mode::Real,
            https: app::Https::No,
            gateway: Arc::new(app::Gateway::File(folder.path().join("messages.jsonl"))),
        };
        let router = web::guarded(accounts::routes(&app).merge(routes(&app)).with_state(app.clone()), &app);
        Self { app, router, now, folder, url, kind }
    }

    /// The whole house, to be served over a real socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Where its store is, as `Store::open` was told.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder its files lie in.
    #[must_use]
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Moves the clock.
    pub fn it_is(&self, now: &str) {
        *self.now.lock().unwrap() = now.parse().unwrap();
    }

    /// Puts something on the table before the test begins, which nobody permitted.
    pub async fn given<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T, Problem> + Send + 'static,
    ) -> T {
        self.app.store.housekeep(self.ctx(Actor::public()), work).await.unwrap_or_else(|it| panic!("{it:?}"))
    }

    /// Somebody with one post, signed in.
    pub async fn as_somebody(&self, name: &str, role: Role, scope: Scope) -> Browser {
        self.as_one_of(name, &[(role, scope)]).await
    }

    /// Somebody with several posts, signed in under the first.
    pub async fn as_one_of(&self, name: &str, posts: &[(Role, Scope)]) -> Browser {
        let (who, posts) = (name.to_owned(), posts.to_vec());
        let person: UserId = self
            .given(move |tx| {
                let posts: Vec<_> = posts.iter().map(|(role, scope)| (*role, *scope, "某单位")).collect();
                Ok(accounts::seeding::person(tx, &who, &who, &posts)?)
            })
            .await;
        let token = accounts::seeding::session(&self.app, person).await.unwrap();
        Browser::new(self.router.clone(), &self.app, Some(token), person)
    }

    /// Somebody known, signed in anew.
    pub async fn as_again(&self, person: UserId) -> Browser {
        let token = accounts::seeding::session(&self.app, person).await.unwrap();
        Browser::new(self.router.clone(), &self.app, Some(token), person)
    }

    /// Somebody who comes in by the front door, with name and password.
    pub async fn signed_in(&self, sign_in_name: &str, password: &str) -> Browser {
        let fields = [("sign_in_name", sign_in_name), ("password", password)];
        let answer = self.as_stranger().submit_bare("/accounts/sign-in", &fields).await;
        let token = answer.session.unwrap_or_else(|| panic!("nobody came in: {}", answer.body));
        Browser::new(self.router.clone(), &self.app, Some(token), UserId::from(0))
    }

    /// Whoever has not signed in.
    #[must_use]
    pub fn as_stranger(&self) -> Browser {
        Browser::new(self.router.clone(), &self.app, None, UserId::from(0))
    }

    /// The short messages that left the house, oldest first: phone and text.
    #[must_use]
    pub fn messages(&self) -> Vec<(String, String)> {
        let text = std::fs::read_to_string(self.folder.path().join("messages.jsonl")).unwrap_or_default();
        let read = |line: &str| serde_json::from_str::<app::Kept>(line).unwrap();
        text.lines().map(read).map(|it| (it.phone, it.text)).collect()
    }

    /// A number read from the store.
    pub async fn count(&self, sql: &'static str) -> i64 {
        self.given(move |tx| Ok(tx.count(sql, &[])?)).await
    }

    /// Every table with its rows, for saying that a refusal changed nothing.
    pub async fn rows(&self) -> Vec<(String, String)> {
        self.given(|tx| Ok(tx.contents()?)).await
    }

    /// The tables in which anything differs from `before`.
    pub async fn changed_since(&self, before: &[(String, String)]) -> Vec<String> {
        let after = self.rows().await;
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after);
        changed.map(|((name, _), _)| name.clone()).collect()
    }

    fn ctx(&self, actor: Actor) -> Ctx {
        self.app.ctx(actor, None)
    }
}

/// Where the things of policy tests lie.
pub const PLACE: Place =
    Place { city: 1, tenant: 5, subdistrict: 51, neighborhood: 511, community: 9, enterprise: 70 };

/// A policy's answer as its matrix shows it.
#[must_use]
pub fn verdict(it: Result<Permit, Denied>) -> &'static str {
    match it {
        Ok(_) => "✔",
        Err(Denied { why: Why::OutOfScope, .. }) => "404",
        Err(Denied { why: Why::NotThisVerb, .. }) => "403",
    }
}

/// An actor for tests of rules and policies.
#[must_use]
pub fn actor(role: Role, scope: Scope) -> Actor {
    Actor { user: UserId::from(1), hat: Hat { grant: 1, role, scope } }
}

/// Writes the same fact for both stores: `on_both_stores!(house, migrations, routes; a_fact => body_function);`
#[macro_export]
macro_rules! on_both_stores {
    ($house:path; $($fact:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $fact() {
                super::$fact($house(store::Kind::Sqlite)).await;
            })*
        }
        mod postgres {
            $(#[tokio::test]
            async fn $fact() {
                super::$fact($house(store::Kind::Postgres)).await;
            })*
        }
    };
}
