//! The committee of the demonstration's community: near the end of its term, most duties done, some late.

use ::store::Tx;
use app::App;
use jiff::{SignedDuration, civil::Date};
use kernel::{Actor, Ctx, Hat, Place, Role, Scope};

use super::{Cast, Done, Stage};
use crate::{
    committees::{
        self,
        types::{CommitteeId, Due, Founding, Fulfilling},
    },
    corrections::{self, types::Ordering},
    oversight::{self, types::Opening},
    seals::{
        self,
        types::{Asking, Deciding},
    },
    sessions::{
        self,
        types::{Calling, Ending, Recording},
    },
};

impl Stage<'_> {
    /// The second committee, near the end of its term, with most of its duties done and two that are late.
    pub(super) async fn committee(&self) -> Done<()> {
        let own = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let form = Founding {
            kind: "owners".to_owned(),
            elected_on: self.day(1030).to_string(),
            term_ends_on: self.day(-60).to_string(),
            common_income: "yes".to_owned(),
            election: String::new(),
            basis: "街道备案〔2021〕18号".to_owned(),
            name: own(&["林正华", "石秀云", "方志远", "何家宝", "罗玉兰", "孟凡"]),
            post: own(&["chair", "deputy", "member", "member", "member", "reserve"]),
            party: own(&["yes", "no", "yes", "no", "no", "no"]),
            origin: own(&["unit_party_member", "owner", "grid_worker", "owner", "owner", "owner"]),
        };
        let (vault, community) = (self.app.vault.clone(), self.community);
        let founded = self.ctx(Role::Subdistrict, 1020);
        let id =
            self.app.store.write(founded, move |tx| committees::found(tx, &vault, community, &form)).await?;
        // The newest of what comes again is not done yet.
        fulfil(self.app, self.cast, self.place, id, (self.today, self.day(60))).await?;
        self.sessions(id).await?;
        self.correction(id).await
    }

    /// One session that decided and was posted, with a contract stamped; one that is called.
    async fn sessions(&self, id: CommitteeId) -> Done<()> {
        let own = str::to_owned;
        let call = |title: &str, agenda: &str, held_on: i64| Calling {
            title: own(title),
            agenda: own(agenda),
            room: own("物业服务中心二楼"),
            held_on: self.day(held_on).to_string(),
            ..Calling::default()
        };
        let past = call("2024年第二次会议", "更换单元门禁\n公布上半年公共收益", 33);
        let next = call("2024年第三次会议", "3号楼电梯更换的招标方案\n换届选举准备", -6);
        for (form, days_ago) in [(past, 41), (next, 2)] {
            let vault = self.app.vault.clone();
            let called = self.ctx(Role::OwnersCommittee, days_ago);
            self.app.store.write(called, move |tx| sessions::call(tx, &vault, id, &form)).await?;
        }
        let record = Recording {
            present: ["0", "1", "2", "3"].map(own).to_vec(),
            agreed: ["4", "2"].map(own).to_vec(),
            record: own(
                "门禁由三家比价，选用第二家，费用从公共收益列支。公共收益的账目有两张票据待补，补齐后再公布。",
            ),
        };
        let vault = self.app.vault.clone();
        let held = self.ctx(Role::OwnersCommittee, 33);
        self.app.store.write(held, move |tx| sessions::record(tx, &vault, (id, 1), &record)).await?;
        let published = Ending { published_on: self.day(32).to_string(), ..Ending::default() };
        let vault = self.app.vault.clone();
        let posted = self.ctx(Role::OwnersCommittee, 32);
        self.app.store.write(posted, move |tx| sessions::publish(tx, &vault, (id, 1), &published)).await?;
        for (document, days_ago) in [("单元门禁采购合同", 30), ("门禁验收单", 1)] {
            let form = Asking {
                seal: own("committee"),
                document: own(document),
                copies: own("2"),
                basis: own("session-1"),
            };
            let vault = self.app.vault.clone();
            let asked = self.ctx(Role::OwnersCommittee, days_ago);
            self.app.store.write(asked, move |tx| seals::ask(tx, &vault, id, &form)).await?;
        }
        let kept = [
            ("supervisor", "executive", "曹桂兰", "2021年业主大会会议选举", "业主大会会议决定公告", 900, 0),
            (
                "audit",
                "special",
                "",
                "业主反映电梯广告收入去向不清",
                "六安市正诚会计师事务所（虚构）",
                20,
                -15,
            ),
        ];
        for (kind, class, name, words, document, days_ago, due) in kept {
            let form = Opening {
                kind: own(kind),
                class: own(class),
                name: own(name),
                words: own(words),
                document: own(document),
                begun_on: self.day(days_ago).to_string(),
                due_on: self.day(due).to_string(),
            };
            let vault = self.app.vault.clone();
            let opened = self.ctx(Role::Neighborhood, days_ago);
            self.app.store.write(opened, move |tx| oversight::open(tx, &vault, id, &form)).await?;
        }
        let form = Deciding { n: own("1"), outcome: own("stamped"), reason: String::new() };
        let vault = self.app.vault.clone();
        let set = self.ctx(Role::Neighborhood, 29);
        self.app.store.write(set, move |tx| seals::decide(tx, &vault, id, &form)).await
    }

    /// One order that was not followed in time.
    async fn correction(&self, id: CommitteeId) -> Done<()> {
        let form = Ordering {
            ground: "idle".to_owned(),
            words: "2024年上半年公共收益、经费开支没有按期公布".to_owned(),
            document: "社区限期整改通知书".to_owned(),
            due_on: self.day(5).to_string(),
        };
        let vault = self.app.vault.clone();
        let ordered = self.ctx(Role::Neighborhood, 25);
        self.app.store.write(ordered, move |tx| corrections::order(tx, &vault, id, &form)).await
    }
}

