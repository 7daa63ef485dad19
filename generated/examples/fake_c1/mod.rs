//! A small C1 on this machine, for the examples: sign-in, and the operations that they call.
//!
//! It verifies who signs in as C1 does, keeps nothing, and serves on a free port of 127.0.0.1 until
//! the program ends. What it answers follows from the request alone, but for two users: `busy` is
//! refused once with `429` and `Retry-After`, and `newcomer` is an owner from the third look on.

mod account;
mod answers;

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use account::Account;
use answers::Answers;

/// More than any example sends, in bytes.
const REQUEST_LIMIT: u64 = 64 * 1024;

/// Where the server is, and how one signs in.
pub struct FakeC1 {
    pub url: String,
    pub client_id: String,
    pub client_secret: String,
}

/// A request as far as the server reads it.
struct Request {
    method: String,
    path: String,
    authorization: String,
    body: Vec<u8>,
}

/// What the server says: a status line's end, further header lines, and a JSON value.
struct Answer(&'static str, &'static str, Value);

/// Starts a server with one account.
pub fn start() -> io::Result<FakeC1> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let account = Account::new()?;
    let fake =
        FakeC1 { url, client_id: account.id().to_owned(), client_secret: account.secret() };
    thread::spawn(move || {
        let (mut account, mut answers) = (account, Answers::default());
        for stream in listener.incoming() {
            // A client that went away is no reason to stop.
            let _ = stream.and_then(|stream| serve(stream, &mut account, &mut answers));
        }
    });
    Ok(fake)
}

/// Answers the one request of a connection.
fn serve(mut stream: TcpStream, account: &mut Account, answers: &mut Answers) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let request = read(BufReader::new(stream.try_clone()?.take(REQUEST_LIMIT)))?;
    let Answer(status, headers, body) = match (&*request.method, &*request.path) {
        ("POST", "/auth/v1/token") => account.token(&request.body),
        _ if !account.knows(&request.authorization) => answers::not_signed_in(),
        _ => answers.answer(&request),
    };
    let body = body.to_string();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nx-request-id: fake-42\r\n{headers}\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len(),
    )
}

fn read(mut stream: impl BufRead) -> io::Result<Request> {
    let (mut line, mut authorization, mut length) = (String::new(), String::new(), 0);
    stream.read_line(&mut line)?;
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    loop {
        line.clear();
        stream.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => authorization = value.to_owned(),
            "content-length" => length = value.parse().unwrap_or_default(),
            _ => {}
        }
    }
    let mut body = Vec::new();
    stream.take(length).read_to_end(&mut body)?;
    Ok(Request { method, path, authorization, body })
}
