//! The clock's door: a short message to the carrier.

use std::pin::Pin;

use app::{App, Gateway, Sealed};
use jobs::{Message, Outcome};

use crate::types::Packed;

pub(crate) fn send(app: App, message: Message) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
    Box::pin(async move {
        if matches!(*app.gateway, Gateway::None) {
            return Outcome::Never("没有接通短信，没有发出".to_owned());
        }
        let packed = serde_json::from_str::<Packed>(&message.body)
            .map_err(anyhow::Error::from)
            .and_then(|it| Ok((number_in(app.vault.open_sealed(&Sealed(it.phone))?), it.text)));
        let Ok((phone, text)) = packed else {
            return Outcome::Never("号码无法读出，密钥可能换过".to_owned());
        };
        let (gateway, id) = (app.gateway.clone(), message.id);
        match tokio::task::spawn_blocking(move || gateway.send(&id.to_string(), &phone, &text)).await {
            Ok(Ok(())) => Outcome::Delivered("运营商已接收".to_owned()),
            Ok(Err(cause)) => {
                tracing::warn!(cause = format!("{cause:#}"), "A short message was not taken by the carrier");
                Outcome::Later("运营商没有接收".to_owned())
            }
            Err(_) => Outcome::Later("本系统暂时忙，稍后再送".to_owned()),
        }
    })
}

/// The number in what was sealed: a bare one, or a contact that holds one.
fn number_in(opened: String) -> String {
    let contact = serde_json::from_str::<serde_json::Value>(&opened).ok();
    contact.and_then(|it| it["phone"].as_str().map(str::to_owned)).unwrap_or(opened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_bare_or_in_a_contact() {
        assert_eq!(number_in("13800138000".to_owned()), "13800138000");
        assert_eq!(number_in(r#"{"name":"周桂芳","phone":"13900010000"}"#.to_owned()), "13900010000");
    }
}
