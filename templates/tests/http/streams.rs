//! Bodies that are read and sent as they come: cuts are errors, a side that is slow holds the other one
//! up, and what is dropped ends its connection.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use oasmith_templates::runtime::{
    Body, BoxError, Client, ClientBuilder, Download, Error, NoBody, Request, RetryPolicy,
    TransportErrorKind, Verb,
};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::setup::{API, builder, client, shown};
use crate::support::{Fails as _, Reply, Server};

const SIZE: usize = 64 * 1024 * 1024;

/// How long nothing moves on a connection that is held up.
const STILL: Duration = Duration::from_millis(300);

/// What the sockets of both sides may hold, whatever the machine's settings are.
const SOCKETS: usize = SIZE / 2;

pub(crate) fn download(client: &Client) -> Request<NoBody, Download> {
    Request::new(client, Verb::Get, "/file").operation("files.get").reads_download()
}

pub(crate) fn upload(client: &Client, body: Body) -> Request<Body, ()> {
    let request = Request::<Body, ()>::new(client, Verb::Put, "/file").operation("files.put");
    request.bytes("application/octet-stream", body).without_content()
}

/// A client of a server that does with its first connection what `serve` says.
async fn connected<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    serve: impl FnOnce(TcpStream) -> F + Send + 'static,
) -> (Client, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { serve(listener.accept().await.unwrap().0).await });
    let builder = ClientBuilder::new(&API).base_url(url).retry(RetryPolicy::never()).anonymous();
    (builder.build().unwrap(), server)
}

/// Reads the head of a request, and gives what follows it.
async fn head(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            return bytes.split_off(end + 4);
        }
        assert!(stream.read_buf(&mut bytes).await.unwrap() > 0);
    }
}

pub(crate) fn is_cut(error: &Error) -> bool {
    matches!(error, Error::Transport(error) if error.kind() == &TransportErrorKind::Receive)
}

/// Pieces of a body, which counts how many bytes were taken.
pub(crate) struct Pieces {
    left: VecDeque<Result<Bytes, BoxError>>,
    taken: Arc<AtomicUsize>,
}

impl Pieces {
    /// As many bytes as `SIZE`, and how many of them were taken.
    fn many() -> (Self, Arc<AtomicUsize>) {
        let piece = Bytes::from(vec![b'x'; 64 * 1024]);
        let left = (0..SIZE / piece.len()).map(|_| Ok(piece.clone())).collect();
        let taken = Arc::default();
        (Self { left, taken: Arc::clone(&taken) }, taken)
    }

