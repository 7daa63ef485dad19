//! Streams over HTTP/2: a stream that is reset or shorter than announced is a cut, in both directions. And
//! requests that a server says it has not processed, which are sent again.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use oasmith_templates::runtime::{
    Body, Client, ClientBuilder, Error, RequestOptions, RetryPolicy, TransportErrorKind,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::setup::{API, post};
use crate::streams::{Pieces, assert_source_failed, download, is_cut, upload};
use crate::support::Fails as _;

/// Reads whole requests of HTTP/2, and answers each with what `serve` does.
async fn http2<F: Future<Output = ()> + Send + 'static>(
    serve: fn(h2::server::SendResponse<Bytes>) -> F,
) -> (Client, JoinHandle<Vec<Result<Vec<u8>, h2::Error>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        let stream = listener.accept().await.unwrap().0;
        let mut connection = h2::server::handshake(stream).await.unwrap();
        let mut bodies = tokio::task::JoinSet::new();
        while let Some(Ok((request, respond))) = connection.accept().await {
            let mut body = request.into_body();
            bodies.spawn(async move {
                let mut bytes = Vec::new();
                while let Some(chunk) = body.data().await.transpose()? {
                    body.flow_control().release_capacity(chunk.len())?;
                    bytes.extend(chunk);
                }
                serve(respond).await;
                Ok(bytes)
            });
        }
        bodies.join_all().await
    });
    let http = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().unwrap();
    let builder = ClientBuilder::new(&API).base_url(url).retry(RetryPolicy::never()).anonymous();
    (builder.http_client(http).build().unwrap(), server)
}

fn answer(length: Option<usize>) -> http::Response<()> {
    let mut answer = http::Response::new(());
    if let Some(length) = length {
        answer.headers_mut().insert("content-length", length.into());
    }
    answer
}

#[tokio::test]
async fn a_stream_of_http2_that_is_cut_is_an_error() {
    type Serve = fn(h2::server::SendResponse<Bytes>) -> Pin<Box<dyn Future<Output = ()> + Send>>;
    let table: [(Serve, Option<&str>); 4] = [
        (
            |mut respond| {
                Box::pin(async move {
                    let mut body = respond.send_response(answer(Some(3)), false).unwrap();
                    body.send_data("abc".into(), true).unwrap();
                })
            },
            Some("abc"),
        ),
        (
            |mut respond| {
                Box::pin(async move {
                    let mut body = respond.send_response(answer(None), false).unwrap();
                    body.send_data("abc".into(), false).unwrap();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    body.send_reset(h2::Reason::INTERNAL_ERROR);
                })
            },
            None,
        ),
        (
            |mut respond| {
                Box::pin(async move {
                    let mut body = respond.send_response(answer(None), false).unwrap();
                    body.send_data("abc".into(), false).unwrap();
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    body.send_reset(h2::Reason::CANCEL);
                })
            },
            None,
        ),
        // Shorter than was announced.
        (
            |mut respond| {
                Box::pin(async move {
                    let mut body = respond.send_response(answer(Some(9)), false).unwrap();
                    body.send_data("abc".into(), true).unwrap();
                })
            },
            None,
        ),
    ];
    for (number, (serve, whole)) in table.into_iter().enumerate() {
        let (client, server) = http2(serve).await;
        let file = download(&client).send().await.unwrap().into_inner();
        match (file.bytes(99).await.seen(), whole) {
            (Ok(bytes), Some(whole)) => assert_eq!(bytes, whole),
            (Err(error), None) => assert!(is_cut(&error), "{number}: {error:?}"),
            (other, _) => panic!("{number}: {other:?}"),
        }
        drop(client);
        server.await.unwrap();
    }
}

#[tokio::test]
async fn an_upload_whose_source_fails_is_an_error_over_http2_as_well() {
    let (client, server) = http2(|mut respond| async move {
        respond.send_response(answer(None), true).unwrap();
    })
    .await;
    assert_source_failed(&upload(&client, Body::stream(Pieces::failing())).send().await.fails());
    upload(&client, "whole".into()).send().await.unwrap();
    drop(client);
    let bodies = server.await.unwrap();
    let whole: Vec<_> = bodies.iter().filter_map(|body| body.as_ref().ok()).collect();
    assert_eq!(whole, [b"whole"], "{bodies:?}");
}

/// What a server of HTTP/2 does with the requests that come, one after the other: the last holds for all
/// further ones.
#[derive(Clone, Copy)]
enum Does {
    /// Answers with the body of the request.
    Answer,
    /// Resets the stream for this reason, without an answer.
    Reset(h2::Reason),
    /// Shuts the connection down for this reason, and says that it has processed no request on it.
    GoAway(h2::Reason),
}

