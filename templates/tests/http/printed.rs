//! `Debug` of every public type of the runtime and its modules: what a caller or a server gave as a secret
//! does not show. A type that is new has to be printed here, or to say why it cannot hold one.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use http::{HeaderName, HeaderValue, Response as HttpResponse};
use oasmith_templates::mock::{MockAnswer, MockTransport};
use oasmith_templates::recorder::{Player, Recorder};
use oasmith_templates::runtime::{
    AccessToken, Attempt, Body, BoxError, ClientAuthentication, ClientCredentials, Credentials,
    Error, Hook, Multipart, NoBody, Part, PrivateKeyJwt, Request, RequestOptions, ReqwestTransport,
    RetryPolicy, Secret, SubjectToken, TokenExchange, TransportBody, Turn, Value, Verb,
};
use oasmith_templates::wait;

use crate::events::open;
use crate::setup::{API, builder, get, secret_post};
use crate::streams::download;
use crate::support::scan::shown;
use crate::support::{Fails as _, Reply, Server};

/// What stands in every place where a secret can be, and the key whose seed begins with the same.
const PLANTED: &str = "planted-secret-9c41";
const SEED: [u8; 32] = *b"planted-secret-9c41-of-32-bytes.";

/// Its first bytes as a list of numbers, and in base64.
const ENCODED: [&str; 2] = ["112, 108, 97, 110", "cGxhbnRlZC"];

/// What holds nothing that a caller or a server gives in secret, or is made to show it.
const HARMLESS: &[(&str, &str)] = &[
    ("Any", "the caller's own value, which it stands for"),
    ("FetchTransport", "it is empty, and of WebAssembly alone"),
    (
        "Api ApiKey ApiKeys Case KeyLocation OperationId ServerVariable Statuses Style",
        "the document's",
    ),
    ("Audience UniqueValue Verb NoBody DEFAULT", "a choice without a value"),
    (
        "BoxError ParameterValue Headers Hook Transport TransportFuture Choice Validate",
        "no type of ours",
    ),
    ("Chosen", "has no `Debug`"),
    ("ClientId", "a name, no secret"),
    (
        "Date Decimal Duration IpAddr Ipv4Addr Ipv6Addr LocalDateTime Map Time Timestamp Url Uuid Value",
        "plain values of other crates",
    ),
    ("Event", "the caller's value, as that of a `Response`"),
    (
        "HeaderError ValidateError",
        "say where and what is wanted; see `headers.rs` and `validate.rs`",
    ),
    ("MockAnswer", "made up by a test"),
    ("RedirectError", "a host without path and query"),
    ("RetryBudget RetryPolicy", "numbers"),
    ("Texts", "borrows the caller's values, which it stands for"),
    (
        "TowerTransport TransportService",
        "show what they wrap, as the caller wrote that; see `tower.rs`",
    ),
    ("TransportFailure", "shows what the transport says, which is told to hold no secret"),
];

/// The names that a crate's users see.
fn public() -> BTreeSet<String> {
    let file = |path: &str| {
        let files = oasmith_templates::FILES.iter().chain(oasmith_templates::MODULES);
        files.clone().find(|(known, _)| *known == path).unwrap().1
    };
    let root = file("runtime/mod.rs");
    let code: Vec<&str> =
        root.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let mut names = BTreeSet::new();
    for statement in code.join(" ").split(';') {
        if let Some((_, used)) = statement.split_once("pub use ") {
            let words = used.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            names.extend(words.map(str::to_owned));
            // Of `DateTime as LocalDateTime`, the second.
            if let Some((before, _)) = used.split_once(" as ") {
                names.remove(before.rsplit("::").next().unwrap());
            }
        }
    }
    for (_, text) in oasmith_templates::MODULES {
        for line in text.lines() {
            for kind in ["pub struct ", "pub enum "] {
                let name = line.strip_prefix(kind).unwrap_or_default();
                names.extend(
                    name.split(|letter: char| !letter.is_alphanumeric()).next().map(str::to_owned),
                );
            }
        }
    }
    let is_type = |name: &String| {
        name.starts_with(|first: char| first.is_ascii_uppercase()) && !name.starts_with("DEFAULT_")
    };
    names.into_iter().filter(is_type).collect()
}

