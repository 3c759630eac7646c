//! 短信网关: how a short message leaves the house. Every carrier's is another HTTP form, so the form is a file.

use std::{collections::BTreeMap, fs::OpenOptions, io::Write as _, path::PathBuf, time::Duration};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

/// The way messages go.
#[derive(Debug)]
pub enum Gateway {
    /// None is set up: whatever needs one says so.
    None,
    /// Each message a line of JSON in a file, for demonstrations and tests.
    File(PathBuf),
    /// A request to a carrier.
    Http(Box<Template>),
}

/// The carrier's request, with `{phone}` and `{text}` where they go, and `{id}` where the carrier takes a number to report
/// back under; in `body` all are written as JSON strings inside.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    pub url: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub body: String,
    /// What the carrier's reports about messages it took must bear as `Authorization: Bearer …`; empty: none are taken.
    #[serde(default)]
    pub receipt_key: String,
    /// A word the answer must hold to count as handed over, where a carrier answers 200 to everything.
    #[serde(default)]
    pub success: String,
}

/// One message in the file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept {
    pub phone: String,
    pub text: String,
}

const PATIENCE: Duration = Duration::from_secs(10);
const LONGEST_ANSWER: u64 = 64 << 10;

impl Gateway {
    /// Reads the carrier's form from a TOML file.
    ///
    /// # Errors
    /// A sentence that names the file and what is wrong with it.
    pub fn read(path: &std::path::Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("无法读取短信网关文件 {}", path.display()))?;
        let template: Template =
            toml::from_str(&text).with_context(|| format!("短信网关文件 {} 写得不对", path.display()))?;
        if !template.body.contains("{phone}") || !template.body.contains("{text}") {
            bail!("短信网关文件 {} 的 body 里应有 {{phone}} 和 {{text}}", path.display());
        }
        if !template.url.starts_with("https://") && !template.url.starts_with("http://") {
            bail!("短信网关文件 {} 的 url 应以 https:// 开头", path.display());
        }
        Ok(Self::Http(Box::new(template)))
    }

    #[must_use]
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// Whether a report about a message bears the carrier's key.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        match self {
            Self::Http(it) => {
                !it.receipt_key.is_empty() && it.receipt_key.as_bytes().ct_eq(key.as_bytes()).into()
            }
            Self::None | Self::File(_) => false,
        }
    }

    /// Hands one message over, and waits until the carrier has taken it. Blocks: not for the request's own thread.
    /// `id` is what the carrier may report back under; empty when nobody asks how it went.
    ///
    /// # Errors
    /// When there is no gateway, or it does not take the message; the message itself is in no error and no log.
    pub fn send(&self, id: &str, phone: &str, text: &str) -> Result<()> {
        match self {
            Self::None => bail!("no gateway"),
            Self::File(path) => {
                let kept = Kept { phone: phone.to_owned(), text: text.to_owned() };
                let mut options = OpenOptions::new();
                options.append(true).create(true);
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                Ok(writeln!(options.open(path)?, "{}", serde_json::to_string(&kept)?)?)
            }
            Self::Http(template) => hand_over(template, id, phone, text),
        }
    }
}

fn hand_over(template: &Template, id: &str, phone: &str, text: &str) -> Result<()> {
    // Redirects would carry the number elsewhere.
    let agent: ureq::Agent =
        ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build().into();
    let mut request = agent.post(&template.url);
    for (name, value) in &template.headers {
        request = request.header(name, value);
    }
    let body = filled(&template.body, id, phone, text)?;
    let mut answer = request.send(body).map_err(|it| anyhow::anyhow!("the gateway did not answer: {it}"))?;
    let said = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_string().unwrap_or_default();
    if !answer.status().is_success() || !said.contains(&template.success) {
        bail!("the gateway answered {} without taking the message", answer.status());
    }
    Ok(())
}

/// The body with all in their places, so that no text can leave the quotes it stands in.
fn filled(body: &str, id: &str, phone: &str, text: &str) -> Result<String> {
    let quoted = |it: &str| -> Result<String> {
        let whole = serde_json::to_string(it)?;
        Ok(whole.trim_start_matches('"').trim_end_matches('"').to_owned())
    };
    // The text comes last: what it says is not looked into.
    Ok(body
        .replace("{id}", &quoted(id)?)
        .replace("{phone}", &quoted(phone)?)
        .replace("{text}", &quoted(text)?))
}

#[cfg(test)]
mod tests {
    use std::{io::Read as _, net::TcpListener, thread};

    use super::*;

    #[test]
    fn a_text_stays_within_its_quotes() {
        let body =
            filled(r#"{"to":"{phone}","no":"{id}","msg":"{text}"}"#, "77", "13800138000", "验证码\"}, {\n1")
                .unwrap();
        let read: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(read["msg"], "验证码\"}, {\n1");
        assert_eq!(read["no"], "77");
    }

    /// A carrier that answers once with `answer`, and what it was sent.
    fn carrier(answer: &'static str) -> (String, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/sms", listener.local_addr().unwrap());
        let heard = thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let (mut heard, mut some) = (vec![], [0; 2048]);
            while !String::from_utf8_lossy(&heard).ends_with("}") {
                let n = line.read(&mut some).unwrap();
                heard.extend(&some[..n]);
            }
            line.write_all(answer.as_bytes()).unwrap();
            String::from_utf8_lossy(&heard).into_owned()
        });
        (url, heard)
    }

    #[test]
    fn a_carrier_is_sent_its_own_form_and_believed_only_when_it_took_the_message() {
        let template = |url: String| Template {
            url,
            headers: [("x-key".to_owned(), "k".to_owned())].into(),
            body: r#"{"to":"{phone}","msg":"{text}"}"#.to_owned(),
            receipt_key: String::new(),
            success: "\"ok\"".to_owned(),
        };
        let taken = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"code\": \"ok\"} ";
        let refused = "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"code\": \"no\"} ";
        for (answer, is_taken) in [(taken, true), (refused, false)] {
            let (url, heard) = carrier(answer);
            let sent = Gateway::Http(Box::new(template(url))).send("", "13800138000", "验证码123456");
            assert_eq!(sent.is_ok(), is_taken, "{sent:?}");
            let heard = heard.join().unwrap();
            assert!(heard.contains("x-key: k") && heard.contains(r#""to":"13800138000""#), "{heard}");
        }
        assert!(Gateway::None.send("", "1", "2").is_err());
    }
}
