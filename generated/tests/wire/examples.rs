//! Each program of `examples/` ends well within a minute, and says what its head promises.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// More than the slowest of them takes by far.
const LIMIT: Duration = Duration::from_secs(60);

/// What each of them prints, among other things.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "call",
        &["200 OK from http://127.0.0.1:", "owner    Zoë Ångström", "created  On-call group"],
    ),
    (
        "errors",
        &[
            "nobody: not there\n  gRPC code  5\n  request    fake-42\n",
            "no user at all: the path parameter `user_ref_id` must not be empty\n",
            "busy: 200 OK\n",
            ", 2 attempts): could not connect\n",
        ],
    ),
    ("hook", &["1 429 Too Many Requests\n", "2 200 OK\n", "2 attempts\n"]),
    (
        "mock",
        &[
            "GET https://acme.conductor.one/api/v2/apps/acme-directory/connectors/ldap/",
            ": the transport refused the request\n",
        ],
    ),
    (
        "sign_in",
        &[
            "id and secret:   200 OK\n",
            "environment:     200 OK\n",
            "the server answered 401 Unauthorized: not signed in\n",
            "answered 401 Unauthorized: invalid_client: the signature is not valid\n",
        ],
    ),
    ("trace", &["200 OK\n"]),
    (
        "wait",
        &[
            "looking for newcomer\nlooking for newcomer\nlooking for newcomer\n200 OK\n",
            "the condition did not hold within 500ms",
        ],
    ),
];

/// What `trace` prints with Cargo feature `tracing`; without it, that there is none.
const SPANS: &[&str] = &[
    "HTTP request{otel.name=POST token request",
    "http.response.status_code=429",
    "http.request.resend_count=1",
];

#[tokio::test]
async fn each_example_does_what_it_says() {
    let folder = built();
    let runs = EXAMPLES.iter().map(|(name, promised)| {
        let program = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let mut command = tokio::process::Command::new(program);
        let run = command.kill_on_drop(true).stdin(Stdio::null()).output();
        (name, promised, tokio::spawn(tokio::time::timeout(LIMIT, run)))
    });
    for (name, promised, run) in runs.collect::<Vec<_>>() {
        let output = run.await.unwrap().expect(name).expect(name);
        let printed = String::from_utf8(output.stdout).unwrap();
        let failed = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && failed.is_empty(), "{name}: {printed}\n{failed}");
        for text in *promised {
            assert!(printed.contains(text), "{name} does not print {text:?}:\n{printed}");
        }
        if *name == "trace" && !printed.contains("add `--features tracing`") {
            assert!(SPANS.iter().all(|text| printed.contains(text)), "{printed}");
        }
        // The token, the assertion and the key.
        for secret in ["Bearer ", "eyJ", "secret-token:"] {
            assert!(!printed.contains(secret), "{name} prints {secret:?}:\n{printed}");
        }
    }
}

#[test]
fn each_example_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_program = |path: &PathBuf| path.extension().is_some();
    let mut found: Vec<String> = paths
        .filter(is_program)
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, EXAMPLES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
}

/// The folder of the examples, which `cargo test` builds beside this test unless it is told to build one
/// target alone.
fn built() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().unwrap().parent().unwrap();
    let folder = profile.join("examples");
    let suffix = std::env::consts::EXE_SUFFIX;
    if !EXAMPLES.iter().all(|(name, _)| folder.join(format!("{name}{suffix}")).exists()) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--package", env!("CARGO_PKG_NAME"), "--examples"]);
        cargo.env("CARGO_TARGET_DIR", profile.parent().unwrap());
        assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
    }
    folder
}
