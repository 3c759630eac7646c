//! What every verb may reach for: the store, the calendar, the clock, the vault. Knows no HTTP.

mod gateway;
mod indexing;
mod vault;

pub use gateway::{Gateway, Kept, Template};
pub use indexing::{Step, index_once};
pub use vault::{Sealed, Vault, random_bytes, random_hex};

use std::{pin::Pin, sync::Arc};

use calendar::Calendar;
use files::Files;
use jiff::{Timestamp, civil::Date};
use kernel::{Actor, Ctx, Ids, Problem, UserId};
use store::{Store, Tx};

/// The clock; tests hold it still.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the door asks who is signed in. Given by `accounts`, so that no room below it needs to know how.
#[derive(Clone, Copy)]
pub struct Sessions {
    /// The person behind the digest of a session token.
    pub find: fn(&mut Tx<'_>, &str) -> Result<Option<Session>, Problem>,
    /// Notes that the session is still in use.
    pub touch: fn(&mut Tx<'_>, &str) -> Result<(), Problem>,
    /// Checks the password and the code of somebody signed in already, before a sensitive act: person, session digest,
    /// password, code.
    pub show_again: fn(App, UserId, String, String, String) -> Showing,
    /// Whether a code will be asked for besides the password.
    pub has_factor: fn(&mut Tx<'_>, UserId) -> Result<bool, Problem>,
}

/// A password being looked at, which takes its time.
pub type Showing = Pin<Box<dyn Future<Output = Result<(), Problem>> + Send>>;

/// What a room offers in the menu to whoever wears a hat.
pub type Menu = fn(&Actor) -> Vec<MenuItem>;

/// A day by which the actor has something to do, for a desk and a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub day: Date,
    /// The moment within that day, where it is not the day's end.
    pub at: Option<Timestamp>,
    /// Danger, or a home without water, power or lift: it goes before everything else.
    pub is_urgent: bool,
    /// A sentence without personal data.
    pub title: String,
    pub href: String,
}

impl Due {
    /// By the end of a day.
    #[must_use]
    pub fn on(day: Date, title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { day, at: None, is_urgent: false, title: title.into(), href: href.into() }
    }
}

/// What a room has for the hat worn to do, by day: what is late, and what comes. At most some hundred.
pub type Agenda = fn(&App, &mut Tx<'_>) -> Result<Vec<Due>, Problem>;

/// How many messages wait for whoever wears a hat. Given by `messages`.
pub type Unread = fn(&mut Tx<'_>, &Actor) -> Result<i64, Problem>;

/// The parts of the world a post may be granted for, as `kind:number` and in words. Given by `registry`.
pub type Places = fn(&mut Tx<'_>) -> Result<Vec<(String, String)>, Problem>;

#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub calendar: Arc<Calendar>,
    pub clock: Clock,
    pub ids: Arc<Ids>,
    pub vault: Arc<Vault>,
    /// Where attachments lie.
    pub files: Files,
    pub sessions: Sessions,
    pub menus: Arc<Vec<Menu>>,
    pub agendas: Arc<Vec<Agenda>>,
    pub unread: Unread,
    pub places: Places,
    pub mode: Mode,
    pub https: Https,
    /// How short messages leave the house.
    pub gateway: Arc<Gateway>,
}

/// Whether people reach the house over HTTPS: then cookies are marked so, and browsers are told to stay with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Https {
    No,
    /// The house speaks it itself, on an office network.
    Own,
    /// A proxy in front speaks it, and names the sender.
    Proxied,
}

/// A real house, or the demonstration one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Real,
    /// Every page says so, the clock is a demo clock, and one click logs in.
    Demo,
}

/// A person signed in, wearing one hat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub actor: Actor,
    /// Shown to the person and to colleagues; not the sign-in name.
    pub name: String,
    /// The hat worn now, in words: 舒城县城管局 · 县局.
    pub hat: String,
    /// Every hat this person may put on.
    pub hats: Vec<HatChoice>,
    /// The keyed hash the session is stored under, which form tokens are derived from.
    pub digest: String,
    /// The person showed who they are recently enough for a sensitive act.
    pub is_fresh: bool,
    /// It was last noted as in use so long ago that it should be noted again.
    pub wants_touch: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HatChoice {
    pub grant: i64,
    pub label: String,
    pub worn: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuItem {
    pub href: &'static str,
    pub label: &'static str,
}

impl App {
    /// The context of a request by `actor`, now.
    #[must_use]
    pub fn ctx(&self, actor: Actor, key: Option<String>) -> Ctx {
        // To the microsecond, as the store keeps it: what was hashed or sealed with it is the same when it is read back.
        let now = (self.clock)();
        let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
        Ctx { actor, now, ids: self.ids.clone(), key }
    }
}
