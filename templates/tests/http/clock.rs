//! A token endpoint whose clock is another than ours, and assertions that it refuses for that.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{Timestamp, fmt::rfc2822};
use oasmith_templates::runtime::{
    AuthErrorKind, Client, ClientAuthentication, ClientCredentials, Error, PrivateKeyJwt,
};
use serde_json::Value;

use crate::setup::{builder, get, secret_post, shown, skip, token};
use crate::support::{Fails as _, Recorded, Reply, Server};

fn now() -> i64 {
    Timestamp::now().as_second()
}

fn is_token(request: &Recorded) -> bool {
    request.target() == "/auth/v1/token"
}

/// When an assertion says that it was made.
fn issued(request: &Recorded) -> i64 {
    let assertion = request.field("client_assertion").unwrap();
    let claims = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["iat"].as_i64().unwrap()
}

/// The offsets that the assertions had so far, to 2 seconds.
fn offsets(server: &Server) -> Vec<i64> {
    let requests = server.requests();
    let times = requests.iter().filter(|request| is_token(request)).map(issued);
    times.map(|time| (time - now() + 2).div_euclid(4) * 4).collect()
}

fn refusal(status: u16, error: &str, date: &str) -> Reply {
    let body = format!(r#"{{"error":"{error}","error_description":"no"}}"#);
    Reply::new(status, &["content-type: application/json", &format!("date: {date}")], body)
}

fn date_after(seconds: i64) -> String {
    let time = Timestamp::from_second(now() + seconds).unwrap();
    rfc2822::DateTimePrinter::new().timestamp_to_rfc9110_string(&time).unwrap()
}

/// A server that is so many seconds ahead, and takes an assertion that is no more than 10 off.
async fn ahead(offset: Arc<AtomicI64>, status: u16, error: &'static str) -> Server {
    Server::start(move |_, request| {
        if !is_token(request) {
            return Reply::json(200, "{}");
        }
        let offset = offset.load(SeqCst);
        if (issued(request) - now() - offset).abs() <= 10 {
            return token("t", 100);
        }
        refusal(status, error, &date_after(offset))
    })
    .await
}

fn client(server: &Server) -> Client {
    let key = ClientAuthentication::PrivateKeyJwt(PrivateKeyJwt::from_seed(&[7; 32]));
    builder(server).auth(ClientCredentials::new("c", key)).build().unwrap()
}

#[tokio::test]
async fn the_servers_clock_is_learnt_once_and_kept() {
    for (status, error) in [(400, "invalid_grant"), (401, "invalid_client")] {
        for seconds in [3600, -7200, 20 * 365 * 86_400] {
            let offset = Arc::new(AtomicI64::new(seconds));
            let server = ahead(Arc::clone(&offset), status, error).await;
            let client = client(&server);
            get(&client).send().await.unwrap();
            skip(std::time::Duration::from_secs(100)).await;
            get(&client).send().await.unwrap();
            assert_eq!(offsets(&server), [0, seconds, seconds], "the second token needs no detour");

            // This machine's clock is set right.
            offset.store(0, SeqCst);
            skip(std::time::Duration::from_secs(100)).await;
            get(&client).send().await.unwrap();
            assert_eq!(offsets(&server)[3..], [seconds, 0]);
        }
    }
}

#[tokio::test]
async fn what_a_clock_does_not_mend_is_told_and_not_kept() {
    for (seconds, expected) in [
        (3600, "; the clock of this machine is 3600 s behind the server's"),
        (-3600, "; the clock of this machine is 3600 s ahead of the server's"),
    ] {
        let server =
            Server::start(move |_, _| refusal(401, "invalid_client", &date_after(seconds))).await;
        let client = client(&server);
        for requests in [2, 4] {
            let error = get(&client).send().await.fails();
            let Error::Auth(auth) = &error else { panic!("{error:?}") };
            let AuthErrorKind::Refused { clock_offset: Some(offset), .. } = auth.kind() else {
                panic!("{error:?}")
            };
            assert!((offset.as_secs() - seconds).abs() <= 2, "{offset}");
            let text = error.to_string();
            // The seconds may differ by one.
            let (start, end) = expected.split_once("3600").unwrap();
            assert!(text.contains(start) && text.contains(end), "{text}");
            assert!(
                text.contains("invalid_client: no") && text.ends_with("(2 attempts)"),
                "{text}"
            );
            assert!(!shown(&error).contains("eyJhbGci"));
            assert_eq!(server.requests().len(), requests);
            skip(std::time::Duration::from_secs(30)).await;
        }
        assert_eq!(offsets(&server), [0, seconds, 0, seconds]);
    }
}

#[tokio::test]
async fn a_date_that_says_nothing_is_not_believed() {
    let table = [
        (401, "invalid_client", date_after(0)),
        (401, "invalid_client", date_after(3)),
        (401, "invalid_client", "Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
        (401, "invalid_client", "Tue, 31 Dec 2019 23:59:59 GMT".to_owned()),
        (401, "invalid_client", "Fri, 01 Jan 2100 00:00:00 GMT".to_owned()),
        (401, "invalid_client", "yesterday".to_owned()),
        (401, "invalid_client", String::new()),
        (400, "invalid_scope", date_after(3600)),
        (403, "invalid_client", date_after(3600)),
        (500, "invalid_client", date_after(3600)),
    ];
    for (status, error, date) in table {
        let answer = refusal(status, error, &date);
        let server = Server::always(answer).await;
        let text = get(&client(&server)).send().await.fails().to_string();
        assert!(!text.contains("clock"), "{text}");
        server.only_request();
    }
    // Without an assertion, a clock is no reason.
    let server = Server::always(refusal(401, "invalid_client", &date_after(3600))).await;
    let client = builder(&server).auth(secret_post()).build().unwrap();
    let text = get(&client).send().await.fails().to_string();
    assert!(!text.contains("clock"), "{text}");
    server.only_request();
}

#[tokio::test]
async fn a_call_that_is_dropped_leaves_the_clock_as_it_was() {
    let server = Server::start(|number, request| match number {
        0 => refusal(401, "invalid_client", &date_after(3600)),
        1 => token("late", 100).after(std::time::Duration::from_secs(60)),
        _ if is_token(request) => token("t", 100),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let client = client(&server);
    let limit = std::time::Duration::from_millis(300);
    tokio::time::timeout(limit, get(&client).send()).await.fails();
    get(&client).send().await.unwrap();
    assert_eq!(offsets(&server), [0, 3600, 0]);
}
