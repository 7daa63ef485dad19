//! Credentials of single requests, tokens that a function brings, and several schemes at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use http::header::AUTHORIZATION;
use oasmith_templates::runtime::{
    AccessToken, Api, ApiKey, AuthErrorKind, BoxError, Client, ClientAuthentication, ClientBuilder,
    ClientCredentials, Credentials, Error, KeyLocation, RequestOptions,
};
use tokio::task::JoinSet;

use crate::setup::{API, builder, client, get, oauth_client, shown, skip, token};
use crate::support::{Fails as _, Recorded, Reply, Server};

const HOUR: Duration = Duration::from_secs(3600);

/// A server whose tokens are named after the client that asked.
async fn server() -> Server {
    let count = AtomicUsize::new(0);
    Server::start(move |_, request| {
        if request.target() == "/auth/v1/token" {
            let number = count.fetch_add(1, SeqCst);
            token(&format!("{}-{number}", request.field("client_id").unwrap()), 600)
        } else if request.header("authorization").is_some_and(|value| value.contains("revoked")) {
            Reply::json(401, "{}")
        } else {
            Reply::json(200, "{}")
        }
    })
    .await
}

fn tenant(name: &str) -> Credentials {
    let secret = ClientAuthentication::SecretPost(format!("secret of {name}").into());
    ClientCredentials::new(name, secret).into()
}

fn with(credentials: &Credentials) -> RequestOptions {
    RequestOptions::new().auth(credentials.clone())
}

/// What the calls of the operation carried.
fn carried(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let calls = requests.iter().filter(|request| request.target() != "/auth/v1/token");
    calls.map(|call| call.header("authorization").unwrap_or("none").to_owned()).collect()
}

fn token_requests(server: &Server) -> Vec<Recorded> {
    let requests = server.requests().into_iter();
    requests.filter(|request| request.target() == "/auth/v1/token").collect()
}

#[tokio::test]
async fn each_tenant_has_tokens_of_its_own() {
    let server = server().await;
    let client = oauth_client(&server);
    let (a, b) = (tenant("a"), tenant("b"));
    get(&client).send().await.unwrap();
    for credentials in [&a, &b, &a.clone(), &b] {
        get(&client).options(with(credentials)).send().await.unwrap();
    }
    get(&client.clone()).send().await.unwrap();
    let expected = ["client-1-0", "a-1", "b-2", "a-1", "b-2", "client-1-0"]
        .map(|token| format!("Bearer {token}"));
    assert_eq!(carried(&server), expected);

    // Another client of the same server, and another value of the same secret.
    let second = builder(&server).auth(a.clone()).build().unwrap();
    get(&second).send().await.unwrap();
    get(&client).options(with(&tenant("a"))).send().await.unwrap();
    assert_eq!(carried(&server)[6..], ["Bearer a-1", "Bearer a-3"]);
    assert_eq!(token_requests(&server).len(), 4);
}

#[tokio::test]
async fn a_thousand_requests_of_two_tenants_fetch_two_tokens() {
    let server = server().await;
    let client = builder(&server).build().unwrap();
    let tenants = [tenant("a"), tenant("b")];
    let mut calls = JoinSet::new();
    for number in 0..1000 {
        calls.spawn(get(&client).options(with(&tenants[number % 2])).send());
    }
    calls.join_all().await.into_iter().for_each(|result| drop(result.unwrap()));
    assert_eq!(token_requests(&server).len(), 2);
    let carried = carried(&server);
    let of_a = carried.iter().filter(|token| token.starts_with("Bearer a-")).count();
    assert_eq!((of_a, carried.len()), (500, 1000));
}

#[tokio::test]
async fn tokens_of_one_endpoint_are_not_shown_to_another() {
    let (first, second) = (server().await, server().await);
    let credentials = tenant("a");
    for server in [&first, &second, &first] {
        let client = builder(server).auth(credentials.clone()).build().unwrap();
        get(&client).send().await.unwrap();
    }
    assert_eq!((token_requests(&first).len(), token_requests(&second).len()), (1, 1));
}

