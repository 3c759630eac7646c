//! A unit of work on its way to a store's thread and back.

use kernel::{Ctx, Problem};
use tokio::sync::oneshot;

use crate::{Tx, error::wants_another_run, tx::Conn};

/// What became of a unit inside its transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ran {
    /// Keep what it wrote.
    Keep,
    /// It said no; undo what it wrote.
    Undo,
    /// Another transaction got in between: undo it and run it again.
    Again,
}

pub(crate) trait Unit: Send {
    fn run(&mut self, conn: Conn<'_>) -> Ran;
    /// The verb it does, as the program knows it: units of one verb write to like places.
    fn verb(&self) -> &'static str;
    /// Whether it asks one statement only, which needs no transaction around it to see one state of things.
    fn is_glance(&self) -> bool;
    /// Answers what the last run said; `failed` when it ran well and could not be kept.
    fn answer(self: Box<Self>, failed: Option<Problem>);
}

pub(crate) struct WriteUnit<T, W> {
    ctx: Ctx,
    work: W,
    said: Option<Result<T, Problem>>,
    reply: oneshot::Sender<Result<T, Problem>>,
    is_glance: bool,
}

impl<T, W> WriteUnit<T, W> {
    pub(crate) fn new(ctx: Ctx, work: W, reply: oneshot::Sender<Result<T, Problem>>) -> Self {
        Self { ctx, work, said: None, reply, is_glance: false }
    }

    pub(crate) fn glance(ctx: Ctx, work: W, reply: oneshot::Sender<Result<T, Problem>>) -> Self {
        Self { is_glance: true, ..Self::new(ctx, work, reply) }
    }
}

/// A read is a unit whose transaction is thrown away.
pub(crate) type ReadUnit<T, W> = WriteUnit<T, W>;

impl<T, W> Unit for WriteUnit<T, W>
where
    T: Send,
    W: Fn(&mut Tx<'_>) -> Result<T, Problem> + Send,
{
    fn run(&mut self, conn: Conn<'_>) -> Ran {
        // A panic in a unit is that unit's failure, never the store's: its transaction is undone.
        let mut tx =
            Tx { ctx: &self.ctx, conn, in_parts: false, runs_again: self.said.is_some(), used_key: false };
        let run = std::panic::AssertUnwindSafe(|| (self.work)(&mut tx));
        let said = std::panic::catch_unwind(run)
            .unwrap_or_else(|_| Err(Problem::Broken(anyhow::anyhow!("a unit of work panicked"))));
        let said = match said {
            Ok(_) if tx.is_doomed() => {
                Err(Problem::Broken(anyhow::anyhow!("a unit went on after a failed statement")))
            }
            said => said,
        };
        let ran = match &said {
            Ok(_) => Ran::Keep,
            Err(problem) if wants_another_run(problem) => Ran::Again,
            Err(_) => Ran::Undo,
        };
        self.said = Some(said);
        ran
    }

    fn verb(&self) -> &'static str {
        std::any::type_name::<W>()
    }

    fn is_glance(&self) -> bool {
        self.is_glance
    }

    fn answer(self: Box<Self>, failed: Option<Problem>) {
        let unrun = || Err(Problem::Busy(anyhow::anyhow!("the unit was never run")));
        let said = match failed {
            Some(problem) => Err(problem),
            None => self.said.unwrap_or_else(unrun),
        };
        // Whoever asked may have gone away; what was committed stays committed.
        let _gone = self.reply.send(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A verb as the store wraps it before it is queued.
    fn wrapped(work: impl Fn() -> i64 + Send) -> &'static str {
        let ctx = Ctx {
            actor: kernel::Actor::public(),
            now: jiff::Timestamp::UNIX_EPOCH,
            ids: std::sync::Arc::default(),
            key: None,
        };
        let keyed = move |_: &mut Tx<'_>| Ok(work());
        WriteUnit::new(ctx, keyed, oneshot::channel().0).verb()
    }

    #[test]
    fn two_verbs_are_told_apart_however_they_are_wrapped() {
        let again = |n: i64| wrapped(move || n);
        assert_ne!(wrapped(|| 1), again(2));
        assert_eq!(again(2), again(3));
    }
}