/// Every duty of a committee that was due by a day is done on its day, by whoever types for it; both days as they stand now.
pub(super) async fn fulfil(
    app: &App,
    cast: Cast,
    place: Place,
    id: CommitteeId,
    (today, until): (Date, Date),
) -> Done<()> {
    let vault = app.vault.clone();
    let owed = app
        .store
        .read(app.ctx(Actor::public(), None), move |tx| committees::owed_by(tx, &vault, id, until))
        .await?;
    let street = (cast.street, Role::Subdistrict, Scope::Subdistrict(place.subdistrict));
    let neighborhood = (cast.neighborhood, Role::Neighborhood, Scope::Neighborhood(place.neighborhood));
    for (user, role, scope) in [street, neighborhood] {
        let own =
            |it: &Due| ["filing", "training"].contains(&it.code.as_str()) == (role == Role::Subdistrict);
        let duties: Vec<Due> = owed.iter().filter(|it| it.code != "reelection" && own(it)).cloned().collect();
        let Some(last) = duties.last().cloned() else { continue };
        let now = calendar::start_of(today) + SignedDuration::from_hours(9);
        let ctx = Ctx { now, ..app.ctx(Actor { user, hat: Hat { grant: 0, role, scope } }, None) };
        let vault = app.vault.clone();
        let all = move |tx: &mut Tx<'_>| {
            for due in duties.iter().take(duties.len() - 1) {
                let ((), _recorded) = tx.in_parts(|tx| committees::fulfil(tx, &vault, id, &done(due)))?;
            }
            committees::fulfil(tx, &vault, id, &done(&last))
        };
        app.store.write(ctx, all).await?;
    }
    Ok(())
}

fn done(due: &Due) -> Fulfilling {
    Fulfilling {
        key: due.key.clone(),
        done_on: due.due_on.to_string(),
        words: words(&due.code).to_owned(),
        grade: if due.code == "duty_report" { "competent".to_owned() } else { String::new() },
    }
}

/// What is written beside a duty that was done.
fn words(code: &str) -> &'static str {
    match code {
        "income" => "电梯广告、车位租金收入已在公告栏和本系统公布，票据可查",
        "fund" => "本期未使用维修资金，余额已公布",
        "expenses" => "办公费用清单已张贴",
        "owners_report" => "在小区公告栏张贴工作情况通报",
        "charter" => "管理规约、业主大会议事规则已在公告栏和本系统公布",
        "contract" => "物业服务合同全文在物业服务中心和公告栏公布",
        "parking" => "地面车位126个，收费标准、使用人和收益已公布",
        "duty_report" => "向社区党组织书面述职，党员和楼栋代表现场评议",
        "filing" => "材料齐全，已备案",
        _ => "已办理，会议记录存社区",
    }
}
