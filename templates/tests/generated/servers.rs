//! Which server a request goes to.

use crate::client;
use crate::runtime::{Client, ClientBuilder, Error};
use crate::server::{Region, Server as Choice};
use crate::support::{Fails as _, Recorded, Reply, Server};

fn built(builder: ClientBuilder) -> String {
    builder.anonymous().build().unwrap().server().to_owned()
}

fn refused(builder: ClientBuilder) -> String {
    let Err(Error::Build(error)) = builder.anonymous().build().seen() else { panic!("no error") };
    error.to_string()
}

#[test]
fn a_server_of_the_document_is_chosen() {
    assert_eq!(built(Client::builder()), "https://wire.test");
    assert_eq!(built(Client::builder().server(Choice::default())), "https://wire.test");
    assert_eq!(built(Client::builder().server(Choice::Sandbox)), "https://sandbox.wire.test");
    let local = Client::builder().server(Choice::Local).port("8080");
    assert_eq!(built(local), "http://localhost:8080");
    // What the caller says is what counts.
    let given = Client::builder().base_url("https://example.com/a").server(Choice::Sandbox);
    assert_eq!(built(given), "https://example.com/a");
}

#[test]
fn a_variable_has_a_value_of_its_list_and_a_default() {
    let region = || Client::builder().server(Choice::Region);
    assert_eq!(built(region()), "https://eu.wire.test/v1");
    assert_eq!(built(region().region(Region::UsEast)), "https://us-east.wire.test/v1");
    assert_eq!(built(region().version("v 2")), "https://eu.wire.test/v%202");
    // Not even a value that the list does not have can lead elsewhere.
    assert!(refused(region().server_variable("region", "evil.test/")).contains("`region`"));
    assert!(refused(Client::builder().server(Choice::Local)).contains("`port`"));
    // Each server has variables of its own.
    assert!(refused(Client::builder().region(Region::Eu)).contains("no variable `region`"));
}

#[tokio::test]
async fn an_operation_is_sent_to_its_own_server() {
    let server = Server::always(Reply::new(204, &[], "")).await;
    let port = server.url().rsplit_once(':').unwrap().1.trim_end_matches('/').to_owned();
    // The document's server is never asked.
    let client = Client::builder().own_port(port).anonymous().build().unwrap();
    client.servers().own().send().await.unwrap();
    assert_eq!(server.only_request().target(), "/v2/own");

    let client = Client::builder().anonymous().build().unwrap();
    let error = client.servers().own().send().await.fails();
    assert!(error.to_string().contains("`own_port`"), "{error}");
}

#[tokio::test]
async fn a_base_url_comes_before_the_operations_server() {
    let server = Server::always(Reply::new(204, &[], "")).await;
    client(&server).servers().own().send().await.unwrap();
    assert_eq!(server.only_request().target(), "/own");
}

#[tokio::test]
async fn a_relative_server_is_resolved_against_the_base_url() {
    let server = Server::always(Reply::new(204, &[], "")).await;
    let base = format!("{}/api/v1", server.url().trim_end_matches('/'));
    let client = Client::builder().base_url(base).anonymous().build().unwrap();
    client.servers().relative().send().await.unwrap();
    client.servers().usual().send().await.unwrap();
    let requests = server.requests();
    let targets: Vec<&str> = requests.iter().map(Recorded::target).collect();
    assert_eq!(targets, ["/other/v3/own", "/api/v1/own"]);
}