    /// These.
    pub(crate) fn of<const N: usize>(pieces: [&'static str; N]) -> Self {
        Self { left: pieces.map(|piece| Ok(piece.into())).into(), taken: Arc::default() }
    }

    /// Some bytes, and then an error.
    pub(crate) fn failing() -> Self {
        let left = [Ok("some".into()), Err("the disk is gone".into())].into();
        Self { left, taken: Arc::default() }
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = self.left.pop_front();
        let length = piece.iter().flatten().map(Bytes::len).sum();
        self.taken.fetch_add(length, Ordering::SeqCst);
        Poll::Ready(piece)
    }
}

#[tokio::test]
async fn a_download_that_is_cut_is_an_error_behind_what_came() {
    let table = [
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc").then_close(),
        Reply::raw("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc").then_reset(),
        Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n")
            .then_close(),
        Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nabc").then_close(),
        Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")
            .then_close(),
        Reply::raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\nx\r\n"),
        // Without a length, the end of a connection is that of the body, but a reset is none.
        Reply::raw("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nabc").then_reset(),
    ];
    for (number, reply) in table.into_iter().enumerate() {
        let server = Server::always(reply).await;
        let client = client(&server);
        let error = download(&client).send().await.unwrap().into_inner().bytes(99).await.fails();
        assert!(is_cut(&error), "{number}: {error:?}");
        let mut file = download(&client).send().await.unwrap().into_inner();
        let mut seen = Vec::new();
        let error = loop {
            match file.chunk().await.seen() {
                Ok(chunk) => seen.extend(chunk.expect("an end")),
                Err(error) => break error,
            }
        };
        // A reset may overtake the bytes before it.
        assert!(is_cut(&error) && b"abc".starts_with(&seen), "{number}: {error:?}");
        assert!(shown(&error).contains("files.get (GET http://127.0.0.1"), "{error}");
    }
}

#[tokio::test]
async fn a_reader_that_is_slow_holds_the_server_up() {
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let (client, server) = connected(async move |mut stream| {
        head(&mut stream).await;
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {SIZE}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let piece = vec![b'x'; 64 * 1024];
        while count.load(Ordering::SeqCst) < SIZE {
            stream.write_all(&piece).await.unwrap();
            count.fetch_add(piece.len(), Ordering::SeqCst);
        }
    })
    .await;
    let mut file = download(&client).send().await.unwrap().into_inner();
    assert_eq!(file.size(), Some(SIZE as u64));
    let held_up = until_still(&written).await;
    assert!(held_up < SOCKETS, "{held_up} bytes were taken that nobody has read");

    let mut read = 0;
    while let Some(chunk) = file.chunk().await.unwrap() {
        // No piece is more than what the HTTP client reads at once.
        assert!(chunk.len() <= 1024 * 1024);
        read += chunk.len();
    }
    assert_eq!((read, written.load(Ordering::SeqCst)), (SIZE, SIZE));
    server.await.unwrap();
}

/// What a counter comes to that does not move any more.
async fn until_still(count: &AtomicUsize) -> usize {
    let mut before = 0;
    loop {
        tokio::time::sleep(STILL).await;
        let now = count.load(Ordering::SeqCst);
        if now > 0 && now == before {
            return now;
        }
        before = now;
    }
}

#[tokio::test]
async fn a_server_that_is_slow_holds_the_source_of_an_upload_up() {
    for is_sized in [true, false] {
        let (source, taken) = Pieces::many();
        let (go, gone) = tokio::sync::oneshot::channel::<()>();
        let (client, server) = connected(async move |mut stream| {
            let mut read = head(&mut stream).await.len();
            gone.await.unwrap();
            let mut end = [0; 5];
            let mut piece = vec![0; 256 * 1024];
            // Chunks have sizes around them, and one of no bytes at the end.
            while if is_sized { read < SIZE } else { &end != b"0\r\n\r\n" } {
                let more = stream.read(&mut piece).await.unwrap();
                assert!(more > 0, "the connection ended");
                read += more;
                let last = [&end[..], &piece[..more]].concat();
                end.copy_from_slice(&last[last.len() - 5..]);
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            read
        })
        .await;
        let size = SIZE as u64;
        let body = if is_sized { Body::sized_stream(source, size) } else { Body::stream(source) };
        let call = tokio::spawn(upload(&client, body).send());
        let held_up = until_still(&taken).await;
        assert!(held_up < SOCKETS, "{held_up} bytes were taken that nobody has read");
        go.send(()).unwrap();
        call.await.unwrap().unwrap();
        assert_eq!(taken.load(Ordering::SeqCst), SIZE);
        assert!(server.await.unwrap() >= SIZE);
    }
}

pub(crate) fn assert_source_failed(error: &Error) {
    let Error::Transport(failure) = error else { panic!("{error:?}") };
    assert_eq!(failure.kind(), &TransportErrorKind::Body);
    let source = std::error::Error::source(error).unwrap();
    assert_eq!(source.to_string(), "the disk is gone");
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn an_upload_whose_source_fails_is_an_error_and_no_whole_request() {
    for is_sized in [true, false] {
        let (client, server) = connected(async move |mut stream| {
            let mut bytes = Vec::new();
            // A connection that is reset ends as well.
            let _ = stream.read_to_end(&mut bytes).await;
            bytes
        })
        .await;
        let source = Pieces::failing();
        let body = if is_sized { Body::sized_stream(source, 9) } else { Body::stream(source) };
        // A stream is sent once, whatever the policy is.
        let request = upload(&client, body);
        assert_source_failed(&request.send().await.fails());
        let text = String::from_utf8(server.await.unwrap()).unwrap();
        let text = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        assert!(matches!(text, "" | "some" | "4\r\nsome\r\n"), "{text:?}");
    }
}

/// A part of a form is a stream like any other.
#[tokio::test]
async fn a_part_whose_source_fails_is_an_error_with_its_source() {
    use oasmith_templates::runtime::{Multipart, Part};
    let server = Server::always(Reply::new(204, &[], "")).await;
    let parts = Multipart::new().part("file", Part::new(Body::stream(Pieces::failing())));
    let request = Request::<Multipart, ()>::new(&client(&server), Verb::Post, "/f");
    let error =
        request.multipart("multipart/form-data", parts).without_content().send().await.fails();
    assert!(shown(&error).contains("the disk is gone"), "{error:?}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_is_dropped_ends_its_connection() {
    let endless = async |mut stream: TcpStream| {
        head(&mut stream).await;
        let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";
        stream.write_all(head).await.unwrap();
        while stream.write_all(b"data: {}\n\n").await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    let minute = Duration::from_secs(60);
    let get = |client: &Client| Request::<NoBody, ()>::new(client, Verb::Get, "/events");

    let (client, server) = connected(endless).await;
    let mut file = download(&client).send().await.unwrap().into_inner();
    file.chunk().await.unwrap().unwrap();
    drop(file);
    timeout(minute, server).await.unwrap().unwrap();

    let (client, server) = connected(endless).await;
    let mut events = get(&client).reads_text_events().send().await.unwrap().into_inner();
    events.next().await.unwrap().unwrap();
    drop(events);
    timeout(minute, server).await.unwrap().unwrap();

    let (client, server) = connected(endless).await;
    let lines = get(&client).reads_json_lines::<Value>().send().await.unwrap().into_inner();
    drop(lines);
    timeout(minute, server).await.unwrap().unwrap();

    // An upload that is given up: its source is dropped, and the server sees no end of it.
    let (source, _) = Pieces::many();
    let (client, server) = connected(async |mut stream| {
        head(&mut stream).await;
        let mut piece = vec![0; 64 * 1024];
        let mut end = Vec::new();
        while let Ok(more @ 1..) = stream.read(&mut piece).await {
            end.extend_from_slice(&piece[..more]);
            end.drain(..end.len().saturating_sub(7));
            tokio::task::yield_now().await;
        }
        end
    })
    .await;
    let call = upload(&client, Body::stream(source)).send();
    timeout(Duration::from_millis(20), call).await.fails();
    let end = timeout(minute, server).await.unwrap().unwrap();
    assert_ne!(end, b"\r\n0\r\n\r\n");
}

#[tokio::test]
async fn lines_end_with_the_answer_and_are_cut_with_the_connection() {
    let read = async |reply: Reply, limit: usize| {
        let server = Server::always(reply).await;
        let client = builder(&server).anonymous().response_limit(limit).build().unwrap();
        let request = Request::<NoBody, ()>::new(&client, Verb::Get, "/rows");
        let mut lines = request.reads_json_lines::<Value>().send().await.unwrap().into_inner();
        let mut values = Vec::new();
        let end = loop {
            match lines.next().await.seen() {
                Ok(Some(value)) => values.push(value),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        assert!(lines.next().await.unwrap().is_none(), "nothing comes behind the end");
        (values, end)
    };
    let (values, end) = read(Reply::new(200, &[], "1\n\"xx\"\r\n3"), 99).await;
    assert!(values == [Value::from(1), Value::from("xx"), Value::from(3)] && end.is_none());
    let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    // What stands before the cut is whole JSON, and is no value all the same.
    let cut = Reply::raw(format!("{head}4\r\n1\n23\r\n")).then_close();
    let (values, end) = read(cut, 99).await;
    assert!(values == [Value::from(1)] && is_cut(&end.unwrap()));
    // Ten bytes fit; eleven do not, in a line that has an end or not.
    for (line, fits) in [("1234567890", true), ("12345678901", false)] {
        for end in ["", "\n", "\n1\n"] {
            let (values, error) = read(Reply::new(200, &[], format!("1\n{line}{end}")), 10).await;
            assert_eq!(error.is_none(), fits, "{line:?} {end:?}");
            assert!(fits || values == [Value::from(1)], "{values:?}");
            assert!(error.is_none_or(|error| shown(&error).contains("the bound of 10 bytes")));
        }
    }
}
