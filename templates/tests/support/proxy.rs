//! A proxy on loopback that does to a request what networks and servers do.
//!
//! It takes one request a connection, hands it to the server behind it, and brings the answer. It ends
//! with the value that holds it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

/// More than any test sends.
const REQUEST_LIMIT: usize = 4 * 1024 * 1024;

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// The connection is reset before the server has seen the request.
    Reset,
    /// The server answers, and the connection is reset instead.
    Lost,
    /// The server answers, and nobody hears of it.
    Stall,
    /// The connection is closed in the middle of the answer's body.
    Cut,
    /// Instead of the server, which sees nothing, the proxy answers with this status and the seconds of
    /// `Retry-After`.
    Refused(u16, u32),
    /// The server sees the request and fails after it has done what it should.
    Failed,
    /// The request arrives twice.
    Twice,
    /// The answer comes after a while.
    Late,
}

/// How late an answer is.
const LATE: Duration = Duration::from_millis(50);

pub(crate) struct Proxy {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Stands before a server, and asks which fault each request has, by its number from 0.
    pub(crate) async fn start(
        server: SocketAddr,
        fault: impl Fn(usize) -> Fault + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (fault, number) = (Arc::new(fault), Arc::new(AtomicUsize::new(0)));
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                while connections.try_join_next().is_some() {}
                let (fault, number) = (Arc::clone(&fault), Arc::clone(&number));
                connections.spawn(async move {
                    // A connection that was opened ahead and never used has no number.
                    let mut client = client;
                    if client.readable().await.is_ok()
                        && client.peek(&mut [0]).await.is_ok_and(|n| n > 0)
                    {
                        let fault = fault(number.fetch_add(1, Ordering::Relaxed));
                        let _ = pass(&mut client, server, fault).await;
                    }
                });
            }
        });
        Self { address, task }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(client: &mut TcpStream, server: SocketAddr, fault: Fault) -> std::io::Result<()> {
    if fault == Fault::Reset {
        return client.set_zero_linger();
    }
    let request = read(client).await?;
    if let Fault::Refused(status, seconds) = fault {
        let answer = format!(
            "HTTP/1.1 {status} Refused\r\nretry-after: {seconds}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
        return client.write_all(answer.as_bytes()).await;
    }
    if fault == Fault::Twice {
        ask(server, &request).await?;
    }
    let answer = ask(server, &request).await?;
    match fault {
        Fault::Lost => client.set_zero_linger(),
        Fault::Stall => {
            // Until the client has enough of it.
            let mut rest = [0; 64];
            while client.read(&mut rest).await? > 0 {}
            Ok(())
        }
        Fault::Cut => {
            let head = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
            client.write_all(&answer[..head + (answer.len() - head) / 2]).await
        }
        Fault::Failed => {
            let failed = "HTTP/1.1 500 Failed\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            client.write_all(failed.as_bytes()).await
        }
        Fault::Late => {
            sleep(LATE).await;
            client.write_all(&answer).await
        }
        Fault::None | Fault::Twice | Fault::Reset | Fault::Refused(..) => {
            client.write_all(&answer).await
        }
    }
}

/// The server's whole answer, which says that the connection ends with it.
async fn ask(server: SocketAddr, request: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(request).await?;
    let answer = read(&mut stream).await?;
    let line = answer.windows(2).position(|two| two == b"\r\n").unwrap() + 2;
    Ok([&answer[..line], b"connection: close\r\n", &answer[line..]].concat())
}

/// A whole message, by `Content-Length` or in chunks.
pub(crate) async fn read(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        if let Some(end) = message.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&message[..end]).to_ascii_lowercase();
            let is_chunked = head.contains("transfer-encoding: chunked");
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            let is_whole = if is_chunked {
                message[end..].ends_with(b"\r\n0\r\n\r\n")
            } else {
                message.len() >= end + 4 + length
            };
            if is_whole {
                return Ok(message);
            }
        }
        assert!(message.len() < REQUEST_LIMIT, "a message beyond the bound of the proxy");
        if stream.read_buf(&mut message).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}
