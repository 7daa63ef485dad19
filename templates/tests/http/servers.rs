//! Which server a client talks to, and which ones it refuses.

use std::io::Read as _;
use std::net::TcpListener;
use std::time::Duration;

use oasmith_templates::runtime::{
    Api, ClientBuilder, Credentials, Error, RetryPolicy, ServerVariable,
};

use crate::setup::{API, get};
use crate::support::Fails as _;

fn refused(builder: ClientBuilder) -> String {
    match builder.anonymous().build().seen() {
        Err(error @ Error::Build(_)) => error.to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_base_url_is_https_or_this_machine() {
    let table = [
        ("http://api.example.com", "must be https"),
        ("http://127.0.0.1.example.com", "must be https"),
        ("http://localhost.example.com", "must be https"),
        ("http://128.0.0.1", "must be https"),
        ("http://[::2]", "must be https"),
        ("ftp://localhost", "must be an https URL"),
        ("file:///etc/passwd", "must be an https URL"),
        ("api.example.com", "is not a URL"),
        ("", "is not a URL"),
        ("https://", "is not a URL"),
        ("https://user@example.com", "user name or a password"),
        ("https://:hidden@example.com", "user name or a password"),
        ("https://example.com?tenant=a", "must not have a query"),
        ("https://example.com?", "must not have a query"),
        ("https://example.com#a", "must not have a fragment"),
        (" https://example.com", "holds a space"),
        ("https://exam\nple.com", "holds a space"),
        ("https:\\\\example.com", "a backslash"),
    ];
    for (url, message) in table {
        let error = refused(ClientBuilder::new(&API).base_url(url));
        assert!(error.starts_with("the base URL ") && error.contains(message), "{url}: {error}");
        assert!(!error.contains("hidden"), "{error}");
    }
    for url in [
        "https://api.example.com/v1",
        "http://localhost:8080",
        "http://127.3.2.1",
        "http://[::1]:9",
    ] {
        assert_eq!(
            ClientBuilder::new(&API).base_url(url).anonymous().build().unwrap().server(),
            url
        );
    }
}

#[test]
fn there_is_no_server_that_nobody_named() {
    static NOWHERE: Api = Api {
        title: "N",
        user_agent: "n",
        server: None,
        variables: &[],
        token_url: None,
        keys: &[],
        security: &[],
    };
    static RELATIVE: Api = Api {
        server: Some("/v1"),
        title: "N",
        user_agent: "n",
        variables: &[],
        token_url: None,
        keys: &[],
        security: &[],
    };

    let error = refused(ClientBuilder::new(&API));
    for part in ["Test API", "`base_url`", "`server_variable`", "`tenant`", "credentials"] {
        assert!(error.contains(part), "{error}");
    }
    assert_eq!(refused(ClientBuilder::new(&NOWHERE)), "N names no server: call `base_url`");
    assert_eq!(refused(ClientBuilder::new(&RELATIVE)), "N names no server: call `base_url`");
}

#[test]
fn the_caller_comes_before_the_credentials() {
    let credentials = || Credentials::bearer("t").with_server("https://own.example.test");
    let server =
        |builder: ClientBuilder| builder.auth(credentials()).build().unwrap().server().to_owned();
    let new = || ClientBuilder::new(&API);
    assert_eq!(server(new()), "https://own.example.test");
    assert_eq!(server(new().server_variable("tenant", "acme")), "https://acme.example.test");
    let both = new().server_variable("tenant", "acme").base_url("https://explicit.example.test/");
    assert_eq!(server(both), "https://explicit.example.test");
    let error =
        new().auth(Credentials::bearer("t").with_server("http://own.example.test")).build().fails();
    assert!(error.to_string().contains("must be https"), "{error}");
}

#[test]
fn a_server_variable_cannot_change_the_structure() {
    let hostile = [
        "",
        ".",
        "a.b",
        "a.b@c",
        "evil.com/",
        "evil.com#",
        "evil.com?",
        "a:1",
        "a\\b",
        "-a",
        "a-",
        "a b",
        "é",
        "{a}",
        "%61",
        "a\n",
        "[::1]",
    ];
    for value in hostile {
        let error = refused(ClientBuilder::new(&API).server_variable("tenant", value));
        assert!(
            error.starts_with("the server variable `tenant` must be letters, digits"),
            "{value}: {error}"
        );
    }
    let error = refused(ClientBuilder::new(&API).server_variable("tenent", "acme"));
    assert_eq!(error, "the server of Test API has no variable `tenent`");
}

#[test]
fn server_variables_are_checked_by_their_place() {
    static WIDE: Api = Api {
        title: "Wide",
        user_agent: "w",
        server: Some("{scheme}://{host}:{port}/api/{version}"),
        variables: &[
            ServerVariable { name: "scheme", default: Some("https") },
            ServerVariable { name: "host", default: None },
            ServerVariable { name: "port", default: Some("8443") },
            ServerVariable { name: "version", default: Some("v1") },
        ],
        token_url: None,
        keys: &[],
        security: &[],
    };
    let new = || ClientBuilder::new(&WIDE).server_variable("host", "a.example.com");
    assert_eq!(new().anonymous().build().unwrap().server(), "https://a.example.com:8443/api/v1");
    let encoded = new().server_variable("version", "a/../b?c");
    assert_eq!(
        encoded.anonymous().build().unwrap().server(),
        "https://a.example.com:8443/api/a%2F..%2Fb%3Fc"
    );
    let table = [
        ("scheme", "http", "the base URL must be https"),
        ("scheme", "javascript", "the server variable `scheme` must be `https` or `http`"),
        ("host", "a.b@c", "the server variable `host` must be a host name"),
        ("host", "a..b", "the server variable `host` must be a host name"),
        ("port", "80/evil", "the server variable `port` must be a port number"),
        ("port", "99999", "the server variable `port` must be a port number"),
        ("version", "..", "the server variable `version` must be something other"),
    ];
    for (name, value, message) in table {
        let error = refused(new().server_variable(name, value));
        assert!(error.starts_with(message), "{name}={value}: {error}");
    }
}

/// `reqwest` builds without a TLS feature, and fails only when it is used; so this looks at the
/// first bytes sent.
#[tokio::test]
async fn https_begins_with_a_tls_handshake() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let first = std::thread::spawn(move || {
        let mut start = [0; 3];
        listener.accept().unwrap().0.read_exact(&mut start).unwrap();
        start
    });
    let client = ClientBuilder::new(&API)
        .base_url(url)
        .retry(RetryPolicy::never())
        .auth(Credentials::bearer("t"))
        .build()
        .unwrap();
    let error = get(&client).send().await.fails();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    let start = first.join().unwrap();
    assert_eq!(start[..2], [0x16, 0x03], "a handshake record");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_connect_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let builder = ClientBuilder::new(&API).base_url(url.clone()).retry(RetryPolicy::never());
    let builder = builder.connect_timeout(Duration::from_secs(1));
    let error = get(&builder.anonymous().build().unwrap()).send().await.fails();
    assert_eq!(error.to_string(), format!("items.get (GET {url}/items/7): could not connect"));
}

#[test]
fn a_setting_that_cannot_be_sent_is_refused() {
    let new = || ClientBuilder::new(&API).base_url("https://example.com");
    assert_eq!(
        refused(new().user_agent("a\nb")),
        "the user agent holds a character that a header cannot carry"
    );
    for token in ["", "two words", "line\n", "é"] {
        let error = new().auth(Credentials::bearer(token)).build().fails();
        assert!(error.to_string().starts_with("the bearer token "), "{error}");
        assert!(token.is_empty() || !format!("{error}{error:?}").contains(token), "{error}");
    }
}
