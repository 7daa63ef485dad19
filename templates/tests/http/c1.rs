//! ConductorOne's credentials: ids, secrets, and the environment.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use oasmith_templates::c1::ClientId;
use oasmith_templates::runtime::{
    Api, ClientBuilder, Credentials, Error, ServerVariable, SubjectToken,
};
use serde_json::Value;

use crate::setup::{get, shown, token};
use crate::support::{Fails as _, Reply, Server};

static C1: Api = Api {
    title: "C1 API",
    user_agent: "conductorone-test/1.0",
    server: Some("https://{tenantDomain}.conductor.one"),
    variables: &[ServerVariable { name: "tenantDomain", default: None }],
    token_url: Some("/auth/v1/token"),
    keys: &[],
    security: &[],
};

const ID: &str = "a-b-1@tenant.example.test/pcc";
const WORKLOAD_ID: &str = "a-b-1@tenant.example.test/wfe";

/// The seed 0, 1, .. 31 as a JWK, in base64url.
const KEY: &str = "eyJrdHkiOiJPS1AiLCJjcnYiOiJFZDI1NTE5IiwieCI6IkE2RUh2X1BPRUw0ZGNOMFk1MHZBbVdmazFqQ2JwUTFmSGR5R1pCSl\
                   ZNYmciLCJkIjoiQUFFQ0F3UUZCZ2NJQ1FvTERBME9EeEFSRWhNVUZSWVhHQmthR3h3ZEhoOCJ9";

fn secret() -> String {
    format!("secret-token:conductorone.com:v1:{KEY}")
}

/// The vector that lies beside the repository, where it is there.
pub(crate) fn vector() -> Option<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/c1/auth-vector.json");
    if let Ok(bytes) = std::fs::read(&path) {
        return Some(serde_json::from_slice(&bytes).unwrap());
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn server_of(credentials: Credentials) -> String {
    ClientBuilder::new(&C1).auth(credentials).build().unwrap().server().to_owned()
}

fn message(result: Result<Credentials, Error>) -> String {
    let error = result.fails();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    assert!(
        !shown(&error).contains("hush") && !shown(&error).contains(&KEY[..20]),
        "{}",
        shown(&error)
    );
    error.to_string()
}

#[test]
fn client_ids_of_the_vector() {
    let Some(vector) = vector() else { return };
    for case in vector["client_id_cases"].as_array().unwrap() {
        let parsed = case["input"].as_str().unwrap().parse::<ClientId>();
        match case["base_url"].as_str() {
            Some(base_url) => assert_eq!(parsed.unwrap().base_url(), base_url),
            None => drop(parsed.fails()),
        }
    }
}

#[test]
fn client_secrets_of_the_vector() {
    let Some(vector) = vector() else { return };
    for case in vector["secret_parse_cases"].as_array().unwrap() {
        let expected = case["ok"].as_bool().unwrap_or_else(|| case["ok_go"] == case["ok_ts"]);
        let parsed = Credentials::from_client_id_and_secret(ID, case["input"].as_str().unwrap());
        assert_eq!(parsed.is_ok(), expected, "{case}");
    }
}

#[test]
fn a_client_id_has_three_parts() {
    let id: ClientId = "clever-otter-1@Dev.Internal.Example:2443/spc".parse().unwrap();
    assert_eq!((id.host(), id.use_case()), ("dev.internal.example:2443", "spc"));
    assert_eq!(id.to_string(), "clever-otter-1@Dev.Internal.Example:2443/spc");
    assert_eq!(
        "a@localhost:8080/pcc".parse::<ClientId>().unwrap().base_url(),
        "https://localhost:8080"
    );
    let table = [
        ("", "it has no `@`"),
        ("acme.conductor.one/pcc", "it has no `@`"),
        ("a@acme.conductor.one", "it has no `/`"),
        ("@acme.conductor.one/pcc", "its name is empty"),
        ("a/b@acme.conductor.one/pcc", "its name is empty or holds"),
        ("a b@acme.conductor.one/pcc", "its name is empty or holds"),
        ("a@acme.conductor.one/", "its use is not a word"),
        ("a@acme.conductor.one/p/c", "its use is not a word"),
        ("a@acme.conductor.one/../pcc", "its use is not a word"),
        ("a@acme/pcc", "its host is a bare name: give the whole host"),
        ("a@/pcc", "its host is not a host name"),
        ("a@b@acme.conductor.one/pcc", "its host is not a host name"),
        ("a@acme..one/pcc", "its host is not a host name"),
        ("a@-acme.one/pcc", "its host is not a host name"),
        ("a@acmé.one/pcc", "its host is not a host name"),
        ("a@acme.one#x/pcc", "its host is not a host name"),
        ("a@acme.one:/pcc", "its port is not a number"),
        ("a@acme.one:+1/pcc", "its port is not a number"),
        ("a@acme.one:0/pcc", "its port is not a number"),
        ("a@acme.one:65536/pcc", "its port is not a number"),
    ];
    for (text, reason) in table {
        let error = text.parse::<ClientId>().fails().to_string();
        assert!(
            error.starts_with(&format!("the client id is not `<name>@<host>/<use>`: {reason}")),
            "{text}: {error}"
        );
    }
}

#[test]
fn a_client_secret_is_refused_by_part() {
    let table = [
        ("hush", "it does not start with `secret-token:conductorone.com:v1:`"),
        ("secret-token:conductorone.com:v2:hush", "it does not start with"),
        ("secret-token:conductorone.com:v1:hush!", "its key is not base64url"),
        ("secret-token:conductorone.com:v1:____", "its key is not JSON"),
        ("secret-token:conductorone.com:v1:", "the JWK is not a JSON object"),
    ];
    for (secret, reason) in table {
        let message = message(Credentials::from_client_id_and_secret(ID, secret));
        assert!(
            message.starts_with(&format!("the client secret is malformed: {reason}")),
            "{message}"
        );
    }
}

#[test]
fn a_tenant_is_a_whole_host() {
    let build = |host: &str| ClientBuilder::new(&C1).tenant(host).anonymous().build();
    assert_eq!(build("Acme.c1eu.ai").unwrap().server(), "https://acme.c1eu.ai");
    assert_eq!(build("acme.example.test:2443").unwrap().server(), "https://acme.example.test:2443");
    let error = build("acme").fails().to_string();
    assert_eq!(
        error,
        "the tenant is not a host: its host is a bare name: give the whole host, such as `acme.conductor.one`"
    );
    for host in [
        "",
        "https://acme.conductor.one",
        "acme.conductor.one/",
        "a@acme.conductor.one",
        "acme.conductor.one?x",
    ] {
        assert!(
            build(host).fails().to_string().starts_with("the tenant is not a host: "),
            "{host}"
        );
    }
    let tenant = ClientBuilder::new(&C1).tenant("other.example.test");
    let credentials = Credentials::from_client_id_and_secret(ID, secret()).unwrap();
    assert_eq!(tenant.auth(credentials).build().unwrap().server(), "https://other.example.test");
}

fn environment(variables: &[(&str, &str)]) -> Result<Credentials, Error> {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| (format!("CONDUCTORONE_{name}"), (*value).to_owned()))
        .collect();
    Credentials::from_variables(move |name| variables.get(name).cloned())
}

