//! Services of `tower` as transports of a client, and the usual transport in a stack of its layers.

use std::convert::Infallible;
use std::error::Error as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use oasmith_templates::mock::{MockAnswer, MockTransport};
use oasmith_templates::runtime::{
    BoxError, Client, ClientBuilder, Credentials, Error, ReqwestTransport, TowerTransport,
    Transport, TransportBody, TransportErrorKind, TransportFailure, TransportService,
};
use serde_json::json;
use tower::{Service, ServiceBuilder};

use crate::retries::fast;
use crate::setup::{API, BEARER, get, post, shown};
use crate::support::{Fails as _, Reply, Server};

fn client(url: &str, transport: impl Transport + 'static) -> Client {
    let builder = ClientBuilder::new(&API).base_url(url).retry(fast());
    builder.auth(Credentials::bearer(BEARER)).transport(transport).build().unwrap()
}

fn usual() -> TransportService<ReqwestTransport> {
    let none = reqwest::redirect::Policy::none();
    let client = reqwest::Client::builder().no_proxy().redirect(none).build().unwrap();
    TransportService::new(ReqwestTransport::new(client))
}

#[tokio::test]
async fn layers_go_around_the_usual_transport() {
    let server = Server::start(|number, _| match number {
        0 => Reply::json(503, "{}"),
        _ => Reply::json(200, r#"{"n":1}"#).after(Duration::from_millis(20)),
    })
    .await;
    // How many are on the way at once, and how many were.
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let counted = {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        tower::service_fn(move |request| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            let (now, sending) = (Arc::clone(&now), usual().call(request));
            async move {
                let result = sending.await;
                now.fetch_sub(1, Ordering::SeqCst);
                result
            }
        })
    };
    let service = ServiceBuilder::new().concurrency_limit(2).service(counted);
    let client = client(&server.url(), TowerTransport::new(service));
    assert_eq!(*get(&client).send().await.unwrap(), json!({"n": 1}));
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { post(&client).send().await.map(|_| ()) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!((server.requests().len(), most.load(Ordering::SeqCst)), (10, 2));
    let first = &server.requests()[0];
    assert_eq!(first.header("authorization"), Some(&*format!("Bearer {BEARER}")));
    assert!(!format!("{client:?}{:?}", usual()).contains(BEARER));
}

#[tokio::test]
async fn errors_of_layers_and_of_the_transport_are_told_apart() {
    let server = Server::sequence([
        Reply::json(200, "1").after(Duration::from_secs(60)),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nshort").then_close(),
    ])
    .await;
    let limited = ServiceBuilder::new().timeout(Duration::from_millis(200)).service(usual());
    let limited_client = client(&server.url(), TowerTransport::new(limited.clone()));
    for (kind, cause) in
        [(TransportErrorKind::Send, "timed out"), (TransportErrorKind::Receive, "end of file")]
    {
        let error = post(&limited_client).send().await.fails();
        let Error::Transport(told) = &error else { panic!("{error:?}") };
        assert_eq!((told.kind(), error.attempts()), (&kind, 1), "{error:?}");
        assert!(shown(&error).contains(cause), "{}", shown(&error));
    }
    // Nothing was sent, so that a POST is tried again; and a failure keeps its kind through layers.
    let nobody = client("http://127.0.0.1:1", TowerTransport::new(limited));
    let error = post(&nobody).send().await.fails();
    let Error::Transport(told) = &error else { panic!("{error:?}") };
    assert_eq!(told.kind(), &TransportErrorKind::Connect);
    assert!(error.attempts() > 1 && told.source().is_some());
    // A layer that sheds load in place of waiting.
    let shed = ServiceBuilder::new()
        .map_err(|error| TransportFailure::new(TransportErrorKind::Connect, error))
        .load_shed()
        .concurrency_limit(0)
        .service(usual());
    let error = post(&client(&server.url(), TowerTransport::new(shed))).send().await.fails();
    let Error::Transport(told) = &error else { panic!("{error:?}") };
    assert!(error.attempts() > 1 && told.kind() == &TransportErrorKind::Connect, "{error:?}");
}

/// Is ready the second time that it is asked, or never again.
#[derive(Clone, Debug)]
struct Slow {
    is_broken: bool,
    asked: usize,
}

impl Service<Request<TransportBody>> for Slow {
    type Response = Response<TransportBody>;
    type Error = BoxError;
    type Future = std::future::Ready<Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.asked += 1;
        match (self.asked, self.is_broken) {
            (1, _) => {
                context.waker().wake_by_ref();
                Poll::Pending
            }
            (_, true) => Poll::Ready(Err("broken".into())),
            _ => Poll::Ready(Ok(())),
        }
    }

    fn call(&mut self, _: Request<TransportBody>) -> Self::Future {
        assert_eq!(self.asked, 2, "called before it was ready");
        std::future::ready(Ok(Response::new("{}".into())))
    }
}

#[tokio::test]
async fn a_service_is_called_when_it_is_ready() {
    let url = "https://api.example.test";
    let slow = client(url, TowerTransport::new(Slow { is_broken: false, asked: 0 }));
    for _ in 0..2 {
        assert_eq!(*get(&slow).send().await.unwrap(), json!({}));
    }
    let broken = client(url, TowerTransport::new(Slow { is_broken: true, asked: 0 }));
    let error = get(&broken).send().await.fails();
    let Error::Transport(told) = &error else { panic!("{error:?}") };
    assert_eq!((told.kind(), error.attempts()), (&TransportErrorKind::Other, 1));
    assert!(shown(&error).contains("broken"));
}

#[tokio::test]
async fn any_body_and_any_transport_go_through() {
    let mock = Arc::new(MockTransport::new().expect("items.get", MockAnswer::json(&json!(7))));
    let inner = TransportService::new(Arc::clone(&mock));
    let service = tower::service_fn(move |request| {
        let sending = inner.clone().call(request);
        async move {
            // A body of another type, as another HTTP library has.
            let response = sending.await.unwrap_or_default();
            Ok::<_, Infallible>(
                response.map(|body| String::from_utf8(body.as_bytes().unwrap().to_vec()).unwrap()),
            )
        }
    });
    let client = client("https://api.example.test", TowerTransport::new(service));
    assert_eq!(*get(&client).send().await.unwrap(), json!(7));
    mock.assert_done();
}
