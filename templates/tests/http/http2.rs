//! Streams over HTTP/2: a stream that is reset or shorter than announced is a cut, in both directions.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use oasmith_templates::runtime::{Body, Client, ClientBuilder, RetryPolicy};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::setup::API;
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
