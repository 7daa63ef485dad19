//! What a server sees of a request: method, path, headers and body, byte for byte.

use std::collections::BTreeMap;
use std::time::Duration;

use conductorone::api::app_entitlement_owners_v2::CreateEntitlementOwnerParams;
use conductorone::api::app_resource::CreateManuallyManagedAppResourceParams;
use conductorone::api::app_resource_owners_v2::CreateUserOwnerParams;
use conductorone::models::app::v1::{AppEntitlementRef, CreateManuallyManagedAppResourceRequest};
use conductorone::models::app::v2::{
    CreateAppEntitlementEntitlementOwnerRequest, CreateAppResourceUserOwnerRequest,
};
use conductorone::models::user::v1::UserRef;
use conductorone::{Error, RequestOptions};
use http::HeaderValue;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};

use crate::operations::{Operation, plain};
use crate::setup::{BEARER, builder, client, get_user_owner};
use crate::support::{Fails as _, Recorded, Reply, Server};

const RESOURCE: CreateManuallyManagedAppResourceParams<'static> =
    CreateManuallyManagedAppResourceParams { app_id: "app-1", app_resource_type_id: "group" };

async fn echo() -> Server {
    Server::always(Reply::json(200, "{}")).await
}

fn header_names(request: &Recorded) -> Vec<&str> {
    let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn every_operation_without_a_body() {
    for operation in Operation::ALL {
        let server = echo().await;
        operation.call(&client(&server), plain).await.unwrap();
        let request = server.only_request();
        let line = format!("{} {} HTTP/1.1", operation.method(), operation.path(plain));
        assert_eq!(request.line, line);
        assert_eq!(request.body, b"");
        let mut names = header_names(&request);
        // In a build of the whole workspace, the HTTP client has the features that expand answers.
        names.retain(|name| !["content-length", "accept-encoding"].contains(name));
        assert_eq!(names, ["accept", "authorization", "host", "user-agent"], "{operation:?}");
        assert!(matches!(request.header("content-length"), None | Some("0")), "{request:?}");
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("authorization"), Some(&*format!("Bearer {BEARER}")));
        assert_eq!(format!("http://{}", request.header("host").unwrap()), server.url());
        let user_agent = concat!("conductorone/", env!("CARGO_PKG_VERSION"));
        assert_eq!(request.header("user-agent"), Some(user_agent));
    }
}

#[tokio::test]
async fn a_path_value_arrives_as_one_segment() {
    let table = [
        ("a/b", "a%2Fb"),
        ("../x", "..%2Fx"),
        ("ä", "%C3%A4"),
        ("\u{1f9a6}", "%F0%9F%A6%A6"),
        ("%2F", "%252F"),
        ("%2e%2e", "%252e%252e"),
        ("a b", "a%20b"),
        ("a?b#c", "a%3Fb%23c"),
        ("a;b=c&d+e,f", "a%3Bb%3Dc%26d%2Be%2Cf"),
        ("user@host:1", "user%40host%3A1"),
        ("\\..\\", "%5C..%5C"),
        ("{app_id}", "%7Bapp_id%7D"),
        ("\"<>|^`", "%22%3C%3E%7C%5E%60"),
        ("\r\nHost: x\0", "%0D%0AHost%3A%20x%00"),
        ("Az09-._~", "Az09-._~"),
        ("...", "..."),
    ];
    for operation in Operation::ALL {
        let server = echo().await;
        let client = client(&server);
        for (value, encoded) in table {
            operation.call(&client, |_| value.to_owned()).await.unwrap();
            let request = server.requests().pop().unwrap();
            assert_eq!(request.target(), operation.path(|_| encoded.to_owned()), "{value}");
        }
    }
}

#[tokio::test]
async fn a_path_value_that_would_change_the_path_is_refused() {
    let server = echo().await;
    let client = client(&server);
    for operation in Operation::ALL {
        for parameter in operation.parameters() {
            for (bad, rule) in [
                ("", "must not be empty"),
                (".", "must not be `.` or `..`"),
                ("..", "must not be `.` or `..`"),
            ] {
                let value =
                    |name: &str| if name == parameter { bad.to_owned() } else { plain(name) };
                let error = operation.call(&client, value).await.fails();
                assert!(matches!(error, Error::Build(_)), "{error:?}");
                assert_eq!(error.to_string(), format!("the path parameter `{parameter}` {rule}"));
            }
        }
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    for end in ["", "/"] {
        let server = echo().await;
        let base_url = format!("{}/gateway/c1{end}", server.url());
        let client = builder(&server).base_url(base_url).anonymous().build().unwrap();
        Operation::GetUserOwner.call(&client, plain).await.unwrap();
        let path = Operation::GetUserOwner.path(plain);
        assert_eq!(server.only_request().target(), format!("/gateway/c1{path}"));
    }
}

fn body_of(server: &Server) -> String {
    let request = server.requests().pop().unwrap();
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("content-length"), Some(&*request.body.len().to_string()));
    String::from_utf8(request.body).unwrap()
}

