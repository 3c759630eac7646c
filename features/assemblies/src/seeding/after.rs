//! What came after the votes of the demonstration: a decision carried out, an objection.

use kernel::Role;

use super::{Done, Stage, Vote};
use crate::{
    executions::{
        self,
        types::{Finishing, Planning},
    },
    objections::Raising,
    postings,
};

impl Stage<'_> {
    /// Everything that followed from the first decision, done; one of it late.
    pub(super) async fn carry_out(&self, Vote { id, .. }: Vote) -> Done<()> {
        let plan = Planning {
            what: "与现物业服务企业续签合同并公示".to_owned(),
            due_on: self.day(330).to_string(),
        };
        let planned = self.ctx(Role::OwnersCommittee, 349);
        self.app.store.write(planned, move |tx| executions::plan(tx, id, &plan)).await?;
        let done = [
            ("1", 348, "已在三处公告栏张贴"),
            ("2", 345, "已书面报告社区党委和居委会"),
            ("3", 335, "合同已签订，在公告栏和本系统公示"),
        ];
        for (n, days_ago, words) in done {
            let form = Finishing {
                n: n.to_owned(),
                done_on: self.day(days_ago).to_string(),
                words: words.to_owned(),
            };
            let finished = self.ctx(Role::OwnersCommittee, days_ago);
            self.app.store.write(finished, move |tx| executions::finish(tx, id, &form)).await?;
        }
        Ok(())
    }

    pub(super) async fn objection(&self, Vote { id, .. }: Vote, days_ago: i64) -> Done<()> {
        let form = Raising {
            body: "2幢有3户说没有收到表决凭证，请核对送达记录".to_owned(),
            contact: "2幢301住户，晚上七点后在家".to_owned(),
        };
        let vault = self.app.vault.clone();
        let raised = self.public(days_ago, 0);
        self.app.store.write(raised, move |tx| postings::object(tx, &vault, id.into(), &form)).await
    }
}
