//! A community that has decided, is deciding and is disputing, for the demonstration, through the same verbs people use.

mod after;
mod committee;
mod election;
mod founding;
mod units;

use std::collections::BTreeMap;

use app::App;
use jiff::{SignedDuration, Timestamp, civil::Date};
use kernel::{Actor, Ctx, Hat, Problem, Role, Scope, UserId};
use registry::communities::{self, CommunityId};

use self::units::{BUILDINGS, OWNER, rows};
use crate::{
    counting,
    decisions::{
        self, DecisionId,
        types::{Drafting, Reviewing, Sealing, Timing},
    },
    mandates::{self, types::Registering},
    rolls::{
        self,
        types::{RollId, UnitRow},
    },
    visits,
    voting::{self, types::Key},
};

/// Who does what in the demonstration.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    pub committee: UserId,
    pub neighborhood: UserId,
    pub branch: UserId,
    pub street: UserId,
}

pub use founding::{committees, elsewhere, prepare};

pub(crate) type Done<T> = Result<T, Problem>;

/// Plays the owners' decisions of one community up to `now`: one final, one in dispute, one open, one being reviewed.
///
/// # Errors
/// When the store refuses, or a verb says what it should not.
pub async fn decide(app: &App, cast: Cast, community: CommunityId, now: Timestamp) -> Done<()> {
    let place =
        app.store.read(app.ctx(Actor::public(), None), move |tx| Ok(communities::load(tx, community)?.place));
    let stage = Stage { app, cast, community, place: place.await?, today: kernel::beijing_date(now) };
    stage.committee().await?;
    stage.before_election().await?;
    stage.call_now().await?;
    stage.roll(430).await?;
    let first = stage.decision(
        "2023年业主大会会议",
        &[
            (
                "4",
                "续聘现物业服务企业三年，物业费标准不变",
                "现合同明年到期；续聘后每季度公布服务质量评分",
                "",
                "",
            ),
            ("8", "在东门内设置非机动车充电棚", "占用绿地约60平方米，收益归全体业主", "", ""),
        ],
        &[],
        400,
    );
    let first = first.await?;
    stage.notice(first, 392, 376, 362).await?;
    stage.votes(first, 375, 363, 84).await?;
    stage.finish(first, 361, 350).await?;
    stage.carry_out(first).await?;
    let second = stage.decision(
        "2024年第一次业主大会会议",
        &[
            (
                "3",
                "选举第二届业主委员会委员",
                "候选人已经联审并公示；每位候选人单独表决",
                "林正华\n石秀云\n方志远\n孟凡\n罗玉兰\n常立民",
                "5",
            ),
            ("8", "出租单元门厅广告位", "年租金用于补充维修资金", "", ""),
        ],
        &[],
        60,
    );
    let second = second.await?;
    stage.notice(second, 48, 32, 6).await?;
    stage.votes(second, 31, 7, 76).await?;
    // The chair stands for election, and so stands back from the ballots.
    stage.paper(second, ("1幢", 12), 7, [Role::GridWorker, Role::Neighborhood]).await?;
    stage.count(second, 4, 8, Role::Neighborhood).await?;
    stage.objection(second, 2).await?;
    let third = stage.decision(
        "使用维修资金更换3幢电梯",
        &[("5", "动用公共维修资金更换3幢两部电梯", "预算46万元，由3家企业比价；通过后20日内开工", "", "")],
        &["3幢"],
        32,
    );
    let third = third.await?;
    stage.notice(third, 20, 4, -9).await?;
    stage.votes(third, 3, 1, 41).await?;
    stage.paper(third, ("3幢", 4), 1, [Role::OwnersCommittee, Role::Neighborhood]).await?;
    stage.stand_for(third).await?;
    let fourth = stage.decision(
        "修订小区管理规约",
        &[("2", "增加禁止高空抛物、飞线充电的条款", "违反者由物业劝阻并报社区", "", "")],
        &[],
        3,
    );
    stage.ask(fourth.await?, 2).await
}

