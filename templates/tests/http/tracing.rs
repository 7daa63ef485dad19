//! The spans of attempts, as a subscriber sees them.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, LazyLock, Mutex};
use std::thread::{self, ThreadId};
use std::time::Duration;

use oasmith_templates::runtime::RetryPolicy;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};

use crate::setup::{SECRET, builder, get, secret_post, token};
use crate::support::{Reply, Server};

type Fields = BTreeMap<String, String>;

/// A span, which has an id, or an event, and the thread of the test that it is of.
type Told = (ThreadId, Option<u64>, Fields);

/// Keeps all spans and events. It is there for all tests: one that comes and goes with a test misses
/// what another one met first.
#[derive(Clone)]
pub(crate) struct Kept(Arc<Mutex<Vec<Told>>>);

pub(crate) static KEPT: LazyLock<Kept> = LazyLock::new(|| Kept(Arc::default()));

struct Reader<'a>(&'a mut Fields);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl<S: Subscriber> Layer<S> for Kept {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut Reader(&mut fields));
        let metadata = attributes.metadata();
        fields.insert("span".to_owned(), format!("{} {}", metadata.name(), metadata.level()));
        self.push(Some(id.into_u64()), fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        let mut all = self.0.lock().unwrap();
        let span = all.iter_mut().rfind(|(_, own, _)| *own == Some(id.into_u64())).unwrap();
        values.record(&mut Reader(&mut span.2));
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut Reader(&mut fields));
        self.push(None, fields);
    }
}

impl Kept {
    fn push(&self, id: Option<u64>, fields: Fields) {
        self.0.lock().unwrap().push((thread::current().id(), id, fields));
    }

    /// The spans of this test, and its events.
    fn of_this_test(&self) -> (Vec<Fields>, Vec<Fields>) {
        let own = thread::current().id();
        let all = self.0.lock().unwrap();
        let all = all.iter().filter(|(thread, ..)| *thread == own).cloned();
        let (spans, events): (Vec<Told>, Vec<Told>) = all.partition(|(_, id, _)| id.is_some());
        let fields = |all: Vec<Told>| all.into_iter().map(|(.., fields)| fields).collect();
        (fields(spans), fields(events))
    }
}

fn fields(all: &[(&str, &str)]) -> Fields {
    all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn each_attempt_has_a_span() {
    let kept = &*KEPT;
    let server = Server::sequence([
        token("an-access-token", 3600),
        Reply::new(503, &["x-request-id: req-1"], r#"{"message":"told-by-the-server"}"#),
        Reply::raw("").then_reset(),
        Reply::new(200, &["x-amzn-requestid: req-3"], "{}"),
    ])
    .await;
    let policy = RetryPolicy::new().with_backoff(Duration::ZERO, Duration::ZERO);
    let client = builder(&server).retry(policy).auth(secret_post()).build().unwrap();
    get(&client).query("q", "query-value").send().await.unwrap();

    let (spans, events) = kept.of_this_test();
    let port = server.url().rsplit_once(':').unwrap().1.to_owned();
    let (token_url, item_url) =
        (format!("{}/auth/v1/token", server.url()), format!("{}/items/7", server.url()));
    let item = |more: &[(&str, &str)]| {
        let common = [
            ("span", "HTTP request INFO"),
            ("otel.name", "GET /items/{id}"),
            ("otel.kind", "client"),
            ("openapi.operation_id", "items.get"),
            ("http.request.method", "GET"),
            ("url.template", "/items/{id}"),
            ("url.full", item_url.as_str()),
            ("server.address", "127.0.0.1"),
            ("server.port", port.as_str()),
        ];
        fields(&[&common, more].concat())
    };
    let expected = [
        fields(&[
            ("span", "HTTP request INFO"),
            ("otel.name", "POST token request"),
            ("otel.kind", "client"),
            ("openapi.operation_id", "token request"),
            ("http.request.method", "POST"),
            ("url.full", &token_url),
            ("server.address", "127.0.0.1"),
            ("server.port", &port),
            ("http.response.status_code", "200"),
        ]),
        item(&[
            ("http.response.status_code", "503"),
            ("http.response.header.x-request-id", "req-1"),
            ("error.type", "503"),
            ("otel.status_code", "ERROR"),
        ]),
        item(&[
            ("http.request.resend_count", "1"),
            ("error.type", "send"),
            ("otel.status_code", "ERROR"),
        ]),
        item(&[
            ("http.request.resend_count", "2"),
            ("http.response.status_code", "200"),
            ("http.response.header.x-request-id", "req-3"),
        ]),
    ];
    assert_eq!(spans, expected);
    let messages = |text: &str| {
        events.iter().filter(|event| event.get("message").is_some_and(|one| one == text)).count()
    };
    assert_eq!(messages("waiting for another attempt"), 2, "{events:?}");
    assert_eq!(messages("the attempt failed"), 1, "{events:?}");
    let all = format!("{spans:?}{events:?}");
    for hidden in [SECRET, "an-access-token", "query-value", "told-by-the-server"] {
        assert!(!all.contains(hidden), "{hidden} in {all}");
    }
}
