//! Credentials that cannot be used. The error names the part, and never shows what it holds.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use conductorone::{Credentials, Error};
use serde_json::{Value, json};

use crate::setup::shown;
use crate::token_endpoint::{ACCOUNT, Account, secret_of};
use crate::support::Fails as _;

/// So many characters of a secret in a row are too many.
const FRAGMENT: usize = 6;

const PREFIX: &str = "secret-token:conductorone.com:v1:";

/// Nothing of the secret is in what the error shows. One of few characters is none.
fn assert_silent(error: &Error, secret: &str) {
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    let shown = shown(error);
    let characters: Vec<char> = secret.chars().collect();
    for fragment in characters.windows(FRAGMENT) {
        let fragment: String = fragment.iter().collect();
        assert!(!shown.contains(&fragment), "`{fragment}` is in: {shown}");
    }
}

/// Secrets, what is secret in them, and what the error says of them.
fn bad_secrets() -> Vec<(String, String, &'static str)> {
    let key = URL_SAFE_NO_PAD.encode(ACCOUNT.jwk().to_string());
    let with = |change: &dyn Fn(&mut Value)| {
        let mut jwk = ACCOUNT.jwk();
        change(&mut jwk);
        secret_of(&jwk)
    };
    let without = |member: &str| {
        with(&|jwk| {
            jwk.as_object_mut().unwrap().remove(member);
        })
    };
    let other = Account { seed: [7; 32], ..ACCOUNT }.jwk();
    let not_json = URL_SAFE_NO_PAD.encode("hunter2-is-no-json");
    let other_version = format!("secret-token:conductorone.com:v2:{key}");
    let start = "it does not start with `secret-token:conductorone.com:v1:`";
    let mut table = vec![
        (other_version, key.clone(), start),
        (format!("other-token:example.test:v1:{key}"), key.clone(), start),
        (key.clone(), key.clone(), start),
        ("hunter2".to_owned(), "hunter2".to_owned(), start),
        (format!("{PREFIX}!!{key}"), key.clone(), "its key is not base64url"),
        (format!("{PREFIX}{key}{key}"), key.clone(), "the JWK is not a JSON object"),
        (format!("{PREFIX}{not_json}"), not_json, "the JWK is not a JSON object"),
    ];
    for (secret, reason) in [
        (without("d"), "the JWK has no `d`: it is a public key, and the private key is needed"),
        (without("x"), "the JWK has no `x`"),
        (without("kty"), "the JWK's `kty` must be `OKP`"),
        (with(&|jwk| jwk["kty"] = json!("RSA")), "the JWK's `kty` must be `OKP`"),
        (with(&|jwk| jwk["crv"] = json!("X25519")), "the JWK's `crv` must be `Ed25519`"),
        (with(&|jwk| jwk["x"] = other["x"].clone()), "the JWK's `x` does not belong to its `d`"),
        (with(&|jwk| jwk["d"] = other["d"].clone()), "the JWK's `x` does not belong to its `d`"),
        (with(&|jwk| jwk["d"] = json!("AAAA")), "the JWK's `d` is not 32 bytes in base64url"),
        (with(&|jwk| jwk["x"] = json!("????")), "the JWK's `x` is not 32 bytes in base64url"),
        (with(&|jwk| jwk["d"] = json!(7)), "the JWK has no `d`: it is a public key"),
    ] {
        let secret_part = secret[PREFIX.len()..].to_owned();
        table.push((secret, secret_part, reason));
    }
    table
}