#[test]
fn the_environment_is_read_in_order() {
    let secret = secret();
    let (id, workload) = (("CLIENT_ID", ID), ("CLIENT_ID", WORKLOAD_ID));
    let (secret, token, oidc) =
        (("CLIENT_SECRET", &*secret), ("ACCESS_TOKEN", "t"), ("OIDC_TOKEN", "j"));
    let kind = |variables: &[(&str, &str)]| format!("{:?}", environment(variables).unwrap());
    assert!(kind(&[id, secret]).contains("PrivateKeyJwt"));
    assert!(kind(&[workload, secret, oidc]).contains("TokenExchange"));
    assert!(kind(&[workload, secret, oidc, token]).contains("Bearer"));
    assert!(
        kind(&[id, secret, ("ACCESS_TOKEN", ""), ("OIDC_TOKEN", " ")]).contains("PrivateKeyJwt")
    );

    let (tenant, url) =
        (("TENANT_DOMAIN", "acme.c1eu.ai"), ("SERVER_URL", "https://acme.c1eu.ai/"));
    let server = |variables: &[(&str, &str)]| server_of(environment(variables).unwrap());
    assert_eq!(server(&[id, secret]), "https://tenant.example.test");
    assert_eq!(server(&[token, id]), "https://tenant.example.test");
    assert_eq!(server(&[token, tenant]), "https://acme.c1eu.ai");
    assert_eq!(server(&[id, secret, url]), "https://acme.c1eu.ai");
    assert_eq!(server(&[workload, oidc, tenant, url]), "https://acme.c1eu.ai");
    assert_eq!(server(&[token, ("CLIENT_ID", "malformed"), tenant]), "https://acme.c1eu.ai");
    let nowhere = ClientBuilder::new(&C1).auth(environment(&[token]).unwrap()).build().fails();
    assert!(nowhere.to_string().starts_with("no server for C1 API"), "{nowhere}");
}

