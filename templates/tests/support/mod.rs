//! A small HTTP server on loopback that records what it is sent, byte for byte, and answers what a
//! test says.
//!
//! It speaks plain HTTP/1.1 over a raw socket, so that nothing between the client and the record
//! tidies anything up. It ends with the value that holds it.

pub(crate) mod scan;

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub(crate) use scan::Fails;

/// More than any test sends.
const REQUEST_LIMIT: usize = 1024 * 1024;

/// A server for one test.
pub(crate) struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Recorded>>>,
    task: JoinHandle<()>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub(crate) struct Recorded {
    /// Such as `GET /path?query HTTP/1.1`.
    pub(crate) line: String,
    /// Names in lower case, in the order of arrival.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// What the server does with a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reply {
    bytes: Vec<u8>,
    wait: Duration,
    end: End,
}

/// What becomes of the connection after an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum End {
    #[default]
    Open,
    Closed,
    Reset,
}

type Handler = Arc<dyn Fn(usize, &Recorded) -> Reply + Send + Sync>;

impl Server {
    /// Answers each request by `handler`, which also gets the number of the request, from 0.
    pub(crate) async fn start(
        handler: impl Fn(usize, &Recorded) -> Reply + Send + Sync + 'static,
    ) -> Self {
        scan::listen();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (handler, record): (Handler, _) = (Arc::new(handler), Arc::clone(&requests));
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&record), Arc::clone(&handler)));
            }
        });
        Self { address, requests, task }
    }

    /// The same answer to everything.
    pub(crate) async fn always(reply: Reply) -> Self {
        Self::start(move |_, _| reply.clone()).await
    }

    /// These answers one after the other, and the last one to all that comes after it.
    pub(crate) async fn sequence(replies: impl Into<Vec<Reply>>) -> Self {
        let replies = replies.into();
        Self::start(move |number, _| replies[number.min(replies.len() - 1)].clone()).await
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request that there was.
    pub(crate) fn only_request(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "requests: {requests:#?}");
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Recorded {
    /// The path and query of the request line.
    pub(crate) fn target(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }

    /// The value of a header, which must not be there twice.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(known, _)| known == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} twice: {self:?}");
        value
    }

    /// The body as form fields.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        assert_eq!(self.header("content-type"), Some("application/x-www-form-urlencoded"));
        url::form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The value of one form field.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        self.form().into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }
}

impl Reply {
    /// An answer with these headers, each a whole line, and this body, whose length is announced.
    pub(crate) fn new(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut head = format!("HTTP/1.1 {status} Test\r\n");
        for line in headers {
            head.push_str(line);
            head.push_str("\r\n");
        }
        if !matches!(status, 204 | 304) {
            write!(head, "content-length: {}\r\n", body.len()).unwrap();
        }
        head.push_str("\r\n");
        Self::raw([head.as_bytes(), body].concat())
    }

    pub(crate) fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, &["content-type: application/json"], body)
    }

    pub(crate) fn redirect(status: u16, location: &str) -> Self {
        Self::new(status, &[&format!("location: {location}")], "")
    }

    /// These bytes, whatever they are.
    pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: bytes.into(), ..Self::default() }
    }

    /// Waits before it answers.
    pub(crate) fn after(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Ends the connection after the answer.
    pub(crate) fn then_close(mut self) -> Self {
        self.end = End::Closed;
        self
    }

    /// Resets the connection after the answer (TCP's RST).
    pub(crate) fn then_reset(mut self) -> Self {
        self.end = End::Reset;
        self
    }
}

async fn serve(mut stream: TcpStream, requests: Arc<Mutex<Vec<Recorded>>>, handler: Handler) {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await {
        scan::learn_from(&request);
        let reply = {
            let mut requests = requests.lock().unwrap();
            requests.push(request.clone());
            handler(requests.len() - 1, &request)
        };
        tokio::time::sleep(reply.wait).await;
        let is_written = stream.write_all(&reply.bytes).await.is_ok();
        if reply.end == End::Reset {
            stream.set_zero_linger().unwrap();
        }
        if !is_written || reply.end != End::Open {
            return;
        }
    }
}

/// Reads one request; what follows it stays in the buffer.
async fn read(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Recorded> {
    let head_end = loop {
        if let Some(position) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break position;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8(buffer[..head_end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let line = lines.next()?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let body_start = head_end + 4;
    if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") {
        let body = chunks(stream, buffer, body_start).await?;
        return Some(Recorded { line, headers, body });
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
    while buffer.len() < body_start + length {
        more(stream, buffer).await?;
    }
    let rest = buffer.split_off(body_start + length);
    let body = std::mem::replace(buffer, rest).split_off(body_start);
    Some(Recorded { line, headers, body })
}

/// A body in chunks (RFC 9112, section 7.1); what follows it stays in the buffer.
async fn chunks(stream: &mut TcpStream, buffer: &mut Vec<u8>, start: usize) -> Option<Vec<u8>> {
    buffer.drain(..start);
    let mut body = Vec::new();
    loop {
        let line_end = loop {
            match buffer.windows(2).position(|window| window == b"\r\n") {
                Some(position) => break position,
                None => more(stream, buffer).await?,
            }
        };
        let size = usize::from_str_radix(std::str::from_utf8(&buffer[..line_end]).unwrap(), 16);
        let (from, size) = (line_end + 2, size.unwrap());
        while buffer.len() < from + size + 2 {
            more(stream, buffer).await?;
        }
        body.extend_from_slice(&buffer[from..from + size]);
        buffer.drain(..from + size + 2);
        if size == 0 {
            return Some(body);
        }
    }
}

async fn more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<()> {
    assert!(buffer.len() < REQUEST_LIMIT, "a request beyond the bound of the test server");
    match stream.read_buf(buffer).await {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(()),
    }
}