#[test]
fn a_bad_secret_is_named_and_not_shown() {
    for (secret, secret_part, reason) in bad_secrets() {
        let error = Credentials::from_client_id_and_secret(ACCOUNT.id, secret).fails();
        let expected = format!("the client secret is malformed: {reason}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert_silent(&error, &secret_part);
        for member in ["x", "d"] {
            assert_silent(&error, ACCOUNT.jwk()[member].as_str().unwrap());
        }
    }
    let error = Credentials::from_client_id_and_secret(ACCOUNT.id, "").fails();
    assert!(error.to_string().starts_with("the client secret is malformed"), "{error}");
}

#[test]
fn a_bad_secret_in_the_environment_is_named_and_not_shown() {
    for (secret, secret_part, reason) in bad_secrets() {
        let error = environment(&[("CLIENT_ID", ACCOUNT.id), ("CLIENT_SECRET", &secret)]);
        let error = error.fails();
        let expected =
            format!("CONDUCTORONE_CLIENT_SECRET: the client secret is malformed: {reason}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert_silent(&error, &secret_part);
    }
}

#[test]
fn a_bad_client_id_is_named_and_not_shown() {
    // Someone may put the secret where the id belongs.
    let secret = ACCOUNT.secret();
    for id in [
        &*secret,
        "zq9hunter2",
        "zq9hunter2@",
        "zq9hunter2@acme.conductor.one",
        "zq9hunter2@acme/pcc",
        "zq9hunter2@acme.conductor.one:x/pcc",
        "zq9 hunter2@acme.conductor.one/pcc",
        "zq9hunter2@acme.conductor.one/p c",
        "@acme.conductor.one/pcc",
        "",
    ] {
        let error = Credentials::from_client_id_and_secret(id, ACCOUNT.secret()).fails();
        assert!(error.to_string().starts_with("the client id is not `<name>@<host>/<use>`"));
        assert_silent(&error, id.split_once('@').map_or(id, |(name, _)| name));
        assert_silent(&error, &secret[PREFIX.len()..]);
    }
}

fn environment(variables: &[(&str, &str)]) -> Result<Credentials, Error> {
    let variables: BTreeMap<String, String> = variables
        .iter()
        .map(|(name, value)| (format!("CONDUCTORONE_{name}"), (*value).to_owned()))
        .collect();
    Credentials::from_variables(move |name| variables.get(name).cloned())
}

#[test]
fn a_missing_variable_is_named() {
    let secret = ACCOUNT.secret();
    let id = ("CLIENT_ID", ACCOUNT.id);
    let nothing = "no credentials in the environment: set CONDUCTORONE_CLIENT_ID and \
                   CONDUCTORONE_CLIENT_SECRET, or CONDUCTORONE_CLIENT_ID and \
                   CONDUCTORONE_OIDC_TOKEN, or CONDUCTORONE_ACCESS_TOKEN";
    let table = [
        (&[][..], nothing),
        (&[("CLIENT_SECRET", &*secret)], nothing),
        (&[id], "CONDUCTORONE_CLIENT_ID is set, but CONDUCTORONE_CLIENT_SECRET is not"),
        (
            &[id, ("CLIENT_SECRET", " ")],
            "CONDUCTORONE_CLIENT_ID is set, but CONDUCTORONE_CLIENT_SECRET is not",
        ),
        (
            &[("OIDC_TOKEN", "zq9hunter2")],
            "CONDUCTORONE_OIDC_TOKEN is set, but CONDUCTORONE_CLIENT_ID is not",
        ),
    ];
    for (variables, expected) in table {
        let error = environment(variables).fails();
        assert_eq!(error.to_string(), expected);
        for (_, value) in variables.iter().filter(|(name, _)| *name != "CLIENT_ID") {
            assert_silent(&error, value.strip_prefix(PREFIX).unwrap_or(value));
        }
    }
}

#[test]
fn a_bad_variable_is_named_and_not_shown() {
    let secret = ACCOUNT.secret();
    let good = [("CLIENT_ID", ACCOUNT.id), ("CLIENT_SECRET", &*secret)];
    for (name, value) in [
        ("CLIENT_ID", "zq9hunter2"),
        ("CLIENT_SECRET", "zq9hunter2"),
        ("TENANT_DOMAIN", "zq9hunter2"),
        ("TENANT_DOMAIN", "https://zq9hunter2.conductor.one"),
    ] {
        let mut variables = good.to_vec();
        variables.retain(|(known, _)| *known != name);
        variables.push((name, value));
        let error = environment(&variables).fails();
        assert_silent(&error, "zq9hunter2");
        let expected = format!("CONDUCTORONE_{name}: ");
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}

#[test]
fn a_bad_server_url_is_named_and_not_shown() {
    let secret = ACCOUNT.secret();
    for url in [
        "zq9hunter2",
        "http://zq9hunter2.conductor.one",
        "https://name:zq9hunter2@acme.conductor.one",
        "https://acme.conductor.one/?zq9hunter2",
    ] {
        let id = ("CLIENT_ID", ACCOUNT.id);
        let variables = [id, ("CLIENT_SECRET", &secret), ("SERVER_URL", url)];
        let build = |credentials| conductorone::Client::builder().auth(credentials).build();
        let error = environment(&variables).and_then(build).fails();
        assert_silent(&error, "zq9hunter2");
        assert!(error.to_string().starts_with("CONDUCTORONE_SERVER_URL: "), "{error}");
    }
}

#[test]
fn a_bad_bearer_token_is_named_and_not_shown() {
    for token in ["", "zq9hunter2 zq9hunter2", "zq9hunter2\n", "zq9hünter2"] {
        let builder = conductorone::Client::builder().tenant("acme.conductor.one");
        let error = builder.auth(Credentials::bearer(token)).build().fails();
        assert!(error.to_string().starts_with("the bearer token "), "{error}");
        if !token.is_empty() {
            assert_silent(&error, token);
        }
    }
}