#[tokio::test]
async fn a_request_can_bring_any_credential() {
    let server = server().await;
    for client in [client(&server), builder(&server).anonymous().build().unwrap()] {
        let all = [
            Credentials::bearer("own"),
            Credentials::basic("Aladdin", "open sesame"),
            Credentials::header("Token 5f1c"),
            Credentials::bearer("home").with_server(format!("{}/below", server.url())),
        ];
        for credentials in &all {
            get(&client).options(with(credentials)).send().await.unwrap();
        }
        let expected =
            ["Bearer own", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Token 5f1c", "Bearer home"];
        let carried = carried(&server);
        assert_eq!(carried[carried.len() - 4..], expected);
    }
    let before = server.requests().len();
    let client = client(&server);
    let foreign = Credentials::bearer("hush").with_server("https://other.example.com");
    let table = [
        (foreign, "the credentials of the request belong to another server"),
        (Credentials::bearer(""), "the bearer token is empty"),
        (Credentials::header("hush\n"), "the credential holds a character"),
        (Credentials::header(" "), "the credential holds a character"),
        (tenant(""), "the client id is empty"),
    ];
    for (credentials, expected) in table {
        let options = with(&credentials);
        assert!(!format!("{credentials:?}{options:?}").contains("hush"));
        let error = get(&client).options(options).send().await.fails();
        assert!(matches!(error, Error::Build(_)), "{error:?}");
        assert!(error.to_string().starts_with(expected), "{error}");
        assert!(!shown(&error).contains("hush"));
    }
    get(&client).options(with(&tenant("a"))).anonymous().send().await.unwrap();
    assert_eq!(
        (server.requests().len(), carried(&server).pop().unwrap()),
        (before + 1, "none".into())
    );
}

#[tokio::test]
async fn a_function_is_asked_when_its_token_ends() {
    let server = server().await;
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let credentials = Credentials::function(move || {
        let number = counted.fetch_add(1, SeqCst);
        async move {
            tokio::time::sleep(Duration::from_millis(50)).await;
            let token = AccessToken::bearer(format!("f{number}"));
            Ok(match number {
                0 => token.expires_in(HOUR),
                1 => token.expires_at(SystemTime::now() + HOUR),
                2 => token,
                3 => token.expires_at(SystemTime::UNIX_EPOCH),
                _ => AccessToken::header(format!("Own key=f{number}, other=x")).expires_in(HOUR),
            })
        }
    });
    let client = builder(&server).auth(credentials).build().unwrap();
    let mut all = JoinSet::new();
    (0..1000).for_each(|_| drop(all.spawn(get(&client).send())));
    all.join_all().await.into_iter().for_each(|result| drop(result.unwrap()));
    assert_eq!((calls.load(SeqCst), carried(&server).len()), (1, 1000));

    let ages = [(3530, "f0"), (20, "f1"), (3530, "f1"), (20, "f2"), (230, "f2"), (20, "f3")];
    for (age, expected) in ages {
        skip(Duration::from_secs(age)).await;
        get(&client).send().await.unwrap();
        assert_eq!(carried(&server).pop().unwrap(), format!("Bearer {expected}"));
    }
    for _ in 0..2 {
        get(&client).send().await.unwrap();
        assert_eq!(carried(&server).pop().unwrap(), "Own key=f4, other=x");
    }
    assert_eq!(calls.load(SeqCst), 5);
    assert!(!format!("{client:?}").contains("f4"));
}

#[tokio::test]
async fn what_a_function_does_wrong_is_the_source_of_the_error() {
    let server = server().await;
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let credentials = Credentials::function(move || {
        let number = counted.fetch_add(1, SeqCst);
        async move {
            match number {
                0 => Err(BoxError::from("the vault is sealed")),
                1 => Ok(AccessToken::bearer("hush hush")),
                2 => Ok(AccessToken::header("hush\nhush")),
                3 => Ok(AccessToken::bearer("revoked")),
                _ => Ok(AccessToken::bearer("good")),
            }
        }
    });
    let client = builder(&server).auth(credentials).build().unwrap();
    let given = "what it gave is empty or cannot be sent in a header";
    for (reason, source) in [("it failed", "the vault is sealed"), (given, ""), (given, "")] {
        for _ in 0..10 {
            let error = get(&client).send().await.fails();
            let Error::Auth(auth) = &error else { panic!("{error:?}") };
            assert_eq!(auth.kind(), &AuthErrorKind::Function { reason });
            assert!(shown(&error).contains(source) && !shown(&error).contains("hush"));
        }
        skip(Duration::from_secs(10)).await;
    }
    assert_eq!((calls.load(SeqCst), server.requests().len()), (3, 0));
    get(&client).send().await.unwrap();
    assert_eq!(carried(&server), ["Bearer revoked", "Bearer good"], "a refusal asks it once more");
}

static KEYS: Api = Api {
    keys: &[
        ApiKey { scheme: "App", location: KeyLocation::Header, name: "x-app" },
        ApiKey { scheme: "User", location: KeyLocation::Query, name: "user" },
        ApiKey { scheme: "Session", location: KeyLocation::Cookie, name: "sid" },
    ],
    security: &[&["App", "User"], &["Session", "Bearer"], &["Basic"]],
    ..copy(&API)
};

/// What a constant can take of another.
const fn copy(api: &Api) -> Api {
    Api {
        title: api.title,
        user_agent: api.user_agent,
        server: api.server,
        variables: api.variables,
        token_url: api.token_url,
        keys: api.keys,
        security: api.security,
    }
}

fn keyed(server: &Server) -> ClientBuilder {
    ClientBuilder::new(&KEYS).base_url(server.url())
}

/// The key of the app, of the user, of the session, and the header.
fn schemes(request: &Recorded) -> [Option<String>; 4] {
    let query = request.target().split_once('?').map(|(_, query)| query);
    let header = |name| request.header(name);
    [header("x-app"), query, header("cookie"), header("authorization")]
        .map(|value| value.map(str::to_owned))
}

#[tokio::test]
async fn schemes_go_together_as_the_document_says() {
    let server = server().await;
    let basic = || Credentials::basic("Aladdin", "open sesame");
    let (app, user) = (Some("k1".to_owned()), Some("user=k2".to_owned()));
    let session = Some("sid=k3".to_owned());
    let bearer = |token: &str| Some(format!("Bearer {token}"));
    let both = keyed(&server).api_key("App", "k1").api_key("User", "k2");
    let table: [(Client, [Option<String>; 4]); 4] = [
        (both.auth(basic()).build().unwrap(), [app.clone(), user, None, None]),
        (
            keyed(&server).api_key("Session", "k3").auth(tenant("a")).build().unwrap(),
            [None, None, session.clone(), bearer("a-0")],
        ),
        (
            keyed(&server).api_key("App", "k1").auth(basic()).build().unwrap(),
            [None, None, None, Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==".to_owned())],
        ),
        (keyed(&server).anonymous().build().unwrap(), [const { None }; 4]),
    ];
    for (client, expected) in &table {
        get(client).send().await.unwrap();
        assert_eq!(schemes(server.requests().last().unwrap()), *expected);
    }
    // A request completes what the client has, and comes before it.
    let client = keyed(&server).api_key("App", "k1").api_key("Session", "other").build().unwrap();
    let before = server.requests().len();
    let error = get(&client).send().await.fails();
    assert!(matches!(error, Error::Auth(_)), "{error:?}");
    let options = RequestOptions::new().api_key("Session", "k3").auth(Credentials::bearer("own"));
    assert!(!format!("{options:?}").contains("k3"));
    get(&client).options(options).send().await.unwrap();
    assert_eq!(schemes(server.requests().last().unwrap()), [None, None, session, bearer("own")]);
    let options = RequestOptions::new().api_key("User", "k2");
    get(&client).options(options).send().await.unwrap();
    assert_eq!(server.requests().last().unwrap().target(), "/items/7?user=k2");
    let error = get(&client).options(RequestOptions::new().api_key("Nobody", "hush")).send().await;
    assert_eq!(error.fails().to_string(), "Test API has no API key `Nobody`");
    assert_eq!(server.requests().len(), before + 2);
}

#[tokio::test]
async fn a_credential_takes_the_header_that_a_key_has_as_well() {
    static SAME: Api = Api {
        keys: &[ApiKey { scheme: "Key", location: KeyLocation::Header, name: "authorization" }],
        security: &[&["Key", "Bearer"], &["Key"]],
        ..copy(&API)
    };
    let client = || ClientBuilder::new(&SAME).api_key("Key", "k1");
    let server = Server::start(|number, _| match number {
        1 => Reply::new(503, &["retry-after: 0"], ""),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let keyed = client().base_url(server.url()).anonymous().build().unwrap();
    get(&keyed).send().await.unwrap();
    let both = client().base_url(server.url()).auth(Credentials::bearer("b1")).build().unwrap();
    get(&both).send().await.unwrap();
    let own = HeaderValue::from_static("own");
    get(&both).options(RequestOptions::new().header(AUTHORIZATION, own)).send().await.unwrap();
    assert_eq!(carried(&server), ["k1", "Bearer b1", "Bearer b1", "own"]);
}
