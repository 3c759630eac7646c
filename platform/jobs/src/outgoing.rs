//! A request that leaves the house: only to the place that was listed, to no address inside unless that was listed too, and
//! never led on elsewhere.
//!
//! The addresses a name stands for are looked at by the same step that connects to them: a name that stands for another
//! address a moment later is looked up no second time.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};
use url::{Host, Url};

const PATIENCE: Duration = Duration::from_secs(15);
/// Ports a request may go to: those of the web, and those offices give their own services; never a store's or a mailer's.
const PORTS: [std::ops::RangeInclusive<u16>; 4] = [80..=80, 443..=443, 8000..=8999, 18000..=18999];

/// Where a request may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    url: Url,
    /// An address inside the office's own network, which somebody listed as such.
    is_inside: bool,
}

/// What came back: its status alone, so that no answer is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
}

impl Destination {
    /// Reads an address as it is listed.
    ///
    /// # Errors
    /// A sentence that says what an address has to be.
    pub fn parse(text: &str, is_inside: bool) -> Result<Self, &'static str> {
        let url = Url::parse(text.trim())
            .map_err(|_| "请填写完整的网址，如 https://12345.example.gov.cn/callback")?;
        match url.scheme() {
            "https" => {}
            "http" if is_inside => {}
            _ => return Err("网址应以 https:// 开头；内网地址可用 http://"),
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err("网址中没有主机名");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("网址中不能带用户名或密码");
        }
        if url.fragment().is_some() {
            return Err("网址中不能带 # 后的部分");
        }
        let literal = match url.host() {
            Some(Host::Ipv4(it)) => Some(IpAddr::V4(it)),
            Some(Host::Ipv6(it)) => Some(IpAddr::V6(it)),
            Some(Host::Domain("localhost")) => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            _ => None,
        };
        match literal {
            Some(it) if !is_outside(it) && !is_office(it) => return Err("这个地址不能作为回送地址"),
            Some(it) if is_office(it) && !is_inside => return Err("这是内网或本机地址，请勾选政务内网地址"),
            Some(it) if is_outside(it) && is_inside => return Err("这不是内网地址，请不要勾选政务内网地址"),
            _ => {}
        }
        if !url.port_or_known_default().is_some_and(may_be_asked) {
            return Err("端口应为80、443、8000至8999或18000至18999");
        }
        Ok(Self { url, is_inside })
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Host and port, for lists and second looks.
    #[must_use]
    pub fn host_and_port(&self) -> String {
        let port = self.url.port_or_known_default().unwrap_or(443);
        format!("{}:{port}", self.url.host_str().unwrap_or_default())
    }
}

/// Sends `body`, and waits for the answer. Blocks: not for the request's own thread.
///
/// # Errors
/// In words, when the address is not one that may be asked, or nobody answers; nothing of the body is in them.
pub fn post(to: &Destination, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .http_status_as_error(false)
        // A proxy would look the name up itself.
        .proxy(None)
        .build();
    let resolver = Guarded { is_inside: to.is_inside, looked_up: DefaultResolver::default() };
    let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
    let mut request = agent.post(to.as_str());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = match request.send(body) {
        Ok(answer) => answer,
        Err(Error::HostNotFound) => bail!("找不到这个主机，或它的地址不允许访问"),
        Err(Error::Timeout(_)) => bail!("{}秒内没有答复", PATIENCE.as_secs()),
        Err(fault) => return Err(fault).context("连接不上"),
    };
    Ok(Answer { status: answer.status().as_u16() })
}

fn may_be_asked(port: u16) -> bool {
    PORTS.iter().any(|it| it.contains(&port))
}

/// Looks names up as ever, and keeps only addresses that may be asked.
struct Guarded {
    is_inside: bool,
    looked_up: DefaultResolver,
}

impl fmt::Debug for Guarded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guarded").field("is_inside", &self.is_inside).finish_non_exhaustive()
    }
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.looked_up.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        // What was listed as inside may be asked without TLS, so it has to be inside.
        let may = |it: &&SocketAddr| if self.is_inside { is_office(it.ip()) } else { is_outside(it.ip()) };
        found.iter().filter(may).for_each(|it| kept.push(*it));
        if kept.is_empty() { Err(Error::HostNotFound) } else { Ok(kept) }
    }
}

/// An address of an office's own network, or this machine's: only where it was listed as one.
fn is_office(ip: IpAddr) -> bool {
    match plain(ip) {
        IpAddr::V4(it) => it.is_private() || it.is_loopback() || (is_shared(it) && it != CLOUD_KEYS),
        IpAddr::V6(it) => it.is_loopback() || (it.is_unique_local() && it.segments()[..2] != CLOUD_KEYS_6),
    }
}

/// Where clouds hand out their machines' keys besides 169.254.169.254: 100.100.100.200 and fd00:ec2::/32.
const CLOUD_KEYS: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
const CLOUD_KEYS_6: [u16; 2] = [0xfd00, 0x0ec2];

/// 100.64.0.0/10, between a carrier and its customers.
fn is_shared(it: Ipv4Addr) -> bool {
    it.octets()[0] == 100 && it.octets()[1] & 0xc0 == 64
}

