//! The same call through the runtime and by hand, and the server that answers both.

use std::net::SocketAddr;
use std::thread;
use std::time::Duration;

use http::header::ACCEPT;
use oasmith_templates::runtime::{Api, Client, ClientBuilder, Credentials, NoBody, Request, Value};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;

/// The bytes of a small answer, so that what is around it counts.
const ANSWER: &str = r#"{"id":"2Bf5","displayName":"An app","grantCount":"12"}"#;

static API: Api = Api {
    title: "Bench",
    user_agent: "bench",
    server: None,
    variables: &[],
    token_url: None,
    keys: &[],
    security: &[],
};

/// What both calls need.
pub(crate) struct Both {
    client: Client,
    http: reqwest::Client,
    server: String,
}

impl Both {
    /// Starts the server, which ends with the process.
    pub(crate) fn start() -> Self {
        let server = format!("http://{}", serve());
        let builder = ClientBuilder::new(&API).base_url(&server);
        let client = builder.auth(Credentials::bearer("a-token")).build().expect("a client");
        Self { client, http: http(), server }
    }

    /// The bodies of generated methods are expressions like this one.
    pub(crate) async fn generated(&self, app_id: &str, page_size: u32) -> Value {
        Request::<NoBody, Value>::get(&self.client, "/api/v1/apps/{app_id}/entitlements")
            .operation("c1.api.app.v1.AppEntitlements.List")
            .path("app_id", app_id)
            .query("page_size", page_size)
            .send()
            .await
            .expect("an answer")
            .into_inner()
    }

    /// A careful hand would write about this.
    pub(crate) async fn by_hand(&self, app_id: &str, page_size: u32) -> Value {
        let (server, app_id) = (&self.server, utf8_percent_encode(app_id, NON_ALPHANUMERIC));
        let url = format!("{server}/api/v1/apps/{app_id}/entitlements?page_size={page_size}");
        let request = self.http.get(url).header(ACCEPT, "application/json").bearer_auth("a-token");
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let body = answer.expect("an answer").bytes().await.expect("its body");
        serde_json::from_slice(&body).expect("JSON")
    }
}

/// The client of a careful hand: with limits, without redirects that take a token elsewhere, and without
/// a proxy to this machine.
fn http() -> reqwest::Client {
    let builder = reqwest::Client::builder()
        .user_agent("bench")
        .timeout(Duration::from_secs(60))
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy();
    builder.build().expect("a client")
}

/// A server that answers every request with the same. One thread has the connections of both calls: with a
/// thread for each, one may be on the client's core and the other on another core, which costs more to wake.
fn serve() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address");
    listener.set_nonblocking(true).expect("a listener that does not block");
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_io().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("a listener");
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream));
            }
        });
    });
    address
}

async fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{ANSWER}",
        ANSWER.len()
    );
    let (mut buffer, mut held) = ([0; 4096], 0);
    loop {
        match stream.read(&mut buffer[held..]).await? {
            0 => return Ok(()),
            more => held += more,
        }
        if buffer[..held].ends_with(b"\r\n\r\n") {
            stream.write_all(answer.as_bytes()).await?;
            held = 0;
        }
    }
}