#[test]
fn a_bad_environment_is_refused_by_name() {
    let secret = secret();
    let (id, secret) = (("CLIENT_ID", ID), ("CLIENT_SECRET", &*secret));
    let table = [
        (
            &[][..],
            "no credentials in the environment: set CONDUCTORONE_CLIENT_ID and CONDUCTORONE_CLIENT_SECRET, or",
        ),
        (&[secret][..], "no credentials in the environment"),
        (&[id][..], "CONDUCTORONE_CLIENT_ID is set, but CONDUCTORONE_CLIENT_SECRET is not"),
        (
            &[("OIDC_TOKEN", "hush")][..],
            "CONDUCTORONE_OIDC_TOKEN is set, but CONDUCTORONE_CLIENT_ID is not",
        ),
        (
            &[("OIDC_TOKEN", "hush"), id][..],
            "CONDUCTORONE_CLIENT_ID: the client id is not one for workload federation",
        ),
        (
            &[("CLIENT_ID", "hush"), secret][..],
            "CONDUCTORONE_CLIENT_ID: the client id is not `<name>@<host>/<use>`",
        ),
        (
            &[("ACCESS_TOKEN", "hush"), ("CLIENT_ID", "x")][..],
            "CONDUCTORONE_CLIENT_ID: the client id is not",
        ),
        (
            &[id, ("CLIENT_SECRET", "hush")][..],
            "CONDUCTORONE_CLIENT_SECRET: the client secret is malformed",
        ),
        (
            &[id, secret, ("TENANT_DOMAIN", "acme")][..],
            "CONDUCTORONE_TENANT_DOMAIN: its host is a bare name",
        ),
        (
            &[id, secret, ("TENANT_DOMAIN", "a.b"), ("SERVER_URL", "https://c.d")][..],
            "CONDUCTORONE_TENANT_DOMAIN and CONDUCTORONE_SERVER_URL name different servers",
        ),
        (
            &[id, secret, ("SERVER_URL", "http://example.com")][..],
            "CONDUCTORONE_SERVER_URL: the base URL must be https",
        ),
    ];
    for (variables, expected) in table {
        let message = message(environment(variables));
        assert!(message.starts_with(expected), "{message}");
    }
}

async fn server() -> Server {
    Server::start(|_, request| match request.target() {
        "/auth/v1/token" => token("access", 0),
        _ => Reply::json(200, "{}"),
    })
    .await
}

#[tokio::test]
async fn the_token_request_is_the_documented_one() {
    let server = server().await;
    let credentials = environment(&[
        ("CLIENT_ID", ID),
        ("CLIENT_SECRET", &secret()),
        ("SERVER_URL", &server.url()),
    ]);
    get(&ClientBuilder::new(&C1).auth(credentials.unwrap()).build().unwrap()).send().await.unwrap();
    let request = &server.requests()[0];
    let names: Vec<String> = request.form().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["client_id", "grant_type", "client_assertion_type", "client_assertion"]);
    assert_eq!(request.field("client_id").as_deref(), Some(ID));
    assert_eq!(request.header("authorization"), None);
    let Some(vector) = vector() else { return };
    for pair in vector["token_form"].as_array().unwrap().iter().take(3) {
        let [name, value] = [&pair[0], &pair[1]].map(|text| text.as_str().unwrap());
        let expected = if name == "client_id" { ID } else { value };
        assert_eq!(request.field(name).as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn the_oidc_token_is_read_for_each_exchange() {
    let server = server().await;
    let (url, calls) = (server.url(), AtomicUsize::new(0));
    let credentials = Credentials::from_variables(move |name| match name {
        "CONDUCTORONE_OIDC_TOKEN" => {
            Some(format!(" jwt-{}\n", calls.fetch_add(1, Ordering::SeqCst)))
        }
        "CONDUCTORONE_CLIENT_ID" => Some(WORKLOAD_ID.to_owned()),
        "CONDUCTORONE_SERVER_URL" => Some(url.clone()),
        _ => None,
    });
    let client = ClientBuilder::new(&C1).auth(credentials.unwrap()).build().unwrap();
    get(&client).send().await.unwrap();
    get(&client).send().await.unwrap();
    let requests = server.requests();
    let tokens: Vec<String> =
        requests.iter().step_by(2).map(|request| request.field("subject_token").unwrap()).collect();
    assert_eq!(tokens, ["jwt-1", "jwt-2"]);
    assert_eq!(requests[0].field("client_id").as_deref(), Some(WORKLOAD_ID));
    Credentials::from_workload(ID, SubjectToken::file("x")).fails();
}
