//! Redirects: followed within the origin, refused beyond it, and never with a secret.

use std::time::Duration;

use oasmith_templates::runtime::{Error, RedirectError, TransportErrorKind};

use crate::setup::{
    BEARER, SECRET, builder, client, get, oauth_client, post, secret_post, shown, skip,
};
use crate::support::{Fails as _, Reply, Server};

fn redirect_error(error: &Error) -> &RedirectError {
    match error {
        Error::Transport(error) => match error.kind() {
            TransportErrorKind::Redirect(reason) => reason,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_followed() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::start(move |number, _| match number {
            0 => Reply::redirect(status, "/moved?to=here"),
            _ => Reply::json(200, "{\"n\":1}"),
        })
        .await;
        assert_eq!(get(&client(&server)).send().await.unwrap()["n"], 1);
        let requests = server.requests();
        assert_eq!(requests[1].line, "GET /moved?to=here HTTP/1.1");
        assert_eq!(requests[1].header("authorization"), Some(&*format!("Bearer {BEARER}")));
        assert_eq!(requests[1].header("referer"), None);
    }
}

#[tokio::test]
async fn a_request_that_changes_something_never_becomes_a_get() {
    for status in [301, 302, 303] {
        let server = Server::always(Reply::redirect(status, "/moved")).await;
        let error = post(&client(&server)).send().await.fails();
        assert_eq!(redirect_error(&error), &RedirectError::MethodChange);
        server.only_request();
    }
    for status in [307, 308] {
        let server = Server::start(move |number, _| match number {
            0 => Reply::redirect(status, "/moved"),
            _ => Reply::json(200, "{}"),
        })
        .await;
        post(&client(&server)).send().await.unwrap();
        let [first, second] = server.requests().try_into().unwrap();
        assert_eq!(second.line, "POST /moved HTTP/1.1");
        assert_eq!(second.body, first.body);
    }
}

#[tokio::test]
async fn another_origin_sees_nothing() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::always(Reply::json(200, "{}")).await;
        let location = format!("{}/stolen?secret=query-value", other.url());
        let server = Server::always(Reply::redirect(status, &location)).await;
        for error in [
            get(&client(&server)).send().await.fails(),
            post(&client(&server)).send().await.fails(),
        ] {
            assert_eq!(redirect_error(&error), &RedirectError::OtherOrigin { origin: other.url() });
            let text = shown(&error);
            assert!(
                text.contains(&other.url())
                    && !text.contains("query-value")
                    && !text.contains("stolen"),
                "{text}"
            );
        }
        assert!(other.requests().is_empty());
    }
}

