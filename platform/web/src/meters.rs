//! What the house is doing, in numbers for Prometheus: no path, no person, no text.

use std::{net::SocketAddr, sync::Arc, time::Instant};

use app::App;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

/// Requests by the first digit of their answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Class {
    class: &'static str,
}

/// Counted since the start.
pub(crate) struct Meters {
    registry: Registry,
    answers: Family<Class, Counter>,
    seconds: Histogram,
    waiting_writes: Gauge,
    waiting_reads: Gauge,
}

/// From a page in a millisecond to one that somebody gives up on.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

impl Meters {
    pub(crate) fn new() -> Arc<Self> {
        let mut registry = Registry::with_prefix("jiayuan");
        let (answers, seconds) = (Family::default(), Histogram::new(SECONDS));
        let (waiting_writes, waiting_reads) = (Gauge::default(), Gauge::default());
        registry.register("http_answers", "Answers by the first digit of their status", answers.clone());
        registry.register("http_seconds", "Seconds until an answer began", seconds.clone());
        registry.register(
            "store_waiting_writes",
            "Units of work waiting to be written",
            waiting_writes.clone(),
        );
        registry.register("store_waiting_reads", "Units of work waiting to be read", waiting_reads.clone());
        Arc::new(Self { registry, answers, seconds, waiting_writes, waiting_reads })
    }
}

pub(crate) async fn measured(State(meters): State<Arc<Meters>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let response = next.run(request).await;
    meters.seconds.observe(begun.elapsed().as_secs_f64());
    let class = match response.status().as_u16() / 100 {
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        5 => "5xx",
        _ => "1xx",
    };
    meters.answers.get_or_create(&Class { class }).inc();
    response
}

/// The numbers, for whoever asks from this very machine and through no proxy.
pub(crate) async fn told(State((app, meters)): State<(App, Arc<Meters>)>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    let forwarded =
        ["x-forwarded-for", "forwarded", "x-real-ip"].iter().any(|it| request.headers().contains_key(*it));
    if forwarded || !peer.is_some_and(|it| it.is_loopback()) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let (writes, reads) = app.store.waiting();
    meters.waiting_writes.set(writes as i64);
    meters.waiting_reads.set(reads as i64);
    let mut text = String::new();
    match encode(&mut text, &meters.registry) {
        Ok(()) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_have_names_and_no_texts() {
        let meters = Meters::new();
        meters.answers.get_or_create(&Class { class: "2xx" }).inc();
        meters.seconds.observe(0.003);
        let mut text = String::new();
        encode(&mut text, &meters.registry).unwrap();
        assert!(text.contains("jiayuan_http_answers_total{class=\"2xx\"} 1"), "{text}");
        assert!(text.contains("jiayuan_http_seconds_bucket{le=\"0.005\"} 1"), "{text}");
    }
}
