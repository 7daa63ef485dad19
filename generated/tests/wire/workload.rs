//! Signing in with another issuer's tokens.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use conductorone::runtime::{AuthErrorKind, SubjectToken};
use conductorone::{Client, Credentials, Error};

use crate::setup::{builder, get_user_owner, shown};
use crate::support::{Fails as _, Reply, Server};

const ID: &str = "build-runner-00042@acme.conductor.one/wfe";

/// A file that goes with the value.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        let name = format!("conductorone-{name}-{}", std::process::id());
        Self(std::env::temp_dir().join(name))
    }

    fn write(&self, text: &str) {
        std::fs::write(&self.0, text).unwrap();
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Exchanges `subject-N` for `access-N`, which serves one call.
async fn server() -> Server {
    Server::start(|_, request| match request.target() {
        "/auth/v1/token" => {
            let subject = request.field("subject_token").unwrap();
            let Some(number) = subject.strip_prefix("subject-") else {
                let body = r#"{"error":"invalid_grant","error_description":"untrusted issuer"}"#;
                return Reply::json(400, body);
            };
            let body = format!(
                r#"{{"access_token":"access-{number}","token_type":"bearer","expires_in":0}}"#
            );
            Reply::json(200, body)
        }
        _ => Reply::json(200, "{}"),
    })
    .await
}

fn client(server: &Server, subject_token: SubjectToken) -> Client {
    let credentials = Credentials::from_workload(ID, subject_token).unwrap();
    builder(server).auth(credentials).build().unwrap()
}

#[tokio::test]
async fn a_file_that_changes_is_read_for_each_exchange() {
    let file = File::new("changing");
    let server = server().await;
    let client = client(&server, SubjectToken::file(&file.0));
    for number in 1..=2 {
        file.write(&format!("subject-{number}\n"));
        get_user_owner(&client).send().await.unwrap();
    }
    let requests = server.requests();
    let calls: Vec<_> =
        requests.iter().filter_map(|request| request.header("authorization")).collect();
    assert_eq!(calls, ["Bearer access-1", "Bearer access-2"]);
    let mut form = requests[0].form();
    form.sort();
    let expected = [
        ("client_id", ID),
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
        ("subject_token", "subject-1"),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
    ];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert_eq!(requests[0].header("authorization"), None);
}

#[tokio::test]
async fn a_function_is_called_for_each_exchange() {
    let server = server().await;
    let calls = AtomicUsize::new(6);
    let provider = SubjectToken::function(move || {
        let number = calls.fetch_add(1, Ordering::SeqCst);
        async move { Ok(format!("subject-{number}").into()) }
    });
    let client = client(&server, provider);
    for number in 6..8 {
        get_user_owner(&client).send().await.unwrap();
        let expected = format!("Bearer access-{number}");
        assert_eq!(server.requests().pop().unwrap().header("authorization"), Some(&*expected));
    }
}

#[tokio::test]
async fn a_provider_without_a_token_is_an_error_of_its_own() {
    let file = File::new("missing");
    let server = server().await;
    // Each client is asked once: after a failure, the next calls get the same error for a while.
    let client = || client(&server, SubjectToken::file(&file.0));
    let failure = async |expected: &str| {
        let error = get_user_owner(&client()).send().await.fails();
        let Error::Auth(auth) = &error else { panic!("{error:?}") };
        assert!(matches!(auth.kind(), AuthErrorKind::SubjectToken { .. }), "{error:?}");
        assert_eq!(error.to_string(), format!("no subject token for the exchange: {expected}"));
        assert!(!shown(&error).contains("hush"), "{}", shown(&error));
    };
    failure("the file could not be read").await;
    file.write(" \n");
    failure("it is empty, or not one word").await;
    file.write("hush hush");
    failure("it is empty, or not one word").await;
    file.write(&"x".repeat(65 * 1024));
    failure("the file is larger than 64 KiB").await;
    assert!(server.requests().is_empty());
    // Nothing of this lasts.
    file.write("subject-3");
    get_user_owner(&client()).send().await.unwrap();
}

#[tokio::test]
async fn a_refused_exchange_shows_the_oauth_error_pair() {
    let server = server().await;
    let provider = SubjectToken::function(|| async { Ok("hush-token".into()) });
    let error = get_user_owner(&client(&server, provider)).send().await.fails();
    let expected = "the token endpoint answered 400 Bad Request: invalid_grant: untrusted issuer";
    assert_eq!(error.to_string(), expected);
    assert!(!shown(&error).contains("hush"), "{}", shown(&error));
}

#[test]
fn the_client_id_must_be_one_for_this_use() {
    let id = "clever-otter-12345@acme.conductor.one/pcc";
    let error = Credentials::from_workload(id, SubjectToken::file("x")).fails();
    assert!(matches!(error, Error::Build(_)) && error.to_string().contains("`/wfe`"), "{error}");
}