/// A vote and the buildings it concerns; none when it concerns all.
#[derive(Clone, Copy)]
struct Vote {
    id: DecisionId,
    parts: &'static [&'static str],
}

impl Vote {
    fn rows(self) -> Vec<UnitRow> {
        let here = |it: &UnitRow| self.parts.is_empty() || self.parts.contains(&it.building.as_str());
        rows().into_iter().filter(here).collect()
    }
}

struct Stage<'a> {
    app: &'a App,
    cast: Cast,
    community: CommunityId,
    place: kernel::Place,
    today: Date,
}

impl Stage<'_> {
    /// Ten in the morning, some days before today.
    fn at(&self, days_ago: i64) -> Timestamp {
        calendar::start_of(self.day(days_ago)) + SignedDuration::from_hours(10)
    }

    fn day(&self, days_ago: i64) -> Date {
        self.today.saturating_sub(SignedDuration::from_hours(24 * days_ago))
    }

    fn ctx(&self, role: Role, days_ago: i64) -> Ctx {
        let (user, scope) = match role {
            Role::Neighborhood => (self.cast.neighborhood, Scope::Neighborhood(self.place.neighborhood)),
            Role::Subdistrict => (self.cast.street, Scope::Subdistrict(self.place.subdistrict)),
            Role::PartyBranch => (self.cast.branch, Scope::Community(self.place.community)),
            Role::GridWorker => (self.cast.branch, Scope::Neighborhood(self.place.neighborhood)),
            _ => (self.cast.committee, Scope::Community(self.place.community)),
        };
        let actor = Actor { user, hat: Hat { grant: 0, role, scope } };
        Ctx { now: self.at(days_ago), ..self.app.ctx(actor, None) }
    }

    fn public(&self, days_ago: i64, minutes: i64) -> Ctx {
        let now = self.at(days_ago) + SignedDuration::from_mins(minutes);
        Ctx { now, ..self.app.ctx(Actor::public(), None) }
    }

    async fn roll(&self, days_ago: i64) -> Done<RollId> {
        let rows = rows();
        let read = rolls::read_rows(&rows).map_err(|it| Problem::Broken(anyhow::anyhow!("{it:?}")))?;
        let (vault, community) = (self.app.vault.clone(), self.community);
        let proposed = self.app.store.write(self.ctx(Role::OwnersCommittee, days_ago), move |tx| {
            rolls::propose(tx, &vault, community, &read)
        });
        let roll = proposed.await?;
        let posted = self.ctx(Role::OwnersCommittee, days_ago);
        self.app.store.write(posted, move |tx| rolls::post(tx, roll)).await?;
        let frozen = self.ctx(Role::Subdistrict, days_ago - 9);
        self.app.store.write(frozen, move |tx| rolls::freeze(tx, roll)).await?;
        Ok(roll)
    }

    async fn decision(
        &self,
        title: &str,
        items: &[(&str, &str, &str, &str, &str)],
        parts: &'static [&'static str],
        days_ago: i64,
    ) -> Done<Vote> {
        let own = |it: &str| it.to_owned();
        let form = Drafting {
            title: own(title),
            precedence: own("paper"),
            revote: own("yes"),
            matter: items.iter().map(|it| own(it.0)).collect(),
            item: items.iter().map(|it| own(it.1)).collect(),
            summary: items.iter().map(|it| own(it.2)).collect(),
            options: items.iter().map(|it| own(it.3)).collect(),
            seats: items.iter().map(|it| own(it.4)).collect(),
            parts: parts.iter().map(|it| own(it)).collect(),
            ..Drafting::default()
        };
        let community = self.community;
        let made = self.ctx(Role::OwnersCommittee, days_ago);
        let vault = self.app.vault.clone();
        let id = self.app.store.write(made, move |tx| decisions::draft(tx, &vault, community, &form)).await?;
        Ok(Vote { id, parts })
    }

    async fn ask(&self, Vote { id, .. }: Vote, days_ago: i64) -> Done<()> {
        let asked = self.ctx(Role::OwnersCommittee, days_ago);
        self.app.store.write(asked, move |tx| decisions::ask(tx, id)).await
    }

    /// Sent for opinions, agreed to, and noticed; open from and until, in days before today.
    async fn notice(&self, vote: Vote, days_ago: i64, opens: i64, closes: i64) -> Done<()> {
        let id = vote.id;
        self.ask(vote, days_ago + 5).await?;
        let given = [
            (Role::PartyBranch, "branch", "党支部会议研究，同意提交表决"),
            (Role::Neighborhood, "neighborhood", "社区党委会议研究，同意提交表决"),
            (Role::Subdistrict, "legality", "程序和事项符合规定"),
        ];
        for (role, body, words) in given {
            // Drafted, then asked for opinions: nobody wrote since.
            let (opinion, version) = ("agree".to_owned(), "2".to_owned());
            let (body, words) = (body.to_owned(), words.to_owned());
            let form = Reviewing { body, opinion, words, version, ..Reviewing::default() };
            let (calendar, ctx) = (self.app.calendar.clone(), self.ctx(role, days_ago + 2));
            self.app.store.write(ctx, move |tx| decisions::review(tx, &calendar, id, &form)).await?;
        }
        let day = |it: i64| self.day(it).to_string();
        let form = Timing {
            opens_on: day(opens),
            closes_on: day(closes),
            reason: String::new(),
            text: String::new(),
        };
        let vault = self.app.vault.clone();
        let noticed = self.ctx(Role::OwnersCommittee, days_ago);
        self.app.store.write(noticed, move |tx| decisions::notice(tx, &vault, id, &form)).await?;
        let units: Vec<String> =
            vote.rows().into_iter().filter(|it| it.line % 9 != 0).map(|it| it.unit).collect();
        let told = self.ctx(Role::OwnersCommittee, days_ago - 1);
        self.app.store.write(told, move |tx| visits::deliver(tx, id, &units, "door")).await
    }

    /// Some of every hundred units vote online, spread over the days between.
    async fn votes(&self, vote: Vote, from: i64, until: i64, of_hundred: u32) -> Done<()> {
        let id = vote.id;
        let fields = self.app.store.read(self.public(from, 0), move |tx| {
            let agenda = decisions::store::load(tx, id)?.agenda;
            Ok(agenda.iter().map(voting::rules::field_of).collect::<Vec<_>>())
        });
        let fields = fields.await?;
        let votes = |it: &&UnitRow| it.line * 37 % 100 < of_hundred && it.names != OWNER;
        let day = |n: i64| from - n % (from - until).max(1);
        // In the order of their days, as the log keeps them.
        let mut rows = vote.rows();
        rows.sort_by_key(|it| (-day(it.line.into()), it.line));
        for row in rows.iter().filter(votes) {
            let n = i64::from(row.line);
            let code = voting::letter_code(&self.app.vault, id, &row.unit, 1)?;
            let choice = |at: usize| match (row.line as usize * 13 + at * 5) % 10 {
                0 => "abstain",
                1 | 2 => "no",
                _ => "yes",
            };
            let form: BTreeMap<String, String> =
                fields.iter().enumerate().map(|(at, it)| (it.clone(), choice(at).to_owned())).collect();
            let vault = self.app.vault.clone();
            let cast = self.app.store.write(self.public(day(n), n), move |tx| {
                voting::cast(tx, &vault, &Key::Letter(code.clone()), &form)
            });
            cast.await?;
        }
        Ok(())
    }

    /// Sheets of paper from one building, each typed by two people.
    async fn paper(
        &self,
        vote: Vote,
        (building, sheets): (&str, usize),
        days_ago: i64,
        typists: [Role; 2],
    ) -> Done<()> {
        let id = vote.id;
        let agenda = self
            .app
            .store
            .read(self.public(days_ago, 0), move |tx| Ok(decisions::store::load(tx, id)?.agenda));
        let agenda = agenda.await?;
        let silent = |it: &(usize, UnitRow)| {
            it.1.building == building && it.1.names != OWNER && 76 <= it.1.line * 37 % 100
        };
        let silent = vote.rows().into_iter().enumerate().filter(silent);
        for (n, (place, row)) in silent.take(sheets).enumerate() {
            let number = format!("{:04}", place + 1);
            for role in typists {
                let day = self.day(days_ago).to_string();
                let when = [("received_on", day), ("received_at", "09:00".to_owned())];
                let what = [("number", number.clone()), ("unit", row.unit.clone())];
                let mut form: BTreeMap<String, String> =
                    what.into_iter().chain(when).map(|it| (it.0.to_owned(), it.1)).collect();
                for (at, item) in agenda.iter().enumerate() {
                    let choice = if (n + at) % 4 == 3 { "no" } else { "yes" };
                    form.insert(voting::rules::field_of(item), choice.to_owned());
                }
                let vault = self.app.vault.clone();
                let typed = self.ctx(role, days_ago);
                self.app.store.write(typed, move |tx| voting::enter(tx, &vault, id, &form)).await?;
            }
        }
        Ok(())
    }

    /// A daughter votes for an owner who is away.
    async fn stand_for(&self, vote: Vote) -> Done<()> {
        let id = vote.id;
        // Somebody who has voted neither online nor on paper, and has one home here.
        let waits = |it: &UnitRow| {
            (45..75).contains(&(it.line * 37 % 100)) && it.names != OWNER && it.holder == "业主"
        };
        let rows = vote.rows();
        let alone =
            |it: &&UnitRow| waits(it) && rows.iter().filter(|other| other.numbers == it.numbers).count() == 1;
        let Some(row) = rows.iter().rev().find(alone) else { return Ok(()) };
        let form = Registering {
            kind: "proxy".to_owned(),
            unit: row.unit.clone(),
            name: "唐小满".to_owned(),
            // The standard's own example of a number.
            number: "11010519491231002X".to_owned(),
            items: vec![],
            document: "委托书，业主在外地，写明全权表决".to_owned(),
            until: self.day(-9).to_string(),
        };
        let vault = self.app.vault.clone();
        let made = self.ctx(Role::Neighborhood, 1);
        self.app.store.write(made, move |tx| mandates::register(tx, &vault, id, &form)).await?;
        Ok(())
    }

    /// Boxes with `paper` sheets in the first building and none elsewhere, sealed and counted.
    async fn count(&self, Vote { id, .. }: Vote, days_ago: i64, paper: usize, by: Role) -> Done<()> {
        let building: Vec<String> = BUILDINGS.iter().map(|it| (*it).to_owned()).collect();
        let held = |n: usize| if n == 0 { paper } else { 0 };
        let sheets = (0..building.len()).map(|n| held(n).to_string()).collect();
        let form = Sealing { building, sheets, again: String::new() };
        let vault = self.app.vault.clone();
        let sealed = self.ctx(by, days_ago + 1);
        self.app.store.write(sealed, move |tx| decisions::seal(tx, &vault, id, &form)).await?;
        let vault = self.app.vault.clone();
        let counted = self.ctx(by, days_ago);
        self.app.store.write(counted, move |tx| counting::count(tx, &vault, id, "")).await
    }

    async fn finish(&self, vote: Vote, counted: i64, confirmed: i64) -> Done<()> {
        let id = vote.id;
        self.count(vote, counted - 1, 0, Role::OwnersCommittee).await?;
        let vault = self.app.vault.clone();
        let done = self.ctx(Role::OwnersCommittee, confirmed);
        self.app.store.write(done, move |tx| counting::finalize(tx, &vault, id)).await
    }
}
