//! The clock's door: a message to a system, signed as it signs its own to us.

use std::pin::Pin;

use app::{App, Sealed};
use jobs::{Destination, Message, Outcome};
use kernel::{Actor, Problem};

use super::{rules, store, types::Stage};
use crate::systems::{self, signature, types::Signed};

/// What its messages are called in the outbox.
pub(crate) const KIND: &str = "tickets.callback";

pub(crate) fn send(app: App, message: Message) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async move {
        match sent(&app, message).await {
            Ok(outcome) => outcome,
            // The store could not be asked: that is ours, and passes.
            Err(problem) => {
                tracing::warn!(%problem, "A message to a system could not be made ready");
                Outcome::Later("本系统暂时忙，稍后再送".to_owned())
            }
        }
    })
}

async fn sent(app: &App, message: Message) -> Result<Outcome, Problem> {
    let ctx = app.ctx(Actor::public(), None);
    let (now, callback) = (ctx.now, message.destination);
    let read = app.store.read(ctx, move |tx| {
        let callback = store::load(tx, callback.into())?;
        let system = systems::store::load(tx, callback.system)?;
        Ok((callback, system))
    });
    let (callback, system) = read.await?;
    if callback.stage != Stage::Listed || system.ended {
        return Ok(Outcome::Never("回送地址已停用，没有送出".to_owned()));
    }
    let secret = app.vault.open_sealed(&Sealed(system.secret)).map_err(Problem::Broken)?;
    let to = match Destination::parse(&callback.url, callback.is_inside) {
        Ok(to) => to,
        Err(fault) => return Ok(Outcome::Never(fault.to_owned())),
    };
    let posted = tokio::task::spawn_blocking(move || {
        let mut signed = Signed {
            id: message.id.to_string(),
            timestamp: now.as_second().to_string(),
            signature: String::new(),
        };
        signed.signature = signature(&secret, &signed, message.body.as_bytes());
        let headers = [
            ("content-type", "application/json"),
            ("webhook-id", signed.id.as_str()),
            ("webhook-timestamp", signed.timestamp.as_str()),
            ("webhook-signature", signed.signature.as_str()),
        ];
        jobs::post(&to, &headers, &message.body)
    });
    let answer = posted.await.map_err(|it| Problem::Broken(it.into()))?;
    Ok(answer.map_or_else(|fault| Outcome::Later(fault.to_string()), |it| rules::outcome(&it)))
}
