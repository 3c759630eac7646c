//! A crowd of browsers on real sockets: each sends one request after another and waits for the whole answer.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

/// How a crowd was served.
#[derive(Debug)]
pub(crate) struct Served {
    /// Answers a second, over all browsers.
    pub(crate) rate: f64,
    pub(crate) p50: Duration,
    pub(crate) p99: Duration,
    pub(crate) bytes: usize,
}

/// Another answer than is measured ends the measuring, with what it said.
fn must_be(status: u16, expected: u16, body: &[u8]) -> Result<()> {
    if status == expected {
        return Ok(());
    }
    let page = String::from_utf8_lossy(body);
    let main = page.split("<main").nth(1).unwrap_or(&page);
    bail!("{status} came back instead of {expected}: {}", main.chars().take(600).collect::<String>())
}

/// One connection, kept open.
struct Line {
    stream: BufReader<TcpStream>,
}

impl Line {
    fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// Sends a request, and answers with the status and what came back.
    fn ask(&mut self, request: &str) -> Result<(u16, Vec<u8>)> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|it| it.parse().ok()).context("no status came back")?;
        let mut length = 0;
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let lower = line.to_ascii_lowercase();
            if let Some(it) = lower.strip_prefix("content-length:") {
                length = it.trim().parse()?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, body))
    }
}

/// Lets `browsers` ask so many times a second in all, whatever the answers take: how long each waited from the moment it was to be sent.
pub(crate) fn paced(
    address: SocketAddr,
    browsers: usize,
    a_second: usize,
    lasting: Duration,
    expected: u16,
    request: impl Fn(usize) -> String + Sync,
) -> Result<Served> {
    let all = a_second * lasting.as_secs() as usize;
    let (next, started) = (AtomicUsize::new(0), Instant::now());
    let (next, request) = (&next, &request);
    let mut times = thread::scope(|scope| -> Result<Vec<Duration>> {
        let asking = (0..browsers).map(|_| {
            scope.spawn(move || -> Result<Vec<Duration>> {
                let (mut line, mut times) = (Line::open(address)?, vec![]);
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if all <= n {
                        return Ok(times);
                    }
                    let due = started + Duration::from_secs(1) * n as u32 / a_second as u32;
                    thread::sleep(due.saturating_duration_since(Instant::now()));
                    let (status, body) = line.ask(&request(n))?;
                    must_be(status, expected, &body)?;
                    times.push(due.elapsed());
                }
            })
        });
        let mut times = vec![];
        for it in asking.collect::<Vec<_>>() {
            times.extend(it.join().map_err(|_| anyhow::anyhow!("a browser fell over"))??);
        }
        Ok(times)
    })?;
    let took = started.elapsed();
    Ok(served(&mut times, took, 0))
}

fn served(times: &mut [Duration], took: Duration, bytes: usize) -> Served {
    times.sort();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    let pick = |share: usize| at(share).copied().unwrap_or_default();
    Served { rate: times.len() as f64 / took.as_secs_f64(), p50: pick(50), p99: pick(99), bytes }
}

/// Lets `browsers` ask for a while. `request` is given which browser asks and for the how manyth time.
pub(crate) fn crowd(
    address: SocketAddr,
    browsers: usize,
    lasting: Duration,
    expected: u16,
    request: impl Fn(usize, usize) -> String + Sync,
) -> Result<Served> {
    let (mut times, mut bytes, started) = (vec![], 0, Instant::now());
    let request = &request;
    thread::scope(|scope| -> Result<()> {
        let asking = (0..browsers).map(|browser| {
            scope.spawn(move || -> Result<(Vec<Duration>, usize)> {
                let (mut line, mut times, mut bytes) = (Line::open(address)?, vec![], 0);
                while started.elapsed() < lasting {
                    let text = request(browser, times.len());
                    let asked = Instant::now();
                    let (status, body) = line.ask(&text)?;
                    must_be(status, expected, &body)?;
                    times.push(asked.elapsed());
                    bytes = body.len();
                }
                Ok((times, bytes))
            })
        });
        for it in asking.collect::<Vec<_>>() {
            let (some, length) = it.join().map_err(|_| anyhow::anyhow!("a browser fell over"))??;
            times.extend(some);
            bytes = length;
        }
        Ok(())
    })?;
    let took = started.elapsed();
    Ok(served(&mut times, took, bytes))
}
