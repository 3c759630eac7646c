//! The committee of the demonstration's community: near the end of its term, most duties done, some late.

use kernel::Role;

use super::{Done, Stage};
use crate::committees::{
    self,
    types::{Founding, Fulfilling},
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
            name: own(&["林正华", "石秀云", "方志远", "何家宝", "罗玉兰", "孟凡"]),
            post: own(&["chair", "deputy", "member", "member", "member", "reserve"]),
            party: own(&["yes", "no", "yes", "no", "no", "no"]),
            origin: own(&["unit_party_member", "owner", "grid_worker", "owner", "owner", "owner"]),
        };
        let (vault, community) = (self.app.vault.clone(), self.community);
        let founded = self.ctx(Role::Neighborhood, 1020);
        let id =
            self.app.store.write(founded, move |tx| committees::found(tx, &vault, community, &form)).await?;
        let owed = self.app.store.read(self.public(0, 0), {
            let (vault, today) = (self.app.vault.clone(), self.today);
            move |tx| committees::owed_by(tx, &vault, id, today)
        });
        for due in owed.await? {
            // The newest of what comes again is not done yet.
            if self.day(60) < due.due_on || due.code == "reelection" {
                continue;
            }
            let role = if ["filing", "training"].contains(&due.code.as_str()) {
                Role::Subdistrict
            } else {
                Role::Neighborhood
            };
            let form = Fulfilling {
                key: due.key.clone(),
                done_on: due.due_on.to_string(),
                words: words(&due.code).to_owned(),
            };
            let days_ago = i64::from(self.today.since(due.due_on).map_or(0, |it| it.get_days()));
            let vault = self.app.vault.clone();
            let done = self.ctx(role, days_ago);
            self.app.store.write(done, move |tx| committees::fulfil(tx, &vault, id, &form)).await?;
        }
        Ok(())
    }
}

/// What is written beside a duty that was done.
fn words(code: &str) -> &'static str {
    match code {
        "income" => "电梯广告、车位租金收入已在公告栏和本系统公布，票据可查",
        "fund" => "本期未使用维修资金，余额已公布",
        "expenses" => "办公费用清单已张贴",
        "owners_report" => "在小区公告栏张贴工作情况通报",
        "filing" => "材料齐全，已备案",
        _ => "已办理，会议记录存社区",
    }
}