#[tokio::test]
async fn an_origin_is_scheme_host_and_port() {
    let server = Server::start(|number, request| {
        let host = request.header("host").unwrap();
        let location = match number {
            0 => format!("https://{host}/"),
            1 => host.replace("127.0.0.1", "http://localhost"),
            2 => format!("http://user:pass@{host}/"),
            3 => "http://[".to_owned(),
            _ => "//evil.example.test/x".to_owned(),
        };
        Reply::redirect(307, &location)
    })
    .await;
    let client = client(&server);
    let mut seen = Vec::new();
    for _ in 0..5 {
        seen.push(redirect_error(&get(&client).send().await.fails()).clone());
    }
    let other = |origin: String| RedirectError::OtherOrigin { origin };
    let host = server.url();
    let expected = [
        other(host.replace("http:", "https:")),
        other(host.replace("127.0.0.1", "localhost")),
        RedirectError::InvalidLocation,
        RedirectError::InvalidLocation,
        other("http://evil.example.test".to_owned()),
    ];
    assert_eq!(seen, expected);
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_chain_has_a_bound() {
    let server = Server::always(Reply::redirect(302, "/again")).await;
    let error = get(&client(&server)).send().await.fails();
    assert_eq!(redirect_error(&error), &RedirectError::TooMany { limit: 5 });
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn the_bound_is_the_callers_and_nothing_else_is() {
    let bearer = || oasmith_templates::runtime::Credentials::bearer(BEARER);
    let server = Server::always(Reply::redirect(302, "/again")).await;
    let build = |limit| builder(&server).redirect_limit(limit).auth(bearer()).build().unwrap();
    let error = get(&build(1)).send().await.fails();
    assert_eq!(redirect_error(&error), &RedirectError::TooMany { limit: 1 });
    assert_eq!(server.requests().len(), 2);
    // Without redirects one is the answer, wherever it leads to.
    for error in [get(&build(0)).send().await.fails(), post(&build(0)).send().await.fails()] {
        let Error::Api(error) = error else { panic!("{error:?}") };
        assert_eq!(
            (error.status().as_u16(), &error.headers()["location"]),
            (302, &"/again".parse().unwrap())
        );
    }
    assert_eq!(server.requests().len(), 4);
    // As many as one likes stay within the origin.
    let other = Server::always(Reply::json(200, "{}")).await;
    let location = other.url();
    let server = Server::start(move |number, _| match number {
        0..7 => Reply::redirect(307, "/again"),
        _ => Reply::redirect(307, &location),
    })
    .await;
    let client = builder(&server).redirect_limit(usize::MAX).auth(bearer()).build().unwrap();
    let error = get(&client).send().await.fails();
    assert_eq!(redirect_error(&error), &RedirectError::OtherOrigin { origin: other.url() });
    assert_eq!((server.requests().len(), other.requests().len()), (8, 0));
}

#[tokio::test]
async fn a_redirect_without_a_target_is_an_answer() {
    let server = Server::always(Reply::new(304, &[], "")).await;
    let error = get(&client(&server)).send().await.fails();
    assert_eq!(error.status().unwrap().as_u16(), 304);
}

#[tokio::test]
async fn a_token_request_follows_no_redirect() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::always(Reply::json(200, "{}")).await;
        let location = format!("{}/x", other.url());
        let server = Server::start(move |number, _| match number {
            0 => Reply::redirect(status, &location),
            _ => Reply::redirect(status, "/same-origin"),
        })
        .await;
        let client = oauth_client(&server);
        let first = get(&client).send().await.fails();
        skip(Duration::from_secs(1)).await;
        let errors = [first, get(&client).send().await.fails()];
        assert!(shown(&errors[0]).contains(&other.url()), "{}", shown(&errors[0]));
        for error in errors {
            assert!(matches!(error, Error::Auth(_)), "{error:?}");
            assert!(!shown(&error).contains(SECRET));
        }
        assert!(other.requests().is_empty());
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_client_of_the_callers_that_follows_redirects_takes_no_credential_along() {
    for status in [302, 307] {
        let other =
            Server::always(Reply::json(200, "{\"access_token\":\"t\",\"token_type\":\"bearer\"}"))
                .await;
        let location = format!("{}/x", other.url());
        let server = Server::always(Reply::redirect(status, &location)).await;

        let following = builder(&server).http_client(reqwest::Client::new());
        let error = post(&following.auth(secret_post()).build().unwrap()).send().await.fails();
        assert!(matches!(error, Error::Auth(_)), "{error:?}");
        for request in other.requests() {
            assert_eq!(
                (request.header("authorization"), &*request.body),
                (None, &b""[..]),
                "{request:?}"
            );
        }
        let before = other.requests().len();

        let following = builder(&server).http_client(reqwest::Client::new());
        let bearer = oasmith_templates::runtime::Credentials::bearer(BEARER);
        let error = post(&following.auth(bearer).build().unwrap()).send().await.fails();
        assert_eq!(redirect_error(&error), &RedirectError::OtherOrigin { origin: other.url() });
        let requests = other.requests();
        assert_eq!(requests.len(), before + 1);
        assert_eq!(requests[before].header("authorization"), None);
    }
}

#[tokio::test]
async fn a_client_of_the_callers_that_follows_none_leaves_them_to_this_crate() {
    let server = Server::start(|number, _| match number {
        0 => Reply::redirect(307, "/moved"),
        _ => Reply::json(200, "{}"),
    })
    .await;
    let http =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let client = builder(&server).http_client(http).anonymous().build().unwrap();
    get(&client).send().await.unwrap();
    assert_eq!(server.requests().len(), 2);
}
