//! Credentials from the environment of a process. It is set for a child only, because all tests
//! share that of this process.

use std::env;
use std::process::{Command, Stdio};

use conductorone::{Client, Credentials};

use crate::setup::get_user_owner;
use crate::support::{Fails as _, Reply, Server};
use crate::token_endpoint::{ACCOUNT, TokenEndpoint};

/// Starts a line of the child's output, which also holds that of the test harness.
const MARK: &str = "child: ";

/// Set for the child only.
const CHILD: &str = "CONDUCTORONE_TEST_CHILD";

/// What the child says that has this environment and no other.
async fn child(variables: Vec<(&'static str, String)>) -> String {
    let output = tokio::task::spawn_blocking(move || {
        Command::new(env::current_exe().unwrap())
            .args(["environment::the_child", "--exact", "--nocapture"])
            .env_clear()
            .envs(variables)
            .env(CHILD, "yes")
            .stdin(Stdio::null())
            .output()
            .unwrap()
    });
    let text = String::from_utf8(output.await.unwrap().stdout).unwrap();
    let (_, said) = text.split_once(MARK).unwrap_or_else(|| panic!("{text}"));
    said.lines().next().unwrap().to_owned()
}

/// The process that the other tests start; without their word it does nothing.
#[tokio::test]
async fn the_child() {
    if env::var_os(CHILD).is_none() {
        return;
    }
    let client =
        Credentials::from_env().and_then(|credentials| Client::builder().auth(credentials).build());
    match client.seen() {
        Ok(client) => println!("{MARK}{:?}", get_user_owner(&client).send().await),
        Err(error) => println!("{MARK}{error}"),
    }
}

#[tokio::test]
async fn a_process_signs_in_with_its_environment() {
    let endpoint = TokenEndpoint::new(&ACCOUNT, 600);
    let server = Server::start(move |_, request| match request.target() {
        "/auth/v1/token" => endpoint.answer(request),
        _ => Reply::json(200, r#"{"connectorOwnerUser":{"roleSlug":"owner"}}"#),
    })
    .await;
    let said = child(vec![
        ("CONDUCTORONE_CLIENT_ID", ACCOUNT.id.to_owned()),
        ("CONDUCTORONE_CLIENT_SECRET", ACCOUNT.secret()),
        ("CONDUCTORONE_SERVER_URL", server.url()),
    ])
    .await;
    assert!(said.starts_with("Ok(Response { status: 200"), "{said}");
    assert!(said.contains(r#"role_slug: Some("owner")"#), "{said}");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_process_without_an_environment_has_no_credentials() {
    let said = child(Vec::new()).await;
    assert!(said.starts_with("no credentials in the environment: set "), "{said}");
}