#[tokio::test]
async fn the_body_of_a_user_owner() {
    let server = echo().await;
    let client = client(&server);
    let params = CreateUserOwnerParams {
        app_id: "app-1",
        resource_type_id: "group",
        resource_id: "resource-1",
        role_slug: "owner",
        user_ref_id: "user-1",
    };
    let request = || client.app_resource_owners_v2().create_user_owner(params);

    request().body(CreateAppResourceUserOwnerRequest::default()).send().await.unwrap();
    assert_eq!(body_of(&server), "{}");

    let body = CreateAppResourceUserOwnerRequest::default().with_user_ref(UserRef::default());
    request().body(&body).send().await.unwrap();
    assert_eq!(body_of(&server), r#"{"userRef":{}}"#);

    let body = body.with_user_ref(UserRef::default().with_id("user-1"));
    request().body(&body).send().await.unwrap();
    assert_eq!(body_of(&server), r#"{"userRef":{"id":"user-1"}}"#);
}

#[tokio::test]
async fn the_body_of_an_entitlement_owner() {
    let server = echo().await;
    let client = client(&server);
    let params = CreateEntitlementOwnerParams {
        app_id: "app-1",
        entitlement_id: "entitlement-1",
        role_slug: "owner",
        app_entitlement_ref_app_id: "app-2",
        app_entitlement_ref_id: "entitlement-2",
    };
    let reference = AppEntitlementRef::default().with_id("entitlement-\"2\"\n").with_app_id("ä");
    let body =
        CreateAppEntitlementEntitlementOwnerRequest::default().with_app_entitlement_ref(reference);
    let owners = client.app_entitlement_owners_v2();
    owners.create_entitlement_owner(params).body(body).send().await.unwrap();
    let expected = r#"{"appEntitlementRef":{"appId":"ä","id":"entitlement-\"2\"\n"}}"#;
    assert_eq!(body_of(&server), expected);
}

#[tokio::test]
async fn the_body_of_a_resource() {
    let server = echo().await;
    let client = client(&server);
    let request = || client.app_resource().create_manually_managed_app_resource(RESOURCE);

    let body = CreateManuallyManagedAppResourceRequest::new("On-call group");
    request().body(&body).send().await.unwrap();
    assert_eq!(body_of(&server), r#"{"displayName":"On-call group"}"#);

    let labels = BTreeMap::from([("team", "core"), ("a", "")]);
    let labels: BTreeMap<String, String> =
        labels.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    let body = body
        .with_resource_owner_user_ids(["user-1".to_owned(), "user-2".to_owned()])
        .with_match_baton_id("")
        .with_description("Those who are called")
        .with_annotations(labels);
    request().body(&body).send().await.unwrap();
    let expected = concat!(
        r#"{"annotations":{"a":"","team":"core"},"description":"Those who are called","#,
        r#""displayName":"On-call group","matchBatonId":"","#,
        r#""resourceOwnerUserIds":["user-1","user-2"]}"#,
    );
    assert_eq!(body_of(&server), expected);

    // A list that is empty says something, and one that is not set does not.
    let mut body = body.with_resource_owner_user_ids([]).with_annotations(BTreeMap::new());
    (body.description, body.match_baton_id) = (None, None);
    request().body(body).send().await.unwrap();
    let expected = r#"{"annotations":{},"displayName":"On-call group","resourceOwnerUserIds":[]}"#;
    assert_eq!(body_of(&server), expected);
}

#[tokio::test]
async fn options_hold_for_one_request() {
    let server = echo().await;
    let client = client(&server);
    let options = RequestOptions::new()
        .timeout(Duration::from_secs(5))
        .header(ACCEPT_LANGUAGE, HeaderValue::from_static("de"))
        .header(AUTHORIZATION, HeaderValue::from_static("Bearer another"));
    get_user_owner(&client).options(options).send().await.unwrap();
    get_user_owner(&client).send().await.unwrap();
    let [with, without] = server.requests().try_into().unwrap();
    assert_eq!(with.header("accept-language"), Some("de"));
    assert_eq!(with.header("authorization"), Some("Bearer another"));
    assert_eq!(without.header("accept-language"), None);
    assert_eq!(without.header("authorization"), Some(&*format!("Bearer {BEARER}")));
}

#[test]
fn there_is_no_default_tenant() {
    let builder = || conductorone::Client::builder().auth(conductorone::Credentials::bearer("t"));
    let error = builder().build().fails();
    assert!(error.to_string().contains("tenantDomain"), "{error}");
    let server = builder().tenant_domain("acme").build().unwrap().server().to_owned();
    assert_eq!(server, "https://acme.conductor.one");
    for domain in ["", "acme.evil.example", "acme/", "acme@evil.example", "a b"] {
        builder().tenant_domain(domain).build().fails();
    }
    builder().base_url("http://acme.conductor.one").build().fails();
}