/// Shuts a connection down once there is a request, and says that it has processed none: the library for
/// HTTP/2 says so of none that it has handed out.
async fn go_away(mut stream: TcpStream, reason: h2::Reason, count: &AtomicUsize) {
    const HEADERS: u8 = 1;
    const PREFACE: usize = 24;
    let mut header = [0; 9];
    stream.read_exact(&mut [0; PREFACE]).await.unwrap();
    // Its settings, which change nothing.
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
    while header[3] != HEADERS {
        stream.read_exact(&mut header).await.unwrap();
        let length = u32::from_be_bytes([0, header[0], header[1], header[2]]);
        let mut frame = (&mut stream).take(length.into());
        tokio::io::copy(&mut frame, &mut tokio::io::sink()).await.unwrap();
    }
    count.fetch_add(1, Ordering::Relaxed);
    // The last stream that was processed is 0.
    stream.write_all(&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0]).await.unwrap();
    stream.write_all(&u32::from(reason).to_be_bytes()).await.unwrap();
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

/// A client without retries, those of `reqwest` included, of a server that does this; it counts what it
/// was sent, over all of its connections.
async fn that_does(does: &'static [Does]) -> (Client, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&seen);
    tokio::spawn(async move {
        loop {
            let stream = listener.accept().await.unwrap().0;
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                let next = |number: usize| does[number.min(does.len() - 1)];
                if let Does::GoAway(reason) = next(count.load(Ordering::Relaxed)) {
                    return go_away(stream, reason, &count).await;
                }
                let mut connection = h2::server::handshake(stream).await.unwrap();
                while let Some(Ok((request, mut respond))) = connection.accept().await {
                    match next(count.fetch_add(1, Ordering::Relaxed)) {
                        Does::Answer => {
                            tokio::spawn(async move {
                                let body = request.into_body().data().await.unwrap().unwrap();
                                let mut sending =
                                    respond.send_response(answer(None), false).unwrap();
                                sending.send_data(body, true).unwrap();
                            });
                        }
                        Does::Reset(reason) => respond.send_reset(reason),
                        Does::GoAway(_) => panic!("a server goes away in the beginning"),
                    }
                }
            });
        }
    });
    let http = reqwest::Client::builder()
        .http2_prior_knowledge()
        .no_proxy()
        .retry(reqwest::retry::never())
        .build()
        .unwrap();
    let builder = ClientBuilder::new(&API).base_url(url).retry(RetryPolicy::never()).anonymous();
    (builder.http_client(http).build().unwrap(), seen)
}

#[tokio::test]
async fn a_request_that_the_server_has_not_processed_is_sent_again() {
    const REFUSED: Does = Does::Reset(h2::Reason::REFUSED_STREAM);
    const SHUTDOWN: Does = Does::GoAway(h2::Reason::NO_ERROR);
    const BROKEN: Does = Does::Reset(h2::Reason::INTERNAL_ERROR);
    const HASTE: Does = Does::GoAway(h2::Reason::ENHANCE_YOUR_CALM);
    use TransportErrorKind::{Send, Unprocessed};
    // What the server does, how a POST ends, and how often it was sent.
    let table: [(&[Does], Option<TransportErrorKind>, usize); 7] = [
        (&[REFUSED, Does::Answer], None, 2),
        (&[SHUTDOWN, Does::Answer], None, 2),
        (&[SHUTDOWN, REFUSED, Does::Answer], None, 3),
        (&[REFUSED], Some(Unprocessed), 3),
        (&[SHUTDOWN], Some(Unprocessed), 3),
        // Perhaps it was processed.
        (&[BROKEN, Does::Answer], Some(Send), 1),
        (&[HASTE, Does::Answer], Some(Send), 1),
    ];
    for (number, (does, end, sent)) in table.into_iter().enumerate() {
        let (client, seen) = that_does(does).await;
        match (post(&client).send().await.seen(), end) {
            (Ok(answer), None) => assert_eq!(answer.into_inner()["name"], "n"),
            (Err(Error::Transport(error)), Some(kind)) => {
                assert_eq!(*error.kind(), kind, "{number}: {error:?}");
                assert_eq!(error.place().attempts(), 1, "{number}");
            }
            (other, _) => panic!("{number}: {other:?}"),
        }
        assert_eq!(seen.load(Ordering::Relaxed), sent, "{number}");
    }

    // What cannot be sent again is not, and what can be is after a wait, whatever its method is.
    let (client, seen) = that_does(&[REFUSED, Does::Answer]).await;
    let stream = Body::stream(Pieces::of(["some", "more"]));
    let error = upload(&client, stream).send().await.fails();
    assert!(matches!(&error, Error::Transport(error) if *error.kind() == Unprocessed), "{error:?}");
    assert_eq!(seen.load(Ordering::Relaxed), 1);
    let (client, seen) = that_does(&[REFUSED, REFUSED, REFUSED, Does::Answer]).await;
    let retries =
        RetryPolicy::new().with_backoff(Duration::from_millis(1), Duration::from_millis(1));
    let options = RequestOptions::new().retry(retries);
    post(&client).options(options).send().await.unwrap();
    assert_eq!(seen.load(Ordering::Relaxed), 4);
}
