//! What came before the demonstration's election: the group that prepared it, the call, who stood and what the vetting said. And a call that
//! is open now.

use kernel::Role;

use super::{Done, Stage};
use crate::{
    advices::{self, types::Advising},
    calls::{self, types::Calling},
    foundings::{
        self,
        types::{Applying, Going, Grouping},
    },
    vettings::{
        self,
        types::{Answering, Nominating},
    },
};

/// Name, origin, party, year of birth, and the code of what stood against them.
type Standing = (&'static str, &'static str, bool, &'static str, &'static str);

const STOOD: [Standing; 7] = [
    ("林正华", "unit_party_member", true, "1964", ""),
    ("石秀云", "owner", false, "1962", ""),
    ("方志远", "grid_worker", true, "1988", ""),
    ("孟凡", "owner", false, "1979", ""),
    ("罗玉兰", "owner", true, "1969", ""),
    ("常立民", "owner", true, "1973", ""),
    ("何家宝", "owner", false, "1971", "N4"),
];

impl Stage<'_> {
    /// The group, the advice, the call, the vetting and the announcement before the election of this summer.
    pub(super) async fn before_election(&self) -> Done<()> {
        let own = str::to_owned;
        let community = self.community;
        let applying = Applying {
            kind: own("reelection"),
            applied_on: self.day(160).to_string(),
            ..Applying::default()
        };
        let (vault, street) = (self.app.vault.clone(), self.ctx(Role::Subdistrict, 160));
        let group = self
            .app
            .store
            .write(street, move |tx| foundings::apply(tx, &vault, community, &applying))
            .await?;
        let grouping = Grouping {
            name: ["周晓岚", "李春梅", "赵国栋", "罗玉兰", "孟凡", "常立民", "汪淑芬"].map(own).to_vec(),
            side: ["street", "neighborhood", "other", "owner", "owner", "owner", "owner"].map(own).to_vec(),
            head: own("0"),
            recommended: own("楼栋长和党员推荐，公告栏征求意见三日"),
            reviewed: own("社区党委会议审核，未发现负面清单情形"),
            version: own("1"),
        };
        let (vault, street) = (self.app.vault.clone(), self.ctx(Role::Subdistrict, 152));
        self.app.store.write(street, move |tx| foundings::put_together(tx, &vault, group, &grouping)).await?;
        let (vault, street) = (self.app.vault.clone(), self.ctx(Role::Subdistrict, 143));
        self.app.store.write(street, move |tx| foundings::confirm(tx, &vault, group)).await?;
        self.advise(140, "7", "老住户多，建议有一名熟悉水电维修的；女性不少于两名").await?;
        let words = "可以自荐，也可以由邻居联名或社区推荐；报名和咨询到社区一楼服务大厅";
        let call = self.call(135, 125, "5", words).await?;
        for it in STOOD {
            self.vetted(it, 127, 6).await?;
        }
        let (vault, announced) = (self.app.vault.clone(), self.ctx(Role::Neighborhood, 95));
        self.app.store.write(announced, move |tx| calls::announce(tx, &vault, call)).await?;
        for (task, days) in [("owners", 130), ("meeting", 90), ("documents", 80)] {
            let going = Going { task: own(task), done_on: self.day(days).to_string(), ..Going::default() };
            let (vault, street) = (self.app.vault.clone(), self.ctx(Role::Subdistrict, days));
            self.app.store.write(street, move |tx| foundings::finish_task(tx, &vault, group, &going)).await?;
        }
        Ok(())
    }

    /// Two more are looked for, and one is still being asked about.
    pub(super) async fn call_now(&self) -> Done<()> {
        let words = "候补委员名单已用完，增补两名候选人，供下次补选；可以自荐，也可以由邻居联名推荐，报名到社区一楼服务大厅";
        self.call(5, -5, "2", words).await?;
        self.vetted(("邓国平", "grid_worker", true, "1986", ""), 4, 2).await
    }

    async fn advise(&self, days_ago: i64, seats: &str, words: &str) -> Done<()> {
        let own = str::to_owned;
        let community = self.community;
        let advising = Advising {
            seats: own(seats),
            party_percent: own("60"),
            cross_percent: own("20"),
            youngest: own("30"),
            oldest: own("68"),
            words: own(words),
        };
        let advised = self.ctx(Role::Neighborhood, days_ago);
        self.app.store.write(advised, move |tx| advices::give(tx, community, &advising)).await?;
        Ok(())
    }

    async fn call(&self, opened: i64, closed: i64, seats: &str, words: &str) -> Done<calls::types::CallId> {
        let own = str::to_owned;
        let community = self.community;
        let calling =
            Calling { seats: own(seats), closes_on: self.day(closed).to_string(), words: own(words) };
        let (vault, ctx) = (self.app.vault.clone(), self.ctx(Role::Neighborhood, opened));
        self.app.store.write(ctx, move |tx| calls::open(tx, &vault, community, &calling)).await
    }

    /// Nominated, asked about, and concluded when so many departments as there are have answered.
    async fn vetted(
        &self,
        (name, origin, party, born, fails): Standing,
        days_ago: i64,
        answers: usize,
    ) -> Done<()> {
        let own = str::to_owned;
        let form = Nominating {
            name: own(name),
            party: own(if party { "yes" } else { "" }),
            origin: own(origin),
            nominated_by: own(if name == "常立民" { "self" } else { "party" }),
            born: own(born),
            condition: (0..5).map(|it| it.to_string()).collect(),
        };
        let (vault, calendar, community) =
            (self.app.vault.clone(), self.app.calendar.clone(), self.community);
        let asked = self.ctx(Role::Neighborhood, days_ago);
        let nominated = self
            .app
            .store
            .write(asked, move |tx| vettings::nominate(tx, &vault, &calendar, community, &form));
        let id = nominated.await?;
        let bodies = ["discipline", "police", "procuratorate", "court", "bureau", "petitions"];
        for body in bodies.into_iter().take(answers) {
            let reason = own(if body == "bureau" { fails } else { "" });
            let form = Answering { body: own(body), reason, document: own("书面复函") };
            let (vault, told) = (self.app.vault.clone(), self.ctx(Role::Neighborhood, days_ago - 3));
            self.app.store.write(told, move |tx| vettings::answer(tx, &vault, id, &form)).await?;
        }
        if answers == bodies.len() {
            let (vault, concluded) = (self.app.vault.clone(), self.ctx(Role::Subdistrict, days_ago - 20));
            self.app.store.write(concluded, move |tx| vettings::conclude(tx, &vault, id)).await?;
        }
        Ok(())
    }
}