/// Keeps what a hook is shown, as it prints.
#[derive(Clone, Debug, Default)]
struct Kept(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Hook for Kept {
    fn before_attempt(
        &self,
        attempt: &Attempt<'_>,
        request: &mut http::Request<TransportBody>,
    ) -> Result<(), BoxError> {
        let mut kept = self.0.lock().unwrap();
        kept.push(("Attempt", format!("{attempt:?}{attempt:#?}")));
        kept.push(("Place", format!("{:?}{}", attempt.place(), attempt.place())));
        kept.push(("TransportBody", format!("{:?}", request.body())));
        Ok(())
    }

    fn after_response(&self, attempt: &Attempt<'_>, _: &HttpResponse<()>) {
        self.0.lock().unwrap().push(("Attempt", format!("{attempt:?}")));
    }

    fn on_error(&self, attempt: &Attempt<'_>, error: &Error) {
        self.0.lock().unwrap().push(("Error", format!("{attempt:?}{}", shown(error))));
    }
}

/// What was printed, by the names of types.
#[derive(Default)]
struct Printed(Vec<(&'static str, String)>);

impl Printed {
    fn add<T: Debug + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.0.push((name, format!("{value:?}\n{value:#?}")));
    }

    fn error(&mut self, name: &'static str, error: &Error) {
        self.0.push((name, shown(error)));
        self.0.push(("Error", shown(error)));
    }
}

fn planted(name: &'static str) -> (HeaderName, HeaderValue) {
    (HeaderName::from_static(name), HeaderValue::from_static(PLANTED))
}

/// An answer with the secret in a header and its body.
fn reply(status: u16, content_type: &str, body: &str) -> Reply {
    let cookie = format!("set-cookie: session={PLANTED}");
    Reply::new(status, &[&format!("content-type: {content_type}"), &cookie], body)
}

fn credentials(all: &mut Printed) -> Vec<Credentials> {
    all.add("AccessToken", &[AccessToken::bearer(PLANTED), AccessToken::header(PLANTED)]);
    let key = PrivateKeyJwt::from_seed(&SEED);
    all.add("PrivateKeyJwt", &key);
    let ways = [
        ClientAuthentication::SecretBasic(PLANTED.into()),
        ClientAuthentication::SecretPost(PLANTED.into()),
        ClientAuthentication::PrivateKeyJwt(key),
    ];
    all.add("ClientAuthentication", &ways);
    let [basic, post, jwt] = ways.map(|way| ClientCredentials::new("c", way));
    let subject = SubjectToken::function(|| async { Ok(PLANTED.into()) });
    all.add("SubjectToken", &subject);
    let exchange = TokenExchange::new("c", subject).parameter("actor_token", PLANTED);
    all.add("TokenExchange", &exchange);
    let post = post.parameter("password", PLANTED);
    all.add("ClientCredentials", &[basic.clone(), post.clone(), jwt.clone()]);
    vec![
        Credentials::bearer(PLANTED),
        Credentials::basic("user", PLANTED),
        Credentials::header(format!("Token {PLANTED}")),
        Credentials::function(|| async { Ok(AccessToken::bearer(PLANTED)) }),
        basic.into(),
        post.into(),
        jwt.into(),
        exchange.into(),
    ]
}

/// What is there before and after calls that succeed.
async fn successes(all: &mut Printed) {
    let server = Server::start(|_, request| {
        let (content_type, body) = match request.target().split('?').next().unwrap() {
            "/auth/v1/token" => (
                "application/json",
                r#"{"access_token":"planted-secret-9c41","token_type":"Bearer"}"#,
            ),
            "/events" => ("text/event-stream", "data: planted-secret-9c41\n\n"),
            "/list" => ("application/json", r#"{"next":"planted-secret-9c41"}"#),
            _ => ("application/json", "{}"),
        };
        reply(200, content_type, body)
    })
    .await;
    for credentials in credentials(all) {
        all.add("Credentials", &credentials);
        let kept = Kept::default();
        let builder = builder(&server).auth(credentials.clone()).hook(kept.clone());
        all.add("ClientBuilder", &builder);
        let client = builder.build().unwrap();
        all.add("Client", &client);
        let (name, value) = planted("x-own");
        let options = RequestOptions::new().header(name, value).auth(credentials);
        all.add("RequestOptions", &options);
        let request: Request<Value, Value> = Request::new(&client, Verb::Put, "/items/{id}")
            .path("id", 7)
            .query("q", PLANTED)
            .header("x-key", PLANTED)
            .cookie("session", PLANTED)
            .body(Value::from(PLANTED))
            .options(options);
        all.add("Request", &request);
        all.add("Response", &request.send().await.unwrap());
        all.add("Client", &client);
        all.0.append(&mut kept.0.lock().unwrap());
    }
    let client = builder(&server).auth(Credentials::bearer(PLANTED)).build().unwrap();
    let file = download(&client).query("q", PLANTED).send().await.unwrap().into_inner();
    all.add("Download", &file);
    let mut events = open(&client).await;
    all.add("EventStream", &events);
    events.next().await.unwrap();
    all.add("EventStream", &events);
    let lines = Request::<NoBody, ()>::new(&client, Verb::Get, "/rows");
    let lines = lines.reads_json_lines::<Value>().send().await.unwrap();
    all.add("JsonLines", &*lines);
    let turn: fn(&Value) -> Option<&str> = |page| page["next"].as_str();
    let list = || Request::<NoBody, Value>::get(&client, "/list").query("t", PLANTED);
    all.add("Turn", &Turn::Query("t", turn));
    let mut pages = list().pages(Turn::Query("t", turn)).limit(3).resume(PLANTED);
    pages.next().await.unwrap();
    all.add("Pages", &pages);
    let items = list().pages(Turn::Query("t", turn)).items(|page: Value| vec![page]);
    all.add("Items", &items);
}

/// What only holds what a caller gave.
fn given(all: &mut Printed) {
    all.add("Body", &Body::from(PLANTED.to_owned()));
    all.add("TransportBody", &TransportBody::from(PLANTED));
    let (name, value) = planted("x-own");
    let part = || Part::new(Body::from(PLANTED.to_owned())).header(name.clone(), value.clone());
    all.add("Part", &part());
    all.add("Multipart", &Multipart::new().part("a", part()).text("password", PLANTED));
    let secret: Secret = serde_json::from_str(&format!("{PLANTED:?}")).unwrap();
    all.add("Secret", &secret);
}

/// Errors of each kind, about requests that carry the secret and answers that repeat it.
async fn errors(all: &mut Printed) {
    let echo = format!(r#"{{"error":"e","error_description":"{PLANTED}","message":"{PLANTED}"}}"#);
    let json = "application/json";
    let elsewhere = format!("location: https://user:{PLANTED}@other.example.test/?q={PLANTED}");
    let table = [
        ("ApiError", reply(403, json, &echo)),
        ("DecodeError", reply(200, json, &format!("{{{PLANTED}"))),
        ("DecodeErrorKind", reply(200, "text/html", PLANTED)),
        ("TransportError", Reply::raw("").then_close()),
        ("TransportErrorKind", Reply::new(307, &[&elsewhere], "")),
    ];
    for (name, reply) in table {
        let server = Server::always(reply).await;
        let client = builder(&server).auth(Credentials::bearer(PLANTED)).build().unwrap();
        let error = get(&client).query("q", PLANTED).send().await.fails();
        all.error(name, &error);
        match &error {
            Error::Api(_) => {}
            Error::Decode(error) => all.add("DecodeErrorKind", error.kind()),
            Error::Transport(error) => all.add("TransportErrorKind", error.kind()),
            other => panic!("{other:?}"),
        }
    }
    let server = Server::always(reply(401, json, &echo)).await;
    let secret = ClientAuthentication::SecretPost(PLANTED.into());
    let client = builder(&server).auth(ClientCredentials::new("c", secret)).build().unwrap();
    let error = get(&client).query("q", PLANTED).send().await.fails();
    let Error::Auth(auth) = &error else { panic!("{error:?}") };
    all.add("AuthErrorKind", auth.kind());
    all.error("AuthError", &error);
    let short = std::time::Duration::from_millis(20);
    let server = Server::always(reply(200, json, "{}").after(short * 50)).await;
    let client =
        builder(&server).auth(Credentials::bearer(PLANTED)).timeout(short).build().unwrap();
    all.error("TimeoutError", &get(&client).query("q", PLANTED).send().await.fails());
    let user = builder(&server).base_url(format!("https://user:{PLANTED}@example.com/"));
    all.error("BuildError", &user.build().fails());
    let waiting = get(&client).query("q", PLANTED).send();
    all.add("ResponseFuture", &waiting);
    let waiting = wait::until(|| get(&client).query("q", PLANTED).send(), |_| false);
    all.add("Wait", &waiting);
    let server = Server::always(reply(200, json, &format!("{PLANTED:?}"))).await;
    let client = builder(&server).auth(Credentials::bearer(PLANTED)).build().unwrap();
    let waiting = wait::until(|| get(&client).send(), |_| false).deadline(short);
    let late = waiting.await.map(drop).fails();
    all.add("WaitError", &late);
}

/// The transports for tests.
async fn doubles(all: &mut Printed) {
    let json = format!("{{\"access_token\":\"{PLANTED}\",\"token_type\":\"Bearer\"}}");
    let server = Server::always(reply(200, "application/json", &json)).await;
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    all.add("ReqwestTransport", &ReqwestTransport::new(http.clone()));
    let recorder = Arc::new(Recorder::around(ReqwestTransport::new(http)));
    let own = || builder(&server).auth(secret_post()).transport(Arc::clone(&recorder));
    get(&own().build().unwrap()).query("api_key", PLANTED).send().await.unwrap();
    all.add("Recorder", &recorder);
    let recording = recorder.to_json();
    all.0.push(("Recorder", recording.clone()));
    all.add("Player", &Player::from_json(&recording).unwrap());
    let mock = Arc::new(MockTransport::new().expect("items.get", MockAnswer::json(&7)));
    let client = oasmith_templates::runtime::ClientBuilder::new(&API)
        .base_url("https://api.example.test")
        .auth(Credentials::bearer(PLANTED))
        .retry(RetryPolicy::never())
        .transport(Arc::clone(&mock));
    let client = client.build().unwrap();
    get(&client).query("q", PLANTED).send().await.unwrap();
    all.add("MockTransport", &mock);
    all.add("MockRequest", &mock.requests());
}

#[tokio::test]
async fn what_can_be_printed_shows_no_secret() {
    let mut all = Printed::default();
    successes(&mut all).await;
    given(&mut all);
    errors(&mut all).await;
    doubles(&mut all).await;
    let leaks: Vec<&(&str, String)> = all
        .0
        .iter()
        .filter(|(_, text)| [PLANTED].iter().chain(&ENCODED).any(|one| text.contains(one)))
        .collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
    let printed: BTreeSet<&str> = all.0.iter().map(|(name, _)| *name).collect();
    let harmless = HARMLESS.iter().flat_map(|(names, _)| names.split(' '));
    let known: BTreeSet<&str> = printed.iter().copied().chain(harmless).collect();
    let public = public();
    assert!(public.len() > 60, "{public:?}");
    let new: Vec<&String> = public.iter().filter(|name| !known.contains(name.as_str())).collect();
    assert!(new.is_empty(), "print {new:?} here with a secret, or say why they hold none");
}