/// An address on the open net: none that is kept for special use (RFC 6890).
fn is_outside(ip: IpAddr) -> bool {
    match plain(ip) {
        IpAddr::V4(it) => {
            let [a, b, c, _] = it.octets();
            let special = it.is_private()
                || it.is_loopback()
                || it.is_link_local()
                || it.is_broadcast()
                || it.is_documentation()
                || it.is_multicast()
                || is_shared(it)
                || a == 0
                || 240 <= a
                || (a, b, c) == (192, 0, 0)
                || (a, b, c) == (192, 88, 99)
                || (a == 198 && b & 0xfe == 18);
            !special
        }
        // Of the new addresses only 2000::/3 is in use, less what is kept for documents, tunnels and tests.
        IpAddr::V6(it) => {
            let [a, b, ..] = it.segments();
            a & 0xe000 == 0x2000
                && !(a == 0x2001 && (b == 0x0db8 || b < 0x0200))
                && a != 0x2002
                && a != 0x3fff
        }
    }
}

/// An old address written as a new one is the old one.
fn plain(ip: IpAddr) -> IpAddr {
    let inside = |it: Ipv6Addr| -> Option<Ipv4Addr> {
        let [a, b, c, d, e, f, g, h] = it.segments();
        let wrapped = matches!((a, b, c, d, e, f), (0, 0, 0, 0, 0, 0 | 0xffff) | (0x64, 0xff9b, 0, 0, 0, 0));
        let own = matches!((f, g, h), (0, 0, 0 | 1));
        (wrapped && !own).then(|| Ipv4Addr::from((u32::from(g) << 16) | u32::from(h)))
    };
    match ip {
        IpAddr::V6(it) => inside(it).map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        thread,
    };

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn addresses_inside_are_told_from_those_outside() {
        for it in ["8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:8.8.8.8"] {
            assert!(is_outside(ip(it)) && !is_office(ip(it)), "{it}");
        }
        let office = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1"];
        for it in office.into_iter().chain(["::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1"]) {
            assert!(!is_outside(ip(it)) && is_office(ip(it)), "{it}");
        }
        // Nobody may list these: this net's own, the cloud's own keys, everybody at once.
        let never = [
            "0.0.0.0",
            "169.254.169.254",
            "100.100.100.200",
            "fd00:ec2::254",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "198.18.0.1",
        ];
        for it in never.into_iter().chain(["fe80::1", "ff02::1", "::", "2001:db8::1", "2002:a00:1::"]) {
            assert!(!is_outside(ip(it)) && !is_office(ip(it)), "{it}");
        }
    }

    #[test]
    fn an_address_is_listed_whole() {
        let fault = |text: &str, is_inside| Destination::parse(text, is_inside).unwrap_err();
        assert!(fault("12345", false).contains("完整的网址"));
        assert!(fault("http://a.example.cn/", false).contains("https://"));
        assert!(fault("file:///etc/passwd", true).contains("https://"));
        assert!(fault("https://user:pw@a.example.cn/", false).contains("用户名"));
        for port in [0, 22, 25, 3306, 5432, 6379, 9200] {
            assert!(fault(&format!("https://a.example.cn:{port}/"), true).contains("端口"), "{port}");
        }
        assert!(fault("https://127.0.0.1/", false).contains("请勾选"));
        assert!(fault("https://localhost/", false).contains("请勾选"));
        assert!(fault("http://8.8.8.8/", true).contains("不要勾选"));
        assert!(fault("http://169.254.169.254/latest", true).contains("不能作为"));
        let right = Destination::parse(" https://A.example.cn/hook?x=1 ", false).unwrap();
        assert_eq!(right.host_and_port(), "a.example.cn:443");
        // Digits in other forms are the address they stand for.
        assert_eq!(Destination::parse("http://0x7f.1/", true).unwrap().host_and_port(), "127.0.0.1:80");
    }

    /// Answers once with `answer`, and says what it heard; nothing when nobody came.
    fn listening(answer: &'static str) -> (u16, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let mut some = [0; 4096];
            let n = line.read(&mut some).unwrap();
            line.write_all(answer.as_bytes()).unwrap();
            String::from_utf8_lossy(&some[..n]).into_owned()
        });
        (port, heard)
    }

    #[test]
    fn this_machine_is_asked_only_where_it_was_listed_as_inside() {
        let (port, heard) = listening("HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n");
        // Listed as outside, under every name this machine has: nobody comes.
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433"] {
            let to =
                Destination { url: Url::parse(&format!("http://{host}:{port}/")).unwrap(), is_inside: false };
            let told = post(&to, &[], "{}").unwrap_err().to_string();
            assert_eq!(told, "找不到这个主机，或它的地址不允许访问", "{host}");
        }
        let to = Destination {
            url: Url::parse(&format!("http://127.0.0.1:{port}/hook")).unwrap(),
            is_inside: true,
        };
        let answer = post(&to, &[("webhook-id", "7")], "{\"a\":1}").unwrap();
        assert_eq!(answer, Answer { status: 204 });
        let heard = heard.join().unwrap();
        assert!(heard.starts_with("POST /hook HTTP/1.1") && heard.contains("webhook-id: 7"), "{heard}");
    }

    #[test]
    fn nobody_is_led_on_elsewhere_and_no_answer_is_too_long() {
        let inside = |port: u16| Destination {
            url: Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap(),
            is_inside: true,
        };
        let (canary, came) = listening("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        let location = format!(
            "HTTP/1.1 307 Moved\r\nlocation: http://127.0.0.1:{canary}/\r\ncontent-length: 0\r\n\r\n"
        );
        let (port, _heard) = listening(location.leak());
        assert_eq!(post(&inside(port), &[], "{}").unwrap().status, 307);
        assert!(!came.is_finished());
        let endless = format!("HTTP/1.1 200 OK\r\ncontent-length: 64000000\r\n\r\n{}", "x".repeat(100_000));
        let (port, _heard) = listening(endless.leak());
        assert_eq!(post(&inside(port), &[], "{}").unwrap().status, 200);
    }
}
